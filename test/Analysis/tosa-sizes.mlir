// TOSA's verifier leaves it open whether sizes fit: of what would be read
// outside nothing is known. A bound of a clamp is one unless it is the format's
// own end.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// Two channels, three filters.
// CHECK: depthwise.layer1 relu |........................| 3 unknown
func.func @depthwise(%x: tensor<1x4x4x2xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<1x4x4x3xf32> {
  %w = "tosa.const"() {values = dense<[[[[1.0],[2.0],[3.0]]]]> : tensor<1x1x3x1xf32>} : () -> tensor<1x1x3x1xf32>
  %b = "tosa.const"() {values = dense<0.0> : tensor<3xf32>} : () -> tensor<3xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.depthwise_conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x2xf32>, tensor<1x1x3x1xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  %r = act.relu %y : tensor<1x4x4x3xf32>
  return %r : tensor<1x4x4x3xf32>
}

// A million images of one.
// CHECK: pool.layer1 relu |........................| 2 unknown
func.func @pool(%x: tensor<1x4x4x2xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<1000000x2x2x2xf32> {
  %n = arith.constant dense<[[[[1.0, 2.0]]]]> : tensor<1x1x1x2xf32>
  %s = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %m = tosa.mul %x, %n, %s : (tensor<1x4x4x2xf32>, tensor<1x1x1x2xf32>, tensor<1xi8>) -> tensor<1x4x4x2xf32>
  %y = tosa.max_pool2d %m {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x2xf32>) -> tensor<1000000x2x2x2xf32>
  %r = act.relu %y : tensor<1000000x2x2x2xf32>
  return %r : tensor<1000000x2x2x2xf32>
}

// One channel, filters of three.
// CHECK: conv.layer1 relu |........................| 2 unknown
func.func @conv(%x: tensor<1x4x4x1xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<1x4x4x2xf32> {
  %w = "tosa.const"() {values = dense<[[[[1.0, 2.0, 3.0]]],[[[1.0, 2.0, 3.0]]]]> : tensor<2x1x1x3xf32>} : () -> tensor<2x1x1x3xf32>
  %b = "tosa.const"() {values = dense<0.0> : tensor<2xf32>} : () -> tensor<2xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x1xf32>, tensor<2x1x1x3xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x2xf32>
  %r = act.relu %y : tensor<1x4x4x2xf32>
  return %r : tensor<1x4x4x2xf32>
}

// Not less than the largest number.
// CHECK: clamp.layer2 relu |========================| 2 stably active
func.func @clamp(%x: tensor<2xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<2xf32> {
  %d = tosa.clamp %x {min_val = 3.40282347e+38 : f32, max_val = 3.40282347e+38 : f32} : (tensor<2xf32>) -> tensor<2xf32>
  %z = act.relu %d : tensor<2xf32>
  return %z : tensor<2xf32>
}
