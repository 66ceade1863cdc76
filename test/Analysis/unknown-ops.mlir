// What an op without bounds computes may be anything: it is named once.

// RUN: act-lint %s --fail-on=warning | FileCheck %s

// CHECK: main.layer1 relu |........................| 2 unknown
// CHECK: note DR015 at {{.*}}unknown-ops.mlir:[[#@LINE+5]]:
// CHECK-NEXT: what: nothing is known of what 'tosa.reverse' computes (2 ops): units that depend on it stay unknown
// CHECK-NOT: DR015
// CHECK: 0 errors, 0 warnings, 1 note
func.func @main(%x: tensor<2xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<2xf32> {
  %a = tosa.reverse %x {axis = 0 : i32} : (tensor<2xf32>) -> tensor<2xf32>
  %b = tosa.reverse %a {axis = 0 : i32} : (tensor<2xf32>) -> tensor<2xf32>
  %r = act.relu %b : tensor<2xf32>
  return %r : tensor<2xf32>
}
