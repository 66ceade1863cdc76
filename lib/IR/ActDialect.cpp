//===- ActDialect.cpp - Registration of the dialect -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ActivationSupport.h"
#include "act/IR/ScalarReader.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/InliningUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace act;

//===----------------------------------------------------------------------===//
// Attributes: lists of doubles
//===----------------------------------------------------------------------===//

/// Reads one number: a float or integer literal, or inf, with a sign.
static ParseResult parseDouble(AsmParser &parser, double &value) {
  bool negative = succeeded(parser.parseOptionalMinus());
  if (succeeded(parser.parseOptionalKeyword("inf"))) {
    value = std::numeric_limits<double>::infinity();
  } else {
    int64_t integer;
    OptionalParseResult asInteger = parser.parseOptionalDecimalInteger(integer);
    if (asInteger.has_value()) {
      if (failed(*asInteger))
        return failure();
      value = static_cast<double>(integer);
    } else if (parser.parseFloat(value)) {
      return failure();
    }
  }
  if (negative)
    value = -value;
  return success();
}

static ParseResult parseDoubles(AsmParser &parser, DenseF64ArrayAttr &values) {
  SmallVector<double> numbers;
  if (parser.parseCommaSeparatedList(
          [&] { return parseDouble(parser, numbers.emplace_back()); }))
    return failure();
  values = DenseF64ArrayAttr::get(parser.getContext(), numbers);
  return success();
}

static void printDoubles(AsmPrinter &printer, DenseF64ArrayAttr values) {
  llvm::interleaveComma(values.asArrayRef(), printer.getStream(),
                        [&](double value) {
                          if (std::isinf(value))
                            printer.getStream() << (value < 0 ? "-inf" : "inf");
                          else
                            printer.printFloat(APFloat(value));
                        });
}

static ParseResult parseBound(AsmParser &parser, FloatAttr &bound) {
  double value;
  if (parseDouble(parser, value))
    return failure();
  bound = parser.getBuilder().getF64FloatAttr(value);
  return success();
}

static void printBound(AsmPrinter &printer, FloatAttr bound) {
  printer.printFloat(bound.getValue());
}

LogicalResult AccuracyAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                   AccuracyKind kind, FloatAttr bound) {
  double least = kind == AccuracyKind::Ulp ? 0.5 : 0.0;
  double value = bound.getValueAsDouble();
  if (!(value > least) || std::isinf(value))
    return emitError() << "expected a finite bound above " << least << ", got "
                       << value;
  return success();
}

LogicalResult BoxAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                              DenseF64ArrayAttr lower,
                              DenseF64ArrayAttr upper) {
  if (lower.size() != upper.size())
    return emitError() << "expected as many lower as upper ends, got "
                       << lower.size() << " and " << upper.size();
  for (auto [lo, hi] : llvm::zip(lower.asArrayRef(), upper.asArrayRef()))
    if (!(lo <= hi))
      return emitError() << "expected each lower end at most the upper end, "
                            "got ["
                         << lo << ", " << hi << "]";
  return success();
}

LogicalResult BallAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               DenseF64ArrayAttr center,
                               DenseF64ArrayAttr radius) {
  for (double number : center.asArrayRef())
    if (!std::isfinite(number))
      return emitError() << "expected a finite center, got " << number;
  for (double number : radius.asArrayRef())
    if (!(number >= 0) || std::isinf(number))
      return emitError() << "expected a finite radius of at least 0, got "
                         << number;
  return success();
}

LogicalResult NormalAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 DenseF64ArrayAttr mean,
                                 DenseF64ArrayAttr deviations) {
  if (mean.size() != deviations.size())
    return emitError() << "expected as many means as standard deviations, got "
                       << mean.size() << " and " << deviations.size();
  for (double deviation : deviations.asArrayRef())
    if (!(deviation >= 0) || std::isinf(deviation))
      return emitError()
             << "expected a finite standard deviation of at least 0, got "
             << deviation;
  return success();
}

#include "act/IR/ActDialect.cpp.inc"
#include "act/IR/ActEnums.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "act/IR/ActAttributes.cpp.inc"
#include "act/IR/ActInterfaces.cpp.inc"

//===----------------------------------------------------------------------===//
// The dialect
//===----------------------------------------------------------------------===//

namespace {

/// All ops are functions of their operands: they may go wherever a call goes.
struct ActInlinerInterface : DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;

  bool isLegalToInline(Operation *, Region *, bool, IRMapping &) const final {
    return true;
  }
  bool isLegalToInline(Region *, Region *, bool, IRMapping &) const final {
    return true;
  }
};

} // namespace

void ActDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "act/IR/ActOps.cpp.inc"
      >();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "act/IR/ActAttributes.cpp.inc"
      >();
  addInterfaces<ActInlinerInterface>();
  // Both dialects are dependencies, so they are loaded here, and a context
  // that knows act can always read the bodies of act.map.
  attachArithScalarFunctions(*getContext());
  attachMathScalarFunctions(*getContext());
}

Operation *ActDialect::materializeConstant(OpBuilder &builder, Attribute value,
                                           Type type, Location loc) {
  return arith::ConstantOp::materialize(builder, value, type, loc);
}

void ActDialect::getCanonicalizationPatterns(
    RewritePatternSet &patterns) const {
  populateActivationCanonicalization(patterns);
}

//===----------------------------------------------------------------------===//
// The generated op classes
//===----------------------------------------------------------------------===//

#define GET_OP_CLASSES
#include "act/IR/ActOps.cpp.inc"
