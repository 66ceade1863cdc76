//===- Facts.cpp - What is known of every activation ----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Report/Facts.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include "llvm/Support/JSON.h"
#include <cmath>

using namespace mlir;

namespace act {

SmallVector<double> exampleParameters(ArrayRef<Parameter> parameters) {
  SmallVector<double> values;
  double next = 0.5;
  for (const Parameter &parameter : parameters) {
    values.push_back(parameter.defaultValue.value_or(next));
    if (!parameter.defaultValue)
      next += 0.5;
  }
  return values;
}

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The shortest text that reads back as the same double.
std::string text(double value) {
  if (std::isnan(value))
    return "nan";
  if (std::isinf(value))
    return value < 0 ? "-inf" : "inf";
  if (value == 0.0)
    return std::signbit(value) ? "-0" : "0";
  for (int digits = 1; digits < 17; ++digits) {
    char shortest[32];
    std::snprintf(shortest, sizeof shortest, "%.*g", digits, value);
    if (std::strtod(shortest, nullptr) == value)
      return shortest;
  }
  char exact[32];
  std::snprintf(exact, sizeof exact, "%.17g", value);
  return exact;
}

std::string text(Interval interval) {
  return "[" + text(interval.lo) + ", " + text(interval.hi) + "]";
}

llvm::json::Value number(double value) {
  bool plain = std::isfinite(value) && !(value == 0.0 && std::signbit(value));
  return plain ? llvm::json::Value(value) : llvm::json::Value(text(value));
}

std::string mnemonic(StringRef opName) {
  return opName.drop_front(opName.find('.') + 1).str();
}

/// What a reader of the documentation and a test ask of one function.
struct FunctionFacts {
  explicit FunctionFacts(const Record &record)
      : record(record), parameters(exampleParameters(record.parameters)),
        formula(instantiate(record, parameters)),
        names(record.variables.begin(), record.variables.end()) {}

  bool isElementwise() const { return record.variables.size() == 1; }
  std::string family() const {
    return isElementwise() ? "elementwise" : "gated";
  }
  Expression derivativeBy(unsigned variable) const {
    return isElementwise() ? derivative(formula, record.kinkSides)
                           : differentiate(formula, variable);
  }
  double at(double x) const { return exactValue(formula, {x}, Format::F64); }

