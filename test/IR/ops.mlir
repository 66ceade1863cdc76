// RUN: act-opt %s | FileCheck %s
// RUN: act-opt %s --mlir-print-op-generic | act-opt | FileCheck %s
// RUN: act-opt %s --emit-bytecode | act-opt | FileCheck %s

// Every op, in every kind of type; attributes at their defaults are elided.

// CHECK-LABEL: func @elementwise
func.func @elementwise(%a0: f16, %a1: bf16, %a2: f32, %a3: f64, %a4: vector<8xf32>, %a5: vector<[4]xf32>, %a6: vector<2x[4]xbf16>, %a7: tensor<4xf32>, %a8: tensor<?x3xf16>, %a9: tensor<2x?x?xf64>) {
  // CHECK: act.identity %{{.*}} : f16
  %identity = act.identity %a0 : f16
  // CHECK: act.abs %{{.*}} : bf16
  %abs = act.abs %a1 : bf16
  // CHECK: act.relu %{{.*}} : f32
  %relu = act.relu %a2 : f32
  // CHECK: act.relu6 %{{.*}} : f64
  %relu6 = act.relu6 %a3 : f64
  // CHECK: act.relu_general %{{.*}} : vector<8xf32>
  %relu_general = act.relu_general %a4 : vector<8xf32>
  // CHECK: act.clamp %{{.*}} : vector<{{\[}}4]xf32>
  %clamp = act.clamp %a5 : vector<[4]xf32>
  // CHECK: act.hard_tanh %{{.*}} : vector<2x{{\[}}4]xbf16>
  %hard_tanh = act.hard_tanh %a6 : vector<2x[4]xbf16>
  // CHECK: act.leaky_relu %{{.*}} : tensor<4xf32>
  %leaky_relu = act.leaky_relu %a7 : tensor<4xf32>
  // CHECK: act.rrelu %{{.*}} : tensor<?x3xf16>
  %rrelu = act.rrelu %a8 : tensor<?x3xf16>
  // CHECK: act.thresholded_relu %{{.*}} : tensor<2x?x?xf64>
  %thresholded_relu = act.thresholded_relu %a9 : tensor<2x?x?xf64>
  // CHECK: act.hard_shrink %{{.*}} : f16
  %hard_shrink = act.hard_shrink %a0 : f16
  // CHECK: act.soft_shrink %{{.*}} : bf16
  %soft_shrink = act.soft_shrink %a1 : bf16
  // CHECK: act.shrink %{{.*}} : f32
  %shrink = act.shrink %a2 : f32
  // CHECK: act.hard_sigmoid %{{.*}} : f64
  %hard_sigmoid = act.hard_sigmoid %a3 : f64
  // CHECK: act.hard_swish %{{.*}} : vector<8xf32>
  %hard_swish = act.hard_swish %a4 : vector<8xf32>
  // CHECK: act.sparse_sigmoid %{{.*}} : vector<{{\[}}4]xf32>
  %sparse_sigmoid = act.sparse_sigmoid %a5 : vector<[4]xf32>
  // CHECK: act.sparse_plus %{{.*}} : vector<2x{{\[}}4]xbf16>
  %sparse_plus = act.sparse_plus %a6 : vector<2x[4]xbf16>
  // CHECK: act.relu_squared %{{.*}} : tensor<4xf32>
  %relu_squared = act.relu_squared %a7 : tensor<4xf32>
  // CHECK: act.square %{{.*}} : tensor<?x3xf16>
  %square = act.square %a8 : tensor<?x3xf16>
  // CHECK: act.exp %{{.*}} : tensor<2x?x?xf64>
  %exp = act.exp %a9 : tensor<2x?x?xf64>
  // CHECK: act.elu %{{.*}} : f16
  %elu = act.elu %a0 : f16
  // CHECK: act.celu %{{.*}} : bf16
  %celu = act.celu %a1 : bf16
  // CHECK: act.selu %{{.*}} : f32
  %selu = act.selu %a2 : f32
  // CHECK: act.xielu %{{.*}} : f64
  %xielu = act.xielu %a3 : f64
  // CHECK: act.sigmoid %{{.*}} : vector<8xf32>
  %sigmoid = act.sigmoid %a4 : vector<8xf32>
  // CHECK: act.log_sigmoid %{{.*}} : vector<{{\[}}4]xf32>
  %log_sigmoid = act.log_sigmoid %a5 : vector<[4]xf32>
  // CHECK: act.softplus %{{.*}} : vector<2x{{\[}}4]xbf16>
  %softplus = act.softplus %a6 : vector<2x[4]xbf16>
  // CHECK: act.tanh %{{.*}} : tensor<4xf32>
  %tanh = act.tanh %a7 : tensor<4xf32>
  // CHECK: act.tanh_shrink %{{.*}} : tensor<?x3xf16>
  %tanh_shrink = act.tanh_shrink %a8 : tensor<?x3xf16>
  // CHECK: act.soft_sign %{{.*}} : tensor<2x?x?xf64>
  %soft_sign = act.soft_sign %a9 : tensor<2x?x?xf64>
  // CHECK: act.squareplus %{{.*}} : f16
  %squareplus = act.squareplus %a0 : f16
  // CHECK: act.laplace %{{.*}} : bf16
  %laplace = act.laplace %a1 : bf16
  // CHECK: act.silu %{{.*}} : f32
  %silu = act.silu %a2 : f32
  // CHECK: act.swish %{{.*}} : f64
  %swish = act.swish %a3 : f64
  // CHECK: act.quick_gelu %{{.*}} : vector<8xf32>
  %quick_gelu = act.quick_gelu %a4 : vector<8xf32>
  // CHECK: act.gelu %{{.*}} : vector<{{\[}}4]xf32>
  %gelu = act.gelu %a5 : vector<[4]xf32>
  // CHECK: act.gelu_tanh %{{.*}} : vector<2x{{\[}}4]xbf16>
  %gelu_tanh = act.gelu_tanh %a6 : vector<2x[4]xbf16>
  // CHECK: act.gelu_clipped %{{.*}} : tensor<4xf32>
  %gelu_clipped = act.gelu_clipped %a7 : tensor<4xf32>
  // CHECK: act.mish %{{.*}} : tensor<?x3xf16>
  %mish = act.mish %a8 : tensor<?x3xf16>
  // CHECK: act.affine %{{.*}} {alpha = 2.000000e+00 : f64, beta = -1.000000e+00 : f64} : tensor<2x?x?xf64>
  %affine = act.affine %a9 {alpha = 2.000000e+00, beta = -1.000000e+00} : tensor<2x?x?xf64>
  // CHECK: act.threshold %{{.*}} {threshold = 5.000000e-01 : f64, value = -1.000000e+00 : f64} : f16
  %threshold = act.threshold %a0 {threshold = 5.000000e-01, value = -1.000000e+00} : f16
  // CHECK: act.scaled_tanh %{{.*}} {alpha = 1.715900e+00 : f64, beta = 6.666000e-01 : f64} : bf16
  %scaled_tanh = act.scaled_tanh %a1 {alpha = 1.715900e+00, beta = 6.666000e-01} : bf16
  return
}

