//===- TargetOptions.cpp - What passes are told of the target -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/TargetOptions.h"
#include "act/IR/Act.h"

using namespace mlir;

namespace act {

FailureOr<const Isa *> parseIsa(Location loc, StringRef name) {
  if (const Isa *isa = findIsa(name))
    return isa;
  return emitError(loc) << "expected an instruction set that is known ("
                        << isaNames() << "), got '" << name << "'";
}

FailureOr<std::optional<Accuracy>> parseAccuracy(Location loc, StringRef text) {
  if (text.empty())
    return std::optional<Accuracy>();
  if (std::optional<Accuracy> accuracy = Accuracy::parse(text.str()))
    return accuracy;
  return emitError(loc) << kExpectedAccuracy << ", got '" << text << "'";
}

FailureOr<SynthesisTarget> parseTarget(Location loc, StringRef isa,
                                       StringRef accuracy) {
  FailureOr<const Isa *> chosen = parseIsa(loc, isa);
  FailureOr<std::optional<Accuracy>> everywhere = parseAccuracy(loc, accuracy);
  if (failed(chosen) || failed(everywhere))
    return failure();
  return SynthesisTarget{*chosen, *everywhere};
}

const Isa &formIsaOf(const Isa &isa, bool reproducible) {
  return reproducible && isa.lanes > 0 ? *findIsa("avx2") : isa;
}

std::optional<Accuracy> accuracyAskedBy(Operation *op) {
  auto attribute = op->getAttrOfType<AccuracyAttr>("accuracy");
  if (!attribute)
    return std::nullopt;
  return Accuracy{attribute.getKind() == AccuracyKind::Ulp
                      ? Accuracy::Kind::Ulp
                      : Accuracy::Kind::Absolute,
                  attribute.getBound().getValueAsDouble()};
}

} // namespace act
