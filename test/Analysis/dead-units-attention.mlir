// What attention makes of values, a mean weighted by a row of a softmax, lies
// between the least and the largest of them, also where the network is too large
// for linear bounds of the products: 32 x 32 x 65 of them.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// CHECK-DAG: {{ }}attention.layer1 {{ *}}relu |xxxxxxxxxxxxxxxxxxxxxxxx| 65 dead
func.func @attention(%s: tensor<1x32x32xf32> {act.domain = #act.box<[-100.0], [100.0]>}, %v: tensor<1x32x65xf32> {act.domain = #act.box<[0.5], [1.0]>}) -> tensor<1x32x65xf32> {
  %zp = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %b = arith.constant dense<-1.001> : tensor<1x32x65xf32>
  %p = act.softmax %s {axis = 2} : (tensor<1x32x32xf32>) -> tensor<1x32x32xf32>
  %y = tosa.matmul %p, %v, %zp, %zp : (tensor<1x32x32xf32>, tensor<1x32x65xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x32x65xf32>
  %z = arith.addf %y, %b : tensor<1x32x65xf32>
  %h = act.relu %z : tensor<1x32x65xf32>
  return %h : tensor<1x32x65xf32>
}

// The softmax and the product of linalg, on either side, and moved before.
// CHECK-DAG: {{ }}from_the_left.layer1 {{ *}}relu |xxxxxxxxxxxxxxxxxxxxxxxx| 32 dead
func.func @from_the_left(%s: tensor<32x4x8xf32> {act.domain = #act.box<[-100.0], [100.0]>}, %v: tensor<65x32xf32> {act.domain = #act.box<[-1.0], [-0.5]>}) -> tensor<65x32xf32> {
  %e = tensor.empty() : tensor<32x32xf32>
  %n = arith.constant dense<0.499> : tensor<65x32xf32>
  %c = tensor.collapse_shape %s [[0], [1, 2]] : tensor<32x4x8xf32> into tensor<32x32xf32>
  %q = linalg.softmax dimension(0) ins(%c : tensor<32x32xf32>) outs(%e : tensor<32x32xf32>) -> tensor<32x32xf32>
  %r = tensor.expand_shape %q [[0, 1], [2]] output_shape [1, 32, 32] : tensor<32x32xf32> into tensor<1x32x32xf32>
  %p = tensor.collapse_shape %r [[0, 1], [2]] : tensor<1x32x32xf32> into tensor<32x32xf32>
  %z = linalg.matmul ins(%v, %p : tensor<65x32xf32>, tensor<32x32xf32>) outs(%n : tensor<65x32xf32>) -> tensor<65x32xf32>
  %h = act.relu %z : tensor<65x32xf32>
  return %h : tensor<65x32xf32>
}

// Weights of a column do not add up to 1.
// CHECK-DAG: {{ }}other_axis.layer1 {{ *}}relu |........................| 65 unknown
func.func @other_axis(%s: tensor<1x32x32xf32> {act.domain = #act.box<[-100.0], [100.0]>}, %v: tensor<1x32x65xf32> {act.domain = #act.box<[0.5], [1.0]>}) -> tensor<1x32x65xf32> {
  %zp = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %b = arith.constant dense<-31.0> : tensor<1x32x65xf32>
  %p = act.softmax %s {axis = 1} : (tensor<1x32x32xf32>) -> tensor<1x32x32xf32>
  %y = tosa.matmul %p, %v, %zp, %zp : (tensor<1x32x32xf32>, tensor<1x32x65xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x32x65xf32>
  %z = arith.addf %y, %b : tensor<1x32x65xf32>
  %h = act.relu %z : tensor<1x32x65xf32>
  return %h : tensor<1x32x65xf32>
}
