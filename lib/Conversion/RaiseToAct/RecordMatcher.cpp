//===- RecordMatcher.cpp - Which activation a formula is ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RecordMatcher.h"
#include "Confirmation.h"
#include "Proof.h"
#include "act/Formula/ApproximateValue.h"
#include "act/Formula/Canonical.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;

namespace act {

/// The ways to fill the parameters of one record that are tried at most.
static constexpr double kMaxAssignments = 20000;
/// The constants beside its parameters that a spelling of a record may have.
static constexpr unsigned kMaxOtherConstants = 6;
/// Formulas with more nodes are not tried: no record has a tenth of them.
static constexpr size_t kMaxFormulaSize = 400;
/// The relative difference up to which a record is worth a remark.
static constexpr double kNearby = 1e-2;

/// Whether a formula is a polynomial. Arithmetic is its best spelling, so it
/// is no candidate for raising.
static bool isPolynomial(Expression formula) {
  return llvm::all_of(formula.postorder(), [](Expression e) {
    switch (e.primitive()) {
    case Primitive::Constant:
    case Primitive::Pi:
    case Primitive::Variable:
    case Primitive::Neg:
    case Primitive::Add:
    case Primitive::Sub:
    case Primitive::Mul:
      return true;
    default:
      return false;
    }
  });
}

RecordMatcher::RecordMatcher(MLIRContext *context)
    : context(context), table(context) {
  for (const Record *record : table.records()) {
    SmallVector<Expression> parameters;
    for (unsigned i = 0; i < record->parameters.size(); ++i)
      parameters.push_back(Expression::variable(i + 1));
    Expression parametric =
        record->formula(Expression::variable(0), parameters);
    if (!isPolynomial(parametric))
      candidates.push_back({record, parametric});
  }
  llvm::sort(candidates, [](const Candidate &a, const Candidate &b) {
    auto complexity = [](const Candidate &candidate) {
      return std::tuple(candidate.record->parameters.size(),
                        candidate.parametric.size(), candidate.record->opName);
    };
    return complexity(a) < complexity(b);
  });
}

//===----------------------------------------------------------------------===//
// The sieve
//===----------------------------------------------------------------------===//

/// The body's values at few points, to drop most records early.
struct RecordMatcher::Sieve {
  Sieve(const RoundedFormula &body, MLIRContext *context)
      : body(body), context(context) {
    for (double x : kSievePoints)
      values.push_back(body.at(x, Evaluation::Approximate));
  }

  /// Whether a candidate agrees at all points that doubles can decide; if it
  /// does not but is near, `result` hears of it.
  bool passes(const Candidate &candidate, ArrayRef<double> parameters,
              Recognition &result) const;

  /// Proves or confirms a candidate that passed; if it is refused, `result`
  /// hears of it.
  std::optional<Resemblance> accept(const Candidate &candidate,
                                    ArrayRef<double> parameters,
                                    Recognition &result) const;

  const RoundedFormula &body;
  MLIRContext *context;
  SmallVector<double> values;

private:
  /// What the value at each point may be off by, for a candidate that is near.
  ArrayRef<double> slacks() const {
    if (knownSlacks.empty())
      for (auto [x, value] : llvm::zip(kSievePoints, values))
        knownSlacks.push_back(body.slack(x, value, Evaluation::Approximate));
    return knownSlacks;
  }

