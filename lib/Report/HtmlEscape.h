//===- HtmlEscape.h - Text inside HTML and SVG -----------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_REPORT_HTMLESCAPE_H
#define ACT_LIB_REPORT_HTMLESCAPE_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace act {

/// `text` as it may stand between tags and in quoted attributes. What no page
/// may hold, control characters and bytes that are no UTF-8, becomes U+FFFD.
std::string escapeHtml(llvm::StringRef text);

} // namespace act

#endif // ACT_LIB_REPORT_HTMLESCAPE_H
