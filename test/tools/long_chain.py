"""Writes a relu behind a chain of as many additions as the first argument says.

Each adds 2^-20; the inputs lie in [-2, -1]. With --norm what is added up is
divided by its root mean square first, which of 4 numbers leaves none above 2,
and 2.01 is subtracted.
"""

import sys

length, is_normalized = int(sys.argv[1]), "--norm" in sys.argv[2:]
size = 4 if is_normalized else 1
row = f"tensor<1x{size}xf32>"
number = "tensor<1x1xf32>"


def const(name, value):
    print(f'  %{name} = "tosa.const"() {{values = dense<{value:.9e}> : {number}}} '
          f": () -> {number}")


def op(result, name, *operands):
    names = ", ".join(f"%{value}" for value, _ in operands)
    types = ", ".join(kind for _, kind in operands)
    kind = row if row in [kind for _, kind in operands] else number
    print(f"  %{result} = tosa.{name} {names} : ({types}) -> {kind}")


print(f"func.func @main(%x0: {row} {{act.domain = "
      f"#act.box<[-2.0], [-1.0]>}}) -> {row} {{")
print(f"  %k = arith.constant dense<{2.0**-20}> : {row}")
for i in range(length):
    print(f"  %x{i + 1} = arith.addf %x{i}, %k : {row}")
last = f"x{length}"
if is_normalized:
    const("share", 1 / size)
    const("eps", 1e-5)
    const("bias", -2.01)
    print('  %shift = "tosa.const"() {values = dense<0> : tensor<1xi8>} '
          ": () -> tensor<1xi8>")
    shift = ("shift", "tensor<1xi8>")
    op("square", "mul", (last, row), (last, row), shift)
    print(f"  %sum = tosa.reduce_sum %square {{axis = 1 : i32}} : ({row}) -> {number}")
    op("mean", "mul", ("sum", number), ("share", number), shift)
    op("sure", "add", ("mean", number), ("eps", number))
    op("scale", "rsqrt", ("sure", number))
    op("y", "mul", (last, row), ("scale", number), shift)
    op("z", "add", ("y", row), ("bias", number))
    last = "z"
print(f"  %r = act.relu %{last} : {row}")
print(f"  return %r : {row}\n}}")
