// The bias of a layer with a residual is that of the sum, where nothing else
// reads what it starts.

// RUN: split-file %s %t
// RUN: act-opt %t/sums.mlir --act-fix-dead-relu --remarks-filter=act-fix-dead-relu -o %t/fixed.mlir 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: FileCheck %s < %t/fixed.mlir
// RUN: act-opt %t/sums.mlir --act-fix-dead-relu=strategy=sign-flip --remarks-filter=act-fix-dead-relu 2>&1 >/dev/null | FileCheck %s --check-prefix=FLIP
// FLIP: residual.layer1{{.*}}expected constant weights and no other summand than the bias

// Functions are judged by themselves, with the domains that are theirs; where
// one calls another the module is judged.
// RUN: act-opt %t/functions.mlir --act-fix-dead-relu='domain=0:[-1,1]' | FileCheck %s --check-prefix=FUNCTIONS
// RUN: %exit-code 1 act-opt %t/sums.mlir --act-fix-dead-relu='domain=0:[-1,1]' 2>&1 | FileCheck %s --check-prefix=NOWHERE
// NOWHERE: error: expected a function 'main' or a single public function for the domain, got 4 functions
// RUN: act-opt %t/calls.mlir --act-fix-dead-relu | FileCheck %s --check-prefix=CALLS

//--- sums.mlir
// x + W x + b with bounds [-6, -2] of unit 0.
// REMARK: residual.layer1{{.*}}unit 0: bias -4 -> -1.6
// CHECK-LABEL: @residual
// CHECK: dense<{{\[\[}}-1.60000{{.*}}, 5.000000e-01]]>
func.func @residual(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[1.0, 0.0], [0.0, 1.0]]> : tensor<2x2xf32>
  %b = arith.constant dense<[[-4.0, 0.5]]> : tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %z = arith.addf %x, %m : tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// The bias of a convolution of TOSA is an operand with a number for each
// channel: 1 x1 - 2 and -2 x1 + 0.5.
// REMARK: convolution.layer1{{.*}}unit 0: bias -2 -> -0.9
// CHECK-LABEL: @convolution
// CHECK: "tosa.const"() <{values = dense<[-0.90000{{.*}}, 5.000000e-01]> : tensor<2xf32>}>
func.func @convolution(%x: tensor<1x1x1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x1x1x2xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[1.0]]], [[[-2.0]]]]> : tensor<2x1x1x1xf32>}> : () -> tensor<2x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<[-2.0, 0.5]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %m = tosa.conv2d %x, %w, %b, %zp, %zp {acc_type = f32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x1x1x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x2xf32>
  %r = tosa.clamp %m {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x1x1x2xf32>) -> tensor<1x1x1x2xf32>
  return %r : tensor<1x1x1x2xf32>
}

// W x + b - x with bounds [-5, -3] of unit 0.
// REMARK: difference.layer1{{.*}}unit 0: bias
// CHECK-LABEL: @difference
// CHECK: dense<{{\[\[}}{{-8.00000.*e-01|-0.8.*|-7.99999.*e-01}}, 5.000000e-01]]>
func.func @difference(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[2.0, 0.0], [0.0, 2.0]]> : tensor<2x2xf32>
  %b = arith.constant dense<[[-4.0, 0.5]]> : tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %z = arith.subf %m, %x : tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// W x + b is a result as well.
// REMARK: read_twice.layer1{{.*}}unit 0: expected a constant bias with an element for each unit
// CHECK-LABEL: @read_twice
// CHECK: dense<{{\[\[}}-4.000000e+00, 5.000000e-01]]>
func.func @read_twice(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> (tensor<1x2xf32>, tensor<1x2xf32>) {
  %w = arith.constant dense<[[1.0, 0.0], [0.0, 1.0]]> : tensor<2x2xf32>
  %b = arith.constant dense<[[-4.0, 0.5]]> : tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %z = arith.addf %x, %m : tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %m, %r : tensor<1x2xf32>, tensor<1x2xf32>
}

//--- functions.mlir
// The domain of the option is that of main: [-6, -4] becomes [-1.8, 0.2].
// FUNCTIONS-LABEL: @other
// FUNCTIONS: dense<-2.800000e+00>
// FUNCTIONS-LABEL: @main
// FUNCTIONS: dense<-0.8000{{.*}}>
func.func @other(%x: tensor<1xf32> {act.domain = #act.box<[1.0], [3.0]>}) -> tensor<1xf32> {
  %b = arith.constant dense<-5.0> : tensor<1xf32>
  %z = arith.addf %x, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}
func.func @main(%x: tensor<1xf32>) -> tensor<1xf32> {
  %b = arith.constant dense<-5.0> : tensor<1xf32>
  %z = arith.addf %x, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

//--- calls.mlir
// Bounds of the callee are those of its call: [-4, -2] becomes [-1.8, 0.2].
// CALLS-LABEL: func.func private @layer
// CALLS: dense<-2.800000e+00>
func.func private @layer(%x: tensor<1xf32>) -> tensor<1xf32> {
  %b = arith.constant dense<-5.0> : tensor<1xf32>
  %z = arith.addf %x, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}
func.func @main(%x: tensor<1xf32> {act.domain = #act.box<[1.0], [3.0]>}) -> tensor<1xf32> {
  %y = func.call @layer(%x) : (tensor<1xf32>) -> tensor<1xf32>
  return %y : tensor<1xf32>
}
