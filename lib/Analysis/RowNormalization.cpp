//===- RowNormalization.cpp - Rows divided by their norm ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowNormalization.h"
#include "ExecutedError.h"
#include "RowSums.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/Profile.h"
#include "act/IR/FloatFormat.h"
#include "act/Relaxation/AffineForm.h"
#include <cmath>

using namespace mlir;

namespace act {

static constexpr double kInfinity = std::numeric_limits<double>::infinity();

//===----------------------------------------------------------------------===//
// The norm
//===----------------------------------------------------------------------===//

namespace {

/// The result of `op`: factors times a function of the sum of their squares.
struct Normalization {
  Value factors;
  FromSums squares;
  /// The function of the squares' steps by which a factor is multiplied.
  Expression scale = 1.0;
  unsigned variable = 0;
  std::vector<SmallVector<unsigned>> rows; ///< the elements of each sum
  Format format = Format::F64;

  Expression scaleOfSum() const {
    return scale.substitute(
        std::vector<Expression>(variable + 1, squares.formula()));
  }
  double scaleError(Interval sum) const;
};

/// The largest norm of a row, and magnitude of a scale, as computed.
struct NormBounds {
  double norm = kInfinity, scale = kInfinity;
};

} // namespace

double Normalization::scaleError(Interval sum) const {
  double error = squares.executionError(sum);
  if (error == 0.0 || std::isinf(error))
    return error;
  std::vector<Interval> box(variable + 1, Interval(0.0));
  box[variable] = enclose(squares.formula(), {sum}) + Interval(-error, error);
  return roundedUp(error *
                   enclose(differentiate(scale, variable), box).magnitude());
}

/// Whether every row's sum has all elements of the row among its terms, and
/// none beside where `exactly`.
static bool coversRows(ArrayRef<SmallVector<unsigned>> rows,
                       const FromSums &sums, bool exactly) {
  for (auto [row, terms] : llvm::zip(rows, sums.terms)) {
    SmallVector<unsigned> sorted = terms;
    llvm::sort(sorted);
    bool covers = exactly ? ArrayRef(sorted) == ArrayRef(row)
                          : std::includes(sorted.begin(), sorted.end(),
                                          row.begin(), row.end());
    if (!covers)
      return false;
  }
  return true;
}

static std::optional<Normalization> readNormalization(OpResult result,
                                                      Semantics semantics) {
  std::optional<NamedLoops> loops = readLoops(result, semantics);
  if (!loops || loops->nest.reduction != Reduction::None)
    return std::nullopt;
  SmallVector<unsigned> used = usedInputs(*loops);
  // As executed, the product is one rounding of the product of the executed
  // factors.
  if (used.size() != 2 || !loops->inputs[used[0]] || !loops->inputs[used[1]] ||
      (semantics == Semantics::Ieee && !loops->nest.term->roundsOnce()))
    return std::nullopt;
  for (auto [c, s] :
       {std::pair(used[0], used[1]), std::pair(used[1], used[0])}) {
    std::vector<bool> isFactor(loops->inputs.size(), false);
    isFactor[c] = true;
    std::optional<AffineForm> form =
        affineForm(loops->nest.term->formula(), isFactor);
    if (!form || !form->factors[c] || !form->constant.isConstant(0.0))
      continue;
    std::optional<ElementRead> factors = readOf(*loops, c),
                               scale = readOf(*loops, s);
    if (!factors || !scale || !factors->isIdentity())
      continue;
    auto squares =
        readFromSums(std::move(*scale), /*ofSquares=*/true, semantics);
    if (!squares || squares->value != factors->value)
      continue;
    Normalization found;
    found.factors = factors->value;
    found.scale = *form->factors[c];
    found.variable = s;
    found.rows.resize(squares->terms.size());
    for (auto [element, sum] : llvm::enumerate(squares->sumOf))
      found.rows[sum].push_back(element);
    found.squares = std::move(*squares);
    found.format = *formatOf(result.getType());
    if (coversRows(found.rows, found.squares, /*exactly=*/false))
      return found;
  }
  return std::nullopt;
}

/// sup t g(t^2) over the reals; what execution adds follows by parts of the
/// range of the sum q, each from 2^k to 2^(k+1): an executed scale is off by at
/// most e there, and the executed sum is at least (1 - g) of that of the
/// squares but for underflow (Higham, 2nd ed., 3.1). An infinite sum has to
/// give the scale 0.
static NormBounds boundNorm(const Normalization &row, Semantics semantics) {
  Expression scale = row.scaleOfSum(), t = Expression::variable(0);
  Expression product = t * scale.substitute({t * t});
  double terms = row.squares.terms.front().size();
  if (semantics == Semantics::Real)
    return {range(product, Interval(0.0, kInfinity)).magnitude(),
            range(scale, Interval(0.0, kInfinity)).magnitude()};
  if (exactValue(scale, {kInfinity}, Format::F64) != 0.0)
    return {};
  const FormatLayout &layout = layoutOf(row.squares.format);
  double norm =
      range(product, Interval(0.0, std::ldexp(1.0, layout.maxExponent / 2)))
          .magnitude();
  double highest =
      range(scale, Interval(0.0, std::ldexp(1.0, layout.maxExponent)))
          .magnitude();
  double ofNorm = 0.0, ofScale = 0.0;
  for (int k = layout.minExponent - 1; k < layout.maxExponent; ++k) {
    double low = k < layout.minExponent ? 0.0 : std::ldexp(1.0, k),
           high = std::ldexp(1.0, k + 1);
    double error = row.scaleError(
        {low, std::min(high, largestFinite(row.squares.format))});
    ofScale = std::max(ofScale, error);
    ofNorm = std::max(ofNorm, roundedUp(std::sqrt(high)) * error);
  }
  SumError sum = summationError(terms + 1, row.squares.format);
  if (!(sum.relative < 0.5))
    return {};
  double lost = std::sqrt(sum.underflow) * (highest + ofScale);
  double growth = (1 + unitRoundoff(row.format)) / std::sqrt(1 - sum.relative);
  double last = std::sqrt(terms) * smallestSubnormal(row.format);
  // Far more than the rounding of these few steps.
  constexpr double kRounding = 1 + 0x1p-40;
  return {((norm + ofNorm + lost) * growth + last) * kRounding,
          (highest + ofScale) * kRounding};
}

//===----------------------------------------------------------------------===//
// The sum
//===----------------------------------------------------------------------===//

/// An upper bound of the magnitude of the sum of the factors of a row, where
/// they are the differences of a row's elements from their mean.
static double boundSumOfFactors(const Normalization &row, Semantics semantics,
                                llvm::function_ref<Bounds(Value)> bounds) {
  std::optional<NamedLoops> loops = readLoops(row.factors, semantics);
  if (!loops || loops->nest.reduction != Reduction::None)
    return kInfinity;
  SmallVector<unsigned> used = usedInputs(*loops);
  if (used.size() != 2 || !loops->inputs[used[0]] || !loops->inputs[used[1]])
    return kInfinity;
  std::vector<bool> isVariable(loops->inputs.size(), true);
  std::optional<AffineForm> form =
      affineForm(loops->nest.term->formula(), isVariable);
  if (!form || !form->constant.isConstant(0.0))
    return kInfinity;
  bool isSwapped =
      form->factors[used[0]] && form->factors[used[0]]->isConstant(-1.0);
  unsigned x = used[isSwapped], m = used[!isSwapped];
  if (!form->factors[x] || !form->factors[x]->isConstant(1.0) ||
      !form->factors[m] || !form->factors[m]->isConstant(-1.0))
    return kInfinity;
  std::optional<ElementRead> elements = readOf(*loops, x),
                             mean = readOf(*loops, m);
  if (!elements || !mean || !elements->isIdentity())
    return kInfinity;
  auto sums = readFromSums(std::move(*mean), /*ofSquares=*/false, semantics);
  if (!sums || sums->value != elements->value ||
      sums->terms.size() != row.rows.size() ||
      sums->sumOf != row.squares.sumOf ||
      !coversRows(row.rows, *sums, /*exactly=*/true))
    return kInfinity;
  std::optional<AffineForm> meanForm = affineForm(sums->formula(), {true});
  if (!meanForm || !meanForm->factors[0] || !meanForm->constant.isConstant(0.0))
    return kInfinity;
  double terms = row.rows.front().size();
  Interval share = enclose(*meanForm->factors[0], {Interval(0.0)});
  // Over the reals all but the rest of n a - 1.
  double rest = (Interval(terms) * share - Interval(1.0)).magnitude();
  bool isMean = rest == 0.0 || canonicalize(*meanForm->factors[0]) ==
                                   canonicalize(1.0 / Expression(terms));
  if (semantics == Semantics::Real && isMean)
    return 0.0;
  Bounds known = bounds(elements->value);
  if (known.isBottom())
    return kInfinity;
  Element all = known.hull();
  double most = terms * all.range.magnitude();
  if (!std::isfinite(most))
    return kInfinity;
  double error = rest * most;
  if (semantics == Semantics::Ieee) {
    double ofSum = summationError(terms, most, sums->format);
    if (std::isinf(ofSum))
      return kInfinity;
    Interval sum(-most - ofSum, most + ofSum);
    double ofMean = share.magnitude() * ofSum + sums->executionError(sum);
    std::vector<Interval> box(loops->inputs.size() + 1, Interval(0.0));
    box[x] = all.range;
    box[m] = share * sum + Interval(-ofMean, ofMean);
    error += terms * (ofMean + loops->nest.term->executionError(box));
  }
  return error * (1 + 0x1p-40);
}

/// Where a row of the result adds up to: the factors' sum times the scale, each
/// product being rounded.
static Interval boundSum(const Normalization &row, NormBounds norm,
                         Semantics semantics,
                         llvm::function_ref<Bounds(Value)> bounds) {
  if (!bounds)
    return Interval();
  double ofFactors = boundSumOfFactors(row, semantics, bounds);
  if (ofFactors == 0.0)
    return Interval(0.0);
  double terms = row.rows.front().size(), rounding = 0.0;
  if (semantics == Semantics::Ieee)
    rounding = unitRoundoff(row.format) * std::sqrt(terms) * norm.norm +
               terms * smallestSubnormal(row.format);
  double off = (norm.scale * ofFactors + 2 * rounding) * (1 + 0x1p-40);
  return std::isfinite(off) ? Interval(-off, off) : Interval();
}

//===----------------------------------------------------------------------===//
// Rows as a set
//===----------------------------------------------------------------------===//

/// Rows of one length whose elements are equally far apart.
static std::optional<std::vector<SourceSet::Row>>
evenRows(ArrayRef<SmallVector<unsigned>> rows) {
  std::vector<SourceSet::Row> result;
  for (ArrayRef<unsigned> row : rows) {
    if (row.empty() || row.size() != rows.front().size())
      return std::nullopt;
    unsigned stride = row.size() > 1 ? row[1] - row[0] : 1;
    for (size_t i = 1; i < row.size(); ++i)
      if (row[i] - row[i - 1] != stride)
        return std::nullopt;
    result.push_back({row.front(), stride, unsigned(row.size())});
  }
  return result;
}

std::shared_ptr<const SourceSet>
normalizedRows(Operation *op, Semantics semantics,
               llvm::function_ref<Bounds(Value)> bounds) {
  if (op->getNumResults() != 1 || op->getNumOperands() < 2 ||
      !formatOf(op->getResult(0).getType()) ||
      boundsSize(op->getResult(0).getType()) == 0)
    return nullptr;
  std::optional<Normalization> row =
      readNormalization(op->getResult(0), semantics);
  if (!row)
    return nullptr;
  auto rows = evenRows(row->rows);
  NormBounds norm = rows ? boundNorm(*row, semantics) : NormBounds();
  if (!std::isfinite(norm.norm))
    return nullptr;
  return std::make_shared<SourceSet>(
      RowSet::normalized(row->rows.front().size(), norm.norm,
                         boundSum(*row, norm, semantics, bounds)),
      std::move(*rows));
}

} // namespace act
