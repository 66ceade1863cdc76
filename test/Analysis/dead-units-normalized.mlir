// Rows divided by their norm lie in a ball, whatever the input: a layer norm or
// an RMS norm of n elements in that of radius sqrt(n).

// RUN: act-lint %s --fail-on=never | FileCheck %s
// RUN: act-lint %s --fail-on=never --semantics=real | FileCheck %s --check-prefix=REAL

#row = affine_map<(d0, d1) -> (d0, d1)>
#one = affine_map<(d0) -> (d0)>
#sum = affine_map<(d0, d1) -> (d0)>

// RMSNorm of large inputs: sup w x = 2 |w| = 4 for w = (1, 1, 1, 1).
// CHECK-DAG: rms.layer1 relu |xxxxxxxxxxxx++++++++++++| 1 dead, 1 mixed
func.func @rms(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0e15], [1.0e15]>}) -> tensor<1x2xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e1 = tensor.empty() : tensor<1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %start = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1xf32>) -> tensor<1xf32>
  %q = linalg.generic {indexing_maps = [#row, #sum], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%start : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = arith.mulf %in, %in : f32
    %a = arith.addf %out, %s : f32
    linalg.yield %a : f32
  } -> tensor<1xf32>
  %r = linalg.generic {indexing_maps = [#one, #one], iterator_types = ["parallel"]}
      ins(%q : tensor<1xf32>) outs(%e1 : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %m = arith.divf %in, %n : f32
    %v = arith.addf %m, %eps : f32
    %i = math.rsqrt %v : f32
    linalg.yield %i : f32
  } -> tensor<1xf32>
  %y = linalg.generic {indexing_maps = [#row, #sum, #row], iterator_types = ["parallel", "parallel"]}
      ins(%x, %r : tensor<1x4xf32>, tensor<1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %s: f32, %out: f32):
    %p = arith.mulf %in, %s : f32
    linalg.yield %p : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<1.0> : tensor<4x2xf32>
  %b = arith.constant dense<[[-4.001, -3.999]]> : tensor<1x2xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h = act.relu %z : tensor<1x2xf32>
  return %h : tensor<1x2xf32>
}

// LayerNorm, scaled and shifted: z = w (g y + s) + b, with sup |P (w g)| 2 + w s
// + b. Of w g = (2, 2, 2, 2) the part that adds up to 0 is 0; of (2, 0, 0, -2)
// it is all, and 2 sqrt(8) is 5.657. Of large inputs the computed mean may be far
// off: only the norm is known as executed, 2 * 4 and 5.657. Infinite ones, which an
// argument without a domain may have, are NaN behind it.
// CHECK-DAG: {{ }}bounded.layer2 relu |xxxxxxxxxxxxxxxx........| 2 dead, 1 unknown
// CHECK-DAG: large.layer2 relu |xxxxxxxx................| 1 dead, 2 unknown
// CHECK-DAG: unbounded.layer2 relu |........................| 3 unknown
// REAL-DAG: unbounded.layer2 relu |xxxxxxxxxxxxxxxx........| 2 dead, 1 unknown
func.func @bounded(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e1 = tensor.empty() : tensor<1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %start = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1xf32>) -> tensor<1xf32>
  %t = linalg.generic {indexing_maps = [#row, #sum], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%start : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %out, %in : f32
    linalg.yield %a : f32
  } -> tensor<1xf32>
  %mean = linalg.generic {indexing_maps = [#one, #one], iterator_types = ["parallel"]}
      ins(%t : tensor<1xf32>) outs(%e1 : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %m = arith.divf %in, %n : f32
    linalg.yield %m : f32
  } -> tensor<1xf32>
  %c = linalg.generic {indexing_maps = [#row, #sum, #row], iterator_types = ["parallel", "parallel"]}
      ins(%x, %mean : tensor<1x4xf32>, tensor<1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %m: f32, %out: f32):
    %d = arith.subf %in, %m : f32
    linalg.yield %d : f32
  } -> tensor<1x4xf32>
  %square = arith.mulf %c, %c : tensor<1x4xf32>
  %q = linalg.generic {indexing_maps = [#row, #sum], iterator_types = ["parallel", "reduction"]}
      ins(%square : tensor<1x4xf32>) outs(%start : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %out, %in : f32
    linalg.yield %a : f32
  } -> tensor<1xf32>
  %r = linalg.generic {indexing_maps = [#one, #one], iterator_types = ["parallel"]}
      ins(%q : tensor<1xf32>) outs(%e1 : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %m = arith.divf %in, %n : f32
    %v = arith.addf %m, %eps : f32
    %i = math.rsqrt %v : f32
    linalg.yield %i : f32
  } -> tensor<1xf32>
  %y = linalg.generic {indexing_maps = [#row, #sum, #row], iterator_types = ["parallel", "parallel"]}
      ins(%c, %r : tensor<1x4xf32>, tensor<1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %s: f32, %out: f32):
    %p = arith.mulf %in, %s : f32
    linalg.yield %p : f32
  } -> tensor<1x4xf32>
  %gamma = arith.constant dense<[[2.0, 1.0, 0.5, -2.0]]> : tensor<1x4xf32>
  %beta = arith.constant dense<[[1.0, 0.0, 0.0, 0.0]]> : tensor<1x4xf32>
  %scaled = arith.mulf %y, %gamma : tensor<1x4xf32>
  %shifted = arith.addf %scaled, %beta : tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [2.0, 0.0, 0.0], [4.0, 0.0, 0.0], [-1.0, 1.0, 1.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[-1.1, -6.66, -6.65]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%shifted, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}
func.func @large(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0e15], [1.0e15]>}) -> tensor<1x3xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e1 = tensor.empty() : tensor<1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %start = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1xf32>) -> tensor<1xf32>
  %t = linalg.generic {indexing_maps = [#row, #sum], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%start : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %out, %in : f32
    linalg.yield %a : f32
  } -> tensor<1xf32>
  %mean = linalg.generic {indexing_maps = [#one, #one], iterator_types = ["parallel"]}
      ins(%t : tensor<1xf32>) outs(%e1 : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %m = arith.divf %in, %n : f32
    linalg.yield %m : f32
  } -> tensor<1xf32>
  %c = linalg.generic {indexing_maps = [#row, #sum, #row], iterator_types = ["parallel", "parallel"]}
      ins(%x, %mean : tensor<1x4xf32>, tensor<1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %m: f32, %out: f32):
    %d = arith.subf %in, %m : f32
    linalg.yield %d : f32
  } -> tensor<1x4xf32>
  %square = arith.mulf %c, %c : tensor<1x4xf32>
  %q = linalg.generic {indexing_maps = [#row, #sum], iterator_types = ["parallel", "reduction"]}
      ins(%square : tensor<1x4xf32>) outs(%start : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %out, %in : f32
    linalg.yield %a : f32
  } -> tensor<1xf32>
  %r = linalg.generic {indexing_maps = [#one, #one], iterator_types = ["parallel"]}
      ins(%q : tensor<1xf32>) outs(%e1 : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %m = arith.divf %in, %n : f32
    %v = arith.addf %m, %eps : f32
    %i = math.rsqrt %v : f32
    linalg.yield %i : f32
  } -> tensor<1xf32>
  %y = linalg.generic {indexing_maps = [#row, #sum, #row], iterator_types = ["parallel", "parallel"]}
      ins(%c, %r : tensor<1x4xf32>, tensor<1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %s: f32, %out: f32):
    %p = arith.mulf %in, %s : f32
    linalg.yield %p : f32
  } -> tensor<1x4xf32>
  %gamma = arith.constant dense<[[2.0, 1.0, 0.5, -2.0]]> : tensor<1x4xf32>
  %beta = arith.constant dense<[[1.0, 0.0, 0.0, 0.0]]> : tensor<1x4xf32>
  %scaled = arith.mulf %y, %gamma : tensor<1x4xf32>
  %shifted = arith.addf %scaled, %beta : tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [2.0, 0.0, 0.0], [4.0, 0.0, 0.0], [-1.0, 1.0, 1.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[-1.1, -6.66, -6.65]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%shifted, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}
func.func @unbounded(%x: tensor<1x4xf32>) -> tensor<1x3xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e1 = tensor.empty() : tensor<1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %start = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1xf32>) -> tensor<1xf32>
  %t = linalg.generic {indexing_maps = [#row, #sum], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%start : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %out, %in : f32
    linalg.yield %a : f32
  } -> tensor<1xf32>
  %mean = linalg.generic {indexing_maps = [#one, #one], iterator_types = ["parallel"]}
      ins(%t : tensor<1xf32>) outs(%e1 : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %m = arith.divf %in, %n : f32
    linalg.yield %m : f32
  } -> tensor<1xf32>
  %c = linalg.generic {indexing_maps = [#row, #sum, #row], iterator_types = ["parallel", "parallel"]}
      ins(%x, %mean : tensor<1x4xf32>, tensor<1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %m: f32, %out: f32):
    %d = arith.subf %in, %m : f32
    linalg.yield %d : f32
  } -> tensor<1x4xf32>
  %square = arith.mulf %c, %c : tensor<1x4xf32>
  %q = linalg.generic {indexing_maps = [#row, #sum], iterator_types = ["parallel", "reduction"]}
      ins(%square : tensor<1x4xf32>) outs(%start : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %out, %in : f32
    linalg.yield %a : f32
  } -> tensor<1xf32>
  %r = linalg.generic {indexing_maps = [#one, #one], iterator_types = ["parallel"]}
      ins(%q : tensor<1xf32>) outs(%e1 : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %m = arith.divf %in, %n : f32
    %v = arith.addf %m, %eps : f32
    %i = math.rsqrt %v : f32
    linalg.yield %i : f32
  } -> tensor<1xf32>
  %y = linalg.generic {indexing_maps = [#row, #sum, #row], iterator_types = ["parallel", "parallel"]}
      ins(%c, %r : tensor<1x4xf32>, tensor<1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %s: f32, %out: f32):
    %p = arith.mulf %in, %s : f32
    linalg.yield %p : f32
  } -> tensor<1x4xf32>
  %gamma = arith.constant dense<[[2.0, 1.0, 0.5, -2.0]]> : tensor<1x4xf32>
  %beta = arith.constant dense<[[1.0, 0.0, 0.0, 0.0]]> : tensor<1x4xf32>
  %scaled = arith.mulf %y, %gamma : tensor<1x4xf32>
  %shifted = arith.addf %scaled, %beta : tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [2.0, 0.0, 0.0], [4.0, 0.0, 0.0], [-1.0, 1.0, 1.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[-1.1, -6.66, -6.65]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%shifted, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}
