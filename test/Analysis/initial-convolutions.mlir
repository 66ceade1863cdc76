// Initial convolutions, whoever spelled them how.

// A row, a batch of unknown size, and biases that are added by an op of their
// own.
// RUN: act-lint %s --entry=one --domain='0:[0,1]' --format=json | FileCheck %s --check-prefix=ONE
// ONE: "expected_silent_share": 0.03059
// ONE: "expected_silent_share": 0.05791
#b = affine_map<(n, c, w) -> (c)>
#i = affine_map<(n, c, w) -> (n, c, w)>
func.func @one(%x: tensor<?x4x32xf32>) -> tensor<?x64x28xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x4x32xf32>
  %zero = arith.constant 0.0 : f32
  %w1 = act.init torch_default {out_dim = 0, in_dim = 1} : tensor<32x4x3xf32>
  %b1 = act.init torch_default {fan_in = 12} : tensor<32xf32>
  %e1 = tensor.empty(%n) : tensor<?x32x30xf32>
  %f1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<?x32x30xf32>) -> tensor<?x32x30xf32>
  %s1 = linalg.conv_1d_ncw_fcw ins(%x, %w1 : tensor<?x4x32xf32>, tensor<32x4x3xf32>) outs(%f1 : tensor<?x32x30xf32>) -> tensor<?x32x30xf32>
  %z1 = linalg.generic {indexing_maps = [#i, #b, #i], iterator_types = ["parallel", "parallel", "parallel"]} ins(%s1, %b1 : tensor<?x32x30xf32>, tensor<32xf32>) outs(%e1 : tensor<?x32x30xf32>) {
  ^bb0(%a: f32, %c: f32, %o: f32):
    %t = arith.addf %a, %c : f32
    linalg.yield %t : f32
  } -> tensor<?x32x30xf32>
  %y1 = act.relu %z1 : tensor<?x32x30xf32>
  %w2 = act.init torch_default {out_dim = 0, in_dim = 1} : tensor<64x32x3xf32>
  %b2 = act.init torch_default {fan_in = 96} : tensor<64xf32>
  %e2 = tensor.empty(%n) : tensor<?x64x28xf32>
  %f2 = linalg.fill ins(%zero : f32) outs(%e2 : tensor<?x64x28xf32>) -> tensor<?x64x28xf32>
  %s2 = linalg.conv_1d_ncw_fcw ins(%y1, %w2 : tensor<?x32x30xf32>, tensor<64x32x3xf32>) outs(%f2 : tensor<?x64x28xf32>) -> tensor<?x64x28xf32>
  %z2 = linalg.generic {indexing_maps = [#i, #b, #i], iterator_types = ["parallel", "parallel", "parallel"]} ins(%s2, %b2 : tensor<?x64x28xf32>, tensor<64xf32>) outs(%e2 : tensor<?x64x28xf32>) {
  ^bb0(%a: f32, %c: f32, %o: f32):
    %t = arith.addf %a, %c : f32
    linalg.yield %t : f32
  } -> tensor<?x64x28xf32>
  %y2 = act.relu %z2 : tensor<?x64x28xf32>
  return %y2 : tensor<?x64x28xf32>
}

// Padding and biases as operands, pooling, and a dense layer behind a reshape.
// RUN: act-lint %s --entry=pooled --domain='0:[0,1]' --fail-on=note | FileCheck %s --check-prefix=POOLED
// POOLED: pooled.layer1 relu {{.*}}; about 0 % silent on 256 inputs
// POOLED: pooled.layer2 relu {{.*}}; about 1 % silent on 256 inputs
// POOLED: pooled.layer3 relu {{.*}}; about {{1[89]|20}} % silent on 256 inputs
// POOLED-NOT: DR0
func.func @pooled(%x: tensor<1x8x8x3xf32>) -> tensor<1x64xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b1 = "tosa.const"() <{values = dense<0.0> : tensor<32xf32>}> : () -> tensor<32xf32>
  %k1 = act.init kaiming_normal {out_dim = 0, in_dim = 3} : tensor<32x3x3x3xf32>
  %z1 = tosa.conv2d %x, %k1, %b1, %zp, %zp {acc_type = f32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x8x8x3xf32>, tensor<32x3x3x3xf32>, tensor<32xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x8x8x32xf32>
  %y1 = tosa.clamp %z1 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x8x8x32xf32>) -> tensor<1x8x8x32xf32>
  %p1 = tosa.max_pool2d %y1 {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x8x8x32xf32>) -> tensor<1x4x4x32xf32>
  %k2 = act.init kaiming_normal {out_dim = 0, in_dim = 3} : tensor<64x3x3x32xf32>
  %b2 = act.init torch_default {fan_in = 288} : tensor<64xf32>
  %z2 = tosa.conv2d %p1, %k2, %b2, %zp, %zp {acc_type = f32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x4x4x32xf32>, tensor<64x3x3x32xf32>, tensor<64xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x64xf32>
  %y2 = tosa.clamp %z2 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x4x4x64xf32>) -> tensor<1x4x4x64xf32>
  %f = tensor.collapse_shape %y2 [[0], [1, 2, 3]] : tensor<1x4x4x64xf32> into tensor<1x1024xf32>
  %w3 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<1024x64xf32>
  %b3 = arith.constant dense<0.0> : tensor<1x64xf32>
  %z3 = linalg.matmul ins(%f, %w3 : tensor<1x1024xf32>, tensor<1024x64xf32>) outs(%b3 : tensor<1x64xf32>) -> tensor<1x64xf32>
  %y3 = act.relu %z3 : tensor<1x64xf32>
  return %y3 : tensor<1x64xf32>
}

