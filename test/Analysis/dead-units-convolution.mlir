// A unit of a convolution is a channel, dead only if it is at every position.
// Borders see padding, so the interior alone says nothing.

// RUN: act-lint %s --domain='0:[1,2]' --semantics=real --fail-on=never \
// RUN:   | FileCheck %s

// Hard case 1.
// Weights: centre 2, others -1. The pre-activation is at most -4 inside, -1 at
// edges, but 1 at corners.
// CHECK: padded.layer1 relu |{{.*}}| 1 mixed
func.func private @padded(%x: tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32> {
  %w = "tosa.const"() {values = dense<[[[[-1.0], [-1.0], [-1.0]], [[-1.0], [2.0], [-1.0]], [[-1.0], [-1.0], [-1.0]]]]> : tensor<1x3x3x1xf32>} : () -> tensor<1x3x3x1xf32>
  %b = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %z = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x4x4x1xf32>, tensor<1x3x3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x1xf32>
  %r = act.relu %z : tensor<1x4x4x1xf32>
  return %r : tensor<1x4x4x1xf32>
}

// Without padding there are only interior positions.
// CHECK: valid.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func private @valid(%x: tensor<1x4x4x1xf32>) -> tensor<1x2x2x1xf32> {
  %w = "tosa.const"() {values = dense<[[[[-1.0], [-1.0], [-1.0]], [[-1.0], [2.0], [-1.0]], [[-1.0], [-1.0], [-1.0]]]]> : tensor<1x3x3x1xf32>} : () -> tensor<1x3x3x1xf32>
  %b = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %z = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x4x4x1xf32>, tensor<1x3x3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x1xf32>
  %r = act.relu %z : tensor<1x2x2x1xf32>
  return %r : tensor<1x2x2x1xf32>
}

// Channels first, two of them: the corner case of above, and all weights -1.
// CHECK: channels_first.layer1 relu |xxxxxxxxxxxx++++++++++++| 1 dead, 1 mixed
func.func private @channels_first(%x: tensor<1x1x4x4xf32>) -> tensor<1x2x4x4xf32> {
  %w = arith.constant dense<[[[[-1.0, -1.0, -1.0], [-1.0, 2.0, -1.0], [-1.0, -1.0, -1.0]]], [[[-1.0, -1.0, -1.0], [-1.0, -1.0, -1.0], [-1.0, -1.0, -1.0]]]]> : tensor<2x1x3x3xf32>
  %zero = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 0, 1, 1] high[0, 0, 1, 1] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %zero : f32
  } : tensor<1x1x4x4xf32> to tensor<1x1x6x6xf32>
  %e = tensor.empty() : tensor<1x2x4x4xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32>
  %z = linalg.conv_2d_nchw_fchw ins(%p, %w : tensor<1x1x6x6xf32>, tensor<2x1x3x3xf32>) outs(%f : tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32>
  %r = act.relu %z : tensor<1x2x4x4xf32>
  return %r : tensor<1x2x4x4xf32>
}

// Hard case 3.
// Depthwise: each channel has its own window. Channel 0 sums, channel 1
// subtracts; dilation and stride reach over the border.
// CHECK: depthwise.layer1 relu |xxxxxxxxxxxx============| 1 dead, 1 stably active
func.func private @depthwise(%x: tensor<1x4x4x2xf32>) -> tensor<1x2x2x2xf32> {
  %w = arith.constant dense<[[[1.0, -1.0], [1.0, -1.0]], [[1.0, -1.0], [1.0, -1.0]]]> : tensor<2x2x2xf32>
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x2x2x2xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %z = linalg.depthwise_conv_2d_nhwc_hwc {dilations = dense<2> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%x, %w : tensor<1x4x4x2xf32>, tensor<2x2x2xf32>) outs(%f : tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %r = act.relu %z : tensor<1x2x2x2xf32>
  return %r : tensor<1x2x2x2xf32>
}

// Hard case 2.
// Weights: centre -10, others 1. Inside at most 6, at edges exactly 0, at
// corners -4: alive channel, dead positions.
// CHECK: edges.layer1 relu |{{.*}}| 1 {{alive|mixed}}
func.func private @edges(%x: tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32> {
  %w = "tosa.const"() {values = dense<[[[[1.0], [1.0], [1.0]], [[1.0], [-10.0], [1.0]], [[1.0], [1.0], [1.0]]]]> : tensor<1x3x3x1xf32>} : () -> tensor<1x3x3x1xf32>
  %b = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %z = tosa.conv2d %x, %w, %b, %b, %b {acc_type = f32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x4x4x1xf32>, tensor<1x3x3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x1xf32>
  %r = act.relu %z : tensor<1x4x4x1xf32>
  return %r : tensor<1x4x4x1xf32>
}

func.func @main(%x: tensor<1x4x4x1xf32>) -> (tensor<1x4x4x1xf32>, tensor<1x2x2x1xf32>, tensor<1x2x4x4xf32>, tensor<1x2x2x2xf32>, tensor<1x4x4x1xf32>) {
  %0 = call @padded(%x) : (tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32>
  %1 = call @valid(%x) : (tensor<1x4x4x1xf32>) -> tensor<1x2x2x1xf32>
  %s = tosa.const_shape {values = dense<[1, 1, 4, 4]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %n = tosa.reshape %x, %s : (tensor<1x4x4x1xf32>, !tosa.shape<4>) -> tensor<1x1x4x4xf32>
  %2 = call @channels_first(%n) : (tensor<1x1x4x4xf32>) -> tensor<1x2x4x4xf32>
  %d = tensor.concat dim(3) %x, %x : (tensor<1x4x4x1xf32>, tensor<1x4x4x1xf32>) -> tensor<1x4x4x2xf32>
  %3 = call @depthwise(%d) : (tensor<1x4x4x2xf32>) -> tensor<1x2x2x2xf32>
  %4 = call @edges(%x) : (tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32>
  return %0, %1, %2, %3, %4 : tensor<1x4x4x1xf32>, tensor<1x2x2x1xf32>, tensor<1x2x4x4xf32>, tensor<1x2x2x2xf32>, tensor<1x4x4x1xf32>
}
