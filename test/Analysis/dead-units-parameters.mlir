// Weights that are no numbers, no weights, and weights as resources.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// Hard case 8.
// NaN and infinite weights poison their units, which are never called dead
// although compare-and-select gives 0 for every input.
// CHECK: poisoned.layer1 {{.*}}| 1 stably active, 2 poisoned
func.func @poisoned(%x: tensor<1x2xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x3xf32> {
  %w = arith.constant dense<[[0x7FC00000, 0x7F800000, 1.0], [1.0, 1.0, 1.0]]> : tensor<2x3xf32>
  %zeros = arith.constant dense<0.0> : tensor<1x3xf32>
  %b = arith.constant dense<1.0> : tensor<1x3xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %c = arith.cmpf ogt, %z, %zeros : tensor<1x3xf32>
  %r = arith.select %c, %z, %zeros : tensor<1x3xi1>, tensor<1x3xf32>
  return %r : tensor<1x3xf32>
}

// Hard case 9.
// No units, and no inputs: the first raises nothing, the second is its bias.
// CHECK: empty.layer1 relu | | no units
func.func @empty(%x: tensor<1x2xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x0xf32> {
  %w = arith.constant dense<> : tensor<2x0xf32>
  %b = arith.constant dense<> : tensor<1x0xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x0xf32>) outs(%b : tensor<1x0xf32>) -> tensor<1x0xf32>
  %r = act.relu %z : tensor<1x0xf32>
  return %r : tensor<1x0xf32>
}
// CHECK: no_inputs.layer1 relu |{{.*}}| 1 dead, 1 stably active
func.func @no_inputs(%x: tensor<1x0xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<> : tensor<0x2xf32>
  %b = arith.constant dense<[[-1.0, 1.0]]> : tensor<1x2xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x0xf32>, tensor<0x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// Hard case 17.
// A resource is read in place: weights (-1, 1), the splat -1 for both rows.
// CHECK: resource.layer1 relu |{{.*}}| 1 dead, 1 stably active
func.func @resource(%x: tensor<1x1xf32> {act.domain = #act.box<[1.0], [2.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense_resource<weights> : tensor<1x2xf32>
  %b = arith.constant dense<0.0> : tensor<1x2xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// Hard case 21.
// Weights that are not drawn yet are known by the support of their law.
// CHECK: initializer.layer1 relu |{{.*}}| 2 stably active
func.func @initializer(%x: tensor<1x1xf32> {act.domain = #act.box<[1.0], [2.0]>}) -> tensor<1x2xf32> {
  %w = act.init uniform {lower = 0.5 : f64, upper = 1.0 : f64} : tensor<1x2xf32>
  %b = arith.constant dense<0.0> : tensor<1x2xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// CHECK: warning DR010 poisoned.layer1
// CHECK-NEXT: what: units 0, 1 of 3 are poisoned: computed from parameters that are NaN or infinite
// CHECK-NOT: {{DR00[12] (poisoned|empty)}}

{-#
  dialect_resources: {
    builtin: {
      weights: "0x04000000000080BF0000803F"
    }
  }
#-}
