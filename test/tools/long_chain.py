"""Writes a relu behind a chain of as many additions as the first argument says.

Each adds 2^-20; the input lies in [-2, -1].
"""

import sys

length = int(sys.argv[1])
print("func.func @main(%x0: tensor<1xf32> {act.domain = "
      "#act.box<[-2.0], [-1.0]>}) -> tensor<1xf32> {")
print(f"  %k = arith.constant dense<{2.0**-20}> : tensor<1xf32>")
for i in range(length):
    print(f"  %x{i + 1} = arith.addf %x{i}, %k : tensor<1xf32>")
print(f"  %r = act.relu %x{length} : tensor<1xf32>")
print("  return %r : tensor<1xf32>\n}")
