// RUN: act-opt %s --act-tabulate | FileCheck %s
// RUN: act-opt %s --act-tabulate="vector-bits=256 byte-table=16" --canonicalize | FileCheck %s --check-prefix=SHUFFLE
// RUN: act-opt %s --act-tabulate="vector-bits=512 byte-table=128" --canonicalize | FileCheck %s --check-prefix=PERMUTE
// RUN: %exit-code 1 act-opt %s --act-tabulate="vector-bits=128 byte-table=16" 2>&1 | FileCheck %s --check-prefix=NARROW
// RUN: %exit-code 1 act-opt %s --act-tabulate="byte-table=32" 2>&1 | FileCheck %s --check-prefix=SIZE

// NARROW: error: expected byte-table of 0, of 16 with vector-bits of 256 or 512, or of 128 with 512, got 16 with 128
// SIZE: error: expected byte-table of 0, of 16 with vector-bits of 256 or 512, or of 128 with 512, got 32 with 512

// One table for a function, whoever asks: what is positive stays, what is
// negative is 0, infinity included, and NaN stays.

// CHECK-NOT:     memref.global
// CHECK:         memref.global "private" constant @[[$RELU:.*]] : memref<256xi8> = dense<"0x00010203{{.*}}7A7B7C7E7E7E0000{{0+}}7E7E7E">
// CHECK-NOT:     memref.global

// CHECK-LABEL: func.func @scalar(
// CHECK-SAME:    %[[X:.*]]: f8E5M2)
// CHECK:         %[[BITS:.*]] = arith.bitcast %[[X]] : f8E5M2 to i8
// CHECK:         %[[TABLE:.*]] = memref.get_global @[[$RELU]]
// CHECK:         %[[I:.*]] = arith.index_castui %[[BITS]]
// CHECK:         %[[Y:.*]] = memref.load %[[TABLE]][%[[I]]]
// CHECK:         arith.bitcast %[[Y]] : i8 to f8E5M2
func.func @scalar(%x: f8E5M2) -> f8E5M2 {
  %y = act.relu %x : f8E5M2
  return %y : f8E5M2
}

// CHECK-LABEL: func.func @registers(
// CHECK:         %[[TABLE:.*]] = memref.get_global @[[$RELU]]
// CHECK:         %[[I:.*]] = arith.extui %{{.*}} : vector<128xi8> to vector<128xi32>
// CHECK:         vector.gather %[[TABLE]][%{{.*}}] [%[[I]]]

// Of 16 parts that are read, the bits 4 to 7 choose one; four registers.

// SHUFFLE-LABEL: func.func @registers(
// SHUFFLE-COUNT-64: "llvm.x86.avx2.pshuf.b"
// SHUFFLE-NOT:      "llvm.x86.avx2.pshuf.b"
// SHUFFLE:          return

// Of two parts, the bit 7; two registers.

// PERMUTE-LABEL: func.func @registers(
// PERMUTE-DAG:     %[[TOP:.*]] = arith.constant dense<-128> : vector<64xi8>
// PERMUTE:         %[[LOW:.*]] = llvm.call_intrinsic "llvm.x86.avx512.vpermi2var.qi.512"(%{{.*}}, %[[I:.*]], %{{.*}})
// PERMUTE:         %[[HIGH:.*]] = llvm.call_intrinsic "llvm.x86.avx512.vpermi2var.qi.512"(%{{.*}}, %[[I]], %{{.*}})
// PERMUTE:         %[[BIT:.*]] = arith.andi %[[I]], %[[TOP]]
// PERMUTE:         %[[IN_HIGH:.*]] = arith.cmpi ne, %[[BIT]]
// PERMUTE:         arith.select %[[IN_HIGH]], %[[HIGH]], %[[LOW]]
// PERMUTE-COUNT-2: "llvm.x86.avx512.vpermi2var.qi.512"
// PERMUTE-NOT:     "llvm.x86.avx512.vpermi2var.qi.512"
// PERMUTE:         return
func.func @registers(%x: vector<128xf8E5M2>) -> vector<128xf8E5M2> {
  %y = act.relu %x : vector<128xf8E5M2>
  return %y : vector<128xf8E5M2>
}

// Parts of registers are loaded.

// SHUFFLE-LABEL: func.func @part(
// SHUFFLE:         vector.gather
func.func @part(%x: vector<5xf8E5M2>) -> vector<5xf8E5M2> {
  %y = act.relu %x : vector<5xf8E5M2>
  return %y : vector<5xf8E5M2>
}

// Wider formats and tensors are not for tables.

// CHECK-LABEL: func.func @others(
// CHECK:         act.relu %{{.*}} : vector<4xf16>
// CHECK:         act.relu %{{.*}} : tensor<4xf8E5M2>
func.func @others(%x: vector<4xf16>, %z: tensor<4xf8E5M2>) -> (vector<4xf16>, tensor<4xf8E5M2>) {
  %y = act.relu %x : vector<4xf16>
  %w = act.relu %z : tensor<4xf8E5M2>
  return %y, %w : vector<4xf16>, tensor<4xf8E5M2>
}

// A gather takes no vector of rank 0.
// CHECK-LABEL: func.func @rank_zero(
// CHECK:         vector.shape_cast %{{.*}} : vector<f8E5M2> to vector<1xf8E5M2>
// CHECK:         vector.gather
// CHECK:         vector.shape_cast %{{.*}} : vector<1xf8E5M2> to vector<f8E5M2>
func.func @rank_zero(%x: vector<f8E5M2>) -> vector<f8E5M2> {
  %y = act.relu %x : vector<f8E5M2>
  return %y : vector<f8E5M2>
}

// A module inside another has tables of its own.
// CHECK-LABEL: module @inner {
// CHECK:         memref.global "private" constant @{{.*}} : memref<256xi8>
// CHECK:         memref.get_global
module @inner {
  func.func @f(%x: f8E5M2) -> f8E5M2 {
    %y = act.relu %x : f8E5M2
    return %y : f8E5M2
  }
}
