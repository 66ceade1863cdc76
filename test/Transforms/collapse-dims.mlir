// RUN: act-opt %s --act-collapse-dims --split-input-file | FileCheck %s

// All operands walk both dimensions in order: one loop over 3000.

// CHECK-LABEL: @identity
// CHECK-SAME:    %[[X:.*]]: tensor<1000x3xf32>, %[[Y:.*]]: tensor<1000x3xf32>
// CHECK-DAG:     %[[A:.*]] = tensor.collapse_shape %[[X]] {{\[}}[0, 1]] : tensor<1000x3xf32> into tensor<3000xf32>
// CHECK-DAG:     %[[B:.*]] = tensor.collapse_shape %[[Y]] {{\[}}[0, 1]]
// CHECK:         %[[R:.*]] = linalg.generic {{.*}}iterator_types = ["parallel"]}
// CHECK-SAME:      ins(%[[A]], %[[B]] : tensor<3000xf32>, tensor<3000xf32>)
// CHECK:         tensor.expand_shape %[[R]] {{\[}}[0, 1]] output_shape [1000, 3]
func.func @identity(%x: tensor<1000x3xf32>, %y: tensor<1000x3xf32>) -> tensor<1000x3xf32> {
  %e = tensor.empty() : tensor<1000x3xf32>
  %r = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
      iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : tensor<1000x3xf32>, tensor<1000x3xf32>) outs(%e : tensor<1000x3xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  } -> tensor<1000x3xf32>
  return %r : tensor<1000x3xf32>
}

// -----

// A bias over the innermost dimension: only the dimensions before it are one.

// CHECK-LABEL: @bias
// CHECK:         linalg.generic {{.*}}iterator_types = ["parallel", "parallel"]}
// CHECK-SAME:      ins(%{{.*}}, %{{.*}} : tensor<?x8xf32>, tensor<8xf32>)
func.func @bias(%x: tensor<2x?x5x8xf32>, %b: tensor<8xf32>, %e: tensor<2x?x5x8xf32>) -> tensor<2x?x5x8xf32> {
  %r = linalg.generic {
      indexing_maps = [affine_map<(n, h, w, c) -> (n, h, w, c)>, affine_map<(n, h, w, c) -> (c)>,
                       affine_map<(n, h, w, c) -> (n, h, w, c)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x, %b : tensor<2x?x5x8xf32>, tensor<8xf32>) outs(%e : tensor<2x?x5x8xf32>) {
  ^bb0(%a: f32, %d: f32, %o: f32):
    %s = arith.addf %a, %d : f32
    linalg.yield %s : f32
  } -> tensor<2x?x5x8xf32>
  return %r : tensor<2x?x5x8xf32>
}

// -----

// Transposed, reducing, and position-dependent ops keep their loops.

// CHECK-LABEL: @kept
// CHECK-NOT:     collapse_shape
func.func @kept(%x: tensor<4x4xf32>, %e: tensor<4x4xf32>, %f: tensor<4xf32>) -> (tensor<4x4xf32>, tensor<4xf32>, tensor<4x4xf32>) {
  %transposed = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>],
      iterator_types = ["parallel", "parallel"]} ins(%x : tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  } -> tensor<4x4xf32>
  %reduced = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>],
      iterator_types = ["parallel", "reduction"]} ins(%x : tensor<4x4xf32>) outs(%f : tensor<4xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %a, %o : f32
    linalg.yield %s : f32
  } -> tensor<4xf32>
  %positions = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
      iterator_types = ["parallel", "parallel"]} ins(%x : tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) {
  ^bb0(%a: f32, %o: f32):
    %i = linalg.index 0 : index
    %n = arith.index_cast %i : index to i32
    %p = arith.sitofp %n : i32 to f32
    linalg.yield %p : f32
  } -> tensor<4x4xf32>
  return %transposed, %reduced, %positions : tensor<4x4xf32>, tensor<4xf32>, tensor<4x4xf32>
}

// -----

// The expansion that a collapse leaves does not hide where the value goes.

// CHECK-LABEL: @stored
// CHECK-SAME:    %[[X:.*]]: tensor<6xf32>, %[[M:.*]]: memref<2x3xf32>
// CHECK:         %[[C:.*]] = memref.collapse_shape %[[M]] {{\[}}[0, 1]] : memref<2x3xf32> into memref<6xf32>
// CHECK:         bufferization.materialize_in_destination %[[X]] in restrict writable %[[C]]
func.func @stored(%x: tensor<6xf32>, %m: memref<2x3xf32>) {
  %v = tensor.expand_shape %x [[0, 1]] output_shape [2, 3] : tensor<6xf32> into tensor<2x3xf32>
  bufferization.materialize_in_destination %v in restrict writable %m : (tensor<2x3xf32>, memref<2x3xf32>) -> ()
  return
}

// -----

// What rows compute as they read it has the dimensions that they have.

// CHECK-LABEL: @scores
// CHECK-NOT:     tensor.collapse_shape
// CHECK:         linalg.generic {{.*}}iterator_types = ["parallel", "parallel"]}
#id = affine_map<(i, j) -> (i, j)>
func.func @scores(%x: tensor<4x512xf32>) -> tensor<4x512xf32> {
  %e = tensor.empty() : tensor<4x512xf32>
  %s = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x512xf32>) outs(%e : tensor<4x512xf32>) {
  ^bb0(%u: f32, %o: f32):
    %p = arith.negf %u : f32
    linalg.yield %p : f32
  } -> tensor<4x512xf32>
  %y = act.softmax %s : (tensor<4x512xf32>) -> tensor<4x512xf32>
  return %y : tensor<4x512xf32>
}
