// RUN: act-opt %s --raise-to-act | FileCheck %s

// What is softmax at every moderate point and another function beyond stays.

#id = affine_map<(d0,d1)->(d0,d1)>
#r = affine_map<(d0,d1)->(d0)>

// The exponent is bounded below: far from the maximum this is exp(-10)/sum.

// CHECK-LABEL: func @bounded_exponent
// CHECK-NOT: act.softmax
func.func @bounded_exponent(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %ni = arith.constant 0xFF800000 : f32
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2xf32>
  %f = linalg.fill ins(%ni: f32) outs(%e: tensor<2xf32>) -> tensor<2xf32>
  %f0 = linalg.fill ins(%z: f32) outs(%e: tensor<2xf32>) -> tensor<2xf32>
  %em = tensor.empty() : tensor<2x8xf32>
  %m = linalg.generic {indexing_maps=[#id,#r], iterator_types=["parallel","reduction"]} ins(%x: tensor<2x8xf32>) outs(%f: tensor<2xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.maximumf %a, %o : f32
    linalg.yield %s : f32
  } -> tensor<2xf32>
  %w = linalg.generic {indexing_maps=[#id,#r,#id], iterator_types=["parallel","parallel"]} ins(%x,%m: tensor<2x8xf32>, tensor<2xf32>) outs(%em: tensor<2x8xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %d0 = arith.subf %a, %b : f32
    %lim = arith.constant -10.0 : f32
    %d = arith.maximumf %d0, %lim : f32
    %s = math.exp %d : f32
    linalg.yield %s : f32
  } -> tensor<2x8xf32>
  %t = linalg.generic {indexing_maps=[#id,#r], iterator_types=["parallel","reduction"]} ins(%w: tensor<2x8xf32>) outs(%f0: tensor<2xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %a, %o : f32
    linalg.yield %s : f32
  } -> tensor<2xf32>
  %y = linalg.generic {indexing_maps=[#id,#r,#id], iterator_types=["parallel","parallel"]} ins(%w,%t: tensor<2x8xf32>, tensor<2xf32>) outs(%em: tensor<2x8xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.divf %a, %b : f32
    linalg.yield %s : f32
  } -> tensor<2x8xf32>
  return %y : tensor<2x8xf32>
}

// The sum is bounded above: long rows of ties do not add up to 1.

// CHECK-LABEL: func @bounded_sum
// CHECK-NOT: act.softmax
// CHECK: return
func.func @bounded_sum(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %ni = arith.constant 0xFF800000 : f32
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2xf32>
  %f = linalg.fill ins(%ni: f32) outs(%e: tensor<2xf32>) -> tensor<2xf32>
  %f0 = linalg.fill ins(%z: f32) outs(%e: tensor<2xf32>) -> tensor<2xf32>
  %em = tensor.empty() : tensor<2x8xf32>
  %m = linalg.generic {indexing_maps=[#id,#r], iterator_types=["parallel","reduction"]} ins(%x: tensor<2x8xf32>) outs(%f: tensor<2xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.maximumf %a, %o : f32
    linalg.yield %s : f32
  } -> tensor<2xf32>
  %w = linalg.generic {indexing_maps=[#id,#r,#id], iterator_types=["parallel","parallel"]} ins(%x,%m: tensor<2x8xf32>, tensor<2xf32>) outs(%em: tensor<2x8xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %d0 = arith.subf %a, %b : f32
    %lim = arith.constant -1.0e30 : f32
    %d = arith.maximumf %d0, %lim : f32
    %s = math.exp %d : f32
    linalg.yield %s : f32
  } -> tensor<2x8xf32>
  %t = linalg.generic {indexing_maps=[#id,#r], iterator_types=["parallel","reduction"]} ins(%w: tensor<2x8xf32>) outs(%f0: tensor<2xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %a, %o : f32
    linalg.yield %s : f32
  } -> tensor<2xf32>
  %y = linalg.generic {indexing_maps=[#id,#r,#id], iterator_types=["parallel","parallel"]} ins(%w,%t: tensor<2x8xf32>, tensor<2xf32>) outs(%em: tensor<2x8xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %cap = arith.constant 100.0 : f32
    %bb = arith.minimumf %b, %cap : f32
    %s = arith.divf %a, %bb : f32
    linalg.yield %s : f32
  } -> tensor<2x8xf32>
  return %y : tensor<2x8xf32>
}

// What takes a number for NaN is not softmax.

// CHECK-LABEL: func @number_for_nan
// CHECK-NOT: act.softmax
func.func @number_for_nan(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %ninf = arith.constant 0xFF800000 : f32
  %z = arith.constant 0.0 : f32
  %e1 = tensor.empty() : tensor<1xf32>
  %e2 = tensor.empty() : tensor<1x4xf32>
  %i1 = linalg.fill ins(%ninf : f32) outs(%e1 : tensor<1xf32>) -> tensor<1xf32>
  %m = linalg.generic {indexing_maps = [#id, #r], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<1x4xf32>) outs(%i1 : tensor<1xf32>) {
  ^bb0(%a: f32, %b: f32):
    %n = arith.cmpf uno, %a, %a : f32
    %k = arith.select %n, %z, %a : f32
    %q = arith.maximumf %k, %b : f32
    linalg.yield %q : f32
  } -> tensor<1xf32>
  %w = linalg.generic {indexing_maps = [#id, #r, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %m : tensor<1x4xf32>, tensor<1xf32>) outs(%e2 : tensor<1x4xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %n = arith.cmpf uno, %a, %a : f32
    %k = arith.select %n, %z, %a : f32
    %s = arith.subf %k, %b : f32
    %q = math.exp %s : f32
    linalg.yield %q : f32
  } -> tensor<1x4xf32>
  %i2 = linalg.fill ins(%z : f32) outs(%e1 : tensor<1xf32>) -> tensor<1xf32>
  %t = linalg.generic {indexing_maps = [#id, #r], iterator_types = ["parallel", "reduction"]} ins(%w : tensor<1x4xf32>) outs(%i2 : tensor<1xf32>) {
  ^bb0(%a: f32, %b: f32):
    %q = arith.addf %a, %b : f32
    linalg.yield %q : f32
  } -> tensor<1xf32>
  %y = linalg.generic {indexing_maps = [#id, #r, #id], iterator_types = ["parallel", "parallel"]} ins(%w, %t : tensor<1x4xf32>, tensor<1xf32>) outs(%e2 : tensor<1x4xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %q = arith.divf %a, %b : f32
    linalg.yield %q : f32
  } -> tensor<1x4xf32>
  return %y : tensor<1x4xf32>
}
