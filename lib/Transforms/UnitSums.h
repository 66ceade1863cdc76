//===- UnitSums.h - The sums of products that units are --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What would a layer compute with other weights? Its loops over numbers: the
// program is left as it is.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_UNITSUMS_H
#define ACT_LIB_TRANSFORMS_UNITSUMS_H

#include "OperandMaps.h"
#include <array>

namespace act {

class UnitSums {
public:
  /// The sums that the op of `factor`, whose dimension `dim` counts units, adds
  /// up; nothing where it is no contraction or its indices are not linear in
  /// the loops. Unknown sizes are 1.
  static std::optional<UnitSums> read(mlir::OpOperand &factor, unsigned dim);

  /// What the weights are multiplied with.
  mlir::Value data() const { return other; }
  /// At how many positions there is a sum for each unit.
  size_t numPositions() const { return positions.size(); }

  /// Several inputs at once, in plain doubles: element i of input k is at
  /// `data[i * sums.size() + k]`.
  void evaluate(unsigned unit, size_t position, llvm::ArrayRef<double> weights,
                llvm::ArrayRef<double> data,
                llvm::MutableArrayRef<double> sums) const;

  static constexpr unsigned kMaxRank = 6;
  /// An element of the data, by dimension.
  using Index = std::array<int64_t, kMaxRank>;

private:
  /// By how much the row-major index of an element grows.
  struct Offset {
    int64_t factor = 0, data = 0;
    Index index = {};

    Offset operator+(const Offset &other) const {
      Offset sum{factor + other.factor, data + other.data, index};
      for (unsigned dim = 0; dim < kMaxRank; ++dim)
        sum.index[dim] += other.index[dim];
      return sum;
    }
    Offset operator*(int64_t count) const {
      Offset product{factor * count, data * count, index};
      for (int64_t &step : product.index)
        step *= count;
      return product;
    }
  };
  struct Loop {
    int64_t size;
    Offset step;
  };
  static void nest(std::vector<Offset> &offsets, Loop loop);
  bool isInside(const Offset &start, const Offset &term) const;

  mlir::Value other;
  llvm::SmallVector<int64_t> shape; ///< of the data
  bool isPadded = false;            ///< beyond the data there are zeros
  Offset unitStep;
  std::vector<Offset> positions, terms;
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_UNITSUMS_H
