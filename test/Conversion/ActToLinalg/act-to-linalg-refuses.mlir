// RUN: act-opt %s --act-to-linalg | FileCheck %s

// Scalars and vectors are no tensors: left alone.

// CHECK-LABEL: func @refused
func.func @refused(%x: f32, %v: vector<4xf32>) -> (f32, vector<4xf32>, vector<4xf32>) {
  // CHECK-NEXT: act.gelu %{{.*}} : f32
  %0 = act.gelu %x : f32
  // CHECK-NEXT: act.glu %{{.*}} gate %{{.*}} : (vector<4xf32>, vector<4xf32>) -> vector<4xf32>
  %1 = act.glu %v gate %v : (vector<4xf32>, vector<4xf32>) -> vector<4xf32>
  // CHECK-NEXT: act.map
  %2 = act.map %v : vector<4xf32> {
  ^bb0(%a: f32):
    act.yield %a : f32
  }
  return %0, %1, %2 : f32, vector<4xf32>, vector<4xf32>
}
