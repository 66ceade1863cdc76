// RUN: act-opt %s --act-synthesize="isa=avx512" --split-input-file --mlir-elide-elementsattrs-if-larger=1 | FileCheck %s
// RUN: act-opt %s --act-synthesize="isa=generic" --split-input-file --mlir-elide-elementsattrs-if-larger=1 | FileCheck %s --check-prefix=GENERIC
// RUN: act-opt %s --act-synthesize="isa=avx2" --split-input-file --mlir-elide-elementsattrs-if-larger=1 | FileCheck %s --check-prefix=AVX2

// A form that is valid everywhere needs no guard.
// CHECK-LABEL: @saturates
// CHECK: %[[Y:.*]] = act.piecewise %arg0 magnitude odd logarithmic
// CHECK-NOT: scf.if
// CHECK: return %[[Y]]
// GENERIC-LABEL: @saturates
// GENERIC: %[[X:.*]] = arith.extf %arg0 : vector<64xf32> to vector<64xf64>
// GENERIC: %[[Y:.*]] = act.log_domain %[[X]]
// GENERIC: arith.truncf %[[Y]] : vector<64xf64> to vector<64xf32>
func.func @saturates(%x: vector<64xf32>) -> vector<64xf32> {
  %y = act.tanh %x : vector<64xf32>
  return %y : vector<64xf32>
}

// -----

// Elsewhere one comparison of the four registers tells whether some lane needs
// another form, which is called for those registers only, and at once where that
// is all.
// CHECK-LABEL: @decays
// CHECK: %[[HOT:.*]] = act.piecewise %arg0
// CHECK-COUNT-3: arith.maxui
// CHECK: %[[ANY:.*]] = vector.reduction <or>
// CHECK: %[[EXPECT:.*]] = llvm.intr.expect %[[ANY]], %false
// CHECK: scf.if %[[EXPECT]] -> (vector<64xf32>)
// CHECK-COUNT-3: arith.andi
// CHECK: call @act_rare{{[_0-9]*}}(%arg0) : (vector<64xf32>) -> vector<64xf32>
// CHECK: else
// CHECK-COUNT-4: call @[[EXACT:act_rare[_0-9]*]](%{{.*}}) : (vector<16xf32>)
// CHECK: func.func private @[[EXACT]](%{{.*}}: vector<16xf32>) -> vector<16xf32> attributes {llvm.linkage = #llvm.linkage<internal>, passthrough = ["noinline", "cold"]}
// A slower form of the whole line serves there in f32.
// CHECK-NEXT: act.piecewise %arg0 magnitude ramp {{.*}}decay_to_zero
// CHECK-NEXT: return
func.func @decays(%x: vector<64xf32>) -> vector<64xf32> {
  %y = act.silu %x : vector<64xf32>
  return %y : vector<64xf32>
}

// -----

// CHECK-LABEL: @repeats
// CHECK: %[[FLAT:.*]] = vector.shape_cast %arg0 : vector<2x5xf32> to vector<10xf32>
// CHECK: act.exponential %[[FLAT]]
// CHECK-LABEL: @of_another_dialect
// CHECK: act.exponential
// One form serves all arguments.
// CHECK-LABEL: @beside_a_line
// CHECK-NEXT: %[[Y:.*]] = act.exponential_linear %arg0 {{.*}}level = 1.000000e+00 : f32, {{.*}}rate = 1.000000e+00 : f32, slope = 1.000000e+00 : f32
// CHECK-NEXT: return %[[Y]]
func.func @repeats(%v: vector<2x5xf32>) -> vector<2x5xf32> {
  %y = act.exp %v : vector<2x5xf32>
  return %y : vector<2x5xf32>
}
func.func @of_another_dialect(%x: f32) -> f32 {
  %y = math.exp %x : f32
  return %y : f32
}
func.func @beside_a_line(%x: vector<64xf32>) -> vector<64xf32> {
  %y = act.elu %x : vector<64xf32>
  return %y : vector<64xf32>
}

// -----

