// What exporters print for a layer norm, and a batch norm that takes its
// statistics from the batch, is told by what it computes: of 4 numbers the norm is
// at most 2, one is at most sqrt(3), and they add up to 0.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// The same in f64, where wide numbers leave a variance above 0 as well.
// RUN: sed 's/f32/f64/g' %s > %t.mlir
// RUN: act-lint %t.mlir --fail-on=never | FileCheck %s --check-prefix=F64
// F64-DAG: {{ }}torch.layer1 relu |xxxxxxxxxxxxxxxx++++++++| 2 dead, 1 mixed
// F64-DAG: {{ }}onnx.layer2 relu |xxxxxxxxxxxxxxxx........| 2 dead, 1 unknown
// F64-DAG: {{ }}one_body.layer1 relu |xxxxxxxxxxxxxxxx++++++++| 2 dead, 1 mixed
// F64-DAG: {{ }}tosa.layer2 relu |xxxxxxxxxxxxxxxx........| 2 dead, 1 unknown
// F64-DAG: {{ }}wide_moments.layer1 relu |xxxxxxxxxxxxxxxx++++++++| 2 dead, 1 mixed
// F64-DAG: {{ }}batch.layer2 relu |xxxxxxxxxxxx++++++++++++| 1 dead, 1 mixed
// F64-DAG: {{ }}swapped.layer2 relu |++++++++++++++++++++++++| 1 mixed

#id = affine_map<(d0, d1) -> (d0, d1)>
#kept = affine_map<(d0, d1) -> (d0, 0)>
#column = affine_map<(d0, d1) -> (d1)>

// Each op by itself, sums that keep their dimension, as torch-mlir lowers it.
// CHECK-DAG: {{ }}torch.layer1 relu |xxxxxxxxxxxxxxxx++++++++| 2 dead, 1 mixed
func.func @torch(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e1 = tensor.empty() : tensor<1x1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x1xf32>) -> tensor<1x1xf32>
  %s = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %in, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %m = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%s : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.divf %in, %n : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %mb = linalg.generic {indexing_maps = [#kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%m : tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x4xf32>
  %c = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %mb : tensor<1x4xf32>, tensor<1x4xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.subf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %cc = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%c, %c : tensor<1x4xf32>, tensor<1x4xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.mulf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %q = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%cc : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %in, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %v = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%q : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.divf %in, %n : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %ve = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%v : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t0 = arith.addf %in, %eps : f32
    linalg.yield %t0 : f32
  } -> tensor<1x1xf32>
  %i = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%ve : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t0 = math.rsqrt %in : f32
    linalg.yield %t0 : f32
  } -> tensor<1x1xf32>
  %ib = linalg.generic {indexing_maps = [#kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%i : tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x4xf32>
  %y = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%c, %ib : tensor<1x4xf32>, tensor<1x4xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.mulf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[-0.01, -1.75, -1.7]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}

// A square by powf, a division by a root, as ONNX spells it.
// CHECK-DAG: {{ }}onnx.layer2 relu |xxxxxxxxxxxxxxxx........| 2 dead, 1 unknown
func.func @onnx(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %zero = arith.constant 0.0 : f32
  %rn = arith.constant 0.25 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e1 = tensor.empty() : tensor<1x1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x1xf32>) -> tensor<1x1xf32>
  %s = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %in, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %m = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%s : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.mulf %in, %rn : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %c = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %m : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.subf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %two = arith.constant 2.0 : f32
  %cc = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%c : tensor<1x4xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = math.powf %in, %two : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %q = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%cc : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %in, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %v = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%q : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.mulf %in, %rn : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %ve = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%v : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t0 = arith.addf %in, %eps : f32
    linalg.yield %t0 : f32
  } -> tensor<1x1xf32>
  %sd = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%ve : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t0 = math.sqrt %in : f32
    linalg.yield %t0 : f32
  } -> tensor<1x1xf32>
  %y = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%c, %sd : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.divf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[-0.01, -1.75, -1.7]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}

