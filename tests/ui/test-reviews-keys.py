#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reviews by the keyboard alone, in the real window with a real server: several decided at once, one returned, and then the
maker's own: changed and asked for again, asked for again as it was, brought upon the record that moved on, taken back. After
each the keys are where they go on. What came of it is asked of the server.

Run by Meson under run-headless, with a session bus and a Secret Service of its own.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gxt_window as ui     # noqa: E402  (first: it knows where gxt is)
import gxt                  # noqa: E402
from gxt_keys import sign_in    # noqa: E402

CUSTOMERS = 200
WHAT = ("approved", "too", "revised", "again", "withdrawn", "stale")
REVISED = "13900009999"


class Case:
    """A request for another number, by its place among WHAT."""

    def __init__(self, number, customer, mobile):
        self.value = f"1390000000{number}"
        self.reason = f"The customer told the number {number}"
        self.tail = customer["d"]["cif_no"][-4:]
        self.mobile = mobile["id"]
        self.id = None

    def ask(self, desk):
        self.id = desk.json("set", "contact_point", self.mobile, f"value={self.value}", "--reason", self.reason)["cr"]
        return self

    def now(self, caller):
        return caller.get(f"/v1/cr/{self.id}").json["d"]


def make_cases(desk):
    """Of customers whose tails differ, with nothing asked for yet."""
    locked = {row["d"]["entity_id"] for row in desk.list("change_request")}
    mobiles = {row["d"]["customer_id"]: row for row in desk.list("contact_point") if row["d"]["kind"] == "MOBILE" and row["id"] not in locked}
    mine = [row for row in desk.list("customer") if not row.get("masked") and row["d"]["status"] == "ACTIVE" and row["id"] in mobiles]
    by_tail = {row["d"]["cif_no"][-4:]: row for row in mine}
    return {what: Case(n, row, mobiles[row["id"]]) for n, (what, row) in enumerate(zip(WHAT, by_tail.values()))}


def ask_for_all(bank, cases):
    """By two desks of one manager: what the second asks for rests on what it saw before the first was approved."""
    first, second = gxt.Desk(bank, "rm1").sign_in(), gxt.Desk(bank, "rm1", name="rm1-behind").sign_in()
    first.sync()
    second.sync()
    cases.update(make_cases(first))
    moved = Case(8, {"d": {"cif_no": cases["stale"].tail}}, {"id": cases["stale"].mobile}).ask(first)
    for what in WHAT[:-1]:
        cases[what].ask(first)
    first.sync()
    boss = gxt.Desk(bank, "sup1").sign_in()
    boss.do("review", "approve", moved.id, "--note", "agreed", "--password-file", boss.password)
    cases["stale"].ask(second)
    second.sync()


def is_shown(keys, case):
    return keys.window.find("label", holds=f"Reason: {case.reason}")


def go_to(keys, case):
    """Along the list, until its row has the focus and it is shown."""
    keys.press("Home")
    row = keys.walk_to(f" {case.tail}")
    ui.until("it is shown", lambda: is_shown(keys, case))
    return row


def open_reviews(keys):
    ui.until("the desk is there", lambda: "Synced" in keys.window.chip())
    keys.press("ctrl+k")
    keys.window.type("reviews")
    keys.window.wait("label", name="Reviews")
    keys.press("Return")
    keys.window.wait("label", name="Before and after")
    return ui.until("a request has the focus", lambda: keys.focus().count(", ") >= 4 and keys.focus())


def decide(keys, key, done):
    asked = keys.window.decide(key, done, "Your password again")
    if done not in asked.name:
        keys.until_on("Your password again")
        keys.window.type(gxt.PASSWORD)
        keys.press("Return")
        keys.window.wait(holds=done)


# --- who decides -------------------------------------------------------------------------------------------------------

def decide_several(tap, keys, caller, cases):
    tap.step("two are chosen by Space and approved by a")
    for what in ("approved", "too"):
        go_to(keys, cases[what])
        keys.press("space")
        if what == "approved":
            keys.window.wait("label", name="1 request chosen")
            keys.press("Escape")        # the choice is undone: the request is shown again
            ui.until("it is shown again", lambda: is_shown(keys, cases[what]))
            keys.press("space")
            keys.window.wait("label", name="1 request chosen")
            keys.press("Home")
            keys.walk_to(f" {cases['too'].tail}")
            keys.press("space")
            break
    keys.window.wait("label", name="2 requests chosen")
    decide(keys, "a", "2 decided")
    results = [seen.name for seen in keys.window.walk("list item") if seen.name.endswith(", Approved and signed")]
    tap.equal(len(results), 2, "each has its own result, in words")
    tap.equal([cases[what].now(caller)["state"] for what in ("approved", "too")], ["APPLIED", "APPLIED"], "on the server both are in force")
    rest = ui.until("a request that is left has the focus", lambda: keys.focus().count(", ") >= 4 and keys.focus())
    tap.check(not any(f" {cases[what].tail} " in rest for what in ("approved", "too")), f"the keys are on one that is left: “{rest}”")
    keys.press("Return")
    tap.check(keys.window.wait("label", name="Before and after"), "Enter goes from the results to it")


