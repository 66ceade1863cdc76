// Weights that are stored as integers, with a zero point and a scale, are read
// as numbers: what computes them from constants only adds its rounding.

// RUN: act-lint %s --fail-on=never | FileCheck %s

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#channel = affine_map<(d0, d1) -> (d1)>

// Columns 1 and -1 after the zero point 3 is gone: x1 - x2 and x2 - x1, of
// which relu(x) + relu(-x) - 2.1 <= -0.1 on the square.
// CHECK-DAG: arith.layer1 relu |++++++++++++++++++++++++| 2 mixed
// CHECK-DAG: arith.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @arith(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %q = arith.constant dense<[[13, -7], [-7, 13]]> : tensor<2x2xi8>
  %zp = arith.constant dense<3.0> : tensor<2x2xf32>
  %scale = arith.constant dense<0.1> : tensor<2x2xf32>
  %zero = arith.constant dense<0.0> : tensor<1x2xf32>
  %one = arith.constant dense<1.0> : tensor<2x1xf32>
  %b = arith.constant dense<-2.1> : tensor<1x1xf32>
  %f = arith.sitofp %q : tensor<2x2xi8> to tensor<2x2xf32>
  %d = arith.subf %f, %zp : tensor<2x2xf32>
  %w = arith.mulf %d, %scale : tensor<2x2xf32>
  %y = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h = act.relu %y : tensor<1x2xf32>
  %z = linalg.matmul ins(%h, %one : tensor<1x2xf32>, tensor<2x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// The zero point is taken off integers, in a body, with a scale per channel
// that is negative for channel 1: the same columns but for their order.
// CHECK-DAG: body.layer1 relu |++++++++++++++++++++++++| 2 mixed
// CHECK-DAG: body.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @body(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %q = arith.constant dense<[[13, 13], [-7, -7]]> : tensor<2x2xi8>
  %zp = arith.constant 3 : i32
  %scale = arith.constant dense<[0.1, -0.1]> : tensor<2xf32>
  %e = tensor.empty() : tensor<2x2xf32>
  %zero = arith.constant dense<0.0> : tensor<1x2xf32>
  %one = arith.constant dense<1.0> : tensor<2x1xf32>
  %b = arith.constant dense<-2.1> : tensor<1x1xf32>
  %w = linalg.generic {indexing_maps = [#matrix, #channel, #matrix], iterator_types = ["parallel", "parallel"]}
      ins(%q, %scale : tensor<2x2xi8>, tensor<2xf32>) outs(%e : tensor<2x2xf32>) {
  ^bb0(%in: i8, %s: f32, %out: f32):
    %wide = arith.extsi %in : i8 to i32
    %d = arith.subi %wide, %zp : i32
    %f = arith.sitofp %d : i32 to f32
    %m = arith.mulf %f, %s : f32
    linalg.yield %m : f32
  } -> tensor<2x2xf32>
  %y = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h = act.relu %y : tensor<1x2xf32>
  %z = linalg.matmul ins(%h, %one : tensor<1x2xf32>, tensor<2x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// The weight is -1, not 1: a scale below 0 turns the order of what it scales.
// CHECK-DAG: negative_scale.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @negative_scale(%x: tensor<1x1x1xf32> {act.domain = #act.box<[0.5], [1.0]>}) -> tensor<1x1x1xf32> {
  %q = "tosa.const"() <{values = dense<10> : tensor<1x1x1xi8>}> : () -> tensor<1x1x1xi8>
  %scale = "tosa.const"() <{values = dense<-0.1> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %f = tosa.cast %q : (tensor<1x1x1xi8>) -> tensor<1x1x1xf32>
  %w = tosa.mul %f, %scale, %shift : (tensor<1x1x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x1xf32>
  %z = tosa.matmul %x, %w, %zp, %zp : (tensor<1x1x1xf32>, tensor<1x1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1xf32>
  %r = act.relu %z : tensor<1x1x1xf32>
  return %r : tensor<1x1x1xf32>
}

// Of weights without a sign -1 is 255: (255 - 128) / 100 = 1.27, and 5 is -1.23.
// CHECK-DAG: unsigned.layer1 relu |xxxxxxxxxxxx++++++++++++| 1 dead, 1 mixed
func.func @unsigned(%x: tensor<1x1xf32> {act.domain = #act.box<[0.5], [1.0]>}) -> tensor<1x2xf32> {
  %q = arith.constant dense<[[-1, 5]]> : tensor<1x2xi8>
  %zp = arith.constant dense<128> : tensor<1x2xi32>
  %scale = arith.constant dense<0.01> : tensor<1x2xf32>
  %b = arith.constant dense<[[-1.0, 0.6]]> : tensor<1x2xf32>
  %wide = arith.extui %q : tensor<1x2xi8> to tensor<1x2xi32>
  %d = arith.subi %wide, %zp : tensor<1x2xi32>
  %f = arith.sitofp %d : tensor<1x2xi32> to tensor<1x2xf32>
  %w = arith.mulf %f, %scale : tensor<1x2xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// 255 / 100 - 2.5 fires; over the sign it would be -2.51. A difference of what
// has one bit more may wrap around: 255 + 255 is -2 in i9.
// CHECK-DAG: unsigned_to_float.layer1 relu |++++++++++++++++++++++++| 1 mixed
// CHECK-DAG: unsigned_wraps.layer1 relu |........................| 1 unknown
func.func @unsigned_to_float(%x: tensor<1x1xf32> {act.domain = #act.box<[0.5], [1.0]>}) -> tensor<1x1xf32> {
  %q = arith.constant dense<-1> : tensor<1x1xi8>
  %scale = arith.constant dense<0.01> : tensor<1x1xf32>
  %b = arith.constant dense<-2.5> : tensor<1x1xf32>
  %f = arith.uitofp %q : tensor<1x1xi8> to tensor<1x1xf32>
  %w = arith.mulf %f, %scale : tensor<1x1xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}
func.func @unsigned_wraps(%x: tensor<1x1xf32> {act.domain = #act.box<[0.5], [1.0]>}) -> tensor<1x1xf32> {
  %q = arith.constant dense<-1> : tensor<1x1xi8>
  %zero = arith.constant dense<0.0> : tensor<1x1xf32>
  %wide = arith.extui %q : tensor<1x1xi8> to tensor<1x1xi9>
  %d = arith.addi %wide, %wide : tensor<1x1xi9>
  %w = arith.sitofp %d : tensor<1x1xi9> to tensor<1x1xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x1xf32>) outs(%zero : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// A difference of i8 may wrap around: 100 - (-100) is -56, and nothing is
// proved.
// CHECK-DAG: wraps.layer1 relu |........................| 1 unknown
func.func @wraps(%x: tensor<1x1xf32> {act.domain = #act.box<[0.5], [1.0]>}) -> tensor<1x1xf32> {
  %q = arith.constant dense<100> : tensor<1x1xi8>
  %zp = arith.constant dense<-100> : tensor<1x1xi8>
  %zero = arith.constant dense<0.0> : tensor<1x1xf32>
  %d = arith.subi %q, %zp : tensor<1x1xi8>
  %w = arith.sitofp %d : tensor<1x1xi8> to tensor<1x1xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x1xf32>) outs(%zero : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// A rescaled integer is one of its type, 127 / 100 - 1.28 < 0; of one in
// [-128, 127] times 77 / 128 no more than 78 / 100 - 0.79 is left.
// CHECK-DAG: rescaled.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// CHECK-DAG: rescaled.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @rescaled(%x: tensor<1x1xi32>) -> (tensor<1x1xf32>, tensor<1x1xf32>) {
  %one = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  %less = "tosa.const"() <{values = dense<1291845632> : tensor<1xi32>}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{values = dense<30> : tensor<1xi8>}> : () -> tensor<1xi8>
  %t = "tosa.const"() <{values = dense<31> : tensor<1xi8>}> : () -> tensor<1xi8>
  %z32 = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %z8 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %scale = "tosa.const"() <{values = dense<0.01> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %b = "tosa.const"() <{values = dense<-1.28> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %c = "tosa.const"() <{values = dense<-0.79> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %q = tosa.rescale %x, %one, %s, %z32, %z8 {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true} : (tensor<1x1xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<1x1xi8>
  %p = tosa.rescale %q, %less, %t, %z8, %z8 {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true} : (tensor<1x1xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x1xi8>
  %f = tosa.cast %q : (tensor<1x1xi8>) -> tensor<1x1xf32>
  %g = tosa.cast %p : (tensor<1x1xi8>) -> tensor<1x1xf32>
  %y = tosa.mul %f, %scale, %shift : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %w = tosa.mul %g, %scale, %shift : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %u = tosa.add %y, %b : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %v = tosa.add %w, %c : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %u : tensor<1x1xf32>
  %a = act.relu %v : tensor<1x1xf32>
  return %r, %a : tensor<1x1xf32>, tensor<1x1xf32>
}

// Dropout that is left in scales by 1 / (1 - p) what it keeps, and makes the
// rest 0: the domain behind it is [0, 2 u].
// CHECK-DAG: dropped.layer1 relu |{{.*}}| 1 dead, 1 unknown
func.func @dropped(%x: tensor<1x2xf32> {act.domain = #act.box<[0.5], [1.0]>}, %keep: tensor<1x2xi1>) -> tensor<1x2xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x2xf32>
  %two = arith.constant dense<2.0> : tensor<1x2xf32>
  %b = arith.constant dense<[[-2.1, -1.9]]> : tensor<1x2xf32>
  %scaled = arith.mulf %x, %two : tensor<1x2xf32>
  %dropped = arith.select %keep, %scaled, %zero : tensor<1x2xi1>, tensor<1x2xf32>
  %z = arith.addf %dropped, %b : tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}