// CHECK-LABEL: func @all_types_of_one_op
func.func @all_types_of_one_op(%a0: f16, %a1: bf16, %a2: f32, %a3: f64, %a4: vector<8xf32>, %a5: vector<[4]xf32>, %a6: vector<2x[4]xbf16>, %a7: tensor<4xf32>, %a8: tensor<?x3xf16>, %a9: tensor<2x?x?xf64>) {
  // CHECK: act.gelu %{{.*}} : f16
  %0 = act.gelu %a0 : f16
  // CHECK: act.gelu %{{.*}} : bf16
  %1 = act.gelu %a1 : bf16
  // CHECK: act.gelu %{{.*}} : f32
  %2 = act.gelu %a2 : f32
  // CHECK: act.gelu %{{.*}} : f64
  %3 = act.gelu %a3 : f64
  // CHECK: act.gelu %{{.*}} : vector<8xf32>
  %4 = act.gelu %a4 : vector<8xf32>
  // CHECK: act.gelu %{{.*}} : vector<{{\[}}4]xf32>
  %5 = act.gelu %a5 : vector<[4]xf32>
  // CHECK: act.gelu %{{.*}} : vector<2x{{\[}}4]xbf16>
  %6 = act.gelu %a6 : vector<2x[4]xbf16>
  // CHECK: act.gelu %{{.*}} : tensor<4xf32>
  %7 = act.gelu %a7 : tensor<4xf32>
  // CHECK: act.gelu %{{.*}} : tensor<?x3xf16>
  %8 = act.gelu %a8 : tensor<?x3xf16>
  // CHECK: act.gelu %{{.*}} : tensor<2x?x?xf64>
  %9 = act.gelu %a9 : tensor<2x?x?xf64>
  return
}

