//===- LoopBounds.cpp - Bounds through loops over tensors -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contraction.h"
#include "ExecutedError.h"
#include "RepeatedLoops.h"
#include "RunningSum.h"
#include "act/Analysis/LoopNest.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/Support/Parallel.h"
#include <algorithm>
#include <cmath>
#include <map>

using namespace mlir;

namespace act {

namespace {

class LoopEvaluator {
public:
  LoopEvaluator(LoopNest loops, Semantics semantics)
      : nest(std::move(loops)), semantics(semantics), term(bindNumbers(nest)),
        box(nest.inputs.size() + 1) {
    for (const LoopAccess &input : nest.inputs) {
      outer.push_back(offsetsOver(nest, input, false));
      inner.push_back(offsetsOver(nest, input, true));
    }
    for (size_t i = 0; i < box.size(); ++i)
      used.push_back(term.uses(i));
    findProduct();
    findSlowInput();
    // Over the reals, ends that are attained stay exact.
    if (nest.reduction == Reduction::Sum && product &&
        semantics == Semantics::Ieee)
      contraction = Contraction::of(nest, product->first, product->second);
  }

  const LoopNest &loops() const { return nest; }
  /// What run() takes; to be added up before.
  Contraction *sums() { return contraction ? &*contraction : nullptr; }

  Bounds run() {
    std::vector<Element> result(nest.outputSize);
    std::vector<bool> written(nest.outputSize, false);
    for (auto [point, relative] :
         llvm::enumerate(offsetsOver(nest, nest.output, false))) {
      size_t target = nest.output.offset + relative;
      Element element = elementAt(point, target);
      // Indices of a dimension of unknown size share an entry.
      result[target] =
          written[target] ? hull(result[target], element) : element;
      written[target] = true;
    }
    return Bounds::elements(std::move(result));
  }

private:
  /// Inputs that are one number take part in simplification.
  static ElementFunction bindNumbers(const LoopNest &nest) {
    SmallVector<std::optional<double>> numbers;
    for (const LoopAccess &input : nest.inputs)
      numbers.push_back(input.bounds.asNumber());
    numbers.push_back(std::nullopt);
    return nest.reduction == Reduction::Sum ? *nest.term
                                            : nest.term->bind(numbers);
  }

  /// A sum of products in which only they and their sum round.
  void findProduct() {
    Expression formula = term.formula();
    bool exactFactors = semantics == Semantics::Real || term.roundsOnce();
    // A square has a sign: it is a term like any other.
    if (exactFactors && formula.primitive() == Primitive::Mul &&
        formula.operand(0).isVariable() && formula.operand(1).isVariable() &&
        formula.operand(0) != formula.operand(1))
      product = {formula.operand(0).variableIndex(),
                 formula.operand(1).variableIndex()};
  }

  Element elementAt(size_t point, size_t target) {
    switch (nest.reduction) {
    case Reduction::None:
      return termAt(point, 0, nest.output.bounds[target]);
    case Reduction::Sum:
      return inResultFormat(sumAt(point, nest.output.bounds[target]));
    case Reduction::Maximum:
    case Reduction::Minimum:
      return extremumAt(point, nest.output.bounds[target]);
    }
    llvm_unreachable("unknown reduction");
  }

  size_t count() const { return inner.empty() ? 1 : inner.front().size(); }

  Element read(unsigned input, size_t point, size_t step) const {
    const LoopAccess &access = nest.inputs[input];
    return access
        .bounds[access.offset + outer[input][point] + inner[input][step]];
  }

  Element termAt(size_t point, size_t step, const Element &old) {
    bool poisoned = false, mayBeNaN = false, repeated = hasLast;
    for (size_t i = 0; i < box.size(); ++i) {
      if (!used[i])
        continue;
      Element element = i + 1 == box.size() ? old : read(i, point, step);
      poisoned |= element.poisoned;
      mayBeNaN |= element.mayBeNaN;
      repeated &= element.range == box[i];
      box[i] = element.range;
    }
    if (poisoned) {
      hasLast = false;
      return Element::poison();
    }
    if (!repeated)
      last = termOnBox();
    hasLast = true;
    Element result = last;
    result.mayBeNaN |= mayBeNaN;
    return result;
  }

  /// Elementary functions take long, and the same ranges come again and again.
  Element termOnBox() {
    if (!slowInput)
      return term.evaluate(box, semantics);
    Interval range = box[*slowInput];
    auto [place, isNew] = known.try_emplace({range.lo, range.hi});
    if (isNew)
      place->second = term.evaluate(box, semantics);
    Element value = place->second;
    constexpr size_t kMostKnown = 1 << 16;
    if (known.size() > kMostKnown)
      known.clear();
    return value;
  }

