// act-compile writes each form of a function, and a C program that includes its
// header and links its library calls it.

// RUN: act-compile %s --entry=shift -o - --emit=mlir | FileCheck %s --check-prefix=MLIR
// MLIR: llvm.func @shift(%{{.*}}: !llvm.ptr {llvm.noalias}

// RUN: act-compile %s --entry=shift -o - --emit=llvm --mcpu=generic | FileCheck %s --check-prefix=LLVM
// LLVM: target triple
// LLVM: define void @shift(
// LLVM: "target-cpu"="generic"

// RUN: act-compile %s --entry=shift -o - --emit=asm --mtriple=aarch64-linux-gnu | FileCheck %s --check-prefix=ASM
// ASM: shift:
// ASM: fadd {{v[0-9]+}}.4s

// RUN: act-compile %s --entry=shift -o %t.o --emit=obj --mtriple=riscv64-linux-gnu
// RUN: llvm-readobj --file-headers --symbols %t.o | FileCheck %s --check-prefix=OBJ
// OBJ: Arch: riscv64
// OBJ: Name: shift ({{[0-9]+}})

// Only the function and its companion can be seen from outside.
// RUN: act-compile %s --entry=grow -o %t.so --emit=shared --header=%t.h
// RUN: llvm-nm --dynamic --defined-only %t.so | FileCheck %s --check-prefix=SYMBOLS
// SYMBOLS-NOT: {{[TDBRVW]}}
// SYMBOLS: T grow{{$}}
// SYMBOLS: T grow_result_dims{{$}}
// SYMBOLS-NOT: {{[TDBRVW]}}

// RUN: FileCheck %s --check-prefix=HEADER --input-file=%t.h
// HEADER: #ifndef ACT_GROW_H
// HEADER: in0 d0 x 2 array of f32
// HEADER: in1 one f64
// HEADER: in2 3 values of bf16, each as its 16-bit pattern
// HEADER: out0 r0 x 2 array of f32
// HEADER: out1 3 values of bf16, each as its 16-bit pattern
// HEADER: void grow(const float *in0, const double *in1, const uint16_t *in2, int64_t d0, float *out0, uint16_t *out1);
// HEADER: void grow_result_dims(int64_t d0, int64_t *result_dims);

// RUN: %cc -std=c99 -Wall -Wextra -Wpedantic -Werror -x c -include %t.h %S/Inputs/call-grow.c -x none %t.so -o %t.c.exe
// RUN: %t.c.exe
// RUN: %cxx -Wall -Wextra -Werror -x c++ -include %t.h %S/Inputs/call-grow.c -x none %t.so -o %t.cc.exe
// RUN: %t.cc.exe

// --name renames; `main`, which C keeps for itself, takes the file's name.
// RUN: act-compile %s --entry=shift --name=renamed -o - --emit=llvm | FileCheck %s --check-prefix=RENAMED
// RENAMED: define void @renamed(
// RUN: act-compile %s -o - --emit=llvm | FileCheck %s --check-prefix=MAIN
// MAIN: define void @act_compile(

// A function without arrays.
// RUN: act-compile %s --entry=nothing -o %t.o --header=%t.nothing.h
// RUN: FileCheck %s --check-prefix=NOTHING --input-file=%t.nothing.h
// NOTHING: /* nothing takes no array and fills none. */
// NOTHING-NEXT: void nothing(void);
func.func @nothing() {
  return
}

// A function without a body is one of C's.
// RUN: act-compile %s --entry=scaled -o %t.scaled.o --header=%t.scaled.h
// RUN: %cc -std=c99 -Wall -Werror -x c -include %t.scaled.h %S/Inputs/call-scaled.c -x none %t.scaled.o -o %t.scaled.exe
// RUN: %t.scaled.exe
func.func private @scale(%x: f32, %n: i32) -> f32
func.func @scaled(%x: tensor<?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %three = arith.constant 3 : i32
  %n = tensor.dim %x, %c0 : tensor<?xf32>
  %e = tensor.empty(%n) : tensor<?xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
    ins(%x : tensor<?xf32>) outs(%e : tensor<?xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = func.call @scale(%a, %three) : (f32, i32) -> f32
    %r = act.relu %s : f32
    linalg.yield %r : f32
  } -> tensor<?xf32>
  return %y : tensor<?xf32>
}

func.func @shift(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = arith.addf %x, %x : tensor<?xf32>
  return %y : tensor<?xf32>
}

func.func @grow(%x: tensor<?x2xf32>, %s: f64, %b: tensor<3xbf16>)
    -> (tensor<?x2xf32>, tensor<3xbf16>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %low = arith.truncf %s : f64 to f32
  %y = tensor.pad %x low[1, 0] high[1, 0] {
  ^bb0(%i: index, %j: index):
    tensor.yield %low : f32
  } : tensor<?x2xf32> to tensor<?x2xf32>
  %z = arith.negf %b : tensor<3xbf16>
  return %y, %z : tensor<?x2xf32>, tensor<3xbf16>
}

func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = arith.negf %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
