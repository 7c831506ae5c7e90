#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes through the real window, page by page, on a demo bank with a running server, and photographs what is there: for
looking, not a test. Usage: screenshots.py FOLDER [--only WORD] [--part NAME]... [--berka FOLDER]

Each album is one person's walk. What is seen every day is gone through in two languages and two themes; what lasts a moment
in two looks of these four; the main pages also at 150 % text and in high contrast. Each picture is taken at two sizes. With
--berka the customers, one customer and one timeline of that bank are photographed instead.
"""
import argparse
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gxt_window as ui     # noqa: E402  (first: it knows where gxt is)
import gxt                  # noqa: E402
import gxt_scene as scene   # noqa: E402
from gxt_album import CONTRAST, GUIDE, LARGE, LOOKS, TWO, Studio   # noqa: E402

OFTEN = [*LOOKS, LARGE, CONTRAST]
HALF_OF_A_FIRST_SYNC = 60_000      # bytes


# --- what is seen every day --------------------------------------------------------------------------------------------

def take_manager(album, customer, richest):
    album.take("today")
    album.go("customers")
    album.window.wait("tree table")
    album.take("customers")
    album.press("ctrl+f")
    album.type("zh")
    album.take("customers-search")
    album.press("ctrl+a")
    album.type("xyzzy")
    album.take("customers-nothing")
    album.press("ctrl+a", "BackSpace", "Down", "ctrl+a")
    album.take("customers-selection")
    album.press("Escape")
    album.open_customer(customer)
    album.take_tabs("customer")
    album.open_customer(richest)
    album.take_tabs("rich", ("overview", "timeline", "assets"))
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
    album.press("a")
    album.take("visits-along")
    album.press("Escape")
    album.go("reviews")
    album.take("reviews-mine")
    album.go("sync")
    album.take("sync")
    take_over_the_page(album)


def take_over_the_page(album):
    """What opens over whatever is looked at."""
    album.press("ctrl+k")
    album.type("zh")
    album.take("palette")
    album.press("Escape", "question")
    album.take_over("keys")
    album.press("ctrl+comma")
    album.take_over("preferences")
    album.press("ctrl+k")
    album.type(album.word(("about", "guanyu")))
    album.press("Return")
    album.take_over("about")
    album.press("ctrl+k")
    album.take("palette-empty")
    album.type("xyzzyq")
    album.take("palette-nothing")


def take_main(album, customer, richest):
    """The main pages, in looks that need no walk of their own."""
    album.take("today")
    for page in ("customers", "tasks", "visits", "sync"):
        album.go(page)
        album.take(page)
    album.open_customer(customer)
    album.take("customer")
    album.open_customer(richest)
    album.turn_to("timeline")
    album.take("rich-timeline")
    album.press("ctrl+comma")
    album.take_over("preferences")


def take_inbox(album):
    album.go("reviews")
    album.take("reviews")


def take_supervisor(album, customer):
    take_inbox(album)
    album.go("customers")
    album.take("customers-supervisor")
    album.open_customer(customer)
    album.take("customer-supervisor")
    album.go("today")
    album.take("today-supervisor")


def take_offline(album, customer):
    """The server is away; what was logged waits."""
    album.press("F5")
    album.open_customer(customer)
    album.take("customer-offline")
    album.go("sync")
    album.take("sync-offline")


# --- what lasts a moment -----------------------------------------------------------------------------------------------

def take_visit(album):
    """A stop in each of its states; the next album goes on with the next stop."""
    album.go("visits")
    album.press("e")
    album.take("visits-form")
    album.press("Escape", "ctrl+Return")
    album.wait("Check out", "签退")
    album.wait_gone("Undo", "撤销")      # the toast, which lies on the form for a moment
    album.take("visits-checked-in")
    album.press("ctrl+Return")
    album.take("visits-done")
    album.press("Page_Down")
    album.take("visits-next-day")


def take_asking(album):
    album.window.wait_entry_of("password text")
    album.take("unlock")
    album.type("not the password")
    album.press("Return")
    album.wait("The password is wrong", "密码错误")
    album.take("unlock-wrong")


def take_first_sync(album):
    album.wait("Your book is being fetched", "正在下载名下资料")
    album.take("first-sync")


def take_stalled_reviews(album, bank):
    """The decision is on its way, and the server holds still."""
    album.go("reviews")
    album.wait("Can also decide", "其他复核人")
    scene.hold(bank)
    album.press("a")
    album.wait("The bank is asked", "已向银行")
    album.take("reviews-stalled")


def take_history(album, customer, state):
    album.open_customer(customer)
    album.turn_to("history")
    album.take(f"customer-history-{state}")


def take_away_reviews(album):
    album.go("reviews")
    album.take("reviews-offline")


def take_trouble(album):
    album.go("sync")
    album.wait("Refused", "被拒", "label")
    album.take("sync-trouble")
    album.press("1", "3")
    album.take("sync-something-else")


def take_signed_out(album, bank):
    scene.shut_out(bank, "rm1")
    album.press("F5")
    ui.until("the session is over", lambda: album.word(("Sign in again", "重新登录")) in album.window.chip())
    album.go("sync")
    album.take("sync-signed-out")
    album.window.click(next(seen for seen in album.window.walk("push button") if seen.y < ui.HEADER and seen.name == album.window.chip()))
    album.window.wait_entry_of("password text")
    album.take("sign-in-again")


def take_sync_error(album):
    album.go("sync")
    album.press("F5")
    album.take("sync-error")


def take_spoilt(album, desk):
    """The disk loses what it holds while the window is open."""
    scene.spoil(desk)
    album.go("customers")
    album.take("customers-error")


# --- all of it ---------------------------------------------------------------------------------------------------------

class Demo:
    """The demo bank, its people's desks, and the parts in the order in which they are gone through."""

    def __init__(self, out, work, only):
        self.work, self.bank, self.studio = work, gxt.Bank(work), Studio(out, only)
        self.bank.init("--demo")
        self.bank.start()
        self.desks = {}
        caller = gxt.Caller(self.bank).sign_in("rm1", enrol=False)
        self.customer, self.richest = scene.find_asked(caller), scene.find_richest(caller)

    def desk(self, login, name=None):
        name = name or login
        if name not in self.desks:
            self.desks[name] = scene.make_desk(self.bank, login, name)
        return self.desks[name]

    def main(self):
        self.studio.each(OFTEN, self.work / "nobody", lambda album: album.take("sign-in"))
        for look in (LARGE, CONTRAST):
            self.studio.each([look], self.desk("rm1"), take_main, self.customer, self.richest)
            self.studio.each([look], self.desk("sup1"), take_inbox)

    def manager(self):
        self.studio.each(LOOKS, self.desk("rm1"), take_manager, self.customer, self.richest)

    def others(self):
        self.studio.each(LOOKS, self.desk("sup1"), take_supervisor, self.customer)
        for login, page in (("hq1", "reviews-hq"), ("auditor1", "status-auditor"), ("admin1", "status-admin")):
            self.studio.each(LOOKS, self.desk(login), lambda album: album.take(page))

    def offline(self):
        """The server is gone, and comes back."""
        rm1, sup1 = self.desk("rm1"), self.desk("sup1")
        self.bank.stop()
        scene.log_offline(rm1, self.customer)
        self.studio.each(LOOKS, rm1, take_offline, self.customer)
        self.studio.each(TWO, rm1, take_history, self.customer, "offline")
        self.studio.each(TWO, sup1, take_away_reviews)
        self.bank.start()

    def visits(self):
        """Each checks in, and the guide wants it in both languages: there are as many people as it takes."""
        self.studio.each(TWO, self.desk("rm1"), take_visit)
        self.studio.each([look for look in GUIDE if look not in TWO], self.desk("rm2"), take_visit)

    def waiting(self):
        """The server takes what comes and answers nothing, or nothing more; a password is asked for."""
        for look in TWO:
            desk = gxt.Desk(self.bank, "rm4", gxt.Wire(self.bank), f"rm4-{look.language}")
            wire, desk.url = desk.url, desk.url.url
            desk.sign_in()
            wire.hold_after("from", HALF_OF_A_FIRST_SYNC)
            self.studio.each([look], desk, take_first_sync)
            wire.mend()
            with self.studio.open(desk, look, password=None) as album:
                take_asking(album)
        rm1, sup1 = self.desk("rm1"), self.desk("sup1")
        scene.hold(self.bank)
        self.studio.each(TWO, rm1, take_history, self.customer, "stalled")
        scene.release(self.bank)
        for look in TWO:
            self.studio.each([look], sup1, take_stalled_reviews, self.bank)
            scene.release(self.bank)

    def trouble(self):
        scene.meet(self.desk("rm1"), self.desk("rm2"))
        self.studio.each(TWO, self.desk("rm1"), take_trouble)

    def ended(self):
        self.studio.each(TWO, self.desk("rm1"), take_signed_out, self.bank)

    def broken(self):
        """Another server in the place of ours; then a disk that forgets. Nothing goes on after it."""
        rm1 = self.desk("rm1")
        self.bank = scene.replace(self.bank, self.work)
        self.studio.each(TWO, rm1, take_sync_error)
        whole = rm1.dir.with_name("whole")
        shutil.copytree(rm1.dir, whole)
        for look in TWO:
            shutil.copytree(whole, rm1.dir, dirs_exist_ok=True)
            self.studio.each([look], rm1, take_spoilt, rm1)

    PARTS = (main, manager, others, offline, visits, waiting, trouble, ended, broken)

    def photograph(self, wanted):
        try:
            for part in self.PARTS:
                if not wanted or part.__name__ in wanted:
                    part(self)
        finally:
            self.studio.end()
            self.bank.close()
        return self.studio.misfits


