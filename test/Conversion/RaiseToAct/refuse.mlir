// RUN: act-opt --raise-to-act --remarks-filter='.*' %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: act-opt --raise-to-act %s | FileCheck %s
// RUN: act-opt --raise-to-act=ignore-nan %s | FileCheck %s --check-prefix=IGNORE

// Each refusal and its reason.

// REMARK: [Missed] refused {{.*}}"not raised to act.relu: a NaN input gives 0, not NaN; the option ignore-nan or the flag nnan allows it"
// CHECK-LABEL: func @ordered(
// CHECK: arith.cmpf
// IGNORE-LABEL: func @ordered(
// IGNORE: act.relu
func.func @ordered(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %c = arith.cmpf ogt, %x, %zero : f32
  %r = arith.select %c, %x, %zero : f32
  return %r : f32
}

// REMARK: "not raised to act.relu: a NaN input gives 0, not NaN
// CHECK-LABEL: func @maxnum(
// CHECK: arith.maxnumf
// IGNORE-LABEL: func @maxnum(
// IGNORE: act.relu
func.func @maxnum(%x: bf16) -> bf16 {
  %zero = arith.constant 0.0 : bf16
  %r = arith.maxnumf %x, %zero : bf16
  return %r : bf16
}

// REMARK: "not raised to act.relu6: a NaN input gives 6, not NaN
// CHECK-LABEL: func @minnum(
// CHECK: arith.minnumf
// IGNORE-LABEL: func @minnum(
// IGNORE: act.relu6
func.func @minnum(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %six = arith.constant 6.0 : f32
  %m = arith.minnumf %x, %six : f32
  %r = arith.maximumf %m, %zero : f32
  return %r : f32
}

// What math.clampf makes of NaN is its lowering's choice.
// REMARK: "not raised to act.relu6: it is unknown what a NaN input gives
// CHECK-LABEL: func @clampf(
// CHECK: math.clampf
// IGNORE-LABEL: func @clampf(
// IGNORE: act.relu6
func.func @clampf(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %six = arith.constant 6.0 : f32
  %r = math.clampf %x to [%zero, %six] : f32
  return %r : f32
}

// With nnan on the comparison its result is poison for NaN.
// REMARK: raised to act.relu: equal in the reals
// CHECK-LABEL: func @flagged(
// CHECK: act.relu
func.func @flagged(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %c = arith.cmpf ogt, %x, %zero fastmath<nnan> : f32
  %r = arith.select %c, %x, %zero : f32
  return %r : f32
}

// The flag is on the side that NaN does not take.
// REMARK: "not raised to act.leaky_relu {alpha = 2}: a NaN input gives
// CHECK-LABEL: func @flagged_side(
// CHECK-NOT: act.
// CHECK: return
func.func @flagged_side(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %two = arith.constant 2.0 : f32
  %m = arith.mulf %x, %two fastmath<nnan> : f32
  %p = arith.maxnumf %x, %zero : f32
  %c = arith.cmpf olt, %x, %zero : f32
  %r = arith.select %c, %m, %p : f32
  return %r : f32
}

// REMARK: [Missed] near {{.*}}"nearly act.gelu_tanh: differs by 2.85e-06 at {{.*}}, where f32 allows {{.*}}e-0
// CHECK-LABEL: func @gelu_tanh_with_another_constant(
// CHECK-NOT: act.gelu
// CHECK: return
// IGNORE-LABEL: func @gelu_tanh_with_another_constant(
// IGNORE-NOT: act.gelu
// IGNORE: return
func.func @gelu_tanh_with_another_constant(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %k = arith.constant 0.04471 : f32
  %l = arith.constant 0.797884583 : f32
  %x2 = arith.mulf %x, %x : f32
  %x3 = arith.mulf %x2, %x : f32
  %m = arith.mulf %x3, %k : f32
  %s = arith.addf %x, %m : f32
  %u = arith.mulf %s, %l : f32
  %t = math.tanh %u : f32
  %p = arith.addf %t, %one : f32
  %h = arith.mulf %x, %half : f32
  %r = arith.mulf %h, %p : f32
  return %r : f32
}

// Beyond the sieve's points it is no relu.
// REMARK: "raised to act.clamp {min = 0, max = 100}
// CHECK-LABEL: func @bounded_relu(
// CHECK: act.clamp %{{.*}} {max = 1.000000e+02 : f64, min = 0.000000e+00 : f64} : f32
func.func @bounded_relu(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %k = arith.constant 100.0 : f32
  %p = arith.maximumf %x, %zero : f32
  %c = arith.cmpf ogt, %x, %k : f32
  %r = arith.select %c, %k, %p : f32
  return %r : f32
}

// A jump far out.
// REMARK: [Missed] near {{.*}}"nearly act.relu: differs by
// CHECK-LABEL: func @jump(
// CHECK: arith.select
func.func @jump(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %k = arith.constant 1000.0 : f32
  %b = arith.cmpf ult, %x, %k : f32
  %p = arith.maximumf %x, %zero : f32
  %d = arith.addf %p, %k : f32
  %r = arith.select %b, %p, %d : f32
  return %r : f32
}

