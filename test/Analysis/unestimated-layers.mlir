// Of initial convolutions there is no estimate, and it is said.

// RUN: act-lint %s --domain='0:[-1,1]' --fail-on=never | FileCheck %s
// CHECK: note DR017 at
// CHECK-NEXT: what: no estimate for 1 layer of initializers: main.layer1; how many of their units start silent is not known
// CHECK-NEXT: why: estimates are made of dense relu layers
func.func @main(%x: tensor<1x6x6x2xf32>) -> tensor<1x4x4x3xf32> {
  %w = act.init kaiming_normal {out_dim = 3, in_dim = 2} : tensor<3x3x2x3xf32>
  %b = arith.constant dense<0.0> : tensor<1x4x4x3xf32>
  %z = linalg.conv_2d_nhwc_hwcf ins(%x, %w : tensor<1x6x6x2xf32>, tensor<3x3x2x3xf32>) outs(%b : tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %y = act.relu %z : tensor<1x4x4x3xf32>
  return %y : tensor<1x4x4x3xf32>
}
