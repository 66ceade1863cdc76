//===- Format.cpp - The binary floating-point formats ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Format.h"
#include <cmath>

namespace act {

const FormatLayout &layoutOf(Format format) {
  // In the order of the enumeration.
  static constexpr FormatLayout layouts[] = {{"f16", 16, 11, -24, 16},
                                             {"bf16", 16, 8, -133, 128},
                                             {"f32", 32, 24, -149, 128},
                                             {"f64", 64, 53, -1074, 1024}};
  return layouts[static_cast<unsigned>(format)];
}

double unitRoundoff(Format format) {
  return std::ldexp(1.0, -layoutOf(format).precision);
}

double smallestSubnormal(Format format) {
  return std::ldexp(1.0, layoutOf(format).minExponent);
}

double smallestNormal(Format format) {
  const FormatLayout &layout = layoutOf(format);
  return std::ldexp(1.0, layout.minExponent + layout.precision - 1);
}

double largestFinite(Format format) {
  const FormatLayout &layout = layoutOf(format);
  return std::ldexp(2.0 - std::ldexp(1.0, 1 - layout.precision),
                    layout.maxExponent - 1);
}

} // namespace act
