//===- PiecewiseCode.cpp - f32 vector code of segments --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PiecewiseCode.h"
#include "llvm/ADT/SmallVector.h"
#include <cmath>
#include <limits>

using namespace mlir;

namespace act {
namespace {

class PiecewiseEmitter {
public:
  PiecewiseEmitter(RegisterCode &code, const PiecewiseForm &form)
      : code(code), form(form) {}

  /// `factor` is null where the form is none of a product.
  Value emit(Value x, Value factor) {
    Value t = code.clamp(fold(x), form.lo, form.hi);
    Value index = indexOf(t);
    Value u = code.sub(t, code.lookup(form.centres, index));
    if (!form.exponents.empty())
      return joinScaled(x, decayed(t, u, index));
    Value p = code.lookup(form.coefficients.back(), index), excess;
    for (unsigned power = form.degree(); power-- > 1;) {
      Value coefficient = code.lookup(form.coefficients[power], index);
      Value next = code.fma(p, u, coefficient);
      if (form.compensated && power == 1)
        excess = excessOf(p, u, coefficient, next);
      p = next;
    }
    Value constant = code.lookup(form.coefficients[0], index);
    if (!form.slopes.empty())
      constant = code.fma(code.lookup(form.slopes, index), u, constant);
    const bool decays = !form.decay.growth.empty();
    if (decays && !form.compensated) {
      Value product = timesDecay(t, code.mul(p, u), constant);
      return form.isScaled() ? joinScaled(x, product) : join(x, product);
    }
    Value sum = code.fma(p, u, constant);
    if (!form.compensated)
      return join(x, sum);
    excess = code.fma(excess, u, excessOf(p, u, constant, sum));
    if (!form.lowSlopes.empty()) {
      Value low = code.lookup(form.lowConstants, index);
      low = code.fma(code.lookup(form.lowSlopes, index), u, low);
      excess = code.sub(excess, low);
    }
    Sum kept = {sum, excess};
    if (decays)
      kept = timesDecayExactly(t, kept);
    assert(!(factor && form.isScaled()) && "is no factor");
    if (form.isScaled())
      return joinScaled(x, kept);
    return factor ? multiply(factor, x, kept) : joinExactly(x, kept);
  }

private:
  /// A polynomial of v, whose square is `square`, by pairs of its coefficients.
  Value byPairs(ArrayRef<Value> coefficients, Value v, Value square) {
    const size_t count = coefficients.size();
    auto pair = [&](size_t i) {
      return i + 1 < count ? code.fma(coefficients[i + 1], v, coefficients[i])
                           : coefficients[i];
    };
    size_t i = (count - 1) / 2 * 2;
    Value p = pair(i);
    while (i > 0) {
      i -= 2;
      p = code.fma(p, square, pair(i));
    }
    return p;
  }

  /// What is small of a logarithm: the rounding of its line, the constant, and
  /// what is neither line nor square.
  Value smallPart(Value u, Value square, ArrayRef<Value> powers, Value line) {
    Value small = code.fma(powers[1], u, code.neg(line));
    small = code.add(small, powers[0]);
    if (powers.size() <= 3)
      return small;
    return code.fma(byPairs(powers.drop_front(3), u, square),
                    code.mul(square, u), small);
  }

  /// p, scaled, by its logarithm.
  Value decayed(Value t, Value u, Value index) {
    SmallVector<Value> powers;
    for (ArrayRef<float> row : form.coefficients)
      powers.push_back(code.lookup(row, index));
    Value line = code.mul(powers[1], u), square = code.mul(u, u);
    Value small = smallPart(u, square, powers, line);
    std::vector<float> shifts = form.exponents;
    for (float &shift : shifts)
      shift += kRoundingShift;
    Value shift = code.lookup(shifts, index);
    Value shifted = code.fma(code.fma(powers[2], square, line),
                             code.constant(kInverseLn2), shift);
    Value whole = code.sub(shifted, shift);
    small = code.fma(code.constant(-kLn2Low), whole, small);
    Value r = code.fma(code.constant(-kLn2High), whole, line);
    r = code.add(code.fma(powers[2], square, r), small);
    powers.clear();
    for (float coefficient : form.exponential)
      powers.push_back(code.constant(coefficient));
    square = code.mul(r, r);
    Value growth = code.fma(byPairs(powers, r, square), square, r);
    Value factor = form.power == 1 ? t : code.constant(1.0f);
    return scaleUp(code.fma(factor, growth, factor), shifted);
  }

  struct Parts {
    Value high, low;
  };

