//===- BoundsOpInterface.td - How an op carries bounds ----*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_BOUNDSOPINTERFACE_TD
#define ACT_ANALYSIS_BOUNDSOPINTERFACE_TD

include "mlir/IR/OpBase.td"

def BoundsOpInterface : OpInterface<"BoundsOpInterface"> {
  let cppNamespace = "::act";
  let description = [{
    For ops that are no elementwise function of their operands: contractions,
    pooling, changes of shape. Elementwise ops answer through
    ScalarFunctionOpInterface; an op with neither has results of which nothing
    is known.
  }];
  let methods = [
    InterfaceMethod<[{
        Given what is known of each operand (never unreached), how each result
        comes from them, as executed under `semantics`. Must hold for every
        value within the operands' bounds; Bounds::top() is always right.
      }],
      "::std::vector<::act::Transfer>", "transfer",
      (ins "::llvm::ArrayRef<::act::Bounds>":$operands,
           "::act::Semantics":$semantics), "", [{
        return ::std::vector<::act::Transfer>($_op->getNumResults(),
                                                    ::act::Bounds::top());
      }]>,
  ];
}

#endif // ACT_ANALYSIS_BOUNDSOPINTERFACE_TD
