// --openmp: the function calls LLVM's OpenMP library, whoever links or calls it.

// RUN: act-compile %s --entry=large -o - --emit=llvm --openmp | FileCheck %s
// CHECK: define void @large(
// CHECK: call {{.*}}@__kmpc_fork_call(
// CHECK: define internal void @large..omp_par(
// RUN: act-compile %s --entry=large -o - --emit=llvm | FileCheck %s --check-prefix=PLAIN
// PLAIN-NOT: kmpc

// What is too small for threads needs no library.
// RUN: act-compile %s --entry=small -o - --emit=llvm --openmp | FileCheck %s --check-prefix=PLAIN

// A shared library is linked with it.
// RUN: %if libomp %{ act-compile %s --entry=large -o %t.so --emit=shared --openmp %}
// RUN: %if libomp %{ llvm-readelf --dynamic %t.so | FileCheck %s --check-prefix=SHARED %}
// SHARED: NEEDED{{.*}}libomp.so

// Here is none, which matters to the large function alone.
// RUN: rm -rf %t && mkdir %t && echo none > %t/libomp.so.5
// RUN: act-npy make %t/x.npy f32 65536 --values=1
// RUN: env LD_LIBRARY_PATH=%t %exit-code 2 act-run %s --entry=large --openmp --input=%t/x.npy --output=%t/y.npy 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: expected LLVM's OpenMP library to run code on several threads, got: {{.*}}libomp.so.5: {{.*}}; install the Debian package libomp-22-dev or leave out --openmp
// RUN: not ls %t/y.npy
// RUN: act-npy make %t/x.npy f32 1024 --values=1
// RUN: env LD_LIBRARY_PATH=%t act-run %s --entry=small --openmp --input=%t/x.npy --output=%t/y.npy

func.func @large(%x: tensor<65536xf32>) -> tensor<65536xf32> {
  %y = act.tanh %x : tensor<65536xf32>
  return %y : tensor<65536xf32>
}

func.func @small(%x: tensor<1024xf32>) -> tensor<1024xf32> {
  %y = act.tanh %x : tensor<1024xf32>
  return %y : tensor<1024xf32>
}
