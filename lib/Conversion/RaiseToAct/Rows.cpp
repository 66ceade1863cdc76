//===- Rows.cpp - Row-wise activations recognized -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rows.h"
#include "RoundedFormula.h"
#include "RowReader.h"
#include "act/Formula/Canonical.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "llvm/ADT/SetVector.h"
#include <cmath>

using namespace mlir;

namespace act {

//===----------------------------------------------------------------------===//
// Which value is x
//===----------------------------------------------------------------------===//

/// Whether the op reduces its first operand.
static bool isReduction(Operation *op) {
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  return (structured && structured.getNumReductionLoops() == 1) ||
         isa<tosa::ReduceMaxOp, tosa::ReduceSumOp>(op);
}

/// The values that may be x: what is reduced on the way to `root`, and the
/// operands of the ops that compute that.
static SmallVector<Value> inputCandidates(Operation *root) {
  constexpr unsigned kMaxOps = 64;
  Type type = root->getResult(0).getType();
  llvm::SetVector<Operation *> visited;
  llvm::SetVector<Value> reduced;
  visited.insert(root);
  for (unsigned i = 0; i < visited.size() && i < kMaxOps; ++i) {
    bool reduces = isReduction(visited[i]);
    for (Value operand : visited[i]->getOperands()) {
      if (reduces && operand.getType() == type)
        reduced.insert(operand);
      Operation *op = operand.getDefiningOp();
      if (op && op->getBlock() == root->getBlock() && op->getNumRegions() <= 1)
        visited.insert(op);
    }
  }
  llvm::SetVector<Value> candidates;
  for (Value value : reduced) {
    candidates.insert(value);
    if (Operation *op = value.getDefiningOp())
      for (Value operand : op->getOperands())
        if (operand.getType() == type)
          candidates.insert(operand);
  }
  return candidates.takeVector();
}

//===----------------------------------------------------------------------===//
// What is computed
//===----------------------------------------------------------------------===//

/// Whether a formula decides between values: it may be another function
/// wherever no sample falls.
static bool decides(Expression formula) {
  return llvm::any_of(formula.postorder(),
                      [](Expression e) { return isDecision(e.primitive()); });
}

/// Whether two formulas of x, a maximum and a sum agree: by canonical form, or
/// without any decision and within half an ulp where 0 <= m - x and 1 <= s, as
/// in a softmax.
static bool agree(Expression found, Expression expected, Format format) {
  Expression canonical = canonicalize(found);
  if (canonical == canonicalize(expected))
    return true;
  if (decides(canonical))
    return false;
  for (double x : {-7.25, -1.1875, 0.34375, 3.625})
    for (double below : {0.0, 0.40625, 2.8125, 9.5, 40.0})
      for (double s : {1.0, 1.71875, 11.25, 1.0e3, 1.0e6}) {
        std::vector<double> point{x, x + below, s};
        double value = valueOf(found, point, Evaluation::Exact);
        double target = valueOf(expected, point, Evaluation::Exact);
        if (!(std::fabs(value - target) <= ulp(target, format) / 2))
          return false;
      }
  return true;
}

namespace {
/// The result, its one sum and its one maximum, over x, the maximum and the
/// sum as variables 0, 1 and 2.
struct RowFormulas {
  Expression result, summand;
  std::optional<Expression> maximum;
};
} // namespace

static std::optional<RowFormulas> formulasOf(const RowReader &reader,
                                             Expression result) {
  std::vector<Expression> renamed{Expression::variable(0)};
  std::optional<Expression> summand, maximum;
  for (const RowReduction &reduction : reader.reductions()) {
    bool isSum = reduction.kind == ReductionKind::Sum;
    std::optional<Expression> &slot = isSum ? summand : maximum;
    if (slot)
      return std::nullopt;
    slot = reduction.element.substitute(renamed);
    renamed.push_back(Expression::variable(isSum ? 2 : 1));
  }
  if (!summand)
    return std::nullopt;
  return RowFormulas{result.substitute(renamed), *summand, maximum};
}

/// Whether the formulas are those of the record, the maximum of the scores
/// subtracted or not.
static bool isRecord(const RowFormulas &rows, const RowRecord &record,
                     Format format) {
  Expression score = record.score({Expression::variable(0)}, {});
  if (rows.maximum && !agree(*rows.maximum, score, format))
    return false;
  Expression shifted = rows.maximum ? score - Expression::variable(1) : score;
  Expression sum = Expression::variable(2);
  Expression result = record.form == RowForm::Probability ? exp(shifted) / sum
                                                          : shifted - log(sum);
  return agree(rows.summand, exp(shifted), format) &&
         agree(rows.result, result, format);
}

/// Whether what is recognized here may be of the record: NaN where a row has
/// no weight, as 0/0 gives.
static bool isCandidate(const RowRecord &record) {
  return record.numVariables == 1 && record.parameters.empty() &&
         record.selection == RowSelection::Whole && !record.emptyRowZero &&
         (record.form == RowForm::Probability ||
          record.form == RowForm::LogProbability);
}

RowRecognition recognizeRows(Operation *root) {
  RowRecognition recognition;
  auto type = dyn_cast<RankedTensorType>(root->getResult(0).getType());
  std::optional<Format> format = formatOf(root->getResult(0).getType());
  if (!type || !format || isReduction(root))
    return recognition;
  for (Value x : inputCandidates(root)) {
    RowReader reader(x);
    std::optional<Expression> result = reader.read(root->getResult(0));
    if (!reader.reason().empty()) {
      recognition.whyNot = reader.reason();
      recognition.blamed = reader.failedOp();
    }
    std::optional<RowFormulas> rows;
    if (result)
      rows = formulasOf(reader, *result);
    if (!rows)
      continue;
    for (const RowRecord *record : allRowRecords(root->getContext())) {
      if (!isCandidate(*record) || !isRecord(*rows, *record, *format))
        continue;
      if (rows->maximum) {
        recognition.match = RowMatch{record, x, *reader.axis()};
        return recognition;
      }
      // Where these exponentials overflow, the source gives nan for numbers.
      if (recognition.whyNot.empty()) {
        recognition.whyNot = "no maximum of the row is subtracted";
        recognition.blamed = root;
      }
    }
  }
  return recognition;
}

} // namespace act
