//===- FlatProgram.cpp - A formula as a list of steps ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FlatProgram.h"
#include <memory>
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
  // Most callers evaluate one formula many times in a row.
  thread_local const void *lastId = nullptr;
  thread_local const FlatProgram *last = nullptr;
  if (lastId == expression.id())
    return *last;
  thread_local std::unordered_map<const void *, std::unique_ptr<FlatProgram>>
      programs;
  std::unique_ptr<FlatProgram> &program = programs[expression.id()];
  if (!program)
    program = std::make_unique<FlatProgram>(expression);
  lastId = expression.id();
  last = program.get();
  return *program;
}

} // namespace act
