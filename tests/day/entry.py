#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios 1 and 2 (R-ENTRY, A-12): a new contact's key data within 24 hours, from laptops that are away, whose clocks are wrong.

1. A walk-in at 10:00 is recorded offline, the key fields are completed at 20:00 offline, the laptop syncs the next day at 11:00: the
   entry is DONE in time by the corrected time of the device, and the customer has a number.
2. The same case, completed after 24 hours: BREACHED; the manager of the customer and the branch's manager are alerted once.

Each machine has an hour of its own (gxt.Clock): the bank's is right, rm1's laptop is two hours behind, rm2's three hours
ahead. Both scenarios are here whole; nothing of them belongs to a later issue."""
import datetime
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

HOUR = 3600 * 1000
TOLERANCE = 10 * 60 * 1000      # a hand on a busy machine; the errors of the clocks are hours
CHINA = datetime.timezone(datetime.timedelta(hours=8))


class Story:
    def __init__(self, tap, work, stack):
        self.tap = tap
        # A day that is over: certificates made in it hold in any case.
        day = datetime.datetime.now(CHINA).replace(hour=10, minute=0, second=0, microsecond=0) - datetime.timedelta(days=3)
        self.ten = int(day.timestamp() * 1000)
        self.clocks = {who: gxt.Clock(work / f"{who}.clock") for who in ("bank", "rm1", "rm2", "mgr1", "mgr2")}
        self.wrong = {"rm1": -2 * HOUR, "rm2": 3 * HOUR}
        self.at(-48)        # the bank's certificate is older than any wrong clock
        self.bank = gxt.Bank(work, clock=self.clocks["bank"])
        stack.callback(self.bank.close)
        self.bank.init("--demo", "--customers", 60)
        self.at(-0.5)
        self.bank.start()
        self.wires = {login: gxt.Wire(self.bank) for login in ("rm1", "rm2")}
        for wire in self.wires.values():
            stack.callback(wire.close)
        self.desks = {login: gxt.Desk(self.bank, login, self.wires[login].url if login in self.wires else None, clock=self.clocks[login])
                      for login in ("rm1", "rm2", "mgr1", "mgr2")}

    def at(self, hours):
        """It is so many hours after ten, everywhere; each laptop's clock shows what it shows."""
        for who, clock in self.clocks.items():
            clock.set(self.ten + hours * HOUR + self.wrong.get(who, 0))

    def open_again(self, hours):
        """The bank was closed and opens at that hour; what came due meanwhile is told then."""
        self.tap.equal(self.bank.stop(), 0, "the server stops")
        self.at(hours)
        self.bank.start()

    def sign_in(self, *logins):
        """Sessions do not last over a night."""
        for login in logins or self.desks:
            self.desks[login].sign_in()

    def sync(self, *logins):
        for _ in range(2):
            for login in logins or self.desks:
                self.desks[login].sync()

    def alerts(self, login, kind):
        """The customers for which somebody was alerted since the morning, one entry an alert."""
        told = [row["d"]["link"].split("/")[1] for row in self.desks[login].list("notification") if row["d"]["kind"] == kind]
        return sorted(id for id in told if id in self.ours)

    def customer(self, login, id):
        return self.desks[login].find("customer", id)["d"]


def walk_in(story, login, name):
    """As at the counter: a name is all there is; the desk fills in who, where and when."""
    return story.desks[login].json("new", "customer", "type=PERSON", f"name={name}")["id"]


def complete(story, login, customer, number, mobile):
    """The rest of what the rule wants of a person."""
    desk = story.desks[login]
    for words in (("person_profile", "gender=1", "occupation=工程师"), ("identifier", "kind=ID_CARD", f"number={number}", "valid_to=2035-01-01"),
                  ("contact_point", "kind=MOBILE", f"value={mobile}", "is_primary=true"), ("address", "line=江虹路 459 号", "region_code=330108"),
                  ("interaction", "channel=BRANCH", "direction=IN", "purpose=RECEPTION", "subject=首次来访"), ("need", "category=WEALTH")):
        desk.do("new", words[0], f"customer_id={customer}", *words[1:])


def before(story):
    tap = story.tap
    tap.step("09:30: two managers sync their laptops; the clocks of both are wrong, and each learns by how much")
    for login, desk in story.desks.items():
        desk.sign_in()
        desk.sync()
    for wire in story.wires.values():
        wire.up = False


def the_first_day(story):
    tap = story.tap
    tap.step("10:00: without a network, somebody walks in to rm1, and somebody to rm2")
    story.at(0)
    story.early = walk_in(story, "rm1", "张三")
    story.late = walk_in(story, "rm2", "李四")
    story.desks["rm1"].sync(code=3)
    story.desks["rm2"].sync(code=3)
    shown = story.customer("rm1", story.early)
    tap.check(abs(shown["first_contact_at"] - (story.ten - 2 * HOUR)) < TOLERANCE, "rm1's laptop takes 08:00 for the hour", shown)
    tap.check("cif_no" not in shown, "there is no customer number yet")

    tap.step("20:00: rm1 completes the key fields, still without a network")
    story.at(10)
    complete(story, "rm1", story.early, "11010519491231002X", "13912345678")
    story.desks["rm1"].sync(code=3)
    tap.equal(len(story.desks["rm1"].lines("queue")), 7, "seven changes wait in rm1's queue")


