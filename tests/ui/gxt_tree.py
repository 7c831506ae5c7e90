# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessible tree of a program, read over the AT-SPI bus as a screen reader reads it: roles, names, texts, places.

Asked by plain D-Bus calls, many at once: libatspi's own cache goes stale without a main loop, and without that cache it
asks for one property of one widget at a time. GTK 4.8 tells of no widget whether it is showing, so what has no size, or is
inside something that has none, counts as not seen.
"""
import collections
import json

import gi

gi.require_version("Atspi", "2.0")
gi.require_version("Json", "1.0")
from gi.repository import Atspi, Gio, GLib, Json  # noqa: E402

ROOT = "/org/a11y/atspi/accessible/root"
ACCESSIBLE, COMPONENT, TEXT, CACHE = (f"org.a11y.atspi.{name}" for name in ("Accessible", "Component", "Text", "Cache"))
EDITORS = {"entry", "text", "password text"}
LEAVES = {"label", "image"}
PATIENCE_MS = 60000
LONGEST = 1 << 20       # GTK 4.8 gives nothing for -1

Seen = collections.namedtuple("Seen", "path depth role name states x y width height")


class Tree:
    """Of the program with one process id. What is asked of it is always as it is now."""

    def __init__(self, pid):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, PATIENCE_MS, None).unpack()[0]
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.pid = pid
        self.owner = None

    def find_owner(self):
        """Whether the program has come to the bus; before that nothing can be asked."""
        for owner, _ in self._ask("org.a11y.atspi.Registry", ROOT, ACCESSIBLE, "GetChildren"):
            if self._ask("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetConnectionUnixProcessID", "(s)", owner) == self.pid:
                self.owner = owner
        return self.owner is not None

    def _ask(self, owner, path, interface, method, signature=None, *args):
        values = GLib.Variant(signature, args) if signature else None
        return unpack(self.bus.call_sync(owner, path, interface, method, values, None, 0, PATIENCE_MS, None))

    def _ask_all(self, paths, interface, method, signature=None, *args):
        """One call for each path, all on their way at once; None where the widget is gone or does not know."""
        answers = {}

        def on_answer(bus, result, path):
            try:
                answers[path] = unpack(bus.call_finish(result))
            except GLib.Error:
                answers[path] = None
        for path in paths:
            values = GLib.Variant(signature, args) if signature else None
            self.bus.call(self.owner, path, interface, method, values, None, 0, PATIENCE_MS, None, on_answer, path)
        context = GLib.MainContext.default()
        while len(answers) < len(paths):
            context.iteration(True)
        return answers

    def _read_items(self, n_rows):
        """Role and name of every widget by path, and its children. GTK tells of all that it has been asked for before in one
        answer; asking for children is what makes it know the others. What is hidden stays in that answer, but is nobody's
        child. Rows of a table are most of the tree, so cells are read of the first @n_rows only."""
        def may_hold(item):
            role = role_words(item[7])
            if item[4] == 0 and item[0][1] != ROOT:     # of the windows it does not know how many they are
                return False
            return item[3] < n_rows if role == "table row" else role not in LEAVES
        items = self._read_known()
        children, ask = {}, [path for path, item in items.items() if may_hold(item)]
        while ask:
            for path, found in self._ask_all(ask, ACCESSIBLE, "GetChildren").items():
                children[path] = [child for _, child in found or [] if not child.endswith("/null")]
            ask = [child for path in ask for child in children[path] if child not in items and child not in children]
        if any(child not in items for found in children.values() for child in found):
            items = self._read_known()
        return items, children

    def _read_known(self):
        return {item[0][1]: item for item in self._ask(self.owner, "/org/a11y/atspi/cache", CACHE, "GetItems")}

    def walk(self, wanted=lambda role, name: True, n_rows=0):
        """Every wanted widget that has a size, parents before children, in the order of the window."""
        items, children = self._read_items(n_rows)
        stack, order, parents = [(ROOT, None, 0)], [], {}
        while stack:
            path, parent, depth = stack.pop()
            if path in parents or path not in items:
                continue
            parents[path] = parent
            role = role_words(items[path][7])
            if wanted(role, items[path][6]):
                order.append((path, depth, role))
            stack += [(child, path, depth + 1) for child in reversed(children.get(path, []))]
        return self._keep_sized(order, items, parents)

    def _keep_sized(self, order, items, parents):
        asked = set()
        for path, _, _ in order:
            while path is not None and path not in asked:
                asked.add(path)
                path = parents[path]
        places = self._ask_all(list(asked), COMPONENT, "GetExtents", "(u)", int(Atspi.CoordType.WINDOW))
        sized = {}

        def is_sized(path):     # a page of a stack has no place of its own; its content has
            if path is None:
                return True
            if path not in sized:
                place = places[path]
                sized[path] = (place is None or place[2] > 0 and place[3] > 0) and is_sized(parents[path])
            return sized[path]
        return [Seen(path, depth, role, items[path][6], state_words(items[path][9]), *places[path])
                for path, depth, role in order if places[path] is not None and is_sized(path)]

    def focused(self):
        """The name of what has the keys, as GTK tells it with all that it was asked for before; None where that is not among it."""
        found = [item[6] for item in self._read_known().values() if "focused" in state_words(item[9])]
        return found[0] if len(found) == 1 else None

    def text_of(self, seen):
        """What stands in an entry or a text."""
        return self._ask(self.owner, seen.path, TEXT, "GetText", "(ii)", 0, LONGEST)


def unpack(answer):
    """By way of JSON, which is written and read in C: the binding's own unpack() goes through each widget's ten values in Python."""
    return json.loads(Json.gvariant_serialize_data(answer)[0])[0]


def role_words(number):
    return Atspi.role_get_name(Atspi.Role(number))


def state_words(numbers):
    bits = numbers[0] | numbers[1] << 32
    return {state.value_nick for state in STATES if bits >> int(state) & 1}


STATES = [Atspi.StateType.FOCUSED, Atspi.StateType.CHECKED, Atspi.StateType.SENSITIVE, Atspi.StateType.SELECTED, Atspi.StateType.PRESSED,
          Atspi.StateType.EXPANDED, Atspi.StateType.ACTIVE, Atspi.StateType.FOCUSABLE]
