// Units whose output is known go with their weights.

// RUN: act-opt %s --act-prune-stable -canonicalize | FileCheck %s
// RUN: act-opt %s --act-prune-stable --remarks-filter=act-prune-stable 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// What is left has no dead unit, and is left as it is.
// RUN: act-opt %s --act-prune-stable | act-opt --act-find-dead-units -o /dev/null 2>&1 | FileCheck %s --check-prefix=AGAIN --allow-empty
// RUN: act-opt %s --act-prune-stable -o %t.once.mlir
// RUN: act-opt %t.once.mlir --act-prune-stable -o %t.twice.mlir
// RUN: diff %t.once.mlir %t.twice.mlir
// AGAIN-NOT: DR002

#rc = affine_map<(d0, d1) -> (d0, d1)>
#c = affine_map<(d0, d1) -> (d1)>

// Unit 1 is dead. The sum that follows starts from a constant.
// REMARK-DAG: dead.layer1: unit 1 of 4 removed
// CHECK-LABEL: @dead
// CHECK-DAG: %[[W:.*]] = arith.constant dense<{{\[\[}}1.000000e+00, 5.000000e-01, 1.000000e+00], [-1.000000e+00, 5.000000e-01, 1.000000e+00]]> : tensor<2x3xf32>
// CHECK-DAG: %[[B:.*]] = arith.constant dense<{{\[\[}}0.000000e+00, 4.000000e+00, 5.000000e-01]]> : tensor<1x3xf32>
// CHECK-DAG: %[[V:.*]] = arith.constant dense<{{\[\[}}1.000000e+00, 2.000000e+00], [5.000000e+00, 6.000000e+00], [7.000000e+00, 8.000000e+00]]> : tensor<3x2xf32>
// CHECK: %[[M:.*]] = linalg.matmul ins(%{{.*}}, %[[W]] : {{.*}}) outs(%[[B]] : tensor<1x3xf32>)
// CHECK: %[[R:.*]] = act.relu %[[M]] : tensor<1x3xf32>
// CHECK: linalg.matmul ins(%[[R]], %[[V]] : tensor<1x3xf32>, tensor<3x2xf32>)
func.func @dead(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[1.0, 1.0, 0.5, 1.0], [-1.0, 1.0, 0.5, 1.0]]> : tensor<2x4xf32>
  %b = arith.constant dense<[[0.0, -3.0, 4.0, 0.5]]> : tensor<1x4xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x4xf32>) outs(%b : tensor<1x4xf32>) -> tensor<1x4xf32>
  %r = act.relu %m : tensor<1x4xf32>
  %v = arith.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]> : tensor<4x2xf32>
  %z = arith.constant dense<0.0> : tensor<1x2xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x4xf32>, tensor<4x2xf32>) outs(%z : tensor<1x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// Bias and activation in one body, a transposed weight, a batch of any size,
// resources. The bias serves a second layer, for which it stays.
// REMARK-DAG: fused.layer1: units 0, 2 of 3 removed
// CHECK-LABEL: @fused
// CHECK-DAG: %[[B:.*]] = arith.constant dense_resource<bias> : tensor<3xf32>
// CHECK-DAG: %[[B1:.*]] = arith.constant dense<5.000000e-01> : tensor<1xf32>
// CHECK-DAG: %[[W:.*]] = arith.constant dense<{{\[\[}}3.000000e+00, 4.000000e+00]]> : tensor<1x2xf32>
// CHECK-DAG: %[[V:.*]] = arith.constant dense<2.000000e+00> : tensor<1x3xf32>
// CHECK: %[[E:.*]] = tensor.empty(%{{.*}}) : tensor<?x1xf32>
// CHECK: linalg.fill ins(%{{.*}}) outs(%[[E]] : tensor<?x1xf32>)
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %[[W]] : tensor<?x2xf32>, tensor<1x2xf32>)
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %[[B1]] : tensor<?x1xf32>, tensor<1xf32>)
// CHECK: linalg.matmul ins(%{{.*}}, %[[V]] : tensor<?x1xf32>, tensor<1x3xf32>)
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %[[B]] :
func.func @fused(%x: tensor<?x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<?x3xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %w = arith.constant dense<[[-1.0, -2.0], [3.0, 4.0], [-5.0, -6.0]]> : tensor<3x2xf32>
  %b = arith.constant dense_resource<bias> : tensor<3xf32>
  %n = tensor.dim %x, %c0 : tensor<?x2xf32>
  %e = tensor.empty(%n) : tensor<?x3xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x3xf32>) -> tensor<?x3xf32>
  %m = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>],
                       iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %w : tensor<?x2xf32>, tensor<3x2xf32>) outs(%f : tensor<?x3xf32>) {
  ^bb0(%in: f32, %weight: f32, %sum: f32):
    %p = arith.mulf %in, %weight : f32
    %s = arith.addf %sum, %p : f32
    linalg.yield %s : f32
  } -> tensor<?x3xf32>
  %r = linalg.generic {indexing_maps = [#rc, #c, #rc], iterator_types = ["parallel", "parallel"]}
      ins(%m, %b : tensor<?x3xf32>, tensor<3xf32>) outs(%e : tensor<?x3xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %s = arith.addf %in, %bias : f32
    %p = arith.maximumf %s, %zero : f32
    linalg.yield %p : f32
  } -> tensor<?x3xf32>
  %v = arith.constant dense<2.0> : tensor<3x3xf32>
  %m2 = linalg.matmul ins(%r, %v : tensor<?x3xf32>, tensor<3x3xf32>) outs(%f : tensor<?x3xf32>) -> tensor<?x3xf32>
  %y = linalg.generic {indexing_maps = [#rc, #c, #rc], iterator_types = ["parallel", "parallel"]}
      ins(%m2, %b : tensor<?x3xf32>, tensor<3xf32>) outs(%e : tensor<?x3xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %s = arith.addf %in, %bias : f32
    linalg.yield %s : f32
  } -> tensor<?x3xf32>
  return %y : tensor<?x3xf32>
}

// Of a clamp to [0, 6], unit 1 is always 6: 6 * 0.5 and 6 * -1 go to the bias.
// REMARK-DAG: saturated.layer1: units 1, 2 of 3 removed
// CHECK-LABEL: @saturated
// CHECK-DAG: %[[C:.*]] = "tosa.const"() <{values = dense<{{\[\[\[}}4.000000e+00, -4.000000e+00]]]> : tensor<1x1x2xf32>}>
// CHECK-DAG: %[[V:.*]] = "tosa.const"() <{values = dense<1.000000e+00> : tensor<1x1x2xf32>}>
// CHECK: %[[R:.*]] = tosa.clamp %{{.*}} -> tensor<1x1x1xf32>
// CHECK: %[[M:.*]] = tosa.matmul %[[R]], %[[V]], %{{.*}} -> tensor<1x1x2xf32>
// CHECK: tosa.add %[[M]], %[[C]]
func.func @saturated(%x: tensor<1x1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1x2xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[1.0, 1.0, 0.5], [-1.0, 1.0, 0.5]]]> : tensor<1x2x3xf32>}> : () -> tensor<1x2x3xf32>
  %b = "tosa.const"() <{values = dense<[[[0.0, 9.0, -4.0]]]> : tensor<1x1x3xf32>}> : () -> tensor<1x1x3xf32>
  %m = tosa.matmul %x, %w, %zp, %zp : (tensor<1x1x2xf32>, tensor<1x2x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x3xf32>
  %a = tosa.add %m, %b : (tensor<1x1x3xf32>, tensor<1x1x3xf32>) -> tensor<1x1x3xf32>
  %r = tosa.clamp %a {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<1x1x3xf32>) -> tensor<1x1x3xf32>
  %v = "tosa.const"() <{values = dense<[[[1.0, 1.0], [0.5, -1.0], [3.0, 4.0]]]> : tensor<1x3x2xf32>}> : () -> tensor<1x3x2xf32>
  %c = "tosa.const"() <{values = dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32>}> : () -> tensor<1x1x2xf32>
  %m2 = tosa.matmul %r, %v, %zp, %zp : (tensor<1x1x3xf32>, tensor<1x3x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  %y = tosa.add %m2, %c : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x2xf32>
  return %y : tensor<1x1x2xf32>
}

// Where no bias follows, one is made.
// REMARK-DAG: no_bias.layer1: unit 1 of 2 removed
// CHECK-LABEL: @no_bias
// CHECK-DAG: %[[C:.*]] = arith.constant dense<{{\[\[}}3.000000e+00, -6.000000e+00], [3.000000e+00, -6.000000e+00]]> : tensor<2x2xf32>
// CHECK: %[[M:.*]] = linalg.matmul ins(%{{.*}}, %{{.*}} : tensor<2x1xf32>, tensor<1x2xf32>)
// CHECK: %[[Y:.*]] = arith.addf %[[M]], %[[C]] : tensor<2x2xf32>
// CHECK: return %[[Y]]
func.func @no_bias(%x: tensor<2x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}, %start: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %w = arith.constant dense<[[1.0, 1.0], [-1.0, 1.0]]> : tensor<2x2xf32>
  %b = arith.constant dense<[[0.0, 9.0], [0.0, 9.0]]> : tensor<2x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<2x2xf32>, tensor<2x2xf32>) outs(%b : tensor<2x2xf32>) -> tensor<2x2xf32>
  %r = act.relu6 %m : tensor<2x2xf32>
  %v = arith.constant dense<[[1.0, 1.0], [0.5, -1.0]]> : tensor<2x2xf32>
  %y = linalg.matmul ins(%r, %v : tensor<2x2xf32>, tensor<2x2xf32>) outs(%start : tensor<2x2xf32>) -> tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}

