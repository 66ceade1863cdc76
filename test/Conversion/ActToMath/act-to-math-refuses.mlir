// RUN: act-opt %s --act-to-math | FileCheck %s

// What has to become linalg first is left alone.

// CHECK-LABEL: func @refused
func.func @refused(%d: tensor<?xf32>, %x: tensor<4x6xf32>, %s: tensor<6xf32>) -> (tensor<?xf32>, tensor<4x3xf32>, tensor<4x6xf32>, tensor<?xf32>, tensor<4x6xf32>) {
  // Constants need a static shape.
  // CHECK: act.gelu
  %0 = act.gelu %d : tensor<?xf32>
  // CHECK: act.glu %{{.*}} split 1
  %1 = act.glu %x split 1 : (tensor<4x6xf32>) -> tensor<4x3xf32>
  // CHECK: act.prelu
  %2 = act.prelu %x, %s : tensor<4x6xf32>, tensor<6xf32>
  // CHECK: act.map
  %3 = act.map %d : tensor<?xf32> {
  ^bb0(%a: f32):
    %r = arith.addf %a, %a : f32
    act.yield %r : f32
  }
  // CHECK: act.softmax
  %4 = act.softmax %x : (tensor<4x6xf32>) -> tensor<4x6xf32>
  return %0, %1, %2, %3, %4 : tensor<?xf32>, tensor<4x3xf32>, tensor<4x6xf32>, tensor<?xf32>, tensor<4x6xf32>
}