// 16 bits are computed in f32 and rounded once.
// CHECK-LABEL: @small
// CHECK: %[[X:.*]] = arith.extf %arg0 : vector<16xbf16> to vector<16xf32>
// CHECK: %[[Y:.*]] = act.piecewise %[[X]]
// CHECK: arith.truncf %[[Y]] to_nearest_away : vector<16xf32> to vector<16xbf16>
func.func @small(%x: vector<16xbf16>) -> vector<16xbf16> {
  %y = act.tanh %x : vector<16xbf16>
  return %y : vector<16xbf16>
}

// -----

// Arithmetic that keeps the accuracy as it is written.
// CHECK-LABEL: @direct
// CHECK-NOT: f64
// CHECK: math.fma
// CHECK: math.fma
// A sum with a constant is not -0, so that the maximum with 0 is one select.
// CHECK: %[[BELOW:.*]] = arith.cmpf olt, %[[SUM:.*]], %[[ZERO:.*]] :
// CHECK: arith.select %[[BELOW]], %[[ZERO]], %[[SUM]]
// CHECK: arith.minimumf
// CHECK: arith.mulf
// Rounding does not take it below its least value.
// CHECK: arith.maximumf {{.*}} : vector<16xf32>
func.func @direct(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.hard_swish %x : vector<16xf32>
  return %y : vector<16xf32>
}

// -----

// In f64, too, it takes no pairs.
// CHECK-LABEL: @direct_f64
// CHECK: math.fma
// CHECK: %[[REST:.*]] = arith.select
// CHECK: %[[SUM:.*]] = arith.addf {{.*}}, %[[REST]] : vector<8xf64>
// CHECK: arith.cmpf olt, %[[SUM]]
// CHECK: arith.minimumf
// CHECK: arith.mulf
// CHECK-NOT: act.hard_swish
func.func @direct_f64(%x: vector<8xf64>) -> vector<8xf64> {
  %y = act.hard_swish %x : vector<8xf64>
  return %y : vector<8xf64>
}

// -----

// -0 gives 0: the comparison with it takes one instruction less than a maximum.
// CHECK-LABEL: @rectified
// CHECK: %[[BELOW:.*]] = arith.cmpf ole, %arg0, %[[ZERO:.*]] :
// CHECK: arith.select %[[BELOW]], %[[ZERO]], %arg0
func.func @rectified(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.relu %x : vector<16xf32>
  return %y : vector<16xf32>
}

// -----

