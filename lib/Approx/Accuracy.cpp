//===- Accuracy.cpp - How far a result may be from the exact value --------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/Accuracy.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace act {

Accuracy Accuracy::defaultFor(Format format) {
  bool small = layoutOf(format).bits == 16;
  return {Kind::Ulp, small ? 0.501 : 2.0};
}

double Accuracy::tolerance(double value, Format format) const {
  double spacing = ulp(value, format);
  return kind == Kind::Ulp ? bound * spacing : std::max(bound, spacing);
}

std::string Accuracy::str() const {
  char text[48];
  std::snprintf(text, sizeof(text), "%s=%.17g",
                kind == Kind::Ulp ? "ulp" : "abs", bound);
  return text;
}

std::optional<Accuracy> Accuracy::parse(std::string_view text) {
  Accuracy accuracy;
  if (text.substr(0, 4) == "abs=")
    accuracy.kind = Kind::Absolute;
  else if (text.substr(0, 4) != "ulp=")
    return std::nullopt;
  std::string number(text.substr(4));
  char *end = nullptr;
  accuracy.bound = std::strtod(number.c_str(), &end);
  double least = accuracy.kind == Kind::Ulp ? 0.5 : 0.0;
  if (number.empty() || *end || !(accuracy.bound > least) ||
      std::isinf(accuracy.bound))
    return std::nullopt;
  return accuracy;
}

} // namespace act
