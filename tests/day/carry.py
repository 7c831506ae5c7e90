#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a laptop takes along, over real processes: each of rm1's customers has a document, another desk of rm1 fetches ahead and is
killed in the middle, then the bank is away. What can be opened then is worked out here anew from the rows: documents of visits of
today and tomorrow, of pins, of core customers, of tasks that fall due and of who was taken along by hand, and no others."""
import datetime
import pathlib
import random
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

SEED = 20261122
SIZE = 300_000
KILLS = 4


def hand_in(bank, desk, rng):
    """A document of each customer; what it is made of says whose."""
    given = {}
    file = bank.work / "paper.txt"
    for customer in desk.list("customer"):
        line = f"{customer['id']} {rng.random()}\n".encode()
        data = (line * (SIZE // len(line) + 1))[:SIZE]
        file.write_bytes(data)
        made = desk.json("attach", customer["id"], file, "kind=CONTRACT")
        given[made["id"]] = (customer["id"], data)
    desk.sync()
    return given


def wanted_by(desk, taken):
    """By the rule, in the words of the guide."""
    now = datetime.datetime.now()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    begin, end = (int((today + datetime.timedelta(days)).timestamp() * 1000) for days in (0, 2))
    core = {row["id"] for row in desk.list("customer") if row["d"].get("value_class") == "CORE"}
    visits = {row["d"]["customer_id"] for row in desk.list("visit")
              if row["d"]["status"] in ("PLANNED", "CHECKED_IN") and begin <= row["d"]["plan_at"] < end}
    tasks = {row["d"]["customer_id"] for row in desk.list("task")
             if row["d"]["status"] in ("OPEN", "DOING", "WAITING") and row["d"]["due_at"] < end and row["d"].get("customer_id")}
    pins = {row["d"]["customer_id"] for row in desk.list("pin")}
    return core | visits | tasks | pins | taken


def fetch_and_die(rng, desk):
    process = subprocess.Popen(desk.command("carry"), env=desk.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(rng.uniform(0.05, 0.6))
    alive = process.poll() is None
    process.kill()
    process.wait()
    return alive


def readable(bank, desk, given):
    """The documents that open without a bank, byte for byte."""
    out = bank.work / "got"
    opened = set()
    for row, (customer, data) in given.items():
        if desk.run("get", row, out).returncode == 0:
            assert out.read_bytes() == data, "other bytes"
            opened.add(row)
    return opened


def script(tap, work, stack):
    rng = random.Random(SEED)
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", 60)
    bank.start()
    tap.step(f"rm1 hands in a document of each customer, seed {SEED}")
    desk = gxt.Desk(bank, "rm1").sign_in()
    desk.sync()
    given = hand_in(bank, desk, rng)
    field = gxt.Desk(bank, "rm1", name="rm1-field").sign_in()
    field.sync()
    wanted = wanted_by(field, set())
    others = sorted(customer for customer, _ in given.values() if customer not in wanted)
    tap.check(len(wanted) > 3 and len(others) > 3, f"{len(wanted)} customers are wanted by themselves, {len(others)} are not")
    desk.do("new", "pin", f"customer_id={others[0]}")
    desk.sync()
    field.sync()
    field.do("carry", "take", others[1])
    wanted = wanted_by(field, {others[1]})
    tap.check(others[0] in wanted, "a pin of the desk in the bank is known to the laptop")

    tap.step(f"the laptop fetches, and is killed {KILLS} times")
    killed = sum(fetch_and_die(rng, field) for _ in range(KILLS))
    tap.note(f"{killed} of them while it ran")
    told = field.lines("carry")
    by = {row["why"]: row for row in told}
    tap.check(all(row["here"] == row["documents"] for row in told), f"all that is wanted is here: { {why: row['here'] for why, row in by.items()} }")
    tap.check(by["TAKEN"]["here"] >= 1 and by["PINNED"]["here"] >= 1, "who was taken along and who was pinned are told as such")

    tap.step("the bank is away")
    bank.kill()
    expected = {row for row, (customer, _) in given.items() if customer in wanted}
    tap.equal(readable(bank, field, given), expected, f"{len(expected)} of {len(given)} documents open, and no others")

    tap.step("less room")
    field.do("carry", "room", 1)
    left = readable(bank, field, given)
    tap.check(0 < len(left) <= 3 and left < expected, f"in one MB are {len(left)} of them")
    tap.check(any(given[row][0] == others[1] for row in left), "who was taken along by hand comes first")
    file = bank.work / "new.txt"
    file.write_bytes(b"written in the field\n" * 40_000)
    made = field.json("attach", others[2], file, "kind=MINUTES")
    field.do("carry", "room", 0)
    tap.equal(readable(bank, field, given), set(), "without room there are none")
    out = bank.work / "got"
    field.do("get", made["id"], out)
    tap.check(out.read_bytes() == file.read_bytes(), "but what the bank does not have stays")


gxt.run(script)
