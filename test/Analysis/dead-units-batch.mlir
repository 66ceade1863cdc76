// A dimension of unknown size is a batch where each of its indices is computed
// by itself: linear bounds then hold for all. Elsewhere they must not take one
// index for another.

// RUN: act-lint %s --fail-on=never | FileCheck %s

#row = affine_map<(d0, d1) -> (d0, d1)>
#column = affine_map<(d0, d1) -> (d1, d0)>
#first = affine_map<(d0, d1) -> (d0)>
#second = affine_map<(d0, d1) -> (d1)>

//===----------------------------------------------------------------------===//
// Batches
//===----------------------------------------------------------------------===//

// |x1 + x2| + |x1 - x2| - 3 <= -1 on the square, where intervals say 1.
// CHECK-DAG: dense.layer1 relu |++++++++++++++++++++++++| 4 mixed
// CHECK-DAG: dense.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @dense(%x: tensor<?x2xf32> {act.domain = #act.box<[-1.0, -1.0], [1.0, 1.0]>}) -> tensor<?x1xf32> {
  %w = arith.constant dense<[[1.0, -1.0, 1.0, -1.0], [1.0, -1.0, -1.0, 1.0]]> : tensor<2x4xf32>
  %v = arith.constant dense<1.0> : tensor<4x1xf32>
  %b = arith.constant dense<-3.0> : tensor<1xf32>
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x2xf32>
  %e = tensor.empty(%n) : tensor<?x4xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x4xf32>) -> tensor<?x4xf32>
  %y = linalg.matmul ins(%x, %w : tensor<?x2xf32>, tensor<2x4xf32>) outs(%f : tensor<?x4xf32>) -> tensor<?x4xf32>
  %h = act.relu %y : tensor<?x4xf32>
  %e1 = tensor.empty(%n) : tensor<?x1xf32>
  %start = linalg.broadcast ins(%b : tensor<1xf32>) outs(%e1 : tensor<?x1xf32>) dimensions = [0]
  %z = linalg.matmul ins(%h, %v : tensor<?x4xf32>, tensor<4x1xf32>) outs(%start : tensor<?x1xf32>) -> tensor<?x1xf32>
  %r = act.relu %z : tensor<?x1xf32>
  return %r : tensor<?x1xf32>
}

