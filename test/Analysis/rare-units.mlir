// Units that normal inputs hardly make fire, by the exact law of a first layer.

// RUN: %exit-code 1 act-lint %s | FileCheck %s

// z = x1 + x2 + b with x1 of N(0, 1) and x2 of N(1, 2): N(1 + b, 5).
// P(z > 0) is 1/2 for b = -1, 3.2e-5 for b = -1 - 4 sqrt(5) and 3.2e-5 * 50000
// is 1.6; it is 2.9e-7 for b = -1 - 5 sqrt(5).
// CHECK-NOT: DR003{{.*}}layer2
// CHECK: warning DR003 main.layer1
// CHECK-NEXT: what: unit 2 of 3 is unlikely to fire: less than one input in 50000, about an epoch, is expected to make it fire
// CHECK-NEXT: why: {{.*}} leaves the dead zone with a probability of at most 2.87e-07
// CHECK-NEXT: how sure: estimate: exact if the inputs have the normal law of the domain
func.func @main(%x: tensor<1x2xf32> {act.domain = #act.normal<mean = [0.0, 1.0], std = [1.0, 2.0]>}) -> tensor<1x3xf32> {
  %w = arith.constant dense<1.0> : tensor<2x3xf32>
  %b = arith.constant dense<[[-1.0, -9.9442719, -12.1803399]]> : tensor<1x3xf32>
  %v = arith.constant dense<-1.0> : tensor<3x3xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  %y = linalg.matmul ins(%h, %v : tensor<1x3xf32>, tensor<3x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %r = act.relu %y : tensor<1x3xf32>
  return %r : tensor<1x3xf32>
}

// Behind a layer the law is approximate: h1 + h2 has mean 0.8 and variance
// 0.68, and 8 lies 8.7 deviations away; 1 is exceeded by 40 % of inputs.
// CHECK: note DR003 deep.layer2
// CHECK-NEXT: what: unit 1 of 2 is unlikely to fire
// CHECK: probability of at most {{[0-9.]+}}e-18
// CHECK-NEXT: how sure: estimate: approximate, by the means and covariances of the layer before, if the inputs have the normal law of the domain
// RUN: %exit-code 1 act-lint %s --format=json | FileCheck %s --check-prefix=JSON
// JSON: "name": "deep.layer2"
// JSON: "active_probability": [
// JSON-NEXT: 0.4{{[0-9]*}},
// JSON-NEXT: {{[0-9.]+}}e-18
func.func @deep(%x: tensor<1x2xf32> {act.domain = #act.normal<mean = [0.0], std = [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<1.0> : tensor<2x2xf32>
  %b = arith.constant dense<[[-1.0, -8.0]]> : tensor<1x2xf32>
  %h = act.relu %x : tensor<1x2xf32>
  %z = linalg.matmul ins(%h, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}
