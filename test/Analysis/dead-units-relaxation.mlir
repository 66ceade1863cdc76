// What intervals cannot prove: sums of terms that move together. Zonotopes and
// linear bounds prove some at once; others need the inputs halved a few times.

// RUN: act-lint %s --fail-on=never | FileCheck %s
// RUN: act-lint %s --fail-on=never --budget=0 | FileCheck %s --check-prefix=ROOT

#row = affine_map<(d0, d1) -> (d0, d1)>
#channel = affine_map<(d0, d1) -> (d1)>

// Hard case 7.
// relu(x) + relu(-x) is |x|.
// CHECK-DAG: magnitude.layer3 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// ROOT-DAG: magnitude.layer3 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @magnitude(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1xf32> {
  %b = arith.constant dense<-1.5> : tensor<1xf32>
  %n = arith.negf %x : tensor<1xf32>
  %p = act.relu %x : tensor<1xf32>
  %q = act.relu %n : tensor<1xf32>
  %s = arith.addf %p, %q : tensor<1xf32>
  %z = arith.addf %s, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// Hard case 5.
// What a residual branch adds, another takes away.
// CHECK-DAG: cancelled.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// ROOT-DAG: cancelled.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @cancelled(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1xf32> {
  %b = arith.constant dense<-0.1> : tensor<1xf32>
  %n = arith.negf %x : tensor<1xf32>
  %s = arith.addf %x, %n : tensor<1xf32>
  %z = arith.addf %s, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// |x1 + x2| + |x1 - x2| - 3 <= -1 on the square, where linear bounds say 1.
