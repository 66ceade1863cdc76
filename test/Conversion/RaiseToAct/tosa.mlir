// RUN: act-opt --raise-to-act %s | FileCheck %s

// CHECK-LABEL: func @relu(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu %[[X]] : tensor<1x2x5xf32>
// CHECK-NEXT: return %[[Y]]
func.func @relu(%x: tensor<1x2x5xf32>) -> tensor<1x2x5xf32> {
  %r = tosa.clamp %x {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x2x5xf32>) -> tensor<1x2x5xf32>
  return %r : tensor<1x2x5xf32>
}

// CHECK-LABEL: func @relu_infinite_bound(
// CHECK: act.relu %{{.*}} : tensor<?x5xf16>
func.func @relu_infinite_bound(%x: tensor<?x5xf16>) -> tensor<?x5xf16> {
  %r = tosa.clamp %x {min_val = 0.0 : f16, max_val = 0x7C00 : f16} : (tensor<?x5xf16>) -> tensor<?x5xf16>
  return %r : tensor<?x5xf16>
}

// CHECK-LABEL: func @relu6(
// CHECK: act.relu6
func.func @relu6(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r = tosa.clamp %x {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// A NaN becomes the lower bound.
// CHECK-LABEL: func @relu_ignoring_nan(
// CHECK-NOT: act.
// CHECK: tosa.clamp
func.func @relu_ignoring_nan(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r = tosa.clamp %x {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32, nan_mode = IGNORE} : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @maximum(
// CHECK: act.relu
func.func @maximum(%x: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %r = tosa.maximum %x, %zero : (tensor<3x4xf32>, tensor<1x1xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// CHECK-LABEL: func @maximum_ignoring_nan(
// CHECK-NOT: act.
// CHECK: tosa.maximum
func.func @maximum_ignoring_nan(%x: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %r = tosa.maximum %x, %zero {nan_mode = IGNORE} : (tensor<3x4xf32>, tensor<1x1xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// An element of the constant differs.
// CHECK-LABEL: func @maximum_no_splat(
// CHECK-NOT: act.
// CHECK: tosa.maximum
func.func @maximum_no_splat(%x: tensor<2xf32>) -> tensor<2xf32> {
  %c = "tosa.const"() <{values = dense<[0.0, 1.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %r = tosa.maximum %x, %c : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// tosa.greater does not hold for NaN, so the arm for NaN must be x.
// CHECK-LABEL: func @select(
// CHECK: act.relu
func.func @select(%x: tensor<4xf32>) -> tensor<4xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.greater %zero, %x : (tensor<1xf32>, tensor<4xf32>) -> tensor<4xi1>
  %r = tosa.select %c, %zero, %x : (tensor<4xi1>, tensor<1xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @select_dropping_nan(
// CHECK-NOT: act.
// CHECK: tosa.select
func.func @select_dropping_nan(%x: tensor<4xf32>) -> tensor<4xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.greater_equal %x, %zero : (tensor<4xf32>, tensor<1xf32>) -> tensor<4xi1>
  %r = tosa.select %c, %x, %zero : (tensor<4xi1>, tensor<4xf32>, tensor<1xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @named(
// CHECK: act.sigmoid
// CHECK: act.tanh
// CHECK: act.exp
func.func @named(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.tanh %x : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0, %1, %2 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func @silu(
// CHECK-NEXT: act.silu
// CHECK-NEXT: return
func.func @silu(%x: tensor<4xbf16>) -> tensor<4xbf16> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %s = tosa.sigmoid %x : (tensor<4xbf16>) -> tensor<4xbf16>
  %r = tosa.mul %x, %s, %shift : (tensor<4xbf16>, tensor<4xbf16>, tensor<1xi8>) -> tensor<4xbf16>
  return %r : tensor<4xbf16>
}

// CHECK-LABEL: func @sigmoid_by_reciprocal(
// CHECK-NEXT: act.sigmoid
// CHECK-NEXT: return
func.func @sigmoid_by_reciprocal(%x: tensor<4xf32>) -> tensor<4xf32> {
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %n = tosa.negate %x, %zp, %zp : (tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<4xf32>
  %e = tosa.exp %n : (tensor<4xf32>) -> tensor<4xf32>
  %d = tosa.add %e, %one : (tensor<4xf32>, tensor<1xf32>) -> tensor<4xf32>
  %r = tosa.reciprocal %d : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @gelu(
// CHECK-NEXT: act.gelu %{{.*}} : tensor<2x3xf32>
// CHECK-NEXT: return
func.func @gelu(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %half = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %k = "tosa.const"() <{values = dense<0.707106769> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %a = tosa.mul %x, %k, %shift : (tensor<2x3xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x3xf32>
  %e = tosa.erf %a : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %p = tosa.add %e, %one : (tensor<2x3xf32>, tensor<1x1xf32>) -> tensor<2x3xf32>
  %h = tosa.mul %x, %half, %shift : (tensor<2x3xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x3xf32>
  %r = tosa.mul %h, %p, %shift : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<1xi8>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}

// CHECK-LABEL: func @gelu_tanh_by_pow(
// CHECK-NEXT: act.gelu_tanh
// CHECK-NEXT: return
func.func @gelu_tanh_by_pow(%x: tensor<4xf32>) -> tensor<4xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %half = "tosa.const"() <{values = dense<0.5> : tensor<1xf32>}> : () -> tensor<1xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %three = "tosa.const"() <{values = dense<3.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %k = "tosa.const"() <{values = dense<0.044715> : tensor<1xf32>}> : () -> tensor<1xf32>
  %l = "tosa.const"() <{values = dense<0.797884583> : tensor<1xf32>}> : () -> tensor<1xf32>
  %x3 = tosa.pow %x, %three : (tensor<4xf32>, tensor<1xf32>) -> tensor<4xf32>
  %m = tosa.mul %x3, %k, %shift : (tensor<4xf32>, tensor<1xf32>, tensor<1xi8>) -> tensor<4xf32>
  %s = tosa.add %x, %m : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %u = tosa.mul %s, %l, %shift : (tensor<4xf32>, tensor<1xf32>, tensor<1xi8>) -> tensor<4xf32>
  %t = tosa.tanh %u : (tensor<4xf32>) -> tensor<4xf32>
  %p = tosa.add %t, %one : (tensor<4xf32>, tensor<1xf32>) -> tensor<4xf32>
  %h = tosa.mul %x, %half, %shift : (tensor<4xf32>, tensor<1xf32>, tensor<1xi8>) -> tensor<4xf32>
  %r = tosa.mul %h, %p, %shift : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// Integers wrap, shift and saturate: they have no formula.
// CHECK-LABEL: func @integers(
// CHECK-NOT: act.
// CHECK: tosa.clamp
func.func @integers(%x: tensor<4xi32>) -> tensor<4xi32> {
  %r = tosa.clamp %x {min_val = 0 : i32, max_val = 6 : i32} : (tensor<4xi32>) -> tensor<4xi32>
  return %r : tensor<4xi32>
}

// The chain widens x: act ops keep the shape.
// CHECK-LABEL: func @broadcast_of_x(
// CHECK-NOT: act.
// CHECK: tosa.maximum
func.func @broadcast_of_x(%x: tensor<1xf32>) -> tensor<4xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<4xf32>}> : () -> tensor<4xf32>
  %r = tosa.maximum %x, %zero : (tensor<1xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: func @leaky(
// CHECK: act.leaky_relu
func.func @leaky(%x: tensor<4xf32>) -> tensor<4xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %k = "tosa.const"() <{values = dense<0.01> : tensor<1xf32>}> : () -> tensor<1xf32>
  %m = tosa.mul %x, %k, %shift : (tensor<4xf32>, tensor<1xf32>, tensor<1xi8>) -> tensor<4xf32>
  %c = tosa.greater_equal %x, %zero : (tensor<4xf32>, tensor<1xf32>) -> tensor<4xi1>
  %r = tosa.select %c, %x, %m : (tensor<4xi1>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}
