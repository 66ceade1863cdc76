// RUN: act-opt %s --act-vectorize-rows --canonicalize --cse --split-input-file | FileCheck %s
// RUN: act-opt %s --act-vectorize-rows=accuracy=ulp=4 --canonicalize --cse --split-input-file | FileCheck %s --check-prefix=PLAIN
// RUN: act-opt %s --act-vectorize-rows="isa=generic vector-bits=128" --canonicalize --cse --split-input-file | FileCheck %s --check-prefix=GENERIC
// RUN: act-opt %s --act-vectorize-rows="isa=avx2 vector-bits=256 reproducible=1" --canonicalize --cse --split-input-file | FileCheck %s --check-prefix=SAME

// Three sweeps over each row; whole steps are not masked, and the rest of the
// row is. The first finds out between which numbers scores lie.

// CHECK-LABEL: @softmax
// CHECK-SAME:    %[[X:.*]]: tensor<?x?xf32>
// CHECK:         %[[ROWS:.*]] = tensor.dim %[[X]], %c0
// CHECK:         %[[EMPTY:.*]] = tensor.empty
// CHECK:         %[[ANY:.*]] = arith.cmpi ugt, %[[ROWS]], %c0
// CHECK:         %[[FIRST:.*]]:2 = scf.if %[[ANY]]
// CHECK:           scf.for %[[I:.*]] = %c0 to %{{.*}} step %c64 iter_args
// CHECK:             %[[SCORE:.*]] = vector.transfer_read %[[X]][%c0, %[[I]]], %{{.*}} {in_bounds = [true]}
// CHECK:             arith.cmpf ogt, %[[SCORE]]
// CHECK:             arith.cmpf olt, %[[SCORE]]
// CHECK:           scf.for %{{.*}} step %c16 iter_args
// CHECK:             vector.create_mask
// CHECK:           vector.reduction <maxnumf>, %{{.*}} fastmath<nnan>
// CHECK:           vector.reduction <minnumf>, %{{.*}} fastmath<nnan>
// CHECK:         scf.for %[[ROW:.*]] = %c0 to %[[ROWS]] step %c1 iter_args(%[[OUT:.*]] = %[[EMPTY]], %[[LARGEST:.*]] = %[[FIRST]]#0, %[[LEAST:.*]] = %[[FIRST]]#1)

// Scores that are near each other, and the largest near 0, take fewer steps.

// CHECK:           %[[TOP:.*]] = math.absf %[[LARGEST]]
// CHECK:           arith.cmpf olt, %[[TOP]]
// CHECK:           %[[SPAN:.*]] = arith.subf %[[LARGEST]], %[[LEAST]]
// CHECK:           arith.cmpf ole, %[[SPAN]]
// CHECK:           %[[NEAR:.*]] = arith.andi

// Weights in two parts, of which the sum takes both: what it rounds off the whole
// ones, and the small ones, are added up in f64.

// CHECK:           %[[SUMS:.*]]:3 = scf.if %[[NEAR]]
// CHECK:             scf.for %{{.*}} step %c64 iter_args({{.*}}, %[[WHOLE:.*]] = %{{.*}}, %{{.*}} = %[[OUT]])
// CHECK:               %[[POWER:.*]], %[[GROWTH:.*]] = act.exponential_below {{.*}} near,
// CHECK:               %[[WEIGHT:.*]] = math.fma %[[POWER]], %[[GROWTH]], %[[POWER]]
// CHECK:               vector.transfer_write %[[WEIGHT]]
// CHECK:               %[[NEXT:.*]] = arith.addf %[[WHOLE]], %[[POWER]]
// CHECK:               %[[ADDED:.*]] = arith.subf %[[NEXT]], %[[WHOLE]]
// CHECK:               %[[LOST:.*]] = arith.subf %[[POWER]], %[[ADDED]]
// CHECK:               math.fma %[[POWER]], %[[GROWTH]], %[[LOST]]
// CHECK-COUNT-1:       arith.extf {{.*}} : vector<16xf32> to vector<16xf64>
// CHECK:             scf.for
// CHECK:           } else {
// CHECK-NOT:           near
// CHECK:               act.exponential_below
// CHECK:           %[[WIDE:.*]] = arith.extf %[[SUMS]]#1
// CHECK:           arith.subf %[[WIDE]]
// CHECK:           vector.reduction <add>, %{{.*}} fastmath<reassoc> : vector<16xf64> into f64

