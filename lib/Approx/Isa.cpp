//===- Isa.cpp - What an instruction set offers, as a table ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/Isa.h"

namespace act {

static constexpr Isa kIsas[] = {
    // name, lanes, registers, entries, of two, joined, scale, streams, line,
    // fence
    {"generic", 0, 0, 0, 0, 0, false, 0, 0, ""},
    {"avx2", 8, 16, 8, 0, 2, false, 16 << 20, 64, "llvm.x86.sse.sfence"},
    {"avx512", 16, 32, 16, 32, 1, true, 16 << 20, 64, "llvm.x86.sse.sfence"},
};

const Isa *findIsa(std::string_view name) {
  for (const Isa &isa : kIsas)
    if (isa.name == name)
      return &isa;
  return nullptr;
}

std::string isaNames() {
  std::string names;
  for (const Isa &isa : kIsas)
    names += (names.empty() ? "" : ", ") + std::string(isa.name);
  return names;
}

unsigned Isa::lookupCost(unsigned entries) const {
  if (entries <= lookupEntries)
    return 1;
  // AMD's cores run a permute of two tables on both of the ports that have
  // permutes (measured on Zen 4: two of them a cycle less an FMA in between).
  if (entries <= wideLookupEntries)
    return 2;
  // Half tables and a blend, down to those that fit. vblendvps takes Intel two
  // slots, and the permutes of ymm all go to one port: by their times, forms of
  // AVX2 take 4 to 5 slots a lookup of 16, and 12 of 32 (Ice Lake).
  return entries <= 4 * lookupEntries ? 2 * lookupCost(entries / 2) + joinSlots
                                      : 0;
}

} // namespace act
