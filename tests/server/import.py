#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`guanxi-server import berka` on a small bank of the same shape, with the quirks of the real one and rows that are
broken on purpose: what it counts, totals and refuses is compared with sums made here, from the files, by other means."""
import pathlib
import re
import shutil
import subprocess
import sys
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

FIXTURE = pathlib.Path(__file__).parents[1] / "fixtures" / "berka"

# What is broken on purpose: file, line, and a word of the reason.
BROKEN = {
    "district.asc": {},
    "client.asc": {10: "birth_number", 11: "client_id", 12: "row", 13: "district_id"},
    "account.asc": {8: "date", 9: "account_id"},
    "disp.asc": {10: "account_id"},
    "order.asc": {7: "account_id"},
    "loan.asc": {6: "date", 7: "payments"},
    "card.asc": {5: "disp_id"},
    "trans.asc": {12: "date", 21: "account_id", 30: "row", 39: "trans_id", 48: "amount", 57: "row"},
}


def good_rows(name):
    """The rows that are not broken, split by hand."""
    lines = (FIXTURE / name).read_bytes().decode("ascii").split("\r\n")
    head = lines[0].replace('"', "").split(";")
    for number, line in enumerate(lines[1:], 2):
        if line and number not in BROKEN[name]:
            yield dict(zip(head, [field.strip('"') for field in line.split(";")]))


def minor(text):
    return int(Decimal(text) * 100)


def totals():
    trans = list(good_rows("trans.asc"))
    return {
        "orders: amount": sum(minor(r["amount"]) for r in good_rows("order.asc")),
        "loans: amount": sum(minor(r["amount"]) for r in good_rows("loan.asc")),
        "loans: monthly payments": sum(minor(r["payments"]) for r in good_rows("loan.asc")),
        "transactions: amount": sum(minor(r["amount"]) for r in trans),
        "transactions: credits": sum(minor(r["amount"]) for r in trans if r["type"] == "PRIJEM"),
        "transactions: debits": sum(minor(r["amount"]) for r in trans if r["type"] in ("VYDAJ", "VYBER")),
        "transactions: posted balances": sum(minor(r["balance"]) for r in trans),
    }


def read_report(text):
    """Counts, refusals and totals as they were printed."""
    counts, refused, sums, current = {}, {}, {}, None
    for line in text.split("\n"):
        if found := re.match(r"(\S+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)$", line):
            current = found[1]
            counts[current] = tuple(map(int, found.groups()[1:]))
            refused[current] = {}
        elif found := re.match(r"\s+line (\d+): (.+)$", line):
            refused[current][int(found[1])] = found[2]
        elif found := re.match(r"\s+(\S.*?)\s+(-?[\d]+\.\d\d)$", line):
            sums[found[1]] = minor(found[2])
    return counts, refused, sums


def dump(bank):
    """Every row of every table that an import could touch, and the clock."""
    with bank.sql() as db:
        tables = [t for t, in db.execute("SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'name_fts%' AND name NOT LIKE 'sqlite_%' ORDER BY 1")]
        return {table: sorted(map(repr, db.execute(f'SELECT * FROM "{table}"'))) for table in tables}


def differences(a, b):
    return [f"{table}: {len(a[table])} rows, then {len(b[table])}" for table in a if a[table] != b[table]]


def check_refusals(tap, refused):
    for name, lines in BROKEN.items():
        told = next(found for file, found in refused.items() if file.startswith(name))
        tap.equal(sorted(told), sorted(lines), f"{name}: the broken lines are refused, and no other")
        for line, word in lines.items():
            tap.check(word in told.get(line, ""), f"{name}: line {line} is refused for its {word}", told.get(line))


def check_rows(tap, bank):
    rows = bank.rows
    tap.equal(rows("SELECT count(*) FROM customer WHERE type=1 AND name LIKE '%客户%'")[0][0], 8, "8 clients became customers, unnamed")
    clients = {r["client_id"]: r for r in good_rows("client.asc")}
    women = sum(int(r["birth_number"][2:4]) > 50 for r in clients.values())
    tap.equal(dict(rows("SELECT gender, count(*) FROM person_profile GROUP BY 1")), {"1": len(clients) - women, "2": women}, "sexes are decoded from the month")
    born = {f"客户 {n}": f"19{r['birth_number'][:2]}-{int(r['birth_number'][2:4]) % 50:02d}-{r['birth_number'][4:]}" for n, r in clients.items()}
    tap.equal(dict(rows("SELECT c.name, date(p.birth_date * 86400, 'unixepoch') FROM person_profile p JOIN customer c ON c.id = p.id")), born, "and so are the birth dates")
    tap.equal(rows("SELECT count(*) FROM org_unit WHERE code LIKE 'D%'")[0][0], 3, "3 districts became branches")
    tap.equal(rows("""SELECT name FROM org_unit WHERE code='D69'""")[0][0], 'Horni "Nova" Ves', "a name with quotation marks is kept")
    tap.equal(rows("SELECT count(*) FROM relationship")[0][0], 2, "2 disponents became signatories")
    tap.equal(dict(rows("SELECT p.code, count(*) FROM holding h JOIN product p ON p.id = h.product_id GROUP BY 1")),
              {"BERKA-ACCOUNT": 6, "BERKA-LOAN": 4, "BERKA-CARD-classic": 1, "BERKA-CARD-gold": 1, "BERKA-CARD-junior": 1}, "accounts, loans and cards became holdings")
    tap.equal(rows("SELECT c.name, u.code FROM customer c JOIN org_unit u ON u.id = c.org_id WHERE c.name IN ('客户 34', '客户 13') ORDER BY 1"),
              [("客户 13", "D69"), ("客户 34", "D69")], "the unit is the account's district, not the client's")
    tap.equal(dict(rows("SELECT code, value FROM setting WHERE code IN ('business_date', 'ccy')")), {"business_date": "1998-12-31", "ccy": "CZK"}, "the business date is the source's last day")


def check_months(tap, bank):
    """Flows and balances of each month, against sums over the transactions."""
    owner = {r["account_id"]: r["client_id"] for r in good_rows("disp.asc") if r["type"] == "OWNER"}
    flows, ends = {}, {}
    for r in sorted(good_rows("trans.asc"), key=lambda r: (r["date"], int(r["trans_id"]))):
        key = (f"客户 {owner[r['account_id']]}", f"19{r['date'][:2]}-{r['date'][2:4]}")
        into, out, n_in, n_out = flows.get(key, (0, 0, 0, 0))
        amount, is_in = minor(r["amount"]), r["type"] == "PRIJEM"
        flows[key] = (into + amount * is_in, out + amount * (not is_in), n_in + is_in, n_out + (not is_in))
        ends[key] = minor(r["balance"])
    tap.equal({(n, m): (a or 0, b or 0, c or 0, d or 0) for n, m, a, b, c, d in bank.rows(
        "SELECT c.name, strftime('%Y-%m', t.month * 86400, 'unixepoch'), in_amt, out_amt, in_cnt, out_cnt FROM txn_month t JOIN customer c ON c.id = t.customer_id")},
        flows, f"the flows of {len(flows)} months")
    tap.equal({(n, m): e for n, m, e in bank.rows(
        "SELECT c.name, strftime('%Y-%m', m.month * 86400, 'unixepoch'), m.end_balance FROM holding_month m JOIN holding h ON h.id = m.holding_id JOIN customer c ON c.id = h.customer_id")},
        ends, "and the balance at the end of each")


def script(tap, work, stack):
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    source = work / "source"
    shutil.copytree(FIXTURE, source)
    subprocess.run(["xz", source / "loan.asc"], check=True)

    tap.step("A new bank, and a dry run")
    bank.init()
    before = dump(bank)
    dry = bank.admin("import", "berka", source, "--data", bank.dir, "--dry-run", env={**gxt.os.environ, "LANGUAGE": "en"})
    tap.equal(dry.returncode, 0, "a dry run ends well")
    tap.equal(differences(before, dump(bank)), [], "and writes nothing")
    _, refused, sums = read_report(dry.stdout)
    check_refusals(tap, refused)
    tap.equal(sums, totals(), "its totals equal the sums made here")

    tap.step("The import")
    done = bank.admin("import", "berka", source, "--data", bank.dir)
    tap.note(done.stdout + done.stderr)
    tap.equal(done.returncode, 0, "the import ends well although rows are broken")
    counts, refused, sums = read_report(done.stdout)
    check_refusals(tap, refused)
    tap.equal(sums, totals(), "control totals equal the sums made here")
    for name, broken in BROKEN.items():
        lines = sum(1 for line in (FIXTURE / name).read_bytes().split(b"\r\n") if line) - 1
        shown = next(c for file, c in counts.items() if file.startswith(name))
        tap.equal((shown[0], shown[3]), (lines, len(broken)), f"{name}: {lines} read, {len(broken)} refused")
    check_rows(tap, bank)
    check_months(tap, bank)

    tap.step("Once more")
    first = dump(bank)
    again = bank.admin("import", "berka", source, "--data", bank.dir)
    tap.equal(again.returncode, 0, "a second run ends well")
    tap.equal(differences(first, dump(bank)), [], "and changes nothing: no row, no sequence, no entry")
    tap.equal({sum(c[1:2]) for c in read_report(again.stdout)[0].values()}, {0}, "it says that it wrote nothing")

    tap.step("What the audit log says")
    entries = [entry.decode() if isinstance(entry, bytes) else entry for entry, in bank.rows("SELECT entry FROM audit_log WHERE action='import' ORDER BY seq")]
    tap.equal(len(entries), len(BROKEN), "one entry a file")
    for name in BROKEN:
        path = next(p for p in source.iterdir() if p.name.startswith(name))
        digest = gxt.hashlib.sha256(path.read_bytes()).hexdigest()
        tap.check(any(digest in entry for entry in entries), f"{path.name}: an entry has the SHA-256 of the file as it lies there")
    tap.check(not any("客户" in entry or "706213" in entry for entry in entries), "and no value of anybody")
    verified = bank.admin("audit", "verify", "--data", bank.dir)
    tap.equal(verified.returncode, 0, "audit verify is content")

    tap.step("A login of the import that got a password")
    passwords = work / "passwords"
    passwords.write_text(f"# of the test\nrm-d01-1:{gxt.PASSWORD}\n")
    tap.equal(bank.admin("import", "berka", source, "--data", bank.dir, "--password-file", passwords).returncode, 0, "a third run, with --password-file")
    bank.start()
    rm = gxt.Caller(bank).sign_in("rm-d01-1")
    tap.equal(sorted(c["d"]["name"] for c in rm.list("customer")), ["客户 1", "客户 2", "客户 3"], "the RM of the first district signs in and sees its customers")
    tap.equal(gxt.Caller(bank).post("/v1/auth/sign-in", {"login": "rm-d02-1", "password": gxt.PASSWORD, "client_id": gxt.new_id()}).status, 401, "a login without a password stays shut")
    tap.equal(bank.admin("import", "berka", source, "--data", bank.dir).returncode, 2, "while the server runs, an import is refused")
    tap.equal(bank.stop(), 0, "the server stops")


gxt.run(script)