// Means of positions, whoever spelled them how: 2 x 2 of them, then all.
// RUN: act-lint %s --entry=averaged --domain='0:[-1,1]' --format=json | FileCheck %s --check-prefix=MEANS
// RUN: act-lint %s --entry=summed --domain='0:[-1,1]' --format=json | FileCheck %s --check-prefix=MEANS
// MEANS: "expected_silent_share": 0.0047
// MEANS: "expected_silent_share": 0.327
func.func @averaged(%x: tensor<1x8x8x3xf32>) -> tensor<1x1x1x64xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b1 = "tosa.const"() <{values = dense<0.0> : tensor<32xf32>}> : () -> tensor<32xf32>
  %b2 = "tosa.const"() <{values = dense<0.0> : tensor<64xf32>}> : () -> tensor<64xf32>
  %k1 = act.init kaiming_normal {out_dim = 0, in_dim = 3} : tensor<32x1x1x3xf32>
  %z1 = tosa.conv2d %x, %k1, %b1, %zp, %zp {acc_type = f32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x8x8x3xf32>, tensor<32x1x1x3xf32>, tensor<32xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x8x8x32xf32>
  %y1 = tosa.clamp %z1 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x8x8x32xf32>) -> tensor<1x8x8x32xf32>
  %p1 = tosa.avg_pool2d %y1, %zp, %zp {acc_type = f32, kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x8x8x32xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x32xf32>
  %k2 = act.init kaiming_normal {out_dim = 0, in_dim = 3} : tensor<64x1x1x32xf32>
  %z2 = tosa.conv2d %p1, %k2, %b2, %zp, %zp {acc_type = f32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x4x4x32xf32>, tensor<64x1x1x32xf32>, tensor<64xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x64xf32>
  %y2 = tosa.clamp %z2 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x4x4x64xf32>) -> tensor<1x4x4x64xf32>
  %p2 = tosa.avg_pool2d %y2, %zp, %zp {acc_type = f32, kernel = array<i64: 4, 4>, stride = array<i64: 4, 4>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4x64xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x64xf32>
  %k3 = act.init kaiming_normal {out_dim = 0, in_dim = 3} : tensor<64x1x1x64xf32>
  %z3 = tosa.conv2d %p2, %k3, %b2, %zp, %zp {acc_type = f32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x1x1x64xf32>, tensor<64x1x1x64xf32>, tensor<64xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x64xf32>
  %y3 = tosa.clamp %z3 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x1x1x64xf32>) -> tensor<1x1x1x64xf32>
  return %y3 : tensor<1x1x1x64xf32>
}

// Sums of a window times a constant, and sums over dimensions.
func.func @summed(%x: tensor<1x8x8x3xf32>) -> tensor<1x64xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %zero = arith.constant 0.0 : f32
  %b1 = "tosa.const"() <{values = dense<0.0> : tensor<32xf32>}> : () -> tensor<32xf32>
  %b2 = "tosa.const"() <{values = dense<0.0> : tensor<64xf32>}> : () -> tensor<64xf32>
  %k1 = act.init kaiming_normal {out_dim = 0, in_dim = 3} : tensor<32x1x1x3xf32>
  %z1 = tosa.conv2d %x, %k1, %b1, %zp, %zp {acc_type = f32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x8x8x3xf32>, tensor<32x1x1x3xf32>, tensor<32xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x8x8x32xf32>
  %y1 = tosa.clamp %z1 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x8x8x32xf32>) -> tensor<1x8x8x32xf32>
  %w1 = tensor.empty() : tensor<2x2xf32>
  %e1 = tensor.empty() : tensor<1x4x4x32xf32>
  %f1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x4x4x32xf32>) -> tensor<1x4x4x32xf32>
  %s1 = linalg.pooling_nhwc_sum {strides = dense<2> : tensor<2xi64>} ins(%y1, %w1 : tensor<1x8x8x32xf32>, tensor<2x2xf32>) outs(%f1 : tensor<1x4x4x32xf32>) -> tensor<1x4x4x32xf32>
  %quarter = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %p1 = tosa.mul %s1, %quarter, %shift : (tensor<1x4x4x32xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x4x4x32xf32>
  %k2 = act.init kaiming_normal {out_dim = 0, in_dim = 3} : tensor<64x1x1x32xf32>
  %z2 = tosa.conv2d %p1, %k2, %b2, %zp, %zp {acc_type = f32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x4x4x32xf32>, tensor<64x1x1x32xf32>, tensor<64xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x64xf32>
  %y2 = tosa.clamp %z2 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x4x4x64xf32>) -> tensor<1x4x4x64xf32>
  %rows = tosa.reduce_sum %y2 {axis = 1 : i32} : (tensor<1x4x4x64xf32>) -> tensor<1x1x4x64xf32>
  %e2 = tensor.empty() : tensor<1x1x64xf32>
  %f2 = linalg.fill ins(%zero : f32) outs(%e2 : tensor<1x1x64xf32>) -> tensor<1x1x64xf32>
  %s2 = linalg.reduce ins(%rows : tensor<1x1x4x64xf32>) outs(%f2 : tensor<1x1x64xf32>) dimensions = [2]
    (%a: f32, %b: f32) {
      %t = arith.addf %a, %b : f32
      linalg.yield %t : f32
    }
  %flat = tensor.collapse_shape %s2 [[0, 1], [2]] : tensor<1x1x64xf32> into tensor<1x64xf32>
  %area = arith.constant dense<16.0> : tensor<1x64xf32>
  %p2 = arith.divf %flat, %area : tensor<1x64xf32>
  %k3 = act.init kaiming_normal {out_dim = 1, in_dim = 0} : tensor<64x64xf32>
  %b3 = arith.constant dense<0.0> : tensor<1x64xf32>
  %z3 = linalg.matmul ins(%p2, %k3 : tensor<1x64xf32>, tensor<64x64xf32>) outs(%b3 : tensor<1x64xf32>) -> tensor<1x64xf32>
  %y3 = act.relu %z3 : tensor<1x64xf32>
  return %y3 : tensor<1x64xf32>
}

