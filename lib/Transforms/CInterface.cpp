//===- CInterface.cpp - Functions on tensors, called from C ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How does a function on tensors become one on the caller's arrays? Its
// arguments are read through memrefs made of the pointers, and its results are
// materialized in the caller's memory, where bufferization then computes them.
//
//===----------------------------------------------------------------------===//

#include "act/Transforms/CSignature.h"
#include "act/Transforms/Passes.h"

#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

namespace act {
#define GEN_PASS_DEF_ACTCINTERFACE
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using act::CArray;
using act::CSignature;

namespace {

Value constant(OpBuilder &builder, Location loc, int64_t value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getI64IntegerAttr(value));
}

Value toIndex(OpBuilder &builder, Location loc, Value value) {
  return arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                    value);
}

/// A memref over the dense array at `pointer`; `dims` (i64) are the sizes of
/// the dynamic dimensions, in order.
Value buildMemRef(OpBuilder &builder, Location loc,
                  const LLVMTypeConverter &converter, const CArray &array,
                  Value pointer, ValueRange dims) {
  auto type = MemRefType::get(array.shape, array.element);
  SmallVector<Value> sizes;
  for (int64_t size : array.shape) {
    if (ShapedType::isDynamic(size)) {
      sizes.push_back(dims.front());
      dims = dims.drop_front();
    } else {
      sizes.push_back(constant(builder, loc, size));
    }
  }
  SmallVector<Value> strides(sizes.size());
  Value stride = constant(builder, loc, 1);
  for (unsigned i = sizes.size(); i-- > 0;) {
    strides[i] = stride;
    if (i != 0)
      stride = arith::MulIOp::create(builder, loc, stride, sizes[i]);
  }
  SmallVector<Value> fields = {pointer, pointer, constant(builder, loc, 0)};
  llvm::append_range(fields, sizes);
  llvm::append_range(fields, strides);
  Value descriptor =
      MemRefDescriptor::pack(builder, loc, converter, type, fields);
  return UnrealizedConversionCastOp::create(builder, loc, type, descriptor)
      .getResult(0);
}

/// Takes `count` values off the front of `values`.
ValueRange take(ValueRange &values, unsigned count) {
  ValueRange taken = values.take_front(count);
  values = values.drop_front(count);
  return taken;
}

/// The dynamic dimensions of `tensor`, in order.
SmallVector<Value> dynamicDims(OpBuilder &builder, Location loc, Value tensor) {
  SmallVector<Value> dims;
  for (auto [position, size] :
       llvm::enumerate(cast<RankedTensorType>(tensor.getType()).getShape()))
    if (ShapedType::isDynamic(size))
      dims.push_back(tensor::DimOp::create(builder, loc, tensor, position));
  return dims;
}

/// Each of `values`, a tensor as its dynamic dimensions.
SmallVector<Value> withoutTensors(OpBuilder &builder, Location loc,
                                  ValueRange values) {
  SmallVector<Value> rest;
  for (Value value : values)
    if (isa<RankedTensorType>(value.getType()))
      llvm::append_range(rest, dynamicDims(builder, loc, value));
    else
      rest.push_back(value);
  return rest;
}

/// Values of `types` made of what withoutTensors() left: of a tensor's elements
/// nothing is known.
SmallVector<Value> withTensors(OpBuilder &builder, Location loc,
                               TypeRange types, ValueRange rest) {
  SmallVector<Value> values;
  for (Type type : types) {
    auto ranked = dyn_cast<RankedTensorType>(type);
    ValueRange own = take(rest, ranked ? ranked.getNumDynamicDims() : 1);
    values.push_back(
        ranked ? tensor::EmptyOp::create(builder, loc, ranked, own).getResult()
               : own.front());
  }
  return values;
}

