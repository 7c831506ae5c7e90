-- SPDX-License-Identifier: GPL-3.0-or-later
-- A desk's store: what the server sent, one table an entity, without foreign keys (a page may bring a child before its
-- parent), then what waits to be sent. Never changed once it is on main.

CREATE TABLE setting(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  code @TEXT@, value @TEXT@) @STRICT@;

CREATE TABLE org_unit(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  code @TEXT@, name @TEXT@, kind @ENUM@, parent_id @ID@, path @TEXT@, region @ENUM@, dept_kind @ENUM@,
  duty_text @TEXT@, duty_ver @INT@, active @BOOL@) @STRICT@;

CREATE TABLE employee(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, last_cr_id @ID@,
  staff_no @TEXT@, name @TEXT@, org_id @ID@, status @ENUM@) @STRICT@;

CREATE TABLE login(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, last_cr_id @ID@,
  employee_id @ID@, login @TEXT@, status @ENUM@) @STRICT@;

CREATE TABLE role_grant(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, last_cr_id @ID@,
  login_id @ID@, role @ENUM@, org_id @ID@, valid_from @TIME@, valid_to @TIME@) @STRICT@;

CREATE TABLE device(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  login_id @ID@, pubkey_ed25519 @BYTES@, cert_fp @TEXT@, name @TEXT@, enrolled_at @TIME@, status @ENUM@) @STRICT@;

CREATE TABLE product(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  code @TEXT@, name @TEXT@, family @ENUM@, line @ENUM@, risk_level @ENUM@, issuer @TEXT@, issuer_risk_level @ENUM@,
  entry_level @BOOL@, min_amount @MONEY@, professional_only @BOOL@, private_offer @BOOL@, cooling_hours @INT@,
  status @ENUM@, valid_from @DATE@, valid_to @DATE@, plain_text @TEXT@, example_text @TEXT@, age_note @TEXT@) @STRICT@;

CREATE TABLE customer(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, last_cr_id @ID@,
  cif_no @TEXT@, type @ENUM@, name @TEXT@, name_pinyin @TEXT@, name_initials @TEXT@, status @ENUM@,
  merged_into_id @ID@, lifecycle_stage @ENUM@, value_class @ENUM@, tier @ENUM@, need_diversity @INT@,
  key_account @BOOL@, primary_rm_id @ID@, wealth_mgr_id @ID@, org_id @ID@, first_contact_at @TIME@,
  entry_due_at @TIME@, entry_done_at @TIME@, entry_state @ENUM@, onboarded_on @DATE@, dq_score @INT@,
  dq_missing @JSON@, pref_channel @ENUM@, quiet_from @TEXT@, quiet_to @TEXT@, dnd @BOOL@, profiling_optout @BOOL@,
  lang @TEXT@, confidentiality @ENUM@) @STRICT@;

CREATE INDEX customer_name ON customer(name_pinyin, name);
CREATE INDEX customer_rm ON customer(primary_rm_id);

CREATE TABLE person_profile(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, last_cr_id @ID@,
  customer_id @ID@, gender @TEXT@, birth_date @DATE@, lunar_birthday @TEXT@, nationality @TEXT@, ethnic @TEXT@,
  marital @TEXT@, education @TEXT@, occupation @TEXT@, occ_group @ENUM@, employer @TEXT@, position @TEXT@,
  income_band @ENUM@, annual_income @MONEY@, hobbies @TEXT@, invest_years @INT@, invest_goal @TEXT@,
  lifestyle @TEXT@, note @TEXT@) @STRICT@;

CREATE TABLE org_profile(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, last_cr_id @ID@,
  customer_id @ID@, uscc @TEXT@, legal_rep @TEXT@, legal_rep_id @TEXT@, reg_capital @MONEY@, reg_date @DATE@,
  industry @TEXT@, employees @INT@, annual_revenue @MONEY@, total_assets @MONEY@, enterprise_size @ENUM@,
  listed @BOOL@, group_name @TEXT@, credit_rating @TEXT@, tax_rating @ENUM@) @STRICT@;

