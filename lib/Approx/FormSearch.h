//===- FormSearch.h - The families of forms synthesis tries ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_APPROX_FORMSEARCH_H
#define ACT_LIB_APPROX_FORMSEARCH_H

#include "act/Approx/Synthesis.h"

namespace act {

class Reference;

/// Of level * exp(rate * x).
std::optional<SynthesizedForm>
synthesizeExponential(const Reference &function,
                      const SynthesisRequest &request);

/// Of level * (exp(rate * x) - 1) left of 0 and slope * x right of it.
std::optional<SynthesizedForm>
synthesizeExponentialLinear(const Reference &function,
                            const SynthesisRequest &request);

/// Which arguments a form by segments must be valid for.
enum class Reach {
  Inputs,    ///< those that networks have; the others may take another road
  WholeLine, ///< all
};

/// By polynomials on segments.
std::optional<SynthesizedForm>
synthesizePiecewise(const Reference &function, const SynthesisRequest &request,
                    Reach reach = Reach::Inputs);

/// By the logarithm of the function, in f64.
std::optional<SynthesizedForm>
synthesizeLogDomain(const Reference &function, const SynthesisRequest &request);

/// The finite numbers of a format of 16 bits.
std::vector<float> finiteNumbers(Format format);

/// `y`, as a form computes it, as the code gives it in `format`: to bf16 ties
/// go away from 0.
double roundedResult(float y, Format format);

/// The error of that in tolerances; 0 where an overflow is right. Of a factor
/// `y` is what is multiplied.
double errorOf(double y, double exact, const SynthesisRequest &request);

/// The slope of a line as a float: by a larger one it would be infinite before
/// its numbers end.
float roundedTowardZero(double slope);

/// The share of the tolerance that may be seen at sample points: in 16 bits
/// all arguments are seen, in 32 some are not.
inline double acceptedShare(Format format) {
  return layoutOf(format).bits == 16 ? 1.0 : 0.95;
}

} // namespace act

#endif // ACT_LIB_APPROX_FORMSEARCH_H
