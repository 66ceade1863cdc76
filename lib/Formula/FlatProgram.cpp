//===- FlatProgram.cpp - A formula as a list of steps ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FlatProgram.h"
#include "ThreadCache.h"
#include <unordered_map>

namespace act {

FlatProgram::FlatProgram(Expression expression) {
  std::unordered_map<const void *, unsigned> index;
  for (Expression e : expression.postorder()) {
    Step step{e.primitive(), e.variableIndex(), e.constant(), {0, 0, 0, 0}};
    for (unsigned i = 0; i < e.numOperands(); ++i)
      step.operands[i] = index.at(e.operand(i).id());
    index.emplace(e.id(), steps.size());
    steps.push_back(step);
  }
}

const FlatProgram &FlatProgram::of(Expression expression) {
  return cachedInThread<FlatProgram>(expression);
}

} // namespace act
