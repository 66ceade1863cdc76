//===- KernelRuns.cpp - Kernels on patterns of all kinds ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRuns.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include <cmath>
#include <random>

namespace act::test {

std::vector<uint64_t> ascendingInputs(Format format) {
  std::vector<uint64_t> patterns;
  if (format != Format::F32) {
    for (uint64_t bits = 0; bits < 0x10000; ++bits)
      patterns.push_back(bits);
  } else {
    std::mt19937_64 random(11);
    for (float bound : {1.0f, 16.0f, 130.0f, 400.0f}) {
      std::uniform_real_distribution<float> uniform(-bound, bound);
      for (int i = 0; i < 4096; ++i)
        patterns.push_back(llvm::bit_cast<uint32_t>(uniform(random)));
    }
    for (uint64_t bits = 0; bits < 0x100000000; bits += 0x300001)
      patterns.push_back(bits);
  }
  llvm::erase_if(patterns, [&](uint64_t bits) {
    return std::isnan(decode(bits, format));
  });
  llvm::sort(patterns, [&](uint64_t a, uint64_t b) {
    return decode(a, format) < decode(b, format);
  });
  return patterns;
}

std::vector<uint64_t> run(const Kernel &kernel, Format format,
                          const std::vector<uint64_t> &values,
                          const std::vector<size_t> &order) {
  NpyArray x = llvm::cantFail(kernel.allocate(values.size()));
  NpyArray y = llvm::cantFail(kernel.allocate(values.size()));
  for (size_t i = 0; i < values.size(); ++i)
    storeBits(x, i, format, values[order[i]]);
  kernel.bind(x, y)();
  std::vector<uint64_t> results(values.size());
  for (size_t i = 0; i < values.size(); ++i)
    results[order[i]] = loadBits(y, i, format);
  return results;
}

} // namespace act::test