// CHECK-LABEL: func @defaults_are_elided
func.func @defaults_are_elided(%x: f32) {
  // CHECK: act.leaky_relu %{{.*}} : f32
  %0 = act.leaky_relu %x {alpha = 0.01} : f32
  // CHECK: act.leaky_relu %{{.*}} {alpha = 1.000000e-01 : f64} : f32
  %1 = act.leaky_relu %x {alpha = 0.1} : f32
  // CHECK: act.clamp %{{.*}} {max = 6.000000e+00 : f64, min = -1.000000e+00 : f64} : f32
  %2 = act.clamp %x {min = -1.0, max = 6.0} : f32
  return
}

// CHECK-LABEL: func @prelu
func.func @prelu(%x: tensor<2x8x?xf32>, %slopes: tensor<8xf32>, %slope: f32, %v: vector<4xf32>) {
  // CHECK: act.prelu %{{.*}}, %{{.*}} : tensor<2x8x?xf32>, tensor<8xf32>
  %0 = act.prelu %x, %slopes : tensor<2x8x?xf32>, tensor<8xf32>
  // CHECK: act.prelu %{{.*}}, %{{.*}} : tensor<2x8x?xf32>, f32
  %1 = act.prelu %x, %slope : tensor<2x8x?xf32>, f32
  // CHECK: act.prelu %{{.*}}, %{{.*}} {axis = 0 : i64} : tensor<2x8x?xf32>, tensor<2x8x?xf32>
  %2 = act.prelu %x, %x {axis = 0 : i64} : tensor<2x8x?xf32>, tensor<2x8x?xf32>
  // CHECK: act.prelu %{{.*}}, %{{.*}} : vector<4xf32>, vector<4xf32>
  %3 = act.prelu %v, %v : vector<4xf32>, vector<4xf32>
  return
}

