// Inputs and intermediate rows whose elements depend on each other: the first
// layer after them is decided by the support function of their set.

// RUN: act-lint %s --fail-on=never | FileCheck %s
// RUN: act-lint %s --fail-on=never | FileCheck %s --check-prefix=BOUNDS

// On the simplex sup w x = max w: -0.5, 0.5, -0.1 and 0.5, where a box says 0.5,
// 0.5, 0.15 and 0.5.
// CHECK-DAG: simplex.layer1 relu |xxxxxxxxxxxx++++++++++++| 2 dead, 2 mixed
func.func @simplex(%x: tensor<1x4xf32> {act.domain = #act.simplex}) -> tensor<1x4xf32> {
  %w = arith.constant dense<[[-1.0, 1.0, 0.25, 3.0], [-1.0, -1.0, 0.5, -1.0], [-1.0, -1.0, 0.0, 0.0], [-1.0, -1.0, 0.0, -2.0]]> : tensor<4x4xf32>
  %b = arith.constant dense<[[0.5, -0.5, -0.6, -2.5]]> : tensor<1x4xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x4xf32>, tensor<4x4xf32>) outs(%b : tensor<1x4xf32>) -> tensor<1x4xf32>
  %r = act.relu %z : tensor<1x4xf32>
  return %r : tensor<1x4xf32>
}

