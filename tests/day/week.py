#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A week of two laptops and a desk at the same customers, over a bad network and a server that dies: each day everybody works
without a network, in the evening everybody syncs through the chaos until it is done. What must be true at the end: the three
stores equal the server's rows in their scopes, byte for byte; every change is in exactly one state; nobody's work is lost or
doubled; where two changed one field both values are there to choose from; the audit log is whole.

  GUANXI_SEED=n another week, GUANXI_WEEKS=n so many of them."""
import collections
import os
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import chaos
import gxt

MORNING = 1795223207000         # some moment, ms UTC
CHANNELS = ("PHONE", "SMS", "EMAIL", "WECHAT", "LETTER", "VISIT")
TRIES = 60                      # of one sync through the chaos


class Week:
    def __init__(self, tap, work, stack, seed):
        self.tap = tap
        self.random = random.Random(seed)
        self.bank = gxt.Bank(work)
        stack.callback(self.bank.close)
        self.bank.init("--demo", "--customers", 60)
        self.bank.start()
        self.wires, self.desks = {}, {}
        for name, login in (("laptop", "rm1"), ("desk", "rm1"), ("colleague", "rm2")):
            wire = self.wires[name] = chaos.Chaos(self.bank, f"{seed} {name}")
            stack.callback(wire.close)
            self.desks[name] = gxt.Desk(self.bank, login, wire.url, name)
        self.notes = collections.defaultdict(list)
        self.ended = collections.Counter()
        self.kept = 0

    def calm(self, calm):
        for wire in self.wires.values():
            wire.calm = calm
            wire.up = True

    def sync(self, name):
        """Through the chaos, until it is done."""
        for turn in range(TRIES):
            code = self.desks[name].run("sync").returncode
            self.ended[code] += 1
            if code == 0:
                return True
            if self.bank.process is None:
                self.bank.start()
        return self.tap.check(False, f"{name}: {TRIES} syncs, and none came through")


def begin(week):
    week.calm(1)
    for desk in week.desks.values():
        desk.sign_in()
        desk.sync()
    mine = {c["id"] for c in week.desks["colleague"].list("customer")}
    week.shared = [c for c in week.desks["laptop"].list("customer") if c["id"] in mine and c["d"]["status"] == "ACTIVE"]
    week.tap.check(len(week.shared) >= 5, f"{len(week.shared)} customers are rm1's and rm2's")
    owners = collections.Counter(c["d"]["primary_rm_id"] for c in week.shared)
    week.owner = {"rm1": owners.most_common(1)[0][0], "rm2": next(c["d"]["wealth_mgr_id"] for c in week.shared)}


def work(week, day):
    """Without a network: notes, tasks, and fields of few customers, so that people meet."""
    for wire in week.wires.values():
        wire.up = False
    busy = week.shared[:5]
    for name, desk in week.desks.items():
        for i in range(3):
            customer = week.random.choice(week.shared)
            subject = f"{name} 第 {day} 天 {i + 1}"
            desk.do("new", "interaction", f"customer_id={customer['id']}", "channel=PHONE", "direction=OUT", "purpose=MAINTENANCE",
                    f"subject={subject}", f"started_at={MORNING + day * 86400000 + i * 60000}", f"owner_id={week.owner[desk.login]}")
            week.notes[name].append(subject)
        customer = week.random.choice(busy)
        desk.do("set", "customer", customer["id"], f"pref_channel={week.random.choice(CHANNELS)}")
        desk.do("set", "customer", week.random.choice(busy)["id"], f"quiet_from={week.random.randrange(18, 23)}:00", "quiet_to=08:00")
        desk.run("sync")


def evening(week):
    """Chaos, and a server that is killed while it works."""
    week.calm(0.35)
    for name in week.random.sample(list(week.desks), len(week.desks)):
        if week.random.random() < 0.5:
            week.wires[name].call_after("to", week.random.randrange(200, 6000), week.random.random() * 0.02, week.bank.kill)
        week.sync(name)
        if week.bank.process is None:
            week.bank.start()


def settle_conflicts(week):
    """Half of what is open is kept, half let go."""
    for desk in week.desks.values():
        for issue in desk.lines("issues"):
            values = next((f for f in issue["fields"] if f["conflict"]), None)
            week.tap.check(values is not None and values.get("mine") != values.get("theirs"),
                           f"{desk.dir.name}: a conflict shows mine {values and values.get('mine')} and theirs {values and values.get('theirs')}", issue)
            desk.do("issues", week.random.choice(("keep", "drop")), issue["mid"])
            week.kept += 1


def end(week):
    tap, bank = week.tap, week.bank
    week.calm(1)
    for _ in range(3):
        for name in week.desks:
            week.sync(name)
        settle_conflicts(week)
    for _ in range(2):
        for name in week.desks:
            week.sync(name)
    callers = {name: gxt.Caller(bank).sign_in(desk.login, enrol=False) for name, desk in week.desks.items()}
    for name, desk in week.desks.items():
        tap.equal((len(desk.lines("queue")), len(desk.lines("issues"))), (0, 0), f"{name}: nothing waits, nothing is open")
        gxt.compare(tap, desk, callers[name], f"after the week, {name}")
    at_bank = [r["d"]["subject"] for r in callers["laptop"].list("interaction")]
    for name, subjects in week.notes.items():
        counts = collections.Counter(s for s in at_bank if s in set(subjects))
        tap.check(len(counts) == len(subjects) and set(counts.values()) == {1}, f"{name}'s {len(subjects)} notes are at the bank, each once", counts)
    same = [sorted(desk.texts("customer", "--search", c["d"]["cif_no"])) for c in week.shared[:5] for desk in (week.desks["laptop"], week.desks["desk"])]
    tap.check(all(a == b for a, b in zip(same[::2], same[1::2])), "rm1's laptop and desk say the same of every customer that all three changed")
    met = sum((wire.met for wire in week.wires.values()), collections.Counter())
    tap.check(set(met) == set(chaos.Chaos.FAULTS), f"the network did {sum(met.values())} things: " + ", ".join(f"{fault} {n}" for fault, n in sorted(met.items())), met)
    tap.note(f"syncs: {week.ended[0]} came through, {sum(week.ended.values()) - week.ended[0]} did not; {week.kept} conflicts settled by a person")
    tap.check(set(week.ended) <= {0, 3}, "each sync that did not come through said offline", week.ended)
    tap.equal(bank.stop(), 0, "the server stops")
    for client, last, count, first, top in bank.rows("SELECT hex(c.id), c.last_mid, count(m.mid), min(m.mid), max(m.mid) FROM client c JOIN mut_result m ON m.client_id = c.id GROUP BY c.id"):
        tap.check(top == last and count == top - first + 1, f"client {client[-6:]}: {last} operations, each with exactly one result", (last, count, first, top))
    verified = bank.admin("audit", "verify", "--data", bank.dir)
    tap.check(verified.returncode == 0, "audit verify is content with the week", verified.stdout + verified.stderr)


def script(tap, work_dir, stack):
    first = int(os.environ.get("GUANXI_SEED", 1))
    for seed in range(first, first + int(os.environ.get("GUANXI_WEEKS", 1))):
        tap.step(f"Week {seed} (GUANXI_SEED={seed})")
        place = pathlib.Path(work_dir) / str(seed)
        place.mkdir()
        week = Week(tap, place, stack, seed)
        begin(week)
        for day in range(1, 8):
            work(week, day)
            evening(week)
        end(week)


gxt.run(script)