/// Makes `loop` carry dimensions in place of tensors, which nobody may read.
void carryDims(scf::ForOp loop) {
  IRRewriter rewriter(loop);
  Location loc = loop.getLoc();
  TypeRange types = loop.getResultTypes();
  auto carrying = scf::ForOp::create(
      rewriter, loc, loop.getLowerBound(), loop.getUpperBound(), loop.getStep(),
      withoutTensors(rewriter, loc, loop.getInitArgs()),
      [&](OpBuilder &b, Location, Value, ValueRange rest) {
        scf::YieldOp::create(b, loc, rest);
      },
      loop.getUnsignedCmp());
  Operation *yield = carrying.getBody()->getTerminator();
  rewriter.setInsertionPoint(yield);
  SmallVector<Value> arguments =
      withTensors(rewriter, loc, types, carrying.getRegionIterArgs());
  arguments.insert(arguments.begin(), carrying.getInductionVar());
  auto old = cast<scf::YieldOp>(loop.getBody()->getTerminator());
  rewriter.inlineBlockBefore(loop.getBody(), yield, arguments);
  rewriter.setInsertionPoint(yield);
  yield->setOperands(withoutTensors(rewriter, loc, old.getOperands()));
  rewriter.eraseOp(old);
  rewriter.setInsertionPoint(loop);
  rewriter.replaceOp(loop,
                     withTensors(rewriter, loc, types, carrying.getResults()));
}

/// Erases what no dimension needs, effects included: the entry has those.
void eraseUnused(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block))) {
    if (op.use_empty() && !op.hasTrait<OpTrait::IsTerminator>()) {
      op.erase();
      continue;
    }
    for (Region &region : op.getRegions())
      for (Block &inner : region)
        eraseUnused(inner);
  }
}

/// A function without a body is one of C's. Small numbers travel in other ways
/// there, tensors not at all.
LogicalResult checkExternal(func::FuncOp function) {
  auto isPassed = [](Type type) {
    return type.isF32() || type.isF64() || type.isSignlessInteger(32) ||
           type.isSignlessInteger(64);
  };
  if (llvm::all_of(function.getArgumentTypes(), isPassed) &&
      llvm::all_of(function.getResultTypes(), isPassed) &&
      function.getNumResults() <= 1)
    return success();
  return function.emitError("expected a function without a body to take "
                            "scalars of f32, f64, i32 or i64 and to give one "
                            "at most, got ")
         << function.getFunctionType() << "; give it a body";
}

class CInterface : public act::impl::ActCInterfaceBase<CInterface> {
public:
  using ActCInterfaceBase::ActCInterfaceBase;

  void runOnOperation() override {
    FailureOr<func::FuncOp> function = act::findEntry(getOperation(), entry);
    if (failed(function))
      return signalPassFailure();
    FailureOr<CSignature> signature = act::getCSignature(*function);
    if (failed(signature) || failed(isolate(*function)))
      return signalPassFailure();
    func::FuncOp shape;
    if (signature->numResultDims() != 0) {
      if (failed(freeName(signature->resultDimsName())))
        return signalPassFailure();
      shape = createShapeFunction(*function, *signature);
      if (failed(simplifyShapeFunction(shape)))
        return signalPassFailure();
    }
    takePointers(*function, *signature, shape);
    if (shape)
      storeDims(shape);
  }

private:
  /// Drops what the entry does not call, and checks what is left; nobody may
  /// call the entry, since its signature changes.
  LogicalResult isolate(func::FuncOp entry) {
    for (auto other : getOperation().getOps<func::FuncOp>())
      if (other != entry)
        other.setPrivate();
    OpPassManager sweep(ModuleOp::getOperationName());
    sweep.addPass(createSymbolDCEPass());
    if (failed(runPipeline(sweep, getOperation())))
      return failure();
    for (auto other : getOperation().getOps<func::FuncOp>())
      if (other.isDeclaration() && failed(checkExternal(other)))
        return failure();
    if (!SymbolTable::symbolKnownUseEmpty(entry, getOperation()))
      return entry.emitError("expected an entry function that nothing calls, "
                             "got a call of '")
             << entry.getName() << "'";
    return success();
  }

  /// Renames the private function that has `name`, which is to be exported.
  LogicalResult freeName(StringRef name) {
    SymbolTable symbols(getOperation());
    Operation *other = symbols.lookup(name);
    if (!other)
      return success();
    // A declaration's name is known outside.
    auto function = dyn_cast<FunctionOpInterface>(other);
    if (function && !function.isExternal())
      return success(succeeded(symbols.renameToUnique(other, {})));
    return other->emitError("expected a name other than '")
           << name << "', which the function of the result dimensions has";
  }

