//===- Domains.cpp - From which inputs bounds start -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/Domains.h"
#include "act/IR/Act.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include <cmath>

using namespace mlir;

namespace act {

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

static llvm::Error domainError(StringRef text, const Twine &what) {
  return llvm::createStringError(
      llvm::inconvertibleErrorCode(),
      "expected a domain as '0:[-1,1]' or '0:[lo,hi],[lo,hi],...', got '" +
          text.str() + "': " + what.str());
}

/// Takes "[lo,hi]" off the front of `rest`.
static llvm::Expected<Interval> takeInterval(StringRef text, StringRef &rest) {
  rest = rest.ltrim();
  size_t close = rest.find(']');
  if (!rest.consume_front("[") || close == StringRef::npos)
    return domainError(text, "no interval in brackets");
  auto [inside, after] = rest.split(']');
  rest = after.ltrim();
  auto [low, high] = inside.split(',');
  Interval interval;
  if (low.trim().getAsDouble(interval.lo) ||
      high.trim().getAsDouble(interval.hi))
    return domainError(text, "'" + inside + "' is not two numbers");
  if (std::isnan(interval.lo) || std::isnan(interval.hi))
    return domainError(text, "an end is NaN");
  if (interval.lo > interval.hi)
    return domainError(text, "the lower end " + low.trim() +
                                 " is above the upper end " + high.trim());
  return interval;
}

llvm::Expected<DomainText> parseDomain(StringRef text) {
  DomainText domain;
  auto [argument, rest] = text.split(':');
  if (argument.trim().getAsInteger(10, domain.argument))
    return domainError(text, "no number of an argument before ':'");
  do {
    llvm::Expected<Interval> interval = takeInterval(text, rest);
    if (!interval)
      return interval.takeError();
    domain.intervals.push_back(*interval);
  } while (rest.consume_front(","));
  if (!rest.empty())
    return domainError(text, "'" + rest + "' after the last interval");
  return domain;
}

llvm::Expected<std::vector<DomainText>>
parseDomains(ArrayRef<std::string> texts) {
  std::vector<std::string> whole;
  for (const std::string &text : texts) {
    if (whole.empty() || StringRef(text).contains(':'))
      whole.push_back(text);
    else
      whole.back() += "," + text;
  }
  std::vector<DomainText> domains;
  for (const std::string &text : whole) {
    llvm::Expected<DomainText> domain = parseDomain(text);
    if (!domain)
      return domain.takeError();
    domains.push_back(std::move(*domain));
  }
  return domains;
}

//===----------------------------------------------------------------------===//
// Attributes and the entry function
//===----------------------------------------------------------------------===//

SmallVector<FunctionOpInterface> entryFunctions(Operation *root) {
  SmallVector<FunctionOpInterface> functions;
  root->walk([&](FunctionOpInterface function) {
    if (!function.isExternal() && !function.isPrivate())
      functions.push_back(function);
  });
  return functions;
}

static Bounds boundsOf(ArrayRef<Interval> intervals) {
  if (intervals.size() == 1)
    return Bounds::splat({intervals.front()});
  std::vector<Element> elements;
  for (Interval interval : intervals)
    elements.push_back({interval});
  return Bounds::elements(std::move(elements));
}

static Bounds boundsOf(Attribute domain) {
  auto box = dyn_cast_or_null<BoxAttr>(domain);
  if (!box)
    return Bounds::top();
  SmallVector<Interval> intervals;
  for (auto [low, high] :
       llvm::zip(box.getLower().asArrayRef(), box.getUpper().asArrayRef()))
    intervals.push_back({low, high});
  return boundsOf(intervals);
}

std::vector<NormalLaw> normalDomain(BlockArgument argument) {
  auto function =
      dyn_cast<FunctionOpInterface>(argument.getOwner()->getParentOp());
  if (!function || argument.getOwner() != &function.front())
    return {};
  auto normal = function.getArgAttrOfType<NormalAttr>(argument.getArgNumber(),
                                                      kDomainAttrName);
  if (!normal)
    return {};
  ArrayRef<double> mean = normal.getMean(), deviation = normal.getStd();
  std::vector<NormalLaw> laws;
  for (int64_t i = 0, e = boundsSize(argument.getType()); i < e; ++i)
    laws.push_back({mean[mean.size() == 1 ? 0 : i],
                    deviation[deviation.size() == 1 ? 0 : i]});
  return laws;
}

FunctionOpInterface findEntryFunction(Operation *root) {
  SmallVector<FunctionOpInterface> functions = entryFunctions(root);
  for (FunctionOpInterface function : functions)
    if (functions.size() == 1 || function.getName() == "main")
      return function;
  return nullptr;
}

static LogicalResult applyText(FunctionOpInterface function,
                               const DomainText &text,
                               ArgumentBounds &arguments) {
  if (text.argument >= function.getNumArguments())
    return function.emitError()
           << "expected the domain of an argument below "
           << function.getNumArguments() << ", got argument " << text.argument;
  BlockArgument argument = function.getArgument(text.argument);
  size_t entries = text.intervals.size();
  if (entries != 1 && int64_t(entries) != boundsSize(argument.getType()))
    return function.emitError()
           << "expected a domain of argument " << text.argument
           << " with one interval, or one for each element of "
           << argument.getType() << ", got " << entries;
  arguments[argument] = boundsOf(text.intervals);
  return success();
}

FailureOr<ArgumentBounds> collectDomains(Operation *root,
                                         ArrayRef<DomainText> texts) {
  ArgumentBounds arguments;
  for (FunctionOpInterface function : entryFunctions(root))
    for (unsigned i = 0; i < function.getNumArguments(); ++i)
      if (Attribute domain = function.getArgAttr(i, kDomainAttrName))
        arguments[function.getArgument(i)] = boundsOf(domain);
  if (texts.empty())
    return arguments;
  FunctionOpInterface entry = findEntryFunction(root);
  if (!entry)
    return root->emitError()
           << "expected a function 'main' or a single public function for the "
              "domain, got "
           << entryFunctions(root).size()
           << " functions; give domains as attribute '" << kDomainAttrName
           << "' of their arguments";
  for (const DomainText &text : texts)
    if (failed(applyText(entry, text, arguments)))
      return failure();
  return arguments;
}

} // namespace act
