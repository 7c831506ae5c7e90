#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads meson's JUnit report and prints, as the last line, how many test cases passed and failed."""
import sys
import xml.etree.ElementTree as ET

passed = failed = 0
for case in ET.parse(sys.argv[1]).getroot().iter("testcase"):
    if case.find("failure") is not None or case.find("error") is not None:
        failed += 1
        print("FAILED", case.get("classname", ""), case.get("name"))
    elif case.find("skipped") is None:
        passed += 1
# A binary that died before its plan counts in the suite's totals only.
for suite in ET.parse(sys.argv[1]).getroot().iter("testsuite"):
    if int(suite.get("errors", 0)) and not any(c.find("error") is not None for c in suite.iter("testcase")):
        failed += int(suite.get("errors"))
        print("FAILED", suite.get("name"))
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
