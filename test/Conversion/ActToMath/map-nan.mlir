// RUN: act-opt --act-to-math %s | FileCheck %s
// RUN: act-opt --act-synthesize=isa=avx2 %s | FileCheck %s --check-prefix=FORM

// What a map gives for NaN is what its body gives.

// CHECK-LABEL: func @zero(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
// CHECK: %[[NAN:.*]] = arith.cmpf uno, %[[X]], %[[X]] : f32
// CHECK: arith.select %[[NAN]], %[[ZERO]], %{{.*}} : f32
// FORM-LABEL: func @zero(
// FORM: act.map
func.func @zero(%x: f32) -> f32 {
  %y = act.map %x : f32 {
  ^bb0(%a: f32):
    %zero = arith.constant 0.0 : f32
    %c = arith.cmpf ogt, %a, %zero : f32
    %e = math.exp %a : f32
    %r = arith.select %c, %e, %zero : f32
    act.yield %r : f32
  }
  return %y : f32
}

// CHECK-LABEL: func @five(
// CHECK: %[[FIVE:.*]] = arith.constant dense<5.000000e+00> : vector<4xf32>
// CHECK: %[[NAN:.*]] = arith.cmpf uno
// CHECK: arith.select %[[NAN]], %[[FIVE]]
func.func @five(%x: vector<4xf32>) -> vector<4xf32> {
  %y = act.map %x : vector<4xf32> {
  ^bb0(%a: f32):
    %five = arith.constant 5.0 : f32
    %c = arith.cmpf une, %a, %a : f32
    %r = arith.select %c, %five, %a : f32
    act.yield %r : f32
  }
  return %y : vector<4xf32>
}

// CHECK-LABEL: func @maxnum(
// CHECK: arith.cmpf uno
// CHECK: arith.select
func.func @maxnum(%x: f32) -> f32 {
  %y = act.map %x : f32 {
  ^bb0(%a: f32):
    %zero = arith.constant 0.0 : f32
    %r = arith.maxnumf %a, %zero : f32
    act.yield %r : f32
  }
  return %y : f32
}

// The formula is 1 and knows no NaN.
// CHECK-LABEL: func @lost(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK: %[[NAN:.*]] = arith.cmpf uno, %[[X]], %[[X]] : f32
// CHECK: arith.select %[[NAN]], %[[X]], %{{.*}} : f32
func.func @lost(%x: f32) -> f32 {
  %y = act.map %x : f32 {
  ^bb0(%a: f32):
    %zero = arith.constant 0.0 : f32
    %one = arith.constant 1.0 : f32
    %m = arith.mulf %a, %zero : f32
    %r = arith.addf %m, %one : f32
    act.yield %r : f32
  }
  return %y : f32
}

// FORM-LABEL: func @lost_of_two(
// FORM: act.map
// CHECK-LABEL: func @lost_of_two(
// CHECK-SAME: %{{.*}}: f32, %[[Y:[^:]*]]:
// CHECK: %[[NAN:.*]] = arith.cmpf uno, %[[Y]], %[[Y]] : f32
// CHECK: arith.select %[[NAN]], %[[Y]], %{{.*}} : f32
func.func @lost_of_two(%x: f32, %y: f32) -> f32 {
  %r = act.map %x, %y : f32 {
  ^bb0(%a: f32, %b: f32):
    %d = arith.subf %b, %b : f32
    %e = math.exp %a : f32
    %s = arith.addf %e, %d : f32
    act.yield %s : f32
  }
  return %r : f32
}

// NaN comes through the side that is taken: nothing is added.
// CHECK-LABEL: func @unordered(
// CHECK-NOT: arith.cmpf uno
// CHECK: return
func.func @unordered(%x: f32) -> f32 {
  %y = act.map %x : f32 {
  ^bb0(%a: f32):
    %zero = arith.constant 0.0 : f32
    %c = arith.cmpf ugt, %a, %zero : f32
    %r = arith.select %c, %a, %zero : f32
    act.yield %r : f32
  }
  return %y : f32
}

// CHECK-LABEL: func @no_nan(
// CHECK-NOT: arith.cmpf uno
// CHECK: return
func.func @no_nan(%x: f32) -> f32 {
  %y = act.map %x : f32 {
  ^bb0(%a: f32):
    %zero = arith.constant 0.0 : f32
    %c = arith.cmpf ogt, %a, %zero fastmath<nnan> : f32
    %r = arith.select %c, %a, %zero : f32
    act.yield %r : f32
  }
  return %y : f32
}
