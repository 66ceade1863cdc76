//===- FormulaReader.h - A formula as nodes of a network -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What an op computes at many places is one formula, over other elements at
// each. It becomes affine nodes, functions of one variable, products, maxima
// and minima.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_FORMULAREADER_H
#define ACT_LIB_ANALYSIS_FORMULAREADER_H

#include "NetworkReader.h"

namespace act {

class NetworkReader::FormulaReader {
public:
  /// What input number `input` is at a place.
  using EntryAt = llvm::function_ref<Entry(unsigned input, size_t place)>;

  /// `term` is a function of `inputs` leaves, to be read at `places` places.
  FormulaReader(NetworkReader &reader, const ElementFunction &term,
                unsigned inputs, size_t places, EntryAt entryAt);

  /// The node of the values at all places, as executed, which lie in `range`.
  /// Nothing if the formula cannot be taken apart, or if its error has no
  /// bound.
  std::optional<unsigned> read(llvm::ArrayRef<Interval> range);
  /// Where the values lie as executed; nothing if an input is not known.
  std::optional<std::vector<Interval>> executedRanges();

private:
  using Operand = OperandLists::Operand;
  /// Of the values at each place: where they lie, how far they are off, and
  /// whether that shrinks with the inputs.
  struct Values {
    std::vector<Interval> range;
    std::vector<double> error;
    std::vector<bool> errorScales;
    bool isBounded() const;
    bool allErrorsScale() const;
    SumError errorAt(size_t place) const;
  };
  /// The part of an input in a formula that is affine in it.
  struct Elimination {
    unsigned input;
    Expression factor, constant;
  };

  bool readEntries(size_t place);
  bool findVariables();
  bool containsVariable(Expression formula) const;
  Interval value(Expression formula) const;
  Values valuesOf(Expression formula);
  bool addErrors(Values &values);
  bool errorScales() const;

  std::optional<unsigned> nodeOf(Expression formula);
  std::optional<unsigned> read(Expression formula, const Values &values);
  std::optional<unsigned> readAffine(const AffineForm &form,
                                     const Values &values);
  std::optional<unsigned> readParts(Expression formula, const Values &values);
  std::optional<unsigned> apply(Expression function, Expression inner,
                                const Values &values);
  std::optional<unsigned> readSum(Expression left, Expression right,
                                  double rightFactor, const Values &values);
  std::optional<unsigned> readScaled(Expression formula, Expression factor,
                                     const Values &values);
  std::optional<unsigned> readPair(MultivariateFunction function,
                                   Expression left, Expression right,
                                   const Values &values);
  std::optional<Elimination> findElimination(Expression formula) const;
  std::optional<std::vector<Operand>> operandsOf(Expression formula);

  NetworkReader &reader;
  const ElementFunction &term;
  size_t places;
  EntryAt entryAt;
  std::vector<bool> isVariable;     ///< inputs that are elements of nodes
  llvm::SmallVector<Entry> entries; ///< at the place at hand
  std::vector<Interval> box;        ///< of the entries
  std::unordered_map<Expression, std::optional<unsigned>, ExpressionHash> known;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_FORMULAREADER_H
