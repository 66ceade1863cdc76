//===- Domains.cpp - From which inputs bounds start -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/Domains.h"
#include "RowSets.h"
#include "act/IR/Act.h"
#include "act/IR/FloatFormat.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/CallInterfaces.h"
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
      "expected a domain as '0:[-1,1]' or '0:[lo,hi],[lo,hi],...', or an "
      "attribute as '0:#act.simplex', got '" +
          text.str() + "': " + what.str());
}

/// Takes "[lo,hi]" off the front of `rest`.
static llvm::Expected<Interval> takeInterval(StringRef text, StringRef &rest) {
  rest = rest.ltrim();
  size_t close = rest.find(']');
  if (!rest.consume_front("["))
    return domainError(text, "no interval in brackets");
  if (close == StringRef::npos)
    return domainError(text, "the interval has no closing bracket");
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
  if (interval.isPoint() && std::isinf(interval.lo))
    return domainError(text, "no finite number is in [" + inside + "]");
  return interval;
}

llvm::Expected<DomainText> parseDomain(StringRef text) {
  DomainText domain;
  auto [argument, rest] = text.split(':');
  if (argument.trim().getAsInteger(10, domain.argument))
    return domainError(text, "'" + argument +
                                 "' before ':' is no number of an argument");
  if (rest.ltrim().starts_with("#")) {
    domain.attribute = rest.trim().str();
    return domain;
  }
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
    auto isSame = [&](const DomainText &other) {
      return other.argument == domain->argument;
    };
    if (llvm::any_of(domains, isSame))
      return domainError(text, "argument " + Twine(domain->argument) +
                                   " has a domain already");
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

SmallVector<FunctionOpInterface> calledFunctions(Operation *root) {
  SmallVector<FunctionOpInterface> functions = referencedFunctions(root);
  SymbolTableCollection symbols;
  root->walk([&](CallOpInterface call) {
    auto callee = dyn_cast_or_null<FunctionOpInterface>(
        call.resolveCallableInTable(&symbols));
    if (callee && !callee.isExternal())
      functions.push_back(callee);
  });
  return functions;
}

SmallVector<FunctionOpInterface> referencedFunctions(Operation *root) {
  SmallVector<FunctionOpInterface> functions;
  SymbolTableCollection symbols;
  root->walk([&](Operation *op) {
    if (isa<CallOpInterface>(op))
      return;
    op->getAttrDictionary().walk([&](SymbolRefAttr name) {
      auto function =
          symbols.lookupNearestSymbolFrom<FunctionOpInterface>(op, name);
      if (function && !function.isExternal())
        functions.push_back(function);
    });
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

/// Entry `index` of a list of one for all elements, or one for each.
static double entryAt(ArrayRef<double> entries, size_t index) {
  return entries[entries.size() == 1 ? 0 : index];
}

/// The ellipsoid of `size` elements.
static RowSet ellipsoid(BallAttr ball, size_t size) {
  std::vector<double> center, radius;
  for (size_t i = 0; i < size; ++i) {
    center.push_back(entryAt(ball.getCenter(), i));
    radius.push_back(entryAt(ball.getRadius(), i));
  }
  return RowSet::ellipsoid(std::move(center), std::move(radius));
}

static Bounds boundsOf(Attribute domain) {
  SmallVector<Interval> intervals;
  if (auto box = dyn_cast<BoxAttr>(domain)) {
    for (auto [low, high] :
         llvm::zip(box.getLower().asArrayRef(), box.getUpper().asArrayRef()))
      intervals.push_back({low, high});
  } else if (auto ball = dyn_cast<BallAttr>(domain)) {
    size_t size = std::max(ball.getCenter().size(), ball.getRadius().size());
    RowSet set = ellipsoid(ball, size);
    for (size_t i = 0; i < size; ++i)
      intervals.push_back(set.range(i));
  } else if (isa<SimplexAttr, OneHotAttr>(domain)) {
    intervals.push_back({0.0, 1.0});
  } else {
    return Bounds::splat(Element());
  }
  return boundsOf(intervals);
}

/// The set of a domain that is more than a box. A point of it is an input where
/// each unknown size is 1.
static std::shared_ptr<const SourceSet> setOf(Attribute domain, Type type) {
  int64_t size = boundsSize(type);
  if (!formatOf(type) || size > kMaxBoundsSize || size == 0)
    return nullptr;
  auto shaped = dyn_cast<ShapedType>(type);
  if (auto ball = dyn_cast<BallAttr>(domain))
    return std::make_shared<SourceSet>(ellipsoid(ball, size), unsigned(size));
  if (isa<SimplexAttr>(domain))
    return softmaxRows(shaped, shaped.getRank() - 1, /*isEmptyRowZero=*/false);
  if (isa<OneHotAttr>(domain))
    return oneHotRows(shaped, shaped.getRank() - 1);
  return nullptr;
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
    laws.push_back({entryAt(mean, i), entryAt(deviation, i)});
  return laws;
}

FunctionOpInterface findEntryFunction(Operation *root) {
  SmallVector<FunctionOpInterface> functions = entryFunctions(root);
  for (FunctionOpInterface function : functions)
    if (functions.size() == 1 || function.getName() == "main")
      return function;
  return nullptr;
}

static void setDomain(BlockArgument argument, Attribute domain,
                      ArgumentDomains &domains) {
  domains.bounds[argument] = boundsOf(domain);
  domains.sets[argument] = setOf(domain, argument.getType());
}

/// A domain given as text of an attribute.
static LogicalResult applyAttribute(FunctionOpInterface function,
                                    const DomainText &text,
                                    ArgumentDomains &domains) {
  BlockArgument argument = function.getArgument(text.argument);
  Attribute domain;
  std::string reason;
  {
    // What the parser reports has no place in a file.
    ScopedDiagnosticHandler reader(function.getContext(),
                                   [&](Diagnostic &diagnostic) {
                                     if (reason.empty())
                                       reason = diagnostic.str();
                                     return success();
                                   });
    domain = parseAttribute(text.attribute, function.getContext());
  }
  if (!domain || isa<NormalAttr>(domain)) {
    InFlightDiagnostic error =
        function.emitError()
        << "expected #act.box, #act.ball, #act.simplex or #act.one_hot as "
           "the domain of argument "
        << text.argument << ", got '" << text.attribute << "'";
    if (!reason.empty())
      error << ": " << reason;
    return error;
  }
  if (failed(verifyDomain(function, argument.getType(), domain)))
    return failure();
  setDomain(argument, domain, domains);
  return success();
}

static LogicalResult applyText(FunctionOpInterface function,
                               const DomainText &text,
                               ArgumentDomains &domains) {
  if (text.argument >= function.getNumArguments())
    return function.emitError()
           << "expected the domain of an argument below "
           << function.getNumArguments() << ", got argument " << text.argument;
  if (!text.attribute.empty())
    return applyAttribute(function, text, domains);
  BlockArgument argument = function.getArgument(text.argument);
  size_t entries = text.intervals.size();
  if (entries != 1 && int64_t(entries) != boundsSize(argument.getType()))
    return function.emitError()
           << "expected a domain of argument " << text.argument
           << " with one interval, or one for each element of "
           << argument.getType() << ", got " << entries;
  domains.bounds[argument] = boundsOf(text.intervals);
  domains.sets.erase(argument);
  return success();
}

FailureOr<ArgumentDomains> collectDomains(Operation *root,
                                          ArrayRef<DomainText> texts) {
  ArgumentDomains domains;
  for (FunctionOpInterface function : entryFunctions(root))
    for (unsigned i = 0; i < function.getNumArguments(); ++i)
      if (Attribute domain = function.getArgAttr(i, kDomainAttrName))
        setDomain(function.getArgument(i), domain, domains);
  if (texts.empty())
    return domains;
  FunctionOpInterface entry = findEntryFunction(root);
  if (!entry)
    return emitError(root->getLoc())
           << "expected a function 'main' or a single public function for the "
              "domain, got "
           << entryFunctions(root).size()
           << " functions; choose one (act-lint --entry=NAME) or give domains "
              "as attribute '"
           << kDomainAttrName << "' of their arguments";
  for (const DomainText &text : texts)
    if (failed(applyText(entry, text, domains)))
      return failure();
  return domains;
}

} // namespace act
