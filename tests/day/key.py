#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop loses its signing key (the keyring is gone): the person signs in again, a new key takes the old one's place, and
requests are signed and approved as before. Nobody without a fresh password replaces a key, and no key is replaced unasked."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

REASON = "客户本人申请，已核对身份证件原件"


def devices(bank):
    """Every device that the administrator sees, and its state."""
    return {row["id"]: row["d"]["status"] for row in gxt.Caller(bank).sign_in("admin1", enrol=False).list("device")}


def ask(tap, rm1, sup1, contact, value, when):
    """A request by rm1, approved by sup1: both sign."""
    made = rm1.json("set", "contact_point", contact["id"], f"value={value}", "--reason", REASON)
    rm1.sync()
    tap.equal([i["result"] for i in rm1.lines("issues")], [], f"{when}: the signed request is taken")
    sup1.sync()
    done = sup1.run("review", "approve", made["cr"], "--note", "已核对，同意办理", "--password-file", sup1.password)
    tap.equal(done.returncode, 0, f"{when}: and approved {done.stderr}")
    rm1.sync()


def lost_keyring(tap, bank):
    tap.step("rm1's keyring has lost the device's key and the session")
    rm1, sup1 = gxt.Desk(bank, "rm1").sign_in(), gxt.Desk(bank, "sup1").sign_in()
    rm1.sync()
    sup1.sync()
    asked = {r["d"]["entity_id"] for r in rm1.list("change_request")}
    mine = {c["id"] for c in rm1.list("customer") if c["d"]["status"] == "ACTIVE" and not c.get("masked")}
    phones = [c for c in rm1.list("contact_point") if c["d"]["kind"] == "MOBILE" and c["d"]["customer_id"] in mine and c["id"] not in asked]
    ask(tap, rm1, sup1, phones[0], "13511110001", "before")
    before = devices(bank)

    rm1.forget("token", "device")
    done = rm1.run("sync")
    tap.check(done.returncode != 0, f"without its secrets the desk does not sync: {done.stderr.strip()}")
    rm1.sign_in()
    rm1.sync()
    after = devices(bank)
    tap.equal(len(after), len(before) + 1, "there is one device more")
    changed = [(before[each], after[each]) for each in before if before[each] != after[each]]
    tap.equal(changed, [("ACTIVE", "SUSPENDED")], "one is suspended, the others are as they were")
    ask(tap, rm1, sup1, phones[1], "13511110002", "after")
    rm1.sign_in()
    tap.equal(devices(bank), after, "another sign-in with the key in place registers nothing")


def by_hand(tap, bank):
    tap.step("a caller registers keys by hand")
    caller = gxt.Caller(bank).sign_in("rm2")
    first = caller.key
    again = caller.post("/v1/devices/enrol", {"pubkey": first.public, "name": "hand-made"})
    other = gxt.Key()
    unasked = caller.post("/v1/devices/enrol", {"pubkey": other.public, "name": "hand-made"})
    tap.equal((again.status, unasked.status, unasked.code), (200, 409, "EXISTS"), "the same key is told again, another one refused")
    replaced = caller.post("/v1/devices/enrol", {"pubkey": other.public, "name": "hand-made", "replace": True})
    tap.equal(replaced.status, 200, "with the password fresh it takes the first one's place")
    tap.check(replaced.json["device_id"] != again.json["device_id"], "as a device of its own")
    tap.equal(devices(bank)[again.json["device_id"]], "SUSPENDED", "and the first is suspended")
    back = caller.post("/v1/devices/enrol", {"pubkey": first.public, "name": "hand-made"})
    tap.equal((back.status, back.code), (409, "EXISTS"), "a lost key does not come back unasked")


def script(tap, work, stack):
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", 120)
    bank.start()
    lost_keyring(tap, bank)
    by_hand(tap, bank)


if __name__ == "__main__":
    gxt.run(script)
