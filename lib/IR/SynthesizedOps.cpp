//===- SynthesizedOps.cpp - Ops that carry their own tables ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/MathConstants.h"
#include "act/IR/Act.h"
#include "act/IR/SynthesizedForms.h"

using namespace mlir;
using namespace act;

//===----------------------------------------------------------------------===//
// Between forms and ops
//===----------------------------------------------------------------------===//

/// Rows of equal length as a tensor of rank 2.
template <typename NumberT>
static DenseFPElementsAttr toTable(FloatType element,
                                   ArrayRef<std::vector<NumberT>> rows) {
  SmallVector<NumberT> numbers;
  for (const std::vector<NumberT> &row : rows)
    llvm::append_range(numbers, row);
  auto type = RankedTensorType::get(
      {int64_t(rows.size()), int64_t(rows.front().size())}, element);
  return cast<DenseFPElementsAttr>(
      DenseElementsAttr::get(type, ArrayRef<NumberT>(numbers)));
}

template <typename NumberT>
static std::vector<std::vector<NumberT>> toRows(DenseFPElementsAttr table) {
  ArrayRef<int64_t> shape = cast<ShapedType>(table.getType()).getShape();
  std::vector<std::vector<NumberT>> rows(shape[0]);
  auto numbers = table.getValues<NumberT>();
  for (int64_t row = 0; row < shape[0]; ++row)
    for (int64_t i = 0; i < shape[1]; ++i)
      rows[row].push_back(numbers[row * shape[1] + i]);
  return rows;
}

static Value buildLogDomain(OpBuilder &builder, Location loc,
                            const LogDomainForm &form, double error, Value x) {
  SmallVector<double> sign, end, offset, slope, scale;
  SmallVector<int32_t> power;
  for (const LogDomainForm::Side &side : form.sides) {
    sign.push_back(side.sign);
    power.push_back(side.power);
    end.push_back(side.end);
    offset.push_back(side.offset);
    slope.push_back(side.slope);
    scale.push_back(side.scale);
  }
  return LogDomainOp::create(
      builder, loc, x, sign, power, end, offset, slope, scale, form.shift,
      form.exponential,
      toTable<double>(builder.getF64Type(), form.coefficients), APFloat(error));
}

/// An op with the numbers of `form` behind its operands.
template <typename OpT, typename... Operands>
static OpT buildExponential(OpBuilder &builder, Location loc,
                            const ExponentialForm &form, double error,
                            Operands... operands) {
  SmallVector<std::vector<float>> rows = {form.table};
  if (!form.correction.empty())
    rows.push_back(form.correction);
  return OpT::create(builder, loc, operands..., APFloat(form.inverse),
                     APFloat(form.hiStep), APFloat(form.loStep),
                     APFloat(form.lo), APFloat(form.hi), form.coefficients,
                     toTable<float>(builder.getF32Type(), rows),
                     APFloat(error));
}

ExponentialBelowOp act::buildExponentialBelow(OpBuilder &builder, Location loc,
                                              const ExponentialForm &form,
                                              double error, Value x, Value top,
                                              bool isNear) {
  auto op =
      buildExponential<ExponentialBelowOp>(builder, loc, form, error, x, top);
  op.setNear(isNear);
  return op;
}

