#!/usr/bin/env python3
"""Compares what act-lint says of initializers with what it finds once they are
drawn, both as JSON.

    compare_estimates.py first INITIAL.json DRAWN.json   the probability of units
                                                         that are born dead
    compare_estimates.py deep INITIAL.json DRAWN.json    shares of silent units

Frequencies may be off by three standard errors, shares by 0.03 in the mean of a
network's layers; those of drawn weights must be counts of units. Prints each comparison; exit code 1 if one fails."""

import json
import math
import sys


def error(probability, draws):
    return 3 * math.sqrt(probability * (1 - probability) / draws)


def compare_first(initial, drawn):
    for law, network in zip(initial["layers"], drawn["layers"]):
        probability, units = law["born_dead_probability"], network["units"]
        share = len(network["dead"]) / units
        yield (f"{law['name']}: {share:.4f} dead, {probability:.4f} expected",
               abs(share - probability) <= error(probability, units))


def compare_deep(initial, drawn):
    networks, counted = {}, {}
    for law, network in zip(initial["layers"], drawn["layers"]):
        name, share = law["name"].split(".")[0], network["expected_silent_share"]
        networks.setdefault(name, []).append((law["expected_silent_share"], share))
        count = share * network["units"]
        counted[name] = counted.get(name, True) and abs(count - round(count)) < 1e-6
    for name, shares in networks.items():
        expected, measured = (sum(part) / len(shares) for part in zip(*shares))
        yield (f"{name}: {measured:.3f} silent, {expected:.3f} expected",
               counted[name] and abs(measured - expected) <= 0.03)


def main():
    reports = []
    for path in sys.argv[2:]:
        with open(path) as file:
            reports.append(json.load(file))
    compare = {"first": compare_first, "deep": compare_deep}
    failed = False
    for text, holds in compare[sys.argv[1]](*reports):
        print(text if holds else f"{text}: NOT AS EXPECTED")
        failed |= not holds
    return 1 if failed else 0


sys.exit(main())
