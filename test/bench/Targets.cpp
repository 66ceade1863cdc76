//===- Targets.cpp - How fast this compiler's kernels are to be -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Targets.h"

#include "llvm/ADT/STLExtras.h"

using namespace act::bench;

namespace {
struct Target {
  const char *function;
  double uniform, normal; ///< at 2 ulp
  double uniformAtFour, normalAtFour;
};
} // namespace

static constexpr Target targets[] = {
    {"relu", 1.1, 1.1, 1.1, 1.1},      {"leaky_relu", 1.1, 1.1, 1.1, 1.1},
    {"clamp", 1.1, 1.1, 1.1, 1.1},     {"hard_swish", 1.1, 1.1, 1.1, 1.1},
    {"exp", 1.9, 1.9, 1.8, 1.8},       {"tanh", 3.0, 3.0, 2.8, 2.8},
    {"sigmoid", 2.7, 2.7, 2.3, 2.3},   {"elu", 2.8, 2.8, 2.7, 2.7},
    {"selu", 2.8, 2.8, 2.7, 2.7},      {"celu", 2.8, 2.8, 2.7, 2.7},
    {"silu", 2.8, 2.8, 2.5, 2.5},      {"gelu", 5.2, 3.8, 4.8, 3.4},
    {"gelu_tanh", 5.5, 4.2, 5.0, 3.8}, {"mish", 4.2, 4.2, 3.8, 3.8},
    {"softplus", 3.0, 3.0, 2.9, 2.9},  {"log_sigmoid", 3.0, 3.0, 2.9, 2.9},
};

std::optional<double> act::bench::copyTarget(llvm::StringRef function,
                                             llvm::StringRef accuracy,
                                             Inputs inputs) {
  const auto *found = llvm::find_if(targets, [&](const Target &target) {
    return target.function == function;
  });
  if (found == std::end(targets))
    return std::nullopt;
  bool normal = inputs == Inputs::Normal;
  double byDefault = normal ? found->normal : found->uniform;
  if (accuracy == "default" || accuracy == "ulp=2")
    return byDefault;
  if (accuracy == "ulp=4")
    return normal ? found->normalAtFour : found->uniformAtFour;
  if (accuracy == "ulp=1")
    return 1.5 * byDefault;
  if (accuracy == "abs=1e-6" && function.starts_with("gelu"))
    return 3.0;
  return std::nullopt;
}
