//===- Synthesis.h - From a formula to the form of its code -----*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_APPROX_SYNTHESIS_H
#define ACT_APPROX_SYNTHESIS_H

#include "act/Approx/Accuracy.h"
#include "act/Approx/Exponential.h"
#include "act/Approx/ExponentialLinear.h"
#include "act/Approx/Isa.h"
#include "act/Approx/LogDomain.h"
#include "act/Approx/Piecewise.h"
#include "act/Formula/Expression.h"
#include <optional>
#include <variant>

namespace act {

/// What synthesis is asked for.
struct SynthesisRequest {
  Expression formula;          ///< of variable 0
  Format format = Format::F32; ///< of argument and result: F16, BF16, F32
  Accuracy accuracy;
  const Isa *isa = nullptr;
};

/// A form with what is known of its error.
struct SynthesizedForm {
  /// Whether some form serves `x`.
  bool serves(float x) const;
  /// The value at an `x` that is served, bit for bit what machine code computes
  /// before a rounding to 16 bits.
  float evaluate(float x) const;

  std::variant<PiecewiseForm, ExponentialForm, ExponentialLinearForm,
               LogDomainForm>
      form;
  /// What serves arguments where a PiecewiseForm is not valid, if anything is
  /// known: a form of the whole line.
  std::optional<std::variant<PiecewiseForm, LogDomainForm>> far;
  double fitError = 0.0; ///< bounds that of the polynomials without rounding,
                         ///< where t is not clamped, in tolerances
  double error = 0.0;    ///< largest seen at the samples, in tolerances
  unsigned cost = 0;     ///< issue slots a vector
};

/// The cheapest form that keeps the accuracy at all sample points; none where
/// no form does. An instruction set without lookups is served by a
/// LogDomainForm only.
std::optional<SynthesizedForm> synthesize(const SynthesisRequest &request);

} // namespace act

#endif // ACT_APPROX_SYNTHESIS_H
