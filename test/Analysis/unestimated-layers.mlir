// Of gates, and of convolutions that add up few channels, there is no estimate,
// and it is said.

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

// Each sum of a depthwise convolution is of one channel: no sum of many.
// RUN: act-lint %s --entry=depthwise --domain='0:[-1,1]' --fail-on=never | FileCheck %s --check-prefix=DEPTHWISE
// DEPTHWISE: depthwise.layer1 relu {{.*}}; about 0 % silent on 256 inputs
// DEPTHWISE: note DR017 at
// DEPTHWISE-NEXT: what: no estimate for 1 layer of initializers: depthwise.layer2;
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

// What is added to a convolution is not independent of it.
// RUN: act-lint %s --entry=residual --domain='0:[-1,1]' --fail-on=never | FileCheck %s --check-prefix=RESIDUAL
// RESIDUAL: residual.layer1 relu {{.*}}; about 0 % silent on 256 inputs
// RESIDUAL: note DR017 at
// RESIDUAL-NEXT: what: no estimate for 1 layer of initializers: residual.layer2;
func.func @residual(%x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x32xf32> {
  %zero = arith.constant 0.0 : f32
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
