// RUN: act-opt %s --act-parallelize --canonicalize --cse --split-input-file | FileCheck %s
// RUN: act-opt %s --act-parallelize="min-points=1 piece-points=100" --canonicalize --cse --split-input-file | FileCheck %s --check-prefix=SMALL

// 65536 points in pieces of 16384.

// CHECK-LABEL: func.func @flat(
// CHECK-SAME:    %[[X:.*]]: tensor<65536xf32>, %[[E:.*]]: tensor<65536xf32>)
// CHECK:         %[[Y:.*]] = scf.forall (%[[I:.*]]) = (0) to (65536) step (16384) shared_outs(%[[O:.*]] = %[[E]])
// CHECK:           %[[IN:.*]] = tensor.extract_slice %[[X]][%[[I]]] [16384] [1]
// CHECK:           %[[OUT:.*]] = tensor.extract_slice %[[O]][%[[I]]] [16384] [1]
// CHECK:           %[[PIECE:.*]] = linalg.generic {{.*}} ins(%[[IN]] : tensor<16384xf32>) outs(%[[OUT]] : tensor<16384xf32>)
// CHECK:             act.gelu
// CHECK:           tensor.parallel_insert_slice %[[PIECE]] into %[[O]][%[[I]]] [16384] [1]
// CHECK:         return %[[Y]]
func.func @flat(%x: tensor<65536xf32>, %e: tensor<65536xf32>) -> tensor<65536xf32> {
  %y = linalg.generic {
      indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
      iterator_types = ["parallel"]} ins(%x : tensor<65536xf32>) outs(%e : tensor<65536xf32>) {
  ^bb0(%a: f32, %o: f32):
    %b = act.gelu %a : f32
    linalg.yield %b : f32
  } -> tensor<65536xf32>
  return %y : tensor<65536xf32>
}

// -----

// Whole rows as many as fit, and an operand that every piece reads whole.

// CHECK-LABEL: func.func @rows(
// CHECK-SAME:    %{{.*}}: tensor<700x330xf32>, %[[B:.*]]: tensor<330xf32>
// CHECK:         scf.forall (%[[I:.*]]) = (0) to (700) step (49)
// CHECK:           %[[N:.*]] = affine.min {{.*}}(%[[I]])
// CHECK:           tensor.extract_slice %{{.*}}[%[[I]], 0] [%[[N]], 330] [1, 1]
// CHECK:           linalg.generic {{.*}} ins(%{{.*}}, %[[B]] : tensor<?x330xf32>, tensor<330xf32>)

// A row that is longer than a piece is parted, too.

// SMALL-LABEL: func.func @rows(
// SMALL:         scf.forall (%{{.*}}, %{{.*}}) = (0, 0) to (700, 330) step (1, 100)
func.func @rows(%x: tensor<700x330xf32>, %b: tensor<330xf32>, %e: tensor<700x330xf32>) -> tensor<700x330xf32> {
  %y = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>],
      iterator_types = ["parallel", "parallel"]} ins(%x, %b : tensor<700x330xf32>, tensor<330xf32>) outs(%e : tensor<700x330xf32>) {
  ^bb0(%a: f32, %c: f32, %o: f32):
    %s = arith.addf %a, %c : f32
    %t = act.relu %s : f32
    linalg.yield %t : f32
  } -> tensor<700x330xf32>
  return %y : tensor<700x330xf32>
}

// -----

// How many points there are, and how many rows are a piece, is known when the
// function runs.

// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:    %[[X:.*]]: tensor<?x?xf32>, %[[E:.*]]: tensor<?x?xf32>)
// CHECK-DAG:     %[[M:.*]] = tensor.dim %[[X]], %c0
// CHECK-DAG:     %[[N:.*]] = tensor.dim %[[X]], %c1
// CHECK:         %[[POINTS:.*]] = arith.muli %[[M]], %[[N]]
// CHECK:         %[[LARGE:.*]] = arith.cmpi uge, %[[POINTS]], %c65536
// CHECK:         scf.if %[[LARGE]]
// CHECK:           %[[FITTING:.*]] = arith.minui %[[N]], %c16384
// CHECK:           %[[COLUMNS:.*]] = arith.maxui %[[FITTING]], %c1
// CHECK:           %[[QUOTIENT:.*]] = arith.divui %c16384, %[[COLUMNS]]
// CHECK:           scf.forall (%{{.*}}, %{{.*}}) = (0, 0) to (%[[M]], %[[N]]) step (%{{.*}}, %[[COLUMNS]])
// CHECK:             act.tanh
// CHECK:         } else {
// CHECK-NOT:       scf.forall
// CHECK:           linalg.generic {{.*}} ins(%[[X]] : tensor<?x?xf32>) outs(%[[E]] : tensor<?x?xf32>)
// CHECK:             act.tanh
func.func @dynamic(%x: tensor<?x?xf32>, %e: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %y = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
      iterator_types = ["parallel", "parallel"]} ins(%x : tensor<?x?xf32>) outs(%e : tensor<?x?xf32>) {
  ^bb0(%a: f32, %o: f32):
    %b = act.tanh %a : f32
    linalg.yield %b : f32
  } -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

