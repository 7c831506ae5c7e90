#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A relationship manager's day as one script: two RMs and a supervisor on the demo bank, over real processes and real
wires, with a server that dies in the middle of pushes, an offline afternoon, two people at one customer, and a request
that is made offline, approved by another person, and arrives everywhere. Scenarios 4, 6, 7, 26 and 28 are inside.

What must be true at the end: every desk's store equals the server's rows in its scopes, byte for byte; every change
that anybody made is in exactly one state; nobody's work is lost or doubled; the audit log is whole."""
import collections
import pathlib
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

MORNING = 1795223207000         # some moment, ms UTC
REASON = "客户本人到网点变更手机号码，已核对身份证件"


class Day:
    def __init__(self, tap, work, stack):
        self.tap = tap
        self.work = work
        self.bank = gxt.Bank(work)
        stack.callback(self.bank.close)
        self.bank.init("--demo", "--customers", 200)
        self.bank.start()
        self.wires, self.desks = {}, {}
        for login in ("rm1", "rm2", "sup1"):
            wire = self.wires[login] = gxt.Wire(self.bank)
            stack.callback(wire.close)
            self.desks[login] = gxt.Desk(self.bank, login, wire.url)
        self.rm1, self.rm2, self.sup1 = self.desks.values()
        self.made = collections.defaultdict(list)       # what each RM wrote down, in order

    def callers(self):
        """Hand-made sessions of the same people, for what the server says; fresh ones, so that none is too old."""
        return {login: gxt.Caller(self.bank).sign_in(login, enrol=False) for login in self.desks}

    def settle(self):
        """Two rounds of syncs: what one sends, the others fetch."""
        for _ in range(2):
            for desk in self.desks.values():
                desk.sync()

    def compare(self, when):
        callers = self.callers()
        for login, desk in self.desks.items():
            gxt.compare(self.tap, desk, callers[login], when)

    def note_down(self, desk, customer, subject):
        """One interaction, as an RM logs it; needs no network."""
        made = desk.json("new", "interaction", f"customer_id={customer['id']}", "channel=PHONE", "direction=OUT", "purpose=MAINTENANCE",
                         f"subject={subject}", f"started_at={MORNING + len(self.made[desk.login]) * 60000}", f"owner_id={customer['d']['primary_rm_id']}"
                         if desk is self.rm1 else f"owner_id={customer['d']['wealth_mgr_id']}")
        self.made[desk.login].append(subject)
        return made["id"]


def morning(day):
    tap = day.tap
    tap.step("Morning: three people sign in and sync")
    for desk in day.desks.values():
        desk.sign_in()
        desk.sync()
    customers = day.rm1.list("customer")
    me = next(c["d"]["primary_rm_id"] for c in customers if "wealth_mgr_id" in c["d"])
    other = next(c["d"]["wealth_mgr_id"] for c in customers if "wealth_mgr_id" in c["d"])
    shared = [c for c in customers if c["d"].get("wealth_mgr_id") == other and c["d"]["primary_rm_id"] == me]
    tap.equal(len(shared), 50, "rm2 is wealth manager of 50 of rm1's customers")
    theirs = {c["id"] for c in day.rm2.list("customer")}
    tap.check({c["id"] for c in shared} <= theirs, "and holds them")
    tap.check(all("masked" not in c for c in customers if c["d"]["primary_rm_id"] == me), "rm1 sees the own customers in clear")
    branch = day.sup1.list("customer")
    tap.check(len(branch) > len(customers) and all("name" in c.get("masked", {}) for c in branch), f"sup1 holds the branch's {len(branch)} customers, masked")
    day.compare("in the morning")
    day.me, day.other = me, other
    day.shared = [c for c in shared if c["d"]["status"] == "ACTIVE"]


