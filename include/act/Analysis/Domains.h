//===- Domains.h - From which inputs bounds start --------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The domain of a function argument: its attribute act.domain, or text as
// `0:[-0.5,0.5]` or `0:#act.simplex` from the command line.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_DOMAINS_H
#define ACT_ANALYSIS_DOMAINS_H

#include "act/Analysis/SignalPropagation.h"
#include "act/Analysis/ValueBounds.h"
#include "act/Relaxation/SourceSet.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/Support/Error.h"

namespace act {

/// A domain as given on the command line.
struct DomainText {
  unsigned argument = 0;
  std::vector<Interval> intervals; ///< one for all elements, or one for each
  std::string attribute;           ///< in the place of intervals: "#act...."
};

/// What the elements of arguments satisfy together, beyond their bounds.
using ArgumentSets =
    llvm::DenseMap<mlir::Value, std::shared_ptr<const SourceSet>>;

/// From which inputs an analysis starts.
struct ArgumentDomains {
  ArgumentBounds bounds;
  ArgumentSets sets; ///< unknown sizes count as 1, as in the bounds
};

/// Parses `ARG:[lo,hi]` or `ARG:[lo,hi],[lo,hi],...`; ends are numbers, `inf`
/// or `-inf`. An attribute, as in `ARG:#act.simplex`, is taken as it is.
llvm::Expected<DomainText> parseDomain(llvm::StringRef text);
/// The same for all values of an option. A text without an argument goes on
/// with the intervals of the one before: pass options are split at commas.
llvm::Expected<std::vector<DomainText>>
parseDomains(llvm::ArrayRef<std::string> texts);

/// The functions below `root` that can be called from outside and have a body.
llvm::SmallVector<mlir::FunctionOpInterface>
entryFunctions(mlir::Operation *root);
/// Those that ops below `root` call: their arguments are those of the calls,
/// too, and not of their domains alone.
llvm::SmallVector<mlir::FunctionOpInterface>
calledFunctions(mlir::Operation *root);
/// Those of them that an op other than a call refers to, as func.constant does:
/// what they are called with is not known.
llvm::SmallVector<mlir::FunctionOpInterface>
referencedFunctions(mlir::Operation *root);
/// Of the entry functions, the one that the command line speaks of: `main`, or
/// the only one; null if there is neither.
mlir::FunctionOpInterface findEntryFunction(mlir::Operation *root);

/// The laws of all elements of an argument whose domain is normal; none for
/// others.
std::vector<NormalLaw> normalDomain(mlir::BlockArgument argument);

/// The domains of the arguments of all entry functions: from their attributes,
/// and for the entry function from `texts`, which win. The entry function is
/// `main`, or the only one. Reports what does not fit.
llvm::FailureOr<ArgumentDomains>
collectDomains(mlir::Operation *root, llvm::ArrayRef<DomainText> texts);

} // namespace act

#endif // ACT_ANALYSIS_DOMAINS_H
