// RUN: act-opt %s --transform-interpreter --canonicalize --cse --split-input-file | FileCheck %s

// Upstream's tiling cuts the rows' other dimensions and never a row.

// CHECK-LABEL: func @softmax
// CHECK-SAME: (%[[X:.*]]: tensor<64x10xf32>)
// CHECK: scf.for %[[I:[^ ]+]] = %{{.*}} to %{{.*}} step %{{.*}} iter_args(%[[ACC:.*]] =
// CHECK: %[[ROWS:.*]] = tensor.extract_slice %[[X]][%[[I]], 0] [8, 10] [1, 1]
// CHECK: %[[Y:.*]] = act.softmax %[[ROWS]] : (tensor<8x10xf32>) -> tensor<8x10xf32>
// CHECK: tensor.insert_slice %[[Y]] into %[[ACC]][%[[I]], 0] [8, 10] [1, 1]
func.func @softmax(%x: tensor<64x10xf32>) -> tensor<64x10xf32> {
  %0 = act.softmax %x : (tensor<64x10xf32>) -> tensor<64x10xf32>
  return %0 : tensor<64x10xf32>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["act.softmax"]} in %root : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_for %op tile_sizes [8, 0] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// The lengths are cut along with the rows; the tile keeps attributes.

// CHECK-LABEL: func @ragged
// CHECK-SAME: (%[[X:.*]]: tensor<10x?xbf16>, %[[L:.*]]: tensor<?xi32>)
// CHECK: scf.for %[[I:[^ ]+]] =
// CHECK: %[[ROWS:.*]] = tensor.extract_slice %[[X]][0, %[[I]]] [10, %[[N:.*]]] [1, 1]
// CHECK: %[[LENGTHS:.*]] = tensor.extract_slice %[[L]][%[[I]]] [%[[N]]] [1]
// CHECK: act.ragged_softmax %[[ROWS]] lengths %[[LENGTHS]] {axis = 0 : i64}
func.func @ragged(%x: tensor<10x?xbf16>, %l: tensor<?xi32>) -> tensor<10x?xbf16> {
  %0 = act.ragged_softmax %x lengths %l {axis = 0} : (tensor<10x?xbf16>, tensor<?xi32>) -> tensor<10x?xbf16>
  return %0 : tensor<10x?xbf16>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["act.ragged_softmax"]} in %root : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_for %op tile_sizes [0, 16] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// A tile size along the row is taken as the whole row.

// CHECK-LABEL: func @whole_rows
// CHECK: scf.for
// CHECK: act.log_softmax %{{.*}} : (tensor<64x10xf32>) -> tensor<64x10xf32>
func.func @whole_rows(%x: tensor<64x10xf32>) -> tensor<64x10xf32> {
  %0 = act.log_softmax %x : (tensor<64x10xf32>) -> tensor<64x10xf32>
  return %0 : tensor<64x10xf32>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["act.log_softmax"]} in %root : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_for %op tile_sizes [0, 5] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