  /// A copy of `entry` from the inputs' dynamic dimensions to the results'.
  func::FuncOp createShapeFunction(func::FuncOp entry,
                                   const CSignature &signature);
  LogicalResult simplifyShapeFunction(func::FuncOp shape);
  void takePointers(func::FuncOp entry, const CSignature &signature,
                    func::FuncOp shape);
  /// Makes `shape` store its results through a pointer.
  void storeDims(func::FuncOp shape);
};

func::FuncOp CInterface::createShapeFunction(func::FuncOp entry,
                                             const CSignature &signature) {
  func::FuncOp shape = entry.clone();
  shape.setName(signature.resultDimsName());
  SymbolTable(getOperation()).insert(shape, std::next(entry->getIterator()));
  Location loc = shape.getLoc();
  Block &block = shape.getBody().front();
  OpBuilder builder = OpBuilder::atBlockBegin(&block);
  unsigned numInputs = block.getNumArguments();
  SmallVector<Type> dimTypes(signature.numInputDims(), builder.getI64Type());
  SmallVector<Value> inputDims = llvm::to_vector_of<Value>(block.addArguments(
      dimTypes, SmallVector<Location>(dimTypes.size(), loc)));
  ValueRange dims = inputDims;
  for (auto [argument, input] : llvm::zip_first(
           block.getArguments().take_front(numInputs), signature.inputs)) {
    SmallVector<Value> sizes;
    for (Value dim : take(dims, input.numDynamicDims()))
      sizes.push_back(toIndex(builder, loc, dim));
    // Values that nobody may read: simplifyShapeFunction refuses what is left
    // of them, and of memory.
    Value unread = tensor::EmptyOp::create(
        builder, loc, RankedTensorType::get(input.shape, input.element), sizes);
    if (!isa<RankedTensorType>(argument.getType()))
      unread = tensor::ExtractOp::create(builder, loc, unread, ValueRange());
    argument.replaceAllUsesWith(unread);
  }
  block.eraseArguments(0, numInputs);
  unsigned numResultDims = signature.numResultDims();
  shape.walk([&](func::ReturnOp exit) {
    builder.setInsertionPoint(exit);
    SmallVector<Value> resultDims;
    for (auto [result, array] :
         llvm::zip_equal(exit.getOperands(), signature.results))
      if (array.numDynamicDims() != 0)
        for (Value dim : dynamicDims(builder, loc, result))
          resultDims.push_back(arith::IndexCastOp::create(
              builder, loc, builder.getI64Type(), dim));
    exit.getOperandsMutable().assign(resultDims);
  });
  SmallVector<Type> resultTypes(numResultDims, builder.getI64Type());
  shape.removeArgAttrsAttr();
  shape.removeResAttrsAttr();
  shape.setType(builder.getFunctionType(dimTypes, resultTypes));
  return shape;
}

LogicalResult CInterface::simplifyShapeFunction(func::FuncOp shape) {
  shape.walk([](scf::ForOp loop) { carryDims(loop); });
  OpPassManager simplify(func::FuncOp::getOperationName());
  simplify.addPass(memref::createResolveRankedShapeTypeResultDimsPass());
  simplify.addPass(createCanonicalizerPass());
  simplify.addPass(createCSEPass());
  if (failed(runPipeline(simplify, shape)))
    return failure();
  if (!shape.getBody().hasOneBlock())
    return shape.emitError("expected an entry function of one block, since its "
                           "results have dynamic dimensions, got branches");
  eraseUnused(shape.getBody().front());
  Operation *unresolved = nullptr;
  shape.walk([&](Operation *op) {
    if (llvm::any_of(op->getResultTypes(), llvm::IsaPred<ShapedType>))
      unresolved = op;
  });
  if (!unresolved)
    return success();
  InFlightDiagnostic error = shape.emitError(
      "expected result dimensions that follow from those of the "
      "inputs, got one that needs computed values; give the "
      "result a static dimension");
  error.attachNote(unresolved->getLoc())
      << "the dimension is computed from this " << unresolved->getName();
  return error;
}

