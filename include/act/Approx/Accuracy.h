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
/// Of a factor it is the error of its product with an exact number, in ulps of
/// that, half of one being the product's rounding: with a precision of P bits
///
///     |error of the factor| <= (bound - 1/2) * 2^-P * |factor|
///
/// as an ulp of the product is 2^-P of it at least.
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
                          kLeastKeptFactor = 0x1p-50;

  /// So many ulps any value may be off: of a factor an ulp is up to 2^(1-P) of
  /// it. Infinite for an absolute bound, which large values exceed by an ulp.
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
