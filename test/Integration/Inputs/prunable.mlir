// Unit 2 of the first layer is dead; of the second layer unit 4 is, and unit 1,
// which only unit 2 could raise, and unit 2, as cases of kinks tell.
#rc = affine_map<(d0, d1) -> (d0, d1)>
#c = affine_map<(d0, d1) -> (d1)>
func.func @main(%x: tensor<8x3xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<8x2xf32> {
  %zero = arith.constant 0.0 : f32
  %w0 = arith.constant dense<[[0.246, 0.484, 0.59, 0.885, 0.48, 0.845], [-0.942, -0.069, 0.887, 0.298, 0.802, -0.774], [-0.062, -0.507, 0.088, 0.148, -0.974, -0.567]]> : tensor<3x6xf32>
  %b0 = arith.constant dense<[-0.221, 0.416, -9.0, -0.34, 0.297, -0.361]> : tensor<6xf32>
  %e0 = tensor.empty() : tensor<8x6xf32>
  %f0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<8x6xf32>) -> tensor<8x6xf32>
  %m0 = linalg.matmul ins(%x, %w0 : tensor<8x3xf32>, tensor<3x6xf32>) outs(%f0 : tensor<8x6xf32>) -> tensor<8x6xf32>
  %a0 = linalg.generic {indexing_maps = [#rc, #c, #rc], iterator_types = ["parallel", "parallel"]}
      ins(%m0, %b0 : tensor<8x6xf32>, tensor<6xf32>) outs(%e0 : tensor<8x6xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %s = arith.addf %in, %bias : f32
    linalg.yield %s : f32
  } -> tensor<8x6xf32>
  %r0 = act.relu %a0 : tensor<8x6xf32>
  %w1 = arith.constant dense<[[0.235, -0.747, -0.996, 0.743, -0.581, -0.569], [0.965, -0.745, -0.421, 0.923, 0.078, 0.356], [-0.59, 7.0, 0.381, 0.933, 0.787, -0.402], [-0.278, -0.668, -0.709, -0.87, -0.397, 0.206], [-0.993, -0.356, -0.324, -0.38, 0.637, -0.039], [-0.368, -0.038, 0.409, -0.886, 0.95, -0.954]]> : tensor<6x6xf32>
  %b1 = arith.constant dense<[0.25, -0.25, -0.482, 0.288, -30.0, 0.079]> : tensor<6xf32>
  %e1 = tensor.empty() : tensor<8x6xf32>
  %f1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<8x6xf32>) -> tensor<8x6xf32>
  %m1 = linalg.matmul ins(%r0, %w1 : tensor<8x6xf32>, tensor<6x6xf32>) outs(%f1 : tensor<8x6xf32>) -> tensor<8x6xf32>
  %a1 = linalg.generic {indexing_maps = [#rc, #c, #rc], iterator_types = ["parallel", "parallel"]}
      ins(%m1, %b1 : tensor<8x6xf32>, tensor<6xf32>) outs(%e1 : tensor<8x6xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %s = arith.addf %in, %bias : f32
    linalg.yield %s : f32
  } -> tensor<8x6xf32>
  %r1 = act.relu %a1 : tensor<8x6xf32>
  %w2 = arith.constant dense<[[-0.982, -0.907], [-0.638, 0.91], [-0.607, 0.511], [0.859, 0.884], [-0.311, -0.29], [0.049, 0.551]]> : tensor<6x2xf32>
  %b2 = arith.constant dense<[0.125, -0.25]> : tensor<2xf32>
  %e2 = tensor.empty() : tensor<8x2xf32>
  %f2 = linalg.fill ins(%zero : f32) outs(%e2 : tensor<8x2xf32>) -> tensor<8x2xf32>
  %m2 = linalg.matmul ins(%r1, %w2 : tensor<8x6xf32>, tensor<6x2xf32>) outs(%f2 : tensor<8x2xf32>) -> tensor<8x2xf32>
  %a2 = linalg.generic {indexing_maps = [#rc, #c, #rc], iterator_types = ["parallel", "parallel"]}
      ins(%m2, %b2 : tensor<8x2xf32>, tensor<2xf32>) outs(%e2 : tensor<8x2xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %s = arith.addf %in, %bias : f32
    linalg.yield %s : f32
  } -> tensor<8x2xf32>
  return %a2 : tensor<8x2xf32>
}
