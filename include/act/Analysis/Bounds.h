//===- Bounds.h - What is known of a value's elements ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In which interval does each element of a value lie, whatever the input from
// the domain? Arrays are immutable and shared: copies and joins are cheap.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_BOUNDS_H
#define ACT_ANALYSIS_BOUNDS_H

#include "act/Formula/ExactValue.h"
#include "act/Formula/Interval.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include <memory>

namespace act {

/// Which program bounds are about.
enum class Semantics {
  Real, ///< the formula over the reals
  /// The program as executed in its types, with any order of summation, with
  /// or without fused multiply-add; subnormals are kept.
  Ieee
};

/// What is known of one element.
struct Element {
  Interval range;
  /// Computed from a parameter that is NaN or infinite, so that it may be NaN
  /// for every input. The range is then the whole line.
  bool poisoned = false;
  /// Whether it may be NaN for some input, which lies in no range: infinities
  /// may have met, or an op was not defined at its operands. A function
  /// argument of unknown domain is any number, infinities included, and not
  /// NaN.
  bool mayBeNaN = false;

  static Element poison() { return {Interval(), true, true}; }
  /// Nothing is known.
  static Element unknown() { return {Interval(), false, true}; }
  bool isNumber() const { return range.isPoint() && !poisoned && !mayBeNaN; }
  bool operator==(const Element &other) const {
    return range == other.range && poisoned == other.poisoned &&
           mayBeNaN == other.mayBeNaN;
  }
};
Element hull(const Element &, const Element &);

/// The number of elements that the bounds of a value of `type` tell apart:
/// its elements in row-major order, a dimension of unknown size counting as 1
/// because what is known there holds for all of its indices. 1 for scalars. At
/// most kMaxBoundsSize + 1, however many there are.
int64_t boundsSize(mlir::Type type);
/// Values with more entries are not bounded element by element: 64 Mi.
inline constexpr int64_t kMaxBoundsSize = int64_t(1) << 26;
/// The sizes behind boundsSize(); unknown sizes are 1.
llvm::SmallVector<int64_t> boundsShape(mlir::Type type);

struct ConstantNumbers;

class Bounds {
public:
  /// Nothing yet: no execution is known to reach the value.
  Bounds() = default;
  /// The same for all elements.
  static Bounds splat(Element element);
  /// Nothing is known.
  static Bounds top() { return splat(Element::unknown()); }
  /// One entry per element, see boundsSize().
  static Bounds elements(std::vector<Element> elements);
  /// The elements of a constant of f16, bf16, f32 or f64, read in place:
  /// `data` belongs to the context and outlives the bounds. One number stands
  /// for all elements.
  static Bounds constant(llvm::ArrayRef<char> data, Format format);
  /// The elements of a constant attribute: floats, integers, or arrays of
  /// them; top for others.
  static Bounds constant(mlir::Attribute attribute);

  bool isBottom() const { return !storage; }
  bool isSplat() const;
  /// The number of entries; 1 for a splat.
  size_t size() const;
  /// What is known of element `index`, any index for a splat.
  Element operator[](size_t index) const;
  /// The number that every element is, if there is one.
  std::optional<double> asNumber() const;
  /// Whether every element is one number, be it infinite or NaN.
  bool areNumbers() const;
  /// Every `stride`-th of these from `first` on, `count` in all.
  void readNumbers(size_t first, int64_t stride, size_t count,
                   double *result) const;
  /// The numbers of a constant that is read in place and no splat; else null.
  const ConstantNumbers *inPlace() const;
  /// Whether some element may be NaN.
  bool mayBeNaN() const;
  /// What holds for every element.
  Element hull() const;

  static Bounds join(const Bounds &, const Bounds &);
  bool operator==(const Bounds &other) const;
  void print(llvm::raw_ostream &os) const;

private:
  struct Storage;
  explicit Bounds(std::shared_ptr<const Storage> storage)
      : storage(std::move(storage)) {}
  std::shared_ptr<const Storage> storage;
};

} // namespace act

#endif // ACT_ANALYSIS_BOUNDS_H
