// Cases that detectors get wrong, beside those in the files around (grep for
// the number: "hard case 7"). The answers are those that hold; what could be
// proved with more effort may be unknown, never something else.

// RUN: act-lint %s --fail-on=never | FileCheck %s

// Hard case 22: results do not depend on the number of threads.
// RUN: not act-opt %s --act-find-dead-units -o /dev/null 2> %t.all.txt
// RUN: not act-opt %s --act-find-dead-units --mlir-disable-threading -o /dev/null 2> %t.one.txt
// RUN: diff %t.all.txt %t.one.txt

// Hard case 3: padding of 3 on the left alone. z = x[i] - x[i + 1] - 1.5 fires at
// the padded column only; a stride of 2 that starts one later never meets it.
// CHECK-DAG: padded_by_one.layer1 relu |{{.*}}| 1 {{alive|mixed}}
// CHECK-DAG: padded_by_one.layer2 relu |{{.*}}| 1 dead
func.func @padded_by_one(%x: tensor<1x1x4x1xf32> {act.domain = #act.box<[1.0], [2.0]>}) -> (tensor<1x1x2x1xf32>, tensor<1x1x2x1xf32>) {
  %three = arith.constant 3.0 : f32
  %p = tensor.pad %x low[0, 0, 1, 0] high[0, 0, 0, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %three : f32
  } : tensor<1x1x4x1xf32> to tensor<1x1x5x1xf32>
  %w = arith.constant dense<[[[[1.0]], [[-1.0]]]]> : tensor<1x2x1x1xf32>
  %b = arith.constant dense<-1.5> : tensor<1x1x2x1xf32>
  %z = linalg.conv_2d_nhwc_hwcf {strides = dense<[1, 2]> : tensor<2xi64>} ins(%p, %w : tensor<1x1x5x1xf32>, tensor<1x2x1x1xf32>) outs(%b : tensor<1x1x2x1xf32>) -> tensor<1x1x2x1xf32>
  %r = act.relu %z : tensor<1x1x2x1xf32>
  %s = tensor.extract_slice %p[0, 0, 1, 0] [1, 1, 4, 1] [1, 1, 1, 1] : tensor<1x1x5x1xf32> to tensor<1x1x4x1xf32>
  %y = linalg.conv_2d_nhwc_hwcf {strides = dense<[1, 2]> : tensor<2xi64>} ins(%s, %w : tensor<1x1x4x1xf32>, tensor<1x2x1x1xf32>) outs(%b : tensor<1x1x2x1xf32>) -> tensor<1x1x2x1xf32>
  %q = act.relu %y : tensor<1x1x2x1xf32>
  return %r, %q : tensor<1x1x2x1xf32>, tensor<1x1x2x1xf32>
}

// Hard case 6: batch-norm in evaluation form, gamma = 1, 0 and -1 over a
// variance of 0 with an epsilon.
// CHECK-DAG: batch_norm.layer1 relu |{{.*}}| 2 dead, 1 stably active
func.func @batch_norm(%x: tensor<1x3xf32> {act.domain = #act.box<[1.0], [2.0]>}) -> tensor<1x3xf32> {
  %mean = arith.constant dense<3.0> : tensor<1x3xf32>
  %variance = arith.constant dense<0.0> : tensor<1x3xf32>
  %epsilon = arith.constant dense<0.25> : tensor<1x3xf32>
  %gamma = arith.constant dense<[[1.0, 0.0, -1.0]]> : tensor<1x3xf32>
  %beta = arith.constant dense<[[0.0, -1.0, 0.0]]> : tensor<1x3xf32>
  %c = arith.subf %x, %mean : tensor<1x3xf32>
  %v = arith.addf %variance, %epsilon : tensor<1x3xf32>
  %i = math.rsqrt %v : tensor<1x3xf32>
  %n = arith.mulf %c, %i : tensor<1x3xf32>
  %g = arith.mulf %n, %gamma : tensor<1x3xf32>
  %z = arith.addf %g, %beta : tensor<1x3xf32>
  %r = act.relu %z : tensor<1x3xf32>
  return %r : tensor<1x3xf32>
}

// Hard case 7: the sum of a softmax is 1, so that z = -0.5; a box says less.
// CHECK-DAG: simplex.layer1 relu |{{.*}}| 1 {{dead|unknown}}
func.func @simplex(%x: tensor<1x3xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1xf32> {
  %s = act.softmax %x : (tensor<1x3xf32>) -> tensor<1x3xf32>
  %w = arith.constant dense<-1.0> : tensor<3x1xf32>
  %b = arith.constant dense<0.5> : tensor<1x1xf32>
  %z = linalg.matmul ins(%s, %w : tensor<1x3xf32>, tensor<3x1xf32>) outs(%b : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = act.relu %z : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// Hard case 11: relu6 of relu6 lies between its zones and touches both.
// CHECK-DAG: twice.layer1 relu6 |{{.*}}| 1 mixed
// CHECK-DAG: twice.layer2 relu6 |{{.*}}| 1 stably active
func.func @twice(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [9.0]>}) -> tensor<1xf32> {
  %0 = act.relu6 %x : tensor<1xf32>
  %1 = act.relu6 %0 : tensor<1xf32>
  return %1 : tensor<1xf32>
}

// Hard case 13: the same constant in two layers; what is dead behind one input
// is not behind another.
// CHECK-DAG: tied.layer1 relu |{{.*}}| 1 dead, 1 stably active
// CHECK-DAG: tied.layer2 relu |{{.*}}| 2 dead
func.func @tied(%x: tensor<1x2xf32> {act.domain = #act.box<[1.0], [2.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[-1.0, 1.0], [-1.0, -0.25]]> : tensor<2x2xf32>
  %b = arith.constant dense<0.0> : tensor<1x2xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %h = act.relu %z : tensor<1x2xf32>
  %y = linalg.matmul ins(%h, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %y : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// Hard case 8: maxnumf makes 0 of NaN for every input, which is no dead unit.
// CHECK-DAG: quiet.layer1 relu |{{.*}}| 1 poisoned
func.func @quiet(%x: tensor<1x1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1x1xf32> {
  %w = arith.constant dense<0x7FC00000> : tensor<1x1xf32>
  %zero = arith.constant dense<0.0> : tensor<1x1xf32>
  %z = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x1xf32>) outs(%zero : tensor<1x1xf32>) -> tensor<1x1xf32>
  %r = arith.maxnumf %z, %zero : tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// Hard case 14: a scale below 0 turns the order of quantized inputs.
// CHECK-DAG: dequantized.layer1 relu |{{.*}}| 1 {{dead|unknown}}
func.func @dequantized(%q: tensor<1xi8>) -> tensor<1xf32> {
  %f = arith.sitofp %q : tensor<1xi8> to tensor<1xf32>
  %point = arith.constant dense<-129.0> : tensor<1xf32>
  %scale = arith.constant dense<-0.5> : tensor<1xf32>
  %c = arith.subf %f, %point : tensor<1xf32>
  %x = arith.mulf %c, %scale : tensor<1xf32>
  %r = act.relu %x : tensor<1xf32>
  return %r : tensor<1xf32>
}

// Hard case 15: with a leak of -1 or 2 no side is dead; the halves of CReLU
// are silent where the other is not.
// CHECK-DAG: leaks.layer1 leaky_relu |{{.*}}| 1 {{alive|stably active}}
// CHECK-DAG: leaks.layer2 leaky_relu |{{.*}}| 1 {{alive|stably active}}
// CHECK-DAG: leaks.layer3 relu |{{.*}}| 2 mixed
func.func @leaks(%x: tensor<1xf32> {act.domain = #act.box<[-2.0], [1.0]>}) -> (tensor<1xf32>, tensor<1xf32>, tensor<2xf32>) {
  %0 = act.leaky_relu %x {alpha = -1.0 : f64} : tensor<1xf32>
  %1 = act.leaky_relu %x {alpha = 2.0 : f64} : tensor<1xf32>
  %n = arith.negf %x : tensor<1xf32>
  %c = tensor.concat dim(0) %x, %n : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
  %2 = act.relu %c : tensor<2xf32>
  return %0, %1, %2 : tensor<1xf32>, tensor<1xf32>, tensor<2xf32>
}

// Hard case 21: what the support of a law says: torch's init.uniform_ on
// inputs that are not negative, a constant below 0.
// CHECK-DAG: laws.layer1 relu |{{.*}}| 2 {{stably active|unknown}}
// CHECK-DAG: laws.layer2 relu |{{.*}}| 2 dead
func.func @laws(%x: tensor<1x2xf32> {act.domain = #act.box<[0.5], [1.0]>}) -> (tensor<1x2xf32>, tensor<1x2xf32>) {
  %b = arith.constant dense<0.0> : tensor<1x2xf32>
  %u = act.init uniform {lower = 0.0 : f64, upper = 1.0 : f64} : tensor<2x2xf32>
  %z = linalg.matmul ins(%x, %u : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  %c = act.init constant {value = -0.5} : tensor<2x2xf32>
  %y = linalg.matmul ins(%x, %c : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %q = act.relu %y : tensor<1x2xf32>
  return %r, %q : tensor<1x2xf32>, tensor<1x2xf32>
}

// Hard case 5: relu after the sum of a residual block stands on every path, so
// that it may fire though the branch is dead.
// CHECK-DAG: block.layer1 relu |{{.*}}| 1 dead
// CHECK-DAG: block.layer2 relu |{{.*}}| 1 mixed
func.func @block(%x: tensor<1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1xf32> {
  %b = arith.constant dense<-2.0> : tensor<1xf32>
  %z = arith.addf %x, %b : tensor<1xf32>
  %h = act.relu %z : tensor<1xf32>
  %s = arith.addf %h, %x : tensor<1xf32>
  %r = act.relu %s : tensor<1xf32>
  return %r : tensor<1xf32>
}

// Hard case 14: dropout of one half doubles what it keeps: x / 2 - 0.75 does not
// fire on [0, 1], but may in training.
// CHECK-DAG: dropout.layer1 relu |{{.*}}| 1 dead
// CHECK-DAG: dropout.layer2 relu |{{.*}}| 1 {{alive|mixed}}
func.func @dropout(%x: tensor<1xf32> {act.domain = #act.box<[0.0], [1.0]>}, %kept: tensor<1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> (tensor<1xf32>, tensor<1xf32>) {
  %b = arith.constant dense<-0.75> : tensor<1xf32>
  %half = arith.constant dense<0.5> : tensor<1xf32>
  %two = arith.constant dense<2.0> : tensor<1xf32>
  %h = arith.mulf %x, %half : tensor<1xf32>
  %z = arith.addf %h, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  %k = arith.mulf %x, %kept : tensor<1xf32>
  %t = arith.mulf %k, %two : tensor<1xf32>
  %d = arith.mulf %t, %half : tensor<1xf32>
  %y = arith.addf %d, %b : tensor<1xf32>
  %q = act.relu %y : tensor<1xf32>
  return %r, %q : tensor<1xf32>, tensor<1xf32>
}

// Hard case 20: sparse by design, a unit that fires for 30 % of the inputs is
// no finding.
// CHECK-DAG: sparse.layer1 relu |{{.*}}| 1 mixed
// CHECK-NOT: DR{{.*}} sparse
func.func @sparse(%x: tensor<1xf32> {act.domain = #act.box<[0.0], [1.0]>}) -> tensor<1xf32> {
  %b = arith.constant dense<-0.7> : tensor<1xf32>
  %z = arith.addf %x, %b : tensor<1xf32>
  %r = act.relu %z : tensor<1xf32>
  return %r : tensor<1xf32>
}
