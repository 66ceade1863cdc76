// RUN: act-opt %s --act-c-interface --split-input-file | FileCheck %s
// RUN: act-opt %s --act-c-interface --split-input-file | FileCheck %s --check-prefix=ONLY

// Pointers to the inputs, their dynamic dimensions, pointers to the results.

// CHECK-LABEL: func.func @main
// CHECK-SAME:    %[[X:.*]]: !llvm.ptr {llvm.noalias}, %[[S:.*]]: !llvm.ptr {llvm.noalias}, %[[N:.*]]: i64, %[[Y:.*]]: !llvm.ptr {llvm.noalias})
// CHECK:         bufferization.to_tensor %{{.*}} restrict : memref<?x3xf32> to tensor<?x3xf32>
// CHECK:         llvm.load %[[S]] : !llvm.ptr -> f32
// CHECK:         bufferization.materialize_in_destination %{{.*}} in restrict writable %{{.*}} : (tensor<?x3xf32>, memref<?x3xf32>) -> ()
// CHECK:         return{{$}}

// The companion computes the results' dynamic dimensions.

// CHECK-LABEL: func.func @main_result_dims
// CHECK-SAME:    %[[N:.*]]: i64, %[[OUT:.*]]: !llvm.ptr)
// CHECK-NOT:     tensor
// CHECK:         llvm.getelementptr %[[OUT]][0]
// CHECK:         llvm.store %{{.*}}, %{{.*}} : i64, !llvm.ptr
// CHECK:         return{{$}}

// What the entry does not call is gone.

// ONLY-NOT: @unused
func.func @main(%x: tensor<?x3xf32>, %s: f32) -> tensor<?x3xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x3xf32>
  %e = tensor.empty(%n) : tensor<?x3xf32>
  %y = linalg.fill ins(%s : f32) outs(%e : tensor<?x3xf32>) -> tensor<?x3xf32>
  return %y : tensor<?x3xf32>
}
func.func @unused() {
  return
}

// -----

// A dimension that is computed from others.

// CHECK-LABEL: func.func @main_result_dims
// CHECK-SAME:    %[[M:.*]]: i64, %[[N:.*]]: i64, %{{.*}}: !llvm.ptr)
// CHECK:         affine.apply #{{.*}}()[%{{.*}}, %{{.*}}]
func.func @main(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %z = tensor.concat dim(0) %x, %y : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  return %z : tensor<?xf32>
}

// -----

// Loops carry dimensions: those that stay leave no loop, others are computed in
// one.

// CHECK-LABEL: func.func @main_result_dims
// CHECK-SAME:    %[[M:.*]]: i64, %[[N:.*]]: i64, %[[OUT:.*]]: !llvm.ptr)
// CHECK-NOT:     tensor
// CHECK:         %[[LENGTH:.*]] = scf.for
// CHECK-SAME:      iter_args(%{{.*}} = %{{.*}}) -> (index)
// CHECK-NOT:     tensor
// CHECK:         %[[D:.*]] = arith.index_cast %[[LENGTH]]
// CHECK:         llvm.store %[[M]]
// CHECK:         llvm.store %[[D]]
func.func @main(%x: tensor<?xf32>, %y: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %stays, %grows = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x, %b = %y) -> (tensor<?xf32>, tensor<?xf32>) {
    %z = linalg.exp ins(%a : tensor<?xf32>) outs(%a : tensor<?xf32>) -> tensor<?xf32>
    %w = tensor.concat dim(0) %b, %z : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
    scf.yield %z, %w : tensor<?xf32>, tensor<?xf32>
  }
  return %stays, %grows : tensor<?xf32>, tensor<?xf32>
}

// -----

// Scalars come and go as arrays of one element; static results need no companion.

// CHECK-LABEL: func.func @main
// CHECK-SAME:    %[[A:.*]]: !llvm.ptr {llvm.noalias}, %[[R:.*]]: !llvm.ptr {llvm.noalias}, %[[Q:.*]]: !llvm.ptr {llvm.noalias})
// CHECK:         %[[V:.*]] = llvm.load %[[A]] : !llvm.ptr -> f64
// CHECK:         memref.store %[[V]]
// CHECK:         memref.store %[[V]]
// CHECK-NOT:     _result_dims
func.func @main(%a: f64) -> (f64, f64) {
  return %a, %a : f64, f64
}

// -----

// A private function gives way to the companion's name.

// CHECK-LABEL: func.func @main(
// CHECK:         call @main_result_dims_0
// CHECK-LABEL: func.func @main_result_dims(
// CHECK:         llvm.store
// CHECK:       func.func private @main_result_dims_0(%{{.*}}: i64) -> i64
func.func @main(%x: tensor<?xf32>, %n: i64) -> (tensor<?xf32>, i64) {
  %m = call @main_result_dims(%n) : (i64) -> i64
  return %x, %m : tensor<?xf32>, i64
}
func.func private @main_result_dims(%n: i64) -> i64 {
  return %n : i64
}

// -----

// What no dimension needs is left to the entry, effects included.

// CHECK:         call @observe
// CHECK-LABEL: func.func @main_result_dims(
// CHECK-NOT:     call
// CHECK:         return
func.func @main(%x: tensor<?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %first = tensor.extract %x[%c0] : tensor<?xf32>
  call @observe(%first) : (f32) -> ()
  return %x : tensor<?xf32>
}
func.func private @observe(%x: f32)
