//===- Bounds.cpp - What is known of a value's elements -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/Bounds.h"
#include "ConstantNumbers.h"
#include "act/IR/FloatFormat.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>

using namespace mlir;

namespace act {

Element hull(const Element &a, const Element &b) {
  return {hull(a.range, b.range), a.poisoned || b.poisoned,
          a.mayBeNaN || b.mayBeNaN};
}

SmallVector<int64_t> boundsShape(Type type) {
  SmallVector<int64_t> shape;
  if (auto shaped = dyn_cast<ShapedType>(type); shaped && shaped.hasRank())
    for (int64_t size : shaped.getShape())
      shape.push_back(ShapedType::isDynamic(size) ? 1 : size);
  return shape;
}

int64_t boundsSize(Type type) {
  SmallVector<int64_t> shape = boundsShape(type);
  if (llvm::is_contained(shape, 0))
    return 0;
  int64_t size = 1;
  for (int64_t dim : shape) {
    if (dim > kMaxBoundsSize / size)
      return kMaxBoundsSize + 1;
    size *= dim;
  }
  return size;
}

//===----------------------------------------------------------------------===//
// Storage
//===----------------------------------------------------------------------===//

/// Either entries of our own or the numbers of a constant.
struct Bounds::Storage {
  bool splat = false;
  std::vector<Element> elements;
  ConstantNumbers numbers;
};

static Element elementOf(double number) {
  return std::isnan(number) ? Element::poison() : Element{Interval(number)};
}

Bounds Bounds::splat(Element element) {
  auto storage = std::make_shared<Storage>();
  storage->splat = true;
  storage->elements = {element};
  return Bounds(std::move(storage));
}

Bounds Bounds::elements(std::vector<Element> elements) {
  auto storage = std::make_shared<Storage>();
  storage->elements = std::move(elements);
  return Bounds(std::move(storage));
}

Bounds Bounds::constant(ArrayRef<char> data, Format format) {
  ConstantNumbers numbers{data, format};
  if (data.size() == numbers.bytesEach())
    return splat(elementOf(numbers[0]));
  auto storage = std::make_shared<Storage>();
  storage->numbers = numbers;
  return Bounds(std::move(storage));
}

static Bounds integers(DenseIntElementsAttr attribute) {
  bool isTruth = attribute.getElementType().isInteger(1);
  auto number = [&](const APInt &value) {
    return Element{Interval(isTruth ? value.roundToDouble()
                                    : value.signedRoundToDouble())};
  };
  // A double holds every integer of up to 53 bits.
  auto type = dyn_cast<IntegerType>(attribute.getElementType());
  if (!type || type.getWidth() > 53)
    return Bounds::top();
  if (attribute.isSplat())
    return Bounds::splat(number(attribute.getSplatValue<APInt>()));
  std::vector<Element> elements;
  elements.reserve(attribute.getNumElements());
  for (const APInt &value : attribute.getValues<APInt>())
    elements.push_back(number(value));
  return Bounds::elements(std::move(elements));
}

Bounds Bounds::constant(Attribute attribute) {
  if (auto number = dyn_cast<FloatAttr>(attribute))
    return formatOf(number.getType())
               ? splat(elementOf(toDouble(number.getValue())))
               : top();
  auto elements = dyn_cast<ElementsAttr>(attribute);
  if (!elements)
    return top();
  if (auto dense = dyn_cast<DenseIntElementsAttr>(attribute))
    return integers(dense);
  std::optional<Format> format = formatOf(elements.getElementType());
  if (!format)
    return top();
  if (auto dense = dyn_cast<DenseElementsAttr>(attribute))
    return constant(dense.getRawData(), *format);
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(attribute))
    if (AsmResourceBlob *blob = resource.getRawHandle().getBlob())
      if (blob->getData().size() ==
          resource.size() * ConstantNumbers{{}, *format}.bytesEach())
        return constant(blob->getData(), *format);
  return top();
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

bool Bounds::isSplat() const { return storage && storage->splat; }

size_t Bounds::size() const {
  return storage->numbers.data.empty() ? storage->elements.size()
                                       : storage->numbers.size();
}

Element Bounds::operator[](size_t index) const {
  if (storage->splat)
    return storage->elements.front();
  if (storage->numbers.data.empty())
    return storage->elements[index];
  return elementOf(storage->numbers[index]);
}

bool Bounds::areNumbers() const {
  return storage && llvm::all_of(storage->elements, [](const Element &element) {
           return element.poisoned || element.isNumber();
         });
}

void Bounds::readNumbers(size_t first, int64_t stride, size_t count,
                         double *result) const {
  if (!storage->numbers.data.empty())
    return storage->numbers.read(first, stride, count, result);
  for (size_t i = 0; i < count; ++i) {
    Element element = (*this)[first + int64_t(i) * stride];
    result[i] = element.poisoned ? NAN : element.range.lo;
  }
}

const ConstantNumbers *Bounds::inPlace() const {
  return storage->numbers.data.empty() ? nullptr : &storage->numbers;
}

std::optional<double> Bounds::asNumber() const {
  if (!isSplat())
    return std::nullopt;
  const Element &element = storage->elements.front();
  return element.isNumber() ? std::optional(element.range.lo) : std::nullopt;
}

bool Bounds::mayBeNaN() const {
  return storage && llvm::any_of(storage->elements, [](const Element &element) {
           return element.mayBeNaN;
         });
}

Element Bounds::hull() const {
  if (size() == 0)
    return Element();
  Element all = (*this)[0];
  for (size_t i = 1, e = size(); i < e; ++i)
    all = act::hull(all, (*this)[i]);
  return all;
}

bool Bounds::operator==(const Bounds &other) const {
  if (storage == other.storage)
    return true;
  if (isBottom() || other.isBottom() || isSplat() != other.isSplat() ||
      size() != other.size())
    return false;
  for (size_t i = 0, e = size(); i < e; ++i)
    if (!((*this)[i] == other[i]))
      return false;
  return true;
}

Bounds Bounds::join(const Bounds &a, const Bounds &b) {
  if (a.isBottom() || a == b)
    return b;
  if (b.isBottom())
    return a;
  if (a.isSplat() && b.isSplat())
    return splat(act::hull(a[0], b[0]));
  const Bounds &longer = a.isSplat() ? b : a;
  std::vector<Element> elements;
  elements.reserve(longer.size());
  for (size_t i = 0, e = longer.size(); i < e; ++i)
    elements.push_back(act::hull(a[i], b[i]));
  return Bounds::elements(std::move(elements));
}

void Bounds::print(raw_ostream &os) const {
  if (isBottom()) {
    os << "unreached";
    return;
  }
  Element all = size() ? hull() : Element();
  os << (isSplat() ? "all in [" : "within [") << all.range.lo << ", "
     << all.range.hi << "]"
     << (all.poisoned   ? ", poisoned"
         : all.mayBeNaN ? ", may be NaN"
                        : "");
}

} // namespace act
