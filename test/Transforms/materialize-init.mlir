// Initializers become constants: what they are drawn from, and which are equal.

// RUN: act-opt %s --act-materialize-init=seed=7 | FileCheck %s --implicit-check-not=act.init
// RUN: act-opt %s --act-materialize-init=seed=8 | FileCheck %s --check-prefix=EIGHT

// CHECK-LABEL: func @without_draws
func.func @without_draws() -> (tensor<8xf32>, tensor<2x3xbf16>, tensor<0xf64>) {
  // CHECK: %[[ZEROS:.*]] = arith.constant dense<0.000000e+00> : tensor<8xf32>
  %zeros = act.init zeros : tensor<8xf32>
  // 0.1 rounded to nearest.
  // CHECK: %[[CONSTANT:.*]] = arith.constant dense<1.000980e-01> : tensor<2x3xbf16>
  %constant = act.init constant {value = 0.1} : tensor<2x3xbf16>
  // CHECK: %[[EMPTY:.*]] = arith.constant dense<> : tensor<0xf64>
  %empty = act.init normal {seed = 3} : tensor<0xf64>
  // CHECK: return %[[ZEROS]], %[[CONSTANT]], %[[EMPTY]]
  return %zeros, %constant, %empty : tensor<8xf32>, tensor<2x3xbf16>, tensor<0xf64>
}

// Equal seeds give equal draws, which a type rounds once.
// CHECK-LABEL: func @seeds
// EIGHT-LABEL: func @seeds
func.func @seeds() {
  // CHECK: dense<[0.42945220538400686, 1.5857725335739927, 0.45645520758884645]> : tensor<3xf64>
  // EIGHT: dense<[0.42945220538400686, 1.5857725335739927, 0.45645520758884645]> : tensor<3xf64>
  %0 = act.init normal {seed = 1} : tensor<3xf64>
  // CHECK: dense<[0.42945220538400686, 1.5857725335739927, 0.45645520758884645]> : tensor<3xf64>
  %1 = act.init normal {seed = 1} : tensor<3xf64>
  // CHECK: dense<[0.429452211, 1.58577251, 0.456455201]> : tensor<3xf32>
  %2 = act.init normal {seed = 1} : tensor<3xf32>
  // CHECK: dense<[4.294430e-01, 1.585940e+00, 4.565430e-01]> : tensor<3xf16>
  %3 = act.init normal {seed = 1} : tensor<3xf16>
  // CHECK: dense<[4.296880e-01, 1.585940e+00, 4.570310e-01]> : tensor<3xbf16>
  %4 = act.init normal {seed = 1} : tensor<3xbf16>
  // CHECK: dense<[-1.4273327179379613, -0.37533409562648173, 0.54893032935278563]> : tensor<3xf64>
  %5 = act.init normal {seed = -1} : tensor<3xf64>
  return
}

// Ops without a seed differ from each other, whatever stands between them.
// CHECK-LABEL: func @by_option
// EIGHT-LABEL: func @by_option
func.func @by_option() {
  // CHECK: dense<[1.31110394, 0.886097967]> : tensor<2xf32>
  // EIGHT-NOT: 1.31110394
  %0 = act.init normal : tensor<2xf32>
  // CHECK: dense<0.000000e+00>
  %1 = act.init zeros : tensor<2xf32>
  // CHECK: dense<[0.429452211, 1.58577251]> : tensor<2xf32>
  %2 = act.init normal {seed = 1} : tensor<2xf32>
  // CHECK: dense<[0.0600791834, 1.65716469]> : tensor<2xf32>
  %3 = act.init normal : tensor<2xf32>
  return
}

// The bits that a seed stands for, scheme by scheme.
// CHECK-LABEL: func @schemes
func.func @schemes() {
  // CHECK: dense<[0.133123145, 0.942005515]> : tensor<2xf32>
  %0 = act.init truncated_normal {lower = -1.0, upper = 1.0, seed = 1} : tensor<2xf32>
  // CHECK: dense<[0.88331080821364261, 0.43152799704851008]> : tensor<2xf64>
  %1 = act.init uniform {lower = 0.0, upper = 1.0, seed = 0} : tensor<2xf64>
  // CHECK{LITERAL}: dense<[[-0.88788557, 0.460064352], [-0.460064352, -0.88788557]]> : tensor<2x2xf32>
  %2 = act.init orthogonal {seed = 3} : tensor<2x2xf32>
  // CHECK{LITERAL}: dense<[[-0.856835842, -0.384020507], [0.739744961, 0.890945971]]> : tensor<2x2xf32>
  %3 = act.init randomized_asymmetric {seed = 3} : tensor<2x2xf32>
  // CHECK: dense<-0.386549652> : tensor<f32>
  %4 = act.init torch_default {fan_in = 4, seed = 3} : tensor<f32>
  return
}

// f16 has no number nearer to 0.3 below it than 0.2998; the law begins at 0.3.
// CHECK-LABEL: func @inside_the_support
func.func @inside_the_support() {
  // CHECK: dense<3.000490e-01> : tensor<4xf16>
  %0 = act.init uniform {lower = 0.3, upper = 0.3001, seed = 0} : tensor<4xf16>
  return
}
