// RUN: act-opt %s --act-to-linalg --canonicalize --split-input-file | FileCheck %s

// CHECK-LABEL: func @elementwise
// CHECK-SAME: (%[[X:.*]]: tensor<?x4xf32>)
func.func @elementwise(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  // CHECK: %[[N:.*]] = tensor.dim %[[X]]
  // CHECK: %[[INIT:.*]] = tensor.empty(%[[N]]) : tensor<?x4xf32>
  // CHECK: linalg.generic
  // CHECK-SAME: iterator_types = ["parallel", "parallel"]
  // CHECK-SAME: ins(%[[X]] : tensor<?x4xf32>) outs(%[[INIT]] : tensor<?x4xf32>)
  // CHECK: act.elu %{{.*}} {alpha = 5.000000e-01 : f64} : f32
  %0 = act.elu %x {alpha = 0.5} : tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}

// -----

// CHECK-DAG: #[[$ROW:.*]] = affine_map<(d0, d1, d2) -> (d1)>
// CHECK-LABEL: func @prelu
func.func @prelu(%x: tensor<2x8x4xf32>, %slopes: tensor<8xf32>) -> tensor<2x8x4xf32> {
  // CHECK: indexing_maps = [#{{.*}}, #[[$ROW]], #{{.*}}]
  // CHECK: act.prelu %{{.*}}, %{{.*}} : f32, f32
  %0 = act.prelu %x, %slopes : tensor<2x8x4xf32>, tensor<8xf32>
  return %0 : tensor<2x8x4xf32>
}

// -----

// The gate of swiglu is the first half, that of glu the second.

// CHECK-LABEL: func @split
// CHECK-SAME: (%[[X:.*]]: tensor<4x6xf32>)
func.func @split(%x: tensor<4x6xf32>) -> (tensor<4x3xf32>, tensor<4x3xf32>) {
  // CHECK: %[[A:.*]] = tensor.extract_slice %[[X]][0, 0] [4, 3] [1, 1]
  // CHECK: %[[B:.*]] = tensor.extract_slice %[[X]][0, 3] [4, 3] [1, 1]
  // CHECK: linalg.generic {{.*}} ins(%[[A]], %[[B]]
  // CHECK: act.glu
  %0 = act.glu %x split 1 : (tensor<4x6xf32>) -> tensor<4x3xf32>
  // CHECK: %[[C:.*]] = tensor.extract_slice %[[X]][0, 0] [4, 3] [1, 2]
  // CHECK: %[[D:.*]] = tensor.extract_slice %[[X]][0, 1] [4, 3] [1, 2]
  // CHECK: linalg.generic {{.*}} ins(%[[D]], %[[C]]
  // CHECK: act.swiglu
  %1 = act.swiglu %x split 1 {interleaved} : (tensor<4x6xf32>) -> tensor<4x3xf32>
  return %0, %1 : tensor<4x3xf32>, tensor<4x3xf32>
}

// -----

// CHECK-LABEL: func @map
func.func @map(%x: tensor<?xf16>, %y: tensor<?xf16>) -> tensor<?xf16> {
  // CHECK: linalg.generic
  // CHECK: act.map %{{.*}}, %{{.*}} : f16 {
  // CHECK: arith.mulf
  %0 = act.map %x, %y : tensor<?xf16> {
  ^bb0(%a: f16, %b: f16):
    %r = arith.mulf %a, %b : f16
    act.yield %r : f16
  }
  return %0 : tensor<?xf16>
}

// -----

// CHECK-LABEL: func @softmax
// CHECK-SAME: (%[[X:.*]]: tensor<?x8xbf16>)
func.func @softmax(%x: tensor<?x8xbf16>) -> tensor<?x8xbf16> {
  // CHECK: iterator_types = ["parallel", "reduction"]
  // CHECK: arith.maximumf %{{.*}} : f32
  // CHECK: math.exp %{{.*}} : f32
  // CHECK: iterator_types = ["parallel", "reduction"]
  // CHECK: arith.addf %{{.*}} : f64
  // CHECK: arith.divf %{{.*}} : f64
  // CHECK: arith.mulf %{{.*}} : f32
  // CHECK: arith.truncf %{{.*}} : f32 to bf16
  // CHECK-NOT: act.softmax
  %0 = act.softmax %x : (tensor<?x8xbf16>) -> tensor<?x8xbf16>
  return %0 : tensor<?x8xbf16>
}

// An encoding stays on the result.
// CHECK-LABEL: @encoded
// CHECK:         linalg.generic {{.*}} ins(%{{.*}} : tensor<4xf32, "tiled">) outs(%{{.*}} : tensor<4xf32, "tiled">)
func.func @encoded(%x: tensor<4xf32, "tiled">) -> tensor<4xf32, "tiled"> {
  %y = act.relu %x : tensor<4xf32, "tiled">
  return %y : tensor<4xf32, "tiled">
}
