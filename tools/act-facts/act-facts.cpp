//===- act-facts.cpp - Prints what is known of every activation -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/Act.h"
#include "act/Report/Facts.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ToolOutputFile.h"

namespace cl = llvm::cl;

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  enum class Kind { Json, Markdown };
  cl::OptionCategory category("act-facts options");
  cl::opt<Kind> format("format", cl::desc("How to print"),
                       cl::init(Kind::Markdown), cl::cat(category),
                       cl::values(clEnumValN(Kind::Json, "json", "JSON"),
                                  clEnumValN(Kind::Markdown, "markdown",
                                             "a page of documentation")));
  cl::opt<std::string> output("o", cl::desc("Output file"),
                              cl::value_desc("file"), cl::init("-"),
                              cl::cat(category));
  cl::HideUnrelatedOptions({&category, &cl::getGeneralCategory()});
  std::string errors;
  llvm::raw_string_ostream errorStream(errors);
  if (!cl::ParseCommandLineOptions(
          argc, argv, "prints what Actinium knows of every activation\n",
          &errorStream)) {
    llvm::errs() << errors;
    return 2;
  }
  mlir::MLIRContext context;
  context.loadDialect<act::ActDialect>();
  std::error_code error;
  llvm::ToolOutputFile file(output, error, llvm::sys::fs::OF_Text);
  if (error) {
    llvm::errs() << "error: cannot write '" << output
                 << "': " << error.message() << "\n";
    return 2;
  }
  if (format == Kind::Json)
    act::printFactsAsJson(&context, file.os());
  else
    act::printFactsAsMarkdown(&context, file.os());
  file.keep();
  return 0;
}
