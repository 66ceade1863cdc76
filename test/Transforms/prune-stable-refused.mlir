// What stays, and why; the program does not change.

// RUN: act-opt %s --act-prune-stable --remarks-filter=act-prune-stable --verify-diagnostics -o %t.mlir
// RUN: act-opt %s -o %t.before.mlir
// RUN: diff %t.before.mlir %t.mlir
// RUN: %exit-code 1 act-opt %s --act-prune-stable=domain=x 2>&1 | FileCheck %s --check-prefix=DOMAIN

// DOMAIN: error: expected a domain as '0:[-1,1]' or '0:[lo,hi],[lo,hi],...', or an attribute as '0:#act.simplex', got 'x'

// 0 times infinity is NaN, for every input.
func.func @infinite_weight(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<[[-1.0, 2.0, -2.0]]> : tensor<1x3xf32>
  %b = arith.constant dense<[[-1.0, -1.0, -1.0]]> : tensor<1x3xf32>
  %v = arith.constant dense<[[0x7F800000], [1.0], [0x7FC00000]]> : tensor<3x1xf32>
  %z = arith.constant dense<0.0> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  // expected-remark @below {{units 0, 2 expected to feed weights that are finite}}
  %r = act.relu %m : tensor<1x3xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x3xf32>, tensor<3x1xf32>) outs(%z : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

func.func @returned(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> (tensor<1x2xf32>, tensor<1x1xf32>) {
  %w = arith.constant dense<[[-1.0, 2.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[[-1.0, -1.0]]> : tensor<1x2xf32>
  %v = arith.constant dense<1.0> : tensor<2x1xf32>
  %z = arith.constant dense<0.0> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  // expected-remark @below {{expected an output that only contractions with constant weights read}}
  %r = act.relu %m : tensor<1x2xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x2xf32>, tensor<2x1xf32>) outs(%z : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %r, %y : tensor<1x2xf32>, tensor<1x1xf32>
}

// A connection around the next layer reads all units.
func.func @residual(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[-1.0, 2.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[[-1.0, -1.0]]> : tensor<1x2xf32>
  %v = arith.constant dense<1.0> : tensor<2x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  // expected-remark @below {{expected an output that only contractions with constant weights read}}
  %r = act.relu %m : tensor<1x2xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x2xf32>, tensor<2x2xf32>) outs(%r : tensor<1x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

func.func @preactivation_read(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> (tensor<1x2xf32>, tensor<1x1xf32>) {
  %w = arith.constant dense<[[-1.0, 2.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[[-1.0, -1.0]]> : tensor<1x2xf32>
  %v = arith.constant dense<1.0> : tensor<2x1xf32>
  %z = arith.constant dense<0.0> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  // expected-remark @below {{expected values before the activation that nothing else reads}}
  %r = act.relu %m : tensor<1x2xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x2xf32>, tensor<2x1xf32>) outs(%z : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %m, %y : tensor<1x2xf32>, tensor<1x1xf32>
}

func.func @weights_as_argument(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}, %w: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [0.0]>}) -> tensor<1x1xf32> {
  %b = arith.constant dense<[[-1.0, 1.0]]> : tensor<1x2xf32>
  %v = arith.constant dense<1.0> : tensor<2x1xf32>
  %z = arith.constant dense<0.0> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  // expected-remark @below {{expected weights and biases that are constants}}
  %r = act.relu %m : tensor<1x2xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x2xf32>, tensor<2x1xf32>) outs(%z : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

func.func @partly_active(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[[1.0, -1.0]]> : tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  // expected-remark @below {{unit 0 stably active beside others that are not: the activation stays}}
  %r = act.relu %m : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// Never saturated, but no identity either.
func.func @no_identity(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x1xf32> {
  %b = arith.constant dense<0.0> : tensor<1x1xf32>
  %w = arith.constant dense<1.0> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  // expected-remark @below {{expected an activation that changes nothing where its units are active}}
  %r = act.hard_sigmoid %m : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// A window that reads padding sees 0 there, not 6.
func.func @window(%x: tensor<1x1x3xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1x2xf32> {
  %w = arith.constant dense<[[[1.0]], [[1.0]]]> : tensor<2x1x1xf32>
  %b = arith.constant dense<[[[0.0, 0.0, 0.0], [9.0, 9.0, 9.0]]]> : tensor<1x2x3xf32>
  %m = linalg.conv_1d_ncw_fcw ins(%x, %w : tensor<1x1x3xf32>, tensor<2x1x1xf32>) outs(%b : tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  // expected-remark @below {{expected a sum that reads every unit once for each element}}
  %r = act.relu6 %m : tensor<1x2x3xf32>
  %v = arith.constant dense<1.0> : tensor<1x2x2xf32>
  %c = arith.constant dense<0.0> : tensor<1x1x2xf32>
  %y = linalg.conv_1d_ncw_fcw ins(%r, %v : tensor<1x2x3xf32>, tensor<1x2x2xf32>) outs(%c : tensor<1x1x2xf32>) -> tensor<1x1x2xf32>
  return %y : tensor<1x1x2xf32>
}

// 6 times a weight is no number of f16.
func.func @overflow(%x: tensor<1x1xf16> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x1xf16> {
  %w = arith.constant dense<[[1.0, 2.0]]> : tensor<1x2xf16>
  %b = arith.constant dense<[[9.0, -1.0]]> : tensor<1x2xf16>
  %v = arith.constant dense<6.0e4> : tensor<2x1xf16>
  %z = arith.constant dense<0.0> : tensor<1x1xf16>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf16>, tensor<1x2xf16>) outs(%b : tensor<1x2xf16>) -> tensor<1x2xf16>
  // expected-remark @below {{expected finite constants}}
  %r = act.relu6 %m : tensor<1x2xf16>
  %y = linalg.matmul ins(%r, %v : tensor<1x2xf16>, tensor<2x1xf16>) outs(%z : tensor<1x1xf16>) -> tensor<1x1xf16>
  return %y : tensor<1x1xf16>
}

// Of a sum whose terms are no products, 0 is no neutral element.
func.func @no_product(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<[[-1.0, 2.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[[-1.0, -1.0]]> : tensor<1x2xf32>
  %v = arith.constant dense<1.0> : tensor<2x1xf32>
  %z = arith.constant dense<0.0> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  // expected-remark @below {{expected an output that only contractions with constant weights read}}
  %r = act.relu %m : tensor<1x2xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>],
                       iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%r, %v : tensor<1x2xf32>, tensor<2x1xf32>) outs(%z : tensor<1x1xf32>) {
  ^bb0(%in: f32, %weight: f32, %sum: f32):
    %e = math.exp %in : f32
    %p = arith.mulf %e, %weight : f32
    %s = arith.addf %sum, %p : f32
    linalg.yield %s : f32
  } -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// A constant reaches fewer taps at the border; a bias of one number for each
// channel is no result.
func.func @padded(%x: tensor<1x3x1x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3x1x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[[1.0]]], [[[2.0]]]]> : tensor<2x1x1x1xf32>}> : () -> tensor<2x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<[9.0, 0.5]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %m = tosa.conv2d %x, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x3x1x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x1x2xf32>
  // expected-remark @below {{expected a sum that reads every unit once for each element}}
  %r = act.relu6 %m : tensor<1x3x1x2xf32>
  %v = "tosa.const"() <{values = dense<1.0> : tensor<1x3x1x2xf32>}> : () -> tensor<1x3x1x2xf32>
  %c = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %y = tosa.conv2d %r, %v, %c, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x3x1x2xf32>, tensor<1x3x1x2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x1x1xf32>
  return %y : tensor<1x3x1x1xf32>
}

func.func @all_channels(%x: tensor<1x3x1x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3x1x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<-9.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %m = tosa.conv2d %x, %w, %b, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x3x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x1x1xf32>
  // expected-remark @below {{expected a sum that starts from a value of its result's type, or a result of static shape}}
  %r = act.relu %m : tensor<1x3x1x1xf32>
  %c = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %y = tosa.conv2d %r, %w, %c, %zp, %zp {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x3x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x1x1xf32>
  return %y : tensor<1x3x1x1xf32>
}

// Half is no zero, and of zeros times what may be infinite NaN comes.
func.func @between(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}, %s: tensor<1x2xf32>) -> (tensor<1x1xf32>, tensor<1x1xf32>) {
  %w = arith.constant dense<[[-1.0, 2.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[[-1.0, -1.0]]> : tensor<1x2xf32>
  %v = arith.constant dense<1.0> : tensor<2x1xf32>
  %z = arith.constant dense<0.0> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  // expected-remark @below {{expected an output that only contractions with constant weights read}}
  %r = act.relu %m : tensor<1x2xf32>
  %h = act.sigmoid %r : tensor<1x2xf32>
  %y = linalg.matmul ins(%h, %v : tensor<1x2xf32>, tensor<2x1xf32>) outs(%z : tensor<1x1xf32>) -> tensor<1x1xf32>
  // expected-remark @below {{expected an output that only contractions with constant weights read}}
  %r2 = act.relu %m : tensor<1x2xf32>
  %t = arith.mulf %r2, %s : tensor<1x2xf32>
  %y2 = linalg.matmul ins(%t, %v : tensor<1x2xf32>, tensor<2x1xf32>) outs(%z : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %y, %y2 : tensor<1x1xf32>, tensor<1x1xf32>
}

// What the activation reads is not of the type of its result.
func.func @extended(%x: tensor<4xf16> {act.domain = #act.box<[1.0], [2.0]>}) -> tensor<4xf32> {
  %e = tensor.empty() : tensor<4xf32>
  %z = arith.constant 0.0 : f32
  // expected-remark @below {{expected a result of the type that the activation reads}}
  %k = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%x : tensor<4xf16>) outs(%e : tensor<4xf32>) {
  ^bb0(%a: f16, %o: f32):
    %h = arith.extf %a : f16 to f32
    %i = arith.maximumf %h, %z : f32
    linalg.yield %i : f32
  } -> tensor<4xf32>
  return %k : tensor<4xf32>
}

func.func @broadcast(%x: tensor<1xf32> {act.domain = #act.box<[1.0], [2.0]>}) -> tensor<1xf32> {
  %z = "tosa.const"() {values = dense<0.0> : tensor<4xf32>} : () -> tensor<4xf32>
  // expected-remark @below {{expected a result of the type that the activation reads}}
  %k = tosa.maximum %x, %z : (tensor<1xf32>, tensor<4xf32>) -> tensor<4xf32>
  %s = tosa.reduce_sum %k {axis = 0 : i32} : (tensor<4xf32>) -> tensor<1xf32>
  return %s : tensor<1xf32>
}
