#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Quitting with changes that still wait asks nothing and tells: a notification on the session's bus with their number, on
its way before the process ends. What stands in for the shell's notification server is a process of its own here.

Run by Meson under run-headless, with a session bus and a Secret Service of its own.
"""
import json
import pathlib
import subprocess
import sys

from gi.repository import Gio, GLib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gxt_window as ui     # noqa: E402  (first: it knows where gxt is)
import gxt                  # noqa: E402

CUSTOMERS = 60
NAME = "org.freedesktop.Notifications"
INTERFACE = """<node><interface name='org.freedesktop.Notifications'>
  <method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>
    <arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>
    <arg type='u' direction='out'/></method>
  <method name='CloseNotification'><arg type='u' direction='in'/></method>
</interface></node>"""


def serve(path):
    """Writes each notification as a line: its title and its body."""
    def on_call(connection, sender, object_path, interface, method, arguments, invocation):
        if method == "Notify":
            values = arguments.unpack()
            with open(path, "a") as out:
                out.write(json.dumps({"title": values[3], "body": values[4]}) + "\n")
        invocation.return_value(GLib.Variant("(u)", (1,)) if method == "Notify" else None)

    connection = Gio.bus_get_sync(Gio.BusType.SESSION)
    connection.register_object("/org/freedesktop/Notifications", Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], on_call, None, None)
    Gio.bus_own_name_on_connection(connection, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: print("ready", flush=True), None)
    GLib.MainLoop().run()


def start_notifications(stack, path):
    path.touch()
    server = subprocess.Popen([sys.executable, __file__, "--notifications", str(path)], stdout=subprocess.PIPE, text=True)
    stack.callback(lambda: (server.kill(), server.wait()))
    assert server.stdout.readline() == "ready\n"


def told(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def sign_in(profile, bank):
    window = ui.Window(profile)
    for name, text in (("Server", bank.url), ("The bank's certificate (file)", str(bank.ca)), ("User", "rm1"), ("Password", gxt.PASSWORD)):
        window.fill(name, text)
    window.press("Return")
    ui.until("rm1 is signed in and synced", lambda: "Synced" in window.chip())
    return window.close()


def log_interaction(window, customer):
    window.press("ctrl+k")
    window.type(customer["d"]["cif_no"])
    ui.until("the customer is found", lambda: window.find("label", holds=customer["d"]["cif_no"]))
    window.press("Return")
    window.wait("label", holds=f"› {customer['d']['name']}")
    window.press("ctrl+n")
    window.fill("Subject", "Called without a network")
    window.press("ctrl+s")
    ui.until("the change waits", lambda: "waiting" in window.chip())


def script(tap, work, stack):
    bank = ui.serve_demo(work, stack, CUSTOMERS)
    notes, profile = work / "notifications", work / "profile"
    start_notifications(stack, notes)
    caller = gxt.Caller(bank).sign_in("rm1", enrol=False)
    customer = next(row for row in caller.list("customer") if not row.get("masked") and row["d"].get("cif_no"))

    tap.step("everything is with the bank")
    tap.equal(sign_in(profile, bank), 0, "rm1 signs in, syncs, and closes the window")
    tap.equal([note for note in told(notes) if "computer" in note["title"]], [], "nothing is told")

    tap.step("the bank is away, and something waits")
    bank.stop()
    window = ui.Window(profile)
    try:
        log_interaction(window, customer)
    except BaseException:
        tap.note(window.tell())
        window.kill()
        raise
    tap.equal(window.close(), 0, "the window closes at once: nobody is asked")
    waiting = ui.until("the notification came", lambda: [note for note in told(notes) if "computer" in note["title"]])
    tap.equal([note["title"] for note in waiting], ["1 change waits on this computer"], "told once, with the number")
    tap.check(customer["d"]["name"] not in waiting[0]["body"], "and no customer is named")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--notifications"]:
        serve(sys.argv[2])
    else:
        gxt.run(script)
