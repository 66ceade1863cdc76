func.func @f32(%x: tensor<?xf32>) -> tensor<?xf32> {
  %0 = act.tanh %x : tensor<?xf32>
  return %0 : tensor<?xf32>
}

func.func @bf16(%x: tensor<?xbf16>) -> tensor<?xbf16> {
  %0 = act.silu %x : tensor<?xbf16>
  return %0 : tensor<?xbf16>
}
