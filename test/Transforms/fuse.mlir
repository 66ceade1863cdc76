// RUN: act-opt %s --act-fuse="isa=avx512" | FileCheck %s
// RUN: not act-opt %s --act-fuse="isa=vax" 2>&1 | FileCheck %s --check-prefix=ISA
// RUN: not act-opt %s --act-fuse="isa=avx2 accuracy=ulp=0.25" 2>&1 | FileCheck %s --check-prefix=BOUND

// BOUND: error: expected an accuracy such as 'ulp=2' (above 0.5) or 'abs=1e-3', got 'ulp=0.25'
// ISA: error: expected an instruction set that is known (generic, avx2, avx512), got 'vax'

// CHECK-LABEL: @chain
// CHECK-NEXT: %[[Y:.*]] = act.map %arg0 : vector<16xf32> {
// CHECK-NEXT: ^bb0(%[[X:.*]]: f32):
// CHECK-NEXT:   %[[A:.*]] = act.silu %[[X]] : f32
// CHECK-NEXT:   %[[B:.*]] = act.gelu %[[A]] : f32
// CHECK-NEXT:   act.yield %[[B]]
// CHECK-NEXT: }
// CHECK-NEXT: return %[[Y]]
func.func @chain(%x: vector<16xf32>) -> vector<16xf32> {
  %a = act.silu %x : vector<16xf32>
  %b = act.gelu %a : vector<16xf32>
  return %b : vector<16xf32>
}

// Each of these stays: the first result is used twice, the accuracies differ,
// the format has no forms.
// CHECK-LABEL: @used_twice
// CHECK-NOT: act.map
// CHECK-LABEL: @differing
// CHECK-NOT: act.map
// CHECK-LABEL: @wide
// CHECK-NOT: act.map
func.func @used_twice(%x: vector<16xf32>) -> (vector<16xf32>, vector<16xf32>) {
  %a = act.silu %x : vector<16xf32>
  %b = act.gelu %a : vector<16xf32>
  return %a, %b : vector<16xf32>, vector<16xf32>
}
func.func @differing(%x: vector<16xf32>) -> vector<16xf32> {
  %a = act.silu %x {accuracy = #act.accuracy<ulp = 4.0>} : vector<16xf32>
  %b = act.gelu %a : vector<16xf32>
  return %b : vector<16xf32>
}
func.func @wide(%x: vector<16xf64>) -> vector<16xf64> {
  %a = act.silu %x : vector<16xf64>
  %b = act.gelu %a : vector<16xf64>
  return %b : vector<16xf64>
}
