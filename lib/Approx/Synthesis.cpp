//===- Synthesis.cpp - From a formula to the form of its code -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/Synthesis.h"
#include "FormSearch.h"
#include "Reference.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include <cmath>
#include <cstring>

namespace act {

/// The form by segments that is not valid at `x`, if it is one.
static const PiecewiseForm *formWithout(const SynthesizedForm &synthesized,
                                        float x) {
  auto *form = std::get_if<PiecewiseForm>(&synthesized.form);
  return form && (x < form->validLo || x > form->validHi) ? form : nullptr;
}

bool SynthesizedForm::serves(float x) const {
  return far || !formWithout(*this, x);
}

float SynthesizedForm::evaluate(float x) const {
  auto at = [x](const auto &form) -> float { return form.evaluate(x); };
  return formWithout(*this, x) ? std::visit(at, *far) : std::visit(at, form);
}

std::vector<float> finiteNumbers(Format format) {
  const FormatLayout &layout = layoutOf(format);
  const unsigned fraction = layout.precision - 1;
  const unsigned exponents = (1u << (layout.bits - layout.precision)) - 1;
  std::vector<float> numbers;
  for (unsigned bits = 0; bits < exponents << fraction; ++bits) {
    unsigned exponent = bits >> fraction;
    unsigned digits = bits & ((1u << fraction) - 1);
    float x = exponent == 0 ? std::ldexp(digits, layout.minExponent)
                            : std::ldexp(digits + (1u << fraction),
                                         layout.minExponent + exponent - 1);
    numbers.push_back(x);
    numbers.push_back(-x);
  }
  return numbers;
}

double roundedResult(float y, Format format) {
  if (format != Format::BF16 || std::isnan(y))
    return roundTo(y, format);
  uint32_t bits;
  std::memcpy(&bits, &y, sizeof(bits));
  bits = (bits + 0x8000u) & 0xffff0000u;
  std::memcpy(&y, &bits, sizeof(bits));
  return y;
}

double errorOf(double y, double exact, const SynthesisRequest &request) {
  const bool isFactor = request.accuracy.kind == Accuracy::Kind::Factor;
  double got = isFactor ? y : roundedResult(y, request.format);
  if (std::isinf(got) && got == roundTo(exact, request.format))
    return 0.0;
  double error = std::fabs(got - exact) /
                 request.accuracy.tolerance(exact, request.format);
  return std::isnan(error) ? INFINITY : error;
}

float roundedTowardZero(double slope) {
  float rounded = slope;
  return std::fabs(rounded) > std::fabs(slope) ? std::nextafterf(rounded, 0.0f)
                                               : rounded;
}

/// Whether a form in f32 is worth a search for far arguments. By the logarithm,
/// as most of them are, more steps round than a tighter bound leaves room for.
static bool maySynthesizeFarInFloats(const SynthesisRequest &request) {
  constexpr double kLeastBound = 1.4;
  if (request.isa->lanes == 0)
    return false;
  return layoutOf(request.format).bits == 16 ||
         (request.accuracy.kind == Accuracy::Kind::Ulp &&
          request.accuracy.bound >= kLeastBound);
}

/// What serves all arguments, if not as fast as a form of fewer.
static decltype(SynthesizedForm::far)
synthesizeFar(const Reference &function, const SynthesisRequest &request) {
  if (maySynthesizeFarInFloats(request))
    if (auto form = synthesizePiecewise(function, request, Reach::WholeLine))
      return std::get<PiecewiseForm>(form->form);
  if (auto form = synthesizeLogDomain(function, request))
    return std::get<LogDomainForm>(form->form);
  return std::nullopt;
}

static std::optional<SynthesizedForm>
cheaper(std::optional<SynthesizedForm> a, std::optional<SynthesizedForm> b) {
  return !b || (a && a->cost <= b->cost) ? a : b;
}

std::optional<SynthesizedForm> synthesize(const SynthesisRequest &request) {
  if (!request.isa || request.format == Format::F64 ||
      request.formula.numVariables() != 1)
    return std::nullopt;
  // No sample would meet it.
  if (hasIsolatedValue(request.formula))
    return std::nullopt;
  Reference function(request.formula);
  std::optional<SynthesizedForm> form;
  if (request.isa->lanes > 0) {
    form = synthesizeExponential(function, request);
    if (!form)
      form = cheaper(synthesizeExponentialLinear(function, request),
                     synthesizePiecewise(function, request));
  }
  if (!form)
    return synthesizeLogDomain(function, request);
  auto *piecewise = std::get_if<PiecewiseForm>(&form->form);
  if (piecewise &&
      (std::isfinite(piecewise->validLo) || std::isfinite(piecewise->validHi)))
    form->far = synthesizeFar(function, request);
  return form;
}

} // namespace act
