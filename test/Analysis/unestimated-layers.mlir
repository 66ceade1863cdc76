// Of gates, of few units, and of sums that are not understood there is no
// estimate, and it is said.

// RUN: act-lint %s --entry=narrow --domain='0:[-1,1]' --fail-on=never | FileCheck %s
// CHECK-NOT: silent on
// CHECK: note DR017 at
// CHECK-NEXT: what: no estimate for 1 layer of initializers: narrow.layer1; how many of their units start silent is not known
// CHECK-NEXT: why: estimates are made of dense and convolutional relu layers
func.func @narrow(%x: tensor<1x6x6x2xf32>) -> tensor<1x4x4x3xf32> {
  %w = act.init kaiming_normal {out_dim = 3, in_dim = 2} : tensor<3x3x2x3xf32>
  %b = arith.constant dense<0.0> : tensor<1x4x4x3xf32>
  %z = linalg.conv_2d_nhwc_hwcf ins(%x, %w : tensor<1x6x6x2xf32>, tensor<3x3x2x3xf32>) outs(%b : tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %y = act.relu %z : tensor<1x4x4x3xf32>
  return %y : tensor<1x4x4x3xf32>
}

// Each sum of a depthwise convolution is of one channel: silent where that is.
// RUN: act-lint %s --entry=depthwise --domain='0:[-1,1]' --fail-on=note | FileCheck %s --check-prefix=DEPTHWISE
// DEPTHWISE: depthwise.layer1 relu {{.*}}; about 0 % silent on 256 inputs
// DEPTHWISE: depthwise.layer2 relu {{.*}}; about 0 % silent on 256 inputs
// DEPTHWISE-NOT: DR017
func.func @depthwise(%x: tensor<1x6x6x2xf32>) -> tensor<1x2x2x32xf32> {
  %b1 = arith.constant dense<0.0> : tensor<1x4x4x32xf32>
  %b2 = arith.constant dense<0.0> : tensor<1x2x2x32xf32>
  %w1 = act.init kaiming_normal {out_dim = 3, in_dim = 2} : tensor<3x3x2x32xf32>
  %w2 = act.init kaiming_normal {fan_in = 9} : tensor<3x3x32xf32>
  %z1 = linalg.conv_2d_nhwc_hwcf ins(%x, %w1 : tensor<1x6x6x2xf32>, tensor<3x3x2x32xf32>) outs(%b1 : tensor<1x4x4x32xf32>) -> tensor<1x4x4x32xf32>
  %y1 = act.relu %z1 : tensor<1x4x4x32xf32>
  %z2 = linalg.depthwise_conv_2d_nhwc_hwc ins(%y1, %w2 : tensor<1x4x4x32xf32>, tensor<3x3x32xf32>) outs(%b2 : tensor<1x2x2x32xf32>) -> tensor<1x2x2x32xf32>
  %y2 = act.relu %z2 : tensor<1x2x2x32xf32>
  return %y2 : tensor<1x2x2x32xf32>
}

// What is added to a convolution is what its weights do not know.
// RUN: act-lint %s --entry=residual --domain='0:[-1,1]' --fail-on=note | FileCheck %s --check-prefix=RESIDUAL
// RESIDUAL: residual.layer1 relu {{.*}}; about 0 % silent on 256 inputs
// RESIDUAL: residual.layer2 relu {{.*}}; about 0 % silent on 256 inputs
// RESIDUAL-NOT: DR017
func.func @residual(%x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x32xf32> {
  %b = arith.constant dense<0.0> : tensor<1x4x4x32xf32>
  %w1 = act.init kaiming_normal {out_dim = 3, in_dim = 2} : tensor<1x1x3x32xf32>
  %w2 = act.init kaiming_normal {out_dim = 3, in_dim = 2} : tensor<1x1x32x32xf32>
  %z1 = linalg.conv_2d_nhwc_hwcf ins(%x, %w1 : tensor<1x4x4x3xf32>, tensor<1x1x3x32xf32>) outs(%b : tensor<1x4x4x32xf32>) -> tensor<1x4x4x32xf32>
  %y1 = act.relu %z1 : tensor<1x4x4x32xf32>
  %z2 = linalg.conv_2d_nhwc_hwcf ins(%y1, %w2 : tensor<1x4x4x32xf32>, tensor<1x1x32x32xf32>) outs(%b : tensor<1x4x4x32xf32>) -> tensor<1x4x4x32xf32>
  %sum = arith.addf %z2, %y1 : tensor<1x4x4x32xf32>
  %y2 = act.relu %sum : tensor<1x4x4x32xf32>
  return %y2 : tensor<1x4x4x32xf32>
}

// Both sums have the same weights: neither is independent of the other.
// RUN: act-lint %s --entry=tied --domain='0:[-1,1]' --fail-on=never | FileCheck %s --check-prefix=TIED
// TIED: tied.layer2 relu {{.*}}; about {{[0-9]+}} % silent on 256 inputs
// TIED: note DR017 at
// TIED-NEXT: what: no estimate for 1 layer of initializers: tied.layer3;
// TIED-NEXT: why: {{.*}}; gates, normalization, layers of fewer than 16 units, constant biases in residual sums or at padded borders, and sums without weights of their own have none
func.func @tied(%x: tensor<1x32xf32>) -> tensor<1x32xf32> {
  %b = arith.constant dense<0.0> : tensor<1x32xf32>
  %w1 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %w2 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %z1 = linalg.matmul ins(%x, %w1 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %y1 = act.relu %z1 : tensor<1x32xf32>
  %z2 = linalg.matmul ins(%y1, %w2 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %y2 = act.relu %z2 : tensor<1x32xf32>
  %z3 = linalg.matmul ins(%y2, %w2 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %sum = arith.addf %z3, %z2 : tensor<1x32xf32>
  %y3 = act.relu %sum : tensor<1x32xf32>
  return %y3 : tensor<1x32xf32>
}

// A narrow network whose layers share weights may be constant with a probability
// that no bracket is known for; with weights of their own it is.
// RUN: act-lint %s --entry=tied_narrow --domain='0:[-1,1]' --fail-on=never | FileCheck %s --check-prefix=NARROW
// NARROW-NOT: DR004
// NARROW: no estimate for 3 layers of initializers: tied_narrow.layer1, tied_narrow.layer2, tied_narrow.layer3;
// RUN: act-lint %s --entry=own_narrow --domain='0:[-1,1]' --fail-on=never | FileCheck %s --check-prefix=OWN
// OWN: DR004
// OWN-NOT: DR017
func.func @tied_narrow(%x: tensor<1x3xf32>) -> tensor<1x3xf32> {
  %b = arith.constant dense<0.0> : tensor<1x3xf32>
  %w1 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<3x3xf32>
  %w2 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<3x3xf32>
  %z1 = linalg.matmul ins(%x, %w1 : tensor<1x3xf32>, tensor<3x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %y1 = act.relu %z1 : tensor<1x3xf32>
  %z2 = linalg.matmul ins(%y1, %w2 : tensor<1x3xf32>, tensor<3x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %y2 = act.relu %z2 : tensor<1x3xf32>
  %z3 = linalg.matmul ins(%y2, %w2 : tensor<1x3xf32>, tensor<3x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %y3 = act.relu %z3 : tensor<1x3xf32>
  return %y3 : tensor<1x3xf32>
}
func.func @own_narrow(%x: tensor<1x3xf32>) -> tensor<1x3xf32> {
  %b = arith.constant dense<0.0> : tensor<1x3xf32>
  %w1 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<3x3xf32>
  %w2 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<3x3xf32>
  %w3 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<3x3xf32>
  %z1 = linalg.matmul ins(%x, %w1 : tensor<1x3xf32>, tensor<3x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %y1 = act.relu %z1 : tensor<1x3xf32>
  %z2 = linalg.matmul ins(%y1, %w2 : tensor<1x3xf32>, tensor<3x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %y2 = act.relu %z2 : tensor<1x3xf32>
  %z3 = linalg.matmul ins(%y2, %w3 : tensor<1x3xf32>, tensor<3x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %y3 = act.relu %z3 : tensor<1x3xf32>
  return %y3 : tensor<1x3xf32>
}

// Units of two layers have no law together; nor has an argument one of units.
// RUN: act-lint %s --entry=unweighted --domain='0:[-1,1]' --fail-on=never | FileCheck %s --check-prefix=UNWEIGHTED
// UNWEIGHTED: note DR017 at
// UNWEIGHTED-NEXT: what: no estimate for 3 layers of initializers: unweighted.layer1, unweighted.layer3, unweighted.layer4;
func.func @unweighted(%x: tensor<1x32xf32>) -> tensor<1x32xf32> {
  %b = arith.constant dense<0.0> : tensor<1x32xf32>
  %w1 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %w2 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %w3 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %w4 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %z1 = linalg.matmul ins(%x, %w1 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %s1 = arith.addf %z1, %x : tensor<1x32xf32>
  %y1 = act.relu %s1 : tensor<1x32xf32>
  %z2 = linalg.matmul ins(%x, %w2 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %y2 = act.relu %z2 : tensor<1x32xf32>
  %both = arith.addf %y1, %y2 : tensor<1x32xf32>
  %z3 = linalg.matmul ins(%both, %w3 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %y3 = act.relu %z3 : tensor<1x32xf32>
  %z4 = linalg.matmul ins(%y2, %w4 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %both4 = arith.addf %y3, %y2 : tensor<1x32xf32>
  %s4 = arith.addf %z4, %both4 : tensor<1x32xf32>
  %y4 = act.relu %s4 : tensor<1x32xf32>
  return %y4 : tensor<1x32xf32>
}

// A constant bias has a product with what is added.
// RUN: act-lint %s --entry=shifted --domain='0:[-1,1]' --fail-on=never | FileCheck %s --check-prefix=SHIFTED
// SHIFTED: note DR017 at
// SHIFTED-NEXT: what: no estimate for 2 layers of initializers: shifted.layer1, shifted.layer2;
func.func @shifted(%x: tensor<1x32xf32>) -> tensor<1x32xf32> {
  %b1 = arith.constant dense<0.0> : tensor<1x32xf32>
  %b2 = arith.constant dense<0.1> : tensor<1x32xf32>
  %w1 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %w2 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %z1 = linalg.matmul ins(%x, %w1 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b1 : tensor<1x32xf32>) -> tensor<1x32xf32>
  %y1 = act.relu %z1 : tensor<1x32xf32>
  %z2 = linalg.matmul ins(%y1, %w2 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b2 : tensor<1x32xf32>) -> tensor<1x32xf32>
  %sum = arith.addf %z2, %y1 : tensor<1x32xf32>
  %y2 = act.relu %sum : tensor<1x32xf32>
  return %y2 : tensor<1x32xf32>
}

// Inputs of two domains.
// RUN: act-lint %s --entry=two_arguments --domain='0:[-1,1]' --domain='1:[-9,9]' --fail-on=never | FileCheck %s --check-prefix=ARGUMENTS
// ARGUMENTS: no estimate for 2 layers of initializers: two_arguments.layer1, two_arguments.layer2;
func.func @two_arguments(%x: tensor<1x32xf32>, %h: tensor<1x32xf32>) -> tensor<1x32xf32> {
  %b = arith.constant dense<0.0> : tensor<1x32xf32>
  %w1 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %w2 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %w3 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %z1 = linalg.matmul ins(%x, %w1 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %z2 = linalg.matmul ins(%h, %w2 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %s = arith.addf %z1, %z2 : tensor<1x32xf32>
  %y = act.relu %s : tensor<1x32xf32>
  %z3 = linalg.matmul ins(%y, %w3 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %y3 = act.relu %z3 : tensor<1x32xf32>
  return %y3 : tensor<1x32xf32>
}

// Biases that are drawn once and added twice.
// RUN: act-lint %s --entry=tied_bias --domain='0:[-1,1]' --fail-on=never | FileCheck %s --check-prefix=BIAS
// BIAS: no estimate for 2 layers of initializers: tied_bias.layer2, tied_bias.layer3;
func.func @tied_bias(%x: tensor<1x32xf32>) -> tensor<1x32xf32> {
  %b = arith.constant dense<0.0> : tensor<1x32xf32>
  %w1 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %w2 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %w3 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %bb = act.init normal {std = 1.0} : tensor<32xf32>
  %e = tensor.empty() : tensor<1x32xf32>
  %bi = linalg.broadcast ins(%bb : tensor<32xf32>) outs(%e : tensor<1x32xf32>) dimensions = [0]
  %z1 = linalg.matmul ins(%x, %w1 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%bi : tensor<1x32xf32>) -> tensor<1x32xf32>
  %y1 = act.relu %z1 : tensor<1x32xf32>
  %z2 = linalg.matmul ins(%y1, %w2 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%bi : tensor<1x32xf32>) -> tensor<1x32xf32>
  %s2 = arith.addf %z2, %z1 : tensor<1x32xf32>
  %y2 = act.relu %s2 : tensor<1x32xf32>
  %z3 = linalg.matmul ins(%y2, %w3 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%bi : tensor<1x32xf32>) -> tensor<1x32xf32>
  %s3 = arith.addf %z3, %s2 : tensor<1x32xf32>
  %y3 = act.relu %s3 : tensor<1x32xf32>
  return %y3 : tensor<1x32xf32>
}

// What is added twice, here to more than 2^20 summands.
// RUN: act-lint %s --entry=sums_of_sums --domain='0:[-1,1]' --fail-on=never | FileCheck %s --check-prefix=SUMS
// SUMS: no estimate for 1 layer of initializers: sums_of_sums.layer2;
func.func @sums_of_sums(%x: tensor<1x32xf32>) -> tensor<1x32xf32> {
  %b = arith.constant dense<0.0> : tensor<1x32xf32>
  %w1 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %w2 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %w3 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %z0 = linalg.matmul ins(%x, %w1 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %y0 = act.relu %z0 : tensor<1x32xf32>
  %f0 = linalg.matmul ins(%y0, %w2 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %f1 = linalg.matmul ins(%y0, %w3 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %f2 = arith.addf %f1, %f0 : tensor<1x32xf32>
  %f3 = arith.addf %f2, %f1 : tensor<1x32xf32>
  %f4 = arith.addf %f3, %f2 : tensor<1x32xf32>
  %f5 = arith.addf %f4, %f3 : tensor<1x32xf32>
  %f6 = arith.addf %f5, %f4 : tensor<1x32xf32>
  %f7 = arith.addf %f6, %f5 : tensor<1x32xf32>
  %f8 = arith.addf %f7, %f6 : tensor<1x32xf32>
  %f9 = arith.addf %f8, %f7 : tensor<1x32xf32>
  %f10 = arith.addf %f9, %f8 : tensor<1x32xf32>
  %f11 = arith.addf %f10, %f9 : tensor<1x32xf32>
  %f12 = arith.addf %f11, %f10 : tensor<1x32xf32>
  %f13 = arith.addf %f12, %f11 : tensor<1x32xf32>
  %f14 = arith.addf %f13, %f12 : tensor<1x32xf32>
  %f15 = arith.addf %f14, %f13 : tensor<1x32xf32>
  %f16 = arith.addf %f15, %f14 : tensor<1x32xf32>
  %f17 = arith.addf %f16, %f15 : tensor<1x32xf32>
  %f18 = arith.addf %f17, %f16 : tensor<1x32xf32>
  %f19 = arith.addf %f18, %f17 : tensor<1x32xf32>
  %f20 = arith.addf %f19, %f18 : tensor<1x32xf32>
  %f21 = arith.addf %f20, %f19 : tensor<1x32xf32>
  %f22 = arith.addf %f21, %f20 : tensor<1x32xf32>
  %f23 = arith.addf %f22, %f21 : tensor<1x32xf32>
  %f24 = arith.addf %f23, %f22 : tensor<1x32xf32>
  %f25 = arith.addf %f24, %f23 : tensor<1x32xf32>
  %f26 = arith.addf %f25, %f24 : tensor<1x32xf32>
  %f27 = arith.addf %f26, %f25 : tensor<1x32xf32>
  %f28 = arith.addf %f27, %f26 : tensor<1x32xf32>
  %f29 = arith.addf %f28, %f27 : tensor<1x32xf32>
  %f30 = arith.addf %f29, %f28 : tensor<1x32xf32>
  %f31 = arith.addf %f30, %f29 : tensor<1x32xf32>
  %y = act.relu %f31 : tensor<1x32xf32>
  return %y : tensor<1x32xf32>
}

// The channels of a group are sums of the same few, and not independent.
// RUN: act-lint %s --entry=grouped_twice --domain='0:[-1,1]' --fail-on=never | FileCheck %s --check-prefix=TWICE
// TWICE: no estimate for 1 layer of initializers: grouped_twice.layer3;
func.func @grouped_twice(%x: tensor<1x4x4x16xf32>) -> tensor<1x4x4x64xf32> {
  %b1 = arith.constant dense<0.0> : tensor<1x4x4x64xf32>
  %b2 = arith.constant dense<0.0> : tensor<1x4x4x16x4xf32>
  %w1 = act.init kaiming_normal {out_dim = 3, in_dim = 2} : tensor<1x1x16x64xf32>
  %z1 = linalg.conv_2d_nhwc_hwcf ins(%x, %w1 : tensor<1x4x4x16xf32>, tensor<1x1x16x64xf32>) outs(%b1 : tensor<1x4x4x64xf32>) -> tensor<1x4x4x64xf32>
  %y1 = act.relu %z1 : tensor<1x4x4x64xf32>
  %w2 = act.init kaiming_normal {fan_in = 4} : tensor<16x4x1x1x4xf32>
  %g2 = tensor.expand_shape %y1 [[0], [1], [2], [3, 4]] output_shape [1, 4, 4, 16, 4] : tensor<1x4x4x64xf32> into tensor<1x4x4x16x4xf32>
  %c2 = linalg.conv_2d_nhwgc_gfhwc ins(%g2, %w2 : tensor<1x4x4x16x4xf32>, tensor<16x4x1x1x4xf32>) outs(%b2 : tensor<1x4x4x16x4xf32>) -> tensor<1x4x4x16x4xf32>
  %z2 = tensor.collapse_shape %c2 [[0], [1], [2], [3, 4]] : tensor<1x4x4x16x4xf32> into tensor<1x4x4x64xf32>
  %y2 = act.relu %z2 : tensor<1x4x4x64xf32>
  %w3 = act.init kaiming_normal {fan_in = 4} : tensor<16x4x1x1x4xf32>
  %g3 = tensor.expand_shape %y2 [[0], [1], [2], [3, 4]] output_shape [1, 4, 4, 16, 4] : tensor<1x4x4x64xf32> into tensor<1x4x4x16x4xf32>
  %c3 = linalg.conv_2d_nhwgc_gfhwc ins(%g3, %w3 : tensor<1x4x4x16x4xf32>, tensor<16x4x1x1x4xf32>) outs(%b2 : tensor<1x4x4x16x4xf32>) -> tensor<1x4x4x16x4xf32>
  %z3 = tensor.collapse_shape %c3 [[0], [1], [2], [3, 4]] : tensor<1x4x4x16x4xf32> into tensor<1x4x4x64xf32>
  %y3 = act.relu %z3 : tensor<1x4x4x64xf32>
  return %y3 : tensor<1x4x4x64xf32>
}

// The last layer is silent up to 1.
// RUN: act-lint %s --entry=thresholds --domain='0:[-1,1]' --fail-on=never | FileCheck %s --check-prefix=THRESHOLD
// THRESHOLD: no estimate for 1 layer of initializers: thresholds.layer2;
func.func @thresholds(%x: tensor<1x32xf32>) -> tensor<1x32xf32> {
  %b = arith.constant dense<0.0> : tensor<1x32xf32>
  %w1 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %w2 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<32x32xf32>
  %z1 = linalg.matmul ins(%x, %w1 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %y1 = act.relu %z1 : tensor<1x32xf32>
  %z2 = linalg.matmul ins(%y1, %w2 : tensor<1x32xf32>, tensor<32x32xf32>) outs(%b : tensor<1x32xf32>) -> tensor<1x32xf32>
  %y2 = act.threshold %z2 {threshold = 1.0, value = 0.0} : tensor<1x32xf32>
  return %y2 : tensor<1x32xf32>
}
