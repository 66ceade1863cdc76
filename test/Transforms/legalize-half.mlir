// RUN: act-opt %s --act-legalize=expand-half | FileCheck %s

// Conversions of f16 by integer arithmetic; of other formats as ever.

// CHECK-LABEL: @half
// CHECK:         arith.bitcast %{{.*}} : vector<4xf16> to vector<4xi16>
// CHECK:         arith.bitcast %{{.*}} : vector<4xi32> to vector<4xf32>
// CHECK:         arith.extf %{{.*}} : vector<4xf32> to vector<4xf64>
// CHECK:         arith.bitcast %{{.*}} : i16 to f16
// CHECK:         arith.truncf %{{.*}} : f64 to f32
// CHECK:         arith.bitcast %{{.*}} : i16 to f16
// CHECK:         arith.truncf %{{.*}} : f64 to f32
// CHECK-NOT:     arith.{{extf|truncf}}
func.func @half(%x: vector<4xf16>, %y: f32, %z: f64) -> (vector<4xf64>, f16, f16, f32) {
  %0 = arith.extf %x : vector<4xf16> to vector<4xf64>
  %1 = arith.truncf %y : f32 to f16
  %2 = arith.truncf %z : f64 to f16
  %3 = arith.truncf %z : f64 to f32
  return %0, %1, %2, %3 : vector<4xf64>, f16, f16, f32
}
