#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What else happens to desks: customers that change hands, requests with evidence and two steps, a request whose base
moved, a profile that was copied, a server restored from a backup, a keyring that is not there. After each the stores
still equal the server's rows."""
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

MORNING = 1795223207000         # some moment, ms UTC
REASON = "客户本人申请，已核对身份证件原件"


class Branch:
    """The demo bank, and desks of the people of its first branch and of head office."""

    def __init__(self, tap, work, stack):
        self.tap = tap
        self.work = work
        self.bank = gxt.Bank(work)
        stack.callback(self.bank.close)
        self.bank.init("--demo", "--customers", 200)
        self.bank.start()
        self.desks = {login: gxt.Desk(self.bank, login).sign_in() for login in ("rm1", "rm2", "rm4", "sup1", "mgr1")}
        self.settle()
        self.people = {e["d"]["staff_no"]: e["id"] for e in self.desks["rm1"].list("employee")}
        self.rm = {login: self.people[f"E{1001 + i:05d}"] for i, login in enumerate(("rm1", "rm2", "rm4"))}
        rm1 = self.desks["rm1"]
        asked = {r["d"]["entity_id"] for r in rm1.list("change_request")}
        asked |= {c["d"]["customer_id"] for e in ("contact_point", "identifier") for c in rm1.list(e) if c["id"] in asked}
        self.mine = [c for c in rm1.list("customer") if c["d"]["status"] == "ACTIVE" and c["d"]["primary_rm_id"] == self.rm["rm1"] and c["id"] not in asked]
        self.evidence = work / "id-card.png"
        self.evidence.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 4000)

    def settle(self):
        for _ in range(2):
            for desk in self.desks.values():
                desk.sync()

    def compare(self, when):
        self.settle()
        for login, desk in self.desks.items():
            self.tap.equal([i["result"] for i in desk.lines("issues")], [], f"{when}: {login} has no issue")
            gxt.compare(self.tap, desk, gxt.Caller(self.bank).sign_in(login, enrol=False), when)

    def decide(self, login, cr, verb="approve", note="已核对，同意办理"):
        desk = self.desks[login]
        return desk.run("review", verb, cr, "--note", note, "--password-file", desk.password)


def changes_hands(branch):
    tap, desks = branch.tap, branch.desks
    tap.step("A customer changes hands inside the branch")
    rm1, rm2, rm4 = desks["rm1"], desks["rm2"], desks["rm4"]
    customer = next(c for c in branch.mine if c["d"].get("wealth_mgr_id") == branch.rm["rm2"])
    rm1.do("new", "task", "title=给客户寄送对账单", f"customer_id={customer['id']}", "kind=DOC", f"due_at={MORNING}", "status=OPEN", f"assignee_id={branch.rm['rm1']}")
    made = rm1.json("set", "customer", customer["id"], f"primary_rm_id={branch.rm['rm4']}", "--reason", "客户经理岗位调整，移交清单已签")
    tap.equal(rm1.find("customer", customer["id"])["d"]["primary_rm_id"], branch.rm["rm1"], "until it is approved it is rm1's")
    branch.settle()
    done = branch.decide("sup1", made["cr"])
    tap.equal(done.returncode, 0, f"sup1 approves {done.stderr}")
    branch.settle()
    tap.check(rm4.find("customer", customer["id"]) is not None, "rm4 has the customer now")
    tap.check(rm1.find("customer", customer["id"]) is None, "rm1 has not any more")
    tap.check(rm2.find("customer", customer["id"]) is not None, "its wealth manager still has")
    tap.check(any(c["d"]["customer_id"] == customer["id"] for c in rm4.list("contact_point")), "with all that hangs on it")
    tap.check(not any(c["d"]["customer_id"] == customer["id"] for c in rm1.list("contact_point")), "which rm1's store has forgotten")
    branch.compare("handed over")


