//===- FormJudge.h - How far a form is off at points -----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is asked of all forms, whatever they are made of. A form is the function
// that its machine code computes.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_APPROX_FORMJUDGE_H
#define ACT_LIB_APPROX_FORMJUDGE_H

#include "FormSearch.h"
#include <cmath>
#include <functional>
#include <random>

namespace act {

/// Floats, but of factors, which are sums of two.
using FormFunction = std::function<double(float)>;

/// Errors in tolerances and where they are seen, the largest first.
using Errors = std::vector<std::pair<double, float>>;

/// The largest errors at `points`; nothing as soon as one exceeds `accepted`,
/// or 1 where the result is subnormal: these have few bits, and no worse
/// rounding is left unseen. Theirs count `accepted` times.
std::optional<Errors> worstErrors(const std::vector<float> &points,
                                  const FormFunction &evaluate,
                                  const Reference &function,
                                  const SynthesisRequest &request,
                                  double accepted);

/// The largest error at `points` and, in 32 bits, at more and more near ones of
/// the worst, in tolerances. Infinite as soon as one is not accepted.
double largestError(std::vector<float> points, const FormFunction &evaluate,
                    const Reference &function, const SynthesisRequest &request);

/// Whether zeros and infinities in the valid range come out as the limits, and
/// zeros where the function is 0 or underflows have its sign.
bool keepsSpecialValues(const FormFunction &evaluate,
                        const SynthesisRequest &request,
                        float validLo = -INFINITY, float validHi = INFINITY);

/// Numbers of f32 of both signs, as many of each magnitude.
void addAllMagnitudes(std::vector<float> &points, std::mt19937 &random);

} // namespace act

#endif // ACT_LIB_APPROX_FORMJUDGE_H
