# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests over real processes share: a bank with its server, desks that are guanxi-cli profiles, a hand-made
HTTPS caller with a device key of its own, a wire that breaks on cue, and TAP.

Nothing here is a mock: the server, the client and the bytes between them are the real ones. A test drives them from
outside, as a person, a network or a burglar would.
"""
import base64
import collections
import contextlib
import ctypes
import hashlib
import http.client
import json
import os
import pathlib
import re
import secrets
import shlex
import shutil
import signal
import socket
import sqlite3
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import uuid
from urllib.parse import quote as urlquote

BUILD = pathlib.Path(os.environ.get("GUANXI_BUILD_DIR", "build")).resolve()
SERVER = BUILD / "server" / "guanxi-server"
VAULT = BUILD / "tests" / "support" / "gxt-vault"
STORE = BUILD / "tests" / "support" / "gxt-store"
CLOCK = BUILD / "tests" / "support" / "libgxt-clock.so"
POWER = BUILD / "tests" / "support" / "libgxt-power.so"
CLI = BUILD / "client" / "cli" / "guanxi-cli"
PASSWORD = "guanxi-demo-2026"
SCHEMA = 2          # of the wire
PATIENCE = 120      # seconds after which something hangs; never a measure of speed


# --- TAP -----------------------------------------------------------------------------------------------------------

class Tap:
    """Steps and checks of one script. A failed check is told and the script goes on; an exception ends it."""

    def __init__(self):
        self.count = self.failed = 0

    def step(self, text):
        print(f"# {text}", flush=True)

    def note(self, text):
        for line in str(text).rstrip().split("\n"):
            print(f"#   {line}", flush=True)

    def check(self, ok, what, detail=""):
        self.count += 1
        self.failed += not ok
        print(f"{'ok' if ok else 'not ok'} {self.count} - {what}", flush=True)
        if not ok and detail != "":
            self.note(detail if isinstance(detail, str) else repr(detail))
        return ok

    def equal(self, got, wanted, what):
        return self.check(got == wanted, what, f"got {got!r}, wanted {wanted!r}")


def run(script):
    """Runs script(tap, work) in a folder of its own and ends the process with the plan printed."""
    tap = Tap()
    work = pathlib.Path(tempfile.mkdtemp(prefix="gxt-"))
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, work, ignore_errors=True)
        try:
            script(tap, work, stack)
        except BaseException:       # a broken script is a failed test, whatever broke it
            tap.check(False, "the script came to its end", traceback.format_exc())
            for log in work.rglob("*.log"):
                tap.note(f"{log.name}: " + log.read_text(errors="replace")[-3000:])
    print(f"1..{tap.count}", flush=True)
    sys.exit(1 if tap.failed else 0)


def until(what, ready):
    """Waits for ready() to give something true, and gives it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = ready()
        if found:
            return found
        time.sleep(0.02)
    raise TimeoutError(what)


def writes_no_core(pid):
    """Whether that process can write its memory to the disk neither now nor when it wanted to."""
    line = next(line for line in pathlib.Path(f"/proc/{pid}/limits").read_text().splitlines() if line.startswith("Max core file size"))
    return line.split()[4:6] == ["0", "0"]


# --- the hour ------------------------------------------------------------------------------------------------------

