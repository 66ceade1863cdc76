//===- SynthesizedOps.td - Ops that carry their own tables --*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What act-synthesize turns activations into, one step above instructions: the
// form of the code with all its numbers, and what is known of its error.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_SYNTHESIZEDOPS_TD
#define ACT_IR_SYNTHESIZEDOPS_TD

include "act/IR/ActBase.td"

class Act_FormEnum<string name, string summary, list<I32EnumAttrCase> cases>
    : I32EnumAttr<name, summary, cases> {
  let cppNamespace = "::act";
  let genSpecializedAttr = 0;
}

def Act_FoldEnum : Act_FormEnum<"PiecewiseFold", "t before clamping", [
  I32EnumAttrCase<"Identity", 0, "identity">,
  I32EnumAttrCase<"Magnitude", 1, "magnitude">,
  I32EnumAttrCase<"NegativePart", 2, "negative_part">,
]>;
def Act_JoinEnum : Act_FormEnum<"PiecewiseJoin", "y from p", [
  I32EnumAttrCase<"Plain", 0, "plain">,
  I32EnumAttrCase<"Odd", 1, "odd">,
  I32EnumAttrCase<"Reflected", 2, "reflected">,
  I32EnumAttrCase<"Ramp", 3, "ramp">,
  I32EnumAttrCase<"LeftRamp", 4, "left_ramp">,
]>;
def Act_SpacingEnum : Act_FormEnum<"PiecewiseSpacing", "k from t", [
  I32EnumAttrCase<"Uniform", 0, "uniform">,
  I32EnumAttrCase<"Quadratic", 1, "quadratic">,
  I32EnumAttrCase<"Logarithmic", 2, "logarithmic">,
]>;
def Act_DecayArgumentEnum
    : Act_FormEnum<"PiecewiseDecayArgument", "q of an exponential", [
  I32EnumAttrCase<"Linear", 0, "linear">,
  I32EnumAttrCase<"Quadratic", 1, "quadratic">,
  I32EnumAttrCase<"Cubic", 2, "cubic">,
]>;

def Act_Fold : EnumAttr<Act_Dialect, Act_FoldEnum, "fold">;
def Act_Join : EnumAttr<Act_Dialect, Act_JoinEnum, "join">;
def Act_Spacing : EnumAttr<Act_Dialect, Act_SpacingEnum, "spacing">;
def Act_DecayArgument
    : EnumAttr<Act_Dialect, Act_DecayArgumentEnum, "decay_argument">;

def Act_F32Like : AnyTypeOf<[F32, FixedVectorOfAnyRank<[F32]>],
                            "f32 or a vector of it">;
def Act_F32Table : ElementsAttrBase<
    CPred<"::llvm::isa<::mlir::DenseFPElementsAttr>($_self) && "
          "::llvm::cast<::mlir::DenseFPElementsAttr>($_self)"
          ".getElementType().isF32()">,
    "dense f32 elements"> {
  let storageType = "::mlir::DenseFPElementsAttr";
  let returnType = "::mlir::DenseFPElementsAttr";
  let convertFromStorage = "$_self";
}

def Act_F64Like : AnyTypeOf<[F64, FixedVectorOfAnyRank<[F64]>],
                            "f64 or a vector of it">;
def Act_F64Table : ElementsAttrBase<
    CPred<"::llvm::isa<::mlir::DenseFPElementsAttr>($_self) && "
          "::llvm::cast<::mlir::DenseFPElementsAttr>($_self)"
          ".getElementType().isF64()">,
    "dense f64 elements"> {
  let storageType = "::mlir::DenseFPElementsAttr";
  let returnType = "::mlir::DenseFPElementsAttr";
  let convertFromStorage = "$_self";
}

class Act_SynthesizedOp<string mnemonic, list<Trait> traits = []>
    : Act_Op<mnemonic, [Pure, SameOperandsAndResultType] # traits #
                       ElementwiseMappable.traits> {
  let hasVerifier = 1;
}

