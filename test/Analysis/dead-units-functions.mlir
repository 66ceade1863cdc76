// What a dead zone is, is read off each function: the upper side of clips, the
// sign of a leak, the convention at a kink, gradients that round to 0.

// RUN: act-lint %s --fail-on=never | FileCheck %s
// RUN: act-lint %s --fail-on=never --semantics=real | FileCheck %s --check-prefix=REAL

// Hard case 11.
// CHECK: clip.layer1 relu6 |{{.*}}| 1 dead, 1 stably active, 1 saturated
func.func @clip(%x: tensor<3xf32> {act.domain = #act.box<[-2.0, 1.0, 6.0], [-1.0, 5.0, 7.0]>}) -> tensor<3xf32> {
  %0 = act.relu6 %x : tensor<3xf32>
  return %0 : tensor<3xf32>
}

// The upper side of hard_sigmoid is 1, of hard_swish it passes a gradient.
// CHECK: upper.layer1 hard_sigmoid |{{.*}}| 1 dead, 1 saturated
// CHECK: upper.layer2 hard_swish |{{.*}}| 1 dead, 1 stably active
func.func @upper(%x: tensor<2xf32> {act.domain = #act.box<[-9.0, 3.0], [-3.0, 9.0]>}) -> (tensor<2xf32>, tensor<2xf32>) {
  %0 = act.hard_sigmoid %x : tensor<2xf32>
  %1 = act.hard_swish %x : tensor<2xf32>
  return %0, %1 : tensor<2xf32>, tensor<2xf32>
}

// relu after relu is stably active, relu of its negation is dead.
// CHECK: chain.layer1 relu |{{.*}}| 1 {{alive|mixed}}
// CHECK: chain.layer2 relu |{{.*}}| 1 stably active
// CHECK: chain.layer3 relu |{{.*}}| 1 dead
func.func @chain(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> (tensor<1xf32>, tensor<1xf32>) {
  %0 = act.relu %x : tensor<1xf32>
  %1 = act.relu %0 : tensor<1xf32>
  %2 = arith.negf %0 : tensor<1xf32>
  %3 = act.relu %2 : tensor<1xf32>
  return %1, %3 : tensor<1xf32>, tensor<1xf32>
}

// Hard case 15.
// A leak of 0 is relu; any other leak is never dead.
// CHECK: leak.layer1 leaky_relu |{{.*}}| 1 dead
// CHECK: leak.layer2 leaky_relu |{{.*}}| 1 alive
func.func @leak(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> (tensor<1xf32>, tensor<1xf32>) {
  %0 = act.leaky_relu %x {alpha = 0.0 : f64} : tensor<1xf32>
  %1 = act.leaky_relu %x {alpha = 0.01 : f64} : tensor<1xf32>
  return %0, %1 : tensor<1xf32>, tensor<1xf32>
}

// Smooth functions have no dead zone, but a gradient that rounds to 0.
// CHECK: underflow.layer1 gelu |{{.*}}| 1 saturated, 1 {{alive|unknown}}
// CHECK: underflow.layer2 sigmoid |{{.*}}| {{.*}}2 {{alive|unknown}}
func.func @underflow(%x: tensor<2xf32> {act.domain = #act.box<[-90.0, -14.0], [-15.0, -13.0]>}) -> (tensor<2xf32>, tensor<2xf32>) {
  %0 = act.gelu %x : tensor<2xf32>
  %1 = act.sigmoid %x : tensor<2xf32>
  return %0, %1 : tensor<2xf32>, tensor<2xf32>
}

// Hard case 12.
// All weights and biases 0: exactly at the kink, dead with a gradient that is
// a convention. So is a bias of -0.
// CHECK: boundary.layer1 relu |{{.*}}| 2 dead
func.func @boundary(%x: tensor<1x3xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<0.0> : tensor<3x2xf32>
  %b = arith.constant dense<[[0.0, -0.0]]> : tensor<1x2xf32>
  %z = arith.constant dense<0.0> : tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x3xf32>, tensor<3x2xf32>) outs(%z : tensor<1x2xf32>) -> tensor<1x2xf32>
  %a = arith.addf %m, %b : tensor<1x2xf32>
  %r = act.relu %a : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// Hard case 10.
// Without a domain nothing is proved, over the reals but for a weight of 0:
// when executed, the input may be infinite, and 0 * inf is NaN.
// CHECK: unbounded.layer1 relu |{{.*}}| {{.*}}unknown
// REAL: unbounded.layer1 relu |{{.*}}| 1 dead
func.func @unbounded(%x: tensor<1x1xf32>) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[1.0, 0.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<-1.0> : tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %m : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// CHECK: warning DR007 clip.layer1
// CHECK: warning DR008 underflow.layer1
// CHECK-NEXT: what: unit 0 of 2 is numerically dead: the gradient rounds to 0 in f32 for every input: it is at most {{[0-9.e-]+}}, and the smallest positive number is 1.4013e-45
// CHECK-NOT: DR008
// CHECK: note DR009 boundary.layer1
// CHECK-NEXT: what: units 0, 1 of 2 are at a kink
// CHECK: warning DR011 at
// CHECK-NEXT: what: argument 0 of 'unbounded' has no domain