// x is rounded to bf16 on the way.
// CHECK-LABEL: func @narrowed(
// CHECK: arith.truncf
// CHECK: act.relu %{{.*}} : bf16
// CHECK: arith.extf
func.func @narrowed(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : bf16
  %t = arith.truncf %x : f32 to bf16
  %m = arith.maximumf %t, %zero : bf16
  %r = arith.extf %m : bf16 to f32
  return %r : f32
}

// A direction of rounding is kept: the chain ends in front of it.
// CHECK-LABEL: func @directed(
// CHECK: act.sigmoid {{.*}} : f32
// CHECK: arith.truncf {{.*}} upward
func.func @directed(%x: bf16) -> bf16 {
  %one = arith.constant 1.0 : f32
  %w = arith.extf %x : bf16 to f32
  %n = arith.negf %w : f32
  %e = math.exp %n : f32
  %d = arith.addf %e, %one : f32
  %s = arith.divf %one, %d : f32
  %r = arith.truncf %s upward : f32 to bf16
  return %r : bf16
}

// Polynomials are arithmetic.
// CHECK-LABEL: func @polynomial(
// CHECK-NOT: act.
// CHECK: return
func.func @polynomial(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %s = arith.mulf %x, %x : f32
  %r = arith.addf %s, %one : f32
  return %r : f32
}

// REMARK-NOT: row-wise
// REMARK: "no row-wise activation: a maximum does not start from -inf or the lowest number"
// CHECK-LABEL: func @softmax_from_zero(
// CHECK-NOT: softmax
// CHECK: return
func.func @softmax_from_zero(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %zero = arith.constant 0.0 : f32
  %e1 = tensor.empty() : tensor<4xf32>
  %e2 = tensor.empty() : tensor<4x8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e1 : tensor<4xf32>) -> tensor<4xf32>
  %m = linalg.reduce { arith.maximumf } ins(%x : tensor<4x8xf32>) outs(%f : tensor<4xf32>) dimensions = [1]
  %mb = linalg.broadcast ins(%m : tensor<4xf32>) outs(%e2 : tensor<4x8xf32>) dimensions = [1]
  %d = linalg.sub ins(%x, %mb : tensor<4x8xf32>, tensor<4x8xf32>) outs(%e2 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %e = linalg.exp ins(%d : tensor<4x8xf32>) outs(%e2 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %s = linalg.reduce { arith.addf } ins(%e : tensor<4x8xf32>) outs(%f : tensor<4xf32>) dimensions = [1]
  %sb = linalg.broadcast ins(%s : tensor<4xf32>) outs(%e2 : tensor<4x8xf32>) dimensions = [1]
  %r = linalg.div ins(%e, %sb : tensor<4x8xf32>, tensor<4x8xf32>) outs(%e2 : tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// REMARK-NOT: row-wise
// REMARK: "no row-wise activation: no maximum of the row is subtracted"
// CHECK-LABEL: func @softmax_without_maximum(
// CHECK-NOT: softmax
// CHECK: return
func.func @softmax_without_maximum(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %e = tosa.exp %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %s = tosa.reduce_sum %e {axis = 1 : i32} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  %i = tosa.reciprocal %s : (tensor<4x1xf32>) -> tensor<4x1xf32>
  %r = tosa.mul %e, %i, %shift : (tensor<4x8xf32>, tensor<4x1xf32>, tensor<1xi8>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// The roundings of a body count.
// CHECK-LABEL: func @rounded_body(
// CHECK: arith.truncf
// IGNORE-LABEL: func @rounded_body(
// IGNORE: arith.truncf
func.func @rounded_body(%x: tensor<8xf32>) -> tensor<8xf32> {
  %c0 = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<8xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%x : tensor<8xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.truncf %a : f32 to bf16
    %w = arith.extf %t : bf16 to f32
    %m = arith.maximumf %w, %c0 : f32
    linalg.yield %m : f32
  } -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// x + 1.5 * 2^23 - 1.5 * 2^23 is x rounded to an integer.
// CHECK-LABEL: func @rounded_to_integer(
// CHECK: %[[INTEGER:.*]] = arith.subf
// CHECK: act.relu %[[INTEGER]]
// IGNORE-LABEL: func @rounded_to_integer(
// IGNORE: arith.subf
func.func @rounded_to_integer(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %magic = arith.constant 12582912.0 : f32
  %a = arith.addf %x, %magic : f32
  %b = arith.subf %a, %magic : f32
  %r = arith.maximumf %b, %zero : f32
  return %r : f32
}

// The constant may be what gives the result its size.
// CHECK-LABEL: func @sized_by_constant(
// CHECK: tosa.maximum
// IGNORE-LABEL: func @sized_by_constant(
// IGNORE: tosa.maximum
func.func @sized_by_constant(%x: tensor<?x3xf32>) -> tensor<?x3xf32> {
  %zero = "tosa.const"() {values = dense<0.0> : tensor<4x3xf32>} : () -> tensor<4x3xf32>
  %r = tosa.maximum %x, %zero : (tensor<?x3xf32>, tensor<4x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
