#!/usr/bin/env python3
"""Prints a chain of square dense relu layers whose weights are resources
without data, for act-draw-resources to fill.

dense_network.py WIDTH LAYERS [matmul|matvec], where weights are stored input by
input for the first, unit by unit for the second."""

import sys

width, layers = map(int, sys.argv[1:3])
op = sys.argv[3] if len(sys.argv) > 3 else "matmul"

vector = f"tensor<1x{width}xf32>" if op == "matmul" else f"tensor<{width}xf32>"
matrix = f"tensor<{width}x{width}xf32>"
print(f"func.func @main(%h0: {vector}) -> {vector} {{")
print(f"  %b = arith.constant dense<0.0> : {vector}")
for layer in range(1, layers + 1):
    h, w = f"%h{layer - 1}", f"%w{layer}"
    operands = (f"{h}, {w} : {vector}, {matrix}" if op == "matmul" else
                f"{w}, {h} : {matrix}, {vector}")
    print(f"  {w} = arith.constant dense_resource<w{layer}> : {matrix}")
    print(f"  %z{layer} = linalg.{op} ins({operands}) outs(%b : {vector}) "
          f"-> {vector}")
    print(f"  %h{layer} = act.relu %z{layer} : {vector}")
print(f"  return %h{layers} : {vector}")
print("}")
