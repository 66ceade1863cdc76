//===- Canonicalization.cpp - Simpler ops for the same function -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ActivationSupport.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/RecordTable.h"
#include "mlir/IR/PatternMatch.h"
#include <cmath>
#include <memory>

using namespace mlir;

namespace act {
namespace {

using SharedTable = std::shared_ptr<const RecordTable>;

/// Gives `made` the attributes of `replaced` that are no parameters, such as
/// the accuracy that is asked for.
void keepAttributes(Operation *replaced, Operation *made) {
  for (NamedAttribute attribute : replaced->getDiscardableAttrs())
    made->setDiscardableAttr(attribute.getName(), attribute.getValue());
}

/// swish {alpha = 1} -> silu, clamp {min = 0, max = 6} -> relu6,
/// affine {alpha = 1, beta = 0} -> its operand.
///
/// Identity: both formulas have one canonical form, so they are one function
/// of the reals. Exact: an op means that function, and both propagate NaN.
struct ReplaceAlias : OpInterfaceRewritePattern<ActivationOpInterface> {
  ReplaceAlias(MLIRContext *context, SharedTable table)
      : OpInterfaceRewritePattern(context), table(std::move(table)) {}

  LogicalResult matchAndRewrite(ActivationOpInterface op,
                                PatternRewriter &rewriter) const override {
    if (op.getRecord().variables.size() != 1)
      return rewriter.notifyMatchFailure(op, "not a function of one variable");
    Expression formula = canonicalize(op.getExpression());
    if (formula == Expression::variable(0)) {
      rewriter.replaceOp(op, op->getOperand(0));
      return success();
    }
    const Record *plain = table->findPlain(formula);
    if (!plain || plain == &op.getRecord())
      return rewriter.notifyMatchFailure(op, "no simpler name");
    Operation *named =
        createActivation(rewriter, op->getLoc(), *plain, op->getOperand(0), {});
    keepAttributes(op, named);
    rewriter.replaceOp(op, named);
    return success();
  }

  SharedTable table;
};

/// Whether f(y) = y for all y in `values`, ends included.
bool isIdentityOn(Expression f, Interval values) {
  if (canonicalize(specialize(f, values)) != Expression::variable(0))
    return false;
  // specialize() speaks of the open interval.
  for (double end : {values.lo, values.hi})
    if (std::isfinite(end) && exactValue(f, {end}, Format::F64) != end)
      return false;
  return true;
}

/// relu(sigmoid(x)) -> sigmoid(x), relu(relu(x)) -> relu(x),
/// clamp {0, 6}(hard_sigmoid(x)) -> hard_sigmoid(x).
///
/// Identity: the outer function is the identity on the range of the inner one,
/// whose ends are taken as they are rounded to the format. Exact, but for the
/// sign of a zero; NaN passes through both.
struct DropIdentity : OpInterfaceRewritePattern<ActivationOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(ActivationOpInterface op,
                                PatternRewriter &rewriter) const override {
    if (op.getRecord().variables.size() != 1)
      return rewriter.notifyMatchFailure(op, "not a function of one variable");
    auto inner = op->getOperand(0).getDefiningOp<ActivationOpInterface>();
    if (!inner || inner.getRecord().variables.size() != 1)
      return rewriter.notifyMatchFailure(op, "operand is no activation");
    Interval values = range(inner.getExpression(), Interval());
    auto element = cast<FloatType>(getElementTypeOrSelf(op->getResult(0)));
    for (double end : {values.lo, values.hi})
      if (double rounded = toDouble(toAPFloat(end, element));
          !std::isnan(rounded))
        values = hull(values, Interval(rounded));
    if (!isIdentityOn(op.getExpression(), values))
      return rewriter.notifyMatchFailure(op,
                                         "changes some values of its operand");
    rewriter.replaceOp(op, op->getOperand(0));
    return success();
  }
};

/// Whether a formula only selects among its variable and constants.
bool isSelection(Expression formula) {
  return llvm::all_of(formula.postorder(), [](Expression e) {
    bool selects = isDecision(e.primitive()) && e.primitive() != Primitive::Abs;
    return e.isConstant() || e.isVariable() || selects;
  });
}

/// Whether `outer` gives the same for a value of `inner` rounded to `element`,
/// but for rounding: maxima and minima do for any, comparisons if `inner` has
/// no constant to round.
bool commutesWithRounding(Expression outer, Expression inner,
                          FloatType element) {
  bool compares = llvm::any_of(
      outer.postorder(), [](Expression e) { return e.numOperands() == 4; });
  return !compares || llvm::all_of(inner.postorder(), [&](Expression e) {
    return !e.isConstant() ||
           toDouble(toAPFloat(e.constant(), element)) == e.constant();
  });
}

/// clamp {0, 4}(clamp {-1, 6}(x)) -> clamp {0, 4}(x), relu6(relu(x)) ->
/// relu6(x), clamp {max = 6}(relu(x)) -> relu6(x).
///
/// Identity: the composition has the canonical form of one record. Exact, since
/// the composition only selects among x and constants, and rounding the inner
/// one's decides nothing in the outer one.
struct MergeSelections : OpInterfaceRewritePattern<ActivationOpInterface> {
  MergeSelections(MLIRContext *context, SharedTable table)
      : OpInterfaceRewritePattern(context), table(std::move(table)) {}

  LogicalResult matchAndRewrite(ActivationOpInterface op,
                                PatternRewriter &rewriter) const override {
    if (op.getRecord().variables.size() != 1)
      return rewriter.notifyMatchFailure(op, "not a function of one variable");
    auto inner = op->getOperand(0).getDefiningOp<ActivationOpInterface>();
    if (!inner || inner.getRecord().variables.size() != 1)
      return rewriter.notifyMatchFailure(op, "operand is no activation");
    Expression outerFormula = op.getExpression();
    Expression innerFormula = inner.getExpression();
    if (!isSelection(outerFormula) || !isSelection(innerFormula))
      return rewriter.notifyMatchFailure(op, "computes more than a selection");
    auto element = cast<FloatType>(getElementTypeOrSelf(op->getResult(0)));
    if (!commutesWithRounding(outerFormula, innerFormula, element))
      return rewriter.notifyMatchFailure(
          op, "compares a constant of its operand that is rounded");
    Expression merged = canonicalize(outerFormula.substitute({innerFormula}));
    std::optional<RecordMatch> match = table->find(merged);
    if (!match)
      return rewriter.notifyMatchFailure(op, "no op computes the composition");
    Operation *merging =
        createActivation(rewriter, op->getLoc(), *match->record,
                         inner->getOperand(0), match->parameters);
    // What both say the outer one says of the result.
    keepAttributes(inner, merging);
    keepAttributes(op, merging);
    rewriter.replaceOp(op, merging);
    return success();
  }

  SharedTable table;
};

} // namespace

void populateActivationCanonicalization(RewritePatternSet &patterns) {
  MLIRContext *context = patterns.getContext();
  auto table = std::make_shared<const RecordTable>(context);
  // Dropping an op beats merging it: no new op, any function inside.
  patterns.add<DropIdentity>(context, PatternBenefit(2));
  patterns.add<ReplaceAlias, MergeSelections>(context, table);
}

} // namespace act
