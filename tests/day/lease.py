#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A laptop stays away from its bank: after a week it takes no changes, after two it shows nothing, and each refusal says what
makes it possible. What waits stays in the queue the whole time, and one sync lifts it all. The days are the bank's."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

ADVICE = "Connect and sign in"
MORNING = 1795305600000


def later(desk, days):
    """So many days more have passed since the desk met its bank."""
    subprocess.run([str(gxt.STORE), "days", str(desk.dir), str(days)], env=desk.env, check=True, timeout=gxt.PATIENCE)


def write(desk, title):
    """A task of the first of rm1's own customers."""
    return desk.run("new", "task", "kind=CALL", f"title={title}", f"customer_id={desk.customer['id']}", f"due_at={MORNING}", "status=OPEN",
                    f"assignee_id={desk.customer['d']['primary_rm_id']}")


def state(desk):
    return desk.json("status")["lease"]["state"]


def away(tap, bank, desk):
    tap.step("rm1 goes away")
    tap.equal(write(desk, "一").returncode, 0, "a change is taken offline")
    bank.stop()
    later(desk, 6)
    tap.equal((state(desk), write(desk, "二").returncode), ("open", 0), "so it is on the sixth day")
    told = desk.do("status")
    tap.check("1 day left" in told and "Connect before" in told, "which says how many days are left, and what to do", told)
    later(desk, 1)
    refused = write(desk, "三")
    tap.equal((state(desk), refused.returncode), ("read-only", 1), "on the seventh it takes no more")
    tap.check(ADVICE in refused.stderr and "takes no changes" in refused.stderr, "and says what makes it possible", refused.stderr)
    tap.equal(desk.run("set", "customer", desk.customer["id"], "lang=en").returncode, 1, "no field of a customer either")
    paper = bank.work / "paper.txt"
    paper.write_text("客户经理上门拜访记录")
    tap.equal(desk.run("attach", desk.customer["id"], paper).returncode, 1, "no document")
    tap.equal(len(desk.lines("queue")), 2, "what waited waits")


def locked(tap, bank, desk):
    tap.step("and stays away")
    later(desk, 7)
    tap.equal(state(desk), "locked", "after two weeks the desk is locked")
    for words in (["list", "customer"], ["queue"], ["issues"]):
        shown = desk.run(*words)
        tap.equal((shown.returncode, shown.stdout), (1, ""), f"it shows no {words[-1]}")
        tap.check(ADVICE in shown.stderr, "and says what makes it possible", shown.stderr)
    tap.equal(desk.json("status")["pending"], 2, "two changes still wait")
    tap.equal(desk.run("sync").returncode, 3, "without a network it stays so")
    tap.equal(state(desk), "locked", "a sync that failed lifts nothing")


def back(tap, bank, desk):
    tap.step("the network is back")
    bank.start()
    desk.sync()
    tap.equal((state(desk), desk.json("status")["pending"]), ("open", 0), "one sync lifts it, and has sent what waited")
    tap.check(len(desk.list("customer")) > 0, "the customers are shown")
    tap.equal(write(desk, "四").returncode, 0, "changes are taken")
    titles = {row["d"]["title"] for row in gxt.Caller(bank).sign_in("rm1", enrol=False).list("task")}
    tap.check({"一", "二"} <= titles, "the bank has what was typed in between")
    later(desk, 20)
    desk.run("sign-out")
    tap.equal(desk.run("sync").returncode, 1, "after two weeks more, and signed out, nothing is lifted by trying")
    tap.equal(state(desk), "locked", "the desk is locked")
    desk.sign_in()
    tap.equal(state(desk), "open", "signing in lifts it")


def policy(tap, bank):
    tap.step("the bank thinks three days enough")
    bank.stop()
    for code, value in (("lease_read_only_days", "3"), ("lease_locked_days", "4")):
        bank.admin("set", code, value, "--data", bank.dir, check=True)
    for code, value in (("lease_locked_days", "soon"), ("lease_days", "3")):
        tap.equal(bank.admin("set", code, value, "--data", bank.dir).returncode, 1, f"{code}={value} is no setting")
    bank.start()
    desk = gxt.Desk(bank, "rm2").sign_in()
    desk.sync()
    for days, wanted in ((2, "open"), (1, "read-only"), (1, "locked")):
        later(desk, days)
        tap.equal(state(desk), wanted, f"{days} more: {wanted}")


def script(tap, work, stack):
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", 60)
    bank.start()
    desk = gxt.Desk(bank, "rm1").sign_in()
    desk.sync()
    desk.customer = next(row for row in desk.list("customer") if not row.get("masked"))
    away(tap, bank, desk)
    locked(tap, bank, desk)
    back(tap, bank, desk)
    policy(tap, bank)


if __name__ == "__main__":
    gxt.run(script)
