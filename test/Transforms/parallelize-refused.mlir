// RUN: act-opt %s --act-parallelize | FileCheck %s
// RUN: act-opt %s --act-parallelize --remarks-filter=act-parallelize --verify-diagnostics -o /dev/null
// RUN: %exit-code 1 act-opt %s --act-parallelize="piece-points=0" 2>&1 | FileCheck %s --check-prefix=EMPTY

// EMPTY: error: expected piece-points of at least 1, got 0

#id = affine_map<(i) -> (i)>

// CHECK-LABEL: @small
// CHECK-NOT:     scf.forall
func.func @small(%x: tensor<65535xf32>, %e: tensor<65535xf32>) -> tensor<65535xf32> {
  // expected-remark @below {{expected at least 65536 points}}
  %y = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : tensor<65535xf32>) outs(%e : tensor<65535xf32>) {
  ^bb0(%a: f32, %o: f32):
    %b = act.gelu %a : f32
    linalg.yield %b : f32
  } -> tensor<65535xf32>
  return %y : tensor<65535xf32>
}

// CHECK-LABEL: @sum
// CHECK-NOT:     scf.forall
func.func @sum(%x: tensor<65536xf32>, %e: tensor<f32>) -> tensor<f32> {
  // expected-remark @below {{expected an op with a parallel loop of several steps}}
  %y = linalg.generic {
      indexing_maps = [#id, affine_map<(i) -> ()>],
      iterator_types = ["reduction"]} ins(%x : tensor<65536xf32>) outs(%e : tensor<f32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %a, %o : f32
    linalg.yield %s : f32
  } -> tensor<f32>
  return %y : tensor<f32>
}

// CHECK-LABEL: @one_row
// CHECK-NOT:     scf.forall
func.func @one_row(%x: tensor<1x65536xf32>) -> tensor<1x65536xf32> {
  // expected-remark @below {{expected an op with a parallel loop of several steps}}
  %y = act.softmax %x : (tensor<1x65536xf32>) -> tensor<1x65536xf32>
  return %y : tensor<1x65536xf32>
}

// CHECK-LABEL: @buffers
// CHECK-NOT:     scf.forall
func.func @buffers(%x: memref<65536xf32>, %y: memref<65536xf32>) {
  // expected-remark @below {{expected an op on tensors}}
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<65536xf32>) outs(%y : memref<65536xf32>) {
  ^bb0(%a: f32, %o: f32):
    %b = act.gelu %a : f32
    linalg.yield %b : f32
  }
  return
}

// CHECK-LABEL: @parallel_already
// CHECK:         scf.forall (
// CHECK-NOT:     scf.forall (
func.func @parallel_already(%x: tensor<65536xf32>, %e: tensor<4x65536xf32>) -> tensor<4x65536xf32> {
  %z = scf.forall (%i) in (4) shared_outs(%o = %e) -> tensor<4x65536xf32> {
    %s = tensor.extract_slice %o[%i, 0] [1, 65536] [1, 1] : tensor<4x65536xf32> to tensor<65536xf32>
    // expected-remark @below {{expected an op that is not in a parallel loop already}}
    %y = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
        ins(%x : tensor<65536xf32>) outs(%s : tensor<65536xf32>) {
    ^bb0(%a: f32, %p: f32):
      %b = act.gelu %a : f32
      linalg.yield %b : f32
    } -> tensor<65536xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[%i, 0] [1, 65536] [1, 1] : tensor<65536xf32> into tensor<4x65536xf32>
    }
  }
  return %z : tensor<4x65536xf32>
}
