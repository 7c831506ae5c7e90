#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A relationship manager and a supervisor at the real window, on a real bank: signs in, finds a customer by pinyin, logs an
interaction while the server is away, sees it wait, sees it arrive; the supervisor approves a waiting request by keys; the
language is switched in the palette. What the window says is compared with what the server answers over HTTPS.

Run by Meson under run-headless, with a session bus and a Secret Service of its own.
"""
import hashlib
import json
import pathlib
import re
import ssl
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gxt_window as ui     # noqa: E402  (first: it knows where gxt is)
import gxt                  # noqa: E402

CUSTOMERS = 200
SUBJECT = "Fixed deposit renewal, called back"


def sign_in(window, bank, login, password=gxt.PASSWORD):
    window.wait_entry("Server")
    window.fill("Server", bank.url)
    window.fill("The bank's certificate (file)", str(bank.ca))
    window.fill("User", login)
    window.fill("Password", password)
    window.press("Return")


def number_of(words):
    found = re.search(r"[\d,]+", words)
    return int(found[0].replace(",", "")) if found else -1


def pick_customer(caller):
    """One of the own customers whose pinyin no other shares, so that the first hit is he."""
    mine = [row for row in caller.list("customer") if not row.get("masked")]
    pinyins = [row["d"]["name_pinyin"].replace(" ", "") for row in mine]
    return next(row for row, pinyin in zip(mine, pinyins) if sum(other.startswith(pinyin) for other in pinyins) == 1), len(mine)


def arrived(caller, subject):
    return [row for row in caller.list("interaction") if row["d"].get("subject") == subject]


# --- the relationship manager ------------------------------------------------------------------------------------------

def sign_in_and_sync(tap, window, bank, total):
    tap.step("rm1 signs in through the window")
    sign_in(window, bank, "rm1", "not the password")
    der = ssl.PEM_cert_to_DER_cert(bank.ca.read_text())
    fingerprint = re.sub(r"(.{4})(?!$)", r"\1 ", hashlib.sha256(der).hexdigest().upper())
    tap.check(window.wait("label", holds=fingerprint), "the page says whose certificate it trusts, by its fingerprint")
    tap.check(window.wait(holds="User or password is wrong"), "a wrong password is refused in words")
    sign_in(window, bank, "rm1")
    window.wait(name="First things first")
    window.press("ctrl+3")
    window.wait("tree table", "Customers")
    found = ui.until("the first sync is done", lambda: window.find("label", holds=f"{total} customers") and "Synced" in window.chip())
    tap.check(found, f"the first sync ends with rm1's {total} customers on the desk")


def open_by_pinyin(tap, window, customer):
    name, pinyin = customer["d"]["name"], customer["d"]["name_pinyin"].replace(" ", "")
    tap.step(f"finds a customer by typing {pinyin}")
    window.press("ctrl+f")
    window.type(pinyin)
    ui.until("one customer is left", lambda: window.find("label", name="1 customer"))
    window.press("Return")
    subtitle = f"› {name} {customer['d']['cif_no'][-4:]}"
    tap.check(window.wait("label", name=subtitle), "Enter opens him: the header names him and his number's tail")


def log_interaction(tap, window, bank):
    tap.step("the server is stopped; an interaction is logged")
    tap.equal(bank.stop(), 0, "the server stops cleanly")
    window.press("ctrl+i")
    window.fill("Subject", SUBJECT)
    window.press("ctrl+s")
    row = window.wait("label", holds=SUBJECT)
    tap.check(row, "the interaction stands in the customer's life cycle at once")
    chip = ui.until("the chip tells that it waits", lambda: re.fullmatch(r"Offline · 1 waiting|1 waiting", window.chip()) and window.chip())
    tap.equal(number_of(chip), 1, f"the chip says so: “{chip}”")
    window.press("F5")
    ui.until("the chip tells that the server is away", lambda: window.chip() == "Offline · 1 waiting")
    tap.check(True, "F5 with the server away: “Offline · 1 waiting”, nothing lost")
    window.press("ctrl+5")
    tap.check(window.wait("label", holds=f"New · Interaction · {SUBJECT}"), "the sync page's queue names it")


def see_it_arrive(tap, window, bank, customer):
    tap.step("the server is back")
    bank.start()
    window.press("F5")
    chip = ui.until("the chip says synced", lambda: "Synced" in window.chip() and window.chip())
    tap.check("waiting" not in chip, f"the chip: “{chip}”")
    caller = gxt.Caller(bank).sign_in("rm1", enrol=False)
    rows = arrived(caller, SUBJECT)
    tap.equal(len(rows), 1, "it is on the server, once, asked over HTTPS")
    tap.equal(rows[0]["d"]["customer_id"] if rows else None, customer["id"], "of the customer who was open")
    window.press("F5")
    ui.until("the chip says synced again", lambda: "Synced" in window.chip())
    tap.equal(len(arrived(caller, SUBJECT)), 1, "another sync does not bring it twice")


# --- the supervisor ----------------------------------------------------------------------------------------------------

def approve_by_keys(tap, window, bank):
    caller = gxt.Caller(bank).sign_in("sup1", enrol=False)
    waiting = caller.get("/v1/cr?box=to_check")
    ids = [row["id"] for row in gxt_rows(waiting)]
    tap.check(len(ids) >= 1, f"{len(ids)} requests wait for sup1")
    tap.step("sup1 signs in, looks at the first request, presses a")
    sign_in(window, bank, "sup1")
    window.wait(name="First things first")
    window.press("ctrl+1")
    window.wait("label", name="Before and after")
    shown = ui.until("the request can be decided", lambda: window.find("push button", name="Approve and sign"))
    tap.check(shown, "the request is shown with what is in force and what is asked")
    password = window.decide("a", "Approved and signed", "Password")
    if "Approved" not in password.name:
        window.fill("Password", gxt.PASSWORD)
        window.press("Return")
        window.wait(name="Approved and signed")
    states = {cr: fields_of(caller.get(f"/v1/cr/{cr}"))["state"] for cr in ids}
    applied = [cr for cr, state in states.items() if state == "APPLIED"]
    tap.equal(len(applied), 1, "on the server exactly one of them is applied now")
    fields = fields_of(caller.get(f"/v1/cr/{applied[0]}")) if applied else {}
    after = fields.get("after") or {}
    after = json.loads(after) if isinstance(after, str) else after
    entity = next((row for row in caller.list(fields["tbl"]) if row["id"] == fields["entity_id"]), None) if applied else None
    values = {name: entity["d"].get(name) for name in after} if entity else None
    tap.check(entity is not None and len(after) > 0 and values == after, "and what was asked for is in force", f"{values!r}, asked {after!r}")


def return_by_keys(tap, window, bank):
    """The next one goes back: n asks for the note, Esc leaves it, n returns."""
    caller = gxt.Caller(bank).sign_in("sup1", enrol=False)
    ids = [row["id"] for row in gxt_rows(caller.get("/v1/cr?box=to_check"))]
    tap.step("sup1 goes to the next request, presses n, writes why, Esc, n")
    ui.until("the next request can be decided", lambda: window.find("push button", name="Return"))
    window.decide("n", "write a note of at least five characters")
    window.type("please add the copy")
    window.press("Escape")
    window.decide("n", "Returned to its maker")
    returned = [cr for cr in ids if fields_of(caller.get(f"/v1/cr/{cr}"))["state"] == "RETURNED"]
    tap.equal(len(returned), 1, "on the server exactly one of them is returned now")
    decisions = fields_of(caller.get(f"/v1/cr/{returned[0]}")).get("decisions") if returned else ""
    tap.check("please add the copy" in json.dumps(decisions), "and its maker can read why", f"{decisions!r}")


def gxt_rows(answer):
    return [json.loads(text) for text in gxt.split_rows(answer.text)]


def fields_of(answer):
    return answer.json.get("d", answer.json)


# --- the language ------------------------------------------------------------------------------------------------------

def catalogue():
    """Source and translation of every message, as the program reads them."""
    compiled = gxt.BUILD / "po" / "zh_CN" / "LC_MESSAGES" / "guanxi.mo"
    text = subprocess.run(["msgunfmt", "--no-wrap", str(compiled)], capture_output=True, text=True, check=True).stdout
    pairs = re.findall(r'^msgid "(.+)"\n(?:msgid_plural "(?:.+)"\n)?msgstr(?:\[0\])? "(.+)"$', text, re.M)
    return {english.replace('\\"', '"'): chinese.replace('\\"', '"') for english, chinese in pairs}


def is_left_english(words, messages):
    """English source where there is Chinese for it, or a sentence of English that nobody marked."""
    if words in messages and messages[words] != words:
        return True
    has_chinese = re.search(r"[\u4e00-\u9fff]", words)
    return not has_chinese and re.search(r"[A-Za-z]{3,} [a-z]{2,}", words) is not None


def walk_pages(window):
    """Opens what can be opened by keys and gives every word on the way."""
    words = set(window.words())
    for keys in (["ctrl+3"], ["ctrl+f", "Return"], ["ctrl+i"], ["Escape", "ctrl+t"], ["Escape", "ctrl+1"], ["ctrl+5"]):
        window.press(*keys)
        time.sleep(0.4)         # a form slides in
        words |= set(window.words())
    return words


def switch_language(window, language, first):
    """Through the palette, as a person does: it counts at once. `first` is a page's name in the new language."""
    window.press("ctrl+k")
    window.type("zhongwen" if language == "zh_CN" else "english")
    ui.until("the language is found", lambda: window.find("label", name="简体中文" if language == "zh_CN" else "English"))
    window.press("Return")
    window.wait(name=first)
    ui.until("the preference is written", lambda: f"language={language}" in (window.profile / "desktop.ini").read_text())


