// RUN: act-lint %s --domain='0:[-3,-1],[-3,-1],[-3,-1],[-3,1]' --fail-on=never \
// RUN:   | FileCheck %s

// Hard case 4.
// Max pooling in front of relu: the largest element decides, the padding never
// does. Average pooling counts no padding: means lie where elements lie.

func.func @main(%x: tensor<1x2x2x1xf32>) -> (tensor<1x2x1x1xf32>, tensor<1x3x3x1xf32>, tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>) {
  %zp = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>

  // Rows (0, 1) and (2, 3): only the second can be positive.
  // CHECK: main.layer1 relu |{{.*}}| 1 mixed
  %rows = tosa.max_pool2d %x {kernel = array<i64: 1, 2>, stride = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x2x2x1xf32>) -> tensor<1x2x1x1xf32>
  %0 = act.relu %rows : tensor<1x2x1x1xf32>

  // CHECK: main.layer2 relu |{{.*}}| 1 mixed
  %around = tosa.avg_pool2d %x, %zp, %zp {acc_type = f32, kernel = array<i64: 2, 2>, stride = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>} : (tensor<1x2x2x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x3x1xf32>
  %1 = act.relu %around : tensor<1x3x3x1xf32>

  // The mean of all four is at most -1/2.
  // CHECK: main.layer3 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
  %all = tosa.avg_pool2d %x, %zp, %zp {acc_type = f32, kernel = array<i64: 2, 2>, stride = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x2x2x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %2 = act.relu %all : tensor<1x1x1x1xf32>

  // The same by linalg: a sum over the window, started at 0.
  // CHECK: main.layer4 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
  %zero = arith.constant 0.0 : f32
  %window = tensor.empty() : tensor<2x2xf32>
  %e = tensor.empty() : tensor<1x1x1x1xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
  %sum = linalg.pooling_nhwc_sum {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%x, %window : tensor<1x2x2x1xf32>, tensor<2x2xf32>) outs(%f : tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
  %3 = act.relu %sum : tensor<1x1x1x1xf32>

  // CHECK: main.layer3 at
  // CHECK: pre-activation of unit 0 in [-3, -0.499999]
  // CHECK: main.layer4 at
  // CHECK: pre-activation of unit 0 in [-12, -2]
  return %0, %1, %2, %3 : tensor<1x2x1x1xf32>, tensor<1x3x3x1xf32>, tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>
}
