// RUN: act-opt %s --act-to-llvm="entry=main vector-bits=512 unroll=4" | FileCheck %s
// RUN: act-opt %s --act-to-llvm="entry=main vector-bits=256 unroll=2" | FileCheck %s --check-prefix=NARROW
// RUN: act-opt %s --act-to-llvm | FileCheck %s --check-prefix=MEMREF
// RUN: act-opt %s --act-to-llvm="entry=main" | mlir-translate --mlir-to-llvmir | FileCheck %s --check-prefix=IR

// A chain of a broadcast bias, an activation and a residual is one pass over the
// caller's arrays: nothing is allocated or copied, whatever the sizes.

// CHECK-NOT:   @malloc
// CHECK-LABEL: llvm.func @main(
// CHECK-SAME:    %[[X:.*]]: !llvm.ptr {llvm.noalias}, %[[B:.*]]: !llvm.ptr {llvm.noalias}, %{{.*}}: i64, %{{.*}}: i64, %{{.*}}: i64, %[[Y:.*]]: !llvm.ptr {llvm.noalias})
// CHECK-NOT:     memcpy
// CHECK:         llvm.load %{{.*}} : !llvm.ptr -> vector<64xf32>
// CHECK:         llvm.store %{{.*}} : vector<64xf32>, !llvm.ptr
// CHECK:         llvm.intr.masked.load {{.*}} vector<16xf32>
// CHECK:         llvm.intr.masked.store
// CHECK-NOT:     llvm.load %{{.*}} : !llvm.ptr -> f32
// CHECK:         llvm.return
// CHECK-LABEL: llvm.func @main_result_dims(

// NARROW:        llvm.store %{{.*}} : vector<16xf32>, !llvm.ptr
// NARROW:        llvm.intr.masked.store {{.*}} vector<8xf32>

// MEMREF-LABEL: llvm.func @main(
// MEMREF-SAME:    !llvm.struct<(ptr, ptr, i64, array<2 x i64>, array<2 x i64>)>
// MEMREF:         llvm.return %{{.*}} : !llvm.struct

// IR: define void @main(ptr noalias %0, ptr noalias %1, i64 %2, i64 %3, i64 %4, ptr noalias %5)
func.func @main(%x: tensor<?x?xf32>, %b: tensor<?xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = tensor.dim %x, %c0 : tensor<?x?xf32>
  %n = tensor.dim %x, %c1 : tensor<?x?xf32>
  %e = tensor.empty(%m, %n) : tensor<?x?xf32>
  %sum = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>],
      iterator_types = ["parallel", "parallel"]}
      ins(%x, %b : tensor<?x?xf32>, tensor<?xf32>) outs(%e : tensor<?x?xf32>) {
  ^bb0(%a: f32, %c: f32, %o: f32):
    %s = arith.addf %a, %c : f32
    linalg.yield %s : f32
  } -> tensor<?x?xf32>
  %y = act.relu %sum : tensor<?x?xf32>
  %r = arith.addf %y, %x : tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}