def with_evidence(branch):
    tap, desks = branch.tap, branch.desks
    tap.step("A new name, with evidence; a walk-in that becomes a customer; a tier, in two steps")
    rm1 = desks["rm1"]
    person = next(c for c in branch.mine[10:] if c["d"]["type"] == "PERSON")
    bare = rm1.json("set", "customer", person["id"], "name=张改名", "--reason", REASON)
    rm1.sync()
    issues = rm1.lines("issues")
    tap.check(len(issues) == 1 and issues[0]["result"].get("code") == "EVIDENCE", "without evidence the server refuses it", issues)
    tap.equal(rm1.run("issues", "drop", issues[0]["mid"]).returncode, 0, "rm1 lets it go")
    named = rm1.json("set", "customer", person["id"], "name=张改名", "--reason", REASON, "--evidence", f"{branch.evidence}:ID_IMAGE")
    rm1.sync()
    tap.equal(rm1.lines("issues"), [], "with evidence it is taken")
    desks["sup1"].sync()
    done = branch.decide("sup1", named["cr"])
    tap.equal(done.returncode, 0, f"sup1 approves the name {done.stderr}")
    rm1.sync()
    row = rm1.find("customer", person["id"])["d"]
    tap.equal((row["name"], row["name_initials"]), ("张改名", "zgm"), "the name and what it is found by are new")
    tap.check(person["id"] in [c["id"] for c in rm1.list("customer", "--search", "zgm")], "and it is found by its new initials")

    walk_in = rm1.json("new", "customer", "type=PERSON", "name=钱新客", "status=PROSPECT", f"primary_rm_id={branch.rm['rm1']}", f"org_id={person['d']['org_id']}", f"first_contact_at={MORNING}")
    rm1.do("new", "person_profile", f"customer_id={walk_in['id']}", "gender=1", "birth_date=1990-01-01")
    rm1.do("new", "identifier", f"customer_id={walk_in['id']}", "kind=ID_CARD", "number=33010619900101123X", "valid_to=2036-01-01")
    rm1.do("new", "contact_point", f"customer_id={walk_in['id']}", "kind=MOBILE", "value=13712340987", "is_primary=true")
    active = rm1.json("set", "customer", walk_in["id"], "status=ACTIVE", "--reason", REASON, "--evidence", f"{branch.evidence}:ID_IMAGE")
    branch.settle()
    tap.equal([i["result"] for i in rm1.lines("issues")], [], "a walk-in, its papers and its activation, all made offline, are taken in one go")
    done = branch.decide("sup1", active["cr"])
    tap.equal(done.returncode, 0, f"sup1 approves the activation {done.stderr}")
    rm1.sync()
    tap.equal(rm1.find("customer", walk_in["id"])["d"]["status"], "ACTIVE", "and the walk-in is a customer")

    tier = "DIAMOND" if person["d"]["tier"] != "DIAMOND" else "PLATINUM"
    asked = rm1.json("set", "customer", person["id"], f"tier={tier}", "--reason", "资产证明已核，符合等级标准", "--evidence", f"{branch.evidence}:ASSET_PROOF")
    branch.settle()
    done = branch.decide("sup1", asked["cr"])
    tap.equal(done.returncode, 1, "a supervisor does not decide on tiers")
    done = branch.decide("mgr1", asked["cr"])
    tap.equal(done.returncode, 0, f"the branch manager does {done.stderr}")
    rm1.sync()
    tap.equal(rm1.find("customer", person["id"])["d"]["tier"], person["d"]["tier"], "one step is not enough")
    hq1 = gxt.Desk(branch.bank, "hq1").sign_in()
    tap.check(asked["cr"] in hq1.do("review", "list", "--json"), "head office has it in its list")
    done = hq1.run("review", "approve", asked["cr"], "--note", "同意升级", "--password-file", hq1.password)
    tap.equal(done.returncode, 0, f"head office decides the second {done.stderr}")
    rm1.sync()
    tap.equal(rm1.find("customer", person["id"])["d"]["tier"], tier, "and the tier is new")
    branch.compare("after requests with evidence")


