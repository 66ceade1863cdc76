// RUN: act-opt %s --act-stream-stores="isa=avx2" | FileCheck %s
// RUN: act-opt %s --act-stream-stores="isa=avx512 min-bytes=1" | FileCheck %s --check-prefix=SMALL
// RUN: act-opt %s --act-stream-stores="isa=avx2 min-bytes=18446744073709551615" | FileCheck %s --check-prefix=HUGE
// RUN: act-opt %s --act-stream-stores | FileCheck %s --check-prefix=NONE

// NONE-NOT: nontemporal

// Large and apart from its operand the result is streamed from its first whole
// line on; then the loop steps from the first step to the last.

// CHECK-LABEL: func.func @tanh(
// CHECK-SAME:    %[[X:.*]]: memref<?xf32>, %[[Y:.*]]: memref<?xf32>, %[[N:.*]]: index)
// CHECK-DAG:     %[[STEP:.*]] = arith.constant 32 : index
// CHECK:         %[[STEPS:.*]] = arith.ceildivui %[[N]], %[[STEP]]
// CHECK:         %[[END:.*]] = arith.muli %[[STEPS]], %[[STEP]]
// CHECK:         %[[SIZE:.*]] = memref.dim %[[Y]]
// CHECK:         %[[LARGE:.*]] = arith.constant 4194304
// CHECK:         arith.cmpi uge, %[[SIZE]], %[[LARGE]]
// CHECK:         %[[TWO:.*]] = arith.constant 64
// CHECK:         arith.cmpi uge, %[[END]], %[[TWO]]
// CHECK:         %[[DISTANCE:.*]] = scf.if
// CHECK:           arith.cmpi ule
// CHECK:           arith.cmpi uge
// CHECK:           scf.if
// CHECK:             %[[BOUND:.*]] = arith.subi %[[END]], %{{.*}}
// CHECK:             %[[ADDRESS:.*]] = memref.extract_aligned_pointer_as_index %[[Y]]
// CHECK:             %[[BEFORE:.*]] = arith.subi %{{.*}}, %[[ADDRESS]]
// CHECK:             %[[REST:.*]] = arith.andi %[[BEFORE]], %{{.*}}
// CHECK:             %[[FIRST:.*]] = arith.divui %[[REST]], %{{.*}}
// CHECK:             scf.for %[[I:.*]] = %[[FIRST]] to %[[BOUND]] step %[[STEP]]
// CHECK:               vector.transfer_read %[[X]][%[[I]]]
// CHECK:               %[[T:.*]] = act.tanh
// CHECK:               vector.store %[[T]], %[[Y]][%[[I]]] {alignment = 64 : i64, nontemporal = true}
// CHECK:             llvm.call_intrinsic "llvm.x86.sse.sfence"()
// CHECK:             %[[LAST:.*]] = arith.subi %[[END]], %[[STEP]]
// CHECK:             scf.yield %[[LAST]]
// CHECK:             scf.yield %[[STEP]]
// CHECK:           scf.yield %[[STEP]]
// CHECK:         scf.for %{{.*}} = %{{.*}} to %[[N]] step %[[DISTANCE]]
// CHECK:           vector.transfer_write

// At least two steps: the first and the last.
// SMALL-LABEL: func.func @tanh(
// SMALL:         arith.constant 64 : index
// SMALL:         arith.cmpi uge

// HUGE-LABEL: func.func @tanh(
// HUGE:         arith.constant 4611686018427387903 : index
func.func @tanh(%x: memref<?xf32>, %y: memref<?xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %pad = arith.constant 0.0 : f32
  scf.for %i = %c0 to %n step %c32 {
    %v = vector.transfer_read %x[%i], %pad {in_bounds = [true]} : memref<?xf32>, vector<32xf32>
    %t = act.tanh %v : vector<32xf32>
    vector.transfer_write %t, %y[%i] {in_bounds = [true]} : vector<32xf32>, memref<?xf32>
  }
  return
}

// A piece of a large result, from %i on: its first whole line is sought from
// there.

// CHECK-LABEL: func.func @pieces(
// CHECK-SAME:    %[[X:.*]]: memref<?xf32>, %[[Y:.*]]: memref<?xf32>, %[[N:.*]]: index)
// CHECK:         scf.parallel (%[[I:.*]]) =
// CHECK:           %[[SIZE:.*]] = memref.dim %[[Y]]
// CHECK:           %[[LARGE:.*]] = arith.constant 4194304
// CHECK:           arith.cmpi uge, %[[SIZE]], %[[LARGE]]
// CHECK:           %[[WHOLE:.*]] = memref.extract_aligned_pointer_as_index %[[Y]]
// CHECK:           %[[WHOLE:.*]] = memref.extract_aligned_pointer_as_index %[[Y]]
// CHECK:           %[[ZERO:.*]] = arith.constant 0
// CHECK:           %[[START:.*]] = affine.apply #{{.*}}(%[[I]], %[[ZERO]])
// CHECK:           %[[BYTES:.*]] = arith.muli %[[START]], %{{.*}}
// CHECK:           arith.addi %[[WHOLE]], %[[BYTES]]
// CHECK:           scf.for %[[J:.*]] =
// CHECK:             %[[AT:.*]] = affine.apply #{{.*}}(%[[I]], %[[J]])
// CHECK:             vector.store %{{.*}}, %[[Y]][%[[AT]]] {alignment = 64 : i64, nontemporal = true}
// CHECK:           scf.for
// CHECK:             vector.transfer_write
func.func @pieces(%x: memref<?xf32>, %y: memref<?xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c16384 = arith.constant 16384 : index
  %pad = arith.constant 0.0 : f32
  scf.parallel (%i) = (%c0) to (%n) step (%c16384) {
    scf.for %j = %c0 to %c16384 step %c32 {
      %k = affine.apply affine_map<(i, j) -> (i + j)>(%i, %j)
      %v = vector.transfer_read %x[%k], %pad {in_bounds = [true]} : memref<?xf32>, vector<32xf32>
      %t = act.tanh %v : vector<32xf32>
      vector.transfer_write %t, %y[%k] {in_bounds = [true]} : vector<32xf32>, memref<?xf32>
    }
  }
  return
}
