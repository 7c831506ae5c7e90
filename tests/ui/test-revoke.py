#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bank revokes a desk whose window is open: the window says what became of it, and nothing lies on the computer any more.

Run by Meson under run-headless, with a session bus and a Secret Service of its own.
"""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gxt_window as ui     # noqa: E402  (first: it knows where gxt is)
import gxt                  # noqa: E402


def photograph(name):
    """For eyes, where a folder is given."""
    folder = os.environ.get("GXT_PICTURES")
    if folder:
        subprocess.run(["import", "-window", "root", f"{folder}/{name}.png"], check=True)


def sign_in(tap, profile, bank):
    tap.step("rm1 works")
    window = ui.Window(profile)
    for name, text in (("Server", bank.url), ("The bank's certificate (file)", str(bank.ca)), ("User", "rm1"), ("Password", gxt.PASSWORD)):
        window.fill(name, text)
    window.press("Return")
    ui.until("rm1 is signed in and synced", lambda: "Synced" in window.chip())
    tap.check((profile / "store.key").exists(), "the desk has its customers")
    return window


def revoke(tap, bank):
    admin = gxt.Caller(bank).sign_in("admin1")
    devices = gxt.Caller(bank).sign_in("rm1", enrol=False).get("/v1/devices").json["devices"]
    tap.equal(admin.post(f"/v1/devices/{devices[-1]['id']}/revoke").status, 204, "an administrator revokes the desk")


def gone(tap, window, profile):
    tap.step("the window is told")
    before = window.id
    window.press("F5")
    window.id = ui.until("another window comes", lambda: (found := window._find_window()) != before and found)
    tap.check(window.wait(holds="The bank has revoked this desk"), "it says that the bank has revoked this desk")
    tap.check(window.wait(holds="What waited here is with the bank"), "and what became of what was typed")
    photograph("revoked")
    tap.check(not window.find(holds="Customers"), "nothing of the bank's is shown any more")
    left = sorted(path.name for path in profile.rglob("*") if path.is_file())
    tap.check(not {"store.db", "store.db-wal", "store.key", "ca.pem"} & set(left), f"nothing of it lies on the disk: {left}")
    window.kill()


def script(tap, work, stack):
    bank = ui.serve_demo(work, stack, 60)
    profile = work / "rm1"
    window = sign_in(tap, profile, bank)
    revoke(tap, bank)
    gone(tap, window, profile)


if __name__ == "__main__":
    gxt.run(script)
