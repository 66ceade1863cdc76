// RUN: act-opt %s --act-legalize --split-input-file | FileCheck %s

// expm1 is not exp(x) - 1.

// CHECK-LABEL: @expm1
// CHECK:         call @expm1f
// CHECK-NOT:     math
func.func @expm1(%x: f32) -> f32 {
  %y = math.expm1 %x : f32
  return %y : f32
}

// -----

// Of a scalable vector the lanes are not known: act-to-math expands the op.

// CHECK-LABEL: @scalable
// CHECK-NOT:     vector.extract
// CHECK:         math.expm1 %{{.*}} : vector<[4]xf32>
func.func @scalable(%x: vector<[4]xf32>) -> vector<[4]xf32> {
  %y = math.expm1 %x : vector<[4]xf32>
  return %y : vector<[4]xf32>
}

// -----

// Rounding to bf16 is integer arithmetic, ties to even.

// CHECK-LABEL: @round
// CHECK-NOT:     arith.truncf
// CHECK:         arith.bitcast %{{.*}} : vector<4xf32> to vector<4xi32>
// CHECK:         arith.trunci %{{.*}} : vector<4xi32> to vector<4xi16>
func.func @round(%x: vector<4xf32>) -> vector<4xbf16> {
  %y = arith.truncf %x : vector<4xf32> to vector<4xbf16>
  return %y : vector<4xbf16>
}

// -----

// Constants among which is chosen are rounded here, as the conversion says.

// CHECK-LABEL: @chosen
// CHECK-DAG:     %[[LOW:.*]] = arith.constant 0.0100097656 : f32
// CHECK-DAG:     %[[ONE:.*]] = arith.constant 1.000000e+00 : f32
// CHECK:         %[[Y:.*]] = arith.select %arg0, %[[ONE]], %[[LOW]] : f32
// CHECK:         return %[[Y]]
func.func @chosen(%c: i1) -> f32 {
  %one = arith.constant 1.0 : f32
  %low = arith.constant 0.01 : f32
  %d = arith.select %c, %one, %low : f32
  %n = arith.truncf %d to_nearest_away : f32 to bf16
  %y = arith.extf %n : bf16 to f32
  return %y : f32
}

// -----

// An f16 or a constant is chosen as it is; with -0 a maximum is no choice.

// CHECK-LABEL: @bounded_halves
// CHECK-SAME:    %[[X:.*]]: vector<4xf16>
// CHECK-DAG:     %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : vector<4xf16>
// CHECK-DAG:     %[[SIX:.*]] = arith.constant dense<6.000000e+00> : vector<4xf16>
// CHECK-DAG:     %[[ABOVE:.*]] = arith.cmpf ugt
// CHECK-DAG:     %[[BELOW:.*]] = arith.cmpf ult
// CHECK-DAG:     %[[RAISED:.*]] = arith.select %[[ABOVE]], %[[X]], %[[ZERO]] : vector<4xi1>, vector<4xf16>
// CHECK-DAG:     %[[LOWERED:.*]] = arith.select %[[BELOW]], %[[X]], %[[SIX]] : vector<4xi1>, vector<4xf16>
// CHECK-DAG:     %[[MAXIMUM:.*]] = arith.truncf
// CHECK:         return %[[RAISED]], %[[LOWERED]], %[[MAXIMUM]]
func.func @bounded_halves(%x: vector<4xf16>) -> (vector<4xf16>, vector<4xf16>, vector<4xf16>) {
  %zero = arith.constant dense<0.0> : vector<4xf32>
  %six = arith.constant dense<6.0> : vector<4xf32>
  %minus_zero = arith.constant dense<-0.0> : vector<4xf32>
  %w = arith.extf %x : vector<4xf16> to vector<4xf32>
  %raised = arith.maximumf %w, %zero : vector<4xf32>
  %r = arith.truncf %raised : vector<4xf32> to vector<4xf16>
  %lowered = arith.minimumf %w, %six : vector<4xf32>
  %l = arith.truncf %lowered : vector<4xf32> to vector<4xf16>
  %maximum = arith.maximumf %w, %minus_zero : vector<4xf32>
  %m = arith.truncf %maximum : vector<4xf32> to vector<4xf16>
  return %r, %l, %m : vector<4xf16>, vector<4xf16>, vector<4xf16>
}

// -----

// f64 reaches 16 bits by way of f32, whose last bit says that it is not exact.

// CHECK-LABEL: @narrow
// CHECK:         %[[NEAREST:.*]] = arith.truncf %{{.*}} : vector<4xf64> to vector<4xf32>
// CHECK:         arith.cmpf one
// CHECK:         arith.ori
// CHECK:         arith.truncf %{{.*}} : vector<4xf32> to vector<4xf16>
func.func @narrow(%x: vector<4xf64>) -> vector<4xf16> {
  %y = arith.truncf %x : vector<4xf64> to vector<4xf16>
  return %y : vector<4xf16>
}

// -----

// CHECK-LABEL: @copies
// CHECK:         linalg.generic
// CHECK:         memref.copy
func.func @copies(%x: memref<4x4xf32, strided<[8, 1]>>, %y: memref<4x4xf32>, %z: memref<4x4xf32>) {
  memref.copy %x, %y : memref<4x4xf32, strided<[8, 1]>> to memref<4x4xf32>
  memref.copy %y, %z : memref<4x4xf32> to memref<4x4xf32>
  return
}

// -----

// CHECK-LABEL: @expand
// CHECK-SAME:    %[[X:.*]]: memref<?xf32>, %[[M:.*]]: index, %[[N:.*]]: index
// CHECK:         memref.reinterpret_cast %[[X]] to offset: [0], sizes: [%[[M]], %[[N]]], strides: [%{{.*}}, 1]
func.func @expand(%x: memref<?xf32>, %m: index, %n: index) -> memref<?x?xf32> {
  %y = memref.expand_shape %x [[0, 1]] output_shape [%m, %n] : memref<?xf32> into memref<?x?xf32>
  return %y : memref<?x?xf32>
}

// -----

// CHECK-LABEL: func.func @bf16_to_f64(
// CHECK-SAME:    %[[X:.*]]: bf16) -> f64
// CHECK:         %[[BITS:.*]] = arith.bitcast %[[X]] : bf16 to i16
// CHECK:         %[[SINGLE:.*]] = arith.bitcast %{{.*}} : i32 to f32
// CHECK:         %[[DOUBLE:.*]] = arith.extf %[[SINGLE]] : f32 to f64
// CHECK:         return %[[DOUBLE]]
func.func @bf16_to_f64(%x: bf16) -> f64 {
  %y = arith.extf %x : bf16 to f64
  return %y : f64
}

// -----

// Where stack is taken the scope stays, so that it is given back.

// CHECK-LABEL: func.func @scopes(
// CHECK-NEXT:    call @f()
// CHECK-NEXT:    memref.alloca_scope {
// CHECK-NEXT:      memref.alloca()
// CHECK-NEXT:      call @g
// CHECK-NEXT:    }
// CHECK-NEXT:    return
func.func private @f()
func.func private @g(memref<4xf32>)
func.func @scopes() {
  memref.alloca_scope {
    func.call @f() : () -> ()
  }
  memref.alloca_scope {
    %a = memref.alloca() : memref<4xf32>
    func.call @g(%a) : (memref<4xf32>) -> ()
  }
  return
}
