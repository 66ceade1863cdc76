#!/usr/bin/env python3
"""Compares the verdicts of two JSON reports of act-lint, layer by layer.

    compare_verdicts.py same A.json B.json        each unit has the same one
    compare_verdicts.py reversed A.json B.json    unit i of A is unit n-1-i of B
    compare_verdicts.py none-added A.json B.json  what is dead in B is in A
    compare_verdicts.py none-dead A.json [FIX]    no unit is, but in layers that
                                                  the remarks of a fix give up

Alive and mixed are the same: whether silence was seen as well depends on the
inputs that were tried. Prints what differs; exit code 1 if something does."""

import json
import re
import sys

VERDICTS = ["dead", "stably_active", "saturated", "alive", "mixed", "poisoned",
            "unknown"]


def layers(path):
    with open(path) as file:
        return json.load(file)["layers"]


def units(layer, turned=False):
    """The verdict of each unit."""
    found = {unit: "alive" if verdict == "mixed" else verdict
             for verdict in VERDICTS for unit in layer[verdict]}
    last = layer["units"] - 1
    return [found[last - i if turned else i] for i in range(layer["units"])]


def differences(relation, files):
    first = layers(files[0])
    if relation == "none-dead":
        given_up = set()
        for path in files[1:]:
            with open(path) as file:
                given_up |= set(re.findall(r"\[Missed\] (\S+) ", file.read()))
        return [f"{layer['name']}: dead {layer['dead']}" for layer in first
                if layer["dead"] and layer["name"] not in given_up]
    second = layers(files[1])
    if [layer["name"] for layer in first] != [layer["name"] for layer in second]:
        return ["expected the same layers in both reports"]
    found = []
    for a, b in zip(first, second):
        for unit, (x, y) in enumerate(zip(units(a), units(b, relation == "reversed"))):
            if (y == "dead" if relation == "none-added" else True) and x != y:
                found.append(f"{a['name']} unit {unit}: {x}, then {y}")
    return found


def main():
    found = differences(sys.argv[1], sys.argv[2:])
    print("\n".join(found) or "as expected")
    return 1 if found else 0


sys.exit(main())