// The batch is moved with its elements: x + (-x) along another road is 0.
// CHECK-DAG: moved.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 3 dead
func.func @moved(%x: tensor<?x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<?x3xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %b = arith.constant dense<-0.1> : tensor<1x3xf32>
  %n = tensor.dim %x, %c0 : tensor<?x2xf32>
  %negative = arith.negf %x : tensor<?x2xf32>
  %e = tensor.empty(%n) : tensor<2x?xf32>
  %t = linalg.transpose ins(%negative : tensor<?x2xf32>) outs(%e : tensor<2x?xf32>) permutation = [1, 0]
  %tn = tensor.dim %t, %c1 : tensor<2x?xf32>
  %all = tensor.extract_slice %t[0, 0] [2, %tn] [1, 1] : tensor<2x?xf32> to tensor<2x?xf32>
  %back = tosa.transpose %all {perms = array<i32: 1, 0>} : (tensor<2x?xf32>) -> tensor<?x2xf32>
  %wide = tensor.expand_shape %back [[0], [1, 2]] output_shape [%n, 1, 2] : tensor<?x2xf32> into tensor<?x1x2xf32>
  %shape = tosa.const_shape {values = dense<[1, -1, 2]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %turned = tosa.reshape %wide, %shape : (tensor<?x1x2xf32>, !tosa.shape<3>) -> tensor<1x?x2xf32>
  %flat = tensor.collapse_shape %turned [[0, 1], [2]] : tensor<1x?x2xf32> into tensor<?x2xf32>
  %sum = arith.addf %x, %flat : tensor<?x2xf32>
  %sn = tensor.dim %sum, %c0 : tensor<?x2xf32>
  %one = tensor.extract_slice %sum[0, 1] [%sn, 1] [1, 1] : tensor<?x2xf32> to tensor<?x1xf32>
  %joined = tensor.concat dim(1) %sum, %one : (tensor<?x2xf32>, tensor<?x1xf32>) -> tensor<?x3xf32>
  %z = tosa.add %joined, %b : (tensor<?x3xf32>, tensor<1x3xf32>) -> tensor<?x3xf32>
  %r = act.relu %z : tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}

// Images of a batch, padded: channels take each other away.
// CHECK-DAG: convolved.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @convolved(%x: tensor<?x3x3x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<?x3x3x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %k = "tosa.const"() <{values = dense<[[[[0.5], [1.0], [0.5]], [[1.0], [2.0], [1.0]], [[0.5], [1.0], [0.5]]], [[[-0.5], [-1.0], [-0.5]], [[-1.0], [-2.0], [-1.0]], [[-0.5], [-1.0], [-0.5]]]]> : tensor<2x3x3x1xf32>}> : () -> tensor<2x3x3x1xf32>
  %no = "tosa.const"() <{values = dense<0.0> : tensor<2xf32>}> : () -> tensor<2xf32>
  %sum = "tosa.const"() <{values = dense<1.0> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %b = "tosa.const"() <{values = dense<-0.1> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %k, %no, %zp, %zp {acc_type = f32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<?x3x3x1xf32>, tensor<2x3x3x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<?x3x3x2xf32>
  %z = tosa.conv2d %c, %sum, %b, %zp, %zp {acc_type = f32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<?x3x3x2xf32>, tensor<1x1x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<?x3x3x1xf32>
  %r = act.relu %z : tensor<?x3x3x1xf32>
  return %r : tensor<?x3x3x1xf32>
}

// Features are reduced, the batch is not.
// CHECK-DAG: reduced.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @reduced(%x: tensor<?x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<?x1xf32> {
  %b = arith.constant dense<-0.1> : tensor<1x1xf32>
  %m = arith.negf %x : tensor<?x2xf32>
  %both = tensor.concat dim(1) %x, %m : (tensor<?x2xf32>, tensor<?x2xf32>) -> tensor<?x4xf32>
  %s = tosa.reduce_sum %both {axis = 1 : i32} : (tensor<?x4xf32>) -> tensor<?x1xf32>
  %z = tosa.add %s, %b : (tensor<?x1xf32>, tensor<1x1xf32>) -> tensor<?x1xf32>
  %r = act.relu %z : tensor<?x1xf32>
  return %r : tensor<?x1xf32>
}

//===----------------------------------------------------------------------===//
// No batches: all of these units can fire
//===----------------------------------------------------------------------===//

// x[i] - x[j].
// CHECK-DAG: outer.layer1 relu |........................| 1 unknown
func.func @outer(%x: tensor<?xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<?x?xf32> {
  %b = arith.constant 0.1 : f32
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf32>
  %e = tensor.empty(%n, %n) : tensor<?x?xf32>
  %z = linalg.generic {indexing_maps = [#first, #second, #row], iterator_types = ["parallel", "parallel"]}
      ins(%x, %x : tensor<?xf32>, tensor<?xf32>) outs(%e : tensor<?x?xf32>) {
  ^bb0(%p: f32, %q: f32, %out: f32):
    %d = arith.subf %p, %q : f32
    %s = arith.subf %d, %b : f32
    linalg.yield %s : f32
  } -> tensor<?x?xf32>
  %r = act.relu %z : tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// x y^T over the batch, of which x[i] y[i] is one term of many.
// CHECK-DAG: contracted.layer1 relu |........................| 2 unknown
func.func @contracted(%x: tensor<2x?xf32> {act.domain = #act.box<[-1.0], [1.0]>}, %y: tensor<?x2xf32> {act.domain = #act.box<[1.0], [1.0]>}) -> tensor<2x2xf32> {
  %b = arith.constant dense<-1.5> : tensor<2x2xf32>
  %z = linalg.matmul ins(%x, %y : tensor<2x?xf32>, tensor<?x2xf32>) outs(%b : tensor<2x2xf32>) -> tensor<2x2xf32>
  %r = act.relu %z : tensor<2x2xf32>
  return %r : tensor<2x2xf32>
}

// The sum over the batch less one of its terms.
// CHECK-DAG: summed.layer1 relu |........................| 1 unknown
func.func @summed(%x: tensor<?x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<?x1xf32> {
  %b = arith.constant dense<-0.1> : tensor<1xf32>
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x1xf32>
  %sum = linalg.reduce ins(%x : tensor<?x1xf32>) outs(%b : tensor<1xf32>) dimensions = [0]
    (%p: f32, %q: f32) {
      %s = arith.addf %p, %q : f32
      linalg.yield %s : f32
    }
  %e = tensor.empty(%n) : tensor<?x1xf32>
  %z = linalg.generic {indexing_maps = [#second, #row, #row], iterator_types = ["parallel", "parallel"]}
      ins(%sum, %x : tensor<1xf32>, tensor<?x1xf32>) outs(%e : tensor<?x1xf32>) {
  ^bb0(%p: f32, %q: f32, %out: f32):
    %d = arith.subf %p, %q : f32
    linalg.yield %d : f32
  } -> tensor<?x1xf32>
  %r = act.relu %z : tensor<?x1xf32>
  return %r : tensor<?x1xf32>
}

// x[i] - x[i + 1] by slices.
// CHECK-DAG: shifted.layer1 relu |........................| 1 unknown
func.func @shifted(%x: tensor<?x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<?x1xf32> {
  %b = arith.constant dense<-0.1> : tensor<1x1xf32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x1xf32>
  %less = arith.subi %n, %c1 : index
  %head = tensor.extract_slice %x[0, 0] [%less, 1] [1, 1] : tensor<?x1xf32> to tensor<?x1xf32>
  %tail = tensor.extract_slice %x[1, 0] [%less, 1] [1, 1] : tensor<?x1xf32> to tensor<?x1xf32>
  %d = arith.subf %head, %tail : tensor<?x1xf32>
  %z = tosa.add %d, %b : (tensor<?x1xf32>, tensor<1x1xf32>) -> tensor<?x1xf32>
  %r = act.relu %z : tensor<?x1xf32>
  return %r : tensor<?x1xf32>
}

// x[i] - x[i + 1] by a convolution along the dimension.
// CHECK-DAG: along.layer1 relu |........................| 1 unknown
func.func @along(%x: tensor<?xf32> {act.domain = #act.box<[-1.0], [1.0]>}, %n: index) -> tensor<?xf32> {
  %k = arith.constant dense<[1.0, -1.0]> : tensor<2xf32>
  %b = arith.constant -0.1 : f32
  %start = tensor.splat %b[%n] : tensor<?xf32>
  %z = linalg.conv_1d ins(%x, %k : tensor<?xf32>, tensor<2xf32>) outs(%start : tensor<?xf32>) -> tensor<?xf32>
  %r = act.relu %z : tensor<?xf32>
  return %r : tensor<?xf32>
}

// A size that only the result tells: the four elements differ.
// CHECK-DAG: revealed.layer1 relu |........................| 1 unknown
func.func @revealed(%x: tensor<?x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<4x1xf32>}> : () -> tensor<4x1xf32>
  %b = "tosa.const"() <{values = dense<-0.1> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %y = tosa.add %x, %zero : (tensor<?x1xf32>, tensor<4x1xf32>) -> tensor<4x1xf32>
  %p = tensor.extract_slice %y[0, 0] [1, 1] [1, 1] : tensor<4x1xf32> to tensor<1x1xf32>
  %q = tensor.extract_slice %y[1, 0] [1, 1] [1, 1] : tensor<4x1xf32> to tensor<1x1xf32>
  %d = arith.subf %p, %q : tensor<1x1xf32>
  %z = arith.addf %d, %b : tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// Other types of one entry are not the same elements either.
// CHECK-DAG: reshaped.layer1 relu |........................| 1 unknown
func.func @reshaped(%x: tensor<?xf32> {act.domain = #act.box<[-1.0], [1.0]>}, %n: index) -> tensor<?xf32> {
  %b = arith.constant -0.1 : f32
  %c0 = arith.constant 0 : index
  %both = tensor.concat dim(0) %x, %x : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  %four = tensor.expand_shape %both [[0, 1]] output_shape [%n, 2] : tensor<?xf32> into tensor<?x2xf32>
  %m = tensor.dim %four, %c0 : tensor<?x2xf32>
  %p = tensor.extract_slice %four[0, 0] [%m, 1] [1, 1] : tensor<?x2xf32> to tensor<?xf32>
  %q = tensor.extract_slice %four[0, 1] [%m, 1] [1, 1] : tensor<?x2xf32> to tensor<?xf32>
  %d = arith.subf %p, %q : tensor<?xf32>
  %bs = tensor.splat %b[%n] : tensor<?xf32>
  %z = arith.addf %d, %bs : tensor<?xf32>
  %r = act.relu %z : tensor<?xf32>
  return %r : tensor<?xf32>
}

// CHECK-NOT: tensor.empty