def searching(day):
    tap = day.tap
    tap.step("Two walk-ins, and scenario 26: a search by initials, by one character, by the tail of a telephone, with a stroke")
    rm1 = day.rm1
    unit = day.shared[0]["d"]["org_id"]

    def walk_in(kind, name, phone):
        made = rm1.json("new", "customer", f"type={kind}", f"name={name}", "status=PROSPECT", f"primary_rm_id={day.me}", f"org_id={unit}", f"first_contact_at={MORNING}")
        rm1.do("new", "contact_point", f"customer_id={made['id']}", "kind=MOBILE", f"value={phone}", "is_primary=true")
        return made["id"]

    day.wires["rm1"].up = False
    person, firm = walk_in("PERSON", "张三", "13912345678"), walk_in("ORG", "杭州 a/b 贸易有限公司", "13700000001")
    rm1.sync(code=3)
    asked = {"zs": person, "张": person, "5678": person, "a/b": firm, "zhangsan": person}
    for text, wanted in asked.items():
        found = [c["id"] for c in rm1.list("customer", "--search", text)]
        tap.check(wanted in found, f"offline, “{text}” finds the walk-in of a minute ago", found)
    tap.check(firm not in [c["id"] for c in rm1.list("customer", "--search", "zs")], "and “zs” not the firm")
    day.wires["rm1"].mend()
    rm1.sync()
    caller = day.callers()["rm1"]
    for text, wanted in asked.items():
        found = [gxt.json.loads(row)["id"] for row in gxt.split_rows(caller.get("/v1/search?q=" + gxt.urlquote(text)).text)]
        tap.check(wanted in found, f"online, “{text}” finds it too", found)
    cif = rm1.find("customer", person)["d"].get("cif_no", "")
    tap.check(len(cif) == 10 and cif.isdigit(), f"the walk-in has a customer number: {cif}")
    strangers = [gxt.json.loads(row)["id"] for row in gxt.split_rows(gxt.Caller(day.bank).sign_in("rm3", enrol=False).get("/v1/search?q=" + gxt.urlquote("张三")).text)]
    tap.check(person not in strangers, "rm3 of another branch does not find it")


def fifty_operations(day):
    tap = day.tap
    tap.step("Scenario 28: 50 operations, and a network that drops in the middle of them, 16 times")
    desk, wire = day.rm1, day.wires["rm1"]
    for i in range(50):
        day.note_down(desk, day.shared[i % len(day.shared)], f"电话回访 {i + 1:02d}")
    tap.equal(len(desk.lines("queue")), 50, "50 wait in the queue")
    drops = [("to", n) for n in (600, 1500, 3000, 6000, 9000, 12000, 15000, 20000)] + [("from", n) for n in (600, 1500, 2200, 2600, 3000, 4000, 6000, 9000)]
    told = collections.Counter()
    for way, size in drops:
        wire.cut_after(way, size)
        told[desk.run("sync").returncode] += 1
    wire.mend()
    desk.sync()
    tap.check(wire.cuts >= 4 and set(told) <= {0, 3} and told[3] >= 4, f"the wire was cut {wire.cuts} times; sync ended with 3 that often: {told[3]}", told)
    tap.equal(len(desk.lines("queue")), 0, "the queue is empty")
    tap.equal(len(desk.lines("issues")), 0, "and nothing was refused")


def dying_server(day):
    tap = day.tap
    tap.step("A server that is killed with -9 in the middle of pushes, 14 times")
    ended = collections.Counter()
    for turn in range(14):
        login = ("rm1", "rm2")[turn % 2]
        desk, wire = day.desks[login], day.wires[login]
        for i in range(6):
            day.note_down(desk, day.shared[(turn * 3 + i) % len(day.shared)], f"{login} 第 {turn + 1} 轮 {i + 1:02d}")
        wire.call_after(*(("to", 900 + 300 * turn) if turn < 7 else ("from", 1500)), turn % 7 * 0.004, day.bank.kill)
        ended[desk.run("sync").returncode] += 1
        wire.mend()
        if not tap.check(day.bank.process is None, f"{turn + 1}: the server is dead, rm's sync has ended"):
            day.bank.kill()
        day.bank.start()
        desk.sync()
        tap.equal(len(desk.lines("queue")), 0, f"{turn + 1}: started again, {login}'s queue is empty")
    tap.check(set(ended) <= {0, 3} and ended[3] >= 7, f"{ended[3]} of the syncs were cut off and said offline", ended)
    day.settle()


