#!/usr/bin/env python3
"""Prints random networks as IR, one function each, with their domains.

    random_network.py FIRST COUNT [--type=f32|f16|bf16] [--images]
                      [--variant=NAME]

Network number n is drawn from seed n: dense layers that read earlier ones, some
of them more than one or through a residual sum, or with --images two
convolutions. A variant is the same network in another form, see VARIANTS."""

import argparse
import random
from dataclasses import dataclass, field, replace

HOMOGENEOUS = ["relu", "relu", "relu", "relu", "leaky_relu"]
OTHERS = ["relu6", "hard_sigmoid", "hard_swish", "tanh", "gelu", "abs"]


@dataclass
class Layer:
    """activation(sum of terms + bias). A term is an earlier layer with a matrix
    of a row per unit, or with a sign: a residual. Layer 0 is the input."""
    size: int
    terms: list = field(default_factory=list)
    bias: list = field(default_factory=list)
    activation: str = ""


@dataclass
class Network:
    box: list  # of pairs
    layers: list


def draw(seed):
    rng = random.Random(seed)
    below = lambda count: int(rng.random() * count)
    # Coarse numbers make sums that are exactly 0.
    coarse = rng.random() < 0.4
    uniform = lambda lo, hi: (round(4 * rng.uniform(lo, hi)) / 4 if coarse
                              else rng.uniform(lo, hi))
    # Ends of a box have few bits: they are numbers of every type.
    end = lambda: round(16 * rng.uniform(-2, 2)) / 16

    box = [sorted((end(), end())) for _ in range(1 + below(3))]
    layers = [Layer(len(box))]
    for _ in range(2 + below(3)):
        sources = [len(layers) - 1]
        if rng.random() < 0.5:
            sources.append(below(len(layers)))
        partner = layers[sources[-1]].size
        is_residual = len(sources) == 2 and rng.random() < 0.7
        size = partner if is_residual else 2 + below(5)
        scale = 2 ** rng.uniform(-1.5, 1)
        terms = [[source, [[uniform(-scale, scale)
                            for _ in range(layers[source].size)]
                           for _ in range(size)]] for source in sources]
        if is_residual:
            terms[-1][1] = 1 if rng.random() < 0.7 else -1
        bias = [uniform(-2 * scale, 0.8 * scale) for _ in range(size)]
        choices = HOMOGENEOUS if rng.random() < 0.75 else OTHERS
        layers.append(Layer(size, terms, bias, choices[below(len(choices))]))
    return Network(box, layers)


# Variants ---------------------------------------------------------------------

def mapped(network, change):
    """Each layer but the input changed by change(layer)."""
    layers = network.layers
    return replace(network, layers=layers[:1] + [change(l) for l in layers[1:]])


def enlarged(network):
    return replace(network, box=[(lo - 0.25, hi + 0.5) for lo, hi in network.box])


def raised(network):
    """The biases of the last layer, of which no other depends."""
    *before, last = network.layers
    last = replace(last, bias=[b + 0.5 for b in last.bias])
    return replace(network, layers=before + [last])


def reversed_units(network):
    """Inputs and the units of each layer in the opposite order."""
    turned = lambda matrix: (matrix if isinstance(matrix, int) else
                             [row[::-1] for row in matrix[::-1]])
    network = mapped(network, lambda layer: replace(
        layer, bias=layer.bias[::-1],
        terms=[[source, turned(matrix)] for source, matrix in layer.terms]))
    return replace(network, box=network.box[::-1])


def scaled(network):
    """Rows of layers that are homogeneous, which their readers undo. Powers of
    two change no rounding."""
    residual = {i for layer in network.layers for i, m in layer.terms
                if isinstance(m, int)}
    factors = [[2.0 ** (unit % 4 - 1) if layer.activation in HOMOGENEOUS and
                index not in residual and not any(isinstance(m, int)
                                                  for _, m in layer.terms)
                else 1.0 for unit in range(layer.size)]
               for index, layer in enumerate(network.layers)]

    def change(index, layer):
        rows = factors[index]
        return replace(
            layer, bias=[b * f for b, f in zip(layer.bias, rows)],
            terms=[[source, matrix if isinstance(matrix, int) else
                    [[w * f / g for w, g in zip(row, factors[source])]
                     for row, f in zip(matrix, rows)]]
                   for source, matrix in layer.terms])
    return replace(network, layers=[change(i, layer) for i, layer
                                    in enumerate(network.layers)])


VARIANTS = {
    "plain": lambda network: network,
    "enlarged": enlarged,
    "raised": raised,
    "reversed": reversed_units,
    "scaled": scaled,
    "transposed": lambda network: network,  # weights are stored so
    "channels_first": lambda network: network,  # of images
}


