-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a list of customers shows that stands in other rows: derived here from the tables above, one row a customer. Never
-- changed once it is on main.

-- v is the number of the making: a row of an earlier one is to be made anew (gxc-digest.c).
CREATE TABLE customer_digest(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  ccy @TEXT@, aum @MONEY@, debt @MONEY@, aum_before @MONEY@, months @JSON@, months_to @DATE@, last_contact_at @TIME@,
  last_channel @ENUM@, contacts_12m @INT@, open_tasks @INT@, next_task_id @ID@, next_due_at @TIME@, matures_on @DATE@,
  maturing @MONEY@, cadence_due_on @DATE@, birthday @INT@, risk_grade @ENUM@, risk_expires_on @DATE@) @STRICT@;

-- A list in the order of a figure reads one index and nothing else.
CREATE INDEX customer_digest_aum ON customer_digest(aum, id);
CREATE INDEX customer_digest_contact ON customer_digest(last_contact_at, id);
CREATE INDEX customer_digest_cadence ON customer_digest(cadence_due_on, id);
CREATE INDEX customer_digest_matures ON customer_digest(matures_on, id);
CREATE INDEX customer_digest_due ON customer_digest(next_due_at, id);
CREATE INDEX customer_digest_birthday ON customer_digest(birthday, id);
CREATE INDEX customer_digest_risk ON customer_digest(risk_expires_on, id);
CREATE INDEX customer_digest_made ON customer_digest(v);
