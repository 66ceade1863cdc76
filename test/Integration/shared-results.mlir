// Results of which one is computed from another: in whatever memory they are,
// none is overwritten before it is stored.

// RUN: act-npy make %t.x.npy f32 1x3 --values=1,2,3

// RUN: act-run %s --entry=residual --input=%t.x.npy --output=%t.a.npy --output=%t.b.npy
// RUN: act-npy print %t.a.npy | FileCheck %s --check-prefix=SUM
// RUN: act-npy print %t.b.npy | FileCheck %s --check-prefix=SAME
// SUM: <f4 (1, 3) 7 8 9
// SAME: <f4 (1, 3) 1 2 3
func.func @residual(%x: tensor<1x3xf32>) -> (tensor<1x3xf32>, tensor<1x3xf32>) {
  %w = arith.constant dense<1.0> : tensor<3x3xf32>
  %h = act.relu %x : tensor<1x3xf32>
  %y = linalg.matmul ins(%x, %w : tensor<1x3xf32>, tensor<3x3xf32>) outs(%h : tensor<1x3xf32>) -> tensor<1x3xf32>
  return %y, %h : tensor<1x3xf32>, tensor<1x3xf32>
}

// RUN: act-run %s --entry=first_state --input=%t.x.npy --output=%t.a.npy --output=%t.b.npy
// RUN: act-npy print %t.a.npy | FileCheck %s --check-prefix=LOOP
// RUN: act-npy print %t.b.npy | FileCheck %s --check-prefix=SAME
// LOOP: <f4 (1, 3) 4 8 12
func.func @first_state(%x: tensor<1x3xf32>) -> (tensor<1x3xf32>, tensor<1x3xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %k = arith.constant 3 : index
  %h = act.relu %x : tensor<1x3xf32>
  %a = scf.for %i = %c0 to %k step %c1 iter_args(%s = %h) -> (tensor<1x3xf32>) {
    %v = arith.addf %s, %x : tensor<1x3xf32>
    scf.yield %v : tensor<1x3xf32>
  }
  return %a, %h : tensor<1x3xf32>, tensor<1x3xf32>
}

// A view of what the first result is computed from.
// RUN: act-run %s --entry=caches --input=%t.x.npy --output=%t.a.npy --output=%t.b.npy --output=%t.c.npy
// RUN: act-npy print %t.a.npy | FileCheck %s --check-prefix=NEW
// RUN: act-npy print %t.b.npy | FileCheck %s --check-prefix=OLD
// RUN: act-npy print %t.c.npy | FileCheck %s --check-prefix=VIEW
// NEW: <f4 (2, 3) 1 2 3 1 2 3
// OLD: <f4 (2, 3) 1 2 3 0 0 0
// VIEW: <f4 (6,) 1 2 3 0 0 0
func.func @caches(%x: tensor<1x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>, tensor<6xf32>) {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x3xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x3xf32>) -> tensor<2x3xf32>
  %c = tensor.insert_slice %x into %f[0, 0] [1, 3] [1, 1] : tensor<1x3xf32> into tensor<2x3xf32>
  %d = tensor.insert_slice %x into %c[1, 0] [1, 3] [1, 1] : tensor<1x3xf32> into tensor<2x3xf32>
  %v = tensor.collapse_shape %c [[0, 1]] : tensor<2x3xf32> into tensor<6xf32>
  return %d, %c, %v : tensor<2x3xf32>, tensor<2x3xf32>, tensor<6xf32>
}

// States that swap, and a state that an inner loop carries on.
// RUN: act-npy make %t.y.npy f32 1x3 --values=4,5,6
// RUN: act-run %s --entry=swapped --input=%t.x.npy --input=%t.y.npy --output=%t.a.npy --output=%t.b.npy
// RUN: act-npy print %t.a.npy | FileCheck %s --check-prefix=OTHER
// RUN: act-npy print %t.b.npy | FileCheck %s --check-prefix=SAME
// OTHER: <f4 (1, 3) 4 5 6
func.func @swapped(%x: tensor<1x3xf32>, %y: tensor<1x3xf32>) -> (tensor<1x3xf32>, tensor<1x3xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %k = arith.constant 3 : index
  %a:2 = scf.for %i = %c0 to %k step %c1 iter_args(%s = %x, %t = %y) -> (tensor<1x3xf32>, tensor<1x3xf32>) {
    scf.yield %t, %s : tensor<1x3xf32>, tensor<1x3xf32>
  }
  return %a#0, %a#1 : tensor<1x3xf32>, tensor<1x3xf32>
}

// RUN: act-run %s --entry=nested --input=%t.x.npy --output=%t.a.npy
// RUN: act-npy print %t.a.npy | FileCheck %s --check-prefix=NESTED
// NESTED: <f4 (1, 3) 10 20 30
func.func @nested(%x: tensor<1x3xf32>) -> tensor<1x3xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %k = arith.constant 3 : index
  %a = scf.for %i = %c0 to %k step %c1 iter_args(%s = %x) -> (tensor<1x3xf32>) {
    %t = scf.for %j = %c0 to %k step %c1 iter_args(%u = %s) -> (tensor<1x3xf32>) {
      %v = arith.addf %u, %x : tensor<1x3xf32>
      scf.yield %v : tensor<1x3xf32>
    }
    scf.yield %t : tensor<1x3xf32>
  }
  return %a : tensor<1x3xf32>
}

