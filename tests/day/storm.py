#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storms of kill -9 (sync.md 4.3, T3): first the server is killed while three desks work and sync all the time, then guanxi-cli is
killed at random moments of its edits and syncs. Whatever a desk confirmed is at the bank once, what was cut off is there once
or not at all; nothing waits, the stores equal the server's rows byte for byte, the audit log is whole.

As many kills as fit into SECONDS a storm, and at least LEAST; GUANXI_KILLS=n so many of each, GUANXI_SEED=n other moments."""
import collections
import os
import pathlib
import random
import re
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

MORNING = 1795223207000         # some moment, ms UTC
SECONDS = 12
LEAST = 5
CHANNELS = ("PHONE", "SMS", "EMAIL", "WECHAT", "LETTER")


class Worker:
    """Somebody at a desk: writes notes, changes customers, syncs. What the desk confirmed is remembered, and what was cut off."""

    def __init__(self, storm, name, login):
        self.desk = gxt.Desk(storm.bank, login, name=name)
        self.name = name
        self.random = random.Random(f"{storm.seed} {name}")
        self.confirmed, self.cut_off, self.ended = [], [], collections.Counter()
        self.count = 0
        self.lasts = {}             # seconds that a command has the store open

    def begin(self):
        self.desk.sign_in()
        self.desk.sync()
        self.me = gxt.Caller(self.desk.bank).sign_in(self.desk.login, enrol=False).person
        self.customers = [c["id"] for c in self.desk.list("customer") if c["d"]["status"] == "ACTIVE" and self.me in (c["d"]["primary_rm_id"], c["d"].get("wealth_mgr_id"))]

    def note(self):
        """A command that writes a note, and what to do when it said that it did."""
        self.count += 1
        subject = f"{self.name} {self.count:05d}"
        return subject, ("new", "interaction", f"customer_id={self.random.choice(self.customers)}", "channel=PHONE", "direction=OUT",
                         "purpose=MAINTENANCE", f"subject={subject}", f"started_at={MORNING + self.count * 60000}", f"owner_id={self.me}")

    def change(self):
        return None, ("set", "customer", self.random.choice(self.customers[:5]), f"pref_channel={self.random.choice(CHANNELS)}")

    def sync(self):
        return None, ("sync",)

    def draw(self):
        return self.random.choices((self.note, self.change, self.sync), (4, 2, 3))[0]()

    def run(self, command, share=None):
        """Runs one; tells whether it was killed before it ended: after a share of the time that such a command has the store open
        for. Before that it only makes a key out of the password."""
        subject, words = command
        process = subprocess.Popen(self.desk.command(*words), env=self.desk.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while process.poll() is None and not has_lock(process.pid):
            time.sleep(0.001)
        begin = time.monotonic()
        kill_after = share * self.lasts[words[0]] if share is not None and words[0] in self.lasts else gxt.PATIENCE
        try:
            said = process.communicate(timeout=kill_after)
            self.lasts[words[0]] = 0.7 * self.lasts.get(words[0], 0.05) + 0.3 * (time.monotonic() - begin)
        except subprocess.TimeoutExpired:
            process.kill()
            said = process.communicate()
        code = process.returncode
        self.ended[words[0], code] += 1
        if subject is not None:
            (self.confirmed if code == 0 else self.cut_off).append(subject)
        if code not in (0, -9) and (words[0], code) != ("sync", 3):
            raise RuntimeError(f"{self.name}: {' '.join(words)}: {code}\n{said[0]}{said[1]}")
        return code == -9


def has_lock(pid):
    """Whether the process has a profile open: it holds its lock."""
    return re.search(rf"\bFLOCK\b.*\b{pid}\b", pathlib.Path("/proc/locks").read_text()) is not None


class Storm:
    def __init__(self, tap, work, stack, seed):
        self.tap, self.seed = tap, seed
        self.random = random.Random(seed)
        self.bank = gxt.Bank(work)
        stack.callback(self.bank.close)
        self.bank.init("--demo", "--customers", 60)
        self.bank.start()
        self.workers = [Worker(self, *who) for who in (("laptop", "rm1"), ("desk", "rm1"), ("colleague", "rm2"))]
        for worker in self.workers:
            worker.begin()
        self.wanted = int(os.environ.get("GUANXI_KILLS", 0))

    def goes_on(self, kills, since):
        if self.wanted:
            return kills < self.wanted
        return kills < LEAST or time.monotonic() - since < SECONDS


def of_the_server(storm):
    """Under load from all desks at once; each moment is one that nobody chose."""
    tap, bank = storm.tap, storm.bank
    tap.step(f"The server is killed while three desks work (GUANXI_SEED={storm.seed})")
    over, broken = threading.Event(), []

    def work(worker):
        try:
            while not over.is_set():
                worker.run(worker.draw())
        except Exception as error:      # told by the storm, not lost in a thread
            broken.append(error)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in storm.workers]
    for thread in threads:
        thread.start()
    kills, since = 0, time.monotonic()
    try:
        while storm.goes_on(kills, since) and not broken:
            time.sleep(storm.random.random() * 0.6)
            bank.kill()
            bank.start()
            kills += 1
    finally:
        over.set()
        for thread in threads:
            thread.join()
    tap.equal(broken, [], "each command ended with what it must, or said offline")
    offline = sum(worker.ended["sync", 3] for worker in storm.workers)
    tap.check(kills >= LEAST and offline > 0, f"the server was killed {kills} times; {offline} syncs were cut off by it, "
              f"{sum(worker.ended['sync', 0] for worker in storm.workers)} came through")
    return kills


def of_the_desks(storm):
    """At a moment of the time that such a command takes, drawn anew for each."""
    storm.tap.step("The desks are killed in edits and syncs")
    killed, in_full = collections.Counter(), 0
    since = time.monotonic()
    while storm.goes_on(sum(killed.values()), since):
        worker = storm.random.choice(storm.workers)
        command = worker.draw()
        if worker.run(command, storm.random.random() * 1.1):
            killed[command[1][0]] += 1
        else:
            in_full += 1
    told = ", ".join(f"{n} in “{what}”" for what, n in sorted(killed.items()))
    storm.tap.check(sum(killed.values()) >= LEAST, f"guanxi-cli was killed {sum(killed.values())} times: {told}; {in_full} ended before it")
    return sum(killed.values())


def the_end(storm, when):
    tap, bank = storm.tap, storm.bank
    for _ in range(2):
        for worker in storm.workers:
            worker.desk.sync()
    for worker in storm.workers:        # two people who changed one field: both values are kept, and that is no loss
        for issue in worker.desk.lines("issues"):
            tap.equal((issue["kind"], [f["field"] for f in issue["fields"] if f["conflict"]]), ("conflict", ["pref_channel"]), f"{worker.name}: nothing is open but where two met")
            worker.desk.do("issues", "drop", issue["mid"])
    for _ in range(2):
        for worker in storm.workers:
            worker.desk.sync()
    callers = {worker.name: gxt.Caller(bank).sign_in(worker.desk.login, enrol=False) for worker in storm.workers}
    for worker in storm.workers:
        mine = collections.Counter(row["d"]["subject"] for row in callers[worker.name].list("interaction"))
        lost = [s for s in worker.confirmed if mine[s] == 0]
        twice = [s for s in worker.confirmed + worker.cut_off if mine[s] > 1]
        there = sum(mine[s] for s in worker.cut_off)
        tap.equal((lost, twice), ([], []), f"{when}, {worker.name}: {len(worker.confirmed)} confirmed notes are at the bank, each once; "
                  f"of {len(worker.cut_off)} that were cut off {there} are there, once")
        tap.equal(worker.desk.lines("queue"), [], f"{worker.name}: nothing waits")
        gxt.compare(tap, worker.desk, callers[worker.name], when)


def the_books(storm, kills):
    tap, bank = storm.tap, storm.bank
    tap.equal(bank.stop(), 0, "the server stops")
    bad = [row for row in bank.rows("SELECT hex(c.id), c.last_mid, count(m.mid), min(m.mid), max(m.mid) FROM client c JOIN mut_result m ON m.client_id = c.id GROUP BY c.id")
           if row[4] != row[1] or row[2] != row[4] - row[3] + 1]
    tap.equal(bad, [], "each change of each desk has exactly one result")
    tap.equal(bank.rows("SELECT count(*) - count(DISTINCT mut_id) FROM mut_result"), [(0,)], "no change was done twice")
    verified = bank.admin("audit", "verify", "--data", bank.dir)
    tap.check(verified.returncode == 0, f"audit verify is content after {kills} kills", verified.stdout + verified.stderr)


def script(tap, work, stack):
    storm = Storm(tap, work, stack, int(os.environ.get("GUANXI_SEED", 1)))
    server = of_the_server(storm)
    the_end(storm, f"after {server} kills of the server")
    desks = of_the_desks(storm)
    the_end(storm, f"after {desks} kills of the desks")
    the_books(storm, server + desks)


gxt.run(script)
