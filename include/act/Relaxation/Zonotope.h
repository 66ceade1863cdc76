//===- Zonotope.h - Affine forms of a network's elements -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every element is an affine function of noise symbols in [-1, 1], one for each
// element of a source and one for each element that a function bends (Singh et
// al., Fast and Effective Robustness Certification, NeurIPS 2018): functions
// are enclosed by two parallel lines. What is computed twice from the same
// elements stays correlated, where back-substitution bounds each by a line of
// its own; neither is better everywhere.
//
// All bounds hold for the program as executed: the rounding of the forms and
// the error of the execution are part of an element's noise.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_ZONOTOPE_H
#define ACT_RELAXATION_ZONOTOPE_H

#include "act/Relaxation/Network.h"
#include <functional>
#include <optional>

namespace act {

class Zonotope {
public:
  /// Calls a function with 0 to `count` - 1, in any order or at the same time.
  using Loop =
      std::function<void(size_t count, const std::function<void(size_t)> &)>;

  /// What is spent. Of more symbols than this allows, those of least weight
  /// become noise of each element by itself.
  struct Limits {
    /// Products of one affine node: some hundredths of a second.
    double products = 0x1p28;
    /// Coefficients of one node, and of all; the oldest nodes become boxes.
    size_t coefficients = size_t(1) << 22, allCoefficients = size_t(1) << 24;
  };

  /// `network` outlives this; nodes may be added to it and ranges narrowed.
  explicit Zonotope(const Network &network) : network(network) {}
  Zonotope(const Network &network, Limits limits, Loop loop = inOrder)
      : network(network), limits(limits), loop(std::move(loop)) {}

  /// Finds the forms of `node` and of all it is computed from, as far as they
  /// are not known, with the ranges that the network has now.
  void reach(unsigned node);

  /// Where an element of a node that was reached lies.
  Interval range(unsigned node, unsigned element) const;

private:
  /// The elements of a node: center + sum of coefficients * symbols + noise.
  struct Forms {
    std::vector<unsigned> symbols;    ///< ascending
    std::vector<double> coefficients; ///< elements by symbols
    std::vector<double> center;
    /// Each element has a symbol of its own, from this on, with its noise as
    /// coefficient; else the noise may be another for each that reads it.
    std::optional<unsigned> firstOwn;
    std::vector<double> noise;
    /// At least the magnitudes of all coefficients and the noise, summed.
    std::vector<double> radius;

    bool isKnown() const { return !radius.empty(); }
    void resize(size_t size);
    /// At least the magnitude of an element, and of all terms of its form.
    double magnitude(size_t element) const;
    /// Whether an element's own symbol is worth a place.
    bool isOwnKept(size_t element) const;
    /// The form becomes the whole of an interval.
    void setBox(size_t element, Interval range);
    void sumRadius(size_t element);
  };

  /// The symbols of forms that another is computed from, as far as they are
  /// kept, and where in a row their coefficients stand.
  struct Selection;
  /// The coefficients of forms in the order of a selection.
  struct Spread;
  struct AffineSum;

  static void inOrder(size_t count, const std::function<void(size_t)> &call);
  Selection select(const std::vector<unsigned> &operands, size_t limit) const;
  Spread spread(const Forms &forms, const Selection &selection,
                bool withOwn) const;
  void add(unsigned node);
  void addBox(unsigned node);
  AffineSum readAffine(unsigned node) const;
  void addAffine(unsigned node);
  void setSum(unsigned node, unsigned element, const AffineSum &sum);
  void addElementwise(unsigned node);
  void setFunction(unsigned node, unsigned element, const Spread &operand);
  Interval rangeWithin(unsigned node, unsigned element) const;
  void forgetOldest();

  const Network &network;
  Limits limits;
  Loop loop = inOrder;
  std::vector<Forms> forms; ///< per node; of those not reached, empty
  unsigned numSymbols = 0;
  size_t kept = 0;         ///< coefficients of all forms
  unsigned oldestKept = 0; ///< no earlier node has coefficients
};

} // namespace act

#endif // ACT_RELAXATION_ZONOTOPE_H
