// RUN: act-opt --raise-to-act --remarks-filter='.*' %s -o /dev/null 2>&1 | FileCheck %s

// What was raised, how far it was, and what the source does at infinity.

// CHECK: [Passed] raised {{.*}}"raised to act.leaky_relu: differs by at most 3.58e-09 on [-16, 16] in f32"
func.func @leaky_relu(%x: f32) -> f32 {
  %k = arith.constant 0.01 : f32
  %m = arith.mulf %x, %k : f32
  %r = arith.maximumf %x, %m : f32
  return %r : f32
}

// CHECK: "raised to act.leaky_relu {alpha = 0.200000003}: equal
func.func @leaky_relu_fitted(%x: f32) -> f32 {
  %k = arith.constant 0.2 : f32
  %m = arith.mulf %x, %k : f32
  %r = arith.maximumf %x, %m : f32
  return %r : f32
}

// CHECK: "raised to act.silu: equal in the reals; at -inf the source gives nan, not -0"
func.func @silu(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %n = arith.negf %x : f32
  %e = math.exp %n : f32
  %d = arith.addf %e, %one : f32
  %r = arith.divf %x, %d : f32
  return %r : f32
}

// CHECK: "raised to act.softmax along axis 1: equal in the reals"
func.func @softmax(%x: tensor<2x3xf32>, %init: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %r = linalg.softmax dimension(1) ins(%x : tensor<2x3xf32>) outs(%init : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
