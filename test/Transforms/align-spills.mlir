// RUN: act-opt %s --act-align-spills | FileCheck %s
// RUN: act-opt %s --act-align-spills=vector-bits=128 | FileCheck %s --check-prefix=NARROW

// NARROW-NOT: frame_pointer = #llvm.framePointerKind<all>

// CHECK: llvm.func @wide(
// CHECK-SAME: attributes {frame_pointer = #llvm.framePointerKind<all>}
llvm.func @wide(%x: vector<8xf32>) -> vector<8xf32> {
  %y = llvm.fadd %x, %x : vector<8xf32>
  llvm.return %y : vector<8xf32>
}

// CHECK: llvm.func @narrow(
// CHECK-NOT: frame_pointer
// CHECK-SAME: {
llvm.func @narrow(%x: vector<4xf32>) -> vector<4xf32> {
  %y = llvm.fadd %x, %x : vector<4xf32>
  llvm.return %y : vector<4xf32>
}

// What says what it wants keeps it.

// CHECK: llvm.func @leaf(
// CHECK-SAME: attributes {frame_pointer = #llvm.framePointerKind<"non-leaf">}
llvm.func @leaf(%x: vector<8xf32>) -> vector<8xf32> attributes {frame_pointer = #llvm.framePointerKind<"non-leaf">} {
  %y = llvm.fadd %x, %x : vector<8xf32>
  llvm.return %y : vector<8xf32>
}

// CHECK: llvm.func @declared(vector<8xf32>) -> vector<8xf32>{{$}}
llvm.func @declared(vector<8xf32>) -> vector<8xf32>
