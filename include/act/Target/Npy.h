//===- Npy.h - Arrays in NumPy's file format -------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How do arrays come from and go to .npy files? Dense, row-major, little-endian
// arrays of the element types that compiled functions take. The format is
// NumPy Enhancement Proposal 1, versions 1.0 to 3.0.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TARGET_NPY_H
#define ACT_TARGET_NPY_H

#include "act/Formula/Format.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace act {

/// The element types a file may hold, by NumPy's names: `<f2`, `<f4`, `<f8`,
/// the bit patterns of bf16 as `<u2` and of 8-bit floats as `|u1`, and `|i1`,
/// `<i2`, `<i4`, `<i8`.
enum class NpyElement : uint8_t { F16, F32, F64, BF16, F8, I8, I16, I32, I64 };

/// How numbers of `format` lie in a file.
NpyElement npyElementOf(Format format);
/// NumPy's name of `element`, with its byte order.
llvm::StringRef npyName(NpyElement element);
/// The size of one element in bytes.
size_t npySize(NpyElement element);

/// A dense row-major array. Rank 0 is a scalar: one element.
class NpyArray {
public:
  /// An array whose elements are yet to be set; an error when it does not fit
  /// in memory.
  static llvm::Expected<NpyArray> create(NpyElement element,
                                         llvm::ArrayRef<int64_t> shape);
  /// Reads the file `path`, or says what of it is not as expected: the magic,
  /// the header, the element type, the order (Fortran's is refused), the size.
  static llvm::Expected<NpyArray> read(llvm::StringRef path);
  /// As a file of version 1.0.
  void print(llvm::raw_ostream &os) const;
  /// The file appears only when it is complete.
  llvm::Error write(llvm::StringRef path) const;

  NpyElement element() const { return type; }
  llvm::ArrayRef<int64_t> shape() const { return dims; }
  int64_t numElements() const { return count; }
  size_t numBytes() const { return count * npySize(type); }
  /// The elements, aligned to 64 bytes as vector code likes it.
  char *data() { return bytes.get(); }
  const char *data() const { return bytes.get(); }

private:
  struct Free {
    void operator()(char *memory) const;
  };

  NpyArray(NpyElement element, llvm::ArrayRef<int64_t> shape, int64_t count,
           char *memory)
      : type(element), dims(shape), count(count), bytes(memory) {}

  NpyElement type;
  llvm::SmallVector<int64_t> dims;
  int64_t count;
  std::unique_ptr<char[], Free> bytes;
};

/// A shape as Python writes it: `()`, `(3,)`, `(2, 3)`; dynamic dimensions
/// (negative) as `?`.
std::string printShape(llvm::ArrayRef<int64_t> shape);

} // namespace act

#endif // ACT_TARGET_NPY_H
