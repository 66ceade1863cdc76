// RUN: act-opt %s --act-rectify-by-bits | FileCheck %s

// What is above -inf as a signed integer is kept, NaN of either sign among it.

// CHECK-LABEL: @brain
// CHECK-DAG:     %[[LOWEST:.*]] = arith.constant dense<-128> : vector<32xi16>
// CHECK-DAG:     %[[ZERO:.*]] = arith.constant dense<0> : vector<32xi16>
// CHECK:         %[[X:.*]] = vector.transfer_read
// CHECK:         %[[BITS:.*]] = arith.bitcast %[[X]] : vector<32xbf16> to vector<32xi16>
// CHECK:         %[[KEPT:.*]] = arith.cmpi sgt, %[[BITS]], %[[LOWEST]]
// CHECK:         %[[CHOSEN:.*]] = arith.select %[[KEPT]], %[[BITS]], %[[ZERO]]
// CHECK:         %[[Y:.*]] = arith.bitcast %[[CHOSEN]] : vector<32xi16> to vector<32xbf16>
// CHECK:         vector.transfer_write %[[Y]]
func.func @brain(%from: memref<?xbf16>, %to: memref<?xbf16>, %i: index) {
  %pad = ub.poison : bf16
  %x = vector.transfer_read %from[%i], %pad {in_bounds = [true]} : memref<?xbf16>, vector<32xbf16>
  %y = act.relu %x : vector<32xbf16>
  vector.transfer_write %y, %to[%i] {in_bounds = [true]} : vector<32xbf16>, memref<?xbf16>
  return
}

// CHECK-LABEL: @half
// CHECK:         arith.constant dense<-1024> : vector<32xi16>
// CHECK:         arith.cmpi sgt
func.func @half(%from: memref<?xf16>, %to: memref<?xf16>, %i: index) {
  %pad = ub.poison : f16
  %x = vector.transfer_read %from[%i], %pad {in_bounds = [true]} : memref<?xf16>, vector<32xf16>
  %y = act.clamp %x {min = 0.0} : vector<32xf16>
  vector.transfer_write %y, %to[%i] {in_bounds = [true]} : vector<32xf16>, memref<?xf16>
  return
}

// A step of a chain is one of its function; f32 is no longer than its bits.

// CHECK-LABEL: @chain
// CHECK:         act.relu
// CHECK:         act.relu
// CHECK-NOT:     arith.cmpi
func.func @chain(%from: memref<?xbf16>, %to: memref<?xbf16>, %i: index, %single: vector<32xf32>) -> vector<32xf32> {
  %pad = ub.poison : bf16
  %x = vector.transfer_read %from[%i], %pad {in_bounds = [true]} : memref<?xbf16>, vector<32xbf16>
  %y = act.relu %x : vector<32xbf16>
  %z = act.exp %y : vector<32xbf16>
  vector.transfer_write %z, %to[%i] {in_bounds = [true]} : vector<32xbf16>, memref<?xbf16>
  %s = act.relu %single : vector<32xf32>
  return %s : vector<32xf32>
}

// What takes NaN for 0, or keeps more than the positive part, is something else.

// CHECK-LABEL: @others
// CHECK:         arith.maxnumf
// CHECK:         act.leaky_relu
// CHECK-NOT:     arith.cmpi
func.func @others(%from: memref<?xbf16>, %to: memref<?xbf16>, %i: index) {
  %pad = ub.poison : bf16
  %zero = arith.constant dense<0.0> : vector<32xbf16>
  %x = vector.transfer_read %from[%i], %pad {in_bounds = [true]} : memref<?xbf16>, vector<32xbf16>
  %y = arith.maxnumf %x, %zero : vector<32xbf16>
  vector.transfer_write %y, %to[%i] {in_bounds = [true]} : vector<32xbf16>, memref<?xbf16>
  %z = act.leaky_relu %x : vector<32xbf16>
  vector.transfer_write %z, %to[%i] {in_bounds = [true]} : vector<32xbf16>, memref<?xbf16>
  return
}
