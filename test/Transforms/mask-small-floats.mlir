// RUN: act-opt %s --act-mask-small-floats | FileCheck %s

// CHECK-LABEL: llvm.func @bf16
// CHECK-SAME: (%[[P:.*]]: !llvm.ptr, %[[M:.*]]: vector<16xi1>, %[[E:.*]]: vector<16xbf16>)
llvm.func @bf16(%p: !llvm.ptr, %m: vector<16xi1>, %e: vector<16xbf16>) -> vector<16xbf16> {
  // CHECK: %[[BITS:.*]] = llvm.bitcast %[[E]] : vector<16xbf16> to vector<16xi16>
  // CHECK: %[[L:.*]] = llvm.intr.masked.load %[[P]], %[[M]], %[[BITS]] {alignment = 2 : i32} : (!llvm.ptr, vector<16xi1>, vector<16xi16>) -> vector<16xi16>
  // CHECK: %[[X:.*]] = llvm.bitcast %[[L]] : vector<16xi16> to vector<16xbf16>
  %x = llvm.intr.masked.load %p, %m, %e {alignment = 2 : i32} : (!llvm.ptr, vector<16xi1>, vector<16xbf16>) -> vector<16xbf16>
  // CHECK: llvm.intr.masked.store %{{.*}}, %[[P]], %[[M]] {alignment = 2 : i32} : vector<16xi16>, vector<16xi1> into !llvm.ptr
  llvm.intr.masked.store %e, %p, %m {alignment = 2 : i32} : vector<16xbf16>, vector<16xi1> into !llvm.ptr
  // CHECK: llvm.return %[[X]]
  llvm.return %x : vector<16xbf16>
}

// Others stay.

// CHECK-LABEL: llvm.func @f32
llvm.func @f32(%p: !llvm.ptr, %m: vector<16xi1>, %e: vector<16xf32>) -> vector<16xf32> {
  // CHECK-NOT: bitcast
  %x = llvm.intr.masked.load %p, %m, %e {alignment = 4 : i32} : (!llvm.ptr, vector<16xi1>, vector<16xf32>) -> vector<16xf32>
  llvm.return %x : vector<16xf32>
}

// Neither do plain stores change; those past the cache do.

// CHECK-LABEL: llvm.func @nontemporal
// CHECK-SAME: (%[[P:.*]]: !llvm.ptr, %[[X:.*]]: vector<32xbf16>)
llvm.func @nontemporal(%p: !llvm.ptr, %x: vector<32xbf16>) {
  // CHECK: %[[BITS:.*]] = llvm.bitcast %[[X]] : vector<32xbf16> to vector<32xi16>
  // CHECK: llvm.store %[[BITS]], %[[P]] {alignment = 64 : i64, nontemporal} : vector<32xi16>, !llvm.ptr
  llvm.store %x, %p {alignment = 64 : i64, nontemporal} : vector<32xbf16>, !llvm.ptr
  // CHECK: llvm.store %[[X]], %[[P]] {alignment = 2 : i64} : vector<32xbf16>, !llvm.ptr
  llvm.store %x, %p {alignment = 2 : i64} : vector<32xbf16>, !llvm.ptr
  llvm.return
}
