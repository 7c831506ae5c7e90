#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window, driven as a person and a screen reader would: sign in, find a customer by pinyin, log an interaction
while the server is stopped, see it wait, start the server, see it synced, find it in the bank's own database.

What is read comes through AT-SPI, what is typed goes through the X server; the server behind it is a real one.
"""
import os
import pathlib
import re
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import gi  # noqa: E402
import warnings  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

import gxt  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)     # the interfaces' new names are newer than our floor

GUANXI = gxt.BUILD / "client" / "app" / "guanxi"


class Window:
    """One desktop and what can be seen of it."""

    def __init__(self, work, stack):
        self.profile = work / "profile"
        self.log = work / "guanxi.log"
        env = dict(os.environ, SECRET_BACKEND="file", SECRET_FILE_TEST_PASSWORD="test", LC_ALL="C.UTF-8", LANGUAGE="en",
                   SECRET_FILE_TEST_PATH=str(work / "desktop.keyring"), G_DEBUG="fatal-criticals")
        self.process = subprocess.Popen([str(GUANXI), "--profile", str(self.profile)], env=env,
                                        stdout=subprocess.DEVNULL, stderr=open(self.log, "wb"))
        stack.callback(self.close)

    def close(self):
        self.process.terminate()
        self.process.wait(gxt.PATIENCE)

    def root(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"guanxi ended with {self.process.returncode}: {self.log.read_text()[-2000:]}")
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application is not None and application.get_process_id() == self.process.pid:
                return application
        return None

    def walk(self, node):
        stack = [node]
        while stack:
            node = stack.pop()
            if node is None:
                continue
            yield node
            try:
                stack += [node.get_child_at_index(i) for i in range(min(node.get_child_count(), 60))]
            except GLib.Error:      # gone while we looked
                continue

    def find(self, matches):
        try:
            root = self.root()
            for node in self.walk(root) if root else ():
                if matches(node):
                    return node
        except GLib.Error:
            pass
        return None

    def wait(self, what, matches):
        return gxt.until(what, lambda: self.find(matches))

    def text_of(self, node):
        name = node.get_name() or ""
        iface = node.get_text_iface()
        if iface is not None and not name:
            name = Atspi.Text.get_text(iface, 0, -1)
        return name

    def shows(self, text):
        # GTK 4.8 gives SHOWING to the window alone, so what is waited for must be words that only appear in their time
        return self.wait(f"“{text}” on the screen", lambda n: text in self.text_of(n))

    def fill(self, label, text):
        entry = self.wait(f"an entry “{label}”", lambda n: n.get_name() == label and n.get_editable_text_iface() is not None)
        Atspi.EditableText.set_text_contents(entry.get_editable_text_iface(), text)

    def press(self, label):
        button = self.wait(f"a button “{label}”", lambda n: n.get_name() == label and n.get_role() == Atspi.Role.PUSH_BUTTON)
        Atspi.Action.do_action(button.get_action_iface(), 0)

    def focus(self):
        ids = gxt.until("a window of the X server", lambda: subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)], capture_output=True, text=True).stdout.split())
        subprocess.run(["xdotool", "windowfocus", ids[-1]], check=True)

    def keys(self, *keys):
        for key in keys:
            subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True)
            time.sleep(0.3)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "40", text], check=True)
        time.sleep(0.3)


def script(tap, work, stack):
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", "200")
    name, pinyin = bank.rows("SELECT c.name, c.name_pinyin FROM customer c JOIN login l ON l.employee_id = c.primary_rm_id "
                             "WHERE l.login = 'rm1' AND c.type = 1 ORDER BY c.cif_no LIMIT 1")[0]
    bank.start()
    window = Window(work, stack)

    tap.step("sign in")
    window.fill("Server", bank.url)
    window.fill("The bank's certificate (file)", str(bank.ca))
    window.fill("User", "rm1")
    window.fill("Password", "not the password")
    window.press("Sign in")
    tap.check(window.shows("User or password is wrong"), "a wrong password is refused in words")
    window.fill("Password", gxt.PASSWORD)
    window.press("Sign in")
    tap.check(window.shows("Synced · "), "the first sync comes to its end")
    tap.check(window.shows(" customers"), "the customers are there")

    tap.step("find a customer by pinyin and open it with Enter")
    window.focus()
    window.keys("ctrl+f")
    window.type(pinyin.replace(" ", ""))
    tap.check(window.wait("a shorter list", lambda n: re.fullmatch("[1-5] customers?", window.text_of(n))) and window.shows(name),
              f"{pinyin} finds {name} and few others")
    window.keys("Return")
    tap.check(window.shows("Log interaction"), "Enter opens the first hit")
    tap.check(window.shows("Life cycle"), "the customer's page is there")

    tap.step("log an interaction while the server is stopped")
    tap.equal(bank.stop(), 0, "the server stops cleanly")
    window.keys("ctrl+i")
    window.shows("Log an interaction")
    time.sleep(0.5)
    window.type("renewal talk")
    window.keys("ctrl+s")
    tap.check(window.shows("renewal talk"), "it stands in the life cycle at once")
    tap.check(window.shows("1 waiting"), "the chip says that it waits")
    window.keys("ctrl+5")
    tap.check(window.shows("Queue of this machine"), "the sync page opens by key")
    tap.check(window.shows("New · Interaction · renewal talk"), "the queue names it")

    tap.step("start the server again")
    bank.start()
    window.keys("F5")
    tap.check(window.shows("Synced · "), "the chip says synced")
    tap.check(window.shows("Nothing waits"), "the queue is empty")
    bank.stop()
    tap.equal(bank.rows("SELECT COUNT(*) FROM interaction WHERE subject = 'renewal talk'"), [(1,)], "the bank has it, once")


if __name__ == "__main__":
    gxt.run(script)
