// Maxima and products lie between planes, where intervals know only ends: pools
// before and after relu, gates in front of a linear layer.

// RUN: act-lint %s --fail-on=never | FileCheck %s
// RUN: act-lint %s --fail-on=never --budget=0 | FileCheck %s --check-prefix=ROOT

// Before relu: the largest of a window of c and the largest of -c are together
// no less than 0. The border is padded, of both the convolution and the pool.
// CHECK-DAG: opposite.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// ROOT-DAG: opposite.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @opposite(%x: tensor<1x4x4x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x2x2x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %k = "tosa.const"() <{values = dense<[[[[0.5], [1.0], [0.5]], [[1.0], [2.0], [1.0]], [[0.5], [1.0], [0.5]]], [[[-0.5], [-1.0], [-0.5]], [[-1.0], [-2.0], [-1.0]], [[-0.5], [-1.0], [-0.5]]]]> : tensor<2x3x3x1xf32>}> : () -> tensor<2x3x3x1xf32>
  %no = "tosa.const"() <{values = dense<0.0> : tensor<2xf32>}> : () -> tensor<2xf32>
  %sum = "tosa.const"() <{values = dense<-1.0> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<-0.1> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %k, %no, %zp, %zp {acc_type = f32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x4x4x1xf32>, tensor<2x3x3x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x2xf32>
  %p = tosa.max_pool2d %c {kernel = array<i64: 3, 3>, stride = array<i64: 2, 2>, pad = array<i64: 1, 0, 1, 0>} : (tensor<1x4x4x2xf32>) -> tensor<1x2x2x2xf32>
  %z = tosa.conv2d %p, %sum, %b, %zp, %zp {acc_type = f32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x2x2x2xf32>, tensor<1x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x1xf32>
  %r = act.relu %z : tensor<1x2x2x1xf32>
  return %r : tensor<1x2x2x1xf32>
}

// After relu: no element exceeds the largest of the window around it. Padding
// of -inf never wins, nor does the start value.
// CHECK-DAG: largest.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// ROOT-DAG: largest.layer2 relu |........................| 1 unknown
func.func @largest(%x: tensor<1x2x2x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x2x2x1xf32> {
  %low = arith.constant 0xFF800000 : f32
  %window = tensor.empty() : tensor<3x3xf32>
  %e = tensor.empty() : tensor<1x2x2x1xf32>
  %b = arith.constant dense<-0.1> : tensor<1x2x2x1xf32>
  %h = act.relu %x : tensor<1x2x2x1xf32>
  %f = linalg.fill ins(%low : f32) outs(%e : tensor<1x2x2x1xf32>) -> tensor<1x2x2x1xf32>
  %padded = tensor.pad %h low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %low : f32
  } : tensor<1x2x2x1xf32> to tensor<1x4x4x1xf32>
  %p = linalg.pooling_nhwc_max {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%padded, %window : tensor<1x4x4x1xf32>, tensor<3x3xf32>) outs(%f : tensor<1x2x2x1xf32>) -> tensor<1x2x2x1xf32>
  %d = arith.subf %h, %p : tensor<1x2x2x1xf32>
  %z = arith.addf %d, %b : tensor<1x2x2x1xf32>
  %r = act.relu %z : tensor<1x2x2x1xf32>
  return %r : tensor<1x2x2x1xf32>
}

// Padding of 0 does win where all elements are negative; without padding the
// largest is negative too.
// CHECK-DAG: zero_padded.layer1 relu |{{.*}}| 1 stably active
// CHECK-DAG: zero_padded.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @zero_padded(%x: tensor<1x2x2x1xf32> {act.domain = #act.box<[-1.0], [-0.5]>}) -> (tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>) {
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF7FFFFF : f32
  %window = tensor.empty() : tensor<2x2xf32>
  %e = tensor.empty() : tensor<1x1x1x1xf32>
  %b = arith.constant dense<0.25> : tensor<1x1x1x1xf32>
  %f = linalg.fill ins(%low : f32) outs(%e : tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
  %padded = tensor.pad %x low[0, 1, 1, 0] high[0, 0, 0, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %zero : f32
  } : tensor<1x2x2x1xf32> to tensor<1x3x3x1xf32>
  %p = linalg.pooling_nhwc_max {dilations = dense<1> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%padded, %window : tensor<1x3x3x1xf32>, tensor<2x2xf32>) outs(%f : tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
  %corner = tensor.extract_slice %x[0, 0, 0, 0] [1, 1, 1, 1] [1, 1, 1, 1] : tensor<1x2x2x1xf32> to tensor<1x1x1x1xf32>
  %s = arith.addf %p, %corner : tensor<1x1x1x1xf32>
  %t = arith.addf %s, %b : tensor<1x1x1x1xf32>
  %u = arith.subf %t, %corner : tensor<1x1x1x1xf32>
  %0 = act.relu %u : tensor<1x1x1x1xf32>
  %q = linalg.pooling_nhwc_max {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%x, %window : tensor<1x2x2x1xf32>, tensor<2x2xf32>) outs(%f : tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
  %v = arith.addf %q, %b : tensor<1x1x1x1xf32>
  %1 = act.relu %v : tensor<1x1x1x1xf32>
  return %0, %1 : tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>
}

// Two values under one gate that take each other away; intervals say 2.4.
// CHECK-DAG: gated.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// ROOT-DAG: gated.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// CHECK-DAG: gated.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// ROOT-DAG: gated.layer2 relu |........................| 1 unknown
func.func @gated(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> (tensor<1x1xf32>, tensor<1x1xf32>) {
  %a = arith.constant dense<[[1.0, -1.0], [2.0, -2.0]]> : tensor<2x2xf32>
  %g = arith.constant dense<[[1.0, 1.0], [0.5, 0.5]]> : tensor<2x2xf32>
  %no = arith.constant dense<0.0> : tensor<1x2xf32>
  %one = arith.constant dense<1.0> : tensor<2x1xf32>
  %b = arith.constant dense<-2.5> : tensor<1x1xf32>
  %c = arith.constant dense<-0.5> : tensor<1x1xf32>
  %v = linalg.matmul ins(%x, %a : tensor<1x2xf32>, tensor<2x2xf32>) outs(%no : tensor<1x2xf32>) -> tensor<1x2xf32>
  %u = linalg.matmul ins(%x, %g : tensor<1x2xf32>, tensor<2x2xf32>) outs(%no : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h = act.glu %v gate %u : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  %z = linalg.matmul ins(%h, %one : tensor<1x2xf32>, tensor<2x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %0 = act.relu %z : tensor<1x1xf32>
  %s = act.swiglu %v gate %u : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  %y = linalg.matmul ins(%s, %one : tensor<1x2xf32>, tensor<2x1xf32>) outs(%c : tensor<1x1xf32>) -> tensor<1x1xf32>
  %1 = act.relu %y : tensor<1x1xf32>
  return %0, %1 : tensor<1x1xf32>, tensor<1x1xf32>
}

// A product is witnessed too: x y fires in two corners.
// CHECK-DAG: product.layer1 relu |++++++++++++++++++++++++| 1 mixed
func.func @product(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}, %y: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1xf32> {
  %b = arith.constant dense<-0.9> : tensor<1xf32>
  %p = arith.mulf %x, %y : tensor<1xf32>
  %z = arith.addf %p, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// CHECK: how sure: linear bounds of the program as executed in f32, any order of summation