def compare_languages(tap, window, seen_before):
    tap.step("the language is switched to Chinese and back, without a new start")
    messages = catalogue()
    ui.until("no toast of before is seen", lambda: not window.find("label", name="Undo"))
    chinese = {translation for source, translation in messages.items() if re.search(r"[\u4e00-\u9fff]", translation)}
    switch_language(window, "zh_CN", "客户")
    words = walk_pages(window) - seen_before["data"]
    left = sorted(w for w in words if is_left_english(w, messages))
    tap.check(len(words) > 60 and not left, f"in Chinese none of {len(words)} labels is English", left)
    switch_language(window, "en", "Customers")
    words = walk_pages(window) - seen_before["data"]
    left = sorted(words & chinese)
    tap.check(len(words) > 60 and not left, f"in English none of {len(words)} labels is a Chinese message", left)


def script(tap, work, stack):
    bank = ui.serve_demo(work, stack, CUSTOMERS)
    caller = gxt.Caller(bank).sign_in("rm1", enrol=False)
    customer, total = pick_customer(caller)
    data = {SUBJECT} | {value for entity in ("customer", "interaction", "task", "product", "life_event") for row in caller.list(entity)
            for value in row["d"].values() if isinstance(value, str)}

    window = ui.Window(work / "rm1")
    stack.callback(lambda: window.kill())
    try:
        sign_in_and_sync(tap, window, bank, total)
        open_by_pinyin(tap, window, customer)
        log_interaction(tap, window, bank)
        see_it_arrive(tap, window, bank, customer)
        compare_languages(tap, window, {"data": data})
        tap.equal(window.close(), 0, "the window closes cleanly")
        window = ui.Window(work / "sup1")
        approve_by_keys(tap, window, bank)
        return_by_keys(tap, window, bank)
        tap.equal(window.close(), 0, "the supervisor's window closes cleanly")
    except BaseException:
        tap.note(window.tell())
        raise


if __name__ == "__main__":
    gxt.run(script)
