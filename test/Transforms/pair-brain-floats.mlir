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

// The conversions take the order in: a shift and a mask each way. A NaN of a
// bf16 has nothing in the lower half that rounding could carry.

// LEGAL-LABEL: @elementwise
// LEGAL:         %[[WORDS:.*]] = vector.bitcast %{{.*}} : vector<32xbf16> to vector<16xi32>
// LEGAL-DAG:     arith.shli %[[WORDS]]
// LEGAL-DAG:     arith.andi %[[WORDS]]
// LEGAL:         arith.mulf %{{.*}} : vector<32xf32>
// LEGAL-NOT:     arith.select
// LEGAL:         arith.addi
// LEGAL-NEXT:    arith.addi
// LEGAL-NOT:     arith.select
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

// Ties away from 0 take one addition, in any order of lanes.

// LEGAL-LABEL: @ties_away
// LEGAL-DAG:     %[[HALF:.*]] = arith.constant dense<32768> : vector<32xi32>
// LEGAL-DAG:     %[[SHORT_HALF:.*]] = arith.constant dense<32768> : vector<8xi32>
// LEGAL:         arith.addi %{{.*}}, %[[HALF]]
// LEGAL-NOT:     arith.addi
// LEGAL:         arith.ori
// LEGAL-NOT:     arith.select
// LEGAL:         arith.addi %{{.*}}, %[[SHORT_HALF]]
// LEGAL-NOT:     arith.addi
// LEGAL:         return
func.func @ties_away(%from: memref<?xbf16>, %to: memref<?xbf16>, %i: index, %short: vector<8xbf16>) -> vector<8xbf16> {
  %pad = ub.poison : bf16
  %third = arith.constant dense<0.333> : vector<32xf32>
  %x = vector.transfer_read %from[%i], %pad {in_bounds = [true]} : memref<?xbf16>, vector<32xbf16>
  %w = arith.extf %x : vector<32xbf16> to vector<32xf32>
  %d = arith.mulf %w, %third : vector<32xf32>
  %y = arith.truncf %d to_nearest_away : vector<32xf32> to vector<32xbf16>
  vector.transfer_write %y, %to[%i] {in_bounds = [true]} : vector<32xbf16>, memref<?xbf16>
  %sw = arith.extf %short : vector<8xbf16> to vector<8xf32>
  %sd = arith.addf %sw, %sw : vector<8xf32>
  %sy = arith.truncf %sd to_nearest_away : vector<8xf32> to vector<8xbf16>
  return %sy : vector<8xbf16>
}

// A NaN from elsewhere may have anything in its lower half.

// LEGAL-LABEL: @other_nans
// LEGAL:         %[[SUM:.*]] = arith.addf
// LEGAL:         %[[NAN:.*]] = arith.cmpf uno, %[[SUM]], %[[SUM]]
// LEGAL:         arith.select %[[NAN]]
func.func @other_nans(%from: memref<?xbf16>, %to: memref<?xbf16>, %i: index, %bias: f32) {
  %pad = ub.poison : bf16
  %b = vector.broadcast %bias : f32 to vector<32xf32>
  %x = vector.transfer_read %from[%i], %pad {in_bounds = [true]} : memref<?xbf16>, vector<32xbf16>
  %w = arith.extf %x : vector<32xbf16> to vector<32xf32>
  %d = arith.addf %w, %b : vector<32xf32>
  %y = arith.truncf %d to_nearest_away : vector<32xf32> to vector<32xbf16>
  vector.transfer_write %y, %to[%i] {in_bounds = [true]} : vector<32xbf16>, memref<?xbf16>
  return
}

// What is chosen among numbers of bf16, or multiplied by 0 or 1, is not rounded.

// LEGAL-LABEL: @no_rounding
// LEGAL-NOT:     arith.addi
// LEGAL:         return
func.func @no_rounding(%from: memref<?xbf16>, %to: memref<?xbf16>, %i: index) {
  %pad = ub.poison : bf16
  %zero = arith.constant dense<0.0> : vector<32xf32>
  %one = arith.constant dense<1.0> : vector<32xf32>
  %x = vector.transfer_read %from[%i], %pad {in_bounds = [true]} : memref<?xbf16>, vector<32xbf16>
  %w = arith.extf %x : vector<32xbf16> to vector<32xf32>
  %above = arith.cmpf ogt, %w, %zero : vector<32xf32>
  %slope = arith.select %above, %one, %zero : vector<32xi1>, vector<32xf32>
  %low = arith.minimumf %w, %one : vector<32xf32>
  %y = arith.mulf %slope, %low : vector<32xf32>
  %r = arith.truncf %y : vector<32xf32> to vector<32xbf16>
  vector.transfer_write %r, %to[%i] {in_bounds = [true]} : vector<32xbf16>, memref<?xbf16>
  return
}

// A gate beside its value is elementwise.

// CHECK-LABEL: @gate
// CHECK-COUNT-3: vector.shuffle
func.func @gate(%a: memref<?xbf16>, %b: memref<?xbf16>, %to: memref<?xbf16>, %i: index) {
  %pad = ub.poison : bf16
  %x = vector.transfer_read %a[%i], %pad {in_bounds = [true]} : memref<?xbf16>, vector<32xbf16>
  %z = vector.transfer_read %b[%i], %pad {in_bounds = [true]} : memref<?xbf16>, vector<32xbf16>
  %y = act.swiglu %x gate %z : (vector<32xbf16>, vector<32xbf16>) -> vector<32xbf16>
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
