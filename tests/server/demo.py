#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo bank is a bank that could be: stages follow one another and end where the customer stands, money moves and does
not come out of nothing, everybody's day has something in it, and one customer has a life to look at."""
import collections
import datetime
import pathlib
import sys
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

CUSTOMERS = 400
DAY_MS = 86400000
SHANGHAI_MS = 8 * 3600 * 1000
EPOCH = datetime.date(1970, 1, 1)
DECLINING, WON_BACK, VISIT, DONE = 5, 7, 2, 4


def stages(tap, bank):
    tap.step("Stages")
    last = {}
    broken = []
    for customer, before, after in bank.rows("SELECT customer_id, from_stage, to_stage FROM stage_hist ORDER BY customer_id, at, v"):
        if last.get(customer) != before:
            broken.append(customer.hex())
        last[customer] = after
    tap.equal(broken, [], "each change begins where the one before it ended")
    tap.equal(dict(bank.rows("SELECT id, lifecycle_stage FROM customer")), last, "and the last one is where the customer stands")


def risk(tap, bank, today):
    tap.step("Risk grades")
    ends = [row[0] - today for row in bank.rows("SELECT MAX(expires_on) FROM risk_assessment GROUP BY customer_id")]
    tap.check(any(end < 0 for end in ends), "some have expired", len(ends))
    tap.check(any(0 <= end <= 30 for end in ends), "some will within 30 days", len(ends))
    tap.equal(bank.rows("SELECT COUNT(*) FROM risk_assessment WHERE grade <> MIN(score / 20, 4) + 1"), [(0,)], "the grade follows from the score")


def money(tap, bank):
    tap.step("Money")
    totals = collections.defaultdict(dict)
    for customer, month, amount in bank.rows("SELECT h.customer_id, m.month, SUM(m.end_balance) FROM holding_month m JOIN holding h"
                                             " ON h.id = m.holding_id JOIN product p ON p.id = h.product_id WHERE p.line IN (1, 4, 6)"
                                             " GROUP BY 1, 2"):
        totals[customer][month] = amount
    stage = dict(bank.rows("SELECT id, lifecycle_stage FROM customer"))
    calm = {3, 4}
    steps = [months[b] / months[a] for c, months in totals.items() if stage[c] in calm
             for a, b in zip(sorted(months), sorted(months)[1:])]
    tap.check(len(steps) > 1000 and min(steps) > 0.8 and max(steps) < 1.25, "no month of a calm customer differs by a quarter from the one before",
              (len(steps), min(steps), max(steps)))
    tap.equal(bank.rows("SELECT COUNT(*) FROM (SELECT 1 FROM holding WHERE status = 1 GROUP BY customer_id, balance HAVING COUNT(*) > 1)"),
              [(0,)], "no two holdings of one customer have the same balance")
    tap.equal(bank.rows("SELECT COUNT(*) FROM holding_month m JOIN holding h ON h.id = m.holding_id JOIN product p ON p.id = h.product_id"
                        " WHERE p.code IN ('D001', 'B001') AND m.end_balance < 0"), [(0,)], "no current account was ever below nothing")
    flows = {(c, m): net for c, m, net in bank.rows("SELECT customer_id, month, in_amt - out_amt FROM txn_month")}
    wrong = [c.hex() for c, months in totals.items() for a, b in zip(sorted(months), sorted(months)[1:])
             if abs(months[b] - months[a] - flows.get((c, b), 0)) > 0.08 * months[a] + 100000]
    tap.equal(wrong, [], "what came in less what went out is by what the months differ")


def days(tap, bank, today):
    tap.step("Every manager's day")
    for login, person in bank.rows("SELECT login, employee_id FROM login WHERE login GLOB 'rm[0-9]*' AND login <> 'rm1b'"):
        when = collections.Counter()
        for due, kind, status in bank.rows("SELECT due_at, kind, status FROM task WHERE assignee_id = ?", person):
            day = (due + SHANGHAI_MS) // DAY_MS - today
            when["done" if status == DONE else "overdue" if day < 0 else "today" if day == 0 else "week" if day < 7 else "later"] += 1
            when["visit"] += status != DONE and kind == VISIT and day in (0, 1)
        soon = bank.rows("SELECT SUM(h.matures_on - ?1 BETWEEN 0 AND 7), SUM(h.matures_on - ?1 BETWEEN 0 AND 30) FROM holding h JOIN customer c"
                         " ON c.id = h.customer_id WHERE c.primary_rm_id = ?2 AND h.status = 1", today, person)[0]
        births = {(EPOCH + datetime.timedelta(born[0])).strftime("%m-%d") for born in bank.rows(
            "SELECT p.birth_date FROM person_profile p JOIN customer c ON c.id = p.customer_id WHERE c.primary_rm_id = ?", person)}
        ahead = {(EPOCH + datetime.timedelta(today + n)).strftime("%m-%d") for n in range(8)}
        tap.check(all(when[word] > 0 for word in "overdue today week later done visit".split()), f"{login} has late, today's, near, far and done tasks, and a visit",
                  dict(when))
        tap.check(soon[0] > 0 and soon[1] > soon[0], f"{login} has deposits that end within a week, and within a month", soon)
        tap.check(births & ahead, f"{login} has a birthday in the next days", ahead)


