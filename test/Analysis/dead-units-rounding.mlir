// Hard case 16.
// A verdict holds for the program as executed. Over the reals the sum of this
// layer is exactly -0.5; in f32 it is -2.5 from left to right and +0.5 from
// right to left, so that any order of summation may fire.

// RUN: act-lint %s --domain='0:[1,1]' --semantics=real --fail-on=never | FileCheck %s --check-prefix=REAL
// RUN: act-lint %s --domain='0:[1,1]' --semantics=ieee --fail-on=never | FileCheck %s --check-prefix=IEEE
// RUN: act-lint %s --domain='0:[1,1]' --fail-on=never | FileCheck %s --check-prefix=IEEE

// REAL: main.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// IEEE: main.layer1 relu |........................| 1 unknown
func.func @main(%x: tensor<1x4xf32>) -> tensor<1x1xf32> {
  %w = arith.constant dense<[[16777216.0], [1.0], [1.0], [-16777218.0]]> : tensor<4x1xf32>
  %b = arith.constant dense<-0.5> : tensor<1x1xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x4xf32>, tensor<4x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// No bound exists for a sum of 256 terms in bf16.
// REAL: bf16.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// IEEE: bf16.layer1 relu |........................| 1 unknown
func.func @bf16(%x: tensor<1x256xbf16> {act.domain = #act.box<[1.0], [2.0]>}) -> tensor<1x1xbf16> {
  %w = arith.constant dense<-1.0> : tensor<256x1xbf16>
  %b = arith.constant dense<1.0> : tensor<1x1xbf16>
  %z = linalg.matmul ins(%x, %w : tensor<1x256xbf16>, tensor<256x1xbf16>) outs(%b : tensor<1x1xbf16>) -> tensor<1x1xbf16>
  %r = act.relu %z : tensor<1x1xbf16>
  return %r : tensor<1x1xbf16>
}

// Hard case 10.
// Partial sums may overflow f16: inf - inf is NaN, which is no dead unit.
// REAL: overflow.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// IEEE: overflow.layer1 relu |........................| 1 unknown
func.func @overflow(%x: tensor<1x2xf16> {act.domain = #act.box<[60000.0], [60000.0]>}) -> tensor<1x1xf16> {
  %w = arith.constant dense<[[1.0], [-3.0]]> : tensor<2x1xf16>
  %b = arith.constant dense<-1.0> : tensor<1x1xf16>
  %z = linalg.matmul ins(%x, %w : tensor<1x2xf16>, tensor<2x1xf16>) outs(%b : tensor<1x1xf16>) -> tensor<1x1xf16>
  %r = act.relu %z : tensor<1x1xf16>
  return %r : tensor<1x1xf16>
}

// (x + 1) - 1 is x over the reals. As executed it is off by as much near 0 as at
// 1: -1.25 x + y is above 0 for x = 4e-8, though it is below 0 at the ends.
// REAL: absorbed.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// IEEE: absorbed.layer1 relu |........................| 1 unknown
#id = affine_map<(d0) -> (d0)>
func.func @absorbed(%x: tensor<1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1xf32> {
  %e = tensor.empty() : tensor<1xf32>
  %one = arith.constant 1.0 : f32
  %k = arith.constant -1.25 : f32
  %y = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%x : tensor<1xf32>) outs(%e : tensor<1xf32>) {
  ^bb0(%a: f32, %o: f32):
    %b = arith.addf %a, %one : f32
    %c = arith.subf %b, %one : f32
    linalg.yield %c : f32
  } -> tensor<1xf32>
  %z = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]} ins(%x, %y : tensor<1xf32>, tensor<1xf32>) outs(%e : tensor<1xf32>) {
  ^bb0(%a: f32, %h: f32, %o: f32):
    %b = arith.mulf %a, %k : f32
    %c = arith.addf %b, %h : f32
    linalg.yield %c : f32
  } -> tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// What every step rounds shrinks with x here.
// REAL: shrinking.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// IEEE: shrinking.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @shrinking(%x: tensor<1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1xf32> {
  %e = tensor.empty() : tensor<1xf32>
  %half = arith.constant 0.7 : f32
  %k = arith.constant -1.25 : f32
  %y = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]} ins(%x : tensor<1xf32>) outs(%e : tensor<1xf32>) {
  ^bb0(%a: f32, %o: f32):
    %b = arith.mulf %a, %half : f32
    %c = arith.addf %b, %a : f32
    %d = arith.mulf %c, %half : f32
    linalg.yield %d : f32
  } -> tensor<1xf32>
  %z = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]} ins(%x, %y : tensor<1xf32>, tensor<1xf32>) outs(%e : tensor<1xf32>) {
  ^bb0(%a: f32, %h: f32, %o: f32):
    %b = arith.mulf %a, %k : f32
    %c = arith.addf %b, %h : f32
    linalg.yield %c : f32
  } -> tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}

