//===- NpyHeader.cpp - The dictionary at the head of .npy -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NpyHeader.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace {

/// A recursive descent over the header. The first thing that is not as expected
/// ends it; `expected` then names it and `text` begins there.
class HeaderParser {
public:
  explicit HeaderParser(StringRef text) : whole(text), text(text) {}

  Expected<act::NpyHeader> parse() {
    if (parseDictionary())
      return header;
    std::string found = text.empty()
                            ? "the end"
                            : "'" + text.take_front(12).rtrim().str() + "'";
    return createStringError("expected " + expected + " at offset " +
                             Twine(whole.size() - text.size()) +
                             " of the header, got " + found);
  }

private:
  bool fail(const Twine &what) {
    expected = what.str();
    return false;
  }

  /// Skips blanks and then `token` if it is next.
  bool accept(StringRef token) {
    text = text.ltrim();
    return text.consume_front(token);
  }

  bool expect(StringRef token) {
    return accept(token) || fail("'" + token + "'");
  }

  bool parseString(std::string &value) {
    text = text.ltrim();
    StringRef quote = text.take_front(1);
    if (quote != "'" && quote != "\"")
      return fail("a string");
    size_t end = text.find(quote, 1);
    if (end == StringRef::npos)
      return fail("a string that ends");
    value = text.slice(1, end).str();
    text = text.drop_front(end + 1);
    return true;
  }

  bool parseBool(bool &value) {
    value = accept("True");
    return value || accept("False") || fail("True or False");
  }

  bool parseShape() {
    if (!expect("("))
      return false;
    while (!accept(")")) {
      int64_t size;
      text = text.ltrim();
      // No sign: consumeInteger would take one.
      if (text.empty() || !isDigit(text.front()) ||
          text.consumeInteger(10, size))
        return fail("a dimension");
      header.shape.push_back(size);
      if (!accept(",") && !text.ltrim().starts_with(")"))
        return fail("',' or ')'");
    }
    return true;
  }

  bool parseValueOf(StringRef key) {
    if (key == "descr")
      return parseString(header.descr);
    if (key == "fortran_order")
      return parseBool(header.fortranOrder);
    return parseShape();
  }

  bool parseDictionary() {
    SmallVector<StringRef, 3> missing = {"descr", "fortran_order", "shape"};
    if (!expect("{"))
      return false;
    while (!accept("}")) {
      StringRef start = text;
      std::string key;
      if (!parseString(key))
        return false;
      auto *known = llvm::find(missing, key);
      if (known == missing.end()) {
        text = start;
        return fail("one each of 'descr', 'fortran_order' and 'shape'");
      }
      missing.erase(known);
      if (!expect(":") || !parseValueOf(key))
        return false;
      if (!accept(",") && !text.ltrim().starts_with("}"))
        return fail("',' or '}'");
    }
    if (!missing.empty())
      return fail("the key '" + missing.front() + "' before the last '}'");
    text = text.ltrim();
    return text.empty() || fail("nothing after '}'");
  }

  StringRef whole, text;
  std::string expected;
  act::NpyHeader header;
};

} // namespace

Expected<act::NpyHeader> act::parseNpyHeader(StringRef text) {
  return HeaderParser(text).parse();
}
