"""Checks that a page is well-formed, needs no other file and names its charts.

    check_html.py page.html
"""

import re
import sys
import xml.etree.ElementTree


def fail(what):
    sys.exit(f"{sys.argv[1]}: {what}")


def check_links(root):
    for element in root.iter():
        if element.tag in ("script", "link", "img", "iframe", "object", "base"):
            fail(f"expected no element '{element.tag}'")
        for name in element.attrib:
            if name in ("src", "href", "srcset", "style") or name.startswith("on"):
                fail(f"expected no attribute '{name}'")
    style = "".join(part.text for part in root.iter("style"))
    if re.search(r"url\(|@import|https?:", style):
        fail("expected a style that loads nothing")
    for theme in ("color-scheme: light dark", "prefers-color-scheme: dark"):
        if theme not in style:
            fail(f"expected '{theme}' in the style")


def check_chart(chart):
    if chart.get("role") != "img" or not chart.get("aria-label"):
        fail("expected a chart with role and label")
    if not chart.findtext("title"):
        fail("expected a chart with a title")
    if len(chart.findall("text[@class='axis']")) != 2:
        fail("expected a chart with two labelled axes")
    if len(chart.findall("text[@class='tick']")) < 2:
        fail("expected a chart with ticks")
    _, _, width, height = map(float, chart.get("viewBox").split())
    for element in chart.iter():
        for name, limit in (("x", width), ("x1", width), ("x2", width),
                            ("y", height), ("y1", height), ("y2", height)):
            if not 0 <= float(element.get(name, "0")) <= limit:
                fail(f"{name} of '{element.tag}' lies outside of its chart")
        if float(element.get("width", "0")) < 0:
            fail("expected no negative width")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    if not text.startswith("<!DOCTYPE html>\n"):
        fail("expected a document type")
    root = xml.etree.ElementTree.fromstring(text)
    if root.find("head/meta[@charset='utf-8']") is None:
        fail("expected UTF-8")
    if not root.findtext("head/title") or not root.findtext("body/h1"):
        fail("expected titles")
    check_links(root)
    for section in root.findall("body/section"):
        charts = section.findall("figure/svg")
        if charts and len(charts) != 2:
            fail(f"expected two charts for a network, got {len(charts)}")
    for chart in root.iter("svg"):
        check_chart(chart)


main()