Value act::buildForm(OpBuilder &builder, Location loc,
                     const SynthesizedForm &synthesized, Value x,
                     Value factor) {
  auto f32 = [](float value) { return APFloat(value); };
  auto f64 = [](double value) { return APFloat(value); };
  if (auto *form = std::get_if<ExponentialForm>(&synthesized.form))
    return buildExponential<ExponentialOp>(builder, loc, *form,
                                           synthesized.error, x);
  if (auto *form = std::get_if<ExponentialLinearForm>(&synthesized.form))
    return ExponentialLinearOp::create(
        builder, loc, x, f32(form->rate), f32(form->level), f32(form->slope),
        f32(form->lo), form->coefficients, f64(synthesized.error));
  if (auto *form = std::get_if<LogDomainForm>(&synthesized.form))
    return buildLogDomain(builder, loc, *form, synthesized.error, x);
  const auto &form = std::get<PiecewiseForm>(synthesized.form);
  SmallVector<std::vector<float>> rows = {form.centres};
  llvm::append_range(rows, form.coefficients);
  for (const std::vector<float> &row :
       {form.slopes, form.lowSlopes, form.lowConstants, form.exponents})
    if (!row.empty())
      rows.push_back(row);
  const PiecewiseForm::Decay &decay = form.decay;
  PiecewiseDecayArgumentAttr argument;
  SmallVector<float> numbers;
  if (!decay.growth.empty()) {
    argument = PiecewiseDecayArgumentAttr::get(
        builder.getContext(),
        static_cast<PiecewiseDecayArgument>(decay.argument));
    numbers = {decay.inverse, decay.hiStep, decay.loStep, decay.cubic};
  }
  return PiecewiseOp::create(
      builder, loc, x, factor, static_cast<PiecewiseFold>(form.fold),
      static_cast<PiecewiseJoin>(form.join),
      static_cast<PiecewiseSpacing>(form.spacing), f32(form.level),
      f32(form.levelLow), f32(form.scale), f32(form.curvature), form.first,
      form.shift, f32(form.lo), f32(form.hi), f32(form.validLo),
      f32(form.validHi), toTable<float>(builder.getF32Type(), rows),
      !form.slopes.empty() || !form.lowSlopes.empty(), form.compensated,
      form.power, form.exponential, argument, numbers, decay.growth,
      decay.toZero, f64(synthesized.fitError), f64(synthesized.error));
}

PiecewiseForm act::formOf(PiecewiseOp op) {
  PiecewiseForm form;
  form.fold = static_cast<PiecewiseForm::Fold>(op.getFold());
  form.join = static_cast<PiecewiseForm::Join>(op.getJoin());
  form.spacing = static_cast<PiecewiseForm::Spacing>(op.getSpacing());
  form.level = op.getLevel().convertToFloat();
  form.levelLow = op.getLevelLow().convertToFloat();
  form.scale = op.getScale().convertToFloat();
  form.curvature = op.getCurvature().convertToFloat();
  form.first = op.getFirst();
  form.shift = op.getShift();
  form.lo = op.getLo().convertToFloat();
  form.hi = op.getHi().convertToFloat();
  form.validLo = op.getValidLo().convertToFloat();
  form.validHi = op.getValidHi().convertToFloat();
  form.compensated = op.getCompensated();
  form.power = op.getPower();
  form.exponential.assign(op.getExponential().begin(),
                          op.getExponential().end());
  if (auto argument = op.getDecayArgument()) {
    ArrayRef<float> numbers = op.getDecay();
    form.decay = {static_cast<PiecewiseForm::Decay::Argument>(*argument),
                  numbers[0],
                  numbers[1],
                  numbers[2],
                  numbers[3],
                  op.getDecayToZero(),
                  op.getGrowth().vec()};
  }
  std::vector<std::vector<float>> rows = toRows<float>(op.getTable());
  auto takeLast = [&rows] {
    std::vector<float> row = std::move(rows.back());
    rows.pop_back();
    return row;
  };
  if (!form.exponential.empty())
    form.exponents = takeLast();
  if (op.getSplitSlope() && form.compensated) {
    form.lowConstants = takeLast();
    form.lowSlopes = takeLast();
  } else if (op.getSplitSlope()) {
    form.slopes = takeLast();
  }
  form.centres = std::move(rows.front());
  form.coefficients.assign(std::make_move_iterator(rows.begin() + 1),
                           std::make_move_iterator(rows.end()));
  return form;
}

template <typename OpT>
static ExponentialForm exponentialOf(OpT op) {
  ExponentialForm form;
  form.inverse = op.getInverse().convertToFloat();
  form.hiStep = op.getHiStep().convertToFloat();
  form.loStep = op.getLoStep().convertToFloat();
  form.lo = op.getLo().convertToFloat();
  form.hi = op.getHi().convertToFloat();
  form.coefficients.assign(op.getCoefficients().begin(),
                           op.getCoefficients().end());
  std::vector<std::vector<float>> rows = toRows<float>(op.getTable());
  form.table = std::move(rows[0]);
  if (rows.size() > 1)
    form.correction = std::move(rows[1]);
  return form;
}

ExponentialForm act::formOf(ExponentialOp op) { return exponentialOf(op); }
ExponentialForm act::formOf(ExponentialBelowOp op) { return exponentialOf(op); }

