//===- ConstantNumbers.cpp - The numbers of a constant's data -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConstantNumbers.h"
#include "act/Formula/Format.h"
#include "act/Formula/VectorVersions.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/ErrorHandling.h"
#include <cstring>

namespace act {

namespace {
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
} // namespace

template <typename Layout>
[[gnu::always_inline]] static inline double numberAt(const char *data,
                                                     int64_t index) {
  typename Layout::Bits bits;
  std::memcpy(&bits, data + index * int64_t(sizeof(bits)), sizeof(bits));
  return Layout::value(bits);
}

template <typename Layout>
[[gnu::always_inline]] static inline void
readAs(const char *data, int64_t stride, size_t count, double *result) {
  if (stride == 1)
    for (size_t i = 0; i < count; ++i)
      result[i] = numberAt<Layout>(data, i);
  else
    for (size_t i = 0; i < count; ++i)
      result[i] = numberAt<Layout>(data, int64_t(i) * stride);
}

ACT_VECTOR_VERSIONS
static void readNumbers(const char *data, Format format, int64_t stride,
                        size_t count, double *result) {
  switch (format) {
  case Format::F16:
    return readAs<Half>(data, stride, count, result);
  case Format::BF16:
    return readAs<BFloat>(data, stride, count, result);
  case Format::F32:
    return readAs<Single>(data, stride, count, result);
  case Format::F64:
    return readAs<Double>(data, stride, count, result);
  }
  llvm_unreachable("unknown format");
}

size_t ConstantNumbers::bytesEach() const { return layoutOf(format).bits / 8; }

double ConstantNumbers::operator[](size_t index) const {
  double number;
  read(index, 1, 1, &number);
  return number;
}

void ConstantNumbers::read(size_t first, int64_t stride, size_t count,
                           double *result) const {
  readNumbers(data.data() + first * bytesEach(), format, stride, count, result);
}

} // namespace act
