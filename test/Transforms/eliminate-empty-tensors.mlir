// RUN: act-opt %s --act-eliminate-empty-tensors | FileCheck %s

// Both results would lie in the memory of the first: only the second does.
// CHECK-LABEL: @both
// CHECK-SAME:    %[[X:.*]]: tensor<3xf32>, %[[FIRST:.*]]: memref<3xf32>, %[[SECOND:.*]]: memref<3xf32>
// CHECK:         %[[OUT:.*]] = bufferization.to_tensor %[[SECOND]] restrict writable
// CHECK:         %[[Y:.*]] = linalg.exp {{.*}} outs(%[[OUT]] : tensor<3xf32>)
// CHECK:         %[[Z:.*]] = tensor.insert %{{.*}} into %[[Y]]
// CHECK:         materialize_in_destination %[[Z]] in restrict writable %[[FIRST]]
// CHECK:         materialize_in_destination %[[Y]] in writable %[[SECOND]]
func.func @both(%x: tensor<3xf32>, %first: memref<3xf32>, %second: memref<3xf32>) {
  %c0 = arith.constant 0 : index
  %seven = arith.constant 7.0 : f32
  %e = tensor.empty() : tensor<3xf32>
  %y = linalg.exp ins(%x : tensor<3xf32>) outs(%e : tensor<3xf32>) -> tensor<3xf32>
  %z = tensor.insert %seven into %y[%c0] : tensor<3xf32>
  bufferization.materialize_in_destination %z in restrict writable %first : (tensor<3xf32>, memref<3xf32>) -> ()
  bufferization.materialize_in_destination %y in restrict writable %second : (tensor<3xf32>, memref<3xf32>) -> ()
  return
}

// What alone is stored, or stored twice, is computed where it is stored first.
// CHECK-LABEL: @alone
// CHECK-SAME:    %[[X:.*]]: tensor<3xf32>, %[[FIRST:.*]]: memref<3xf32>, %[[SECOND:.*]]: memref<3xf32>
// CHECK:         %[[OUT:.*]] = bufferization.to_tensor %[[FIRST]] restrict writable
// CHECK:         linalg.exp {{.*}} outs(%[[OUT]] : tensor<3xf32>)
func.func @alone(%x: tensor<3xf32>, %first: memref<3xf32>, %second: memref<3xf32>) {
  %e = tensor.empty() : tensor<3xf32>
  %y = linalg.exp ins(%x : tensor<3xf32>) outs(%e : tensor<3xf32>) -> tensor<3xf32>
  bufferization.materialize_in_destination %y in restrict writable %first : (tensor<3xf32>, memref<3xf32>) -> ()
  bufferization.materialize_in_destination %y in restrict writable %second : (tensor<3xf32>, memref<3xf32>) -> ()
  return
}

// Fresh memory passes no data: both results of one op take their own.
// CHECK-LABEL: @side_by_side
// CHECK-SAME:    %[[X:.*]]: tensor<3xf32>, %[[FIRST:.*]]: memref<3xf32>, %[[SECOND:.*]]: memref<3xf32>
// CHECK-DAG:     %[[A:.*]] = bufferization.to_tensor %[[FIRST]] restrict writable
// CHECK-DAG:     %[[B:.*]] = bufferization.to_tensor %[[SECOND]] restrict writable
// CHECK:         linalg.generic {{.*}} outs(%[[A]], %[[B]] : tensor<3xf32>, tensor<3xf32>)
#id = affine_map<(d0) -> (d0)>
func.func @side_by_side(%x: tensor<3xf32>, %first: memref<3xf32>, %second: memref<3xf32>) {
  %e = tensor.empty() : tensor<3xf32>
  %r:2 = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
      ins(%x : tensor<3xf32>) outs(%e, %e : tensor<3xf32>, tensor<3xf32>) {
  ^bb0(%in: f32, %a: f32, %b: f32):
    %n = arith.negf %in : f32
    linalg.yield %in, %n : f32, f32
  } -> (tensor<3xf32>, tensor<3xf32>)
  bufferization.materialize_in_destination %r#0 in restrict writable %first : (tensor<3xf32>, memref<3xf32>) -> ()
  bufferization.materialize_in_destination %r#1 in restrict writable %second : (tensor<3xf32>, memref<3xf32>) -> ()
  return
}

