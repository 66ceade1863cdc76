//===- DeadUnitLocation.cpp - Where a layer stands in its file ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeadUnitLocation.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

namespace act {

FileLineColLoc placeOf(Location location) {
  FileLineColLoc place;
  location->walk([&](Location part) {
    place = dyn_cast<FileLineColLoc>(part);
    return place ? WalkResult::interrupt() : WalkResult::advance();
  });
  return place;
}

std::string describe(Location location) {
  FileLineColLoc place = placeOf(location);
  if (!place)
    return "unknown";
  return llvm::formatv("{0}:{1}:{2}", place.getFilename().getValue(),
                       place.getLine(), place.getColumn());
}

SmallVector<StringRef> symbolPath(Operation *op) {
  SmallVector<StringRef> path;
  for (; op; op = op->getParentOp())
    if (auto symbol =
            op->getAttrOfType<StringAttr>(SymbolTable::getSymbolAttrName()))
      path.push_back(symbol.getValue());
  std::reverse(path.begin(), path.end());
  return path;
}

} // namespace act
