// The text report: layers with bars, then what, why, how sure, what to do.

// RUN: %exit-code 1 act-lint %s --domain='0:[-1,1]' > %t.txt
// RUN: FileCheck %s --match-full-lines --strict-whitespace < %t.txt

func.func @main(%x: tensor<1x2xf32>) -> tensor<1x4xf32> {
  %w = arith.constant dense<[[1.0, 1.0, 0.5, 1.0], [-1.0, 1.0, 0.5, 1.0]]> : tensor<2x4xf32>
  %b = arith.constant dense<[[0.0, -3.0, 4.0, 0.5]]> : tensor<1x4xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x4xf32>) outs(%b : tensor<1x4xf32>) -> tensor<1x4xf32>
  %r = act.relu %m : tensor<1x4xf32>
  return %r : tensor<1x4xf32>
}

//      CHECK:{{.*}}act-lint-text.mlir: 1 layer, 4 units
// CHECK-NEXT:  x dead  s saturated  = stably active  + alive or mixed  ! poisoned  . unknown
// CHECK-NEXT:  main.layer1  relu  |xxxxxx======++++++++++++|  1 dead, 1 stably active, 2 mixed
//CHECK-EMPTY:
// CHECK-NEXT:warning DR002 main.layer1 at {{.*}}act-lint-text.mlir:10:8
// CHECK-NEXT:    what:     unit 1 of 4 is dead: its output is 0 for every input of the domain and no gradient passes (25.0 %)
// CHECK-NEXT:    why:      pre-activation of unit 1 in [-5, -0.999999]
// CHECK-NEXT:    how sure: interval bounds of the program as executed in f32, any order of summation
// CHECK-NEXT:    to do:    raise the pre-activation of unit 1, as by a bias: by 0.999998 or less it stays dead, by more than 1.00001 it fires for an input that is known, by 3 its bounds are centred (changes what the network computes)
//CHECK-EMPTY:
// CHECK-NEXT:note DR012 main.layer1 at {{.*}}
