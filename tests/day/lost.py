#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenario 27: a laptop is offline for 8 days, and its store is read-only; its device is revoked; at its next contact the queue is
accepted, then it is wiped.

The eight days are those of the laptop's and the bank's clocks (gxt.Clock); nothing in the store is moved. The scenario is here
whole. What else there is to a lease and to a revocation: lease.py, revoke.py."""
import datetime
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

HOUR = 3600 * 1000
DAY = 24 * HOUR
SECRET = "客户王女士想在十二月赎回理财"


class Story:
    def __init__(self, tap, work, stack):
        self.tap, self.work = tap, work
        # Two weeks that are over: certificates made in them hold in any case.
        self.monday = int((datetime.datetime.now() - datetime.timedelta(days=20)).timestamp() * 1000)
        self.clocks = {who: gxt.Clock(work / f"{who}.clock") for who in ("bank", "laptop")}
        self.at(-2)
        self.bank = gxt.Bank(work, clock=self.clocks["bank"])
        stack.callback(self.bank.close)
        self.bank.init("--demo", "--customers", 60)
        self.at(0)
        self.bank.start()
        self.wire = gxt.Wire(self.bank)
        stack.callback(self.wire.close)
        self.desk = gxt.Desk(self.bank, "rm1", self.wire.url, clock=self.clocks["laptop"])

    def at(self, days):
        for clock in self.clocks.values():
            clock.set(self.monday + days * DAY)

    def lease(self):
        return self.desk.json("status")["lease"]["state"]

    def write(self, title):
        return self.desk.run("new", "task", "kind=CALL", f"title={title}", f"customer_id={self.customer['id']}", f"due_at={self.monday + 9 * DAY}", "status=OPEN",
                             f"assignee_id={self.customer['d']['primary_rm_id']}")


def away(story):
    tap, desk = story.tap, story.desk
    tap.step("rm1 signs in, syncs, and leaves the network; on the road there is something to write down")
    desk.sign_in()
    desk.sync()
    story.customer = next(c for c in desk.list("customer") if not c.get("masked"))
    story.device = gxt.Caller(story.bank).sign_in("rm1", enrol=False).get("/v1/devices").json["devices"][-1]["id"]
    story.wire.up = False
    story.at(1)
    tap.equal(story.write(f"回访：{SECRET}").returncode, 0, "on the first day a task is taken")
    story.at(5)
    tap.equal((story.lease(), story.write("第五天写下的事").returncode), ("open", 0), "and on the fifth")
    tap.equal(desk.run("sync").returncode, 3, "there is no network")


def eighth_day(story):
    tap, desk = story.tap, story.desk
    tap.step("The eighth day")
    story.at(8)
    tap.equal(story.lease(), "read-only", "the store is read-only")
    refused = story.write("第八天写下的事")
    tap.check(refused.returncode == 1 and "takes no changes" in refused.stderr, f"a change is refused: {refused.stderr.strip()}")
    tap.equal(desk.run("set", "customer", story.customer["id"], "lang=en").returncode, 1, "of a customer too")
    tap.check(len(desk.list("customer")) > 0, "what is here can be read")
    tap.equal(len(desk.lines("queue")), 2, "what waited waits")
    story.clocks["laptop"].set(story.monday + 2 * DAY)
    tap.equal(story.lease(), "read-only", "a clock that is turned back opens nothing")
    story.at(8)


def revoked(story):
    tap, desk, bank = story.tap, story.desk, story.bank
    tap.step("The laptop is said to be lost: an administrator revokes it")
    admin = gxt.Caller(bank).sign_in("admin1")
    tap.equal(admin.post(f"/v1/devices/{story.device}/revoke").status, 204, "with a fresh password")
    tap.equal(status_of(story), "WIPE_PENDING", "its device is suspended, and to be wiped")
    tap.check(f"回访：{SECRET}" not in tasks(story), "the bank has nothing yet of what was written")

    tap.step("Its next contact with the bank")
    story.wire.mend()
    done = desk.run("sync")
    tap.check(done.returncode == 1 and "revoked" in done.stderr, f"it is told: {done.stderr.strip()}")
    tap.check({f"回访：{SECRET}", "第五天写下的事"} <= tasks(story), "the queue was accepted: the bank has both tasks, done by rm1")
    tap.equal(status_of(story), "WIPED", "and knows that the laptop is wiped")
    tap.equal(sorted(path.name for path in desk.dir.rglob("*") if path.is_file()), ["lock"], "no file of the profile is left")
    tap.equal(desk.run("list", "customer").stdout, "", "it shows nobody")
    again = desk.run("sign-in", desk.url, "--ca", bank.ca, "--user", "rm1", "--password-file", desk.password)
    tap.check(desk.run("queue", "--json").stdout == "", f"nothing waits in it, whoever signs in ({again.returncode})")


def status_of(story):
    return {row["id"]: row["d"]["status"] for row in gxt.Caller(story.bank).sign_in("admin1", enrol=False).list("device")}[story.device]


def tasks(story):
    return {row["d"]["title"] for row in gxt.Caller(story.bank).sign_in("rm1", enrol=False).list("task")}


def the_books(story):
    tap, bank = story.tap, story.bank
    tap.equal(bank.stop(), 0, "the server stops")
    tap.equal(bank.rows("SELECT count(*) - count(DISTINCT mut_id) FROM mut_result"), [(0,)], "no change was done twice")
    verified = bank.admin("audit", "verify", "--data", bank.dir)
    tap.check(verified.returncode == 0, "audit verify is content", verified.stdout + verified.stderr)


def script(tap, work, stack):
    story = Story(tap, work, stack)
    for part in (away, eighth_day, revoked, the_books):
        part(story)


gxt.run(script)
