#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One change, from Today to the other person's approval, by the keyboard alone: no click is made in this file. The manager
goes from the first line of Today to the customer, along the timeline, changes a telephone number, which is reviewed, and
gives the reason; the supervisor approves by keys; the manager sees the new number. Then the window is made dark by the palette.

Run by Meson under run-headless, with a session bus and a Secret Service of its own.
"""
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gxt_window as ui     # noqa: E402  (first: it knows where gxt is)
import gxt                  # noqa: E402
from gxt_keys import Keys, sign_in      # noqa: E402

CUSTOMERS = 200
NUMBER = "13900001111"
REASON = "The customer told the new number in person"


def from_today_to_the_customer(tap, keys):
    tap.step("rm1 begins on Today")
    first = ui.until("the first line has the focus", lambda: re.search(r"\b\d{4},", keys.focus()) and keys.focus())
    tap.check(first, f"Today's first line has the focus: “{first}”")
    keys.press("Down", "Up")
    tap.equal(keys.until_on(first), first, "the arrows go down and up again")
    keys.press("Return")
    tail = re.search(r"\b(\d{4}),", first)[1]
    tap.check(keys.window.wait("label", holds=f" {tail}"), f"Enter opens the customer {tail}")
    return tail


def along_the_timeline(tap, keys):
    keys.tab_of_customer("Timeline")
    seen = set()
    keys.tab_to("Life cycle:")
    for _ in range(12):
        keys.press("Left")
        seen.add(keys.focus())
    tap.check(len(seen) >= 3, f"the arrows go along the timeline, each item in words: {len(seen)} of them", sorted(seen))


def ask_for_another_number(tap, keys):
    tap.step("the number is reviewed: it is asked for with a reason")
    keys.tab_of_customer("Details")
    keys.tab_to("Mobile ·")
    keys.press("Return")
    keys.tab_to("Value: ")
    keys.press("Return")
    keys.until_on("Value")
    keys.press("ctrl+a")
    keys.window.type(NUMBER)
    keys.press("ctrl+s")
    keys.until_on("Reason")
    keys.window.type(REASON)
    keys.press("ctrl+s")
    tap.check(keys.window.wait(holds="asked for"), "what is asked for stands beside what is in force")


def approve(tap, keys, caller):
    request = next(row for row in caller.list("change_request") if row["d"]["reason"] == REASON)
    keys.window.wait("label", name="Before and after")
    ui.until("a request has the focus", lambda: keys.focus().count(", ") >= 4)
    while not keys.window.find("label", holds=f"Reason: {REASON}"):     # what has the focus is shown; behind the last it does not move
        before = keys.focus()
        keys.press("Down")
        ui.until("the next request has the focus", lambda: keys.focus() != before)
    tap.check(keys.window.wait(holds=f"asked for {NUMBER}"), "sup1 sees the number that is asked for in clear")
    asked = keys.window.decide("a", "Approved and signed", "Password")
    if "Approved" not in asked.name:
        keys.until_on("Password")
        keys.window.type(gxt.PASSWORD)
        keys.press("Return")
        keys.window.wait(name="Approved and signed")
    state = caller.get(f"/v1/cr/{request['id']}").json["d"]["state"]
    tap.equal(state, "APPLIED", "a, the password, Enter: on the server it is applied")


def see_the_number(tap, keys, tail):
    keys.until_on(f" {tail},")
    keys.press("F5")
    keys.until_on(f" {tail},")
    keys.press("Return")
    keys.window.wait("label", holds=f" {tail}")
    keys.tab_of_customer("Details")
    tap.check(keys.window.wait(holds=f"Mobile · {NUMBER}"), "rm1 sees the new number in force")


def brightness(window, path):
    window.picture(path)
    mean = subprocess.run(["identify", "-format", "%[fx:mean]", str(path)], capture_output=True, text=True, check=True).stdout
    return float(mean)


def make_it_dark(tap, keys, work):
    tap.step("the palette makes it dark")
    light = brightness(keys.window, work / "light.png")
    keys.press("ctrl+k")
    keys.window.type("dark")
    keys.window.wait("label", holds="Dark")
    keys.press("Return")
    dark = ui.until("the window is dark", lambda: brightness(keys.window, work / "dark.png") < light / 2 and brightness(keys.window, work / "dark.png"))
    tap.check(light > 0.8 and dark < 0.4, f"mean brightness {light:.2f}, then {dark:.2f}")


def script(tap, work, stack):
    bank = ui.serve_demo(work, stack, CUSTOMERS)
    windows = []
    stack.callback(lambda: [window.kill() for window in windows])

    def open_window(login):
        windows.append(ui.Window(work / login))
        return windows[-1]

    try:
        keys = sign_in(open_window("rm1"), bank, "rm1")
        tail = from_today_to_the_customer(tap, keys)
        along_the_timeline(tap, keys)
        ask_for_another_number(tap, keys)
        keys.press("F5")
        ui.until("the request is sent", lambda: "Synced" in keys.window.chip())
        keys.window.kill()
        checker = sign_in(open_window("sup1"), bank, "sup1")
        ui.until("sup1's desk is there", lambda: "Synced" in checker.window.chip())
        checker.press("ctrl+k")
        checker.window.type("reviews")
        checker.window.wait("label", name="Reviews")
        checker.press("Return")
        approve(tap, checker, gxt.Caller(bank).sign_in("sup1", enrol=False))
        checker.window.kill()
        keys = Keys(open_window("rm1"))
        ui.until("rm1's desk is there again", lambda: "Synced" in keys.window.chip())
        see_the_number(tap, keys, tail)
        make_it_dark(tap, keys, work)
    except BaseException:
        tap.note(windows[-1].tell())
        raise


if __name__ == "__main__":
    gxt.run(script)