// One state is what a branch leaves of the other.
// RUN: act-run %s --entry=branching --input=%t.x.npy --output=%t.a.npy --output=%t.b.npy
// RUN: act-npy print %t.a.npy | FileCheck %s --check-prefix=BRANCH
// RUN: act-npy print %t.b.npy | FileCheck %s --check-prefix=PRODUCT
// BRANCH: <f4 (1, 3) 1 8 27
// PRODUCT: <f4 (1, 3) 2 48 324
func.func @branching(%x: tensor<1x3xf32>) -> (tensor<1x3xf32>, tensor<1x3xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %k = arith.constant 3 : index
  %a:2 = scf.for %i = %c0 to %k step %c1 iter_args(%s = %x, %t = %x) -> (tensor<1x3xf32>, tensor<1x3xf32>) {
    %b = arith.cmpi eq, %i, %c1 : index
    %v = scf.if %b -> tensor<1x3xf32> {
      %w = arith.addf %s, %t : tensor<1x3xf32>
      scf.yield %w : tensor<1x3xf32>
    } else {
      scf.yield %t : tensor<1x3xf32>
    }
    %z = arith.mulf %s, %t : tensor<1x3xf32>
    scf.yield %v, %z : tensor<1x3xf32>, tensor<1x3xf32>
  }
  return %a#0, %a#1 : tensor<1x3xf32>, tensor<1x3xf32>
}

// RUN: act-npy make %t.image.npy f32 1x1x2x1 --values=1,2
// RUN: act-run %s --entry=pad --input=%t.image.npy --output=%t.a.npy
// RUN: act-npy print %t.a.npy | FileCheck %s --check-prefix=PAD
// PAD: <f4 (1, 2, 3, 1) 7 7 7 1 2 7
func.func @pad(%x: tensor<1x1x2x1xf32>) -> tensor<1x2x3x1xf32> {
  %amount = tosa.const_shape {values = dense<[0, 0, 1, 0, 0, 1, 0, 0]> : tensor<8xindex>} : () -> !tosa.shape<8>
  %seven = "tosa.const"() <{values = dense<7.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %y = tosa.pad %x, %amount, %seven : (tensor<1x1x2x1xf32>, !tosa.shape<8>, tensor<1xf32>) -> tensor<1x2x3x1xf32>
  return %y : tensor<1x2x3x1xf32>
}

// One value carried twice.
// RUN: act-run %s --entry=twice --input=%t.x.npy --input=%t.y.npy --output=%t.a.npy --output=%t.b.npy
// RUN: act-npy print %t.a.npy | FileCheck %s --check-prefix=TWICE
// RUN: act-npy print %t.b.npy | FileCheck %s --check-prefix=TWICE
// TWICE: <f4 (1, 3) 40 56 72
func.func @twice(%x: tensor<1x3xf32>, %y: tensor<1x3xf32>) -> (tensor<1x3xf32>, tensor<1x3xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %k = arith.constant 4 : index
  %r:2 = scf.for %i = %c0 to %k step %c1 iter_args(%a = %x, %b = %y) -> (tensor<1x3xf32>, tensor<1x3xf32>) {
    %h = arith.addf %a, %b : tensor<1x3xf32>
    scf.yield %h, %h : tensor<1x3xf32>, tensor<1x3xf32>
  }
  return %r#0, %r#1 : tensor<1x3xf32>, tensor<1x3xf32>
}

// What a loop starts with is read after it, and in it.
// RUN: act-npy make %t.ones.npy f32 2x2 --values=1
// RUN: act-run %s --entry=read_after --input=%t.ones.npy --output=%t.a.npy --output=%t.b.npy
// RUN: act-npy print %t.a.npy | FileCheck %s --check-prefix=MEANS
// RUN: act-npy print %t.b.npy | FileCheck %s --check-prefix=ONES
// RUN: act-run %s --entry=read_inside --input=%t.ones.npy --output=%t.a.npy
// RUN: act-npy print %t.a.npy | FileCheck %s --check-prefix=MEANS
// MEANS: <f4 (2, 2) 0.5 0.5 0.5 0.5
// ONES: <f4 (4,) 1 1 1 1
func.func @read_after(%x: tensor<2x2xf32>) -> (tensor<2x2xf32>, tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %k = arith.constant 4 : index
  %r = scf.for %i = %c0 to %k step %c1 iter_args(%a = %x) -> (tensor<2x2xf32>) {
    %h = act.softmax %a {axis = 0} : (tensor<2x2xf32>) -> tensor<2x2xf32>
    scf.yield %h : tensor<2x2xf32>
  }
  %s = tensor.collapse_shape %x [[0, 1]] : tensor<2x2xf32> into tensor<4xf32>
  %t = act.relu %s : tensor<4xf32>
  return %r, %t : tensor<2x2xf32>, tensor<4xf32>
}

func.func @read_inside(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %k = arith.constant 4 : index
  %r = scf.for %i = %c0 to %k step %c1 iter_args(%a = %x) -> (tensor<2x2xf32>) {
    %h = act.softmax %x {axis = 0} : (tensor<2x2xf32>) -> tensor<2x2xf32>
    scf.yield %h : tensor<2x2xf32>
  }
  return %r : tensor<2x2xf32>
}
