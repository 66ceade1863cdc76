// RUN: act-opt %s --act-pair-brain-floats=isa=avx512 | FileCheck %s
// RUN: act-opt %s --act-pair-brain-floats | FileCheck %s --check-prefix=GENERIC
// RUN: act-opt %s --act-pair-brain-floats=isa=avx2 --act-legalize=isa=avx2 | FileCheck %s --check-prefix=LEGAL
// RUN: %exit-code 1 act-opt %s --act-pair-brain-floats=isa=mmx 2>&1 | FileCheck %s --check-prefix=ISA
// ISA: error: {{.*}}mmx

// GENERIC-NOT: vector.shuffle

// Of two registers the even lanes come first, then the odd ones; the store gets
// them back in order. A constant is the same in every lane.

// CHECK-LABEL: @elementwise
// CHECK:         %[[READ:.*]] = vector.transfer_read
// CHECK:         %[[PAIRED:.*]] = vector.shuffle %[[READ]], %[[READ]] [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31]
// CHECK:         arith.extf %[[PAIRED]]
// CHECK:         %[[STORED:.*]] = vector.shuffle %{{.*}}, %{{.*}} [0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31]
// CHECK:         vector.transfer_write %[[STORED]]

// The conversions take the order in: a shift and a mask each way.

// LEGAL-LABEL: @elementwise
// LEGAL:         %[[WORDS:.*]] = vector.bitcast %{{.*}} : vector<32xbf16> to vector<16xi32>
// LEGAL-DAG:     arith.shli %[[WORDS]]
// LEGAL-DAG:     arith.andi %[[WORDS]]
// LEGAL:         arith.mulf %{{.*}} : vector<32xf32>
// LEGAL:         arith.select %{{.*}} : vector<32xi1>, vector<32xi32>
// LEGAL:         arith.ori %{{.*}} : vector<16xi32>
// LEGAL:         vector.bitcast %{{.*}} : vector<16xi32> to vector<32xbf16>
func.func @elementwise(%from: memref<?xbf16>, %to: memref<?xbf16>, %i: index) {
  %pad = ub.poison : bf16
  %two = arith.constant dense<2.0> : vector<32xf32>
  %x = vector.transfer_read %from[%i], %pad {in_bounds = [true]} : memref<?xbf16>, vector<32xbf16>
  %w = arith.extf %x : vector<32xbf16> to vector<32xf32>
  %d = arith.mulf %w, %two : vector<32xf32>
  %y = arith.truncf %d : vector<32xf32> to vector<32xbf16>
  vector.transfer_write %y, %to[%i] {in_bounds = [true]} : vector<32xbf16>, memref<?xbf16>
  return
}

// A sum of lanes, another format and lanes from elsewhere stay in order, and so
// does what is shorter than two registers.

// CHECK-LABEL: @lanes_meet
// CHECK-NOT:     vector.shuffle
func.func @lanes_meet(%from: memref<?xbf16>, %to: memref<?xbf16>, %i: index) -> f32 {
  %pad = ub.poison : bf16
  %x = vector.transfer_read %from[%i], %pad {in_bounds = [true]} : memref<?xbf16>, vector<32xbf16>
  %y = arith.negf %x : vector<32xbf16>
  vector.transfer_write %y, %to[%i] {in_bounds = [true]} : vector<32xbf16>, memref<?xbf16>
  %w = arith.extf %x : vector<32xbf16> to vector<32xf32>
  %sum = vector.reduction <add>, %w : vector<32xf32> into f32
  return %sum : f32
}

// CHECK-LABEL: @other_format
// CHECK-NOT:     vector.shuffle
func.func @other_format(%from: memref<?xf32>, %to: memref<?xbf16>, %i: index) {
  %pad = ub.poison : f32
  %x = vector.transfer_read %from[%i], %pad {in_bounds = [true]} : memref<?xf32>, vector<32xf32>
  %y = arith.truncf %x : vector<32xf32> to vector<32xbf16>
  vector.transfer_write %y, %to[%i] {in_bounds = [true]} : vector<32xbf16>, memref<?xbf16>
  return
}

// CHECK-LABEL: @different_lanes
// CHECK-NOT:     vector.shuffle
func.func @different_lanes(%from: memref<?xbf16>, %to: memref<?xbf16>, %i: index, %table: vector<32xbf16>) {
  %pad = ub.poison : bf16
  %x = vector.transfer_read %from[%i], %pad {in_bounds = [true]} : memref<?xbf16>, vector<32xbf16>
  %y = arith.addf %x, %table : vector<32xbf16>
  vector.transfer_write %y, %to[%i] {in_bounds = [true]} : vector<32xbf16>, memref<?xbf16>
  return
}

// CHECK-LABEL: @short
// CHECK-NOT:     vector.shuffle
func.func @short(%from: memref<?xbf16>, %to: memref<?xbf16>, %i: index) {
  %pad = ub.poison : bf16
  %x = vector.transfer_read %from[%i], %pad {in_bounds = [true]} : memref<?xbf16>, vector<16xbf16>
  %y = arith.negf %x : vector<16xbf16>
  vector.transfer_write %y, %to[%i] {in_bounds = [true]} : vector<16xbf16>, memref<?xbf16>
  return
}
