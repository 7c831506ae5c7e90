#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server as a process: what its log never says, where it refuses to listen, that it is alone on its data, how it
ends, and what it answers on DIR/control."""
import pathlib
import socket
import stat
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

CONTACT = {"value": "13812345678", "email": "zhang.san@example.cn"}


def busy_day(tap, bank):
    """Everything that could tempt a program to log a value: right and wrong sign-ins, searches for people, edits that are
    taken and refused, paths with names in them, a document, a review."""
    tap.step("A day with all that could end up in a log")
    secrets = {gxt.PASSWORD}
    rm1, sup1 = gxt.Caller(bank).sign_in("rm1"), gxt.Caller(bank).sign_in("sup1")
    secrets |= {rm1.token, sup1.token, rm1.key.public}
    gxt.Caller(bank).post("/v1/auth/sign-in", {"login": "rm1", "password": "wrong-password-13812345678", "client_id": gxt.new_id()})
    gxt.Caller(bank).post("/v1/auth/sign-in", {"login": "顾明远", "password": gxt.PASSWORD, "client_id": gxt.new_id()})

    customers, contacts, identifiers, holdings = (rm1.list(e) for e in ("customer", "contact_point", "identifier", "holding"))
    for customer in customers[:10]:
        rm1.get("/v1/search?q=" + gxt.urlquote(customer["d"]["name"]))
        rm1.get("/v1/records/customer?name=" + gxt.urlquote(customer["d"]["name"]))
        rm1.get("/v1/nowhere/" + gxt.urlquote(customer["d"]["name"]))
    for contact in contacts[:5]:
        rm1.get("/v1/search?q=" + gxt.urlquote(contact["d"]["value"]))
    first = customers[0]
    rm1.push({"op": "create", "tbl": "interaction", "id": gxt.new_id(),
              "set": {"customer_id": first["id"], "channel": "PHONE", "purpose": "MAINTENANCE", "subject": "赵钱孙李的秘密",
                      "notes": CONTACT["value"], "started_at": 1767225600000, "owner_id": rm1.person}})
    rm1.push({"op": "patch", "tbl": "customer", "id": first["id"], "set": {"name": {"v": "周吴郑王", "b": {"s": first["v"]}}}})
    rm1.push({"op": "patch", "tbl": "customer", "id": first["id"], "set": {"lang": {"v": "周" * 400, "b": {"s": first["v"]}}}})
    rm1.push({"op": "create", "tbl": "contact_point", "id": gxt.new_id(), "set": {"customer_id": first["id"], "kind": "EMAIL", "value": CONTACT["email"]}})
    rm1.ask("POST", "/v1/sync/push", '{"冯陈褚卫": "13812345678"'.encode(), {"Content-Type": "application/json"})
    rm1.upload(b"\x89PNG\r\n\x1a\n" + b"0" * 2000, name="蒋沈韩杨的身份证.png")
    asked = {r["d"]["entity_id"] for r in rm1.list("change_request")}
    mobile = next(c for c in contacts if c["d"]["kind"] == "MOBILE" and c["d"].get("is_primary") and c["id"] not in asked
                  and next(x for x in customers if x["id"] == c["d"]["customer_id"])["d"]["status"] == "ACTIVE")
    request = rm1.request("customer.contact", "patch", "contact_point", mobile["id"], {"value": "13987654321"},
                          {"value": mobile.get("fv", {}).get("value", mobile["v0"])}, mobile["v"], "朱秦尤许来电更换号码，已核身")
    tap.equal(rm1.result(request)["st"], "pending_review", "a request is made")
    tap.equal(sup1.decide(request["id"], "approve", "何吕施张已核对").status, 200, "and approved")
    for entity in gxt.ENTITIES:
        rm1.texts(entity)
    rm1.post("/v1/auth/sign-out")

    secrets |= set("赵钱孙李 周吴郑王 冯陈褚卫 蒋沈韩杨 朱秦尤许 何吕施张 wrong-password 13812345678 13987654321".split()) | set(CONTACT.values())
    secrets |= {c["d"]["name"] for c in customers} | {c["d"]["value"] for c in contacts}
    secrets |= {i["d"]["number"] for i in identifiers if "number" in i["d"]} | {h["d"]["acct_no"] for h in holdings if "acct_no" in h["d"]}
    return secrets | {e["d"]["name"] for e in sup1.list("employee")}


def names_nobody(tap, bank, secrets):
    tap.step("Its log")
    logs = [bank.log] + [p for p in bank.dir.rglob("*.log*")]
    text = "".join(p.read_text(errors="replace") for p in logs)
    lines = [line for line in text.split("\n") if line.startswith("{")]
    tap.check(len(lines) > 30, f"the log has {len(lines)} lines of JSON")
    tap.check(all(isinstance(gxt.json.loads(line), dict) for line in lines), "each of them parses")
    found = sorted(secret for secret in secrets if len(secret) >= 2 and (secret in text or gxt.urlquote(secret) in text or gxt.json.dumps(secret)[1:-1] in text))
    tap.check(len(secrets) > 200 and not found, f"none of {len(secrets)} names, numbers, passwords and tokens is in it", found[:10])
    tap.check('"sign-in"' in text or "signed-in" in text or "/v1/auth/sign-in" in text, "while what happened is")


def where_it_listens(tap, bank):
    tap.step("Where it listens")
    done = bank.admin("serve", "--data", bank.dir, "--listen", "0.0.0.0:0")
    tap.check(done.returncode == 2 and "--lab-no-mtls" in done.stderr, "beyond the loopback it refuses, and names --lab-no-mtls", (done.returncode, done.stderr))
    bank.start()
    second = bank.admin("serve", "--data", bank.dir, "--listen", "127.0.0.1:0")
    tap.check(second.returncode == 2 and str(bank.process.pid) in second.stderr, "a second server on the same data ends with 2 and names the first's pid", (second.returncode, second.stderr))
    done = bank.admin("import", "berka", bank.work, "--data", bank.dir)
    tap.check(done.returncode == 2 and str(bank.process.pid) in done.stderr, "so does an import", (done.returncode, done.stderr))
    done = bank.admin("init", "--data", bank.dir, "--demo")
    tap.check(done.returncode != 0, "and init makes no new bank over it", (done.returncode, done.stderr))
    tap.equal(bank.call("GET", "/healthz").status, 200, "and the first one goes on")


def control(tap, bank):
    tap.step("DIR/control")
    path = bank.dir / "control"
    mode = path.stat().st_mode
    tap.check(stat.S_ISSOCK(mode) and stat.S_IMODE(mode) == 0o600, "is a socket for its owner only", oct(mode))
    done = bank.admin("status", "--data", bank.dir)
    tap.note(done.stdout)
    told = gxt.json.loads(done.stdout) if done.returncode == 0 else {}
    tap.check(told.get("port") == bank.port and told.get("pid") == bank.process.pid, "status tells the server's pid and port", (done.returncode, done.stdout, done.stderr))
    done = bank.admin("audit", "verify", "--data", bank.dir)
    tap.check(done.returncode == 0, "audit verify runs through it, beside the server", (done.returncode, done.stdout, done.stderr))


def how_it_ends(tap, bank):
    tap.step("How it ends")
    caller = gxt.Caller(bank).sign_in("rm1")
    idle = socket.create_connection(("127.0.0.1", bank.port))
    result = caller.result({"op": "create", "tbl": "task", "id": gxt.new_id(), "set": {"title": "最后一件事", "kind": "CALL", "due_at": 1767225600000,
                                                                                    "status": "OPEN", "assignee_id": caller.person}})
    tap.equal(result["st"], "applied", "one more write")
    tap.equal(bank.stop(), 0, "SIGTERM ends it cleanly, although a peer sits there and says nothing")
    idle.close()
    tap.equal(bank.rows("SELECT count(*) FROM task WHERE title='最后一件事'")[0][0], 1, "what it answered is there")
    tap.check(not (bank.dir / "control").exists(), "the socket is gone")
    tap.check(not (bank.dir / "bank.db-wal").exists() or (bank.dir / "bank.db-wal").stat().st_size == 0, "and the log of the database is folded in")
    done = bank.admin("status", "--data", bank.dir)
    tap.check(done.returncode != 0, "status says that no server runs", (done.returncode, done.stdout, done.stderr))
    bank.start()
    bank.kill()
    bank.start()
    tap.equal(bank.call("GET", "/healthz").status, 200, "after kill -9 it starts again over what was left")
    bank.stop()
    lab = gxt.Bank(bank.work)
    lab.start("--listen", "0.0.0.0:0", "--lab-no-mtls")
    stack_text = lab.log.read_text()
    lab.stop()
    tap.check("lab" in stack_text.lower(), "with --lab-no-mtls it listens anywhere, and says so")


def changed(tap, bank):
    tap.step("A log of the audit that somebody changed while the server was down")
    with bank.sql() as db:
        for name, in db.execute("SELECT name FROM sqlite_schema WHERE type='trigger' AND tbl_name='audit_log'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        last = db.execute("SELECT max(seq) FROM audit_log").fetchone()[0]
        db.execute("DELETE FROM audit_log WHERE seq=?", (last,))
    done = bank.admin("serve", "--data", bank.dir, "--listen", "127.0.0.1:0")
    tap.check(done.returncode == 1 and f"entry {last}" in done.stderr and "--accept-fork" in done.stderr, "it does not start", (done.returncode, done.stderr))
    bank.start("--accept-fork", "INC-2026-11")
    bank.stop()
    entries = [row[0].decode() for row in bank.rows("SELECT entry FROM audit_log WHERE action='fork.accept'")]
    tap.check(len(entries) == 1 and "INC-2026-11" in entries[0], "under a ticket it does, and says so in that log", entries)
    tap.equal(bank.admin("audit", "verify", "--data", bank.dir).returncode, 1, "audit verify goes on telling what is missing")


def script(tap, work, stack):
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", 200)
    where_it_listens(tap, bank)
    control(tap, bank)
    secrets = busy_day(tap, bank)
    how_it_ends(tap, bank)
    changed(tap, bank)
    names_nobody(tap, bank, secrets)


gxt.run(script)