// One body for all but the sums, with scale and shift.
// CHECK-DAG: {{ }}one_body.layer1 relu |xxxxxxxxxxxxxxxx++++++++| 2 dead, 1 mixed
func.func @one_body(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e1 = tensor.empty() : tensor<1x1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x1xf32>) -> tensor<1x1xf32>
  %s = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %in, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %m = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%s : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.divf %in, %n : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %q = linalg.generic {indexing_maps = [#id, #kept, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x, %m : tensor<1x4xf32>, tensor<1x1xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %mm: f32, %out: f32):
    %c = arith.subf %in, %mm : f32
    %cc = arith.mulf %c, %c : f32
    %a = arith.addf %out, %cc : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %g = arith.constant dense<[1.0, 1.0, 1.0, 0.9999]> : tensor<4xf32>
  %be = arith.constant dense<[0.0, 0.001, 0.002, 0.003]> : tensor<4xf32>
  %y = linalg.generic {indexing_maps = [#id, #kept, #kept, #column, #column, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %m, %q, %g, %be : tensor<1x4xf32>, tensor<1x1xf32>, tensor<1x1xf32>, tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %mm: f32, %qq: f32, %gg: f32, %bb: f32, %out: f32):
    %c = arith.subf %in, %mm : f32
    %v = arith.divf %qq, %n : f32
    %ve = arith.addf %v, %eps : f32
    %i = math.rsqrt %ve : f32
    %a = arith.mulf %c, %i : f32
    %a2 = arith.mulf %a, %gg : f32
    %a3 = arith.addf %a2, %bb : f32
    linalg.yield %a3 : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[-0.01, -1.75, -1.7]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}

// Products with 1 / n, as tosa has it.
// CHECK-DAG: {{ }}tosa.layer2 relu |xxxxxxxxxxxxxxxx........| 2 dead, 1 unknown
func.func @tosa(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %e1 = tensor.empty() : tensor<1x1xf32>
  %sh = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %rt = "tosa.const"() {values = dense<0.25> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %et = "tosa.const"() {values = dense<1.0e-5> : tensor<1x1xf32>} : () -> tensor<1x1xf32>
  %s = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %m = tosa.mul %s, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %c = tosa.sub %x, %m : (tensor<1x4xf32>, tensor<1x1xf32>) -> tensor<1x4xf32>
  %cc = tosa.mul %c, %c, %sh : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %q = tosa.reduce_sum %cc {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %v = tosa.mul %q, %rt, %sh : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %ve = tosa.add %v, %et : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %i = tosa.rsqrt %ve : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %y = tosa.mul %c, %i, %sh : (tensor<1x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[-0.01, -1.75, -1.7]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}

// The mean of the squares less the square of the mean. Its rounding is small next
// to the epsilon for numbers of [-1, 1], but not for those of [-100, 100]: then it
// may be negative, and its root NaN.
// CHECK-DAG: {{ }}moments.layer1 relu |xxxxxxxxxxxxxxxx++++++++| 2 dead, 1 mixed
// CHECK-DAG: {{ }}wide_moments.layer1 relu |........................| 3 unknown
func.func @moments(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e1 = tensor.empty() : tensor<1x1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x1xf32>) -> tensor<1x1xf32>
  %s = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %in, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %m = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%s : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.divf %in, %n : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %sq = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %q = arith.mulf %in, %in : f32
    %a = arith.addf %q, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %ms = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%sq : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.divf %in, %n : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %v = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%ms, %m : tensor<1x1xf32>, tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %mm: f32, %out: f32):
    %m2 = arith.mulf %mm, %mm : f32
    %v0 = arith.subf %in, %m2 : f32
    linalg.yield %v0 : f32
  } -> tensor<1x1xf32>
  %c = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %m : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.subf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %i = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%v : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t0 = arith.addf %in, %eps : f32
    %t1 = math.rsqrt %t0 : f32
    linalg.yield %t1 : f32
  } -> tensor<1x1xf32>
  %y = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%c, %i : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.mulf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[-0.01, -1.75, -1.7]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}

func.func @wide_moments(%x: tensor<1x4xf32> {act.domain = #act.box<[-100.0], [100.0]>}) -> tensor<1x3xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e1 = tensor.empty() : tensor<1x1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x1xf32>) -> tensor<1x1xf32>
  %s = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %in, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %m = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%s : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.divf %in, %n : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %sq = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %q = arith.mulf %in, %in : f32
    %a = arith.addf %q, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %ms = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%sq : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.divf %in, %n : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %v = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%ms, %m : tensor<1x1xf32>, tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %mm: f32, %out: f32):
    %m2 = arith.mulf %mm, %mm : f32
    %v0 = arith.subf %in, %m2 : f32
    linalg.yield %v0 : f32
  } -> tensor<1x1xf32>
  %c = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %m : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.subf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %i = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%v : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t0 = arith.addf %in, %eps : f32
    %t1 = math.rsqrt %t0 : f32
    linalg.yield %t1 : f32
  } -> tensor<1x1xf32>
  %y = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%c, %i : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.mulf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[-0.01, -1.75, -1.7]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}

