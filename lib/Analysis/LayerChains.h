//===- LayerChains.h - Layers in a row -------------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dense and convolutional relu layers of a program that follow one another
// from an argument on, whoever spelled them how, with their weights where they
// lie. To the sums of a layer others may be added, of layers before it, and the
// units of one of these.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_LAYERCHAINS_H
#define ACT_LIB_ANALYSIS_LAYERCHAINS_H

#include "FieldReader.h"
#include "Moments.h"
#include "SignalPath.h"
#include "act/Analysis/DeadUnits.h"
#include <deque>

namespace act {

/// Sums with weights of one array or initializer.
struct ChainSum {
  unsigned fanIn, width;
  Bounds weights; ///< numbers, any where they are initializers
  Moments biases;
  InitializerLaws laws;

  size_t numWeights() const { return size_t(fanIn) * width; }
};

struct ChainLayer {
  unsigned layer; ///< index into the table
  unsigned width;
  std::vector<ChainSum> sums;
  SignalPath::Layer path;
};

struct LayerChain {
  mlir::BlockArgument input;
  std::vector<ChainLayer> layers; ///< in order of execution, at least one

  SignalPath path() const;
  /// Of all layers, in the order in which a path takes their laws.
  std::vector<ChainSum> sums() const;
  /// Whether one initializer is the weights, or the biases, of several sums.
  bool sharesInitializers() const;
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
  /// What a node is the sum of.
  struct Summands {
    std::vector<const WeightedSum *> sums;
    std::vector<ChainSum> laws;   ///< of each
    std::optional<unsigned> skip; ///< a node whose elements are added
    llvm::SmallDenseSet<unsigned> seen;
  };
  /// A layer, and where it stands. Its path speaks of layers by their nodes.
  struct Found {
    ChainLayer layer;
    unsigned node; ///< its sums and biases
    mlir::BlockArgument input;
  };
  /// The chain that is open: which of its layers a node is.
  using OpenChain = llvm::DenseMap<unsigned, unsigned>;

  std::optional<Found> readLayer(unsigned layer);
  const WeightedSum *readSum(unsigned node, std::vector<double> &biases);
  bool addSum(unsigned node, Summands &summands);
  bool addSummand(unsigned node, Summands &summands);
  bool addSummands(unsigned node, Summands &summands);
  bool setPath(unsigned preactivation, const Summands &summands, Found &found);
  static bool append(Found found, OpenChain &open, LayerChain &chain);

  llvm::ArrayRef<Layer> layers;
  NetworkReader reader;
  FieldReader fields;
  std::deque<WeightedSum> denseSums; ///< of maps that were read
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_LAYERCHAINS_H