// A reciprocal in two parts.

// CHECK:           %[[SHARE:.*]] = arith.divf %{{.*}} : f64
// CHECK:           %[[HIGH:.*]] = arith.truncf %[[SHARE]] : f64 to f32
// CHECK:           arith.subf %[[SHARE]]

// While the row waits for these, the range of the next one is found.

// CHECK:           %[[NEXTROW:.*]] = arith.addi %[[ROW]], %c1
// CHECK:           arith.cmpi ult, %[[NEXTROW]], %[[ROWS]]
// CHECK:           scf.if
// CHECK:             vector.transfer_read %[[X]][%[[NEXTROW]]
// CHECK:             vector.reduction <minnumf>

// Weights with a product that might be subnormal, which are none of near scores,
// are divided in f64.

// CHECK:           scf.if %[[NEAR]]
// CHECK-NOT:         arith.minui
// CHECK:           } else {
// CHECK:             arith.minui
// CHECK:             %[[SMALL:.*]] = arith.cmpi ult
// CHECK:             %[[HIT:.*]] = vector.reduction <or>, %[[SMALL]]
// CHECK:             %[[RARE:.*]] = llvm.intr.expect %[[HIT]], %false
// CHECK:             scf.if %[[RARE]]
// CHECK:               %[[WIDE:.*]] = arith.mulf %{{.*}} : vector<16xf64>
// CHECK:               arith.truncf %[[WIDE]]
// CHECK:             } else {
// CHECK-NOT:           arith.truncf
// CHECK:               math.fma

// PLAIN-LABEL: @softmax
// PLAIN:         %[[POWER:.*]], %[[GROWTH:.*]] = act.exponential_below
// PLAIN:         math.fma %[[POWER]], %[[GROWTH]], %[[POWER]]
// PLAIN-NOT:     arith.extf %[[POWER]]
// PLAIN:         arith.addf %{{.*}} : vector<16xf32>
// PLAIN-NEXT:    arith.addf %{{.*}} : vector<16xf32>
// PLAIN-NEXT:    %[[SUM:.*]] = arith.addf %{{.*}} : vector<16xf32>
// PLAIN-NEXT:    arith.extf %[[SUM]]
// PLAIN:         arith.divf
// PLAIN-NOT:     math.fma
// PLAIN:         } else {
// PLAIN-NOT:     math.fma
// PLAIN:         arith.mulf

// Without a form, or multiply-add, weights are kept in f64.

// GENERIC-LABEL: @softmax
// GENERIC-NOT:     math.fma
// GENERIC:         math.exp %{{.*}} : vector<4xf32>
// GENERIC:         vector.transfer_write {{.*}} : vector<4xf64>, tensor<?xf64>
// GENERIC:         arith.truncf %{{.*}} : vector<4xf64> to vector<4xf32>
// GENERIC-NOT:     math.fma

// The same lanes everywhere, summed in their order.