// A relu of what is positive is nothing, whatever reads it.
// REMARK-DAG: active.layer1: the activation changes nothing
// REMARK-DAG: active.layer2: the activation changes nothing
// CHECK-LABEL: @active
// CHECK: %[[M:.*]] = linalg.matmul
// CHECK-NEXT: tensor.empty
// CHECK-NEXT: %[[A:.*]] = linalg.generic {{.*}} ins(%[[M]],
// CHECK-NEXT: ^bb0
// CHECK-NEXT: arith.addf
// CHECK-NEXT: linalg.yield
// CHECK-NEXT: }
// CHECK-NEXT: return %[[M]], %[[A]]
func.func @active(%x: tensor<1x2xf32> {act.domain = #act.box<[1.0], [2.0]>}) -> (tensor<1x2xf32>, tensor<1x2xf32>) {
  %zero = arith.constant dense<0.0> : tensor<1x2xf32>
  %one = arith.constant dense<1.0> : tensor<2xf32>
  %w = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<1x2xf32>) -> tensor<1x2xf32>
  %p = arith.cmpf ogt, %m, %zero : tensor<1x2xf32>
  %r = arith.select %p, %m, %zero : tensor<1x2xi1>, tensor<1x2xf32>
  %e = tensor.empty() : tensor<1x2xf32>
  %s = linalg.generic {indexing_maps = [#rc, #c, #rc], iterator_types = ["parallel", "parallel"]}
      ins(%r, %one : tensor<1x2xf32>, tensor<2xf32>) outs(%e : tensor<1x2xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %sum = arith.addf %in, %bias : f32
    %q = act.relu %sum : f32
    linalg.yield %q : f32
  } -> tensor<1x2xf32>
  return %r, %s : tensor<1x2xf32>, tensor<1x2xf32>
}

// The activation that goes reads what the units before it are replaced by.
// REMARK-DAG: behind.layer2: the activation changes nothing
// REMARK-DAG: behind.layer1: unit 1 of 2 removed
// CHECK-LABEL: @behind
// CHECK: %[[M:.*]] = linalg.matmul ins(%{{.*}}, %{{.*}} : tensor<1x1xf32>, tensor<1x2xf32>)
// CHECK: %[[Y:.*]] = arith.addf %[[M]], %{{.*}} : tensor<1x2xf32>
// CHECK: return %[[Y]]
func.func @behind(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}, %start: tensor<1x2xf32> {act.domain = #act.box<[1.0], [2.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[1.0, 1.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[[-0.5, 9.0]]> : tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu6 %m : tensor<1x2xf32>
  %v = arith.constant dense<[[1.0, 1.0], [0.5, 1.0]]> : tensor<2x2xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x2xf32>, tensor<2x2xf32>) outs(%start : tensor<1x2xf32>) -> tensor<1x2xf32>
  %z = act.relu %y : tensor<1x2xf32>
  return %z : tensor<1x2xf32>
}

// The same behind a layer that goes as a whole.
// REMARK-DAG: behind_all.layer2: the activation changes nothing
// REMARK-DAG: behind_all.layer1: all units removed
// CHECK-LABEL: @behind_all
// CHECK-NEXT: %[[C:.*]] = arith.constant dense<{{\[\[}}1.000000e+00, 2.000000e+00]]>
// CHECK-NEXT: return %[[C]]
func.func @behind_all(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[-1.0, -2.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[[-0.5, -0.5]]> : tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %m : tensor<1x2xf32>
  %v = arith.constant dense<[[1.0, 1.0], [0.5, 1.0]]> : tensor<2x2xf32>
  %c = arith.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x2xf32>, tensor<2x2xf32>) outs(%c : tensor<1x2xf32>) -> tensor<1x2xf32>
  %z = act.relu %y : tensor<1x2xf32>
  return %z : tensor<1x2xf32>
}

// Compare and select, on tensors; two contractions read the output.
// REMARK-DAG: select.layer1: unit 0 of 2 removed
// CHECK-LABEL: @select
// CHECK: %[[P:.*]] = arith.cmpf ogt, %[[M:.*]], %[[Z:.*]] : tensor<1x1xf32>
// CHECK: %[[R:.*]] = arith.select %[[P]], %[[M]], %[[Z]] : tensor<1x1xi1>, tensor<1x1xf32>
// CHECK: linalg.matmul ins(%[[R]], %{{.*}} : tensor<1x1xf32>, tensor<1x2xf32>)
// CHECK: linalg.matmul ins(%[[R]], %{{.*}} : tensor<1x1xf32>, tensor<1x2xf32>)
func.func @select(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> (tensor<1x2xf32>, tensor<1x2xf32>) {
  %zero = arith.constant dense<0.0> : tensor<1x2xf32>
  %w = arith.constant dense<[[-1.0, 2.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[[-1.0, -1.0]]> : tensor<1x2xf32>
  %v = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %p = arith.cmpf ogt, %m, %zero : tensor<1x2xf32>
  %r = arith.select %p, %m, %zero : tensor<1x2xi1>, tensor<1x2xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<1x2xf32>) -> tensor<1x2xf32>
  %z = linalg.matmul ins(%r, %v : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  return %y, %z : tensor<1x2xf32>, tensor<1x2xf32>
}

// Of a layer without units its bias is left, with what units at 6 add to it.
// REMARK-DAG: all.layer1: all units removed
// CHECK-LABEL: @all
// CHECK-NEXT: %[[C:.*]] = arith.constant dense<{{\[\[}}1.300000e+01, 2.000000e+01]]> : tensor<1x2xf32>
// CHECK-NEXT: return %[[C]]
func.func @all(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[-1.0, 2.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[[-1.0, 9.0]]> : tensor<1x2xf32>
  %v = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %c = arith.constant dense<[[-5.0, -4.0]]> : tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu6 %m : tensor<1x2xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x2xf32>, tensor<2x2xf32>) outs(%c : tensor<1x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// A channel that is dead at every position.
// REMARK-DAG: channel.layer1: unit 1 of 2 removed
// CHECK-LABEL: @channel
// CHECK: linalg.conv_2d_nchw_fchw ins(%{{.*}}, %{{.*}} : tensor<1x1x3x3xf32>, tensor<1x1x2x2xf32>) outs(%{{.*}} : tensor<1x1x2x2xf32>)
// CHECK: linalg.conv_2d_nchw_fchw ins(%{{.*}}, %{{.*}} : tensor<1x1x2x2xf32>, tensor<3x1x2x2xf32>) outs(%{{.*}} : tensor<1x3x1x1xf32>)
func.func @channel(%x: tensor<1x1x3x3xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3x1x1xf32> {
  %w = arith.constant dense<[[[[1.0, 2.0], [3.0, 4.0]]], [[[1.0, 1.0], [1.0, 1.0]]]]> : tensor<2x1x2x2xf32>
  %b = arith.constant dense<[[[[0.0, 0.0], [0.0, 0.0]], [[-5.0, -5.0], [-5.0, -5.0]]]]> : tensor<1x2x2x2xf32>
  %m = linalg.conv_2d_nchw_fchw ins(%x, %w : tensor<1x1x3x3xf32>, tensor<2x1x2x2xf32>) outs(%b : tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %r = act.relu %m : tensor<1x2x2x2xf32>
  %v = arith.constant dense<1.0> : tensor<3x2x2x2xf32>
  %c = arith.constant dense<0.0> : tensor<1x3x1x1xf32>
  %y = linalg.conv_2d_nchw_fchw ins(%r, %v : tensor<1x2x2x2xf32>, tensor<3x2x2x2xf32>) outs(%c : tensor<1x3x1x1xf32>) -> tensor<1x3x1x1xf32>
  return %y : tensor<1x3x1x1xf32>
}

{-#
  dialect_resources: {
    builtin: {
      bias: "0x04000000000080C00000003F000040C1"
    }
  }
#-}

// The channels of a convolution that pads its input are units like others.
// REMARK-DAG: channels.layer1: unit 0 of 3 removed
// CHECK-LABEL: @channels
// CHECK-DAG: %[[W:.*]] = "tosa.const"() <{values = dense<{{.*}}2.000000e+00{{.*}}3.000000e+00{{.*}}> : tensor<2x1x1x1xf32>}>
// CHECK-DAG: %[[B:.*]] = "tosa.const"() <{values = dense<[5.000000e-01, 2.500000e-01]> : tensor<2xf32>}>
// CHECK-DAG: %[[V:.*]] = "tosa.const"() <{values = dense<{{.*}}5.000000e+00, -6.000000e+00{{.*}}> : tensor<1x2x1x2xf32>}>
// CHECK: tosa.conv2d %{{.*}}, %[[W]], %[[B]], %{{.*}} -> tensor<1x3x2x2xf32>
// CHECK: tosa.conv2d %{{.*}}, %[[V]], %{{.*}} -> tensor<1x4x2x1xf32>
func.func @channels(%x: tensor<1x3x2x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x4x2x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[1.0]]], [[[2.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>}> : () -> tensor<3x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<[-4.0, 0.5, 0.25]> : tensor<3xf32>}> : () -> tensor<3xf32>
  %m = tosa.conv2d %x, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x3x2x1xf32>, tensor<3x1x1x1xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x2x3xf32>
  %r = act.relu %m : tensor<1x3x2x3xf32>
  %v = "tosa.const"() <{values = dense<[[[[4.0, 5.0, -6.0]], [[7.0, 8.0, 9.0]]]]> : tensor<1x2x1x3xf32>}> : () -> tensor<1x2x1x3xf32>
  %c = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %y = tosa.conv2d %r, %v, %c, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x3x2x3xf32>, tensor<1x2x1x3xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x2x1xf32>
  return %y : tensor<1x4x2x1xf32>
}

// Units that are 0 are followed through what treats each by itself.
// REMARK-DAG: pooled.layer1: unit 1 of 3 removed
// CHECK-LABEL: @pooled
// CHECK-DAG: %[[V:.*]] = arith.constant dense<{{.*}}5.000000e-01{{.*}}-7.500000e-01{{.*}}> : tensor<1x1x2x1xf32>
// CHECK-DAG: %[[P:.*]] = linalg.pooling_nhwc_max {{.*}} -> tensor<1x2x2x2xf32>
// CHECK: %[[H:.*]] = linalg.elementwise {{.*}} ins(%[[P]]{{.*}} -> tensor<1x2x2x2xf32>
// CHECK: %[[Q:.*]] = tensor.pad %[[H]]
// CHECK: tensor<1x2x2x2xf32> to tensor<1x3x3x2xf32>
// CHECK: linalg.conv_2d_nhwc_hwcf {{.*}} ins(%[[Q]], %[[V]] :
func.func @pooled(%x: tensor<1x4x4x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3x3x1xf32> {
  %zero = arith.constant 0.0 : f32
  %least = arith.constant 0xFF800000 : f32
  %w = arith.constant dense<[[[[0.5, 0.25, 0.75]]]]> : tensor<1x1x1x3xf32>
  %b = arith.constant dense<[0.25, -8.0, 0.5]> : tensor<3xf32>
  %v = arith.constant dense<[[[[0.5], [9.0], [-0.75]]]]> : tensor<1x1x3x1xf32>
  %e = tensor.empty() : tensor<1x4x4x3xf32>
  %s = linalg.broadcast ins(%b : tensor<3xf32>) outs(%e : tensor<1x4x4x3xf32>) dimensions = [0, 1, 2]
  %m = linalg.conv_2d_nhwc_hwcf {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
    ins(%x, %w : tensor<1x4x4x1xf32>, tensor<1x1x1x3xf32>) outs(%s : tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %r = act.relu %m : tensor<1x4x4x3xf32>
  %window = tensor.empty() : tensor<2x2xf32>
  %pe = tensor.empty() : tensor<1x2x2x3xf32>
  %pf = linalg.fill ins(%least : f32) outs(%pe : tensor<1x2x2x3xf32>) -> tensor<1x2x2x3xf32>
  %p = linalg.pooling_nhwc_max {strides = dense<2> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
    ins(%r, %window : tensor<1x4x4x3xf32>, tensor<2x2xf32>) outs(%pf : tensor<1x2x2x3xf32>) -> tensor<1x2x2x3xf32>
  %h = linalg.elementwise kind=#linalg.elementwise_kind<negf> ins(%p : tensor<1x2x2x3xf32>) outs(%pe : tensor<1x2x2x3xf32>) -> tensor<1x2x2x3xf32>
  %q = tensor.pad %h low[0, 1, 0, 0] high[0, 0, 1, 0] {
  ^bb0(%a0: index, %a1: index, %a2: index, %a3: index):
    tensor.yield %zero : f32
  } : tensor<1x2x2x3xf32> to tensor<1x3x3x3xf32>
  %ye = tensor.empty() : tensor<1x3x3x1xf32>
  %yf = linalg.fill ins(%zero : f32) outs(%ye : tensor<1x3x3x1xf32>) -> tensor<1x3x3x1xf32>
  %y = linalg.conv_2d_nhwc_hwcf {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
    ins(%q, %v : tensor<1x3x3x3xf32>, tensor<1x1x3x1xf32>) outs(%yf : tensor<1x3x3x1xf32>) -> tensor<1x3x3x1xf32>
  return %y : tensor<1x3x3x1xf32>
}

// The constant 6 of unit 0 stays where a mean lies between, for the pool reads
// it and the padding; the zeros of unit 1 go.
// REMARK-DAG: means.layer1: unit 1 of 3 removed
// CHECK-LABEL: @means
// CHECK: tosa.avg_pool2d {{.*}} -> tensor<1x2x2x2xf32>
// CHECK: tosa.max_pool2d {{.*}} -> tensor<1x1x1x2xf32>
// CHECK: tosa.conv2d
func.func @means(%x: tensor<1x2x2x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1x1x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[1.0]]], [[[2.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>}> : () -> tensor<3x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<[9.0, -4.0, 0.25]> : tensor<3xf32>}> : () -> tensor<3xf32>
  %m = tosa.conv2d %x, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x2x2x1xf32>, tensor<3x1x1x1xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x3xf32>
  %r = act.relu6 %m : tensor<1x2x2x3xf32>
  %a = tosa.avg_pool2d %r, %zp, %zp {acc_type = f32, kernel = array<i64: 2, 2>, pad = array<i64: 1, 0, 0, 1>, stride = array<i64: 1, 1>}
    : (tensor<1x2x2x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x3xf32>
  %p = tosa.max_pool2d %a {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x2x2x3xf32>) -> tensor<1x1x1x3xf32>
  %v = "tosa.const"() <{values = dense<[[[[4.0, 5.0, -6.0]]]]> : tensor<1x1x1x3xf32>}> : () -> tensor<1x1x1x3xf32>
  %c = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %y = tosa.conv2d %p, %v, %c, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x1x1x3xf32>, tensor<1x1x1x3xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  return %y : tensor<1x1x1x1xf32>
}

// Flattened, a unit has several rows of weights.
// REMARK-DAG: flattened.layer1: unit 1 of 3 removed
// CHECK-LABEL: @flattened
// CHECK-DAG: %[[V:.*]] = arith.constant dense<{{\[\[}}1.000000e+00, 2.000000e+00], [5.000000e+00, 6.000000e+00], [7.000000e+00, 8.000000e+00], {{.*}}> : tensor<12x2xf32>
// CHECK: %[[T:.*]] = tensor.collapse_shape %{{.*}} : tensor<1x2x3x2xf32> into tensor<1x12xf32>
// CHECK: linalg.matmul ins(%[[T]], %[[V]] :
func.func @flattened(%x: tensor<1x2x3x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x2xf32> {
  %zero = arith.constant 0.0 : f32
  %w = arith.constant dense<[[[[0.5, 0.25, 0.75]]]]> : tensor<1x1x1x3xf32>
  %b = arith.constant dense<[0.25, -8.0, 0.5]> : tensor<3xf32>
  %v = arith.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0], [9.0, 10.0], [11.0, 12.0], [13.0, 14.0], [15.0, 16.0], [17.0, 18.0],
                             [1.5, 2.5], [3.5, 4.5], [5.5, 6.5], [7.5, 8.5], [9.5, 10.5], [11.5, 12.5], [13.5, 14.5], [15.5, 16.5], [17.5, 18.5]]> : tensor<18x2xf32>
  %e = tensor.empty() : tensor<1x2x3x3xf32>
  %s = linalg.broadcast ins(%b : tensor<3xf32>) outs(%e : tensor<1x2x3x3xf32>) dimensions = [0, 1, 2]
  %m = linalg.conv_2d_nhwc_hwcf {strides = dense<1> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
    ins(%x, %w : tensor<1x2x3x1xf32>, tensor<1x1x1x3xf32>) outs(%s : tensor<1x2x3x3xf32>) -> tensor<1x2x3x3xf32>
  %r = act.relu %m : tensor<1x2x3x3xf32>
  %t = tensor.collapse_shape %r [[0], [1, 2, 3]] : tensor<1x2x3x3xf32> into tensor<1x18xf32>
  %ye = tensor.empty() : tensor<1x2xf32>
  %yf = linalg.fill ins(%zero : f32) outs(%ye : tensor<1x2xf32>) -> tensor<1x2xf32>
  %y = linalg.matmul ins(%t, %v : tensor<1x18xf32>, tensor<18x2xf32>) outs(%yf : tensor<1x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// So has one that is always 6: 6 times the sum of these goes to the bias.
// REMARK-DAG: reshaped.layer1: units 0, 1 of 3 removed
// CHECK-LABEL: @reshaped
// CHECK-DAG: %[[C:.*]] = arith.constant dense<{{\[\[\[}}2.610000e+02, 2.970000e+02]]]> : tensor<1x1x2xf32>
// CHECK-DAG: %[[S:.*]] = tosa.const_shape {values = dense<[1, 1, 6]> : tensor<3xindex>}
// CHECK-DAG: %[[V:.*]] = "tosa.const"() <{values = dense<{{\[\[\[}}5.000000e+00, 6.000000e+00], [1.100000e+01, 1.200000e+01], {{.*}}> : tensor<1x6x2xf32>}>
// CHECK: %[[T:.*]] = tosa.reshape %{{.*}}, %[[S]] : (tensor<1x2x3x1xf32>, !tosa.shape<3>) -> tensor<1x1x6xf32>
// CHECK: %[[M:.*]] = tosa.matmul %[[T]], %[[V]]
// CHECK: arith.addf %[[M]], %[[C]]
func.func @reshaped(%x: tensor<1x2x3x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1x2xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[0.5]]], [[[0.25]]], [[[0.75]]]]> : tensor<3x1x1x1xf32>}> : () -> tensor<3x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<[9.25, -8.0, 0.5]> : tensor<3xf32>}> : () -> tensor<3xf32>
  %m = tosa.conv2d %x, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x2x3x1xf32>, tensor<3x1x1x1xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x3x3xf32>
  %r = act.relu6 %m : tensor<1x2x3x3xf32>
  %shape = tosa.const_shape {values = dense<[1, 1, 18]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %t = tosa.reshape %r, %shape : (tensor<1x2x3x3xf32>, !tosa.shape<3>) -> tensor<1x1x18xf32>
  %v = "tosa.const"() <{values = dense<[[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0], [9.0, 10.0], [11.0, 12.0], [13.0, 14.0], [15.0, 16.0], [17.0, 18.0],
                             [1.5, 2.5], [3.5, 4.5], [5.5, 6.5], [7.5, 8.5], [9.5, 10.5], [11.5, 12.5], [13.5, 14.5], [15.5, 16.5], [17.5, 18.5]]]> : tensor<1x18x2xf32>}> : () -> tensor<1x18x2xf32>
  %y = tosa.matmul %t, %v, %zp, %zp : (tensor<1x1x18xf32>, tensor<1x18x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  return %y : tensor<1x1x2xf32>
}
