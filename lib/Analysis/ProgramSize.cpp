//===- ProgramSize.cpp - How much work a program is -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgramSize.h"
#include "act/Analysis/Bounds.h"
#include "act/IR/ActInterfaces.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace act {

double countWeights(Operation *root) {
  double weights = 1.0;
  root->walk([&](Operation *op) {
    ElementsAttr elements;
    if (matchPattern(op, m_Constant(&elements)))
      weights += elements.size();
    else if (isa<InitializerOpInterface>(op))
      weights += boundsSize(op->getResult(0).getType());
  });
  return weights;
}

} // namespace act
