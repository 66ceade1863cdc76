//===- PlaneRelaxation.h - Planes around functions of several -*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Between which two planes does a product or a maximum lie on a box? Products
// lie between the planes of McCormick (Computability of Global Solutions to
// Factorable Nonconvex Programs, Math. Programming 10, 1976). A maximum lies
// above each operand. It lies below max(x_1, u), x_1 the operand with the
// largest upper end and u the next one, and with l the largest lower end below
// the sum of l and all max(x_i, l) - l: both below their chords. For two
// operands these are all there is to the concave envelope.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_PLANERELAXATION_H
#define ACT_RELAXATION_PLANERELAXATION_H

#include "act/Formula/Interval.h"
#include <vector>

namespace act {

/// What is no sum of functions of one variable. A product is one of two.
enum class MultivariateFunction { Product, Maximum, Minimum };

/// sum of slopes[i] * x[i] + offset, evaluated over the reals.
struct Plane {
  std::vector<double> slopes;
  double offset = 0.0;

  double at(const std::vector<double> &x) const;
};

/// Planes that hold on a bounded box, rounded so that they do. There is a
/// family from share 0 to 1, of which one or the other is better depending on
/// what else varies with the operands.
Plane planeAbove(MultivariateFunction function,
                 const std::vector<Interval> &box, double share);
Plane planeBelow(MultivariateFunction function,
                 const std::vector<Interval> &box, double share);
/// The share to start from.
double usualShare(MultivariateFunction function);

/// All values on a box.
Interval valuesOn(MultivariateFunction function,
                  const std::vector<Interval> &box);
/// How fast the planes around the function part when operand number `operand`
/// gets wider, about.
double partingRate(MultivariateFunction function,
                   const std::vector<Interval> &box, unsigned operand);

/// Value and derivatives at a point, rounded; for searching, not for proofs.
double approximateAt(MultivariateFunction function,
                     const std::vector<double> &x);
std::vector<double> approximateGradient(MultivariateFunction function,
                                        const std::vector<double> &x);

} // namespace act

#endif // ACT_RELAXATION_PLANERELAXATION_H
