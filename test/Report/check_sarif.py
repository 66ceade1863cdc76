"""Checks a SARIF file against what the standard requires of the parts in use.

    check_sarif.py report.sarif

Every property must be known here, of its type, and from the values that the
schema of SARIF 2.1.0 allows; indices must point at what they name.
"""

import json
import re
import sys
import urllib.parse

LEVELS = {"none", "note", "warning", "error"}
KINDS = {"notApplicable", "pass", "fail", "review", "open", "informational"}


def fail(path, what):
    sys.exit(f"{path}: {what}")


def number(least):
    def check(value, path):
        if type(value) is not int or value < least:
            fail(path, f"expected an integer of at least {least}, got {value!r}")
    return check


def text(value, path):
    if not isinstance(value, str) or not value:
        fail(path, f"expected text, got {value!r}")


def boolean(value, path):
    if not isinstance(value, bool):
        fail(path, f"expected true or false, got {value!r}")


def uri(value, path):
    text(value, path)
    # RFC 3986: only these characters, and a colon only after a scheme.
    if not re.fullmatch(r"(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})+", value, re.A):
        fail(path, f"expected a URI reference, got {value!r}")
    if urllib.parse.urlsplit(value).scheme not in ("", "file", "https"):
        fail(path, f"expected no scheme but file or https, got {value!r}")


def one_of(values):
    def check(value, path):
        if value not in values:
            fail(path, f"expected one of {sorted(values)}, got {value!r}")
    return check


def matching(pattern):
    def check(value, path):
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            fail(path, f"expected {pattern}, got {value!r}")
    return check


def array(element, unique=True):
    def check(value, path):
        if not isinstance(value, list):
            fail(path, f"expected an array, got {value!r}")
        for index, item in enumerate(value):
            element(item, f"{path}[{index}]")
        printed = [json.dumps(item, sort_keys=True) for item in value]
        if unique and len(set(printed)) != len(printed):
            fail(path, "expected different elements")
    return check


def record(required, optional={}):
    """An object with exactly these properties."""
    def check(value, path):
        if not isinstance(value, dict):
            fail(path, f"expected an object, got {value!r}")
        for key in required:
            if key not in value:
                fail(path, f"expected a property {key!r}")
        for key, item in value.items():
            if key not in required and key not in optional:
                fail(path, f"unexpected property {key!r}")
            (required.get(key) or optional[key])(item, f"{path}.{key}")
    return check


def bound(value, path):
    if value not in ("inf", "-inf") and type(value) not in (int, float):
        fail(path, f"expected a number, got {value!r}")


MESSAGE = record({"text": text})
RULE = record({
    "id": matching(r"DR\d{3}"),
    "name": matching(r"[A-Z]\w+"),
    "shortDescription": MESSAGE,
    "fullDescription": MESSAGE,
    "help": MESSAGE,
    "defaultConfiguration": record({"level": one_of(LEVELS)}),
})
DRIVER = record({"name": text, "version": matching(r"\d+\.\d+\.\d+"),
                 "rules": array(RULE)}, {"informationUri": uri})
INVOCATION = record({
    "executionSuccessful": boolean,
    "toolExecutionNotifications": array(
        record({"level": one_of(LEVELS), "message": MESSAGE}), unique=False),
})
LOCATION = record({}, {
    "physicalLocation": record(
        {"artifactLocation": record({"uri": uri})},
        {"region": record({"startLine": number(1)}, {"startColumn": number(1)})}),
    "logicalLocations": array(
        record({"name": text, "fullyQualifiedName": text, "kind": text})),
})
RESULT = record({
    "ruleId": text,
    "ruleIndex": number(0),
    "kind": one_of(KINDS),
    "level": one_of(LEVELS),
    "message": MESSAGE,
    "locations": array(LOCATION, unique=False),
    "partialFingerprints": record({"actinium/v1": matching("[0-9a-f]{16}")}),
    "properties": record({
        "level": one_of({"note", "warning", "error"}),
        "evidence": text,
        "units": array(number(0)),
        "bounds": array(array(bound, unique=False), unique=False),
        "fixes": array(record({"description": text, "safe": boolean})),
    }, {"cause": text}),
}, {
    "suppressions": array(record({"kind": one_of({"inSource", "external"}),
                                  "justification": text})),
})
LOG = record({
    "$schema": uri,
    "version": one_of({"2.1.0"}),
    "runs": array(record({
        "tool": record({"driver": DRIVER}),
        "invocations": array(INVOCATION),
        "columnKind": one_of({"utf16CodeUnits", "unicodeCodePoints"}),
        "results": array(RESULT, unique=False),
    })),
})


def check_results(run):
    rules = run["tool"]["driver"]["rules"]
    if len({rule["id"] for rule in rules}) != len(rules):
        fail("rules", "expected different ids")
    seen = set()
    for index, result in enumerate(run["results"]):
        path = f"results[{index}]"
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            fail(path, "ruleIndex points at another rule")
        if result["kind"] != "fail" and result["level"] != "none":
            fail(path, "expected level 'none', as its kind is not 'fail'")
        properties = result["properties"]
        if len(properties["units"]) != len(properties["bounds"]):
            fail(path, "expected bounds for each unit")
        fingerprint = result["partialFingerprints"]["actinium/v1"]
        if fingerprint in seen:
            fail(path, "expected a fingerprint of its own")
        seen.add(fingerprint)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        log = json.load(file)
    LOG(log, "log")
    if len(log["runs"]) != 1:
        fail("runs", "expected one run")
    check_results(log["runs"][0])


main()
