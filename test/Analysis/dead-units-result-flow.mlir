// Which results a dead layer makes constant: none that depend on the inputs by
// memory, or by the branch that was taken.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// CHECK-NOT: DR001 memory.layer1
func.func @memory(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<1xf32> {
  %c0 = arith.constant 0 : index
  %m = memref.alloc() : memref<f32>
  %s = tensor.extract %x[%c0] : tensor<1xf32>
  memref.store %s, %m[] : memref<f32>
  %r = act.relu %x : tensor<1xf32>
  %l = memref.load %m[] : memref<f32>
  %t = tensor.from_elements %l : tensor<1xf32>
  %q = arith.addf %r, %t : tensor<1xf32>
  return %q : tensor<1xf32>
}

// CHECK-NOT: DR001 returned.layer1
func.func @returned(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<1xf32> {
  %c0 = arith.constant 0 : index
  %level = arith.constant -1.5 : f32
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %r = act.relu %x : tensor<1xf32>
  %s = tensor.extract %x[%c0] : tensor<1xf32>
  %c = arith.cmpf ogt, %s, %level : f32
  cf.cond_br %c, ^a, ^b
^a:
  return %r : tensor<1xf32>
^b:
  %q = arith.addf %r, %one : tensor<1xf32>
  return %q : tensor<1xf32>
}

// CHECK-NOT: DR001 passed.layer1
func.func @passed(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<1xf32> {
  %c0 = arith.constant 0 : index
  %level = arith.constant -1.5 : f32
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %two = arith.constant dense<2.0> : tensor<1xf32>
  %r = act.relu %x : tensor<1xf32>
  %s = tensor.extract %x[%c0] : tensor<1xf32>
  %c = arith.cmpf ogt, %s, %level : f32
  cf.cond_br %c, ^c(%one : tensor<1xf32>), ^c(%two : tensor<1xf32>)
^c(%k: tensor<1xf32>):
  %q = arith.addf %r, %k : tensor<1xf32>
  return %q : tensor<1xf32>
}

// Whether something was written depends.
// CHECK-NOT: DR001 written.layer1
func.func @written(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<1xf32> {
  %c0 = arith.constant 0 : index
  %level = arith.constant -1.5 : f32
  %zero = arith.constant 0.0 : f32
  %m = memref.alloc() : memref<f32>
  memref.store %zero, %m[] : memref<f32>
  %r = act.relu %x : tensor<1xf32>
  %s = tensor.extract %x[%c0] : tensor<1xf32>
  %c = arith.cmpf ogt, %s, %level : f32
  scf.if %c {
    memref.store %level, %m[] : memref<f32>
  }
  %l = memref.load %m[] : memref<f32>
  %t = tensor.from_elements %l : tensor<1xf32>
  %q = arith.addf %r, %t : tensor<1xf32>
  return %q : tensor<1xf32>
}

// CHECK-NOT: DR001 chosen.layer1
func.func @chosen(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<1xf32> {
  %c0 = arith.constant 0 : index
  %level = arith.constant -1.5 : f32
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %r = act.relu %x : tensor<1xf32>
  %s = tensor.extract %x[%c0] : tensor<1xf32>
  %c = arith.cmpf ogt, %s, %level : f32
  %q = scf.if %c -> tensor<1xf32> {
    scf.yield %r : tensor<1xf32>
  } else {
    scf.yield %one : tensor<1xf32>
  }
  return %q : tensor<1xf32>
}

// Unless it is the layer that is stored or branched on. What comes behind a
// branch in any case does not depend on it.
// CHECK: error DR001 behind.layer1
// CHECK: error DR001 stored.layer1
func.func @behind(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<1xf32> {
  %c0 = arith.constant 0 : index
  %level = arith.constant -1.5 : f32
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %s = tensor.extract %x[%c0] : tensor<1xf32>
  %c = arith.cmpf ogt, %s, %level : f32
  cf.cond_br %c, ^a(%x : tensor<1xf32>), ^b
^b:
  %n = arith.subf %x, %one : tensor<1xf32>
  cf.br ^a(%n : tensor<1xf32>)
^a(%y: tensor<1xf32>):
  %r = act.relu %y : tensor<1xf32>
  %q = arith.addf %r, %one : tensor<1xf32>
  return %q : tensor<1xf32>
}
func.func @stored(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [-1.0]>}) -> tensor<1xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %m = memref.alloc() : memref<f32>
  %r = act.relu %x : tensor<1xf32>
  %s = tensor.extract %r[%c0] : tensor<1xf32>
  memref.store %s, %m[] : memref<f32>
  %c = arith.cmpf ogt, %s, %zero : f32
  %q = scf.if %c -> tensor<1xf32> {
    scf.yield %r : tensor<1xf32>
  } else {
    %l = memref.load %m[] : memref<f32>
    %t = tensor.from_elements %l : tensor<1xf32>
    scf.yield %t : tensor<1xf32>
  }
  return %q : tensor<1xf32>
}
