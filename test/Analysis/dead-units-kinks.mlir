// Twenty inputs are too many for their box to be halved: units are proved dead
// by cases of the sides of kinks.

// RUN: act-lint %s --fail-on=never | FileCheck %s
// RUN: act-lint %s --fail-on=never --budget=0 | FileCheck %s --check-prefix=ROOT

// With a and b, the means of ten inputs each, |a + b| + |a - b| - 3 <= -1, where
// zonotopes and linear bounds say 1. The second unit fires at a corner.
// CHECK: main.layer1 relu |++++++++++++++++++++++++| 4 mixed
// CHECK: main.layer2 relu |xxxxxxxxxxxx++++++++++++| 1 dead, 1 mixed
// CHECK: how sure: splitting of kinks of the program as executed in f32, any order of summation
// ROOT: main.layer2 relu |............++++++++++++| 1 mixed, 1 unknown
func.func @main(%x: tensor<1x20xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[
      [0.1, -0.1, 0.1, -0.1],
      [0.1, -0.1, 0.1, -0.1],
      [0.1, -0.1, 0.1, -0.1],
      [0.1, -0.1, 0.1, -0.1],
      [0.1, -0.1, 0.1, -0.1],
      [0.1, -0.1, 0.1, -0.1],
      [0.1, -0.1, 0.1, -0.1],
      [0.1, -0.1, 0.1, -0.1],
      [0.1, -0.1, 0.1, -0.1],
      [0.1, -0.1, 0.1, -0.1],
      [0.1, -0.1, -0.1, 0.1],
      [0.1, -0.1, -0.1, 0.1],
      [0.1, -0.1, -0.1, 0.1],
      [0.1, -0.1, -0.1, 0.1],
      [0.1, -0.1, -0.1, 0.1],
      [0.1, -0.1, -0.1, 0.1],
      [0.1, -0.1, -0.1, 0.1],
      [0.1, -0.1, -0.1, 0.1],
      [0.1, -0.1, -0.1, 0.1],
      [0.1, -0.1, -0.1, 0.1]]> : tensor<20x4xf32>
  %zero = arith.constant dense<0.0> : tensor<1x4xf32>
  %v = arith.constant dense<1.0> : tensor<4x2xf32>
  %b = arith.constant dense<[[-3.0, -1.5]]> : tensor<1x2xf32>
  %y = linalg.matmul ins(%x, %w : tensor<1x20xf32>, tensor<20x4xf32>) outs(%zero : tensor<1x4xf32>) -> tensor<1x4xf32>
  %h = act.relu %y : tensor<1x4xf32>
  %z = linalg.matmul ins(%h, %v : tensor<1x4xf32>, tensor<4x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}
