// RUN: act-opt %s --act-fill-constants="most-bytes=64" --split-input-file | FileCheck %s
// RUN: act-opt %s --act-fill-constants --split-input-file | FileCheck %s --check-prefix=STORED

// An object would hold every element.
// CHECK-LABEL: @large
// CHECK-DAG: %[[NUMBER:.*]] = arith.constant 1.500000e+00 : f32
// CHECK-DAG: %[[EMPTY:.*]] = tensor.empty() : tensor<17xf32>
// CHECK: linalg.fill ins(%[[NUMBER]] : f32) outs(%[[EMPTY]] : tensor<17xf32>)
// STORED-LABEL: @large
// STORED: arith.constant dense<1.500000e+00> : tensor<17xf32>
func.func @large() -> tensor<17xf32> {
  %c = arith.constant dense<1.5> : tensor<17xf32>
  return %c : tensor<17xf32>
}

// -----

// CHECK-LABEL: @small
// CHECK: arith.constant dense<1.500000e+00> : tensor<16xf32>
func.func @small() -> tensor<16xf32> {
  %c = arith.constant dense<1.5> : tensor<16xf32>
  return %c : tensor<16xf32>
}

// -----

// Of several numbers, and what is no tensor.
// CHECK-LABEL: @others
// CHECK-DAG: arith.constant dense<[1, 2, 3, 4, 5, 6, 7, 8, 9]> : tensor<9xi64>
// CHECK-DAG: arith.constant dense<1.000000e+00> : vector<32xf32>
func.func @others() -> (tensor<9xi64>, vector<32xf32>) {
  %c = arith.constant dense<[1, 2, 3, 4, 5, 6, 7, 8, 9]> : tensor<9xi64>
  %v = arith.constant dense<1.0> : vector<32xf32>
  return %c, %v : tensor<9xi64>, vector<32xf32>
}

// -----

// 10^10 elements.
// STORED-LABEL: @huge
// STORED: linalg.fill
func.func @huge() -> tensor<100000x100000xf32> {
  %c = arith.constant dense<0.0> : tensor<100000x100000xf32>
  return %c : tensor<100000x100000xf32>
}
