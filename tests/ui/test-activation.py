#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop as the session knows it: started by its name on the bus, asked for customers as GNOME's overview asks, given
links to open. A search never opens the profile, names are all it tells, and it tells nothing behind the curtain.

Run by Meson under run-headless, with a session bus and a Secret Service of its own; the service file is the project's.
"""
import os
import pathlib
import sys

from gi.repository import Gio, GLib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gxt_window as ui     # noqa: E402  (first: it knows where gxt is)
import gxt                  # noqa: E402

APP = "org.guanxi.Guanxi"
PATH = "/org/guanxi/Guanxi"
CUSTOMERS = 60


class Bus:
    """Calls as the shell makes them."""

    def __init__(self):
        self.connection = Gio.bus_get_sync(Gio.BusType.SESSION)

    def call(self, name, path, interface, method, signature=None, *values):
        arguments = GLib.Variant(signature, values) if signature else None
        return self.connection.call_sync(name, path, interface, method, arguments, None, 0, 60000, None).unpack()

    def search(self, method, signature, *values):
        return self.call(APP, f"{PATH}/SearchProvider", "org.gnome.Shell.SearchProvider2", method, signature, *values)

    def find(self, *terms):
        return self.search("GetInitialResultSet", "(as)", list(terms))[0]

    def open(self, *links):
        self.call(APP, PATH, "org.freedesktop.Application", "Open", "(asa{sv})", list(links), {})

    def pid(self):
        """Of the program that has the name, 0 if none has."""
        try:
            return self.call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetConnectionUnixProcessID", "(s)", APP)[0]
        except GLib.Error:
            return 0


class Activated(ui.Window):
    """The window of a program that somebody else started."""

    def __init__(self, pid, log, locked, password=gxt.PASSWORD):
        self.log = log
        self.process = None
        self.pid = pid
        self.id = ui.until("the window opens", self._find_window)
        self.tree = ui.Tree(pid)
        ui.until("the window is on the accessibility bus", self.tree.find_owner)
        locked()
        self.unlock(password)
        self.resize(1280, 800)
        self.focus()

    def _find_window(self):
        return (ui.xdotool("search", "--onlyvisible", "--pid", self.pid, "--name", ".", check=False).split() or [None])[-1]


def install_service(bus):
    """As `meson install` would, for this build."""
    folder = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "dbus-1" / "services"
    folder.mkdir(parents=True)
    text = (gxt.BUILD / "data" / f"{APP}.service").read_text()
    exec_line = next(line for line in text.splitlines() if line.startswith("Exec="))
    words = exec_line.removeprefix("Exec=").split()
    (folder / f"{APP}.service").write_text(text.replace(exec_line, f"Exec={ui.DESKTOP} {' '.join(words[1:])}"))
    bus.call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "ReloadConfig")
    return words


def sign_in(profile, bank):
    window = ui.Window(profile)
    for name, text in (("Server", bank.url), ("The bank's certificate (file)", str(bank.ca)), ("User", "rm1"), ("Password", gxt.PASSWORD)):
        window.fill(name, text)
    window.press("Return")
    ui.until("rm1 is signed in and synced", lambda: "Synced" in window.chip())
    return window.close()


def is_open(window, customer):
    return window.wait("label", name=f"› {customer['d']['name']} {customer['d']['cif_no'][-4:]}")


def open_links(tap, bus, first):
    tap.step("a link is opened: the program shows its window")
    bus.open(f"guanxi://customer/{first['id']}")
    number = first["d"]["cif_no"]
    window = Activated(bus.pid(), None, lambda: tap.equal(bus.find(number), [], "while the password is asked for nothing is found"))
    ui.until("once it is given he is found", lambda: bus.find(number) == [first["id"]])
    tap.check(is_open(window, first), "guanxi://customer/ID opens that customer")
    bus.open("guanxi://page/sync")
    tap.check(window.wait("label", "Sync"), "guanxi://page/sync opens the sync page")
    for bad in ("guanxi://customer/../../etc/passwd", "guanxi://erase/everything"):
        bus.open(bad)
        tap.check(window.wait(holds="This link leads nowhere here"), f"{bad} is refused in words")
    return window


def search(tap, bus, window, customers):
    first, second = customers[:2]
    tap.step("customers are searched as the overview does")
    ids = bus.find(*first["d"]["name_pinyin"].split())
    tap.check(first["id"] in ids, f"by pinyin: {len(ids)} found, the one that was meant among them")
    metas = bus.search("GetResultMetas", "(as)", [first["id"], "nonsense"])[0]
    tap.equal([sorted(meta) for meta in metas], [["icon", "id", "name"]], "of each an id, a name and our icon, nothing else")
    tap.equal(metas[0]["name"], first["d"]["name"], "the name is his")
    fewer = bus.search("GetSubsequentResultSet", "(asas)", ids, [second["d"]["cif_no"]])[0]
    tap.equal(fewer, [second["id"]], "a customer number finds one")
    tap.equal(bus.find("  "), [], "nothing is found for nothing")
    bus.search("ActivateResult", "(sasu)", second["id"], [second["d"]["cif_no"]], 0)
    tap.check(is_open(window, second), "the chosen one is opened")

    tap.step("the curtain is closed")
    window.focus()
    window.press("ctrl+shift+v")
    window.wait("push button", "Curtain closed")
    tap.equal(bus.find(first["d"]["cif_no"]), [], "behind the curtain nothing is found")
    tap.equal(bus.search("GetResultMetas", "(as)", [first["id"]])[0], [], "and nothing is told of a known id")
    window.press("ctrl+shift+v")
    ui.until("the curtain is open", lambda: not window.find("push button", "Curtain closed"))
    tap.equal(bus.find(first["d"]["cif_no"]), [first["id"]], "open, he is found again")


def script(tap, work, stack):
    bank = ui.serve_demo(work, stack, CUSTOMERS)
    bus = Bus()
    caller = gxt.Caller(bank).sign_in("rm1", enrol=False)
    customers = [row for row in caller.list("customer") if not row.get("masked") and row["d"].get("cif_no")]
    tap.equal(sign_in(pathlib.Path(os.environ["XDG_DATA_HOME"]) / "guanxi", bank), 0, "rm1 has a profile, and the window is closed")
    tap.equal(install_service(bus)[1:], ["--gapplication-service"], "the service file starts the program as a service")

    tap.step("the session searches; nobody has opened the program")
    tap.equal(bus.find(customers[0]["d"]["cif_no"]), [], "it is started by its name, and finds nothing while no window is open")
    tap.check(bus.pid() > 0, f"the program has the name {APP}")
    window = open_links(tap, bus, customers[0])
    try:
        search(tap, bus, window, customers)
    except BaseException:
        tap.note(window.tell())
        raise
    finally:
        window.click(next(seen for seen in window.walk("push button") if seen.name == "Close" and seen.y < ui.HEADER))
    ui.until("the program ends with its window", lambda: not bus.pid())
    tap.check(True, "the program ends when its window is closed")


if __name__ == "__main__":
    gxt.run(script)
