//===- Npy.cpp - Arrays in NumPy's file format ----------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Target/Npy.h"
#include "act/Target/OutputFiles.h"

#include "NpyHeader.h"

#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

using namespace llvm;

namespace {

struct ElementRow {
  StringLiteral name;
  size_t size;
};

/// In the order of act::NpyElement.
constexpr ElementRow elementRows[] = {{"<f2", 2}, {"<f4", 4}, {"<f8", 8},
                                      {"<u2", 2}, {"|u1", 1}, {"|i1", 1},
                                      {"<i2", 2}, {"<i4", 4}, {"<i8", 8}};

constexpr StringLiteral magic = "\x93NUMPY";
constexpr size_t dataAlignment = 64;

std::optional<act::NpyElement> findElement(StringRef name) {
  for (const auto &[index, row] : llvm::enumerate(elementRows))
    if (row.name == name)
      return static_cast<act::NpyElement>(index);
  return std::nullopt;
}

/// The product of `shape`, if it is not negative and neither it nor its bytes
/// overflow int64_t.
std::optional<int64_t> countElements(ArrayRef<int64_t> shape, size_t size) {
  int64_t count = 1;
  int64_t bytes = size;
  for (int64_t dim : shape)
    if (dim < 0 || MulOverflow(count, dim, count))
      return std::nullopt;
  return MulOverflow(bytes, count, bytes) ? std::nullopt : std::optional(count);
}

Error fileError(StringRef path, const Twine &what) {
  return createStringError(path + ": " + what);
}

/// Takes the header's text off the front of `content`, behind magic, version
/// and length.
Expected<StringRef> takeHeader(StringRef &content) {
  if (!content.consume_front(magic))
    return createStringError("expected an .npy file, which begins with "
                             "\\x93NUMPY, got another beginning");
  if (content.size() < 2)
    return createStringError("expected a version of two bytes, got the end of "
                             "the file");
  unsigned major = static_cast<uint8_t>(content[0]);
  content = content.drop_front(2);
  if (major < 1 || major > 3)
    return createStringError("expected .npy version 1, 2 or 3, got " +
                             Twine(major));
  size_t lengthBytes = major == 1 ? 2 : 4;
  if (content.size() < lengthBytes)
    return createStringError("expected the length of the header, got the end "
                             "of the file");
  size_t length = major == 1 ? support::endian::read16le(content.data())
                             : support::endian::read32le(content.data());
  content = content.drop_front(lengthBytes);
  if (content.size() < length)
    return createStringError("expected a header of " + Twine(length) +
                             " bytes, got " + Twine(content.size()));
  StringRef header = content.take_front(length);
  content = content.drop_front(length);
  return header;
}

/// What lies between the start of the file and the elements.
std::string printPreamble(act::NpyElement element, ArrayRef<int64_t> shape) {
  std::string header =
      ("{'descr': '" + act::npyName(element) +
       "', 'fortran_order': False, 'shape': " + act::printShape(shape) + ", }")
          .str();
  // NumPy pads with blanks and a newline, so that the elements are aligned.
  size_t fixed = magic.size() + 4;
  header.resize(alignTo(fixed + header.size() + 1, dataAlignment) - fixed - 1,
                ' ');
  header += '\n';
  char length[2];
  support::endian::write16le(length, header.size());
  return (Twine(magic) + StringRef("\x01\x00", 2) + StringRef(length, 2) +
          header)
      .str();
}

} // namespace

act::NpyElement act::npyElementOf(Format format) {
  switch (format) {
  case Format::F16:
    return NpyElement::F16;
  case Format::BF16:
    return NpyElement::BF16;
  case Format::F32:
    return NpyElement::F32;
  case Format::F64:
    return NpyElement::F64;
  }
  llvm_unreachable("a format is one of the four");
}

StringRef act::npyName(NpyElement element) {
  return elementRows[static_cast<unsigned>(element)].name;
}

size_t act::npySize(NpyElement element) {
  return elementRows[static_cast<unsigned>(element)].size;
}

std::string act::printShape(ArrayRef<int64_t> shape) {
  std::string text;
  raw_string_ostream os(text);
  os << '(';
  llvm::interleaveComma(shape, os, [&](int64_t dim) {
    if (dim < 0)
      os << '?';
    else
      os << dim;
  });
  os << (shape.size() == 1 ? ",)" : ")");
  return text;
}

void act::NpyArray::Free::operator()(char *memory) const { std::free(memory); }

Expected<act::NpyArray> act::NpyArray::create(NpyElement element,
                                              ArrayRef<int64_t> shape) {
  std::optional<int64_t> count = countElements(shape, npySize(element));
  char *memory = nullptr;
  // Not `new`: LLVM's tools abort when that finds no memory.
  if (count)
    memory = static_cast<char *>(std::aligned_alloc(
        dataAlignment, alignTo(*count * npySize(element), dataAlignment)));
  if (!memory)
    return createStringError(
        "expected an array that fits in memory, got shape " +
        printShape(shape) + " of '" + npyName(element) + "'");
  return NpyArray(element, shape, *count, memory);
}

Expected<act::NpyArray> act::NpyArray::read(StringRef path) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> file = MemoryBuffer::getFile(
      path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!file)
    return fileError(path, file.getError().message());
  StringRef content = (*file)->getBuffer();
  Expected<StringRef> text = takeHeader(content);
  if (!text)
    return fileError(path, toString(text.takeError()));
  Expected<NpyHeader> header = parseNpyHeader(*text);
  if (!header)
    return fileError(path, toString(header.takeError()));
  std::optional<NpyElement> element = findElement(header->descr);
  if (!element)
    return fileError(path, "expected elements of type <f2, <f4, <f8, <u2 (the "
                           "bits of bf16), |u1 (of 8-bit floats), |i1, <i2, "
                           "<i4 or <i8, got '" +
                               header->descr + "'");
  if (header->fortranOrder)
    return fileError(path, "expected row-major order, got Fortran's: save "
                           "numpy.ascontiguousarray of it");
  // The file says how much it holds before it is believed how much it has.
  std::optional<int64_t> count =
      countElements(header->shape, npySize(*element));
  if (count && content.size() != *count * npySize(*element))
    return fileError(
        path, "expected " + Twine(*count * npySize(*element)) +
                  " bytes of elements for shape " + printShape(header->shape) +
                  " of '" + header->descr + "', got " + Twine(content.size()));
  Expected<NpyArray> array = create(*element, header->shape);
  if (!array)
    return fileError(path, toString(array.takeError()));
  llvm::copy(content, array->data());
  return array;
}

void act::NpyArray::print(raw_ostream &os) const {
  os << printPreamble(type, dims) << StringRef(data(), numBytes());
}

Error act::NpyArray::write(StringRef path) const {
  return writeOutputFile(path, [&](raw_ostream &os) { print(os); });
}
