#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk's data as it lies on the laptop: nothing in it can be read, nothing in it changed unseen; it opens by the password
and the keyring and by nothing less, waits after wrong passwords, follows a changed password, and a store of before there
was a vault is taken in with the changes that wait in it."""
import pathlib
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import gxt

NOTE = "客户要求把定期存款转入前海支行的新账户"
OTHER = "another-long-password-2026"


def known_words(desk):
    """What a thief may look for: what the desk itself shows, and SQL."""
    words = [b"SQLite format 3", b"CREATE TABLE customer", b"INTEGER NOT NULL", NOTE.encode()]
    for entity in ("customer", "interaction", "task", "contact_point", "holding"):
        for row in desk.list(entity):
            words += [value.encode() for value in row["d"].values() if isinstance(value, str)]
    return {word for word in words if len(word) >= 8 and not word.isupper()}


def scan(tap, desk, words, what):
    files = [path for path in sorted(desk.dir.rglob("*")) if path.is_file() and path.name != "ca.pem"]
    runs = gxt.runs_of(words)
    found = {path.name: sorted(here)[:3] for path in files if (here := runs & gxt.runs_of([path.read_bytes()]))}
    size = sum(path.stat().st_size for path in files)
    tap.check(not found, f"{what}: no 8-byte run of {len(words)} known texts in {', '.join(path.name for path in files)}, {size} bytes", found)


def note_down(desk, subject):
    me = gxt.Caller(desk.bank).sign_in(desk.login, enrol=False).person
    customer = next(row for row in desk.list("customer") if row["d"]["primary_rm_id"] == me)
    return desk.json("new", "interaction", f"customer_id={customer['id']}", "channel=PHONE", "direction=OUT", "purpose=MAINTENANCE", f"subject={subject}",
                     f"started_at={int(time.time() * 1000) - 60000}", f"owner_id={me}")["id"]


def refused(tap, desk, what, *words, env=None):
    saved, desk.env = desk.env, {**desk.env, **(env or {})}
    done = desk.run("status")
    desk.env = saved
    tap.check(done.returncode == 1 and all(word in done.stderr for word in words), f"{what}: {done.stderr.strip()}", (done.returncode, done.stdout))


def opens(tap, desk, what):
    done = desk.run("status", "--json")
    tap.check(done.returncode == 0, what, done.stderr)


def scanned(tap, desk, bank):
    tap.step("A desk at work, its program killed in the middle of a save")
    words = known_words(desk)
    made = note_down(desk, NOTE)
    scan(tap, desk, words, "closed")
    loop = subprocess.Popen(desk.command("sync"), env=desk.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    log = desk.dir / "store.db-wal"
    gxt.until("the log is written to", lambda: log.exists() and log.stat().st_size > 0 or loop.poll() is not None)
    loop.kill()
    loop.wait()
    scan(tap, desk, words, f"killed while it wrote, a log of {log.stat().st_size if log.exists() else 0} bytes")
    desk.sync()
    tap.check(made in gxt.Caller(bank).sign_in("rm1", enrol=False).get(f"/v1/records/interaction/{made}").text, "nothing is lost by that: the note arrives")
    return words


def keyring_and_password(tap, desk, work):
    tap.step("What opens it, and what does not")
    wrong = work / "wrong"
    wrong.write_text("not the password at all\n")
    keyring = pathlib.Path(desk.env["SECRET_FILE_TEST_PATH"])
    refused(tap, desk, "a wrong password", "The password is wrong", env={"GUANXI_PASSWORD_FILE": str(wrong)})
    refused(tap, desk, "no keyring at all", "There is no keyring in this session", env={"SECRET_BACKEND": "service", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"})
    kept = keyring.read_bytes()
    keyring.unlink()
    refused(tap, desk, "a keyring that was emptied", "The keyring has lost its half")
    keyring.write_bytes(kept)
    opens(tap, desk, "with both it opens")
    for _ in range(9):
        refused(tap, desk, "wrong", "The password is wrong", env={"GUANXI_PASSWORD_FILE": str(wrong)})
    refused(tap, desk, "the tenth", "wait 30 seconds", env={"GUANXI_PASSWORD_FILE": str(wrong)})
    refused(tap, desk, "then the right one waits too", "Too many wrong passwords: wait")
    key = desk.dir / "store.key"
    text = key.read_text()
    tap.check("wrong=10" in text, "the count is kept")
    key.write_text("\n".join(f"wait-until={int(time.time() * 1000) - 1}" if line.startswith("wait-until") else line for line in text.split("\n")))
    opens(tap, desk, "after the wait it opens, nothing is wiped")
    tap.check("wrong=0" in key.read_text(), "and the count begins anew")
    key.rename(key.with_suffix(".away"))
    refused(tap, desk, "the file of the key is missing", "bring it back from a backup")
    tap.check(not key.exists(), "no new key is made over an existing store")
    key.with_suffix(".away").rename(key)
    opens(tap, desk, "it opens with it")

    tap.step("A changed password")
    new = work / "new-password"
    new.write_text(OTHER + "\n")
    desk.do("password", "--password-file", desk.password, "--new-password-file", new)
    refused(tap, desk, "the old one", "The password is wrong")
    desk.env["GUANXI_PASSWORD_FILE"] = str(new)
    opens(tap, desk, "the new one opens it")


def tampered(tap, desk):
    tap.step("A byte changed on the laptop's disk")
    store = desk.dir / "store.db"
    whole = store.read_bytes()
    changed = bytearray(whole)
    for page in range(1, len(whole) // 4096):
        changed[page * 4096 + 77] ^= 16
    store.write_bytes(changed)
    refused(tap, desk, "is told", "store.db: page ", "is not what was written there")
    store.write_bytes(whole)
    opens(tap, desk, "put back, it opens")


def of_before(tap, bank, work, words):
    tap.step("A store of before there was a vault, with a change that waits in it")
    old = gxt.Desk(bank, "rm2").sign_in()
    old.sync()
    plain = work / "plain.db"
    done = subprocess.run([str(gxt.STORE), "out", str(old.dir), str(plain)], env=old.env, capture_output=True, text=True)
    tap.check(done.returncode == 0, "as issue 1 left it", done.stderr)
    for path in old.dir.glob("store.*"):
        path.unlink()
    shutil.copy(plain, old.dir / "store.db")
    made = note_down(old, NOTE)
    waiting = old.json("queue")
    tap.check((old.dir / "store.db").read_bytes().startswith(b"SQLite format 3") and not (old.dir / "store.key").exists(), "it is readable, and still works")
    bank.stop()
    tap.equal(old.run("sync").returncode, 3, "without a network it stays so: nobody could check the password")
    bank.start()
    old.sign_in()
    opens(tap, old, "after a sign-in the next start takes it in")
    tap.check(not (old.dir / "store.db").read_bytes().startswith(b"SQLite"), "it is encrypted")
    tap.equal(old.json("queue"), waiting, "what waited waits still, as it was")
    scan(tap, old, words | known_words(old), "of rm2's")
    old.sync()
    tap.check(made in gxt.Caller(bank).sign_in("rm2", enrol=False).get(f"/v1/records/interaction/{made}").text, "and arrives")


def script(tap, work, stack):
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", 200)
    bank.start()
    desk = gxt.Desk(bank, "rm1").sign_in()
    desk.sync()
    words = scanned(tap, desk, bank)
    tampered(tap, desk)
    of_before(tap, bank, work, words)
    keyring_and_password(tap, desk, work)


gxt.run(script)
