// RUN: act-compile %s --emit=obj --mcpu=x86-64-v3 -o %t.o
// RUN: llvm-nm --undefined-only %t.o | FileCheck %s --implicit-check-not='{{exp|log|fma|__}}'
// RUN: act-compile %s --emit=obj --mcpu=x86-64 -o %t.o
// RUN: llvm-nm --undefined-only %t.o | FileCheck %s --implicit-check-not='{{exp|log|fma|__}}'

// Rows need memory for their sums and maxima, and nothing else: no processor's
// code calls libm, or the compiler's run-time library.

// CHECK-DAG: U free
// CHECK-DAG: U malloc
func.func @main(%x: tensor<?x64xf32>, %h: tensor<?x64xf16>, %d: tensor<?x64xf64>) -> (tensor<?x64xf32>, tensor<?x64xf16>, tensor<?x64xf64>) {
  %0 = act.log_softmax %x : (tensor<?x64xf32>) -> tensor<?x64xf32>
  %1 = act.softmax %h : (tensor<?x64xf16>) -> tensor<?x64xf16>
  %2 = act.softmin %d : (tensor<?x64xf64>) -> tensor<?x64xf64>
  return %0, %1, %2 : tensor<?x64xf32>, tensor<?x64xf16>, tensor<?x64xf64>
}
