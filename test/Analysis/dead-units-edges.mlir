// RUN: act-lint %s --fail-on=never --format=json | FileCheck %s

// What would be proved wrongly by looking less closely. Each function holds one
// case; the domain's ends are the points that matter.

// The end of a zone where the function jumps belongs to what is beyond it: at
// x = 0.5 the result is 0.5.

// CHECK: "name": "jump.layer1"
// CHECK: "dead": []
// CHECK-NEXT: "stably_active": []
func.func @jump(%x: tensor<4xf32> {act.domain = #act.box<[-2], [0.5]>}) -> tensor<4xf32> {
  %c = arith.constant dense<0.5> : tensor<4xf32>
  %z = arith.constant dense<0.0> : tensor<4xf32>
  %p = arith.cmpf oge, %x, %c : tensor<4xf32>
  %r = arith.select %p, %x, %z : tensor<4xi1>, tensor<4xf32>
  return %r : tensor<4xf32>
}

// An initializer's value is rounded to its type: -0.1 in f16 is -0.09998, and
// the sum with the bias is positive.

// CHECK: "name": "rounded_weight.layer1"
// CHECK: "dead": []
func.func @rounded_weight(%y: tensor<1x1xf16> {act.domain = #act.box<[1], [1]>}) -> tensor<1x1xf32> {
  %w = act.init constant {value = -0.1} : tensor<1x1xf16>
  %b = arith.constant dense<0.09998> : tensor<1x1xf32>
  %t = linalg.matmul ins(%y, %w : tensor<1x1xf16>, tensor<1x1xf16>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %m = act.relu %t : tensor<1x1xf32>
  return %m : tensor<1x1xf32>
}

// The second row of the constant makes every unit fire.

// CHECK: "name": "broadcast_rows.layer1"
// CHECK: "dead": []
func.func @broadcast_rows(%x: tensor<?x4xf32> {act.domain = #act.box<[-1], [1]>}) -> tensor<?x4xf32> {
  %c = "tosa.const"() {values = dense<[[-3.0],[5.0]]> : tensor<2x1xf32>} : () -> tensor<2x1xf32>
  %t = tosa.add %x, %c : (tensor<?x4xf32>, tensor<2x1xf32>) -> tensor<?x4xf32>
  %m = act.relu %t : tensor<?x4xf32>
  return %m : tensor<?x4xf32>
}

// A reduction over no element gives what it starts from.

// CHECK: "name": "empty_reduction.layer1"
// CHECK: "stably_active": []
func.func @empty_reduction(%y: tensor<4x?xf32> {act.domain = #act.box<[1], [2]>}) -> tensor<4xf32> {
  %c = arith.constant dense<-5.0> : tensor<4xf32>
  %t = linalg.generic {indexing_maps=[affine_map<(m,k)->(m,k)>,affine_map<(m,k)->(m)>], iterator_types=["parallel","reduction"]} ins(%y: tensor<4x?xf32>) outs(%c: tensor<4xf32>) {
  ^bb0(%p: f32, %o: f32):
    %s = arith.maximumf %o, %p : f32
    linalg.yield %s : f32
  } -> tensor<4xf32>
  %m = act.relu %t : tensor<4xf32>
  return %m : tensor<4xf32>
}

// The same far from 0, where no double lies between x = 2^67 and x - 1.

// CHECK: "name": "far_jump.layer1"
// CHECK: "dead": []
// CHECK-NEXT: "stably_active": []
// CHECK-NEXT: "saturated": []
// CHECK: "name": "before_far_jump.layer1"
// CHECK: "dead": [
// CHECK-NEXT: 0
func.func @far_jump(%x: tensor<1xf32> {act.domain = #act.box<[0.0], [147573952589676412928.0]>}) -> tensor<1xf32> {
  %c = arith.constant dense<147573952589676412928.0> : tensor<1xf32>
  %z = arith.constant dense<0.0> : tensor<1xf32>
  %p = arith.cmpf oge, %x, %c : tensor<1xf32>
  %r = arith.select %p, %x, %z : tensor<1xi1>, tensor<1xf32>
  return %r : tensor<1xf32>
}
func.func @before_far_jump(%x: tensor<1xf32> {act.domain = #act.box<[0], [1.0e20]>}) -> tensor<1xf32> {
  %c = arith.constant dense<147573952589676412928.0> : tensor<1xf32>
  %z = arith.constant dense<0.0> : tensor<1xf32>
  %p = arith.cmpf oge, %x, %c : tensor<1xf32>
  %r = arith.select %p, %x, %z : tensor<1xi1>, tensor<1xf32>
  return %r : tensor<1xf32>
}

// A reduced loop that indexes the result adds one term to each element: the
// second is x, not 10 + x + x.

// CHECK: "name": "indexed_sum.layer1"
// CHECK: "dead": []
// CHECK-NEXT: "stably_active": []
func.func @indexed_sum(%x: tensor<2xf32> {act.domain = #act.box<[-1], [1]>}) -> tensor<2xf32> {
  %k = arith.constant dense<[10.0, 0.0]> : tensor<2xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>], iterator_types = ["reduction"]} ins(%x : tensor<2xf32>) outs(%k : tensor<2xf32>) {
  ^bb0(%a: f32, %o: f32):
    %c = arith.addf %a, %o : f32
    linalg.yield %c : f32
  } -> tensor<2xf32>
  %r = act.relu %y : tensor<2xf32>
  return %r : tensor<2xf32>
}

// CHECK: "name": "indexed_maximum.layer1"
// CHECK: "dead": []
func.func @indexed_maximum(%x: tensor<1x2xf32> {act.domain = #act.box<[-1], [1]>}) -> tensor<1x2xf32> {
  %k = arith.constant dense<[[10.0, 0.0]]> : tensor<1x2xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(m, k) -> (m, k)>, affine_map<(m, k) -> (m, k)>], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<1x2xf32>) outs(%k : tensor<1x2xf32>) {
  ^bb0(%a: f32, %o: f32):
    %c = arith.maximumf %a, %o : f32
    linalg.yield %c : f32
  } -> tensor<1x2xf32>
  %n = arith.negf %y : tensor<1x2xf32>
  %r = act.relu %n : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// What the verifiers of tosa let pass is read nowhere beyond its operands.

// CHECK: "name": "outside_slice.layer1"
// CHECK: "unknown": [
func.func @outside_slice(%x: tensor<4xf32> {act.domain = #act.box<[-1, -2, -3, -4], [1, 2, 3, 4]>}) -> tensor<2xf32> {
  %st = tosa.const_shape {values = dense<[1000000]> : tensor<1xindex>} : () -> !tosa.shape<1>
  %sz = tosa.const_shape {values = dense<[2]> : tensor<1xindex>} : () -> !tosa.shape<1>
  %y = tosa.slice %x, %st, %sz : (tensor<4xf32>, !tosa.shape<1>, !tosa.shape<1>) -> tensor<2xf32>
  %r = act.relu %y : tensor<2xf32>
  return %r : tensor<2xf32>
}

// CHECK: "name": "odd_batches.layer1"
// CHECK: "unknown": [
func.func @odd_batches(%a: tensor<1x2x3xf32> {act.domain = #act.box<[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 7]>}, %b: tensor<200x3x4xf32> {act.domain = #act.box<[1], [1]>}) -> tensor<200x2x4xf32> {
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %m = tosa.matmul %a, %b, %z, %z : (tensor<1x2x3xf32>, tensor<200x3x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<200x2x4xf32>
  %r = act.relu %m : tensor<200x2x4xf32>
  return %r : tensor<200x2x4xf32>
}

// -0 lies in [0, 1], and -0.1 / -0 is infinite.

// CHECK: "name": "negative_zero.layer1"
// CHECK: "dead": []
// CHECK-NEXT: "stably_active": []
func.func @negative_zero(%x: tensor<2xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<2xf32> {
  %c = arith.constant dense<[-0.1, 0.1]> : tensor<2xf32>
  %y = arith.divf %c, %x : tensor<2xf32>
  %r = act.relu %y : tensor<2xf32>
  return %r : tensor<2xf32>
}
// CHECK: "name": "root_of_negative_zero.layer1"
// CHECK: "dead": []
// CHECK-NEXT: "stably_active": []
func.func @root_of_negative_zero(%x: tensor<2xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<2xf32> {
  %y = math.rsqrt %x : tensor<2xf32>
  %r = act.relu %y : tensor<2xf32>
  return %r : tensor<2xf32>
}
