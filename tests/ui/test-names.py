#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever can have the keys or be pressed says to a screen reader what it is: the accessible tree of the real window is read on
every page of a manager and of a supervisor, on every tab of a customer, with each form open, and in the windows that open over it.

Run by Meson under run-headless, with a session bus and a Secret Service of its own.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gxt_window as ui     # noqa: E402  (first: it knows where gxt is)
import gxt                  # noqa: E402
from gxt_keys import sign_in      # noqa: E402

CUSTOMERS = 200
PAGES = {"rm1": ("Today", "Tasks", "Reviews", "Customers", "Visits", "Sync"), "sup1": ("Reviews", "Today")}
TABS = ("Overview", "History", "Documents", "Needs", "Relations", "Tasks", "Assets", "Timeline", "Details")      # as Ctrl+PageUp goes
PRESSED = {"push button", "toggle button", "check box", "radio button", "combo box", "entry", "text", "password text", "list item", "link",
           "menu item", "check menu item", "radio menu item", "slider", "spin button", "switch", "page tab", "table column header"}
# A table's row has no name of its own before GTK 4.12; of a list the rows have the keys; what scrolls is what is in it.
READ_BY_PARTS = {"table row", "list", "scroll pane"}


def is_nameless(seen):
    return not seen.name.strip() or seen.name.startswith(ui.NAMELESS)


# Parts that GTK 4.8 makes inside its own widgets, of no use to the program and with no way to name them: the name that counts
# is that of the widget they are a part of, or that it is made of. The type stands where a name would.
def is_told_by_another(seen, around, inside):
    if seen.name == "GtkMenuButton":        # what has the keys is the button in it
        return any("focusable" in part.states and not is_nameless(part) for part in inside)
    if seen.name == "GtkLabel":             # a tab of libadwaita's view switcher, which names it by the one of its labels that it hides
        return seen.role == "page tab" and any(whole.name == "AdwViewSwitcher" for whole in around)
    if any(whole.role == "combo box" and not is_nameless(whole) for whole in around):
        return True                         # the button and the list of a drop-down, which has the name
    if seen.name == "GtkImage":             # the icons within an entry: the eye, the cross
        return any(whole.role in ui.EDITORS and not is_nameless(whole) for whole in around)
    return False


def with_surroundings(walked):
    """Each with the widgets that it is in, the nearest last, and those in it."""
    around = []
    for i, seen in enumerate(walked):
        while around and around[-1].depth >= seen.depth:
            around.pop()
        end = next((j for j in range(i + 1, len(walked)) if walked[j].depth <= seen.depth), len(walked))
        yield seen, list(around), walked[i + 1:end]
        around.append(seen)


class Reader:
    def __init__(self, tap, window, login):
        self.tap, self.window, self.login = tap, window, login
        self.told = set()       # what was complained of stays in the tree

    def read(self, where, least):
        """What is being made may have its name a moment later: who is nameless is looked at again. GTK tells of pages that were
        open before, too: each of theirs is complained of once."""
        n, nameless = self.look()
        for _ in range(4):
            if n >= least and not nameless:
                break
            n, nameless = self.look()
        self.told |= nameless.keys()
        self.tap.check(n >= least and not nameless, f"{self.login}, {where}: each of {n} has a name", list(nameless.values()))

    def look(self):
        """How many there are; those without a name, by their path."""
        n, nameless = 0, {}
        for seen, around, inside in with_surroundings(self.window.tree.walk(lambda role, name: role != "label" or not name.strip())):
            if seen.role in READ_BY_PARTS or "focusable" not in seen.states and seen.role not in PRESSED:
                continue
            n += 1
            if is_nameless(seen) and not is_told_by_another(seen, around, inside) and seen.path not in self.told:
                nameless[seen.path] = f"{seen.role} “{seen.name}” {seen.width}×{seen.height}+{seen.x}+{seen.y} in " + " › ".join(f"{whole.role} “{whole.name}”" for whole in around[-4:])
        return n, nameless

    def open_page(self, name):
        self.window.press("ctrl+k")
        self.window.wait("list", name="Found")
        self.window.type(name)
        self.window.wait("label", name=name)
        self.window.press("Return")
        ui.until(f"“{name}” is open", lambda: self.window.title() == name)

    def press_and_read(self, where, key, until, least=10):
        """@key opens something; @until: a name that is seen then."""
        self.window.press(key)
        self.window.wait(holds=until)
        self.read(where, least)

    def read_over(self, where, key):
        """What opens as a window of its own."""
        self.window.press(key)
        ui.until(f"{where} is open", self.window.others)
        self.read(where, 10)
        self.window.close_others()


def read_pages(reader):
    for name in PAGES[reader.login]:
        reader.open_page(name)
        reader.read(name, 20)


def read_customer(reader, keys):
    reader.open_page("Customers")
    reader.window.press("ctrl+f", "Return")
    ui.until("a customer is open", lambda: reader.window.find("label", holds="› "))
    for name in TABS:
        keys.tab_of_customer(name)
        reader.read(f"a customer's {name}", 20)
    for where, key, entry in (("the form of an interaction", "ctrl+i", "Subject"), ("the form of a task", "ctrl+t", "Title")):
        reader.window.press(key)
        reader.window.wait_entry(entry)
        reader.read(where, 20)
        reader.window.press("Escape")
        ui.until(f"{where} is closed", lambda: not reader.window.find_entry(entry))


def read_tasks(reader):
    reader.open_page("Tasks")
    reader.press_and_read("the month of tasks", "v", "Next month")
    reader.window.press("v")


def read_visits(reader):
    reader.open_page("Visits")
    for where, key, seen in (("planning visits", "n", "Find a customer"), ("taking along", "a", "Find a customer")):
        reader.press_and_read(where, key, seen)
        reader.window.press("Escape")


def read_shell(reader):
    reader.read_over("the map of keys", "question")
    reader.read_over("the preferences", "ctrl+comma")
    reader.press_and_read("the menu", "F10", "Preferences")
    reader.window.press("Escape")


def read_as(tap, bank, window, login):
    reader = Reader(tap, window, login)
    window.wait_entry("Server")
    reader.read("the sign-in", 5)
    keys = sign_in(window, bank, login)
    ui.until(f"{login}'s desk is there", lambda: "Synced" in window.chip())
    read_pages(reader)
    read_shell(reader)
    if login == "rm1":
        read_tasks(reader)
        read_visits(reader)
        read_customer(reader, keys)


def script(tap, work, stack):
    bank = ui.serve_demo(work, stack, CUSTOMERS)
    for login in PAGES:
        window = ui.Window(work / login)
        stack.callback(window.kill)
        tap.step(login)
        try:
            read_as(tap, bank, window, login)
        except BaseException:
            tap.note(window.tell())
            raise
        window.kill()


if __name__ == "__main__":
    gxt.run(script)
