//===- FormText.cpp - Answers of synthesis as text ------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/FormStore.h"
#include <cstdio>
#include <cstdlib>

namespace act {

namespace {

/// Of the sources of search and text: no stale answer is read.
constexpr char kVersion[] = ACT_FORM_VERSION;

/// Tells a damaged text: the hash FNV-1a, 64 bits (Fowler, Noll and Vo).
std::string checksum(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (unsigned char c : text)
    hash = (hash ^ c) * 0x100000001b3u;
  char digits[24];
  std::snprintf(digits, sizeof(digits), "%016llx",
                static_cast<unsigned long long>(hash));
  return digits;
}

class Writer {
public:
  void word(std::string_view value) {
    if (!text.empty())
      text += ' ';
    text += value;
  }
  void number(double value) {
    char digits[40];
    std::snprintf(digits, sizeof(digits), "%a", value);
    word(digits);
  }
  template <typename NumberT>
  void numbers(const std::vector<NumberT> &values) {
    number(values.size());
    for (NumberT value : values)
      number(value);
  }

  std::string text;
};

class Reader {
public:
  explicit Reader(std::string_view text) : rest(text) {}

  std::string word() {
    size_t begin = rest.find_first_not_of(" \n");
    if (begin == std::string_view::npos) {
      failed = true;
      return {};
    }
    size_t end = std::min(rest.find_first_of(" \n", begin), rest.size());
    std::string found(rest.substr(begin, end - begin));
    rest.remove_prefix(end);
    return found;
  }
  double number() {
    std::string digits = word();
    char *end = nullptr;
    double value = std::strtod(digits.c_str(), &end);
    failed = failed || *end;
    return value;
  }
  template <typename NumberT = float>
  std::vector<NumberT> numbers() {
    double count = number();
    constexpr double kMost = 64;
    std::vector<NumberT> values;
    if (!(count >= 0 && count <= kMost))
      failed = true;
    for (double i = 0; !failed && i < count; ++i)
      values.push_back(number());
    return values;
  }

  bool atEnd() const { return rest.empty(); }

