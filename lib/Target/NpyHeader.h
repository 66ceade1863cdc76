//===- NpyHeader.h - The dictionary at the head of .npy --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What does the header of an .npy file say? It is a Python dictionary of three
// keys; nothing else is accepted.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TARGET_NPYHEADER_H
#define ACT_LIB_TARGET_NPYHEADER_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace act {

struct NpyHeader {
  std::string descr;
  bool fortranOrder = false;
  llvm::SmallVector<int64_t> shape;
};

/// Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`. An
/// error says at which offset of `text` what was expected.
llvm::Expected<NpyHeader> parseNpyHeader(llvm::StringRef text);

} // namespace act

#endif // ACT_LIB_TARGET_NPYHEADER_H
