// RUN: act-opt %s --split-input-file --verify-diagnostics

func.func @type(%x: i32) {
  // expected-error @+1 {{operand #0 must be f16, bf16, f32, f64 or an 8-bit float with NaN, or a vector or ranked tensor of one of them, but got 'i32'}}
  %0 = "act.relu"(%x) : (i32) -> i32
  return
}

// -----

func.func @result_type(%x: f32) {
  // expected-error @+1 {{requires the same type for all operands and results}}
  %0 = "act.relu"(%x) : (f32) -> f64
  return
}

// -----

func.func @missing_parameter(%x: f32) {
  // expected-error @+1 {{requires attribute 'value'}}
  %0 = "act.threshold"(%x) {threshold = 1.0} : (f32) -> f32
  return
}

// -----

func.func @nan_parameter(%x: f32) {
  // expected-error @+1 {{expected a number as 'alpha', got NaN}}
  %0 = act.leaky_relu %x {alpha = 0x7FF8000000000000 : f64} : f32
  return
}

// -----

func.func @infinite_parameter(%x: f32) {
  // expected-error @+1 {{expected a finite 'alpha', got}}
  %0 = act.elu %x {alpha = 0x7FF0000000000000 : f64} : f32
  return
}

// -----

func.func @requirement(%x: f32) {
  // expected-error @+1 {{expected min <= max, got min = 1}}
  %0 = act.clamp %x {min = 1.0, max = 0.0} : f32
  return
}

// -----

func.func @celu(%x: f32) {
  // expected-error @+1 {{expected alpha > 0, got alpha =}}
  %0 = act.celu %x {alpha = 0.0} : f32
  return
}

// -----

func.func @slope_type(%x: tensor<2x8xf32>, %a: tensor<7xf32>) {
  // expected-error @+1 {{expected an operand of type 'tensor<2x8xf32>', of its element type, or a tensor of rank 1 with one entry for each index of axis 1, got 'tensor<7xf32>'}}
  %0 = act.prelu %x, %a : tensor<2x8xf32>, tensor<7xf32>
  return
}

// -----

func.func @slope_axis(%x: tensor<2x8xf32>, %a: tensor<8xf32>) {
  // expected-error @+1 {{expected an axis in [0, 2), got 2}}
  %0 = act.prelu %x, %a {axis = 2} : tensor<2x8xf32>, tensor<8xf32>
  return
}

// -----

func.func @slope_of_a_vector(%x: vector<4xf32>, %a: f32) {
  // expected-error @+1 {{expected an operand of type 'vector<4xf32>', got 'f32'}}
  %0 = act.prelu %x, %a : vector<4xf32>, f32
  return
}

// -----

func.func @init_without_elements() {
  // expected-error @+1 {{expected a tensor with elements for orthogonal, got 'tensor<0x3xf32>'}}
  %0 = act.init orthogonal {fan_in = 3, fan_out = 3} : tensor<0x3xf32>
  return
}

// -----

