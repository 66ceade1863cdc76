// Functions of formats that are not judged are named, once for each format.

// RUN: act-lint %s --fail-on=warning 2>&1 | FileCheck %s

// CHECK: warning: {{.*}}no activation with units was found
// CHECK: 0 layers, 0 units
// CHECK: note DR015 at {{.*}}unknown-formats.mlir:[[#@LINE+5]]:
// CHECK-NEXT: what: nothing is known of functions of f8E4M3FN (2 ops): their units are not judged, and what depends on them stays unknown
// CHECK-NOT: DR015
// CHECK: 0 errors, 0 warnings, 1 note
func.func @main(%x: tensor<2xf8E4M3FN> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<2xf8E4M3FN> {
  %a = act.relu %x : tensor<2xf8E4M3FN>
  %b = act.gelu %a : tensor<2xf8E4M3FN>
  return %b : tensor<2xf8E4M3FN>
}