def return_one(tap, keys, caller, case, behind):
    tap.step("n asks why; the note, Esc, n")
    row = go_to(keys, case)
    tap.check(case.value not in row and keys.window.wait("label", name=f"Mobile → {case.value}"),
              "in the list the number is masked, before who decides it is in clear")
    keys.press("Down")
    following = ui.until("the next has the focus", lambda: f" {case.tail} " not in keys.focus() and keys.focus())
    following = following.rpartition(", ")[0]       # how long it waits goes on
    go_to(keys, case)
    keys.window.decide("n", "write a note of at least five characters")
    keys.until_on("Note")
    keys.window.type(behind)
    keys.press("Escape")
    keys.until_on(f" {case.tail} ")
    decide(keys, "n", "Returned to its maker")
    tap.equal(case.now(caller)["state"], "RETURNED", "on the server it is returned")
    tap.check(keys.until_on(following), "the next request has the focus")


# --- who asked -----------------------------------------------------------------------------------------------------------

def revise(tap, keys, caller, case):
    tap.step("what was returned is changed: Enter, the value, Ctrl+S")
    go_to(keys, case)
    keys.window.wait(holds="It was returned")
    ui.until("its values can be changed", lambda: keys.window.find_entry("Value"))
    keys.press("Return")
    keys.until_on("Value")
    keys.press("ctrl+a")
    keys.window.type(REVISED)
    keys.press("ctrl+s")
    keys.window.wait(name="Asked again")
    now = case.now(caller)
    tap.equal((now["state"], now["rev"], REVISED in str(now["after"])), ("PENDING", 2, True), "on the server the new value waits, as revision 2")
    tap.check(keys.until_on(f" {case.tail} "), "the keys are on it in the list")


def act(tap, keys, caller, case, key, toast, state):
    tap.step(f"{key} on a request in the list")
    go_to(keys, case)
    ui.until("it can be done", lambda: keys.window.find("push button", holds="Take it back"))
    ui.until("as the server has it", lambda: keys.window.find(holds="Can decide: ") or keys.window.find("push button", holds="Ask again"))
    keys.press(key)
    keys.window.wait(name=toast)
    # The words of the request before may still be there, so they say nothing of this one.
    tap.check(ui.until("the server has it", lambda: case.now(caller)["state"] == state), f"on the server it is {state}")
    tap.check(keys.until_on(f" {case.tail} "), "the keys are on it in the list")


def script(tap, work, stack):
    bank = ui.serve_demo(work, stack, CUSTOMERS)
    cases, windows = {}, []
    ask_for_all(bank, cases)
    stack.callback(lambda: [window.kill() for window in windows])

    def open_window(login):
        windows.append(ui.Window(work / login))
        return sign_in(windows[-1], bank, login)

    try:
        maker, checker = (gxt.Caller(bank).sign_in(login, enrol=False) for login in ("rm1", "sup1"))
        tap.equal(cases["stale"].now(maker)["state"], "STALE", "one rests on a record that moved on")
        keys = open_window("sup1")
        open_reviews(keys)
        decide_several(tap, keys, checker, cases)
        return_one(tap, keys, checker, cases["revised"], "please look at it again")
        return_one(tap, keys, checker, cases["again"], "is it true?")
        keys.window.kill()
        keys = open_window("rm1")
        open_reviews(keys)
        revise(tap, keys, maker, cases["revised"])
        act(tap, keys, maker, cases["again"], "ctrl+s", "Asked again", "PENDING")
        act(tap, keys, maker, cases["stale"], "ctrl+s", "Asked again", "PENDING")
        act(tap, keys, maker, cases["withdrawn"], "w", "Taken back", "WITHDRAWN")
    except BaseException:
        if windows:
            tap.note(windows[-1].tell())
        raise


if __name__ == "__main__":
    gxt.run(script)
