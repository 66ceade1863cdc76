// RUN: act-opt --raise-to-act %s | FileCheck %s

// Constants rounded to the format of the body: the tolerance is that of the format.

// CHECK-LABEL: func @gelu_f16(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.gelu %[[X]] : f16
// CHECK-NEXT: return %[[Y]]
func.func @gelu_f16(%x: f16) -> f16 {
  %half = arith.constant 0.5 : f16
  %one = arith.constant 1.0 : f16
  %k = arith.constant 0.70703125 : f16
  %a = arith.mulf %x, %k : f16
  %e = math.erf %a : f16
  %p = arith.addf %one, %e : f16
  %q = arith.mulf %p, %half : f16
  %r = arith.mulf %x, %q : f16
  return %r : f16
}

// CHECK-LABEL: func @gelu_bf16(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.gelu %[[X]] : bf16
// CHECK-NEXT: return %[[Y]]
func.func @gelu_bf16(%x: bf16) -> bf16 {
  %half = arith.constant 0.5 : bf16
  %one = arith.constant 1.0 : bf16
  %k = arith.constant 0.70703125 : bf16
  %a = arith.mulf %x, %k : bf16
  %e = math.erf %a : bf16
  %p = arith.addf %one, %e : bf16
  %q = arith.mulf %p, %half : bf16
  %r = arith.mulf %x, %q : bf16
  return %r : bf16
}

// CHECK-LABEL: func @gelu_f64(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.gelu %[[X]] : f64
// CHECK-NEXT: return %[[Y]]
func.func @gelu_f64(%x: f64) -> f64 {
  %half = arith.constant 0.5 : f64
  %one = arith.constant 1.0 : f64
  %k = arith.constant 0.7071067811865476 : f64
  %a = arith.mulf %x, %k : f64
  %e = math.erf %a : f64
  %p = arith.addf %one, %e : f64
  %q = arith.mulf %p, %half : f64
  %r = arith.mulf %x, %q : f64
  return %r : f64
}

// CHECK-LABEL: func @gelu_tanh_f16(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.gelu_tanh %[[X]] : f16
// CHECK-NEXT: return %[[Y]]
func.func @gelu_tanh_f16(%x: f16) -> f16 {
  %half = arith.constant 0.5 : f16
  %one = arith.constant 1.0 : f16
  %k = arith.constant 0.044708251953125 : f16
  %l = arith.constant 0.7978515625 : f16
  %x2 = arith.mulf %x, %x : f16
  %x3 = arith.mulf %x2, %x : f16
  %m = arith.mulf %x3, %k : f16
  %s = arith.addf %x, %m : f16
  %u = arith.mulf %s, %l : f16
  %t = math.tanh %u : f16
  %p = arith.addf %t, %one : f16
  %h = arith.mulf %x, %half : f16
  %r = arith.mulf %h, %p : f16
  return %r : f16
}

// CHECK-LABEL: func @gelu_tanh_bf16(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.gelu_tanh %[[X]] : bf16
// CHECK-NEXT: return %[[Y]]
func.func @gelu_tanh_bf16(%x: bf16) -> bf16 {
  %half = arith.constant 0.5 : bf16
  %one = arith.constant 1.0 : bf16
  %k = arith.constant 0.044677734375 : bf16
  %l = arith.constant 0.796875 : bf16
  %x2 = arith.mulf %x, %x : bf16
  %x3 = arith.mulf %x2, %x : bf16
  %m = arith.mulf %x3, %k : bf16
  %s = arith.addf %x, %m : bf16
  %u = arith.mulf %s, %l : bf16
  %t = math.tanh %u : bf16
  %p = arith.addf %t, %one : bf16
  %h = arith.mulf %x, %half : bf16
  %r = arith.mulf %h, %p : bf16
  return %r : bf16
}

// CHECK-LABEL: func @gelu_tanh_f64(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.gelu_tanh %[[X]] : f64
// CHECK-NEXT: return %[[Y]]
func.func @gelu_tanh_f64(%x: f64) -> f64 {
  %half = arith.constant 0.5 : f64
  %one = arith.constant 1.0 : f64
  %k = arith.constant 0.044715 : f64
  %l = arith.constant 0.7978845608028654 : f64
  %x2 = arith.mulf %x, %x : f64
  %x3 = arith.mulf %x2, %x : f64
  %m = arith.mulf %x3, %k : f64
  %s = arith.addf %x, %m : f64
  %u = arith.mulf %s, %l : f64
  %t = math.tanh %u : f64
  %p = arith.addf %t, %one : f64
  %h = arith.mulf %x, %half : f64
  %r = arith.mulf %h, %p : f64
  return %r : f64
}

// CHECK-LABEL: func @quick_gelu_f16(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.quick_gelu %[[X]] : f16
// CHECK-NEXT: return %[[Y]]
func.func @quick_gelu_f16(%x: f16) -> f16 {
  %one = arith.constant 1.0 : f16
  %k = arith.constant 1.7021484375 : f16
  %u = arith.mulf %x, %k : f16
  %n = arith.negf %u : f16
  %e = math.exp %n : f16
  %d = arith.addf %e, %one : f16
  %g = arith.divf %one, %d : f16
  %r = arith.mulf %x, %g : f16
  return %r : f16
}

// CHECK-LABEL: func @quick_gelu_bf16(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.quick_gelu %[[X]] : bf16
// CHECK-NEXT: return %[[Y]]
func.func @quick_gelu_bf16(%x: bf16) -> bf16 {
  %one = arith.constant 1.0 : bf16
  %k = arith.constant 1.703125 : bf16
  %u = arith.mulf %x, %k : bf16
  %n = arith.negf %u : bf16
  %e = math.exp %n : bf16
  %d = arith.addf %e, %one : bf16
  %g = arith.divf %one, %d : bf16
  %r = arith.mulf %x, %g : bf16
  return %r : bf16
}

// CHECK-LABEL: func @selu_bf16(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.selu %[[X]] : bf16
// CHECK-NEXT: return %[[Y]]
func.func @selu_bf16(%x: bf16) -> bf16 {
  %zero = arith.constant 0.0 : bf16
  %k = arith.constant 1.671875 : bf16
  %l = arith.constant 1.046875 : bf16
  %e = math.expm1 %x : bf16
  %e1 = arith.mulf %e, %k : bf16
  %c = arith.cmpf ogt, %x, %zero : bf16
  %s = arith.select %c, %x, %e1 : bf16
  %r = arith.mulf %s, %l : bf16
  return %r : bf16
}
