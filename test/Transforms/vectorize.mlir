// RUN: act-opt %s --act-vectorize="vector-bits=512 unroll=4" --split-input-file | FileCheck %s
// RUN: act-opt %s --act-vectorize="vector-bits=256 unroll=2" --split-input-file | FileCheck %s --check-prefix=AVX2

// A dynamic size: full steps of 4 x 16 lanes without a mask, then masked steps
// of 16 lanes; no scalar loop.

// CHECK-LABEL: @dynamic
// CHECK:         scf.for %{{.*}} step %c64
// CHECK-NOT:       create_mask
// CHECK:           vector.transfer_read {{.*}} {in_bounds = [true]} : tensor<64xf32>, vector<64xf32>
// CHECK:           math.absf %{{.*}} : vector<64xf32>
// CHECK:           vector.transfer_write
// CHECK:         scf.for %{{.*}} step %c64
// CHECK:           scf.for %{{.*}} step %c16
// CHECK:             %[[MASK:.*]] = vector.create_mask %{{.*}} : vector<16xi1>
// CHECK:             vector.transfer_read {{.*}}, %[[MASK]]
// CHECK:             math.absf %{{.*}} : vector<16xf32>
// CHECK:             vector.transfer_write {{.*}}, %[[MASK]]
// CHECK-NOT:     linalg
// CHECK:         return

// AVX2-LABEL: @dynamic
// AVX2:         math.absf %{{.*}} : vector<16xf32>
// AVX2:         vector.create_mask %{{.*}} : vector<8xi1>
func.func @dynamic(%x: tensor<?xf32>, %e: tensor<?xf32>) -> tensor<?xf32> {
  %r = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<?xf32>) outs(%e : tensor<?xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = math.absf %a : f32
    linalg.yield %s : f32
  } -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// Buffers are walked as tensors are.

// CHECK-LABEL: @buffers
// CHECK:         scf.for %{{.*}} step %c64
// CHECK:           vector.transfer_read {{.*}} {in_bounds = [true]} : memref<64xf32{{.*}}>, vector<64xf32>
// CHECK:           act.gelu %{{.*}} : vector<64xf32>
// CHECK:           vector.transfer_write
// CHECK:         scf.for %{{.*}} step %c16
// CHECK:           %[[MASK:.*]] = vector.create_mask %{{.*}} : vector<16xi1>
// CHECK:           vector.transfer_read {{.*}}, %[[MASK]]
// CHECK:           vector.transfer_write {{.*}}, %[[MASK]]
// CHECK-NOT:     linalg
// CHECK:         return
func.func @buffers(%x: memref<?xf32>, %y: memref<?xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : memref<?xf32>) outs(%y : memref<?xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = act.gelu %a : f32
    linalg.yield %s : f32
  }
  return
}

// -----

// A static size: whole registers first, and a mask for the last two elements.

// CHECK-LABEL: @short
// CHECK:         math.absf %{{.*}} : vector<48xf32>
// CHECK:         vector.create_mask %{{.*}} : vector<16xi1>
// CHECK:         math.absf %{{.*}} : vector<16xf32>
// CHECK-NOT:     math.absf
// CHECK:         return
func.func @short(%x: tensor<50xf32>, %e: tensor<50xf32>) -> tensor<50xf32> {
  %r = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<50xf32>) outs(%e : tensor<50xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = math.absf %a : f32
    linalg.yield %s : f32
  } -> tensor<50xf32>
  return %r : tensor<50xf32>
}

// -----

// Whole registers only: no mask, no loop.

// CHECK-LABEL: @exact
// CHECK-NOT:     scf.for
// CHECK-NOT:     create_mask
// CHECK:         math.absf %{{.*}} : vector<32xf64>
// CHECK-NOT:     math.absf
// CHECK:         return
func.func @exact(%x: tensor<32xf64>, %e: tensor<32xf64>) -> tensor<32xf64> {
  %r = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<32xf64>) outs(%e : tensor<32xf64>) {
  ^bb0(%a: f64, %o: f64):
    %s = math.absf %a : f64
    linalg.yield %s : f64
  } -> tensor<32xf64>
  return %r : tensor<32xf64>
}

