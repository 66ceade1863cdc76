//===- Enclosure.cpp - A formula in interval arithmetic -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// enclose() is asked once per tensor element, so a formula is compiled into
// blocks: straight lists of steps without a side of a `where` that narrows
// its variable. Such a side is a block of its own, run on the narrower box.
//
//===----------------------------------------------------------------------===//

#include "RoundedFunctions.h"
#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <unordered_map>

namespace act {
namespace {

/// Whether `where` with this condition says something of a variable.
bool narrows(Expression e) {
  return arity(e.primitive()) == 4 &&
         (e.operand(0).isVariable() || e.operand(1).isVariable());
}

struct Block {
  struct Step {
    Primitive primitive;
    unsigned variable;
    Interval constant;    // of a closed expression
    unsigned operands[4]; // earlier steps
    /// The sides of a `where` that narrows.
    std::optional<Expression> then, otherwise;
  };
  std::vector<Step> steps;

  enum class Kind {
    /// Closed expressions are constants, a `where` that narrows is split.
    Compiled,
    /// A step for each node of the DAG; narrows nothing.
    Plain
  };
  Block(Expression root, Kind kind);
};

/// Evaluates a plain block, in time linear in the size of the DAG.
Interval runPlain(const Block &block, const std::vector<Interval> &box);

Block::Block(Expression root, Kind kind) {
  std::unordered_map<const void *, unsigned> index;
  std::vector<Expression> stack{root};
  while (!stack.empty()) {
    Expression e = stack.back();
    bool compiled = kind == Kind::Compiled;
    bool isClosed = compiled && e.numVariables() == 0;
    bool isSplit = compiled && !isClosed && narrows(e);
    unsigned numOperands = isClosed ? 0 : isSplit ? 2 : e.numOperands();
    size_t height = stack.size();
    for (unsigned i = 0; i < numOperands; ++i)
      if (!index.count(e.operand(i).id()))
        stack.push_back(e.operand(i));
    if (stack.size() > height)
      continue;
    stack.pop_back();
    if (!index.emplace(e.id(), steps.size()).second)
      continue; // was on the stack twice
    Step step{e.primitive(), e.variableIndex(), e.constant(), {}, {}, {}};
    if (isClosed && !e.isConstant()) {
      step.primitive = Primitive::Constant;
      step.constant = runPlain(Block(e, Kind::Plain), {});
    }
    for (unsigned i = 0; i < numOperands; ++i)
      step.operands[i] = index.at(e.operand(i).id());
    if (isSplit) {
      step.then = e.operand(2);
      step.otherwise = e.operand(3);
    }
    steps.push_back(step);
  }
}

/// The blocks of the formulas asked for.
class BlockCache {
public:
  /// Valid until trim().
  const Block &of(Expression expression) {
    Recent &recent = recents[expression.hash() % numRecent];
    if (recent.id == expression.id())
      return *recent.block;
    std::unique_ptr<Block> &block = blocks[expression.id()];
    if (!block)
      block = std::make_unique<Block>(expression, Block::Kind::Compiled);
    recent = {expression.id(), block.get()};
    return *block;
  }

  /// A search that makes up ever new formulas must not keep the blocks of all.
  void trim() {
    if (blocks.size() < mostKept)
      return;
    blocks.clear();
    std::fill(std::begin(recents), std::end(recents), Recent());
  }

private:
  struct Recent {
    const void *id = nullptr;
    const Block *block = nullptr;
  };
  static constexpr size_t numRecent = 64, mostKept = 4096;
  Recent recents[numRecent];
  std::unordered_map<const void *, std::unique_ptr<Block>> blocks;
};

enum class Truth { Always, Never, Sometimes };

Truth decide(Primitive primitive, Interval a, Interval b) {
  if (primitive == Primitive::WhereLess)
    return a.hi < b.lo    ? Truth::Always
           : a.lo >= b.hi ? Truth::Never
                          : Truth::Sometimes;
  if (primitive == Primitive::WhereLessEqual)
    return a.hi <= b.lo  ? Truth::Always
           : a.lo > b.hi ? Truth::Never
                         : Truth::Sometimes;
  if (a.hi < b.lo || b.hi < a.lo)
    return Truth::Never;
  return a.isPoint() && a == b ? Truth::Always : Truth::Sometimes;
}

/// Narrows `a` and `b` to where a <= b can hold, or a = b. Not empty, since the
/// condition is not decided.
void assumeOrder(bool equal, Interval &a, Interval &b) {
  Interval wasA = a;
  a.hi = std::min(a.hi, b.hi);
  b.lo = std::max(b.lo, wasA.lo);
  if (equal) {
    a.lo = b.lo;
    b.hi = a.hi;
  }
}

Interval extremum(bool isMax, Interval a, Interval b) {
  if (isMax)
    return {std::max(a.lo, b.lo), std::max(a.hi, b.hi)};
  return {std::min(a.lo, b.lo), std::min(a.hi, b.hi)};
}

/// A step that has all its operands among `values`.
Interval runStep(const Block::Step &step, const Interval *values,
                 const std::vector<Interval> &box) {
  auto operand = [&](unsigned i) { return values[step.operands[i]]; };
  bool twice = step.operands[0] == step.operands[1];
  switch (step.primitive) {
  case Primitive::Constant:
    return step.constant;
  case Primitive::Pi:
    return {M_PI, roundedUp(M_PI)};
  case Primitive::Variable:
    return step.variable < box.size() ? box[step.variable] : Interval();
  case Primitive::Add:
    return operand(0) + operand(1);
  case Primitive::Sub:
    return operand(0) - operand(1);
  case Primitive::Mul:
    return twice ? square(operand(0)) : operand(0) * operand(1);
  case Primitive::Div:
    return operand(0) / operand(1);
  case Primitive::Min:
    return extremum(/*isMax=*/false, operand(0), operand(1));
  case Primitive::Max:
    return extremum(/*isMax=*/true, operand(0), operand(1));
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual:
    switch (decide(step.primitive, operand(0), operand(1))) {
    case Truth::Always:
      return operand(2);
    case Truth::Never:
      return operand(3);
    case Truth::Sometimes:
      return hull(operand(2), operand(3));
    }
    return {};
  default:
    return applyUnary(step.primitive, operand(0));
  }
}

Interval runPlain(const Block &block, const std::vector<Interval> &box) {
  std::vector<Interval> values;
  values.reserve(block.steps.size());
  for (const Block::Step &step : block.steps)
    values.push_back(runStep(step, values.data(), box));
  return values.back();
}

/// Runs blocks on a box that it narrows and widens again.
class Encloser {
public:
  /// The values over `newBox`, or nothing when the budget is spent.
  std::optional<Interval> run(Expression expression,
                              const std::vector<Interval> &newBox) {
    blocks.trim();
    box = newBox;
    top = 0;
    depth = 0;
    budget = maxSteps;
    return run(blocks.of(expression));
  }

private:
  std::optional<Interval> run(const Block &block);
  std::optional<Interval> runWhere(const Block &block, const Block::Step &step,
                                   Interval lhs, Interval rhs);
  std::optional<Interval> runSide(const Block &block, const Block::Step &step,
                                  bool holds, Interval lhs, Interval rhs);

