#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one person must not be able to do alone, tried by hand-made HTTPS and, with the server stopped, by SQL in the
database itself; and what `audit verify` says of a log that somebody touched."""
import pathlib
import shutil
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

GUARDED = "customer contact_point identifier change_request cr_party cr_rev cr_decision cr_field_lock cr_evidence".split()
REASON = "客户来电更换手机号码，已核身"


def blob(text):
    return bytes.fromhex(text.replace("-", ""))


def primary_mobile(rm, status="ACTIVE"):
    """A customer of rm's own with a primary mobile number, and no request of the demo's about any of it."""
    asked = {r["d"]["entity_id"] for r in rm.list("change_request")}
    asked |= {c["d"]["customer_id"] for c in rm.list("contact_point") if c["id"] in asked}
    customers = {c["id"]: c for c in rm.list("customer") if c["d"]["status"] == status and c["d"]["primary_rm_id"] == rm.person and c["id"] not in asked}
    contact = next(c for c in rm.list("contact_point") if c["d"]["customer_id"] in customers and c["d"]["kind"] == "MOBILE" and c["d"].get("is_primary"))
    return customers[contact["d"]["customer_id"]], contact


def contact_request(rm, contact, value, **more):
    base = {"value": contact.get("fv", {}).get("value", contact["v0"])}
    return rm.request("customer.contact", "patch", "contact_point", contact["id"], {"value": value}, base, contact["v"], REASON, **more)


def refused(tap, answer, codes, what):
    tap.check(answer.status >= 400 and answer.code in codes, f"{what}: {answer.code}", repr(answer))


def by_http(tap, bank):
    tap.step("By hand-made HTTPS")
    rm1, rm1b, sup1, sup2 = (gxt.Caller(bank).sign_in(login) for login in ("rm1", "rm1b", "sup1", "sup2"))
    customer, contact = primary_mobile(rm1)
    old = contact["d"]["value"]
    tap.equal(rm1b.person, rm1.person, "rm1 and rm1b are two logins of one person")

    patch = {"op": "patch", "tbl": "contact_point", "id": contact["id"], "set": {"value": {"v": "13700001111", "b": {"s": contact["v"]}}}}
    result = rm1.result(patch)
    tap.equal((result["st"], result.get("code")), ("rejected", "NEEDS_REVIEW"), "a primary number is not changed by a plain patch")
    result = rm1.result({"op": "patch", "tbl": "customer", "id": customer["id"], "set": {"name": {"v": "王冒名", "b": {"s": customer["v"]}}}})
    tap.equal((result["st"], result.get("code")), ("rejected", "NEEDS_REVIEW"), "nor is a name")
    slip = {"customer_id": customer["id"], "kind": "MOBILE", "value": "13700002222", "is_primary": True}
    result = rm1.result({"op": "create", "tbl": "contact_point", "id": gxt.new_id(), "set": slip})
    tap.equal((result["st"], result.get("code")), ("rejected", "NEEDS_REVIEW"), "a new primary number is not slipped in by create")
    result = rm1.result({"op": "delete", "tbl": "contact_point", "id": contact["id"], "b": {"s": contact["v"]}})
    tap.equal((result["st"], result.get("code")), ("rejected", "NEEDS_REVIEW"), "nor is the old one removed")
    result = rm1.result({"op": "patch", "tbl": "customer", "id": customer["id"], "set": {"tier": {"v": "PRIVATE", "b": {"s": customer["v"]}}}})
    tap.check(result["st"] == "rejected" and result.get("code") in ("NEEDS_REVIEW", "FIELD"), f"a tier is not patched: {result.get('code')}", result)

    born = contact_request(rm1, contact, "13700003333", state="APPLIED")
    result = rm1.result(born)
    tap.equal(result["st"], "rejected", f"a request born APPLIED: {result.get('code')}")
    unsigned = contact_request(rm1, contact, "13700003333")
    unsigned["set"]["sig"] = gxt.Caller.sign(sup1, unsigned["id"], 1, unsigned["set"]["digest"], "submit", None)
    result = rm1.result(unsigned)
    tap.equal((result["st"], result.get("code")), ("rejected", "SIGNATURE"), "a request signed by another's device")
    name = rm1.request("customer.identity", "patch", "customer", customer["id"], {"name": "王改名"}, {"name": customer.get("fv", {}).get("name", customer["v0"])}, customer["v"], REASON)
    result = rm1.result(name)
    tap.equal((result["st"], result.get("code")), ("rejected", "EVIDENCE"), "a new name without evidence")

    request = contact_request(rm1, contact, "13900004444")
    cr_id, digest = request["id"], request["set"]["digest"]
    result = rm1.result(request)
    tap.check(result["st"] == "pending_review", "an honest request waits for review", result)
    result = rm1.result(contact_request(rm1, contact, "13900005555"))
    tap.equal((result["st"], result.get("code")), ("rejected", "FIELD_LOCKED"), "and no second one for the same field")

    refused(tap, rm1.decide(cr_id, "approve", "自己同意自己", 1, digest), ("FORBIDDEN", "FOUR_EYES"), "its maker does not approve it")
    refused(tap, rm1b.decide(cr_id, "approve", "同一人另一个账号", 1, digest), ("FOUR_EYES",), "nor does rm1b, the same person")
    refused(tap, sup2.decide(cr_id, "approve", "别的分行", 1, digest), ("FORBIDDEN", "NOT_FOUND"), "nor the supervisor of another branch")
    refused(tap, sup2.get(f"/v1/cr/{cr_id}"), ("FORBIDDEN", "NOT_FOUND"), "who does not even see it")
    refused(tap, sup1.decide(cr_id, "approve", "看的是另一份", 1, "0" * 64), ("CHANGED",), "sup1 does not approve what it did not see")
    fresh = gxt.Caller(bank).sign_in("sup1")
    body = {"rev": 1, "digest": digest, "verdict": "approve", "note": "签名不符", "sig": rm1.sign(cr_id, 1, digest, "approve", "签名不符")}
    fresh.step_up()
    refused(tap, fresh.post(f"/v1/cr/{cr_id}/decide", body, {"Idempotency-Key": gxt.new_id()}), ("SIGNATURE",), "nor with another's signature")
    tap.equal(rm1.get(f"/v1/records/contact_point/{contact['id']}").json["d"]["value"], old, "the old number stands all the while")

    answer = sup1.decide(cr_id, "approve", "已核对，同意变更")
    tap.equal(answer.status, 200, "sup1 approves what it saw")
    tap.equal(rm1.get(f"/v1/records/contact_point/{contact['id']}").json["d"]["value"], "13900004444", "and the new number stands")
    refused(tap, sup1.decide(cr_id, "approve", "再来一次", 1, digest), ("STATE", "FOUR_EYES", "CHANGED"), "an applied request is not approved again")

    contact = rm1.get(f"/v1/records/contact_point/{contact['id']}").json
    waiting = contact_request(rm1, contact, "13900006666")
    tap.equal(rm1.result(waiting)["st"], "pending_review", "another request, left waiting for what follows")
    return {"customer": blob(customer["id"]), "contact": blob(contact["id"]), "maker": blob(rm1.person), "checker": blob(sup1.person),
            "cr": blob(waiting["id"]), "applied": blob(cr_id), "digest": waiting["set"]["digest"]}


class Burglar:
    """A connection to the database that honours nothing of ours: no foreign keys, no recursive triggers."""

    def __init__(self, tap, bank):
        self.tap, self.bank = tap, bank

    def tries(self, what, *statements, args=None):
        """The statements in one transaction must be refused, each time leaving all as it was."""
        with self.bank.sql() as db:
            before = self.state(db)
            db.execute("BEGIN IMMEDIATE")
            try:
                for statement in statements:
                    db.execute(statement, args or {})
                db.execute("COMMIT")
                refusal = None
            except sqlite3.Error as error:
                refusal = error
                if db.in_transaction:
                    db.execute("ROLLBACK")
            self.tap.check(refusal is not None, f"{what}: {refusal}", statements)
            self.tap.check(self.state(db) == before, f"{what}: nothing changed")

    @staticmethod
    def state(db):
        return [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in GUARDED]

    def columns(self, table):
        with self.bank.sql() as db:
            return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]

    def copy(self, verb, table, where, **values):
        """INSERT or REPLACE of a row made from another, with some columns changed."""
        names = self.columns(table)
        return f"{verb} INTO {table}({', '.join(names)}) SELECT {', '.join(values.get(name, name) for name in names)} FROM {table} WHERE {where}"


def by_sql(tap, bank, ids):
    tap.step("By SQL in the database, the server stopped")
    burglar = Burglar(tap, bank)
    tries = burglar.tries
    tries("UPDATE of a name", "UPDATE customer SET name='王冒名' WHERE id=:customer", args=ids)
    tries("UPDATE of a tier", "UPDATE customer SET tier=tier % 5 + 1 WHERE id=:customer", args=ids)
    tries("UPDATE of the owner", "UPDATE customer SET primary_rm_id=:checker WHERE id=:customer", args=ids)
    tries("UPDATE of a primary number", "UPDATE contact_point SET value=x'00', value_bi=x'00' WHERE id=:contact", args=ids)
    tries("UPDATE under an old request", "UPDATE customer SET name='王冒名', last_cr_id=:applied WHERE id=:customer", args=ids)
    tries("UPDATE under a waiting request", "UPDATE contact_point SET value=x'00', value_bi=x'00', last_cr_id=:cr WHERE id=:contact", args=ids)
    tries("UPDATE of the deletion mark", "UPDATE customer SET del=1 WHERE id=:customer", args=ids)
    tries("UPDATE back to PROSPECT", "UPDATE customer SET status=1 WHERE id=:customer", args=ids)
    tries("REPLACE of a customer", burglar.copy("REPLACE", "customer", "id=:customer", name="'王冒名'"), args=ids)
    tries("REPLACE of a number", burglar.copy("REPLACE", "contact_point", "id=:contact", value="x'00'", value_bi="x'00'"), args=ids)
    tries("DELETE of a customer", "DELETE FROM customer WHERE id=:customer", args=ids)
    tries("DELETE + INSERT of a number", "CREATE TEMP TABLE kept AS SELECT * FROM contact_point WHERE id=:contact", "DELETE FROM contact_point WHERE id=:contact",
          "INSERT INTO contact_point SELECT * FROM kept", args=ids)
    tries("INSERT of a second primary number", burglar.copy("INSERT", "contact_point", "id=:contact", id="randomblob(16)", last_cr_id="NULL"), args=ids)
    tries("a number handed to another customer", "UPDATE contact_point SET customer_id=(SELECT id FROM customer WHERE id<>:customer LIMIT 1) WHERE id=:contact", args=ids)

    tries("a request born APPLIED", burglar.copy("INSERT", "change_request", "id=:cr", id="randomblob(16)", state="'APPLIED'", applied_seq="1"), args=ids)
    tries("a request born APPROVED", burglar.copy("INSERT", "change_request", "id=:cr", id="randomblob(16)", state="'APPROVED'"), args=ids)
    tries("a waiting request made APPROVED", "UPDATE change_request SET state='APPROVED' WHERE id=:cr", args=ids)
    tries("a waiting request made APPLIED", "UPDATE change_request SET state='APPLIED', applied_seq=1 WHERE id=:cr", args=ids)
    tries("a request that needs nobody", "UPDATE change_request SET required_n=1, strict=0, maker_id=:checker WHERE id=:cr", args=ids)
    tries("the maker as checker too", "INSERT INTO cr_party(cr_id, person_id, role) VALUES(:cr, :maker, 'checker')", args=ids)
    tries("the maker's part changed", "UPDATE cr_party SET role='checker' WHERE cr_id=:cr AND person_id=:maker", args=ids)
    decision = "INSERT INTO cr_decision(cr_id, rev, person_id, step, verdict, digest, note, step_up_at, dev_sig, at) VALUES(:cr, 1, :%s, 1, 'approve', :digest, '', 1, printf('%%088d', 0), 1)"
    tries("a decision by the maker", decision % "maker", args=ids)
    tries("a decision by somebody who is no party", decision % "checker", args=ids)
    tries("a revision rewritten", "UPDATE cr_rev SET after_j='{}' WHERE cr_id=:cr", args=ids)
    tries("a request removed", "DELETE FROM change_request WHERE id=:cr", args=ids)
    tries("a lock removed while its request waits", "DELETE FROM cr_field_lock WHERE cr_id=:cr", args=ids)
    tries("an applied request opened again", "UPDATE change_request SET state='PENDING', applied_seq=NULL WHERE id=:applied", args=ids)


def tampered(bank, work, name, *statements):
    """A copy of the bank in which somebody with the file, and no respect for triggers, ran the statements."""
    copy = gxt.Bank(work, name)
    shutil.copytree(bank.dir, copy.dir, ignore=shutil.ignore_patterns("control"))
    with copy.sql() as db:
        for trigger, in db.execute("SELECT name FROM sqlite_schema WHERE type='trigger' AND tbl_name LIKE 'audit%'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            db.execute(statement)
    return copy


def verify(bank, *args):
    done = bank.admin("audit", "verify", "--data", bank.dir, *args)
    return done.returncode, done.stdout + done.stderr


def audit(tap, bank, work):
    tap.step("What audit verify says of a log that somebody touched")
    code, text = verify(bank)
    tap.check(code == 0, "it is content with the true one", text)
    size = bank.rows("SELECT max(seq) FROM audit_log")[0][0]
    victim = size // 2
    offset = bank.rows("SELECT length(entry) / 2 FROM audit_log WHERE seq=?", victim)[0][0]
    flipped = tampered(bank, work, "flipped", f"UPDATE audit_log SET entry = CAST(substr(entry, 1, {offset}) || char(unicode(CAST(substr(entry, {offset} + 1, 1) AS TEXT)) | 32 - (unicode(CAST(substr(entry, {offset} + 1, 1) AS TEXT)) & 32) * 2) || substr(entry, {offset} + 2) AS BLOB) WHERE seq={victim}")
    tap.check(flipped.rows("SELECT entry FROM audit_log WHERE seq=?", victim) != bank.rows("SELECT entry FROM audit_log WHERE seq=?", victim), f"a byte of entry {victim} is flipped")
    code, text = verify(flipped)
    tap.check(code == 1 and str(victim) in text, f"and verify names entry {victim}", (code, text))
    cut = tampered(bank, work, "cut", f"DELETE FROM audit_log WHERE seq > {size - 5}")
    code, text = verify(cut)
    tap.check(code == 1 and str(size - 4) in text, f"of a log whose last 5 entries are gone it names {size - 4}", (code, text))
    loose = tampered(bank, work, "loose", f"UPDATE audit_log SET action='sign-in', actor=NULL WHERE seq={victim}")
    code, text = verify(loose)
    tap.check(code == 1 and str(victim) in text, "of a column beside the entry that says something else too", (code, text))
    moved = tampered(bank, work, "moved", f"UPDATE audit_log SET leaf=(SELECT leaf FROM audit_log WHERE seq={victim - 1}), entry=(SELECT entry FROM audit_log WHERE seq={victim - 1}) WHERE seq={victim}")
    code, text = verify(moved)
    tap.check(code == 1 and str(victim) in text, "of an entry put in another's place too", (code, text))
    code, text = verify(gxt.Bank(work, "nowhere"))
    tap.equal(code, 2, f"what it cannot look at is 2, not clean: {text.strip()}")


def script(tap, work, stack):
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", 200)
    bank.start()
    ids = by_http(tap, bank)
    tap.equal(bank.stop(), 0, "the server stops")
    by_sql(tap, bank, ids)
    audit(tap, bank, work)


gxt.run(script)
