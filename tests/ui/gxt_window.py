# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window, driven from outside: what it shows is read through AT-SPI, as a screen reader does, and what a person
does is done by real keys and clicks (xdotool). Nothing of the program is linked or imported here.

GTK 4.8 gives rows no action, so they are opened by keys (Enter in the search line).
"""
import os
import pathlib
import subprocess
import sys
import time

from gi.repository import GLib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gxt  # noqa: E402
from gxt_tree import EDITORS, Tree  # noqa: E402

DESKTOP = gxt.BUILD / "client" / "app" / "guanxi"
SPOKEN = ("label", "status bar", "push button", "toggle button", "entry", "text", "password text", "image", "list item", "check box", "menu item", "list", "tree table")
NAMELESS = ("Gtk", "Adw", "Gxc")    # the name of a widget that nobody named is its type
HEADER = 46         # height of the header bar
EDGE = 5            # pixels of the frame that GTK draws where no window manager is


def until(what, ready):
    """gxt.until, for what is read from the accessible tree: a widget that goes away meanwhile is only not ready."""
    def ask():
        try:
            found = ready()
        except GLib.Error:
            found = None
        if not found:
            time.sleep(0.1)     # what is asked here is work for the program that is waited for
        return found
    return gxt.until(what, ask)


class Window:
    """A running desktop with one profile."""

    def __init__(self, profile, language="en", theme="light", size=(1280, 800), env=None, log=None, password=gxt.PASSWORD):
        self.profile = pathlib.Path(profile)
        self.size = size
        self._write_preferences(language, theme)
        self.log = open(log or self.profile.with_suffix(".log"), "ab")
        self.process = subprocess.Popen(
            [str(DESKTOP), "--profile", str(self.profile)], stdout=self.log, stderr=self.log,
            env=dict(os.environ, GUANXI_LOCALE_DIR=str(gxt.BUILD / "po"), LC_ALL="C.UTF-8", LANGUAGE="", GDK_BACKEND="x11", GTK_A11Y="atspi",
                     ADW_DISABLE_PORTAL="1", GSETTINGS_BACKEND="memory", **(env or {})))
        self.id = until("the window opens", self._find_window)
        self.tree = Tree(self.process.pid)
        until("the window is on the accessibility bus", self.tree.find_owner)
        if is_locked(self.profile) and password is not None:    # without one it is left asking
            self.unlock(password)
        self.resize(*size)
        self.focus()

    def _write_preferences(self, language, theme):
        """What the menu would have written, so that a window can be opened in any language and theme."""
        self.profile.mkdir(mode=0o700, parents=True, exist_ok=True)
        if language or theme:
            (self.profile / "desktop.ini").write_text(f"[Desktop]\nlanguage={language or 'system'}\ntheme={theme or 'system'}\n")

    def _find_window(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"the desktop ended with {self.process.returncode}: {pathlib.Path(self.log.name).read_text()[-2000:]}")
        found = xdotool("search", "--onlyvisible", "--pid", self.process.pid, "--name", ".", check=False).split()
        return found[-1] if found else None

    def unlock(self, password):
        """The password opens the profile; the window over it takes the place of the one that asked."""
        asking = self.id
        self.wait_entry_of("password text")
        self.focus()
        self.type(password)
        self.press("Return")
        self.id = until("the profile is open", lambda: (found := self._find_window()) != asking and found)

    def wait_entry_of(self, role):
        return until(f"a {role} has the focus", lambda: next((seen for seen in self.walk(role) if "focused" in seen.states), None))

    # --- what is seen ------------------------------------------------------------------------------------------------

    def walk(self, *roles):
        """Every widget of those roles that has a size, parents before children; without roles, all."""
        return self.tree.walk(lambda role, name: not roles or role in roles)

    def find(self, role=None, name=None, holds=None):
        """The first widget of that role, with that name or whose name holds those words."""
        found = self.tree.walk(lambda its_role, its_name: (role is None or its_role == role) and (name is None or its_name == name)
                               and (holds is None or holds in its_name))
        return found[0] if found else None

    def wait(self, role=None, name=None, holds=None):
        return until(f"{role or 'something'} “{name or holds or ''}” is seen", lambda: self.find(role, name, holds))

    def words(self):
        """Every word that can be read in the window."""
        return [seen.name for seen in self.tree.walk(lambda role, name: role in SPOKEN, n_rows=3) if seen.name and not seen.name.startswith(NAMELESS)]

    def chip(self):
        """What the sync chip says: the button in the header that leads to the sync page."""
        for seen in self.walk("push button"):
            if seen.y < HEADER and any(word in seen.name for word in CHIP_WORDS):
                return seen.name
        return ""

    def title(self):
        """The first label in the header over the page."""
        for seen in self.walk("label"):
            if seen.y < HEADER and seen.x > 60 and seen.height >= 40 and seen.depth > 8:
                return seen.name
        return ""

    def tell(self):
        return "\n".join(f"{'  ' * seen.depth}{seen.role} “{seen.name}” {seen.width}×{seen.height}+{seen.x}+{seen.y} {' '.join(seen.states)}"
                         for seen in self.walk())

    # --- what a person does ------------------------------------------------------------------------------------------

    def focus(self):
        xdotool("windowfocus", "--sync", self.id)

    def resize(self, width, height):
        """So that what is inside the frame has that size."""
        self.ask_size(width, height)
        until("the window has its size", lambda: self.inner_size() == (width, height))

    def ask_size(self, width, height):
        """It may want more."""
        self.size = (width, height)
        xdotool("windowmove", self.id, 0, 0)
        xdotool("windowsize", self.id, width + 2 * EDGE, height + 2 * EDGE)

    def others(self):
        """The program's other windows: no window manager is here to give them the keys or a place. What pops up has its own."""
        return [found for found in xdotool("search", "--onlyvisible", "--pid", self.process.pid, "--name", ".", check=False).split()
                if found != self.id and not pops_up(found)]

    def centre_others(self):
        for other in self.others():
            place = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", other).split())
            xdotool("windowmove", other, EDGE + (self.size[0] - int(place["WIDTH"])) // 2, EDGE + (self.size[1] - int(place["HEIGHT"])) // 2)

    def close_others(self):
        """As Escape does, which closes what was opened over the window."""
        if self.others():
            self.press("Escape")
            until("what was opened over the window is closed", lambda: not self.others())
        self.focus()

    def inner_size(self):
        frame = self.find("frame")
        return frame and (frame.width, frame.height)

    def press(self, *keys):
        xdotool("key", "--delay", 20, *keys)

    def type(self, text):
        xdotool("type", "--delay", 12, text)

    def click(self, seen):
        xdotool("mousemove", EDGE + seen.x + seen.width // 2, EDGE + seen.y + seen.height // 2, "click", 1)

    def leave_pointer(self):
        """To where nothing is hovered and no tooltip comes."""
        xdotool("mousemove", 1590, 990)

    def fill(self, name, text):
        """Types into the entry of that name, over what is in it."""
        entry = self.wait_entry(name)
        self.click(entry)
        until(f"{name} has the focus", lambda: self._has_focus(entry))
        self.press("ctrl+a")
        self.type(text)
        if entry.role != "password text":
            until(f"{name} holds what was typed", lambda: self.tree.text_of(entry) == text)

    def choose(self, *names):
        """Opens the menu and goes through it by keys, item by item."""
        self.press("F10")
        for name in names:
            for _ in range(12):
                focused = until("an item of the menu has the focus", lambda: next((s for s in self.walk("menu item", "radio menu item", "check menu item") if "focused" in s.states), None))
                if focused.name == name:
                    break
                self.press("Down")
                until("the next item has the focus", lambda: focused.path not in {s.path for s in self.walk() if "focused" in s.states})
            self.press("Return")
            until(f"“{name}” was chosen", lambda: focused.path not in {s.path for s in self.walk() if "focused" in s.states})

    def find_entry(self, name):
        return next((seen for seen in self.walk(*EDITORS) if seen.name == name), None)

    def wait_entry(self, name):
        return until(f"the entry “{name}” is seen", lambda: self.find_entry(name))

    def _has_focus(self, entry):
        return any("focused" in seen.states for seen in self.walk() if seen.path == entry.path or entry.x <= seen.x and entry.y <= seen.y
                   and seen.x + seen.width <= entry.x + entry.width and seen.y + seen.height <= entry.y + entry.height)

    def decide(self, key, told, entry=None):
        """Presses what decides the request that is shown, and gives what it led to: what is @told, or the @entry that it asks for.
        While the bank is asked for the request as it is now nothing is decided, and the window says so: then the key is
        pressed again when it is here."""
        waits = "it can be decided when that is here"
        self.press(key)

        def led_to():
            if self.find(holds=waits):
                until("the request is here", lambda: not self.find(holds=waits))
                self.press(key)
            return self.find(holds=told) or entry and self.find_entry(entry)
        return until(f"{key} leads to “{told}”", led_to)

    def picture(self, path):
        """What is on the screen, once it stands still."""
        def capture():
            return subprocess.run(["import", "-window", "root", "-crop", f"{self.size[0]}x{self.size[1]}+{EDGE}+{EDGE}", "+repage", "png:-"],
                                  capture_output=True, check=True).stdout
        last = [None]

        def still():
            now, before = capture(), last[0]
            last[0] = now
            return now == before
        until("the picture stands still", still)
        pathlib.Path(path).write_bytes(last[0])

    def close(self):
        """By the window's own button; gives the exit code."""
        self.click(next(seen for seen in self.walk("push button") if seen.name in ("Close", "关闭") and seen.y < HEADER))
        code = self.process.wait(gxt.PATIENCE)
        self.log.close()
        return code

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def is_locked(profile):
    """Whether it takes a password: somebody signed in there before."""
    key = pathlib.Path(profile) / "store.key"
    return key.exists() and "\nkey=" in key.read_text()


def pops_up(window):
    """Whether no window manager would place it: a menu, a popover."""
    told = subprocess.run(["xwininfo", "-id", window], capture_output=True, text=True, timeout=gxt.PATIENCE).stdout
    return "Override Redirect State: yes" in told


CHIP_WORDS = ("Synced", "Syncing", "Offline", "waiting", "refused", "conflict", "Sign in again", "Not synced", "Not syncing", "First sync",
              "已同步", "正在同步", "离线", "待", "被拒", "冲突", "重新登录", "尚未同步", "同步中断", "首次同步")


def xdotool(*args, check=True):
    return subprocess.run(["xdotool", *map(str, args)], capture_output=True, text=True, check=check, timeout=gxt.PATIENCE).stdout


def serve_demo(work, stack, customers, clock=None):
    """A demo bank and its server, and a keyring for the desks: they end with the script."""
    bank = gxt.Bank(work, clock=clock)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", customers)
    bank.start()
    start_keyring()
    return bank


def start_keyring():
    """A Secret Service on this session's bus: the real one, unlocked, with nothing in it; it ends with the bus. Warnings that
    end our programs may not end this one: it warns when a program that asked it is killed."""
    env = {name: value for name, value in os.environ.items() if name != "G_DEBUG"}
    subprocess.run(["gnome-keyring-daemon", "--daemonize", "--unlock", "--components=secrets"], input="test", text=True, check=True,
                   capture_output=True, timeout=gxt.PATIENCE, env=env)
