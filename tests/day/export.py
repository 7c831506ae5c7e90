#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk that cannot send leaves what it has to its bank in a file: only the bank opens it, all of it arrives, and nothing is
done twice however often it is handed in, by the file or by the desk itself. So does one whose keyring lost its half of the key."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

MORNING = 1795305600000
OTHERS = ["约见企业主谈授信续作", "送达产品风险揭示书"]
TITLES = ["带产品说明书上门", "电话回访到期理财", "寄送年度账单给客户"]
PAPER = "上门拜访记录：客户希望三年期稳健产品\n"


def admin(bank, *args):
    return bank.admin("queue", *args, "--data", bank.dir)


def write(desk, titles):
    for title in titles:
        desk.do("new", "task", "kind=CALL", f"title={title}", f"customer_id={desk.customer['id']}", f"due_at={MORNING}", "status=OPEN",
                f"assignee_id={desk.customer['d']['primary_rm_id']}")


def titles_at_bank(bank, desk, among=TITLES + ["第四件事"]):
    """Of the tasks of the one customer, those that this desk made."""
    tasks = gxt.Caller(bank).sign_in(desk.login, enrol=False).list("task")
    return sorted(row["d"]["title"] for row in tasks if row["d"].get("customer_id") == desk.customer["id"] and row["d"]["title"] in among)


def own_customer(desk):
    desk.customer = next(row for row in desk.list("customer") if not row.get("masked"))
    return desk


def scan(tap, file, words, what):
    found = gxt.runs_of([word.encode() for word in words]) & gxt.runs_of([file.read_bytes()])
    tap.check(not found, f"{what}: no 8-byte run of what it holds stands in it, {file.stat().st_size} bytes", found)


def by_file(tap, bank, desk):
    tap.step("rm1 cannot send, and leaves a file")
    bank.stop()
    write(desk, TITLES)
    paper = bank.work / "paper.txt"
    paper.write_text(PAPER)
    desk.do("attach", desk.customer["id"], paper, "kind=MINUTES")
    file = bank.work / "rm1.parcel"
    told = desk.do("queue", "export", file)
    tap.check("4 changes" in told and "1 document" in told, f"it says what is in it: {told.strip()}")
    tap.equal(file.stat().st_mode & 0o777, 0o600, "it is its person's alone")
    scan(tap, file, TITLES + [PAPER, desk.customer["id"]], "the file")
    tap.equal(desk.json("status")["pending"], 4, "nothing left the queue")
    return file


def at_the_bank(tap, bank, desk, file):
    tap.step("the bank opens it")
    shown = admin(bank, "show", file, "--json", "--papers", bank.work / "papers")
    body = json.loads(shown.stdout) if shown.returncode == 0 else {}
    tap.equal([m["op"] for m in body.get("mutations", [])], ["create"] * 4, f"and sees four changes {shown.stderr}")
    tap.equal([p.read_text() for p in (bank.work / "papers").iterdir()], [PAPER], "and the document")
    first = json.loads(admin(bank, "import", file, "--json").stdout or "{}")
    tap.equal((first.get("taken"), first.get("refused"), first.get("papers")), (4, 0, 1), "all of it is done")
    bank.start()
    tap.equal(titles_at_bank(bank, desk), sorted(TITLES), "the bank has the tasks")
    again = json.loads(admin(bank, "import", file, "--json").stdout or "{}")
    tap.equal((again.get("taken"), again.get("known")), (0, 4), "handed in again, to the running server: nothing is done twice")
    write(desk, ["第四件事"])
    desk.sync()
    status = desk.json("status")
    tap.equal((status["pending"], status["issues"], status["papers_waiting"]), (0, 0, 0), "the desk itself sends them too, hears that they are done, and goes on")
    tap.equal(titles_at_bank(bank, desk), sorted(TITLES + ["第四件事"]), "each is there once")
    later = json.loads(admin(bank, "import", file, "--json").stdout or "{}")
    tap.equal((later.get("taken"), later.get("known")), (0, 4), "long after, the file changes nothing")


def changed(tap, bank, file):
    tap.step("a file that is not what it was")
    data = file.read_bytes()
    bad = bank.work / "bad.parcel"
    bad.write_bytes(data[:-40] + bytes([data[-40] ^ 1]) + data[-39:])
    tap.check(admin(bank, "import", bad).returncode == 1, "one byte changed: nothing of it is done")
    bad.write_bytes(data[:-30])
    cut = admin(bank, "import", bad)
    tap.check(cut.returncode == 1 and "tampered" in cut.stderr, f"cut short: nothing of it is done: {cut.stderr.strip()}")
    other = gxt.Bank(bank.work, "other")
    other.init("--demo", "--customers", 20)
    told = admin(other, "show", file)
    tap.check(told.returncode == 1 and "another bank" in told.stderr, f"another bank does not open it: {told.stderr.strip()}")


def lost_keyring(tap, bank):
    tap.step("rm2's keyring loses its half of the key, with a queue in the store")
    desk = gxt.Desk(bank, "rm2").sign_in()
    desk.sync()
    own_customer(desk)
    write(desk, OTHERS)
    desk.forget("store")
    tap.equal(desk.run("status").returncode, 1, "nobody opens the store any more")
    file = bank.work / "rm2.parcel"
    told = desk.do("queue", "export", file)
    tap.check("only your bank opens it" in told.lower(), f"what lies there goes into a file: {told.strip()}")
    scan(tap, file, OTHERS + [desk.customer["id"], desk.customer["d"]["name"]], "the file")
    shown = json.loads(admin(bank, "show", file, "--json").stdout or "{}")
    tap.equal([m["set"]["title"] for m in shown.get("mutations", [])], OTHERS, "the bank opens the store, and sees the queue")
    done = json.loads(admin(bank, "import", file, "--json").stdout or "{}")
    tap.equal((done.get("taken"), done.get("refused")), (2, 0), "and does it")
    tap.equal(titles_at_bank(bank, desk, OTHERS), sorted(OTHERS), "nothing is lost")
    tap.equal([p.name for p in bank.dir.iterdir() if p.name.startswith(".parcel")], [], "the opened store is gone from the bank's folder")


def script(tap, work, stack):
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", 60)
    bank.start()
    desk = gxt.Desk(bank, "rm1").sign_in()
    desk.sync()
    file = by_file(tap, bank, own_customer(desk))
    at_the_bank(tap, bank, desk, file)
    changed(tap, bank, file)
    lost_keyring(tap, bank)


if __name__ == "__main__":
    gxt.run(script)
