//===- Bounds.cpp - What is known of a value's elements -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/Bounds.h"
#include "act/IR/FloatFormat.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>
#include <cstring>

using namespace mlir;

namespace act {

Element hull(const Element &a, const Element &b) {
  return {hull(a.range, b.range), a.poisoned || b.poisoned};
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

/// Either entries of our own or numbers of a constant, in its own format.
struct Bounds::Storage {
  bool splat = false;
  std::vector<Element> elements;
  ArrayRef<char> numbers;
  Format format = Format::F64;
};

static size_t byteSize(Format format) { return layoutOf(format).bits / 8; }

template <typename T>
static T load(const char *at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  return value;
}

static double numberAt(const char *at, Format format) {
  switch (format) {
  case Format::F16:
    return toDouble(
        APFloat(APFloat::IEEEhalf(), APInt(16, load<uint16_t>(at))));
  case Format::BF16:
    // The upper half of an f32.
    return llvm::bit_cast<float>(uint32_t(load<uint16_t>(at)) << 16);
  case Format::F32:
    return load<float>(at);
  case Format::F64:
    return load<double>(at);
  }
  llvm_unreachable("unknown format");
}

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
  if (data.size() == byteSize(format))
    return splat(elementOf(numberAt(data.data(), format)));
  auto storage = std::make_shared<Storage>();
  storage->numbers = data;
  storage->format = format;
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
      if (blob->getData().size() == resource.size() * byteSize(*format))
        return constant(blob->getData(), *format);
  return top();
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

bool Bounds::isSplat() const { return storage && storage->splat; }

size_t Bounds::size() const {
  if (storage->numbers.empty())
    return storage->elements.size();
  return storage->numbers.size() / byteSize(storage->format);
}

Element Bounds::operator[](size_t index) const {
  if (storage->splat)
    return storage->elements.front();
  if (storage->numbers.empty())
    return storage->elements[index];
  return elementOf(
      numberAt(storage->numbers.data() + index * byteSize(storage->format),
               storage->format));
}

std::optional<double> Bounds::asNumber() const {
  if (!isSplat())
    return std::nullopt;
  const Element &element = storage->elements.front();
  if (element.poisoned || !element.range.isPoint())
    return std::nullopt;
  return element.range.lo;
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
     << all.range.hi << "]" << (all.poisoned ? ", poisoned" : "");
}

} // namespace act
