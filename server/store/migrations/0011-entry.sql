-- SPDX-License-Identifier: GPL-3.0-or-later
-- The clocks of R-ENTRY that run: whom the sweep looks at, and what was told already (0 nothing, 1 that it is due, 2 that it is
-- late). Never changed once it is on main.

CREATE TABLE entry_clock(
  customer_id @ID@ NOT NULL PRIMARY KEY REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED, due_at @TIME@ NOT NULL,
  told @INT@ NOT NULL CHECK(told BETWEEN 0 AND 2)) @COMPACT@;

CREATE INDEX entry_clock_due ON entry_clock(due_at);

INSERT INTO entry_clock(customer_id, due_at, told)
  SELECT id, entry_due_at, CASE entry_state WHEN 3 THEN 2 ELSE 0 END FROM customer
  WHERE entry_due_at IS NOT NULL AND entry_done_at IS NULL AND del = 0;
