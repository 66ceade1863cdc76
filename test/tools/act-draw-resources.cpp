//===- act-draw-resources.cpp - Large networks with drawn weights ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   act-draw-resources IN OUT [--gain=2]
//
// Gives each f32 matrix dense_resource<...> without data of a program uniform
// weights of mean 0 and variance gain / columns, and writes the program as
// bytecode. It never is text with its weights, so that it may be large.
//
//===----------------------------------------------------------------------===//

#include "act/IR/RandomDraws.h"
#include "act/InitAll.h"
#include "act/Target/OutputFiles.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace mlir;

static llvm::cl::opt<std::string> input(llvm::cl::Positional,
                                        llvm::cl::Required);
static llvm::cl::opt<std::string> output(llvm::cl::Positional,
                                         llvm::cl::Required);
static llvm::cl::opt<double>
    gain("gain", llvm::cl::desc("Of a layer: fan-in times the variance"),
         llvm::cl::init(2.0));

static AsmResourceBlob drawn(ShapedType type, uint64_t seed) {
  act::RandomStream stream(seed);
  std::vector<float> weights(type.getNumElements());
  double bound = std::sqrt(3.0 * gain / type.getShape().back());
  for (float &weight : weights)
    weight = bound * (2.0 * stream.uniform() - 1.0);
  return HeapAsmResourceBlob::allocateAndCopyInferAlign<float>(weights);
}

int main(int argc, char **argv) {
  llvm::cl::ParseCommandLineOptions(argc, argv);
  DialectRegistry registry;
  act::registerAllDialects(registry);
  MLIRContext context(registry);
  auto module = parseSourceFile<ModuleOp>(input, &context);
  if (!module)
    return 1;
  uint64_t seed = 0;
  module->walk([&](arith::ConstantOp op) {
    auto weights = dyn_cast<DenseResourceElementsAttr>(op.getValue());
    if (!weights || weights.getRawHandle().getBlob())
      return;
    DenseResourceElementsHandle handle = weights.getRawHandle();
    handle.getResource()->setBlob(drawn(weights.getType(), ++seed));
  });
  llvm::Error error = act::writeOutputFile(output, [&](llvm::raw_ostream &os) {
    if (failed(writeBytecodeToFile(*module, os)))
      llvm::report_fatal_error("no bytecode");
  });
  if (error)
    llvm::errs() << llvm::toString(std::move(error)) << '\n';
  return bool(error);
}
