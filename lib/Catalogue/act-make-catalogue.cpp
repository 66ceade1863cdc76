//===- act-make-catalogue.cpp - Synthesize the forms of all activations ---===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A step of the build. All activations go down the compile road as far as
// act-synthesize, once for every format, accuracy and instruction set; what was
// searched for on the way is the catalogue, an initializer list of
// CatalogueEntry, sorted by key.
//
//===----------------------------------------------------------------------===//

#include "act/Approx/FormStore.h"
#include "act/IR/Act.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/Record.h"
#include "act/IR/ScalarModels.h"
#include "act/Transforms/Passes.h"
#include "act/Transforms/Pipelines.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Parallel.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/WithColor.h"
#include <atomic>

using namespace mlir;

namespace {

llvm::cl::opt<std::string> output("o", llvm::cl::Required,
                                  llvm::cl::desc("File to write"),
                                  llvm::cl::value_desc("INC"));
llvm::cl::opt<std::string>
    cache("cache",
          llvm::cl::desc("Folder of forms found by earlier builds, which are "
                         "used where the search has not changed since"),
          llvm::cl::value_desc("FOLDER"));

/// One run of the compile road.
struct Road {
  act::Format format;
  const char *isa, *accuracy;
};

/// A function for each activation, over vectors of unknown length. Parameters
/// without a default have no catalogued form.
OwningOpRef<ModuleOp> buildActivations(MLIRContext &context,
                                       act::Format format) {
  OpBuilder builder(&context);
  Location loc = builder.getUnknownLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  Type type = RankedTensorType::get({ShapedType::kDynamic},
                                    act::floatType(&context, format));
  for (const act::Record *record : act::allRecords(&context)) {
    SmallVector<double> parameters;
    for (const act::Parameter &parameter : record->parameters)
      if (parameter.defaultValue)
        parameters.push_back(*parameter.defaultValue);
    if (parameters.size() != record->parameters.size())
      continue;
    builder.setInsertionPointToEnd(module->getBody());
    SmallVector<Type> inputs(record->variables.size(), type);
    auto function = func::FuncOp::create(builder, loc, record->opName,
                                         builder.getFunctionType(inputs, type));
    builder.setInsertionPointToStart(function.addEntryBlock());
    Operation *activation = act::createActivation(
        builder, loc, *record, function.getArguments(), parameters);
    func::ReturnOp::create(builder, loc, activation->getResults());
  }
  return module;
}

LogicalResult follow(const Road &road) {
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  registry.insert<act::ActDialect>();
  act::registerScalarFunctions(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  OwningOpRef<ModuleOp> module = buildActivations(context, road.format);
  act::ActToLLVMOptions options;
  options.isa = road.isa;
  options.accuracy = road.accuracy;
  PassManager pm(&context);
  act::buildTensorsToLinalgPipeline(pm, options);
  act::buildLinalgToVectorLoopsPipeline(pm, options);
  pm.addPass(act::createActSynthesize({options.isa, options.accuracy, false}));
  return pm.run(*module);
}

void writeEntries(llvm::raw_ostream &os) {
  for (const auto &[key, answer] : act::FormStore::get().answersSoFar())
    os << "{\"" << key << "\",\n \"" << answer << "\"},\n";
}

} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM initialize(argc, argv);
  llvm::cl::ParseCommandLineOptions(argc, argv);
  act::FormStore::get().setFolder(cache);
  std::vector<Road> roads;
  for (const char *accuracy : {"", "ulp=1"})
    for (const char *isa : {"avx512", "avx2", "generic"})
      for (act::Format format :
           {act::Format::F32, act::Format::F16, act::Format::BF16})
        roads.push_back({format, isa, accuracy});
  std::atomic<bool> good = true;
  llvm::parallelForEach(roads, [&](const Road &road) {
    if (failed(follow(road)))
      good = false;
  });
  if (!good)
    return 1;
  std::error_code error;
  llvm::ToolOutputFile file(output, error, llvm::sys::fs::OF_Text);
  if (error) {
    llvm::WithColor::error() << output << ": " << error.message() << '\n';
    return 2;
  }
  writeEntries(file.os());
  file.keep();
  return 0;
}
