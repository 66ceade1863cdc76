// RUN: act-opt %s --act-to-llvm="entry=main" --split-input-file | FileCheck %s --implicit-check-not=unrealized_conversion_cast
// What the pipeline takes: every kind of op ends in the LLVM dialect alone.

// CHECK-LABEL: llvm.func @main
// CHECK-NOT:     @malloc
// CHECK:         llvm.return
func.func @main(%x: tensor<1x2x4xf32>, %w: tensor<1x4x3xf32>) -> tensor<1x2x3xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %m = tosa.matmul %x, %w, %zp, %zp : (tensor<1x2x4xf32>, tensor<1x4x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x3xf32>
  %y = tosa.clamp %m {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  return %y : tensor<1x2x3xf32>
}

// -----

// A row-wise op, a split gate and a map, of dynamic sizes and small floats.

// CHECK-LABEL: llvm.func @main
// CHECK:         llvm.return
func.func @main(%x: tensor<?x8xbf16>) -> tensor<?x4xbf16> {
  %g = act.swiglu %x split 1 : (tensor<?x8xbf16>) -> tensor<?x4xbf16>
  %s = act.softmax %g : (tensor<?x4xbf16>) -> tensor<?x4xbf16>
  %y = act.map %s : tensor<?x4xbf16> {
  ^bb0(%a: bf16):
    %r = arith.mulf %a, %a : bf16
    act.yield %r : bf16
  }
  return %y : tensor<?x4xbf16>
}

// -----

// Called functions are inlined; scalars pass by pointer.

// CHECK-NOT:   @helper
// CHECK-LABEL: llvm.func @main(%{{.*}}: !llvm.ptr {llvm.noalias}, %{{.*}}: !llvm.ptr {llvm.noalias})
// CHECK:         llvm.return
func.func @helper(%x: f64) -> f64 {
  %y = act.gelu %x : f64
  return %y : f64
}
func.func @main(%x: f64) -> f64 {
  %y = call @helper(%x) : (f64) -> f64
  return %y : f64
}

// -----

// An argument that is a result is copied once.

// CHECK-LABEL: llvm.func @main
// CHECK:         llvm.intr.memcpy
// CHECK-NOT:     llvm.intr.memcpy
// CHECK:         llvm.return
func.func @main(%x: tensor<9xf16>) -> tensor<9xf16> {
  return %x : tensor<9xf16>
}

// -----

// Whatever is allocated is freed.

// CHECK-LABEL: llvm.func @main
// CHECK-COUNT-2: llvm.call @malloc
// CHECK-COUNT-2: llvm.call @free
// CHECK:         llvm.return
func.func @main(%x: tensor<3x8xf32>, %v: tensor<8x8xf32>, %w: tensor<8x8xf32>, %u: tensor<8x8xf32>) -> tensor<3x8xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<3x8xf32>) -> tensor<3x8xf32>
  %a = linalg.matmul ins(%x, %v : tensor<3x8xf32>, tensor<8x8xf32>) outs(%f : tensor<3x8xf32>) -> tensor<3x8xf32>
  %b = linalg.matmul ins(%a, %w : tensor<3x8xf32>, tensor<8x8xf32>) outs(%f : tensor<3x8xf32>) -> tensor<3x8xf32>
  %c = linalg.matmul ins(%b, %u : tensor<3x8xf32>, tensor<8x8xf32>) outs(%f : tensor<3x8xf32>) -> tensor<3x8xf32>
  return %c : tensor<3x8xf32>
}
