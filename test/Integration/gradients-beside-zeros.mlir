// REQUIRES: x86-64-v3-host

// Beside a zero of a derivative its value in one float may have the sign of the
// other side: with what the form keeps besides, it has not, and so its product.

// RUN: act-npy make %t.a.npy f32 4 --values=1,-3,0,-0
// RUN: act-npy make %t.gelu.npy f32 4 --values=-0.7517915368080139,-0.7517915368080139,-0.7517915368080139,-0.7517915368080139
// RUN: act-run %s --entry=gelu --input=%t.a.npy --input=%t.gelu.npy --output=%t.y.npy
// RUN: act-npy print %t.y.npy | FileCheck %s --check-prefix=GELU
// RUN: act-run %s --entry=gelu --input=%t.a.npy --input=%t.gelu.npy --mcpu=x86-64-v3 --output=%t.y.npy
// RUN: act-npy print %t.y.npy | FileCheck %s --check-prefix=GELU
// GELU: -5.2273{{[0-9]*}}e-09 1.5681{{[0-9]*}}e-08 -0 0
func.func @gelu(%a: tensor<?xf32>, %b: tensor<?xf32>) -> tensor<?xf32> {
  %d = act.derivative "act.gelu" %b : tensor<?xf32>
  %y = arith.mulf %a, %d : tensor<?xf32>
  return %y : tensor<?xf32>
}

// RUN: act-npy make %t.silu.npy f32 4 --values=-1.2784645557403564,-1.2784645557403564,-1.2784645557403564,-1.2784645557403564
// RUN: act-run %s --entry=silu --input=%t.a.npy --input=%t.silu.npy --output=%t.y.npy
// RUN: act-npy print %t.y.npy | FileCheck %s --check-prefix=SILU
// RUN: act-run %s --entry=silu --input=%t.a.npy --input=%t.silu.npy --mcpu=x86-64-v3 --output=%t.y.npy
// RUN: act-npy print %t.y.npy | FileCheck %s --check-prefix=SILU
// SILU: -2.8270{{[0-9]*}}e-09 8.4811{{[0-9]*}}e-09 -0 0
func.func @silu(%a: tensor<?xf32>, %b: tensor<?xf32>) -> tensor<?xf32> {
  %d = act.derivative "act.silu" %b : tensor<?xf32>
  %y = arith.mulf %a, %d : tensor<?xf32>
  return %y : tensor<?xf32>
}
