#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A first load whose program is killed (SIGKILL) at every page of it, at some moment between asking for the page and having
written it (sync.md 1.7): it goes on where its store stands, asks for nothing that it has, keeps what was typed meanwhile, and
ends with the bank's rows.

A desk asks for the page after the one that it writes, so a kill may cost it two: no page is asked for more than three times.
GUANXI_SEED=n other moments."""
import collections
import contextlib
import os
import pathlib
import random
import re
import select
import socket
import ssl
import sys
import threading
import time
from urllib.parse import unquote

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

ROWS = 90           # of a page: a desk asks for more, and the wire for so many
ASKED = re.compile(rb"GET /v1/sync/bootstrap\?scope=([^&\s]+)&limit=\d+(?:&after=([^&\s]+))?")


class Reader(gxt.Wire):
    """It ends TLS with the bank's own key, sees which pages are asked for, and kills whoever asked for one that is new to it: what
    is asked for then is not answered any more."""

    def __init__(self, bank):
        self.near = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.near.load_cert_chain(bank.dir / "keys/server.pem", bank.dir / "keys/server.key")
        self.far = ssl.create_default_context(cafile=bank.ca)
        self.known, self.asked, self.begun = set(), [], []
        self.kill, self.delay, self.held = None, 0, False
        super().__init__(bank)

    def begin(self, kill, delay):
        """Of one life of the desk: kill() is called @delay seconds after it asked for a page that nobody asked for before."""
        self.asked, self.begun, self.kill, self.delay, self.held = [], [], kill, delay, False

    def _accept(self):
        while True:
            try:
                near, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near):
        with contextlib.suppress(OSError), contextlib.ExitStack() as ends:
            near = ends.enter_context(self.near.wrap_socket(near, server_side=True))
            far = ends.enter_context(self.far.wrap_socket(socket.create_connection(("127.0.0.1", self.bank.port)), server_hostname="127.0.0.1"))
            while True:
                select.select([near, far], [], [])
                for source, target in ((near, far), (far, near)):
                    if not self._relay_what_is_there(source, target, source is near):
                        return

    def _relay_what_is_there(self, source, target, asks):
        """Tells whether the line goes on."""
        while True:
            source.settimeout(0)
            try:
                data = source.recv(1 << 16)
            except (ssl.SSLWantReadError, BlockingIOError):
                return True
            finally:
                source.settimeout(gxt.PATIENCE)
            if not data:
                return False
            found = ASKED.match(data) if asks else None
            if found and not self._lets_pass(tuple(unquote((part or b"").decode()) for part in found.groups())):
                continue
            target.sendall(re.sub(rb"limit=\d+", b"limit=%d" % ROWS, data, count=1) if found else data)

    def _lets_pass(self, page):
        with self.lock:
            if self.held:
                return False
            self.asked.append(page)
            self.begun.append(time.monotonic())
            if self.kill is not None and page not in self.known:
                self.held = True
                threading.Timer(self.delay, self.kill).start()
            self.known.add(page)
            return True


def list_pages(caller, scopes):
    """All pages in the order of a load: what asks for each, and how many rows stand before it."""
    pages, before = {}, 0
    for scope in scopes:
        after = ""
        while after is not None:
            answer = caller.get(f"/v1/sync/bootstrap?scope={gxt.urlquote(scope)}&limit={ROWS}" + (f"&after={gxt.urlquote(after)}" if after else ""))
            lines = [gxt.json.loads(line) for line in answer.text.splitlines()]
            pages[scope, after] = before
            before += sum(line["t"] == "put" for line in lines)
            after = lines[-1]["after"] if lines[-1]["more"] else None
    return pages, before


def load_in_peace(tap, bank, wire):
    """How long a page takes, and which there are."""
    desk = gxt.Desk(bank, "rm1", name="calm", url=wire.url).sign_in()
    wire.begin(None, 0)
    desk.sync()
    steps = [b - a for a, b in zip(wire.begun, wire.begun[1:])]
    scopes = list(dict.fromkeys(scope for scope, _ in wire.asked))
    pages, rows = list_pages(gxt.Caller(bank).sign_in("rm1", enrol=False), scopes)
    tap.check(list(pages) == wire.asked and len(pages) > 10, f"a desk that nobody disturbs asks for {len(pages)} pages of {rows} rows in {len(scopes)} scopes, each once", (list(pages), wire.asked))
    return desk, pages, max(steps)


def lives(tap, wire, desk, other, pages, step, rand):
    """One life after the other, until one is not killed. The bank goes on meanwhile, and so does the person."""
    times, kills, last, wrong, edits = collections.Counter(), 0, 0, [], 0
    mine = [gxt.json.loads(text)["id"] for text in gxt.split_rows(other.do("list", "customer", "--json"))]
    wire.known = set()
    while True:
        other.do("set", "customer", rand.choice(mine), f"pref_channel={rand.choice(('PHONE', 'SMS', 'EMAIL'))}")
        other.do("sync")
        hands = gxt.Hands(desk)
        told = gxt.json.loads(hands.do("status", "--json"))
        here = gxt.split_rows(hands.do("list", "customer", "--limit", "1", "--json"))
        if here:
            hands.do("set", "customer", gxt.json.loads(here[0])["id"], f"quiet_from={kills % 24:02d}:30", "quiet_to=23:59")
            edits += 1
        wire.begin(hands.process.kill, rand.random() * step)
        code, said = hands.run("sync")
        hands.close()
        times.update(wire.asked)
        stands = [page for page, before in pages.items() if before == told["rows_loaded"]]
        if told["rows_loaded"] < last or (wire.asked and wire.asked[:1] != stands[-1:]):
            wrong.append((told["rows_loaded"], last, wire.asked[:1], stands))
        last = told["rows_loaded"]
        if code is not None:
            tap.equal(code, 0, f"the {kills + 1}th life of the program ends the load: {' '.join(said.split())}")
            return times, kills, wrong, edits
        kills += 1


def script(tap, work, stack):
    seed = os.environ.get("GUANXI_SEED", "1")
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", 120)
    bank.start()
    wire = Reader(bank)
    stack.callback(wire.close)
    calm, pages, step = load_in_peace(tap, bank, wire)
    tap.step(f"SIGKILL at each page (GUANXI_SEED={seed})")
    desk = gxt.Desk(bank, "rm1", url=wire.url, name="killed").sign_in()
    with gxt.Hands(calm) as other:
        times, kills, wrong, edits = lives(tap, wire, desk, other, pages, step, random.Random(seed))
    tap.equal((kills, set(times)), (len(pages), set(pages)), f"it was killed {kills} times, once at each page, and asked for no other")
    tap.equal(wrong, [], "each life began with the page at which the store stood: nothing that was written was asked for again")
    counts = collections.Counter(times.values())
    tap.check(max(times.values()) <= 3, f"pages that were asked for once: {counts[1]}, twice: {counts[2]}, three times: {counts[3]}", times)
    tap.check(edits > 0, f"{edits} changes were made in between")
    wire.begin(None, 0)
    desk.sync()
    tap.equal((desk.lines("queue"), desk.lines("issues")), ([], []), "they were all taken")
    gxt.compare(tap, desk, gxt.Caller(bank).sign_in("rm1", enrol=False), "after the load")


gxt.run(script)
