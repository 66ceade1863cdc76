// What is linear is merged when the last bits may change.

// RUN: act-opt %s --act-prune-stable=merge-linear -canonicalize | FileCheck %s
// RUN: act-opt %s --act-prune-stable=merge-linear --remarks-filter=act-prune-stable 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK
// RUN: act-opt %s --act-prune-stable -canonicalize | FileCheck %s --check-prefix=EXACT

// Two inputs, and units 0, 1, 2 and 4 are always active: w2 = 2 w0 - w1 and w4 =
// 0 go. Of the first, 3 (2 z0 - z1 + 9 - (2 * 4 - 5)) is left; the second is the
// constant 1, times 7.
// REMARK-DAG: dependent.layer1: units 2, 4 of 5 removed
// CHECK-LABEL: @dependent
// CHECK-DAG: dense<{{\[\[}}1.000000e+00, 1.000000e+00, 3.000000e+00], [1.000000e+00, -1.000000e+00, 1.000000e+00]]> : tensor<2x3xf32>
// CHECK-DAG: dense<{{\[\[}}4.000000e+00, 5.000000e+00, 0.000000e+00]]> : tensor<1x3xf32>
// CHECK-DAG: dense<{{\[\[}}7.000000e+00], [-1.000000e+00], [5.000000e+00]]> : tensor<3x1xf32>
// CHECK-DAG: dense<2.550000e+01> : tensor<1x1xf32>
// CHECK: linalg.matmul {{.*}} tensor<1x2xf32>, tensor<2x3xf32>
// CHECK: act.relu %{{.*}} : tensor<1x3xf32>
// CHECK: linalg.matmul {{.*}} tensor<1x3xf32>, tensor<3x1xf32>
// EXACT-LABEL: @dependent
// EXACT: act.relu %{{.*}} : tensor<1x5xf32>
func.func @dependent(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<[[1.0, 1.0, 1.0, 3.0, 0.0], [1.0, -1.0, 3.0, 1.0, 0.0]]> : tensor<2x5xf32>
  %b = arith.constant dense<[[4.0, 5.0, 9.0, 0.0, 1.0]]> : tensor<1x5xf32>
  %v = arith.constant dense<[[1.0], [2.0], [3.0], [5.0], [7.0]]> : tensor<5x1xf32>
  %c = arith.constant dense<0.5> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x5xf32>) outs(%b : tensor<1x5xf32>) -> tensor<1x5xf32>
  %r = act.relu %m : tensor<1x5xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x5xf32>, tensor<5x1xf32>) outs(%c : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// The relu between goes, and 1 * 3 * 2 + 1 * 2 * 1 multiplications become 3: W2
// W1 = [4, 3, 2]^T, W2 b1 + b2 = 19.5.
// REMARK-DAG: active.layer1: the activation changes nothing
// REMARK-DAG: one contraction for two: 3 multiplications instead of 8
// CHECK-LABEL: @active
// CHECK-DAG: dense<{{\[\[}}4.000000e+00], [3.000000e+00], [2.000000e+00]]> : tensor<3x1xf32>
// CHECK-DAG: dense<1.950000e+01> : tensor<1x1xf32>
// CHECK: linalg.matmul {{.*}} tensor<1x3xf32>, tensor<3x1xf32>
// CHECK-NOT: linalg.matmul
// CHECK: return
// EXACT-LABEL: @active
// EXACT: linalg.matmul
// EXACT: linalg.matmul
func.func @active(%x: tensor<1x3xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<[[1.0, 1.0], [0.5, 1.0], [1.0, 0.0]]> : tensor<3x2xf32>
  %b = arith.constant dense<[[5.0, 4.5]]> : tensor<1x2xf32>
  %v = arith.constant dense<[[2.0], [2.0]]> : tensor<2x1xf32>
  %c = arith.constant dense<0.5> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x3xf32>, tensor<3x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %m : tensor<1x2xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x2xf32>, tensor<2x1xf32>) outs(%c : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// A bottleneck: one product of 8 by 8 would take more than two of 8 by 1.
// CHECK-LABEL: @bottleneck
// CHECK: linalg.matmul
// CHECK: linalg.matmul
func.func @bottleneck(%x: tensor<?x8xf32>, %a: tensor<?x1xf32>, %e: tensor<?x8xf32>) -> tensor<?x8xf32> {
  %zero = arith.constant 0.0 : f32
  %w = arith.constant dense<1.0> : tensor<8x1xf32>
  %v = arith.constant dense<1.0> : tensor<1x8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%a : tensor<?x1xf32>) -> tensor<?x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<?x8xf32>, tensor<8x1xf32>) outs(%f : tensor<?x1xf32>) -> tensor<?x1xf32>
  %y = linalg.matmul ins(%m, %v : tensor<?x1xf32>, tensor<1x8xf32>) outs(%e : tensor<?x8xf32>) -> tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}

