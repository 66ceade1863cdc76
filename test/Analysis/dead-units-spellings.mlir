// RUN: act-lint %s --domain='0:[-2,-1]' --format=json --fail-on=never | FileCheck %s

// Every spelling of relu is one layer, with or without raising; the same bound
// makes the same verdict. The layers stand in order of execution.

#id = affine_map<(d0) -> (d0)>

func.func @main(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %zero = arith.constant 0.0 : f32
  %zeros = arith.constant dense<0.0> : tensor<4xf32>
  %e = tensor.empty() : tensor<4xf32>

  // CHECK: "op": "act.relu"
  // CHECK: "units": 4
  // CHECK-NEXT: "dead": [
  // CHECK-NEXT: 0,
  // CHECK-NEXT: 1,
  // CHECK-NEXT: 2,
  // CHECK-NEXT: 3
  // CHECK-NEXT: ]
  %0 = act.relu %x : tensor<4xf32>

  // CHECK: "op": "arith.maximumf"
  // CHECK: "dead": [
  // CHECK-NEXT: 0,
  %1 = arith.maximumf %zeros, %x : tensor<4xf32>

  // CHECK: "op": "arith.select"
  // CHECK: "dead": [
  // CHECK-NEXT: 0,
  %c = arith.cmpf olt, %x, %zeros : tensor<4xf32>
  %2 = arith.select %c, %zeros, %x : tensor<4xi1>, tensor<4xf32>

  // CHECK: "op": "tosa.clamp"
  // CHECK: "dead": [
  // CHECK-NEXT: 0,
  %3 = tosa.clamp %x {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<4xf32>) -> tensor<4xf32>

  // A step of the body that is not the activation belongs to the leaf.
  // CHECK: "op": "linalg.generic"
  // CHECK: "dead": [
  // CHECK-NEXT: 0,
  // CHECK-NEXT: 1
  // CHECK-NEXT: ]
  %bias = arith.constant dense<[0.0, 0.5, 1.5, 2.5]> : tensor<4xf32>
  %4 = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
      ins(%x, %bias : tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.addf %a, %b : f32
    %p = arith.cmpf ogt, %s, %zero : f32
    %r = arith.select %p, %s, %zero : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>

  // CHECK: "op": "linalg.max"
  // CHECK: "dead": [
  // CHECK-NEXT: 0,
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %5 = linalg.max ins(%x, %f : tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>

  return %0, %1, %2, %3, %4, %5 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}
