-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which customers a person keeps an eye on. Never changed once it is on main.

CREATE TABLE pin(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  employee_id @ID@ NOT NULL REFERENCES employee(id), customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  at @TIME@ NOT NULL) @STRICT@;

CREATE INDEX pin_employee ON pin(employee_id);
CREATE INDEX pin_customer ON pin(customer_id);