// What is computed for others too is computed anyway.
// CHECK-LABEL: @read_twice
// CHECK: linalg.matmul
// CHECK: linalg.matmul
func.func @read_twice(%x: tensor<1x3xf32>) -> (tensor<1x2xf32>, tensor<1x1xf32>) {
  %w = arith.constant dense<1.0> : tensor<3x2xf32>
  %b = arith.constant dense<0.0> : tensor<1x2xf32>
  %v = arith.constant dense<1.0> : tensor<2x1xf32>
  %c = arith.constant dense<0.0> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x3xf32>, tensor<3x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %y = linalg.matmul ins(%m, %v : tensor<1x2xf32>, tensor<2x1xf32>) outs(%c : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %m, %y : tensor<1x2xf32>, tensor<1x1xf32>
}

// A batch of 1 in TOSA, biases by ops of their own and a number for all units.
// REMARK-DAG: one contraction for two: 4 multiplications instead of 12
// CHECK-LABEL: @tosa
// CHECK: tosa.matmul %{{.*}} (tensor<1x1x2xf32>, tensor<1x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
// CHECK-NOT: tosa.matmul
// CHECK: return
func.func @tosa(%x: tensor<1x1x2xf32>) -> tensor<1x1x2xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[1.0, 1.0, 0.5], [-1.0, 1.0, 0.5]]]> : tensor<1x2x3xf32>}> : () -> tensor<1x2x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %v = "tosa.const"() <{values = dense<[[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]]> : tensor<1x3x2xf32>}> : () -> tensor<1x3x2xf32>
  %m = tosa.matmul %x, %w, %zp, %zp : (tensor<1x1x2xf32>, tensor<1x2x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x3xf32>
  %a = tosa.add %m, %b : (tensor<1x1x3xf32>, tensor<1x1x1xf32>) -> tensor<1x1x3xf32>
  %y = tosa.matmul %a, %v, %zp, %zp : (tensor<1x1x3xf32>, tensor<1x3x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  return %y : tensor<1x1x2xf32>
}

// Unit 1 is 100 times unit 0, a factor too large to use: it stays, and unit 3 =
// w0 / 2 + w2 / 2 goes all the same. Unit 4 keeps the activation.
// REMARK-DAG: large_factor.layer1: unit 3 of 5 removed
// CHECK-LABEL: @large_factor
// CHECK: act.relu %{{.*}} : tensor<1x4xf32>
func.func @large_factor(%x: tensor<1x2xf32> {act.domain = #act.box<[1.0], [2.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<[[1.0, 100.0, 1.0, 1.0, 1.0], [2.0, 200.0, 0.0, 1.0, -1.0]]> : tensor<2x5xf32>
  %b = arith.constant dense<0.0> : tensor<1x5xf32>
  %v = arith.constant dense<[[1.0], [2.0], [3.0], [4.0], [5.0]]> : tensor<5x1xf32>
  %c = arith.constant dense<0.5> : tensor<1x1xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x5xf32>) outs(%b : tensor<1x5xf32>) -> tensor<1x5xf32>
  %r = act.relu %m : tensor<1x5xf32>
  %y = linalg.matmul ins(%r, %v : tensor<1x5xf32>, tensor<5x1xf32>) outs(%c : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// Three become one, also where the first op in the text is not the first one
// that is executed: 4 * [[1, 1], [1, 1]].
// REMARK-DAG: one contraction for two: 8 multiplications instead of 24
// REMARK-DAG: one contraction for two: 4 multiplications instead of 16
// CHECK-LABEL: @three
// CHECK-DAG: dense<4.000000e+00> : tensor<2x2xf32>
// CHECK: linalg.matmul {{.*}} tensor<1x2xf32>, tensor<2x2xf32>
// CHECK-NOT: linalg.matmul
// CHECK: return
func.func @three(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  %u = arith.constant dense<1.0> : tensor<2x4xf32>
  %v = arith.constant dense<[[1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 1.0, 0.0], [1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.0]]> : tensor<4x4xf32>
  %w = arith.constant dense<0.5> : tensor<4x2xf32>
  %b4 = arith.constant dense<0.0> : tensor<1x4xf32>
  %b2 = arith.constant dense<0.0> : tensor<1x2xf32>
  cf.br ^first
^last:
  %n = linalg.matmul ins(%h, %v : tensor<1x4xf32>, tensor<4x4xf32>) outs(%b4 : tensor<1x4xf32>) -> tensor<1x4xf32>
  %y = linalg.matmul ins(%n, %w : tensor<1x4xf32>, tensor<4x2xf32>) outs(%b2 : tensor<1x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
^first:
  %h = linalg.matmul ins(%x, %u : tensor<1x2xf32>, tensor<2x4xf32>) outs(%b4 : tensor<1x4xf32>) -> tensor<1x4xf32>
  cf.br ^last
}

// What a removed layer was read by is computed anew before it is read again.
// CHECK-LABEL: @behind_removed
// CHECK-NOT: linalg.matmul
// CHECK: return
func.func @behind_removed(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x2xf32> {
  %b = arith.constant dense<[[-3.0]]> : tensor<1x1xf32>
  %w = arith.constant dense<[[1.0]]> : tensor<1x1xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %h = act.relu %z : tensor<1x1xf32>
  %c = arith.constant dense<[[1.0, -1.0]]> : tensor<1x2xf32>
  %v = arith.constant dense<[[2.0, 3.0]]> : tensor<1x2xf32>
  %y = linalg.matmul ins(%h, %v : tensor<1x1xf32>, tensor<1x2xf32>) outs(%c : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %y : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}
