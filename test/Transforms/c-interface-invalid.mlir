// RUN: act-opt %s --act-c-interface --split-input-file --verify-diagnostics
// RUN: %exit-code 1 act-opt %s --act-c-interface="entry=nothing" --split-input-file 2>&1 | FileCheck %s

// CHECK: error: expected a public function 'nothing', got 'other', 'another'; choose one as the entry (--entry)

// expected-error @below {{expected a public function 'main', got 'other', 'another'; choose one as the entry (--entry)}}
module {
  func.func @other() {
    return
  }
  func.func @another() {
    return
  }
}

// -----

// expected-error @below {{expected argument #1 of entry function 'main' to be a ranked tensor or scalar of f16, bf16, f32, f64, an 8-bit float with NaN, i8, i16, i32 or i64, got 'vector<4xf32>'}}
func.func @main(%x: tensor<4xf32>, %y: vector<4xf32>) {
  return
}

// -----

// expected-error @below {{expected result #0 of entry function 'main' to be a ranked tensor or scalar of f16, bf16, f32, f64, an 8-bit float with NaN, i8, i16, i32 or i64, got 'tensor<*xf32>'}}
func.func @main(%x: tensor<4xf32>) -> tensor<*xf32> {
  %y = tensor.cast %x : tensor<4xf32> to tensor<*xf32>
  return %y : tensor<*xf32>
}

// -----

// expected-error @below {{expected an entry function that nothing calls, got a call of 'main'}}
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = func.call @main(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

// The size of the result is a value of the input.

// expected-error @below {{expected result dimensions that follow from those of the inputs, got one that needs computed values; give the result a static dimension}}
// expected-note @below {{the dimension is computed from this tensor.empty}}
func.func @main(%n: i64) -> tensor<?xf32> {
  %size = arith.index_cast %n : i64 to index
  %y = tensor.empty(%size) : tensor<?xf32>
  return %y : tensor<?xf32>
}

// -----

// expected-error @below {{expected an entry function of one block, since its results have dynamic dimensions, got branches}}
func.func @main(%x: tensor<?xf32>, %y: tensor<?xf32>, %c: i32) -> tensor<?xf32> {
  cf.br ^loop(%x, %c : tensor<?xf32>, i32)
^loop(%v: tensor<?xf32>, %n: i32):
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %flag = arith.cmpi sgt, %n, %zero : i32
  %m = arith.subi %n, %one : i32
  cf.cond_br %flag, ^loop(%y, %m : tensor<?xf32>, i32), ^exit
^exit:
  return %v : tensor<?xf32>
}

// -----

func.func @main(%x: tensor<?xf32>, %n: i64) -> (tensor<?xf32>, i64) {
  %m = call @main_result_dims(%n) : (i64) -> i64
  return %x, %m : tensor<?xf32>, i64
}
// expected-error @below {{expected a name other than 'main_result_dims', which the function of the result dimensions has}}
func.func private @main_result_dims(%n: i64) -> i64

// -----

// expected-error @below {{got 'tensor<3xi1>'; pass truth values as i8 and convert them inside}}
func.func @main(%x: tensor<3xf32>, %m: tensor<3xi1>) -> tensor<3xf32> {
  return %x : tensor<3xf32>
}

// -----

func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = call @scale(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
// expected-error @below {{expected a function without a body to take scalars of f32, f64, i32 or i64 and to give one at most, got '(tensor<4xf32>) -> tensor<4xf32>'; give it a body}}
func.func private @scale(%x: tensor<4xf32>) -> tensor<4xf32>