ExponentialLinearForm act::formOf(ExponentialLinearOp op) {
  ExponentialLinearForm form;
  form.rate = op.getRate().convertToFloat();
  form.level = op.getLevel().convertToFloat();
  form.slope = op.getSlope().convertToFloat();
  form.lo = op.getLo().convertToFloat();
  form.coefficients.assign(op.getCoefficients().begin(),
                           op.getCoefficients().end());
  return form;
}

LogDomainForm act::formOf(LogDomainOp op) {
  LogDomainForm form;
  for (unsigned i = 0; i < 2; ++i)
    form.sides[i] = {op.getSign()[i],  unsigned(op.getPower()[i]),
                     op.getEnd()[i],   op.getOffset()[i],
                     op.getSlope()[i], op.getScale()[i]};
  form.shift = op.getShift();
  form.coefficients = toRows<double>(op.getTable());
  form.exponential.assign(op.getExponential().begin(),
                          op.getExponential().end());
  return form;
}

//===----------------------------------------------------------------------===//
// Verifiers
//===----------------------------------------------------------------------===//

/// Checks that `table` has rows of a power of two of finite numbers.
static LogicalResult verifyTable(Operation *op, DenseFPElementsAttr table,
                                 int64_t fewestRows, int64_t mostRows,
                                 int64_t fewest = 2) {
  ArrayRef<int64_t> shape = cast<ShapedType>(table.getType()).getShape();
  constexpr int64_t kMost = 64;
  if (shape.size() != 2 || !llvm::isPowerOf2_64(shape[1]) ||
      shape[1] < fewest || shape[1] > kMost)
    return op->emitOpError()
           << "expected a table of rank 2 whose rows hold a power of two from "
           << fewest << " to " << kMost << " numbers, got " << table.getType();
  if (shape[0] < fewestRows || shape[0] > mostRows)
    return op->emitOpError() << "expected a table of " << fewestRows << " to "
                             << mostRows << " rows, got " << shape[0];
  for (APFloat number : table.getValues<APFloat>())
    if (!number.isFinite())
      return op->emitOpError("expected a table of finite numbers, got one "
                             "that is not");
  return success();
}

static LogicalResult verifyRange(Operation *op, StringRef name, APFloat lo,
                                 APFloat hi) {
  if (lo.isNaN() || hi.isNaN() || lo > hi)
    return op->emitOpError()
           << "expected " << name << "lo at most " << name << "hi, got "
           << lo.convertToFloat() << " and " << hi.convertToFloat();
  return success();
}

static LogicalResult verifyCoefficients(Operation *op,
                                        ArrayRef<float> coefficients) {
  for (float coefficient : coefficients)
    if (!std::isfinite(coefficient))
      return op->emitOpError()
             << "expected finite coefficients, got " << coefficient;
  return success();
}

