// RUN: act-opt %s --act-to-math=self-contained | FileCheck %s
// RUN: act-opt %s --act-to-math | FileCheck %s --check-prefix=KEEP

// Self-contained, an elementary function that is no part of an activation is
// made of arith ops too, in f64 for f32 and less.

// CHECK-LABEL: @log
// CHECK:         arith.extf %{{.*}} : vector<4xf32> to vector<4xf64>
// CHECK-NOT:     math.log
// CHECK:         arith.truncf %{{.*}} : vector<4xf64> to vector<4xf32>
// KEEP-LABEL:  @log
// KEEP:          math.log
func.func @log(%x: vector<4xf32>) -> vector<4xf32> {
  %y = math.log %x : vector<4xf32>
  return %y : vector<4xf32>
}

// CHECK-LABEL: @wide
// CHECK-NOT:     math.exp
// KEEP-LABEL:  @wide
// KEEP:          math.exp
func.func @wide(%x: f64) -> f64 {
  %y = math.exp %x : f64
  return %y : f64
}

// Angles need more digits of pi; powers of two variables have no formula; a
// root is an instruction.

// CHECK-LABEL: @keep
// CHECK:         math.sin
// CHECK:         math.tan
// CHECK:         math.powf
// CHECK:         math.sqrt
func.func @keep(%x: f32, %y: f32) -> (f32, f32, f32, f32) {
  %0 = math.sin %x : f32
  %1 = math.tan %x : f32
  %2 = math.powf %x, %y : f32
  %3 = math.sqrt %x : f32
  return %0, %1, %2, %3 : f32, f32, f32, f32
}

// In f64 the digits of wider formats would be lost.

// CHECK-LABEL: @wider
// CHECK-NOT:     f64
// CHECK:         math.exp %{{.*}} : f80
// CHECK:         math.tanh %{{.*}} : f128
// CHECK-NOT:     f64
// CHECK:         return
func.func @wider(%x: f80, %y: f128) -> (f80, f128) {
  %0 = math.exp %x : f80
  %1 = math.tanh %y : f128
  return %0, %1 : f80, f128
}

// Constants of a dynamic shape cannot be made.

// CHECK-LABEL: @dynamic
// CHECK:         math.log
func.func @dynamic(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = math.log %x : tensor<?xf32>
  return %y : tensor<?xf32>
}
