//===- RowwiseOps.td - One record per row-wise activation --*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The home of each row-wise activation. A record says: the score of an
// element (a formula over x and, where there is one, noise), how a row of
// scores becomes a row of results (the form), which elements take part (the
// selection) and whether a row without weight is 0 or NaN.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ROWWISEOPS_TD
#define ACT_IR_ROWWISEOPS_TD

include "act/IR/ActBase.td"
include "mlir/Dialect/Linalg/IR/LinalgInterfaces.td"
include "mlir/Interfaces/TilingInterface.td"

// How a row of scores s with the largest m becomes the results:
//   Probability     exp(s - m) / sum exp(s - m)
//   LogProbability  s - m - log(sum exp(s - m))
//   FirstMaximum    1 at the first largest, 0 elsewhere
//   Projection      max(s - t, 0) with t such that the row adds up to 1
class RowForm<string value> { string cppName = value; }
def Probability : RowForm<"Probability">;
def LogProbability : RowForm<"LogProbability">;
def FirstMaximum : RowForm<"FirstMaximum">;
def Projection : RowForm<"Projection">;

// The operand that says which elements of a row take part.
class RowSelection<string value, dag operand, string text> {
  string cppName = value;
  dag operands = operand;
  string assembly = text;
}
def WholeRow : RowSelection<"Whole", (ins), "">;
def MaskedRow : RowSelection<"Mask", (ins RankedTensorOf<[I1]>:$mask),
                             " `mask` $mask">;
def RowPrefix : RowSelection<"Prefix",
    (ins RankedTensorOf<[AnySignlessInteger, Index]>:$lengths),
    " `lengths` $lengths">;

class Act_RowwiseOp<string mnemonic, string score, RowForm form,
                    bit emptyRowZero = 0, RowSelection selection = WholeRow,
                    list<Param> params = [], bit noise = 0,
                    string requires = "", string source = "PyTorch">
    : Act_Op<mnemonic, [
        Pure, AllTypesMatch<["x", "y"]>,
        DeclareOpInterfaceMethods<RowwiseOpInterface>,
        DeclareOpInterfaceMethods<AggregatedOpInterface, ["decomposeOperation"]>,
        DeclareOpInterfaceMethods<ReifyRankedShapedTypeOpInterface,
            ["reifyResultShapes"]>,
        DeclareOpInterfaceMethods<TilingInterface,
            ["getLoopIteratorTypes", "getIterationDomain",
             "getTiledImplementation", "getResultTilePosition"]>]> {
  let arguments = !con(
      (ins Act_FloatTensor:$x), !if(noise, (ins Act_FloatTensor:$noise), (ins)),
      selection.operands,
      (ins DefaultValuedAttr<I64Attr, "-1">:$axis,
           DefaultValuedAttr<BoolAttr, !if(emptyRowZero, "true", "false")>:$empty_row_zero),
      !if(noise, (ins UnitAttr:$hard), (ins)),
      ParamAttributes<params>.attributes);
  let results = (outs Act_FloatTensor:$y);
  let description = [{
  Applies to each row along `axis` (negative from the end). Score of an
  element: }] # score # [{; form: }] # form.cppName # [{.

  The score of an element that is not selected is -inf. A row of probabilities
  whose scores are all -inf is NaN, or 0 where `empty_row_zero` holds;
  docs/activations.md says what each form makes of NaN and infinities.

  Source: }] # source # ".";
  let assemblyFormat = "$x" # !if(noise, " `noise` $noise", "") #
      selection.assembly # " attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
  defvar variables = !listconcat(["x"], !if(noise, ["noise"], []));
  let extraClassDefinition = [{
const ::act::RowRecord &$cppClass::getRowRecord() {
  static const Parameter parameters[] = {
      }] # !if(!empty(params), "{nullptr, std::nullopt, nullptr}",
               RecordSource<score, [], params, "", "", "">
                   .parameterRows) # [{};
  static const RowRecord record{
      getOperationName(), }] # !size(variables) # [{,
      ::llvm::ArrayRef<Parameter>(parameters, size_t(}] # !size(params) # [{)),
      [](::llvm::ArrayRef<Expression> arg,
         ::llvm::ArrayRef<Expression> param) -> Expression {
  }] # RecordSource<score, variables, params, "", "", "">
           .declareVariables # [{
  }] # RecordSource<score, [], params, "", "", "">.declareParams # [{
        return }] # score # [{;
      },
      [](::llvm::ArrayRef<double> param) -> bool {
  }] # RecordSource<score, [], params, "", "", "">.declareDoubles # [{
        return }] # !if(!empty(requires), "true", requires) # [{;
      },
      "}] # requires # [{",
      RowForm::}] # form.cppName # [{,
      RowSelection::}] # selection.cppName # [{,
      }] # !if(emptyRowZero, "true", "false") # [{};
  return record;
}
bool $cppClass::isEmptyRowZero() { return getEmptyRowZero(); }
::mlir::LogicalResult $cppClass::verify() {
  return verifyRowwise(getOperation(), getRowRecord());
}
::mlir::FailureOr<::llvm::SmallVector<::mlir::Value>>
$cppClass::decomposeOperation(::mlir::OpBuilder &builder) {
  return decomposeRows(*this, builder);
}
::mlir::LogicalResult $cppClass::reifyResultShapes(
    ::mlir::OpBuilder &builder,
    ::mlir::ReifiedRankedShapedTypeDims &shapes) {
  shapes = {rowShape(*this, builder)};
  return ::mlir::success();
}
::llvm::SmallVector<::mlir::utils::IteratorType>
$cppClass::getLoopIteratorTypes() {
  return rowLoops(*this);
}
::llvm::SmallVector<::mlir::Range>
$cppClass::getIterationDomain(::mlir::OpBuilder &builder) {
  return rowDomain(*this, builder);
}
::mlir::FailureOr<::mlir::TilingResult> $cppClass::getTiledImplementation(
    ::mlir::OpBuilder &builder,
    ::llvm::ArrayRef<::mlir::OpFoldResult> offsets,
    ::llvm::ArrayRef<::mlir::OpFoldResult> sizes) {
  return tileRows(*this, builder, offsets, sizes);
}
::mlir::LogicalResult $cppClass::getResultTilePosition(
    ::mlir::OpBuilder &builder, unsigned resultNumber,
    ::llvm::ArrayRef<::mlir::OpFoldResult> offsets,
    ::llvm::ArrayRef<::mlir::OpFoldResult> sizes,
    ::llvm::SmallVector<::mlir::OpFoldResult> &resultOffsets,
    ::llvm::SmallVector<::mlir::OpFoldResult> &resultSizes) {
  return rowTilePosition(*this, builder, offsets, sizes, resultOffsets,
                         resultSizes);
}
}];
}

