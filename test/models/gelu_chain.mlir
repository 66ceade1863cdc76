// A chain of activations over 65536 elements: a bias, gelu, and the
// clamp that quantization puts behind it.

func.func @chain(%x: tensor<65536xf32>, %bias: tensor<65536xf32>) -> tensor<65536xf32> {
  %z = arith.addf %x, %bias : tensor<65536xf32>
  %g = act.gelu %z : tensor<65536xf32>
  %y = act.clamp %g {min = -8.0, max = 8.0} : tensor<65536xf32>
  return %y : tensor<65536xf32>
}
