//===- IndexAlong.h - Indices along one dimension --------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_INDEXALONG_H
#define ACT_ANALYSIS_INDEXALONG_H

#include "mlir/IR/BuiltinTypes.h"

namespace act {

/// The index along one dimension of elements that are counted row-major.
class IndexAlong {
public:
  /// Of what has no dimensions: 0.
  IndexAlong() = default;
  IndexAlong(llvm::ArrayRef<int64_t> shape, unsigned dim)
      : inner(mlir::ShapedType::getNumElements(shape.drop_front(dim + 1))),
        count(shape[dim]) {}

  int64_t operator()(int64_t position) const {
    return position / inner % count;
  }
  int64_t size() const { return count; }

private:
  int64_t inner = 1, count = 1;
};

} // namespace act

#endif // ACT_ANALYSIS_INDEXALONG_H
