//===- InitOp.cpp - Verification, law and draws of act.init ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ActivationSupport.h"
#include "act/IR/RandomDraws.h"
#include <cmath>

using namespace mlir;
using namespace act;

namespace {
/// The two fans of a tensor, where its shape or attributes tell them.
struct Fans {
  std::optional<double> in, out;
};

/// A tensor of rank 2 or more as the matrix outputs x rest: a row is what one
/// output is computed with, its columns in row-major order.
struct MatrixView {
  int64_t rows, columns;
  int64_t inner; // elements between neighbours of a column

  int64_t index(int64_t row, int64_t column) const {
    return (column / inner * rows + row) * inner + column % inner;
  }
};
} // namespace

static MatrixView matrixOf(InitOp op) {
  auto type = cast<ShapedType>(op.getType());
  MatrixView view;
  view.rows = type.getDimSize(op.getOutDim());
  view.columns = type.getNumElements() / view.rows;
  view.inner = ShapedType::getNumElements(
      type.getShape().drop_front(op.getOutDim() + 1));
  return view;
}

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
  bool byRows = getScheme() == WeightScheme::Orthogonal ||
                getScheme() == WeightScheme::RandomizedAsymmetric;
  if (byRows && cast<ShapedType>(getType()).getNumElements() == 0)
    return emitOpError() << "expected a tensor with elements for "
                         << stringifyWeightScheme(getScheme()) << ", got "
                         << getType();
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
  if (deviation == 0) // the limit
    return normalLaw(std::clamp(mean, lower, upper), 0);
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

/// The normal part of RAI (Lu et al. 2019): the square of this is 0.3608973.
static double randomizedAsymmetricSpread() {
  return std::sqrt(1 + 8 / (9 * M_PI)) - 2 * M_SQRT2 / (3 * std::sqrt(M_PI));
}

/// RAI of Lu et al. 2019: rows N(0, s^2/n) with s^2 = 0.3608973, and one entry
/// of each row of n + 1 (the bias counts) drawn from Beta(2, 1).
static WeightLaw randomizedAsymmetricLaw(double fanIn) {
  double spread = randomizedAsymmetricSpread();
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
    MatrixView view = matrixOf(*this);
    WeightLaw law =
        normalLaw(0, gain * gain / double(std::max(view.rows, view.columns)));
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

static void drawTruncatedNormal(InitOp op, RandomStream stream,
                                MutableArrayRef<double> weights) {
  double mean = op.getMean().convertToDouble();
  double deviation = op.getStd().convertToDouble();
  double lower = op.getLower()->convertToDouble();
  double upper = op.getUpper()->convertToDouble();
  double a = (lower - mean) / deviation, b = (upper - mean) / deviation;
  for (double &weight : weights)
    weight = std::clamp(mean + deviation * truncatedNormal(stream, a, b), lower,
                        upper);
}

static void drawOrthogonal(InitOp op, RandomStream stream,
                           MutableArrayRef<double> weights) {
  double gain = op.getGain() ? op.getGain()->convertToDouble() : 1.0;
  MatrixView view = matrixOf(op);
  std::vector<double> matrix =
      orthogonalMatrix(stream, view.rows, view.columns);
  for (int64_t row = 0; row < view.rows; ++row)
    for (int64_t column = 0; column < view.columns; ++column)
      weights[view.index(row, column)] =
          gain * matrix[row * view.columns + column];
}

/// Which entry of a row of weights and bias is Beta(2, 1) is drawn from a
/// stream of its own, so that weights and biases of one seed agree on it.
static void drawRandomizedAsymmetric(InitOp op, RandomStream stream,
                                     MutableArrayRef<double> weights) {
  RandomStream choices(stream.bits());
  RandomStream ofWeights(stream.bits()), ofBiases(stream.bits());
  bool isBias = cast<ShapedType>(op.getType()).getRank() < 2;
  RandomStream &normals = isBias ? ofBiases : ofWeights;
  double fanIn = *fansOf(op).in;
  double deviation = randomizedAsymmetricSpread() / std::sqrt(fanIn);
  for (double &weight : weights)
    weight = deviation * normals.normal();
  MatrixView view =
      isBias ? MatrixView{int64_t(weights.size()), 1, 1} : matrixOf(op);
  for (int64_t row = 0; row < view.rows; ++row) {
    double chosen = std::floor(choices.uniform() * (fanIn + 1));
    double replacement = betaTwoOne(choices);
    double column = isBias ? chosen - fanIn : chosen; // the bias comes last
    if (column >= 0 && column < double(view.columns))
      weights[view.index(row, int64_t(column))] = replacement;
  }
}

void InitOp::drawWeights(uint64_t seed, MutableArrayRef<double> weights) {
  RandomStream stream(seed);
  WeightLaw law = getWeightLaw();
  if (law.support.isPoint()) {
    llvm::fill(weights, law.mean);
    return;
  }
  switch (getScheme()) {
  case WeightScheme::TruncatedNormal:
    return drawTruncatedNormal(*this, stream, weights);
  case WeightScheme::Orthogonal:
    return drawOrthogonal(*this, stream, weights);
  case WeightScheme::RandomizedAsymmetric:
    return drawRandomizedAsymmetric(*this, stream, weights);
  case WeightScheme::Zeros:
  case WeightScheme::Constant:
  case WeightScheme::Normal:
  case WeightScheme::KaimingNormal:
  case WeightScheme::XavierNormal:
  case WeightScheme::LecunNormal: {
    double deviation = std::sqrt(law.variance);
    for (double &weight : weights)
      weight = law.mean + deviation * stream.normal();
    return;
  }
  case WeightScheme::Uniform:
  case WeightScheme::KaimingUniform:
  case WeightScheme::XavierUniform:
  case WeightScheme::LecunUniform:
  case WeightScheme::TorchDefault: {
    Interval support = law.support;
    for (double &weight : weights) {
      double share = stream.uniform();
      weight = std::clamp(support.lo * (1 - share) + support.hi * share,
                          support.lo, support.hi);
    }
    return;
  }
  }
  llvm_unreachable("unknown scheme");
}
