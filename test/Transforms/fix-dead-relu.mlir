// Parameters of dead units change so that they fire; those of others do not.

// RUN: act-opt %s --act-fix-dead-relu | FileCheck %s --check-prefixes=CHECK,LIFT
// RUN: act-opt %s --act-fix-dead-relu='strategy=bias-lift tau=0.5' | FileCheck %s --check-prefix=HALF
// RUN: act-opt %s --act-fix-dead-relu=strategy=recentre | FileCheck %s --check-prefixes=CHECK,CENTRE
// RUN: act-opt %s --act-fix-dead-relu=strategy=sign-flip | FileCheck %s --check-prefixes=CHECK,FLIP
// RUN: act-opt %s --act-fix-dead-relu=strategy=leaky | FileCheck %s --check-prefix=LEAKY
// RUN: act-opt %s --act-fix-dead-relu='strategy=leaky alpha=0.25' | FileCheck %s --check-prefix=ALPHA
// RUN: act-opt %s --act-fix-dead-relu='strategy=replace activation=act.elu' | FileCheck %s --check-prefix=ELU
// RUN: act-opt %s --act-fix-dead-relu --remarks-filter=act-fix-dead-relu 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// No unit is dead then.
// RUN: act-opt %s --act-fix-dead-relu | act-opt --act-find-dead-units -o /dev/null 2>&1 | FileCheck %s --check-prefix=AGAIN --allow-empty
// RUN: act-opt %s --act-fix-dead-relu=strategy=recentre | act-opt --act-find-dead-units -o /dev/null 2>&1 | FileCheck %s --check-prefix=AGAIN --allow-empty
// RUN: act-opt %s --act-fix-dead-relu=strategy=sign-flip | act-opt --act-find-dead-units -o /dev/null 2>&1 | FileCheck %s --check-prefix=AGAIN --allow-empty
// RUN: act-opt %s --act-fix-dead-relu=strategy=leaky | act-opt --act-find-dead-units -o /dev/null 2>&1 | FileCheck %s --check-prefix=AGAIN --allow-empty
// RUN: act-opt %s --act-fix-dead-relu='strategy=replace activation=elu' | act-opt --act-find-dead-units -o /dev/null 2>&1 | FileCheck %s --check-prefix=AGAIN --allow-empty
// AGAIN-NOT: dead

#rc = affine_map<(d0, d1) -> (d0, d1)>
#c = affine_map<(d0, d1) -> (d1)>

