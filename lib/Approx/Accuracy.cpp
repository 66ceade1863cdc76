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
#include <limits>

namespace act {

Accuracy Accuracy::defaultFor(Format format) {
  bool small = layoutOf(format).bits == 16;
  return {Kind::Ulp, small ? 0.501 : 2.0};
}

double Accuracy::tolerance(double value, Format format) const {
  if (kind == Kind::Factor)
    return std::ldexp((bound - 0.5) * std::fmax(std::fabs(value), kLeastFactor),
                      -int(layoutOf(format).precision));
  double spacing = ulp(value, format);
  return kind == Kind::Ulp ? bound * spacing : std::max(bound, spacing);
}

double Accuracy::leastUlps() const {
  switch (kind) {
  case Kind::Ulp:
    return bound;
  case Kind::Absolute:
    return std::numeric_limits<double>::infinity();
  case Kind::Factor:
    return (bound - 0.5) / 2;
  }
  return 0.0;
}

static const char *nameOf(Accuracy::Kind kind) {
  switch (kind) {
  case Accuracy::Kind::Ulp:
    return "ulp";
  case Accuracy::Kind::Absolute:
    return "abs";
  case Accuracy::Kind::Factor:
    return "factor";
  }
  return "";
}

std::string Accuracy::str() const {
  char text[48];
  std::snprintf(text, sizeof(text), "%s=%.17g", nameOf(kind), bound);
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
