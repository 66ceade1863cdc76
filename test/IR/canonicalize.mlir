// RUN: act-opt %s --canonicalize --split-input-file | FileCheck %s

// An op that names a special case of a general one by its parameters.

// CHECK-LABEL: func @aliases
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>)
func.func @aliases(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) {
  // CHECK-DAG: %[[SILU:.*]] = act.silu %[[X]]
  %silu = act.swish %x : tensor<?xf32>
  // CHECK-DAG: %[[RELU6:.*]] = act.relu6 %[[X]]
  %relu6 = act.clamp %x {min = 0.0, max = 6.0} : tensor<?xf32>
  // CHECK-DAG: %[[RELU:.*]] = act.relu %[[X]]
  %relu = act.leaky_relu %x {alpha = 0.0} : tensor<?xf32>
  // CHECK-DAG: %[[CLAMPED:.*]] = act.relu %[[X]]
  %clamped = act.clamp %x {min = 0.0} : tensor<?xf32>
  // CHECK-DAG: %[[TANH:.*]] = act.tanh %[[X]]
  %tanh = act.scaled_tanh %x {alpha = 1.0, beta = 1.0} : tensor<?xf32>
  // CHECK-DAG: %[[LEAKY:.*]] = act.leaky_relu %[[X]]
  %leaky = act.leaky_relu %x : tensor<?xf32>
  // CHECK-DAG: %[[SWISH:.*]] = act.swish %[[X]] {alpha = 2.000000e+00 : f64}
  %swish = act.swish %x {alpha = 2.0} : tensor<?xf32>
  // CHECK: return %[[SILU]], %[[RELU6]], %[[RELU]], %[[CLAMPED]], %[[TANH]], %[[LEAKY]], %[[SWISH]]
  return %silu, %relu6, %relu, %clamped, %tanh, %leaky, %swish : tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
}

// -----

// CHECK-LABEL: func @identities
// CHECK-SAME: (%[[X:.*]]: vector<4xf16>)
func.func @identities(%x: vector<4xf16>) -> (vector<4xf16>, vector<4xf16>, vector<4xf16>) {
  %identity = act.identity %x : vector<4xf16>
  %affine = act.affine %x {alpha = 1.0, beta = 0.0} : vector<4xf16>
  %unbounded = act.clamp %x : vector<4xf16>
  // CHECK: return %[[X]], %[[X]], %[[X]]
  return %identity, %affine, %unbounded : vector<4xf16>, vector<4xf16>, vector<4xf16>
}

// -----

// The outer op changes no value of the inner one's range.

// CHECK-LABEL: func @no_change
// CHECK-SAME: (%[[X:.*]]: f32)
func.func @no_change(%x: f32) -> (f32, f32, f32, f32, f32) {
  // CHECK-DAG: %[[RELU:.*]] = act.relu %[[X]]
  %relu = act.relu %x : f32
  %relu_relu = act.relu %relu : f32
  // CHECK-DAG: %[[SIGMOID:.*]] = act.sigmoid %[[X]]
  %sigmoid = act.sigmoid %x : f32
  %relu_sigmoid = act.relu %sigmoid : f32
  %clamp_sigmoid = act.clamp %sigmoid {min = 0.0, max = 1.0} : f32
  // CHECK-DAG: %[[TANH:.*]] = act.tanh %[[X]]
  %tanh = act.tanh %x : f32
  %hard_tanh = act.hard_tanh %tanh : f32
  // CHECK-DAG: %[[SQUARE:.*]] = act.square %[[X]]
  %square = act.square %x : f32
  %abs = act.abs %square : f32
  // CHECK: return %[[RELU]], %[[SIGMOID]], %[[SIGMOID]], %[[TANH]], %[[SQUARE]]
  return %relu_relu, %relu_sigmoid, %clamp_sigmoid, %hard_tanh, %abs : f32, f32, f32, f32, f32
}

// -----

// Selections of selections are one.