// A direction of rounding is no nearest number: 1 + 2^-10 becomes 1 + 2^-7.
// IEEE: upward.layer1 relu |........................| 1 unknown
func.func @upward(%x: tensor<1xf32> {act.domain = #act.box<[1.0009765625], [1.0009765625]>}) -> tensor<1xbf16> {
  %t = arith.truncf %x upward : tensor<1xf32> to tensor<1xbf16>
  %k = arith.constant dense<-1.0> : tensor<1xbf16>
  %z = arith.addf %t, %k : tensor<1xbf16>
  %r = act.relu %z : tensor<1xbf16>
  return %r : tensor<1xbf16>
}

// Each sum is accumulated in f32 and rounded to f16: 2050 + 1.5 becomes 2052.
// The second sum is then 0.25.
// REAL: accumulated.layer1 {{.*}} |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// IEEE: accumulated.layer1 {{.*}} |========================| 1 stably active
func.func @accumulated(%x: tensor<1x1x1x3xf16> {act.domain = #act.box<[2050.0, -2048.0, -3.75], [2050.0, -2048.0, -3.75]>}) -> tensor<1x1x1x1xf16> {
  %w1 = "tosa.const"() {values = dense<[[[[1.0, 0.0, 0.0]]], [[[0.0, 1.0, 0.0]]], [[[0.0, 0.0, 1.0]]]]> : tensor<3x1x1x3xf16>} : () -> tensor<3x1x1x3xf16>
  %b1 = "tosa.const"() {values = dense<[1.5, 0.0, 0.0]> : tensor<3xf16>} : () -> tensor<3xf16>
  %w2 = "tosa.const"() {values = dense<1.0> : tensor<1x1x1x3xf16>} : () -> tensor<1x1x1x3xf16>
  %b2 = "tosa.const"() {values = dense<0.0> : tensor<1xf16>} : () -> tensor<1xf16>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf16>} : () -> tensor<1xf16>
  %y = tosa.conv2d %x, %w1, %b1, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x1x1x3xf16>, tensor<3x1x1x3xf16>, tensor<3xf16>, tensor<1xf16>, tensor<1xf16>) -> tensor<1x1x1x3xf16>
  %c = tosa.conv2d %y, %w2, %b2, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x1x1x3xf16>, tensor<1x1x1x3xf16>, tensor<1xf16>, tensor<1xf16>, tensor<1xf16>) -> tensor<1x1x1x1xf16>
  %r = tosa.clamp %c {min_val = 0.0 : f16, max_val = 65504.0 : f16} : (tensor<1x1x1x1xf16>) -> tensor<1x1x1x1xf16>
  return %r : tensor<1x1x1x1xf16>
}

// Sums of one sign do not round beyond 0, whatever their order, nor where they
// overflow. Over the reals unit 2 is at most 0.1 - 0.1.
// REAL: one_sign.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 3 dead
// IEEE: one_sign.layer1 relu |xxxxxxxxxxxxxxxx........| 2 dead, 1 unknown
func.func @one_sign(%x: tensor<1x3xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x3xf32> {
  %w = arith.constant dense<[[-0.3, 0.0, 0.1], [-0.7, -0.7, 0.0], [-0.1, -3.0e38, -0.1]]> : tensor<3x3xf32>
  %b = arith.constant dense<[[0.0, 0.0, -0.1]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x3xf32>, tensor<3x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %r = act.relu %z : tensor<1x3xf32>
  return %r : tensor<1x3xf32>
}

// REAL: overflow_below.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// IEEE: overflow_below.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @overflow_below(%x: tensor<1x2xf16> {act.domain = #act.box<[0.0], [60000.0]>}) -> tensor<1x1xf16> {
  %w = arith.constant dense<-1.0> : tensor<2x1xf16>
  %b = arith.constant dense<0.0> : tensor<1x1xf16>
  %z = linalg.matmul ins(%x, %w : tensor<1x2xf16>, tensor<2x1xf16>) outs(%b : tensor<1x1xf16>) -> tensor<1x1xf16>
  %r = act.relu %z : tensor<1x1xf16>
  return %r : tensor<1x1xf16>
}

// REAL: error DR002 main.layer1
// REAL: pre-activation of unit 0 in [-0.5, -0.5]
// IEEE-NOT: DR002 {{(main|bf16|overflow)}}.layer