// Sums of one channel, and of groups of four.
// RUN: act-lint %s --entry=depthwise --domain='0:[0,1]' --fail-on=note | FileCheck %s --check-prefix=DEPTHWISE
// DEPTHWISE: depthwise.layer2 relu {{.*}}; about 4 % silent on 256 inputs
// DEPTHWISE-NOT: DR0
func.func @depthwise(%x: tensor<1x4x4x16xf32>) -> tensor<1x2x2x64xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<64xf32>}> : () -> tensor<64xf32>
  %k1 = act.init kaiming_normal {out_dim = 0, in_dim = 3} : tensor<64x1x1x16xf32>
  %z1 = tosa.conv2d %x, %k1, %b, %zp, %zp {acc_type = f32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x4x4x16xf32>, tensor<64x1x1x16xf32>, tensor<64xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x64xf32>
  %y1 = act.relu %z1 : tensor<1x4x4x64xf32>
  %k2 = act.init kaiming_normal {fan_in = 9} : tensor<3x3x64x1xf32>
  %z2 = tosa.depthwise_conv2d %y1, %k2, %b, %zp, %zp {acc_type = f32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x4x4x64xf32>, tensor<3x3x64x1xf32>, tensor<64xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x64xf32>
  %y2 = act.relu %z2 : tensor<1x2x2x64xf32>
  return %y2 : tensor<1x2x2x64xf32>
}

// RUN: act-lint %s --entry=grouped --domain='0:[0,1]' --fail-on=note | FileCheck %s --check-prefix=GROUPED
// GROUPED: grouped.layer2 relu {{.*}}; about 4 % silent on 256 inputs
// GROUPED-NOT: DR0
func.func @grouped(%x: tensor<1x4x4x16xf32>) -> tensor<1x2x2x64xf32> {
  %b1 = arith.constant dense<0.0> : tensor<1x4x4x64xf32>
  %b2 = arith.constant dense<0.0> : tensor<1x2x2x16x4xf32>
  %w1 = act.init kaiming_normal {out_dim = 3, in_dim = 2} : tensor<1x1x16x64xf32>
  %w2 = act.init kaiming_normal {fan_in = 36} : tensor<16x4x3x3x4xf32>
  %z1 = linalg.conv_2d_nhwc_hwcf ins(%x, %w1 : tensor<1x4x4x16xf32>, tensor<1x1x16x64xf32>) outs(%b1 : tensor<1x4x4x64xf32>) -> tensor<1x4x4x64xf32>
  %y1 = act.relu %z1 : tensor<1x4x4x64xf32>
  %g = tensor.expand_shape %y1 [[0], [1], [2], [3, 4]] output_shape [1, 4, 4, 16, 4] : tensor<1x4x4x64xf32> into tensor<1x4x4x16x4xf32>
  %z2 = linalg.conv_2d_nhwgc_gfhwc ins(%g, %w2 : tensor<1x4x4x16x4xf32>, tensor<16x4x3x3x4xf32>) outs(%b2 : tensor<1x2x2x16x4xf32>) -> tensor<1x2x2x16x4xf32>
  %f = tensor.collapse_shape %z2 [[0], [1], [2], [3, 4]] : tensor<1x2x2x16x4xf32> into tensor<1x2x2x64xf32>
  %y2 = act.relu %f : tensor<1x2x2x64xf32>
  return %y2 : tensor<1x2x2x64xf32>
}