def moved_base(branch):
    tap, desks = branch.tap, branch.desks
    tap.step("Two requests for one field, made offline by two people who do not know of each other")
    rm1, rm2 = desks["rm1"], desks["rm2"]
    customer = next(c for c in branch.mine[20:] if c["d"].get("wealth_mgr_id") == branch.rm["rm2"])
    mobile = next(c for c in rm1.list("contact_point") if c["d"]["customer_id"] == customer["id"] and c["d"]["kind"] == "MOBILE")
    first = rm1.json("set", "contact_point", mobile["id"], "value=13511110001", "--reason", REASON)
    second = rm2.json("set", "contact_point", mobile["id"], "value=13511110002", "--reason", REASON)
    rm1.sync()
    rm2.sync()
    issues = rm2.lines("issues")
    tap.check(len(issues) == 1 and issues[0]["result"].get("code") == "FIELD_LOCKED", "the second is refused: the field has an open request", issues)
    tap.check("13511110002" in gxt.json.dumps(issues), "what rm2 wrote stays readable")
    desks["sup1"].sync()
    tap.equal(branch.decide("sup1", first["cr"]).returncode, 0, "the first is approved")
    rm2.do("issues", "drop", issues[0]["mid"])
    third = rm2.json("set", "contact_point", mobile["id"], "value=13511110003", "--reason", REASON)["cr"]
    rm2.sync()
    tap.equal(rm2.find("contact_point", mobile["id"])["d"]["value"], "13511110001", "rm2 sees the new number")
    tap.equal(rm2.find("change_request", third)["d"]["state"], "STALE", "rm2's request, which rests on the old one, is out of date")
    tap.equal(branch.decide("sup1", third).returncode, 1, "nobody approves it so")
    tap.equal(rm2.run("review", "rebase", third).returncode, 0, "rm2 looks again and rebases it")
    rm2.sync()
    tap.equal(rm2.find("change_request", third)["d"]["state"], "PENDING", "then it waits for review")
    tap.equal(branch.decide("sup1", third, "reject", "客户并未申请").returncode, 0, "and is rejected")
    fourth = rm2.json("set", "contact_point", mobile["id"], "value=13511110004", "--reason", REASON)["cr"]
    rm2.sync()
    tap.equal(rm2.lines("issues"), [], "which leaves the field free for another")
    tap.equal(rm2.run("review", "withdraw", fourth).returncode, 0, "that rm2 withdraws")
    branch.compare("after requests that met")


def copied_profile(branch):
    tap, desks, bank = branch.tap, branch.desks, branch.bank
    tap.step("A profile is copied, and both copies work on")
    rm4 = desks["rm4"]
    copy = gxt.Desk(bank, "rm4", name="rm4-copy")
    shutil.copytree(rm4.dir, copy.dir)
    shutil.copy(rm4.dir.with_suffix(".keyring"), copy.dir.with_suffix(".keyring"))
    customer = next(c for c in rm4.list("customer") if c["d"]["primary_rm_id"] == branch.rm["rm4"])
    for desk, subject in ((rm4, "原件"), (copy, "副本"), (rm4, "原件"), (copy, "副本")):
        desk.do("new", "interaction", f"customer_id={customer['id']}", "channel=PHONE", "purpose=SALES", f"subject={subject}", f"started_at={MORNING}", f"owner_id={branch.rm['rm4']}")
    rm4.sync()
    done = copy.run("sync")
    tap.check(done.returncode == 1 and "copy" in done.stderr, "the copy is told that it is one", (done.returncode, done.stderr))
    tap.equal(len(copy.lines("queue")), 2, "and loses nothing of what waits in it")
    copy.sign_in().sync()
    tap.equal(copy.lines("queue"), [], "after its person signed in, it goes on as a desk of its own")
    rm4.sync()
    subjects = sorted(r["d"]["subject"] for r in rm4.list("interaction") if r["d"]["subject"] in ("原件", "副本"))
    tap.equal(subjects, ["副本", "副本", "原件", "原件"], "what each of them sent is there once")
    branch.compare("beside a copied profile")


