//===- Domains.cpp - Checks of act.domain and act.suppress ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/Act.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace act;

/// Which codes there are is known to the analysis alone.
static LogicalResult verifySuppressions(Operation *op, Attribute value) {
  auto reasons = dyn_cast<DictionaryAttr>(value);
  if (!reasons || reasons.empty())
    return op->emitError() << "expected a dictionary from codes to reasons as '"
                           << kSuppressAttrName << "', got " << value;
  for (NamedAttribute entry : reasons) {
    auto reason = dyn_cast<StringAttr>(entry.getValue());
    if (!reason || reason.getValue().trim().empty())
      return op->emitError()
             << "expected a reason for " << entry.getName().getValue()
             << " in '" << kSuppressAttrName << "' as a string, got "
             << entry.getValue();
  }
  return success();
}

LogicalResult ActDialect::verifyOperationAttribute(Operation *op,
                                                   NamedAttribute attribute) {
  if (attribute.getName() == kSuppressAttrName)
    return verifySuppressions(op, attribute.getValue());
  return op->emitError() << "'" << attribute.getName().getValue()
                         << "' is not an attribute of an operation; domains "
                            "belong to function arguments as '"
                         << kDomainAttrName << "'";
}

/// The number of entries of a domain: one for all elements, or one for each,
/// the same at all indices of a dimension of unknown size.
static LogicalResult verifyEntries(Operation *op, Type type, size_t entries) {
  auto shaped = dyn_cast<ShapedType>(type);
  SmallVector<int64_t> known;
  if (shaped && shaped.hasRank())
    llvm::copy_if(shaped.getShape(), std::back_inserter(known),
                  [](int64_t size) { return !ShapedType::isDynamic(size); });
  if (entries == 1 || int64_t(entries) == ShapedType::getNumElements(known))
    return success();
  return op->emitError() << "expected a domain with one entry, or one for each "
                            "element of "
                         << type << ", got " << entries;
}

/// Rows are along the last dimension, whose size is known.
static LogicalResult verifyRows(Operation *op, Type type, Attribute domain) {
  auto shaped = dyn_cast<ShapedType>(type);
  if (shaped && shaped.hasRank() && shaped.getRank() > 0 &&
      shaped.getShape().back() > 0)
    return success();
  return op->emitError()
         << "expected a tensor whose last dimension has a known "
            "size of at least 1 for "
         << domain << ", got " << type;
}

LogicalResult act::verifyDomain(Operation *op, Type type, Attribute domain) {
  if (auto box = dyn_cast<BoxAttr>(domain))
    return verifyEntries(op, type, box.getLower().size());
  if (auto normal = dyn_cast<NormalAttr>(domain))
    return verifyEntries(op, type, normal.getMean().size());
  if (auto ball = dyn_cast<BallAttr>(domain))
    return failure(failed(verifyEntries(op, type, ball.getCenter().size())) ||
                   failed(verifyEntries(op, type, ball.getRadius().size())));
  if (isa<SimplexAttr, OneHotAttr>(domain))
    return verifyRows(op, type, domain);
  return op->emitError() << "expected #act.box, #act.ball, #act.simplex, "
                            "#act.one_hot or #act.normal as '"
                         << kDomainAttrName << "', got " << domain;
}

LogicalResult ActDialect::verifyRegionArgAttribute(Operation *op,
                                                   unsigned regionIndex,
                                                   unsigned argIndex,
                                                   NamedAttribute attribute) {
  if (attribute.getName() != kDomainAttrName)
    return op->emitError() << "expected the argument attribute '"
                           << kDomainAttrName << "', got '"
                           << attribute.getName().getValue() << "'";
  auto function = dyn_cast<FunctionOpInterface>(op);
  if (!function)
    return op->emitError("expected a domain on a function's argument");
  return verifyDomain(op, function.getArgumentTypes()[argIndex],
                      attribute.getValue());
}