// -----

// Sums stay whole: 32 rows of 512 points are a piece.

// CHECK-LABEL: func.func @sums(
// CHECK-SAME:    %[[X:.*]]: tensor<512x512xf32>
// CHECK:         scf.forall (%[[I:.*]]) = (0) to (512) step (32)
// CHECK:           %[[IN:.*]] = tensor.extract_slice %[[X]][%[[I]], 0] [32, 512] [1, 1]
// CHECK:           linalg.generic {{.*}} ins(%[[IN]] : tensor<32x512xf32>) outs(%{{.*}} : tensor<32xf32>)
func.func @sums(%x: tensor<512x512xf32>, %e: tensor<512xf32>) -> tensor<512xf32> {
  %y = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>],
      iterator_types = ["parallel", "reduction"]} ins(%x : tensor<512x512xf32>) outs(%e : tensor<512xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %a, %o : f32
    linalg.yield %s : f32
  } -> tensor<512xf32>
  return %y : tensor<512xf32>
}

// -----

// Of a product the outermost dimension alone is split, however little fits.

// CHECK-LABEL: func.func @matmul(
// CHECK-SAME:    %[[A:.*]]: tensor<64x512xf32>, %[[B:.*]]: tensor<512x128xf32>
// CHECK:         scf.forall (%[[I:.*]]) in (64)
// CHECK:           %[[ROW:.*]] = tensor.extract_slice %[[A]][%[[I]], 0] [1, 512] [1, 1]
// CHECK:           linalg.matmul ins(%[[ROW]], %[[B]] : tensor<1x512xf32>, tensor<512x128xf32>)
func.func @matmul(%a: tensor<64x512xf32>, %b: tensor<512x128xf32>, %e: tensor<64x128xf32>) -> tensor<64x128xf32> {
  %y = linalg.matmul ins(%a, %b : tensor<64x512xf32>, tensor<512x128xf32>) outs(%e : tensor<64x128xf32>) -> tensor<64x128xf32>
  return %y : tensor<64x128xf32>
}

// -----

// A batch of one is no loop to split.

// CHECK-LABEL: func.func @batch(
// CHECK:         scf.forall (%[[I:.*]]) in (64)
// CHECK:           linalg.batch_matmul {{.*}} : tensor<1x1x512xf32>, tensor<1x512x128xf32>)
func.func @batch(%a: tensor<1x64x512xf32>, %b: tensor<1x512x128xf32>, %e: tensor<1x64x128xf32>) -> tensor<1x64x128xf32> {
  %y = linalg.batch_matmul ins(%a, %b : tensor<1x64x512xf32>, tensor<1x512x128xf32>) outs(%e : tensor<1x64x128xf32>) -> tensor<1x64x128xf32>
  return %y : tensor<1x64x128xf32>
}

// -----

// Whole rows of a row-wise op.

// CHECK-LABEL: func.func @probabilities(
// CHECK:         %[[LARGE:.*]] = arith.cmpi uge
// CHECK:         scf.if %[[LARGE]]
// CHECK:           %[[FEW:.*]] = arith.minui %{{.*}}, %c16
// CHECK:           %[[ROWS:.*]] = arith.maxui %[[FEW]], %c1
// CHECK:           scf.forall (%{{.*}}) = (0) to (%{{.*}}) step (%[[ROWS]])
// CHECK:             act.softmax %{{.*}} : (tensor<?x1000xf32>) -> tensor<?x1000xf32>
// CHECK:         } else {
// CHECK:           act.softmax
func.func @probabilities(%x: tensor<?x1000xf32>) -> tensor<?x1000xf32> {
  %y = act.softmax %x : (tensor<?x1000xf32>) -> tensor<?x1000xf32>
  return %y : tensor<?x1000xf32>
}
