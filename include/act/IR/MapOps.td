//===- MapOps.td - A user's own activation ----------------*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_MAPOPS_TD
#define ACT_IR_MAPOPS_TD

include "act/IR/ActBase.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"

def Act_MapOp : Act_Op<"map", [
      IsolatedFromAbove, RecursiveMemoryEffects,
      SingleBlock,
      DeclareOpInterfaceMethods<ScalarFunctionOpInterface,
          ["composeExpression", "evaluateWithNaN", "executedErrorInUlps"]>]> {
  let summary = "An elementwise function given by a region";
  let description = [{
    Applies a scalar function, given as a region of arith, math and act ops, to
    each element of its operands, which are all of the result's type. It has a
    range, a derivative, an expansion and bounds like any named activation.

    ```mlir
    %y = act.map %x : tensor<4xf32> {
    ^bb0(%a: f32):
      %s = math.sin %a : f32
      %q = arith.mulf %s, %s : f32
      %r = arith.addf %a, %q : f32
      act.yield %r : f32
    }
    ```

    It means the real function that the body computes, as any activation does:
    the roundings between the ops of the body go, and at an infinity the value
    is the limit. So the body may compute in wider formats, but not round to a
    narrower one. For NaN the value is what the body gives: NaN, or of one input
    a constant, as in `select(x > 0, x, 0)`. Of several inputs each that is NaN
    must make the value NaN. What is meant op by op stands outside act.map.
  }];
  let arguments = (ins Variadic<Act_FloatLike>:$inputs);
  let results = (outs Act_FloatLike:$result);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// The function over variables 0, 1, ... = the inputs, or nothing if the
    /// body cannot be read.
    std::optional<::act::Expression> getExpression();

    /// What the body gives where input `index` is NaN, whatever the others are:
    /// NaN or another constant; nothing if it depends on them or is not known.
    std::optional<double> getValueForNaN(unsigned index);
    /// Whether a NaN input makes the value NaN, and the formula has each input.
    bool propagatesNaN();
  }];
}

def Act_YieldOp : Act_Op<"yield", [Pure, Terminator, ReturnLike,
                                   HasParent<"::act::MapOp">]> {
  let summary = "The value of the function of an act.map";
  let arguments = (ins Act_Float:$value);
  let assemblyFormat = "$value attr-dict `:` type($value)";
}

def Act_DerivativeOp : Act_Op<"derivative", [
      Pure, SameOperandsAndResultType,
      DeclareOpInterfaceMethods<VectorUnrollOpInterface>,
      DeclareOpInterfaceMethods<ScalarFunctionOpInterface,
          ["composeExpression", "evaluateWithNaN", "executedErrorInUlps"]>
    ] # ElementwiseMappable.traits> {
  let summary = "The derivative of an activation";
  let description = [{
    The derivative of the activation `callee`, a function of one variable, by
    that variable, elementwise. `parameters` are those of the activation; what
    is not given has its default. At a kink it is what the activation's record
    says. Times the gradient of the result it is the gradient of the operand:

    ```mlir
    // y = elu(x); from dL/dy to dL/dx.
    %d = act.derivative "act.elu" %x with {alpha = 0.5} : tensor<?xf32>
    %dx = arith.mulf %dy, %d : tensor<?xf32>
    ```
  }];
  let arguments = (ins Act_FloatLike:$x, StrAttr:$callee,
                       OptionalAttr<DictionaryAttr>:$parameters);
  let results = (outs Act_FloatLike:$y);
  let assemblyFormat =
      "$callee $x (`with` $parameters^)? attr-dict `:` type($y)";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The derivative as a function of variable 0.
    ::act::Expression getExpression();
  }];
}

def Act_ApplyOp : Act_Op<"apply", [
      Pure, SameOperandsAndResultType,
      DeclareOpInterfaceMethods<VectorUnrollOpInterface>
    ] # ElementwiseMappable.traits> {
  let summary = "Another op, known to act on elements";
  let description = [{
    Stands for the op `callee` with the attributes `parameters` on its operands.
    Some activations take shapes that an elementwise op may not, a gate that is
    split for one, and act.map has a region; where their operands are alike, this
    form lets upstream's vectorizer take them for what they are. act-vectorize
    makes it, with the number under which it keeps the region (-1: none), and
    dissolves it again; it leaves alone what has no such number.
  }];
  let arguments = (ins Variadic<Act_FloatLike>:$inputs, StrAttr:$callee,
                       DictionaryAttr:$parameters,
                       OptionalAttr<I64Attr>:$keptBody);
  let results = (outs Act_FloatLike:$result);
  let assemblyFormat =
      "$callee `(` $inputs `)` $parameters attr-dict `:` type($result)";
  let hasVerifier = 1;
}

#endif // ACT_IR_MAPOPS_TD