// SAME-LABEL: @softmax
// SAME:         act.exponential_below {{.*}} : vector<16xf32>
// SAME-NOT:     fastmath<reassoc>
// SAME:         vector.reduction <add>, %{{.*}}, %{{.*}} : vector<16xf64> into f64
func.func @softmax(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %y = act.softmax %x : (tensor<?x?xf32>) -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

// -----

// Of 16 bits: computed in f32, all registers of a step at once, and stored so until
// the sum is known. The result shows nothing of what the rest rounds off.

// CHECK-LABEL: @half
// CHECK-DAG:     tensor.empty() : tensor<3x128xf16>
// CHECK-DAG:     tensor.empty() : tensor<128xf32>
// CHECK:         arith.extf %{{.*}} : vector<16xf16> to vector<16xf32>
// CHECK:         %[[DISTANCE:.*]] = arith.subf
// CHECK:         vector.insert_strided_slice %[[DISTANCE]], {{.*}} into vector<64xf32>
// CHECK:         act.exponential %{{.*}} : vector<64xf32>
// CHECK:         vector.transfer_write {{.*}} tensor<128xf32>
// CHECK:         arith.truncf %{{.*}} : vector<16xf32> to vector<16xf16>
func.func @half(%x: tensor<3x128xf16>) -> tensor<3x128xf16> {
  %y = act.softmax %x : (tensor<3x128xf16>) -> tensor<3x128xf16>
  return %y : tensor<3x128xf16>
}

// -----

// A short row stays in registers: five whole ones, and one masked.

// CHECK-LABEL: @short
// CHECK:         scf.for
// CHECK-NOT:       scf.for
// CHECK-COUNT-5:   vector.transfer_read {{.*}} {in_bounds = [true]}
// CHECK:           vector.transfer_read {{.*}} {in_bounds = [true]} {{.*}}
// CHECK-NOT:       minnumf
// CHECK-COUNT-6:   act.exponential_below
// CHECK-NOT:       vector.transfer_read
// CHECK-COUNT-6:   vector.transfer_write
// CHECK-NOT:       vector.transfer_write
func.func @short(%x: tensor<3x90xf32>) -> tensor<3x90xf32> {
  %y = act.softmax %x : (tensor<3x90xf32>) -> tensor<3x90xf32>
  return %y : tensor<3x90xf32>
}

// -----

// Where a row without weight is 0, -inf is not what the others are counted from.

// CHECK-LABEL: @empty_is_zero
// CHECK:         %[[LARGEST:.*]] = vector.reduction <maxnumf>
// CHECK:         %[[EMPTY:.*]] = arith.cmpf oeq, %[[LARGEST]], %{{.*}} : f64
// CHECK:         %[[TOP:.*]] = arith.select %[[EMPTY]], %{{.*}}, %[[LARGEST]]
// CHECK:         math.exp %{{.*}} : vector<8xf64>
// CHECK:         %[[NUMBER:.*]] = arith.cmpf ord
// CHECK:         %[[NOTHING:.*]] = arith.andi %[[NUMBER]], %[[EMPTY]]
// CHECK:         arith.select %[[NOTHING]], %{{.*}}, %{{.*}} : f64
func.func @empty_is_zero(%x: tensor<9xf64>) -> tensor<9xf64> {
  %y = act.safe_softmax %x : (tensor<9xf64>) -> tensor<9xf64>
  return %y : tensor<9xf64>
}

// -----

// Logarithms store no weights; that of the largest score is left out of the sum.

// CHECK-LABEL: @log_softmax
// CHECK:         vector.reduction <maxnumf>
// CHECK:         %[[POWER:.*]], %{{.*}} = act.exponential_below
// CHECK:         %[[LARGEST:.*]] = arith.cmpf oeq
// CHECK-NOT:     vector.transfer_write
// CHECK:         arith.select %[[LARGEST]], %{{.*}}, %[[POWER]]
// CHECK:         math.log1p %{{.*}} : f32
// CHECK:         vector.transfer_write
func.func @log_softmax(%x: tensor<2x64xf32>) -> tensor<2x64xf32> {
  %y = act.log_softmax %x : (tensor<2x64xf32>) -> tensor<2x64xf32>
  return %y : tensor<2x64xf32>
}

// -----

// Memory of a branch is taken before it, as that of the other one may be.

// CHECK-LABEL: @branch
// CHECK:         tensor.empty() : tensor<64xf32>
// CHECK:         scf.if
// CHECK-NOT:     tensor.empty
func.func @branch(%x: tensor<64xf32>, %c: i1) -> tensor<64xf32> {
  %r = scf.if %c -> tensor<64xf32> {
    %y = act.softmax %x : (tensor<64xf32>) -> tensor<64xf32>
    scf.yield %y : tensor<64xf32>
  } else {
    scf.yield %x : tensor<64xf32>
  }
  return %r : tensor<64xf32>
}

// -----

// A step or two before the scores, as of attention, are done where scores are
// read: of each operand what belongs to the lanes, a bias of each row in all.

// CHECK-LABEL: @attention
// CHECK-SAME:    %[[X:.*]]: tensor<?x?xf32>, %[[MASK:.*]]: tensor<?xf32>, %[[BIAS:.*]]: tensor<?xf32>
// CHECK-NOT:     linalg.generic
// CHECK:         scf.for %[[ROW:.*]] = %c0 to %{{.*}} step %c1 iter_args
// CHECK:           scf.for %[[I:.*]] = %c0
// CHECK-DAG:         %[[A:.*]] = vector.transfer_read %[[X]][%[[ROW]], %[[I]]]
// CHECK-DAG:         %[[B:.*]] = vector.transfer_read %[[MASK]][%[[I]]]
// CHECK-DAG:         %[[C:.*]] = tensor.extract %[[BIAS]][%[[ROW]]]
// CHECK-DAG:         %[[SPREAD:.*]] = vector.broadcast %[[C]] : f32 to vector<16xf32>
// CHECK:             %[[SCALED:.*]] = arith.mulf %[[A]], %{{.*}} fastmath<contract> : vector<16xf32>
// CHECK:             %[[MASKED:.*]] = arith.addf %[[SCALED]], %[[B]]
// CHECK:             %[[SCORE:.*]] = arith.addf %[[MASKED]], %[[SPREAD]]
// CHECK:             act.exponential_below %[[SCORE]]
#id = affine_map<(i, j) -> (i, j)>
func.func @attention(%x: tensor<?x?xf32>, %mask: tensor<?xf32>, %bias: tensor<?xf32>, %e: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %c = arith.constant 0.125 : f32
  %s = linalg.generic {indexing_maps = [#id, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i)>, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %mask, %bias : tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>) outs(%e : tensor<?x?xf32>) {
  ^bb0(%u: f32, %v: f32, %w: f32, %o: f32):
    %p = arith.mulf %u, %c fastmath<contract> : f32
    %q = arith.addf %p, %v : f32
    %r = arith.addf %q, %w : f32
    linalg.yield %r : f32
  } -> tensor<?x?xf32>
  %y = act.softmax %s : (tensor<?x?xf32>) -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

// -----

// What takes longer, or is read by others, too, is stored.

// CHECK-LABEL: @stored
// CHECK:         %[[S:.*]] = linalg.generic
// CHECK:           act.gelu
// CHECK:         vector.transfer_read %[[S]]
// CHECK:         %[[T:.*]] = linalg.generic
// CHECK:           arith.negf
// CHECK:         vector.transfer_read %[[T]]
#id = affine_map<(i, j) -> (i, j)>
func.func @stored(%x: tensor<4x512xf32>, %e: tensor<4x512xf32>) -> (tensor<4x512xf32>, tensor<4x512xf32>, tensor<4x512xf32>) {
  %s = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x512xf32>) outs(%e : tensor<4x512xf32>) {
  ^bb0(%u: f32, %o: f32):
    %p = act.gelu %u : f32
    linalg.yield %p : f32
  } -> tensor<4x512xf32>
  %y = act.softmax %s : (tensor<4x512xf32>) -> tensor<4x512xf32>
  %t = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x512xf32>) outs(%e : tensor<4x512xf32>) {
  ^bb0(%u: f32, %o: f32):
    %p = arith.negf %u : f32
    linalg.yield %p : f32
  } -> tensor<4x512xf32>
  %z = act.softmax %t : (tensor<4x512xf32>) -> tensor<4x512xf32>
  return %y, %z, %t : tensor<4x512xf32>, tensor<4x512xf32>, tensor<4x512xf32>
}

// -----

// A division by what lies beyond the end of a row might trap, and one of floats
// takes longer than to read its result.

// CHECK-LABEL: @may_trap
// CHECK:         linalg.generic
// CHECK:           arith.divsi
// CHECK:         scf.for
#id = affine_map<(i, j) -> (i, j)>
func.func @may_trap(%x: tensor<4x500xi32>, %e: tensor<4x500xf32>) -> tensor<4x500xf32> {
  %c = arith.constant 7 : i32
  %s = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x500xi32>) outs(%e : tensor<4x500xf32>) {
  ^bb0(%u: i32, %o: f32):
    %q = arith.divsi %c, %u : i32
    %f = arith.sitofp %q : i32 to f32
    linalg.yield %f : f32
  } -> tensor<4x500xf32>
  %y = act.softmax %s : (tensor<4x500xf32>) -> tensor<4x500xf32>
  return %y : tensor<4x500xf32>
}

// CHECK-LABEL: @takes_long
// CHECK:         linalg.generic
// CHECK:           arith.divf
// CHECK:         scf.for
func.func @takes_long(%x: tensor<4x500xf32>, %e: tensor<4x500xf32>) -> tensor<4x500xf32> {
  %c = arith.constant 7.0 : f32
  %s = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x500xf32>) outs(%e : tensor<4x500xf32>) {
  ^bb0(%u: f32, %o: f32):
    %q = arith.divf %u, %c : f32
    linalg.yield %q : f32
  } -> tensor<4x500xf32>
  %y = act.softmax %s : (tensor<4x500xf32>) -> tensor<4x500xf32>
  return %y : tensor<4x500xf32>
}
