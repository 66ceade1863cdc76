//===- GuardedForm.h - A form and what serves where it is not --*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_GUARDEDFORM_H
#define ACT_LIB_TRANSFORMS_GUARDEDFORM_H

#include "act/Approx/Synthesis.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"
#include <map>

namespace act {

/// One factor of a product as it is computed in f64: a form valid everywhere of
/// one of the variables, or the variable itself.
struct WideFactor {
  unsigned variable;
  std::optional<SynthesizedForm> form;
};

/// The product of `factors` over `variables` of f32, rounded once.
mlir::Value emitWideProduct(mlir::OpBuilder &builder, mlir::Location loc,
                            llvm::ArrayRef<WideFactor> factors,
                            mlir::ValueRange variables);

/// What is computed where a form is not valid.
struct Remainder {
  Expression formula;
  /// Whose product it is; empty for the reference lowering.
  std::vector<WideFactor> factors;
};

/// The functions of a symbol table, such as a module, that are called for lanes
/// outside of a form's range, one for each remainder and type.
class RareFunctions {
public:
  explicit RareFunctions(mlir::Operation *table)
      : table(table), symbols(table) {}

  /// A private function from values of `type`, one per variable, to one.
  mlir::func::FuncOp get(const Remainder &remainder, mlir::Type type,
                         unsigned variables);

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

  /// Whether `form` is valid on a part of the line only.
  static bool isRestricted(const SynthesizedForm &form);

  /// From here on only arguments in the valid range of `form` count as inside.
  void restrict(const SynthesizedForm &form, mlir::Value x);

  /// From here on only |x| <= reach counts as inside.
  void restrictMagnitude(mlir::Value x, float reach);

  /// `hot` where all arguments lie inside, the remainder elsewhere.
  mlir::Value finish(mlir::Value hot, const Remainder &remainder,
                     mlir::ValueRange variables);

private:
  /// Outside means that `key`, compared as unsigned, exceeds `limit`.
  struct Guard {
    mlir::Value key; ///< i32 or a vector of it
    uint32_t limit;
  };

  mlir::Value isOutside(const Guard &guard, mlir::Value key);
  mlir::Value isAnyOutside(const Guard &guard);
  mlir::Value orReduction(mlir::Value lanes);
  mlir::Value slice(mlir::Value vector, int64_t offset, int64_t length);
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
