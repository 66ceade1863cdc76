// RUN: act-opt --raise-to-act %s | FileCheck %s

// Relu in every spelling that gives NaN for NaN.

// CHECK-LABEL: func @relu_maximum(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu_maximum(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %r = arith.maximumf %x, %zero : f32
  return %r : f32
}

// CHECK-LABEL: func @relu_maximum_swapped(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu_maximum_swapped(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %r = arith.maximumf %zero, %x : f32
  return %r : f32
}

// CHECK-LABEL: func @relu_ugt_x_zero_x(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu_ugt_x_zero_x(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %c = arith.cmpf ugt, %x, %zero : f32
  %r = arith.select %c, %x, %zero : f32
  return %r : f32
}

// CHECK-LABEL: func @relu_uge_x_zero_x(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu_uge_x_zero_x(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %c = arith.cmpf uge, %x, %zero : f32
  %r = arith.select %c, %x, %zero : f32
  return %r : f32
}

// CHECK-LABEL: func @relu_ult_zero_x_x(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu_ult_zero_x_x(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %c = arith.cmpf ult, %zero, %x : f32
  %r = arith.select %c, %x, %zero : f32
  return %r : f32
}

// CHECK-LABEL: func @relu_ule_zero_x_x(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu_ule_zero_x_x(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %c = arith.cmpf ule, %zero, %x : f32
  %r = arith.select %c, %x, %zero : f32
  return %r : f32
}

// CHECK-LABEL: func @relu_olt_x_zero_zero(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu_olt_x_zero_zero(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %c = arith.cmpf olt, %x, %zero : f32
  %r = arith.select %c, %zero, %x : f32
  return %r : f32
}

// CHECK-LABEL: func @relu_ole_x_zero_zero(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu_ole_x_zero_zero(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %c = arith.cmpf ole, %x, %zero : f32
  %r = arith.select %c, %zero, %x : f32
  return %r : f32
}

// CHECK-LABEL: func @relu_ogt_zero_x_zero(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu_ogt_zero_x_zero(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %c = arith.cmpf ogt, %zero, %x : f32
  %r = arith.select %c, %zero, %x : f32
  return %r : f32
}

// CHECK-LABEL: func @relu_oge_zero_x_zero(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu_oge_zero_x_zero(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %c = arith.cmpf oge, %zero, %x : f32
  %r = arith.select %c, %zero, %x : f32
  return %r : f32
}

// CHECK-LABEL: func @relu_abs(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu_abs(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %a = math.absf %x : f32
  %s = arith.addf %x, %a : f32
  %r = arith.mulf %s, %half : f32
  return %r : f32
}

// CHECK-LABEL: func @relu_abs_div(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu_abs_div(%x: f32) -> f32 {
  %two = arith.constant 2.0 : f32
  %a = math.absf %x : f32
  %s = arith.addf %a, %x : f32
  %r = arith.divf %s, %two : f32
  return %r : f32
}