// CHECK-LABEL: func @gated
func.func @gated(%s: f32, %g: f32, %x: tensor<4x6xf16>, %d: tensor<?x?xf32>, %v: vector<[4]xf32>) {
  // CHECK: act.glu %{{.*}} gate %{{.*}} : (f32, f32) -> f32
  %glu = act.glu %s gate %g : (f32, f32) -> f32
  // CHECK: act.glu %{{.*}} split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  %glu_split = act.glu %x split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  // CHECK: act.swiglu %{{.*}} gate %{{.*}} : (f32, f32) -> f32
  %swiglu = act.swiglu %s gate %g : (f32, f32) -> f32
  // CHECK: act.swiglu %{{.*}} split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  %swiglu_split = act.swiglu %x split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  // CHECK: act.geglu %{{.*}} gate %{{.*}} : (f32, f32) -> f32
  %geglu = act.geglu %s gate %g : (f32, f32) -> f32
  // CHECK: act.geglu %{{.*}} split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  %geglu_split = act.geglu %x split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  // CHECK: act.geglu_tanh %{{.*}} gate %{{.*}} : (f32, f32) -> f32
  %geglu_tanh = act.geglu_tanh %s gate %g : (f32, f32) -> f32
  // CHECK: act.geglu_tanh %{{.*}} split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  %geglu_tanh_split = act.geglu_tanh %x split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  // CHECK: act.reglu %{{.*}} gate %{{.*}} : (f32, f32) -> f32
  %reglu = act.reglu %s gate %g : (f32, f32) -> f32
  // CHECK: act.reglu %{{.*}} split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  %reglu_split = act.reglu %x split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  // CHECK: act.quick_geglu %{{.*}} gate %{{.*}} : (f32, f32) -> f32
  %quick_geglu = act.quick_geglu %s gate %g : (f32, f32) -> f32
  // CHECK: act.quick_geglu %{{.*}} split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  %quick_geglu_split = act.quick_geglu %x split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  // CHECK: act.sreglu %{{.*}} gate %{{.*}} : (f32, f32) -> f32
  %sreglu = act.sreglu %s gate %g : (f32, f32) -> f32
  // CHECK: act.sreglu %{{.*}} split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  %sreglu_split = act.sreglu %x split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  // CHECK: act.swiglu_oai %{{.*}} gate %{{.*}} : (f32, f32) -> f32
  %swiglu_oai = act.swiglu_oai %s gate %g : (f32, f32) -> f32
  // CHECK: act.swiglu_oai %{{.*}} split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  %swiglu_oai_split = act.swiglu_oai %x split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  // CHECK: act.swiglu_step %{{.*}} gate %{{.*}} : (f32, f32) -> f32
  %swiglu_step = act.swiglu_step %s gate %g : (f32, f32) -> f32
  // CHECK: act.swiglu_step %{{.*}} split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  %swiglu_step_split = act.swiglu_step %x split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  // CHECK: act.fatrelu_glu %{{.*}} gate %{{.*}} : (f32, f32) -> f32
  %fatrelu_glu = act.fatrelu_glu %s gate %g : (f32, f32) -> f32
  // CHECK: act.fatrelu_glu %{{.*}} split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  %fatrelu_glu_split = act.fatrelu_glu %x split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  // CHECK: act.bilinear %{{.*}} gate %{{.*}} : (f32, f32) -> f32
  %bilinear = act.bilinear %s gate %g : (f32, f32) -> f32
  // CHECK: act.bilinear %{{.*}} split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  %bilinear_split = act.bilinear %x split -1 : (tensor<4x6xf16>) -> tensor<4x3xf16>
  // CHECK: act.glu %{{.*}} split 0 {gate_first = true} : (tensor<?x?xf32>) -> tensor<?x?xf32>
  %0 = act.glu %d split 0 {gate_first = true} : (tensor<?x?xf32>) -> tensor<?x?xf32>
  // CHECK: act.swiglu_oai %{{.*}} split 1 {interleaved} : (tensor<4x6xf16>) -> tensor<4x3xf16>
  %1 = act.swiglu_oai %x split 1 {interleaved} : (tensor<4x6xf16>) -> tensor<4x3xf16>
  // CHECK: act.glu %{{.*}} gate %{{.*}} : (vector<{{\[}}4]xf32>, vector<{{\[}}4]xf32>) -> vector<{{\[}}4]xf32>
  %2 = act.glu %v gate %v : (vector<[4]xf32>, vector<[4]xf32>) -> vector<[4]xf32>
  return
}

