// RUN: act-opt %s --act-decompose --split-input-file | FileCheck %s
// RUN: act-opt %s --act-decompose=keep-rows=1 --split-input-file | FileCheck %s --check-prefix=KEEP

// CHECK-LABEL: @softmax
// CHECK:         arith.maxnumf
// CHECK:         math.exp
// CHECK:         arith.addf
// CHECK:         arith.divf
// CHECK-NOT:     linalg.softmax

// KEEP-LABEL: @softmax
// KEEP:         act.softmax
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

// -----

// Rows that have loops of their own stay where those are meant to come; scores
// that are computed are so apart, -inf where the mask lets nothing through.

// CHECK-LABEL: @rows
// CHECK-NOT:     act.

// KEEP-LABEL: @rows
// KEEP-SAME:    %[[X:.*]]: tensor<4x8xf16>, %[[MASK:.*]]: tensor<4x8xi1>
// KEEP:         act.softmax %[[X]] :
// KEEP:         %[[SCORES:.*]] = linalg.generic {{.*}} ins(%[[X]], %[[MASK]] :
// KEEP:           arith.select {{.*}} : f16
// KEEP:         act.softmax %[[SCORES]] {empty_row_zero = true} :
// KEEP:         %[[LESS:.*]] = linalg.generic {{.*}} ins(%[[X]] :
// KEEP:           arith.negf
// KEEP:         act.softmax %[[LESS]] {accuracy = #act.accuracy<ulp = 4.000000e+00>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
// KEEP:         arith.truncf

// Along another axis they have none.

// KEEP:         arith.maximumf
// KEEP-NOT:     act.
func.func @rows(%x: tensor<4x8xf16>, %mask: tensor<4x8xi1>) -> (tensor<4x8xf16>, tensor<4x8xf16>, tensor<4x8xf16>, tensor<4x8xf16>) {
  %a = act.softmax %x : (tensor<4x8xf16>) -> tensor<4x8xf16>
  %b = act.masked_softmax %x mask %mask : (tensor<4x8xf16>, tensor<4x8xi1>) -> tensor<4x8xf16>
  %c = act.softmin %x {accuracy = #act.accuracy<ulp = 4.0>} : (tensor<4x8xf16>) -> tensor<4x8xf16>
  %d = act.softmax %x {axis = 0} : (tensor<4x8xf16>) -> tensor<4x8xf16>
  return %a, %b, %c, %d : tensor<4x8xf16>, tensor<4x8xf16>, tensor<4x8xf16>, tensor<4x8xf16>
}
