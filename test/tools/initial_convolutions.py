#!/usr/bin/env python3
"""Prints a chain of relu layers whose weights are initializers, of which the
first are convolutions.

initial_convolutions.py SIZE INPUTS WEIGHTS BIASES STEP... for images of SIZE
rows and columns with INPUTS channels; WEIGHTS and BIASES are the text of act.init
ops, with FAN_IN for a number, as 'kaiming_normal {out_dim = 0, in_dim = 1}'. The
steps are

    same:C valid:C strided:C   3 x 3 convolutions to C channels: padded with
                               zeros, not padded, padded of every second position
    depthwise                  a convolution of each channel, padded with zeros
    max average                pooling of 2 x 2 elements
    global                     the mean of all positions
    relu-max                   pooling of what the relu of the layer before gets
    dense:N                    a dense layer
    block:C                    two convolutions, of which the second is added to
                               what there is, or to a projection of it to as many
                               channels, in front of its relu; of dense layers
                               behind one
    stem:C                     a convolution without relu
    before:C                   a block that adds what is in front of a relu
    relu                       what is left behind such blocks

With --channels-last images are N H W C and weights H W C F, else N C H W and F C
H W."""

import argparse


class Printer:
    def __init__(self, options):
        self.options = options
        self.last = options.channels_last
        self.count = 0
        self.lines = []
        self.value, self.shape = "%x", (options.inputs, options.size, options.size)

    def type(self, shape):
        if len(shape) == 1:
            return f"tensor<1x{shape[0]}xf32>"
        c, h, w = shape
        return f"tensor<1x{h}x{w}x{c}xf32>" if self.last else f"tensor<1x{c}x{h}x{w}xf32>"

    def new(self, text, value="v"):
        self.count += 1
        self.lines.append(f"  %{value}{self.count} = {text}")
        return f"%{value}{self.count}"

    def init(self, text, fan_in, kind):
        return self.new(f"act.init {text.replace('FAN_IN', str(fan_in))} : {kind}", "w")

    def bias(self, shape, fan_in):
        """One per channel, everywhere."""
        row = f"tensor<{shape[0]}xf32>"
        bias = self.init(self.options.biases, fan_in, row)
        empty = self.new(f"tensor.empty() : {self.type(shape)}")
        others = [0, 1, 2] if self.last else [0, 2, 3]
        dims = [0] if len(shape) == 1 else others
        return self.new(f"linalg.broadcast ins({bias} : {row}) outs({empty} : "
                        f"{self.type(shape)}) dimensions = {dims}")

    def relu(self):
        self.value = self.new(f"act.relu {self.value} : {self.type(self.shape)}")

    def pad(self):
        c, h, w = self.shape
        before = self.type(self.shape)
        self.shape = (c, h + 2, w + 2)
        low = "[0, 1, 1, 0]" if self.last else "[0, 0, 1, 1]"
        self.value = self.new(
            f"tensor.pad {self.value} low{low} high{low} {{\n  ^bb0(%i: index, "
            f"%j: index, %k: index, %l: index):\n    tensor.yield %zero : f32\n"
            f"  }} : {before} to {self.type(self.shape)}")

    def convolve(self, padding, stride, channels, side=3):
        c, h, w = self.shape
        if padding:
            self.pad()
        before = self.type(self.shape)
        sizes = [(n + 2 * padding - side) // stride + 1 for n in (h, w)]
        self.shape = (channels, *sizes)
        after, fan_in = self.type(self.shape), side * side * c
        start = self.bias(self.shape, fan_in)
        weights = (f"tensor<{side}x{side}x{c}x{channels}xf32>" if self.last
                   else f"tensor<{channels}x{c}x{side}x{side}xf32>")
        name = "conv_2d_nhwc_hwcf" if self.last else "conv_2d_nchw_fchw"
        weight = self.init(self.options.weights, fan_in, weights)
        self.value = self.new(
            f"linalg.{name} {{strides = dense<{stride}> : tensor<2xi64>}} "
            f"ins({self.value}, {weight} : {before}, {weights}) "
            f"outs({start} : {after}) -> {after}")

    def pool(self, kind, size):
        c, h, w = self.shape
        before = self.type(self.shape)
        self.shape = (c, h // size, w // size)
        after = self.type(self.shape)
        start = "%lowest" if kind == "max" else "%zero"
        empty = self.new(f"tensor.empty() : {after}")
        filled = self.new(f"linalg.fill ins({start} : f32) outs({empty} : {after}) -> {after}")
        window = self.new(f"tensor.empty() : tensor<{size}x{size}xf32>")
        name = f"pooling_{'nhwc' if self.last else 'nchw'}_{'max' if kind == 'max' else 'sum'}"
        self.value = self.new(
            f"linalg.{name} {{strides = dense<{size}> : tensor<2xi64>}} "
            f"ins({self.value}, {window} : {before}, tensor<{size}x{size}xf32>) "
            f"outs({filled} : {after}) -> {after}")
        if kind != "max":
            area = self.new(f"arith.constant dense<{size * size}.0> : {after}")
            self.value = self.new(f"arith.divf {self.value}, {area} : {after}")

    def dense(self, width):
        if len(self.shape) == 3:
            c, h, w = self.shape
            before = self.type(self.shape)
            self.shape = (c * h * w,)
            self.value = self.new(f"tensor.collapse_shape {self.value} [[0], [1, 2, 3]] : "
                                  f"{before} into {self.type(self.shape)}")
        fan_in = self.shape[0]
        before, weights = self.type(self.shape), f"tensor<{fan_in}x{width}xf32>"
        text = self.options.weights.split("{")[0]
        kind = f"{text}{{out_dim = 1, in_dim = 0}}"
        weight = self.init(kind, fan_in, weights)
        self.shape = (width,)
        start = self.bias(self.shape, fan_in)
        after = self.type(self.shape)
        self.value = self.new(f"linalg.matmul ins({self.value}, {weight} : {before}, {weights}) "
                              f"outs({start} : {after}) -> {after}")

    def depthwise(self):
        c, h, w = self.shape
        self.pad()
        before = self.type(self.shape)
        self.shape = (c, h, w)
        after = self.type(self.shape)
        start = self.bias(self.shape, 9)
        weights = f"tensor<3x3x{c}xf32>" if self.last else f"tensor<{c}x3x3xf32>"
        name = "nhwc_hwc" if self.last else "nchw_chw"
        kind = self.options.weights.split("{")[0] + "{fan_in = 9}"
        weight = self.init(kind, 9, weights)
        self.value = self.new(
            f"linalg.depthwise_conv_2d_{name} ins({self.value}, {weight} : {before}, "
            f"{weights}) outs({start} : {after}) -> {after}")

    def layer(self, width):
        """Of what there is: a convolution of an image, else a dense one."""
        if len(self.shape) == 3 and self.shape[1] > 1:
            self.convolve(True, 1, width)
        else:
            self.dense(width)

    def block(self, width, is_before):
        skip, shape = self.value, self.shape
        if is_before:
            self.relu()
        inner = self.value
        self.layer(width)
        self.relu()
        self.layer(width)
        branch = self.value
        if shape != self.shape:
            skip = inner if is_before else skip
            self.value, self.shape = skip, shape
            self.convolve(False, 1, width, side=1)
            skip = self.value
        self.value = self.new(f"arith.addf {branch}, {skip} : {self.type(self.shape)}")
        if not is_before:
            self.relu()

    def run(self):
        steps = [step.split(":") for step in self.options.steps]
        for index, (step, *numbers) in enumerate(steps):
            numbers = [int(number) for number in numbers]
            if step in ("same", "valid", "strided"):
                self.convolve(step != "valid", 2 if step == "strided" else 1, *numbers)
                if index + 1 == len(steps) or steps[index + 1][0] != "relu-max":
                    self.relu()
            elif step == "relu-max":
                self.pool("max", 2)
                self.relu()
            elif step == "global":
                self.pool("average", self.shape[1])
            elif step == "dense":
                self.dense(*numbers)
                self.relu()
            elif step == "stem":
                self.layer(*numbers)
            elif step in ("block", "before"):
                self.block(*numbers, step == "before")
            elif step == "depthwise":
                self.depthwise()
                self.relu()
            elif step == "relu":
                self.relu()
            else:
                self.pool(step, 2)

    def print(self):
        result, argument = self.type(self.shape), self.type(
            (self.options.inputs, self.options.size, self.options.size))
        print(f"func.func @main(%x: {argument}) -> {result} {{")
        print("  %zero = arith.constant 0.0 : f32")
        print("  %lowest = arith.constant 0xFF800000 : f32")
        print("\n".join(self.lines))
        print(f"  return {self.value} : {result}\n}}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int)
    parser.add_argument("inputs", type=int)
    parser.add_argument("weights")
    parser.add_argument("biases")
    parser.add_argument("steps", nargs="+")
    parser.add_argument("--channels-last", action="store_true")
    printer = Printer(parser.parse_args())
    printer.run()
    printer.print()


main()
