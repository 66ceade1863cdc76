// REQUIRES: plugin, mlir-opt
// RUN: mlir-opt --load-pass-plugin=%act-plugin --pass-pipeline='builtin.module(raise-to-act)' %s | FileCheck %s

// Stock mlir-opt with the pass plugin alone: the pass brings the dialect and
// the models of foreign ops with it.

// CHECK-LABEL: func @tosa(
// CHECK: act.relu6
func.func @tosa(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r = tosa.clamp %x {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @linalg(
// CHECK: act.tanh
func.func @linalg(%x: tensor<4xf32>, %init: tensor<4xf32>) -> tensor<4xf32> {
  %r = linalg.tanh ins(%x : tensor<4xf32>) outs(%init : tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}
