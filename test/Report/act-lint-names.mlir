// A name is one line of the table, whatever it has.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// CHECK: act-lint-names.mlir: 1 layer, 1 unit
// CHECK: {{^ +}}two\0Alines\7F.layer1 relu |========================| 1 stably active
func.func @"two\0Alines\7F"(%x: f32 {act.domain = #act.box<[1.0], [2.0]>}) -> f32 {
  %y = act.relu %x : f32
  return %y : f32
}