def offline_afternoon(day):
    tap, rm1, rm2 = day.tap, day.rm1, day.rm2
    tap.step("An offline afternoon: rm1 is on the road, rm2 at the desk")
    day.wires["rm1"].up = False
    apart, same, equal = day.shared[3], day.shared[4], day.shared[5]
    day.apart, day.same = apart, same

    tap.step("Scenario 6: both at one customer, different fields; both at another, the same field; both at a third, the same value")
    base = {c["id"]: rm1.find("customer", c["id"])["d"].get("pref_channel") for c in (apart, same, equal)}
    channels = [c for c in ("PHONE", "SMS", "EMAIL", "WECHAT", "LETTER") if c != base[same["id"]] and c != base[equal["id"]]]
    day.mine, day.theirs = channels[:2]
    day.base = base[same["id"]]
    rm1.do("set", "customer", apart["id"], "quiet_from=21:00", "quiet_to=08:30")
    rm2.do("set", "customer", apart["id"], "dnd=true", "lang=en")
    rm1.do("set", "customer", same["id"], f"pref_channel={day.mine}")
    rm2.do("set", "customer", same["id"], f"pref_channel={day.theirs}")
    rm1.do("set", "customer", equal["id"], f"pref_channel={channels[2]}")
    rm2.do("set", "customer", equal["id"], f"pref_channel={channels[2]}")
    rm2.sync()
    rm1.sync(code=3)
    tap.equal(rm1.find("customer", same["id"])["d"]["pref_channel"], day.mine, "offline, rm1 sees what rm1 typed")

    tap.step("Scenario 7: a new telephone number, offline")
    contacts = {c["d"]["customer_id"]: c for c in rm1.list("contact_point") if c["d"]["kind"] == "MOBILE" and c["d"].get("is_primary")}
    day.phone = contacts[day.shared[6]["id"]]
    day.old, day.new = day.phone["d"]["value"], "13987654321"
    refusal = rm1.run("set", "contact_point", day.phone["id"], f"value={day.new}")
    tap.check(refusal.returncode == 1 and refusal.stderr.strip() != "", "without a reason it is refused at once", (refusal.returncode, refusal.stderr))
    before = len(rm1.lines("queue"))
    rm1.do("set", "contact_point", day.phone["id"], f"value={day.new}", "--reason", REASON)
    queue = rm1.lines("queue")
    tap.check(len(queue) == before + 1 and queue[-1]["op"] == "cr.submit", "with one it waits in the queue as a request", queue[-1:])
    tap.equal(rm1.find("contact_point", day.phone["id"])["d"]["value"], day.old, "the old number stays effective")
    offline = rm1.run("review", "show", gxt.new_id())
    tap.equal(offline.returncode, 3, "reviews need the network, and say so")

    tap.step("And ordinary work on the road")
    day.task = rm1.json("new", "task", "title=带理财说明书上门", f"customer_id={apart['id']}", "kind=VISIT", f"due_at={MORNING + 86400000}", "status=OPEN", f"assignee_id={day.me}")["id"]
    rm1.do("set", "task", day.task, "status=DOING")
    rm1.do("set", "task", day.task, "status=DONE", "result=客户已签收")
    for i in range(5):
        day.note_down(rm1, day.shared[i], f"上门拜访 {i + 1}")
    tap.equal(rm1.find("task", day.task)["d"]["status"], "DONE", "a task made, begun and finished offline")


def evening(day):
    tap, rm1, rm2 = day.tap, day.rm1, day.rm2
    tap.step("Evening: rm1 is back on the network")
    day.wires["rm1"].mend()
    rm1.sync()
    day.settle()
    tap.equal(len(rm1.lines("queue")), 0, "everything was sent")
    for desk in (rm1, rm2):
        row = desk.find("customer", day.apart["id"])["d"]
        tap.equal((row.get("quiet_from"), row.get("quiet_to"), row.get("dnd"), row.get("lang")), ("21:00", "08:30", True, "en"), f"{desk.login}: different fields, both kept")
        tap.equal(desk.find("customer", day.same["id"])["d"]["pref_channel"], day.theirs, f"{desk.login}: the same field, nobody overwritten")
    issues = rm1.lines("issues")
    tap.equal(len(issues), 1, "rm1 has one issue; the same value twice is none")
    field = issues[0]["fields"][0]
    tap.equal((field.get("base"), field.get("mine"), field.get("theirs")), (day.base, day.mine, day.theirs), "it shows base, mine and theirs")
    tap.equal(rm1.find("task", day.task)["d"]["status"], "DONE", "the chain of edits of one task went through")
    rm1.do("issues", "keep", issues[0]["mid"])
    rm1.sync()
    day.settle()
    tap.equal(rm2.find("customer", day.same["id"])["d"]["pref_channel"], day.mine, "“keep mine” is a new change, and it arrives at rm2")
    tap.equal(len(rm1.lines("issues")), 0, "the issue is closed")