class Clock:
    """The hour of the day on one machine. The programs that run there are the real ones, and believe what it says; what
    waits, waits as long as ever."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.path.write_bytes(bytes(8))

    def set(self, moment):
        """From now on it is @moment, ms UTC, and goes on from there; also for programs that run."""
        with open(self.path, "r+b") as file:
            file.write(struct.pack("=q", int(moment) * 1000000 - time.time_ns()))

    @property
    def now(self):
        return (time.time_ns() + struct.unpack("=q", self.path.read_bytes())[0]) // 1000000

    def put_into(self, env):
        """@env, for a program on that machine."""
        preload = ":".join(filter(None, (str(CLOCK), env.get("LD_PRELOAD", ""))))
        return dict(env, LD_PRELOAD=preload, GXT_CLOCK=str(self.path),
                    ASAN_OPTIONS=env.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0")


# --- the bank and its server ---------------------------------------------------------------------------------------

class Bank:
    """A data folder, and the server on it while it runs."""

    def __init__(self, work, name="bank", clock=None):
        self.work = pathlib.Path(work)
        self.env = clock.put_into(os.environ) if clock is not None else None
        self.dir = self.work / name
        self.log = self.work / f"{name}.server.log"
        self.port = 0
        self.process = None
        self.plain = self.work / f"{name}.plain.db"
        self.plain_of = None        # the database that self.plain is a copy of, as _stamp() knows it

    @property
    def ca(self):
        return self.dir / "keys" / "ca.pem"

    @property
    def url(self):
        return f"https://127.0.0.1:{self.port}"

    def admin(self, *args, **options):
        """Runs a subcommand; gives the finished process, whatever its code."""
        return subprocess.run([str(SERVER), *map(str, args)], capture_output=True, text=True, timeout=PATIENCE * 3, **{"env": self.env, **options})

    def init(self, *args):
        done = self.admin("init", "--data", self.dir, *args)
        if done.returncode != 0:
            raise RuntimeError(f"init: {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def start(self, *args):
        """Starts the server, on the port it had before, and waits until it answers."""
        begin = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "ab") as out:
            # A machine that compiles beside the tests may keep a client waiting for longer than a stranger may wait.
            self.process = subprocess.Popen([str(SERVER), "serve", "--data", str(self.dir), "--listen", f"127.0.0.1:{self.port}",
                                             "--handshake-timeout", "60s", *args], stdout=out, stderr=out, start_new_session=True, env=self.env)
        if self.port == 0:
            self.port = until("the server tells its port", lambda: self._read_port(begin))
        until("the server answers", self._is_healthy)
        return self

    def _read_port(self, begin):
        if self.process.poll() is not None:
            raise RuntimeError(f"serve ended with {self.process.returncode}: {self.log.read_text()[-2000:]}")
        with open(self.log, "rb") as log:
            log.seek(begin)
            found = re.search(rb'"port":(\d+)', log.read())
        return found and int(found[1])

    def _is_healthy(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"serve ended with {self.process.returncode}: {self.log.read_text()[-2000:]}")
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.call("GET", "/healthz").status == 200

    def call(self, method, path, body=None, headers=None):
        return Caller(self).ask(method, path, body, headers)

    def kill(self):
        """As if the plug were pulled on the process."""
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop(self):
        """Asks it to end; gives the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self.process = None
        return code

    def close(self):
        if self.process is not None:
            self.kill()

    @contextlib.contextmanager
    def sql(self):
        """The database by a stranger's connection: no foreign keys, no settings of ours. The server is stopped. What the
        stranger has is a copy in clear text; what he writes into it goes back under the bank's key."""
        assert self.process is None, "two processes in one database"
        if self.plain_of is None or self.plain_of != self._stamp():
            self._vault("out")
        before = self.plain.read_bytes()
        db = sqlite3.connect(f"file:{self.plain}?mode=rw", uri=True, isolation_level=None)
        try:
            yield db
        finally:
            db.close()
            if self.plain.read_bytes() != before:
                self._vault("in")
            self.plain_of = self._stamp()

    def _stamp(self):
        files = [self.dir / "bank.db", self.dir / "bank.db-wal"]
        return [(f.stat().st_ino, f.stat().st_size, f.stat().st_mtime_ns) for f in files if f.exists()]

    def _vault(self, way):
        done = subprocess.run([str(VAULT), way, str(self.dir), str(self.plain)], capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode != 0:
            raise RuntimeError(f"gxt-vault {way}: {done.stderr}")

    def rows(self, query, *args):
        with self.sql() as db:
            return db.execute(query, args).fetchall()


# --- a desk: guanxi-cli with a profile -----------------------------------------------------------------------------

class Desk:
    """One person's profile. Its secrets lie in libsecret's file backend, so no desktop session is needed."""

    def __init__(self, bank, login, url=None, name=None, clock=None):
        self.bank = bank
        self.login = login
        self.url = url
        self.dir = bank.work / "profiles" / (name or login)
        self.password = bank.work / "password"
        self.password.write_text(PASSWORD + "\n")
        self.env = dict(os.environ, SECRET_BACKEND="file", SECRET_FILE_TEST_PASSWORD="test", LC_ALL="C.UTF-8",
                        SECRET_FILE_TEST_PATH=str(self.dir.with_suffix(".keyring")), LANGUAGE="en",
                        GUANXI_PASSWORD_FILE=str(self.password),     # it opens the profile
                        # That backend leaks a string for each secret kept or cleared; leaks of our own are test-cli's matter.
                        ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0")
        if clock is not None:
            self.env = clock.put_into(self.env)
        self.dir.parent.mkdir(parents=True, exist_ok=True)

    def command(self, *args):
        return [str(CLI), "--profile", str(self.dir), *map(str, args)]

    def run(self, *args):
        """Gives the finished process, whatever its code."""
        return subprocess.run(self.command(*args), capture_output=True, text=True, env=self.env, timeout=PATIENCE)

    def do(self, *args, code=0):
        """Runs a command that must end with @code, and gives what it printed."""
        done = self.run(*args)
        if done.returncode != code:
            raise RuntimeError(f"{self.login}: guanxi-cli {' '.join(map(str, args))}: exit {done.returncode}, not {code}\n{done.stdout}{done.stderr}")
        return done.stdout

    def forget(self, *secrets):
        """The keyring loses them."""
        for what in secrets:
            subprocess.run([str(STORE), "forget", str(self.dir), what], env=self.env, check=True, timeout=PATIENCE)

    def json(self, *args, code=0):
        return json.loads(self.do(*args, "--json", code=code))

    def sign_in(self):
        self.do("sign-in", self.url or self.bank.url, "--ca", self.bank.ca, "--user", self.login, "--password-file", self.password)
        return self

    def lines(self, *args):
        """What a command printed with --json, one object a line."""
        return [json.loads(text) for text in split_rows(self.do(*args, "--json"))]

    def sync(self, code=0):
        return self.do("sync", code=code)

    def list(self, entity, *args):
        """Rows in the order of the list, each parsed."""
        return [json.loads(text) for text in self.texts(entity, *args)]

    def texts(self, entity, *args):
        """Rows as the very bytes that were printed."""
        return split_rows(self.do("list", entity, *args, "--json"))

    def find(self, entity, row_id):
        return next((row for row in self.list(entity) if row["id"] == row_id), None)


class Hands:
    """guanxi-cli with a desk's profile open: many commands, one start, one password."""

    def __init__(self, desk):
        self.process = subprocess.Popen(desk.command("batch"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        text=True, env=desk.env)

    def run(self, *words):
        """The code with which the command ended, and what it printed; no code if the program died before it ended."""
        said = []
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(shlex.join(map(str, words)) + "\n")
            self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("= "):
                return int(line[2:]), "".join(said)
            said.append(line)
        return None, "".join(said)

    def do(self, *words):
        code, said = self.run(*words)
        if code != 0:
            raise RuntimeError(f"guanxi-cli {' '.join(map(str, words))}: {code}\n{said}")
        return said

    def close(self):
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def split_rows(text):
    """The objects of a JSON array, of an object with one array, or of lines of JSON, as the bytes they stand in."""
    decoder = json.JSONDecoder()
    rows = []
    at = text.find("[") + 1 if re.match(r'\s*(\[|\{"[a-z_]+":\s*\[)', text) else 0
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        if at >= len(text) or text[at] != "{":
            return rows
        _, end = decoder.raw_decode(text, at)
        rows.append(text[at:end])
        at = end


# --- a hand-made caller --------------------------------------------------------------------------------------------

class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """The slug of a refusal, or the status."""
        if "problem+json" in (self.headers.get("Content-Type") or ""):
            return self.json.get("code", self.status)
        return self.status

    def __repr__(self):
        return f"<{self.status} {self.body[:600]!r}>"


def new_id():
    """A UUIDv7, as a desk makes them."""
    raw = bytearray(int(time.time() * 1000).to_bytes(6, "big") + secrets.token_bytes(10))
    raw[6] = 0x70 | raw[6] & 0x0f
    raw[8] = 0x80 | raw[8] & 0x3f
    return str(uuid.UUID(bytes=bytes(raw)))


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Key:
    """An Ed25519 key, by the libsodium that the program itself is linked to."""

    def __init__(self):
        self.sodium = ctypes.CDLL("libsodium.so.23")
        self.secret = ctypes.create_string_buffer(64)
        public = ctypes.create_string_buffer(32)
        self.sodium.crypto_sign_keypair(public, self.secret)
        self.public = base64.b64encode(public.raw).decode()

    def sign(self, text):
        data = text.encode()
        signature = ctypes.create_string_buffer(64)
        self.sodium.crypto_sign_detached(signature, None, data, ctypes.c_ulonglong(len(data)), self.secret)
        return base64.b64encode(signature.raw).decode()


class Caller:
    """Speaks HTTPS by hand, as whoever signed in; nothing of our own client is in it."""

    def __init__(self, bank):
        self.bank = bank
        self.client_id = new_id()
        self.token = self.person = self.key = None
        self.mid = 0

    def ask(self, method, path, body=None, headers=None, tries=50):
        context = ssl.create_default_context(cafile=self.bank.ca) if self.bank.ca.exists() else None
        send = {"X-Schema": str(SCHEMA), "X-Client": self.client_id, **({"Authorization": f"Bearer {self.token}"} if self.token else {})}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            send["Content-Type"] = "application/json"
        send.update(headers or {})
        connection = http.client.HTTPSConnection("127.0.0.1", self.bank.port, context=context, timeout=PATIENCE)
        try:
            connection.request(method, path, body, send)
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        if answer.status == 429 and tries > 0:      # we are faster than a person
            time.sleep(min(float(answer.headers.get("Retry-After", 1)), 15))
            return self.ask(method, path, body, headers, tries - 1)
        return answer

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, body=None, headers=None):
        return self.ask("POST", path, body if body is not None else {}, headers)

    def sign_in(self, login, password=PASSWORD, enrol=True):
        answer = self.post("/v1/auth/sign-in", {"login": login, "password": password, "client_id": self.client_id})
        if answer.status != 200:
            raise RuntimeError(f"sign-in of {login}: {answer!r}")
        self.token, self.person = answer.json["token"], answer.json["employee_id"]
        self.session = answer.json
        if enrol:
            self.key = Key()
            answer = self.post("/v1/devices/enrol", {"pubkey": self.key.public, "name": "hand-made"})
            if answer.status not in (200, 201):
                raise RuntimeError(f"enrol of {login}: {answer!r}")
        return self

    def step_up(self):
        return self.post("/v1/auth/step-up", {"password": PASSWORD})

    def push(self, *mutations):
        """Numbers and sends mutations; gives the answer."""
        whole = []
        for mutation in mutations:
            self.mid += 1
            whole.append({"mid": self.mid, "mut_id": new_id(), "at": int(time.time() * 1000), "off": 480, **mutation})
        return self.post("/v1/sync/push", {"client_id": self.client_id, "epoch": self.session["epoch"], "schema": SCHEMA, "ack_mid": self.mid - len(whole),
                                           "mutations": whole})

    def result(self, mutation):
        """Sends one mutation and gives its result."""
        answer = self.push(mutation)
        return answer.json["results"][0] if answer.status == 200 else {"st": answer.code, "answer": repr(answer)}

    def upload(self, data, kind="image/png", name="evidence.png"):
        """Stores a document; gives its SHA-256."""
        sha256 = hashlib.sha256(data).hexdigest()
        made = self.post("/v1/blobs", {"sha256": sha256, "size": len(data), "type": kind, "name": name})
        if made.status not in (200, 201):
            raise RuntimeError(f"upload: {made!r}")
        if made.status == 201:
            upload = made.json["upload"]
            sent = self.ask("PATCH", f"/v1/blobs/u/{upload}", data,
                            {"Content-Type": "application/octet-stream", "Upload-Offset": str(made.json["offset"]), "Chunk-Sha256": sha256})
            done = self.post(f"/v1/blobs/u/{upload}/done")
            if done.status not in (200, 201):
                raise RuntimeError(f"upload: {made!r} {sent!r} {done!r}")
        return sha256

    def request(self, kind, op, tbl, entity_id, after, base, base_v, reason, evidence=(), cr_id=None, **more):
        """A cr.submit mutation, truly digested and signed."""
        cr_id = cr_id or new_id()
        digest = hashlib.sha256(canonical({"after": after, "base": base, "entity": entity_id, "evidence": sorted({e["sha256"] for e in evidence}),
                                           "kind": kind, "op": op, "reason": reason, "rev": 1, "tbl": tbl}).encode()).hexdigest()
        body = {"kind": kind, "op": op, "tbl": tbl, "entity_id": entity_id, "after": after, "base": base, "base_v": base_v, "reason": reason,
                "evidence": list(evidence), "rev": 1, "digest": digest, "sig": self.sign(cr_id, 1, digest, "submit", None), **more}
        return {"op": "cr.submit", "tbl": "change_request", "id": cr_id, "set": body}

    def sign(self, cr_id, rev, digest, verdict, note):
        return self.key.sign("guanxi-decision-v1\n" + canonical({"cr": cr_id, "digest": digest, "note": note, "person": self.person,
                                                                  "rev": rev, "verdict": verdict}))

    def decide(self, cr_id, verdict, note, rev=None, digest=None):
        """Decides on what the server shows, or on the digest given."""
        if digest is None:
            shown = self.get(f"/v1/cr/{cr_id}")
            if shown.status != 200:
                return shown
            fields = shown.json.get("d", shown.json)
            rev, digest = fields["rev"], fields["digest"]
        self.step_up()
        return self.post(f"/v1/cr/{cr_id}/decide", {"rev": rev, "digest": digest, "verdict": verdict, "note": note,
                                                    "sig": self.sign(cr_id, rev, digest, verdict, note)}, {"Idempotency-Key": new_id()})

    def texts(self, entity, limit=500, query=""):
        """Every row that this login may read, as the very bytes that were sent, page by page."""
        rows, after = [], ""
        while True:
            answer = self.get(f"/v1/records/{entity}?limit={limit}&with=months{after}{query}")
            if answer.status != 200:
                raise RuntimeError(f"records of {entity}: {answer!r}")
            rows += split_rows(answer.text)
            if "after" not in answer.json:
                return rows
            after = "&after=" + answer.json["after"]

    def list(self, entity, query=""):
        return [json.loads(text) for text in self.texts(entity, query=query)]


# --- a wire that breaks on cue -------------------------------------------------------------------------------------

class Wire:
    """A TCP relay before the server, which can be down, be cut or stand still after so many bytes one way, or tell when they passed."""

    def __init__(self, bank):
        self.bank = bank
        self.up = True
        self.cue = None                   # (way, bytes left, action, whether the wire is cut then), once
        self.cuts = 0
        self.timers = []
        self.flows = threading.Event()
        self.flows.set()
        self.lock = threading.Lock()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, way, size):
        """Cuts the connection once @size bytes went @way: "to" or "from" the server. The last piece does not arrive."""
        self.cue = [way, size, None, True]

    def call_after(self, way, size, delay, action):
        """Calls action() so many seconds after @size bytes went @way; the wire itself holds."""
        self.cue = [way, size, lambda: self._later(delay, action), False]

    def hold_after(self, way, size):
        """Once @size bytes went @way nothing more arrives anywhere, and nothing breaks, until it is mended."""
        self.cue = [way, size, self.flows.clear, False]

    def mend(self):
        """Whole again; gives once what was to be called is done."""
        self.cue, self.up = None, True
        self.flows.set()
        for timer in self.timers:
            timer.join()
        self.timers = []

    def _later(self, delay, action):
        timer = threading.Timer(delay, action)
        self.timers.append(timer)
        timer.start()

    def _accept(self):
        while True:
            try:
                near, _ = self.socket.accept()
            except OSError:
                return
            try:
                if not self.up:
                    raise OSError("the wire is down")
                far = socket.create_connection(("127.0.0.1", self.bank.port))
            except OSError:
                near.close()
                continue
            for way, source, target in (("to", near, far), ("from", far, near)):
                threading.Thread(target=self._relay, args=(way, source, target), daemon=True).start()

    def _relay(self, way, source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(1024):
                if self._is_cut_by(way, len(data)):
                    break
                self.flows.wait()
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _is_cut_by(self, way, size):
        with self.lock:
            if self.cue is None or self.cue[0] != way:
                return False
            self.cue[1] -= size
            if self.cue[1] > 0:
                return False
            _, _, action, cuts = self.cue
            self.cue = None
            self.cuts += cuts
        if action is not None:
            action()
        return cuts

    def close(self):
        self.socket.close()


# --- looking for what should not be readable -----------------------------------------------------------------------

def runs_of(texts):
    """Every run of 8 bytes in them."""
    return {text[i:i + 8] for text in texts for i in range(len(text) - 7)}


# --- comparing -----------------------------------------------------------------------------------------------------

ENTITIES = """setting org_unit employee customer person_profile org_profile identifier contact_point address relationship product holding
interaction task life_event need change_request attachment notification calendar_day tier_policy saved_view stage_hist
risk_assessment plan_tmpl plan_item_tmpl plan visit""".split()


def compare(tap, desk, caller, what):
    """The desk's store and the server's rows in its scopes, byte for byte."""
    counts = collections.Counter()
    with Hands(desk) as hands:
        held = {entity: sorted(split_rows(hands.do("list", entity, "--json"))) for entity in ENTITIES}
    for entity in ENTITIES:
        mine, theirs = held[entity], sorted(caller.texts(entity))
        counts[entity] = len(theirs)
        if mine != theirs:
            only = [f"store only: {t}" for t in mine if t not in set(theirs)] + [f"server only: {t}" for t in theirs if t not in set(mine)]
            tap.check(False, f"{what}: {desk.login}'s {entity} equal the server's", f"{len(mine)} and {len(theirs)} rows\n" + "\n".join(only[:4]))
    tap.check(counts["customer"] > 0 and counts["product"] > 0, f"{what}: {desk.login} holds {sum(counts.values())} rows, {counts['customer']} of them customers",
              dict(counts))
    return counts
