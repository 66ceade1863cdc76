//===- SignalPath.cpp - Signals from layer to layer -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SignalPath.h"
#include "PreactivationField.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>
#include <numeric>

namespace act {

double SignalPath::Layer::numPositions() const {
  double sum = 0.0;
  for (double count : counts)
    sum += count;
  return sum;
}

void SignalPath::follow(std::vector<FieldStep> steps,
                        std::vector<double> counts) {
  Sum sum{std::nullopt, std::move(steps)};
  if (!layers.empty())
    sum.from = layers.size() - 1;
  layers.push_back({{std::move(sum)}, std::nullopt, std::move(counts)});
}

/// Whether something holds for all sums of some layers.
template <typename Predicate>
static bool allSums(llvm::ArrayRef<SignalPath::Layer> layers, Predicate holds) {
  return llvm::all_of(layers, [&](const SignalPath::Layer &layer) {
    return llvm::all_of(layer.sums, holds);
  });
}

bool SignalPath::isResidual() const {
  return llvm::any_of(layers,
                      [](const Layer &layer) { return layer.isResidual(); });
}

bool SignalPath::isStraight() const {
  return !isResidual() && allSums(layers, [](const Sum &sum) {
    return sum.steps.back().channels.empty();
  });
}

bool SignalPath::isDense() const {
  return allSums(layers,
                 [](const Sum &sum) {
                   const FieldStep &last = sum.steps.back();
                   return sum.steps.size() == 1 &&
                          last.sources == std::vector<int>{0} &&
                          last.weights == std::vector<double>{1.0};
                 }) &&
         llvm::all_of(layers, [](const Layer &layer) {
           return layer.numPositions() == 1.0;
         });
}

bool SignalPath::isPadded() const {
  return !allSums(layers, [](const Sum &sum) {
    return !llvm::is_contained(sum.steps.back().sources, FieldStep::kZero);
  });
}

bool SignalPath::isUniform() const {
  return allSums(layers, [](const Sum &sum) {
    return llvm::all_of(
        sum.steps, [](const FieldStep &step) { return step.numPlaces() == 1; });
  });
}

bool SignalPath::hasMeans(unsigned layer) const {
  return !allSums(llvm::ArrayRef(layers).take_front(layer + 1).drop_front(),
                  [](const Sum &sum) {
                    return llvm::none_of(sum.steps, [](const FieldStep &step) {
                      return step.kind == FieldStep::Kind::Mean;
                    });
                  });
}

/// One source of each mean, the last one, in the place of all.
static void dropMeans(FieldStep &step) {
  for (unsigned place = 0; place < step.numPlaces(); ++place) {
    auto factors = llvm::MutableArrayRef(step.weights)
                       .slice(size_t(place) * step.numTaps, step.numTaps);
    double sum = std::accumulate(factors.begin(), factors.end(), 0.0);
    llvm::fill(factors, 0.0);
    factors[llvm::max_element(step.sourcesOf(place)) -
            step.sourcesOf(place).begin()] = sum;
  }
}

SignalPath SignalPath::withoutMeans() const {
  SignalPath path = *this;
  for (Layer &layer : path.layers)
    for (Sum &sum : layer.sums)
      for (FieldStep &step : sum.steps)
        if (step.kind == FieldStep::Kind::Mean)
          dropMeans(step);
  return path;
}

/// The means of a layer over its positions.
static LayerSignal meanSignal(const SignalField &field,
                              llvm::ArrayRef<double> counts, double biasMean) {
  double power = 0.0, gap = 0.0, all = 0.0;
  for (auto [place, count] : llvm::enumerate(counts)) {
    power += count * field.square(place);
    gap += count * field.gap(place);
    all += count;
  }
  return {power / all, power > 0.0 ? gap / power : 0.0, biasMean, 0.0};
}

static double meanGap(const SignalField &field) {
  double sum = 0.0;
  for (unsigned place = 0; place < field.size(); ++place)
    sum += field.gap(place) / field.size();
  return sum;
}

/// The sums of what `from` gives; the inputs where it is null. Adds to
/// `decades` by how many means of elements shrink what is not common to a pair
/// of inputs.
static SignalField sumsOf(llvm::ArrayRef<FieldStep> steps,
                          const PreactivationField *from,
                          const SignalField &inputs, const LayerLaw &law,
                          double &decades) {
  bool isMaximum = steps.front().kind == FieldStep::Kind::Maximum;
  SignalField field = !from       ? inputs
                      : isMaximum ? from->rectifiedMaxima(steps.front())
                                  : from->rectified();
  for (const FieldStep &step : steps.drop_front(isMaximum)) {
    if (step.kind == FieldStep::Kind::Sum) {
      field = field.weighted(step, law);
      continue;
    }
    double before = meanGap(field);
    field = field.averaged(step);
    // Before the first layer nothing is lost between layers.
    if (double after = meanGap(field); from && after > 0.0)
      decades += std::log10(after / before);
  }
  return field;
}

/// The pre-activations of a layer; takes the laws of its sums from `laws`.
static PreactivationField fieldOf(const SignalPath::Layer &layer,
                                  const SignalField &inputs,
                                  llvm::ArrayRef<PreactivationField> before,
                                  llvm::ArrayRef<LayerLaw> &laws,
                                  double &decades) {
  const FieldStep &last = layer.sums.front().steps.back();
  if (!last.channels.empty())
    return PreactivationField(before[*layer.sums.front().from], last,
                              laws.consume_front());
  std::optional<SignalField> sums;
  double biasMean = 0.0, aside = 0.0;
  for (const SignalPath::Sum &sum : layer.sums) {
    const LayerLaw &law = laws.consume_front();
    SignalField field =
        sumsOf(sum.steps, sum.from ? &before[*sum.from] : nullptr, inputs, law,
               layer.isResidual() ? aside : decades);
    sums = sums ? sums->plus(field) : field;
    biasMean += law.biasMean;
  }
  if (!layer.skip)
    return PreactivationField(std::move(*sums), biasMean);
  const SignalPath::Skip &skip = *layer.skip;
  return PreactivationField(before[skip.from], skip.isRectified, skip.step,
                            *sums);
}

/// Returns by how many decades means of elements shrink what is not common.
double SignalPath::walk(InputLaw inputs, llvm::ArrayRef<LayerLaw> laws,
                        double inputCount,
                        std::vector<LayerSignal> &signals) const {
  double decades = 0.0;
  SignalField first(inputs.meanSquare, inputs.meanSquare - inputs.meanProduct);
  std::vector<PreactivationField> fields;
  for (const Layer &layer : layers) {
    fields.push_back(fieldOf(layer, first, fields, laws, decades));
    const PreactivationField &field = fields.back();
    signals.push_back(
        meanSignal(field.moments(), layer.counts, field.meanOfBias()));
    if (inputCount > 0.0)
      signals.back().deadFraction = field.silentShare(layer.counts, inputCount);
  }
  return decades;
}

std::vector<LayerSignal> SignalPath::propagate(InputLaw inputs,
                                               llvm::ArrayRef<LayerLaw> laws,
                                               double inputCount) const {
  if (isDense() && isStraight())
    return propagateSignal(inputs, laws, inputCount);
  std::vector<LayerSignal> signals;
  walk(inputs, laws, inputCount, signals);
  return signals;
}

double SignalPath::decades(InputLaw inputs,
                           llvm::ArrayRef<LayerLaw> laws) const {
  if (isDense() && isStraight())
    return differenceDecades(propagateSignal(inputs, laws, 0.0));
  std::vector<LayerSignal> signals;
  double ofMeans = walk(inputs, laws, 0.0, signals);
  return differenceDecades(signals) - ofMeans;
}

} // namespace act
