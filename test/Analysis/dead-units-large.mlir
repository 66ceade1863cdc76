// Hard case 22.
// Sizes that no memory holds are bounded as a whole, or refused.

// RUN: split-file %s %t
// RUN: act-lint %t/splat.mlir --domain='0:[-2,-1]' --fail-on=never | FileCheck %s
// RUN: %exit-code 2 act-lint %t/units.mlir 2>&1 | FileCheck %s --check-prefix=UNITS
// UNITS: units.mlir:2:8: error: expected at most 16777216 units in a layer, got 4294967296

// CHECK: main.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 2 dead

//--- splat.mlir
func.func @main(%x: tensor<1000000x1000000x2xf32>) -> tensor<1000000x1000000x2xf32> {
  %r = act.relu %x : tensor<1000000x1000000x2xf32>
  return %r : tensor<1000000x1000000x2xf32>
}

//--- units.mlir
func.func @main(%x: tensor<4294967296xf32>) -> tensor<4294967296xf32> {
  %r = act.relu %x : tensor<4294967296xf32>
  return %r : tensor<4294967296xf32>
}