/// What code that makes powers of two of bits relies on: an exponential that
/// falls, in steps of one binade.
static LogicalResult verifyDecay(PiecewiseOp op) {
  ArrayRef<float> numbers = op.getDecay(), growth = op.getGrowth();
  if (!op.getDecayArgument()) {
    if (!numbers.empty() || !growth.empty() || op.getDecayToZero())
      return op.emitOpError("expected a decay_argument beside a decay or a "
                            "growth, got none");
    return success();
  }
  constexpr size_t kNumbers = 4, kLeastGrowth = 2;
  if (numbers.size() != kNumbers || growth.size() < kLeastGrowth)
    return op.emitOpError()
           << "expected " << kNumbers << " numbers of decay and at least "
           << kLeastGrowth << " of growth beside a decay_argument, got "
           << numbers.size() << " and " << growth.size();
  if (!op.getExponential().empty())
    return op.emitOpError("expected no exponential where there is a growth");
  if (op.getFold() == PiecewiseFold::Identity)
    return op.emitOpError("expected a magnitude or a negative part where there "
                          "is a growth, got identity");
  const double step = double(numbers[1]) + numbers[2];
  if (!(numbers[0] < 0.0f && std::fabs(numbers[0] * step - 1.0) < 0x1p-10))
    return op.emitOpError() << "expected a decay by an inverse below 0 and a "
                               "step of 1 / inverse, got "
                            << numbers[0] << " and " << step;
  const bool isCubic = op.getDecayArgument() == PiecewiseDecayArgument::Cubic;
  if (!(numbers[3] >= 0.0f && std::isfinite(numbers[3])) ||
      (numbers[3] != 0.0f && !isCubic))
    return op.emitOpError() << "expected a cubic part of 0, or of more where "
                               "the argument is cubic, got "
                            << numbers[3];
  const bool mayBeExact = op.getJoin() == PiecewiseJoin::Plain ||
                          op.getJoin() == PiecewiseJoin::Reflected;
  if (op.getDecayToZero() && op.getCompensated() &&
      (op.getFactor() || !mayBeExact))
    return op.emitOpError("expected plain or reflected, times no factor, where "
                          "it is compensated and there is a decay_to_zero");
  const PiecewiseForm form = formOf(op);
  if (!std::isfinite(std::ldexp(form.level, form.scaleBits())))
    return op.emitOpError() << "expected a level that is finite times 2^"
                            << form.scaleBits() << ", got " << form.level;
  // t is largest at an end of what is valid, and least there or at 0.
  const int most = 126 + form.scaleBits(), least = form.scaleBits() - 126;
  for (float x : {form.validLo, form.validHi, 0.0f}) {
    const double binades = form.binadesOfDecay(form.folded(x));
    if (!(binades >= least && binades <= most))
      return op.emitOpError()
             << "expected a decay by " << least << " to " << most
             << " binades where x is valid, got " << binades;
  }
  return verifyCoefficients(op, growth);
}

LogicalResult PiecewiseOp::verify() {
  const bool byLogarithm = !getExponential().empty();
  if (byLogarithm && getSplitSlope())
    return emitOpError("expected no split_slope where there is an exponential");
  if (byLogarithm && getCompensated())
    return emitOpError(
        "expected not compensated where there is an exponential");
  if (getFactor() && !getCompensated())
    return emitOpError("expected compensated where it is times a factor");
  if (getPower() != 0 && (getPower() != 1 || !byLogarithm))
    return emitOpError() << "expected a power of 0, or of 1 with an "
                            "exponential, got "
                         << getPower();
  // The centres, a constant, and at least one power; the split slopes, with low
  // constants where it is compensated, or another power and the exponents.
  const int64_t extra = getSplitSlope() ? (getCompensated() ? 2 : 1)
                        : byLogarithm   ? 2
                                        : 0;
  if (failed(verifyTable(*this, getTable(), 3 + extra, 18 + extra)))
    return failure();
  constexpr int64_t kFewestRowsOfCompensated = 4;
  if (getCompensated() &&
      cast<ShapedType>(getTable().getType()).getDimSize(0) - extra <
          kFewestRowsOfCompensated)
    return emitOpError("expected a degree of 2 at least where it is "
                       "compensated, got 1");
  if (failed(verifyRange(*this, "", getLo(), getHi())) ||
      failed(verifyRange(*this, "valid_", getValidLo(), getValidHi())))
    return failure();
  for (APFloat number : {getLevel(), getLevelLow(), getScale(), getCurvature()})
    if (!number.isFinite())
      return emitOpError("expected finite level, scale and curvature");
  if (getSpacing() == PiecewiseSpacing::Logarithmic && getShift() >= 32)
    return emitOpError() << "expected a shift below 32, got " << getShift();
  return verifyDecay(*this);
}

/// What code that leaves the clamps out, or makes powers of two of bits, relies
/// on: a table of normal numbers, and results past lo and hi that are 0 or
/// infinite, but not by many binades.
template <typename OpT>
static LogicalResult verifyPowers(OpT op) {
  const ExponentialForm form = formOf(op);
  for (float entry : form.table)
    if (!std::isnormal(entry) || (entry < 0.0f) != (form.table[0] < 0.0f))
      return op.emitOpError() << "expected a table of normal numbers of one "
                                 "sign, got "
                              << entry;
  const double step = double(form.hiStep) + form.loStep;
  if (!(std::fabs(form.inverse * step - 1.0) < 0x1p-10))
    return op.emitOpError() << "expected hi_step + lo_step to be 1 / inverse, "
                               "got "
                            << step << " and an inverse of " << form.inverse;
  const double level = std::log2(std::fabs(form.table[0]));
  double least = level + double(form.lo) * form.inverse;
  double most = level + double(form.hi) * form.inverse;
  if (form.inverse < 0.0f)
    std::swap(least, most);
  constexpr double kFarthest = 180.0, kZero = -150.0, kInfinite = 128.0;
  if (!(least >= -kFarthest && least <= kZero && most >= kInfinite &&
        most <= kFarthest))
    return op.emitOpError() << "expected the results at lo and hi to be less "
                               "than 2^-150 and at least 2^128, and within "
                               "2^180 and its inverse";
  return success();
}

