//===- SignalPath.cpp - Signals from layer to layer -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SignalPath.h"
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

bool SignalPath::isDense() const {
  return llvm::all_of(layers, [](const Layer &layer) {
    const FieldStep &sum = layer.steps.back();
    return layer.steps.size() == 1 && sum.sources == std::vector<int>{0} &&
           sum.weights == std::vector<double>{1.0} &&
           layer.numPositions() == 1.0;
  });
}

bool SignalPath::isPadded() const {
  return llvm::any_of(layers, [](const Layer &layer) {
    return llvm::is_contained(layer.steps.back().sources, FieldStep::kZero);
  });
}

bool SignalPath::isUniform() const {
  return llvm::all_of(layers, [](const Layer &layer) {
    return llvm::all_of(layer.steps, [](const FieldStep &step) {
      return step.numPlaces() == 1;
    });
  });
}

bool SignalPath::hasMeans(unsigned layer) const {
  auto before = llvm::ArrayRef(layers).take_front(layer + 1).drop_front();
  return llvm::any_of(before, [](const Layer &each) {
    return llvm::any_of(each.steps, [](const FieldStep &step) {
      return step.kind == FieldStep::Kind::Mean;
    });
  });
}

SignalPath SignalPath::withoutMeans() const {
  SignalPath path = *this;
  for (Layer &layer : path.layers)
    for (FieldStep &step : layer.steps) {
      if (step.kind != FieldStep::Kind::Mean)
        continue;
      for (unsigned place = 0; place < step.numPlaces(); ++place) {
        auto factors = llvm::MutableArrayRef(step.weights)
                           .slice(size_t(place) * step.numTaps, step.numTaps);
        double sum = std::accumulate(factors.begin(), factors.end(), 0.0);
        llvm::fill(factors, 0.0);
        factors[llvm::max_element(step.sourcesOf(place)) -
                step.sourcesOf(place).begin()] = sum;
      }
    }
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

/// Returns by how many decades means of elements shrank what is not common to
/// a pair of inputs.
double SignalPath::walk(InputLaw inputs, llvm::ArrayRef<LayerLaw> laws,
                        double inputCount,
                        std::vector<LayerSignal> &signals) const {
  double decades = 0.0, biasMean = 0.0;
  SignalField field(inputs.meanSquare, inputs.meanSquare - inputs.meanProduct);
  for (auto [layer, law] : llvm::zip(layers, laws)) {
    bool isFirst = signals.empty();
    bool isMaximum = layer.steps.front().kind == FieldStep::Kind::Maximum;
    if (!isFirst && !isMaximum)
      field = field.rectified(biasMean);
    for (const FieldStep &step : layer.steps) {
      if (step.kind == FieldStep::Kind::Maximum) {
        field = field.rectifiedMaxima(step, biasMean);
      } else if (step.kind == FieldStep::Kind::Sum) {
        field = field.weighted(step, law);
      } else {
        double before = meanGap(field);
        field = field.averaged(step);
        // Before the first layer nothing is lost between layers.
        if (double after = meanGap(field); !isFirst && after > 0.0)
          decades += std::log10(after / before);
      }
    }
    biasMean = law.biasMean;
    signals.push_back(meanSignal(field, layer.counts, biasMean));
    if (inputCount > 0.0)
      signals.back().deadFraction =
          field.silentShare(layer.counts, inputCount, biasMean);
  }
  return decades;
}

std::vector<LayerSignal> SignalPath::propagate(InputLaw inputs,
                                               llvm::ArrayRef<LayerLaw> laws,
                                               double inputCount) const {
  if (isDense())
    return propagateSignal(inputs, laws, inputCount);
  std::vector<LayerSignal> signals;
  walk(inputs, laws, inputCount, signals);
  return signals;
}

double SignalPath::decades(InputLaw inputs,
                           llvm::ArrayRef<LayerLaw> laws) const {
  if (isDense())
    return differenceDecades(propagateSignal(inputs, laws, 0.0));
  std::vector<LayerSignal> signals;
  double ofMeans = walk(inputs, laws, 0.0, signals);
  return differenceDecades(signals) - ofMeans;
}

} // namespace act
