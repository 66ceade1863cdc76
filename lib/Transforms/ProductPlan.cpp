//===- ProductPlan.cpp - Forms for the factors of a product ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProductPlan.h"
#include "act/Approx/FormStore.h"
#include "act/Approx/RoundingError.h"
#include "act/Formula/Profile.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

namespace act {

/// Whether `formula` is best computed in f32 as it is written: it rounds once
/// at most, and sums that underflow are exact.
static bool isGoodAsWritten(Expression formula) {
  return llvm::none_of(formula.postorder(),
                       [](Expression e) {
                         return e.numVariables() > 0 &&
                                (isElementary(e.primitive()) ||
                                 e.primitive() == Primitive::Mul ||
                                 e.primitive() == Primitive::Div);
                       }) &&
         roundingErrorInUlps(formula) <= 0.5;
}

static bool isInLogDomain(const Factor &factor) {
  return factor.form &&
         std::holds_alternative<LogDomainForm>(factor.form->form);
}

static bool isCompensated(const Factor &factor) {
  if (!factor.form)
    return false;
  auto *form = std::get_if<PiecewiseForm>(&factor.form->form);
  return form && form->compensated;
}

/// An error of `bound` ulps of `format` in ulps of f32, of which a result of 16
/// bits is rounded once more.
static double ulpsOfF32(double bound, Format format) {
  if (format == Format::F32)
    return bound;
  int bits = layoutOf(Format::F32).precision - layoutOf(format).precision;
  return std::ldexp(bound - 0.5, bits);
}

/// A form that keeps the accuracy in the format. Where none is found for 16
/// bits, as where the function's slope changes much, one for f32 that leaves
/// room for the rounding does as well.
static std::optional<SynthesizedForm>
answerInAnyFormat(SynthesisRequest request) {
  std::optional<SynthesizedForm> form = FormStore::get().answer(request);
  if (form || request.format == Format::F32 ||
      request.accuracy.kind != Accuracy::Kind::Ulp)
    return form;
  // No form in f32 is much better than rounded correctly.
  constexpr double kLeast = 0.6;
  request.accuracy.bound = ulpsOfF32(request.accuracy.bound, request.format);
  request.format = Format::F32;
  if (request.accuracy.bound <= kLeast)
    return std::nullopt;
  return FormStore::get().answer(request);
}

static std::optional<ProductPlan>
planFunction(const SynthesisRequest &request) {
  std::optional<SynthesizedForm> form = answerInAnyFormat(request);
  if (!form)
    return std::nullopt;
  ProductPlan plan;
  plan.ranges = {validRange(*form)};
  plan.factors = {{request.formula, 0, std::move(form)}};
  plan.inDouble = isInLogDomain(plan.factors.front());
  return plan;
}

/// What is left for each of `forms`, in f32, of a product's error beside some
/// roundings, of which the last one is by half an ulp of the product and each
/// before it by a whole one at most. None where they use up all of it.
static std::optional<Accuracy> shareOfForm(const SynthesisRequest &request,
                                           unsigned roundings, unsigned forms) {
  // An absolute bound lets products be an ulp off.
  const Accuracy accuracy = request.accuracy;
  const double bound =
      accuracy.kind == Accuracy::Kind::Ulp ? accuracy.bound : 1.0;
  double left = ulpsOfF32(bound, request.format) - (roundings - 0.5);
  // Errors of more than a few per mille would not just add up.
  constexpr double kLeast = 0.3, kMost = 0x1p16;
  left = std::min(left, kMost) / std::max(forms, 1u);
  return left >= kLeast
             ? std::optional(Accuracy{Accuracy::Kind::Factor, 0.5 + left})
             : std::nullopt;
}

static bool isExact(const Factor &factor) {
  return isGoodAsWritten(factor.formula) &&
         roundingErrorInUlps(factor.formula) == 0.0;
}

/// Of two exact factors and one that takes a form and is not negative, so that
/// zeros keep their sign, the same with a product of the first two that is
/// kept; else none.
static std::vector<Factor> keepProduct(std::vector<Factor> factors) {
  auto inexact = llvm::partition(factors, isExact);
  const Interval line(-INFINITY, INFINITY);
  if (factors.size() != 3 || factors.end() - inexact != 1 ||
      isGoodAsWritten(inexact->formula) ||
      !(range(inexact->formula, line).lo >= 0.0))
    return {};
  factors[1].isKept = true;
  return factors;
}

/// Gives those of `factors` that need one a form; false where none is found.
static bool findForms(std::vector<Factor> &factors,
                      const SynthesisRequest &request, bool inDouble) {
  const bool roundsOnce = inDouble || keepsRounding(factors);
  unsigned roundings = roundsOnce ? 1 : factors.size() - 1, forms = 0;
  for (const Factor &factor : factors) {
    if (!isGoodAsWritten(factor.formula))
      ++forms;
    else if (!inDouble && roundingErrorInUlps(factor.formula) > 0.0)
      ++roundings;
  }
  std::optional<Accuracy> share = shareOfForm(request, roundings, forms);
  if (!share)
    return false;
  for (Factor &factor : factors) {
    if (isGoodAsWritten(factor.formula))
      continue;
    factor.form = FormStore::get().answer(
        {factor.formula, Format::F32, *share, request.isa});
    if (!factor.form)
      return false;
  }
  return true;
}

/// Puts a factor that keeps what it rounds off behind the other one; false
/// where there is no place for it: what is kept is in f32, and for one product.
static bool multiplyKeptLast(std::vector<Factor> &factors, bool inDouble) {
  if (llvm::none_of(factors, isCompensated))
    return !inDouble || !keepsRounding(factors);
  if (inDouble || factors.size() != 2 || llvm::all_of(factors, isCompensated))
    return false;
  if (isCompensated(factors.front()))
    std::swap(factors.front(), factors.back());
  factors.back().isKept = true;
  return true;
}

static std::optional<ProductPlan> planFactors(std::vector<Factor> factors,
                                              const SynthesisRequest &request,
                                              unsigned variables,
                                              bool inDouble) {
  if (factors.empty() || !findForms(factors, request, inDouble))
    return std::nullopt;
  inDouble |= llvm::any_of(factors, isInLogDomain);
  if (!multiplyKeptLast(factors, inDouble))
    return std::nullopt;
  auto ranges = rangesOfProduct(factors, variables, inDouble);
  if (!ranges)
    return std::nullopt;
  return ProductPlan{std::move(factors), std::move(*ranges), inDouble};
}

static unsigned costOf(const ProductPlan &plan) {
  unsigned cost = plan.factors.size() - 1;
  constexpr unsigned kGuard = 3, kStepsOfKeptProduct = 2;
  // Beside a form that is kept each factor has a guard.
  if (plan.factors.back().isKept)
    cost += 2 * kGuard;
  else if (keepsRounding(plan.factors))
    cost += kGuard + kStepsOfKeptProduct;
  for (const Factor &factor : plan.factors)
    cost += factor.form ? factor.form->cost : 0;
  return cost;
}

std::optional<ProductPlan> planProduct(const SynthesisRequest &request,
                                       unsigned variables) {
  if (variables == 1)
    return planFunction(request);
  std::vector<Factor> written;
  if (!splitProduct(request.formula, written))
    return std::nullopt;
  std::vector<std::vector<Factor>> candidates = {written};
  if (written.size() > variables)
    candidates.push_back(joinByVariable(written, variables));
  candidates.push_back(keepProduct(written));
  for (bool inDouble : {false, true}) {
    std::optional<ProductPlan> best;
    for (const std::vector<Factor> &factors : candidates)
      if (auto plan = planFactors(factors, request, variables, inDouble))
        if (!best || costOf(*plan) < costOf(*best))
          best = std::move(plan);
    if (best)
      return best;
  }
  return std::nullopt;
}

} // namespace act