// CHECK-LABEL: func @merged
// CHECK-SAME: (%[[X:.*]]: f32)
func.func @merged(%x: f32) -> (f32, f32, f32) {
  // CHECK-DAG: %[[A:.*]] = act.clamp %[[X]] {max = 4.000000e+00 : f64, min = 1.000000e+00 : f64}
  %0 = act.clamp %x {min = -1.0, max = 6.0} : f32
  %1 = act.clamp %0 {min = 1.0, max = 4.0} : f32
  // CHECK-DAG: %[[B:.*]] = act.relu6 %[[X]]
  %2 = act.relu %x : f32
  %3 = act.clamp %2 {max = 6.0} : f32
  %4 = act.relu6 %2 : f32
  // CHECK: return %[[A]], %[[B]], %[[B2:.*]] : f32
  return %1, %3, %4 : f32, f32, f32
}

// -----

// Attributes that are no parameters stay: an accuracy, and what others wrote.

// CHECK-LABEL: func @attributes
// CHECK-SAME: (%[[X:.*]]: f32)
func.func @attributes(%x: f32) -> (f32, f32) {
  // CHECK-DAG: act.silu %[[X]] {accuracy = #act.accuracy<ulp = 6.000000e-01>, my.note = "kept"}
  %0 = act.swish %x {alpha = 1.0, accuracy = #act.accuracy<ulp = 0.6>, my.note = "kept"} : f32
  // CHECK-DAG: act.relu6 %[[X]] {my.inner = 1 : i64, my.note = "outer"}
  %1 = act.relu %x {my.inner = 1, my.note = "inner"} : f32
  %2 = act.clamp %1 {max = 6.0, my.note = "outer"} : f32
  return %0, %2 : f32, f32
}

// -----

// What must stay.

// CHECK-LABEL: func @unchanged
func.func @unchanged(%x: f32) -> (f32, f32, f32, f32) {
  // A range that reaches below zero.
  // CHECK: act.gelu
  %gelu = act.gelu %x : f32
  // CHECK-NEXT: act.relu
  %relu = act.relu %gelu : f32
  // A constant would lose the NaN of x: relu(-relu(x)) is 0 or NaN.
  // CHECK-NEXT: act.log_sigmoid
  %log = act.log_sigmoid %x : f32
  // CHECK-NEXT: act.relu
  %zero = act.relu %log : f32
  // Two leaky slopes are another function than one.
  // CHECK-NEXT: act.leaky_relu
  %leaky = act.leaky_relu %x : f32
  // CHECK-NEXT: act.leaky_relu
  %leaky2 = act.leaky_relu %leaky : f32
  // A slope that is nearly 1.702 is no quick_gelu.
  // CHECK-NEXT: act.swish {{.*}} {alpha = 1.701000e+00 : f64}
  %swish = act.swish %x {alpha = 1.701} : f32
  return %relu, %zero, %leaky2, %swish : f32, f32, f32, f32
}

// 0.3 is no number of f32, and the one beside it is larger: what the inner op
// gives is not below the threshold of the outer one, as its exact value is.

// CHECK-LABEL: func @rounded_constants
func.func @rounded_constants(%x: f32) -> (f32, f32, f32) {
  // CHECK: act.clamp
  // CHECK: act.threshold
  %0 = act.clamp %x {max = 0.3} : f32
  %1 = act.threshold %0 {threshold = 0.3, value = 5.0} : f32
  // CHECK: act.clamp
  // CHECK: act.threshold
  %2 = act.clamp %x {min = -0.3} : f32
  %3 = act.threshold %2 {threshold = -0.3000000001, value = 7.0} : f32
  // What is not below -0.3 is not below -0.5 when it is rounded, either.
  // CHECK: %[[C:.*]] = act.clamp
  // CHECK-NOT: act.threshold
  %4 = act.clamp %x {min = -0.3} : f32
  %5 = act.threshold %4 {threshold = -0.5, value = 7.0} : f32
  return %1, %3, %5 : f32, f32, f32
}
