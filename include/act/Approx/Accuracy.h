//===- Accuracy.h - How far a result may be from the exact value -*- C++ -*-==//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_APPROX_ACCURACY_H
#define ACT_APPROX_ACCURACY_H

#include "act/Formula/Format.h"
#include <optional>
#include <string>
#include <string_view>

namespace act {

/// The largest error a result may have, in ulps of the exact value (0.5 is
/// correct rounding) or as an absolute number. Where the format cannot hold an
/// absolute error, one ulp is allowed instead.
struct Accuracy {
  enum class Kind { Ulp, Absolute };
  Kind kind = Kind::Ulp;
  double bound = 2.0;

  /// What is promised when nothing is asked for: 2 ulp, and 0.501 ulp in the
  /// 16-bit formats, whose results are rounded from f32.
  static Accuracy defaultFor(Format format);

  /// The largest error allowed where the exact value is `value`.
  double tolerance(double value, Format format) const;

  bool operator==(const Accuracy &other) const {
    return kind == other.kind && bound == other.bound;
  }

  /// "ulp=2" or "abs=1e-06"; parse() reads what str() writes.
  std::string str() const;
  static std::optional<Accuracy> parse(std::string_view text);
};

} // namespace act

#endif // ACT_APPROX_ACCURACY_H
