//===- DenseChains.h - Dense layers in a row -------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dense relu layers of a program that follow one another from an argument
// on, whoever spelled them how, with their weights where they lie.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_DENSECHAINS_H
#define ACT_LIB_ANALYSIS_DENSECHAINS_H

#include "Moments.h"
#include "NetworkReader.h"
#include "act/Analysis/DeadUnits.h"

namespace act {

struct DenseLayer {
  unsigned layer; ///< index into the table
  /// Of the network that was read: the pre-activation, and what it is
  /// computed from.
  unsigned node, before;
  unsigned fanIn, width;
  Bounds weights; ///< numbers, any where they are initializers
  Moments biases;
  InitializerLaws laws;

  size_t numWeights() const { return size_t(fanIn) * width; }
};

struct DenseChain {
  mlir::BlockArgument input;
  std::vector<DenseLayer> layers; ///< in order of execution, at least one
};

/// Reads the chains of a program, at no cost per weight.
class DenseChainReader {
public:
  DenseChainReader(const ValueBounds &bounds, llvm::ArrayRef<Layer> layers)
      : layers(layers), reader(bounds, sitesOf(layers), Semantics::Real,
                               NetworkReader::Purpose::Outline) {}

  /// Their weights may lie in the reader.
  std::vector<DenseChain> read();

private:
  bool isRelu(unsigned node) const;
  std::optional<DenseLayer> readLayer(unsigned layer);

  llvm::ArrayRef<Layer> layers;
  NetworkReader reader;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_DENSECHAINS_H
