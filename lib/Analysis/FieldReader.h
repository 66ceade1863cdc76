//===- FieldReader.h - What lies between layers ----------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The way of a signal from the argument or the last layer of a chain to the
// next one, as steps from place to place: relus, movements such as padding,
// pooling and reshapes, whoever spelled them how.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_FIELDREADER_H
#define ACT_LIB_ANALYSIS_FIELDREADER_H

#include "NetworkReader.h"
#include "SignalField.h"
#include "llvm/ADT/DenseMap.h"

namespace act {

/// Sums of fewer channels, and layers of fewer units, are not as the theory of
/// very wide layers says.
inline constexpr unsigned kWide = 16;

/// What the elements of a node are to a signal.
struct ElementField {
  /// The pre-activation of the layer that it comes from; none: an argument.
  std::optional<unsigned> layer;
  mlir::BlockArgument argument;
  bool isNormal = true;         ///< as the layer is, in front of its relu
  bool isRectified = false;     ///< behind the relu of the layer
  std::vector<FieldStep> steps; ///< from there on
  unsigned numPlaces = 1;
  std::vector<int> placeOf; ///< of each element, or FieldStep::kZero
  std::vector<unsigned> channelOf;
  /// How many elements of the layer at each of its places these are computed
  /// from.
  std::vector<double> counts;
};

class FieldReader {
public:
  explicit FieldReader(NetworkReader &reader) : reader(reader) {}

  /// Nothing where a node comes from none of these, or is not computed from it
  /// alone, or by other functions, or has too many places.
  const ElementField *read(unsigned node);
  /// How the places of a layer, whose pre-activation is `node`, come from those
  /// of what is summed up: a step for what is added as it is, `skip`, unless it
  /// is null, and one for each sum; nothing as above. Makes the fields of the
  /// layer known.
  std::optional<std::vector<FieldStep>>
  addLayer(unsigned node, llvm::ArrayRef<const WeightedSum *> sums,
           const ElementField *skip);

private:
  /// Whether sums are of few of the channels of a field that has more.
  static bool takesFewChannels(const ElementField &field,
                               const WeightedSum &sum);
  bool isRelu(const NetworkNode &node) const;
  std::optional<unsigned> operandOf(const NetworkNode &node) const;
  std::optional<FieldStep> stepOf(const WeightedSum &sum,
                                  std::vector<int> &placeOf);
  std::optional<ElementField> readSource(unsigned node) const;
  std::optional<ElementField> readNode(const NetworkNode &node,
                                       const ElementField &before) const;
  std::optional<ElementField> readMap(const NetworkNode &node,
                                      const ElementField &before) const;
  std::optional<ElementField> readMaximum(const NetworkNode &node,
                                          const ElementField &before) const;

  NetworkReader &reader;
  llvm::DenseMap<unsigned, std::optional<ElementField>> known;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_FIELDREADER_H
