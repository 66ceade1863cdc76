// RUN: act-opt %s --act-stream-stores="isa=avx2 min-bytes=1" | FileCheck %s
// RUN: act-opt %s --act-stream-stores="isa=avx2" --remarks-filter=act-stream-stores --verify-diagnostics -o /dev/null
// RUN: %exit-code 1 act-opt %s --act-stream-stores="isa=vax" 2>&1 | FileCheck %s --check-prefix=VAX

// VAX: error: expected an instruction set that is known (generic, avx2, avx512), got 'vax'

// CHECK-NOT: nontemporal

func.func @in_place(%x: memref<?xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %pad = arith.constant 0.0 : f32
  // expected-remark @below {{expected operands apart from the result}}
  scf.for %i = %c0 to %n step %c32 {
    %v = vector.transfer_read %x[%i], %pad {in_bounds = [true]} : memref<?xf32>, vector<32xf32>
    %t = act.tanh %v : vector<32xf32>
    vector.transfer_write %t, %x[%i] {in_bounds = [true]} : vector<32xf32>, memref<?xf32>
  }
  return
}

func.func @part_of_a_line(%x: memref<?xf32>, %y: memref<?xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c8 = arith.constant 8 : index
  %pad = arith.constant 0.0 : f32
  // expected-remark @below {{expected a step of whole cache lines}}
  scf.for %i = %c0 to %n step %c8 {
    %v = vector.transfer_read %x[%i], %pad {in_bounds = [true]} : memref<?xf32>, vector<8xf32>
    vector.transfer_write %v, %y[%i] {in_bounds = [true]} : vector<8xf32>, memref<?xf32>
  }
  return
}

func.func @masked(%x: memref<?xf32>, %y: memref<?xf32>, %n: index, %m: vector<32xi1>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %pad = arith.constant 0.0 : f32
  // expected-remark @below {{expected one write, of a whole step of a dense result, and reads of dense operands}}
  scf.for %i = %c0 to %n step %c32 {
    %v = vector.transfer_read %x[%i], %pad {in_bounds = [true]} : memref<?xf32>, vector<32xf32>
    vector.transfer_write %v, %y[%i], %m {in_bounds = [true]} : vector<32xf32>, memref<?xf32>
  }
  return
}

func.func @two_writes(%x: memref<?xf32>, %y: memref<?xf32>, %z: memref<?xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %pad = arith.constant 0.0 : f32
  // expected-remark @below {{expected one write}}
  scf.for %i = %c0 to %n step %c32 {
    %v = vector.transfer_read %x[%i], %pad {in_bounds = [true]} : memref<?xf32>, vector<32xf32>
    vector.transfer_write %v, %y[%i] {in_bounds = [true]} : vector<32xf32>, memref<?xf32>
    vector.transfer_write %v, %z[%i] {in_bounds = [true]} : vector<32xf32>, memref<?xf32>
  }
  return
}

func.func @strided(%x: memref<?xf32>, %y: memref<?xf32, strided<[2]>>, %n: index) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %pad = arith.constant 0.0 : f32
  // expected-remark @below {{expected one write, of a whole step of a dense result}}
  scf.for %i = %c0 to %n step %c32 {
    %v = vector.transfer_read %x[%i], %pad {in_bounds = [true]} : memref<?xf32>, vector<32xf32>
    vector.transfer_write %v, %y[%i] {in_bounds = [true]} : vector<32xf32>, memref<?xf32, strided<[2]>>
  }
  return
}

func.func @nested(%x: memref<?xf32>, %y: memref<?xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  %pad = arith.constant 0.0 : f32
  // expected-remark @below {{expected one write}}
  scf.for %j = %c0 to %n step %c1 {
    // expected-remark @below {{at the function's top level}}
    scf.for %i = %c0 to %n step %c32 {
      %v = vector.transfer_read %x[%i], %pad {in_bounds = [true]} : memref<?xf32>, vector<32xf32>
      vector.transfer_write %v, %y[%i] {in_bounds = [true]} : vector<32xf32>, memref<?xf32>
    }
  }
  return
}

func.func @every_other(%x: memref<?xf32>, %y: memref<?xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %pad = arith.constant 0.0 : f32
  // expected-remark @below {{expected one write, of a whole step of a dense result}}
  scf.for %i = %c0 to %n step %c32 {
    %k = affine.apply affine_map<(i) -> (2 * i)>(%i)
    %v = vector.transfer_read %x[%i], %pad {in_bounds = [true]} : memref<?xf32>, vector<32xf32>
    vector.transfer_write %v, %y[%k] {in_bounds = [true]} : vector<32xf32>, memref<?xf32>
  }
  return
}
