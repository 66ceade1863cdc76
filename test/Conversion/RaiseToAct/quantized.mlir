// RUN: act-opt --raise-to-act %s | FileCheck %s

// A number that is rounded to a narrower format on the way is another number:
// what follows is raised by itself.

// CHECK-LABEL: func @f8_relu(
// CHECK: arith.truncf
// CHECK: %[[B:.*]] = arith.extf
// CHECK: act.relu %[[B]] : f32
func.func @f8_relu(%x: f32) -> f32 {
  %zero = arith.constant 0.0 : f32
  %a = arith.truncf %x : f32 to f8E5M2
  %b = arith.extf %a : f8E5M2 to f32
  %c = arith.maximumf %b, %zero : f32
  return %c : f32
}

// CHECK-LABEL: func @f8_tanh(
// CHECK: arith.truncf
// CHECK: %[[B:.*]] = arith.extf
// CHECK: act.tanh %[[B]] : f32
func.func @f8_tanh(%x: f32) -> f32 {
  %a = arith.truncf %x : f32 to f8E4M3FN
  %b = arith.extf %a : f8E4M3FN to f32
  %c = math.tanh %b : f32
  return %c : f32
}

// CHECK-LABEL: func @tf32_abs(
// CHECK: arith.truncf
// CHECK: %[[B:.*]] = arith.extf
// CHECK: act.abs %[[B]] : f32
func.func @tf32_abs(%x: f32) -> f32 {
  %a = arith.truncf %x : f32 to tf32
  %b = arith.extf %a : tf32 to f32
  %c = math.absf %b : f32
  return %c : f32
}

// Within a chain.
// CHECK-LABEL: func @f8_inner(
// CHECK: act.exp
// CHECK: arith.truncf
// CHECK: arith.divf
func.func @f8_inner(%x: f32) -> f32 {
  %one = arith.constant 1.0 : f32
  %n = arith.negf %x : f32
  %e0 = math.exp %n : f32
  %a = arith.truncf %e0 : f32 to f8E5M2
  %e = arith.extf %a : f8E5M2 to f32
  %d = arith.addf %e, %one : f32
  %r = arith.divf %one, %d : f32
  return %r : f32
}

// Within a row: the exponentials are rounded to bf16.
// CHECK-LABEL: func @softmax_rounded(
// CHECK-NOT: act.softmax
// CHECK: arith.truncf
// CHECK-NOT: act.softmax
// CHECK: return
func.func @softmax_rounded(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %m = tosa.reduce_max %x {axis = 1 : i32} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  %d = tosa.sub %x, %m : (tensor<4x8xf32>, tensor<4x1xf32>) -> tensor<4x8xf32>
  %e0 = tosa.exp %d : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %t = arith.truncf %e0 : tensor<4x8xf32> to tensor<4x8xbf16>
  %e = arith.extf %t : tensor<4x8xbf16> to tensor<4x8xf32>
  %s = tosa.reduce_sum %e {axis = 1 : i32} : (tensor<4x8xf32>) -> tensor<4x1xf32>
  %i = tosa.reciprocal %s : (tensor<4x1xf32>) -> tensor<4x1xf32>
  %r = tosa.mul %e, %i, %shift : (tensor<4x8xf32>, tensor<4x1xf32>, tensor<1xi8>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// Within the body of a loop over rows.
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
// CHECK-LABEL: func @softmax_body_rounded(
// CHECK-NOT: act.softmax
// CHECK: arith.truncf
// CHECK-NOT: act.softmax
// CHECK: return
func.func @softmax_body_rounded(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %low = arith.constant 0xFF800000 : f32
  %zero = arith.constant 0.0 : f32
  %e1 = tensor.empty() : tensor<2xf32>
  %e2 = tensor.empty() : tensor<2x8xf32>
  %f = linalg.fill ins(%low : f32) outs(%e1 : tensor<2xf32>) -> tensor<2xf32>
  %f0 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<2xf32>) -> tensor<2xf32>
  %m = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<2x8xf32>) outs(%f : tensor<2xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.maximumf %a, %o : f32
    linalg.yield %s : f32
  } -> tensor<2xf32>
  %w = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %m : tensor<2x8xf32>, tensor<2xf32>) outs(%e2 : tensor<2x8xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %d = arith.subf %a, %b : f32
    %s = math.exp %d : f32
    %t = arith.truncf %s : f32 to f8E5M2
    %u = arith.extf %t : f8E5M2 to f32
    linalg.yield %u : f32
  } -> tensor<2x8xf32>
  %t = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%w : tensor<2x8xf32>) outs(%f0 : tensor<2xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %a, %o : f32
    linalg.yield %s : f32
  } -> tensor<2xf32>
  %y = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%w, %t : tensor<2x8xf32>, tensor<2xf32>) outs(%e2 : tensor<2x8xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.divf %a, %b : f32
    linalg.yield %s : f32
  } -> tensor<2x8xf32>
  return %y : tensor<2x8xf32>
}
