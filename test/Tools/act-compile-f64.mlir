// RUN: act-compile %s --emit=obj --mcpu=x86-64-v4 -o %t.o
// RUN: llvm-nm --undefined-only %t.o | count 0
// RUN: act-compile %s --emit=obj --mcpu=x86-64-v3 -o %t.o
// RUN: llvm-nm --undefined-only %t.o | count 0
// RUN: act-compile %s --emit=obj --mcpu=x86-64 -o %t.o
// RUN: llvm-nm --undefined-only %t.o | count 0

// On no processor does an activation in f64 call libm: not for its functions,
// and not for multiply-adds where the processor has none.
func.func @main(%x: tensor<?xf64>, %g: tensor<?xf64>) -> (tensor<?xf64>, tensor<?xf64>, tensor<?xf64>, tensor<?xf64>, tensor<?xf64>, tensor<?xf64>, tensor<?xf64>) {
  %0 = act.gelu %x : tensor<?xf64>
  %1 = act.mish %x : tensor<?xf64>
  %2 = act.elu %x : tensor<?xf64>
  %3 = act.tanh_shrink %x : tensor<?xf64>
  %4 = act.hard_swish %x : tensor<?xf64>
  %5 = act.squareplus %x : tensor<?xf64>
  %6 = act.swiglu %x gate %g : (tensor<?xf64>, tensor<?xf64>) -> tensor<?xf64>
  return %0, %1, %2, %3, %4, %5, %6 : tensor<?xf64>, tensor<?xf64>, tensor<?xf64>, tensor<?xf64>, tensor<?xf64>, tensor<?xf64>, tensor<?xf64>
}
