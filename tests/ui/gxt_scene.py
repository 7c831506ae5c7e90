# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in the pictures: a bank with its server, the people's desks, and what can go wrong at a desk. All of it
happened: who is in conflict met somebody, what is refused was refused by the server, who is signed out was shut out.
"""
import signal

import gxt

REASON = "客户本人申请，已核对身份证件原件"
SUBJECT = "来电询问到期存款"
OTHER_PASSWORD = "another-guanxi-2026"


def make_desk(bank, login, name=None):
    """Signed in and synced."""
    desk = gxt.Desk(bank, login, name=name).sign_in()
    desk.sync()
    return desk


def find_asked(caller):
    """The customer whose contact waits for review: there is the most to see."""
    requests = caller.list("change_request")
    contacts = {row["id"]: row["d"]["customer_id"] for row in caller.list("contact_point")}
    wanted = next(contacts[row["d"]["entity_id"]] for row in requests if row["d"]["tbl"] == "contact_point")
    return next(row for row in caller.list("customer") if row["id"] == wanted)


def find_richest(caller):
    """The one with the longest life to look at."""
    count = {}
    for row in caller.list("interaction"):
        count[row["d"]["customer_id"]] = count.get(row["d"]["customer_id"], 0) + 1
    wanted = max(count, key=count.get)
    return next(row for row in caller.list("customer") if row["id"] == wanted)


def find_holder(caller):
    """The customer with the most months of figures."""
    most = max(caller.list("holding"), key=lambda row: len(row.get("months") or []))
    return next(row for row in caller.list("customer") if row["id"] == most["d"]["customer_id"])


def log_offline(desk, customer):
    """While the server is away: it waits."""
    desk.do("new", "interaction", f"customer_id={customer['id']}", "channel=PHONE", "direction=IN", "purpose=MAINTENANCE", f"subject={SUBJECT}",
            f"started_at={1795223207000}", f"owner_id={customer['d']['primary_rm_id']}")


def meet(mine, theirs):
    """Two people change the same fields of two customers, neither knowing of the other, and another two numbers are asked to
    be changed: @theirs reaches the bank first, so @mine has two conflicts, and a request that is refused. A name is asked
    for without a paper that proves it, which is refused too."""
    known = {row["id"] for row in theirs.list("customer")}
    shared = [row for row in mine.list("customer") if row["id"] in known and row["d"]["status"] == "ACTIVE" and row["d"]["type"] == "PERSON"]
    numbers = {row["d"]["customer_id"]: row for row in mine.list("contact_point") if row["d"]["kind"] == "MOBILE"}
    asked = {row["d"]["entity_id"] for row in mine.list("change_request")}
    first, second, third, fourth = [row for row in shared if row["id"] in numbers and numbers[row["id"]]["id"] not in asked][:4]
    for desk, channel, hours, number in ((theirs, "PHONE", ("21:00", "08:30"), "13511110001"), (mine, "WECHAT", ("20:00", "09:00"), "13511110002")):
        desk.do("set", "customer", first["id"], f"pref_channel={channel}")
        desk.do("set", "customer", second["id"], f"quiet_from={hours[0]}", f"quiet_to={hours[1]}")
        desk.do("set", "contact_point", numbers[third["id"]]["id"], f"value={number}", "--reason", REASON)
    mine.do("set", "customer", fourth["id"], "name=张改名", "--reason", REASON)
    theirs.sync()
    mine.sync()


def shut_out(bank, login):
    """Whose password is changed elsewhere is signed out everywhere else; it is changed back."""
    caller = gxt.Caller(bank).sign_in(login, enrol=False)
    for old, new in ((gxt.PASSWORD, OTHER_PASSWORD), (OTHER_PASSWORD, gxt.PASSWORD)):
        answer = caller.post("/v1/auth/password", {"old_password": old, "new_password": new})
        if answer.status not in (200, 204):
            raise RuntimeError(f"the password of {login}: {answer!r}")


def hold(bank):
    """The server takes what comes and answers nothing."""
    bank.process.send_signal(signal.SIGSTOP)


def release(bank):
    bank.process.send_signal(signal.SIGCONT)


def replace(bank, work):
    """In the bank's place stands another, with a certificate that nobody here trusts."""
    bank.stop()
    other = gxt.Bank(work, "other")
    other.port = bank.port
    other.init()
    return other.start()


def spoil(desk):
    """The disk loses what it holds of the store, from the second page on."""
    path = desk.dir / "store.db"
    size = path.stat().st_size
    with open(path, "r+b") as store:
        store.seek(64 * 1024)
        store.write(bytes(size - 64 * 1024))