// One memory that both branches fill is where the result is stored.
// CHECK-LABEL: @branches
// CHECK-SAME:    %{{.*}}, %[[STORED:.*]]: memref<3xf32>
// CHECK:         %[[OUT:.*]] = bufferization.to_tensor %[[STORED]] restrict writable
// CHECK:         scf.if
// CHECK:           linalg.exp {{.*}} outs(%[[OUT]] : tensor<3xf32>)
// CHECK:         else
// CHECK:           linalg.abs {{.*}} outs(%[[OUT]] : tensor<3xf32>)
func.func @branches(%x: tensor<3xf32>, %c: i1, %stored: memref<3xf32>) {
  %e = tensor.empty() : tensor<3xf32>
  %r = scf.if %c -> tensor<3xf32> {
    %y = linalg.exp ins(%x : tensor<3xf32>) outs(%e : tensor<3xf32>) -> tensor<3xf32>
    scf.yield %y : tensor<3xf32>
  } else {
    %y = linalg.abs ins(%x : tensor<3xf32>) outs(%e : tensor<3xf32>) -> tensor<3xf32>
    scf.yield %y : tensor<3xf32>
  }
  bufferization.materialize_in_destination %r in restrict writable %stored : (tensor<3xf32>, memref<3xf32>) -> ()
  return
}

// Of two results each branch computes the first where it is stored; what only
// passes through the same fresh memory on the way to the second is not.
// CHECK-LABEL: @two_results
// CHECK-SAME:    %{{.*}}, %[[FIRST:.*]]: memref<3xf32>, %[[SECOND:.*]]: memref<3xf32>
// CHECK-DAG:     %[[A:.*]] = bufferization.to_tensor %[[FIRST]] restrict writable
// CHECK-DAG:     %[[B:.*]] = bufferization.to_tensor %[[SECOND]] restrict writable
// CHECK:         scf.if
// CHECK:           linalg.exp {{.*}} outs(%[[A]] : tensor<3xf32>)
// CHECK-NOT:       linalg.negf {{.*}} outs(%[[A]]
// CHECK:         else
// CHECK:           linalg.abs {{.*}} outs(%[[A]] : tensor<3xf32>)
// CHECK-NOT:       linalg.negf {{.*}} outs(%[[A]]
// CHECK:         return
func.func @two_results(%x: tensor<3xf32>, %c: i1, %first: memref<3xf32>, %second: memref<3xf32>) {
  %e = tensor.empty() : tensor<3xf32>
  %r:2 = scf.if %c -> (tensor<3xf32>, tensor<3xf32>) {
    %y = linalg.exp ins(%x : tensor<3xf32>) outs(%e : tensor<3xf32>) -> tensor<3xf32>
    %z = linalg.negf ins(%y : tensor<3xf32>) outs(%e : tensor<3xf32>) -> tensor<3xf32>
    scf.yield %y, %z : tensor<3xf32>, tensor<3xf32>
  } else {
    %y = linalg.abs ins(%x : tensor<3xf32>) outs(%e : tensor<3xf32>) -> tensor<3xf32>
    %z = linalg.negf ins(%y : tensor<3xf32>) outs(%e : tensor<3xf32>) -> tensor<3xf32>
    scf.yield %y, %z : tensor<3xf32>, tensor<3xf32>
  }
  bufferization.materialize_in_destination %r#0 in restrict writable %first : (tensor<3xf32>, memref<3xf32>) -> ()
  bufferization.materialize_in_destination %r#1 in restrict writable %second : (tensor<3xf32>, memref<3xf32>) -> ()
  return
}
