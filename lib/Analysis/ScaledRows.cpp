//===- ScaledRows.cpp - Normalised rows that no op computes ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScaledRows.h"
#include "act/Formula/Canonical.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace act {

using Kind = RowNode::Kind;

static bool reads(Expression formula, unsigned variable) {
  return llvm::is_contained(formula.postorder(),
                            Expression::variable(variable));
}

namespace {

/// A product as one of what does not read a variable, times a function of
/// nothing else.
struct Split {
  Expression rest, function;
};

} // namespace

static std::optional<Split> split(Expression product, unsigned variable) {
  if (!reads(product, variable))
    return Split{product, 1.0};
  if (product.isVariable())
    return Split{1.0, product};
  Primitive primitive = product.primitive();
  if (primitive == Primitive::Neg) {
    auto inner = split(product.operand(0), variable);
    return inner ? std::optional(Split{-inner->rest, inner->function}) : inner;
  }
  if (primitive != Primitive::Mul && primitive != Primitive::Div)
    return std::nullopt;
  auto a = split(product.operand(0), variable),
       b = split(product.operand(1), variable);
  if (!a || !b)
    return std::nullopt;
  return primitive == Primitive::Mul
             ? Split{a->rest * b->rest, a->function * b->function}
             : Split{a->rest / b->rest, a->function / b->function};
}

namespace {

class ScaledRowReader {
public:
  ScaledRowReader(const RowNode *node, RowReader &reader,
                  RowStatistics &statistics)
      : node(node), behind(nodesBehind(node)), reader(reader),
        statistics(statistics) {}

  std::optional<ScaledRow> read() {
    for (const RowNode *scale : behind) {
      auto sums = sumsBehind(scale);
      if (scale->kind != Kind::Step || !sums || sums->empty() ||
          sums->size() > 2 || !isMultiplied(scale))
        continue;
      for (const RowNode *base : behind)
        if (base->kind == Kind::Leaf && !statistics.numbersOf(base))
          if (auto row = readFactor(scale, *sums, base))
            return row;
    }
    return std::nullopt;
  }

private:
  /// Whether something that is no function of sums alone is computed from it.
  bool isMultiplied(const RowNode *scale) const {
    return llvm::any_of(behind, [&](const RowNode *each) {
      return llvm::is_contained(each->operands, scale) && !sumsBehind(each);
    });
  }

  /// Whether an op may add one of the variables before that is rounded: these
  /// stand for executed numbers.
  bool mayAddUnrounded(ArrayRef<const RowNode *> variables) const {
    return llvm::any_of(nodesBehind(node, variables), [&](const RowNode *each) {
      return each->kind == Kind::Step && each->value && each->ulps <= 0.5 &&
             !llvm::is_contained(variables, each) &&
             llvm::any_of(each->operands, [&](const RowNode *operand) {
               return operand->kind == Kind::Step &&
                      llvm::is_contained(variables, operand);
             });
    });
  }

  bool isBehind(const RowNode *each) const {
    return llvm::is_contained(behind, each);
  }

  std::optional<ScaledRow> readFactor(const RowNode *scale,
                                      ArrayRef<const RowNode *> sums,
                                      const RowNode *base) {
    if (sums.size() == 2) {
      for (const RowNode *each : behind)
        if (statistics.readCenter(each, base))
          if (auto row = readProduct(scale, base, each, {each}))
            return row;
      return std::nullopt;
    }
    const RowNode *term = reader.termOf(sums[0], base);
    if (!term || term->operands.size() != 1 ||
        !term->isSquareOf(term->operands[0]))
      return std::nullopt;
    const RowNode *factor = term->operands[0];
    if (isBehind(factor))
      return readProduct(scale, base, factor, {factor});
    std::optional<Center> center = statistics.readCenter(factor, base);
    // A difference whose only rounding is its own, of the mean as it is.
    if (!center || factor->value || factor->ulps > 0.5)
      return std::nullopt;
    return readProduct(scale, base, factor, {center->elements, center->mean});
  }

  /// `parts` are the factor or, of a difference, both its operands.
  std::optional<ScaledRow> readProduct(const RowNode *scale,
                                       const RowNode *base,
                                       const RowNode *factor,
                                       std::vector<const RowNode *> parts) {
    unsigned count = parts.size();
    std::vector<const RowNode *> variables = std::move(parts);
    variables.push_back(scale);
    for (const RowNode *each : nodesBehind(node, variables)) {
      if (each->kind == Kind::Step || llvm::is_contained(variables, each))
        continue;
      if (each->kind == Kind::Sum || !statistics.numbersOf(each))
        return std::nullopt;
      variables.push_back(each);
    }
    if (mayAddUnrounded(variables))
      return std::nullopt;
    std::vector<bool> isPart(count, true);
    isPart.resize(variables.size(), false);
    std::optional<AffineForm> form =
        affineForm(formulaOf(node, variables), isPart);
    if (!form || !form->factors[0])
      return std::nullopt;
    if (count == 2 &&
        (!form->factors[1] ||
         !canonicalize(*form->factors[0] + *form->factors[1]).isConstant(0.0)))
      return std::nullopt;
    std::optional<Split> product = split(*form->factors[0], count);
    if (!product || !reads(product->function, count) ||
        reads(form->constant, count))
      return std::nullopt;
    std::vector<Expression> renamed(count + 1, Expression::variable(0));
    return ScaledRow{factor,
                     base,
                     count == 2,
                     {scale, product->function.substitute(renamed), nullptr},
                     std::move(variables),
                     product->rest,
                     form->constant};
  }

  const RowNode *node;
  std::vector<const RowNode *> behind;
  RowReader &reader;
  RowStatistics &statistics;
};

} // namespace

std::optional<ScaledRow> readScaledRow(const RowNode *node, RowReader &reader,
                                       RowStatistics &statistics) {
  return ScaledRowReader(node, reader, statistics).read();
}

} // namespace act
