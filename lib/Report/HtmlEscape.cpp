//===- HtmlEscape.cpp - Text inside HTML and SVG --------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HtmlEscape.h"
#include "llvm/Support/JSON.h"

namespace act {

std::string escapeHtml(llvm::StringRef text) {
  std::string escaped;
  for (char c : llvm::json::fixUTF8(text)) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else if (c == '"')
      escaped += "&quot;";
    else if (c == '\'')
      escaped += "&#39;";
    else if ((c >= 0 && c < ' ') || c == 127)
      escaped += "\uFFFD";
    else
      escaped += c;
  }
  return escaped;
}

} // namespace act
