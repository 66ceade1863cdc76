// act-run passes arrays in order and gives results in order: static and dynamic
// shapes, scalars, several results, every element type.

// RUN: act-npy make %t.x.npy f32 2x3 --values=1,2,3,-4,5,nan
// RUN: act-npy make %t.s.npy f32 scalar --values=0.5
// RUN: act-run %s --entry=scale --input=%t.x.npy --input=%t.s.npy \
// RUN:   --output=%t.y.npy --output=%t.n.npy
// RUN: act-npy print %t.y.npy | FileCheck %s --check-prefix=SCALED
// RUN: act-npy print %t.n.npy | FileCheck %s --check-prefix=ROWS
// SCALED: <f4 (2, 3) 0.5 1 1.5 -2 2.5 nan
// ROWS: <f4 () -0.5
func.func @scale(%x: tensor<?x3xf32>, %s: f32) -> (tensor<?x3xf32>, f32) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x3xf32>
  %wide = tensor.splat %s[%rows] : tensor<?x3xf32>
  %y = arith.mulf %x, %wide : tensor<?x3xf32>
  %n = arith.negf %s : f32
  return %y, %n : tensor<?x3xf32>, f32
}

// RUN: act-npy make %t.h.npy f16 5 --values=1,2,-3,inf,0x1p-24
// RUN: act-run %s --entry=half --input=%t.h.npy --output=%t.hy.npy
// RUN: act-npy print %t.hy.npy | FileCheck %s --check-prefix=HALF
// HALF: <f2 (5,) 2 4 -6 inf 1.1920929e-07
func.func @half(%x: tensor<5xf16>) -> tensor<5xf16> {
  %y = arith.addf %x, %x : tensor<5xf16>
  return %y : tensor<5xf16>
}

// The bits of bf16 are unsigned 16-bit integers to NumPy.
// RUN: act-npy make %t.b.npy bf16 3 --values=1,2,-3
// RUN: act-run %s --entry=brain --input=%t.b.npy --output=%t.by.npy
// RUN: act-npy print %t.by.npy | FileCheck %s --check-prefix=BRAIN
// BRAIN: <u2 (3,) 2 4 -6
func.func @brain(%x: tensor<3xbf16>) -> tensor<3xbf16> {
  %y = arith.addf %x, %x : tensor<3xbf16>
  return %y : tensor<3xbf16>
}

// RUN: act-npy make %t.d.npy f64 2 --values=0x1p-1074,1
// RUN: act-run %s --entry=double --input=%t.d.npy --output=%t.dy.npy
// RUN: act-npy print %t.dy.npy | FileCheck %s --check-prefix=DOUBLE
// DOUBLE: <f8 (2,) 9.88131292e-324 2
func.func @double(%x: tensor<2xf64>) -> tensor<2xf64> {
  %y = arith.addf %x, %x : tensor<2xf64>
  return %y : tensor<2xf64>
}

// A function may take nothing, and may bear the name of one in libm.
// RUN: act-run %s --entry=exp --output=%t.e.npy
// RUN: act-npy print %t.e.npy | FileCheck %s --check-prefix=EXP
// EXP: <f4 (2,) 2.71828175 1
func.func @exp() -> tensor<2xf32> {
  %x = arith.constant dense<[1.0, 0.0]> : tensor<2xf32>
  %y = math.exp %x : tensor<2xf32>
  return %y : tensor<2xf32>
}

// An empty array is an array.
// RUN: act-npy make %t.0.npy f32 0x3 --values=1
// RUN: act-run %s --entry=scale --input=%t.0.npy --input=%t.s.npy \
// RUN:   --output=%t.y.npy --output=%t.n.npy
// RUN: act-npy print %t.y.npy | FileCheck %s --check-prefix=EMPTY
// EMPTY: <f4 (0, 3){{$}}

// A timing needs no outputs; a baseline processor runs everywhere.
// RUN: act-run %s --entry=half --input=%t.h.npy --time --mcpu=generic \
// RUN:   | FileCheck %s --check-prefix=TIME
// TIME: time per call: median {{[0-9.]+}} ns, minimum {{[0-9.]+}} ns; per result element: median {{[0-9.]+}} ns, minimum {{[0-9.]+}} ns
