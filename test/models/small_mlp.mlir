// A small classifier, 4-8-6-3, for examples: units 2 of the first and 1 of the
// second hidden layer can never fire for inputs in [0, 1], unit 5 of the first
// always does.

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#column = affine_map<(d0, d1) -> (d1)>

func.func @main(%x: tensor<1x4xf32> {act.domain = #act.box<[0], [1]>}) -> tensor<1x3xf32> {
  %zero = arith.constant 0.0 : f32

  %w1 = arith.constant dense<[
      [0.65, 0.35, -1.04, 0.34, 0.38, 0.72, 0.21, -0.02],
      [-0.67, -0.12, -0.60, 0.14, -0.85, 0.45, 0.17, 0.77],
      [0.89, 0.28, -0.47, -0.95, 0.58, 0.97, 0.09, 0.95],
      [0.18, -0.85, -0.11, 0.66, -0.67, 0.10, -0.35, 0.58]]> : tensor<4x8xf32>
  %b1 = arith.constant dense<[0.04, -0.09, -0.10, 0.03, 0.00, 0.20, -0.18, 0.17]> : tensor<8xf32>
  %e1 = tensor.empty() : tensor<1x8xf32>
  %f1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x8xf32>) -> tensor<1x8xf32>
  %m1 = linalg.matmul ins(%x, %w1 : tensor<1x4xf32>, tensor<4x8xf32>)
      outs(%f1 : tensor<1x8xf32>) -> tensor<1x8xf32>
  %z1 = linalg.generic {indexing_maps = [#matrix, #column, #matrix],
      iterator_types = ["parallel", "parallel"]}
      ins(%m1, %b1 : tensor<1x8xf32>, tensor<8xf32>) outs(%e1 : tensor<1x8xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %s = arith.addf %in, %bias : f32
    linalg.yield %s : f32
  } -> tensor<1x8xf32>
  %h1 = linalg.generic {indexing_maps = [#matrix, #matrix],
      iterator_types = ["parallel", "parallel"]}
      ins(%z1 : tensor<1x8xf32>) outs(%e1 : tensor<1x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %p = arith.cmpf ugt, %in, %zero : f32
    %s = arith.select %p, %in, %zero : f32
    linalg.yield %s : f32
  } -> tensor<1x8xf32>

  %w2 = arith.constant dense<[
      [0.94, -0.04, -0.07, -0.20, -0.19, 0.22],
      [0.31, -0.59, 0.73, 0.59, -0.64, -0.60],
      [0.69, -0.29, -0.61, 0.75, -0.17, 0.79],
      [0.87, -0.23, -0.78, -0.94, 0.51, -0.17],
      [0.51, -0.75, -0.93, -0.02, 0.11, -0.01],
      [0.34, -1.01, -0.06, 0.37, -0.93, 0.69],
      [-0.23, -0.91, 0.27, 0.17, -0.98, -0.72],
      [0.10, -0.53, 0.52, 0.11, 0.91, -0.59]]> : tensor<8x6xf32>
  %b2 = arith.constant dense<[-0.02, -0.05, -0.07, -0.09, -0.01, -0.12]> : tensor<6xf32>
  %e2 = tensor.empty() : tensor<1x6xf32>
  %f2 = linalg.fill ins(%zero : f32) outs(%e2 : tensor<1x6xf32>) -> tensor<1x6xf32>
  %m2 = linalg.matmul ins(%h1, %w2 : tensor<1x8xf32>, tensor<8x6xf32>)
      outs(%f2 : tensor<1x6xf32>) -> tensor<1x6xf32>
  %z2 = linalg.generic {indexing_maps = [#matrix, #column, #matrix],
      iterator_types = ["parallel", "parallel"]}
      ins(%m2, %b2 : tensor<1x6xf32>, tensor<6xf32>) outs(%e2 : tensor<1x6xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %s = arith.addf %in, %bias : f32
    linalg.yield %s : f32
  } -> tensor<1x6xf32>
  %h2 = linalg.generic {indexing_maps = [#matrix, #matrix],
      iterator_types = ["parallel", "parallel"]}
      ins(%z2 : tensor<1x6xf32>) outs(%e2 : tensor<1x6xf32>) {
  ^bb0(%in: f32, %out: f32):
    %p = arith.cmpf ugt, %in, %zero : f32
    %s = arith.select %p, %in, %zero : f32
    linalg.yield %s : f32
  } -> tensor<1x6xf32>

  %w3 = arith.constant dense<[
      [-0.19, 0.47, -0.56],
      [0.56, -0.45, -0.28],
      [-0.27, 1.00, -0.28],
      [-0.99, -0.01, 0.16],
      [0.32, -0.96, 0.76],
      [0.26, 0.40, -0.57]]> : tensor<6x3xf32>
  %b3 = arith.constant dense<[0.10, 0.00, -0.10]> : tensor<3xf32>
  %e3 = tensor.empty() : tensor<1x3xf32>
  %f3 = linalg.fill ins(%zero : f32) outs(%e3 : tensor<1x3xf32>) -> tensor<1x3xf32>
  %m3 = linalg.matmul ins(%h2, %w3 : tensor<1x6xf32>, tensor<6x3xf32>)
      outs(%f3 : tensor<1x3xf32>) -> tensor<1x3xf32>
  %z3 = linalg.generic {indexing_maps = [#matrix, #column, #matrix],
      iterator_types = ["parallel", "parallel"]}
      ins(%m3, %b3 : tensor<1x3xf32>, tensor<3xf32>) outs(%e3 : tensor<1x3xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %s = arith.addf %in, %bias : f32
    linalg.yield %s : f32
  } -> tensor<1x3xf32>
  return %z3 : tensor<1x3xf32>
}
