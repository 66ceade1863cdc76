// 8-bit floats travel as bytes.

// RUN: act-compile %s --entry=f -o %t.o --header=%t.h
// RUN: FileCheck %s --check-prefix=HEADER --input-file=%t.h
// HEADER: in0  d0 values of f8E4M3FN, each as its 8-bit pattern
// HEADER: out0 r0 values of f8E4M3FN, each as its 8-bit pattern
// HEADER: void f(const uint8_t *in0, int64_t d0, uint8_t *out0);

// No library is called for it.
// RUN: llvm-nm --undefined-only %t.o | count 0

// gelu(1) = 0.8413 and gelu(-1) = -0.1587 round to 13/16 and -5/32; beyond the
// largest number there is none.
// RUN: act-npy make %t.x.npy f8E4M3FN 4 --values=1,-1,448,nan
// RUN: act-run %s --entry=f --input=%t.x.npy --output=%t.y.npy
// RUN: act-npy print %t.y.npy | FileCheck %s
// CHECK: |u1 (4,) 0.8125 -0.15625 448 nan
// RUN: act-run %s --entry=square --input=%t.x.npy --output=%t.y.npy
// RUN: act-npy print %t.y.npy | FileCheck %s --check-prefix=SQUARE
// SQUARE: |u1 (4,) 1 1 nan nan

func.func @f(%x: tensor<?xf8E4M3FN>) -> tensor<?xf8E4M3FN> {
  %y = act.gelu %x : tensor<?xf8E4M3FN>
  return %y : tensor<?xf8E4M3FN>
}

func.func @square(%x: tensor<?xf8E4M3FN>) -> tensor<?xf8E4M3FN> {
  %y = act.square %x : tensor<?xf8E4M3FN>
  return %y : tensor<?xf8E4M3FN>
}