// At least 0, as flax has it.
// CHECK-DAG: {{ }}moments_max.layer2 relu |xxxxxxxxxxxxxxxx++++++++| 2 dead, 1 mixed
// CHECK-DAG: {{ }}wide_moments_max.layer2 relu |................++++++++| 1 mixed, 2 unknown
func.func @moments_max(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e1 = tensor.empty() : tensor<1x1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x1xf32>) -> tensor<1x1xf32>
  %s = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %in, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %m = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%s : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.divf %in, %n : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %sq = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %q = arith.mulf %in, %in : f32
    %a = arith.addf %q, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %ms = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%sq : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.divf %in, %n : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %v = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%ms, %m : tensor<1x1xf32>, tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %mm: f32, %out: f32):
    %m2 = arith.mulf %mm, %mm : f32
    %v0 = arith.subf %in, %m2 : f32
    %v = arith.maximumf %v0, %zero : f32
    linalg.yield %v : f32
  } -> tensor<1x1xf32>
  %c = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %m : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.subf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %i = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%v : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t0 = arith.addf %in, %eps : f32
    %t1 = math.rsqrt %t0 : f32
    linalg.yield %t1 : f32
  } -> tensor<1x1xf32>
  %y = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%c, %i : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.mulf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[-0.01, -1.75, -1.7]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}

