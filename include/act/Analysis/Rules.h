//===- Rules.h - What each code of a finding stands for --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_RULES_H
#define ACT_ANALYSIS_RULES_H

#include "act/Analysis/DeadUnits.h"

namespace act {

struct Rule {
  const char *code;        ///< "DR002"
  const char *name;        ///< "DeadUnits"
  const char *summary;     ///< one line
  const char *description; ///< what it means for the network
  const char *help;        ///< what to do
  Level level;             ///< the usual one; a finding may differ
  /// Whether a finding is proved for every input of the domain; else it is a
  /// probability, under assumptions about initialization or inputs.
  bool isProved;
};

/// All rules in order of their codes.
llvm::ArrayRef<Rule> rules();

/// The index of the rule for `code`, which may come from a user.
std::optional<unsigned> findRule(llvm::StringRef code);

} // namespace act

#endif // ACT_ANALYSIS_RULES_H