  /// What the form's decay is an exponential of; without a low part if it is
  /// exact.
  Parts decayArgument(Value t) {
    using Argument = PiecewiseForm::Decay::Argument;
    if (form.decay.argument == Argument::Linear)
      return {t, {}};
    Parts square = exactProduct(t, t);
    if (form.decay.argument == Argument::Quadratic)
      return square;
    Value cubic = code.constant(form.decay.cubic), one = code.constant(1.0f);
    Value factor = code.fma(cubic, square.high, one);
    Value low = code.fma(cubic, square.high, code.sub(one, factor));
    low = code.fma(cubic, square.low, low);
    Parts product = exactProduct(t, factor);
    return {product.high, code.fma(t, low, product.low)};
  }

  Parts exactProduct(Value a, Value b) {
    Value product = code.mul(a, b);
    return {product, code.fma(a, b, code.neg(product))};
  }

  /// The form's decay is 2^n * (1 + growth), `shifted` being n + 1.5 * 2^23.
  struct Decay {
    Value shifted, growth;
  };

  Decay decayAt(Value t) {
    const PiecewiseForm::Decay &decay = form.decay;
    Parts argument = decayArgument(t);
    Value shift = code.constant(kRoundingShift);
    Value shifted =
        code.fma(argument.high, code.constant(decay.inverse), shift);
    Value n = code.sub(shifted, shift);
    Value v = code.fma(code.constant(-decay.hiStep), n, argument.high);
    v = code.fma(code.constant(-decay.loStep), n, v);
    if (argument.low)
      v = code.add(v, argument.low);
    Value growth = code.constant(decay.growth.back());
    for (float coefficient :
         llvm::reverse(ArrayRef(decay.growth).drop_front().drop_back()))
      growth = code.fma(growth, v, code.constant(coefficient));
    Value line = code.mul(code.constant(decay.growth.front()), v);
    return {shifted, code.fma(code.mul(growth, v), v, line)};
  }

  /// `value` times a power of two, `shifted` being its exponent + 1.5 * 2^23,
  /// and scaled.
  Value scaleUp(Value value, Value shifted) {
    return code.scaleUp(value, shifted, form.scaleBits());
  }

  /// rest + constant, times the decay.
  Value timesDecay(Value t, Value rest, Value constant) {
    Decay decay = decayAt(t);
    Value small = code.fma(rest, decay.growth, rest);
    small = code.fma(constant, decay.growth, small);
    return scaleUp(code.add(constant, small), decay.shifted);
  }

  Value joinScaled(Value x, Value p) {
    Value small = code.scaleDown(p, form.scaleBits());
    if (form.join != PiecewiseForm::Join::Ramp || form.level != 1.0f)
      return join(x, small);
    // The ramp takes p before that is rounded. Where it is 0 so is what it
    // would take from it.
    Value isNegative = code.isNegative(x);
    Value ramp = code.select(isNegative, code.constant(1.0f), x);
    Value unit = code.constant(-std::ldexp(1.0f, -form.scaleBits()));
    return code.select(isNegative, code.neg(small), code.fma(p, unit, ramp));
  }

  Value fold(Value x) {
    switch (form.fold) {
    case PiecewiseForm::Fold::Identity:
      return x;
    case PiecewiseForm::Fold::Magnitude:
      return code.abs(x);
    case PiecewiseForm::Fold::NegativePart:
      return code.maximum(0.0f, code.neg(x));
    }
    llvm_unreachable("a fold is one of the three");
  }

  Value indexOf(Value t) {
    Value scale = code.constant(form.scale);
    switch (form.spacing) {
    case PiecewiseForm::Spacing::Uniform:
      return code.bits(
          code.fma(t, scale, code.constant(kRoundingShift + form.first)));
    case PiecewiseForm::Spacing::Quadratic: {
      Value slope = code.fma(t, code.constant(form.curvature), scale);
      return code.bits(code.fma(t, slope, code.constant(kRoundingShift)));
    }
    case PiecewiseForm::Spacing::Logarithmic:
      return code.shiftRight(code.bits(code.fma(t, scale, code.constant(1.0f))),
                             form.shift);
    }
    llvm_unreachable("a spacing is one of the three");
  }

  Value join(Value x, Value p) {
    switch (form.join) {
    case PiecewiseForm::Join::Plain:
      return p;
    case PiecewiseForm::Join::Odd:
      return code.flipSign(p, x);
    case PiecewiseForm::Join::Reflected:
      return reflect(x, code.sub(code.constant(form.level), p), p);
    case PiecewiseForm::Join::Ramp:
    case PiecewiseForm::Join::LeftRamp:
      return onRamp(rampOf(x), p);
    }
    llvm_unreachable("a join is one of the five");
  }

  /// The difference `right`, or `left` where x < 0: on targets with masks it is
  /// computed over the latter.
  Value reflect(Value x, Value right, Value left) {
    return code.select(code.isNotNegative(x), right, left);
  }

