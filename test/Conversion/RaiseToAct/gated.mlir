// RUN: act-opt --raise-to-act %s | FileCheck %s

// Activations that are x times a gate.

// CHECK-LABEL: func @gelu_mul(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.gelu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @gelu_mul(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %k = arith.constant 0.7071067690849304 : f32
  %a = arith.mulf %x, %k : f32
  %e = math.erf %a : f32
  %p = arith.addf %one, %e : f32
  %q = arith.mulf %p, %half : f32
  %r = arith.mulf %x, %q : f32
  return %r : f32
}

// CHECK-LABEL: func @gelu_div(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.gelu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @gelu_div(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %k = arith.constant 1.4142135381698608 : f32
  %a = arith.divf %x, %k : f32
  %e = math.erf %a : f32
  %p = arith.addf %one, %e : f32
  %q = arith.mulf %x, %p : f32
  %r = arith.mulf %half, %q : f32
  return %r : f32
}

// CHECK-LABEL: func @gelu_half_first(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.gelu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @gelu_half_first(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %k = arith.constant 1.4142135381698608 : f32
  %h = arith.mulf %x, %half : f32
  %a = arith.divf %x, %k : f32
  %e = math.erf %a : f32
  %p = arith.addf %one, %e : f32
  %r = arith.mulf %h, %p : f32
  return %r : f32
}

// CHECK-LABEL: func @gelu_erfc(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.gelu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @gelu_erfc(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %k = arith.constant 0.7071067690849304 : f32
  %n = arith.negf %x : f32
  %a = arith.mulf %n, %k : f32
  %e = math.erfc %a : f32
  %h = arith.mulf %x, %half : f32
  %r = arith.mulf %h, %e : f32
  return %r : f32
}

// CHECK-LABEL: func @gelu_tanh_mul(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.gelu_tanh %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @gelu_tanh_mul(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %k = arith.constant 0.044714998453855515 : f32
  %l = arith.constant 0.7978845834732056 : f32
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

// CHECK-LABEL: func @gelu_tanh_pow(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.gelu_tanh %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @gelu_tanh_pow(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %three = arith.constant 3.0 : f32
  %k = arith.constant 0.044714998453855515 : f32
  %l = arith.constant 0.7978845834732056 : f32
  %x3 = math.powf %x, %three : f32
  %m = arith.mulf %x3, %k : f32
  %s = arith.addf %x, %m : f32
  %u = arith.mulf %s, %l : f32
  %t = math.tanh %u : f32
  %p = arith.addf %t, %one : f32
  %h = arith.mulf %x, %half : f32
  %r = arith.mulf %h, %p : f32
  return %r : f32
}

// CHECK-LABEL: func @gelu_tanh_inner(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.gelu_tanh %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @gelu_tanh_inner(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %k = arith.constant 0.044714998453855515 : f32
  %l = arith.constant 0.7978845834732056 : f32
  %x2 = arith.mulf %x, %x : f32
  %m = arith.mulf %x2, %k : f32
  %m1 = arith.addf %m, %one : f32
  %ml = arith.mulf %x, %l : f32
  %u = arith.mulf %ml, %m1 : f32
  %t = math.tanh %u : f32
  %p = arith.addf %t, %one : f32
  %h = arith.mulf %p, %half : f32
  %r = arith.mulf %h, %x : f32
  return %r : f32
}

// CHECK-LABEL: func @quick_gelu(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.quick_gelu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @quick_gelu(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %k = arith.constant 1.7020000219345093 : f32
  %u = arith.mulf %x, %k : f32
  %n = arith.negf %u : f32
  %e = math.exp %n : f32
  %d = arith.addf %e, %one : f32
  %g = arith.divf %one, %d : f32
  %r = arith.mulf %x, %g : f32
  return %r : f32
}

// CHECK-LABEL: func @swish_1701(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.swish %[[X]] {alpha = 1.7009999752044678 : f64} : f32
// CHECK-NEXT: return %[[Y]]
func.func @swish_1701(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %k = arith.constant 1.7009999752044678 : f32
  %u = arith.mulf %x, %k : f32
  %n = arith.negf %u : f32
  %e = math.exp %n : f32
  %d = arith.addf %e, %one : f32
  %g = arith.divf %one, %d : f32
  %r = arith.mulf %x, %g : f32
  return %r : f32
}

// CHECK-LABEL: func @swish_f16c(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.swish %[[X]] {alpha = 1.7021484375 : f64} : f32
// CHECK-NEXT: return %[[Y]]
func.func @swish_f16c(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %k = arith.constant 1.7021484375 : f32
  %u = arith.mulf %x, %k : f32
  %n = arith.negf %u : f32
  %e = math.exp %n : f32
  %d = arith.addf %e, %one : f32
  %g = arith.divf %one, %d : f32
  %r = arith.mulf %x, %g : f32
  return %r : f32
}

// CHECK-LABEL: func @silu(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.silu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @silu(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %n = arith.negf %x : f32
  %e = math.exp %n : f32
  %d = arith.addf %one, %e : f32
  %r = arith.divf %x, %d : f32
  return %r : f32
}

// CHECK-LABEL: func @silu_mul(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.silu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @silu_mul(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %n = arith.negf %x : f32
  %e = math.exp %n : f32
  %d = arith.addf %one, %e : f32
  %g = arith.divf %one, %d : f32
  %r = arith.mulf %g, %x : f32
  return %r : f32
}

// CHECK-LABEL: func @silu_tanh(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.silu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @silu_tanh(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %h = arith.mulf %x, %half : f32
  %t = math.tanh %h : f32
  %p = arith.addf %t, %one : f32
  %r = arith.mulf %h, %p : f32
  return %r : f32
}

// CHECK-LABEL: func @mish(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.mish %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @mish(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %a = math.absf %x : f32
  %n = arith.negf %a : f32
  %e = math.exp %n : f32
  %l1 = math.log1p %e : f32
  %m = arith.maximumf %x, %zero : f32
  %sp = arith.addf %m, %l1 : f32
  %t = math.tanh %sp : f32
  %r = arith.mulf %x, %t : f32
  return %r : f32
}

// CHECK-LABEL: func @mish_naive(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.mish %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @mish_naive(%x: f32) -> f32 {
  %e = math.exp %x : f32
  %l1 = math.log1p %e : f32
  %t = math.tanh %l1 : f32
  %r = arith.mulf %x, %t : f32
  return %r : f32
}

// CHECK-LABEL: func @mish_ratio(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.mish %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @mish_ratio(%x: f32) -> f32 {
  %two = arith.constant 2.0 : f32
  %e = math.exp %x : f32
  %e2 = arith.addf %e, %two : f32
  %n = arith.mulf %e, %e2 : f32
  %d = arith.addf %n, %two : f32
  %q = arith.divf %n, %d : f32
  %r = arith.mulf %x, %q : f32
  return %r : f32
}
