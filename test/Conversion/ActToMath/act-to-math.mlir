// RUN: act-opt %s --act-to-math --split-input-file | FileCheck %s

// A formula that rounds at most once stays in its own type.

// CHECK-LABEL: func @relu
// CHECK-SAME: (%[[X:.*]]: vector<8xf32>)
func.func @relu(%x: vector<8xf32>) -> vector<8xf32> {
  // CHECK: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : vector<8xf32>
  // CHECK: %[[Y:.*]] = arith.maximumf %[[X]], %[[ZERO]] : vector<8xf32>
  // CHECK: return %[[Y]]
  %0 = act.relu %x : vector<8xf32>
  return %0 : vector<8xf32>
}

// -----

// NaN takes the branch that holds x.

// CHECK-LABEL: func @leaky_relu
// CHECK-SAME: (%[[X:.*]]: f32)
func.func @leaky_relu(%x: f32) -> f32 {
  // CHECK-DAG: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
  // CHECK-DAG: %[[P:.*]] = arith.cmpf ult, %[[ZERO]], %[[X]] : f32
  // CHECK-DAG: %[[S:.*]] = arith.mulf %{{.*}} : f32
  // CHECK: arith.select %[[P]], %[[X]], %[[S]] : f32
  %0 = act.leaky_relu %x : f32
  return %0 : f32
}

// -----

// One that rounds often is computed in f64 and rounded at the end.

// CHECK-LABEL: func @gelu
// CHECK-SAME: (%[[X:.*]]: f32)
func.func @gelu(%x: f32) -> f32 {
  // CHECK: %[[W:.*]] = arith.extf %[[X]] : f32 to f64
  // CHECK: math.erfc %{{.*}} : f64
  // The limit at -inf, where -inf * 0 is NaN, is -0.
  // CHECK: arith.cmpf oeq, %[[W]], %{{.*}} : f64
  // CHECK: %[[Y:.*]] = arith.select
  // CHECK: %[[R:.*]] = arith.truncf %[[Y]] : f64 to f32
  // CHECK: return %[[R]]
  %0 = act.gelu %x : f32
  return %0 : f32
}

// -----

// There is no direct conversion from f64 to bf16 in run-time libraries.

// CHECK-LABEL: func @silu_bf16
func.func @silu_bf16(%x: vector<[4]xbf16>) -> vector<[4]xbf16> {
  // CHECK: arith.extf %{{.*}} : vector<{{\[}}4]xbf16> to vector<{{\[}}4]xf64>
  // CHECK: arith.truncf %{{.*}} : vector<{{\[}}4]xf64> to vector<{{\[}}4]xf32>
  // CHECK: arith.truncf %{{.*}} : vector<{{\[}}4]xf32> to vector<{{\[}}4]xbf16>
  %0 = act.silu %x : vector<[4]xbf16>
  return %0 : vector<[4]xbf16>
}

// -----

// CHECK-LABEL: func @gated
// CHECK-NOT: act.
// CHECK: return
func.func @gated(%v: tensor<4xf64>, %g: tensor<4xf64>) -> tensor<4xf64> {
  %0 = act.swiglu %v gate %g : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}

// -----

// CHECK-LABEL: func @map
// CHECK-SAME: (%[[X:.*]]: f64)
func.func @map(%x: f64) -> f64 {
  // CHECK: %[[S:.*]] = math.sin %[[X]] : f64
  // CHECK: %[[Q:.*]] = arith.mulf %[[S]], %[[S]] : f64
  // CHECK: %[[Y:.*]] = arith.addf %[[X]], %[[Q]] : f64
  // CHECK: return %[[Y]]
  %0 = act.map %x : f64 {
  ^bb0(%a: f64):
    %s = math.sin %a : f64
    %q = arith.mulf %s, %s : f64
    %r = arith.addf %a, %q : f64
    act.yield %r : f64
  }
  return %0 : f64
}

// -----

// NaN is neither side of a step, and the slope of a line knows none.

// CHECK-LABEL: func @derivative_step
// CHECK-SAME: (%[[X:.*]]: f32)
// CHECK-DAG: %[[NAN:.*]] = arith.constant 0x7FC00000 : f32
// CHECK: %[[POSITIVE:.*]] = arith.cmpf olt, %{{.*}}, %[[X]]
// CHECK: %[[STEP:.*]] = arith.select %[[POSITIVE]]
// CHECK: %[[UNORDERED:.*]] = arith.cmpf uno, %{{.*}}, %[[X]]
// CHECK: arith.select %[[UNORDERED]], %[[NAN]], %[[STEP]]
func.func @derivative_step(%x: f32) -> f32 {
  %0 = act.derivative "act.relu" %x : f32
  return %0 : f32
}

// CHECK-LABEL: func @derivative_line
// CHECK-SAME: (%[[X:.*]]: f32)
// CHECK: %[[ONE:.*]] = arith.constant 1.0
// CHECK: %[[ISNAN:.*]] = arith.cmpf uno, %[[X]], %[[X]]
// CHECK: arith.select %[[ISNAN]], %[[X]], %[[ONE]]
func.func @derivative_line(%x: f32) -> f32 {
  %0 = act.derivative "act.identity" %x : f32
  return %0 : f32
}
