// What is enough for a dead unit is known of inputs: of a first layer of many
// inputs, of the vertex that drives it highest, at which its bound is attained.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// CHECK: raise the pre-activation of unit 0, as by a bias: by 1.9999{{[0-9]*}} or less it stays dead, by more than 2.0000{{[0-9]*}} it fires for an input that is known
func.func @main(%x: tensor<1x8xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<[[1.0], [-1.0], [1.0], [1.0], [-1.0], [-1.0], [1.0], [-1.0]]> : tensor<8x1xf32>
  %b = arith.constant dense<-10.0> : tensor<1x1xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x8xf32>, tensor<8x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}
