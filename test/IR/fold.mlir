// RUN: act-opt %s --canonicalize | FileCheck %s

// Constants fold to the value rounded once to their format.

// CHECK-LABEL: func @formats
func.func @formats() -> (f16, bf16, f32, f64) {
  %a = arith.constant -1.0 : f16
  %b = arith.constant -1.0 : bf16
  %c = arith.constant -1.0 : f32
  %d = arith.constant -1.0 : f64
  // gelu(-1) = -0.158655253931457051...
  // CHECK-DAG: arith.constant -1.586910e-01 : f16
  %0 = act.gelu %a : f16
  // CHECK-DAG: arith.constant -1.582030e-01 : bf16
  %1 = act.gelu %b : bf16
  // CHECK-DAG: arith.constant -0.158655256 : f32
  %2 = act.gelu %c : f32
  // CHECK-DAG: arith.constant -0.15865525393145705 : f64
  %3 = act.gelu %d : f64
  return %0, %1, %2, %3 : f16, bf16, f32, f64
}

// Where every fast gelu has lost its tail.

// CHECK-LABEL: func @tail
func.func @tail() -> f32 {
  %x = arith.constant -13.0 : f32
  // CHECK: arith.constant -7.95231385E-38 : f32
  %0 = act.gelu %x : f32
  return %0 : f32
}

// CHECK-LABEL: func @special
func.func @special() -> (tensor<5xf32>, tensor<5xf32>) {
  // -inf, -0, 0, inf, nan
  %x = arith.constant dense<[0xFF800000, -0.0, 0.0, 0x7F800000, 0x7FC00000]> : tensor<5xf32>
  // CHECK-DAG: dense<[-0.000000e+00, -0.000000e+00, 0.000000e+00, 0x7F800000, 0x7FC00000]> : tensor<5xf32>
  %0 = act.silu %x : tensor<5xf32>
  // CHECK-DAG: dense<[0.000000e+00, 0.000000e+00, 0.000000e+00, 0x7F800000, 0x7FC00000]> : tensor<5xf32>
  %1 = act.relu %x : tensor<5xf32>
  return %0, %1 : tensor<5xf32>, tensor<5xf32>
}

// CHECK-LABEL: func @splat
func.func @splat() -> (vector<4xf32>, vector<[4]xf32>, tensor<1000x1000xf32>) {
  %0 = arith.constant dense<6.5> : vector<4xf32>
  %1 = arith.constant dense<2.0> : vector<[4]xf32>
  %2 = arith.constant dense<-2.0> : tensor<1000x1000xf32>
  // CHECK-DAG: dense<6.000000e+00> : vector<4xf32>
  %3 = act.relu6 %0 : vector<4xf32>
  // CHECK-DAG: dense<4.000000e+00> : vector<{{\[}}4]xf32>
  %4 = act.square %1 : vector<[4]xf32>
  // CHECK-DAG: dense<0.000000e+00> : tensor<1000x1000xf32>
  %5 = act.relu %2 : tensor<1000x1000xf32>
  return %3, %4, %5 : vector<4xf32>, vector<[4]xf32>, tensor<1000x1000xf32>
}

// A result that overflows its format.

// CHECK-LABEL: func @overflow
func.func @overflow() -> f16 {
  %x = arith.constant 12.0 : f16
  // CHECK: arith.constant 0x7C00 : f16
  %0 = act.exp %x : f16
  return %0 : f16
}

// CHECK-LABEL: func @not_constant
func.func @not_constant(%x: f32) -> f32 {
  // CHECK: act.relu
  %0 = act.relu %x : f32
  return %0 : f32
}

// gelu(1) = 0.8413 lies between 13/16 and 14/16 of f8E4M3FN, 3/4 and 7/8 of
// f8E5M2. 22^2 = 484 lies beyond the largest number of f8E4M3FN, 448, by more
// than half a step: that is NaN, and infinity in a format that has it.

// CHECK-LABEL: func @eight_bits
func.func @eight_bits() -> (f8E4M3FN, f8E5M2, tensor<2xf8E4M3FN>, f8E5M2) {
  %a = arith.constant 1.0 : f8E4M3FN
  %b = arith.constant 1.0 : f8E5M2
  %c = arith.constant dense<[16.0, 22.0]> : tensor<2xf8E4M3FN>
  %d = arith.constant 448.0 : f8E5M2
  // CHECK-DAG: arith.constant 8.125000e-01 : f8E4M3FN
  %0 = act.gelu %a : f8E4M3FN
  // CHECK-DAG: arith.constant 8.750000e-01 : f8E5M2
  %1 = act.gelu %b : f8E5M2
  // CHECK-DAG: arith.constant dense<[2.560000e+02, 0x7F]> : tensor<2xf8E4M3FN>
  %2 = act.square %c : tensor<2xf8E4M3FN>
  // CHECK-DAG: arith.constant 0x7C : f8E5M2
  %3 = act.square %d : f8E5M2
  return %0, %1, %2, %3 : f8E4M3FN, f8E5M2, tensor<2xf8E4M3FN>, f8E5M2
}

// NaN stays though a parameter leaves nothing of the operand.

// CHECK-LABEL: func @nan_of_constants
func.func @nan_of_constants() -> (tensor<2xf32>, tensor<2xf32>) {
  %x = arith.constant dense<[0x7FC00000, 1.0]> : tensor<2xf32>
  // CHECK-DAG: dense<[0x7FC00000, 3.000000e+00]> : tensor<2xf32>
  %0 = act.affine %x {alpha = 0.0, beta = 3.0} : tensor<2xf32>
  // CHECK-DAG: dense<[0x7FC00000, 0.000000e+00]> : tensor<2xf32>
  %1 = act.scaled_tanh %x {alpha = 0.0, beta = 2.0} : tensor<2xf32>
  return %0, %1 : tensor<2xf32>, tensor<2xf32>
}
