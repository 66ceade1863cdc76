// RUN: act-opt --raise-to-act %s | FileCheck %s

#id = affine_map<(d0, d1) -> (d0, d1)>
#column = affine_map<(d0, d1) -> (d1)>
#transposed = affine_map<(d0, d1) -> (d1, d0)>

// A whole elementwise op is an activation of tensors.
// CHECK-LABEL: func @generic(
// CHECK-NEXT: act.relu %{{.*}} : tensor<?x8xf32>
// CHECK-NEXT: return
func.func @generic(%x: tensor<?x8xf32>, %init: tensor<?x8xf32>) -> tensor<?x8xf32> {
  %zero = arith.constant 0.0 : f32
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<?x8xf32>) outs(%init : tensor<?x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %c = arith.cmpf ugt, %in, %zero : f32
    %s = arith.select %c, %in, %zero : f32
    linalg.yield %s : f32
  } -> tensor<?x8xf32>
  return %r : tensor<?x8xf32>
}

// Part of a larger body.
// CHECK-LABEL: func @bias_and_relu(
// CHECK: linalg.generic
// CHECK: %[[S:.*]] = arith.addf
// CHECK-NEXT: %[[R:.*]] = act.relu %[[S]] : f32
// CHECK-NEXT: %[[T:.*]] = arith.addf %[[R]]
// CHECK-NEXT: linalg.yield %[[T]]
func.func @bias_and_relu(%x: tensor<4x8xf32>, %b: tensor<8xf32>, %y: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %zero = arith.constant 0.0 : f32
  %r = linalg.generic {indexing_maps = [#id, #column, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %b : tensor<4x8xf32>, tensor<8xf32>) outs(%y : tensor<4x8xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %s = arith.addf %in, %bias : f32
    %m = arith.maximumf %s, %zero : f32
    %t = arith.addf %m, %out : f32
    linalg.yield %t : f32
  } -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// Elements do not correspond: only the body is raised.
// CHECK-LABEL: func @transposing(
// CHECK: linalg.generic
// CHECK: act.tanh %{{.*}} : f32
func.func @transposing(%x: tensor<8x8xf32>, %init: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %r = linalg.generic {indexing_maps = [#transposed, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<8x8xf32>) outs(%init : tensor<8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t = math.tanh %in : f32
    linalg.yield %t : f32
  } -> tensor<8x8xf32>
  return %r : tensor<8x8xf32>
}

// CHECK-LABEL: func @named(
// CHECK-NEXT: %[[E:.*]] = act.exp %{{.*}} : tensor<8xf32>
// CHECK-NEXT: %[[T:.*]] = act.tanh %[[E]] : tensor<8xf32>
// CHECK-NEXT: return %[[T]]
func.func @named(%x: tensor<8xf32>, %init: tensor<8xf32>) -> tensor<8xf32> {
  %e = linalg.exp ins(%x : tensor<8xf32>) outs(%init : tensor<8xf32>) -> tensor<8xf32>
  %t = linalg.elementwise kind=#linalg.elementwise_kind<tanh> ins(%e : tensor<8xf32>) outs(%init : tensor<8xf32>) -> tensor<8xf32>
  return %t : tensor<8xf32>
}

// CHECK-LABEL: func @maximum_with_fill(
// CHECK-NEXT: act.relu
// CHECK-NEXT: return
func.func @maximum_with_fill(%x: tensor<8xf32>, %init: tensor<8xf32>) -> tensor<8xf32> {
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%init : tensor<8xf32>) -> tensor<8xf32>
  %r = linalg.max ins(%x, %f : tensor<8xf32>, tensor<8xf32>) outs(%init : tensor<8xf32>) -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// Two ops, one activation.
// CHECK-LABEL: func @silu_in_two_ops(
// CHECK-NEXT: act.silu
// CHECK-NEXT: return
func.func @silu_in_two_ops(%x: tensor<4x8xf32>, %init: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %one = arith.constant 1.0 : f32
  %s = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<4x8xf32>) outs(%init : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %n = arith.negf %in : f32
    %e = math.exp %n : f32
    %d = arith.addf %e, %one : f32
    %q = arith.divf %one, %d : f32
    linalg.yield %q : f32
  } -> tensor<4x8xf32>
  %r = linalg.mul ins(%x, %s : tensor<4x8xf32>, tensor<4x8xf32>) outs(%init : tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}

// Buffers have side effects: only the body is raised.
// CHECK-LABEL: func @buffers(
// CHECK: linalg.generic
// CHECK: act.relu %{{.*}} : f32
func.func @buffers(%x: memref<8xf32>, %y: memref<8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%x : memref<8xf32>) outs(%y : memref<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %m = arith.maximumf %in, %zero : f32
    linalg.yield %m : f32
  }
  return
}

// The body of a named op is not its own.
// CHECK-LABEL: func @named_on_buffers(
// CHECK-NEXT: linalg.exp
// CHECK-NEXT: return
func.func @named_on_buffers(%x: memref<8xf32>, %y: memref<8xf32>) {
  linalg.exp ins(%x : memref<8xf32>) outs(%y : memref<8xf32>)
  return
}
