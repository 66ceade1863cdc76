//===- ActAttributes.td - Domains of function arguments ---*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ACTATTRIBUTES_TD
#define ACT_IR_ACTATTRIBUTES_TD

include "act/IR/ActBase.td"

class Act_Attr<string name, string mnemonicName>
    : AttrDef<Act_Dialect, name> {
  let mnemonic = mnemonicName;
}

def Act_AccuracyKindEnum : I32EnumAttr<"AccuracyKind", "what a bound is of", [
  I32EnumAttrCase<"Ulp", 0, "ulp">, I32EnumAttrCase<"Absolute", 1, "abs">]> {
  let cppNamespace = "::act";
  let genSpecializedAttr = 0;
}
def Act_AccuracyKind : EnumParameter<Act_AccuracyKindEnum>;

def Act_BoxAttr : Act_Attr<"Box", "box"> {
  let summary = "A box: one interval for all elements, or one per element";
  let description = [{
    Domain of a function argument, as its attribute `act.domain`:
    `#act.box<[-0.5], [0.5]>`. Ends may be infinite; lower ends come first.
  }];
  let parameters = (ins "::mlir::DenseF64ArrayAttr":$lower,
                        "::mlir::DenseF64ArrayAttr":$upper);
  let assemblyFormat =
      "`<` `[` custom<Doubles>($lower) `]` `,` `[` custom<Doubles>($upper) `]` `>`";
  let genVerifyDecl = 1;
}

def Act_BallAttr : Act_Attr<"Ball", "ball"> {
  let summary = "A ball, or an ellipsoid along the axes";
  let description = [{
    Domain of a function argument: `#act.ball<center = [0.0], radius = [1.0]>`
    is where the sum of ((x - center) / radius)^2 over all elements of the
    tensor is at most 1, one number for all elements or one per element.
  }];
  let parameters = (ins "::mlir::DenseF64ArrayAttr":$center,
                        "::mlir::DenseF64ArrayAttr":$radius);
  let assemblyFormat =
      "`<` `center` `=` `[` custom<Doubles>($center) `]` `,` `radius` `=` `[` custom<Doubles>($radius) `]` `>`";
  let genVerifyDecl = 1;
}

def Act_SimplexAttr : Act_Attr<"Simplex", "simplex"> {
  let summary = "Rows of probabilities";
  let description = [{
    Domain of a function argument, `#act.simplex`: no element is negative, and
    each row, along the last dimension, adds up to 1. Proofs hold as well for
    rows that add up to 1 but for the rounding of a softmax in their format.
  }];
}

def Act_OneHotAttr : Act_Attr<"OneHot", "one_hot"> {
  let summary = "Rows of one 1 and otherwise 0";
  let description = [{
    Domain of a function argument, `#act.one_hot`: of each row, along the last
    dimension, one element is 1 and the others are 0.
  }];
}

def Act_NormalAttr : Act_Attr<"Normal", "normal"> {
  let summary = "Independent normal elements";
  let description = [{
    Domain of a function argument: `#act.normal<mean = [0.0], std = [1.0]>`, one
    number for all elements or one per element. Unbounded, so no bound follows.
  }];
  let parameters = (ins "::mlir::DenseF64ArrayAttr":$mean,
                        "::mlir::DenseF64ArrayAttr":$std);
  let assemblyFormat =
      "`<` `mean` `=` `[` custom<Doubles>($mean) `]` `,` `std` `=` `[` custom<Doubles>($std) `]` `>`";
  let genVerifyDecl = 1;
}

def Act_AccuracyAttr : Act_Attr<"Accuracy", "accuracy"> {
  let summary = "How far a result may be from the exact value";
  let description = [{
    Attribute `accuracy` of an op: `#act.accuracy<ulp = 1.0>` allows an error of
    so many ulps, `#act.accuracy<abs = 1.0e-3>` an absolute one, or one ulp where
    that is more.
  }];
  let parameters = (ins Act_AccuracyKind:$kind, "::mlir::FloatAttr":$bound);
  let assemblyFormat = "`<` $kind `=` custom<Bound>($bound) `>`";
  let genVerifyDecl = 1;
}

#endif // ACT_IR_ACTATTRIBUTES_TD
