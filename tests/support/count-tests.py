#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads meson's logs of runs and prints, as the last line, how many test cases passed and failed.

A program's cases are its TAP lines; a program that ended badly counts as one failure more than its lines admit.
"""
import fileinput
import json
import re
import sys

passed = failed = 0
for line in fileinput.input(encoding="utf-8"):
    test = json.loads(line)
    cases = re.findall(r"^(ok|not ok) \d+ ?(.*)$", test.get("stdout") or "", re.M)
    bad = [name for word, name in cases if word == "not ok"]
    passed += sum(word == "ok" and "# SKIP" not in name for word, name in cases)
    if not cases and test["result"] == "OK":
        passed += 1
    if test["result"] not in ("OK", "EXPECTEDFAIL") and not bad:
        bad = [test["result"]]
    failed += len(bad)
    for name in bad:
        print("FAILED", test["name"], name)
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
