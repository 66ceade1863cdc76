// No verdict may rest on the formula alone where executing it leaves the reals:
// a value on the way may overflow, or round, or a compiler may reorder it.

// RUN: act-lint %s --semantics=real --fail-on=never | FileCheck %s --check-prefix=REAL
// RUN: act-lint %s --semantics=ieee --fail-on=never | FileCheck %s --check-prefix=IEEE

// x * 10 is infinite in f32, and so is the result.
// REAL: inner_overflow.layer1 {{.*}} 1 dead
// IEEE: inner_overflow.layer1 {{.*}} 1 unknown
#id = affine_map<(d0) -> (d0)>
func.func @inner_overflow(%x: tensor<1xf32> {act.domain = #act.box<[1.0e38], [3.0e38]>}) -> tensor<1xf32> {
  %c10 = arith.constant 10.0 : f32
  %c3 = arith.constant 0.001 : f32
  %b = arith.constant 1.0e37 : f32
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1xf32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%x : tensor<1xf32>) outs(%e : tensor<1xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.mulf %a, %c10 : f32
    %u = arith.mulf %t, %c3 : f32
    %v = arith.subf %u, %b : f32
    %m = arith.maximumf %v, %zero : f32
    linalg.yield %m : f32
  } -> tensor<1xf32>
  return %r : tensor<1xf32>
}

// The same where all values stay finite is still proved.
// REAL: inner_finite.layer1 {{.*}} 1 dead
// IEEE: inner_finite.layer1 {{.*}} 1 dead
func.func @inner_finite(%x: tensor<1xf32> {act.domain = #act.box<[1.0e36], [3.0e37]>}) -> tensor<1xf32> {
  %c10 = arith.constant 10.0 : f32
  %c3 = arith.constant 0.001 : f32
  %b = arith.constant 1.0e37 : f32
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1xf32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%x : tensor<1xf32>) outs(%e : tensor<1xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.mulf %a, %c10 : f32
    %u = arith.mulf %t, %c3 : f32
    %v = arith.subf %u, %b : f32
    %m = arith.maximumf %v, %zero : f32
    linalg.yield %m : f32
  } -> tensor<1xf32>
  return %r : tensor<1xf32>
}

// exp(x) is infinite in f32, and 0 times it NaN, though the formula is x - 2.
// REAL: inner_nan.layer1 {{.*}} 1 stably active
// IEEE: inner_nan.layer1 {{.*}} 1 unknown
func.func @inner_nan(%x: tensor<1xf32> {act.domain = #act.box<[90.0], [100.0]>}) -> tensor<1xf32> {
  %c2 = arith.constant 2.0 : f32
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1xf32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%x : tensor<1xf32>) outs(%e : tensor<1xf32>) {
  ^bb0(%a: f32, %o: f32):
    %p = math.exp %a : f32
    %q = arith.mulf %p, %zero : f32
    %u = arith.addf %q, %a : f32
    %v = arith.subf %u, %c2 : f32
    %m = arith.maximumf %v, %zero : f32
    linalg.yield %m : f32
  } -> tensor<1xf32>
  return %r : tensor<1xf32>
}

// An input of unknown domain may be infinite: 0 * x is then NaN, which is not below 1.
// REAL: lost_input.layer1 {{.*}} 1 dead
// IEEE: lost_input.layer1 {{.*}} 1 unknown
func.func @lost_input(%x: tensor<1xf32>) -> tensor<1xf32> {
  %zero = arith.constant dense<0.0> : tensor<1xf32>
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %q = arith.mulf %x, %zero : tensor<1xf32>
  %v = arith.subf %q, %one : tensor<1xf32>
  %r = act.relu %v : tensor<1xf32>
  return %r : tensor<1xf32>
}

// The factor is rounded to f16, where 40020 becomes 40032.
// REAL: rounded_factor.layer1 {{.*}} 1 dead
// IEEE: rounded_factor.layer1 {{.*}} 1 unknown
func.func @rounded_factor(%x: tensor<1x1xf32> {act.domain = #act.box<[40020.0], [40020.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<0.001> : tensor<1x1xf32>
  %b = arith.constant dense<-40.025> : tensor<1x1xf32>
  %z = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>], iterator_types = ["parallel", "parallel", "reduction"]} ins(%x, %w : tensor<1x1xf32>, tensor<1x1xf32>) outs(%b : tensor<1x1xf32>) {
  ^bb0(%p: f32, %q: f32, %o: f32):
    %h = arith.truncf %p : f32 to f16
    %e = arith.extf %h : f16 to f32
    %m = arith.mulf %e, %q : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// The square of 1 + 2^-12 is c + 2^-24, which rounds to c = 1 + 2^-11: relu gets
// 0, but 2^-24 if the subtraction is contracted.
// REAL: contracted.layer2 {{.*}} 1 stably active
// IEEE: contracted.layer2 {{.*}} 1 unknown
func.func @contracted(%x: tensor<1xf32> {act.domain = #act.box<[1.000244140625], [1.000244140625]>}) -> tensor<1xf32> {
  %c = arith.constant dense<0x3F801000> : tensor<1xf32>
  %t = arith.mulf %x, %x fastmath<contract> : tensor<1xf32>
  %u = arith.subf %t, %c fastmath<contract> : tensor<1xf32>
  %r = act.relu %u : tensor<1xf32>
  return %r : tensor<1xf32>
}

// Flags that promise the absence of NaN, infinities or the sign of 0 change
// no finite value.
// REAL: promised.layer1 {{.*}} 1 dead
// IEEE: promised.layer1 {{.*}} 1 dead
func.func @promised(%x: tensor<1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1xf32> {
  %c = arith.constant dense<2.0> : tensor<1xf32>
  %u = arith.subf %x, %c fastmath<nnan, ninf, nsz> : tensor<1xf32>
  %r = act.relu %u : tensor<1xf32>
  return %r : tensor<1xf32>
}

// Over the reals a partial sum beyond the doubles leaves no bound, but poisons
// nothing: the sum is -5e307.
// REAL: partial_sum.layer1 {{.*}} 1 {{dead|unknown}}
// IEEE: partial_sum.layer1 {{.*}} 1 unknown
func.func @partial_sum(%x: tensor<1x4xf64> {act.domain = #act.box<[1.0], [1.0]>}) -> tensor<1x1xf64> {
  %w = arith.constant dense<[[1.0e308], [1.0e308], [-1.0e308], [-1.5e308]]> : tensor<4x1xf64>
  %b = arith.constant dense<0.0> : tensor<1x1xf64>
  %z = linalg.matmul ins(%x, %w : tensor<1x4xf64>, tensor<4x1xf64>) outs(%b : tensor<1x1xf64>) -> tensor<1x1xf64>
  %r = act.relu %z : tensor<1x1xf64>
  return %r : tensor<1x1xf64>
}
