-- SPDX-License-Identifier: GPL-3.0-or-later
-- Visits: the plan, the check-in and the check-out. Never changed once it is on main.

CREATE TABLE visit(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  owner_id @ID@ NOT NULL REFERENCES employee(id), task_id @ID@ REFERENCES task(id) DEFERRABLE INITIALLY DEFERRED,
  plan_at @TIME@ NOT NULL, minutes @INT@, position @INT@, status @ENUM@ NOT NULL CHECK(status > 0), goal @TEXT@, place @TEXT@,
  check_in_at @TIME@, check_in_geo @TEXT@, geo_state @ENUM@ CHECK(geo_state > 0), radius_m @INT@, check_out_at @TIME@,
  result @TEXT@, offline @BOOL@ NOT NULL DEFAULT 0 CHECK(offline IN (0, 1)), at @TIME@, off @INT@, clock_off @INT@) @STRICT@;

CREATE INDEX visit_customer ON visit(customer_id, plan_at);
CREATE INDEX visit_status ON visit(status, plan_at);
