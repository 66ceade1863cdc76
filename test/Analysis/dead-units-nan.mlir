// NaN is in no range and passes through most activations: a unit that may get it
// is neither dead nor stably active, whatever its bounds say.

// RUN: act-lint %s --fail-on=never | FileCheck %s
// RUN: act-lint %s --fail-on=never --semantics=real | FileCheck %s --check-prefix=REAL

// A square root of negative numbers, in both meanings.
// CHECK-DAG: outside.layer1 relu |........................| 1 unknown
// REAL-DAG: outside.layer1 relu |........................| 1 unknown
func.func @outside(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1xf32> {
  %one = arith.constant dense<-1.0> : tensor<1xf32>
  %s = math.sqrt %x : tensor<1xf32>
  %n = arith.negf %s : tensor<1xf32>
  %z = arith.addf %n, %one : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// CHECK-DAG: inside.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// REAL-DAG: inside.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @inside(%x: tensor<1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1xf32> {
  %one = arith.constant dense<-1.0> : tensor<1xf32>
  %s = math.sqrt %x : tensor<1xf32>
  %n = arith.negf %s : tensor<1xf32>
  %z = arith.addf %n, %one : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// The minimum takes the number: 5, above all that the formula can be.
// CHECK-DAG: swallowed.layer2 relu |........................| 1 unknown
func.func @swallowed(%x: tensor<1xf32> {act.domain = #act.box<[-4.0], [4.0]>}) -> tensor<1xf32> {
  %k = arith.constant dense<5.0> : tensor<1xf32>
  %h = arith.constant dense<-3.0> : tensor<1xf32>
  %s = math.sqrt %x : tensor<1xf32>
  %m = arith.maximumf %s, %s : tensor<1xf32>
  %q = arith.minnumf %m, %k : tensor<1xf32>
  %z = arith.addf %q, %h : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// In the body of one op, where only the last function is an activation.
// CHECK-DAG: logarithm.layer1 relu |xxxxxxxxxxxx............| 1 dead, 1 unknown
#id = affine_map<(d0) -> (d0)>
func.func @logarithm(%x: tensor<2xf32> {act.domain = #act.box<[0.5, -0.5], [1.0, 1.0]>}) -> tensor<2xf32> {
  %e = tensor.empty() : tensor<2xf32>
  %one = arith.constant 1.0 : f32
  %z = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%x : tensor<2xf32>) outs(%e : tensor<2xf32>) {
  ^bb0(%a: f32, %o: f32):
    %l = math.log %a : f32
    %s = arith.subf %l, %one : f32
    linalg.yield %s : f32
  } -> tensor<2xf32>
  %r = act.relu %z : tensor<2xf32>
  return %r : tensor<2xf32>
}

// 0/0, at x = y = 0.
// CHECK-DAG: quotient.layer1 relu |........................| 1 unknown
// REAL-DAG: quotient.layer1 relu |........................| 1 unknown
func.func @quotient(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [0.0]>}, %y: tensor<1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1xf32> {
  %z = arith.divf %x, %y : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// Infinities that meet give NaN, which is still there behind the next relu, and
// behind a sum of products.
// CHECK-DAG: meeting.layer2 relu |........................| 1 unknown
// CHECK-DAG: meeting.layer4 relu |........................| 1 unknown
// REAL-DAG: meeting.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// REAL-DAG: meeting.layer4 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @meeting(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [10.0]>}) -> tensor<1x1xf32> {
  %k = arith.constant dense<1.0e38> : tensor<1x1xf32>
  %h = arith.constant dense<2.0e38> : tensor<1x1xf32>
  %b = arith.constant dense<-1.0> : tensor<1x1xf32>
  %low = arith.constant dense<2.0> : tensor<1x1xf32>
  %a = arith.mulf %x, %k : tensor<1x1xf32>
  %c = arith.mulf %x, %h : tensor<1x1xf32>
  %d = arith.subf %a, %c : tensor<1x1xf32>
  %p = act.relu %d : tensor<1x1xf32>
  %n = arith.negf %p : tensor<1x1xf32>
  %q = act.relu %n : tensor<1x1xf32>
  %m = arith.minimumf %q, %low : tensor<1x1xf32>
  %z = linalg.matmul ins(%m, %b : tensor<1x1xf32>, tensor<1x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// Sums of products may meet at infinity, too. Those of squares do not, nor is
// their root NaN.
// CHECK-DAG: sums.layer2 relu |........................| 1 unknown
// CHECK-DAG: squares.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
#in = affine_map<(d0, d1) -> (d0, d1)>
#out = affine_map<(d0, d1) -> (d0)>
func.func @sums(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0e38], [1.0e38]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<[[10.0], [-10.0]]> : tensor<2x1xf32>
  %b = arith.constant dense<-1.0> : tensor<1x1xf32>
  %s = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %t = act.sigmoid %s : tensor<1x1xf32>
  %n = arith.negf %t : tensor<1x1xf32>
  %r = act.relu %n : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}
func.func @squares(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0e38], [1.0e38]>}) -> tensor<1xf32> {
  %b = arith.constant dense<0.0> : tensor<1xf32>
  %s = linalg.generic {indexing_maps = [#in, #out], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<1x2xf32>) outs(%b : tensor<1xf32>) {
  ^bb0(%a: f32, %o: f32):
    %q = arith.mulf %a, %a : f32
    %t = arith.addf %o, %q : f32
    linalg.yield %t : f32
  } -> tensor<1xf32>
  %one = arith.constant dense<-1.0> : tensor<1xf32>
  %root = math.sqrt %s : tensor<1xf32>
  %n = arith.negf %root : tensor<1xf32>
  %z = arith.addf %n, %one : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}
