// On a processor without instructions for f16 conversions are integer code that
// gives the bits of those instructions, and calls no library.
// REQUIRES: x86-64-v3-host
// RUN: %python %S/../tools/half_boundaries.py %t.halves.npy %t.singles.npy
// RUN: act-run %s --mcpu=x86-64 --input=%t.halves.npy --input=%t.singles.npy --output=%t.wide.npy --output=%t.narrow.npy
// RUN: act-run %s --mcpu=x86-64-v3 --input=%t.halves.npy --input=%t.singles.npy --output=%t.wide3.npy --output=%t.narrow3.npy
// RUN: cmp %t.wide.npy %t.wide3.npy
// RUN: cmp %t.narrow.npy %t.narrow3.npy
// RUN: act-compile %s --mcpu=x86-64 --emit=obj -o %t.o
// RUN: llvm-nm --undefined-only %t.o | count 0

func.func @convert(%halves: tensor<?xf16>, %singles: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf16>) {
  %wide = arith.extf %halves : tensor<?xf16> to tensor<?xf32>
  %narrow = arith.truncf %singles : tensor<?xf32> to tensor<?xf16>
  return %wide, %narrow : tensor<?xf32>, tensor<?xf16>
}
