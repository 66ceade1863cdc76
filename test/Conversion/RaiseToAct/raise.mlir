// RUN: act-opt --raise-to-act %s | FileCheck %s

// Activations of exponentials: constants in f32, any order of operands.

// CHECK-LABEL: func @sigmoid(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.sigmoid %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @sigmoid(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %n = arith.negf %x : f32
  %e = math.exp %n : f32
  %d = arith.addf %e, %one : f32
  %r = arith.divf %one, %d : f32
  return %r : f32
}

// CHECK-LABEL: func @sigmoid_tanh(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.sigmoid %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @sigmoid_tanh(%x: f32) -> f32 {
  %half = arith.constant 0.5 : f32
  %n = arith.mulf %x, %half : f32
  %e = math.tanh %n : f32
  %d = arith.mulf %e, %half : f32
  %r = arith.addf %d, %half : f32
  return %r : f32
}

// CHECK-LABEL: func @sigmoid_exp(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.sigmoid %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @sigmoid_exp(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %e = math.exp %x : f32
  %d = arith.addf %e, %one : f32
  %r = arith.divf %e, %d : f32
  return %r : f32
}

// CHECK-LABEL: func @tanh(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.tanh %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @tanh(%x: f32) -> f32 {
  %r = math.tanh %x : f32
  return %r : f32
}

// CHECK-LABEL: func @tanh_exp(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.tanh %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @tanh_exp(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %two = arith.constant 2.0 : f32
  %t = arith.mulf %x, %two : f32
  %e = math.exp %t : f32
  %a = arith.subf %e, %one : f32
  %b = arith.addf %e, %one : f32
  %r = arith.divf %a, %b : f32
  return %r : f32
}

// CHECK-LABEL: func @softplus(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.softplus %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @softplus(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %e = math.exp %x : f32
  %d = arith.addf %e, %one : f32
  %r = math.log %d : f32
  return %r : f32
}

// CHECK-LABEL: func @softplus_log1p(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.softplus %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @softplus_log1p(%x: f32) -> f32 {
  %e = math.exp %x : f32
  %r = math.log1p %e : f32
  return %r : f32
}

// CHECK-LABEL: func @softplus_stable(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.softplus %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @softplus_stable(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %a = math.absf %x : f32
  %n = arith.negf %a : f32
  %e = math.exp %n : f32
  %l1 = math.log1p %e : f32
  %m = arith.maximumf %x, %zero : f32
  %r = arith.addf %m, %l1 : f32
  return %r : f32
}

// CHECK-LABEL: func @softplus_threshold(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.softplus %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @softplus_threshold(%x: f32) -> f32 {
  %k = arith.constant 20.0 : f32
  %e = math.exp %x : f32
  %l1 = math.log1p %e : f32
  %c = arith.cmpf ogt, %x, %k : f32
  %r = arith.select %c, %x, %l1 : f32
  return %r : f32
}

// CHECK-LABEL: func @softplus_beta(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.softplus %[[X]] {beta = 3.000000e+00 : f64} : f32
// CHECK-NEXT: return %[[Y]]
func.func @softplus_beta(%x: f32) -> f32 {
  %three = arith.constant 3.0 : f32
  %b = arith.mulf %x, %three : f32
  %e = math.exp %b : f32
  %l1 = math.log1p %e : f32
  %r = arith.divf %l1, %three : f32
  return %r : f32
}

// CHECK-LABEL: func @elu(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.elu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @elu(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %e = math.expm1 %x : f32
  %c = arith.cmpf ogt, %x, %zero : f32
  %r = arith.select %c, %x, %e : f32
  return %r : f32
}

// CHECK-LABEL: func @elu_exp(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.elu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @elu_exp(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %e = math.exp %x : f32
  %e1 = arith.subf %e, %one : f32
  %c = arith.cmpf ogt, %x, %zero : f32
  %r = arith.select %c, %x, %e1 : f32
  return %r : f32
}

// CHECK-LABEL: func @elu_alpha(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.elu %[[X]] {alpha = 0.37000000476837158 : f64} : f32
// CHECK-NEXT: return %[[Y]]
func.func @elu_alpha(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %k = arith.constant 0.3700000047683716 : f32
  %e = math.expm1 %x : f32
  %e1 = arith.mulf %e, %k : f32
  %c = arith.cmpf ogt, %x, %zero : f32
  %r = arith.select %c, %x, %e1 : f32
  return %r : f32
}

// CHECK-LABEL: func @selu(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.selu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @selu(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %k = arith.constant 1.6732631921768188 : f32
  %l = arith.constant 1.0507010221481323 : f32
  %e = math.expm1 %x : f32
  %e1 = arith.mulf %e, %k : f32
  %c = arith.cmpf ogt, %x, %zero : f32
  %s = arith.select %c, %x, %e1 : f32
  %r = arith.mulf %s, %l : f32
  return %r : f32
}

// CHECK-LABEL: func @selu_product(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.selu %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @selu_product(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %k = arith.constant 1.7580993175506592 : f32
  %l = arith.constant 1.0507010221481323 : f32
  %e = math.expm1 %x : f32
  %e1 = arith.mulf %e, %k : f32
  %s1 = arith.mulf %x, %l : f32
  %c = arith.cmpf ogt, %x, %zero : f32
  %r = arith.select %c, %s1, %e1 : f32
  return %r : f32
}

// CHECK-LABEL: func @logsigmoid(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-NEXT: %[[Y:.*]] = act.log_sigmoid %[[X]] : f32
// CHECK-NEXT: return %[[Y]]
func.func @logsigmoid(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %n = arith.negf %x : f32
  %e = math.exp %n : f32
  %d = arith.addf %one, %e : f32
  %g = arith.divf %one, %d : f32
  %r = math.log %g : f32
  return %r : f32
}
