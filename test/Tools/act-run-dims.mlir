// Dynamic dimensions that the program takes to be equal are checked before it
// runs: it would read past the end of the shorter array.

// RUN: act-npy make %t.4.npy f32 4 --values=1,2,3,4
// RUN: act-npy make %t.3.npy f32 3 --values=1,2,3
// RUN: act-npy make %t.m.npy f32 3x4 --values=1,2,3,4,5,6,7,8,9,10,11,12
// RUN: %exit-code 2 act-run %s --entry=sum --input=%t.4.npy --input=%t.3.npy \
// RUN:   --output=%t.y.npy 2>&1 | FileCheck %s --check-prefix=SUM
// RUN: %exit-code 2 act-run %s --entry=chain --input=%t.3.npy --input=%t.4.npy \
// RUN:   --output=%t.y.npy 2>&1 | FileCheck %s --check-prefix=CHAIN
// RUN: %exit-code 2 act-run %s --entry=product --input=%t.m.npy --input=%t.m.npy \
// RUN:   --output=%t.y.npy 2>&1 | FileCheck %s --check-prefix=PRODUCT
// RUN: act-run %s --entry=sum --input=%t.4.npy --input=%t.4.npy --output=%t.y.npy
// RUN: act-npy print %t.y.npy | FileCheck %s --check-prefix=EQUAL

// SUM: argument #1: expected 4 as dimension 0, as dimension 0 of argument #0 is, got 3
func.func @sum(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %0 = arith.addf %x, %y : tensor<?xf32>
  return %0 : tensor<?xf32>
}

// CHAIN: argument #1: expected 3 as dimension 0, as dimension 0 of argument #0 is, got 4
func.func @chain(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %0 = act.relu %x : tensor<?xf32>
  %1 = act.swiglu %y gate %0 : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  return %1 : tensor<?xf32>
}

// PRODUCT: argument #1: expected 4 as dimension 0, as dimension 1 of argument #0 is, got 3
func.func @product(%a: tensor<?x?xf32>, %b: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = tensor.dim %a, %c0 : tensor<?x?xf32>
  %n = tensor.dim %b, %c1 : tensor<?x?xf32>
  %e = tensor.empty(%m, %n) : tensor<?x?xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x?xf32>) -> tensor<?x?xf32>
  %0 = linalg.matmul ins(%a, %b : tensor<?x?xf32>, tensor<?x?xf32>) outs(%f : tensor<?x?xf32>) -> tensor<?x?xf32>
  return %0 : tensor<?x?xf32>
}

// EQUAL: 2{{.*}}4{{.*}}6{{.*}}8

// RUN: %exit-code 2 act-run %s --entry=mapped --input=%t.4.npy --input=%t.3.npy \
// RUN:   --output=%t.y.npy 2>&1 | FileCheck %s --check-prefix=SUM
func.func @mapped(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %0 = act.map %x, %y : tensor<?xf32> {
  ^bb0(%a: f32, %b: f32):
    %p = arith.mulf %a, %b : f32
    act.yield %p : f32
  }
  return %0 : tensor<?xf32>
}