def the_next_day(story):
    tap = story.tap
    tap.step("The next day, 10:30: rm2 completes them, 24 and a half hours after the contact, without a network")
    story.at(24.5)
    complete(story, "rm2", story.late, "330106199001011213", "13712340987")
    story.desks["rm2"].sync(code=3)
    story.ours = {story.early, story.late}

    tap.step("11:00: both are back")
    story.open_again(25)
    for wire in story.wires.values():
        wire.mend()
    story.sign_in()
    story.sync()
    for login in ("rm1", "rm2"):
        desk = story.desks[login]
        tap.equal((len(desk.lines("queue")), desk.lines("issues")), (0, []), f"{login}: everything was taken, nothing refused")


def scenario_1(story):
    tap = story.tap
    tap.step("Scenario 1: the entry counts as done in time, and the customer has a number")
    row = story.customer("rm1", story.early)
    tap.check(abs(row["entry_due_at"] - (story.ten + 24 * HOUR)) < TOLERANCE, "it was due at ten today, by a clock that is right", row)
    tap.check(abs(row["entry_done_at"] - (story.ten + 10 * HOUR)) < TOLERANCE, "it was done at 20:00 yesterday, not at 18:00 as the laptop had it", row)
    tap.equal(row["entry_state"], "DONE", "in time, although the bank heard of it an hour after the 24")
    tap.check("dq_missing" not in row, "nothing is missing", row)
    tap.check(len(row.get("cif_no", "")) == 10 and row["cif_no"].isdigit(), f"the customer number is {row.get('cif_no')}")


def scenario_2(story):
    tap = story.tap
    tap.step("Scenario 2: the same case after 24 hours")
    row = story.customer("rm2", story.late)
    tap.check(abs(row["entry_done_at"] - (story.ten + 24.5 * HOUR)) < TOLERANCE, "it was done at 10:30 today, not at 13:30 as the laptop had it", row)
    tap.equal(row["entry_state"], "BREACHED", "that is late")
    tap.equal(story.alerts("rm2", "ENTRY_LATE"), [story.late], "rm2 is alerted")
    tap.equal(story.alerts("mgr1", "ENTRY_LATE"), [story.late], "and so is the branch's manager")
    tap.equal((story.alerts("rm1", "ENTRY_LATE"), story.alerts("mgr2", "ENTRY_LATE")), ([], []), "nobody else, and nobody for the one that was in time")


def seen_by_the_bank(story):
    """What the bank knew of from the beginning: it warns after 18 hours, and does not wait for the laptop."""
    tap = story.tap
    tap.step("Once more, with a contact that the bank knows of: synced at once, and completed after 24 hours")
    start = 26
    story.at(start)
    story.sign_in("rm2", "mgr1")
    customer = walk_in(story, "rm2", "王五")
    story.ours = {story.early, story.late, customer}
    story.sync("rm2", "mgr1")
    tap.equal(story.customer("rm2", customer)["entry_state"], "OPEN", "the clock runs")
    missing = story.customer("rm2", customer)["dq_missing"]
    tap.check(set(missing) == {"gender", "identifier", "mobile", "occupation", "region", "source", "need"}, f"rm2 reads what is missing: {', '.join(missing)}")
    for hours, due, late in ((17.5, [], []), (18.5, [customer], []), (24.5, [customer], [customer])):
        story.open_again(start + hours)
        story.sign_in("rm2", "mgr1")
        story.sync("rm2", "mgr1")
        told = story.alerts("rm2", "ENTRY_DUE")
        tap.equal(told, due, f"after {hours} hours rm2 has been warned {len(due)} times")
        for login in ("rm2", "mgr1"):
            tap.equal(story.alerts(login, "ENTRY_LATE"), sorted([story.late, *late]), f"{login} has been alerted {len(late)} times")
    tap.equal(story.customer("rm2", customer)["entry_state"], "BREACHED", "it is late before anybody did anything")
    complete(story, "rm2", customer, "440524188001010014", "13611112222")
    story.sync("rm2", "mgr1")
    row = story.customer("rm2", customer)
    tap.equal((row["entry_state"], "dq_missing" in row), ("BREACHED", False), "completed, it stays late")
    story.open_again(start + 30)
    story.sign_in()
    story.sync()
    for login in ("rm2", "mgr1"):
        tap.equal(story.alerts(login, "ENTRY_LATE"), sorted([story.late, customer]), f"{login} has one alert for each of the two, whatever came after")
    tap.equal((story.alerts("rm1", "ENTRY_LATE"), story.alerts("mgr2", "ENTRY_LATE")), ([], []), "nobody else has any")


def script(tap, work, stack):
    story = Story(tap, work, stack)
    for part in (before, the_first_day, the_next_day, scenario_1, scenario_2, seen_by_the_bank):
        part(story)


gxt.run(script)
