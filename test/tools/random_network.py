#!/usr/bin/env python3
"""Prints random networks as IR, one function each, with their domains.

    random_network.py FIRST COUNT [--type=f32|f16|bf16] [--images | --edges |
                      --rows] [--variant=NAME]

Network number n is drawn from seed n: dense layers that read earlier ones, some
of them more than one or through a residual sum, or with --images two
convolutions, or with --edges a few ops whose execution leaves the reals, or with
--rows a layer behind rows that are normalised. A
variant is the same network in another form, see VARIANTS."""

import argparse
import random
from dataclasses import dataclass, field, replace

from row_networks import print_rows

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


# Edges of arithmetic ------------------------------------------------------------

class EdgeWriter:
    """Prints a function of one input, op by op."""

    def __init__(self, seed, side, number):
        self.type, self.count = f"tensor<1x{number}>", 0
        print(f"func.func @net{seed}(%x: {self.type} {domain([side])}) "
              f"-> {self.type} {{")

    def constant(self, value):
        return self.emit(f"arith.constant dense<{dense(value)}>")

    def apply(self, op, *operands):
        return self.emit(f"{op} {', '.join(operands)}")

    def body(self, operands, lines, number):
        """The ops %p and %q of elements %a0, %a1 and of a number %c."""
        element = self.type[len("tensor<1x"):-1]
        count = len(operands)
        arguments = ", ".join(f"%a{i}: {element}" for i in range(count))
        inner = "\n    ".join([f"%c = arith.constant {number:.9e} : {element}", *lines])
        return self.emit(
            f"linalg.generic {{indexing_maps = [{', '.join(['#id'] * (count + 1))}], "
            f"iterator_types = [\"parallel\"]}} ins({', '.join(operands)} : "
            f"{', '.join([self.type] * count)}) outs(%x : {self.type}) {{\n"
            f"  ^bb0({arguments}, %o: {element}):\n    {inner}\n"
            f"    linalg.yield %q : {element}\n  }} ->", separator="")

    def emit(self, text, separator=" :"):
        self.count += 1
        print(f"  %v{self.count} = {text}{separator} {self.type}")
        return f"%v{self.count}"

    def end(self, value):
        print(f"  return {value} : {self.type}\n}}")

    def end_behind_relus(self, value, bias):
        """relu(-relu(value) + bias), through which NaN passes."""
        turned = self.apply("arith.negf", self.apply("act.relu", value))
        moved = self.apply("arith.addf", turned, self.constant(bias))
        self.end(self.apply("act.relu", moved))


def print_partial(rng, seed, number, widened):
    """Functions that are not defined everywhere."""
    lo = round(16 * rng.uniform(-0.5, 1)) / 16
    writer = EdgeWriter(seed, (lo - widened, lo + 1.5), number)
    op = ["math.sqrt", "math.log", "math.log1p", "arith.divf"][int(4 * rng.random())]
    value = writer.apply(op, *(["%x"] if op.startswith("math") else ["%x", "%x"]))
    if rng.random() < 0.5:  # of NaN and 5 it takes the number
        value = writer.apply("arith.minnumf", value, writer.constant(5.0))
    writer.end_behind_relus(value, rng.uniform(-1, 0.5))


def print_absorbed(rng, seed, number, widened):
    """w x + (x + c) - c: what is rounded does not shrink with x."""
    writer = EdgeWriter(seed, (-widened, 1.0), number)
    c, w = 2.0 ** int(4 * rng.random()), rng.uniform(-1.5, -0.9)
    y = writer.body(["%x"], [f"%p = arith.addf %a0, %c : {number}",
                             f"%q = arith.subf %p, %c : {number}"], c)
    z = writer.body(["%x", y], [f"%p = arith.mulf %a0, %c : {number}",
                                f"%q = arith.addf %p, %a1 : {number}"], w)
    writer.end(writer.apply("act.relu", z))


def print_overflow(rng, seed, number, widened):
    """x a - x b, where both may be infinite."""
    largest = 65504.0 if number == "f16" else 3.3e38
    hi = round(16 * rng.uniform(0.25, 4)) / 16
    writer = EdgeWriter(seed, (-widened, hi), number)
    products = [writer.apply("arith.mulf", "%x", writer.constant(
        largest * rng.uniform(0.2, 0.6))) for _ in range(2)]
    writer.end_behind_relus(writer.apply("arith.subf", *products), -1.0)


def print_accumulated(rng, seed, number, widened):
    """Two convolutions of tosa in f16 with sums in f32: the first are rounded
    by more than the second, of which they are the terms."""
    power = 2 ** (8 + int(4 * rng.random()))
    ends = [round(16 * e) / 16 for e in (power + 2, -power, -rng.uniform(0, 4))]
    box = [(end - widened, end + widened) for end in ends]
    image = lambda channels: f"tensor<1x1x1x{channels}xf16>"
    print(f"func.func @net{seed}(%h0: {image(3)} {domain(box)}) -> {image(1)} {{")
    const = '  {0} = "tosa.const"() {{values = dense<{1}> : {2}}} : () -> {2}'
    print(const.format("%zero", "0.0", "tensor<1xf16>"))
    unit = [[[[float(i == k) for i in range(3)]]] for k in range(3)]
    bias = [rng.uniform(0, power / 512), 0.0, 0.0]
    layers = [(unit, bias), ([[[[1.0] * 3]]], [0.0])]
    for index, (weights, start) in enumerate(layers, 1):
        kernel, vector = f"tensor<{len(start)}x1x1x3xf16>", f"tensor<{len(start)}xf16>"
        print(const.format(f"%w{index}", dense(weights), kernel))
        print(const.format(f"%b{index}", dense(start), vector))
        types = ", ".join([image(3), kernel, vector] + 2 * ["tensor<1xf16>"])
        print(f"  %h{index} = tosa.conv2d %h{index - 1}, %w{index}, %b{index}, %zero, "
              "%zero {acc_type = f32, dilation = array<i64: 1, 1>, "
              "pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : "
              f"({types}) -> {image(len(start))}")
    print(f"  %r = act.relu %h2 : {image(1)}\n  return %r : {image(1)}\n}}")


EDGES = [print_partial, print_absorbed, print_overflow, print_accumulated]


def print_edges(seed, number, variant):
    widened = 0.25 if variant == "enlarged" else 0.0
    EDGES[seed % len(EDGES)](random.Random(seed), seed, number, widened)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("--type", default="f32", choices=["f32", "f16", "bf16"])
    parser.add_argument("--images", action="store_true")
    parser.add_argument("--edges", action="store_true")
    parser.add_argument("--rows", action="store_true")
    parser.add_argument("--variant", default="plain", choices=VARIANTS)
    options = parser.parse_args()
    if options.edges:
        print("#id = affine_map<(i) -> (i)>")
    for seed in range(options.first, options.first + options.count):
        if options.edges:
            print_edges(seed, options.type, options.variant)
        elif options.rows:
            print_rows(seed, options.type)
        elif options.images:
            print_images(seed, options.type, options.variant == "channels_first")
        else:
            print_network(seed, VARIANTS[options.variant](draw(seed)),
                          options.type, options.variant)


main()
