#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes through the real window, page by page, on a demo bank with a running server, and photographs what is there: for
looking, not a test. Usage: screenshots.py FOLDER
"""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gxt_window as ui     # noqa: E402  (first: it knows where gxt is)
import gxt                  # noqa: E402

SIZES = [(1280, 800), (1024, 700)]
LOOKS = [(language, theme) for language in ("zh_CN", "en") for theme in ("light", "dark")]
TABS = {"en": ["Timeline", "Assets", "Tasks", "Details"], "zh_CN": ["时间线", "资产", "任务", "资料"]}
ASK = {"en": "Ask for a change", "zh_CN": "申请变更"}
SUBJECT = {"en": "Subject", "zh_CN": "主题"}
NOTE = "Called about the deposit that matures"
DETAIL = {"en": "Before and after", "zh_CN": "变更前后"}


class Album:
    """One window in one language and theme, photographed at every size."""

    def __init__(self, out, profile, language, theme):
        self.out = out
        self.language = language
        self.theme = theme
        self.window = ui.Window(profile, language=language, theme=theme)

    def take(self, page):
        for size in SIZES:
            self.window.resize(*size)
            self.window.picture(self.out / f"{page}-{self.language[:2]}-{self.theme}-{size[0]}x{size[1]}.png")
        self.window.resize(*SIZES[0])
        print(f"{page} {self.language} {self.theme}", flush=True)

    def press(self, *keys):
        self.window.press(*keys)

    def click(self, name):
        self.window.click(self.window.wait("push button", name))

    def open_customer(self, customer):
        self.press("ctrl+f")
        self.window.press("ctrl+a")
        self.window.type(customer["d"]["cif_no"])
        ui.until("one customer is found", lambda: self.window.find("label", holds="1 customer") or self.window.find("label", name="1 位客户"))
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


def take_manager(album, customer):
    album.window.wait("tree table")
    album.take("customers")
    album.press("ctrl+f")
    album.window.type("zh")
    album.take("customers-search")
    album.press("ctrl+a")
    album.window.type("xyzzy")
    album.take("customers-nothing")
    album.open_customer(customer)
    album.take("customer")
    for name, page in zip(TABS[album.language], ("timeline", "assets", "tasks", "details")):
        album.click(name)
        album.take(f"customer-{page}")
    album.click(ASK[album.language])
    album.take("form-request")
    album.press("Escape", "ctrl+i")
    album.take("form-interaction")
    album.press("Escape", "ctrl+t")
    album.take("form-task")
    album.press("Escape", "ctrl+1")
    album.take("reviews-mine")
    album.press("ctrl+5")
    album.take("sync")
    album.press("question")
    album.take("keys")


def take_offline(album, customer, is_first):
    """The server is away; what is logged waits."""
    album.press("F5")
    album.open_customer(customer)
    if is_first:
        album.press("ctrl+i")
        album.window.fill(SUBJECT[album.language], NOTE)
        album.press("ctrl+s")
    album.take("customer-offline")
    album.press("ctrl+5")
    album.take("sync-offline")


def take_supervisor(album, customer):
    album.window.wait("label", DETAIL[album.language])
    album.take("reviews")
    album.press("ctrl+3")
    album.take("customers-supervisor")
    album.open_customer(customer)
    album.take("customer-supervisor")


def main(out):
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        bank = gxt.Bank(work)
        windows = []

        def each(profile, take, *args):
            for number, (language, theme) in enumerate(LOOKS):
                album = Album(out, work / profile, language, theme)
                windows.append(album.window)
                take(album, *(arg(number) if callable(arg) else arg for arg in args))
                album.window.kill()
        try:
            bank.init("--demo")
            bank.start()
            customer = find_customer(gxt.Caller(bank).sign_in("rm1", enrol=False))
            each("nobody", lambda album: album.take("sign-in"))
            for login in ("rm1", "sup1", "hq1", "auditor1", "admin1"):
                sign_in(work / login, bank, login)
            each("rm1", take_manager, customer)
            each("sup1", take_supervisor, customer)
            each("hq1", lambda album: album.take("reviews-hq"))
            each("auditor1", lambda album: album.take("status-auditor"))
            each("admin1", lambda album: album.take("status-admin"))
            bank.stop()
            each("rm1", take_offline, customer, lambda number: number == 0)
        finally:
            for window in windows:
                window.kill()
            bank.close()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
