// Laws of weights that are not drawn, for relu layers.

// RUN: act-opt %s --act-fix-dead-relu=strategy=initialize -o %t.mlir --remarks-filter=act-fix-dead-relu 2>%t.remarks
// RUN: FileCheck %s < %t.mlir
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks

// Nothing is left to change.
// RUN: act-opt %t.mlir --act-fix-dead-relu=strategy=initialize -o %t.twice.mlir
// RUN: diff %t.mlir %t.twice.mlir

// sqrt(6), sqrt((16 + 32)/16), sqrt(2/(32 * 0.01)). Constant biases become 0 as
// drawn ones do; He's weights and the layer behind the last relu stay.
// REMARK: wide.layer1{{.*}}torch_default -> kaiming_uniform: weights times 2.449, biases 0
// REMARK: wide.layer2{{.*}}xavier_normal -> kaiming_normal: weights times 1.732, biases 0
// REMARK: wide.layer3{{.*}}normal -> kaiming_normal: weights times 2.500
// REMARK: wide.layer4{{.*}}biases 0
// CHECK-LABEL: @wide
// CHECK: act.init kaiming_uniform {in_dim = 0 : i64, out_dim = 1 : i64, seed = 7 : i64} : tensor<8x16xf32>
// CHECK: act.init zeros : tensor<16xf32>
// CHECK: act.init kaiming_normal {in_dim = 0 : i64, out_dim = 1 : i64} : tensor<16x32xf32>
// CHECK: dense<0.000000e+00> : tensor<1x32xf32>
// CHECK: act.init kaiming_normal {in_dim = 0 : i64, out_dim = 1 : i64} : tensor<32x64xf32>
// CHECK: act.init kaiming_uniform {in_dim = 0 : i64, out_dim = 1 : i64} : tensor<64x16xf32>
// CHECK: act.init zeros : tensor<1x16xf32>
// CHECK: act.init torch_default {in_dim = 0 : i64, out_dim = 1 : i64} : tensor<16x4xf32>
func.func @wide(%x: tensor<1x8xf32>) -> tensor<1x4xf32> {
  %zero = arith.constant 0.0 : f32
  %w1 = act.init torch_default {out_dim = 1 : i64, in_dim = 0 : i64, seed = 7 : i64} : tensor<8x16xf32>
  %b1 = act.init torch_default {fan_in = 8 : i64, seed = 8 : i64} : tensor<16xf32>
  %w2 = act.init xavier_normal {out_dim = 1 : i64, in_dim = 0 : i64} : tensor<16x32xf32>
  %b2 = arith.constant dense<0.1> : tensor<1x32xf32>
  %w3 = act.init normal {out_dim = 1 : i64, in_dim = 0 : i64, std = 0.1} : tensor<32x64xf32>
  %w4 = act.init kaiming_uniform {out_dim = 1 : i64, in_dim = 0 : i64} : tensor<64x16xf32>
  %b4 = act.init constant {value = 1.0} : tensor<1x16xf32>
  %w5 = act.init torch_default {out_dim = 1 : i64, in_dim = 0 : i64} : tensor<16x4xf32>
  %c = arith.constant dense<0.0> : tensor<1x4xf32>
  %e1 = tensor.empty() : tensor<1x16xf32>
  %s1 = linalg.broadcast ins(%b1 : tensor<16xf32>) outs(%e1 : tensor<1x16xf32>) dimensions = [0]
  %z1 = linalg.matmul ins(%x, %w1 : tensor<1x8xf32>, tensor<8x16xf32>) outs(%s1 : tensor<1x16xf32>) -> tensor<1x16xf32>
  %h1 = act.relu %z1 : tensor<1x16xf32>
  %z2 = linalg.matmul ins(%h1, %w2 : tensor<1x16xf32>, tensor<16x32xf32>) outs(%b2 : tensor<1x32xf32>) -> tensor<1x32xf32>
  %h2 = act.relu %z2 : tensor<1x32xf32>
  %e3 = tensor.empty() : tensor<1x64xf32>
  %s3 = linalg.fill ins(%zero : f32) outs(%e3 : tensor<1x64xf32>) -> tensor<1x64xf32>
  %z3 = linalg.matmul ins(%h2, %w3 : tensor<1x32xf32>, tensor<32x64xf32>) outs(%s3 : tensor<1x64xf32>) -> tensor<1x64xf32>
  %h3 = act.relu %z3 : tensor<1x64xf32>
  %z4 = linalg.matmul ins(%h3, %w4 : tensor<1x64xf32>, tensor<64x16xf32>) outs(%b4 : tensor<1x16xf32>) -> tensor<1x16xf32>
  %h4 = act.relu %z4 : tensor<1x16xf32>
  %y = linalg.matmul ins(%h4, %w5 : tensor<1x16xf32>, tensor<16x4xf32>) outs(%c : tensor<1x4xf32>) -> tensor<1x4xf32>
  return %y : tensor<1x4xf32>
}

// Two units in each of two layers: 1 - (3/4)^2 = 0.44 is above 0.01. Weights and
// biases of one layer share a seed.
// REMARK: narrow.layer1{{.*}}kaiming_normal -> randomized_asymmetric
// REMARK: narrow.layer2{{.*}}kaiming_normal -> randomized_asymmetric, biases stay
// CHECK-LABEL: @narrow
// CHECK: act.init randomized_asymmetric {fan_in = 3 : i64, in_dim = 0 : i64, out_dim = 1 : i64, seed = [[SEED:[0-9]+]] : i64} : tensor<3x2xf32>
// CHECK: act.init randomized_asymmetric {fan_in = 3 : i64, seed = [[SEED]] : i64} : tensor<2xf32>
// CHECK: act.init randomized_asymmetric {{.*}} : tensor<2x2xf32>
func.func @narrow(%x: tensor<1x3xf32>) -> tensor<1x2xf32> {
  %w1 = act.init kaiming_normal {out_dim = 1 : i64, in_dim = 0 : i64} : tensor<3x2xf32>
  %b1 = act.init zeros : tensor<2xf32>
  %w2 = act.init kaiming_normal {out_dim = 1 : i64, in_dim = 0 : i64} : tensor<2x2xf32>
  %b2 = arith.constant dense<0.0> : tensor<1x2xf32>
  %e = tensor.empty() : tensor<1x2xf32>
  %s = linalg.broadcast ins(%b1 : tensor<2xf32>) outs(%e : tensor<1x2xf32>) dimensions = [0]
  %z1 = linalg.matmul ins(%x, %w1 : tensor<1x3xf32>, tensor<3x2xf32>) outs(%s : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h1 = act.relu %z1 : tensor<1x2xf32>
  %z2 = linalg.matmul ins(%h1, %w2 : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b2 : tensor<1x2xf32>) -> tensor<1x2xf32>
  %y = act.relu %z2 : tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}
