//===- SearchBudget.h - What looking at units one by one may take -*- C++
//-*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Counted in products, so that the same is done on every machine.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_SEARCHBUDGET_H
#define ACT_LIB_ANALYSIS_SEARCHBUDGET_H

#include "act/Relaxation/Network.h"

namespace act {

/// Products that the trial of samples may take for all layers: some tenths of a
/// second.
inline constexpr double kMaxSampleProducts = 0x1p32;
/// Products that all searches together may take, for each part that may be
/// bounded and at least: some tenths of a second.
inline constexpr double kProductsOfCase = 0x1p20, kMinSearchProducts = 0x1p32;

/// About how many products it takes to try points on a unit: to climb by
/// gradients, and to bound all layers before it at a few points.
double searchProducts(const Network &network, unsigned node);

/// How many cases of kinks may be bounded for each of `count` units: to bound
/// one takes some steps of tuning as well.
uint64_t splitBudget(const Network &network, unsigned node, size_t count);

/// At most `budget` boxes, about a quarter of a minute of one core in all.
uint64_t bisectionBudget(const Network &network, unsigned node, uint64_t budget,
                         size_t count);

/// The same of units that are nearly settled by `budget` boxes: more of them,
/// about half a minute of one core in all.
uint64_t closingBudget(const Network &network, unsigned node, uint64_t budget,
                       size_t count);

} // namespace act

#endif // ACT_LIB_ANALYSIS_SEARCHBUDGET_H
