// Dead units get weights with which they fire, and are weighed with 0.

// RUN: act-opt %s --act-fix-dead-relu=strategy=reinitialize -o %t.mlir --remarks-filter=act-fix-dead-relu 2>%t.remarks
// RUN: FileCheck %s < %t.mlir
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
// RUN: act-lint %t.mlir --fail-on=never | FileCheck %s --check-prefix=AGAIN

// AGAIN: biased.layer1 {{.*}}| 3 mixed
// AGAIN: deeper.layer1 {{.*}}| 2 mixed
// AGAIN: deeper.layer2 {{.*}}| 2 mixed
// AGAIN: unbiased.layer1 {{.*}}| 1 mixed

// The seed says which weights.
// RUN: act-opt %s --act-fix-dead-relu='strategy=reinitialize seed=0' -o %t.same.mlir
// RUN: diff %t.mlir %t.same.mlir
// RUN: act-opt %s --act-fix-dead-relu='strategy=reinitialize seed=1' -o %t.other.mlir
// RUN: not diff %t.mlir %t.other.mlir

// Units 1 and 2 of the first layer are dead; unit 0 keeps its parameters.
// REMARK: biased.layer1{{.*}}units 1, 2: weights drawn anew, what they feed weighed with 0
// CHECK-LABEL: @biased
// CHECK-DAG: dense<{{\[\[}}1.000000e+00, {{[^1].*}}, {{[^1].*}}], [1.000000e+00, {{[^1].*}}, {{[^1].*}}]]> : tensor<2x3xf32>
// CHECK-DAG: dense<{{\[\[}}-5.000000e-01, 0.000000e+00, 0.000000e+00]]> : tensor<1x3xf32>
// CHECK-DAG: dense<{{\[\[}}1.000000e+00, 2.000000e+00], [0.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00]]> : tensor<3x2xf32>
func.func @biased(%x: tensor<1x2xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[1.0, 1.0, -1.0], [1.0, 1.0, -1.0]]> : tensor<2x3xf32>
  %b = arith.constant dense<[[-0.5, -3.0, -1.0]]> : tensor<1x3xf32>
  %v = arith.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>
  %c = arith.constant dense<1.0> : tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %r = act.relu %m : tensor<1x3xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x3xf32>, tensor<3x2xf32>) outs(%c : tensor<1x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// Layers behind the first one are redrawn by what arrives there.
// REMARK: deeper.layer2{{.*}}unit 0: weights drawn anew, what they feed weighed with 0
// CHECK-LABEL: @deeper
// CHECK-DAG: dense<{{\[\[}}0.000000e+00], [1.000000e+00]]> : tensor<2x1xf32>
func.func @deeper(%x: tensor<1x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %zero = arith.constant 0.0 : f32
  %w = arith.constant dense<[[1.0, -1.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[[-0.25, 0.0]]> : tensor<1x2xf32>
  %u = arith.constant dense<[[-1.0, 1.0], [-2.0, -1.0]]> : tensor<2x2xf32>
  %v = arith.constant dense<1.0> : tensor<2x1xf32>
  %e = tensor.empty() : tensor<1x2xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2xf32>) -> tensor<1x2xf32>
  %e1 = tensor.empty() : tensor<1x1xf32>
  %f1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x1xf32>) -> tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%f : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %m : tensor<1x2xf32>
  %n = linalg.matmul ins(%r, %u : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %s = act.relu %n : tensor<1x2xf32>
  %y = linalg.matmul ins(%s, %v : tensor<1x2xf32>, tensor<2x1xf32>) outs(%f1 : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// No bias is needed.
// REMARK: unbiased.layer1{{.*}}unit 0: weights drawn anew, what they feed weighed with 0
// CHECK-LABEL: @unbiased
// CHECK-NOT: dense<-1.000000e+00>
// CHECK: dense<0.000000e+00> : tensor<1x1xf32>
// CHECK: linalg.matmul
func.func @unbiased(%x: tensor<1x2xf32> {act.domain = #act.box<[0.5, -0.25], [1.0, 0.25]>}) -> tensor<1x1xf32> {
  %zero = arith.constant 0.0 : f32
  %w = arith.constant dense<-1.0> : tensor<2x1xf32>
  %v = arith.constant dense<3.0> : tensor<1x1xf32>
  %e = tensor.empty() : tensor<1x1xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x1xf32>) -> tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x1xf32>) outs(%f : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %m : tensor<1x1xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x1xf32>, tensor<1x1xf32>) outs(%f : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// Of one positive input a unit without bias fires always or never.
// REMARK: hopeless.layer1{{.*}}unit 0: no weights were drawn with which they fire on a tenth to nine tenths of the inputs
// CHECK-LABEL: @hopeless
// CHECK-DAG: dense<-1.000000e+00> : tensor<1x1xf32>
// CHECK-DAG: dense<-2.000000e+00> : tensor<1x1xf32>
// CHECK-DAG: dense<3.000000e+00> : tensor<1x1xf32>
func.func @hopeless(%x: tensor<1x1xf32> {act.domain = #act.box<[0.5], [1.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<-1.0> : tensor<1x1xf32>
  %b = arith.constant dense<-2.0> : tensor<1x1xf32>
  %v = arith.constant dense<3.0> : tensor<1x1xf32>
  %c = arith.constant dense<0.0> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %m : tensor<1x1xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x1xf32>, tensor<1x1xf32>) outs(%c : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// What a dead unit feeds is read from it alone here.
// REMARK: returned.layer1{{.*}}unit 0: expected an output that only contractions with constant weights read
func.func @returned(%x: tensor<1x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<1.0> : tensor<1x1xf32>
  %b = arith.constant dense<-2.0> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %m : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// 0 times infinity is NaN, whatever the unit does.
// REMARK: infinite.layer1{{.*}}expected units that feed finite weights
func.func @infinite(%x: tensor<1x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<[[1.0, 1.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[[-2.0, 0.0]]> : tensor<1x2xf32>
  %v = arith.constant dense<[[0x7F800000], [1.0]]> : tensor<2x1xf32>
  %c = arith.constant dense<0.0> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  // The proof that it is dead stays.
  %r = act.relu %m {act.suppress = {DR001 = "tested", DR002 = "tested"}} : tensor<1x2xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x2xf32>, tensor<2x1xf32>) outs(%c : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// A convolution with strides: what windows read at all positions counts, and
// units 0 and 2 keep their weights. Rounded in f16.
// REMARK: convolution.layer1{{.*}}unit 1: weights drawn anew, what they feed weighed with 0
// CHECK-LABEL: @convolution
// CHECK-DAG: dense<{{\[\[\[\[}}1.000000e+00, {{.*}}, 2.000000e+00]]], {{\[\[\[}}3.000000e+00, {{.*}}, 4.000000e+00]]]]> : tensor<2x1x1x3xf16>
// CHECK-DAG: dense<[5.000000e-01, 0.000000e+00, 2.500000e-01]> : tensor<3xf16>
// AGAIN: convolution.layer1 {{.*}}| 3 mixed
func.func @convolution(%x: tensor<1x6x5x1xf16> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3x3x1xf16> {
  %zero = arith.constant 0.0 : f16
  %w = arith.constant dense<[[[[1.0, 1.0, 2.0]]], [[[3.0, 1.0, 4.0]]]]> : tensor<2x1x1x3xf16>
  %b = arith.constant dense<[0.5, -8.0, 0.25]> : tensor<3xf16>
  %v = arith.constant dense<1.0> : tensor<1x1x3x1xf16>
  %e = tensor.empty() : tensor<1x3x3x3xf16>
  %s = linalg.broadcast ins(%b : tensor<3xf16>) outs(%e : tensor<1x3x3x3xf16>) dimensions = [0, 1, 2]
  %m = linalg.conv_2d_nhwc_hwcf {strides = dense<2> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
    ins(%x, %w : tensor<1x6x5x1xf16>, tensor<2x1x1x3xf16>) outs(%s : tensor<1x3x3x3xf16>) -> tensor<1x3x3x3xf16>
  %r = act.relu %m : tensor<1x3x3x3xf16>
  %e1 = tensor.empty() : tensor<1x3x3x1xf16>
  %f1 = linalg.fill ins(%zero : f16) outs(%e1 : tensor<1x3x3x1xf16>) -> tensor<1x3x3x1xf16>
  %y = linalg.conv_2d_nhwc_hwcf {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
    ins(%r, %v : tensor<1x3x3x3xf16>, tensor<1x1x3x1xf16>) outs(%f1 : tensor<1x3x3x1xf16>) -> tensor<1x3x3x1xf16>
  return %y : tensor<1x3x3x1xf16>
}

// One that pads its own input: the windows at either border read one number each.
// REMARK: padded.layer1{{.*}}unit 1: weights drawn anew, what they feed weighed with 0
// CHECK-LABEL: @padded
// CHECK-DAG: dense<{{\[\[\[\[}}1.000000e+00]], {{\[\[}}2.000000e+00]]], {{\[\[\[}}{{[^3].*}}]], {{\[\[}}{{[^4].*}}]]]]> : tensor<2x2x1x1xf32>
// CHECK-DAG: dense<[5.000000e-01, 0.000000e+00]> : tensor<2xf32>
// CHECK-DAG: dense<{{\[\[\[\[}}5.000000e+00, 0.000000e+00]]]]> : tensor<1x1x1x2xf32>
// AGAIN: padded.layer1 {{.*}}| 2 mixed
func.func @padded(%x: tensor<1x1x1x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x2x1x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[1.0]], [[2.0]]], [[[3.0]], [[4.0]]]]> : tensor<2x2x1x1xf32>}> : () -> tensor<2x2x1x1xf32>
  %b = "tosa.const"() <{values = dense<[0.5, -8.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %m = tosa.conv2d %x, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x1x1x1xf32>, tensor<2x2x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x2xf32>
  %r = act.relu %m : tensor<1x2x1x2xf32>
  %v = "tosa.const"() <{values = dense<[[[[5.0, 6.0]]]]> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %c = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %y = tosa.conv2d %r, %v, %c, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x2x1x2xf32>, tensor<1x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x1xf32>
  return %y : tensor<1x2x1x1xf32>
}
