# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody without a mouse, in a real window: what has the focus, and keys until something else has it. No click is made here."""
import gxt_window as ui
import gxt


class Keys:
    """A window and somebody without a mouse."""

    def __init__(self, window):
        self.window = window

    def focus(self):
        """Keys are pressed and it is asked for all the time: the whole window is read only where one answer does not tell it."""
        name = self.window.tree.focused()
        if name is not None:
            return name
        found = [seen for seen in self.window.walk() if "focused" in seen.states]
        return found[0].name if found else ""

    def press(self, *keys):
        self.window.press(*keys)

    def until_on(self, holds):
        return ui.until(f"the focus is on “{holds}”", lambda: holds in self.focus() and self.focus())

    def tab_to(self, holds, most=80):
        """Goes from one thing to the next until that is found; what cannot be reached so fails."""
        for _ in range(most):
            before = self.focus()
            if holds in before:
                return before
            self.press("Tab")
            ui.until("the focus moves", lambda: self.focus() != before)
        raise RuntimeError(f"Tab does not reach “{holds}”")

    def fill(self, name, text):
        self.tab_to(name)
        self.press("ctrl+a")
        self.window.type(text)

    def walk_to(self, holds, key="Down", most=40):
        """Along a list; what is not in it fails."""
        for _ in range(most):
            before = self.focus()
            if holds in before:
                return before
            self.press(key)
            ui.until("the focus moves", lambda: self.focus() != before)
        raise RuntimeError(f"{key} does not reach “{holds}”")

    def tab_of_customer(self, name):
        for _ in range(10):
            if self.focus().split(",")[0] == name:
                return True
            before = self.focus()
            self.press("ctrl+Page_Up")
            ui.until("another tab is open", lambda: self.focus() != before)
        raise RuntimeError(f"Ctrl+PageUp does not reach the tab “{name}”")


def sign_in(window, bank, login):
    keys = Keys(window)
    window.wait_entry("Server")
    for name, text in (("Server", bank.url), ("The bank's certificate (file)", str(bank.ca)), ("User", login), ("Password", gxt.PASSWORD)):
        keys.fill(name, text)
    window.press("Return")
    return keys
