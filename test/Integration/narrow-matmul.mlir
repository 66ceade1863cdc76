// A product that is too narrow for vectors compiles in every format; the sum
// of the small ones is rounded after each step.

// RUN: act-npy make %t.f32.npy f32 1x3 --values=1,2,3
// RUN: act-run %s --entry=f32 --input=%t.f32.npy --output=%t.y.npy
// RUN: act-npy print %t.y.npy | FileCheck %s
// RUN: act-npy make %t.f16.npy f16 1x3 --values=1,2,3
// RUN: act-run %s --entry=f16 --input=%t.f16.npy --output=%t.y.npy
// RUN: act-npy print %t.y.npy | FileCheck %s
// RUN: act-npy make %t.bf16.npy bf16 1x3 --values=1,2,3
// RUN: act-run %s --entry=bf16 --input=%t.bf16.npy --output=%t.y.npy
// RUN: act-npy print %t.y.npy | FileCheck %s
// CHECK: (1, 1) 2.5

func.func @f32(%x: tensor<1x3xf32>) -> tensor<1x1xf32> {
  %b = arith.constant dense<0.25> : tensor<1x1xf32>
  %w = arith.constant dense<[[1.0], [-0.5], [0.75]]> : tensor<3x1xf32>
  %y = linalg.matmul ins(%x, %w : tensor<1x3xf32>, tensor<3x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

func.func @f16(%x: tensor<1x3xf16>) -> tensor<1x1xf16> {
  %b = arith.constant dense<0.25> : tensor<1x1xf16>
  %w = arith.constant dense<[[1.0], [-0.5], [0.75]]> : tensor<3x1xf16>
  %y = linalg.matmul ins(%x, %w : tensor<1x3xf16>, tensor<3x1xf16>) outs(%b : tensor<1x1xf16>) -> tensor<1x1xf16>
  return %y : tensor<1x1xf16>
}

func.func @bf16(%x: tensor<1x3xbf16>) -> tensor<1x1xbf16> {
  %b = arith.constant dense<0.25> : tensor<1x1xbf16>
  %w = arith.constant dense<[[1.0], [-0.5], [0.75]]> : tensor<3x1xbf16>
  %y = linalg.matmul ins(%x, %w : tensor<1x3xbf16>, tensor<3x1xbf16>) outs(%b : tensor<1x1xbf16>) -> tensor<1x1xbf16>
  return %y : tensor<1x1xbf16>
}