/// A table of one number has no powers.
template <typename OpT>
static LogicalResult verifyExponential(OpT op, int64_t fewest) {
  if (failed(verifyTable(op, op.getTable(), 1, 2, fewest)))
    return failure();
  if (op.getCoefficients().empty())
    return op.emitOpError("expected at least one coefficient, got none");
  if (failed(verifyCoefficients(op, op.getCoefficients())) ||
      failed(verifyRange(op, "", op.getLo(), op.getHi())))
    return failure();
  bool hasTable = cast<ShapedType>(op.getTable().getType()).getDimSize(1) > 1;
  return hasTable ? verifyPowers(op) : success();
}

LogicalResult ExponentialOp::verify() {
  return verifyExponential(*this, /*fewest=*/1);
}

LogicalResult ExponentialBelowOp::verify() {
  if (failed(verifyExponential(*this, /*fewest=*/2)))
    return failure();
  const ExponentialForm form = formOf(*this);
  // Of another level or rate a power may be no normal number.
  if (!(std::fabs(form.inverse * kLn2 - 1.0) < 0x1p-10))
    return emitOpError() << "expected an inverse of 1 / ln 2, got "
                         << form.inverse;
  for (float entry : form.table)
    if (!(entry >= 1.0f && entry < 2.0f))
      return emitOpError() << "expected a table of numbers from 1 to 2, got "
                           << entry;
  return success();
}

LogicalResult ExponentialLinearOp::verify() {
  if (getCoefficients().empty())
    return emitOpError("expected at least one coefficient, got none");
  for (APFloat number : {getRate(), getLevel(), getSlope()})
    if (!number.isFiniteNonZero() || number.isNegative())
      return emitOpError()
             << "expected a finite rate, level and slope above 0, "
                "got "
             << number.convertToFloat();
  // 2^n is a normal number, and exp(lo) is lost beside 1.
  constexpr float kLeast = -87.0f, kMost = -17.5f;
  float lo = getLo().convertToFloat();
  if (!(lo >= kLeast && lo <= kMost))
    return emitOpError() << "expected a lo from " << kLeast << " to " << kMost
                         << ", got " << lo;
  return verifyCoefficients(*this, getCoefficients());
}

LogicalResult LogDomainOp::verify() {
  if (failed(verifyTable(*this, getTable(), 2, 17)))
    return failure();
  constexpr int64_t kColumns = 2 * LogDomainForm::kSegments;
  int64_t columns = cast<ShapedType>(getTable().getType()).getDimSize(1);
  if (columns != kColumns)
    return emitOpError() << "expected a table with " << kColumns
                         << " columns, got " << columns;
  for (ArrayRef<double> pair :
       {getSign(), getEnd(), getOffset(), getSlope(), getScale()})
    if (pair.size() != 2)
      return emitOpError() << "expected one number for each side of 0, got "
                           << pair.size();
  if (getPower().size() != 2)
    return emitOpError() << "expected one power for each side of 0, got "
                         << getPower().size();
  for (unsigned i = 0; i < 2; ++i) {
    if (getPower()[i] < 0 || getPower()[i] > 3)
      return emitOpError() << "expected a power from 0 to 3, got "
                           << getPower()[i];
    if (!std::isfinite(getEnd()[i]) || !std::isfinite(getScale()[i]))
      return emitOpError("expected a finite end and scale");
  }
  if (getShift() < 49 || getShift() > 52)
    return emitOpError() << "expected a shift from 49 to 52, got "
                         << getShift();
  if (getExponential().empty())
    return emitOpError("expected at least one coefficient, got none");
  return success();
}
