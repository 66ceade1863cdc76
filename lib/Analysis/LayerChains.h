//===- LayerChains.h - Layers in a row -------------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dense and convolutional relu layers of a program that follow one another
// from an argument on, whoever spelled them how, with their weights where they
// lie.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_LAYERCHAINS_H
#define ACT_LIB_ANALYSIS_LAYERCHAINS_H

#include "FieldReader.h"
#include "Moments.h"
#include "SignalPath.h"
#include "act/Analysis/DeadUnits.h"

namespace act {

struct ChainLayer {
  unsigned layer; ///< index into the table
  unsigned fanIn, width;
  Bounds weights; ///< numbers, any where they are initializers
  Moments biases;
  InitializerLaws laws;
  SignalPath::Layer path;

  size_t numWeights() const { return size_t(fanIn) * width; }
};

struct LayerChain {
  mlir::BlockArgument input;
  std::vector<ChainLayer> layers; ///< in order of execution, at least one

  SignalPath path() const;
};

/// Reads the chains of a program, at no cost per weight.
class LayerChainReader {
public:
  LayerChainReader(const ValueBounds &bounds, llvm::ArrayRef<Layer> layers)
      : layers(layers), reader(bounds, sitesOf(layers), Semantics::Real,
                               NetworkReader::Purpose::Outline),
        fields(reader) {}

  /// Their weights may lie in the reader.
  std::vector<LayerChain> read();

private:
  /// A layer, and where it stands.
  struct Found {
    ChainLayer layer;
    unsigned node; ///< its sums and biases
    std::optional<unsigned> before;
    mlir::BlockArgument input;
  };
  std::optional<Found> readLayer(unsigned layer);
  const WeightedSum *readSum(unsigned node, std::vector<double> &biases,
                             WeightedSum &dense) const;
  bool setPath(unsigned preactivation, const WeightedSum &sum, Found &found);

  llvm::ArrayRef<Layer> layers;
  NetworkReader reader;
  FieldReader fields;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_LAYERCHAINS_H
