# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the real window. An album is one window in one look, photographed page by page at two sizes; a studio makes
an album in every look wanted, and ends its windows with itself.

Nothing here knows what there is to see: that is screenshots.py's.
"""
import collections
import contextlib
import subprocess
import time

import gxt_window as ui     # first: it knows where gxt is
import gxt

FIT_WITHIN = 4     # seconds
SIZES = [(1280, 800), (1024, 700)]

Look = collections.namedtuple("Look", "language theme scale contrast", defaults=(100, False))
LOOKS = [Look(language, theme) for language in ("zh_CN", "en") for theme in ("light", "dark")]
TWO = [Look("zh_CN", "light"), Look("en", "dark")]      # enough for a state that lasts a moment
GUIDE = [Look("zh_CN", "light"), Look("en", "light")]    # what the guide shows
LARGE, CONTRAST = Look("zh_CN", "light", 150), Look("en", "dark", 100, True)

# What a walk presses, in both languages.
WORDS = {
    "today": ("Today", "今日"), "reviews": ("Reviews", "复核"), "customers": ("Customers", "客户"), "tasks": ("Tasks", "任务"),
    "visits": ("Visits", "走访"), "sync": ("Sync", "同步"),
}
# A customer's tabs, in their order; Ctrl+PageDown goes from one to the next.
TABS = ("overview", "details", "timeline", "assets", "tasks", "relations", "needs", "documents", "history")


def set_text_scale(percent):
    """As the desktop's setting does: of every window that opens from now on."""
    subprocess.run(["xprop", "-root", "-format", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", f"Xft.dpi:\t{96 * percent // 100}\n"],
                   check=True, timeout=gxt.PATIENCE)


class Album:
    """One window in one look, photographed at every size. @desk is a signed-in gxt.Desk, or the folder of a new profile."""

    def __init__(self, out, desk, look, only=None, password=gxt.PASSWORD):
        self.out, self.misfits = out, []
        self.look = look
        self.only = only
        set_text_scale(look.scale)
        env = {"ADW_DEBUG_HIGH_CONTRAST": "1"} if look.contrast else {}
        if isinstance(desk, gxt.Desk):
            env |= {name: value for name, value in desk.env.items() if name.startswith("SECRET_")}
            desk = desk.dir
        self.window = ui.Window(desk, language=look.language, theme=look.theme, env=env, password=password)

    @property
    def name(self):
        look = self.look
        return f"{look.language[:2]}-{look.theme}" + (f"-{look.scale}" if look.scale != 100 else "") + ("-contrast" if look.contrast else "")

    def word(self, pair):
        return pair[1 if self.look.language == "zh_CN" else 0]

    def take(self, page):
        if self.only and self.only not in page:
            return
        self.window.leave_pointer()
        for size in SIZES:
            name = f"{page}-{self.name}-{size[0]}x{size[1]}"
            self.fit(name, size)
            self.window.centre_others()
            self.window.picture(self.out / f"{name}.png")
        self.window.ask_size(*SIZES[0])
        print(f"{page} {self.name}", flush=True)

    def take_over(self, page):
        """What is a window of its own, which is closed then."""
        ui.until(f"{page} is open", self.window.others)
        self.take(page)
        self.window.close_others()

    def fit(self, name, size):
        """A window that cannot be as small as that is a fault, which is told when all is photographed."""
        self.window.ask_size(*size)
        end = time.monotonic() + FIT_WITHIN
        while (now := self.window.inner_size()) != size:
            if time.monotonic() > end:
                self.misfits.append(f"{name}: the window is {now[0]}×{now[1]}")
                break
            time.sleep(0.05)

    def press(self, *keys):
        self.window.press(*keys)

    def type(self, text):
        self.window.type(text)

    def wait(self, english, chinese, role=None):
        """For words that somebody reads."""
        return self.window.wait(role, holds=self.word((english, chinese)))

    def wait_gone(self, english, chinese):
        words = self.word((english, chinese))
        ui.until(f"“{words}” is gone", lambda: not self.window.find(holds=words))

    def go(self, page):
        """By the sidebar, or the rail, as a person would."""
        name = self.word(WORDS[page])
        seen = ui.until(f"{name} is in the sidebar", lambda: next((s for s in self.window.walk("list item") if s.x < 200 and s.name == name), None))
        self.window.click(seen)

    def open_customer(self, customer):
        self.press("ctrl+k")
        self.type(customer["d"]["cif_no"])
        ui.until("the customer is found", lambda: self.window.find("label", holds=customer["d"]["cif_no"]))
        self.press("Return")
        self.window.wait("label", holds=f"› {customer['d']['name'][:1]}")

    def take_tabs(self, prefix, tabs=TABS):
        """From the first tab on; what is left open is the first again."""
        for name in TABS:
            if name in tabs:
                self.take(f"{prefix}-{name}" if name != "overview" else prefix)
            self.press("ctrl+Page_Down")

    def turn_to(self, tab):
        self.press(*["ctrl+Page_Down"] * TABS.index(tab))


class Studio:
    """Every album of one bank."""

    def __init__(self, out, only):
        self.out, self.only, self.windows, self.misfits = out, only, [], []

    @contextlib.contextmanager
    def open(self, desk, look, **options):
        album = Album(self.out, desk, look, self.only, **options)
        self.windows.append(album.window)
        album.misfits = self.misfits
        yield album
        album.window.kill()

    def each(self, looks, desk, take, *args):
        for look in looks:
            with self.open(desk, look) as album:
                take(album, *args)

    def end(self):
        for window in self.windows:
            window.kill()
