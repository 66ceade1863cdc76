//===- Formulas.h - Formulas that the tests of readers share ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_UNIT_FORMULA_FORMULAS_H
#define ACT_TEST_UNIT_FORMULA_FORMULAS_H

#include "act/Formula/Expression.h"
#include <vector>

namespace act::test {

inline const Expression x = Expression::variable(0);
inline const Expression sixth = Expression(1.0) / Expression(6.0);

// The activations, with parameters that leave no factor 1 and no term 0 where
// the catalogue's defaults would.
inline const Expression relu = max(x, 0.0);
inline const Expression relu6 = clip(x, 0.0, 6.0);
inline const Expression reluGeneral =
    where(x > 1.0, min(x, 4.0), 0.5 * (x - 1.0));
inline const Expression leakyRelu = where(x > 0.0, x, 0.01 * x);
inline const Expression rrelu =
    where(x > 0.0, x, (0.125 + Expression(1.0) / 3.0) / 2.0 * x);
inline const Expression threshold = where(x > 1.0, x, 0.0);
inline const Expression hardShrink = where(abs(x) > 0.5, x, 0.0);
inline const Expression softShrink =
    where(x > 0.5, x - 0.5, where(x < -0.5, x + 0.5, 0.0));
inline const Expression shrink =
    where(x < -0.5, x + 0.25, where(x > 0.5, x - 0.25, 0.0));
inline const Expression hardSigmoid = clip(sixth * x + 0.5, 0.0, 1.0);
inline const Expression hardSwish = x * hardSigmoid;
inline const Expression sparseSigmoid = clip((x + 1.0) / 2.0, 0.0, 1.0);
inline const Expression sparsePlus =
    where(x <= -1.0, 0.0, where(x < 1.0, (x + 1.0) * (x + 1.0) / 4.0, x));
inline const Expression reluSquared = relu * relu;
inline const Expression elu = where(x > 0.0, x, expm1(x));
inline const Expression celu = where(x > 0.0, x, 2.0 * expm1(x / 2.0));
inline const Expression selu =
    1.0507009873554804934 * where(x > 0.0, x, 1.6732632423543772848 * expm1(x));
inline const Expression silu = x * sigmoid(x);
inline const Expression swish = x * sigmoid(2.0 * x);
inline const Expression quickGelu =
    x * sigmoid(1702.0 / Expression(1000.0) * x);
inline const Expression gelu = x * normalCdf(x);
inline const Expression geluTanh =
    x * sigmoid(2.0 * sqrt(2.0 / Expression::pi()) *
                (x + 44715.0 / Expression(1e6) * x * x * x));
inline const Expression geluClipped = clip(gelu, -10.0, 10.0);
inline const Expression mish = x * tanh(softplus(x));
inline const Expression tanhShrink = x - tanh(x);
inline const Expression softSign = x / (1.0 + abs(x));
inline const Expression squareplus =
    where(x < 0.0, 4.0 / (2.0 * (sqrt(x * x + 4.0) - x)),
          (x + sqrt(x * x + 4.0)) / 2.0);
inline const Expression xielu =
    where(x > 0.0, 0.8 * x * x + 0.5 * x, 0.8 * (expm1(x) - x) + 0.5 * x);
inline const Expression logSigmoid = -softplus(-x);
inline const Expression softplusOfBeta = softplus(2.0 * x) / 2.0;
inline const Expression scaledTanh = 1.7159 * tanh(2.0 / Expression(3.0) * x);
inline const Expression laplace = normalCdf((x - 0.707107) / 0.282095);
/// Of two variables, and so not among allFormulas.
inline const Expression prelu = where(x > 0.0, x, Expression::variable(1) * x);

/// The activations of one variable, and what else the vocabulary holds.
inline const std::vector<Expression> allFormulas = {x,
                                                    0.75 * x + 0.5,
                                                    abs(x),
                                                    relu,
                                                    relu6,
                                                    reluGeneral,
                                                    clip(x, -1.0, 1.0),
                                                    clip(x, -2.0, 3.0),
                                                    leakyRelu,
                                                    rrelu,
                                                    threshold,
                                                    hardShrink,
                                                    softShrink,
                                                    shrink,
                                                    hardSigmoid,
                                                    hardSwish,
                                                    sparseSigmoid,
                                                    sparsePlus,
                                                    reluSquared,
                                                    x *x,
                                                    exp(x),
                                                    elu,
                                                    celu,
                                                    selu,
                                                    xielu,
                                                    sigmoid(x),
                                                    logSigmoid,
                                                    softplus(x),
                                                    softplusOfBeta,
                                                    tanh(x),
                                                    scaledTanh,
                                                    tanhShrink,
                                                    softSign,
                                                    squareplus,
                                                    laplace,
                                                    silu,
                                                    swish,
                                                    quickGelu,
                                                    gelu,
                                                    geluTanh,
                                                    geluClipped,
                                                    mish,
                                                    sin(x),
                                                    atan(x),
                                                    erf(x)};

} // namespace act::test

#endif // ACT_TEST_UNIT_FORMULA_FORMULAS_H