# Printing ---------------------------------------------------------------------

def dense(value):
    if isinstance(value, list):
        return "[" + ", ".join(map(dense, value)) + "]"
    return f"{value:.9e}"


def domain(box):
    lo, hi = zip(*box)
    return f"{{act.domain = #act.box<{dense(list(lo))}, {dense(list(hi))}>}}"


def print_layer(index, layer, layers, number, transposed):
    row = lambda size: f"tensor<1x{size}x{number}>"
    out, value = row(layer.size), f"%b{index}"
    print(f"  {value} = arith.constant dense<{dense([layer.bias])}> : {out}")
    for k, (source, matrix) in enumerate(layer.terms):
        before, name = value, f"{index}_{k}"
        value = f"%z{name}"
        if isinstance(matrix, int):
            print(f"  {value} = arith.{'addf' if matrix > 0 else 'subf'} "
                  f"{before}, %h{source} : {out}")
            continue
        columns = layers[source].size
        shape = (layer.size, columns) if transposed else (columns, layer.size)
        stored = matrix if transposed else [list(c) for c in zip(*matrix)]
        weights = f"tensor<{shape[0]}x{shape[1]}x{number}>"
        print(f"  %w{name} = arith.constant dense<{dense(stored)}> : {weights}")
        maps = ("indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k)"
                " -> (n, k)>, affine_map<(m, n, k) -> (m, n)>] " if transposed else "")
        print(f"  {value} = linalg.matmul {maps}ins(%h{source}, %w{name} : "
              f"{row(columns)}, {weights}) outs({before} : {out}) -> {out}")
    print(f"  %h{index} = act.{layer.activation} {value} : {out}")


def print_network(seed, network, number, variant):
    row = lambda layer: f"tensor<1x{layer.size}x{number}>"
    first, *rest = network.layers
    print(f"func.func @net{seed}(%h0: {row(first)} {domain(network.box)}) "
          f"-> {row(rest[-1])} {{")
    for index, layer in enumerate(rest, 1):
        print_layer(index, layer, network.layers, number, variant == "transposed")
    print(f"  return %h{len(rest)} : {row(rest[-1])}\n}}")


def print_images(seed, number, channels_first):
    """Two 2x2 convolutions of a 4x4 image of two channels."""
    rng = random.Random(seed)
    shape = lambda side, channels: "tensor<" + (
        f"1x{channels}x{side}x{side}" if channels_first else
        f"1x{side}x{side}x{channels}") + f"x{number}>"
    conv = "nchw_fchw" if channels_first else "nhwc_hwcf"
    print(f"func.func @net{seed}(%h0: {shape(4, 2)} {domain([(-1.0, 1.0)])}) "
          f"-> {shape(2, 4)} {{")
    before = 2
    for index, (side, channels) in enumerate([(3, 3), (2, 4)], 1):
        weights = [[[[rng.uniform(-1, 1) for _ in range(channels)]
                     for _ in range(before)] for _ in range(2)] for _ in range(2)]
        bias = [rng.uniform(-3, 1) for _ in range(channels)]
        kernel = f"tensor<2x2x{before}x{channels}x{number}>"
        if channels_first:
            weights = [[[[weights[y][x][i][o] for x in range(2)] for y in range(2)]
                        for i in range(before)] for o in range(channels)]
            kernel = f"tensor<{channels}x{before}x2x2x{number}>"
        full = ([[[[b] * side] * side for b in bias]] if channels_first
                else [[[bias] * side] * side])
        out = shape(side, channels)
        print(f"  %b{index} = arith.constant dense<{dense(full)}> : {out}")
        print(f"  %w{index} = arith.constant dense<{dense(weights)}> : {kernel}")
        print(f"  %z{index} = linalg.conv_2d_{conv} ins(%h{index - 1}, %w{index} : "
              f"{shape(side + 1, before)}, {kernel}) outs(%b{index} : {out}) -> {out}")
        print(f"  %h{index} = act.relu %z{index} : {out}")
        before = channels
    print(f"  return %h2 : {shape(2, 4)}\n}}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("--type", default="f32", choices=["f32", "f16", "bf16"])
    parser.add_argument("--images", action="store_true")
    parser.add_argument("--variant", default="plain", choices=VARIANTS)
    options = parser.parse_args()
    for seed in range(options.first, options.first + options.count):
        if options.images:
            print_images(seed, options.type, options.variant == "channels_first")
        else:
            print_network(seed, VARIANTS[options.variant](draw(seed)),
                          options.type, options.variant)


main()
