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
