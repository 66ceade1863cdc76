//===- GuardedForm.h - A form and what serves where it is not --*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_GUARDEDFORM_H
#define ACT_LIB_TRANSFORMS_GUARDEDFORM_H

#include "ProductRange.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"
#include <map>

namespace act {

/// The product of `factors` over `variables` of f32, or vectors of it, rounded
/// once or, unless `inDouble`, after each step. A product of exact factors that
/// is kept goes to `keptProduct` as well.
mlir::Value emitProduct(mlir::OpBuilder &builder, mlir::Location loc,
                        llvm::ArrayRef<Factor> factors,
                        mlir::ValueRange variables, bool inDouble,
                        mlir::Value *keptProduct = nullptr);

/// What is computed where a form is not valid.
struct Remainder {
  Expression formula;
  /// Whose product in f64 it is for arguments in `ranges`. Beyond, or without
  /// any, the reference lowering serves.
  std::vector<Factor> factors;
  std::vector<ArgumentRange> ranges; ///< one per variable
};

/// Of `formula`, which is the product of `factors`: forms that serve farther
/// out where all factors have one, and the rest.
Remainder remainderOf(Expression formula, std::vector<Factor> factors,
                      unsigned variables);

/// The functions of a symbol table, such as a module, that are called for lanes
/// outside of a form's range, one for each remainder and type.
class RareFunctions {
public:
  explicit RareFunctions(mlir::Operation *table)
      : table(table), symbols(table) {}

  /// A private function from values of `type`, one per variable, to one.
  mlir::func::FuncOp get(const Remainder &remainder, mlir::Type type,
                         unsigned variables, const Isa &isa);

private:
  mlir::Operation *table;
  mlir::SymbolTable symbols;
  std::map<std::pair<std::string, const void *>, mlir::func::FuncOp> known;
};

/// Code for a formula by forms that are valid on part of the line: lanes with
/// an argument outside take the exact function.
class GuardedForm {
public:
  GuardedForm(mlir::OpBuilder &builder, mlir::Location loc, const Isa &isa,
              RareFunctions &rareFunctions)
      : builder(builder), loc(loc), isa(isa), rareFunctions(rareFunctions) {}

  /// From here on only arguments `x` in `range` count as inside: NaN with them
  /// where `hot` gives NaN for it.
  void restrict(const ArgumentRange &range, mlir::Value x);

  /// `hot` where all arguments lie inside, the remainder elsewhere.
  mlir::Value finish(mlir::Value hot, const Remainder &remainder,
                     mlir::ValueRange variables);

private:
  /// Outside means that `key`, compared as unsigned, exceeds `limit`.
  struct Guard {
    mlir::Value key; ///< i32 or a vector of it
    uint32_t limit;
  };

  int64_t lanesOf(mlir::VectorType type) const;
  mlir::Value isOutside(const Guard &guard, mlir::Value key);
  mlir::Value isAnyOutside(const Guard &guard);
  mlir::Value slice(mlir::Value vector, int64_t offset, int64_t length);
  mlir::Value replaceTogether(mlir::Value hot, const Remainder &remainder,
                              mlir::ValueRange variables);
  mlir::Value replaceByRegisters(mlir::Value hot, const Remainder &remainder,
                                 mlir::ValueRange variables);
  mlir::Value replaceOutside(mlir::Value hot, const Remainder &remainder,
                             mlir::ValueRange variables);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  const Isa &isa;
  RareFunctions &rareFunctions;
  llvm::SmallVector<Guard, 2> guards;
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_GUARDEDFORM_H
