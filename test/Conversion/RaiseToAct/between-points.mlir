// RUN: act-opt --raise-to-act --remarks-filter='.*' %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: act-opt --raise-to-act %s | FileCheck %s

// What equals an activation at many points and is another function between
// them stays.

// A plateau from 20 to 28.
// REMARK: [Missed] unproved {{.*}}"not raised to act.tanh: equal at all points compared, but not provably between them"
// CHECK-LABEL: func @plateau(
// CHECK: %[[Q:.*]] = arith.divf
// CHECK: %[[S:.*]] = arith.addf %{{.*}}, %[[Q]]
// CHECK: return %[[S]]
func.func @plateau(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %c20 = arith.constant 20.0 : f32
  %c28 = arith.constant 28.0 : f32
  %k = arith.constant 30.0 : f32
  %nk = arith.constant -30.0 : f32
  %t = math.tanh %x : f32
  %a = arith.subf %x, %c20 : f32
  %a1 = arith.mulf %a, %nk : f32
  %ea = math.exp %a1 : f32
  %b = arith.subf %x, %c28 : f32
  %b1 = arith.mulf %b, %k : f32
  %eb = math.exp %b1 : f32
  %s = arith.addf %ea, %eb : f32
  %s1 = arith.addf %s, %one : f32
  %q = arith.divf %one, %s1 : f32
  %r = arith.addf %t, %q : f32
  return %r : f32
}

// A spike at 2.515625, between the points of a grid.
// REMARK: [Missed] unproved {{.*}}"not raised to act.tanh
// CHECK-LABEL: func @spike(
// CHECK: %[[S:.*]] = arith.addf
// CHECK: return %[[S]]
func.func @spike(%x: f32) -> f32 {
  %c = arith.constant 2.515625 : f32
  %k = arith.constant 10000.0 : f32
  %t = math.tanh %x : f32
  %a = arith.subf %x, %c : f32
  %b = arith.mulf %a, %k : f32
  %s = arith.mulf %b, %b : f32
  %n = arith.negf %s : f32
  %e = math.exp %n : f32
  %r = arith.addf %t, %e : f32
  return %r : f32
}

// A wave with its zeros on a grid.
// REMARK: [Missed] unproved {{.*}}"not raised to act.tanh
// CHECK-LABEL: func @wave(
// CHECK: %[[Q:.*]] = arith.divf
// CHECK: %[[S:.*]] = arith.addf %{{.*}}, %[[Q]]
// CHECK: return %[[S]]
func.func @wave(%x: f64) -> f64 {
  %half = arith.constant 0.5 : f64
  %one = arith.constant 1.0 : f64
  %w = arith.constant 201.06192982974676 : f64
  %t = math.tanh %x : f64
  %wx = arith.mulf %x, %w : f64
  %s = math.sin %wx : f64
  %x2 = arith.mulf %x, %x : f64
  %x4 = arith.mulf %x2, %x2 : f64
  %x8 = arith.mulf %x4, %x4 : f64
  %d = arith.addf %x8, %one : f64
  %m = arith.mulf %x4, %half : f64
  %n = arith.mulf %m, %s : f64
  %q = arith.divf %n, %d : f64
  %r = arith.addf %t, %q : f64
  return %r : f64
}

// 0/0 at one number, where the activation has a value.
// CHECK-LABEL: func @hole(
// CHECK: %[[S:.*]] = arith.divf
// CHECK: return %[[S]]
func.func @hole(%x: f32) -> f32 {
  %c = arith.constant 3.3 : f32
  %t = math.tanh %x : f32
  %a = arith.subf %x, %c : f32
  %b = arith.mulf %a, %t : f32
  %r = arith.divf %b, %a : f32
  return %r : f32
}

// A step of one number.
// CHECK-LABEL: func @one_number(
// CHECK: arith.select
func.func @one_number(%x: f32) -> f32 {
  %c = arith.constant 3.3 : f32
  %zero = arith.constant 0.0 : f32
  %m = arith.maximumf %x, %zero : f32
  %is = arith.cmpf ueq, %x, %c : f32
  %r = arith.select %is, %zero, %m : f32
  return %r : f32
}

// The constant is three ulps beside that of gelu: within half an ulp of the
// result at small x, not far out.
// CHECK-LABEL: func @gelu_beside(
// CHECK-NOT: act.gelu
// CHECK: return
func.func @gelu_beside(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %k = arith.constant 0.70710695 : f32
  %a = arith.mulf %x, %k : f32
  %e = math.erf %a : f32
  %p = arith.addf %one, %e : f32
  %q = arith.mulf %p, %half : f32
  %r = arith.mulf %x, %q : f32
  return %r : f32
}

// Beyond 20 the difference is far below half an ulp of f32, not of f64.
// CHECK-LABEL: func @softplus_threshold_f64(
// CHECK: arith.select
func.func @softplus_threshold_f64(%x: f64) -> f64 {
  %k = arith.constant 20.0 : f64
  %e = math.exp %x : f64
  %l = math.log1p %e : f64
  %c = arith.cmpf ogt, %x, %k : f64
  %r = arith.select %c, %x, %l : f64
  return %r : f64
}