// CHECK-DAG: two_magnitudes.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// ROOT-DAG: two_magnitudes.layer2 relu |........................| 1 unknown
func.func @two_magnitudes(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<[[1.0, -1.0, 1.0, -1.0], [1.0, -1.0, -1.0, 1.0]]> : tensor<2x4xf32>
  %zero = arith.constant dense<0.0> : tensor<1x4xf32>
  %v = arith.constant dense<1.0> : tensor<4x1xf32>
  %b = arith.constant dense<-3.0> : tensor<1x1xf32>
  %y = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x4xf32>) outs(%zero : tensor<1x4xf32>) -> tensor<1x4xf32>
  %h = act.relu %y : tensor<1x4xf32>
  %z = linalg.matmul ins(%h, %v : tensor<1x4xf32>, tensor<4x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// A step up: relu(x + 1) - relu(x) lies in [0, 1]. It is read as one function.
// CHECK-DAG: step.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// ROOT-DAG: step.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @step(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %b = arith.constant dense<-1.25> : tensor<1xf32>
  %x1 = arith.addf %x, %one : tensor<1xf32>
  %p = act.relu %x1 : tensor<1xf32>
  %q = act.relu %x : tensor<1xf32>
  %s = arith.subf %p, %q : tensor<1xf32>
  %z = arith.addf %s, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// The same with a bias that lets it fire, in the upper half only.
// CHECK-DAG: fires.layer2 relu |++++++++++++++++++++++++| 1 mixed
func.func @fires(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %b = arith.constant dense<-0.75> : tensor<1xf32>
  %x1 = arith.addf %x, %one : tensor<1xf32>
  %p = act.relu %x1 : tensor<1xf32>
  %q = act.relu %x : tensor<1xf32>
  %s = arith.subf %p, %q : tensor<1xf32>
  %z = arith.addf %s, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// A hat of height 1 over [-1, 1].
// CHECK-DAG: hat.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @hat(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [2.0]>}) -> tensor<1xf32> {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %two = arith.constant dense<2.0> : tensor<1xf32>
  %b = arith.constant dense<-1.2> : tensor<1xf32>
  %x1 = arith.addf %x, %one : tensor<1xf32>
  %x2 = arith.subf %x, %one : tensor<1xf32>
  %p = act.relu %x1 : tensor<1xf32>
  %q = act.relu %x : tensor<1xf32>
  %t = act.relu %x2 : tensor<1xf32>
  %q2 = arith.mulf %q, %two : tensor<1xf32>
  %s = arith.subf %p, %q2 : tensor<1xf32>
  %u = arith.addf %s, %t : tensor<1xf32>
  %z = arith.addf %u, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// Elements keep who they are when they are moved.
// CHECK-DAG: moved.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @moved(%x: tensor<2x3xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %n = arith.negf %x : tensor<2x3xf32>
  %e = tensor.empty() : tensor<3x2xf32>
  %t = linalg.transpose ins(%n : tensor<2x3xf32>) outs(%e : tensor<3x2xf32>) permutation = [1, 0]
  %back = linalg.transpose ins(%t : tensor<3x2xf32>) outs(%x : tensor<2x3xf32>) permutation = [1, 0]
  %both = tensor.concat dim(0) %x, %back : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
  %flat = tensor.collapse_shape %both [[0, 1]] : tensor<4x3xf32> into tensor<12xf32>
  %row = tensor.expand_shape %flat [[0, 1]] output_shape [1, 12] : tensor<12xf32> into tensor<1x12xf32>
  %w = arith.constant dense<1.0> : tensor<12x1xf32>
  %b = arith.constant dense<-0.1> : tensor<1x1xf32>
  %z = linalg.matmul ins(%row, %w : tensor<1x12xf32>, tensor<12x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// A scale and a shift per channel, a relu after them in the same body.
// CHECK-DAG: scaled.layer1 relu |++++++++++++++++++++++++| 2 mixed
// CHECK-DAG: scaled.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @scaled(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %scale = arith.constant dense<[2.0, -2.0]> : tensor<2xf32>
  %shift = arith.constant dense<[0.5, 0.5]> : tensor<2xf32>
  %zero = arith.constant 0.0 : f32
  %first = arith.constant dense<[[1.0, 1.0], [0.0, 0.0]]> : tensor<2x2xf32>
  %none = arith.constant dense<0.0> : tensor<1x2xf32>
  %twice = linalg.matmul ins(%x, %first : tensor<1x2xf32>, tensor<2x2xf32>) outs(%none : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h = linalg.generic {indexing_maps = [#row, #channel, #channel, #row], iterator_types = ["parallel", "parallel"]}
      ins(%twice, %scale, %shift : tensor<1x2xf32>, tensor<2xf32>, tensor<2xf32>) outs(%none : tensor<1x2xf32>) {
  ^bb0(%in: f32, %g: f32, %s: f32, %out: f32):
    %m = arith.mulf %in, %g : f32
    %a = arith.addf %m, %s : f32
    %r = arith.maximumf %a, %zero : f32
    linalg.yield %r : f32
  } -> tensor<1x2xf32>
  // relu(2 x + .5) + relu(.5 - 2 x) <= 2.5.
  %w = arith.constant dense<1.0> : tensor<2x1xf32>
  %b = arith.constant dense<-2.6> : tensor<1x1xf32>
  %z = linalg.matmul ins(%h, %w : tensor<1x2xf32>, tensor<2x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// Channels of a convolution that take each other away, border included.
// CHECK-DAG: convolved.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @convolved(%x: tensor<1x3x3x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3x3x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %k = "tosa.const"() <{values = dense<[[[[0.5], [1.0], [0.5]], [[1.0], [2.0], [1.0]], [[0.5], [1.0], [0.5]]], [[[-0.5], [-1.0], [-0.5]], [[-1.0], [-2.0], [-1.0]], [[-0.5], [-1.0], [-0.5]]]]> : tensor<2x3x3x1xf32>}> : () -> tensor<2x3x3x1xf32>
  %no = "tosa.const"() <{values = dense<0.0> : tensor<2xf32>}> : () -> tensor<2xf32>
  %sum = "tosa.const"() <{values = dense<1.0> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<-0.1> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %k, %no, %zp, %zp {acc_type = f32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x3x3x1xf32>, tensor<2x3x3x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x3x2xf32>
  %z = tosa.conv2d %c, %sum, %b, %zp, %zp {acc_type = f32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x3x3x2xf32>, tensor<1x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x3x1xf32>
  %r = act.relu %z : tensor<1x3x3x1xf32>
  return %r : tensor<1x3x3x1xf32>
}

// A smooth function between: sigmoid(x) + sigmoid(-x) is 1.
// CHECK-DAG: smooth.layer3 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// ROOT-DAG: smooth.layer3 relu |........................| 1 unknown
func.func @smooth(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [2.0]>}) -> tensor<1xf32> {
  %b = arith.constant dense<-1.05> : tensor<1xf32>
  %n = arith.negf %x : tensor<1xf32>
  %p = act.sigmoid %x : tensor<1xf32>
  %q = act.sigmoid %n : tensor<1xf32>
  %s = arith.addf %p, %q : tensor<1xf32>
  %z = arith.addf %s, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// Random points and corners miss the narrow range in which this one fires.
// CHECK-DAG: between.layer1 relu6 |++++++++++++++++++++++++| 1 mixed
func.func @between(%x: tensor<1x3xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<[[4.0e6], [1.0e6], [-3.0e6]]> : tensor<3x1xf32>
  %b = arith.constant dense<1.5e5> : tensor<1x1xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x3xf32>, tensor<3x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu6 %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// An entry of unknown size stands for many elements, but each sum is of two at
// the same index.
// CHECK-DAG: unknown_size.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @unknown_size(%x: tensor<?xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<?xf32> {
  %b = arith.constant -0.1 : f32
  %n = arith.negf %x : tensor<?xf32>
  %s = arith.addf %x, %n : tensor<?xf32>
  %c0 = arith.constant 0 : index
  %d = tensor.dim %x, %c0 : tensor<?xf32>
  %bs = tensor.splat %b[%d] : tensor<?xf32>
  %z = arith.addf %s, %bs : tensor<?xf32>
  %r = act.relu %z : tensor<?xf32>
  return %r : tensor<?xf32>
}

// CHECK: how sure: zonotope of the program as executed in f32, any order of summation
// CHECK: how sure: input bisection of the program as executed in f32, any order of summation