def Act_SoftmaxOp : Act_RowwiseOp<"softmax", "x", Probability>;
def Act_LogSoftmaxOp : Act_RowwiseOp<"log_softmax", "x", LogProbability>;
def Act_SoftminOp : Act_RowwiseOp<"softmin", "-x", Probability>;
def Act_HardmaxOp : Act_RowwiseOp<"hardmax", "x", FirstMaximum, 0, WholeRow,
    [], 0, "", "ONNX Hardmax">;
def Act_SparsemaxOp : Act_RowwiseOp<"sparsemax", "x", Projection, 0, WholeRow,
    [], 0, "", "Martins and Astudillo 2016; Keras sparsemax">;
def Act_GumbelSoftmaxOp : Act_RowwiseOp<"gumbel_softmax", "(x + noise) / tau",
    Probability, 0, WholeRow, [Param<"tau", "1.0">], 1, "tau > 0",
    "Jang et al. 2016; PyTorch gumbel_softmax, the noise given as an operand">;
def Act_SafeSoftmaxOp : Act_RowwiseOp<"safe_softmax", "x", Probability, 1,
    WholeRow, [], 0, "", "PyTorch _safe_softmax, oneDNN inf_as_zero">;
def Act_MaskedSoftmaxOp : Act_RowwiseOp<"masked_softmax", "x", Probability, 1,
    MaskedRow, [], 0, "", "JAX softmax with where: selected where the mask is 1">;
def Act_RaggedSoftmaxOp : Act_RowwiseOp<"ragged_softmax", "x", Probability, 1,
    RowPrefix, [], 0, "", "TensorRT IRaggedSoftMaxLayer">;

#endif // ACT_IR_ROWWISEOPS_TD
