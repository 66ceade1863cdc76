//===- RowReader.h - Reads ops that reduce rows ----------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a tensor holds at one index, as a formula over the element of x there
// and the reductions of the row that it lies in.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_RAISETOACT_ROWREADER_H
#define ACT_LIB_CONVERSION_RAISETOACT_ROWREADER_H

#include "act/Formula/Expression.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/AffineMap.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>
#include <string>

namespace act {

enum class ReductionKind { Maximum, Sum };

/// The maximum or sum over a row of a formula of each element.
struct RowReduction {
  ReductionKind kind;
  Expression element; ///< over x and the reductions before this one
};

/// Reads values as formulas: variable 0 is x, variable i > 0 is reduction
/// i - 1 of the row.
class RowReader {
public:
  explicit RowReader(mlir::Value x);

  /// The formula of `value`, which has the shape of x.
  std::optional<Expression> read(mlir::Value value);

  llvm::ArrayRef<RowReduction> reductions() const { return found; }
  /// The axis along which all reductions run.
  std::optional<unsigned> axis() const { return rowAxis; }
  /// Why the last read failed, if it failed at a reduction, and that op.
  llvm::StringRef reason() const { return whyNot; }
  mlir::Operation *failedOp() const { return failed; }

private:
  using Formula = std::optional<Expression>;

  /// `map` takes an index of x to the index of `value` that is read.
  Formula read(mlir::Value value, mlir::AffineMap map);
  Formula readUncached(mlir::Value value, mlir::AffineMap map);
  Formula readOp(mlir::Operation *op, mlir::AffineMap map);
  Formula readElementwise(mlir::Operation *op, mlir::AffineMap map);
  Formula readStructured(mlir::linalg::LinalgOp op, mlir::AffineMap map);
  Formula readReshape(mlir::Value source, mlir::Value result,
                      mlir::AffineMap map);
  Formula readReduction(mlir::Value input, int64_t dim, ReductionKind kind,
                        mlir::AffineMap map);
  Formula readBody(mlir::linalg::LinalgOp op,
                   llvm::ArrayRef<mlir::AffineExpr> loops, Formula accumulator);
  Formula addReduction(ReductionKind kind, Expression element);
  std::optional<unsigned> reducedAxis(mlir::AffineMap map);
  bool isIdentity(mlir::AffineMap map) const;

  mlir::Value x;
  mlir::Block *block = nullptr; ///< of the value read; nothing outside is read
  llvm::SmallVector<RowReduction> found;
  std::optional<unsigned> rowAxis;
  std::string whyNot;
  mlir::Operation *failed = nullptr;
  llvm::DenseMap<std::pair<mlir::Value, mlir::AffineMap>, Formula> memo;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_RAISETOACT_ROWREADER_H