def Act_PiecewiseOp : Act_SynthesizedOp<"piecewise"> {
  let summary = "A function by polynomials on segments";
  let description = [{
    In f32, each step rounded once:

        t = clamp(fold(x), lo, hi)      identity: x; magnitude: |x|;
                                        negative_part: max(-x, 0)
        k = index(t)                    below
        p = P_k(t - c_k)                by fma, from the highest power
        y = join(x, p)                  plain: p; odd: p with the sign of x
                                        flipped in; reflected: p for x < 0, else
                                        level - p; ramp: level * max(x, -0) - p;
                                        left_ramp: level * min(x, z) - p, z
                                        being the 0 with level * z = -0

    A slope that no f32 equals is level + level_low, the small product added
    first.

    The segment k is held in the low bits of a float's pattern, modulo the
    number of segments: uniform: of t * scale + first + 1.5 * 2^23; quadratic:
    of t * (t * curvature + scale) + 1.5 * 2^23; logarithmic: of t * scale + 1,
    shifted right by `shift`.

    Row 0 of `table` holds the centres c_k, row 1 + i the coefficients of the
    i-th power. With `split_slope` and without `compensated` a last row holds
    powers of two or zeros S_k, a part of the slope that does not round: the last
    step is
    p = u * q + (u * S_k + C_k) with u = t - c_k.

    With `compensated` the last two steps keep what they round off,

        s = u * q + c_1         s' = -u * q + (s - c_1)
        p = u * s + C_k         p' = u * s' + (-u * s + (p - C_k))

    and p' is subtracted last: from p, or with what the join rounds off, as
    r - (((r - ramp) + p) - p') with r = ramp - p, the product with the level
    being part of both sums and ramp * level_low added to r last; reflected in
    the same way. On ramps what is subtracted from an infinite r is finite. With
    `split_slope` the last two rows hold l_1 and l_0, what c_1 and C_k lack, and
    u * l_1 + l_0 is subtracted from p' first.

    With `times` the result is a product: where y is a - b at last, a having the
    join in it and b being what is subtracted last, it is f * a - (f * b), where
    that is 0 with the sign of the product of f and a. Then one rounding is seen
    of both. It needs `compensated`.

    Where `exponential` is not empty, p is computed by its logarithm: the last
    row holds whole numbers N_k, and with c_i the i-th coefficient of P_k and
    Q_k those from c_3 on

        m = c_1 * u                       m + e being the product itself
        l = Q_k(u) * (u^2 * u) + (e + c_0)
        n = round((c_2 * u^2 + m) / ln 2)
        r = (c_2 * u^2 + (m - n * H)) + (l - n * L)
        p = f * (1 + (r^2 * E(r) + r)) * 2^(n + N_k)

    where E is `exponential`, lowest power first, H + L is ln 2, f is t^power,
    and the factor 2^(n + N_k) rounds once, into subnormals too, but where a
    ramp of level 1 is joined, not at all. Of Q_k and E pairs of coefficients
    are joined first, then the pairs from the highest on.

    Where `growth` is not empty, p is a polynomial times an exponential. `decay`
    holds the numbers i, H, L and C:

        q = t, q' = 0                                          linear
        q = t^2, q' = t * t - q                                quadratic
        q = t * w, q' = t * w' + (t * w - q)                   cubic, with
          w = C * a + 1, w' = C * a' + (C * a + (1 - w)),
          a = t^2, a' = t * t - a
        n = round(q * i)                  by adding 1.5 * 2^23
        v = (q - n * H - n * L) + q'
        g = (v * G(v)) * v + g_0 * v
        p = (c + (c * g + (r * g + r))) * 2^n

    where g_0 is the first number of `growth`, and G has the others, lowest power
    first; the polynomial's last step is r = u * q and c = C_k, or u * S_k + C_k.
    Sums with a product are one fma. With `compensated` p and p' as above are s
    and s' in

        p = S * g + S                     with S = s * 2^n
        p' = (S' * g + S') - (S * g + (S - p))    with S' = s' * 2^n

    With `decay_to_zero` the factor 2^n is 2^(n + 40), and what p is of the
    result is multiplied by 2^-40 last, which rounds once, into subnormals too,
    but where a ramp of level 1 is joined, not at all. With `compensated` they
    are 2^(n + 80) and 2^-80, the result is plain or reflected, and it is the
    level times 2^80 from which p and p' are subtracted.

    The value is meaningful for x in [valid_lo, valid_hi]; NaN gives
    NaN. `error` is the largest error seen when the tables were made, in
    tolerances of the accuracy asked for; `fit_error` bounds the part of the
    polynomials where t is not clamped.
  }];
  let arguments = (ins Act_F32Like:$x, Optional<Act_F32Like>:$factor,
                       Act_Fold:$fold, Act_Join:$join,
                       Act_Spacing:$spacing, F32Attr:$level,
                       DefaultValuedAttr<F32Attr, "0.0">:$level_low,
                       F32Attr:$scale,
                       F32Attr:$curvature, I32Attr:$first, I32Attr:$shift,
                       F32Attr:$lo, F32Attr:$hi, F32Attr:$valid_lo,
                       F32Attr:$valid_hi, Act_F32Table:$table,
                       UnitAttr:$split_slope, UnitAttr:$compensated,
                       DefaultValuedAttr<I32Attr, "0">:$power,
                       DefaultValuedAttr<DenseF32ArrayAttr, "{}">:$exponential,
                       OptionalAttr<Act_DecayArgument>:$decay_argument,
                       DefaultValuedAttr<DenseF32ArrayAttr, "{}">:$decay,
                       DefaultValuedAttr<DenseF32ArrayAttr, "{}">:$growth,
                       UnitAttr:$decay_to_zero,
                       F64Attr:$fit_error, F64Attr:$error);
  let results = (outs Act_F32Like:$y);
  let assemblyFormat = [{
    $x (`times` $factor^)? $fold $join $spacing attr-dict `:` type($x)
  }];
}

// The numbers of an exponential.
def Act_ExponentialNumbers {
  dag numbers = (ins F32Attr:$inverse, F32Attr:$hi_step, F32Attr:$lo_step,
                     F32Attr:$lo, F32Attr:$hi, DenseF32ArrayAttr:$coefficients,
                     Act_F32Table:$table);
}

def Act_ExponentialOp : Act_SynthesizedOp<"exponential"> {
  let summary = "A multiple of the exponential function";
  let description = [{
    level * exp(rate * x) in f32, with the level in the table and the rate in
    the constants:

        t = clamp(x, lo, hi)
        n = round(t * inverse)          in steps of 1/M, M the table's length
        r = t - n * hi_step - n * lo_step
        y = 2^floor(n) * (T_k + T_k * (r * P(r) + D_k)),  k = M (n mod 1)

    Row 0 of `table` holds T, row 1 D, which corrects the rounding of T; one row
    means D = 0. Past lo and hi the result is 0 or infinite, however it is found.
    The scaling rounds into subnormals only. NaN gives NaN.

    A table of one number T means

        t = x * inverse
        f = t - floor(t)                0 where t is infinite
        y = 2^floor(t) * (T + f * P(f))

    for targets that take the fraction and scale by a power of two in one
    instruction each.
  }];
  let arguments = !con((ins Act_F32Like:$x), Act_ExponentialNumbers.numbers,
                       (ins F64Attr:$error));
  let results = (outs Act_F32Like:$y);
  let assemblyFormat = "$x attr-dict `:` type($x)";
}

def Act_ExponentialBelowOp : Act_SynthesizedOp<"exponential_below"> {
  let summary = "An exponential of differences from a number that is not below";
  let description = [{
    For rows of probabilities, in which a factor for all elements does not
    matter: with x <= top everywhere, and the numbers of `act.exponential`,

        B = top where |top| >= 210, else 0
        N = round((top - B) * inverse)
        t = max(x - B, top - B - 176.01 / inverse)
        power = 2^(floor(n) - N + 64) * T_k,  growth = r * P(r) + D_k

    n, k and r being those of t. So power + power * growth is 2^(64 - N) times
    exp(x - B): exp(x - top) times a number that depends on the top alone. x - top
    itself is never rounded, since x - B is exact but where the result is past
    counting. Powers are normal numbers, and at least 2^-113, -inf not excepted.
    NaN where x - B or top - B is.

    With `near`, |top| < 210 and x >= top - 42 everywhere but where x is NaN: B
    is 0 then and t = x, with the same results by two instructions less.

    Level and rate are 1: the table has several numbers, from 1 to 2, and the
    inverse is 1 / ln 2.
  }];
  let arguments = !con((ins Act_F32Like:$x, Act_F32Like:$top),
                       Act_ExponentialNumbers.numbers, (ins F64Attr:$error),
                       (ins UnitAttr:$near));
  let results = (outs Act_F32Like:$power, Act_F32Like:$growth);
  let assemblyFormat = "$x `,` $top attr-dict `:` type($x)";
}

def Act_ExponentialLinearOp : Act_SynthesizedOp<"exponential_linear"> {
  let summary = "An exponential beside a line";
  let description = [{
    level * (exp(rate * x) - 1) left of 0 and slope * x right of it, in f32,
    each step rounded once, products with a sum fused:

        u = max(x * rate, lo)           lo being about -18
        n = round(u * (1 / ln 2))       by the addition of 1.5 * 2^23 + 127
        r = u - n * ln 2                the constants rounded to f32
        p = r + r^2 * P(r)              P from the highest power
        s = level * 2^n
        y = s * p + (s - level)         for x < 0
        y = slope * x                   elsewhere: -0 and NaN stay

    A rate, level or slope of 1 takes no step. `error` is the largest error seen
    when the form was made, in tolerances of the accuracy asked for.
  }];
  let arguments = (ins Act_F32Like:$x, F32Attr:$rate, F32Attr:$level,
                       F32Attr:$slope, F32Attr:$lo,
                       DenseF32ArrayAttr:$coefficients, F64Attr:$error);
  let results = (outs Act_F32Like:$y);
  let assemblyFormat = "$x attr-dict `:` type($x)";
}

def Act_LogDomainOp : Act_SynthesizedOp<"log_domain"> {
  let summary = "A function by its logarithm, in f64";
  let description = [{
    With i = 1 for negative x, -0 among them, and 0 for other x:

        t = |x|
        z = t * scale_i + 1
        u = mantissa(z) - 1.5           z as a number of [1, 2)
        p = P_k(u)                      from the highest power
        y = sign_i * t^power_i * 2^p    for t <= end_i
        y = offset_i + slope_i * x      elsewhere; a slope of 0 counts as none

    The segment k is 8 i plus the three bits of the pattern of z from `shift` on.
    Row j of `table` holds the coefficients of u^j. 2^p is 2^n for n = round(p)
    times the polynomial `exponential` of p - n.

    The steps are those of f64, fused where the target fuses: the result is
    meant to be rounded to f32 or less, and `error`, the largest seen when the
    table was made, counts in tolerances of that. NaN gives NaN.
  }];
  let arguments = (ins Act_F64Like:$x, DenseF64ArrayAttr:$sign,
                       DenseI32ArrayAttr:$power, DenseF64ArrayAttr:$end,
                       DenseF64ArrayAttr:$offset, DenseF64ArrayAttr:$slope,
                       DenseF64ArrayAttr:$scale, I32Attr:$shift,
                       DenseF64ArrayAttr:$exponential, Act_F64Table:$table,
                       F64Attr:$error);
  let results = (outs Act_F64Like:$y);
  let assemblyFormat = "$x attr-dict `:` type($x)";
}

#endif // ACT_IR_SYNTHESIZEDOPS_TD