  void findSlowInput() {
    if (llvm::count(used, true) == 1 &&
        llvm::any_of(term.formula().postorder(),
                     [](Expression e) { return isElementary(e.primitive()); }))
      slowInput = llvm::find(used, true) - used.begin();
  }

  Element extremumAt(size_t point, const Element &start) {
    Element result = start;
    bool isMaximum = nest.reduction == Reduction::Maximum;
    for (size_t step = 0, e = count(); step < e; ++step) {
      Element element = termAt(point, step, Element());
      result.poisoned |= element.poisoned;
      result.mayBeNaN |= element.mayBeNaN;
      Interval &all = result.range, next = element.range;
      all =
          isMaximum
              ? Interval(std::max(all.lo, next.lo), std::max(all.hi, next.hi))
              : Interval(std::min(all.lo, next.lo), std::min(all.hi, next.hi));
    }
    // Where nobody knows how many there are, there may be none.
    if (nest.endless)
      result.range = hull(result.range, start.range);
    return result.poisoned ? Element::poison() : result;
  }

  /// A sum after its last rounding.
  Element inResultFormat(Element sum) const {
    if (nest.resultFormat && semantics == Semantics::Ieee)
      sum.range = converted(sum.range, *nest.resultFormat);
    return sum;
  }
  Element sumAt(size_t point, const Element &start);
  /// Adds a factor pair to the sums; false if no bound can come of it.
  bool addProduct(const Interval &a, const Interval &b);
  void addRange(const Interval &range);
  void addMagnitude(double size);
  void noteSigns(const Interval &range);
  /// `sum` without what terms of one sign cannot add up to, in any order.
  Interval ofSigns(Interval sum) const;

