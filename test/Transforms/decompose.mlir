// RUN: act-opt %s --act-decompose --split-input-file | FileCheck %s

// CHECK-LABEL: @softmax
// CHECK:         arith.maxnumf
// CHECK:         math.exp
// CHECK:         arith.addf
// CHECK:         arith.divf
// CHECK-NOT:     linalg.softmax
func.func @softmax(%x: tensor<?x10xf32>, %e: tensor<?x10xf32>) -> tensor<?x10xf32> {
  %y = linalg.softmax dimension(1) ins(%x : tensor<?x10xf32>) outs(%e : tensor<?x10xf32>) -> tensor<?x10xf32>
  return %y : tensor<?x10xf32>
}

// -----

// On buffers there is no value to replace.

// CHECK-LABEL: @buffers
// CHECK:         linalg.softmax
func.func @buffers(%x: memref<2x10xf32>, %y: memref<2x10xf32>) {
  linalg.softmax dimension(1) ins(%x : memref<2x10xf32>) outs(%y : memref<2x10xf32>)
  return
}

// -----

// CHECK-LABEL: @concat
// CHECK-COUNT-2: tensor.insert_slice
// CHECK-NOT:     tensor.concat
func.func @concat(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %z = tensor.concat dim(0) %x, %y : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  return %z : tensor<?xf32>
}