// CHECK-LABEL: func @rowwise
func.func @rowwise(%x: tensor<2x8xf32>, %d: tensor<?x?xbf16>, %m: tensor<2x8xi1>, %l: tensor<2xi32>) {
  // CHECK: act.softmax %{{.*}} : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %0 = act.softmax %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  // CHECK: act.softmax %{{.*}} {axis = 0 : i64, empty_row_zero = true} : (tensor<?x?xbf16>) -> tensor<?x?xbf16>
  %1 = act.softmax %d {axis = 0 : i64, empty_row_zero = true} : (tensor<?x?xbf16>) -> tensor<?x?xbf16>
  // CHECK: act.log_softmax %{{.*}} : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %2 = act.log_softmax %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  // CHECK: act.softmin %{{.*}} : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %3 = act.softmin %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  // CHECK: act.hardmax %{{.*}} : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %4 = act.hardmax %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  // CHECK: act.sparsemax %{{.*}} : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %5 = act.sparsemax %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  // CHECK: act.gumbel_softmax %{{.*}} noise %{{.*}} {hard, tau = 5.000000e-01 : f64} : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  %6 = act.gumbel_softmax %x noise %x {hard, tau = 0.5} : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  // CHECK: act.safe_softmax %{{.*}} : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %7 = act.safe_softmax %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  // CHECK: act.masked_softmax %{{.*}} mask %{{.*}} : (tensor<2x8xf32>, tensor<2x8xi1>) -> tensor<2x8xf32>
  %8 = act.masked_softmax %x mask %m : (tensor<2x8xf32>, tensor<2x8xi1>) -> tensor<2x8xf32>
  // CHECK: act.ragged_softmax %{{.*}} lengths %{{.*}} : (tensor<2x8xf32>, tensor<2xi32>) -> tensor<2x8xf32>
  %9 = act.ragged_softmax %x lengths %l : (tensor<2x8xf32>, tensor<2xi32>) -> tensor<2x8xf32>
  return
}

// CHECK-LABEL: func @map
func.func @map(%x: tensor<?xf32>, %v: vector<4xf64>) {
  // CHECK: act.map %{{.*}} : tensor<?xf32> {
  // CHECK-NEXT: ^bb0(%[[A:.*]]: f32):
  // CHECK: math.sin %[[A]] : f32
  // CHECK: act.yield %{{.*}} : f32
  %0 = act.map %x : tensor<?xf32> {
  ^bb0(%a: f32):
    %s = math.sin %a : f32
    %q = arith.mulf %s, %s : f32
    %r = arith.addf %a, %q : f32
    act.yield %r : f32
  }
  // CHECK: act.map %{{.*}}, %{{.*}} : vector<4xf64> {
  %1 = act.map %v, %v : vector<4xf64> {
  ^bb0(%a: f64, %b: f64):
    %g = act.gelu %a : f64
    %p = arith.mulf %g, %b : f64
    act.yield %p : f64
  }
  return
}