  const Record &record;
  SmallVector<double> parameters;
  Expression formula;
  std::vector<std::string> names;
};

/// The side of kink `index`; the last letter of a record repeats.
char sideOf(const Record &record, size_t index) {
  StringRef sides(record.kinkSides);
  return sides.empty() ? 'l' : sides[std::min(index, sides.size() - 1)];
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

void printParameters(llvm::json::OStream &json, ArrayRef<Parameter> parameters,
                     ArrayRef<double> values) {
  json.attributeArray("parameters", [&] {
    for (auto [parameter, value] : llvm::zip_equal(parameters, values))
      json.object([&, &parameter = parameter, value = value] {
        json.attribute("name", parameter.name);
        json.attribute("value", number(value));
        json.attribute("required", !parameter.defaultValue);
      });
  });
}

void printShape(llvm::json::OStream &json, const FunctionFacts &facts) {
  const Profile &shape = profile(facts.formula);
  Interval values = range(facts.formula, Interval());
  json.attributeArray("range", [&] {
    json.value(number(values.lo));
    json.value(number(values.hi));
  });
  json.attributeArray("kinks", [&] {
    for (auto [index, kink] : llvm::enumerate(shape.kinks))
      json.object([&, &kink = kink, index = index] {
        json.attribute("at", number(kink.at.middle()));
        json.attribute("left", number(kink.left.middle()));
        json.attribute("right", number(kink.right.middle()));
        json.attribute("side", std::string(1, sideOf(facts.record, index)));
        json.attribute("continuous", kink.continuous);
      });
  });
  json.attribute("deadZone",
                 str(deadZone(facts.formula, facts.record.kinkSides)));
  json.attribute("lipschitz", number(lipschitz(facts.formula).hi));
  json.attributeArray("limits", [&] {
    json.value(number(facts.at(-kInfinity)));
    json.value(number(facts.at(kInfinity)));
  });
  json.attributeArray("atZeros", [&] {
    json.value(number(facts.at(-0.0)));
    json.value(number(facts.at(0.0)));
  });
}

void printJson(llvm::json::OStream &json, const FunctionFacts &facts) {
  json.object([&] {
    json.attribute("name", mnemonic(facts.record.opName));
    json.attribute("family", facts.family());
    json.attributeArray("variables", [&] {
      for (const char *variable : facts.record.variables)
        json.value(variable);
    });
    printParameters(json, facts.record.parameters, facts.parameters);
    json.attribute("formula", facts.formula.str(facts.names));
    json.attributeArray("derivatives", [&] {
      for (unsigned i = 0; i < facts.record.variables.size(); ++i)
        json.value(facts.derivativeBy(i).str(facts.names));
    });
    if (facts.isElementwise())
      printShape(json, facts);
    json.attribute("source", facts.record.source);
  });
}

StringRef textOf(RowForm form) {
  switch (form) {
  case RowForm::Probability:
    return "exp(s - m) / sum exp(s - m)";
  case RowForm::LogProbability:
    return "s - m - log(sum exp(s - m))";
  case RowForm::FirstMaximum:
    return "1 at the first largest s, else 0";
  case RowForm::Projection:
    return "max(s - t, 0) with t so that the row adds up to 1";
  }
  llvm_unreachable("unknown form");
}

/// What becomes of rows of scores that hold NaN or infinities.
std::string specialsOf(const RowRecord &record) {
  StringRef empty = record.emptyRowZero ? "0" : "NaN";
  switch (record.form) {
  case RowForm::Probability:
  case RowForm::LogProbability:
    return ("a row with NaN or inf is NaN, one of -inf alone is " + empty)
        .str();
  case RowForm::FirstMaximum:
    return "NaN is larger than any number; 1 at the first of -inf alone";
  case RowForm::Projection:
    return "a row with NaN or several inf, or of -inf alone, is NaN";
  }
  llvm_unreachable("unknown form");
}

StringRef textOf(RowSelection selection) {
  switch (selection) {
  case RowSelection::Whole:
    return "the whole row";
  case RowSelection::Mask:
    return "the elements whose mask is true";
  case RowSelection::Prefix:
    return "as many elements from the start as the row's length says";
  }
  llvm_unreachable("unknown selection");
}

Expression scoreOf(const RowRecord &record, ArrayRef<double> parameters) {
  SmallVector<Expression> variables;
  for (unsigned i = 0; i < record.numVariables; ++i)
    variables.push_back(Expression::variable(i));
  return record.score(variables,
                      exactParameters(record.parameters, parameters));
}

const std::vector<std::string> kRowVariables = {"x", "noise"};

void printJson(llvm::json::OStream &json, const RowRecord &record) {
  SmallVector<double> parameters = exampleParameters(record.parameters);
  json.object([&] {
    json.attribute("name", mnemonic(record.opName));
    json.attribute("family", "row-wise");
    printParameters(json, record.parameters, parameters);
    json.attribute("score", scoreOf(record, parameters).str(kRowVariables));
    json.attribute("form", textOf(record.form));
    json.attribute("special_rows", specialsOf(record));
    json.attribute("selection", textOf(record.selection));
  });
}

//===----------------------------------------------------------------------===//
// Markdown
//===----------------------------------------------------------------------===//

void printRow(raw_ostream &os, StringRef name, const Twine &value) {
  os << "| " << name << " | " << value << " |\n";
}

/// A bar would end the cell of a table.
std::string code(StringRef text) { return ("`" + text + "`").str(); }

void printHeader(raw_ostream &os, StringRef opName) {
  os << "\n### `" << opName << "`\n\n| | |\n|---|---|\n";
}

std::string parameterText(ArrayRef<Parameter> parameters) {
  std::string result;
  llvm::raw_string_ostream os(result);
  llvm::interleaveComma(parameters, os, [&](const Parameter &parameter) {
    os << '`' << parameter.name << '`';
    if (parameter.defaultValue)
      os << " = " << text(*parameter.defaultValue);
    else
      os << " (required)";
  });
  return result;
}

std::string kinkText(const FunctionFacts &facts) {
  std::string result;
  llvm::raw_string_ostream os(result);
  auto kinks = llvm::enumerate(profile(facts.formula).kinks);
  llvm::interleave(
      kinks, os,
      [&](auto entry) {
        const Kink &kink = entry.value();
        os << text(kink.at.middle()) << " (slope " << text(kink.left.middle())
           << " to " << text(kink.right.middle()) << ", takes "
           << (sideOf(facts.record, entry.index()) == 'l'   ? "the left"
               : sideOf(facts.record, entry.index()) == 'r' ? "the right"
                                                            : "their mean");
        os << (kink.continuous ? ")" : "; jumps)");
      },
      "; ");
  return result;
}

void printMarkdown(raw_ostream &os, const FunctionFacts &facts) {
  const Record &record = facts.record;
  printHeader(os, record.opName);
  // Named parameters tell more than the values of an example.
  SmallVector<Expression> variables, parameters;
  std::vector<std::string> names = facts.names;
  for (unsigned i = 0; i < record.variables.size(); ++i)
    variables.push_back(Expression::variable(i));
  for (const Parameter &parameter : record.parameters) {
    parameters.push_back(Expression::variable(names.size()));
    names.push_back(parameter.name);
  }
  printRow(os, "formula",
           code(record.formula(variables, parameters).str(names)));
  if (!record.parameters.empty())
    printRow(os, "parameters", parameterText(record.parameters));
  for (auto [index, variable] : llvm::enumerate(record.variables))
    printRow(os,
             facts.isElementwise() ? "derivative"
                                   : "derivative by " + std::string(variable),
             code(facts.derivativeBy(index).str(facts.names)));
  if (facts.isElementwise()) {
    printRow(os, "range", text(range(facts.formula, Interval())));
    printRow(os, "dead zone", str(deadZone(facts.formula, record.kinkSides)));
    if (!profile(facts.formula).kinks.empty())
      printRow(os, "kinks", kinkText(facts));
    printRow(os, "Lipschitz constant", text(lipschitz(facts.formula).hi));
    printRow(os, "limits",
             text(facts.at(-kInfinity)) + " and " + text(facts.at(kInfinity)));
  }
  printRow(os, "source", record.source);
}

void printMarkdown(raw_ostream &os, const RowRecord &record) {
  SmallVector<double> parameters = exampleParameters(record.parameters);
  printHeader(os, record.opName);
  printRow(os, "score s of an element",
           code(scoreOf(record, parameters).str(kRowVariables)));
  printRow(os, "result, m the largest score", code(textOf(record.form)));
  printRow(os, "NaN and infinities of s", specialsOf(record));
  printRow(os, "takes part", textOf(record.selection));
  if (!record.parameters.empty())
    printRow(os, "parameters", parameterText(record.parameters));
}

/// The records of functions of one variable, or of several.
SmallVector<const Record *> recordsOf(MLIRContext *context, bool elementwise) {
  SmallVector<const Record *> records = allRecords(context);
  llvm::erase_if(records, [&](const Record *record) {
    return (record->variables.size() == 1) != elementwise;
  });
  return records;
}

} // namespace

void printFactsAsJson(MLIRContext *context, raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.array([&] {
    for (bool elementwise : {true, false})
      for (const Record *record : recordsOf(context, elementwise))
        printJson(json, FunctionFacts(*record));
    for (const RowRecord *record : allRowRecords(context))
      printJson(json, *record);
  });
  os << "\n";
}

void printFactsAsMarkdown(MLIRContext *context, raw_ostream &os) {
  os << "# The activations\n\nWritten by `act-facts --format=markdown`: all of "
        "it is computed from the records in\n`include/act/IR`. Values hold for "
        "the default parameters; parameters that are\nrequired take 0.5, 1, "
        "1.5, ...\n";
  os << "\n## Elementwise\n";
  for (const Record *record : recordsOf(context, true))
    printMarkdown(os, FunctionFacts(*record));
  os << "\n## Of two operands\n";
  for (const Record *record : recordsOf(context, false))
    printMarkdown(os, FunctionFacts(*record));
  os << "\n## Row-wise\n";
  for (const RowRecord *record : allRowRecords(context))
    printMarkdown(os, *record);
}

} // namespace act
