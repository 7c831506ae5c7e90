#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents of several MB go to the bank while the client and the server are killed (SIGKILL) at random moments: each arrives whole,
every byte of it, and opens to who may read it. On neither side is a line of them readable on the disk."""
import hashlib
import pathlib
import random
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

SEED = 20261122
KILLS = 24
KNOWN = b"a line that everybody knows: "


def paper(rng, number):
    """A text of 3 to 9 MiB, none like another."""
    size = rng.randrange(3 << 20, 9 << 20)
    line = KNOWN + f"{number} {rng.random()}\n".encode()
    return (line * (size // len(line) + 1))[:size]


def one_kill(rng, bank, desk, late):
    """One sync with an end that nobody chose; tells who was killed, and whether something was on its way. Where a desk begins late, so
    do the ends: else a busy machine would see only desks that had not begun."""
    process = subprocess.Popen(desk.command("sync"), env=desk.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(rng.uniform(0.02, 0.9) + late)
    if rng.random() < 0.5:
        alive = process.poll() is None
        process.kill()
        process.wait()
        return "client" if alive else "nobody"
    alive = process.poll() is None
    bank.kill()
    process.wait(gxt.PATIENCE)
    bank.start()
    return "server" if alive else "nobody"


def readable(folder):
    """How many files of a folder hold a piece of the documents in the clear."""
    pieces = (KNOWN[:8], KNOWN[8:16], KNOWN[-8:])
    return [path.name for path in folder.rglob("*") if path.is_file() and any(piece in path.read_bytes() for piece in pieces)]


def storm(tap, bank):
    tap.step(f"rm1 hands in documents; {KILLS} kills, seed {SEED}")
    rng = random.Random(SEED)
    desk = gxt.Desk(bank, "rm1").sign_in()
    desk.sync()
    customers = [c["id"] for c in desk.list("customer") if not c.get("masked")]
    file = bank.work / "paper.txt"
    given, killed, halfway, late = {}, {"client": 0, "server": 0, "nobody": 0}, 0, 0
    while killed["client"] + killed["server"] < KILLS and len(given) < 40:
        if desk.json("status")["papers_waiting"] == 0:
            data = paper(rng, len(given))
            file.write_bytes(data)
            made = desk.json("attach", customers[len(given) % len(customers)], file, "kind=CONTRACT", "valid_to=2030-12-31")
            given[made["id"]] = data
            tap.check(made["sha256"] == hashlib.sha256(data).hexdigest(), f"document {len(given)}: {len(data)} bytes are kept under their hash")
        killed[one_kill(rng, bank, desk, late)] += 1
        asked = time.monotonic()
        status = desk.json("status")
        late = max(0, time.monotonic() - asked - 0.15)
        halfway += 0 < status["papers_done"] < status["papers_total"]
        tap.equal(readable(desk.dir / "blobs") + readable(bank.dir / "blobs"), [], f"nothing is readable on either disk, after {sum(killed.values())} ends")
    tap.note(f"killed: {killed}; {halfway} times in the middle of a document")
    tap.check(halfway > 0, "some were killed in the middle of a document")
    return desk, given


def arrived(tap, bank, desk, given):
    tap.step("all of them are at the bank")
    desk.sync()
    status = desk.json("status")
    tap.equal((status["papers_waiting"], status["papers_refused"], status["pending"], status["issues"]), (0, 0, 0, 0), "nothing waits, nothing was refused")
    tap.equal(len(list((bank.dir / "blobs" / "uploads").iterdir())), 0, "no half of a document is left")
    again = gxt.Desk(bank, "rm1", name="rm1-elsewhere").sign_in()
    again.sync()
    out = bank.work / "got"
    for number, (row, data) in enumerate(given.items(), 1):
        again.do("get", row, out)
        tap.check(out.read_bytes() == data, f"document {number} is fetched by another desk, byte for byte")
    stranger = gxt.Desk(bank, "rm3").sign_in()
    stranger.sync()
    theirs = {row["id"] for row in stranger.list("attachment")}
    foreign = [(row, data) for row, data in given.items() if row not in theirs]
    caller = gxt.Caller(bank).sign_in("rm3", enrol=False)
    answers = {caller.get(f"/v1/blobs/{hashlib.sha256(data).hexdigest()}?ref={row}").status for row, data in foreign}
    tap.equal((len(foreign) > 0, answers), (True, {404}), "to a colleague who does not manage the customer there is none, though he knows its hash and its id")


def script(tap, work, stack):
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", 60)
    bank.start()
    desk, given = storm(tap, bank)
    arrived(tap, bank, desk, given)


gxt.run(script)
