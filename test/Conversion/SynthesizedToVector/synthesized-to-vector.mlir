// RUN: act-opt %s --act-synthesized-to-vector="isa=avx512" | FileCheck %s --check-prefixes=CHECK,V4
// RUN: act-opt %s --act-synthesized-to-vector="isa=avx2" | FileCheck %s --check-prefixes=CHECK,V3
// RUN: not act-opt %s --act-synthesized-to-vector="isa=vax" 2>&1 | FileCheck %s --check-prefix=ISA

// ISA: error: expected an instruction set that is known, got 'vax'

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

// CHECK-LABEL: @exponential
// V4: llvm.call_intrinsic "llvm.x86.avx512.mask.scalef.ps.512"
// V3-NOT: scalef
// V3: arith.shrsi
// CHECK: return
func.func @exponential(%x: f32) -> f32 {
  %y = act.exponential %x {
    inverse = 1.5 : f32, hi_step = 0.6875 : f32, lo_step = 0.001 : f32,
    lo = -105.0 : f32, hi = 90.0 : f32, coefficients = array<f32: 1.0, 0.5>,
    table = dense<[[1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.7, 1.8]]> : tensor<1x8xf32>,
    error = 0.0 : f64} : f32
  return %y : f32
}
