-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a desk plans with: the bank's calendar, what a tier is owed, a person's views, a customer's stages and risk grades, and
-- care plans. Never changed once it is on main.

CREATE TABLE calendar_day(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  date @DATE@ NOT NULL, kind @ENUM@ NOT NULL CHECK(kind > 0), name @TEXT@, UNIQUE(date)) @STRICT@;

CREATE TABLE tier_policy(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  tier @ENUM@ NOT NULL CHECK(tier > 0), contact_days @INT@, visit_per_quarter @INT@, report_per_quarter @INT@,
  rm_max_customers @INT@, UNIQUE(tier)) @STRICT@;

CREATE TABLE saved_view(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  employee_id @ID@ NOT NULL REFERENCES employee(id), screen @TEXT@ NOT NULL, name @TEXT@ NOT NULL, position @INT@,
  filter @JSON@, columns @JSON@, sort @TEXT@,
  descending @BOOL@ NOT NULL DEFAULT 0 CHECK(descending IN (0, 1))) @STRICT@;

CREATE INDEX saved_view_employee ON saved_view(employee_id);

CREATE TABLE stage_hist(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  from_stage @ENUM@ CHECK(from_stage > 0), to_stage @ENUM@ NOT NULL CHECK(to_stage > 0), at @TIME@ NOT NULL, cause @JSON@,
  automatic @BOOL@ NOT NULL DEFAULT 0 CHECK(automatic IN (0, 1))) @STRICT@;

CREATE INDEX stage_hist_customer ON stage_hist(customer_id, at);

CREATE TABLE risk_assessment(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  grade @ENUM@ NOT NULL CHECK(grade > 0), score @INT@, at @TIME@ NOT NULL, by_id @ID@ REFERENCES employee(id),
  channel @ENUM@ CHECK(channel > 0), expires_on @DATE@ NOT NULL, q_ver @INT@) @STRICT@;

CREATE INDEX risk_assessment_customer ON risk_assessment(customer_id, at);

CREATE TABLE plan_tmpl(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  code @TEXT@ NOT NULL, name @TEXT@ NOT NULL, version @INT@, status @ENUM@ CHECK(status > 0), trigger @ENUM@ CHECK(trigger > 0),
  UNIQUE(code, version)) @STRICT@;

CREATE TABLE plan_item_tmpl(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  tmpl_id @ID@ NOT NULL REFERENCES plan_tmpl(id), seq @INT@ NOT NULL, title @TEXT@ NOT NULL, kind @ENUM@ CHECK(kind > 0),
  offset_days @INT@ NOT NULL, offset_kind @ENUM@ CHECK(offset_kind > 0),
  required @BOOL@ NOT NULL DEFAULT 0 CHECK(required IN (0, 1)), UNIQUE(tmpl_id, seq)) @STRICT@;

CREATE TABLE plan(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  tmpl_id @ID@ NOT NULL REFERENCES plan_tmpl(id),
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  started_on @DATE@ NOT NULL, status @ENUM@ CHECK(status > 0), pct @INT@) @STRICT@;

CREATE INDEX plan_customer ON plan(customer_id);
