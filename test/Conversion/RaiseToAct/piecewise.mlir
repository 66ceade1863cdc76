// RUN: act-opt --raise-to-act %s | FileCheck %s

// Activations of straight pieces.

// CHECK-LABEL: func @leaky_select(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.leaky_relu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @leaky_select(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %k = arith.constant 0.009999999776482582 : f32
  %c = arith.cmpf ogt, %x, %zero : f32
  %m = arith.mulf %x, %k : f32
  %r = arith.select %c, %x, %m : f32
  return %r : f32
}

// CHECK-LABEL: func @leaky_max(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.leaky_relu %[[X]] {alpha = 0.20000000298023224 : f64} : f32
// CHECK-NEXT: return %[[Y]]
func.func @leaky_max(%x: f32) -> f32 {
  %k = arith.constant 0.20000000298023224 : f32
  %m = arith.mulf %x, %k : f32
  %r = arith.maximumf %x, %m : f32
  return %r : f32
}

// CHECK-LABEL: func @leaky_sum(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.leaky_relu %[[X]] {alpha = 0.37000000476837158 : f64} : f32
// CHECK-NEXT: return %[[Y]]
func.func @leaky_sum(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %k = arith.constant 0.3700000047683716 : f32
  %p = arith.maximumf %x, %zero : f32
  %n = arith.minimumf %x, %zero : f32
  %m = arith.mulf %n, %k : f32
  %r = arith.addf %p, %m : f32
  return %r : f32
}

// CHECK-LABEL: func @relu6(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu6 %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu6(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %six = arith.constant 6.0 : f32
  %p = arith.maximumf %x, %zero : f32
  %r = arith.minimumf %p, %six : f32
  return %r : f32
}

// CHECK-LABEL: func @relu6_swapped(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu6 %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu6_swapped(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %six = arith.constant 6.0 : f32
  %p = arith.minimumf %x, %six : f32
  %r = arith.maximumf %p, %zero : f32
  return %r : f32
}

// CHECK-LABEL: func @clamp(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.clamp %[[X]] {max = 3.500000e+00 : f64, min = -2.000000e+00 : f64} : f32
// CHECK-NEXT: return %[[Y]]
func.func @clamp(%x: f32) -> f32 {
  %k = arith.constant -2.0 : f32
  %l = arith.constant 3.5 : f32
  %p = arith.maximumf %x, %k : f32
  %r = arith.minimumf %p, %l : f32
  return %r : f32
}

// CHECK-LABEL: func @clip_1(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.hard_tanh %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @clip_1(%x: f32) -> f32 {
  %k = arith.constant -1.0 : f32
  %l = arith.constant 1.0 : f32
  %p = arith.maximumf %x, %k : f32
  %r = arith.minimumf %p, %l : f32
  return %r : f32
}

// CHECK-LABEL: func @hard_sigmoid(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.hard_sigmoid %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @hard_sigmoid(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %three = arith.constant 3.0 : f32
  %six = arith.constant 6.0 : f32
  %a = arith.addf %x, %three : f32
  %b = arith.maximumf %a, %zero : f32
  %c = arith.minimumf %b, %six : f32
  %r = arith.divf %c, %six : f32
  return %r : f32
}

// CHECK-LABEL: func @hard_sigmoid_mul(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.hard_sigmoid %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @hard_sigmoid_mul(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %three = arith.constant 3.0 : f32
  %six = arith.constant 6.0 : f32
  %k = arith.constant 0.1666666716337204 : f32
  %a = arith.addf %x, %three : f32
  %b = arith.maximumf %a, %zero : f32
  %c = arith.minimumf %b, %six : f32
  %r = arith.mulf %c, %k : f32
  return %r : f32
}

// CHECK-LABEL: func @hard_sigmoid_onnx(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.hard_sigmoid %[[X]] {alpha = 0.20000000298023224 : f64} : f32
// CHECK-NEXT: return %[[Y]]
func.func @hard_sigmoid_onnx(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %k = arith.constant 0.20000000298023224 : f32
  %a = arith.mulf %x, %k : f32
  %s = arith.addf %a, %half : f32
  %b = arith.maximumf %s, %zero : f32
  %r = arith.minimumf %b, %one : f32
  return %r : f32
}

// CHECK-LABEL: func @hard_swish(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.hard_swish %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @hard_swish(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %three = arith.constant 3.0 : f32
  %six = arith.constant 6.0 : f32
  %a = arith.addf %x, %three : f32
  %b = arith.maximumf %a, %zero : f32
  %c = arith.minimumf %b, %six : f32
  %d = arith.divf %c, %six : f32
  %r = arith.mulf %x, %d : f32
  return %r : f32
}

// CHECK-LABEL: func @hard_swish_first(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.hard_swish %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @hard_swish_first(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %three = arith.constant 3.0 : f32
  %six = arith.constant 6.0 : f32
  %a = arith.addf %x, %three : f32
  %b = arith.maximumf %a, %zero : f32
  %c = arith.minimumf %b, %six : f32
  %d = arith.mulf %x, %c : f32
  %r = arith.divf %d, %six : f32
  return %r : f32
}

// CHECK-LABEL: func @bounded(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.clamp %[[X]] {max = 1.000000e+02 : f64, min = 0.000000e+00 : f64} : f32
// CHECK-NEXT: return %[[Y]]
func.func @bounded(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %k = arith.constant 100.0 : f32
  %c = arith.cmpf ogt, %x, %k : f32
  %p = arith.maximumf %x, %zero : f32
  %r = arith.select %c, %k, %p : f32
  return %r : f32
}

// CHECK-LABEL: func @relu_squared(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.relu_squared %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @relu_squared(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %p = arith.maximumf %x, %zero : f32
  %r = arith.mulf %p, %p : f32
  return %r : f32
}

// CHECK-LABEL: func @softsign(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.soft_sign %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @softsign(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %a = math.absf %x : f32
  %d = arith.addf %a, %one : f32
  %r = arith.divf %x, %d : f32
  return %r : f32
}
