// Slopes of prelu lie along its axis, which need not be the last one.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// Every column has an element of either row: -x and 0.
// CHECK-DAG: rows.layer1 relu {{.*}}| 2 {{alive|mixed|stably active}}
func.func @rows(%x: tensor<2x2xf32> {act.domain = #act.box<[-1.0], [-0.5]>}) -> tensor<2x2xf32> {
  %slopes = arith.constant dense<[1.0, 0.0]> : tensor<2xf32>
  %h = act.prelu %x, %slopes {axis = 0} : tensor<2x2xf32>, tensor<2xf32>
  %n = arith.negf %h : tensor<2x2xf32>
  %r = act.relu %n : tensor<2x2xf32>
  return %r : tensor<2x2xf32>
}

// CHECK-DAG: columns.layer1 relu {{.*}}| 1 dead, 1 stably active
func.func @columns(%x: tensor<2x2xf32> {act.domain = #act.box<[-1.0], [-0.5]>}) -> tensor<2x2xf32> {
  %slopes = arith.constant dense<[1.0, 0.0]> : tensor<2xf32>
  %h = act.prelu %x, %slopes : tensor<2x2xf32>, tensor<2xf32>
  %n = arith.negf %h : tensor<2x2xf32>
  %r = act.relu %n : tensor<2x2xf32>
  return %r : tensor<2x2xf32>
}
