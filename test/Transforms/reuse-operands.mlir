// RUN: act-opt %s --act-reuse-operands --split-input-file | FileCheck %s

// A bias and an activation after a matmul overwrite what it computed.

// CHECK-LABEL: @bias
// CHECK-SAME:    %{{.*}}: tensor<2x4xf32>, %{{.*}}: tensor<4x3xf32>, %[[B:.*]]: tensor<3xf32>
// CHECK:         %[[M:.*]] = linalg.matmul
// CHECK:         linalg.generic {{.*}} ins(%[[B]] : tensor<3xf32>) outs(%[[M]] : tensor<2x3xf32>)
// CHECK-NEXT:    ^bb0(%[[BIAS:.*]]: f32, %[[OLD:.*]]: f32):
// CHECK-NEXT:      arith.addf %[[OLD]], %[[BIAS]]
func.func @bias(%x: tensor<2x4xf32>, %w: tensor<4x3xf32>, %b: tensor<3xf32>, %f: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %m = linalg.matmul ins(%x, %w : tensor<2x4xf32>, tensor<4x3xf32>) outs(%f : tensor<2x3xf32>) -> tensor<2x3xf32>
  %e = tensor.empty() : tensor<2x3xf32>
  %r = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>],
      iterator_types = ["parallel", "parallel"]}
      ins(%m, %b : tensor<2x3xf32>, tensor<3xf32>) outs(%e : tensor<2x3xf32>) {
  ^bb0(%a: f32, %c: f32, %o: f32):
    %s = arith.addf %a, %c : f32
    linalg.yield %s : f32
  } -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}

// -----

// An argument belongs to the caller; a value that is read elsewhere, is walked
// transposed, or is of another type stays as it is.

// CHECK-LABEL: @kept
// CHECK-SAME:    %{{.*}}: tensor<2x2xf32>, %[[E:.*]]: tensor<2x2xf32>
// CHECK:         %[[FRESH:.*]] = tensor.empty() : tensor<2x2xf32>
// CHECK:         outs(%[[FRESH]] : tensor<2x2xf32>)
// CHECK:         %[[TWICE:.*]] = linalg.fill
// CHECK:         outs(%[[FRESH]] : tensor<2x2xf32>)
// CHECK:         outs(%[[FRESH]] : tensor<2x2xf32>)
// CHECK:         outs(%{{.*}} : tensor<2x2xf16>)
func.func @kept(%x: tensor<2x2xf32>, %f: tensor<2x2xf32>, %zero: f32) -> (tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf16>) {
  %e = tensor.empty() : tensor<2x2xf32>
  %argument = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<2x2xf32>) outs(%e : tensor<2x2xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = math.absf %a : f32
    linalg.yield %s : f32
  } -> tensor<2x2xf32>
  %m = linalg.fill ins(%zero : f32) outs(%f : tensor<2x2xf32>) -> tensor<2x2xf32>
  %twice = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%m : tensor<2x2xf32>) outs(%e : tensor<2x2xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = math.absf %a : f32
    linalg.yield %s : f32
  } -> tensor<2x2xf32>
  %n = linalg.fill ins(%zero : f32) outs(%f : tensor<2x2xf32>) -> tensor<2x2xf32>
  %transposed = linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%n : tensor<2x2xf32>) outs(%e : tensor<2x2xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = math.absf %a : f32
    linalg.yield %s : f32
  } -> tensor<2x2xf32>
  %q = linalg.fill ins(%zero : f32) outs(%f : tensor<2x2xf32>) -> tensor<2x2xf32>
  %h = tensor.empty() : tensor<2x2xf16>
  %narrowed = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%q : tensor<2x2xf32>) outs(%h : tensor<2x2xf16>) {
  ^bb0(%a: f32, %o: f16):
    %s = arith.truncf %a : f32 to f16
    linalg.yield %s : f16
  } -> tensor<2x2xf16>
  return %argument, %m, %twice, %transposed, %narrowed : tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf16>
}

// -----

// A loop leaves what it carries where it was; a dynamic size may change.

// CHECK-LABEL: @carried
// CHECK:         scf.for {{.*}} iter_args(%[[A:.*]] = %{{.*}}, %[[B:.*]] = %{{.*}}, %[[C:.*]] = %{{.*}})
// CHECK:           %[[Y:.*]] = math.tanh %[[A]]
// CHECK:           %[[Z:.*]] = math.tanh %[[B]]
// CHECK:           %[[IN:.*]] = bufferization.materialize_in_destination %[[Y]] in %[[A]]
// CHECK:           scf.yield %[[IN]], %[[Z]], %[[C]]
func.func @carried(%x: tensor<8xf32>, %y: tensor<?xf32>, %z: tensor<8xf32>) -> (tensor<8xf32>, tensor<?xf32>, tensor<8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r:3 = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x, %b = %y, %c = %z) -> (tensor<8xf32>, tensor<?xf32>, tensor<8xf32>) {
    %d = math.tanh %a : tensor<8xf32>
    %e = math.tanh %b : tensor<?xf32>
    scf.yield %d, %e, %c : tensor<8xf32>, tensor<?xf32>, tensor<8xf32>
  }
  return %r#0, %r#1, %r#2 : tensor<8xf32>, tensor<?xf32>, tensor<8xf32>
}
