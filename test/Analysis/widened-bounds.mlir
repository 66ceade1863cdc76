// What grows in a loop, or comes from where the solver sees no branch, is
// unknown; what executes is in the comments.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// The loop ends at 1000: both layers fire. What is read after 16 changes is read
// again when its bounds have become those of any number.
// CHECK: while.layer1 relu |........................| 1 unknown
// CHECK-NEXT: while.layer2 relu |........................| 1 unknown
func.func @while(%x: tensor<1xf32> {act.domain = #act.box<[0.5], [1.0]>}) -> tensor<1xf32> {
  %i = arith.constant 0 : index
  %c = arith.constant 1000.0 : f32
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %fifty = arith.constant dense<50.0> : tensor<1xf32>
  %r:1 = scf.while (%a = %x) : (tensor<1xf32>) -> tensor<1xf32> {
    %e = tensor.extract %a[%i] : tensor<1xf32>
    %k = arith.cmpf olt, %e, %c : f32
    scf.condition(%k) %a : tensor<1xf32>
  } do {
  ^bb0(%b: tensor<1xf32>):
    %n = arith.subf %b, %fifty : tensor<1xf32>
    %q = act.relu %n : tensor<1xf32>
    %s = arith.addf %b, %one : tensor<1xf32>
    scf.yield %s : tensor<1xf32>
  }
  %n2 = arith.subf %r, %fifty : tensor<1xf32>
  %q2 = act.relu %n2 : tensor<1xf32>
  return %q2 : tensor<1xf32>
}

// Where %k is not 1 the sum is at least 1 - 0.5: unit 0 fires.
// CHECK-NEXT: forall.layer1 relu |........................| 2 unknown
func.func @forall(%x: tensor<1x2xf32> {act.domain = #act.box<[0.5], [1.0]>}, %k: i8) -> tensor<1x2xf32> {
  %one = arith.constant 1 : i8
  %c = arith.cmpi eq, %k, %one : i8
  %init = tensor.empty() : tensor<1x2xf32>
  %p = scf.forall (%i) in (2) shared_outs(%o = %init) -> tensor<1x2xf32> {
    %s = tensor.extract_slice %x[0, %i] [1, 1] [1, 1] : tensor<1x2xf32> to tensor<1x1xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[0, %i] [1, 1] [1, 1] : tensor<1x1xf32> into tensor<1x2xf32>
    }
  }
  %n = arith.negf %x : tensor<1x2xf32>
  %a = scf.if %c -> tensor<1x2xf32> {
    scf.yield %n : tensor<1x2xf32>
  } else {
    scf.yield %p : tensor<1x2xf32>
  }
  %w = arith.constant dense<[[1.0, 0.5], [1.0, -0.5]]> : tensor<2x2xf32>
  %b = arith.constant dense<[[-0.5, 1.0]]> : tensor<1x2xf32>
  %m = linalg.matmul ins(%a, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %m : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// CHECK-NEXT: parallel.layer1 relu |........................| 2 unknown
func.func @parallel(%x: tensor<1x2xf32> {act.domain = #act.box<[0.5], [1.0]>}) -> tensor<1x2xf32> {
  %init = arith.constant dense<5.0> : tensor<1x2xf32>
  %p = scf.forall (%i) in (2) shared_outs(%o = %init) -> tensor<1x2xf32> {
    %s = tensor.extract_slice %x[0, %i] [1, 1] [1, 1] : tensor<1x2xf32> to tensor<1x1xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[0, %i] [1, 1] [1, 1] : tensor<1x1xf32> into tensor<1x2xf32>
    }
  }
  %r = act.relu %p : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// The sign of 0 is that of any number: 3 with that of -0 is -3, and its
// negative fires. That of a constant is known.
// CHECK-NEXT: sign.layer1 relu |........................| 1 unknown
// CHECK-NEXT: sign.layer2 abs
// CHECK-NEXT: sign.layer3 relu |xxxxxxxxxxxxxxxxxxxxxxxx| 1 dead
func.func @sign(%x: tensor<1xf32> {act.domain = #act.box<[2.0], [3.0]>}, %s: tensor<1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> (tensor<1xf32>, tensor<1xf32>) {
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %t = math.copysign %x, %s : tensor<1xf32>
  %n = arith.negf %t : tensor<1xf32>
  %r = act.relu %n : tensor<1xf32>
  %t2 = math.copysign %x, %one : tensor<1xf32>
  %n2 = arith.negf %t2 : tensor<1xf32>
  %r2 = act.relu %n2 : tensor<1xf32>
  return %r, %r2 : tensor<1xf32>, tensor<1xf32>
}
