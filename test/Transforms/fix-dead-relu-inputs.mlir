// Biases that follow from the means of the inputs.

// RUN: act-opt %s --act-fix-dead-relu=strategy=centre-inputs | FileCheck %s --check-prefix=CENTRE
// RUN: act-opt %s --act-fix-dead-relu=strategy=centre-inputs --remarks-filter=act-fix-dead-relu 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK
// RUN: act-opt %s --act-fix-dead-relu=strategy=recentre | FileCheck %s --check-prefix=MEDIAN
// RUN: act-opt %s --act-fix-dead-relu='strategy=recentre probability=0.9' | FileCheck %s --check-prefix=OFTEN

// Neither dead units nor units that hardly fire are left where the inputs are
// the cause, and nothing changes again.
// RUN: act-opt %s --act-fix-dead-relu=strategy=centre-inputs -o %t.once.mlir
// RUN: act-opt %t.once.mlir --act-fix-dead-relu=strategy=centre-inputs -o %t.twice.mlir
// RUN: diff %t.once.mlir %t.twice.mlir
// RUN: act-opt %s --act-fix-dead-relu=strategy=recentre | act-opt --act-find-dead-units -o /dev/null 2>&1 | FileCheck %s --check-prefix=AGAIN --allow-empty
// AGAIN-NOT: {{(is|are) dead|DR003}}

// W mu = [4, -3] for the middle (1, 1) of the box. Unit 1 was dead: -2 x1 - x2 -
// 0.5 <= -0.5. The biases of both move, for both have the same inputs.
// REMARK: box.layer1{{.*}}units 0, 1: bias 0.5 -> -3.5, -0.5 -> 2.5
// CENTRE-LABEL: @box
// CENTRE: dense<{{\[\[}}-3.500000e+00, 2.500000e+00]]>
func.func @box(%x: tensor<1x2xf32> {act.domain = #act.box<[0.0], [2.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[1.0, -2.0], [3.0, -1.0]]> : tensor<2x2xf32>
  %b = arith.constant dense<[[0.5, -0.5]]> : tensor<1x2xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// z = x1 - x2 + b is N(b - 9, 5) for x1 of N(1, 1) and x2 of N(10, 2): unit 1
// fires with the probability of a deviate above 11/sqrt(5), 4e-7. Centred, z is
// N(b, 5). To fire for half or nine tenths of the inputs, b is 9 and 9 +
// 1.2815516 sqrt(5).
// REMARK: normal.layer1{{.*}}units 0, 1: bias 9.5 -> 18.5, -2 -> 7
// CENTRE-LABEL: @normal
// CENTRE: dense<{{\[\[}}1.850000e+01, 7.000000e+00]]>
// MEDIAN-LABEL: @normal
// MEDIAN: dense<{{\[\[}}9.500000e+00, 9.000000e+00]]>
// OFTEN-LABEL: @normal
// OFTEN: dense<{{\[\[}}9.500000e+00, 11.8656{{.*}}]]>
func.func @normal(%x: tensor<1x2xf32> {act.domain = #act.normal<mean = [1.0, 10.0], std = [1.0, 2.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[1.0, 1.0], [-1.0, -1.0]]> : tensor<2x2xf32>
  %b = arith.constant dense<[[9.5, -2.0]]> : tensor<1x2xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// A window at the border reads zeros, whose mean is 0.
// REMARK: padded.layer1{{.*}}unit 0: expected the same sum of inputs with a bounded or a normal domain at all positions
func.func @padded(%x: tensor<1x1x4xf32> {act.domain = #act.box<[1.0], [2.0]>}) -> tensor<1x2x4xf32> {
  %zero = arith.constant 0.0 : f32
  %w = arith.constant dense<[[[-1.0, -1.0, -1.0]], [[1.0, 1.0, 1.0]]]> : tensor<2x1x3xf32>
  %b = arith.constant dense<[1.0, 1.0]> : tensor<2xf32>
  %p = tensor.pad %x low[0, 0, 1] high[0, 0, 1] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %zero : f32
  } : tensor<1x1x4xf32> to tensor<1x1x6xf32>
  %e = tensor.empty() : tensor<1x2x4xf32>
  %s = linalg.broadcast ins(%b : tensor<2xf32>) outs(%e : tensor<1x2x4xf32>) dimensions = [0, 2]
  %z = linalg.conv_1d_ncw_fcw ins(%p, %w : tensor<1x1x6xf32>, tensor<2x1x3xf32>) outs(%s : tensor<1x2x4xf32>) -> tensor<1x2x4xf32>
  %r = act.relu %z : tensor<1x2x4xf32>
  return %r : tensor<1x2x4xf32>
}

// The inputs of a second layer have no law.
// REMARK: second.layer2{{.*}}unit 0: expected the same sum of inputs
func.func @second(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [2.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<1.0> : tensor<1x1xf32>
  %v = arith.constant dense<[[-1.0, 1.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<0.0> : tensor<1x1xf32>
  %c = arith.constant dense<-0.5> : tensor<1x2xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %h = act.relu %z : tensor<1x1xf32>
  %y = linalg.matmul ins(%h, %v : tensor<1x1xf32>, tensor<1x2xf32>) outs(%c : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %y : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}
