# SPDX-License-Identifier: GPL-3.0-or-later
"""m: a desk's exchange with its bank, beside the same records and the same edits of PouchDB with its own server, in one run.

Two desks of one person: each loads everything; the first saves a thousand edits without a network and sends them; the
second fetches them. Both sides go through a relay of ours that counts bytes, on the loopback. Ours does more for it: TLS,
a person's rights on each row and field, a version a field, an audit entry a change, an encrypted store, every commit synced
to the disk on both sides. PouchDB sends plain HTTP into plain files that LevelDB does not sync.
"""

import contextlib
import json
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import threading
import time
import urllib.request

from gxb import Desk, Failure, note, process

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = ("pouchdb-node@9.0.0", "pouchdb-server@4.2.0")
EDITS = 1000
MISSING = "not measured: node and npm are missing (apt-get install nodejs npm)"


class Relay:
    """A port of its own before a server's; counts what goes through, both ways together."""

    def __init__(self, port):
        self.target = port
        self.bytes = 0
        self.lock = threading.Lock()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def take(self):
        """The count since the last call."""
        with self.lock:
            count, self.bytes = self.bytes, 0
        return count

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.socket.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
                for source, target in ((near, far), (far, near)):
                    source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 18):
                with self.lock:
                    self.bytes += len(data)
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)


class Figures:
    """What one side needed, step by step."""

    def __init__(self):
        self.steps = {}

    def add(self, step, row, wire):
        self.steps.setdefault(step, []).append((row["seconds"], row["cpu"], wire))

    def median(self, step):
        return [statistics.median(column) for column in zip(*self.steps[step])]


def run_json(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    if done.returncode != 0:
        raise Failure(f"{command[0]}: {done.stderr.strip()[-600:]}")
    return json.loads(done.stdout)


# Each side's edits end at another hour every round, so that each of them changes something.
def hour(turn):
    return f"{turn % 24:02}:30"


def measure_ours(programs, folder, ours, rounds):
    figures, desks = Figures(), []
    with ours.serve() as (_, port), Relay(port) as relay:
        for number in (1, 2):
            place = folder / f"field-{number}"
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            desk = Desk(programs, place, "rm1")
            desk.sign_in(relay.port, ours.ca)
            desks.append(desk)

        def step(name, desk, *words):
            relay.take()
            row = run_json([programs.need("gxb-field"), str(desk.profile), *words], env=desk.env)
            if words == ("sync",) and (row["waiting"] or row["refused"]):
                raise Failure(f"of the edits {row['waiting']} still wait and {row['refused']} were refused")
            figures.add(name, row, relay.take())

        for desk in desks:
            step("load", desk, "sync")
        first, second = desks
        for turn in range(rounds):
            step("edit", first, "edit", str(EDITS), hour(turn))
            step("push", first, "sync")
            step("pull", second, "sync")
        rows = folder / "rows.ndjson"
        with rows.open("w", encoding="utf-8") as out:
            subprocess.run([programs.need("gxb-field"), str(second.profile), "rows"], env=second.env, stdout=out, check=True)
    arrived = rows.read_text(encoding="utf-8").count(f'"quiet_to":"{hour(rounds - 1)}"')
    if arrived != EDITS:
        raise Failure(f"{arrived} of {EDITS} edits are with the other desk")
    return figures, rows


def install_pouch(folder):
    """Named packages from npm; none of what they would run while being installed is needed."""
    place = folder / "pouch"
    if not (place / "node_modules").exists():
        place.mkdir(exist_ok=True)
        (place / "package.json").write_text("{}\n", encoding="ascii")
        note(f"fetching {' and '.join(PACKAGES)}")
        done = subprocess.run(["npm", "install", "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund",
                               "--loglevel", "error", *PACKAGES], cwd=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise Failure(f"npm: {done.stdout.strip()[-600:]}")
    return place


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@contextlib.contextmanager
def serve_pouch(place):
    port = free_port()
    data = place / "data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    command = ["node", "node_modules/.bin/pouchdb-server", "--port", str(port), "--host", "127.0.0.1", "--dir", str(data)]
    with process(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        until = time.monotonic() + 30
        while True:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            if child.poll() is not None or time.monotonic() > until:
                raise Failure("pouchdb-server does not answer")
            time.sleep(0.1)
        yield port


def measure_pouch(folder, rows, rounds):
    place, figures = install_pouch(folder), Figures()
    environment = dict(os.environ, NODE_PATH=str(place / "node_modules"))

    def node(*words):
        return run_json(["node", str(HERE / "pouch.js"), *map(str, words)], cwd=place, env=environment)

    with serve_pouch(place) as port, Relay(port) as relay:
        url = f"http://127.0.0.1:{relay.port}/bank"
        records = node("fill", url, rows)["n"]
        note(f"PouchDB's server has the {records:,} records")
        locals_ = [place / "desk-1", place / "desk-2"]

        def step(name, local, *words):
            relay.take()
            row = node(words[0], local, *words[1:])
            expected = records if name == "load" else EDITS
            if row["n"] != expected:
                raise Failure(f"PouchDB's {name}: {row['n']} of {expected} records")
            figures.add(name, row, relay.take())

        for local in locals_:
            shutil.rmtree(local, ignore_errors=True)
            step("load", local, "pull", url)
        first, second = locals_
        for turn in range(rounds):
            step("edit", first, "edit", EDITS, hour(turn + 12))
            step("push", first, "push", url)
            step("pull", second, "pull", url)
    return figures, records


def measure(programs, options, folder, ours, table):
    rounds = min(options.rounds, 3)
    figures, rows = measure_ours(programs, folder, ours, rounds)
    if shutil.which("npm") is None:
        table.add("m", "a desk's exchange beside PouchDB's", MISSING, "")
        return
    pouch, records = measure_pouch(folder, rows, rounds)
    titles = {"load": f"{records:,} records into a desk's store", "edit": f"{EDITS:,} edits saved without a network",
              "push": f"the {EDITS:,} edits sent", "pull": f"the {EDITS:,} fetched by the other desk"}
    for step, title in titles.items():
        theirs, our = pouch.median(step), figures.median(step)
        table.add("m", f"{title}; PouchDB | ours", describe(theirs), describe(our), our[0] / theirs[0], "<= 1", our[0] <= theirs[0])
        if step != "edit":
            table.add("m", f"{title}: bytes on the wire", f"{theirs[2] / 1e6:.2f} MB", f"{our[2] / 1e6:.2f} MB", our[2] / theirs[2], "<= 1",
                      our[2] <= theirs[2])


def describe(figures):
    return f"{figures[0]:.3f} s (client's CPU {figures[1]:.2f} s)"
