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
///
/// Of a factor it is an error of the product, in ulps of that, of which the
/// product's own rounding takes one half. A factor of an error in ulps of its
/// own would do for its product twice as much harm where that has the larger
/// digits.
struct Accuracy {
  enum class Kind { Ulp, Absolute, Factor };
  Kind kind = Kind::Ulp;
  double bound = 2.0;

  /// What is promised when nothing is asked for: 2 ulp, and 0.501 ulp in the
  /// 16-bit formats, whose results are rounded from f32.
  static Accuracy defaultFor(Format format);

  /// Least magnitude of a factor whose digits count, and of one that keeps what
  /// it rounds off: smaller ones leave their product too few.
  static constexpr double kLeastFactor = 0x1.01p-126,
                          kLeastKeptFactor = 0x1p-60;

  /// So many ulps any value may be off; infinite if that says nothing.
  double leastUlps() const;

  /// The largest error allowed where the exact value is `value`.
  double tolerance(double value, Format format) const;

  bool operator==(const Accuracy &other) const {
    return kind == other.kind && bound == other.bound;
  }

  /// "ulp=2", "abs=1e-06" or "factor=1"; parse() reads the first two, which
  /// users may ask for, as str() writes them.
  std::string str() const;
  static std::optional<Accuracy> parse(std::string_view text);
};

} // namespace act

#endif // ACT_APPROX_ACCURACY_H
