//===- Inputs.cpp - Seeded arrays of any float format ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Inputs.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/Support/ErrorHandling.h"

#include <cmath>
#include <cstring>
#include <random>

using namespace act;

static const llvm::fltSemantics &semanticsOf(Format format) {
  switch (format) {
  case Format::F16:
    return llvm::APFloat::IEEEhalf();
  case Format::BF16:
    return llvm::APFloat::BFloat();
  case Format::F32:
    return llvm::APFloat::IEEEsingle();
  case Format::F64:
    return llvm::APFloat::IEEEdouble();
  }
  llvm_unreachable("a format is one of the four");
}

NpyArray bench::zeroArray(Format format, llvm::ArrayRef<int64_t> shape) {
  NpyArray array =
      llvm::cantFail(NpyArray::create(npyElementOf(format), shape));
  std::memset(array.data(), 0, array.numBytes());
  return array;
}

/// A number in (0, 1). The standard's distributions differ between libraries.
static double drawUnit(std::mt19937 &engine) {
  return (engine() + 0.5) / 4294967296.0;
}

static double draw(std::mt19937 &engine, Distribution law) {
  double unit = drawUnit(engine);
  if (law.kind == Distribution::Kind::Uniform)
    return law.first + (law.second - law.first) * unit;
  // Box and Muller 1958.
  constexpr double twoPi = 6.283185307179586;
  return law.first + law.second * std::sqrt(-2.0 * std::log(unit)) *
                         std::cos(twoPi * drawUnit(engine));
}

NpyArray bench::drawArray(Format format, llvm::ArrayRef<int64_t> shape,
                          Distribution law, unsigned seed) {
  NpyArray array = zeroArray(format, shape);
  const int64_t size = array.numElements();
  std::mt19937 engine(seed);
  size_t width = npySize(array.element());
  int64_t distinct = std::min(size, distinctInputs);
  for (int64_t i = 0; i < distinct; ++i) {
    llvm::APFloat number(draw(engine, law));
    bool inexact;
    number.convert(semanticsOf(format), llvm::APFloat::rmNearestTiesToEven,
                   &inexact);
    uint64_t bits = number.bitcastToAPInt().getZExtValue();
    std::memcpy(array.data() + i * width, &bits, width);
  }
  for (int64_t i = distinct; i < size; i += distinct)
    std::memcpy(array.data() + i * width, array.data(),
                std::min(distinct, size - i) * width);
  return array;
}

double bench::elementAt(const NpyArray &array, Format format, int64_t index) {
  size_t width = npySize(array.element());
  uint64_t bits = 0;
  std::memcpy(&bits, array.data() + index * width, width);
  llvm::APFloat number(semanticsOf(format), llvm::APInt(width * 8, bits));
  bool inexact;
  number.convert(llvm::APFloat::IEEEdouble(),
                 llvm::APFloat::rmNearestTiesToEven, &inexact);
  return number.convertToDouble();
}
