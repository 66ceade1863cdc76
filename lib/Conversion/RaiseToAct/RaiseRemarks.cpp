//===- RaiseRemarks.cpp - What raising tells its user ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RaiseRemarks.h"
#include "SpecialValues.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

using namespace mlir;

namespace act {

/// Three digits serve a difference, nine tell all numbers of f32 apart.
static std::string print(double value, unsigned digits = 3) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.*g", digits, value);
  return text;
}

/// "act.clamp {min = 0, max = 100}".
static std::string describe(const RecordMatch &match) {
  SmallVector<std::string> parameters;
  for (auto [parameter, value] :
       llvm::zip_equal(match.record->parameters, match.parameters))
    if (parameter.defaultValue != value)
      parameters.push_back(std::string(parameter.name) + " = " +
                           print(value, 9));
  std::string text = match.record->opName.str();
  if (!parameters.empty())
    text += " {" + llvm::join(parameters, ", ") + "}";
  return text;
}

static std::string describe(const Resemblance &found, Format format) {
  if (found.proved)
    return "equal in the reals";
  if (found.distance.largest == 0.0)
    return "equal at all points compared";
  return "differs by at most " + print(found.distance.largest) +
         " on [-16, 16] in " + layoutOf(format).name;
}

static remark::RemarkOpts options(StringRef name) {
  return remark::RemarkOpts::name(name).category("raise-to-act");
}

void remarkRaised(const Chain &chain, const Resemblance &found, Format format) {
  auto remark = remark::passed(chain.root->getLoc(), options("raised"));
  if (!remark)
    return;
  Expression function =
      instantiate(*found.match.record, found.match.parameters);
  remark << remark::add("raised to {0}: {1}{2}", describe(found.match),
                        describe(found, format),
                        differencesAtInfinity(chain, function));
}

void remarkRaised(Operation *root, const RowMatch &match) {
  remark::passed(root->getLoc(), options("raised"))
      << remark::add("raised to {0} along axis {1}: equal in the reals",
                     match.record->opName, match.axis);
}

void remarkRefused(const Chain &chain, const RecordMatch &match,
                   StringRef reason) {
  remark::missed(chain.root->getLoc(), options("refused")) << remark::add(
      "not raised to {0}: {1}; the option ignore-nan or the flag nnan allows "
      "it",
      describe(match), reason);
}

void remarkRefused(Operation *root, StringRef reason) {
  remark::missed(root->getLoc(), options("refused"))
      << remark::add("no row-wise activation: {0}", reason);
}

void remarkNear(Operation *root, const Resemblance &near, Format format) {
  if (near.agrees) {
    remark::missed(root->getLoc(), options("unproved")) << remark::add(
        "not raised to {0}: equal at all points compared, but not provably "
        "between them",
        describe(near.match));
    return;
  }
  remark::missed(root->getLoc(), options("near"))
      << remark::add("nearly {0}: differs by {1} at {2}, where {3} allows {4}",
                     describe(near.match), print(near.distance.largest),
                     print(near.distance.at, 9), layoutOf(format).name,
                     print(near.distance.allowed));
}

} // namespace act
