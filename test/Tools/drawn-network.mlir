// A network whose weights are not drawn yet compiles and runs; its seeds say
// which numbers it has.

// RUN: act-npy make %t.x.npy f32 1x4 --values=1,-2,0.5,3
// RUN: act-run %s --entry=layers --input=%t.x.npy --output=%t.y.npy
// RUN: act-npy print %t.y.npy | FileCheck %s
// CHECK: <f4 (1, 2) 1.48527{{[0-9]*}} 0.106127{{[0-9]*}}
func.func @layers(%x: tensor<1x4xf32>) -> tensor<1x2xf32> {
  %w1 = act.init kaiming_normal {out_dim = 1, in_dim = 0, seed = 1} : tensor<4x8xf32>
  %b1 = act.init torch_default {fan_in = 4, seed = 2} : tensor<1x8xf32>
  %z1 = linalg.matmul ins(%x, %w1 : tensor<1x4xf32>, tensor<4x8xf32>) outs(%b1 : tensor<1x8xf32>) -> tensor<1x8xf32>
  %h1 = act.relu %z1 : tensor<1x8xf32>
  %w2 = act.init orthogonal {out_dim = 1, in_dim = 0, seed = 3} : tensor<8x2xf32>
  %b2 = act.init zeros : tensor<1x2xf32>
  %z2 = linalg.matmul ins(%h1, %w2 : tensor<1x8xf32>, tensor<8x2xf32>) outs(%b2 : tensor<1x2xf32>) -> tensor<1x2xf32>
  return %z2 : tensor<1x2xf32>
}

// Without seeds of their own they come from the tool's.
// RUN: act-run %s --entry=seedless --seed=7 --output=%t.s.npy
// RUN: act-npy print %t.s.npy | FileCheck %s --check-prefix=SEEDED
// SEEDED: <f4 (2,) 1.311103{{[0-9]*}} 0.886097{{[0-9]*}}
// RUN: act-compile %s --entry=layers --seed=7 -o %t.o
// RUN: %exit-code 2 act-compile %s --entry=seedless -o %t.o 2>&1 | FileCheck %s --check-prefix=SEEDLESS
// SEEDLESS: error: 'act.init' op expected the attribute 'seed' or the option seed
func.func @seedless() -> tensor<2xf32> {
  %w = act.init normal : tensor<2xf32>
  return %w : tensor<2xf32>
}

// |Q x| = |x|: the square of the norm of the output is that of the input.
// RUN: act-run %s --entry=rotation --seed=1 --input=%t.x.npy --output=%t.n.npy
// RUN: act-npy print %t.n.npy | FileCheck %s --check-prefix=NORM
// NORM: <f4 (1, 1) 14.25
func.func @rotation(%x: tensor<1x4xf32>) -> tensor<1x1xf32> {
  %q = act.init orthogonal {seed = 4} : tensor<4x4xf32>
  %zero = act.init zeros : tensor<1x4xf32>
  %none = act.init zeros : tensor<1x1xf32>
  %y = linalg.matmul ins(%x, %q : tensor<1x4xf32>, tensor<4x4xf32>) outs(%zero : tensor<1x4xf32>) -> tensor<1x4xf32>
  %column = tensor.expand_shape %y [[0], [1, 2]] output_shape [1, 4, 1] : tensor<1x4xf32> into tensor<1x4x1xf32>
  %t = tensor.collapse_shape %column [[0, 1], [2]] : tensor<1x4x1xf32> into tensor<4x1xf32>
  %square = linalg.matmul ins(%y, %t : tensor<1x4xf32>, tensor<4x1xf32>) outs(%none : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %square : tensor<1x1xf32>
}
