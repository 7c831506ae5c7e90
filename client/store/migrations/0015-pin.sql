-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which customers the person keeps an eye on, here and in their figures, so that a list of them is one index. Nobody is pinned
-- yet, so the figures that are made are right. Never changed once it is on main.

CREATE TABLE pin(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  employee_id @ID@, customer_id @ID@, at @TIME@) @STRICT@;

CREATE INDEX pin_customer ON pin(customer_id, at);

ALTER TABLE customer_digest ADD COLUMN pinned_at @TIME@;

CREATE INDEX customer_digest_pinned ON customer_digest(pinned_at, id) WHERE pinned_at IS NOT NULL;
