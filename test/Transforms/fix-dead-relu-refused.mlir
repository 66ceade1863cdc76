// Layers whose dead units stay, and why; the program does not change.

// RUN: act-opt %s --act-fix-dead-relu --remarks-filter=act-fix-dead-relu --verify-diagnostics -o %t.mlir
// RUN: act-opt %s -o %t.before.mlir
// RUN: diff %t.before.mlir %t.mlir
// RUN: act-opt %s --act-fix-dead-relu=strategy=sign-flip --remarks-filter=act-fix-dead-relu 2>&1 >/dev/null | FileCheck %s --check-prefix=FLIP
// RUN: act-opt %s --act-fix-dead-relu=strategy=leaky --remarks-filter=act-fix-dead-relu 2>&1 >/dev/null | FileCheck %s --check-prefix=LEAKY
// RUN: %exit-code 1 act-opt %s --act-fix-dead-relu=alpha=0 2>&1 | FileCheck %s --check-prefix=ALPHA
// RUN: %exit-code 1 act-opt %s --act-fix-dead-relu=tau=2 2>&1 | FileCheck %s --check-prefix=TAU

// RUN: %exit-code 1 act-opt %s --act-fix-dead-relu=probability=1 2>&1 | FileCheck %s --check-prefix=PROBABILITY
// RUN: %exit-code 1 act-opt %s --act-fix-dead-relu=strategy=replace 2>&1 | FileCheck %s --check-prefix=NAMELESS
// RUN: %exit-code 1 act-opt %s --act-fix-dead-relu='strategy=replace activation=act.relu6' 2>&1 | FileCheck %s --check-prefix=RELU6
// RUN: %exit-code 1 act-opt %s --act-fix-dead-relu='strategy=replace activation=threshold' 2>&1 | FileCheck %s --check-prefix=THRESHOLD

// An option of another strategy.
// RUN: %exit-code 1 act-opt %s --act-fix-dead-relu='strategy=recentre tau=0.5' 2>&1 | FileCheck %s --check-prefix=OTHER
// RUN: %exit-code 1 act-opt %s --act-fix-dead-relu=seed=1 2>&1 | FileCheck %s --check-prefix=SEED

// No weights are left to draw.
// RUN: act-opt %s --act-fix-dead-relu=strategy=initialize --remarks-filter=act-fix-dead-relu 2>&1 >/dev/null | FileCheck %s --check-prefix=DRAWN

// OTHER: error: expected strategy=bias-lift with the option 'tau'
// SEED: error: expected strategy=reinitialize or initialize with the option 'seed'
// DRAWN: [Missed] no_bias.layer1{{.*}}expected max(x, 0) of a sum of products with weights that are act.init ops
// ALPHA: error: expected 0 < alpha < 1, 0 < tau <= 1 and 0 < probability < 1, got 0.00, 0.10 and 0.50
// TAU: error: expected 0 < alpha < 1, 0 < tau <= 1 and 0 < probability < 1, got 0.01, 2.00 and 0.50
// PROBABILITY: error: expected 0 < alpha < 1, 0 < tau <= 1 and 0 < probability < 1, got 0.01, 0.10 and 1.00
// NAMELESS: error: expected the name of an activation of one variable, got ''
// RELU6: error: expected an activation with a gradient everywhere, got 'relu6', which has none on (-inf, 0] u [6, inf)
// THRESHOLD: error: expected an activation whose parameters have defaults, got 'threshold'

// FLIP: no_bias.layer1{{.*}}expected a constant bias with an element for each unit
func.func @no_bias(%x: tensor<1x1xf32> {act.domain = #act.box<[1.0], [2.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[-1.0, 2.0]]> : tensor<1x2xf32>
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x2xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2xf32>) -> tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%f : tensor<1x2xf32>) -> tensor<1x2xf32>
  // expected-remark @below {{unit 0: expected a constant bias with an element for each unit}}
  %r = act.relu %m : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// One number for both units.
func.func @one_bias(%x: tensor<1x1x1xf32> {act.domain = #act.box<[1.0], [2.0]>}, %w: tensor<1x1x2xf32> {act.domain = #act.box<[-1.0], [0.0]>}) -> tensor<1x1x2xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<-1.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %m = tosa.matmul %x, %w, %zp, %zp : (tensor<1x1x1xf32>, tensor<1x1x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  %a = tosa.add %m, %b : (tensor<1x1x2xf32>, tensor<1x1x1xf32>) -> tensor<1x1x2xf32>
  // expected-remark @below {{units 0, 1: expected a constant bias with an element for each unit}}
  %r = act.relu %a : tensor<1x1x2xf32>
  return %r : tensor<1x1x2xf32>
}

func.func @unbounded(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  %b = arith.constant dense<[[-1.0, 1.0]]> : tensor<1x2xf32>
  %s = act.relu %x : tensor<1x2xf32>
  %n = arith.negf %s : tensor<1x2xf32>
  %a = arith.addf %n, %b : tensor<1x2xf32>
  // expected-remark @below {{unit 0: expected units with finite bounds: state a bounded domain}}
  %r = act.relu %a : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// No bias makes a unit depend on the input.
func.func @constant(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[0.0, 2.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[[-1.0, -1.0]]> : tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  // expected-remark @below {{unit 0: expected units that depend on the input}}
  %r = act.relu %m : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// A dead zone above: to lower the bias is no fix of a relu.
// LEAKY: above.layer1{{.*}}expected max(x, 0)
func.func @above(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<1.0> : tensor<1x1xf32>
  %b = arith.constant dense<2.0> : tensor<1x1xf32>
  %zero = arith.constant dense<0.0> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  // expected-remark @below {{unit 0: expected a dead zone that reaches to minus infinity}}
  %r = arith.minimumf %m, %zero : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}
