// Work of more than 65536 points that several threads share.

#rows = affine_map<(i, j) -> (i, j)>
#columns = affine_map<(i, j) -> (j)>
#turned = affine_map<(i, j) -> (j, i)>

// Rows of 331, of which a piece takes 49, and a row of biases.
func.func @rows(%x: tensor<700x331xf32>, %b: tensor<331xf32>) -> tensor<700x331xf32> {
  %e = tensor.empty() : tensor<700x331xf32>
  %y = linalg.generic {indexing_maps = [#rows, #columns, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x, %b : tensor<700x331xf32>, tensor<331xf32>) outs(%e : tensor<700x331xf32>) {
  ^bb0(%a: f32, %c: f32, %o: f32):
    %s = arith.addf %a, %c : f32
    %g = act.gelu %s : f32
    linalg.yield %g : f32
  } -> tensor<700x331xf32>
  return %y : tensor<700x331xf32>
}

func.func @dynamic(%x: tensor<?x?xf32>, %b: tensor<?xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = tensor.dim %x, %c0 : tensor<?x?xf32>
  %n = tensor.dim %x, %c1 : tensor<?x?xf32>
  %e = tensor.empty(%m, %n) : tensor<?x?xf32>
  %y = linalg.generic {indexing_maps = [#rows, #columns, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x, %b : tensor<?x?xf32>, tensor<?xf32>) outs(%e : tensor<?x?xf32>) {
  ^bb0(%a: f32, %c: f32, %o: f32):
    %s = arith.addf %a, %c : f32
    %g = act.gelu %s : f32
    linalg.yield %g : f32
  } -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

// An operand that is walked across its rows.
func.func @transposed(%x: tensor<700x331xf32>) -> tensor<331x700xf32> {
  %e = tensor.empty() : tensor<331x700xf32>
  %y = linalg.generic {indexing_maps = [#turned, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<700x331xf32>) outs(%e : tensor<331x700xf32>) {
  ^bb0(%a: f32, %o: f32):
    %g = act.mish %a : f32
    linalg.yield %g : f32
  } -> tensor<331x700xf32>
  return %y : tensor<331x700xf32>
}

// A layer that computes in the memory of its matmul, and rows that add up.
func.func @layer(%x: tensor<700x331xf32>, %b: tensor<331xf32>) -> tensor<700x331xf32> {
  %zero = arith.constant 0.0 : f32
  %w = arith.constant dense<0.01> : tensor<331x331xf32>
  %e = tensor.empty() : tensor<700x331xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<700x331xf32>) -> tensor<700x331xf32>
  %m = linalg.matmul ins(%x, %w : tensor<700x331xf32>, tensor<331x331xf32>) outs(%f : tensor<700x331xf32>) -> tensor<700x331xf32>
  %y = linalg.generic {indexing_maps = [#columns, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%b : tensor<331xf32>) outs(%m : tensor<700x331xf32>) {
  ^bb0(%c: f32, %o: f32):
    %s = arith.addf %o, %c : f32
    %g = act.silu %s : f32
    linalg.yield %g : f32
  } -> tensor<700x331xf32>
  %s = act.softmax %y {axis = 1} : (tensor<700x331xf32>) -> tensor<700x331xf32>
  return %s : tensor<700x331xf32>
}

func.func @probabilities(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %y = act.softmax %x : (tensor<?x?xf32>) -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}
