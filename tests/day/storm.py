#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storms of kill -9 (sync.md 4.3, T3): first the server is killed while three desks work and sync all the time, then the desks'
programs are killed at random moments of their edits and syncs. Whatever a desk confirmed is at the bank once, what was cut off is
there once or not at all; nothing waits, the stores equal the server's rows byte for byte, the audit log is whole.

SERVER and DESKS kills; GUANXI_KILLS=n so many of each, GUANXI_KILLS=n,m so many of the server and so many of the desks,
GUANXI_SEED=n other moments."""
import collections
import os
import pathlib
import random
import re
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

MORNING = 1795223207000         # some moment, ms UTC
SERVER, DESKS = 50, 200         # kills of a run
COMMANDS = 8                    # that a desk's program gets through before it is killed, about
CHANNELS = ("PHONE", "SMS", "EMAIL", "WECHAT", "LETTER")


class Worker:
    """Somebody at a desk: writes notes, changes customers, syncs. What the desk confirmed is remembered, and what was cut off."""

    def __init__(self, storm, name, login):
        self.desk = gxt.Desk(storm.bank, login, name=name)
        self.name = name
        self.random = random.Random(f"{storm.seed} {name}")
        self.confirmed, self.cut_off, self.ended = [], [], collections.Counter()
        self.count = 0
        self.lasts = 0.02           # seconds of a command

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

    def run(self, hands, command):
        """Runs one; tells whether the program died before it ended. Codes that a storm does not explain end it."""
        subject, words = command
        begin = time.monotonic()
        code, said = hands.run(*words)
        self.ended[words[0], code] += 1
        if subject is not None:
            (self.confirmed if code == 0 else self.cut_off).append(subject)
        if code not in (0, None) and (words[0], code) != ("sync", 3):
            raise RuntimeError(f"{self.name}: {' '.join(words)}: {code}\n{said}")
        if code == 3:
            time.sleep(0.03)            # as long as nobody answers there is nothing to kill
        elif code is not None:
            self.lasts = 0.9 * self.lasts + 0.1 * (time.monotonic() - begin)
        return code is None

    def live(self, share):
        """One life of the program, ended while it works: after a share of the time in which it does COMMANDS of them. Before it has
        its store open it only makes a key out of the password. Tells in which command it was killed."""
        hands = gxt.Hands(self.desk)
        while hands.process.poll() is None and not has_lock(hands.process.pid):
            time.sleep(0.002)
        timer = threading.Timer(share * COMMANDS * self.lasts, hands.process.kill)
        timer.start()
        command = self.draw()
        while not self.run(hands, command):
            command = self.draw()
        timer.join()
        hands.close()
        if hands.process.returncode != -9:
            raise RuntimeError(f"{self.name}: {' '.join(command[1])}: ended with {hands.process.returncode}")
        return command[1][0]


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
        told = [int(n) for n in os.environ.get("GUANXI_KILLS", f"{SERVER},{DESKS}").split(",")]
        self.of_server, self.of_desks = told[0], told[-1]


def all_at_once(storm, work, until):
    """Three people work, each in a thread, while until() goes on; what broke a thread is told, not lost."""
    over, broken = threading.Event(), []

    def begin(worker):
        try:
            work(worker, over)
        except Exception as error:
            broken.append(error)

    threads = [threading.Thread(target=begin, args=(worker,)) for worker in storm.workers]
    for thread in threads:
        thread.start()
    try:
        until(broken)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    storm.tap.equal(broken, [], "each command ended with what it must, or said offline")


def of_the_server(storm):
    """Under load from all desks at once; each moment is one that nobody chose."""
    tap, bank = storm.tap, storm.bank
    tap.step(f"The server is killed {storm.of_server} times while three desks work (GUANXI_SEED={storm.seed})")
    since, kills = time.monotonic(), 0

    def work(worker, over):
        with gxt.Hands(worker.desk) as hands:
            while not over.is_set():
                worker.run(hands, worker.draw())

    def kill(broken):
        nonlocal kills
        while kills < storm.of_server and not broken:
            time.sleep(storm.random.random() * 0.25)
            bank.kill()
            bank.start()
            kills += 1

    all_at_once(storm, work, kill)
    offline = sum(worker.ended["sync", 3] for worker in storm.workers)
    tap.check(kills >= storm.of_server and offline > 0, f"the server was killed {kills} times in {time.monotonic() - since:.0f} s; {offline} syncs were cut "
              f"off by it, {sum(worker.ended['sync', 0] for worker in storm.workers)} came through")
    return kills


def of_the_desks(storm):
    """At a moment of a few commands, drawn anew for each life of the program; the three desks beside each other."""
    storm.tap.step(f"The desks' programs are killed {storm.of_desks} times in edits and syncs")
    since, killed, lock = time.monotonic(), collections.Counter(), threading.Lock()

    def work(worker, over):
        while not over.is_set() and sum(killed.values()) < storm.of_desks:
            what = worker.live(worker.random.random())
            with lock:
                killed[what] += 1

    def wait(broken):
        while sum(killed.values()) < storm.of_desks and not broken:
            time.sleep(0.05)

    all_at_once(storm, work, wait)
    told = ", ".join(f"{n} in “{what}”" for what, n in sorted(killed.items()))
    storm.tap.check(sum(killed.values()) >= storm.of_desks and len(killed) == 3,
                    f"guanxi-cli was killed {sum(killed.values())} times in {time.monotonic() - since:.0f} s: {told}")
    return sum(killed.values())


def settle(storm):
    """Two rounds of syncs; two people who changed one field: both values are kept, and that is no loss."""
    for _ in range(2):
        for worker in storm.workers:
            with gxt.Hands(worker.desk) as hands:
                hands.do("sync")
                issues = [gxt.json.loads(text) for text in gxt.split_rows(hands.do("issues", "--json"))]
                other = [i for i in issues if (i["kind"], [f["field"] for f in i["fields"] if f["conflict"]]) != ("conflict", ["pref_channel"])]
                storm.tap.equal(other, [], f"{worker.name}: of {len(issues)} that are open all are fields where two met")
                for issue in issues:
                    hands.do("issues", "drop", issue["mid"])
                hands.do("sync")


def the_end(storm, when):
    tap, bank = storm.tap, storm.bank
    settle(storm)
    callers = {worker.name: gxt.Caller(bank).sign_in(worker.desk.login, enrol=False) for worker in storm.workers}
    for worker in storm.workers:
        mine = collections.Counter(row["d"]["subject"] for row in callers[worker.name].list("interaction"))
        lost = [s for s in worker.confirmed if mine[s] == 0]
        twice = [s for s in worker.confirmed + worker.cut_off if mine[s] > 1]
        there = sum(mine[s] for s in worker.cut_off)
        tap.equal((lost, twice), ([], []), f"{when}, {worker.name}: {len(worker.confirmed)} confirmed notes are at the bank, each once; "
                  f"of {len(worker.cut_off)} that were cut off {there} are there, once")
        tap.equal((worker.desk.lines("queue"), worker.desk.lines("issues")), ([], []), f"{worker.name}: nothing waits, nothing is open")
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
