// Weights of quantized types stand for (q - z) s, and numbers that are
// quantized for some integer next to x / s + z.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// The columns (1, -1) and (-1, 1) after the zero point 3 is gone: x1 - x2 and
// x2 - x1, of which relu(x) + relu(-x) - 2.1 <= -0.1 on the square.
// CHECK-DAG: weights.layer1 relu |++++++++++++++++++++++++| 2 mixed
// CHECK-DAG: weights.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @weights(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %i = arith.constant dense<[[13, -7], [-7, 13]]> : tensor<2x2xi8>
  %q = quant.scast %i : tensor<2x2xi8> to tensor<2x2x!quant.uniform<i8:f32, 0.1:3>>
  %w = quant.dcast %q : tensor<2x2x!quant.uniform<i8:f32, 0.1:3>> to tensor<2x2xf32>
  %zero = arith.constant dense<0.0> : tensor<1x2xf32>
  %one = arith.constant dense<1.0> : tensor<2x1xf32>
  %b = arith.constant dense<-2.1> : tensor<1x1xf32>
  %y = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h = act.relu %y : tensor<1x2xf32>
  %z = linalg.matmul ins(%h, %one : tensor<1x2xf32>, tensor<2x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// A scale for each column, of bytes without a sign: -56 is 200. The columns are
// (1, -1) and (2, -2), times x plus biases of -2.1 and -4.1, then -1.9 and -3.9.
// CHECK-DAG: channels.layer1 relu |xxxxxxxxxxxx++++++++++++| 2 dead, 2 mixed
func.func @channels(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x4xf32> {
  %i = arith.constant dense<[[-56, -56, -56, -56], [0, 0, 0, 0]]> : tensor<2x4xi8>
  %q = quant.scast %i : tensor<2x4xi8> to tensor<2x4x!quant.uniform<u8:f32:1, {0.01:100, 0.02:100, 0.01:100, 0.02:100}>>
  %w = quant.dcast %q : tensor<2x4x!quant.uniform<u8:f32:1, {0.01:100, 0.02:100, 0.01:100, 0.02:100}>> to tensor<2x4xf32>
  %b = arith.constant dense<[[-2.1, -4.1, -1.9, -3.9]]> : tensor<1x4xf32>
  %y = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x4xf32>) outs(%b : tensor<1x4xf32>) -> tensor<1x4xf32>
  %h = act.relu %y : tensor<1x4xf32>
  return %h : tensor<1x4xf32>
}

// Numbers of [-1, 1] are stored as integers of [-11, 11], which stand for [-1.1,
// 1.1]. Those of [-20, 20] may be any that are stored: down to -12.8.
// CHECK-DAG: inputs.layer1 relu |xxxxxxxxxxxx............| 1 dead, 1 unknown
// CHECK-DAG: clamped.layer1 relu |xxxxxxxxxxxx............| 1 dead, 1 unknown
func.func @inputs(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x2xf32> {
  %q = quant.qcast %x : tensor<1x2xf32> to tensor<1x2x!quant.uniform<i8:f32, 0.1>>
  %y = quant.dcast %q : tensor<1x2x!quant.uniform<i8:f32, 0.1>> to tensor<1x2xf32>
  %b = arith.constant dense<[[-1.11, -1.09]]> : tensor<1x2xf32>
  %z = arith.addf %y, %b : tensor<1x2xf32>
  %h = act.relu %z : tensor<1x2xf32>
  return %h : tensor<1x2xf32>
}
func.func @clamped(%x: tensor<1x2xf32> {act.domain = #act.box<[-20.0], [20.0]>}) -> tensor<1x2xf32> {
  %q = quant.qcast %x : tensor<1x2xf32> to tensor<1x2x!quant.uniform<i8:f32, 0.1>>
  %y = quant.dcast %q : tensor<1x2x!quant.uniform<i8:f32, 0.1>> to tensor<1x2xf32>
  %b = arith.constant dense<[[-12.71, -12.69]]> : tensor<1x2xf32>
  %z = arith.addf %y, %b : tensor<1x2xf32>
  %h = act.relu %z : tensor<1x2xf32>
  return %h : tensor<1x2xf32>
}

// A scale for each block of 2 rows and 2 columns: rows 0 and 1 are (10, 10, 20, 20)
// and rows 2 and 3 (30, 30, 40, 40) tenths, at x = 1 sums of 8 and 12. Numbers of
// f16 overflow to infinity, whose difference is NaN.
// CHECK-DAG: blocks.layer1 relu |xxxxxxxxxxxx++++++++++++| 2 dead, 2 mixed
// CHECK-DAG: overflow.layer1 relu |........................| 1 unknown
func.func @blocks(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x4xf32> {
  %i = arith.constant dense<10> : tensor<4x4xi8>
  %q = quant.scast %i : tensor<4x4xi8> to tensor<4x4x!quant.uniform<i8:f32:{0:2, 1:2}, {{0.1, 0.2}, {0.3, 0.4}}>>
  %w = quant.dcast %q : tensor<4x4x!quant.uniform<i8:f32:{0:2, 1:2}, {{0.1, 0.2}, {0.3, 0.4}}>> to tensor<4x4xf32>
  %b = arith.constant dense<[[-8.1, -7.9, -12.1, -11.9]]> : tensor<1x4xf32>
  %y = linalg.matmul ins(%x, %w : tensor<1x4xf32>, tensor<4x4xf32>) outs(%b : tensor<1x4xf32>) -> tensor<1x4xf32>
  %h = act.relu %y : tensor<1x4xf32>
  return %h : tensor<1x4xf32>
}
func.func @overflow(%i: tensor<1xi32>) -> tensor<1xf16> {
  %q = quant.scast %i : tensor<1xi32> to tensor<1x!quant.uniform<i32:f16, 1.0e-3:100000>>
  %w = quant.dcast %q : tensor<1x!quant.uniform<i32:f16, 1.0e-3:100000>> to tensor<1xf16>
  %h = act.relu %w : tensor<1xf16>
  return %h : tensor<1xf16>
}
