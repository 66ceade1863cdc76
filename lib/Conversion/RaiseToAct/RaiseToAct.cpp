//===- RaiseToAct.cpp - Activations recognized by what they compute -------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ops of each block are tried from the last to the first as the end of a
// chain, the longest chain first, so that an activation is found before its
// parts.
//
//===----------------------------------------------------------------------===//

#include "Chains.h"
#include "RecordMatcher.h"
#include "SpecialValues.h"
#include "act/Conversion/Passes.h"
#include "act/IR/Act.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/ScalarModels.h"
#include "act/IR/ScalarReader.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/Format.h"

using namespace mlir;

namespace act {
#define GEN_PASS_DEF_RAISETOACT
#include "act/Conversion/Passes.h.inc"

namespace {

StringRef nameOf(Format format) {
  switch (format) {
  case Format::F16:
    return "f16";
  case Format::BF16:
    return "bf16";
  case Format::F32:
    return "f32";
  case Format::F64:
    return "f64";
  }
  llvm_unreachable("unknown format");
}

/// "act.clamp {min = 0, max = 100}".
std::string describe(const RecordMatch &match) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << match.record->opName;
  SmallVector<std::string> parameters;
  for (auto [parameter, value] :
       llvm::zip_equal(match.record->parameters, match.parameters)) {
    if (parameter.defaultValue == value)
      continue;
    llvm::raw_string_ostream(parameters.emplace_back())
        << parameter.name << " = " << llvm::format("%.9g", value);
  }
  if (!parameters.empty())
    os << " {" << llvm::join(parameters, ", ") << "}";
  return text;
}

std::string describe(const Resemblance &found, Format format) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (found.proved)
    os << "equal in the reals";
  else
    os << "differs by at most " << llvm::format("%.2g", found.distance.largest)
       << " on [-16, 16] in " << nameOf(format);
  return text;
}

remark::RemarkOpts remarkOptions(StringRef name) {
  return remark::RemarkOpts::name(name).category("raise-to-act");
}

/// Raises the activations below one op.
class Raiser {
public:
  Raiser(MLIRContext *context, bool ignoreNaN)
      : matcher(context), ignoreNaN(ignoreNaN) {}

  void raiseIn(Block &block);

private:
  /// Whether a chain that ends in `root` was raised.
  bool raise(Operation *root);
  void replace(const Chain &chain, const RecordMatch &match);
  void eraseIfUnused(ArrayRef<Operation *> ops);

  RecordMatcher matcher;
  bool ignoreNaN;
  llvm::DenseSet<Operation *> erased;
};

/// Whether activations have the type.
bool isRaisable(Type type) {
  return formatOf(type) && isa<FloatType, VectorType, RankedTensorType>(type);
}

void Raiser::raiseIn(Block &block) {
  SmallVector<Operation *> roots;
  for (Operation &op : llvm::reverse(block))
    if (isa<ScalarFunctionOpInterface>(op) && op.getNumResults() == 1 &&
        isRaisable(op.getResult(0).getType()))
      roots.push_back(&op);
  erased.clear();
  for (Operation *root : roots)
    if (!erased.contains(root))
      raise(root);
}

bool Raiser::raise(Operation *root) {
  Format format = *formatOf(root->getResult(0).getType());
  std::optional<Resemblance> nearMiss;
  for (const Chain &chain : chainsEndingAt(root)) {
    // An activation is what it is.
    if (chain.ops.size() == 1 && isa<ActivationOpInterface>(root))
      continue;
    std::optional<Expression> formula =
        ScalarReader(chain.leaf).read(root->getResult(0));
    if (!formula)
      continue;
    const Recognition &found = matcher.recognize(*formula, format);
    if (!nearMiss)
      nearMiss = found.nearMiss;
    if (!found.match)
      continue;
    const RecordMatch &match = found.match->match;
    std::optional<std::string> refusal = whyNaNDiffers(chain);
    if (refusal && !ignoreNaN) {
      remark::missed(root->getLoc(), remarkOptions("refused"))
          << remark::add("not raised to {0}: {1}; the option ignore-nan or "
                         "the flag nnan allows it",
                         describe(match), *refusal);
      return false;
    }
    Expression function = instantiate(*match.record, match.parameters);
    remark::passed(root->getLoc(), remarkOptions("raised")) << remark::add(
        "{0} ops raised to {1}: {2}{3}", chain.ops.size(), describe(match),
        describe(*found.match, format), differencesAtInfinity(chain, function));
    replace(chain, match);
    return true;
  }
  if (nearMiss)
    remark::missed(root->getLoc(), remarkOptions("near")) << remark::add(
        "nearly {0}: differs by {1} at {2}, where {3} allows {4}",
        describe(nearMiss->match), nearMiss->distance.largest,
        nearMiss->distance.at, nameOf(format), nearMiss->distance.allowed);
  return false;
}

void Raiser::replace(const Chain &chain, const RecordMatch &match) {
  OpBuilder builder(chain.root);
  Operation *activation =
      createActivation(builder, chain.root->getLoc(), *match.record, chain.leaf,
                       match.parameters);
  chain.root->getResult(0).replaceAllUsesWith(activation->getResult(0));
  eraseIfUnused(chain.ops);
}

void Raiser::eraseIfUnused(ArrayRef<Operation *> ops) {
  for (Operation *op : ops) {
    if (!op->use_empty())
      continue;
    erased.insert(op);
    op->erase();
  }
}

/// A named linalg op implies its body: nothing in it can be replaced.
bool hasImpliedBody(Operation *op) {
  return isa<linalg::LinalgOp>(op) &&
         !isa<linalg::GenericOp, linalg::MapOp, linalg::ReduceOp>(op);
}

struct RaiseToActPass : impl::RaiseToActBase<RaiseToActPass> {
  using RaiseToActBase::RaiseToActBase;

  void getDependentDialects(DialectRegistry &registry) const override {
    RaiseToActBase::getDependentDialects(registry);
    registerScalarFunctions(registry);
  }

  void runOnOperation() override {
    Raiser raiser(&getContext(), ignoreNaN);
    getOperation()->walk<WalkOrder::PreOrder>([&](Block *block) {
      if (!hasImpliedBody(block->getParentOp()) &&
          mayHaveSSADominance(*block->getParent()))
        raiser.raiseIn(*block);
    });
  }
};

} // namespace

} // namespace act
