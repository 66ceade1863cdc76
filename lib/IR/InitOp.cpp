//===- InitOp.cpp - Verification and law of act.init ----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ActivationSupport.h"
#include <cmath>

using namespace mlir;
using namespace act;

namespace {
/// The two fans of a tensor, where its shape or attributes tell them.
struct Fans {
  std::optional<double> in, out;
};
} // namespace

/// As torch.nn.init._calculate_fan_in_and_fan_out: a dimension times the
/// window of a convolution.
static Fans fansOf(InitOp op) {
  Fans fans;
  ArrayRef<int64_t> shape = cast<ShapedType>(op.getType()).getShape();
  if (shape.size() >= 2) {
    double window = 1;
    for (auto [dimension, size] : llvm::enumerate(shape))
      if (dimension != op.getInDim() && dimension != op.getOutDim())
        window *= double(size);
    fans.in = double(shape[op.getInDim()]) * window;
    fans.out = double(shape[op.getOutDim()]) * window;
  }
  if (auto given = op.getFanIn())
    fans.in = double(*given);
  if (auto given = op.getFanOut())
    fans.out = double(*given);
  return fans;
}

static bool needsFanIn(InitOp op) {
  switch (op.getScheme()) {
  case WeightScheme::KaimingNormal:
  case WeightScheme::KaimingUniform:
    return op.getMode() == FanMode::FanIn;
  case WeightScheme::XavierNormal:
  case WeightScheme::XavierUniform:
  case WeightScheme::LecunNormal:
  case WeightScheme::LecunUniform:
  case WeightScheme::TorchDefault:
  case WeightScheme::RandomizedAsymmetric:
    return true;
  default:
    return false;
  }
}

static bool needsFanOut(InitOp op) {
  switch (op.getScheme()) {
  case WeightScheme::KaimingNormal:
  case WeightScheme::KaimingUniform:
    return op.getMode() == FanMode::FanOut;
  case WeightScheme::XavierNormal:
  case WeightScheme::XavierUniform:
    return true;
  default:
    return false;
  }
}

LogicalResult InitOp::verify() {
  int64_t rank = cast<ShapedType>(getType()).getRank();
  auto inShape = [&](uint64_t dimension) { return int64_t(dimension) < rank; };
  if (rank >= 2 && (!inShape(getInDim()) || !inShape(getOutDim()) ||
                    getInDim() == getOutDim()))
    return emitOpError() << "expected two different dimensions below " << rank
                         << " as in_dim and out_dim, got " << getInDim()
                         << " and " << getOutDim();
  Fans fans = fansOf(*this);
  for (std::optional<double> fan : {fans.in, fans.out})
    if (fan && !(*fan > 0))
      return emitOpError() << "expected a positive fan, got " << *fan;
  if (needsFanIn(*this) && !fans.in)
    return emitOpError() << "expected the attribute 'fan_in' for "
                         << stringifyWeightScheme(getScheme())
                         << " on a tensor of rank " << rank;
  if (needsFanOut(*this) && !fans.out)
    return emitOpError() << "expected the attribute 'fan_out' for "
                         << stringifyWeightScheme(getScheme())
                         << " on a tensor of rank " << rank;
  if (getScheme() == WeightScheme::Orthogonal && rank < 2)
    return emitOpError() << "expected at least two dimensions for orthogonal, "
                            "got "
                         << rank;
  double deviation = getStd().convertToDouble();
  if (!(deviation >= 0) || std::isinf(deviation))
    return emitOpError() << "expected a finite std of at least 0, got "
                         << deviation;
  bool bounded = getScheme() == WeightScheme::Uniform ||
                 getScheme() == WeightScheme::TruncatedNormal;
  if (!bounded)
    return success();
  if (!getLower() || !getUpper())
    return emitOpError() << "expected the attributes 'lower' and 'upper' for "
                         << stringifyWeightScheme(getScheme());
  double lower = getLower()->convertToDouble();
  double upper = getUpper()->convertToDouble();
  if (!(lower < upper))
    return emitOpError() << "expected lower < upper, got " << lower << " and "
                         << upper;
  return success();
}

static WeightLaw normalLaw(double mean, double variance) {
  WeightLaw law;
  law.mean = mean;
  law.variance = variance;
  law.symmetric = mean == 0;
  if (variance == 0)
    law.support = Interval(mean);
  return law;
}

static WeightLaw uniformLaw(double lower, double upper) {
  WeightLaw law;
  law.mean = (lower + upper) / 2;
  law.variance = (upper - lower) * (upper - lower) / 12;
  law.support = Interval(lower, upper);
  law.symmetric = lower == -upper;
  return law;
}

/// Uniform with the given variance v: half-width sqrt(3 v).
static WeightLaw centredUniformLaw(double variance) {
  double bound = std::sqrt(3 * variance);
  WeightLaw law = uniformLaw(-bound, bound);
  law.variance = variance;
  // The bound is rounded, and so is the number that is drawn from it.
  law.support = Interval(-roundedUp(bound), roundedUp(bound));
  return law;
}

