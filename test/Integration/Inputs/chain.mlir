// A chain that is fused to one loop, over arrays of several shapes.

func.func @dynamic(%x: tensor<?xf32>) -> tensor<?xf32> {
  %a = act.silu %x : tensor<?xf32>
  %b = arith.mulf %a, %x : tensor<?xf32>
  return %b : tensor<?xf32>
}

func.func @plain(%x: tensor<17x59xf32>) -> tensor<17x59xf32> {
  %a = act.silu %x : tensor<17x59xf32>
  %b = arith.mulf %a, %x : tensor<17x59xf32>
  return %b : tensor<17x59xf32>
}

func.func @transposed_twice(%x: tensor<17x59xf32>) -> tensor<17x59xf32> {
  %e = tensor.empty() : tensor<59x17xf32>
  %t = linalg.transpose ins(%x : tensor<17x59xf32>) outs(%e : tensor<59x17xf32>) permutation = [1, 0]
  %a = act.silu %t : tensor<59x17xf32>
  %b = arith.mulf %a, %t : tensor<59x17xf32>
  %f = tensor.empty() : tensor<17x59xf32>
  %r = linalg.transpose ins(%b : tensor<59x17xf32>) outs(%f : tensor<17x59xf32>) permutation = [1, 0]
  return %r : tensor<17x59xf32>
}