  LoopNest nest;
  Semantics semantics;
  ElementFunction term;
  std::vector<Interval> box;
  SmallVector<bool> used;
  std::vector<std::vector<int64_t>> outer, inner;
  std::optional<std::pair<unsigned, unsigned>> product;
  std::optional<Contraction> contraction;
  bool hasLast = false;
  Element last;
  /// The only input of a term that takes long, and its values by their range.
  std::optional<unsigned> slowInput;
  std::map<std::pair<double, double>, Element> known;
  RunningSum low, high;
  double magnitude = 0.0;                  ///< the sum of the terms' magnitudes
  double terms = 0.0;                      ///< those that may differ from 0
  bool anyBelow = false, anyAbove = false; ///< terms that may have this sign
};

} // namespace

void LoopEvaluator::addRange(const Interval &range) {
  low.add(range.lo);
  high.add(range.hi);
  addMagnitude(range.magnitude());
  noteSigns(range);
}

void LoopEvaluator::noteSigns(const Interval &range) {
  anyBelow |= range.lo < 0.0;
  anyAbove |= range.hi > 0.0;
}

void LoopEvaluator::addMagnitude(double size) {
  magnitude += size;
  // To add 0 rounds nothing.
  terms += size != 0.0;
}

bool LoopEvaluator::addProduct(const Interval &a, const Interval &b) {
  if (!a.isBounded() || !b.isBounded()) {
    // What is unbounded may be infinite when executed, and 0 * inf is NaN.
    if (semantics == Semantics::Ieee)
      return false;
    addRange(a * b);
    return true;
  }
  if (!a.isPoint() && !b.isPoint()) {
    addRange(a * b);
    return true;
  }
  const Interval &x = b.isPoint() ? a : b;
  double weight = b.isPoint() ? b.lo : a.lo;
  low.addProduct(weight, weight >= 0 ? x.lo : x.hi);
  high.addProduct(weight, weight >= 0 ? x.hi : x.lo);
  double size = std::abs(weight) * x.magnitude();
  // What is below the doubles is not 0, and rounds when executed.
  bool isLost = size == 0.0 && weight != 0.0 && x.magnitude() != 0.0;
  addMagnitude(isLost ? std::numeric_limits<double>::min() : size);
  noteSigns(Interval(weight) * x);
  return true;
}

Element LoopEvaluator::sumAt(size_t point, const Element &start) {
  if (contraction)
    if (std::optional<Element> element = contraction->elementAt(point, start))
      return *element;
  low = high = RunningSum();
  magnitude = terms = 0.0;
  anyBelow = anyAbove = false;
  auto isInfinite = [](const Interval &range) {
    return range.isPoint() && std::isinf(range.lo);
  };
  if (start.poisoned || isInfinite(start.range))
    return Element::poison();
  addRange(start.range);
  bool bounded = true, mayBeNaN = start.mayBeNaN;
  for (size_t step = 0, e = count(); step < e; ++step) {
    if (!product) {
      Element element = termAt(point, step, Element());
      if (element.poisoned)
        return element;
      mayBeNaN |= element.mayBeNaN;
      addRange(element.range);
      continue;
    }
    Element a = read(product->first, point, step);
    Element b = read(product->second, point, step);
    if (a.poisoned || b.poisoned || isInfinite(a.range) || isInfinite(b.range))
      return Element::poison();
    mayBeNaN |= a.mayBeNaN || b.mayBeNaN;
    bounded &= addProduct(a.range, b.range);
  }
  if (!bounded)
    return Element::unknown();
  Interval exact(low.lower(), high.upper());
  if (semantics == Semantics::Real || terms == 0.0)
    return {exact, false, mayBeNaN};
  double rounded =
      roundedUp(magnitude * (1.0 + 4.0 * (count() + 1.0) * 0x1p-53));
  double error = summationError(terms, rounded, nest.formats);
  // Beyond the format infinities of both signs may meet.
  if (std::isinf(error))
    return {ofSigns(Interval()), false, mayBeNaN || (anyBelow && anyAbove)};
  return {ofSigns(exact + Interval(-error, error)), false, mayBeNaN};
}

Interval LoopEvaluator::ofSigns(Interval sum) const {
  // Rounding is monotone, and keeps 0.
  if (!anyBelow)
    sum.lo = std::max(sum.lo, 0.0);
  if (!anyAbove)
    sum.hi = std::min(sum.hi, 0.0);
  return sum;
}

/// The number of iterations of the loops that are, or are not, reduced.
static double iterations(const LoopNest &nest, bool reduced) {
  double product = 1.0;
  for (auto [loop, extent] : llvm::enumerate(nest.extents))
    if (nest.reduced[loop] == reduced)
      product *= extent;
  return product;
}

/// What would take minutes or all memory is not worth a bound.
static bool isTooLarge(const LoopNest &nest) {
  double points = iterations(nest, false), steps = iterations(nest, true);
  return std::max({points, steps, double(nest.outputSize)}) > kMaxBoundsSize ||
         points * steps > 0x1p33;
}

/// The loops of `nest` that compute something new.
static LoopNest shortened(const LoopNest &nest) {
  LoopNest loops = withoutRepetitions(nest);
  if (!isUniform(nest))
    return loops;
  // One element stands for all.
  for (auto [loop, extent] : llvm::enumerate(loops.extents))
    extent = loops.reduced[loop] ? extent : 1;
  loops.output.offset = 0;
  loops.outputSize = 1;
  return loops;
}

std::vector<Bounds> evaluate(ArrayRef<const LoopNest *> nests,
                             Semantics semantics) {
  std::vector<std::optional<LoopEvaluator>> evaluators(nests.size());
  std::vector<Contraction *> contractions;
  for (auto [nest, evaluator] : llvm::zip_equal(nests, evaluators)) {
    if (!nest->term || (nest->endless && nest->reduction == Reduction::Sum))
      continue;
    LoopNest loops = shortened(*nest);
    if (isTooLarge(loops))
      continue;
    evaluator.emplace(std::move(loops), semantics);
    if (Contraction *sums = evaluator->sums())
      contractions.push_back(sums);
  }
  Contraction::addUp(contractions);
  std::vector<Bounds> results(nests.size(), Bounds::top());
  auto run = [&](size_t index) {
    std::optional<LoopEvaluator> &evaluator = evaluators[index];
    if (!evaluator)
      return;
    const LoopNest &nest = *nests[index];
    Bounds result = evaluator->run();
    results[index] =
        isUniform(nest) ? Bounds::splat(result[0])
                        : repeated(nest, evaluator->loops(), std::move(result));
  };
  // Small nests are not worth waking a thread.
  constexpr int64_t kPointsOfTask = 1 << 10;
  if (nests.size() > 1 && nests.front()->outputSize >= kPointsOfTask)
    llvm::parallelFor(0, nests.size(), run);
  else
    llvm::for_each(llvm::seq(nests.size()), run);
  return results;
}

Bounds evaluate(const LoopNest &nest, Semantics semantics) {
  return evaluate(ArrayRef(&nest), semantics).front();
}

} // namespace act
