// What is executed twice may give two numbers: where an op does not round
// correctly, or a product is added to something before it is rounded. Rows are
// compared as executed.

// RUN: act-lint %s --fail-on=never | FileCheck %s

#id = affine_map<(d0, d1) -> (d0, d1)>
#kept = affine_map<(d0, d1) -> (d0, 0)>

// A row is divided by its norm where both are of the same numbers. A number that
// a library computes again in another body may be another, and so may what is
// computed from it; one that rounds correctly is the same.
// CHECK-DAG: {{ }}rounded_again.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 2 dead
// CHECK-DAG: {{ }}exponential_again.layer1 relu |........................| 2 unknown
func.func @rounded_again(%x: tensor<1x4xf32> {act.domain = #act.box<[-1000.0], [1000.0]>}) -> tensor<1x2xf32> {
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<1x4xf32>
  %e1 = tensor.empty() : tensor<1x1xf32>
  %s0 = arith.constant dense<0.0> : tensor<1x1xf32>
  %q = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %u = arith.mulf %in, %n : f32
    %d = arith.divf %u, %eps : f32
    %t = arith.mulf %d, %d : f32
    %a = arith.addf %out, %t : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %i = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%q : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %v = arith.divf %in, %n : f32
    %ve = arith.addf %v, %eps : f32
    %r = math.rsqrt %ve : f32
    linalg.yield %r : f32
  } -> tensor<1x1xf32>
  %y = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %i : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %sc: f32, %out: f32):
    %u = arith.mulf %in, %n : f32
    %d = arith.divf %u, %eps : f32
    %p = arith.mulf %d, %sc : f32
    linalg.yield %p : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0], [0.0, 1.0], [0.0, 1.0], [0.0, 1.0]]> : tensor<4x2xf32>
  %b = arith.constant dense<[[-2.01, -4.01]]> : tensor<1x2xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h = act.relu %z : tensor<1x2xf32>
  return %h : tensor<1x2xf32>
}
func.func @exponential_again(%x: tensor<1x4xf32> {act.domain = #act.box<[-4.0], [4.0]>}) -> tensor<1x2xf32> {
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<1x4xf32>
  %e1 = tensor.empty() : tensor<1x1xf32>
  %s0 = arith.constant dense<0.0> : tensor<1x1xf32>
  %q = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %u = math.exp %in : f32
    %d = arith.subf %u, %eps : f32
    %t = arith.mulf %d, %d : f32
    %a = arith.addf %out, %t : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %i = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%q : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %v = arith.divf %in, %n : f32
    %ve = arith.addf %v, %eps : f32
    %r = math.rsqrt %ve : f32
    linalg.yield %r : f32
  } -> tensor<1x1xf32>
  %y = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %i : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %sc: f32, %out: f32):
    %u = math.exp %in : f32
    %d = arith.subf %u, %eps : f32
    %p = arith.mulf %d, %sc : f32
    linalg.yield %p : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0], [0.0, 1.0], [0.0, 1.0], [0.0, 1.0]]> : tensor<4x2xf32>
  %b = arith.constant dense<[[-2.01, -4.01]]> : tensor<1x2xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h = act.relu %z : tensor<1x2xf32>
  return %h : tensor<1x2xf32>
}

// So may a sum of a product, which is rounded once or twice.
// CHECK-DAG: {{ }}contracted_again.layer1 relu |........................| 2 unknown
func.func @contracted_again(%x: tensor<1x4xf32> {act.domain = #act.box<[-1000.0], [1000.0]>}) -> tensor<1x2xf32> {
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<1x4xf32>
  %e1 = tensor.empty() : tensor<1x1xf32>
  %s0 = arith.constant dense<0.0> : tensor<1x1xf32>
  %q = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t0 = arith.mulf %in, %n : f32
    %u = arith.subf %t0, %eps : f32
    %d = arith.divf %u, %n : f32
    %t = arith.mulf %d, %d : f32
    %a = arith.addf %out, %t : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %i = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%q : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %v = arith.divf %in, %n : f32
    %ve = arith.addf %v, %eps : f32
    %r = math.rsqrt %ve : f32
    linalg.yield %r : f32
  } -> tensor<1x1xf32>
  %y = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %i : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %sc: f32, %out: f32):
    %t0 = arith.mulf %in, %n : f32
    %u = arith.subf %t0, %eps : f32
    %d = arith.divf %u, %n : f32
    %p = arith.mulf %d, %sc : f32
    linalg.yield %p : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0], [0.0, 1.0], [0.0, 1.0], [0.0, 1.0]]> : tensor<4x2xf32>
  %b = arith.constant dense<[[-2.01, -4.01]]> : tensor<1x2xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h = act.relu %z : tensor<1x2xf32>
  return %h : tensor<1x2xf32>
}

// A scale that is computed once for a row leaves the sum of the differences from
// the mean, which is 0 but for their rounding; one that a library computes for
// each element adds what these differ by.
// CHECK-DAG: {{ }}scale_of_row.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 2 dead
// CHECK-DAG: {{ }}scale_of_element.layer1 relu |xxxxxxxxxxxx............| 1 dead, 1 unknown
func.func @scale_of_row(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x2xf32> {
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<1x4xf32>
  %e1 = tensor.empty() : tensor<1x1xf32>
  %s0 = arith.constant dense<0.0> : tensor<1x1xf32>
  %s = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %in, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %c = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %s : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %t: f32, %out: f32):
    %m = arith.divf %t, %n : f32
    %d = arith.subf %in, %m : f32
    linalg.yield %d : f32
  } -> tensor<1x4xf32>
  %q = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%c : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t = arith.mulf %in, %in : f32
    %a = arith.addf %out, %t : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %i = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%q : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %v = arith.divf %in, %n : f32
    %ve = arith.addf %v, %eps : f32
    %r = math.rsqrt %ve : f32
    linalg.yield %r : f32
  } -> tensor<1x1xf32>
  %y = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%c, %i : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %sc: f32, %out: f32):
    %p = arith.mulf %in, %sc : f32
    linalg.yield %p : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0], [1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]> : tensor<4x2xf32>
  %b = arith.constant dense<[[-1.0e-5, -1.0e-4]]> : tensor<1x2xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h = act.relu %z : tensor<1x2xf32>
  return %h : tensor<1x2xf32>
}
func.func @scale_of_element(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x2xf32> {
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<1x4xf32>
  %e1 = tensor.empty() : tensor<1x1xf32>
  %s0 = arith.constant dense<0.0> : tensor<1x1xf32>
  %s = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %in, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %c = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %s : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %t: f32, %out: f32):
    %m = arith.divf %t, %n : f32
    %d = arith.subf %in, %m : f32
    linalg.yield %d : f32
  } -> tensor<1x4xf32>
  %q = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%c : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t = arith.mulf %in, %in : f32
    %a = arith.addf %out, %t : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %y = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%c, %q : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %sc: f32, %out: f32):
    %v = arith.divf %sc, %n : f32
    %ve = arith.addf %v, %eps : f32
    %r = math.rsqrt %ve : f32
    %p = arith.mulf %in, %r : f32
    linalg.yield %p : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0], [1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]> : tensor<4x2xf32>
  %b = arith.constant dense<[[-1.0e-5, -1.0e-4]]> : tensor<1x2xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h = act.relu %z : tensor<1x2xf32>
  return %h : tensor<1x2xf32>
}
