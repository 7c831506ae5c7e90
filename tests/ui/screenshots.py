#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes through the real window, page by page, on a demo bank with a running server, and photographs what is there: for
looking, not a test. Usage: screenshots.py FOLDER [--only WORD] [--berka FOLDER]

Each album is one person's walk; it is gone in two languages and two themes, each picture taken at two sizes. With --berka
the customers, one customer and one timeline of that bank are photographed too.
"""
import argparse
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gxt_window as ui     # noqa: E402  (first: it knows where gxt is)
import gxt                  # noqa: E402

SIZES = [(1280, 800), (1024, 700)]
LOOKS = [(language, theme) for language in ("zh_CN", "en") for theme in ("light", "dark")]
NOTE = "Called about the deposit that matures"

# What a walk presses, in both languages.
WORDS = {
    "today": ("Today", "今日"), "reviews": ("Reviews", "复核"), "customers": ("Customers", "客户"), "tasks": ("Tasks", "任务"),
    "visits": ("Visits", "走访"), "sync": ("Sync", "同步"),
}
# A customer's tabs, in their order; Ctrl+PageDown goes from one to the next.
TABS = ("overview", "details", "timeline", "assets", "tasks", "relations", "needs", "documents", "history")


class Album:
    """One window in one language and theme, photographed at every size."""

    def __init__(self, out, profile, language, theme, only):
        self.out = out
        self.language = language
        self.theme = theme
        self.only = only
        self.window = ui.Window(profile, language=language, theme=theme)

    def word(self, pair):
        return pair[1 if self.language == "zh_CN" else 0]

    def take(self, page):
        if self.only and self.only not in page:
            return
        self.window.leave_pointer()
        for size in SIZES:
            self.window.resize(*size)
            self.window.picture(self.out / f"{page}-{self.language[:2]}-{self.theme}-{size[0]}x{size[1]}.png")
        self.window.resize(*SIZES[0])
        print(f"{page} {self.language} {self.theme}", flush=True)

    def press(self, *keys):
        self.window.press(*keys)

    def go(self, page):
        """By the sidebar, as a person would."""
        name = self.word(WORDS[page])
        seen = ui.until(f"{name} is in the sidebar", lambda: next((s for s in self.window.walk("label") if s.x < 200 and s.name == name), None))
        self.window.click(seen)

    def open_customer(self, customer):
        self.press("ctrl+k")
        self.window.type(customer["d"]["cif_no"])
        ui.until("the customer is found", lambda: self.window.find("label", holds=customer["d"]["cif_no"]))
        self.press("Return")
        self.window.wait("label", holds=f"› {customer['d']['name'][:1]}")


def sign_in(profile, bank, login):
    window = ui.Window(profile)
    for name, text in (("Server", bank.url), ("The bank's certificate (file)", str(bank.ca)), ("User", login), ("Password", gxt.PASSWORD)):
        window.fill(name, text)
    window.press("Return")
    ui.until(f"{login} is signed in and synced", lambda: "Synced" in window.chip())
    window.close()


def find_customer(caller):
    """The one whose contact waits for review: there is the most to see."""
    requests = caller.list("change_request")
    contacts = {row["id"]: row["d"]["customer_id"] for row in caller.list("contact_point")}
    wanted = next(contacts[row["d"]["entity_id"]] for row in requests if row["d"]["tbl"] == "contact_point")
    return next(row for row in caller.list("customer") if row["id"] == wanted)


def find_richest(caller):
    """The one with the longest life to look at."""
    count = {}
    for row in caller.list("interaction"):
        count[row["d"]["customer_id"]] = count.get(row["d"]["customer_id"], 0) + 1
    wanted = max(count, key=count.get)
    return next(row for row in caller.list("customer") if row["id"] == wanted)


def take_tabs(album, prefix, tabs=TABS):
    for name in TABS:
        if name in tabs:
            album.take(f"{prefix}-{name}" if name != "overview" else prefix)
        album.press("ctrl+Page_Down")


def take_manager(album, customer, richest):
    album.take("today")
    album.go("customers")
    album.window.wait("tree table")
    album.take("customers")
    album.press("ctrl+f")
    album.window.type("zh")
    album.take("customers-search")
    album.press("ctrl+a")
    album.window.type("xyzzy")
    album.take("customers-nothing")
    album.press("ctrl+a", "BackSpace", "Down", "ctrl+a")
    album.take("customers-selection")
    album.press("Escape")
    album.open_customer(customer)
    take_tabs(album, "customer")
    album.open_customer(richest)
    take_tabs(album, "rich", ("overview", "timeline", "assets"))
    album.press("ctrl+i")
    album.take("form-interaction")
    album.press("Escape", "ctrl+t")
    album.take("form-task")
    album.press("Escape")
    album.go("tasks")
    album.take("tasks")
    album.press("v")
    album.take("tasks-month")
    album.press("v", "m")
    album.take("tasks-day")
    album.press("Escape")
    album.go("visits")
    album.take("visits")
    album.press("n")
    album.take("visits-plan")
    album.press("Escape")
    album.go("reviews")
    album.take("reviews-mine")
    album.go("sync")
    album.take("sync")
    album.press("ctrl+k")
    album.window.type("zh")
    album.take("palette")
    album.press("Escape", "question")
    album.take("keys")
    album.press("Escape", "ctrl+comma")
    album.take("preferences")
    album.press("Escape", "ctrl+k")
    album.window.type(album.word(("about", "guanyu")))
    album.press("Return")
    album.take("about")
    album.press("Escape", "ctrl+k")
    album.take("palette-empty")
    album.window.type("xyzzyq")
    album.take("palette-nothing")


def take_offline(album, customer, is_first):
    """The server is away; what is logged waits."""
    album.press("F5")
    album.open_customer(customer)
    if is_first:
        album.press("ctrl+i")
        album.window.fill("Subject" if album.language == "en" else "主题", NOTE)
        album.press("ctrl+s")
    album.take("customer-offline")
    album.go("sync")
    album.take("sync-offline")


def take_supervisor(album, customer):
    album.go("reviews")
    album.take("reviews")
    album.go("customers")
    album.take("customers-supervisor")
    album.open_customer(customer)
    album.take("customer-supervisor")
    album.go("today")
    album.take("today-supervisor")


def take_berka(album, customer):
    album.go("customers")
    album.take("berka-customers")
    album.open_customer(customer)
    take_tabs(album, "berka-customer", ("overview", "timeline"))


class Studio:
    """Every album of one bank; its windows end with it."""

    def __init__(self, out, work, only):
        self.out, self.work, self.only, self.windows = out, work, only, []

    def each(self, profile, take, *args):
        for number, (language, theme) in enumerate(LOOKS):
            album = Album(self.out, self.work / profile, language, theme, self.only)
            self.windows.append(album.window)
            take(album, *(arg(number) if callable(arg) else arg for arg in args))
            album.window.kill()

    def end(self):
        for window in self.windows:
            window.kill()


def photograph_demo(out, work, only):
    bank, studio = gxt.Bank(work), Studio(out, work, only)
    try:
        bank.init("--demo")
        bank.start()
        caller = gxt.Caller(bank).sign_in("rm1", enrol=False)
        customer, richest = find_customer(caller), find_richest(caller)
        studio.each("nobody", lambda album: album.take("sign-in"))
        for login in ("rm1", "sup1", "hq1", "auditor1", "admin1"):
            sign_in(work / login, bank, login)
        studio.each("rm1", take_manager, customer, richest)
        studio.each("sup1", take_supervisor, customer)
        studio.each("hq1", lambda album: album.take("reviews-hq"))
        studio.each("auditor1", lambda album: album.take("status-auditor"))
        studio.each("admin1", lambda album: album.take("status-admin"))
        bank.stop()
        studio.each("rm1", take_offline, customer, lambda number: number == 0)
    finally:
        studio.end()
        bank.close()


def photograph_berka(out, work, only, source):
    bank, studio = gxt.Bank(work), Studio(out, work, only)
    password = work / "password"
    password.write_text(f"rm-d01-1:{gxt.PASSWORD}\n")
    try:
        bank.init()
        done = bank.admin("import", "berka", source, "--data", bank.dir, "--password-file", password)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        bank.start()
        caller = gxt.Caller(bank).sign_in("rm-d01-1", enrol=False)
        sign_in(work / "rm-d01-1", bank, "rm-d01-1")
        studio.each("rm-d01-1", take_berka, find_holder(caller))
    finally:
        studio.end()
        bank.close()


def find_holder(caller):
    """The customer with the most months of figures."""
    most = max(caller.list("holding"), key=lambda row: len(row.get("months") or []))
    return next(row for row in caller.list("customer") if row["id"] == most["d"]["customer_id"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--only", help="pages whose name holds this word")
    parser.add_argument("--berka", type=pathlib.Path, help="the files of the Berka bank, photographed instead of the demo bank")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.berka:
            photograph_berka(options.out, pathlib.Path(folder), options.only, options.berka.resolve())
        else:
            photograph_demo(options.out, pathlib.Path(folder), options.only)


if __name__ == "__main__":
    main()
