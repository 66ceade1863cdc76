//===- Catalogue.h - The forms that the build synthesized -------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_APPROX_CATALOGUE_H
#define ACT_APPROX_CATALOGUE_H

namespace act {

/// Gives FormStore::get() the forms of all activations at their default
/// parameters in f32, f16 and bf16, on every instruction set, at the default
/// accuracy and at an ulp of 1: compiling these costs no search. Does nothing
/// in a build without a catalogue (the CMake option ACT_CATALOGUE).
void useCatalogue();

} // namespace act

#endif // ACT_APPROX_CATALOGUE_H
