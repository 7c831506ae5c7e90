#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's ways of telling a row agree, for every kind of login: bootstrap, pull and /v1/records give the same bytes
of the same rows; a page is whole or worth nothing; and what changes meanwhile comes with the next pull, by hand-made
HTTPS and without any of our client."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

LOGINS = "rm1 rm2 rm3 rm1b sup1 mgr2".split()


class Reader:
    """The least that a client must do: it keeps rows by scope, and a cursor."""

    def __init__(self, caller):
        self.caller = caller
        self.cursor = ""
        self.rows = {}              # (entity, id) -> the put, without its scopes
        self.members = {}           # (entity, id) -> set of scopes
        self.have = []
        self.broken = []

    def read(self, answer):
        """The lines of a page, once its trailer has been found true."""
        if answer.status != 200:
            raise RuntimeError(repr(answer))
        body, _, last = answer.body.rstrip(b"\n").rpartition(b"\n")
        body += b"\n"
        end = gxt.json.loads(last)
        whole = end["t"] == "end" and end["n"] == body.count(b"\n") and end["sha"] == gxt.hashlib.sha256(body).hexdigest()
        if not whole:
            self.broken.append(last)
        for line in body.splitlines():
            self.apply(gxt.json.loads(line), line)
        return end

    def apply(self, line, text):
        key = (line.get("tbl"), line.get("id"))
        if line["t"] == "put":
            self.rows[key] = {k: v for k, v in line.items() if k not in ("s", "t")}
            self.members.setdefault(key, set()).update(line["s"])
        elif line["t"] == "gone":
            self.members.get(key, set()).discard(line["s"])
        elif line["t"] == "scope-":
            for members in self.members.values():
                members.discard(line["s"])

    def bootstrap(self, scope, limit):
        after, start = "", None
        while True:
            answer = self.caller.get(f"/v1/sync/bootstrap?scope={gxt.urlquote(scope)}&limit={limit}&after={gxt.urlquote(after)}")
            end = self.read(answer)
            start = start or gxt.json.loads(answer.body.split(b"\n")[0])["start"]
            after = end.get("after") or ""
            if not end["more"]:
                self.have.append(scope)
                self.cursor = start if self.cursor == "" else str(min(int(self.cursor), int(start)))
                return

    def pull(self, limit=2000):
        pages = 0
        while True:
            end = self.read(self.caller.post("/v1/sync/pull", {"client_id": self.caller.client_id, "schema": gxt.SCHEMA, "cursor": self.cursor,
                                                               "have": self.have, "limit": limit, "ack_mid": 0}))
            self.cursor = end["cursor"]
            pages += 1
            if not end["more"]:
                return pages

    def held(self):
        return {key: self.rows[key] for key, members in self.members.items() if members}


def compare(tap, reader, login, when):
    """What was fed, and what /v1/records says."""
    held = reader.held()
    said = {(entity, row["id"]): row for entity in gxt.ENTITIES for row in reader.caller.list(entity)}
    differ = [key for key in held.keys() | said.keys() if held.get(key) != said.get(key)]
    tap.check(not differ and len(said) > 10, f"{login}, {when}: {len(said)} rows, the same both ways",
              "\n".join(f"{key}\n  fed {held.get(key)}\n  said {said.get(key)}" for key in sorted(differ)[:4]) or "too few")
    tap.equal(reader.broken, [], f"{login}, {when}: every page had a true trailer")


def script(tap, work, stack):
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", 200)
    bank.start()
    readers = {}
    for number, login in enumerate(LOGINS):
        tap.step(f"{login} loads all scopes")
        reader = readers[login] = Reader(gxt.Caller(bank).sign_in(login))
        tap.note(", ".join(reader.caller.session["scopes"]))
        for scope in reader.caller.session["scopes"]:
            reader.bootstrap(scope, (5000, 97)[number % 2])
        reader.pull()
        compare(tap, reader, login, "loaded")

    tap.step("Somebody works meanwhile")
    rm1 = readers["rm1"].caller
    mine = [c for c in rm1.list("customer") if c["d"]["primary_rm_id"] == rm1.person]
    for i, customer in enumerate(mine[:40]):
        rm1.push({"op": "create", "tbl": "task", "id": gxt.new_id(), "set": {"title": f"回访 {i}", "kind": "CALL", "due_at": 1795223207000, "status": "OPEN",
                                                                          "assignee_id": rm1.person, "customer_id": customer["id"]}},
                 {"op": "patch", "tbl": "customer", "id": customer["id"], "set": {"lang": {"v": "en", "b": {"s": customer["v"]}}}})
    removed = next(t for t in rm1.list("task") if t["d"]["title"] == "回访 0")
    tap.equal(rm1.result({"op": "delete", "tbl": "task", "id": removed["id"], "b": {"s": removed["v"]}})["st"], "applied", "a task is removed")
    for number, login in enumerate(LOGINS):
        pages = readers[login].pull((2000, 7)[number % 2])
        compare(tap, readers[login], login, f"after {pages} pages of pull")

    tap.step("A scope that is not one's own")
    rm3 = readers["rm3"].caller
    other = next(scope for scope in rm1.session["scopes"] if scope.startswith("ow:"))
    tap.equal(rm3.get(f"/v1/sync/bootstrap?scope={gxt.urlquote(other)}").status, 403, "is not loaded")
    reader = Reader(rm3)
    reader.have = [other]
    reader.pull()
    tap.equal(reader.held(), {}, "and nothing of it is in a pull that claims to have it")
    tap.equal(bank.stop(), 0, "the server stops")


gxt.run(script)