func.func @wide_moments_max(%x: tensor<1x4xf32> {act.domain = #act.box<[-100.0], [100.0]>}) -> tensor<1x3xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 4.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e1 = tensor.empty() : tensor<1x1xf32>
  %e = tensor.empty() : tensor<1x4xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x1xf32>) -> tensor<1x1xf32>
  %s = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.addf %in, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %m = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%s : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.divf %in, %n : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %sq = linalg.generic {indexing_maps = [#id, #kept], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<1x4xf32>) outs(%s0 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %q = arith.mulf %in, %in : f32
    %a = arith.addf %q, %out : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %ms = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%sq : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %a = arith.divf %in, %n : f32
    linalg.yield %a : f32
  } -> tensor<1x1xf32>
  %v = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%ms, %m : tensor<1x1xf32>, tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %mm: f32, %out: f32):
    %m2 = arith.mulf %mm, %mm : f32
    %v0 = arith.subf %in, %m2 : f32
    %v = arith.maximumf %v0, %zero : f32
    linalg.yield %v : f32
  } -> tensor<1x1xf32>
  %c = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %m : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.subf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %i = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%v : tensor<1x1xf32>) outs(%e1 : tensor<1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t0 = arith.addf %in, %eps : f32
    %t1 = math.rsqrt %t0 : f32
    linalg.yield %t1 : f32
  } -> tensor<1x1xf32>
  %y = linalg.generic {indexing_maps = [#id, #kept, #id], iterator_types = ["parallel", "parallel"]}
      ins(%c, %i : tensor<1x4xf32>, tensor<1x1xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %a = arith.mulf %in, %in2 : f32
    linalg.yield %a : f32
  } -> tensor<1x4xf32>
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[-0.01, -1.75, -1.7]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%y, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}


// Statistics of a batch: of 2 samples of 2 features at 2 places, the 4 numbers of
// a feature are its row. Two of them add up to at most 2, a box says 3.46.
// CHECK-DAG: {{ }}batch.layer2 relu |xxxxxxxxxxxx++++++++++++| 1 dead, 1 mixed
func.func @batch(%x: tensor<2x2x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<2x2xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant dense<4.0> : tensor<2xf32>
  %eps = arith.constant dense<1.0e-5> : tensor<2xf32>
  %e1 = tensor.empty() : tensor<2xf32>
  %e = tensor.empty() : tensor<2x2x2xf32>
  %start = linalg.fill ins(%zero : f32) outs(%e1 : tensor<2xf32>) -> tensor<2xf32>
  %s = linalg.reduce { arith.addf } ins(%x : tensor<2x2x2xf32>) outs(%start : tensor<2xf32>) dimensions = [0, 2]
  %m = linalg.div ins(%s, %n : tensor<2xf32>, tensor<2xf32>) outs(%e1 : tensor<2xf32>) -> tensor<2xf32>
  %mb = linalg.broadcast ins(%m : tensor<2xf32>) outs(%e : tensor<2x2x2xf32>) dimensions = [0, 2]
  %c = linalg.sub ins(%x, %mb : tensor<2x2x2xf32>, tensor<2x2x2xf32>) outs(%e : tensor<2x2x2xf32>) -> tensor<2x2x2xf32>
  %cc = linalg.square ins(%c : tensor<2x2x2xf32>) outs(%e : tensor<2x2x2xf32>) -> tensor<2x2x2xf32>
  %q = linalg.reduce { arith.addf } ins(%cc : tensor<2x2x2xf32>) outs(%start : tensor<2xf32>) dimensions = [0, 2]
  %v = linalg.div ins(%q, %n : tensor<2xf32>, tensor<2xf32>) outs(%e1 : tensor<2xf32>) -> tensor<2xf32>
  %ve = linalg.add ins(%v, %eps : tensor<2xf32>, tensor<2xf32>) outs(%e1 : tensor<2xf32>) -> tensor<2xf32>
  %i = linalg.rsqrt ins(%ve : tensor<2xf32>) outs(%e1 : tensor<2xf32>) -> tensor<2xf32>
  %ib = linalg.broadcast ins(%i : tensor<2xf32>) outs(%e : tensor<2x2x2xf32>) dimensions = [0, 2]
  %y = linalg.mul ins(%c, %ib : tensor<2x2x2xf32>, tensor<2x2x2xf32>) outs(%e : tensor<2x2x2xf32>) -> tensor<2x2x2xf32>
  %rows = tensor.collapse_shape %y [[0], [1, 2]] : tensor<2x2x2xf32> into tensor<2x4xf32>
  %w = arith.constant dense<[[1.0, 1.0], [1.0, 1.0], [0.0, 0.0], [0.0, 0.0]]> : tensor<4x2xf32>
  %b = arith.constant dense<[[-2.01, -1.9], [-2.01, -1.9]]> : tensor<2x2xf32>
  %z = linalg.matmul ins(%rows, %w : tensor<2x4xf32>, tensor<4x2xf32>) outs(%b : tensor<2x2xf32>) -> tensor<2x2xf32>
  %h = act.relu %z : tensor<2x2xf32>
  return %h : tensor<2x2xf32>
}

// The sum of a column is no norm of a row.
// CHECK-DAG: {{ }}swapped.layer2 relu |++++++++++++++++++++++++| 1 mixed
func.func @swapped(%x: tensor<2x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<2x1xf32> {
  %zero = arith.constant 0.0 : f32
  %eps = arith.constant dense<1.0e-5> : tensor<2xf32>
  %e1 = tensor.empty() : tensor<2xf32>
  %e = tensor.empty() : tensor<2x2xf32>
  %start = linalg.fill ins(%zero : f32) outs(%e1 : tensor<2xf32>) -> tensor<2xf32>
  %t = linalg.transpose ins(%x : tensor<2x2xf32>) outs(%e : tensor<2x2xf32>) permutation = [1, 0]
  %cc = arith.mulf %t, %t : tensor<2x2xf32>
  %q = linalg.reduce { arith.addf } ins(%cc : tensor<2x2xf32>) outs(%start : tensor<2xf32>) dimensions = [1]
  %ve = arith.addf %q, %eps : tensor<2xf32>
  %i = math.rsqrt %ve : tensor<2xf32>
  %ib = linalg.broadcast ins(%i : tensor<2xf32>) outs(%e : tensor<2x2xf32>) dimensions = [1]
  %y = arith.mulf %x, %ib : tensor<2x2xf32>
  %w = arith.constant dense<1.0> : tensor<2x1xf32>
  %b = arith.constant dense<-1.5> : tensor<2x1xf32>
  %z = linalg.matmul ins(%y, %w : tensor<2x2xf32>, tensor<2x1xf32>) outs(%b : tensor<2x1xf32>) -> tensor<2x1xf32>
  %h = act.relu %z : tensor<2x1xf32>
  return %h : tensor<2x1xf32>
}