// Where a box decides as well, bounds and advice are those of the set: -max(0.25,
// 0.5) - 1 and so on, where the box says [-1.75, -1].
// BOUNDS: warning DR002 tight.layer1
// BOUNDS: pre-activation of unit 1 in [-1.5, -1.25]
// BOUNDS: raise the pre-activation of unit 1, as by a bias: by 1.24{{9+}}{{.*}} or less it stays dead, by more than 1.25{{.*}} it fires
func.func @tight(%x: tensor<1x2xf32> {act.domain = #act.simplex}) -> tensor<1x3xf32> {
  %w = arith.constant dense<[[1.0, -0.25, 1.0], [1.0, -0.5, 2.0]]> : tensor<2x3xf32>
  %b = arith.constant dense<[[0.0, -1.0, 0.0]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %r = act.relu %z : tensor<1x3xf32>
  return %r : tensor<1x3xf32>
}

// What is tried lies in the simplex: x1 + x2 is never above 1, at which no
// corner of the box would stop.
// CHECK-DAG: inside.layer1 relu |........................| 1 unknown
// CHECK-DAG: inside.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @inside(%x: tensor<1x3xf32> {act.domain = #act.simplex}) -> (tensor<1x1xf32>, tensor<1x1xf32>) {
  %w = arith.constant dense<[[1.0], [1.0], [0.0]]> : tensor<3x1xf32>
  %b = arith.constant dense<-1.0> : tensor<1x1xf32>
  %d = arith.constant dense<-1.001> : tensor<1x1xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x3xf32>, tensor<3x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %y = linalg.matmul ins(%x, %w : tensor<1x3xf32>, tensor<3x1xf32>) outs(%d : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  %s = act.relu %y : tensor<1x1xf32>
  return %r, %s : tensor<1x1xf32>, tensor<1x1xf32>
}

// On the unit disc sup w x = |w|: 5 - 5.125, 5 - 4.875 and sqrt(2) - 1.5.
// CHECK-DAG: ball.layer1 relu |xxxxxxxxxxxxxxxx++++++++| 2 dead, 1 mixed
func.func @ball(%x: tensor<1x2xf32> {act.domain = #act.ball<center = [0.0], radius = [1.0]>}) -> tensor<1x3xf32> {
  %w = arith.constant dense<[[3.0, 3.0, 1.0], [4.0, 4.0, 1.0]]> : tensor<2x3xf32>
  %b = arith.constant dense<[[-5.125, -4.875, -1.5]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %r = act.relu %z : tensor<1x3xf32>
  return %r : tensor<1x3xf32>
}

// An ellipsoid around (1, 1): the highest sum is 2 + sqrt(1 / 4 + 1 / 16).
// CHECK-DAG: ellipsoid.layer1 relu |xxxxxxxxxxxx++++++++++++| 1 dead, 1 mixed
func.func @ellipsoid(%x: tensor<1x2xf32> {act.domain = #act.ball<center = [1.0], radius = [0.5, 0.25]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<1.0> : tensor<2x2xf32>
  %b = arith.constant dense<[[-2.5625, -2.5]]> : tensor<1x2xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// x1 + x2 - 1.5 is positive at a corner of the box around the ball, but not in
// it: the ball is one of a single row, as inputs of unknown size count.
// CHECK-DAG: batch.layer1 relu |xxxxxxxxxxxx++++++++++++| 1 dead, 1 mixed
func.func @batch(%x: tensor<?x2xf32> {act.domain = #act.ball<center = [0.0], radius = [1.0]>}, %b: tensor<?x2xf32> {act.domain = #act.box<[-1.5], [-1.5]>}) -> tensor<?x2xf32> {
  %w = arith.constant dense<[[1.0, 2.0], [1.0, 0.0]]> : tensor<2x2xf32>
  %z = linalg.matmul ins(%x, %w : tensor<?x2xf32>, tensor<2x2xf32>) outs(%b : tensor<?x2xf32>) -> tensor<?x2xf32>
  %r = act.relu %z : tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

// |2 x1 + x2 - 1.5| is 0.5 or 1.5 where one x is 1, but 0 between.
// CHECK-DAG: one_hot.layer2 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @one_hot(%x: tensor<1x3xf32> {act.domain = #act.one_hot}) -> tensor<1x1xf32> {
  %w = arith.constant dense<[[2.0, -2.0], [1.0, -1.0], [0.0, 0.0]]> : tensor<3x2xf32>
  %b = arith.constant dense<[[-1.5, 1.5]]> : tensor<1x2xf32>
  %v = arith.constant dense<-1.0> : tensor<2x1xf32>
  %c = arith.constant dense<0.25> : tensor<1x1xf32>
  %y = linalg.matmul ins(%x, %w : tensor<1x3xf32>, tensor<3x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h = act.relu %y : tensor<1x2xf32>
  %z = linalg.matmul ins(%h, %v : tensor<1x2xf32>, tensor<2x1xf32>) outs(%c : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// The results of a softmax add up to 1 but for rounding; those of a hardmax are
// one-hot. Rows without weight may be 0: a bias of 0.5 is left of them. Infinite
// scores make NaN of a softmax, but not of a hardmax.
// CHECK-DAG: softmax.layer1 relu |xxxxxxxxxxxxxxxx........| 2 dead, 1 unknown
// CHECK-DAG: infinite_scores.layer1 relu |........................| 1 unknown
// CHECK-DAG: hardmax.layer1 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
// CHECK-DAG: empty_rows.layer1 relu |........................| 1 unknown
func.func @softmax(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0e30], [1.0e30]>}) -> tensor<1x3xf32> {
  %p = act.softmax %x : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %w = arith.constant dense<[[-1.0, 1.0, 1.0], [-1.0, 0.5, 1.0], [-1.0, 1.0, 1.0], [-1.0, 1.0, 1.0]]> : tensor<4x3xf32>
  %b = arith.constant dense<[[0.5, -1.001, -1.0]]> : tensor<1x3xf32>
  %z = linalg.matmul ins(%p, %w : tensor<1x4xf32>, tensor<4x3xf32>) outs(%b : tensor<1x3xf32>) -> tensor<1x3xf32>
  %r = act.relu %z : tensor<1x3xf32>
  return %r : tensor<1x3xf32>
}
// Of bounded scores each probability has bounds of its own: the first is at most
// 1 / (1 + 2 exp(-2)) = 0.787 and at least 1 / (1 + 2 exp(2)) = 0.0634. The
// scores of a softmin are the other way around.
// CHECK-DAG: bounded_softmax.layer1 relu |xxxxxxxxxxxx++++++++++++| 2 dead, 2 mixed
// CHECK-DAG: bounded_softmin.layer1 relu |xxxxxxxxxxxx++++++++++++| 1 dead, 1 mixed
func.func @bounded_softmax(%x: tensor<1x3xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x4xf32> {
  %p = act.softmax %x : (tensor<1x3xf32>) -> tensor<1x3xf32>
  %w = arith.constant dense<[[1.0, 1.0, -1.0, -1.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]> : tensor<3x4xf32>
  %b = arith.constant dense<[[-0.788, -0.786, 0.0633, 0.0635]]> : tensor<1x4xf32>
  %z = linalg.matmul ins(%p, %w : tensor<1x3xf32>, tensor<3x4xf32>) outs(%b : tensor<1x4xf32>) -> tensor<1x4xf32>
  %r = act.relu %z : tensor<1x4xf32>
  return %r : tensor<1x4xf32>
}
func.func @bounded_softmin(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0, 0.0], [0.0, 1.0]>}) -> tensor<1x2xf32> {
  %p = act.softmin %x : (tensor<1x2xf32>) -> tensor<1x2xf32>
  %w = arith.constant dense<[[0.0, 0.0], [1.0, 1.0]]> : tensor<2x2xf32>
  %b = arith.constant dense<[[-0.501, -0.499]]> : tensor<1x2xf32>
  %z = linalg.matmul ins(%p, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}
func.func @infinite_scores(%x: tensor<1x4xf32>) -> tensor<1x1xf32> {
  %p = act.softmax %x : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %w = arith.constant dense<-1.0> : tensor<4x1xf32>
  %b = arith.constant dense<0.5> : tensor<1x1xf32>
  %z = linalg.matmul ins(%p, %w : tensor<1x4xf32>, tensor<4x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}
func.func @hardmax(%x: tensor<4x1xf32>) -> tensor<1x1xf32> {
  %p = act.hardmax %x {axis = 0 : i64} : (tensor<4x1xf32>) -> tensor<4x1xf32>
  %w = arith.constant dense<[[-1.0, -1.0, -1.0, -1.0]]> : tensor<1x4xf32>
  %b = arith.constant dense<0.999> : tensor<1x1xf32>
  %z = linalg.matmul ins(%w, %p : tensor<1x4xf32>, tensor<4x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}
func.func @empty_rows(%x: tensor<1x4xf32> {act.domain = #act.box<[-1.0e30], [1.0e30]>}) -> tensor<1x1xf32> {
  %p = act.safe_softmax %x : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %w = arith.constant dense<-1.0> : tensor<4x1xf32>
  %b = arith.constant dense<0.5> : tensor<1x1xf32>
  %z = linalg.matmul ins(%p, %w : tensor<1x4xf32>, tensor<4x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}