def restored_server(branch):
    """A backup is put back: what the bank lost with it comes again from the desks, once, and upon what they knew."""
    tap, desks, bank = branch.tap, branch.desks, branch.bank
    tap.step("The server is restored from a backup")
    rm1, rm2 = desks["rm1"], desks["rm2"]
    early, late = (c["id"] for c in branch.mine[30:32])

    def new_task(desk, customer, title, login):
        return desk.json("new", "task", f"title={title}", f"customer_id={customer}", "kind=CALL", f"due_at={MORNING}", "status=OPEN", f"assignee_id={branch.rm[login]}")["id"]

    kept = new_task(rm1, early, "备份之前的事", "rm1")
    rm1.sync()
    bank.stop()
    shutil.copytree(bank.dir, bank.dir.with_suffix(".backup"))
    bank.start()
    lost = new_task(rm1, late, "备份之后的事", "rm1")
    rm1.sync()
    rm1.do("set", "task", lost, "title=备份之后改过的事")
    rm1.do("set", "task", kept, "title=备份之前、之后改过的事")
    rm1.sync()
    waits = new_task(rm1, early, "还没有送出的事", "rm1")
    bank.stop()
    shutil.rmtree(bank.dir)
    shutil.copytree(bank.dir.with_suffix(".backup"), bank.dir)
    done = bank.admin("restored", "--data", bank.dir)
    tap.equal(done.returncode, 0, "the bank is told that it was restored " + done.stderr)
    bank.start()
    done = rm1.run("sync")
    tap.check(done.returncode == 1 and len(rm1.lines("queue")) == 1, "nobody is signed in any more, and what waits still waits", (done.returncode, done.stderr))
    for desk in desks.values():
        desk.sign_in()
    branch.compare("after the bank was restored")
    titles = {r["id"]: r["d"]["title"] for r in rm1.list("task")}
    tap.equal([titles.get(i) for i in (kept, lost, waits)], ["备份之前、之后改过的事", "备份之后改过的事", "还没有送出的事"], "what was lost with the server is there again")
    tap.equal([titles[i] for i in titles].count("备份之后改过的事"), 1, "and once")
    tap.equal(rm1.lines("queue"), [], "nothing waits any more")
    rm2.sync()


