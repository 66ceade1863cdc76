//===- Isa.h - What an instruction set offers, as a table -------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_APPROX_ISA_H
#define ACT_APPROX_ISA_H

#include <string>
#include <string_view>

namespace act {

/// One row: what synthesis needs to know of an instruction set. Costs are in
/// issue slots of the vector pipes, which bound these loops (an add is 1).
struct Isa {
  const char *name;
  unsigned lanes;             ///< f32 in a register; 0: no synthesis, the
                              ///< generic road serves it
  unsigned registers;         ///< vector registers
  unsigned lookupEntries;     ///< f32 entries of a table one permute reads
  unsigned wideLookupEntries; ///< of two registers by one permute; 0: none
  unsigned joinSlots;         ///< of a blend of two lookups
  bool scalesByPowerOfTwo;    ///< x * 2^n in one instruction (vscalefps), and
                              ///< |x| held to a bound in one (vrangeps)
  unsigned streamBytes;       ///< a result from which stores that go round the
                              ///< cache pay; 0: it has none
  unsigned lineBytes;         ///< of a cache line, which they fill
  const char *streamFence;    ///< LLVM's intrinsic that orders them

  /// Slots of one lookup in a table of `entries`, 0 where there is no way.
  unsigned lookupCost(unsigned entries) const;
};

/// The row of `name`, null if there is none. The names are those of the
/// pipeline option `isa`.
const Isa *findIsa(std::string_view name);

/// All names, for people: "generic, avx2, avx512".
std::string isaNames();

} // namespace act

#endif // ACT_APPROX_ISA_H