// -----

// The widest type of the body sets the lanes: 16 of f32, not 32 of f16.

// CHECK-LABEL: @widened
// CHECK:         arith.extf %{{.*}} : vector<16xf16> to vector<16xf32>
func.func @widened(%x: tensor<16xf16>, %e: tensor<16xf16>) -> tensor<16xf16> {
  %r = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<16xf16>) outs(%e : tensor<16xf16>) {
  ^bb0(%a: f16, %o: f16):
    %w = arith.extf %a : f16 to f32
    %s = math.absf %w : f32
    %t = arith.truncf %s : f32 to f16
    linalg.yield %t : f16
  } -> tensor<16xf16>
  return %r : tensor<16xf16>
}

// -----

// A matmul: vectors along the columns of the result, the reduction in order.

// CHECK-LABEL: @matmul
// CHECK-SAME:    %[[A:.*]]: tensor<3x5xf32>, %[[B:.*]]: tensor<5x64xf32>, %[[C:.*]]: tensor<3x64xf32>
// CHECK:         scf.for
// CHECK:           scf.for
// CHECK:             %[[S:.*]] = tensor.extract %{{.*}}
// CHECK:             %[[V:.*]] = vector.broadcast %[[S]] : f32 to vector<64xf32>
// CHECK:             %[[P:.*]] = arith.mulf %[[V]], %{{.*}} : vector<64xf32>
// CHECK:             arith.addf %{{.*}}, %[[P]] : vector<64xf32>
// CHECK-NOT:     linalg
// CHECK:         return
func.func @matmul(%a: tensor<3x5xf32>, %b: tensor<5x64xf32>, %c: tensor<3x64xf32>) -> tensor<3x64xf32> {
  %r = linalg.matmul ins(%a, %b : tensor<3x5xf32>, tensor<5x64xf32>) outs(%c : tensor<3x64xf32>) -> tensor<3x64xf32>
  return %r : tensor<3x64xf32>
}

// -----

// A convolution: vectors along its output channels.

// CHECK-LABEL: @conv
// CHECK:         arith.mulf %{{.*}} : vector<32xf32>
// CHECK-NOT:     linalg
// CHECK:         return
func.func @conv(%x: tensor<1x5x5x3xf32>, %k: tensor<2x2x3x32xf32>, %c: tensor<1x4x4x32xf32>) -> tensor<1x4x4x32xf32> {
  %r = linalg.conv_2d_nhwc_hwcf ins(%x, %k : tensor<1x5x5x3xf32>, tensor<2x2x3x32xf32>) outs(%c : tensor<1x4x4x32xf32>) -> tensor<1x4x4x32xf32>
  return %r : tensor<1x4x4x32xf32>
}

// -----

// A map keeps its body, in the main loop and in the rest.

// CHECK-LABEL: @map
// CHECK:         act.map %{{.*}} : vector<64xf32> {
// CHECK-NEXT:    ^bb0(%[[A:.*]]: f32):
// CHECK-NEXT:      %[[S:.*]] = act.sigmoid %[[A]] : f32
// CHECK:         act.map %{{.*}} : vector<16xf32> {
// CHECK:           act.sigmoid %{{.*}} : f32
// CHECK-NOT:     act.apply
// CHECK:         return
func.func @map(%x: tensor<?xf32>, %e: tensor<?xf32>) -> tensor<?xf32> {
  %r = linalg.generic {
      indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
      iterator_types = ["parallel"]} ins(%x : tensor<?xf32>) outs(%e : tensor<?xf32>) {
  ^bb0(%a: f32, %o: f32):
    %y = act.map %a : f32 {
    ^bb0(%b: f32):
      %s = act.sigmoid %b : f32
      %p = arith.mulf %s, %b : f32
      act.yield %p : f32
    }
    linalg.yield %y : f32
  } -> tensor<?xf32>
  return %r : tensor<?xf32>
}
