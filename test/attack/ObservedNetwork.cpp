//===- ObservedNetwork.cpp - Pre-activations as executed ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ObservedNetwork.h"
#include "Kernel.h"
#include "act/Analysis/ActivationSites.h"
#include "act/Formula/ExactValue.h"
#include "act/IR/FloatFormat.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;

namespace act::test {

/// Appends the leaves of all sites to what `function` returns.
static Error returnLeaves(mlir::func::FuncOp function,
                          std::vector<Format> &formats) {
  if (!function.getBody().hasOneBlock())
    return createStringError("expected one block in '" + function.getName() +
                             "'");
  mlir::Operation *end = function.getBody().front().getTerminator();
  for (const ActivationSite &site : findActivationSites(function)) {
    mlir::Value leaf = site.leaf;
    std::optional<Format> format = formatOf(leaf.getType());
    if (!format || leaf.getParentRegion() != &function.getBody())
      return createStringError(
          "expected pre-activations of '" + function.getName() +
          "' that are floats and values of the function itself");
    formats.push_back(*format);
    if (failed(function.insertResult(function.getNumResults(), leaf.getType(),
                                     {})))
      return createStringError("expected a function that may return more");
    end->insertOperands(end->getNumOperands(), leaf);
  }
  return Error::success();
}

static Expected<NpyArray> arrayFor(mlir::Type type) {
  auto tensor = dyn_cast<mlir::RankedTensorType>(type);
  std::optional<Format> format = formatOf(type);
  if (!tensor || !tensor.hasStaticShape() || !format)
    return createStringError("expected arguments that are tensors of floats "
                             "with a static shape");
  const NpyElement elements[] = {NpyElement::F16, NpyElement::BF16,
                                 NpyElement::F32, NpyElement::F64};
  return NpyArray::create(elements[unsigned(*format)], tensor.getShape());
}

Expected<ObservedNetwork> ObservedNetwork::create(Program &program,
                                                  StringRef name) {
  std::unique_ptr<Program> copy = program.clone();
  mlir::func::FuncOp function;
  for (mlir::func::FuncOp each :
       make_early_inc_range(copy->module().getOps<mlir::func::FuncOp>())) {
    if (each.getName() == name)
      function = each;
    else if (each.isPublic())
      each.erase();
  }
  std::vector<Format> own, formats;
  for (mlir::Type type : function.getResultTypes()) {
    std::optional<Format> format = formatOf(type);
    if (!format)
      return createStringError("expected results of '" + name +
                               "' that are floats");
    own.push_back(*format);
  }
  if (Error error = returnLeaves(function, formats))
    return std::move(error);
  std::vector<NpyArray> arrays;
  std::vector<Input> inputs;
  for (const auto &[argument, type] : enumerate(function.getArgumentTypes())) {
    Expected<NpyArray> array = arrayFor(type);
    if (!array)
      return array.takeError();
    auto element = cast<mlir::FloatType>(mlir::getElementTypeOrSelf(type));
    for (int64_t i = 0; i < array->numElements(); ++i)
      inputs.push_back({unsigned(argument), i, *formatOf(type),
                        &element.getFloatSemantics()});
    arrays.push_back(std::move(*array));
  }
  Expected<std::unique_ptr<TargetMachine>> machine = createHostMachine("");
  if (!machine)
    return machine.takeError();
  if (failed(copy->lower(name, "act_attack_entry", **machine)))
    return createStringError("'" + name + "' cannot be compiled");
  Expected<JitFunction> compiled =
      JitFunction::create(*copy, std::move(*machine));
  if (!compiled)
    return compiled.takeError();
  ObservedNetwork network(std::move(*compiled));
  Expected<std::vector<NpyArray>> results =
      network.function.allocateResults(arrays);
  if (!results)
    return results.takeError();
  network.inputs = std::move(inputs);
  network.formats = std::move(formats);
  network.own = std::move(own);
  network.arrays = std::move(arrays);
  network.results = std::move(*results);
  network.call = network.function.bind(network.arrays, network.results);
  return std::move(network);
}

double ObservedNetwork::rounded(unsigned index, double value) const {
  return roundTo(value, inputs[index].format);
}

Interval ObservedNetwork::numbersIn(unsigned index, Interval range) const {
  Format format = inputs[index].format;
  double lo = roundTo(range.lo, format), hi = roundTo(range.hi, format);
  if (lo < range.lo)
    lo = roundTo(lo + ulp(lo, format), format);
  if (hi > range.hi)
    hi = roundTo(hi - ulp(hi, format), format);
  return {lo, hi};
}

void ObservedNetwork::run(ArrayRef<double> point) {
  for (const auto &[input, value] : zip_equal(inputs, point)) {
    APFloat number(value);
    bool losesInfo;
    number.convert(*input.semantics, APFloat::rmNearestTiesToEven, &losesInfo);
    storeBits(arrays[input.argument], input.element, input.format,
              number.bitcastToAPInt().getZExtValue());
  }
  call();
}

double ObservedNetwork::preactivation(unsigned layer, int64_t index) const {
  size_t first = results.size() - formats.size();
  Format format = formats[layer];
  return decode(loadBits(results[first + layer], index, format), format);
}

bool ObservedNetwork::hasResultsOf(const ObservedNetwork &other) const {
  for (const auto &[result, format] : enumerate(own))
    for (int64_t i = 0, e = results[result].numElements(); i < e; ++i) {
      double x = decode(loadBits(results[result], i, format), format);
      double y = decode(loadBits(other.results[result], i, format), format);
      if (x != y && !(std::isnan(x) && std::isnan(y)))
        return false;
    }
  return true;
}

} // namespace act::test