  mutable SmallVector<double> knownSlacks;
  /// Of passes(), which is called often.
  mutable std::vector<double> point;
  mutable SmallVector<double> expected;
};

/// Keeps the nearest, but no fitted record in place of one with fewer
/// parameters: with enough of them anything is near.
static void noteNearMiss(Recognition &result, Resemblance near) {
  auto isBetter = [&](const Resemblance &other) {
    return near.match.parameters.size() <= other.match.parameters.size() &&
           near.distance.largest < other.distance.largest;
  };
  if (!result.nearMiss || isBetter(*result.nearMiss))
    result.nearMiss = std::move(near);
}

bool RecordMatcher::Sieve::passes(const Candidate &candidate,
                                  ArrayRef<double> parameters,
                                  Recognition &result) const {
  point.assign(1, 0.0);
  llvm::append_range(point, parameters);
  // Most are far off at the first point.
  expected.clear();
  auto isNear = [&](double x, double value) {
    point[0] = x;
    expected.push_back(approximateValue(candidate.parametric, point));
    double difference = std::fabs(value - expected.back());
    return std::isfinite(difference) &&
           difference <= kNearby * std::fmax(1.0, std::fabs(expected.back()));
  };
  for (auto [x, value] : llvm::zip(kSievePoints, values))
    if (!isNear(x, value))
      return false;
  // What double arithmetic alone may be wrong by at these points.
  constexpr double kDoubleError = 1e-12;
  Distance distance;
  bool passed = true;
  for (auto [x, value, own, slack] :
       llvm::zip(kSievePoints, values, expected, slacks())) {
    double difference = std::fabs(value - own);
    double allowed = ulp(own, body.format()) / 2 + slack;
    passed &=
        difference <= allowed + kDoubleError * std::fmax(1.0, std::fabs(own));
    if (difference >= distance.largest)
      distance = {difference, x, allowed};
  }
  if (!passed)
    noteNearMiss(
        result,
        {{candidate.record, SmallVector<double>(parameters)}, distance, false});
  return passed;
}

/// Whether a sum with a large constant leaves no binary digit after the point,
/// as where x + c - c is to round x.
static bool roundsToIntegers(const RoundedFormula &body) {
  const double large = std::ldexp(1.0, layoutOf(body.format()).precision - 2);
  return llvm::any_of(body.formula().postorder(), [&](Expression e) {
    if (e.primitive() != Primitive::Add && e.primitive() != Primitive::Sub)
      return false;
    return llvm::any_of(llvm::seq(2u), [&](unsigned i) {
      Expression operand = e.operand(i);
      return e.numVariables() > 0 && operand.isConstant() &&
             std::fabs(operand.constant()) >= large &&
             std::isfinite(operand.constant());
    });
  });
}

std::optional<Resemblance>
RecordMatcher::Sieve::accept(const Candidate &candidate,
                             ArrayRef<double> parameters,
                             Recognition &result) const {
  Resemblance resemblance;
  resemblance.match = {candidate.record, SmallVector<double>(parameters)};
  Expression record = instantiate(*candidate.record, parameters);
  if (roundsToIntegers(body))
    return std::nullopt;
  resemblance.proved = canonicalize(record) == canonicalize(body.formula());
  if (resemblance.proved)
    return resemblance;
  resemblance.agrees = confirm(body, record, resemblance.distance);
  if (resemblance.agrees && isProved(body, record, context))
    return resemblance;
  noteNearMiss(result, std::move(resemblance));
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// The search
//===----------------------------------------------------------------------===//

/// Records without parameters: of those that agree, the nearest.
bool RecordMatcher::searchPlain(Sieve &sieve, Recognition &result) const {
  for (const Candidate &candidate : candidates) {
    if (!candidate.record->parameters.empty() ||
        !sieve.passes(candidate, {}, result))
      continue;
    std::optional<Resemblance> found = sieve.accept(candidate, {}, result);
    if (found && (!result.match ||
                  found->distance.largest < result.match->distance.largest))
      result.match = std::move(found);
  }
  return result.match.has_value();
}

/// The defaults of a record, if it has one for each parameter.
static std::optional<SmallVector<double>> defaultsOf(const Record &record) {
  SmallVector<double> defaults;
  for (const Parameter &parameter : record.parameters) {
    if (!parameter.defaultValue)
      return std::nullopt;
    defaults.push_back(*parameter.defaultValue);
  }
  return defaults;
}

/// Records with parameters, all at their defaults.
bool RecordMatcher::searchDefaults(Sieve &sieve, Recognition &result) const {
  for (const Candidate &candidate : candidates) {
    std::optional<SmallVector<double>> defaults = defaultsOf(*candidate.record);
    if (!defaults || defaults->empty() ||
        !sieve.passes(candidate, *defaults, result))
      continue;
    result.match = sieve.accept(candidate, *defaults, result);
    if (result.match)
      return true;
  }
  return false;
}

/// What a parameter of `record` may be: a default, or a constant of the body,
/// its negative or an inverse. Defaults come first, so that a constant that is
/// the rounding of a default counts as the default.
static SmallVector<double> parameterCandidates(const Record &record,
                                               ArrayRef<double> constants) {
  SmallVector<double> candidates;
  auto add = [&](double value) {
    if (!llvm::is_contained(candidates, value))
      candidates.push_back(value);
  };
  for (const Parameter &parameter : record.parameters)
    if (parameter.defaultValue)
      add(*parameter.defaultValue);
  for (double constant : constants) {
    for (double value : {constant, -constant})
      add(value);
    for (double value : {1.0 / constant, -1.0 / constant})
      if (std::isfinite(value))
        add(value);
  }
  return candidates;
}

/// Records with parameters found among the constants of the body.
bool RecordMatcher::searchFitted(Sieve &sieve, Recognition &result) const {
  for (const Candidate &candidate : candidates) {
    unsigned count = candidate.record->parameters.size();
    // A spelling of a record has each parameter twice at most, and few
    // constants beside.
    if (count == 0 ||
        sieve.body.constants().size() > 2 * count + kMaxOtherConstants)
      continue;
    SmallVector<double> values =
        parameterCandidates(*candidate.record, sieve.body.constants());
    if (std::pow(values.size(), count) > kMaxAssignments)
      continue;
    auto isFunction = [&](ArrayRef<double> parameters) {
      if (!candidate.record->admits(parameters) ||
          !sieve.passes(candidate, parameters, result))
        return false;
      result.match = sieve.accept(candidate, parameters, result);
      return result.match.has_value();
    };
    if (anyAssignment(values, count, isFunction))
      return true;
  }
  return false;
}

Recognition RecordMatcher::search(const RoundedFormula &body) const {
  Recognition result;
  Sieve sieve(body, context);
  bool found = searchPlain(sieve, result) || searchDefaults(sieve, result) ||
               searchFitted(sieve, result);
  if (found)
    result.nearMiss.reset();
  return result;
}

const Recognition &RecordMatcher::recognize(Expression formula, Format format) {
  auto [entry, isNew] = known.try_emplace({formula.id(), format});
  bool isCandidate = formula.numVariables() == 1 &&
                     formula.size() <= kMaxFormulaSize &&
                     !isPolynomial(formula);
  if (isNew && isCandidate)
    entry->second = search(RoundedFormula(formula, format));
  return entry->second;
}

} // namespace act
