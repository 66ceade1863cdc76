// RUN: act-opt %s --act-synthesize --split-input-file | FileCheck %s
// RUN: not act-opt %s --act-synthesize="accuracy=ulp=0.25" --split-input-file 2>&1 | FileCheck %s --check-prefix=BOUND
// RUN: not act-opt %s --act-synthesize="isa=vax" --split-input-file 2>&1 | FileCheck %s --check-prefix=ISA

// BOUND: error: expected an accuracy such as 'ulp=2' (above 0.5) or 'abs=1e-3', got 'ulp=0.25'
// ISA: error: expected an instruction set that is known (generic, avx2, avx512), got 'vax'

// f64 has no forms.
// CHECK-LABEL: @wide
// CHECK: act.tanh
func.func @wide(%x: vector<8xf64>) -> vector<8xf64> {
  %y = act.tanh %x : vector<8xf64>
  return %y : vector<8xf64>
}

// -----

// Three roundings are too many: act-to-math takes pairs of f64.
// CHECK-LABEL: @narrow
// CHECK-NEXT: act.hard_swish
func.func @narrow(%x: vector<8xf64>) -> vector<8xf64> {
  %y = act.hard_swish %x {accuracy = #act.accuracy<ulp = 1>} : vector<8xf64>
  return %y : vector<8xf64>
}

// -----

// What rounds as other dialects say is not touched.
// CHECK-LABEL: @arithmetic
// CHECK-NEXT: arith.mulf
// CHECK-NEXT: return
func.func @arithmetic(%x: vector<8xf32>) -> vector<8xf32> {
  %y = arith.mulf %x, %x : vector<8xf32>
  return %y : vector<8xf32>
}

// -----

// Tensors become vectors first.
// CHECK-LABEL: @tensor
// CHECK: act.tanh
func.func @tensor(%x: tensor<8xf32>) -> tensor<8xf32> {
  %y = act.tanh %x : tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

// Half an ulp more than correct rounding is too little for a form.
// CHECK-LABEL: @strict
// CHECK: act.gelu
func.func @strict(%x: vector<8xf32>) -> vector<8xf32> {
  %y = act.gelu %x {accuracy = #act.accuracy<ulp = 0.5000001>} : vector<8xf32>
  return %y : vector<8xf32>
}
