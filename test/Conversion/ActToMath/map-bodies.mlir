// RUN: act-opt %s --act-to-math=self-contained | FileCheck %s
// RUN: act-compile %s --entry=composed -o %t.o

// The body of a map is its formula: it is expanded as a whole, not op by op,
// which would leave operations in it that have no formula.

// CHECK-LABEL: @composed
// CHECK-NOT:     act.map
// CHECK-NOT:     math.exp
// CHECK:         return
func.func @composed(%x: f64) -> f64 {
  %y = act.map %x : f64 {
  ^bb0(%a: f64):
    %g = act.gelu %a : f64
    %n = arith.negf %g : f64
    %r = math.exp %n : f64
    act.yield %r : f64
  }
  return %y : f64
}

// CHECK-LABEL: @gated
// CHECK-NOT:     act.map
// CHECK:         return
func.func @gated(%x: vector<8xf32>, %z: vector<8xf32>) -> vector<8xf32> {
  %y = act.map %x, %z : vector<8xf32> {
  ^bb0(%a: f32, %b: f32):
    %n = arith.subf %a, %b : f32
    %r = act.sigmoid %n : f32
    act.yield %r : f32
  }
  return %y : vector<8xf32>
}
