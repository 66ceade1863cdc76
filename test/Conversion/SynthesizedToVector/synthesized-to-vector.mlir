// RUN: act-opt %s --act-synthesized-to-vector="isa=avx512" | FileCheck %s --check-prefixes=CHECK,V4
// RUN: act-opt %s --act-synthesized-to-vector="isa=avx2" | FileCheck %s --check-prefixes=CHECK,V3
// RUN: not act-opt %s --act-synthesized-to-vector="isa=vax" 2>&1 | FileCheck %s --check-prefix=ISA

// ISA: error: expected an instruction set that is known (generic, avx2, avx512), got 'vax'

// Eight entries fill one register of AVX2 and half of one of AVX-512.
// CHECK-LABEL: @segments
// CHECK: %[[T:.*]] = math.absf %arg0
// CHECK: math.fma
// V4: llvm.call_intrinsic "llvm.x86.avx512.permvar.sf.512"
// V3-COUNT-2: llvm.call_intrinsic "llvm.x86.avx2.permps"
// CHECK: arith.subf
// CHECK: math.fma
// CHECK: arith.xori
// CHECK-NOT: act.piecewise
func.func @segments(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.piecewise %x magnitude odd uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0xFF800000 : f32, hi = 7.0 : f32,
    valid_lo = 0xFF800000 : f32, valid_hi = 0x7F800000 : f32,
    table = dense<[[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
                   [0.0, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5],
                   [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]]> : tensor<3x8xf32>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// By the logarithm: t * (1 + (r^2 E(r) + r)) is scaled once, and down in f64.
// CHECK-LABEL: @decays
// CHECK: math.absf %arg0
// CHECK: %[[T:.*]] = arith.select
// CHECK: %[[Y:.*]] = math.fma %[[T]], %{{.*}}, %[[T]]
// V4: llvm.call_intrinsic "llvm.x86.avx512.mask.scalef.ps.512"(%[[Y]],
// V3: %[[BITS:.*]] = arith.shli
// V3: %[[POWER:.*]] = arith.addi %[[BITS]]
// V3: %[[SCALE:.*]] = arith.bitcast %[[POWER]]
// V3: %[[SCALED:.*]] = arith.mulf %[[Y]], %[[SCALE]]
// V3: %[[WIDE:.*]] = arith.extf %[[SCALED]]
// CHECK: %[[SMALL:.*]] = arith.truncf
// CHECK: %[[NEGATIVE:.*]] = arith.cmpf olt, %arg0
// CHECK: %[[RAMP:.*]] = arith.select %[[NEGATIVE]], %{{.*}}, %arg0
// CHECK: %[[LEFT:.*]] = arith.negf %[[SMALL]]
// CHECK: %[[RIGHT:.*]] = math.fma %{{.*}}, %{{.*}}, %[[RAMP]]
// CHECK: arith.select %[[NEGATIVE]], %[[LEFT]], %[[RIGHT]]
// CHECK-NOT: act.piecewise
// CHECK: return
func.func @decays(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.piecewise %x magnitude ramp uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0xFF800000 : f32, hi = 7.0 : f32,
    valid_lo = 0xFF800000 : f32, valid_hi = 0x7F800000 : f32,
    table = dense<[[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
                   [0.0, 0.1, 0.2, 0.0, 0.1, 0.2, 0.0, 0.1],
                   [0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.1, 0.2],
                   [-1.0, -2.0, -3.0, -4.0, -5.0, -6.0, -7.0, -8.0],
                   [-1.0, -3.0, -6.0, -9.0, -14.0, -19.0, -26.0, -33.0]]>
      : tensor<5x8xf32>,
    power = 1 : i32, exponential = array<f32: 0.5, 0.16>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// Times an exponential: the square in two parts; of the product what is small is
// added up first, and the power of two comes last.
// CHECK-LABEL: @product
// CHECK: %[[T:.*]] = arith.select
// CHECK: %[[U:.*]] = arith.subf %[[T]]
// CHECK: %[[REST:.*]] = arith.mulf %{{.*}}, %[[U]]
// CHECK: %[[SQUARE:.*]] = arith.mulf %[[T]], %[[T]]
// CHECK: %[[NEGATIVE:.*]] = arith.negf %[[SQUARE]]
// CHECK: %[[LOW:.*]] = math.fma %[[T]], %[[T]], %[[NEGATIVE]]
// CHECK: %[[SHIFTED:.*]] = math.fma %[[SQUARE]]
// CHECK: %[[N:.*]] = arith.subf %[[SHIFTED]]
// CHECK: %[[V1:.*]] = math.fma %{{.*}}, %[[N]], %[[SQUARE]]
// CHECK: %[[V2:.*]] = math.fma %{{.*}}, %[[N]], %[[V1]]
// CHECK: %[[V:.*]] = arith.addf %[[V2]], %[[LOW]]
// CHECK: %[[LINE:.*]] = arith.mulf %[[V]], %{{.*}}
// CHECK: %[[CURVE:.*]] = arith.mulf %[[V]], %{{.*}}
// CHECK: %[[GROWTH:.*]] = math.fma %[[CURVE]], %[[V]], %[[LINE]]
// CHECK: %[[SMALL:.*]] = math.fma %[[REST]], %[[GROWTH]], %[[REST]]
// CHECK: %[[ALL:.*]] = math.fma %[[CONSTANT:.*]], %[[GROWTH]], %[[SMALL]]
// CHECK: %[[SUM:.*]] = arith.addf %[[CONSTANT]], %[[ALL]]
// V4: %[[P:.*]] = llvm.call_intrinsic "llvm.x86.avx512.mask.scalef.ps.512"(%[[SUM]],
// V3: %[[P:.*]] = arith.mulf %[[SUM]]
// CHECK: arith.subf %{{.*}}, %[[P]]
// CHECK-NOT: act.piecewise
// CHECK: return
func.func @product(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.piecewise %x magnitude ramp uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0xFF800000 : f32, hi = 7.0 : f32,
    valid_lo = -7.0 : f32, valid_hi = 0x7F800000 : f32,
    table = dense<[[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
                   [0.0, 0.1, 0.2, 0.0, 0.1, 0.2, 0.0, 0.1],
                   [0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.1, 0.2]]> : tensor<3x8xf32>,
    decay_argument = #act<decay_argument quadratic>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0>,
    growth = array<f32: -0.75, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// What is kept of the polynomials takes the exponential, too, and so does what
// that rounds off. A cubic argument is t * (1 + c t^2), both products in two parts.
// CHECK-LABEL: @compensated_product
// CHECK: %[[T:.*]] = arith.select
// CHECK: %[[SQUARE:.*]] = arith.mulf %[[T]], %[[T]]
// CHECK: %[[SQUARE_LOW:.*]] = math.fma %[[T]], %[[T]]
// CHECK: %[[FACTOR:.*]] = math.fma %[[C:.*]], %[[SQUARE]], %[[ONE:.*]] :
// CHECK: %[[REST:.*]] = arith.subf %[[ONE]], %[[FACTOR]]
// CHECK: %[[LOW1:.*]] = math.fma %[[C]], %[[SQUARE]], %[[REST]]
// CHECK: %[[LOW:.*]] = math.fma %[[C]], %[[SQUARE_LOW]], %[[LOW1]]
// CHECK: %[[Q:.*]] = arith.mulf %[[T]], %[[FACTOR]]
// CHECK: %[[Q_LOW:.*]] = math.fma %[[T]], %[[FACTOR]]
// CHECK: math.fma %[[T]], %[[LOW]], %[[Q_LOW]]
// CHECK: %[[P:.*]] = math.fma %[[SCALED:.*]], %[[GROWTH:.*]], %[[SCALED]] :
// CHECK: %[[OFF:.*]] = arith.subf %[[SCALED]], %[[P]]
// CHECK: %[[LOST:.*]] = math.fma %[[SCALED]], %[[GROWTH]], %[[OFF]]
// CHECK: %[[KEPT:.*]] = math.fma %[[EXCESS:.*]], %[[GROWTH]], %[[EXCESS]] :
// CHECK: %[[ALL:.*]] = arith.subf %[[KEPT]], %[[LOST]]
// CHECK: arith.subf %[[P]], %[[ALL]]
// CHECK-NOT: act.piecewise
// CHECK: return
func.func @compensated_product(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.piecewise %x magnitude plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0xFF800000 : f32, hi = 7.0 : f32,
    valid_lo = -7.0 : f32, valid_hi = 7.0 : f32,
    table = dense<[[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
                   [0.0, 0.1, 0.2, 0.0, 0.1, 0.2, 0.0, 0.1],
                   [0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.1, 0.2],
                   [0.5, 0.4, 0.3, 0.5, 0.4, 0.3, 0.5, 0.4]]>
      : tensor<4x8xf32>, compensated,
    decay_argument = #act<decay_argument cubic>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0625>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// What falls to 0 is 2^80 times as large until the end, with the level above it,
// and rounds once as f64 becomes f32.
// CHECK-LABEL: @compensated_product_to_zero
// CHECK-DAG: %[[LEVEL:.*]] = arith.constant dense<1.20892582E+24> : vector<16xf32>
// CHECK-DAG: %[[UNIT:.*]] = arith.constant dense<8.2718061255302767E-25> : vector<16xf64>
// CHECK: %[[P:.*]] = math.fma %[[SCALED:.*]], %[[GROWTH:.*]], %[[SCALED]] :
// CHECK: %[[LEFT:.*]] = arith.subf %[[P]], %[[ALL:.*]] :
// CHECK: %[[OFF:.*]] = arith.subf %[[LEVEL]], %[[P]]
// CHECK: arith.subf %[[OFF]], %[[LEVEL]]
// CHECK: %[[RIGHT:.*]] = arith.subf %[[OFF]], %[[EXCESS:.*]] :
// CHECK: %[[Y:.*]] = arith.select %{{.*}}, %[[RIGHT]], %[[LEFT]]
// CHECK: %[[WIDE:.*]] = arith.extf %[[Y]]
// CHECK: %[[PRODUCT:.*]] = math.fma %[[WIDE]], %[[UNIT]]
// CHECK: arith.truncf %[[PRODUCT]]
// CHECK-NOT: act.piecewise
// CHECK: return
func.func @compensated_product_to_zero(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.piecewise %x magnitude reflected uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0xFF800000 : f32, hi = 120.0 : f32,
    valid_lo = 0xFF800000 : f32, valid_hi = 0x7F800000 : f32,
    table = dense<[[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
                   [0.0, 0.1, 0.2, 0.0, 0.1, 0.2, 0.0, 0.1],
                   [0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.1, 0.2],
                   [0.5, 0.4, 0.3, 0.5, 0.4, 0.3, 0.5, 0.4]]>
      : tensor<4x8xf32>, compensated, decay_to_zero,
    decay_argument = #act<decay_argument linear>,
    decay = array<f32: -1.44269502, -0.693147182, 1.90465421E-9, 0.0>,
    growth = array<f32: -1.0, 0.5>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// Arguments whose result and power of two are normal numbers take the short way,
// on which nothing is clamped. Of others, where an instruction scales by any power
// of two only what is left of x is held; elsewhere x is, and the power is put
// together from bits, away from the subnormal numbers on the side where x is.
// What is small is scaled in f64, and rounded once.
// CHECK-LABEL: @exponential(
// CHECK: %[[HIT:.*]] = vector.reduction <or>
// CHECK: %[[RARE:.*]] = llvm.intr.expect %[[HIT]], %false
// CHECK: scf.if %[[RARE]]
// V4: %[[N:.*]] = arith.subf
// V4: llvm.call_intrinsic "llvm.x86.avx512.mask.range.ps.512"
// V4: %[[SMALL:.*]] = arith.cmpf olt, %[[N]]
// V4: %[[UP:.*]] = llvm.call_intrinsic "llvm.x86.avx512.mask.scalef.ps.512"
// V4: %[[WIDE:.*]] = arith.extf %[[UP]]
// V4: %[[PRODUCT:.*]] = math.fma %[[WIDE]]
// V4: %[[DOWN:.*]] = arith.truncf %[[PRODUCT]]
// V4: %[[PLAIN:.*]] = llvm.call_intrinsic "llvm.x86.avx512.mask.scalef.ps.512"
// V4: arith.select %[[SMALL]], %[[DOWN]], %[[PLAIN]]
// V3-NOT: llvm.x86.avx512
// V3: %[[LEFT:.*]] = arith.cmpi slt
// V3: %[[SHIFT:.*]] = arith.select %[[LEFT]],
// V3: math.fma %{{.*}}, %{{.*}}, %[[SHIFT]]
// V3: %[[STEPS:.*]] = arith.shli
// V3: arith.addi %{{.*}}, %[[STEPS]]
// V3: %[[DOWN:.*]] = arith.truncf
// V3: %[[UP:.*]] = arith.mulf
// V3: arith.select %[[LEFT]], %[[DOWN]], %[[UP]]
// CHECK: else
// CHECK-NOT: arith.cmpf
// CHECK-NOT: llvm.x86.avx512.mask.range
// CHECK-NOT: arith.select
// V4: llvm.call_intrinsic "llvm.x86.avx512.mask.scalef.ps.512"
// V3: math.fma
// CHECK: return
func.func @exponential(%x: f32) -> f32 {
  %y = act.exponential %x {
    inverse = 1.5 : f32, hi_step = 0.6666666 : f32, lo_step = 0.0 : f32,
    lo = -105.0 : f32, hi = 90.0 : f32, coefficients = array<f32: 1.0, 0.5>,
    table = dense<[[1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.7, 1.8]]> : tensor<1x8xf32>,
    error = 0.0 : f64} : f32
  return %y : f32
}

// Scores count from 0 if the top is near it, and from the top else; the power of
// the top is taken from the constant that rounds, and no power is subnormal.
// CHECK-LABEL: @exponential_below
// CHECK-SAME: %[[X:.*]]: vector<16xf32>, %[[TOP:.*]]: vector<16xf32>
// CHECK-NOT: llvm.call_intrinsic "llvm.x86.avx512.mask.scalef
// CHECK: %[[NEAR:.*]] = arith.cmpf olt
// CHECK: %[[BASE:.*]] = arith.select %[[NEAR]], %{{.*}}, %[[TOP]]
// CHECK: %[[REST:.*]] = arith.subf %[[TOP]], %[[BASE]]
// CHECK: %[[LEAST:.*]] = arith.addf %[[REST]]
// CHECK: %[[FROM:.*]] = arith.subf %[[X]], %[[BASE]]
// CHECK: arith.cmpf ogt, %[[LEAST]], %[[FROM]]
// CHECK: %[[T:.*]] = arith.select
// CHECK: math.fma %[[REST]]
// CHECK: %[[N:.*]] = arith.subf
// CHECK: %[[SHIFT:.*]] = arith.subf %{{.*}}, %[[N]]
// CHECK: math.fma %[[T]], %{{.*}}, %[[SHIFT]]
// CHECK: %[[GROWTH:.*]] = arith.mulf
// CHECK: arith.shli
// CHECK: %[[BITS:.*]] = arith.addi
// CHECK: %[[POWER:.*]] = arith.bitcast %[[BITS]]
// CHECK: return %[[POWER]], %[[GROWTH]]
func.func @exponential_below(%x: vector<16xf32>, %top: vector<16xf32>) -> (vector<16xf32>, vector<16xf32>) {
  %power, %growth = act.exponential_below %x, %top {
    inverse = 1.442695 : f32, hi_step = 0.6931472 : f32, lo_step = 0.0 : f32,
    lo = -105.0 : f32, hi = 90.0 : f32, coefficients = array<f32: 1.0, 0.5>,
    table = dense<[[1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.7, 1.8]]> : tensor<1x8xf32>,
    error = 0.0 : f64} : vector<16xf32>
  return %power, %growth : vector<16xf32>, vector<16xf32>
}

// Near scores count from 0, and need no clamp.
// CHECK-LABEL: @exponential_below_near
// CHECK-SAME: %[[X:.*]]: vector<16xf32>, %[[TOP:.*]]: vector<16xf32>
// CHECK-NOT: arith.select
// CHECK: math.fma %[[TOP]]
// CHECK: %[[N:.*]] = arith.subf
// CHECK: %[[SHIFT:.*]] = arith.subf %{{.*}}, %[[N]]
// CHECK: math.fma %[[X]], %{{.*}}, %[[SHIFT]]
// CHECK-NOT: arith.select
// CHECK: return
func.func @exponential_below_near(%x: vector<16xf32>, %top: vector<16xf32>) -> (vector<16xf32>, vector<16xf32>) {
  %power, %growth = act.exponential_below %x, %top {
    inverse = 1.442695 : f32, hi_step = 0.6931472 : f32, lo_step = 0.0 : f32,
    lo = -105.0 : f32, hi = 90.0 : f32, coefficients = array<f32: 1.0, 0.5>,
    table = dense<[[1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.7, 1.8]]> : tensor<1x8xf32>,
    error = 0.0 : f64, near} : vector<16xf32>
  return %power, %growth : vector<16xf32>, vector<16xf32>
}

// Factors of 1 take no step; -0 and NaN are not below 0.
// CHECK-LABEL: @exponential_linear
// CHECK: arith.cmpf ogt, %{{.*}}, %arg0
// CHECK: %[[N:.*]] = arith.subf
// CHECK: %[[R:.*]] = math.fma %[[N]]
// CHECK: %[[SQUARE:.*]] = arith.mulf %[[R]], %[[R]]
// CHECK: %[[P:.*]] = math.fma %[[SQUARE]], %{{.*}}, %[[R]]
// CHECK: arith.shli
// CHECK: %[[S:.*]] = arith.mulf
// CHECK: %[[JOIN:.*]] = arith.subf %[[S]]
// CHECK: %[[Y:.*]] = math.fma %[[S]], %[[P]], %[[JOIN]]
// CHECK: %[[LEFT:.*]] = arith.cmpf olt, %arg0
// CHECK: arith.select %[[LEFT]], %[[Y]], %arg0
func.func @exponential_linear(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.exponential_linear %x {
    rate = 1.0 : f32, level = 2.0 : f32, slope = 1.0 : f32, lo = -18.0 : f32,
    coefficients = array<f32: 0.5, 0.16>, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// CHECK-LABEL: @exponential_linear_scaled
// CHECK: %[[U:.*]] = arith.mulf %arg0, %[[RATE:.*]] :
// CHECK: arith.cmpf ogt, %{{.*}}, %[[U]]
// CHECK: %[[LINE:.*]] = arith.mulf %arg0, %{{.*}} :
// CHECK-NEXT: arith.select %{{.*}}, %{{.*}}, %[[LINE]]
func.func @exponential_linear_scaled(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.exponential_linear %x {
    rate = 2.0 : f32, level = 1.0 : f32, slope = 3.0 : f32, lo = -18.0 : f32,
    coefficients = array<f32: 0.5, 0.16>, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// The side is chosen where the level is subtracted from.
// CHECK-LABEL: @reflected
// CHECK: %[[U:.*]] = arith.subf
// CHECK: %[[P:.*]] = math.fma %{{.*}}, %[[U]],
// CHECK: %[[REST:.*]] = arith.subf %{{.*}}, %[[P]]
// CHECK: %[[RIGHT:.*]] = arith.cmpf uge, %arg0
// CHECK: arith.select %[[RIGHT]], %[[REST]], %[[P]]
func.func @reflected(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.piecewise %x magnitude reflected uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0xFF800000 : f32, hi = 1.0 : f32,
    valid_lo = 0xFF800000 : f32, valid_hi = 0x7F800000 : f32,
    table = dense<[[0.0, 1.0], [0.5, 0.25], [1.0, 2.0]]> : tensor<3x2xf32>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// Without a table the fraction and the scaling take all arguments where they are
// an instruction each; elsewhere they are clamped if they are far.
// CHECK-LABEL: @by_fraction
// CHECK: scf.if
// V4: %[[T:.*]] = arith.mulf
// V4: llvm.call_intrinsic "llvm.x86.avx512.mask.reduce.ps.512"(%[[T]]
// V4: math.fma
// V4: arith.truncf
// V3-NOT: llvm.x86
// V3: arith.cmpf
// V3: math.floor
// V3: arith.shrsi
// CHECK: else
// CHECK-NOT: arith.cmpf
// CHECK-NOT: arith.shrsi
// V4: llvm.call_intrinsic "llvm.x86.avx512.mask.scalef.ps.512"
// V3: math.floor
// CHECK: return
func.func @by_fraction(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.exponential %x {
    inverse = 1.5 : f32, hi_step = 0.0 : f32, lo_step = 0.0 : f32,
    lo = 0xFF800000 : f32, hi = 0x7F800000 : f32,
    coefficients = array<f32: 0.7, 0.3>, table = dense<1.0> : tensor<1x1xf32>,
    error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// The ramp towards the left takes what is not above -0.
// CHECK-LABEL: @left_ramp
// CHECK: %[[ZERO:.*]] = arith.constant {{.*}}-0.000000e+00
// CHECK: math.fma
// CHECK: %[[RIGHT:.*]] = arith.cmpf olt, %[[ZERO]], %arg0
// CHECK: %[[RAMP:.*]] = arith.select %[[RIGHT]], %[[ZERO]], %arg0
// CHECK: arith.subf %[[RAMP]]
func.func @left_ramp(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.piecewise %x magnitude left_ramp uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0xFF800000 : f32, hi = 1.0 : f32,
    valid_lo = 0xFF800000 : f32, valid_hi = 0x7F800000 : f32,
    table = dense<[[0.0, 1.0], [0.5, 0.25], [1.0, 2.0]]> : tensor<3x2xf32>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// The power of two is added to the constant first: S u + C, then u q + that.
// CHECK-LABEL: @split_slope
// CHECK: %[[U:.*]] = arith.subf %arg0
// CHECK: %[[LAST:.*]] = math.fma %{{.*}}, %[[U]], %{{.*}} :
// CHECK: %[[Y:.*]] = math.fma %{{.*}}, %[[U]], %[[LAST]]
// CHECK-NEXT: return %[[Y]]
func.func @split_slope(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.piecewise %x identity plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0xFF800000 : f32,
    hi = 0x7F800000 : f32, valid_lo = 0xFF800000 : f32,
    valid_hi = 0x7F800000 : f32,
    table = dense<[[0.0, 1.0], [0.0, 0.25], [0.1, 0.2], [0.5, 0.0]]> : tensor<4x2xf32>,
    split_slope, fit_error = 0.0 : f64, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// What the last two steps and the join round off is subtracted last.
// CHECK-LABEL: @compensated
// CHECK: %[[U:.*]] = arith.subf %arg0
// CHECK: %[[S:.*]] = math.fma %[[Q:.*]], %[[U]], %[[C1:.*]] :
// CHECK: %[[S0:.*]] = arith.subf %[[S]], %[[C1]]
// CHECK: %[[NQ:.*]] = arith.negf %[[Q]]
// CHECK: %[[SX:.*]] = math.fma %[[NQ]], %[[U]], %[[S0]]
// CHECK: %[[P:.*]] = math.fma %[[S]], %[[U]], %[[C0:.*]] :
// CHECK: %[[P0:.*]] = arith.subf %[[P]], %[[C0]]
// CHECK: %[[NS:.*]] = arith.negf %[[S]]
// CHECK: %[[PX:.*]] = math.fma %[[NS]], %[[U]], %[[P0]]
// CHECK: %[[X:.*]] = math.fma %[[SX]], %[[U]], %[[PX]]
// CHECK: %[[Y:.*]] = arith.subf %[[P]], %[[X]]
// CHECK-NEXT: return %[[Y]]
func.func @compensated(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.piecewise %x identity plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0xFF800000 : f32,
    hi = 0x7F800000 : f32, valid_lo = 0xFF800000 : f32,
    valid_hi = 0x7F800000 : f32,
    table = dense<[[0.0, 1.0], [0.0, 0.25], [0.1, 0.2], [0.5, 0.75]]> : tensor<4x2xf32>,
    compensated, fit_error = 0.0 : f64, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// Of what the slope and the constant lack the same is subtracted. Times a factor
// it is multiplied like the rest, so that one rounding is seen, and a factor of
// 0 gives the zero that its product has.
// CHECK-LABEL: @times
// CHECK: %[[U:.*]] = arith.subf %arg0
// CHECK: %[[S:.*]] = math.fma %{{.*}}, %[[U]], %{{.*}} :
// CHECK: %[[P:.*]] = math.fma %[[S]], %[[U]], %[[C0:.*]] :
// CHECK: arith.subf %[[P]], %[[C0]]
// CHECK: math.fma
// CHECK: %[[X:.*]] = math.fma
// CHECK: %[[L:.*]] = math.fma %{{.*}}, %[[U]], %{{.*}} :
// CHECK: %[[XL:.*]] = arith.subf %{{.*}}, %[[L]]
// CHECK: %[[FX:.*]] = arith.mulf %arg1, %[[XL]]
// CHECK: %[[LESS:.*]] = arith.negf %[[FX]]
// CHECK: %[[Y:.*]] = math.fma %arg1, %[[P]], %[[LESS]]
// CHECK: %[[SIGN:.*]] = arith.xori
// CHECK: %[[FLOAT:.*]] = arith.bitcast %[[SIGN]]
// CHECK: %[[ZERO:.*]] = math.copysign %[[Y]], %[[FLOAT]]
// CHECK: %[[IS_ZERO:.*]] = arith.cmpf oeq, %[[Y]]
// CHECK: %[[R:.*]] = arith.select %[[IS_ZERO]], %[[ZERO]], %[[Y]]
// CHECK-NEXT: return %[[R]]
func.func @times(%x: vector<16xf32>, %f: vector<16xf32>) -> vector<16xf32> {
  %y = act.piecewise %x times %f identity plain uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0xFF800000 : f32,
    hi = 0x7F800000 : f32, valid_lo = 0xFF800000 : f32,
    valid_hi = 0x7F800000 : f32,
    table = dense<[[0.0, 1.0], [0.0, 0.25], [0.1, 0.2], [0.5, 0.75], [1.0e-9, 2.0e-9], [3.0e-9, 4.0e-9]]> : tensor<6x2xf32>,
    compensated, split_slope, fit_error = 0.0 : f64, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// The sign of an odd function goes to the factor.
// CHECK-LABEL: @times_odd
// CHECK: %[[SIGN:.*]] = arith.andi
// CHECK: %[[FLIPPED:.*]] = arith.xori %{{.*}}, %[[SIGN]]
// CHECK: %[[F:.*]] = arith.bitcast %[[FLIPPED]]
// CHECK: arith.mulf %[[F]]
// CHECK: math.fma %[[F]]
func.func @times_odd(%x: vector<16xf32>, %f: vector<16xf32>) -> vector<16xf32> {
  %y = act.piecewise %x times %f magnitude odd uniform {
    level = 1.0 : f32, scale = 1.0 : f32, curvature = 0.0 : f32,
    first = 0 : i32, shift = 0 : i32, lo = 0xFF800000 : f32,
    hi = 1.0 : f32, valid_lo = 0xFF800000 : f32,
    valid_hi = 0x7F800000 : f32,
    table = dense<[[0.0, 1.0], [0.0, 0.25], [0.1, 0.2], [0.5, 0.75]]> : tensor<4x2xf32>,
    compensated, fit_error = 0.0 : f64, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// CHECK-LABEL: @compensated_ramp
// CHECK-DAG: %[[MOST:.*]] = arith.constant {{.*}}3.40282347E+38
// CHECK-DAG: %[[LOW:.*]] = arith.constant {{.*}}-9.99999971E-10
// CHECK: %[[RAMP:.*]] = arith.select %{{.*}}, %{{.*}}, %arg0 :
// CHECK: %[[R:.*]] = math.fma %[[RAMP]]
// CHECK: %[[BACK:.*]] = math.fma %[[RAMP]], %{{.*}}, %[[R]]
// CHECK: %[[ADDED:.*]] = arith.addf %[[BACK]]
// CHECK: %[[LESS:.*]] = arith.subf %[[ADDED]]
// CHECK: %[[ALL:.*]] = math.fma %[[RAMP]], %[[LOW]], %[[LESS]]
// CHECK: %[[FINITE:.*]] = arith.cmpf olt, %[[ALL]], %[[MOST]]
// CHECK: %[[EXCESS:.*]] = arith.select %[[FINITE]], %[[ALL]], %[[MOST]]
// CHECK: arith.subf %[[R]], %[[EXCESS]]
func.func @compensated_ramp(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.piecewise %x magnitude ramp uniform {
    level = 1.05 : f32, level_low = 1.0e-9 : f32, scale = 1.0 : f32,
    curvature = 0.0 : f32, first = 0 : i32, shift = 0 : i32,
    lo = 0xFF800000 : f32, hi = 1.0 : f32, valid_lo = 0xFF800000 : f32,
    valid_hi = 0x7F800000 : f32,
    table = dense<[[0.0, 1.0], [0.0, 0.25], [0.1, 0.2], [0.5, 0.75]]> : tensor<4x2xf32>,
    compensated, fit_error = 0.0 : f64, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// A slope that no f32 equals: level * ramp + (level_low * ramp - p).
// CHECK-LABEL: @level_low
// CHECK: %[[RAMP:.*]] = arith.select %{{.*}}, %{{.*}}, %arg0 :
// CHECK: %[[P:.*]] = arith.negf
// CHECK: %[[LOW:.*]] = math.fma %[[RAMP]], %{{.*}}, %[[P]]
// CHECK: math.fma %[[RAMP]], %{{.*}}, %[[LOW]]
func.func @level_low(%x: vector<16xf32>) -> vector<16xf32> {
  %y = act.piecewise %x magnitude ramp uniform {
    level = 1.05 : f32, level_low = 1.0e-9 : f32, scale = 1.0 : f32,
    curvature = 0.0 : f32, first = 0 : i32, shift = 0 : i32,
    lo = 0xFF800000 : f32, hi = 1.0 : f32, valid_lo = 0xFF800000 : f32,
    valid_hi = 0x7F800000 : f32,
    table = dense<[[0.0, 1.0], [0.5, 0.25], [1.0, 2.0]]> : tensor<3x2xf32>,
    fit_error = 0.0 : f64, error = 0.0 : f64} : vector<16xf32>
  return %y : vector<16xf32>
}

// Two sides of eight segments: the polynomial, 2^p, and the line beyond the end.
// CHECK-LABEL: @log_domain
// CHECK: %[[T:.*]] = math.absf %arg0 : vector<8xf64>
// CHECK: math.fma
// V4: llvm.call_intrinsic "llvm.x86.avx512.vpermi2var.pd.512"
// V3-COUNT-2: vector.gather
// CHECK: arith.cmpf
// CHECK: arith.select
// CHECK-NOT: act.log_domain
func.func @log_domain(%x: vector<8xf64>) -> vector<8xf64> {
  %y = act.log_domain %x {
    sign = array<f64: -1.0, 1.0>, power = array<i32: 1, 1>,
    end = array<f64: 14.0, 6.0>, offset = array<f64: 0.0, 0.0>,
    slope = array<f64: 0.0, 1.0>, scale = array<f64: 1.0, 1.0>,
    shift = 50 : i32, exponential = array<f64: 1.0, 0.7>,
    table = dense<1.0> : tensor<2x16xf64>, error = 0.0 : f64} : vector<8xf64>
  return %y : vector<8xf64>
}