CREATE TABLE change_request(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  kind @TEXT@, op @TEXT@, tbl @TEXT@, entity_id @ID@, branch_id @ID@, rev @INT@, digest @TEXT@, state @TEXT@,
  maker_id @ID@, required_n @INT@, strict @BOOL@, effective_at @TIME@, due_at @TIME@, escalated_at @TIME@,
  applied_seq @INT@, reason @TEXT@, base_v @INT@, base_fv @JSON@, before @JSON@, after @JSON@, evidence @JSON@,
  parties @JSON@, decisions @JSON@, maker_sig @TEXT@, submitted_at @TIME@) @STRICT@;

CREATE INDEX change_request_entity ON change_request(entity_id);
CREATE INDEX change_request_state ON change_request(state, due_at);

CREATE TABLE attachment(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  sha256 @TEXT@, name @TEXT@, mime @TEXT@, size @INT@, kind @ENUM@, valid_to @DATE@, cr_id @ID@) @STRICT@;

CREATE INDEX attachment_cr ON attachment(cr_id) WHERE cr_id IS NOT NULL;

CREATE TABLE identifier(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, last_cr_id @ID@,
  customer_id @ID@, kind @ENUM@, number @TEXT@, issue_org @TEXT@, valid_from @DATE@, valid_to @DATE@,
  verified_at @TIME@, verify_method @TEXT@, image_att @ID@) @STRICT@;

CREATE INDEX identifier_customer ON identifier(customer_id);

CREATE TABLE contact_point(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, last_cr_id @ID@,
  customer_id @ID@, kind @ENUM@, value @TEXT@, label @TEXT@, is_primary @BOOL@, verified_at @TIME@,
  verify_method @TEXT@, opt_out @BOOL@) @STRICT@;

CREATE INDEX contact_point_customer ON contact_point(customer_id);

CREATE TABLE address(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, last_cr_id @ID@,
  customer_id @ID@, kind @ENUM@, region_code @TEXT@, line @TEXT@, postcode @TEXT@, lat @INT@, lon @INT@) @STRICT@;

CREATE INDEX address_customer ON address(customer_id);

CREATE TABLE relationship(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  from_id @ID@, to_id @ID@, kind @ENUM@, pct @PPM@, from_date @DATE@, to_date @DATE@, source @TEXT@) @STRICT@;

CREATE INDEX relationship_from ON relationship(from_id);
CREATE INDEX relationship_to ON relationship(to_id);

CREATE TABLE holding(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  customer_id @ID@, product_id @ID@, acct_no @TEXT@, ccy @TEXT@, opened_on @DATE@, matures_on @DATE@, status @ENUM@,
  balance @MONEY@, limit_amt @MONEY@, rate_ppm @PPM@, source_system @ENUM@, as_of @DATE@) @STRICT@;

CREATE INDEX holding_customer ON holding(customer_id);

CREATE TABLE holding_month(
  holding_id @ID@ NOT NULL, month @DATE@ NOT NULL, avg_balance @MONEY@, end_balance @MONEY@, ftp_ppm @PPM@,
  cust_ppm @PPM@, fee_income @MONEY@, expected_loss @MONEY@, cost @MONEY@, PRIMARY KEY(holding_id, month)) @COMPACT@;

CREATE TABLE txn_month(
  customer_id @ID@ NOT NULL, month @DATE@ NOT NULL, in_amt @MONEY@, out_amt @MONEY@, in_cnt @INT@, out_cnt @INT@,
  cust_initiated_cnt @INT@, own_name_out_other_bank @MONEY@, last_txn_on @DATE@, login_cnt @INT@,
  PRIMARY KEY(customer_id, month)) @COMPACT@;

CREATE TABLE interaction(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  customer_id @ID@, channel @ENUM@, direction @ENUM@, purpose @ENUM@, subject @TEXT@, notes @TEXT@,
  next_steps @TEXT@, started_at @TIME@, ended_at @TIME@, minutes @INT@, owner_id @ID@, attendees @JSON@,
  discussed_ids @JSON@, confidentiality @ENUM@, sentiment @INT@, prev_ver_id @ID@, lint_flags @JSON@, at @TIME@,
  off @INT@, clock_off @INT@) @STRICT@;

CREATE INDEX interaction_customer ON interaction(customer_id, started_at);

CREATE TABLE task(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  title @TEXT@, customer_id @ID@, kind @ENUM@, due_at @TIME@, remind_at @TIME@, priority @INT@, status @ENUM@,
  assignee_id @ID@, source @JSON@, plan_item_id @ID@, result @TEXT@, snooze_cnt @INT@) @STRICT@;