def photograph_berka(out, work, only, source):
    bank, studio = gxt.Bank(work), Studio(out, only)
    password = work / "passwords"
    password.write_text(f"rm-d01-1:{gxt.PASSWORD}\n")
    try:
        bank.init("--bank-name", "Berka")       # nobody knows what it was called
        done = bank.admin("import", "berka", source, "--data", bank.dir, "--password-file", password)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        bank.start()
        caller = gxt.Caller(bank).sign_in("rm-d01-1", enrol=False)
        studio.each(LOOKS, scene.make_desk(bank, "rm-d01-1"), take_berka, scene.find_holder(caller))
    finally:
        studio.end()
        bank.close()
    return studio.misfits


def take_berka(album, customer):
    album.go("customers")
    album.take("berka-customers")
    album.open_customer(customer)
    album.take_tabs("berka-customer", ("overview", "timeline"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--only", help="pages whose name holds this word")
    parser.add_argument("--part", action="append", choices=[part.__name__ for part in Demo.PARTS], help="only these parts of the walk")
    parser.add_argument("--berka", type=pathlib.Path, help="the files of the Berka bank, photographed instead of the demo bank")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.berka:
            misfits = photograph_berka(options.out, pathlib.Path(folder), options.only, options.berka.resolve())
        else:
            misfits = Demo(options.out, pathlib.Path(folder), options.only).photograph(options.part)
    for misfit in misfits:
        print(misfit, file=sys.stderr)
    sys.exit(1 if misfits else 0)


if __name__ == "__main__":
    main()