  bool failed = false;

private:
  std::string_view rest;
};

void write(Writer &out, const PiecewiseForm &form) {
  out.word("piecewise");
  for (double value :
       {double(form.fold), double(form.join), double(form.spacing),
        double(form.level), double(form.levelLow), double(form.scale),
        double(form.curvature), double(form.first), double(form.shift),
        double(form.lo), double(form.hi), double(form.validLo),
        double(form.validHi)})
    out.number(value);
  out.numbers(form.centres);
  out.number(form.coefficients.size());
  for (const std::vector<float> &row : form.coefficients)
    out.numbers(row);
  out.numbers(form.slopes);
  out.number(form.compensated);
  out.numbers(form.lowSlopes);
  out.numbers(form.lowConstants);
  out.numbers(form.exponents);
  out.number(form.power);
  out.numbers(form.exponential);
  out.number(double(form.decay.argument));
  for (float value : {form.decay.inverse, form.decay.hiStep, form.decay.loStep,
                      form.decay.cubic})
    out.number(value);
  out.number(form.decay.toZero);
  out.numbers(form.decay.growth);
}

void write(Writer &out, const ExponentialForm &form) {
  out.word("exponential");
  for (float value : {form.inverse, form.hiStep, form.loStep, form.lo, form.hi})
    out.number(value);
  out.numbers(form.coefficients);
  out.numbers(form.table);
  out.numbers(form.correction);
}

void write(Writer &out, const ExponentialLinearForm &form) {
  out.word("exponential_linear");
  for (float value : {form.rate, form.level, form.slope, form.lo})
    out.number(value);
  out.numbers(form.coefficients);
}

void write(Writer &out, const LogDomainForm &form) {
  out.word("log_domain");
  for (const LogDomainForm::Side &side : form.sides)
    for (double value : {side.sign, double(side.power), side.end, side.offset,
                         side.slope, side.scale})
      out.number(value);
  out.number(form.shift);
  out.number(form.coefficients.size());
  for (const std::vector<double> &row : form.coefficients)
    out.numbers(row);
  out.numbers(form.exponential);
}

PiecewiseForm readPiecewise(Reader &in) {
  PiecewiseForm form;
  form.fold = static_cast<PiecewiseForm::Fold>(int(in.number()));
  form.join = static_cast<PiecewiseForm::Join>(int(in.number()));
  form.spacing = static_cast<PiecewiseForm::Spacing>(int(in.number()));
  for (float *value :
       {&form.level, &form.levelLow, &form.scale, &form.curvature})
    *value = in.number();
  form.first = in.number();
  form.shift = in.number();
  for (float *value : {&form.lo, &form.hi, &form.validLo, &form.validHi})
    *value = in.number();
  form.centres = in.numbers();
  double rows = in.number();
  constexpr double kMostRows = 17;
  in.failed = in.failed || !(rows >= 2 && rows <= kMostRows);
  for (double i = 0; !in.failed && i < rows; ++i) {
    form.coefficients.push_back(in.numbers());
    in.failed =
        in.failed || form.coefficients.back().size() != form.centres.size();
  }
  auto readRow = [&](std::vector<float> &row) {
    row = in.numbers();
    in.failed =
        in.failed || (!row.empty() && row.size() != form.centres.size());
  };
  readRow(form.slopes);
  form.compensated = in.number() != 0.0;
  readRow(form.lowSlopes);
  readRow(form.lowConstants);
  form.exponents = in.numbers();
  form.power = in.number();
  form.exponential = in.numbers();
  form.decay.argument =
      static_cast<PiecewiseForm::Decay::Argument>(int(in.number()));
  for (float *value : {&form.decay.inverse, &form.decay.hiStep,
                       &form.decay.loStep, &form.decay.cubic})
    *value = in.number();
  form.decay.toZero = in.number() != 0.0;
  form.decay.growth = in.numbers();
  in.failed =
      in.failed || form.decay.growth.size() == 1 ||
      (form.decay.toZero && form.decay.growth.empty()) ||
      (form.decay.toZero && form.compensated &&
       form.join != PiecewiseForm::Join::Plain &&
       form.join != PiecewiseForm::Join::Reflected) ||
      (!form.decay.growth.empty() && !form.exponents.empty()) ||
      (form.compensated && (form.degree() < 2 || !form.slopes.empty())) ||
      form.lowSlopes.empty() != form.lowConstants.empty() ||
      (!form.compensated && !form.lowSlopes.empty());
  bool decays = !form.exponents.empty();
  in.failed = in.failed || decays == form.exponential.empty() ||
              (decays &&
               (form.degree() < 2 || !form.slopes.empty() || form.compensated ||
                form.exponents.size() != form.centres.size()));
  return form;
}

ExponentialForm readExponential(Reader &in) {
  ExponentialForm form;
  for (float *value :
       {&form.inverse, &form.hiStep, &form.loStep, &form.lo, &form.hi})
    *value = in.number();
  form.coefficients = in.numbers();
  form.table = in.numbers();
  form.correction = in.numbers();
  in.failed =
      in.failed || form.coefficients.empty() || form.table.empty() ||
      (!form.correction.empty() && form.correction.size() != form.table.size());
  return form;
}

ExponentialLinearForm readExponentialLinear(Reader &in) {
  ExponentialLinearForm form;
  for (float *value : {&form.rate, &form.level, &form.slope, &form.lo})
    *value = in.number();
  form.coefficients = in.numbers();
  in.failed = in.failed || form.coefficients.empty();
  return form;
}

LogDomainForm readLogDomain(Reader &in) {
  LogDomainForm form;
  for (LogDomainForm::Side &side : form.sides) {
    side.sign = in.number();
    side.power = in.number();
    for (double *value : {&side.end, &side.offset, &side.slope, &side.scale})
      *value = in.number();
  }
  form.shift = in.number();
  double rows = in.number();
  constexpr double kMostRows = 17;
  in.failed = in.failed || !(rows >= 2 && rows <= kMostRows);
  for (double i = 0; !in.failed && i < rows; ++i) {
    form.coefficients.push_back(in.numbers<double>());
    in.failed = in.failed ||
                form.coefficients.back().size() != 2 * LogDomainForm::kSegments;
  }
  form.exponential = in.numbers<double>();
  in.failed = in.failed || form.exponential.empty();
  return form;
}

} // namespace

std::string keyOf(const SynthesisRequest &request) {
  char hash[48];
  std::snprintf(hash, sizeof(hash), "%016llx-%zu",
                static_cast<unsigned long long>(request.formula.hash()),
                request.formula.size());
  return std::string(hash) + '-' + layoutOf(request.format).name + '-' +
         request.accuracy.str() + '-' + request.isa->name;
}

std::string toText(const SynthesisAnswer &answer) {
  Writer out;
  out.word(kVersion);
  if (!answer) {
    out.word("none");
  } else {
    out.number(answer->fitError);
    out.number(answer->error);
    out.number(answer->cost);
    std::visit([&](const auto &form) { write(out, form); }, answer->form);
    if (answer->far)
      std::visit([&](const auto &form) { write(out, form); }, *answer->far);
  }
  out.word(checksum(out.text));
  return out.text;
}

std::optional<SynthesisAnswer> fromText(std::string_view text) {
  while (!text.empty() && text.back() == '\n')
    text.remove_suffix(1);
  size_t end = text.rfind(' ');
  if (end == std::string_view::npos ||
      text.substr(end + 1) != checksum(text.substr(0, end)))
    return std::nullopt;
  Reader in(text.substr(0, end));
  if (in.word() != kVersion)
    return std::nullopt;
  Reader ahead = in;
  if (ahead.word() == "none")
    return SynthesisAnswer();
  SynthesizedForm form;
  form.fitError = in.number();
  form.error = in.number();
  form.cost = in.number();
  std::string kind = in.word();
  if (kind == "piecewise")
    form.form = readPiecewise(in);
  else if (kind == "exponential")
    form.form = readExponential(in);
  else if (kind == "exponential_linear")
    form.form = readExponentialLinear(in);
  else if (kind == "log_domain")
    form.form = readLogDomain(in);
  else
    return std::nullopt;
  if (!in.atEnd()) {
    kind = in.word();
    if (kind == "piecewise")
      form.far = readPiecewise(in);
    else if (kind == "log_domain")
      form.far = readLogDomain(in);
    else
      return std::nullopt;
  }
  if (in.failed || !in.atEnd())
    return std::nullopt;
  return SynthesisAnswer(form);
}

} // namespace act
