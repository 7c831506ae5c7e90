-- SPDX-License-Identifier: GPL-3.0-or-later
-- Visits: the plan, the check-in and the check-out. Never changed once it is on main.

CREATE TABLE visit(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  customer_id @ID@, owner_id @ID@, task_id @ID@, plan_at @TIME@, minutes @INT@, position @INT@, status @ENUM@, goal @TEXT@,
  place @TEXT@, check_in_at @TIME@, check_in_geo @TEXT@, geo_state @ENUM@, radius_m @INT@, check_out_at @TIME@, result @TEXT@,
  offline @BOOL@, at @TIME@, off @INT@, clock_off @INT@) @STRICT@;

CREATE INDEX visit_customer ON visit(customer_id, plan_at);
CREATE INDEX visit_plan_at ON visit(plan_at);
