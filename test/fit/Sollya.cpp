//===- Sollya.cpp - Bounds of errors by Sollya ----------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FitBounds.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>

using namespace act;
using namespace act::test;

namespace {

/// Writes a program that prints one line for each piece.
class ScriptWriter {
public:
  explicit ScriptWriter(llvm::raw_ostream &os) : os(os) {
    os << "prec = 200!;\n";
  }

  void add(const FitPiece &piece) {
    std::string polynomial = name(piece.polynomial);
    std::string formula = name(piece.formula);
    // Of one float Sollya wants an interval; the piece's polynomial and formula
    // go on behind it.
    double hi = piece.hi > piece.lo
                    ? piece.hi
                    : piece.lo + std::ldexp(std::abs(piece.lo), -30);
    os << "r = supnorm(" << polynomial << ", " << formula << ", ["
       << exact(piece.lo) << "; " << exact(hi)
       << "], "
          "absolute, 2^(-10));\n"
       << "print(sup(r) / " << exact(piece.tolerance) << ");\n";
  }

private:
  /// mantissa * 2^exponent, which Sollya reads without rounding.
  static std::string exact(double value) {
    int exponent;
    auto mantissa =
        static_cast<long long>(std::ldexp(std::frexp(value, &exponent), 53));
    return "(" + std::to_string(mantissa) + " * 2^(" +
           std::to_string(exponent - 53) + "))";
  }

  /// The name of a variable that holds `e`; shared nodes are written once.
  std::string name(Expression e) {
    for (Expression node : e.postorder()) {
      auto [entry, isNew] = names.try_emplace(node.id());
      if (!isNew)
        continue;
      entry->second = "e" + std::to_string(names.size());
      os << entry->second << " = " << text(node) << ";\n";
    }
    return names.at(e.id());
  }

  std::string text(Expression e) {
    auto a = [&](unsigned i) { return names.at(e.operand(i).id()); };
    switch (e.primitive()) {
    case Primitive::Constant:
      return exact(e.constant());
    case Primitive::Pi:
      return "pi";
    case Primitive::Variable:
      return "x";
    case Primitive::Neg:
      return "-" + a(0);
    case Primitive::Add:
      return a(0) + " + " + a(1);
    case Primitive::Sub:
      return a(0) + " - " + a(1);
    case Primitive::Mul:
      return a(0) + " * " + a(1);
    case Primitive::Div:
      return a(0) + " / " + a(1);
    case Primitive::Sigmoid:
      return "1 / (1 + exp(-" + a(0) + "))";
    case Primitive::Softplus:
      return "log1p(exp(" + a(0) + "))";
    case Primitive::Abs:
    case Primitive::Sqrt:
    case Primitive::Exp:
    case Primitive::Expm1:
    case Primitive::Log:
    case Primitive::Log1p:
    case Primitive::Tanh:
    case Primitive::Erf:
    case Primitive::Erfc:
    case Primitive::Sin:
    case Primitive::Cos:
    case Primitive::Atan:
      return std::string(spelling(e.primitive())) + "(" + a(0) + ")";
    case Primitive::Min:
    case Primitive::Max:
    case Primitive::WhereLess:
    case Primitive::WhereLessEqual:
    case Primitive::WhereEqual:
      // A decision that was not made: nothing is proved of the piece.
      return "error";
    }
    llvm_unreachable("unknown primitive");
  }

  llvm::raw_ostream &os;
  llvm::DenseMap<const void *, std::string> names;
};

std::string scriptFor(llvm::ArrayRef<FitPiece> pieces) {
  std::string script;
  llvm::raw_string_ostream os(script);
  ScriptWriter writer(os);
  for (const FitPiece &piece : pieces)
    writer.add(piece);
  return script;
}

} // namespace

llvm::Expected<std::vector<double>>
act::test::boundFitsBySollya(llvm::StringRef sollya,
                             llvm::ArrayRef<FitPiece> pieces) {
  llvm::SmallString<64> script, answers;
  int descriptor;
  if (std::error_code error = llvm::sys::fs::createTemporaryFile(
          "fit", "sollya", descriptor, script))
    return llvm::errorCodeToError(error);
  llvm::FileRemover removeScript(script);
  {
    llvm::raw_fd_ostream out(descriptor, /*shouldClose=*/true);
    out << scriptFor(pieces);
  }
  if (std::error_code error =
          llvm::sys::fs::createTemporaryFile("fit", "txt", answers))
    return llvm::errorCodeToError(error);
  llvm::FileRemover removeAnswers(answers);
  std::string message;
  int code = llvm::sys::ExecuteAndWait(
      sollya, {sollya, "--warnonstderr", script}, /*Env=*/std::nullopt,
      {llvm::StringRef(""), llvm::StringRef(answers), llvm::StringRef("")},
      /*SecondsToWait=*/0, /*MemoryLimit=*/0, &message);
  // It ends so where an answer was an error.
  constexpr int kSomeErrors = 3;
  if (code != 0 && code != kSomeErrors)
    return llvm::createStringError("expected '" + sollya +
                                   "' to run, got exit code " +
                                   llvm::Twine(code) + " " + message);
  auto buffer = llvm::MemoryBuffer::getFile(answers);
  if (!buffer)
    return llvm::errorCodeToError(buffer.getError());
  std::vector<double> bounds;
  for (llvm::StringRef line :
       llvm::split((*buffer)->getBuffer().trim(), '\n')) {
    double bound;
    // What it prints for an error is no number.
    if (line.trim().getAsDouble(bound))
      bound = std::nan("");
    bounds.push_back(bound);
  }
  if (bounds.size() != pieces.size())
    return llvm::createStringError("expected %zu lines of Sollya, got %zu",
                                   pieces.size(), bounds.size());
  return bounds;
}
