//===- Catalogue.cpp - The forms that the build synthesized ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/Catalogue.h"
#include "act/Approx/FormStore.h"

namespace act {

#ifdef ACT_HAS_CATALOGUE
static constexpr CatalogueEntry kEntries[] = {
#include "Catalogue.inc"
};

void useCatalogue() {
  FormStore::get().setCatalogue(kEntries, std::size(kEntries));
}
#else
void useCatalogue() {}
#endif

} // namespace act
