//===- RecordTable.cpp - Which record computes a given formula ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/RecordTable.h"
#include "act/Formula/Canonical.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace act {

RecordTable::RecordTable(MLIRContext *context) {
  for (const Record *record : allRecords(context))
    if (record->variables.size() == 1)
      all.push_back(record);
  llvm::sort(all, [](const Record *a, const Record *b) {
    return std::pair(a->parameters.size(), a->opName) <
           std::pair(b->parameters.size(), b->opName);
  });
  for (const Record *record : all)
    if (record->parameters.empty())
      plain.emplace(canonicalize(instantiate(*record, {})), record);
}

const Record *RecordTable::findPlain(Expression canonical) const {
  auto found = plain.find(canonical);
  return found == plain.end() ? nullptr : found->second;
}

bool anyAssignment(ArrayRef<double> candidates, unsigned count,
                   function_ref<bool(ArrayRef<double>)> visit) {
  if (candidates.empty() && count > 0)
    return false;
  SmallVector<unsigned> digits(count, 0);
  SmallVector<double> values(count);
  while (true) {
    for (unsigned i = 0; i < count; ++i)
      values[i] = candidates[digits[i]];
    if (visit(values))
      return true;
    unsigned position = 0;
    while (position < count && ++digits[position] == candidates.size())
      digits[position++] = 0;
    if (position == count)
      return false;
  }
}

/// The constants of a formula and their negatives, without repetition.
static SmallVector<double> constantsOf(Expression formula) {
  SmallVector<double> constants;
  auto add = [&](double value) {
    if (!llvm::is_contained(constants, value))
      constants.push_back(value);
  };
  for (Expression e : formula.postorder()) {
    if (!e.isConstant())
      continue;
    add(e.constant());
    add(-e.constant());
  }
  return constants;
}

std::optional<RecordMatch> RecordTable::find(Expression canonical) const {
  if (const Record *record = findPlain(canonical))
    return RecordMatch{record, {}};
  SmallVector<double> candidates = constantsOf(canonical);
  // Infinite bounds do not show in a formula.
  for (double infinity : {-std::numeric_limits<double>::infinity(),
                          std::numeric_limits<double>::infinity()})
    candidates.push_back(infinity);
  std::optional<RecordMatch> match;
  for (const Record *record : all) {
    unsigned count = record->parameters.size();
    if (count == 0 || count > 2)
      continue;
    bool found = anyAssignment(candidates, count, [&](ArrayRef<double> values) {
      if (!record->admits(values) ||
          canonicalize(instantiate(*record, values)) != canonical)
        return false;
      match = RecordMatch{record, SmallVector<double>(values)};
      return true;
    });
    if (found)
      return match;
  }
  return std::nullopt;
}

} // namespace act