  Value onRamp(Value ramp, Value p) {
    if (form.level == 1.0f)
      return code.sub(ramp, p);
    Value low = code.neg(p);
    if (form.levelLow != 0.0f)
      low = code.fma(ramp, code.constant(form.levelLow), low);
    return code.fma(ramp, code.constant(form.level), low);
  }

  /// By how much `sum` exceeds p * u + constant.
  Value excessOf(Value p, Value u, Value constant, Value sum) {
    Value difference = code.sub(sum, constant);
    return code.fma(code.neg(p), u, difference);
  }

  /// value - excess.
  struct Sum {
    Value value, excess;
  };

  Value rounded(Sum sum) { return code.sub(sum.value, sum.excess); }

  Sum timesDecayExactly(Value t, Sum p) {
    Decay decay = decayAt(t);
    Value scaled = scaleUp(p.value, decay.shifted);
    Value value = code.fma(scaled, decay.growth, scaled);
    Value lost = code.fma(scaled, decay.growth, code.sub(scaled, value));
    Value excess = scaleUp(p.excess, decay.shifted);
    excess = code.fma(excess, decay.growth, excess);
    return {value, code.sub(excess, lost)};
  }

  Value joinExactly(Value x, Sum p) {
    switch (form.join) {
    case PiecewiseForm::Join::Plain:
      return rounded(p);
    case PiecewiseForm::Join::Odd:
      return code.flipSign(rounded(p), x);
    case PiecewiseForm::Join::Reflected:
      return reflect(x, rounded(reflected(p, form.level)), rounded(p));
    case PiecewiseForm::Join::Ramp:
    case PiecewiseForm::Join::LeftRamp:
      return rounded(onRampExactly(rampOf(x), p));
    }
    llvm_unreachable("a join is one of the five");
  }

  Value joinScaled(Value x, Sum p) {
    Value y = rounded(p);
    if (form.join == PiecewiseForm::Join::Reflected)
      y = reflect(
          x, rounded(reflected(p, std::ldexp(form.level, form.scaleBits()))),
          y);
    return code.scaleDown(y, form.scaleBits());
  }

  /// What is joined times `factor`, with the sign of that where it is 0.
  Value multiply(Value factor, Value x, Sum p) {
    switch (form.join) {
    case PiecewiseForm::Join::Plain:
      break;
    case PiecewiseForm::Join::Odd:
      factor = code.flipSign(factor, x);
      break;
    case PiecewiseForm::Join::Reflected: {
      Sum right = reflected(p, form.level);
      p = {reflect(x, right.value, p.value),
           reflect(x, right.excess, p.excess)};
      break;
    }
    case PiecewiseForm::Join::Ramp:
    case PiecewiseForm::Join::LeftRamp:
      p = onRampExactly(rampOf(x), p);
      break;
    }
    Value product =
        code.fma(factor, p.value, code.neg(code.mul(factor, p.excess)));
    return code.withSignWhereZero(product, factor, p.value);
  }

  Value rampOf(Value x) {
    return form.join == PiecewiseForm::Join::Ramp
               ? code.maximum(-0.0f, x)
               : code.minimum(std::copysign(0.0f, -form.level), x);
  }

  Sum reflected(Sum p, float level) {
    Value top = code.constant(level), y = code.sub(top, p.value);
    return {y, code.sub(code.add(code.sub(y, top), p.value), p.excess)};
  }

  Sum onRampExactly(Value ramp, Sum p) {
    Value y, tooMuch;
    if (form.level == 1.0f) {
      y = code.sub(ramp, p.value);
      tooMuch = code.sub(y, ramp);
    } else {
      y = code.fma(ramp, code.constant(form.level), code.neg(p.value));
      tooMuch = code.fma(ramp, code.constant(-form.level), y);
    }
    tooMuch = code.sub(code.add(tooMuch, p.value), p.excess);
    if (form.level != 1.0f && form.levelLow != 0.0f)
      tooMuch = code.fma(ramp, code.constant(-form.levelLow), tooMuch);
    // No number or infinite where y is infinite.
    constexpr float kMost = std::numeric_limits<float>::max();
    tooMuch = form.risesToInfinity() ? code.atMost(tooMuch, kMost)
                                     : code.atLeast(tooMuch, -kMost);
    return {y, tooMuch};
  }

  RegisterCode &code;
  const PiecewiseForm &form;
};

} // namespace

Value emitPiecewise(RegisterCode &code, const PiecewiseForm &form, Value x,
                    Value factor) {
  return PiecewiseEmitter(code, form).emit(x, factor);
}

} // namespace act
