//===- ActInterfaces.td - What passes may ask an op -------*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ACTINTERFACES_TD
#define ACT_IR_ACTINTERFACES_TD

include "mlir/IR/OpBase.td"

// One question, answered by ops of any dialect: by act ops themselves, by
// arith, math and tosa ops through external models.
def ScalarFunctionOpInterface : OpInterface<"ScalarFunctionOpInterface"> {
  let cppNamespace = "::act";
  let description = [{
    An op whose single result is, element by element, a function of its
    operands' elements (a broadcast of size-1 dimensions included). Comparisons
    count with the value 1 where they hold and 0 elsewhere.

    Both methods may answer "unknown", which is the answer of an op without
    this interface: nothing is then raised, fused or bounded through the op.
  }];
  let methods = [
    InterfaceMethod<[{
        The function in the reals, given the operands' expressions (empty
        where an operand is not known, as for a shift that is read as an
        attribute), or nothing if this op cannot be expressed.
      }],
      "std::optional<::act::Expression>", "composeExpression",
      (ins "::llvm::ArrayRef<std::optional<::act::Expression>>":$operands)>,
    InterfaceMethod<[{
        The IEEE result when at least one of `operands` is NaN; nothing if
        unknown. By default any NaN operand makes the result NaN.
      }],
      "std::optional<double>", "evaluateWithNaN",
      (ins "::llvm::ArrayRef<double>":$operands), "", [{
        return std::numeric_limits<double>::quiet_NaN();
      }]>,
    InterfaceMethod<[{
        An upper bound of the error of this op as executed, in ulps of its
        result, when its operands are exact; infinite if nothing is known. 0
        means that the op never rounds.
      }],
      "double", "executedErrorInUlps", (ins), "", [{ return 0.5; }]>,
  ];
}

// What only activations of this dialect have: a record.
def ActivationOpInterface : OpInterface<"ActivationOpInterface",
                                        [ScalarFunctionOpInterface]> {
  let cppNamespace = "::act";
  let description = [{
    An elementwise or gated activation, given by a record: a name, parameters
    and a formula in the order of the op's function operands.
  }];
  let methods = [
    StaticInterfaceMethod<"The record that defines the op.",
      "const ::act::Record &", "getRecord", (ins)>,
    InterfaceMethod<"The operand values of the formula's variables, in order.",
      "::llvm::SmallVector<::mlir::Value>", "getFunctionOperands", (ins), "", [{
        return ::llvm::SmallVector<::mlir::Value>($_op->getOperands());
      }]>,
  ];
  let extraSharedClassDeclaration = [{
    /// The formula with this op's parameters in place, over variables 0, 1, ...
    ::act::Expression getExpression() {
      return ::act::expressionOf($_op.getOperation(), $_op.getRecord());
    }
    /// The value of each parameter, in the order of the record.
    ::llvm::SmallVector<double> getParameterValues() {
      return ::act::parametersOf($_op.getOperation(), $_op.getRecord());
    }
  }];
}

// An activation of two operands, or of one that is split in halves.
def GatedOpInterface : OpInterface<"GatedOpInterface"> {
  let cppNamespace = "::act";
  let description = [{
    A gated activation. With one operand, value and gate are the halves of it
    along the split axis.
  }];
  let methods = [
    InterfaceMethod<"The operand that is the value, or that is split.",
      "::mlir::Value", "getValue", (ins)>,
    InterfaceMethod<"The gate, or null where the value is split.",
      "::mlir::Value", "getGate", (ins)>,
    InterfaceMethod<"The axis that is split, if any; negative from the end.",
      "std::optional<uint64_t>", "getAxis", (ins)>,
    InterfaceMethod<"Whether the first half is the gate.",
      "bool", "getGateFirst", (ins)>,
    InterfaceMethod<"Whether the halves alternate.",
      "bool", "getInterleaved", (ins)>,
  ];
}

// A row-wise activation: softmax and its kin.
def RowwiseOpInterface : OpInterface<"RowwiseOpInterface"> {
  let cppNamespace = "::act";
  let description = [{
    An activation that maps each row of a tensor (the elements along `axis`)
    to a row, given by a record. The record, not the op's name, says how.
  }];
  let methods = [
    StaticInterfaceMethod<"The record that defines the op.",
      "const ::act::RowRecord &", "getRowRecord", (ins)>,
    InterfaceMethod<"The axis of the rows, 0 <= axis < rank.",
      "int64_t", "getRowAxis", (ins), "", [{
        int64_t axis = $_op.getAxis();
        return axis < 0
                   ? axis + ::llvm::cast<::mlir::ShapedType>(
                                $_op->getOperand(0).getType()).getRank()
                   : axis;
      }]>,
    InterfaceMethod<"Whether a row without any weight is 0 instead of NaN.",
      "bool", "isEmptyRowZero", (ins)>,
  ];
}

// A symbolic initializer: a law of weights not yet drawn.
def InitializerOpInterface : OpInterface<"InitializerOpInterface"> {
  let cppNamespace = "::act";
  let description = [{
    An op whose result is a tensor of independently or jointly drawn numbers.
    Analyses read the law; nothing is drawn until it is materialized.
  }];
  let methods = [
    InterfaceMethod<"The law of one element.",
      "::act::WeightLaw", "getWeightLaw", (ins)>,
    InterfaceMethod<"The seed of the draws, if the op names one.",
      "std::optional<uint64_t>", "getSeed", (ins), [{ return $_op.getSeed(); }]>,
    InterfaceMethod<[{
        Draws the elements in row-major order, not yet rounded to their type.
        Same op and seed, same bits; NaN or infinite if the law has no meaning.
      }],
      "void", "drawWeights", (ins "uint64_t":$seed,
                                  "::llvm::MutableArrayRef<double>":$weights)>,
  ];
}

#endif // ACT_IR_ACTINTERFACES_TD
