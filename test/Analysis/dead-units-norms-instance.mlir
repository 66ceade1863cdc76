// An instance norm as tosa has it adds up one axis after the other. The numbers of
// a channel at 2 x 2 places are a row: they add up to 0, and none is above sqrt(3).

// RUN: act-lint %s --fail-on=never | FileCheck %s

// CHECK-DAG: {{ }}instance.layer2 relu |xxxxxxxxxxxxxxxx++++++++| 2 dead, 1 mixed
func.func @instance(%x: tensor<1x2x2x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %shift = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %rt = "tosa.const"() {values = dense<0.25> : tensor<1x1x1x1xf32>} : () -> tensor<1x1x1x1xf32>
  %et = "tosa.const"() {values = dense<1.0e-5> : tensor<1x1x1x1xf32>} : () -> tensor<1x1x1x1xf32>
  %sh = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x2x2x2xf32>) -> tensor<1x1x2x2xf32>
  %s = tosa.reduce_sum %sh {axis = 2 : i32} : (tensor<1x1x2x2xf32>) -> tensor<1x1x1x2xf32>
  %m = tosa.mul %s, %rt, %shift : (tensor<1x1x1x2xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x1x2xf32>
  %c = tosa.sub %x, %m : (tensor<1x2x2x2xf32>, tensor<1x1x1x2xf32>) -> tensor<1x2x2x2xf32>
  %cc = tosa.mul %c, %c, %shift : (tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>, tensor<1xi8>) -> tensor<1x2x2x2xf32>
  %qh = tosa.reduce_sum %cc {axis = 1 : i32} : (tensor<1x2x2x2xf32>) -> tensor<1x1x2x2xf32>
  %q = tosa.reduce_sum %qh {axis = 2 : i32} : (tensor<1x1x2x2xf32>) -> tensor<1x1x1x2xf32>
  %v = tosa.mul %q, %rt, %shift : (tensor<1x1x1x2xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x1x2xf32>
  %ve = tosa.add %v, %et : (tensor<1x1x1x2xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x1x2xf32>
  %i = tosa.rsqrt %ve : (tensor<1x1x1x2xf32>) -> tensor<1x1x1x2xf32>
  %y = tosa.mul %c, %i, %shift : (tensor<1x2x2x2xf32>, tensor<1x1x1x2xf32>, tensor<1xi8>) -> tensor<1x2x2x2xf32>
  %flat = tensor.collapse_shape %y [[0], [1, 2, 3]] : tensor<1x2x2x2xf32> into tensor<1x8xf32>
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]> : tensor<8x3xf32>
  %b = arith.constant dense<[[-0.01, -1.75, -1.7]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%flat, %w : tensor<1x8xf32>, tensor<8x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}

// A sum of the squares of sums is none of squares.
// CHECK-DAG: {{ }}squared_sums.layer3 relu |........++++++++++++++++| 2 mixed, 1 unknown
func.func @squared_sums(%x: tensor<1x2x2x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x3xf32> {
  %shift = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %rt = "tosa.const"() {values = dense<0.25> : tensor<1x1x1x1xf32>} : () -> tensor<1x1x1x1xf32>
  %et = "tosa.const"() {values = dense<1.0e-5> : tensor<1x1x1x1xf32>} : () -> tensor<1x1x1x1xf32>
  %sh = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x2x2x2xf32>) -> tensor<1x1x2x2xf32>
  %s = tosa.reduce_sum %sh {axis = 2 : i32} : (tensor<1x1x2x2xf32>) -> tensor<1x1x1x2xf32>
  %m = tosa.mul %s, %rt, %shift : (tensor<1x1x1x2xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x1x2xf32>
  %c = tosa.sub %x, %m : (tensor<1x2x2x2xf32>, tensor<1x1x1x2xf32>) -> tensor<1x2x2x2xf32>
  %cc = tosa.mul %c, %c, %shift : (tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>, tensor<1xi8>) -> tensor<1x2x2x2xf32>
  %ch = tosa.reduce_sum %c {axis = 1 : i32} : (tensor<1x2x2x2xf32>) -> tensor<1x1x2x2xf32>
  %qh = tosa.mul %ch, %ch, %shift : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>, tensor<1xi8>) -> tensor<1x1x2x2xf32>
  %q = tosa.reduce_sum %qh {axis = 2 : i32} : (tensor<1x1x2x2xf32>) -> tensor<1x1x1x2xf32>
  %v = tosa.mul %q, %rt, %shift : (tensor<1x1x1x2xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x1x2xf32>
  %ve = tosa.add %v, %et : (tensor<1x1x1x2xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x1x2xf32>
  %i = tosa.rsqrt %ve : (tensor<1x1x1x2xf32>) -> tensor<1x1x1x2xf32>
  %y = tosa.mul %c, %i, %shift : (tensor<1x2x2x2xf32>, tensor<1x1x1x2xf32>, tensor<1xi8>) -> tensor<1x2x2x2xf32>
  %flat = tensor.collapse_shape %y [[0], [1, 2, 3]] : tensor<1x2x2x2xf32> into tensor<1x8xf32>
  %w = arith.constant dense<[[1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]> : tensor<8x3xf32>
  %b = arith.constant dense<[[-0.01, -1.75, -1.7]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%flat, %w : tensor<1x8xf32>, tensor<8x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %h = act.relu %z : tensor<1x3xf32>
  return %h : tensor<1x3xf32>
}
