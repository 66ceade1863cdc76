//===- ConstantNumbers.cpp - The numbers of a constant's data -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConstantNumbers.h"
#include "NumberLayouts.h"
#include "act/Formula/VectorVersions.h"

namespace act {

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
  visitLayout(format, [&](auto layout) __attribute__((always_inline)) {
    readAs<decltype(layout)>(data, stride, count, result);
  });
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
