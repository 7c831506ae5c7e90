#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The start of a desk whose data lies encrypted: one password opens it without a network, a wrong one is refused in words, a
link waits for it, a keyring that stays locked and one that lost its half are told apart, and so is a damaged disk; starting over
says what it costs.

Run by Meson under run-headless, with a session bus and a Secret Service of its own.
"""
import os
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gxt_window as ui     # noqa: E402  (first: it knows where gxt is)
import gxt                  # noqa: E402

SUBJECT = "Fixed deposit renewal, called back"
KEYRING = "test"            # what ui.start_keyring() locks it with


class Locked(ui.Window):
    """A window that is left asking for the password."""

    def unlock(self, password):
        self.wait_entry_of("password text")
        self.focus()

    def resize(self, width, height):
        if not ui.is_locked(self.profile):
            super().resize(width, height)
        else:
            self.size = (width, height)

    def enter(self, password):
        self.wait_entry_of("password text")
        self.type(password)
        self.press("Return")


def photograph(window, name):
    """For eyes, where a folder is given."""
    folder = os.environ.get("GXT_PICTURES")
    if folder:
        subprocess.run(["import", "-window", "root", f"{folder}/{name}.png"], check=True)


def brightness(window):
    done = subprocess.run(f"import -window {window.id} png:- | identify -format '%[fx:mean]' -", shell=True, capture_output=True, text=True, check=True)
    return float(done.stdout)


def sign_in(tap, profile, bank):
    tap.step("rm1 signs in for the first time")
    window = ui.Window(profile)
    for name, text in (("Server", bank.url), ("The bank's certificate (file)", str(bank.ca)), ("User", "rm1"), ("Password", gxt.PASSWORD)):
        window.fill(name, text)
    window.press("Return")
    ui.until("rm1 is signed in and synced", lambda: "Synced" in window.chip())
    tap.check(gxt.writes_no_core(window.process.pid), "whose memory is never written to the disk: no core dump, and none to be allowed again")
    tap.equal(window.close(), 0, "and closes the window")
    tap.check(ui.is_locked(profile), "the profile takes a password from now on")
    tap.check(not (profile / "store.db").read_bytes().startswith(b"SQLite"), "and its store is encrypted")


def open_offline(tap, profile, bank):
    tap.step("the next morning, without a network")
    bank.stop()
    window = Locked(profile, theme="dark")
    tap.check(window.find("label", holds="rm1 · 127.0.0.1"), "the window says whose desk it is")
    tap.check(brightness(window) < 0.4, "it is dark, as the desk was left")
    tap.equal([seen.name for seen in window.walk("push button") if seen.name == "Start over…"], [], "and nothing of starting over")
    photograph(window, "unlock")
    window.enter("not my password at all")
    tap.check(window.wait(holds="The password is wrong"), "a wrong password is refused in words")
    tap.check(window.wait("push button", "Start over…"), "then one may start over")
    photograph(window, "unlock-wrong")
    asking = window.id
    window.enter(gxt.PASSWORD)
    window.id = ui.until("the desk opens", lambda: (found := window._find_window()) != asking and found)
    ui.Window.resize(window, 1280, 800)
    window.focus()
    window.press("ctrl+3")
    tap.check(window.wait("tree table", "Customers"), "the right one opens the desk, with the customers, the server away")
    ui.until("the chip tells it", lambda: "Offline" in window.chip())
    tap.equal(window.close(), 0, "it closes")


def sign_in_by_unlocking(tap, profile, bank):
    tap.step("back in the office: the session is over, the password is typed once")
    bank.start()
    with_sql(bank, "DELETE FROM session")
    window = ui.Window(profile)
    ui.until("the chip says synced", lambda: "Synced" in window.chip())
    tap.check(window.find("label", name="Sign in to your bank") is None, "unlocking has signed in too")
    tap.equal(window.close(), 0, "it closes")


def spoil_the_store(tap, profile):
    """The next window finds the profile as it was."""
    tap.step("the disk loses what it holds while the window is open")
    whole = profile.with_name("whole")
    shutil.copytree(profile, whole)
    window = ui.Window(profile)
    window.wait("list item", "Customers")
    store = profile / "store.db"
    with open(store, "r+b") as file:
        file.seek(64 * 1024)
        file.write(bytes(store.stat().st_size - 64 * 1024))
    window.press("ctrl+3")
    tap.check(window.wait(holds="The data on this computer is damaged"), "it is told in words")
    tap.equal([seen.name for seen in window.walk("label") if "store.db" in seen.name], [], "of which none is the path of a file")
    asking = window.id
    window.click(window.wait("push button", "Put it right…"))
    window.id = ui.until("another window takes its place", lambda: (found := window._find_window()) != asking and found)
    tap.check(window.wait("push button", "Save what was not sent…"), "what was not sent can be saved for the bank")
    tap.check(store.exists(), "nothing is removed by asking")
    window.click(window.wait("push button", "Start over…"))
    window.wait(holds="changes that were not sent yet")
    confirm_starting_over(tap, window, profile)
    window.kill()
    shutil.rmtree(profile)
    whole.rename(profile)


def with_sql(bank, statement):
    bank.stop()
    with bank.sql() as db:
        db.execute(statement)
    bank.start()


def find_prompt():
    """The keyring's own window: it is no program of ours."""
    found = ui.xdotool("search", "--onlyvisible", "--class", "gcr-prompter", check=False).split()
    return found[-1] if found else None


