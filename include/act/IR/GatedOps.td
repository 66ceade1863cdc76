//===- GatedOps.td - One record per gated activation ------*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The home of each gated activation. A formula is over `value` and `gate`.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_GATEDOPS_TD
#define ACT_IR_GATEDOPS_TD

include "act/IR/ActBase.td"

class Act_GatedOp<string mnemonic, string formula, bit gateFirst,
                  list<Param> params = [], string requires = "",
                  string source = "Shazeer 2020">
    : Act_Op<mnemonic, [
        Pure,
        DeclareOpInterfaceMethods<ActivationOpInterface>,
        DeclareOpInterfaceMethods<GatedOpInterface>,
        DeclareOpInterfaceMethods<ScalarFunctionOpInterface,
            ["composeExpression", "executedErrorInUlps"]>]> {
  let arguments = !con(
      (ins Act_FloatLike:$value, Optional<Act_FloatLike>:$gate,
           OptionalAttr<I64Attr>:$axis,
           DefaultValuedAttr<BoolAttr, !if(gateFirst, "true", "false")>:$gate_first,
           UnitAttr:$interleaved),
      ParamAttributes<params>.attributes);
  let results = (outs Act_FloatLike:$result);
  let description = "    y = " # formula # [{

  Two operands of one type, or one tensor that is split along `axis` into two
  halves of equal size: the gate is the first half where `gate_first` holds,
  and the even positions instead of the first half where `interleaved` is set.

  Source: }] # source # ".";
  let assemblyFormat = [{
    $value (`gate` $gate^)? (`split` $axis^)? attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
  let extraClassDefinition =
      RecordSource<formula, ["value", "gate"], params, "l", requires,
                   source>.body;
}

def Act_GluOp : Act_GatedOp<"glu", "value * sigmoid(gate)", 0, [], "",
    "Dauphin et al. 2016; PyTorch glu, which has the value first">;
def Act_SwigluOp : Act_GatedOp<"swiglu",
    "value * (gate * sigmoid(alpha * gate))", 1, [Param<"alpha", "1.0">]>;
def Act_GegluOp : Act_GatedOp<"geglu", "value * (gate * normalCdf(gate))", 1>;
def Act_GegluTanhOp : Act_GatedOp<"geglu_tanh",
    "value * (gate * sigmoid(2.0 * sqrt(2.0 / Expression::pi()) * "
    "(gate + 44715.0 / Expression(1e6) * gate * gate * gate)))", 1>;
def Act_RegluOp : Act_GatedOp<"reglu", "value * max(gate, 0.0)", 1>;
def Act_QuickGegluOp : Act_GatedOp<"quick_geglu",
    "value * (gate * sigmoid(1702.0 / Expression(1000.0) * gate))", 1, [], "",
    "ggml GEGLU_QUICK, TransformerEngine QGEGLU">;
def Act_SregluOp : Act_GatedOp<"sreglu",
    "value * (max(gate, 0.0) * max(gate, 0.0))", 1, [], "",
    "TransformerEngine SREGLU">;
def Act_SwigluOaiOp : Act_GatedOp<"swiglu_oai",
    "min(gate, limit) * sigmoid(alpha * min(gate, limit)) * "
    "(clip(value, -limit, limit) + 1.0)",
    1, [Param<"alpha", "1.702">, Param<"limit", "7.0">], "limit >= 0",
    "OpenAI gpt-oss; ggml SWIGLU_OAI">;
def Act_SwigluStepOp : Act_GatedOp<"swiglu_step",
    "min(gate * sigmoid(gate), limit) * clip(value, -limit, limit)",
    1, [Param<"limit", "7.0">], "limit >= 0", "vLLM">;
def Act_FatreluGluOp : Act_GatedOp<"fatrelu_glu",
    "where(gate > threshold, gate, 0.0) * value",
    1, [Param<"threshold", "0.0">], "", "vLLM FatreluAndMul">;
def Act_BilinearOp : Act_GatedOp<"bilinear", "gate * value", 1>;

#endif // ACT_IR_GATEDOPS_TD