  // Thresholds of several variables multiply; these bound time and stack.
  static constexpr size_t maxSteps = 1 << 14;
  static constexpr unsigned maxDepth = 200;
  size_t budget = 0;
  unsigned depth = 0;

  BlockCache blocks;
  std::vector<Interval> box;
  /// The steps' values of the blocks that run, the innermost last.
  std::vector<Interval> values;
  size_t top = 0;
};

std::optional<Interval> Encloser::run(const Block &block) {
  size_t size = block.steps.size(), base = top;
  if (size > budget || depth > maxDepth)
    return std::nullopt;
  budget -= size;
  top += size;
  if (values.size() < top)
    values.resize(top);
  for (size_t i = 0; i < size; ++i) {
    const Block::Step &step = block.steps[i];
    // Sides of a `where` may move the values.
    Interval *own = values.data() + base;
    if (!step.then) {
      own[i] = runStep(step, own, box);
      continue;
    }
    std::optional<Interval> value =
        runWhere(block, step, own[step.operands[0]], own[step.operands[1]]);
    if (!value)
      return std::nullopt;
    values[base + i] = *value;
  }
  top = base;
  return values[base + size - 1];
}

/// A `where` whose sides are blocks.
std::optional<Interval> Encloser::runWhere(const Block &block,
                                           const Block::Step &step,
                                           Interval lhs, Interval rhs) {
  ++depth;
  std::optional<Interval> result;
  switch (decide(step.primitive, lhs, rhs)) {
  case Truth::Always:
    result = run(blocks.of(*step.then));
    break;
  case Truth::Never:
    result = run(blocks.of(*step.otherwise));
    break;
  case Truth::Sometimes:
    result = runSide(block, step, true, lhs, rhs);
    if (!result)
      break;
    if (auto otherwise = runSide(block, step, false, lhs, rhs))
      result = hull(*result, *otherwise);
    else
      result.reset();
  }
  --depth;
  return result;
}

/// The side of `step` that is taken where its condition holds, or does not,
/// over that part of the box; closed, and so a little larger.
std::optional<Interval> Encloser::runSide(const Block &block,
                                          const Block::Step &step, bool holds,
                                          Interval lhs, Interval rhs) {
  bool equality = step.primitive == Primitive::WhereEqual;
  if (holds)
    assumeOrder(equality, lhs, rhs);
  else if (!equality)
    assumeOrder(false, rhs, lhs);
  auto exchange = [&](unsigned i, Interval &range) {
    const Block::Step &operand = block.steps[step.operands[i]];
    if (operand.primitive == Primitive::Variable &&
        operand.variable < box.size())
      std::swap(box[operand.variable], range);
  };
  exchange(0, lhs);
  exchange(1, rhs);
  auto result = run(blocks.of(holds ? *step.then : *step.otherwise));
  exchange(1, rhs);
  exchange(0, lhs);
  return result;
}

} // namespace

Interval enclose(Expression expression, const std::vector<Interval> &box) {
  thread_local Encloser encloser;
  if (auto result = encloser.run(expression, box))
    return *result;
  return runPlain(Block(expression, Block::Kind::Plain), box);
}

} // namespace act
