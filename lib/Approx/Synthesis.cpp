//===- Synthesis.cpp - From a formula to the form of its code -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/Synthesis.h"
#include "FormSearch.h"
#include "Reference.h"
#include <cmath>

namespace act {

std::optional<SynthesizedForm> synthesize(const SynthesisRequest &request) {
  if (!request.isa || request.format == Format::F64 ||
      request.formula.numVariables() != 1)
    return std::nullopt;
  Reference function(request.formula);
  std::optional<SynthesizedForm> form;
  if (request.isa->lanes > 0) {
    form = synthesizeExponential(function, request);
    if (!form)
      form = synthesizePiecewise(function, request);
  }
  if (!form)
    return synthesizeLogDomain(function, request);
  auto *piecewise = std::get_if<PiecewiseForm>(&form->form);
  if (piecewise &&
      (std::isfinite(piecewise->validLo) || std::isfinite(piecewise->validHi)))
    if (auto far = synthesizeLogDomain(function, request))
      form->far = std::get<LogDomainForm>(far->form);
  return form;
}

} // namespace act