# What is said of persons only; whose it is said of a company is a customer who cannot be.
PERSONS = ("家庭", "家中", "身份证", "手机银行限额", "收入证明", "年金", "生日", "奖金", "升学", "办卡", "健康讲座")
COMPANIES = ("营业执照", "财务报表", "公司", "代发工资", "货款", "回单", "企业")


def companies(tap, bank):
    tap.step("What is asked of companies, and what of persons")
    said = collections.defaultdict(set)
    for query in ("SELECT c.type, t.title FROM task t JOIN customer c ON c.id = t.customer_id",
                  "SELECT c.type, v.goal || ' ' || v.place || ' ' || IFNULL(v.result, '') FROM visit v JOIN customer c ON c.id = v.customer_id",
                  "SELECT c.type, i.subject || ' ' || IFNULL(i.notes, '') FROM interaction i JOIN customer c ON c.id = i.customer_id"):
        for kind, words in bank.rows(query):
            said[kind].add(words.replace("家庭、工作或企业的变化", ""))     # the form's own heading
    person, company = sorted(said)
    tap.equal([words for words in said[company] if any(word in words for word in PERSONS)], [], "no company has a family, a birthday or an own card")
    tap.equal([words for words in said[person] if any(word in words for word in COMPANIES)], [], "and no person a balance sheet")
    met = [word for word in COMPANIES if any(word in words for words in said[company])]
    tap.check(len(met) >= 3, "companies are asked for what companies have", met)


def plans(tap, bank):
    tap.step("Plans")
    tap.equal(bank.rows("SELECT COUNT(*) FROM plan_tmpl WHERE status = 2"), [(3,)], "three templates are published")
    tap.check(bank.rows("SELECT COUNT(*) FROM plan WHERE status = 1")[0][0] > 5, "plans run")
    steps = collections.Counter()
    for source, step, customer in bank.rows("SELECT source, plan_item_id, customer_id FROM task WHERE plan_item_id IS NOT NULL"):
        steps[uuid.UUID(gxt.json.loads(source)["plan"]).bytes, customer] += 1
    wanted = dict(bank.rows("SELECT tmpl_id, COUNT(*) FROM plan_item_tmpl GROUP BY 1"))
    tap.equal(steps, {(plan, customer): wanted[tmpl] for plan, customer, tmpl in bank.rows("SELECT id, customer_id, tmpl_id FROM plan")},
              "each plan has a task a step, which names both")
    tap.equal(bank.rows("SELECT COUNT(*) FROM task t JOIN calendar_day d ON d.date = (t.due_at + 28800000) / 86400000"
                        " WHERE t.plan_item_id IS NOT NULL AND d.kind = 3"), [(0,)], "no step falls on a holiday")


def calendar(tap, bank):
    tap.step("The calendar")
    kinds = {str(EPOCH + datetime.timedelta(day)): kind for day, kind in bank.rows("SELECT date, kind FROM calendar_day")}
    wanted = {"2024-02-10": 3, "2024-02-04": 4, "2025-10-08": 3, "2025-09-28": 4, "2026-02-14": 4, "2026-02-15": 3, "2026-02-23": 3,
              "2026-02-28": 4, "2026-10-10": 4, "2026-01-04": 4}
    tap.equal({day: kinds.get(day) for day in wanted}, wanted, "holidays and make-up days are as announced")
    tap.check("2026-02-24" not in kinds and not any(day > "2027" for day in kinds), "and nothing more")
    weekend = [day for day, kind in kinds.items() if kind == 4 and datetime.date.fromisoformat(day).weekday() < 5]
    tap.equal(weekend, [], "what is worked for a holiday is a weekend's day")


def story(tap, bank):
    tap.step("A life")
    rm1 = bank.rows("SELECT employee_id FROM login WHERE login = 'rm1'")[0][0]
    rich = bank.rows("SELECT c.id, COUNT(*), COUNT(DISTINCT i.channel) FROM customer c JOIN interaction i ON i.customer_id = c.id"
                     " WHERE c.primary_rm_id = ? GROUP BY c.id ORDER BY 2 DESC LIMIT 1", rm1)[0]
    tap.check(rich[1] >= 300 and rich[2] == 14, "three hundred contacts on every channel", rich[1:])
    held = bank.rows("SELECT COUNT(*), SUM(status = 2) FROM holding WHERE customer_id = ?", rich[0])[0]
    tap.check(held[0] >= 12 and held[1] >= 6, "products opened and closed", held)
    passed = {row[0] for row in bank.rows("SELECT to_stage FROM stage_hist WHERE customer_id = ?", rich[0])}
    tap.check({DECLINING, WON_BACK} <= passed, "it went and was won back", passed)
    months = bank.rows("SELECT COUNT(DISTINCT month) FROM holding_month m JOIN holding h ON h.id = m.holding_id WHERE h.customer_id = ?", rich[0])
    tap.equal(months, [(120,)], "ten years of months")
    tap.equal(bank.rows("SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM holding_month GROUP BY holding_id)"), [(120,)], "no holding has more than travel")


def script(tap, work, stack):
    bank = gxt.Bank(work)
    stack.callback(bank.close)
    bank.init("--demo", "--customers", CUSTOMERS)
    today = bank.rows("SELECT MAX(as_of) FROM holding")[0][0]
    calendar(tap, bank)
    stages(tap, bank)
    risk(tap, bank, today)
    money(tap, bank)
    days(tap, bank, today)
    companies(tap, bank)
    plans(tap, bank)
    story(tap, bank)


gxt.run(script)
