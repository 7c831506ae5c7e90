#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The power of the bank's machine fails, under the real server, at any write, sync, move or removal of any of its files: database
and documents (sync.md 4.3, T5; tests/support/gxt-power, preloaded). What was not synced is lost in parts. Two desks work all
the while. What the bank acknowledged is there, each once; documents it has said to have open; the audit log is whole.

GUANXI_CUTS=n so many, GUANXI_SEED=n other moments."""
import os
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

CUTS = 12
MORNING = 1795223207000         # some moment, ms UTC


class Work:
    def __init__(self, bank, login, seed):
        self.desk = gxt.Desk(bank, login)
        self.random = random.Random(f"{seed} {login}")
        self.notes, self.papers, self.count = [], {}, 0
        self.desk.sign_in()
        self.desk.sync()
        me = gxt.Caller(bank).sign_in(login, enrol=False).person
        self.me, self.customers = me, [c["id"] for c in self.desk.list("customer") if not c.get("masked") and me in (c["d"]["primary_rm_id"], c["d"].get("wealth_mgr_id"))]

    def write(self, hands):
        """A note, sometimes a paper of up to two chunks."""
        self.count += 1
        subject, customer = f"{self.desk.login} {self.count:04d}", self.random.choice(self.customers)
        hands.do("new", "interaction", f"customer_id={customer}", "channel=PHONE", "direction=OUT", "purpose=MAINTENANCE", f"subject={subject}",
                 f"started_at={MORNING + self.count * 60000}", f"owner_id={self.me}")
        self.notes.append(subject)
        if self.random.random() < 0.3:
            file = self.desk.dir.with_suffix(".paper")
            data = (f"{subject}\n" * (self.random.choice((3, 3000, 120000)))).encode()
            file.write_bytes(data)
            self.papers[gxt.json.loads(hands.do("attach", customer, file, "kind=CONTRACT", "--json"))["id"]] = data

    def until_dark(self, bank):
        """Writes and sends until the server is gone."""
        with gxt.Hands(self.desk) as hands:
            while bank.process.poll() is None:
                self.write(hands)
                code, said = hands.run("sync")
                if code not in (0, 3):
                    raise RuntimeError(f"sync: {code}\n{said}")


def start_until_cut(bank, seed, operation):
    """A server whose power will fail; perhaps before it answers."""
    preload = ":".join(filter(None, (str(gxt.POWER), os.environ.get("LD_PRELOAD", ""))))
    bank.env = dict(os.environ, LD_PRELOAD=preload, GXT_POWER=f"{seed} {operation} {bank.dir}",
                    ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0")
    try:
        bank.start()
    except RuntimeError:
        if bank.process.poll() != 137:
            raise
    bank.env = None


def storm(tap, bank, desks, seed):
    draw = random.Random(seed)
    cuts = int(os.environ.get("GUANXI_CUTS", CUTS))
    early = 0
    for cut in range(cuts):
        start_until_cut(bank, seed * 1000 + cut, draw.choice((draw.randrange(1, 40), draw.randrange(1, 400))))
        early += bank.process.poll() is not None
        desks[cut % 2].until_dark(bank)
        if bank.process.wait() != 137:
            raise RuntimeError(f"cut {cut}: the server ended with {bank.process.returncode}: {bank.log.read_text()[-2000:]}")
        bank.process = None
    tap.check(early < cuts, f"the power failed {cuts} times (GUANXI_SEED={seed}), {early} times while the bank opened")


def the_end(tap, bank, desks):
    bank.start()
    for _ in range(2):
        for work in desks:
            work.desk.sync()
    out = bank.work / "got"
    for work in desks:
        status = work.desk.json("status")
        tap.equal([status[key] for key in ("pending", "issues", "papers_waiting", "papers_refused")], [0, 0, 0, 0], f"{work.desk.login}: all of it arrived, nothing was refused")
        caller = gxt.Caller(bank).sign_in(work.desk.login, enrol=False)
        there = [row["d"]["subject"] for row in caller.list("interaction")]
        tap.equal([s for s in work.notes if there.count(s) != 1], [], f"{work.desk.login}: {len(work.notes)} notes are at the bank, each once")
        rows = {row["id"]: row["d"]["sha256"] for row in caller.list("attachment")}
        torn = [id for id, data in work.papers.items() if caller.get(f"/v1/blobs/{rows[id]}?ref={id}").body != data]
        tap.equal(torn, [], f"{work.desk.login}: {len(work.papers)} documents too, byte for byte")
        gxt.compare(tap, work.desk, caller, "after the last cut")
    tap.equal(bank.stop(), 0, "the server stops")
    tap.equal(bank.rows("PRAGMA integrity_check"), [("ok",)], "the database is whole")
    tap.equal(bank.rows("SELECT count(*) - count(DISTINCT mut_id) FROM mut_result"), [(0,)], "no change was done twice")
    verified = bank.admin("audit", "verify", "--data", bank.dir)
    tap.check(verified.returncode == 0, "audit verify is content", verified.stdout + verified.stderr)


def script(tap, work, stack):
    seed = int(os.environ.get("GUANXI_SEED", 1))
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", 60)
    bank.start()
    desks = [Work(bank, login, seed) for login in ("rm1", "rm2")]
    bank.stop()
    storm(tap, bank, desks, seed)
    the_end(tap, bank, desks)


gxt.run(script)
