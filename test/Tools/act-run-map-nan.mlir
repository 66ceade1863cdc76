// RUN: act-npy make %t.x.npy f32 10 --values=nan,1,-1,0,inf,-inf,nan,2,nan,3
// RUN: act-run %s --entry=map --input=%t.x.npy --output=%t.y.npy
// RUN: act-npy print %t.y.npy | FileCheck %s
// RUN: act-run %s --entry=map --input=%t.x.npy --output=%t.y.npy --mcpu=x86-64
// RUN: act-npy print %t.y.npy | FileCheck %s

// NaN gives what the body of a map gives, in registers and in a tail.

// CHECK: 0 2.71{{[0-9]+}} 0 0 inf 0 0 7.38{{[0-9]+}} 0 20.08{{[0-9]+}}
func.func @map(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = act.map %x : tensor<?xf32> {
  ^bb0(%a: f32):
    %zero = arith.constant 0.0 : f32
    %c = arith.cmpf ogt, %a, %zero : f32
    %e = math.exp %a : f32
    %r = arith.select %c, %e, %zero : f32
    act.yield %r : f32
  }
  return %y : tensor<?xf32>
}
