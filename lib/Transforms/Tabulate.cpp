//===- Tabulate.cpp - Activations on 8-bit floats as tables ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How is a function of 256 arguments computed? It is looked up: each value is
// rounded correctly by the compiler.
//
//===----------------------------------------------------------------------===//

#include "act/IR/Act.h"
#include "act/IR/FloatFormat.h"
#include "act/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/SymbolTable.h"

namespace act {
#define GEN_PASS_DEF_ACTTABULATE
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace {

constexpr unsigned kEntries = 256;

/// The bits of the function's value, in the order of the bits of the argument.
using Table = std::vector<uint8_t>;

Table tabulate(act::Expression formula, FloatType type) {
  const llvm::fltSemantics &semantics = type.getFloatSemantics();
  Table table;
  for (unsigned bits = 0; bits < kEntries; ++bits) {
    APFloat value =
        act::roundedValue(formula, APFloat(semantics, APInt(8, bits)), type);
    table.push_back(value.bitcastToAPInt().getZExtValue());
  }
  return table;
}

/// The tables of a pass: each is computed once, and lies in memory once for
/// each symbol table that reads it.
class Tables {
public:
  const Table &get(act::Expression formula, FloatType type) {
    for (Entry &entry : entries)
      if (entry.formula == formula && entry.type == type)
        return entry.table;
    entries.push_back({formula, type, tabulate(formula, type)});
    return entries.back().table;
  }

  /// A constant that `user` reads, with the bytes of `table`.
  memref::GlobalOp constant(const Table &table, Operation *user) {
    Operation *scope = SymbolTable::getNearestSymbolTable(user);
    memref::GlobalOp &global = globals[{scope, table}];
    if (global)
      return global;
    OpBuilder builder = OpBuilder::atBlockBegin(&scope->getRegion(0).front());
    Type byte = builder.getI8Type();
    auto initial = DenseElementsAttr::get(
        RankedTensorType::get({kEntries}, byte), ArrayRef(table));
    global = memref::GlobalOp::create(
        builder, scope->getLoc(), "act_table", builder.getStringAttr("private"),
        MemRefType::get({kEntries}, byte), initial, /*constant=*/true,
        /*alignment=*/IntegerAttr());
    symbols.getSymbolTable(scope).insert(global);
    return global;
  }

private:
  struct Entry {
    act::Expression formula;
    FloatType type;
    Table table;
  };

  SymbolTableCollection symbols;
  std::vector<Entry> entries;
  std::map<std::pair<Operation *, Table>, memref::GlobalOp> globals;
};

/// Looks bytes up in registers. Every permute reads a part of the table; which
/// part counts is told by the bits of the index above those that it reads.
class RegisterLookup {
public:
  RegisterLookup(ImplicitLocOpBuilder &builder, unsigned registerBytes,
                 unsigned partSize)
      : builder(builder), partSize(partSize),
        type(VectorType::get({registerBytes}, builder.getI8Type())) {}

  /// table[index] for the bytes of one register.
  Value lookup(ArrayRef<uint8_t> table, Value index) {
    Value within = index;
    // vpshufb gives 0 where the highest bit is set; vpermi2b ignores it.
    if (partSize == kShuffleSize)
      within = arith::AndIOp::create(builder, index, splat(kShuffleSize - 1));
    return lookup(table, index, within);
  }

  static constexpr unsigned kShuffleSize = 16;

private:
  Value lookup(ArrayRef<uint8_t> table, Value index, Value within) {
    if (table.size() == partSize)
      return permute(table, within);
    size_t half = table.size() / 2;
    Value low = lookup(table.take_front(half), index, within);
    Value high = lookup(table.drop_front(half), index, within);
    Value bit = arith::AndIOp::create(builder, index, splat(half));
    Value inHigh =
        arith::CmpIOp::create(builder, arith::CmpIPredicate::ne, bit, splat(0));
    return arith::SelectOp::create(builder, inHigh, high, low);
  }

  Value permute(ArrayRef<uint8_t> part, Value index) {
    size_t registerBytes = type.getNumElements();
    if (partSize == 2 * registerBytes)
      return call("llvm.x86.avx512.vpermi2var.qi.512",
                  {constant(part.take_front(registerBytes)), index,
                   constant(part.drop_front(registerBytes))});
    // Each 16 bytes of the register are permuted by themselves.
    SmallVector<uint8_t> repeated;
    while (repeated.size() < registerBytes)
      llvm::append_range(repeated, part);
    return call(registerBytes == 64 ? "llvm.x86.avx512.pshuf.b.512"
                                    : "llvm.x86.avx2.pshuf.b",
                {constant(repeated), index});
  }

  Value call(StringRef intrinsic, ValueRange operands) {
    return LLVM::CallIntrinsicOp::create(
               builder, type, builder.getStringAttr(intrinsic), operands)
        .getResult(0);
  }
  Value constant(ArrayRef<uint8_t> bytes) {
    return arith::ConstantOp::create(builder,
                                     DenseElementsAttr::get(type, bytes));
  }
  Value splat(uint8_t byte) {
    return arith::ConstantOp::create(builder,
                                     DenseElementsAttr::get(type, byte));
  }

  ImplicitLocOpBuilder &builder;
  unsigned partSize;
  VectorType type;
};

/// table[index], loaded from memory; `index` is an i8 or a vector of them.
Value loadEach(ImplicitLocOpBuilder &builder, memref::GlobalOp table,
               Value index) {
  Value base =
      memref::GetGlobalOp::create(builder, table.getType(), table.getSymName());
  auto type = dyn_cast<VectorType>(index.getType());
  if (!type) {
    Value place =
        arith::IndexCastUIOp::create(builder, builder.getIndexType(), index);
    return memref::LoadOp::create(builder, base, place);
  }
  Value places =
      arith::ExtUIOp::create(builder, type.clone(builder.getI32Type()), index);
  auto mask = type.clone(builder.getI1Type());
  Value all = arith::ConstantOp::create(
      builder, DenseElementsAttr::get(cast<ShapedType>(Type(mask)), true));
  Value none =
      arith::ConstantOp::create(builder, builder.getZeroAttr(Type(type)));
  Value start = arith::ConstantIndexOp::create(builder, 0);
  return vector::GatherOp::create(builder, type, base, ValueRange{start},
                                  places, all, none);
}

class Tabulate : public act::impl::ActTabulateBase<Tabulate> {
public:
  using ActTabulateBase::ActTabulateBase;

  void runOnOperation() override {
    bool fits = byteTable == 0 ||
                (byteTable == RegisterLookup::kShuffleSize &&
                 (vectorBits == 256 || vectorBits == 512)) ||
                (byteTable == 128 && vectorBits == 512);
    if (!fits) {
      emitError(getOperation().getLoc(),
                "expected byte-table of 0, of 16 with "
                "vector-bits of 256 or 512, or of 128 with 512, "
                "got ")
          << byteTable.getValue() << " with " << vectorBits.getValue();
      return signalPassFailure();
    }
    SmallVector<act::ActivationOpInterface> found;
    getOperation().walk([&](act::ActivationOpInterface op) {
      Type type = op->getResult(0).getType();
      if (act::isFloat8(type) && isa<FloatType, VectorType>(type))
        found.push_back(op);
    });
    Tables tables;
    for (act::ActivationOpInterface op : found)
      replace(op, tables);
    if (failed(refuseArithmetic()))
      signalPassFailure();
  }

private:
  /// No target computes on 8-bit floats; select only moves them.
  LogicalResult refuseArithmetic() {
    WalkResult result = getOperation().walk([](Operation *op) {
      Type type = op->getNumOperands() ? op->getOperand(0).getType() : Type();
      bool touches = (type && act::isFloat8(type)) ||
                     llvm::any_of(op->getResultTypes(), act::isFloat8);
      if (!isa<act::ScalarFunctionOpInterface>(op) || !touches ||
          isa<arith::SelectOp>(op) ||
          llvm::any_of(op->getResultTypes(), llvm::IsaPred<TensorType>))
        return WalkResult::advance();
      op->emitError("expected activations of one variable as all that computes "
                    "on 8-bit floats, got '")
          << op->getName() << "'; compute in f16 or wider";
      return WalkResult::interrupt();
    });
    return failure(result.wasInterrupted());
  }

  void replace(act::ActivationOpInterface op, Tables &tables) {
    Type type = op->getResult(0).getType();
    auto element = cast<FloatType>(getElementTypeOrSelf(type));
    const Table &table = tables.get(op.getExpression(), element);
    ImplicitLocOpBuilder builder(op.getLoc(), op);
    auto constant = [&] { return tables.constant(table, op); };
    Value result = lookup(builder, constant, table, op->getOperand(0));
    op->getResult(0).replaceAllUsesWith(result);
    op->erase();
  }

  /// The values of `table` at `x`; `constant` gives it as one of the module.
  Value lookup(ImplicitLocOpBuilder &builder,
               function_ref<memref::GlobalOp()> constant, const Table &table,
               Value x) {
    Type byte = builder.getI8Type();
    auto type = dyn_cast<VectorType>(x.getType());
    if (!type) {
      Value index = arith::BitcastOp::create(builder, byte, x);
      Value bits = loadEach(builder, constant(), index);
      return arith::BitcastOp::create(builder, x.getType(), bits);
    }
    // A gather takes no vector of rank 0.
    if (type.getRank() == 0) {
      auto row = VectorType::get({1}, type.getElementType());
      Value one = vector::ShapeCastOp::create(builder, row, x);
      return vector::ShapeCastOp::create(builder, type,
                                         lookup(builder, constant, table, one));
    }
    Value index = arith::BitcastOp::create(builder, type.clone(byte), x);
    unsigned registerBytes = vectorBits / 8;
    Value bits = byteTable == 0 || type.isScalable() || type.getRank() != 1 ||
                         type.getNumElements() % registerBytes != 0
                     ? loadEach(builder, constant(), index)
                     : lookupInRegisters(builder, table, index);
    return arith::BitcastOp::create(builder, type, bits);
  }

  Value lookupInRegisters(ImplicitLocOpBuilder &builder, const Table &table,
                          Value index) {
    auto type = cast<VectorType>(index.getType());
    int64_t registerBytes = vectorBits / 8;
    RegisterLookup registers(builder, registerBytes, byteTable);
    if (type.getNumElements() == registerBytes)
      return registers.lookup(table, index);
    Value result =
        arith::ConstantOp::create(builder, builder.getZeroAttr(Type(type)));
    for (int64_t i = 0; i < type.getNumElements(); i += registerBytes) {
      Value share = vector::ExtractStridedSliceOp::create(builder, index, i,
                                                          registerBytes, 1);
      result = vector::InsertStridedSliceOp::create(
          builder, registers.lookup(table, share), result, i, 1);
    }
    return result;
  }
};

} // namespace
