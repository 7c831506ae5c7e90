#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bank's database as it lies on the disk: nothing in it can be read without the key, nothing in it changed unseen, a
bank of before there was a vault is taken in whole, and each refusal says what to do."""
import os
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import gxt


def known_words(bank):
    """What a burglar may look for: names, telephone numbers, notes, SQL, as they stand in the database."""
    words = [b"SQLite format 3", b"CREATE TABLE customer", b"INTEGER NOT NULL"]
    for query in ("SELECT name FROM customer", "SELECT notes FROM interaction", "SELECT subject FROM interaction",
                  "SELECT title FROM task", "SELECT login FROM login", "SELECT entry FROM audit_log WHERE seq < 50"):
        words += [value.encode() if isinstance(value, str) else value for value, in bank.rows(query) if value]
    return [word for word in words if len(word) >= 8]


def scan(tap, bank, words, what):
    files = [path for path in sorted(bank.dir.rglob("*")) if path.is_file() and path.parent.name != "keys"]
    runs = gxt.runs_of(words)
    found = {path.name: sorted(here)[:3] for path in files if (here := runs & gxt.runs_of([path.read_bytes()]))}
    size = sum(path.stat().st_size for path in files)
    tap.check(not found, f"{what}: no 8-byte run of {len(words)} known texts in {len(files)} files, {size} bytes", found)


def refusals(tap, bank):
    tap.step("A key that is missing, readable by others, or another bank's")
    key = bank.dir / "keys" / "bank.key"
    good = key.read_bytes()

    def told(what, *words):
        for command in (("serve", "--data", bank.dir, "--listen", "127.0.0.1:0"), ("audit", "verify", "--data", bank.dir)):
            done = bank.admin(*command)
            tap.check(done.returncode != 0 and all(word in done.stderr for word in words), f"{what}, {command[0]}: {done.stderr.strip()}", done)

    key.chmod(0o440)
    told("others may read the key", "bank.key", "0440", "chmod 0400")
    key.unlink()
    told("the key is missing", "bank.key", "without the bank's keys")
    key.write_text("5a" * 32)
    key.chmod(0o400)
    told("another bank's key", "bank.db", "page 1", "the key is not this database's")
    key.unlink()

    tap.step("The keys as credentials of systemd")
    credentials = bank.work / "credentials"
    shutil.copytree(bank.dir / "keys", credentials)
    (credentials / "bank.key").write_bytes(good)
    (credentials / "bank.key").chmod(0o440)      # systemd guards them by the folder, and by rights that chmod does not show
    done = bank.admin("audit", "verify", "--data", bank.dir, env=dict(os.environ, CREDENTIALS_DIRECTORY=str(credentials)))
    tap.equal(done.returncode, 0, f"open the bank: {done.stdout.strip()}")
    key.write_bytes(good)
    key.chmod(0o400)

    tap.step("A byte changed on the disk")
    database = bank.dir / "bank.db"
    whole = database.read_bytes()
    changed = bytearray(whole)
    for page in range(1, len(whole) // 4096):       # every one but the first: whichever is read is refused
        changed[page * 4096 + 99] ^= 4
    database.write_bytes(changed)
    done = bank.admin("audit", "verify", "--data", bank.dir)
    told = re.search(r"bank\.db: page [0-9]+ is not what was written there", done.stderr)
    tap.check(done.returncode != 0 and told, f"is told with its page: {done.stderr.strip()}", done)
    database.write_bytes(b"")
    done = bank.admin("serve", "--data", bank.dir, "--listen", "127.0.0.1:0")
    tap.check(done.returncode != 0 and "empty" in done.stderr, f"a bank that was emptied is not begun anew: {done.stderr.strip()}", done)
    database.write_bytes(whole)


def of_before(tap, bank, words):
    tap.step("A bank of before there was a vault, killed in the middle of its day")
    before = gxt.Bank(bank.work, "before")
    shutil.copytree(bank.dir, before.dir, ignore=shutil.ignore_patterns("control", "lock"))
    before._vault("out")
    for leftover in before.dir.glob("bank.db*"):
        leftover.unlink()
    db = gxt.sqlite3.connect(before.plain, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA wal_autocheckpoint=0")
    db.execute("INSERT INTO meta(k, v) VALUES('marker', 'written after the last checkpoint')")
    for end in ("", "-wal"):            # while it is open: as kill -9 leaves it
        shutil.copy(f"{before.plain}{end}", f"{before.dir}/bank.db{end}")
    db.close()
    (before.dir / "bank.db.sealing").write_bytes(b"what a power cut left of an earlier start")
    tap.check(gxt.runs_of(words) <= gxt.runs_of([(before.dir / "bank.db").read_bytes()]), "is readable as it lies there: the scan finds every run")
    kept = {table: rows for table, rows in everything(bank).items() if table != "meta"}

    before.start()
    tap.equal(gxt.Caller(before).sign_in("rm1").get("/v1/auth/session").status, 200, "its server starts, and rm1 signs in")
    tap.equal(before.stop(), 0, "and stops")
    scan(tap, before, words, "now")
    after = everything(before)
    tap.check(("marker", "written after the last checkpoint") in after["meta"], "what was only in its log is there")
    same = [table for table in kept if kept[table] == after[table]]
    other = sorted(set(kept) - set(same))
    tap.check(set(other) <= {"session", "login", "client", "device", "scope_row", "sync_clock", "audit_log", "audit_head", "audit_sth"},
              f"{len(same)} tables are the same row by row, but those that a sign-in writes", other)
    code = before.admin("audit", "verify", "--data", before.dir)
    tap.equal(code.returncode, 0, f"its log verifies: {code.stdout.strip()}")


def everything(bank):
    with bank.sql() as db:
        tables = [name for name, in db.execute("SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'name_fts%' AND name NOT LIKE 'sqlite%'")]
        return {table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}


def script(tap, work, stack):
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    tap.step("A bank at work")
    bank.init("--demo", "--customers", 200)
    words = known_words(bank)
    bank.start()
    note = "客户要求把定期存款转入前海支行的新账户"
    words.append(note.encode())
    rm1 = gxt.Desk(bank, "rm1").sign_in()
    rm1.sync()
    customer = rm1.list("customer")[0]
    made = rm1.json("new", "interaction", f"customer_id={customer['id']}", "channel=PHONE", "direction=OUT", "purpose=MAINTENANCE",
                    f"subject={note}", f"started_at={int(gxt.time.time() * 1000) - 60000}", f"owner_id={customer['d']['primary_rm_id']}")
    rm1.sync()
    tap.check(made["id"] in gxt.Caller(bank).sign_in("rm1").get(f"/v1/records/interaction/{made['id']}").text, "a note of rm1's arrives")
    tap.check(gxt.writes_no_core(bank.process.pid), "nor does it ever write its memory to the disk: no core dump, and none to be allowed again")
    scan(tap, bank, words, "while it runs, its log not yet folded in")
    tap.equal(bank.stop(), 0, "it stops")
    scan(tap, bank, words, "after it stopped")
    refusals(tap, bank)
    of_before(tap, bank, words)


gxt.run(script)