void CInterface::takePointers(func::FuncOp entry, const CSignature &signature,
                              func::FuncOp shape) {
  Location loc = entry.getLoc();
  Block &block = entry.getBody().front();
  OpBuilder builder = OpBuilder::atBlockBegin(&block);
  LLVMTypeConverter converter(&getContext());
  auto pointer = LLVM::LLVMPointerType::get(&getContext());
  unsigned numOld = block.getNumArguments();
  SmallVector<Type> types(signature.inputs.size(), pointer);
  types.append(signature.numInputDims(), builder.getI64Type());
  types.append(signature.results.size(), pointer);
  SmallVector<Value> arguments = llvm::to_vector_of<Value>(
      block.addArguments(types, SmallVector<Location>(types.size(), loc)));
  ValueRange rest = arguments;
  ValueRange inputs = take(rest, signature.inputs.size());
  ValueRange inputDims = take(rest, signature.numInputDims());
  ValueRange results = rest;

  SmallVector<Value> resultDims;
  if (shape) {
    IRMapping mapping;
    mapping.map(shape.getArguments(), inputDims);
    for (Operation &op : shape.getBody().front().without_terminator())
      builder.clone(op, mapping);
    for (Value dim : shape.getBody().front().getTerminator()->getOperands())
      resultDims.push_back(mapping.lookup(dim));
  }
  for (auto [old, array, input] :
       llvm::zip(block.getArguments(), signature.inputs, inputs)) {
    ValueRange dims = take(inputDims, array.numDynamicDims());
    Value value;
    if (isa<RankedTensorType>(old.getType())) {
      Value memory = buildMemRef(builder, loc, converter, array, input, dims);
      value = bufferization::ToTensorOp::create(builder, loc, old.getType(),
                                                memory, /*restrict=*/true);
    } else {
      value = LLVM::LoadOp::create(builder, loc, array.element, input);
    }
    old.replaceAllUsesWith(value);
  }
  SmallVector<Value> memory;
  ValueRange dims = resultDims;
  for (auto [array, result] : llvm::zip_equal(signature.results, results))
    memory.push_back(buildMemRef(builder, loc, converter, array, result,
                                 take(dims, array.numDynamicDims())));
  entry.walk([&](func::ReturnOp exit) {
    builder.setInsertionPoint(exit);
    for (auto [value, target] : llvm::zip_equal(exit.getOperands(), memory))
      if (isa<RankedTensorType>(value.getType()))
        bufferization::MaterializeInDestinationOp::create(
            builder, loc, /*result=*/Type(), value, target, /*restrict=*/true,
            /*writable=*/true);
      else
        memref::StoreOp::create(builder, loc, value, target);
    exit.getOperandsMutable().clear();
  });
  block.eraseArguments(0, numOld);
  entry.removeArgAttrsAttr();
  entry.removeResAttrsAttr();
  entry.setType(builder.getFunctionType(types, {}));
  for (auto [index, type] : llvm::enumerate(types))
    if (type == pointer)
      entry.setArgAttr(index, LLVM::LLVMDialect::getNoAliasAttrName(),
                       builder.getUnitAttr());
}

void CInterface::storeDims(func::FuncOp shape) {
  Location loc = shape.getLoc();
  Block &block = shape.getBody().front();
  auto pointer = LLVM::LLVMPointerType::get(&getContext());
  Value target = block.addArgument(pointer, loc);
  auto exit = cast<func::ReturnOp>(block.getTerminator());
  OpBuilder builder(exit);
  for (auto [index, dim] : llvm::enumerate(exit.getOperands())) {
    Value address =
        LLVM::GEPOp::create(builder, loc, pointer, dim.getType(), target,
                            ArrayRef<LLVM::GEPArg>{int32_t(index)});
    LLVM::StoreOp::create(builder, loc, dim, address);
  }
  exit.getOperandsMutable().clear();
  shape.setType(builder.getFunctionType(block.getArgumentTypes(), {}));
}

} // namespace
