//===- NumberLayouts.h - How numbers lie in memory -------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For loops over constants that are as fast as memory: what is here is inlined
// into the versions of a function for each width of vectors.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_NUMBERLAYOUTS_H
#define ACT_LIB_ANALYSIS_NUMBERLAYOUTS_H

#include "act/Formula/Format.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/ErrorHandling.h"
#include <cstring>

namespace act {

/// How numbers of a format lie in memory: the type of their bits, and what
/// these stand for.
struct Half {
  using Bits = uint16_t;
  static double value(Bits bits) {
    // Magnitude and sign in their places of an f32, whose exponents are
    // greater by 112: subnormals come right as well.
    float size =
        llvm::bit_cast<float>(uint32_t(bits & 0x7fff) << 13) * 0x1p112f;
    uint32_t special = (bits & 0x7c00) == 0x7c00 ? 0x7f800000u : 0u;
    return llvm::bit_cast<float>(llvm::bit_cast<uint32_t>(size) | special |
                                 uint32_t(bits & 0x8000) << 16);
  }
};
struct BFloat {
  using Bits = uint16_t;
  /// The upper half of an f32.
  static double value(Bits bits) {
    return llvm::bit_cast<float>(uint32_t(bits) << 16);
  }
};
struct Single {
  using Bits = float;
  static double value(Bits bits) { return bits; }
};
struct Double {
  using Bits = double;
  static double value(Bits bits) { return bits; }
};

template <typename Layout>
[[gnu::always_inline]] inline double numberAt(const char *data, int64_t index) {
  typename Layout::Bits bits;
  std::memcpy(&bits, data + index * int64_t(sizeof(bits)), sizeof(bits));
  return Layout::value(bits);
}

/// Calls `visit` with the layout of numbers of `format`.
template <typename Visitor>
[[gnu::always_inline]] inline void visitLayout(Format format, Visitor visit) {
  switch (format) {
  case Format::F16:
    return visit(Half());
  case Format::BF16:
    return visit(BFloat());
  case Format::F32:
    return visit(Single());
  case Format::F64:
    return visit(Double());
  }
  llvm_unreachable("unknown format");
}

} // namespace act

#endif // ACT_LIB_ANALYSIS_NUMBERLAYOUTS_H