def keys_and_locks(branch):
    tap, desks, bank = branch.tap, branch.desks, branch.bank
    tap.step("One profile, one program, one login, one keyring")
    rm1 = desks["rm1"]
    done = rm1.run("sign-in", bank.url, "--ca", bank.ca, "--user", "rm2", "--password-file", rm1.password)
    tap.check(done.returncode == 1 and done.stderr.strip() != "", "another login is refused in rm1's profile", (done.returncode, done.stderr))
    bank.process.send_signal(signal.SIGSTOP)
    busy = subprocess.Popen(rm1.command("sync"), env=rm1.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    gxt.until("the first program has the profile", lambda: any(fd.exists() and fd.readlink().name == "store.db" for fd in pathlib.Path(f"/proc/{busy.pid}/fd").iterdir()))
    done = rm1.run("status")
    tap.check(done.returncode == 1 and done.stderr.strip() != "", "while one program works in a profile, another is refused", (done.returncode, done.stderr))
    bank.process.send_signal(signal.SIGCONT)
    tap.check(busy.communicate(timeout=gxt.PATIENCE) and busy.returncode == 0, "and the first one ends well", busy.returncode)
    wrong = branch.work / "wrong"
    wrong.write_text("not-the-password\n")
    done = gxt.Desk(bank, "rm2", name="stranger").run("sign-in", bank.url, "--ca", bank.ca, "--user", "rm2", "--password-file", wrong)
    tap.equal(done.returncode, 1, "a wrong password is refused")
    elsewhere = gxt.Bank(branch.work, "elsewhere")
    elsewhere.init()
    done = gxt.Desk(bank, "rm2", name="distrust").run("sign-in", bank.url, "--ca", elsewhere.ca, "--user", "rm2", "--password-file", rm1.password)
    tap.check(done.returncode != 0 and "certificate" in done.stderr.lower(), "a server of another authority is not trusted, and that is said", (done.returncode, done.stderr))
    bare = gxt.Desk(bank, "rm2", name="bare")
    bare.env = {k: v for k, v in bare.env.items() if not k.startswith("SECRET_") and k != "DBUS_SESSION_BUS_ADDRESS"}
    bare.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
    done = bare.run("sign-in", bank.url, "--ca", bank.ca, "--user", "rm2", "--password-file", bare.password)
    tap.check(done.returncode == 1 and "There is no keyring in this session" in done.stderr,
              f"without a keyring nobody's customers come to this computer: half of the key would have no home", done.stderr)
    tap.check(not (bare.dir / "ca.pem").exists() and "key=" not in (bare.dir / "store.key").read_text(), "and nothing of a profile is kept")


def own_password(branch):
    tap, bank = branch.tap, branch.bank
    tap.step("A password that somebody else knows is changed for one's own")
    bank.stop()
    bank.start("--rate-login", "off")     # a person does not sign in six times in a minute
    desk = gxt.Desk(bank, "rm5", name="own")
    desk.sign_in()
    mine = branch.work / "mine"
    mine.write_text("a-password-of-my-own-2026\n")
    done = desk.run("password", "--password-file", desk.password, "--new-password-file", mine)
    tap.equal(done.returncode, 0, f"the new password is taken {done.stderr}")
    desk.env["GUANXI_PASSWORD_FILE"] = str(mine)
    done = desk.run("sign-in", bank.url, "--ca", bank.ca, "--user", "rm5", "--password-file", desk.password)
    tap.equal(done.returncode, 1, "the old one signs nobody in any more")
    done = desk.run("sign-in", bank.url, "--ca", bank.ca, "--user", "rm5", "--password-file", mine)
    tap.equal(done.returncode, 0, f"the new one does {done.stderr}")


def shakes_hands(desk, version, ciphers):
    """Whether a desk goes as far as a whole handshake with a server that has the bank's certificate and speaks nothing else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(desk.bank.dir / "keys/server.pem", desk.bank.dir / "keys/server.key")
    context.set_ciphers(ciphers)
    context.minimum_version = context.maximum_version = version
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(gxt.PATIENCE)
        asker = subprocess.Popen(desk.command("sign-in", f"https://127.0.0.1:{listener.getsockname()[1]}", "--ca", desk.bank.ca, "--user", desk.login,
                                              "--password-file", desk.password), env=desk.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        near, _ = listener.accept()
        near.settimeout(gxt.PATIENCE)
        try:
            with context.wrap_socket(near, server_side=True):
                shaken = True
        except OSError:
            shaken = False
    asker.wait(gxt.PATIENCE)
    return shaken


def old_tls(branch):
    tap, desk = branch.tap, gxt.Desk(branch.bank, "rm2", name="old-tls")
    tap.step("A server that speaks what is out of date")
    warnings.simplefilter("ignore", DeprecationWarning)
    for what, version, ciphers, taken in (("TLS 1.1", ssl.TLSVersion.TLSv1_1, "ALL:@SECLEVEL=0", False),
                                          ("TLS 1.2 with CBC", ssl.TLSVersion.TLSv1_2, "ECDHE+AES+SHA256:!AESGCM", False),
                                          ("TLS 1.2 with GCM", ssl.TLSVersion.TLSv1_2, "ECDHE+AESGCM", True)):
        tap.equal(shakes_hands(desk, version, ciphers), taken, f"a desk {'speaks' if taken else 'does not speak'} {what}")


def script(tap, work, stack):
    branch = Branch(tap, work, stack)
    for part in (changes_hands, with_evidence, moved_base, copied_profile, restored_server, keys_and_locks, own_password, old_tls):
        part(branch)
    branch.bank.stop()
    verified = branch.bank.admin("audit", "verify", "--data", branch.bank.dir)
    tap.check(verified.returncode == 0, "audit verify is content with all of it", verified.stdout + verified.stderr)


gxt.run(script)
