#!/usr/bin/env python3
"""Prints random networks whose weights are initializers, a function each.

    random_initial_networks.py first FIRST COUNT   one layer of 1024 units, with
                                                   laws and a domain for which it
                                                   is known how many are born dead
    random_initial_networks.py deep FIRST COUNT    four layers of 512 units

Network number n is drawn from seed n."""

import random
import sys

HE = "kaiming_normal {out_dim = 1, in_dim = 0}"
SYMMETRIC = [HE, "xavier_uniform {out_dim = 1, in_dim = 0}", "normal {std = 0.3}"]
TORCH = "torch_default {out_dim = 1, in_dim = 0}"


def cases(rng):
    """(weights, biases, domain): the laws with a closed form."""
    symmetric = SYMMETRIC[int(rng.random() * len(SYMMETRIC))]
    normal = lambda: f"normal {{std = {rng.uniform(0.2, 2):.3f}}}"
    return [
        (symmetric, "zeros", "#act.box<[0.0], [1.0]>"),
        (symmetric, "zeros", "#act.box<[-1.0], [1.0]>"),
        (symmetric, "zeros", "#act.simplex"),
        (symmetric, "zeros", "#act.one_hot"),
        (TORCH, "torch_default {fan_in = FAN_IN}", "#act.box<[0.0], [1.0]>"),
        (TORCH, "torch_default {fan_in = FAN_IN}", "#act.box<[-1.0], [1.0]>"),
        (normal(), normal(), "#act.ball<center = [0.0], radius = "
                             f"[{rng.uniform(0.2, 2):.3f}]>"),
        (HE, normal(), "#act.ball<center = [0.0], radius = [0.5]>"),
    ]


def print_network(name, sizes, weights, biases, domain):
    row = lambda size: f"tensor<1x{size}xf32>"
    print(f"func.func @{name}(%h0: {row(sizes[0])} {{act.domain = {domain}}}) "
          f"-> {row(sizes[-1])} {{")
    for index, (before, size) in enumerate(zip(sizes, sizes[1:]), 1):
        matrix = f"tensor<{before}x{size}xf32>"
        bias = biases.replace("FAN_IN", str(before))
        print(f"  %w{index} = act.init {weights} : {matrix}")
        print(f"  %b{index} = act.init {bias} : {row(size)}")
        print(f"  %z{index} = linalg.matmul ins(%h{index - 1}, %w{index} : "
              f"{row(before)}, {matrix}) outs(%b{index} : {row(size)}) -> {row(size)}")
        print(f"  %h{index} = act.relu %z{index} : {row(size)}")
    print(f"  return %h{len(sizes) - 1} : {row(sizes[-1])}\n}}")


def main():
    kind, first, count = sys.argv[1], *map(int, sys.argv[2:])
    for seed in range(first, first + count):
        rng = random.Random(seed)
        if kind == "first":
            known = cases(rng)
            size = 1 + int(rng.random() * 4)
            print_network(f"net{seed}", [size, 1024], *known[seed % len(known)])
        else:
            weights, biases = [(HE, "zeros"), (SYMMETRIC[1], "zeros"),
                               (TORCH, "torch_default {fan_in = FAN_IN}")][seed % 3]
            print_network(f"net{seed}", [64] + [512] * 4, weights, biases,
                          f"#act.box<[{-rng.random():.3f}], [1.0]>")


main()
