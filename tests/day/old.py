#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every released program left behind (tests/fixtures/old), taken over by the programs of today (sync.md 4.3, T18; I10): a bank,
and the desk of a manager who was away when all was replaced, with each kind of change in the queue.

The bank opens and is brought to today's schema. The desk opens, and its queue is there, byte for byte; a store in clear text
becomes an encrypted one at the next sign-in, with its queue; what waited is sent and has its results, one conflict with
base, mine and theirs among them; a request that was signed then is approved now; and the store equals the bank's rows."""
import pathlib
import socket
import subprocess
import sys
import tarfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

ARCHIVES = sorted((pathlib.Path(__file__).parents[1] / "fixtures" / "old").glob("*.tar.xz"))
HOUR = 3600 * 1000
URGENT = 1 if gxt.SCHEMA == 1 else "URGENT"     # what 1 is called on today's wire


def is_sealed(database):
    return database.read_bytes()[:6] != b"SQLite"


def is_free(port):
    """Another run of this test may have it, or whoever was given it for a moment: asked as the server will ask."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


class Old:
    def __init__(self, tap, work, stack, archive):
        with tarfile.open(archive) as packed:
            packed.extractall(work)
        self.tap = tap
        self.name = archive.name.split(".")[0]
        self.root = work / self.name
        self.story = gxt.json.loads((self.root / "story.json").read_text())
        # An hour later, by the clock of everybody: certificates do not last for ever.
        self.clock = gxt.Clock(work / f"{self.name}.clock")
        self.clock.set(self.story["at"] + HOUR)
        self.bank = gxt.Bank(self.root, clock=self.clock)
        stack.callback(self.bank.close)
        self.bank.port = int(self.story["url"].rsplit(":", 1)[1])      # the profile is that server's
        gxt.until("the port is free", lambda: is_free(self.bank.port))
        self.desk = gxt.Desk(self.bank, "rm1", clock=self.clock)
        if self.story["vault"]["bank"]:
            (self.root / "bank" / "bank.db").rename(self.bank.plain)
            self.bank._vault("in")
        if self.story["vault"]["desk"]:
            plain = self.root / "store.plain"
            (self.desk.dir / "store.db").rename(plain)
            subprocess.run([gxt.STORE, "in", self.desk.dir, plain], check=True, env=self.desk.env)

    def queue(self):
        return [gxt.canonical(gxt.json.loads(text)) for text in gxt.split_rows(self.desk.do("queue", "--json"))]


def the_queue(old):
    """Before anything is sent."""
    tap, story = old.tap, old.story
    tap.equal(old.queue(), story["queue"], f"{old.name}: {len(story['queue'])} changes wait, each as it was written")
    tap.equal(old.desk.find("task", story["task"])["d"]["status"], "DONE", f"{old.name}: rm1 sees what rm1 did on the road")
    old.bank.start()
    old.desk.sign_in()
    tap.check(old.queue() == story["queue"], f"{old.name}: and after signing in to the new server")
    tap.check(is_sealed(old.desk.dir / "store.db") and is_sealed(old.bank.dir / "bank.db"), f"{old.name}: both stores are encrypted now "
              f"(were: {story['vault']})")
    for folder in (old.desk.dir, old.bank.dir):
        open_ = [p.name for p in folder.rglob("*") if p.is_file() and any(word in p.read_bytes() for word in ("大额存单".encode(), b"13987654321"))]
        tap.equal(open_, [], f"{old.name}: no file of the {folder.name} has a word of the queue in clear text")


def what_waited(old):
    tap, story, desk = old.tap, old.story, old.desk
    desk.sync()
    tap.equal(old.queue(), [], f"{old.name}: all of it was sent")
    issues = desk.lines("issues")
    tap.equal([i["kind"] for i in issues], ["conflict"], f"{old.name}: nothing was refused, one is in conflict")
    field = issues[0]["fields"][0]
    tap.equal((field["field"], field.get("base"), field.get("mine"), field.get("theirs")), ("pref_channel", story["base"], story["mine"], story["theirs"]),
              f"{old.name}: with base, mine and theirs")
    caller = gxt.Caller(old.bank).sign_in("rm1", enrol=False)
    rows = {entity: {row["id"]: row["d"] for row in caller.list(entity)} for entity in ("interaction", "task", "customer", "contact_point", "change_request")}
    tap.equal(rows["interaction"][story["note"]]["subject"], "电话回访，客户询问大额存单", f"{old.name}: the bank has the note")
    task, known = rows["task"][story["task"]], rows["task"][story["old_task"]]
    tap.equal((task["status"], task["result"], task["priority"], known["priority"]), ("DONE", "客户已收到", URGENT, URGENT),
              f"{old.name}: and both tasks, their urgency as it is said today")
    customer = rows["customer"][story["customer"]]
    tap.equal((customer.get("quiet_from"), customer.get("quiet_to")), ("21:00", "08:30"), f"{old.name}: the hours at which not to call")
    walk_in = rows["customer"][story["walk_in"]]
    tap.check(len(walk_in["cif_no"]) == 10 and any(p["customer_id"] == story["walk_in"] for p in rows["contact_point"].values()),
              f"{old.name}: the walk-in has a number and a telephone", walk_in)
    tap.equal([rows["change_request"][story[cr]]["state"] for cr in ("request", "named")], ["PENDING", "PENDING"], f"{old.name}: both requests wait for review")


def afterwards(old):
    tap, story, desk, bank = old.tap, old.story, old.desk, old.bank
    sup1 = gxt.Desk(bank, "sup1", clock=old.clock).sign_in()
    sup1.sync()
    for cr in ("request", "named"):
        done = sup1.run("review", "approve", story[cr], "--note", "已核对，同意", "--password-file", sup1.password)
        tap.check(done.returncode == 0, f"{old.name}: what was signed by the old program is approved", done.stderr)
    desk.do("issues", "keep", desk.lines("issues")[0]["mid"])
    desk.sync()
    desk.sync()
    tap.equal((desk.find("contact_point", story["phone"])["d"]["value"], desk.find("customer", story["customer"])["d"]["name"],
               desk.find("customer", story["shared"])["d"]["pref_channel"]), ("13987654321", "张改名", story["mine"]), f"{old.name}: and all of it came back")
    tap.equal((old.queue(), desk.lines("issues")), ([], []), f"{old.name}: nothing waits, nothing is open")
    gxt.compare(tap, desk, gxt.Caller(bank).sign_in("rm1", enrol=False), old.name)
    tap.equal(bank.stop(), 0, f"{old.name}: the server stops")
    tap.equal(bank.rows("SELECT count(*) - count(DISTINCT mut_id) FROM mut_result"), [(0,)], f"{old.name}: no change was done twice")
    verified = bank.admin("audit", "verify", "--data", bank.dir)
    tap.check(verified.returncode == 0, f"{old.name}: audit verify is content with the whole log, old and new", verified.stdout + verified.stderr)


def script(tap, work, stack):
    tap.check(len(ARCHIVES) >= 4, f"{len(ARCHIVES)} programs of before")
    for archive in ARCHIVES:
        old = Old(tap, work, stack, archive)
        tap.step(f"{old.name}: bank in {'a vault' if old.story['vault']['bank'] else 'clear text'}, desk in {'a vault' if old.story['vault']['desk'] else 'clear text'}")
        for part in (the_queue, what_waited, afterwards):
            part(old)


gxt.run(script)
