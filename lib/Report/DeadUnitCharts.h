//===- DeadUnitCharts.h - Verdicts and bounds as SVG -----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_REPORT_DEADUNITCHARTS_H
#define ACT_LIB_REPORT_DEADUNITCHARTS_H

#include "act/Analysis/DeadUnits.h"

namespace act {

/// One bar per layer: the shares of its verdicts. Colours are classes of the
/// verdicts' names.
void writeShareChart(llvm::ArrayRef<const Layer *> layers,
                     llvm::raw_ostream &os);

/// One row per layer: from the least to the greatest bound of a pre-activation
/// a line, and from the median lower to the median upper bound a bar.
void writeBoundsChart(llvm::ArrayRef<const Layer *> layers,
                      llvm::raw_ostream &os);

} // namespace act

#endif // ACT_LIB_REPORT_DEADUNITCHARTS_H
