#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A laptop is lost, and its person or an administrator revokes it: none of its sessions is one from that moment, nobody signs in
from it, and at its next contact it hands in what waited on it and wipes itself. What its person has no right to any more is kept
with the bank, and is not done."""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

MORNING = 1795305600000


def device_of(bank, login, name=None):
    devices = gxt.Caller(bank).sign_in(login, enrol=False).get("/v1/devices").json["devices"]
    return [d for d in devices if d["status"] == "ACTIVE" and (name is None or d["name"] == name)]


def status_of(bank, device):
    return {row["id"]: row["d"]["status"] for row in gxt.Caller(bank).sign_in("admin1", enrol=False).list("device")}[device]


def write(desk, title):
    desk.do("new", "task", "kind=CALL", f"title={title}", f"customer_id={desk.customer['id']}", f"due_at={MORNING}", "status=OPEN",
            f"assignee_id={desk.customer['d']['primary_rm_id']}")


def ready(bank, login, name=None):
    desk = gxt.Desk(bank, login, name=name).sign_in()
    desk.sync()
    desk.customer = next(row for row in desk.list("customer") if not row.get("masked"))
    return desk


def tasks(bank, login):
    return {row["d"]["title"] for row in gxt.Caller(bank).sign_in(login, enrol=False).list("task")}


def left(desk):
    return sorted(path.name for path in desk.dir.rglob("*") if path.is_file())


def keyring(desk):
    """How many secrets the keyring still has of this profile, as its file tells by its size."""
    path = pathlib.Path(desk.env["SECRET_FILE_TEST_PATH"])
    return path.stat().st_size if path.exists() else 0


def not_everybody(tap, bank):
    tap.step("who may revoke what")
    rm2, admin = gxt.Caller(bank).sign_in("rm2"), gxt.Caller(bank).sign_in("admin1")
    mine = rm2.get("/v1/devices").json["devices"]
    other = gxt.Caller(bank).sign_in("rm3")
    tap.equal(other.post(f"/v1/devices/{mine[-1]['id']}/revoke").status, 404, "nobody revokes another's device, or learns that it is one")
    tap.equal(admin.post(f"/v1/devices/{gxt.new_id()}/revoke").status, 404, "there is no such device")
    tap.equal(rm2.get("/v1/auth/session").status, 200, "nothing happened to it")
    tap.equal(rm2.post(f"/v1/devices/{mine[-1]['id']}/revoke").status, 204, "its person revokes it, from itself")
    tap.equal(rm2.get("/v1/auth/session").status, 401, "that very session is none with the next request")
    again = rm2.post("/v1/auth/sign-in", {"login": "rm2", "password": gxt.PASSWORD, "client_id": rm2.client_id})
    tap.equal((again.status, again.code), (403, "REVOKED"), "nobody signs in from it, with the right password neither")
    forged = gxt.Key()
    claim = {"at": 1, "client_id": rm2.client_id, "device_id": mine[-1]["id"]}
    said = rm2.post("/v1/farewell", {**claim, "sig": forged.sign("guanxi-farewell-v1\n" + gxt.canonical(claim))})
    tap.equal(said.status, 401, "who is not that device learns nothing of it")
    asked = rm2.post("/v1/farewell", {**claim, "sig": rm2.key.sign("guanxi-farewell-v1\n" + gxt.canonical(claim))})
    tap.equal((asked.status, asked.json["state"]), (200, "revoked"), "the device itself does")
    ticket = asked.json["ticket"]
    tap.equal([gxt_get(rm2, path, ticket) for path in ("/v1/sync/pull", "/v1/records/customer", "/v1/auth/session")], [401] * 3,
              "its ticket opens nothing else")


def gxt_get(caller, path, token):
    caller.token, kept = token, caller.token
    status = caller.get(path).status if not path.endswith("pull") else caller.post(path, {}).status
    caller.token = kept
    return status


def stolen(tap, bank):
    tap.step("rm1's laptop is lost, with changes and a document that were not sent")
    desk = ready(bank, "rm1")
    token_works = desk.run("sync").returncode == 0
    device = device_of(bank, "rm1")[-1]
    bank.stop()
    write(desk, "离线写下的第一件事")
    write(desk, "离线写下的第二件事")
    paper = bank.work / "paper.txt"
    paper.write_text("客户上门签收的产品说明书\n")
    sha = desk.json("attach", desk.customer["id"], paper, "kind=MINUTES")["sha256"]
    bank.start()
    admin = gxt.Caller(bank).sign_in("admin1")
    tap.equal(admin.post(f"/v1/devices/{device['id']}/revoke").status, 204, "an administrator revokes it")
    tap.equal((token_works, status_of(bank, device["id"])), (True, "WIPE_PENDING"), "it is to be wiped")
    before = keyring(desk)
    done = desk.run("sync")
    tap.check(done.returncode == 1 and "The bank has revoked this desk" in done.stderr and "What waited here is with the bank" in done.stderr, f"at its next contact it says so: {done.stderr.strip()}")
    tap.equal(left(desk), ["lock"], "nothing lies there any more")
    tap.check(keyring(desk) < before, "the keyring has lost its secrets, too")
    tap.equal(status_of(bank, device["id"]), "WIPED", "the bank knows that it is wiped")
    tap.check({"离线写下的第一件事", "离线写下的第二件事"} <= tasks(bank, "rm1"), "what waited is done")
    caller = gxt.Caller(bank).sign_in("rm1", enrol=False)
    row = next(row for row in caller.list("attachment") if row["d"]["sha256"] == sha)
    tap.equal(caller.get(f"/v1/blobs/{sha}?ref={row['id']}").body.decode(), paper.read_text(), "the document is there")
    again = desk.run("sync")
    tap.check(again.returncode == 1 and "Nobody has signed in" in again.stderr, f"it is an empty desk: {again.stderr.strip()}")
    desk.sign_in()
    desk.sync()
    tap.check(len(desk.list("customer")) > 0, "its person, once the administrator allows it, begins anew there")


def interrupted(tap, bank):
    tap.step("a wipe that is cut short goes on at the next start")
    desk = ready(bank, "rm4")
    device = device_of(bank, "rm4")[-1]
    gxt.Caller(bank).sign_in("admin1").post(f"/v1/devices/{device['id']}/revoke")
    desk.run("sync")
    tap.equal(status_of(bank, device["id"]), "WIPED", "the bank has what waited")
    desk2 = ready(bank, "rm5")
    (desk2.dir / "revoked").write_bytes(b"")
    tap.equal(desk2.run("list", "customer").returncode, 1, "a desk that was to be wiped shows nothing")
    tap.equal(left(desk2), ["lock"], "and is wiped")


def person_left(tap, bank):
    tap.step("rm6 has left the bank, with changes on the laptop")
    desk = ready(bank, "rm6")
    device = device_of(bank, "rm6")[-1]
    bank.stop()
    write(desk, "离职前写下的事")
    with bank.sql() as db:
        for (guard,) in db.execute("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='login'").fetchall():
            db.execute(f"DROP TRIGGER {guard}")         # two people would have to agree to it
        db.execute("UPDATE login SET status=2, perm_ver=perm_ver+1 WHERE login='rm6'")
    bank.start()
    gxt.Caller(bank).sign_in("admin1").post(f"/v1/devices/{device['id']}/revoke")
    desk.run("sync")
    tap.equal((left(desk), status_of(bank, device["id"])), (["lock"], "WIPED"), "the laptop is wiped")
    parcel = bank.dir / "farewell" / f"{device['id']}.parcel"
    shown = json.loads(bank.admin("queue", "show", parcel, "--data", bank.dir, "--json").stdout or "{}")
    tap.equal([m["set"]["title"] for m in shown.get("mutations", [])], ["离职前写下的事"], "what was typed is kept with the bank, readable by the bank")
    tap.check("离职前写下的事" not in tasks(bank, "sup1"), "and nothing of it was done in the name of who has left")


def by_command(tap, bank):
    tap.step("guanxi-cli devices")
    desk, lost = ready(bank, "rm7"), ready(bank, "rm7", name="lost")
    listed = desk.lines("devices")
    tap.equal(sorted(d["this"] for d in listed if d["status"] == "ACTIVE"), [False, True], "the person sees both, and which is this one")
    other = next(d["id"] for d in listed if not d["this"])
    told = desk.do("devices", "revoke", other, "--password-file", desk.password)
    tap.check("hands in what waits" in told, f"revokes the other, and is told what follows: {told.strip()}")
    tap.check(lost.run("sync").returncode == 1 and left(lost) == ["lock"], "which is wiped")
    desk.sync()
    tap.check(len(desk.list("customer")) > 0, "this one goes on")
    audit = subprocess.run([str(gxt.SERVER), "audit", "verify", "--data", str(bank.dir)], capture_output=True, text=True)
    tap.equal(audit.returncode, 0, f"the log is whole: {audit.stdout.strip()}")


def script(tap, work, stack):
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", 120)
    bank.start()
    not_everybody(tap, bank)
    stolen(tap, bank)
    interrupted(tap, bank)
    person_left(tap, bank)
    by_command(tap, bank)


if __name__ == "__main__":
    gxt.run(script)
