// RUN: act-opt %s --act-vectorize-rows --remarks-filter=act-vectorize-rows --verify-diagnostics -o /dev/null
// RUN: %exit-code 1 act-opt %s --act-vectorize-rows="unroll=0" 2>&1 | FileCheck %s --check-prefix=UNROLL
// RUN: %exit-code 1 act-opt %s --act-vectorize-rows="isa=sve" 2>&1 | FileCheck %s --check-prefix=ISA
// RUN: %exit-code 1 act-opt %s --act-vectorize-rows="accuracy=few" 2>&1 | FileCheck %s --check-prefix=ACCURACY

// UNROLL: error: expected unroll of at least 1 and vector-bits that are a power of two from 64 on, got 0 and 512
// ISA: error: {{.*}}generic, avx2, avx512
// ACCURACY: error: expected an accuracy such as 'ulp=2'

func.func @other_axis(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-remark @below {{expected rows along the innermost dimension}}
  %y = act.softmax %x {axis = 0} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

func.func @other_form(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-remark @below {{expected a form of probabilities}}
  %y = act.sparsemax %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

func.func @hard(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-remark @below {{expected probabilities rather than the largest one}}
  %y = act.gumbel_softmax %x noise %x {hard} : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

func.func @computed_scores(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-remark @below {{expected scores that are the operand itself}}
  %y = act.softmin %x : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

func.func @encoded(%x: tensor<8xf32, "tiled">) -> tensor<8xf32, "tiled"> {
  // expected-remark @below {{expected tensors without an encoding}}
  %y = act.softmax %x : (tensor<8xf32, "tiled">) -> tensor<8xf32, "tiled">
  return %y : tensor<8xf32, "tiled">
}

// What is done, but not as exactly as was asked for.
func.func @exact(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-warning @below {{expected an accuracy of 2.00 ulp or more for rows, got 1.00; results are within 2.00}}
  %y = act.softmax %x {accuracy = #act.accuracy<ulp = 1.0>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}
