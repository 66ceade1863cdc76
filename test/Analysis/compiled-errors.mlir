// What compiled code may be off by is part of the bounds: activations are within
// 2 ulp or what `accuracy` allows, and what is fused into one function, or
// computed in f32 instead of 16 bits, does not round in between. Each of these
// units was seen to fire at the end of its domain.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// relu(gelu(x) - c) where gelu(x), correctly rounded, is c at most.
// CHECK: half_ulp.layer2 relu |........................| 1 unknown
func.func @half_ulp(%x: tensor<1xf32> {act.domain = #act.box<[0.1], [0.5055000185966492]>}) -> tensor<1xf32> {
  %c = arith.constant dense<0.350511759519577> : tensor<1xf32>
  %g = act.gelu %x : tensor<1xf32>
  %d = arith.subf %g, %c : tensor<1xf32>
  %y = act.relu %d : tensor<1xf32>
  return %y : tensor<1xf32>
}

// Nothing is known of an absolute error.
// CHECK: absolute.layer2 relu |........................| 1 unknown
func.func @absolute(%x: tensor<1xf32> {act.domain = #act.box<[-4.0], [2.8075]>}) -> tensor<1xf32> {
  %c = arith.constant dense<0.995> : tensor<1xf32>
  %g = act.tanh %x {accuracy = #act.accuracy<abs = 1.0e-2>} : tensor<1xf32>
  %d = arith.subf %g, %c : tensor<1xf32>
  %y = act.relu %d : tensor<1xf32>
  return %y : tensor<1xf32>
}

// 1 - sigmoid(x) where sigmoid(x) rounds to 1.
// CHECK: fused.layer2 relu |{{[^x]+}}|
func.func @fused(%x: tensor<1xf32> {act.domain = #act.box<[17.5], [30.0]>}) -> tensor<1xf32> {
  %p = act.sigmoid %x : tensor<1xf32>
  %q = act.affine %p {alpha = -1.0, beta = 1.0} : tensor<1xf32>
  %y = act.relu %q : tensor<1xf32>
  return %y : tensor<1xf32>
}

// x^2 - c where x^2 rounds to c.
// CHECK: product.layer2 relu |{{[^x]+}}|
func.func @product(%x: tensor<1xf32> {act.domain = #act.box<[1.0], [1.000244140625]>}) -> tensor<1xf32> {
  %p = act.square %x : tensor<1xf32>
  %q = act.affine %p {alpha = 1.0, beta = -1.00048828125} : tensor<1xf32>
  %y = act.relu %q : tensor<1xf32>
  return %y : tensor<1xf32>
}

// x + 1024 rounds to 1024 in f16, but is summed up in f32.
// CHECK: half.layer1 relu |{{[^x]+}}|
func.func @half(%x: tensor<1xf16> {act.domain = #act.box<[0.0001], [0.0002]>}) -> tensor<1xf16> {
  %c = arith.constant dense<1024.0> : tensor<1xf16>
  %a = arith.addf %x, %c : tensor<1xf16>
  %b = arith.subf %a, %c : tensor<1xf16>
  %y = act.relu %b : tensor<1xf16>
  return %y : tensor<1xf16>
}

// x + 1024 rounds to 1025 in f16, and 1025 - 1024.75 is positive; x - 0.75 is not.
// CHECK: half_active.layer1 relu |........................| 1 unknown
func.func @half_active(%x: tensor<1xf16> {act.domain = #act.box<[0.55], [0.59]>}) -> tensor<1xf16> {
  %c = arith.constant dense<1024.0> : tensor<1xf16>
  %k = arith.constant dense<0.75> : tensor<1xf16>
  %a = arith.addf %x, %c : tensor<1xf16>
  %b = arith.subf %a, %c : tensor<1xf16>
  %d = arith.subf %b, %k : tensor<1xf16>
  %y = act.relu %d : tensor<1xf16>
  return %y : tensor<1xf16>
}

// The sign and the bounds that are numbers are kept: softplus is not negative,
// and sigmoid is 1 at most.
// CHECK: kept.layer2 relu |x{{ *}}x{{.*}}|
// CHECK: kept.layer4 relu |x{{ *}}x{{.*}}|
func.func @kept(%x: tensor<1xf32> {act.domain = #act.box<[-100.0], [100.0]>}) -> (tensor<1xf32>, tensor<1xf32>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %p = act.softplus %x : tensor<1xf32>
  %n = arith.negf %p : tensor<1xf32>
  %y = act.relu %n : tensor<1xf32>
  %q = act.sigmoid %x : tensor<1xf32>
  %d = arith.subf %q, %one : tensor<1xf32>
  %z = act.relu %d : tensor<1xf32>
  return %y, %z : tensor<1xf32>, tensor<1xf32>
}

// Where less is asked for, the sign may be lost: laplace(-0.777) is -3.6e-07.
// CHECK: loose.layer2 relu |{{[^x]+}}|
func.func @loose(%x: tensor<1xf16> {act.domain = #act.box<[-100.0], [100.0]>}) -> tensor<1xf16> {
  %y = act.laplace %x {accuracy = #act.accuracy<ulp = 16.0>} : tensor<1xf16>
  %n = arith.negf %y : tensor<1xf16>
  %r = act.relu %n : tensor<1xf16>
  return %r : tensor<1xf16>
}
