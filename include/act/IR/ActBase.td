//===- ActBase.td - The dialect and the families of its ops --*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ACTBASE_TD
#define ACT_IR_ACTBASE_TD

include "act/IR/ActInterfaces.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/VectorInterfaces.td"

def Act_Dialect : Dialect {
  let name = "act";
  let cppNamespace = "::act";
  let summary = "Activation functions of neural networks";
  let description = [{
    Every activation that people use, on scalars, vectors and tensors of f16,
    bf16, f32 and f64, those of one variable on 8-bit floats, too. An op means
    the exact real function, extended by its limits: NaN propagates, the value at
    an infinity is the limit there, and a zero keeps the sign of the side it is
    approached from.

    Each op is one record: a name, parameters (f64 attributes with defaults)
    and a formula. Its value, range, derivative, dead zone, expansion and
    documentation are computed from that formula.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
  let useDefaultAttributePrinterParser = 1;
  let hasCanonicalizer = 1;
  let hasConstantMaterializer = 1;
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
}

// A parameter of a formula: an f64 attribute. `default` is a C++ double;
// without one the attribute is required. `exact` is the default as a C++
// Expression where no double is equal to it, as for 1/6: an attribute with
// the default value then means the exact number.
class Param<string attribute, string double = "", string expression = ""> {
  string name = attribute;
  string default = double;
  string exact = !if(!empty(expression), double, expression);
}

def Act_Float : AnyTypeOf<[F16, BF16, F32, F64]>;
def Act_FloatLike : AnyTypeOf<[Act_Float, VectorOfAnyRankOf<[Act_Float]>,
                               RankedTensorOf<[Act_Float]>],
    "f16, bf16, f32 or f64, or a vector or ranked tensor of one of them">;

// The formats of 8 bits that have zeros, a sign and NaN. Functions of one
// variable on them are tables of their 256 values.
def Act_Float8 : AnyTypeOf<[F8E3M4, F8E4M3, F8E4M3FN, F8E4M3FNUZ,
                            F8E4M3B11FNUZ, F8E5M2, F8E5M2FNUZ]>;
def Act_UnaryFloatLike : AnyTypeOf<[Act_FloatLike, Act_Float8,
                                    VectorOfAnyRankOf<[Act_Float8]>,
                                    RankedTensorOf<[Act_Float8]>],
    "f16, bf16, f32, f64 or an 8-bit float with NaN, or a vector or ranked "
    "tensor of one of them">;
def Act_FloatTensor : RankedTensorOf<[Act_Float]>;

class Act_Op<string mnemonic, list<Trait> traits = []>
    : Op<Act_Dialect, mnemonic, traits>;

// The C++ that every record turns into: the formula as a function over
// expressions and a constant Record. `variables` name the function operands.
class RecordSource<string formula, list<string> variables,
                   list<Param> params, string kinks, string requires,
                   string source> {
  string declareVariables = !interleave(
      !foreach(i, !range(!size(variables)),
               "[[maybe_unused]] Expression " # variables[i] # " = arg[" # i #
               "];"), "\n  ");
  string declareParams = !interleave(
      !foreach(i, !range(!size(params)),
               "[[maybe_unused]] Expression " # params[i].name # " = param[" #
               i # "];"), "\n  ");
  string declareDoubles = !interleave(
      !foreach(i, !range(!size(params)),
               "[[maybe_unused]] double " # params[i].name # " = param[" #
               i # "];"), "\n  ");
  string parameterRows = !interleave(
      !foreach(p, params,
               "{\"" # p.name # "\", " #
               !if(!empty(p.default), "std::nullopt", "double(" # p.default # ")") #
               ", [] { return Expression(" #
               !if(!empty(p.default), "0.0", p.exact) # "); }}"), ",\n      ");
  defvar variableNames = !interleave(
      !foreach(v, variables, "\"" # v # "\""), ", ");
  string body = [{
const ::act::Record &$cppClass::getRecord() {
  static const Parameter parameters[] = {
      }] # !if(!empty(params), "{nullptr, std::nullopt, nullptr}",
               parameterRows) # [{};
  static const char *const variables[] = {}] # variableNames # [{};
  static const Record record{
      getOperationName(),
      ::llvm::ArrayRef<const char *>(variables),
      ::llvm::ArrayRef<Parameter>(parameters, size_t(}] # !size(params) # [{)),
      "}] # kinks # [{",
      [](::llvm::ArrayRef<Expression> arg,
         ::llvm::ArrayRef<Expression> param) -> Expression {
  }] # declareVariables # [{
  }] # declareParams # [{
        return }] # formula # [{;
      },
      [](::llvm::ArrayRef<double> param) -> bool {
  }] # declareDoubles # [{
        return }] # !if(!empty(requires), "true", requires) # [{;
      },
      "}] # requires # [{",
      "}] # source # [{"};
  return record;
}
std::optional<::act::Expression> $cppClass::composeExpression(
    ::llvm::ArrayRef<std::optional<::act::Expression>> operands) {
  return composeRecord(getOperation(), getRecord(), operands);
}
double $cppClass::executedErrorInUlps() {
  return executedErrorOf(getOperation(), getRecord());
}
::mlir::LogicalResult $cppClass::verify() {
  return verifyActivation(getOperation(), getRecord());
}
}];
}

// The attributes of a list of parameters.
class ParamAttributes<list<Param> params> {
  dag attributes = !dag(ins,
      !foreach(p, params, !if(!empty(p.default), F64Attr,
                              DefaultValuedAttr<F64Attr, p.default>)),
      !foreach(p, params, p.name));
}

#endif // ACT_IR_ACTBASE_TD