CREATE INDEX task_customer ON task(customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX task_assignee ON task(assignee_id, status, due_at);

CREATE TABLE life_event(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  customer_id @ID@, domain @ENUM@, type @ENUM@, happened_on @DATE@, source @ENUM@, sensitivity @ENUM@, note @TEXT@,
  expires_on @DATE@, check_fields @JSON@) @STRICT@;

CREATE INDEX life_event_customer ON life_event(customer_id, happened_on);

CREATE TABLE need(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  customer_id @ID@, category @ENUM@, detail @TEXT@, source_interaction_id @ID@, status @ENUM@, due_on @DATE@) @STRICT@;

CREATE INDEX need_customer ON need(customer_id);

CREATE TABLE notification(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@, v0 @INT@, fv @JSON@, masked @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@,
  employee_id @ID@, kind @TEXT@, params @JSON@, link @TEXT@, read_at @TIME@) @STRICT@;

-- Where the desk stands with its server: client_id, epoch, cursor, schema, lease_until …
CREATE TABLE meta(k @TEXT@ NOT NULL PRIMARY KEY, v @TEXT@ NOT NULL) @STRICT@;

-- The scopes that are held or being fetched: start is the head before the first page, after the key of the last one.
CREATE TABLE scope(
  id @INT@ PRIMARY KEY, name @TEXT@ NOT NULL UNIQUE, start @INT@, after @TEXT@, n_rows @INT@ NOT NULL DEFAULT 0,
  held @BOOL@ NOT NULL DEFAULT 0) @STRICT@;

-- tbl is the entity's permanent number. A row lives as long as some scope holds it.
CREATE TABLE member(
  tbl @INT@ NOT NULL, id @ID@ NOT NULL, scope @INT@ NOT NULL, PRIMARY KEY(tbl, id, scope)) @COMPACT@;

-- What waits to be sent, in order; the wire's own JSON, never lost by any reset.
CREATE TABLE queue(
  mid @INT@ NOT NULL PRIMARY KEY, mut_id @ID@ NOT NULL UNIQUE, bundle @ID@, tbl @TEXT@, id @ID@ NOT NULL, op @TEXT@ NOT NULL,
  body @JSON@ NOT NULL, schema @INT@ NOT NULL, created_at @TIME@ NOT NULL, sent_at @TIME@) @STRICT@;

CREATE INDEX queue_row ON queue(id);

CREATE TABLE result(mid @INT@ NOT NULL PRIMARY KEY, st @TEXT@ NOT NULL, body @JSON@ NOT NULL, seen @BOOL@ NOT NULL DEFAULT 0) @STRICT@;

-- Acknowledged mutations, kept for the overlay until a pull covers seq, and for a server that comes back from a backup.
CREATE TABLE acked(
  mid @INT@ NOT NULL PRIMARY KEY, mut_id @ID@ NOT NULL, tbl @TEXT@, id @ID@ NOT NULL, seq @INT@, body @JSON@ NOT NULL,
  until @TIME@ NOT NULL) @STRICT@;

CREATE INDEX acked_row ON acked(id);

CREATE TABLE issue(
  mid @INT@ NOT NULL PRIMARY KEY, kind @TEXT@ NOT NULL, body @JSON@ NOT NULL, opened_at @TIME@ NOT NULL, closed_at @TIME@) @STRICT@;

CREATE TABLE blob(
  sha256 @TEXT@ NOT NULL PRIMARY KEY, size @INT@ NOT NULL, type @TEXT@ NOT NULL, name @TEXT@,
  state @TEXT@ NOT NULL CHECK(state IN ('WAITING', 'SENT', 'HELD')), sent @INT@ NOT NULL DEFAULT 0, path @TEXT@ NOT NULL) @STRICT@;

-- The signed checkpoints of the server's audit log that this desk has seen.
CREATE TABLE sth(size @INT@ NOT NULL PRIMARY KEY, root @BYTES@ NOT NULL, note @TEXT@ NOT NULL, at @TIME@ NOT NULL) @STRICT@;

-- Which row of the name index (name_fts, in the driver's file) is whose.
CREATE TABLE name_row(n @INT@ PRIMARY KEY, customer_id @ID@ NOT NULL UNIQUE) @STRICT@;
