// A function whose name an op takes may be called with anything: its domain, or
// what the calls in sight give it, is not all.

// RUN: act-lint %s --fail-on=never | FileCheck %s
// RUN: act-opt %s --act-prune-stable | FileCheck %s --check-prefix=PRUNED

// CHECK: layer.layer1 relu |........................| 1 unknown
// PRUNED-LABEL: @layer
// PRUNED: act.relu
func.func @layer(%x: f32 {act.domain = #act.box<[1.0], [2.0]>}) -> f32 {
  %y = act.relu %x : f32
  return %y : f32
}

// Nor need it be a number.
// CHECK: clamped.layer1 clamp |........................| 1 unknown
func.func private @clamped(%x: f32) -> f32 {
  %lo = arith.constant -2.0 : f32
  %hi = arith.constant -1.0 : f32
  %a = arith.maximumf %x, %lo : f32
  %b = arith.minimumf %a, %hi : f32
  %y = act.relu %b : f32
  return %y : f32
}

// CHECK: called.layer1 relu |========================| 1 stably active
func.func private @called(%x: f32) -> f32 {
  %y = act.relu %x : f32
  return %y : f32
}

func.func @main(%x: f32 {act.domain = #act.box<[-2.0], [-1.0]>}) -> (f32, f32, f32) {
  %f = func.constant @layer : (f32) -> f32
  %y = func.call_indirect %f(%x) : (f32) -> f32
  %g = func.constant @clamped : (f32) -> f32
  %s = math.sqrt %x : f32
  %z = func.call_indirect %g(%s) : (f32) -> f32
  %n = arith.negf %x : f32
  %w = func.call @called(%n) : (f32) -> f32
  return %y, %z, %w : f32, f32, f32
}
