// RUN: act-opt --raise-to-act %s | FileCheck %s

// Where a chain may begin and end.

// A part with other users stays for them, raised itself.
// CHECK-LABEL: func @shared_part(
// CHECK-SAME: %[[X:[^:]*]]:
// CHECK-DAG: %[[S:.*]] = act.sigmoid %[[X]]
// CHECK-DAG: %[[R:.*]] = act.silu %[[X]]
// CHECK: return %[[R]], %[[S]]
func.func @shared_part(%x: vector<8xf32>) -> (vector<8xf32>, vector<8xf32>) {
  %one = arith.constant dense<1.0> : vector<8xf32>
  %n = arith.negf %x : vector<8xf32>
  %e = math.exp %n : vector<8xf32>
  %d = arith.addf %e, %one : vector<8xf32>
  %s = arith.divf %one, %d : vector<8xf32>
  %r = arith.mulf %x, %s : vector<8xf32>
  return %r, %s : vector<8xf32>, vector<8xf32>
}

// Two activations in a row.
// CHECK-LABEL: func @composed(
// CHECK-NEXT: %[[E:.*]] = act.elu
// CHECK-NEXT: %[[R:.*]] = act.tanh %[[E]]
// CHECK-NEXT: return %[[R]]
func.func @composed(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %m = math.expm1 %x : f32
  %c = arith.cmpf ogt, %x, %zero : f32
  %e = arith.select %c, %x, %m : f32
  %r = math.tanh %e : f32
  return %r : f32
}

// What is cut off does not matter.
// CHECK-LABEL: func @elu_cut_off(
// CHECK-NEXT: act.relu6
// CHECK-NEXT: return
func.func @elu_cut_off(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %six = arith.constant 6.0 : f32
  %m = math.expm1 %x : f32
  %c = arith.cmpf ogt, %x, %zero : f32
  %e = arith.select %c, %x, %m : f32
  %p = arith.maximumf %e, %zero : f32
  %r = arith.minimumf %p, %six : f32
  return %r : f32
}

// The leaf is a sum of two values, the root has a residual after it.
// CHECK-LABEL: func @between(
// CHECK-SAME: %[[X:[^:]*]]: f64, %[[B:[^:]*]]: f64
// CHECK-NEXT: %[[S:.*]] = arith.addf %[[X]], %[[B]]
// CHECK-NEXT: %[[G:.*]] = act.gelu %[[S]] : f64
// CHECK-NEXT: %[[R:.*]] = arith.addf %[[G]], %[[X]]
func.func @between(%x: f64, %b: f64) -> f64 {
  %half = arith.constant 0.5 : f64
  %one = arith.constant 1.0 : f64
  %k = arith.constant 0.70710678118654757 : f64
  %s = arith.addf %x, %b : f64
  %a = arith.mulf %s, %k : f64
  %e = math.erf %a : f64
  %p = arith.addf %e, %one : f64
  %q = arith.mulf %p, %half : f64
  %g = arith.mulf %q, %s : f64
  %r = arith.addf %g, %x : f64
  return %r : f64
}

// A chain does not cross into a region.
// CHECK-LABEL: func @region(
// CHECK: %[[E:.*]] = act.exp
// CHECK: scf.if
// CHECK: arith.divf
func.func @region(%x: f32, %c: i1) -> f32 {
  %one = arith.constant 1.0 : f32
  %n = arith.negf %x : f32
  %e = math.exp %n : f32
  %r = scf.if %c -> f32 {
    %d = arith.addf %e, %one : f32
    %s = arith.divf %one, %d : f32
    scf.yield %s : f32
  } else {
    scf.yield %one : f32
  }
  return %r : f32
}

// A body in f32 around values of bf16.
// CHECK-LABEL: func @widened(
// CHECK-NEXT: act.silu %{{.*}} : bf16
// CHECK-NEXT: return
func.func @widened(%x: bf16) -> bf16 {
  %one = arith.constant 1.0 : f32
  %w = arith.extf %x : bf16 to f32
  %n = arith.negf %w : f32
  %e = math.exp %n : f32
  %d = arith.addf %e, %one : f32
  %s = arith.divf %w, %d : f32
  %r = arith.truncf %s : f32 to bf16
  return %r : bf16
}

// CHECK-LABEL: func @of_activations(
// CHECK-NEXT: act.silu
// CHECK-NEXT: return
func.func @of_activations(%x: tensor<?xf32>) -> tensor<?xf32> {
  %s = act.sigmoid %x : tensor<?xf32>
  %r = arith.mulf %x, %s : tensor<?xf32>
  return %r : tensor<?xf32>
}

// CHECK-LABEL: func @scalable(
// CHECK-NEXT: act.relu %{{.*}} : vector<[4]xf32>
// CHECK-NEXT: return
func.func @scalable(%x: vector<[4]xf32>) -> vector<[4]xf32> {
  %zero = arith.constant dense<0.0> : vector<[4]xf32>
  %r = arith.maximumf %x, %zero : vector<[4]xf32>
  return %r : vector<[4]xf32>
}
