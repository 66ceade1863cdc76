// The chain of gelu_chain.mlir as it is written without act: gelu by erf, for
// the comparison with the lowering of stock MLIR.

func.func @stock_chain(%x: tensor<65536xf32>, %bias: tensor<65536xf32>) -> tensor<65536xf32>
    attributes {llvm.emit_c_interface} {
  %e = tensor.empty() : tensor<65536xf32>
  %half = arith.constant 0.5 : f32
  %one = arith.constant 1.0 : f32
  %rsqrt2 = arith.constant 0.707106769 : f32
  %lo = arith.constant -8.0 : f32
  %hi = arith.constant 8.0 : f32
  %y = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>],
      iterator_types = ["parallel"]}
      ins(%x, %bias : tensor<65536xf32>, tensor<65536xf32>) outs(%e : tensor<65536xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %z = arith.addf %a, %b : f32
    %u = arith.mulf %z, %rsqrt2 : f32
    %f = math.erf %u : f32
    %g = arith.addf %f, %one : f32
    %h = arith.mulf %z, %half : f32
    %p = arith.mulf %h, %g : f32
    %q = arith.maximumf %p, %lo : f32
    %r = arith.minimumf %q, %hi : f32
    linalg.yield %r : f32
  } -> tensor<65536xf32>
  return %y : tensor<65536xf32>
}
