# SPDX-License-Identifier: GPL-3.0-or-later
"""What every workload stands on: the built programs, the servers and desks that are measured, and the table of what was
reached."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import sys


class Failure(Exception):
    """Something that ends the run, in one sentence."""


def note(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


class Programs:
    """The built programs; bench/ never builds a second copy of what ninja made."""

    def __init__(self, build):
        self.build = pathlib.Path(build)

    def find(self, name):
        for folder in ("bench", "server", "client/cli", "client/app", "client", "tests/support"):
            path = self.build / folder / name
            if path.is_file() and os.access(path, os.X_OK):
                return str(path)
        return None

    def need(self, name):
        path = self.find(name)
        if path is None:
            raise Failure(f"{name} is not built under {self.build}")
        return path


def pss_mb(pid):
    """Proportional memory of a process in MB."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as lines:
        for line in lines:
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    raise Failure(f"no Pss for process {pid}")


@contextlib.contextmanager
def process(arguments, **options):
    """A child that does not outlive the block."""
    child = subprocess.Popen(arguments, **options)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def cpu_seconds(pid):
    """What a running process has used of the processors: on a busy machine closer to the truth than the clock."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wait_for_line(child, prefix):
    """The rest of the first line of the child's output that begins with prefix."""
    for line in child.stdout:
        if line.startswith(prefix):
            return line[len(prefix):].strip()
    raise Failure(f"{child.args[0]} ended ({child.wait()}) before it said {prefix!r}")


class Table:
    """What was reached, row by row."""

    def __init__(self):
        self.rows = []

    def add(self, letter, title, floor, ours, ratio=None, aim="", reached=None):
        self.rows.append((letter, title, floor, ours, "" if ratio is None else f"{ratio:.3f}", aim,
                          {None: "", True: "yes", False: "NO"}[reached]))

    def show(self):
        head = ("", "workload", "floor", "ours", "ratio", "aim", "met")
        widths = [max(len(row[i]) for row in self.rows + [head]) for i in range(len(head))]
        for row in [head] + self.rows:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


class Floor:
    """gxb-floor over its own database."""

    def __init__(self, programs, folder, customers):
        self.database = folder / "floor.db"
        self.arguments = [programs.need("gxb-floor"), "--db", str(self.database), "--customers", str(customers)]

    @contextlib.contextmanager
    def serve(self):
        with process(self.arguments, stdout=subprocess.PIPE, text=True) as child:
            yield child, int(wait_for_line(child, "https://127.0.0.1:"))

    def make(self):
        """Its database, for those who read it without a server; it fills it when it first serves."""
        if not self.database.exists():
            with self.serve():
                pass


class Ours:
    """guanxi-server over a demo bank, with everything on but the limits on one session's rate."""

    LIMITS = ["--rate-session", "off", "--rate-login", "off", "--rate-address", "off"]

    def __init__(self, programs, folder, customers):
        self.data = folder / "ours"
        self.ca = self.data / "keys" / "ca.pem"
        server = programs.need("guanxi-server")
        self.arguments = [server, "serve", "--data", str(self.data), "--listen", "127.0.0.1:0", "--log",
                          str(folder / "ours.log")] + self.LIMITS
        if not self.data.exists():
            note(f"making a bank of {customers:,} customers")
            subprocess.run([server, "init", "--data", str(self.data), "--demo", "--customers", str(customers)], check=True,
                           stdout=subprocess.DEVNULL)

    @contextlib.contextmanager
    def serve(self):
        with process(self.arguments, stdout=subprocess.PIPE, text=True) as child:
            yield child, int(wait_for_line(child, "listening on").split()[-1])


@contextlib.contextmanager
def display():
    """An X server of our own, so that the figure does not depend on the person's screen."""
    if shutil.which("Xvfb") is None:
        raise Failure("Xvfb is needed for workload h")
    read, write = os.pipe()
    with process(["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"], pass_fds=[write],
                 stderr=subprocess.DEVNULL):
        os.close(write)
        with os.fdopen(read) as lines:
            number = lines.readline().strip()
        yield dict(os.environ, DISPLAY=f":{number}", GDK_BACKEND="x11", GSK_RENDERER="cairo")


class Desk:
    """A profile of the client core: opened and signed in with a password file, its secrets in libsecret's own file."""

    def __init__(self, programs, folder, login):
        self.profile = folder / f"desk-{login}"
        self.login = login
        self.password = folder / "password"
        self.password.write_text("guanxi-demo-2026\n", encoding="ascii")
        self.programs = programs
        self.command = [programs.need("guanxi-cli"), "--profile", str(self.profile)]
        self.env = dict(os.environ, SECRET_BACKEND="file", SECRET_FILE_TEST_PATH=str(folder / "keyring"), SECRET_FILE_TEST_PASSWORD="bench",
                        GUANXI_PASSWORD_FILE=str(self.password))

    def run(self, *words):
        done = subprocess.run(self.command + list(words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.env)
        if done.returncode != 0:
            raise Failure(f"guanxi-cli {words[0]}: {done.stderr.strip()}")
        return done.stdout

    def sign_in(self, port, ca):
        self.run("sign-in", f"https://127.0.0.1:{port}", "--ca", str(ca), "--user", self.login, "--password-file",
                 str(self.password))

    def write_plain(self, path):
        """The store as one of before there was a vault: a profile with it asks for no password."""
        subprocess.run([self.programs.need("gxt-store"), "out", str(self.profile), str(path)], env=self.env, check=True)

    def count(self):
        import sqlite3

        plain = self.profile.with_suffix(".plain")
        plain.unlink(missing_ok=True)
        self.write_plain(plain)
        with contextlib.closing(sqlite3.connect(plain)) as store:
            return store.execute("SELECT COUNT(*) FROM (SELECT DISTINCT tbl, id FROM member)").fetchone()[0]


def sign_in_desk(programs, folder, ours):
    """An RM's whole store, unless an earlier step has made it."""
    desk = Desk(programs, folder, "rm1")
    if (desk.profile / "store.db").exists():
        return
    with ours.serve() as (_, port):
        desk.sign_in(port, ours.ca)
        desk.run("sync", "--password-file", str(desk.password))