/// N(mean, std^2) restricted to [lower, upper]: with a, b the standardized
/// ends and Z = cdf(b) - cdf(a), the mean is shifted by std (pdf(a)-pdf(b))/Z
/// and the variance scaled by 1 + (a pdf(a) - b pdf(b))/Z - shift^2 (Johnson,
/// Kotz and Balakrishnan, Continuous Univariate Distributions 1, 13.10.1).
static WeightLaw truncatedNormalLaw(double mean, double deviation, double lower,
                                    double upper) {
  WeightLaw law;
  law.support = Interval(lower, upper);
  if (deviation == 0) {
    law.mean = mean;
    return law;
  }
  double a = (lower - mean) / deviation, b = (upper - mean) / deviation;
  auto pdf = [](double t) {
    return std::exp(-t * t / 2) * 0.3989422804014326779;
  };
  auto cdf = [](double t) { return std::erfc(-t * M_SQRT1_2) / 2; };
  // Far to the right the difference of the complements keeps its digits.
  double mass = a > 0 ? cdf(-a) - cdf(-b) : cdf(b) - cdf(a);
  double shift = (pdf(a) - pdf(b)) / mass;
  double edge =
      (std::isinf(a) ? 0 : a * pdf(a)) - (std::isinf(b) ? 0 : b * pdf(b));
  law.mean = mean + deviation * shift;
  law.variance = deviation * deviation * (1 + edge / mass - shift * shift);
  law.symmetric = mean == 0 && lower == -upper;
  return law;
}

/// RAI of Lu et al. 2019: rows N(0, s^2/n) with s^2 = 0.3608973, and one entry
/// of each row of n + 1 (the bias counts) drawn from Beta(2, 1).
static WeightLaw randomizedAsymmetricLaw(double fanIn) {
  double spread =
      std::sqrt(1 + 8 / (9 * M_PI)) - 2 * M_SQRT2 / (3 * std::sqrt(M_PI));
  double share = 1 / (fanIn + 1), normal = spread * spread / fanIn;
  // Beta(2, 1) has mean 2/3 and second moment 1/2.
  WeightLaw law;
  law.mean = share * 2 / 3;
  law.variance = (1 - share) * normal + share / 2 - law.mean * law.mean;
  law.independent = false;
  return law;
}

WeightLaw InitOp::getWeightLaw() {
  Fans fans = fansOf(*this);
  double gain = getGain() ? getGain()->convertToDouble() : 1.0;
  double kaimingGain = getGain() ? gain : M_SQRT2;
  double fan =
      getMode() == FanMode::FanIn ? fans.in.value_or(1) : fans.out.value_or(1);
  double mean = getMean().convertToDouble();
  double deviation = getStd().convertToDouble();
  switch (getScheme()) {
  case WeightScheme::Zeros:
    return normalLaw(0, 0);
  case WeightScheme::Constant:
    return normalLaw(getValue().convertToDouble(), 0);
  case WeightScheme::Normal:
    return normalLaw(mean, deviation * deviation);
  case WeightScheme::TruncatedNormal:
    return truncatedNormalLaw(mean, deviation, getLower()->convertToDouble(),
                              getUpper()->convertToDouble());
  case WeightScheme::Uniform:
    return uniformLaw(getLower()->convertToDouble(),
                      getUpper()->convertToDouble());
  case WeightScheme::KaimingNormal:
    return normalLaw(0, kaimingGain * kaimingGain / fan);
  case WeightScheme::KaimingUniform:
    return centredUniformLaw(kaimingGain * kaimingGain / fan);
  case WeightScheme::XavierNormal:
    return normalLaw(0, 2 * gain * gain / (*fans.in + *fans.out));
  case WeightScheme::XavierUniform:
    return centredUniformLaw(2 * gain * gain / (*fans.in + *fans.out));
  case WeightScheme::LecunNormal:
    return normalLaw(0, 1 / *fans.in);
  case WeightScheme::LecunUniform:
    return centredUniformLaw(1 / *fans.in);
  case WeightScheme::Orthogonal: {
    // A row or column of an orthogonal matrix is a point of a unit sphere, the
    // larger dimension's: each coordinate has variance 1 / that dimension.
    WeightLaw law = normalLaw(0, gain * gain / std::max(*fans.in, *fans.out));
    law.support = Interval(-std::abs(gain), std::abs(gain));
    law.independent = false;
    return law;
  }
  case WeightScheme::TorchDefault:
    return centredUniformLaw(1 / (3 * *fans.in));
  case WeightScheme::RandomizedAsymmetric:
    return randomizedAsymmetricLaw(*fans.in);
  }
  llvm_unreachable("unknown scheme");
}
