#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A visit from its plan to its end with no network at all, by the keyboard alone: no click is made in this file. The server is
stopped before the first key. What is done waits in Sync, in words; then the server is there again, and a client that is not
ours asks it what arrived: the visit with its hours, what was said, the need, the next step as a task, and the photo, which says
nowhere any more where it was taken. At the bank and on the desk it is noon whenever this is run: the visits of a day end with it.

Run by Meson under run-headless, with a session bus and a Secret Service of its own.
"""
import hashlib
import os
import pathlib
import struct
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gxt_window as ui     # noqa: E402  (first: it knows where gxt is)
import gxt                  # noqa: E402
import gi                   # noqa: E402
gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf     # noqa: E402
from gxt_keys import sign_in      # noqa: E402

CUSTOMERS = 60
DAY = 24 * 3600
NOON = 4 * 3600      # in Shanghai, by UTC
HOURS = "\N{EN DASH}"
PLACE = "In the works at the river"
MET = "Chen Hong, Director Wu"
NOTES = "Two new lines from March on"
DETAIL = "About two million by March"
NEXT = "Send the terms of the loan"
PHOTO = "works.jpg"
LATITUDE = (30, 1, 15, 1, 0, 1)


def entry(tag, kind, count, value):
    return struct.pack(">HHI", tag, kind, count) + value


def exif_of_a_place():
    """As a telephone writes it: which way the camera was held, and that it was at 30 degrees 15 minutes north."""
    inside = 8 + 2 + 2 * 12 + 4
    head = b"MM\0*" + struct.pack(">I", 8) + struct.pack(">H", 2)
    head += entry(0x0112, 3, 1, struct.pack(">HH", 1, 0)) + entry(0x8825, 4, 1, struct.pack(">I", inside)) + bytes(4)
    place = struct.pack(">H", 2) + entry(1, 2, 2, b"N\0\0\0") + entry(2, 5, 3, struct.pack(">I", inside + 2 + 2 * 12 + 4)) + bytes(4)
    return head + place + struct.pack(">6I", *LATITUDE)


def make_photo(path):
    """A real JPEG, by the library that the desktop has too, with that block in front."""
    picture = GdkPixbuf.Pixbuf.new(GdkPixbuf.Colorspace.RGB, False, 8, 640, 480)
    picture.fill(0x4a7ba0ff)
    done, plain = picture.save_to_bufferv("jpeg", ["quality"], ["90"])
    block = b"Exif\0\0" + exif_of_a_place()
    assert done and plain[:2] == b"\xff\xd8"
    path.write_bytes(plain[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + plain[2:])
    return path


def open_place(keys, name):
    keys.press("ctrl+k")
    keys.window.type(name)
    keys.window.wait("label", name=name)
    keys.press("Return")
    ui.until(f"“{name}” is open", lambda: keys.window.title() == name)


def plan(tap, keys, customer):
    tap.step("the visit is planned")
    open_place(keys, "Visits")
    keys.press("n")
    keys.until_on("Find a customer")
    keys.window.type(customer["d"]["cif_no"])
    tail = customer["d"]["cif_no"][-4:]
    keys.window.wait(holds=f" {tail}, Found by search")
    keys.tab_to(f" {tail},")
    keys.press("space")
    keys.window.wait("label", name="1 chosen")
    keys.press("ctrl+s")
    keys.window.wait(name="1 visit planned")
    stop = go_to_it(keys, tail)
    tap.check(stop, f"it stands in the day: “{stop}”")
    return tail


def go_to_it(keys, tail):
    """The day may have stops of its own; each begins with its hours."""
    keys.until_on(HOURS)
    keys.press("Home")
    return keys.walk_to(f" {tail}")


def check_in(tap, keys, tail):
    tap.step("in: where one is, in words")
    go_to_it(keys, tail)
    keys.press("Return")
    keys.until_on("Where I am")
    keys.press("ctrl+a")
    keys.window.type(PLACE)
    tap.check(keys.window.find(holds="Your location is not recorded"), "it says that no location is recorded")
    keys.press("ctrl+Return")
    keys.window.wait(holds="Checked in at ")
    tap.check(keys.window.wait("push button", holds="Check out and save"), "the form is open")


def choose_need(keys):
    """What has the focus in a GtkDropDown is a button of its own, which GTK does not name. The first entry is that there is none."""
    keys.tab_to("GtkToggleButton")
    keys.press("space")
    ui.until("the list is open", lambda: "GtkToggleButton" not in keys.focus())
    keys.press("Down", "Return")
    keys.until_on("GtkToggleButton")


def talk(tap, keys):
    tap.step("the six fields")
    keys.until_on("Whom I met")
    keys.window.type(MET)
    keys.tab_to("Maintenance")
    keys.press("space")
    keys.tab_to("What was said")
    keys.press("ctrl+a")
    keys.window.type(NOTES)
    choose_need(keys)
    keys.fill("What exactly", DETAIL)
    keys.fill("Next step", NEXT)
    keys.tab_to("Content")
    keys.press("space")


def add_photo(tap, keys, photo):
    tap.step("a photo, by the chooser")
    window = keys.window
    keys.tab_to("Add a photo")
    keys.press("Return")
    chooser = ui.until("the chooser is open", window.others)[0]
    ui.xdotool("windowfocus", "--sync", chooser)
    window.type(str(photo))
    keys.press("Return")
    ui.until("the chooser is gone", lambda: not window.others())
    window.focus()
    tap.check(window.wait("label", name=PHOTO), "it is there")
    tap.check(window.wait("label", holds="waits to be sent"), "and says that it waits")
    tap.check(window.find("label", name="1 document, encrypted"), "that it is kept encrypted")
    photo.unlink()


def check_out(tap, keys):
    tap.step("and out")
    keys.press("ctrl+Return")
    tap.check(keys.window.wait(holds="is done"), "Ctrl+Enter: out, and it is done")
    shown = "\n".join(keys.window.words())
    tap.check(all(text in shown for text in (NOTES, NEXT, PLACE)), "what was typed can be read where it was typed")


def see_it_wait(tap, keys):
    tap.step("it waits")
    tap.check("Offline" in keys.window.chip() or "waiting" in keys.window.chip(), f"the chip says so: “{keys.window.chip()}”")
    open_place(keys, "Sync")
    keys.window.wait("label", name="Queue on this computer")
    words = "\n".join(keys.window.words())
    tap.check(all(word in words for word in ("Visit", "Interaction", "Need", "Task")), "in Sync stand the visit, what was said, the need, the task", words)
    tap.check("Working offline" in words, "and that everything is kept on this computer")


def one(caller, entity, visit_id, field):
    found = [row for row in caller.list(entity) if row["d"].get(field) == visit_id or visit_id in (row["d"].get(field) or "")]
    return found[0]["d"] if found else None


def see_it_arrive(tap, keys, bank, customer, began, clock):
    tap.step("the server is there again")
    stopped = clock.now
    bank.start()
    keys.press("F5")
    ui.until("everything is sent", lambda: "Synced" in keys.window.chip())
    tap.check(keys.window.wait(holds="Nothing waits"), "the queue is empty, in words")
    caller = gxt.Caller(bank).sign_in("rm1", enrol=False)
    visit = next(row for row in caller.list("visit") if row["d"]["customer_id"] == customer["id"] and row["d"].get("place") == PLACE)
    seen, talk_id = visit["d"], visit["id"]
    tap.equal(seen["status"], "DONE", "a client of its own asks the server: the visit is done")
    tap.check(seen["offline"] is True, "it began without a network")
    tap.equal(seen.get("geo_state"), "NOT_COLLECTED", "no place on earth was stored")
    tap.check("check_in_geo" not in seen or not seen["check_in_geo"], "none at all")
    tap.check(began <= seen["check_in_at"] <= seen["check_out_at"] <= stopped, "with the hours of the laptop",
              (began, seen["check_in_at"], seen["check_out_at"], stopped))
    said = next(row["d"] for row in caller.list("interaction") if row["id"] == talk_id)
    tap.equal((said["notes"], said["purpose"], said["sentiment"], said["next_steps"]), (NOTES, "MAINTENANCE", 1, NEXT), "what was said")
    tap.equal(said["attendees"], [name.strip() for name in MET.split(",")], "whom one met")
    need = one(caller, "need", talk_id, "source_interaction_id")
    tap.check(need and need["detail"] == DETAIL, "the need", need)
    task = next((row["d"] for row in caller.list("task") if row["d"]["title"] == NEXT), None)
    tap.check(task and task["status"] == "OPEN" and talk_id in str(task["source"]), "the next step as an open task that names the visit", task)
    see_photo_arrive(tap, caller, talk_id, customer)


def see_photo_arrive(tap, caller, visit_id, customer):
    row = gxt.until("the photo's row is there", lambda: next((row for row in caller.list("attachment") if row["d"].get("visit_id") == visit_id), None))
    seen = row["d"]
    tap.equal((seen["name"], seen["kind"], seen["mime"], seen["customer_id"]), (PHOTO, "PHOTO", "image/jpeg", customer["id"]), "the photo, of the visit and its customer")
    path = f"/v1/blobs/{seen['sha256']}?ref={row['id']}"
    gxt.until("the photo is there", lambda: caller.get(path).status == 200)
    data = caller.get(path).body
    tap.equal(hashlib.sha256(data).hexdigest(), seen["sha256"], "its bytes, as they are named")
    tap.check(struct.pack(">6I", *LATITUDE) not in data and b"Exif" in data, "which way the camera was held, and not where")
    loader = GdkPixbuf.PixbufLoader.new_with_type("jpeg")
    loader.write(data)
    loader.close()
    tap.equal((loader.get_pixbuf().get_width(), loader.get_pixbuf().get_height()), (640, 480), "and it is the picture")


def choose_customer(caller):
    """One's own whose tail no other has, and whom the demo's day does not visit already."""
    visited = {row["d"]["customer_id"] for row in caller.list("visit")}
    rows = [row for row in caller.list("customer") if not row.get("masked") and row["d"]["status"] == "ACTIVE"]
    tails = [row["d"]["cif_no"][-4:] for row in rows]
    return next(row for row in rows if tails.count(row["d"]["cif_no"][-4:]) == 1 and row["id"] not in visited)


def make_noon(path):
    """The last one in Shanghai: a certificate that is made then is good now."""
    clock = gxt.Clock(path)
    clock.set(((int(time.time()) - NOON) // DAY * DAY + NOON) * 1000)
    return clock


def script(tap, work, stack):
    clock = make_noon(work / "clock")
    bank = ui.serve_demo(work, stack, CUSTOMERS, clock)
    window = ui.Window(work / "rm1", env=clock.put_into({name: os.environ[name] for name in ("LD_PRELOAD", "ASAN_OPTIONS") if name in os.environ}))
    stack.callback(window.kill)
    try:
        keys = sign_in(window, bank, "rm1")
        ui.until("the desk is there", lambda: "Synced" in window.chip())
        customer = choose_customer(gxt.Caller(bank).sign_in("rm1", enrol=False))
        tap.equal(bank.stop(), 0, "the server is stopped")
        began = clock.now
        tail = plan(tap, keys, customer)
        check_in(tap, keys, tail)
        talk(tap, keys)
        add_photo(tap, keys, make_photo(work / PHOTO))
        check_out(tap, keys)
        see_it_wait(tap, keys)
        see_it_arrive(tap, keys, bank, customer, began, clock)
    except BaseException:
        tap.note(window.tell())
        raise


if __name__ == "__main__":
    gxt.run(script)