// CHECK-LABEL: func @derivative
func.func @derivative(%x: tensor<?xf32>, %s: bf16) {
  // CHECK: act.derivative "act.elu" %{{.*}} with {alpha = 5.000000e-01 : f64} : tensor<?xf32>
  %0 = act.derivative "act.elu" %x with {alpha = 0.5} : tensor<?xf32>
  // CHECK: act.derivative "act.gelu" %{{.*}} {accuracy = #act.accuracy<ulp = 1.000000e+00>} : bf16
  %1 = act.derivative "act.gelu" %s {accuracy = #act.accuracy<ulp = 1.0>} : bf16
  return
}

// CHECK-LABEL: func @init
func.func @init() {
  // CHECK: act.init zeros : tensor<8xf32>
  %0 = act.init zeros : tensor<8xf32>
  // CHECK: act.init constant {value = 1.000000e-01 : f64} : tensor<8xf32>
  %1 = act.init constant {value = 0.1} : tensor<8xf32>
  // CHECK: act.init normal {std = 2.000000e-02 : f64} : tensor<4x8xf32>
  %2 = act.init normal {std = 0.02} : tensor<4x8xf32>
  // CHECK: act.init truncated_normal {lower = -2.000000e+00 : f64, upper = 2.000000e+00 : f64} : tensor<4x8xf32>
  %3 = act.init truncated_normal {lower = -2.0, upper = 2.0} : tensor<4x8xf32>
  // CHECK: act.init uniform {lower = -1.000000e+00 : f64, upper = 1.000000e+00 : f64} : tensor<8xbf16>
  %4 = act.init uniform {lower = -1.0, upper = 1.0} : tensor<8xbf16>
  // CHECK: act.init kaiming_normal {in_dim = 0 : i64, mode = #act<fan_mode fan_out>, out_dim = 1 : i64} : tensor<784x128xf32>
  %5 = act.init kaiming_normal {in_dim = 0 : i64, out_dim = 1 : i64, mode = #act<fan_mode fan_out>} : tensor<784x128xf32>
  // CHECK: act.init kaiming_uniform : tensor<16x3x5x5xf32>
  %6 = act.init kaiming_uniform : tensor<16x3x5x5xf32>
  // CHECK: act.init xavier_normal : tensor<4x8xf32>
  %7 = act.init xavier_normal : tensor<4x8xf32>
  // CHECK: act.init xavier_uniform {gain = 1.414000e+00 : f64} : tensor<4x8xf32>
  %8 = act.init xavier_uniform {gain = 1.414} : tensor<4x8xf32>
  // CHECK: act.init lecun_normal : tensor<4x8xf32>
  %9 = act.init lecun_normal : tensor<4x8xf32>
  // CHECK: act.init lecun_uniform : tensor<4x8xf32>
  %10 = act.init lecun_uniform : tensor<4x8xf32>
  // CHECK: act.init orthogonal : tensor<4x8xf64>
  %11 = act.init orthogonal : tensor<4x8xf64>
  // CHECK: act.init torch_default {fan_in = 784 : i64} : tensor<128xf32>
  %12 = act.init torch_default {fan_in = 784 : i64} : tensor<128xf32>
  // CHECK: act.init randomized_asymmetric {seed = 7 : i64} : tensor<4x8xf32>
  %13 = act.init randomized_asymmetric {seed = 7 : i64} : tensor<4x8xf32>
  return
}

// CHECK-LABEL: func @exponential_below
func.func @exponential_below(%x: vector<16xf32>, %top: vector<16xf32>) -> (vector<16xf32>, vector<16xf32>) {
  // CHECK: %{{.*}}, %{{.*}} = act.exponential_below %{{.*}}, %{{.*}} {{{.*}}} : vector<16xf32>
  %power, %growth = act.exponential_below %x, %top {
    inverse = 1.442695 : f32, hi_step = 0.6931472 : f32, lo_step = 0.0 : f32,
    lo = -105.0 : f32, hi = 90.0 : f32, coefficients = array<f32: 1.0, 0.5>,
    table = dense<[[1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.7, 1.8]]> : tensor<1x8xf32>,
    error = 0.0 : f64} : vector<16xf32>
  return %power, %growth : vector<16xf32>, vector<16xf32>
}

// CHECK-LABEL: func @domains
// CHECK-SAME: {act.domain = #act.box<[-5.000000e-01, -inf], [5.000000e-01, 1.000000e+00]>}
// CHECK-SAME: {act.domain = #act.box<[0.000000e+00], [1.000000e+00]>}
// CHECK-SAME: {act.domain = #act.normal<mean = [0.000000e+00], std = [1.000000e+00]>}
// CHECK-SAME: {act.domain = #act.ball<center = [5.000000e-01], radius = [1.000000e-01, 2.000000e-01]>}
// CHECK-SAME: {act.domain = #act.simplex}
// CHECK-SAME: {act.domain = #act.one_hot}
func.func @domains(%a: tensor<2xf32> {act.domain = #act.box<[-0.5, -inf], [0.5, 1]>},
                   %b: tensor<?xf32> {act.domain = #act.box<[0], [1]>},
                   %c: f32 {act.domain = #act.normal<mean = [0.0], std = [1]>},
                   %d: tensor<2xf32> {act.domain = #act.ball<center = [0.5], radius = [0.1, 0.2]>},
                   %e: tensor<?x8xf32> {act.domain = #act.simplex},
                   %f: tensor<8xf32> {act.domain = #act.one_hot}) {
  return
}
