// Of six units in the first layer five are always active, which three inputs
// make combinations of three; all five of the second layer are.
func.func @main(%x: tensor<8x3xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<8x2xf32> {
  %w0 = arith.constant dense<[[-0.524, 0.088, -0.26, 0.208, 0.251, -0.869], [-0.974, 0.675, -0.481, -0.531, 0.991, -0.059], [0.673, -0.047, 0.278, -0.699, 0.27, 0.736]]> : tensor<3x6xf32>
  %b0 = arith.constant dense<[4.0, 4.25, 4.5, 3.5, 3.75, 0.1]> : tensor<6xf32>
  %e0 = tensor.empty() : tensor<8x6xf32>
  %s0 = linalg.broadcast ins(%b0 : tensor<6xf32>) outs(%e0 : tensor<8x6xf32>) dimensions = [0]
  %m0 = linalg.matmul ins(%x, %w0 : tensor<8x3xf32>, tensor<3x6xf32>) outs(%s0 : tensor<8x6xf32>) -> tensor<8x6xf32>
  %r0 = act.relu %m0 : tensor<8x6xf32>
  %w1 = arith.constant dense<[[0.046, 0.483, 0.343, -0.872, 0.516], [0.182, -0.397, -0.938, 0.731, -0.055], [0.438, 0.758, 0.428, 0.842, -0.21], [0.602, -0.111, 0.871, 0.758, -0.805], [-0.728, -0.566, 0.931, -0.128, 0.253], [-0.398, 0.014, -0.228, -0.298, 0.17]]> : tensor<6x5xf32>
  %b1 = arith.constant dense<[40.0, 40.0, 40.0, 40.0, 40.0]> : tensor<5xf32>
  %e1 = tensor.empty() : tensor<8x5xf32>
  %s1 = linalg.broadcast ins(%b1 : tensor<5xf32>) outs(%e1 : tensor<8x5xf32>) dimensions = [0]
  %m1 = linalg.matmul ins(%r0, %w1 : tensor<8x6xf32>, tensor<6x5xf32>) outs(%s1 : tensor<8x5xf32>) -> tensor<8x5xf32>
  %r1 = act.relu %m1 : tensor<8x5xf32>
  %w2 = arith.constant dense<[[0.169, 0.808], [0.364, 0.858], [0.713, 0.982], [0.343, -0.674], [0.721, 0.929]]> : tensor<5x2xf32>
  %e2 = tensor.empty() : tensor<8x2xf32>
  %zero = arith.constant 0.0 : f32
  %s2 = linalg.fill ins(%zero : f32) outs(%e2 : tensor<8x2xf32>) -> tensor<8x2xf32>
  %y = linalg.matmul ins(%r1, %w2 : tensor<8x5xf32>, tensor<5x2xf32>) outs(%s2 : tensor<8x2xf32>) -> tensor<8x2xf32>
  return %y : tensor<8x2xf32>
}