// Unit 1 has bounds [-8, -4]; the bias starts the sum. Unit 0 keeps its own.
// REMARK: start.layer1{{.*}}unit 1: bias
// CHECK-LABEL: @start
// HALF-LABEL: @start
// LEAKY-LABEL: @start
// ALPHA-LABEL: @start
// ELU-LABEL: @start
// FLIP: dense<{{\[\[}}1.000000e+00, -1.000000e+00], [-1.000000e+00, -1.000000e+00]]> : tensor<2x2xf32>
// LIFT: %[[B:.*]] = arith.constant dense<{{\[\[}}5.000000e-01, -1.60000{{.*}}]]>
// HALF: dense<{{\[\[}}5.000000e-01, 0.000000e+00]]>
// CENTRE: %[[B:.*]] = arith.constant dense<{{\[\[}}5.000000e-01, 0.000000e+00]]>
// FLIP: %[[B:.*]] = arith.constant dense<{{\[\[}}5.000000e-01, 0.000000e+00]]>
// CHECK: linalg.matmul {{.*}} outs(%[[B]] :
// CHECK: act.relu
// LEAKY: act.leaky_relu %{{.*}} : tensor<1x2xf32>
// LEAKY-NOT: act.relu
// ELU: act.elu %{{.*}} : tensor<1x2xf32>
// ALPHA: act.leaky_relu %{{.*}} {alpha = 2.500000e-01 : f64} : tensor<1x2xf32>
func.func @start(%x: tensor<1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x2xf32> {
  %w = arith.constant dense<[[1.0, 1.0], [-1.0, 1.0]]> : tensor<2x2xf32>
  %b = arith.constant dense<[[0.5, -6.0]]> : tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x2xf32>, tensor<2x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %m : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}

// The bias is added in the body of the relu, and serves a second layer, which
// keeps it.
// REMARK: body.layer1{{.*}}unit 0: bias
// CHECK-LABEL: @body
// LEAKY-LABEL: @body
// FLIP: dense<{{\[\[}}-3.000000e+00, 1.000000e+00]]> : tensor<1x2xf32>
// CHECK: %[[OLD:.*]] = arith.constant dense<[-5.000000e+00, 1.000000e+00]> : tensor<2xf32>
// LIFT: %[[B:.*]] = arith.constant dense<[-2.40000{{.*}}, 1.000000e+00]> : tensor<2xf32>
// CENTRE: %[[B:.*]] = arith.constant dense<[0.000000e+00, 1.000000e+00]> : tensor<2xf32>
// FLIP: %[[B:.*]] = arith.constant dense<[0.000000e+00, 1.000000e+00]> : tensor<2xf32>
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %[[B]] :
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %[[OLD]] :
// LEAKY: ^bb0(%{{.*}}: f32, %{{.*}}: f32, %{{.*}}: f32):
// LEAKY-NEXT: %[[S:.*]] = arith.addf
// LEAKY-NEXT: %[[L:.*]] = act.leaky_relu %[[S]] : f32
// LEAKY-NEXT: linalg.yield %[[L]] : f32
func.func @body(%x: tensor<1x1xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> (tensor<1x2xf32>, tensor<1x2xf32>) {
  %zero = arith.constant 0.0 : f32
  %w = arith.constant dense<[[3.0, 1.0]]> : tensor<1x2xf32>
  %b = arith.constant dense<[-5.0, 1.0]> : tensor<2xf32>
  %e = tensor.empty() : tensor<1x2xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2xf32>) -> tensor<1x2xf32>
  %m = linalg.matmul ins(%x, %w : tensor<1x1xf32>, tensor<1x2xf32>) outs(%f : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = linalg.generic {indexing_maps = [#rc, #c, #rc], iterator_types = ["parallel", "parallel"]}
      ins(%m, %b : tensor<1x2xf32>, tensor<2xf32>) outs(%e : tensor<1x2xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %s = arith.addf %in, %bias : f32
    %p = arith.cmpf ugt, %s, %zero : f32
    %q = arith.select %p, %s, %zero : f32
    linalg.yield %q : f32
  } -> tensor<1x2xf32>
  %y = linalg.generic {indexing_maps = [#rc, #c, #rc], iterator_types = ["parallel", "parallel"]}
      ins(%r, %b : tensor<1x2xf32>, tensor<2xf32>) outs(%e : tensor<1x2xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %s = arith.addf %in, %bias : f32
    linalg.yield %s : f32
  } -> tensor<1x2xf32>
  return %r, %y : tensor<1x2xf32>, tensor<1x2xf32>
}

// Two layers: the bounds of the second one follow from the fixed first one.
// Weights stay in their dialect.
// REMARK: tosa.layer1{{.*}}unit 1: bias
// REMARK: tosa.layer2{{.*}}unit 0: bias
// CHECK-LABEL: @tosa
// LEAKY-LABEL: @tosa
// CENTRE: "tosa.const"() <{values = dense<{{\[\[\[}}5.000000e-01, 0.000000e+00]]]> : tensor<1x1x2xf32>}>
// CENTRE: "tosa.const"() <{values = dense<-2.2500{{.*}}> : tensor<1x1x1xf32>}>
// LEAKY: act.leaky_relu
// LEAKY: act.leaky_relu
func.func @tosa(%x: tensor<1x1x2xf32> {act.domain = #act.box<[-1.0], [1.0]>}) -> tensor<1x1x1xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<[[[1.0, 1.0], [-1.0, 1.0]]]> : tensor<1x2x2xf32>}> : () -> tensor<1x2x2xf32>
  %b = "tosa.const"() <{values = dense<[[[0.5, -6.0]]]> : tensor<1x1x2xf32>}> : () -> tensor<1x1x2xf32>
  %v = "tosa.const"() <{values = dense<[[[1.0], [1.0]]]> : tensor<1x2x1xf32>}> : () -> tensor<1x2x1xf32>
  %c = "tosa.const"() <{values = dense<-9.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %m = tosa.matmul %x, %w, %zp, %zp : (tensor<1x1x2xf32>, tensor<1x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  %a = tosa.add %m, %b : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x2xf32>
  %r = tosa.clamp %a {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x1x2xf32>) -> tensor<1x1x2xf32>
  %m2 = tosa.matmul %r, %v, %zp, %zp : (tensor<1x1x2xf32>, tensor<1x2x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1xf32>
  %a2 = tosa.add %m2, %c : (tensor<1x1x1xf32>, tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
  %y = tosa.clamp %a2 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
  return %y : tensor<1x1x1xf32>
}
