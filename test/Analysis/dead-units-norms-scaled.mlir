// Weights of a norm that are multiplied with its scale before the elements are.
// Of 4 numbers that are normalised one is at most sqrt(3), and they add up to 0:
// 2 n + 0.5 is at most 3.964.

// RUN: act-lint %s --fail-on=never | FileCheck %s

#id = affine_map<(d0, d1) -> (d0, d1)>
#kept = affine_map<(d0, d1) -> (d0, 0)>

// TensorFlow: x r + (b - m r), with r = g s. Of large inputs what the two products
// round is more than their sum is off 0.
// CHECK-DAG: {{ }}folded.layer2 relu |xxxxxxxxxxxxxxxx........| 2 dead, 1 unknown
// CHECK-DAG: {{ }}folded_large.layer2 relu |........................| 3 unknown
func.func @folded(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %sh = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %rt = "tosa.const"() {values = dense<0.25> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %et = "tosa.const"() {values = dense<1.0e-3> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %g = "tosa.const"() {values = dense<[[2.0, 1.0, 0.5, -1.0]]> : tensor<1x4xf32>} : () -> tensor<1x4xf32>
  %be = "tosa.const"() {values = dense<[[0.5, 0.0, -0.25, 1.0]]> : tensor<1x4xf32>} : () -> tensor<1x4xf32>
  %s = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %m = tosa.mul %s, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %c = tosa.sub %x, %m : (tensor<1x4xf32>, tensor<1x1xf32>) -> tensor<1x4xf32>
  %cc = tosa.mul %c, %c, %sh : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %q = tosa.reduce_sum %cc {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %v = tosa.mul %q, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %ve = tosa.add %v, %et : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %i = tosa.rsqrt %ve : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = tosa.mul %i, %g, %sh : (tensor<1x1xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %xr = tosa.mul %x, %r, %sh : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %mr = tosa.mul %m, %r, %sh : (tensor<1x1xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %t = tosa.sub %be, %mr : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %y = tosa.add %xr, %t : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %w = arith.constant dense<[[0.5, 1.0, 1.0], [1.0, 0.0, 0.0], [2.0, 0.0, 0.0], [-1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[1.24, -3.98, -3.95]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}
func.func @folded_large(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0e6], [1.0e6]>}) -> tensor<1x3xf32> {
  %sh = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %rt = "tosa.const"() {values = dense<0.25> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %et = "tosa.const"() {values = dense<1.0e-3> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %g = "tosa.const"() {values = dense<[[2.0, 1.0, 0.5, -1.0]]> : tensor<1x4xf32>} : () -> tensor<1x4xf32>
  %be = "tosa.const"() {values = dense<[[0.5, 0.0, -0.25, 1.0]]> : tensor<1x4xf32>} : () -> tensor<1x4xf32>
  %s = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %m = tosa.mul %s, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %c = tosa.sub %x, %m : (tensor<1x4xf32>, tensor<1x1xf32>) -> tensor<1x4xf32>
  %cc = tosa.mul %c, %c, %sh : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %q = tosa.reduce_sum %cc {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %v = tosa.mul %q, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %ve = tosa.add %v, %et : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %i = tosa.rsqrt %ve : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = tosa.mul %i, %g, %sh : (tensor<1x1xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %xr = tosa.mul %x, %r, %sh : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %mr = tosa.mul %m, %r, %sh : (tensor<1x1xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %t = tosa.sub %be, %mr : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %y = tosa.add %xr, %t : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %w = arith.constant dense<[[0.5, 1.0, 1.0], [1.0, 0.0, 0.0], [2.0, 0.0, 0.0], [-1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[1.24, -3.98, -3.95]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}

// In one body.
// CHECK-DAG: {{ }}folded_body.layer2 relu |xxxxxxxxxxxxxxxx........| 2 dead, 1 unknown
func.func @folded_body(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %sh = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %rt = "tosa.const"() {values = dense<0.25> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %et = "tosa.const"() {values = dense<1.0e-3> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %g = "tosa.const"() {values = dense<[[2.0, 1.0, 0.5, -1.0]]> : tensor<1x4xf32>} : () -> tensor<1x4xf32>
  %be = "tosa.const"() {values = dense<[[0.5, 0.0, -0.25, 1.0]]> : tensor<1x4xf32>} : () -> tensor<1x4xf32>
  %s = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %m = tosa.mul %s, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %c = tosa.sub %x, %m : (tensor<1x4xf32>, tensor<1x1xf32>) -> tensor<1x4xf32>
  %cc = tosa.mul %c, %c, %sh : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %q = tosa.reduce_sum %cc {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %v = tosa.mul %q, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %ve = tosa.add %v, %et : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %i = tosa.rsqrt %ve : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %y = linalg.generic {indexing_maps = [#id, #kept, #kept, #id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %m, %i, %g, %be : tensor<1x4xf32>, tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x4xf32>, tensor<1x4xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %mean: f32, %scale: f32, %gamma: f32, %beta: f32, %out: f32):
    %r0 = arith.mulf %scale, %gamma : f32
    %xr = arith.mulf %in, %r0 : f32
    %mr = arith.mulf %mean, %r0 : f32
    %t = arith.subf %beta, %mr : f32
    %r = arith.addf %xr, %t : f32
    linalg.yield %r : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[0.5, 1.0, 1.0], [1.0, 0.0, 0.0], [2.0, 0.0, 0.0], [-1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[1.24, -3.98, -3.95]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}

// flax: (x - m) r + b.
// CHECK-DAG: {{ }}scaled.layer2 relu |xxxxxxxxxxxxxxxx........| 2 dead, 1 unknown
// CHECK-DAG: {{ }}scaled_body.layer2 relu |xxxxxxxxxxxxxxxx........| 2 dead, 1 unknown
func.func @scaled(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %sh = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %rt = "tosa.const"() {values = dense<0.25> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %et = "tosa.const"() {values = dense<1.0e-3> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %g = "tosa.const"() {values = dense<[[2.0, 1.0, 0.5, -1.0]]> : tensor<1x4xf32>} : () -> tensor<1x4xf32>
  %be = "tosa.const"() {values = dense<[[0.5, 0.0, -0.25, 1.0]]> : tensor<1x4xf32>} : () -> tensor<1x4xf32>
  %s = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %m = tosa.mul %s, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %c = tosa.sub %x, %m : (tensor<1x4xf32>, tensor<1x1xf32>) -> tensor<1x4xf32>
  %cc = tosa.mul %c, %c, %sh : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %q = tosa.reduce_sum %cc {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %v = tosa.mul %q, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %ve = tosa.add %v, %et : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %i = tosa.rsqrt %ve : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = tosa.mul %i, %g, %sh : (tensor<1x1xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %xr = tosa.mul %c, %r, %sh : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %y = tosa.add %xr, %be : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %w = arith.constant dense<[[0.5, 1.0, 1.0], [1.0, 0.0, 0.0], [2.0, 0.0, 0.0], [-1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[1.24, -3.98, -3.95]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}
func.func @scaled_body(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %sh = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %rt = "tosa.const"() {values = dense<0.25> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %et = "tosa.const"() {values = dense<1.0e-3> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %g = "tosa.const"() {values = dense<[[2.0, 1.0, 0.5, -1.0]]> : tensor<1x4xf32>} : () -> tensor<1x4xf32>
  %be = "tosa.const"() {values = dense<[[0.5, 0.0, -0.25, 1.0]]> : tensor<1x4xf32>} : () -> tensor<1x4xf32>
  %s = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %m = tosa.mul %s, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %c = tosa.sub %x, %m : (tensor<1x4xf32>, tensor<1x1xf32>) -> tensor<1x4xf32>
  %cc = tosa.mul %c, %c, %sh : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %q = tosa.reduce_sum %cc {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %v = tosa.mul %q, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %ve = tosa.add %v, %et : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %i = tosa.rsqrt %ve : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %y = linalg.generic {indexing_maps = [#id, #kept, #kept, #id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %m, %i, %g, %be : tensor<1x4xf32>, tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x4xf32>, tensor<1x4xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %mean: f32, %scale: f32, %gamma: f32, %beta: f32, %out: f32):
    %d = arith.subf %in, %mean : f32
    %r0 = arith.mulf %scale, %gamma : f32
    %xr = arith.mulf %d, %r0 : f32
    %r = arith.addf %xr, %beta : f32
    linalg.yield %r : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[0.5, 1.0, 1.0], [1.0, 0.0, 0.0], [2.0, 0.0, 0.0], [-1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[1.24, -3.98, -3.95]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}

// Not the mean of the row.
// CHECK-DAG: {{ }}other_mean.layer2 relu |++++++++++++++++++++++++| 3 mixed
func.func @other_mean(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %sh = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %rt = "tosa.const"() {values = dense<0.25> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %et = "tosa.const"() {values = dense<1.0e-3> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %g = "tosa.const"() {values = dense<[[2.0, 1.0, 0.5, -1.0]]> : tensor<1x4xf32>} : () -> tensor<1x4xf32>
  %be = "tosa.const"() {values = dense<[[0.5, 0.0, -0.25, 1.0]]> : tensor<1x4xf32>} : () -> tensor<1x4xf32>
  %s = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %m = tosa.mul %s, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %c = tosa.sub %x, %m : (tensor<1x4xf32>, tensor<1x1xf32>) -> tensor<1x4xf32>
  %cc = tosa.mul %c, %c, %sh : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %q = tosa.reduce_sum %cc {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %v = tosa.mul %q, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %ve = tosa.add %v, %et : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %i = tosa.rsqrt %ve : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = tosa.mul %i, %g, %sh : (tensor<1x1xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %m2 = tosa.mul %m, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %xr = tosa.mul %x, %r, %sh : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %mr = tosa.mul %m2, %r, %sh : (tensor<1x1xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %t = tosa.sub %be, %mr : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %y = tosa.add %xr, %t : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %w = arith.constant dense<[[0.5, 1.0, 1.0], [1.0, 0.0, 0.0], [2.0, 0.0, 0.0], [-1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[1.24, -3.98, -3.95]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}