func.func @gate_and_split(%x: tensor<4xf32>) {
  // expected-error @+1 {{expected either a gate operand or a split axis, got both}}
  %0 = act.glu %x gate %x split 0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @no_gate(%x: tensor<4xf32>) {
  // expected-error @+1 {{expected either a gate operand or a split axis, got neither}}
  %0 = act.glu %x : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @split_scalar(%x: f32) {
  // expected-error @+1 {{expected a ranked tensor to split, got 'f32'; give scalars and vectors as two operands}}
  %0 = act.glu %x split 0 : (f32) -> f32
  return
}

// -----

func.func @split_odd(%x: tensor<4x5xf32>) {
  // expected-error @+1 {{expected an even size along the split axis 1, got 5}}
  %0 = act.glu %x split -1 : (tensor<4x5xf32>) -> tensor<4x2xf32>
  return
}

// -----

func.func @split_axis(%x: tensor<4x6xf32>) {
  // expected-error @+1 {{expected a split axis in [-2, 2), got 2}}
  %0 = act.glu %x split 2 : (tensor<4x6xf32>) -> tensor<4x3xf32>
  return
}

// -----

func.func @split_result(%x: tensor<4x6xf32>) {
  // expected-error @+1 {{expected the result 'tensor<4x3xf32>', got 'tensor<2x6xf32>'}}
  %0 = act.glu %x split 1 : (tensor<4x6xf32>) -> tensor<2x6xf32>
  return
}

// -----

func.func @gate_type(%x: tensor<4xf32>, %g: tensor<5xf32>) {
  // expected-error @+1 {{expected value, gate and result of one type, got 'tensor<4xf32>' and 'tensor<5xf32>'}}
  %0 = act.glu %x gate %g : (tensor<4xf32>, tensor<5xf32>) -> tensor<4xf32>
  return
}

// -----

// A maximum is there even where all scores are -inf.
func.func @empty_row_of_maximum(%x: tensor<2x8xf32>) {
  // expected-error @+1 {{expected 'empty_row_zero' only where results are probabilities; leave it out}}
  %0 = act.hardmax %x {empty_row_zero = true} : (tensor<2x8xf32>) -> tensor<2x8xf32>
  return
}

// -----

func.func @empty_row_of_hard_samples(%x: tensor<2x8xf32>) {
  // expected-error @+1 {{expected 'empty_row_zero' only where results are probabilities; leave it out}}
  %0 = act.gumbel_softmax %x noise %x {empty_row_zero = true, hard} : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  return
}

// -----

func.func @row_axis(%x: tensor<2x8xf32>) {
  // expected-error @+1 {{expected an axis in [-2, 2) of 'tensor<2x8xf32>', got 2}}
  %0 = act.softmax %x {axis = 2} : (tensor<2x8xf32>) -> tensor<2x8xf32>
  return
}

// -----

func.func @row_scalar(%x: tensor<f32>) {
  // expected-error @+1 {{expected an axis in [0, 0) of 'tensor<f32>', got -1}}
  %0 = act.softmax %x : (tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @row_mask(%x: tensor<2x8xf32>, %m: tensor<2x7xi1>) {
  // expected-error @+1 {{expected an operand of shape 'tensor<2x8xi1>', got 'tensor<2x7xi1>'}}
  %0 = act.masked_softmax %x mask %m : (tensor<2x8xf32>, tensor<2x7xi1>) -> tensor<2x8xf32>
  return
}

// -----

func.func @row_lengths(%x: tensor<2x8xf32>, %l: tensor<8xi32>) {
  // expected-error @+1 {{expected an operand of shape 'tensor<2xi32>', got 'tensor<8xi32>'}}
  %0 = act.ragged_softmax %x lengths %l : (tensor<2x8xf32>, tensor<8xi32>) -> tensor<2x8xf32>
  return
}

// -----

func.func @row_temperature(%x: tensor<2x8xf32>) {
  // expected-error @+1 {{expected tau > 0, got tau =}}
  %0 = act.gumbel_softmax %x noise %x {tau = 0.0} : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  return
}

// -----

func.func @map_type(%x: f32) {
  // expected-error @+1 {{expected block arguments of type 'f32', got 'f64'}}
  %0 = act.map %x : f32 {
  ^bb0(%a: f64):
    %c = arith.constant 0.0 : f32
    act.yield %c : f32
  }
  return
}

// -----

func.func @map_arguments(%x: f32) {
  // expected-error @+1 {{expected one block argument for each input, got 2 for 1}}
  %0 = act.map %x : f32 {
  ^bb0(%a: f32, %b: f32):
    act.yield %a : f32
  }
  return
}

// -----

func.func @map_body(%x: f32) {
  // expected-error @+1 {{expected a body of scalar arith, math and act ops, got 'math.floor', which has no formula}}
  %0 = act.map %x : f32 {
  ^bb0(%a: f32):
    // expected-note @+1 {{see the op here}}
    %f = math.floor %a : f32
    act.yield %f : f32
  }
  return
}

// -----

func.func @map_nan(%x: f32) {
  // expected-error @+1 {{expected a body whose value is a formula of its arguments, got one that is not}}
  %0 = act.map %x : f32 {
  ^bb0(%a: f32):
    %n = arith.constant 0x7FC00000 : f32
    %f = arith.addf %a, %n : f32
    act.yield %f : f32
  }
  return
}

// -----

func.func @init_fan() {
  // expected-error @+1 {{expected the attribute 'fan_in' for torch_default on a tensor of rank 1}}
  %0 = act.init torch_default : tensor<8xf32>
  return
}

// -----

func.func @init_dims() {
  // expected-error @+1 {{expected two different dimensions below 2 as in_dim and out_dim, got 0 and 0}}
  %0 = act.init kaiming_normal {in_dim = 0} : tensor<8x4xf32>
  return
}

// -----

func.func @init_bounds() {
  // expected-error @+1 {{expected the attributes 'lower' and 'upper' for uniform}}
  %0 = act.init uniform : tensor<8xf32>
  return
}

// -----

func.func @init_order() {
  // expected-error @+1 {{expected lower < upper, got}}
  %0 = act.init uniform {lower = 1.0, upper = 1.0} : tensor<8xf32>
  return
}

// -----

func.func @init_std() {
  // expected-error @+1 {{expected a finite std of at least 0, got}}
  %0 = act.init normal {std = -1.0} : tensor<8xf32>
  return
}

// -----

func.func @init_empty() {
  // expected-error @+1 {{expected a positive fan, got}}
  %0 = act.init kaiming_normal : tensor<8x0xf32>
  return
}

// -----

// expected-error @+1 {{expected a domain with one entry, or one for each element of 'tensor<3xf32>', got 2}}
func.func @domain_entries(%x: tensor<3xf32> {act.domain = #act.box<[0, 0], [1, 1]>}) {
  return
}

// -----

// expected-error @+1 {{expected the argument attribute 'act.domain', got 'act.domian'}}
func.func @domain_name(%x: f32 {act.domian = #act.box<[0], [1]>}) {
  return
}

// -----

// expected-error @+1 {{expected #act.box, #act.ball, #act.simplex, #act.one_hot or #act.normal as 'act.domain', got 1 : i32}}
func.func @domain_kind(%x: f32 {act.domain = 1 : i32}) {
  return
}

// -----

// expected-error @+1 {{expected each lower end at most the upper end, got}}
func.func @domain_order(%x: f32 {act.domain = #act.box<[1], [0]>}) {
  return
}

// -----

// expected-error @+1 {{expected as many lower as upper ends, got 1 and 2}}
func.func @domain_pairs(%x: f32 {act.domain = #act.box<[0], [1, 2]>}) {
  return
}

// -----

// expected-error @+1 {{expected a domain with one entry, or one for each element of 'tensor<3xf32>', got 2}}
func.func @ball_entries(%x: tensor<3xf32> {act.domain = #act.ball<center = [0], radius = [1, 2]>}) {
  return
}

// -----

// expected-error @+1 {{expected a finite radius of at least 0, got}}
func.func @ball_radius(%x: f32 {act.domain = #act.ball<center = [0], radius = [-1]>}) {
  return
}

// -----

// expected-error @+1 {{expected a finite center, got}}
func.func @ball_center(%x: f32 {act.domain = #act.ball<center = [inf], radius = [1]>}) {
  return
}

// -----

// expected-error @+1 {{expected a tensor whose last dimension has a known size of at least 1 for #act.simplex, got 'f32'}}
func.func @simplex_rows(%x: f32 {act.domain = #act.simplex}) {
  return
}

// -----

// expected-error @+1 {{expected a tensor whose last dimension has a known size of at least 1 for #act.one_hot, got 'tensor<2x0xf32>'}}
func.func @one_hot_rows(%x: tensor<2x0xf32> {act.domain = #act.one_hot}) {
  return
}

// -----

// expected-error @+1 {{expected a dictionary from codes to reasons as 'act.suppress', got "DR002"}}
func.func @suppress_type() attributes {act.suppress = "DR002"} {
  return
}

// -----

// expected-error @+1 {{expected a dictionary from codes to reasons as 'act.suppress', got {}}}
func.func @suppress_nothing() attributes {act.suppress = {}} {
  return
}

// -----

func.func @suppress_reason(%x: f32) -> f32 {
  // expected-error @+1 {{expected a reason for DR002 in 'act.suppress' as a string, got unit}}
  %y = act.relu %x {act.suppress = {DR002}} : f32
  return %y : f32
}

// -----

func.func @suppress_empty(%x: f32) -> f32 {
  // expected-error @+1 {{expected a reason for DR002 in 'act.suppress' as a string, got " "}}
  %y = act.relu %x {act.suppress = {DR002 = " "}} : f32
  return %y : f32
}

// -----

// expected-error @+1 {{'act.domain' is not an attribute of an operation; domains belong to function arguments as 'act.domain'}}
func.func @domain_place() attributes {act.domain = #act.box<[0], [1]>} {
  return
}

// -----

func.func @piecewise_table(%x: f32) -> f32 {
  // expected-error @+1 {{expected a table of rank 2 whose rows hold a power of two from 2 to 64 numbers, got 'tensor<3x3xf32>'}}
  %y = act.piecewise %x identity plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 7.0 : f32,
    valid_lo = 0.0 : f32, valid_hi = 7.0 : f32,
    table = dense<1.0> : tensor<3x3xf32>, fit_error = 0.0 : f64,
    error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_range(%x: f32) -> f32 {
  // expected-error @+1 {{expected valid_lo at most valid_hi, got 8.000000e+00 and 7.000000e+00}}
  %y = act.piecewise %x identity plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 7.0 : f32,
    valid_lo = 8.0 : f32, valid_hi = 7.0 : f32,
    table = dense<1.0> : tensor<3x8xf32>, fit_error = 0.0 : f64,
    error = 0.0 : f64} : f32
  return %y : f32
}

// -----

// expected-error @+1 {{expected a finite bound above 5.000000e-01, got 2.500000e-01}}
#strict = #act.accuracy<ulp = 0.25>

// -----

func.func @piecewise_split_slope(%x: f32) -> f32 {
  // expected-error @+1 {{expected a table of 4 to 19 rows, got 3}}
  %y = act.piecewise %x identity plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 1.0 : f32,
    valid_lo = 0.0 : f32, valid_hi = 1.0 : f32,
    table = dense<0.0> : tensor<3x8xf32>, split_slope,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_exponential(%x: f32) -> f32 {
  // expected-error @+1 {{expected no split_slope where there is an exponential}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 1.0 : f32,
    valid_lo = 0.0 : f32, valid_hi = 1.0 : f32,
    table = dense<0.0> : tensor<5x8xf32>, split_slope,
    exponential = array<f32: 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_compensated_exponential(%x: f32) -> f32 {
  // expected-error @+1 {{expected not compensated where there is an exponential}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 1.0 : f32,
    valid_lo = 0.0 : f32, valid_hi = 1.0 : f32,
    table = dense<0.0> : tensor<5x8xf32>, compensated,
    exponential = array<f32: 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_growth(%x: f32) -> f32 {
  // expected-error @+1 {{expected a decay_argument beside a decay or a growth, got none}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 8.0 : f32,
    valid_lo = -8.0 : f32, valid_hi = 8.0 : f32,
    table = dense<0.0> : tensor<3x8xf32>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_to_zero(%x: f32) -> f32 {
  // expected-error @+1 {{expected a decay_argument beside a decay or a growth, got none}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 8.0 : f32,
    valid_lo = -8.0 : f32, valid_hi = 8.0 : f32,
    table = dense<0.0> : tensor<3x8xf32>, decay_to_zero,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_to_zero_on_ramp(%x: f32) -> f32 {
  // expected-error @+1 {{expected plain or reflected, times no factor, where it is compensated and there is a decay_to_zero}}
  %y = act.piecewise %x magnitude ramp uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 8.0 : f32,
    valid_lo = -8.0 : f32, valid_hi = 8.0 : f32,
    table = dense<0.0> : tensor<4x8xf32>, compensated, decay_to_zero,
    decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_of_level(%x: f32) -> f32 {
  // expected-error @+1 {{expected a level that is finite times 2^80, got 1.000000e+20}}
  %y = act.piecewise %x magnitude reflected uniform {
    level = 1.0e20 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 8.0 : f32,
    valid_lo = -8.0 : f32, valid_hi = 8.0 : f32,
    table = dense<0.0> : tensor<4x8xf32>, compensated, decay_to_zero,
    decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_rise_to_infinity(%x: f32) -> f32 {
  // expected-error @+1 {{expected a decay by -86 to 166 binades where x is valid, got -1.442695e+02}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = -100.0 : f32, hi = -100.0 : f32,
    valid_lo = 0xFF800000 : f32, valid_hi = 0x7F800000 : f32,
    table = dense<0.0> : tensor<3x8xf32>, decay_to_zero,
    decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_numbers(%x: f32) -> f32 {
  // expected-error @+1 {{expected 4 numbers of decay and at least 2 of growth beside a decay_argument, got 1 and 0}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 8.0 : f32,
    valid_lo = -8.0 : f32, valid_hi = 8.0 : f32,
    table = dense<0.0> : tensor<3x8xf32>,
    decay_argument = #act<decay_argument linear>, decay = array<f32: -1.0>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_exponential(%x: f32) -> f32 {
  // expected-error @+1 {{expected no exponential where there is a growth}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 8.0 : f32,
    valid_lo = -8.0 : f32, valid_hi = 8.0 : f32,
    table = dense<0.0> : tensor<5x8xf32>,
    exponential = array<f32: 0.5>, decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_fold(%x: f32) -> f32 {
  // expected-error @+1 {{expected a magnitude or a negative part where there is a growth, got identity}}
  %y = act.piecewise %x identity plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 8.0 : f32,
    valid_lo = -8.0 : f32, valid_hi = 8.0 : f32,
    table = dense<0.0> : tensor<3x8xf32>,
    decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_step(%x: f32) -> f32 {
  // expected-error @+1 {{expected a decay by an inverse below 0 and a step of 1 / inverse, got -1.442695e+00 and 6.931472e-01}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 8.0 : f32,
    valid_lo = -8.0 : f32, valid_hi = 8.0 : f32,
    table = dense<0.0> : tensor<3x8xf32>,
    decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, 0.693147182, 0.0, 0.0>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_growth(%x: f32) -> f32 {
  // expected-error @+1 {{expected finite coefficients, got INF}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 8.0 : f32,
    valid_lo = -8.0 : f32, valid_hi = 8.0 : f32,
    table = dense<0.0> : tensor<3x8xf32>,
    decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0>,
    growth = array<f32: -1.0, 0x7F800000>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_cubic(%x: f32) -> f32 {
  // expected-error @+1 {{expected a cubic part of 0, or of more where the argument is cubic, got 5.000000e-01}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 8.0 : f32,
    valid_lo = -8.0 : f32, valid_hi = 8.0 : f32,
    table = dense<0.0> : tensor<3x8xf32>,
    decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.5>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_begin(%x: f32) -> f32 {
  // expected-error @+1 {{expected a decay by -126 to 126 binades where x is valid, got 2.885390e+02}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 200.0 : f32, hi = 300.0 : f32,
    valid_lo = -8.0 : f32, valid_hi = 8.0 : f32,
    table = dense<0.0> : tensor<3x8xf32>,
    decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_rise(%x: f32) -> f32 {
  // expected-error @+1 {{expected a decay by -126 to 126 binades where x is valid, got -2.885390e+02}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = -300.0 : f32, hi = -200.0 : f32,
    valid_lo = -8.0 : f32, valid_hi = 8.0 : f32,
    table = dense<0.0> : tensor<3x8xf32>,
    decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_end(%x: f32) -> f32 {
  // expected-error @+1 {{expected a decay by -126 to 126 binades where x is valid, got 1.442695e+02}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 100.0 : f32,
    valid_lo = -100.0 : f32, valid_hi = 0x7F800000 : f32,
    table = dense<0.0> : tensor<3x8xf32>,
    decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_endless(%x: f32) -> f32 {
  // expected-error @+1 {{expected a decay by -126 to 126 binades where x is valid, got INF}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 0x7F800000 : f32,
    valid_lo = 0xFF800000 : f32, valid_hi = 0x7F800000 : f32,
    table = dense<0.0> : tensor<3x8xf32>,
    decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_decay_short_growth(%x: f32) -> f32 {
  // expected-error @+1 {{expected 4 numbers of decay and at least 2 of growth beside a decay_argument, got 4 and 1}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 8.0 : f32,
    valid_lo = -8.0 : f32, valid_hi = 8.0 : f32,
    table = dense<0.0> : tensor<3x8xf32>,
    decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0>,
    growth = array<f32: -1.0>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_compensated_line(%x: f32) -> f32 {
  // expected-error @+1 {{expected a degree of 2 at least where it is compensated, got 1}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 1.0 : f32,
    valid_lo = 0.0 : f32, valid_hi = 1.0 : f32,
    table = dense<0.0> : tensor<5x8xf32>, compensated, split_slope,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_times_type(%x: f32, %f: vector<4xf32>) -> f32 {
  // expected-error @+1 {{requires the same type for all operands and results}}
  %y = "act.piecewise"(%x, %f) {fold = #act<fold identity>,
    join = #act<join plain>, spacing = #act<spacing uniform>,
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 1.0 : f32,
    valid_lo = 0.0 : f32, valid_hi = 1.0 : f32,
    table = dense<0.0> : tensor<4x8xf32>, compensated,
    fit_error = 0.0 : f64, error = 0.0 : f64} : (f32, vector<4xf32>) -> f32
  return %y : f32
}

// -----

func.func @piecewise_times(%x: f32, %f: f32) -> f32 {
  // expected-error @+1 {{expected compensated where it is times a factor}}
  %y = act.piecewise %x times %f identity plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 1.0 : f32,
    valid_lo = 0.0 : f32, valid_hi = 1.0 : f32,
    table = dense<0.0> : tensor<4x8xf32>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_power(%x: f32) -> f32 {
  // expected-error @+1 {{expected a power of 0, or of 1 with an exponential, got 1}}
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 1.0 : f32,
    valid_lo = 0.0 : f32, valid_hi = 1.0 : f32,
    table = dense<0.0> : tensor<5x8xf32>, split_slope, power = 1 : i32,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_number(%x: f32) -> f32 {
  // expected-error @+1 {{expected a table of finite numbers, got one that is not}}
  %y = act.piecewise %x identity plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 1.0 : f32,
    valid_lo = 0.0 : f32, valid_hi = 1.0 : f32,
    table = dense<0x7FC00000> : tensor<3x8xf32>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_level(%x: f32) -> f32 {
  // expected-error @+1 {{expected finite level, scale and curvature}}
  %y = act.piecewise %x identity plain uniform {
    level = 0x7F800000 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0.0 : f32, hi = 1.0 : f32,
    valid_lo = 0.0 : f32, valid_hi = 1.0 : f32,
    table = dense<0.0> : tensor<3x8xf32>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @piecewise_shift(%x: f32) -> f32 {
  // expected-error @+1 {{expected a shift below 32, got 32}}
  %y = act.piecewise %x identity plain logarithmic {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 32 : i32, lo = 0.0 : f32, hi = 1.0 : f32,
    valid_lo = 0.0 : f32, valid_hi = 1.0 : f32,
    table = dense<0.0> : tensor<3x8xf32>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @exponential_coefficients(%x: f32) -> f32 {
  // expected-error @+1 {{expected at least one coefficient, got none}}
  %y = act.exponential %x {
    inverse = 1.5 : f32, hi_step = 0.6875 : f32, lo_step = 0.001 : f32,
    lo = -105.0 : f32, hi = 90.0 : f32, coefficients = array<f32>,
    table = dense<1.0> : tensor<1x8xf32>, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @exponential_range(%x: f32) -> f32 {
  // expected-error @+1 {{expected the results at lo and hi to be less than 2^-150}}
  %y = act.exponential %x {
    inverse = 1.5 : f32, hi_step = 0.6666666 : f32, lo_step = 0.0 : f32,
    lo = 0xFF800000 : f32, hi = 90.0 : f32, coefficients = array<f32: 1.0>,
    table = dense<1.0> : tensor<1x8xf32>, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @exponential_subnormal(%x: f32) -> f32 {
  // expected-error @+1 {{expected a table of normal numbers of one sign, got 0.000000e+00}}
  %y = act.exponential %x {
    inverse = 1.5 : f32, hi_step = 0.6666666 : f32, lo_step = 0.0 : f32,
    lo = -105.0 : f32, hi = 90.0 : f32, coefficients = array<f32: 1.0>,
    table = dense<0.0> : tensor<1x8xf32>, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @exponential_signs(%x: f32) -> f32 {
  // expected-error @+1 {{expected a table of normal numbers of one sign, got -1.000000e+00}}
  %y = act.exponential %x {
    inverse = 1.5 : f32, hi_step = 0.6666666 : f32, lo_step = 0.0 : f32,
    lo = -105.0 : f32, hi = 90.0 : f32, coefficients = array<f32: 1.0>,
    table = dense<[[1.0, -1.0]]> : tensor<1x2xf32>, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @exponential_steps(%x: f32) -> f32 {
  // expected-error @+1 {{expected hi_step + lo_step to be 1 / inverse, got}}
  %y = act.exponential %x {
    inverse = 1.5 : f32, hi_step = 0.0 : f32, lo_step = 0.0 : f32,
    lo = -105.0 : f32, hi = 90.0 : f32, coefficients = array<f32: 1.0>,
    table = dense<1.0> : tensor<1x8xf32>, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @exponential_near_end(%x: f32) -> f32 {
  // expected-error @+1 {{expected the results at lo and hi to be less than 2^-150 and at least 2^128}}
  %y = act.exponential %x {
    inverse = 1.5 : f32, hi_step = 0.6666666 : f32, lo_step = 0.0 : f32,
    lo = -1.0 : f32, hi = 90.0 : f32, coefficients = array<f32: 1.0>,
    table = dense<1.0> : tensor<1x8xf32>, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @exponential_far_end(%x: f32) -> f32 {
  // expected-error @+1 {{expected the results at lo and hi to be less than 2^-150 and at least 2^128}}
  %y = act.exponential %x {
    inverse = 1.5 : f32, hi_step = 0.6666666 : f32, lo_step = 0.0 : f32,
    lo = -105.0 : f32, hi = 1000.0 : f32, coefficients = array<f32: 1.0>,
    table = dense<1.0> : tensor<1x8xf32>, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @exponential_nan(%x: f32) -> f32 {
  // expected-error @+1 {{expected finite coefficients, got nan}}
  %y = act.exponential %x {
    inverse = 1.5 : f32, hi_step = 0.6666666 : f32, lo_step = 0.0 : f32,
    lo = -105.0 : f32, hi = 90.0 : f32, coefficients = array<f32: 0x7FC00000>,
    table = dense<1.0> : tensor<1x8xf32>, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @exponential_below_rate(%x: f32) -> f32 {
  // expected-error @+1 {{expected an inverse of 1 / ln 2, got 1.500000e+00}}
  %power, %growth = act.exponential_below %x, %x {
    inverse = 1.5 : f32, hi_step = 0.6666666 : f32, lo_step = 0.0 : f32,
    lo = -105.0 : f32, hi = 90.0 : f32, coefficients = array<f32: 1.0>,
    table = dense<1.0> : tensor<1x8xf32>, error = 0.0 : f64} : f32
  return %power : f32
}

// -----

func.func @exponential_below_level(%x: f32) -> f32 {
  // expected-error @+1 {{expected a table of numbers from 1 to 2, got 4.000000e+00}}
  %power, %growth = act.exponential_below %x, %x {
    inverse = 1.442695 : f32, hi_step = 0.6931472 : f32, lo_step = 0.0 : f32,
    lo = -106.0 : f32, hi = 90.0 : f32, coefficients = array<f32: 1.0>,
    table = dense<4.0> : tensor<1x8xf32>, error = 0.0 : f64} : f32
  return %power : f32
}

// -----

func.func @exponential_below_without_table(%x: f32) -> f32 {
  // expected-error @+1 {{expected a table of rank 2 whose rows hold a power of two from 2}}
  %power, %growth = act.exponential_below %x, %x {
    inverse = 1.442695 : f32, hi_step = 0.0 : f32, lo_step = 0.0 : f32,
    lo = 0xFF800000 : f32, hi = 0x7F800000 : f32, coefficients = array<f32: 1.0>,
    table = dense<1.0> : tensor<1x1xf32>, error = 0.0 : f64} : f32
  return %power : f32
}

// -----

func.func @exponential_linear_rate(%x: f32) -> f32 {
  // expected-error @+1 {{expected a finite rate, level and slope above 0, got INF}}
  %y = act.exponential_linear %x {
    rate = 0x7F800000 : f32, level = 1.0 : f32, slope = 1.0 : f32,
    lo = -18.0 : f32, coefficients = array<f32: 0.5>, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @exponential_linear_nan(%x: f32) -> f32 {
  // expected-error @+1 {{expected finite coefficients, got nan}}
  %y = act.exponential_linear %x {
    rate = 1.0 : f32, level = 1.0 : f32, slope = 1.0 : f32, lo = -18.0 : f32,
    coefficients = array<f32: 0x7FC00000>, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @exponential_linear_coefficients(%x: f32) -> f32 {
  // expected-error @+1 {{expected at least one coefficient, got none}}
  %y = act.exponential_linear %x {
    rate = 1.0 : f32, level = 1.0 : f32, slope = 1.0 : f32, lo = -18.0 : f32,
    coefficients = array<f32>, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @exponential_linear_slope(%x: f32) -> f32 {
  // expected-error @+1 {{expected a finite rate, level and slope above 0, got 0.000000e+00}}
  %y = act.exponential_linear %x {
    rate = 1.0 : f32, level = 1.0 : f32, slope = 0.0 : f32, lo = -18.0 : f32,
    coefficients = array<f32: 0.5>, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @exponential_linear_end(%x: f32) -> f32 {
  // expected-error @+1 {{expected a lo from -8.700000e+01 to -1.750000e+01, got -1.000000e+02}}
  %y = act.exponential_linear %x {
    rate = 1.0 : f32, level = 1.0 : f32, slope = 1.0 : f32, lo = -100.0 : f32,
    coefficients = array<f32: 0.5>, error = 0.0 : f64} : f32
  return %y : f32
}

// -----

func.func @log_domain_columns(%x: f64) -> f64 {
  // expected-error @+1 {{expected a table with 16 columns, got 8}}
  %y = act.log_domain %x {
    sign = array<f64: -1.0, 1.0>, power = array<i32: 1, 1>,
    end = array<f64: 14.0, 6.0>, offset = array<f64: 0.0, 0.0>,
    slope = array<f64: 0.0, 1.0>, scale = array<f64: 1.0, 1.0>,
    shift = 50 : i32, exponential = array<f64: 1.0, 0.7>,
    table = dense<1.0> : tensor<2x8xf64>, error = 0.0 : f64} : f64
  return %y : f64
}

// -----

func.func @log_domain_sides(%x: f64) -> f64 {
  // expected-error @+1 {{expected one number for each side of 0, got 1}}
  %y = act.log_domain %x {
    sign = array<f64: -1.0, 1.0>, power = array<i32: 1, 1>,
    end = array<f64: 14.0>, offset = array<f64: 0.0, 0.0>,
    slope = array<f64: 0.0, 1.0>, scale = array<f64: 1.0, 1.0>,
    shift = 50 : i32, exponential = array<f64: 1.0, 0.7>,
    table = dense<1.0> : tensor<2x16xf64>, error = 0.0 : f64} : f64
  return %y : f64
}

// -----

func.func @log_domain_powers(%x: f64) -> f64 {
  // expected-error @+1 {{expected one power for each side of 0, got 1}}
  %y = act.log_domain %x {
    sign = array<f64: -1.0, 1.0>, power = array<i32: 1>,
    end = array<f64: 14.0, 6.0>, offset = array<f64: 0.0, 0.0>,
    slope = array<f64: 0.0, 1.0>, scale = array<f64: 1.0, 1.0>,
    shift = 50 : i32, exponential = array<f64: 1.0, 0.7>,
    table = dense<1.0> : tensor<2x16xf64>, error = 0.0 : f64} : f64
  return %y : f64
}

// -----

func.func @log_domain_power(%x: f64) -> f64 {
  // expected-error @+1 {{expected a power from 0 to 3, got 4}}
  %y = act.log_domain %x {
    sign = array<f64: -1.0, 1.0>, power = array<i32: 1, 4>,
    end = array<f64: 14.0, 6.0>, offset = array<f64: 0.0, 0.0>,
    slope = array<f64: 0.0, 1.0>, scale = array<f64: 1.0, 1.0>,
    shift = 50 : i32, exponential = array<f64: 1.0, 0.7>,
    table = dense<1.0> : tensor<2x16xf64>, error = 0.0 : f64} : f64
  return %y : f64
}

// -----

func.func @log_domain_end(%x: f64) -> f64 {
  // expected-error @+1 {{expected a finite end and scale}}
  %y = act.log_domain %x {
    sign = array<f64: -1.0, 1.0>, power = array<i32: 1, 1>,
    end = array<f64: 14.0, 6.0>, offset = array<f64: 0.0, 0.0>,
    slope = array<f64: 0.0, 1.0>, scale = array<f64: 1.0, 0x7FF0000000000000>,
    shift = 50 : i32, exponential = array<f64: 1.0, 0.7>,
    table = dense<1.0> : tensor<2x16xf64>, error = 0.0 : f64} : f64
  return %y : f64
}

// -----

func.func @log_domain_shift(%x: f64) -> f64 {
  // expected-error @+1 {{expected a shift from 49 to 52, got 48}}
  %y = act.log_domain %x {
    sign = array<f64: -1.0, 1.0>, power = array<i32: 1, 1>,
    end = array<f64: 14.0, 6.0>, offset = array<f64: 0.0, 0.0>,
    slope = array<f64: 0.0, 1.0>, scale = array<f64: 1.0, 1.0>,
    shift = 48 : i32, exponential = array<f64: 1.0, 0.7>,
    table = dense<1.0> : tensor<2x16xf64>, error = 0.0 : f64} : f64
  return %y : f64
}

// -----

func.func @derivative_callee(%x: f32) -> f32 {
  // expected-error @+1 {{expected the name of an activation, got 'arith.negf'}}
  %y = act.derivative "arith.negf" %x : f32
  return %y : f32
}

// -----

func.func @derivative_gate(%x: f32) -> f32 {
  // expected-error @+1 {{expected an activation of one variable, got 'act.swiglu', which has 2}}
  %y = act.derivative "act.swiglu" %x : f32
  return %y : f32
}

// -----

func.func @derivative_parameter(%x: f32) -> f32 {
  // expected-error @+1 {{expected floats for the parameters of 'act.elu', got "beta" = 1.000000e+00 : f64}}
  %y = act.derivative "act.elu" %x with {beta = 1.0} : f32
  return %y : f32
}

// -----

func.func @derivative_stray_parameter(%x: f32) -> f32 {
  // expected-error @+1 {{expected parameters behind 'with', got "max" as an attribute of the op}}
  %y = act.derivative "act.clamp" %x {max = 1.0} : f32
  return %y : f32
}

// -----

func.func @derivative_value(%x: f32) -> f32 {
  // expected-error @+1 {{expected min <= max, got min = 1.000000e+00, max = 0.000000e+00}}
  %y = act.derivative "act.clamp" %x with {min = 1.0, max = 0.0} : f32
  return %y : f32
}

// -----

func.func @derivative_nan(%x: f32) -> f32 {
  // expected-error @+1 {{expected a number as 'alpha', got NaN}}
  %y = act.derivative "act.elu" %x with {alpha = 0x7FF8000000000000 : f64} : f32
  return %y : f32
}

// -----

func.func @other_name(%x: f32) -> f32 {
  // expected-error @below {{expected no parameters but 'alpha', got 'negative_slope'; give an attribute of another kind a prefix, as in 'my.negative_slope'}}
  %y = act.leaky_relu %x {negative_slope = 0.5 : f64} : f32
  return %y : f32
}

// -----

func.func @map_narrows(%x: f32) -> f32 {
  // expected-error @+1 {{expected a body that computes in 'f32' or wider, got a rounding to 'bf16'; keep it outside act.map}}
  %0 = act.map %x : f32 {
  ^bb0(%a: f32):
    // expected-note @+1 {{see the op here}}
    %t = arith.truncf %a : f32 to bf16
    %r = arith.extf %t : bf16 to f32
    act.yield %r : f32
  }
  return %0 : f32
}

// -----

func.func @no_parameters(%x: f32) -> f32 {
  // expected-error @below {{expected no parameters, got 'alpha'}}
  %y = act.relu %x {alpha = 0.5 : f64} : f32
  return %y : f32
}

// -----

func.func @map_gate_nan(%x: f32, %g: f32) -> f32 {
  // expected-error @+1 {{expected a body that gives NaN where input #0 is NaN, got one of which it is not known; maximumf, minimumf and the flag nnan propagate it, or keep the ops outside act.map}}
  %0 = act.map %x, %g : f32 {
  ^bb0(%a: f32, %b: f32):
    %zero = arith.constant 0.0 : f32
    %c = arith.cmpf ogt, %b, %zero : f32
    %r = arith.select %c, %b, %a : f32
    act.yield %r : f32
  }
  return %0 : f32
}

// -----

func.func @map_unused(%x: f32, %g: f32) -> f32 {
  // expected-error @+1 {{expected a body that gives NaN where input #1 is NaN}}
  %0 = act.map %x, %g : f32 {
  ^bb0(%a: f32, %b: f32):
    act.yield %a : f32
  }
  return %0 : f32
}

// -----

func.func @map_unknown_nan(%x: f32) -> f32 {
  // expected-error @+1 {{expected a body that gives one value where input #0 is NaN, got one of which it is not known}}
  %0 = act.map %x : f32 {
  ^bb0(%a: f32):
    %zero = arith.constant 0.0 : f32
    %six = arith.constant 6.0 : f32
    %r = math.clampf %a to [%zero, %six] : f32
    act.yield %r : f32
  }
  return %0 : f32
}
