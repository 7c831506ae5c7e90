-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a desk plans with: the bank's calendar, what a tier is owed, a person's views, a customer's stages and risk grades, and
-- care plans. Never changed once it is on main.

CREATE TABLE calendar_day(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  date @DATE@, kind @ENUM@, name @TEXT@) @STRICT@;

CREATE INDEX calendar_day_date ON calendar_day(date);

CREATE TABLE tier_policy(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  tier @ENUM@, contact_days @INT@, visit_per_quarter @INT@, report_per_quarter @INT@, rm_max_customers @INT@) @STRICT@;

CREATE TABLE saved_view(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  employee_id @ID@, screen @TEXT@, name @TEXT@, position @INT@, filter @JSON@, columns @JSON@, sort @TEXT@,
  descending @BOOL@) @STRICT@;

CREATE TABLE stage_hist(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  customer_id @ID@, from_stage @ENUM@, to_stage @ENUM@, at @TIME@, cause @JSON@, automatic @BOOL@) @STRICT@;

CREATE INDEX stage_hist_customer ON stage_hist(customer_id, at);

CREATE TABLE risk_assessment(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  customer_id @ID@, grade @ENUM@, score @INT@, at @TIME@, by_id @ID@, channel @ENUM@, expires_on @DATE@, q_ver @INT@) @STRICT@;

CREATE INDEX risk_assessment_customer ON risk_assessment(customer_id, at);

CREATE TABLE plan_tmpl(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  code @TEXT@, name @TEXT@, version @INT@, status @ENUM@, trigger @ENUM@) @STRICT@;

CREATE TABLE plan_item_tmpl(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  tmpl_id @ID@, seq @INT@, title @TEXT@, kind @ENUM@, offset_days @INT@, offset_kind @ENUM@, required @BOOL@) @STRICT@;

CREATE INDEX plan_item_tmpl_tmpl ON plan_item_tmpl(tmpl_id, seq);

CREATE TABLE plan(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  tmpl_id @ID@, customer_id @ID@, started_on @DATE@, status @ENUM@, pct @INT@) @STRICT@;

CREATE INDEX plan_customer ON plan(customer_id);