def answer_the_keyring(window, *keys):
    window.enter(gxt.PASSWORD)
    asked = ui.until("the keyring asks", find_prompt)
    ui.xdotool("windowfocus", "--sync", asked)
    for key in keys:
        ui.xdotool("key", key)
    ui.until("its question is gone", lambda: not find_prompt())


def dismiss_the_keyring(tap, profile):
    tap.step("the keyring is locked, and whoever is asked for its password sends the question away")
    subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets",
                    "--method", "org.freedesktop.Secret.Service.Lock", "['/org/freedesktop/secrets/collection/login']"],
                   check=True, capture_output=True)
    window = Locked(profile)
    answer_the_keyring(window, "Escape")
    tap.check(window.wait(holds="The keyring stayed locked"), "it is told as that, neither as a lost half nor as no keyring")
    tap.check(window.find(holds="Start over") is None, "and nobody is led to start over: nothing is lost")
    photograph(window, "unlock-keyring-locked")
    asking = window.id
    window.focus()
    answer_the_keyring(window, *KEYRING, "Return")
    window.id = ui.until("the desk opens", lambda: (found := window._find_window()) != asking and found)
    tap.check(window.wait(holds="Customers"), "whoever answers it when asked again has the desk")
    window.kill()


def lose_the_keyring(tap, profile, bank):
    tap.step("the keyring has lost its half")
    subprocess.run([str(gxt.STORE), "forget", str(profile), "store"], check=True)
    window = Locked(profile)
    window.enter(gxt.PASSWORD)
    tap.check(window.wait(holds="The keyring has lost its half"), "it is told as that, not as a wrong password")
    photograph(window, "unlock-keyring")
    tap.check(window.wait("push button", "Save what was not sent…"), "and what was not sent can be saved for the bank")
    before = (profile / "store.db").read_bytes()
    window.click(window.wait("push button", "Start over…"))
    tap.check(window.wait(holds="changes that were not sent yet"), "starting over says what it costs")
    tap.check((profile / "store.db").read_bytes() == before, "and nothing is removed before it is confirmed")
    confirm_starting_over(tap, window, profile)
    window.kill()


def confirm_starting_over(tap, window, profile):
    asking = window.id
    ui.until("the safe answer has the focus", lambda: any("Cancel" in seen.name and "focused" in seen.states for seen in window.walk("push button")))
    window.press("Tab")
    ui.until("the other has it", lambda: any("Remove and start over" in seen.name and "focused" in seen.states for seen in window.walk("push button")))
    window.press("Return")
    window.id = ui.until("the sign-in comes", lambda: (found := window._find_window()) != asking and found)
    window.wait_entry("Server")
    tap.check(not ui.is_locked(profile), "then the sign-in of a new profile is there")


def script(tap, work, stack):
    bank = ui.serve_demo(work, stack, 60)
    profile = work / "rm1"
    sign_in(tap, profile, bank)
    open_offline(tap, profile, bank)
    sign_in_by_unlocking(tap, profile, bank)
    spoil_the_store(tap, profile)
    dismiss_the_keyring(tap, profile)
    lose_the_keyring(tap, profile, bank)


if __name__ == "__main__":
    gxt.run(script)
