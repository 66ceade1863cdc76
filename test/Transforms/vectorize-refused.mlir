// RUN: act-opt %s --act-vectorize --split-input-file | FileCheck %s
// RUN: act-opt %s --act-vectorize --remarks-filter=act-vectorize --split-input-file --verify-diagnostics -o /dev/null
// RUN: %exit-code 1 act-opt %s --act-vectorize="unroll=0" --split-input-file 2>&1 | FileCheck %s --check-prefix=UNROLL --implicit-check-not="see current operation"
// RUN: %exit-code 1 act-opt %s --act-vectorize="vector-bits=0" --split-input-file 2>&1 | FileCheck %s --check-prefix=BITS

// UNROLL: error: expected unroll of at least 1 and vector-bits of at least 8, got 0 and 512
// BITS: error: expected unroll of at least 1 and vector-bits of at least 8, got 4 and 0

// CHECK-LABEL: @row_sum
// CHECK:         linalg.generic
func.func @row_sum(%x: tensor<8x8xf32>, %e: tensor<8xf32>) -> tensor<8xf32> {
  // expected-remark @below {{expected a reduction of operands that are contiguous}}
  %r = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>],
      iterator_types = ["parallel", "reduction"]} ins(%x : tensor<8x8xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %a, %o : f32
    linalg.yield %s : f32
  } -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

// CHECK-LABEL: @total
// CHECK:         linalg.generic
func.func @total(%x: tensor<8xf32>, %e: tensor<f32>) -> tensor<f32> {
  // expected-remark @below {{expected one loop to walk the innermost dimension of every result}}
  %r = linalg.generic {
      indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> ()>],
      iterator_types = ["reduction"]} ins(%x : tensor<8xf32>) outs(%e : tensor<f32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %a, %o : f32
    linalg.yield %s : f32
  } -> tensor<f32>
  return %r : tensor<f32>
}

// -----

// CHECK-LABEL: @every_second
// CHECK:         linalg.generic
func.func @every_second(%x: tensor<16xf32>, %e: tensor<8xf32>) -> tensor<8xf32> {
  // expected-remark @below {{expected operands walked one element a step}}
  %r = linalg.generic {
      indexing_maps = [affine_map<(i) -> (i * 2)>, affine_map<(i) -> (i)>],
      iterator_types = ["parallel"]} ins(%x : tensor<16xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  } -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

// CHECK-LABEL: @lookup
// CHECK:         linalg.generic
func.func @lookup(%x: tensor<8xindex>, %t: tensor<4xf32>, %e: tensor<8xf32>) -> tensor<8xf32> {
  // expected-remark @below {{expected a body of operations that apply to vectors element by element}}
  %r = linalg.generic {
      indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
      iterator_types = ["parallel"]} ins(%x : tensor<8xindex>) outs(%e : tensor<8xf32>) {
  ^bb0(%a: index, %o: f32):
    %v = tensor.extract %t[%a] : tensor<4xf32>
    linalg.yield %v : f32
  } -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

// A masked tail would divide by whatever the lanes beyond the end hold. Where
// there is no tail, or the divisor is known, vectors do.

// CHECK-LABEL: @divide
// CHECK:         linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<?xi32>, tensor<?xi32>)
// CHECK:         arith.divsi %{{.*}} : vector<64xi32>
// CHECK:         arith.divsi %{{.*}} : vector<16xi32>
func.func @divide(%x: tensor<?xi32>, %y: tensor<?xi32>, %z: tensor<64xi32>) -> (tensor<?xi32>, tensor<64xi32>, tensor<?xi32>) {
  // expected-remark @below {{expected a body that may be executed on the lanes beyond the end, as an integer division may not}}
  %a = linalg.generic {
      indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
      iterator_types = ["parallel"]} ins(%x, %y : tensor<?xi32>, tensor<?xi32>) outs(%x : tensor<?xi32>) {
  ^bb0(%l: i32, %r: i32, %o: i32):
    %q = arith.divsi %l, %r : i32
    linalg.yield %q : i32
  } -> tensor<?xi32>
  %b = linalg.generic {
      indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
      iterator_types = ["parallel"]} ins(%z : tensor<64xi32>) outs(%z : tensor<64xi32>) {
  ^bb0(%l: i32, %o: i32):
    %q = arith.divsi %l, %l : i32
    linalg.yield %q : i32
  } -> tensor<64xi32>
  %three = arith.constant 3 : i32
  %c = linalg.generic {
      indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
      iterator_types = ["parallel"]} ins(%x : tensor<?xi32>) outs(%x : tensor<?xi32>) {
  ^bb0(%l: i32, %o: i32):
    %q = arith.divsi %l, %three : i32
    linalg.yield %q : i32
  } -> tensor<?xi32>
  return %a, %b, %c : tensor<?xi32>, tensor<64xi32>, tensor<?xi32>
}
