// Each module is fixed on its own: what was tried in one counts for no other.

// RUN: act-opt %s --pass-pipeline='builtin.module(builtin.module(act-fix-dead-relu{strategy=sign-flip}))' --mlir-disable-threading | FileCheck %s

// Unit 0 has bounds [-3, -1]: flipped, it has [1, 3] and a bias that centres it.
// What counts as tried is centred with the weights it has.
// CHECK: module @first
// CHECK-DAG: dense<1.000000e+00> : tensor<2x2xf32>
// CHECK-DAG: dense<{{\[\[}}-1.000000e+00, 0.000000e+00]]> : tensor<1x2xf32>
// CHECK: module @second
// CHECK-DAG: dense<1.000000e+00> : tensor<2x2xf32>
// CHECK-DAG: dense<{{\[\[}}-1.000000e+00, 0.000000e+00]]> : tensor<1x2xf32>
module {
  module @first {
    func.func @main(%x: tensor<1x2xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x2xf32> {
      %w = arith.constant dense<[[-1.0, 1.0], [-1.0, 1.0]]> : tensor<2x2xf32>
      %b = arith.constant dense<[[-1.0, 0.0]]> : tensor<1x2xf32>
      %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
      %r = act.relu %m : tensor<1x2xf32>
      return %r : tensor<1x2xf32>
    }
  }
  module @second {
    func.func @main(%x: tensor<1x2xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x2xf32> {
      %w = arith.constant dense<[[-1.0, 1.0], [-1.0, 1.0]]> : tensor<2x2xf32>
      %b = arith.constant dense<[[-1.0, 0.0]]> : tensor<1x2xf32>
      %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
      %r = act.relu %m : tensor<1x2xf32>
      return %r : tensor<1x2xf32>
    }
  }
}
