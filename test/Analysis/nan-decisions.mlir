// NaN lies in no range: what it decides, and the integer that follows, may be
// anything that the type holds.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// Unit 1 has the range of unit 0 and may be NaN.
// CHECK: same_range.layer3 sigmoid |ssssssssssss............| 1 saturated, 1 unknown
func.func @same_range(%x: tensor<2xf32> {act.domain = #act.box<[0.0, -1.0], [1.0e6, 1.0e6]>}) -> tensor<2xf32> {
  %lo = arith.constant dense<200.0> : tensor<2xf32>
  %hi = arith.constant dense<300.0> : tensor<2xf32>
  %s = math.sqrt %x : tensor<2xf32>
  %m = arith.maximumf %s, %lo : tensor<2xf32>
  %n = arith.minimumf %m, %hi : tensor<2xf32>
  %y = act.sigmoid %n : tensor<2xf32>
  return %y : tensor<2xf32>
}

// x = -1 gives NaN, which is not less than 4: relu is applied to 32.
// CHECK: rescaled.layer3 relu |........................| 2 unknown
func.func @rescaled(%x: tensor<2xf32> {act.domain = #act.box<[-1.0], [4.0]>}) -> tensor<2xf32> {
  %zero = arith.constant dense<0.0> : tensor<2xf32>
  %three = arith.constant dense<3.0> : tensor<2xf32>
  %four = arith.constant dense<4.0> : tensor<2xf32>
  %s0 = math.sqrt %x : tensor<2xf32>
  %s1 = arith.maximumf %s0, %zero : tensor<2xf32>
  %s = arith.minimumf %s1, %three : tensor<2xf32>
  %b = arith.cmpf olt, %s, %four : tensor<2xf32>
  %i = arith.extui %b : tensor<2xi1> to tensor<2xi8>
  %mul = "tosa.const"() {values = dense<1073741824> : tensor<1xi32>} : () -> tensor<1xi32>
  %sh = "tosa.const"() {values = dense<24> : tensor<1xi8>} : () -> tensor<1xi8>
  %zp = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %r = tosa.rescale %i, %mul, %sh, %zp, %zp {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true} : (tensor<2xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<2xi8>
  %f = tosa.cast %r : (tensor<2xi8>) -> tensor<2xf32>
  %h = arith.constant dense<32.0> : tensor<2xf32>
  %d = arith.subf %h, %f : tensor<2xf32>
  %z = act.relu %d : tensor<2xf32>
  return %z : tensor<2xf32>
}

// CHECK: stored.layer3 relu |........................| 2 unknown
!q = !quant.uniform<i8:f32, 4.0>
func.func @stored(%x: tensor<2xf32> {act.domain = #act.box<[-1.0], [4.0]>}, %w: tensor<2xf32> {act.domain = #act.box<[0.0], [2.0]>}) -> tensor<2xf32> {
  %zero = arith.constant dense<0.0> : tensor<2xf32>
  %three = arith.constant dense<3.0> : tensor<2xf32>
  %four = arith.constant dense<4.0> : tensor<2xf32>
  %s0 = math.sqrt %x : tensor<2xf32>
  %s1 = arith.maximumf %s0, %zero : tensor<2xf32>
  %s = arith.minimumf %s1, %three : tensor<2xf32>
  %b = arith.cmpf olt, %s, %four : tensor<2xf32>
  %i = arith.extui %b : tensor<2xi1> to tensor<2xi8>
  %q = quant.scast %i : tensor<2xi8> to tensor<2x!q>
  %f = quant.dcast %q : tensor<2x!q> to tensor<2xf32>
  %d = arith.subf %w, %f : tensor<2xf32>
  %z = act.relu %d : tensor<2xf32>
  return %z : tensor<2xf32>
}
