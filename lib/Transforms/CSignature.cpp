//===- CSignature.cpp - The C signature of a function ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Transforms/CSignature.h"

#include "act/IR/FloatFormat.h"
#include "mlir/IR/BuiltinOps.h"

using namespace mlir;

static unsigned countDims(ArrayRef<act::CArray> arrays) {
  unsigned count = 0;
  for (const act::CArray &array : arrays)
    count += array.numDynamicDims();
  return count;
}

unsigned act::CArray::numDynamicDims() const {
  return llvm::count_if(shape, ShapedType::isDynamic);
}

unsigned act::CSignature::numInputDims() const { return countDims(inputs); }

unsigned act::CSignature::numResultDims() const { return countDims(results); }

static bool hasCElement(Type element) {
  if (isa<FloatType>(element))
    return act::formatOf(element) || act::isFloat8(element);
  return llvm::any_of(ArrayRef<unsigned>{8, 16, 32, 64}, [&](unsigned width) {
    return element.isSignlessInteger(width);
  });
}

/// `type` as an array; an error names it by `role`, "argument" or "result".
static FailureOr<act::CArray> getCArray(func::FuncOp function, Type type,
                                        StringRef role, unsigned index) {
  act::CArray array;
  array.element = type;
  if (auto tensor = dyn_cast<RankedTensorType>(type)) {
    array.element = tensor.getElementType();
    array.shape = llvm::to_vector(tensor.getShape());
  }
  if (hasCElement(array.element))
    return array;
  InFlightDiagnostic error =
      function.emitError("expected ")
      << role << " #" << index << " of entry function '" << function.getName()
      << "' to be a ranked tensor or scalar of f16, bf16, f32, f64, an 8-bit "
         "float with NaN, i8, i16, i32 or i64, got "
      << type;
  if (array.element.isInteger(1))
    error << "; pass truth values as i8 and convert them inside";
  return error;
}

FailureOr<act::CSignature> act::getCSignature(func::FuncOp function) {
  CSignature signature;
  signature.name = function.getName().str();
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes())) {
    FailureOr<CArray> array = getCArray(function, type, "argument", index);
    if (failed(array))
      return failure();
    signature.inputs.push_back(*array);
  }
  for (auto [index, type] : llvm::enumerate(function.getResultTypes())) {
    FailureOr<CArray> array = getCArray(function, type, "result", index);
    if (failed(array))
      return failure();
    signature.results.push_back(*array);
  }
  return signature;
}

FailureOr<func::FuncOp> act::findEntry(ModuleOp module, StringRef name) {
  SmallVector<func::FuncOp> candidates;
  for (auto function : module.getOps<func::FuncOp>())
    if (!function.isDeclaration() && function.isPublic())
      candidates.push_back(function);
  for (func::FuncOp candidate : candidates)
    if (candidate.getName() == (name.empty() ? "main" : name))
      return candidate;
  if (name.empty() && candidates.size() == 1)
    return candidates.front();
  InFlightDiagnostic error =
      emitError(module.getLoc(), "expected a public function ");
  if (name.empty())
    error << "'main' or a single one";
  else
    error << "'" << name << "'";
  error << ", got ";
  if (candidates.empty())
    error << "none";
  llvm::interleaveComma(candidates, error, [&](func::FuncOp candidate) {
    error << "'" << candidate.getName() << "'";
  });
  return error << "; choose one as the entry (--entry)";
}