def second_person(day):
    tap, bank = day.tap, day.bank
    tap.step("Scenario 4: the maker's other login, by program, by API and by SQL")
    rm1b = gxt.Desk(bank, "rm1b").sign_in()
    rm1b.sync()
    waiting = [r for r in rm1b.lines("review", "list") if r["d"]["entity_id"] == day.phone["id"] and r["d"]["state"] == "PENDING"]
    tap.equal(len(waiting), 1, "rm1b, supervisor of the same branch, sees the request")
    cr = day.cr = waiting[0]["id"]
    done = rm1b.run("review", "approve", cr, "--note", "同意", "--password-file", rm1b.password)
    tap.check(done.returncode == 1 and done.stderr.strip() != "", "rm1b, the maker's own person, is refused by the program", (done.returncode, done.stdout, done.stderr))
    answer = gxt.Caller(bank).sign_in("rm1b").decide(cr, "approve", "同意")
    tap.equal(answer.code, "FOUR_EYES", "and by the API")
    tap.equal(bank.stop(), 0, "the server stops")
    ids = {"cr": bytes.fromhex(cr.replace("-", "")), "me": bytes.fromhex(day.me.replace("-", ""))}
    for what, statement in {
        "a checker's part for the maker": "INSERT INTO cr_party(cr_id, person_id, role) VALUES(:cr, :me, 'checker')",
        "the maker made a checker": "UPDATE cr_party SET role='checker' WHERE cr_id=:cr AND person_id=:me",
        "a decision by the maker": "INSERT INTO cr_decision(cr_id, rev, person_id, step, verdict, digest, note, step_up_at, dev_sig, at) "
                                   "SELECT :cr, rev, :me, 1, 'approve', digest, '', 1, maker_sig, 1 FROM cr_rev WHERE cr_id=:cr",
        "the request approved by nobody": "UPDATE change_request SET state='APPROVED', lock_v=lock_v+1 WHERE id=:cr",
    }.items():
        with bank.sql() as db:
            try:
                db.execute(statement, ids)
                tap.check(False, f"by SQL, {what}: it was taken")
            except sqlite3.Error as error:
                tap.check(True, f"by SQL, {what}: {error}")
    bank.start()

    tap.step("sup1 looks at it, sends it back, and approves what comes again")
    sup1, rm1 = day.sup1, day.rm1
    shown = sup1.json("review", "show", cr)
    tap.check(day.new in gxt.json.dumps(shown, ensure_ascii=False) and day.old in gxt.json.dumps(shown, ensure_ascii=False), "sup1 sees the number before and after", shown)
    decide = ("--password-file", sup1.password)
    sup1.do("review", "return", cr, "--note", "请核对末位数字", *decide)
    rm1.sync()
    tap.equal(rm1.find("change_request", cr)["d"]["state"], "RETURNED", "it comes back to rm1")
    day.new = "13987654320"
    rm1.do("review", "revise", cr, f"value={day.new}", "--reason", REASON)
    sup1.do("review", "approve", cr, "--note", "已电话核实，同意", *decide)
    day.settle()
    tap.equal(rm1.find("change_request", cr)["d"]["state"], "APPLIED", "rm1 sees that the request is applied")
    tap.check(cr not in [r["id"] for r in sup1.lines("review", "list") if r["d"]["state"] == "PENDING"], "nothing of it waits for sup1 any more")
    masked = sup1.find("contact_point", day.phone["id"])
    tap.check(masked["d"]["value"] != day.new and "value" in masked["masked"], "sup1's own store shows the number masked, as before", masked)
    for desk in (day.rm1, day.rm2):
        tap.equal(desk.find("contact_point", day.phone["id"])["d"]["value"], day.new, f"{desk.login}: the new number arrived")
    told = [n for n in rm1.list("notification") if cr in gxt.json.dumps(n)]
    tap.check(len(told) > 0, "rm1 is notified", rm1.list("notification"))


def the_end(day):
    tap, bank = day.tap, day.bank
    tap.step("The end of the day")
    day.settle()
    for desk in day.desks.values():
        tap.equal((len(desk.lines("queue")), len(desk.lines("issues"))), (0, 0), f"{desk.login}: nothing waits, nothing is open")
    day.compare("in the evening")
    callers = day.callers()
    people = {"rm1": day.me, "rm2": day.other}
    for login, subjects in day.made.items():
        rows = sorted((r["v0"], r["d"]["subject"]) for r in callers[login].list("interaction") if r["d"]["subject"] in set(subjects) and r["d"]["owner_id"] == people[login])
        tap.equal([s for _, s in rows], subjects, f"{login}'s {len(subjects)} notes are on the server once each, in the order in which they were written")
    tap.equal(bank.stop(), 0, "the server stops")
    for client, last, count, first, top in bank.rows("SELECT hex(c.id), c.last_mid, count(m.mid), min(m.mid), max(m.mid) FROM client c JOIN mut_result m ON m.client_id = c.id GROUP BY c.id"):
        tap.check(top == last and count == top - first + 1, f"client {client[-6:]}: {last} operations, each with exactly one result that is still kept", (last, count, first, top))
    states = {st for st, in bank.rows("SELECT DISTINCT st FROM mut_result")}
    tap.check(states <= {"applied", "noop", "conflict", "rejected", "pending_review"}, f"every one of them in a state: {', '.join(sorted(states))}")
    verified = bank.admin("audit", "verify", "--data", bank.dir)
    tap.check(verified.returncode == 0, "audit verify is content with the day", verified.stdout + verified.stderr)


def script(tap, work, stack):
    day = Day(tap, work, stack)
    for part in (morning, searching, fifty_operations, dying_server, offline_afternoon, evening, second_person, the_end):
        part(day)


gxt.run(script)
