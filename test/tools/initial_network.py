#!/usr/bin/env python3
"""Prints a chain of dense relu layers whose weights are initializers.

initial_network.py INPUTS WIDTH LAYERS WEIGHTS BIASES, where the last two are
the text of act.init ops, as 'kaiming_normal {out_dim = 1, in_dim = 0}'."""

import sys

inputs, width, layers = map(int, sys.argv[1:4])
weights, biases = sys.argv[4:6]

print(f"func.func @main(%h0: tensor<1x{inputs}xf32>) -> tensor<1x{width}xf32> {{")
before = inputs
for layer in range(1, layers + 1):
    out = f"tensor<1x{width}xf32>"
    bias = biases.replace("FAN_IN", str(before))
    print(f"  %w{layer} = act.init {weights} : tensor<{before}x{width}xf32>")
    print(f"  %b{layer} = act.init {bias} : {out}")
    print(f"  %z{layer} = linalg.matmul ins(%h{layer - 1}, %w{layer} : "
          f"tensor<1x{before}xf32>, tensor<{before}x{width}xf32>) "
          f"outs(%b{layer} : {out}) -> {out}")
    print(f"  %h{layer} = act.relu %z{layer} : {out}")
    before = width
print(f"  return %h{layers} : tensor<1x{width}xf32>")
print("}")