// Where three roundings are too many, a product of lines is computed in two
// floats; what goes on as a line needs no choice.
// CHECK-LABEL: @product_of_lines
// CHECK-NOT: f64
// CHECK: %[[LOW:.*]] = arith.select {{.*}}, %arg0
// CHECK: %[[INSIDE:.*]] = arith.select {{.*}}, %[[LOW]]
// CHECK: %[[HIGH:.*]] = arith.subf %[[INSIDE]], %[[ZERO:.*]] :
// CHECK: %[[BACK:.*]] = arith.addf %[[HIGH]], %[[ZERO]]
// CHECK: arith.subf %[[INSIDE]], %[[BACK]]
// CHECK: arith.mulf
// CHECK-COUNT-3: math.fma
// CHECK: %[[REST:.*]] = arith.mulf %[[INSIDE]]
// CHECK: %[[SUM:.*]] = math.fma %[[LOW]], %{{.*}}, %[[REST]]
// CHECK-NEXT: return %[[SUM]]
func.func @product_of_lines(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.hard_swish %x {accuracy = #act.accuracy<ulp = 1>} : vector<16xf32>
  return %y : vector<16xf32>
}

// -----

// Both lines in two floats, a power of two in one.
// CHECK-LABEL: @square
// CHECK-NOT: f64
// CHECK-COUNT-4: math.fma
// CHECK-NOT: math.fma
// CHECK: arith.select
// CHECK-NEXT: return
func.func @square(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.sparse_plus %x : vector<16xf32>
  return %y : vector<16xf32>
}

// -----

// Where a register holds a small table, what decays over many binades is
// computed by its logarithm, on the whole line.
// AVX2-LABEL: @decays
// AVX2: act.piecewise %arg0 magnitude ramp {{.*}}exponential = array<f32: {{.*}}power = 1 : i32
// AVX2-NOT: scf.if
// AVX2: return
func.func @decays(%x: vector<32xf32>) -> vector<32xf32> {
  %y = act.gelu_tanh %x : vector<32xf32>
  return %y : vector<32xf32>
}

// -----

// Beside a plain exponential fewer steps do, but not where results are subnormal.
// AVX2-LABEL: @product
// AVX2: act.piecewise %arg0 magnitude ramp logarithmic {{.*}}decay_argument = #act<decay_argument quadratic>{{.*}}growth = array<f32: -5.0{{.*}}tensor<{{[0-9]+}}x8xf32>{{.*}}valid_lo = -13.0
// AVX2: scf.if
// AVX2: call @act_rare
// AVX2: return
func.func @product(%x: vector<32xf32>) -> vector<32xf32> {
  %y = act.gelu %x : vector<32xf32>
  return %y : vector<32xf32>
}

// -----

// A gradient that consists of lines is computed line by line, in f32: as it is
// written digits cancel.
// CHECK-LABEL: @lines
// CHECK-NOT: f64
// CHECK: %[[LEFT:.*]] = arith.cmpf ole, %arg0, %{{.*}} : vector<16xf32>
// CHECK: %[[DISTANCE:.*]] = arith.subf %arg0
// CHECK: %[[LINE:.*]] = arith.mulf %{{.*}}%[[DISTANCE]]
// CHECK: %[[RIGHT:.*]] = arith.select %{{.*}}, %{{.*}}, %[[LINE]]
// CHECK: arith.select %[[LEFT]], %{{.*}}, %[[RIGHT]]
// CHECK-NOT: act.derivative
// CHECK: return
func.func @lines(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.derivative "act.hard_swish" %x : vector<16xf32>
  return %y : vector<16xf32>
}

// -----

// Also where that is shorter: of nested choices, the one that holds.
// CHECK-LABEL: @steps
// CHECK-COUNT-3: arith.cmpf
// CHECK-NOT: arith.cmpf
// CHECK: return
func.func @steps(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.derivative "act.clamp" %x with {min = -1.0, max = 1.0} : vector<16xf32>
  return %y : vector<16xf32>
}

// -----

// A zero inside needs digits of the slope that one float has not, or joints that
// are not beside it.
// CHECK-LABEL: @gradients
// CHECK: act.piecewise %arg0 {{.*}}split_slope
// CHECK: act.piecewise %arg0
// CHECK-NOT: act.derivative
// CHECK: return
func.func @gradients(%x: vector<16xf32>) -> (vector<16xf32>, vector<16xf32>) {
  %y = act.derivative "act.mish" %x : vector<16xf32>
  %z = act.derivative "act.gelu_tanh" %x : vector<16xf32>
  return %y, %z : vector<16xf32>, vector<16xf32>
}

// -----

// An op may allow more, and gets cheaper code: fewer coefficients.
// CHECK-LABEL: @coarse
// CHECK: act.piecewise {{.*}}tensor<{{[345]}}x{{[0-9]+}}xf32>
func.func @coarse(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.gelu %x {accuracy = #act.accuracy<abs = 1.0e-3>} : vector<16xf32>
  return %y : vector<16xf32>
}

// -----

// Where f32 does not reach the accuracy f64 does.
// CHECK-LABEL: @strict
// CHECK: %[[X:.*]] = arith.extf %arg0 : vector<16xf32> to vector<16xf64>
// CHECK: %[[Y:.*]] = act.log_domain %[[X]]
// CHECK: arith.truncf %[[Y]] : vector<16xf64> to vector<16xf32>
func.func @strict(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.gelu %x {accuracy = #act.accuracy<ulp = 0.6>} : vector<16xf32>
  return %y : vector<16xf32>
}

// -----

// A jump has no form: both sides are computed, and the sign decides.
// CHECK-LABEL: @jump
// CHECK: %[[EXP:.*]] = act.exponential %arg0
// CHECK: %[[RIGHT:.*]] = arith.cmpf olt, %{{.*}}, %arg0
// CHECK: arith.select %[[RIGHT]], %{{.*}}, %[[EXP]]
func.func @jump(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.derivative "act.selu" %x : vector<16xf32>
  return %y : vector<16xf32>
}

// -----

// 1/((1 + |x|) (1 + |x|)): the square overflows in f32 where the result does
// not vanish.
// CHECK-LABEL: @overflow
// CHECK-NOT: arith.mulf {{.*}}xf32
// CHECK: return
func.func @overflow(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.derivative "act.soft_sign" %x : vector<16xf32>
  return %y : vector<16xf32>
}

// -----

// No form is found that suits all of f16: one for f32 is rounded.
// CHECK-LABEL: @rounded_once_more
// CHECK: %[[X:.*]] = arith.extf %arg0 : vector<16xf16> to vector<16xf32>
// CHECK: act.piecewise %[[X]]
// CHECK: arith.truncf {{.*}} : vector<16xf32> to vector<16xf16>
func.func @rounded_once_more(%x: vector<16xf16>) -> vector<16xf16> {
  %y = act.derivative "act.gelu" %x : vector<16xf16>
  return %y : vector<16xf16>
}

// -----

// A function for rare lanes stands in the module that calls it.
// CHECK-LABEL: module @inner {
// CHECK: func.call @act_rare
// CHECK: func.func private @act_rare
// GENERIC-LABEL: module @inner {
module @inner {
  func.func @f(%x: vector<64xf32>) -> vector<64xf32> {
    %y = act.gelu %x : vector<64xf32>
    return %y : vector<64xf32>
  }
}

// -----

// Of a gate that decays the form serves as a factor where it is a normal float,
// and in a product of f64 farther out; what is left takes the exact function. The
// value needs no guard beside one factor.
// CHECK-LABEL: @gate
// CHECK-NOT: arith.bitcast %arg0
// CHECK: arith.bitcast %arg1
// CHECK-NOT: arith.bitcast %arg0
// CHECK: %[[SIGMOID:.*]] = act.piecewise %arg1
// CHECK: arith.mulf %arg0, %[[SIGMOID]] : vector<16xf32>
// CHECK-NOT: arith.bitcast %arg0
// CHECK: scf.if
// CHECK: call @[[FAR:act_rare[_0-9]*]]
// CHECK: func.func private @[[EXACT:act_rare[_0-9]*]]
// CHECK-NOT: act.
// CHECK: return
// CHECK: func.func private @[[FAR]]
// CHECK: act.log_domain
// CHECK: arith.mulf {{.*}} : vector<16xf64>
// CHECK: scf.if
// CHECK: call @[[EXACT]]
// GENERIC-LABEL: @gate
// GENERIC: act.log_domain
// GENERIC: scf.if
// GENERIC: call @act_rare
func.func @gate(%v: vector<16xf32>, %g: vector<16xf32>) -> vector<16xf32> {
  %y = act.glu %v gate %g : (vector<16xf32>, vector<16xf32>) -> vector<16xf32>
  return %y : vector<16xf32>
}

// -----

// Within 1 ulp the function of the gate keeps what it rounds off for the product,
// which is to have room for it: values are guarded, but for 0.
// CHECK-LABEL: @gate_within_an_ulp
// CHECK: %[[SIZE:.*]] = arith.andi
// CHECK: %[[IS_ZERO:.*]] = arith.cmpi eq, %[[SIZE]], %[[ZERO:.*]] :
// CHECK: %[[ABOVE:.*]] = arith.subi %[[SIZE]]
// CHECK: %[[KEY:.*]] = arith.select %[[IS_ZERO]], %[[ZERO]], %[[ABOVE]]
// CHECK: %[[Y:.*]] = act.piecewise %arg1 times %arg0 {{.*}}compensated
// CHECK: arith.cmpi ugt, %[[KEY]]
// CHECK: scf.if
// CHECK: call @[[FAR:act_rare[_0-9]*]]
// CHECK: scf.yield %[[Y]]
// CHECK: func.func private @[[FAR]]
// CHECK: %[[GATE:.*]] = act.log_domain
// CHECK: arith.mulf %{{.*}}, %[[GATE]] : vector<16xf64>
func.func @gate_within_an_ulp(%v: vector<16xf32>, %g: vector<16xf32>) -> vector<16xf32> {
  %y = act.glu %v gate %g {accuracy = #act.accuracy<ulp = 1.0>} : (vector<16xf32>, vector<16xf32>) -> vector<16xf32>
  return %y : vector<16xf32>
}

// -----

// A product of exact factors keeps what it rounds off for that with the form. It
// is guarded, but for 0, and not what it is of.
// CHECK-LABEL: @gated_value
// CHECK-NOT: arith.bitcast %arg0
// CHECK: %[[P:.*]] = arith.mulf %[[A:.*]], %[[B:.*]] : vector<16xf32>
// CHECK: %[[NEGATIVE:.*]] = arith.negf %[[A]]
// CHECK: %[[EXCESS:.*]] = math.fma %[[NEGATIVE]], %[[B]], %[[P]]
// CHECK: %[[SIGMOID:.*]] = act.piecewise %arg1
// CHECK: %[[LESS:.*]] = arith.mulf %[[EXCESS]], %[[SIGMOID]]
// CHECK: %[[MINUS:.*]] = arith.negf %[[LESS]]
// CHECK: %[[Y:.*]] = math.fma %[[P]], %[[SIGMOID]], %[[MINUS]]
// CHECK: arith.bitcast %[[P]]
// CHECK: arith.cmpi eq
// CHECK: scf.if
// CHECK: scf.yield %[[Y]]
func.func @gated_value(%v: vector<16xf32>, %g: vector<16xf32>) -> vector<16xf32> {
  %y = act.swiglu %v gate %g : (vector<16xf32>, vector<16xf32>) -> vector<16xf32>
  return %y : vector<16xf32>
}

// -----

// What has a zero between two floats serves on both sides of it, up to 8.02.
// CHECK-LABEL: @beyond_a_zero
// CHECK: act.piecewise %arg1 times %arg0
// CHECK-DAG: %[[REACH:.*]] = arith.constant dense<1090540012>
// CHECK: arith.cmpi ugt, %{{.*}}, %[[REACH]]
// CHECK: scf.if
func.func @beyond_a_zero(%v: vector<16xf32>, %g: vector<16xf32>) -> vector<16xf32> {
  %y = act.map %v, %g : vector<16xf32> {
  ^bb0(%a: f32, %b: f32):
    %slope = act.derivative "act.silu" %b : f32
    %q = arith.mulf %a, %slope : f32
    act.yield %q : f32
  }
  return %y : vector<16xf32>
}

// -----

// A factor that is computed as it is written may round: what is kept of the
// product of the others does not make up for that.
// CHECK-LABEL: @rounds_as_written
// CHECK-NOT: math.fma
// CHECK: arith.mulf %{{.*}} : vector<16xf64>
// CHECK: arith.mulf %{{.*}} : vector<16xf64>
// CHECK: arith.truncf
func.func @rounds_as_written(%v: vector<16xf32>, %g: vector<16xf32>) -> vector<16xf32> {
  %y = act.map %v, %g {accuracy = #act.accuracy<ulp = 1.0>} : vector<16xf32> {
  ^bb0(%a: f32, %b: f32):
    %one = arith.constant 1.0 : f32
    %zero = arith.constant 0.0 : f32
    %sum = arith.addf %b, %one : f32
    %ramp = arith.maximumf %sum, %zero : f32
    %product = arith.mulf %a, %b : f32
    %q = arith.mulf %product, %ramp : f32
    act.yield %q : f32
  }
  return %y : vector<16xf32>
}
