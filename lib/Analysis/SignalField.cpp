//===- SignalField.cpp - Signals in random convolutions -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SignalField.h"
#include "llvm/ADT/STLExtras.h"
#include <cassert>
#include <cmath>

namespace act {

SignalField::SignalField(double square, double gap) : SignalField(1) {
  squares[0] = square;
  gaps[0] = gap;
}

double SignalField::correlation(unsigned a, unsigned b) const {
  if (squares[a] <= 0.0 || squares[b] <= 0.0)
    return 0.0;
  double cosine = product(a, b) / std::sqrt(squares[a]) / std::sqrt(squares[b]);
  return std::clamp(cosine, -1.0, 1.0);
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

/// The products with a weight have that in common with those of any other
/// position: taps meet themselves alone.
SignalField SignalField::weighted(const FieldStep &sum,
                                  const LayerLaw &law) const {
  SignalField result(size_t(sum.numPlaces()));
  for (unsigned a = 0; a < result.size(); ++a) {
    llvm::ArrayRef<int> sources = sum.sourcesOf(a);
    double square = 0.0, gap = 0.0;
    for (auto [source, share] : llvm::zip(sources, sum.weights)) {
      if (source == FieldStep::kZero)
        continue;
      square += share * squares[source];
      gap += share * gaps[source];
    }
    LayerSignal signal = layerSignal(square, gap, law);
    result.squares[a] = signal.power;
    result.gaps[a] = signal.power * signal.spread;
    for (unsigned b = 0; b < a; ++b) {
      double common = 0.0;
      for (auto [first, second, share] :
           llvm::zip(sources, sum.sourcesOf(b), sum.weights))
        if (first != FieldStep::kZero && second != FieldStep::kZero)
          common += share * product(first, second);
      result.setProduct(a, b, law.gain * common + law.biasVariance);
    }
  }
  return result;
}

SignalField SignalField::averaged(const FieldStep &mean) const {
  SignalField result(size_t(mean.numPlaces()));
  auto weightsOf = [&](unsigned place) {
    return llvm::ArrayRef(mean.weights)
        .slice(size_t(place) * mean.numTaps, mean.numTaps);
  };
  for (unsigned a = 0; a < result.size(); ++a) {
    double common = 0.0;
    for (unsigned b = 0; b <= a; ++b) {
      common = 0.0;
      for (auto [first, u] : llvm::zip(mean.sourcesOf(a), weightsOf(a)))
        for (auto [second, v] : llvm::zip(mean.sourcesOf(b), weightsOf(b)))
          if (first != FieldStep::kZero && second != FieldStep::kZero)
            common += u * v * product(first, second);
      if (b != a)
        result.setProduct(a, b, common);
    }
    // Of one input an element meets itself.
    for (auto [source, u] : llvm::zip(mean.sourcesOf(a), weightsOf(a)))
      if (source != FieldStep::kZero)
        result.gaps[a] += u * u * gaps[source];
    result.squares[a] = common + result.gaps[a];
  }
  return result;
}

SignalField SignalField::plus(const SignalField &other) const {
  assert(size() == other.size() && "other places");
  SignalField result = *this;
  for (unsigned a = 0; a < size(); ++a) {
    result.squares[a] += other.squares[a];
    result.gaps[a] += other.gaps[a];
    for (unsigned b = 0; b < a; ++b)
      result.setProduct(a, b, product(a, b) + other.product(a, b));
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

SignalField SignalField::rectified(double biasMean) const {
  assert((size() == 1 || biasMean == 0.0) && "a shift that differs by place");
  SignalField result(squares.size());
  for (unsigned a = 0; a < size(); ++a) {
    double spread = squares[a] > 0.0 ? gaps[a] / squares[a] : 0.0;
    PairMoments own = momentsAfterRelu(
        {squares[a], std::clamp(spread, 0.0, 2.0), biasMean, 0.0});
    result.squares[a] = own.square;
    result.gaps[a] = own.gap;
    for (unsigned b = 0; b < a; ++b)
      result.setProduct(a, b,
                        std::sqrt(squares[a]) * std::sqrt(squares[b]) / 2 *
                            cosineAfterRelu(correlation(a, b)));
  }
  return result;
}

/// What is common to a pair are the means, given it.
SignalField
SignalField::fromDraws(llvm::ArrayRef<std::vector<UnitMoments>> draws,
                       llvm::function_ref<double(size_t)> weightOf) {
  SignalField result(draws.front().size());
  std::vector<double> means(result.size());
  for (auto [draw, units] : llvm::enumerate(draws)) {
    double weight = weightOf(draw);
    for (auto [mean, unit] : llvm::zip_equal(means, units))
      mean = unit.mean;
    for (unsigned a = 0; a < result.size(); ++a) {
      double *row = &result.products[size_t(a) * result.size()];
      for (unsigned b = 0; b <= a; ++b)
        row[b] += weight * means[a] * means[b];
      result.gaps[a] +=
          weight * std::max(0.0, units[a].square - means[a] * means[a]);
    }
  }
  for (unsigned a = 0; a < result.size(); ++a) {
    for (unsigned b = 0; b < a; ++b)
      result.setProduct(a, b, result.products[size_t(a) * result.size() + b]);
    result.squares[a] =
        result.products[size_t(a) * result.size() + a] + result.gaps[a];
  }
  return result;
}

} // namespace act
