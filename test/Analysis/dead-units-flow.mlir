// What dead layers do to the network, and how bounds go through control flow.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// A dead layer on the only path makes the result constant.
func.func @only_path(%x: tensor<2xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<2xf32> {
  %r = act.relu %x : tensor<2xf32>
  %y = arith.addf %r, %r : tensor<2xf32>
  return %y : tensor<2xf32>
}

// Hard case 5.
// A dead residual branch does not.
func.func @residual(%x: tensor<2xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<2xf32> {
  %r = act.relu %x : tensor<2xf32>
  %y = arith.addf %r, %x : tensor<2xf32>
  return %y : tensor<2xf32>
}

// Hard case 18.
// Each result counts on its own.
func.func @two_results(%x: tensor<2xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> (tensor<2xf32>, tensor<2xf32>) {
  %r = act.relu %x : tensor<2xf32>
  return %x, %r : tensor<2xf32>, tensor<2xf32>
}

// Both sides of a branch count.
func.func @branch(%c: i1, %x: tensor<2xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<2xf32> {
  %half = arith.constant dense<0.5> : tensor<2xf32>
  %y = scf.if %c -> tensor<2xf32> {
    scf.yield %x : tensor<2xf32>
  } else {
    %p = arith.addf %x, %half : tensor<2xf32>
    scf.yield %p : tensor<2xf32>
  }
  %r = act.relu %y : tensor<2xf32>
  return %r : tensor<2xf32>
}

// A bound that grows in a loop ends, as unknown.
func.func @loop(%n: index, %x: tensor<2xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<2xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %half = arith.constant dense<0.5> : tensor<2xf32>
  %y = scf.for %i = %c0 to %n step %c1 iter_args(%v = %x) -> tensor<2xf32> {
    %p = arith.addf %v, %half : tensor<2xf32>
    scf.yield %p : tensor<2xf32>
  }
  %r = act.relu %y : tensor<2xf32>
  return %r : tensor<2xf32>
}

// A batch of unknown size: what is known holds for each of its members.
func.func @batch(%x: tensor<?x2xf32> {act.domain = #act.box<[1.0], [2.0]>}) -> tensor<?x2xf32> {
  %w = arith.constant dense<[[-1.0, 1.0], [-1.0, 1.0]]> : tensor<2x2xf32>
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x2xf32>
  %e = tensor.empty(%n) : tensor<?x2xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x2xf32>) -> tensor<?x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<?x2xf32>, tensor<2x2xf32>) outs(%f : tensor<?x2xf32>) -> tensor<?x2xf32>
  %r = act.relu %m : tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

// Hard case 17.
// Units stand in front where the weights do: W x with the batch last.
func.func @transposed(%x: tensor<2x3xf32> {act.domain = #act.box<[1.0], [2.0]>}) -> tensor<2x3xf32> {
  %w = arith.constant dense<[[-1.0, -1.0], [1.0, 1.0]]> : tensor<2x2xf32>
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x3xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<2x3xf32>) -> tensor<2x3xf32>
  %m = linalg.matmul ins(%w, %x : tensor<2x2xf32>, tensor<2x3xf32>) outs(%f : tensor<2x3xf32>) -> tensor<2x3xf32>
  %r = act.relu %m : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}

// CHECK: only_path.layer1 relu |{{.*}}| 2 dead
// CHECK: residual.layer1 relu |{{.*}}| 2 dead
// CHECK: two_results.layer1 relu |{{.*}}| 2 dead
// CHECK: branch.layer1 relu |{{.*}}| 2 dead
// CHECK: loop.layer1 relu |{{.*}}| 2 unknown
// CHECK: batch.layer1 relu |{{.*}}| 1 dead, 1 stably active
// CHECK: transposed.layer1 relu |{{.*}}| 1 dead, 1 stably active

// CHECK: error DR001 only_path.layer1
// CHECK-NOT: DR001 residual
// CHECK: error DR001 two_results.layer1
// CHECK-NEXT: what: all 2 units are dead and every path from the inputs to result 1 goes
// CHECK: error DR001 branch.layer1
// CHECK-NOT: DR001

// A dead layer freezes what is before it, unless another result needs that.
// CHECK: error DR001 frozen.layer2
// CHECK-NEXT: what: the only unit is dead and every path from the inputs to result 0 goes through it
// CHECK: note DR012 frozen.layer2
// CHECK-NEXT: what: {{.*}} dead for good: training does not revive
// CHECK-NEXT: why: no gradient passes this layer
// CHECK: note DR012 used_twice.layer2
// CHECK-NEXT: what: {{.*}} dead for now: training may revive
func.func @frozen(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1xf32> {
  %c = arith.constant dense<-1.0> : tensor<1xf32>
  %h = act.relu %x : tensor<1xf32>
  %z = arith.subf %c, %h : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}
func.func @used_twice(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> (tensor<1xf32>, tensor<1xf32>) {
  %c = arith.constant dense<-1.0> : tensor<1xf32>
  %h = act.relu %x : tensor<1xf32>
  %z = arith.subf %c, %h : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r, %h : tensor<1xf32>, tensor<1xf32>
}
