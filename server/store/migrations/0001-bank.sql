-- SPDX-License-Identifier: GPL-3.0-or-later
-- The bank's database: one table an entity, one column a field (the schema-agreement test holds them together), then what
-- only the server knows: order, scopes, sessions, reviews, the audit tree. Never changed once it is on main.
-- Keys to a customer are deferred: an importer writes children before their customer.

CREATE TABLE setting(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  code @TEXT@ NOT NULL, value @TEXT@ NOT NULL, UNIQUE(code)) @STRICT@;

CREATE TABLE org_unit(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  code @TEXT@ NOT NULL, name @TEXT@ NOT NULL, kind @ENUM@ NOT NULL CHECK(kind > 0),
  parent_id @ID@ REFERENCES org_unit(id), path @TEXT@ NOT NULL, region @ENUM@ CHECK(region > 0),
  dept_kind @ENUM@ CHECK(dept_kind > 0), duty_text @TEXT@, duty_ver @INT@,
  active @BOOL@ NOT NULL DEFAULT 0 CHECK(active IN (0, 1)), UNIQUE(code), UNIQUE(path)) @STRICT@;

CREATE TABLE employee(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  last_cr_id @ID@,
  staff_no @TEXT@ NOT NULL, name @TEXT@ NOT NULL, org_id @ID@ NOT NULL REFERENCES org_unit(id), mobile @SEALED@,
  mobile_bi @BYTES@, email @SEALED@, email_bi @BYTES@, status @ENUM@ NOT NULL CHECK(status > 0), UNIQUE(staff_no)) @STRICT@;

CREATE TABLE login(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  last_cr_id @ID@,
  employee_id @ID@ NOT NULL REFERENCES employee(id), login @TEXT@ NOT NULL, pw_hash @TEXT@,
  pw_once @BOOL@ NOT NULL DEFAULT 0 CHECK(pw_once IN (0, 1)), status @ENUM@ NOT NULL CHECK(status > 0),
  last_login @TIME@, perm_ver @INT@, UNIQUE(login)) @STRICT@;

CREATE INDEX login_employee ON login(employee_id);

CREATE TABLE role_grant(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  last_cr_id @ID@,
  login_id @ID@ NOT NULL REFERENCES login(id), role @ENUM@ NOT NULL CHECK(role > 0),
  org_id @ID@ NOT NULL REFERENCES org_unit(id), valid_from @TIME@, valid_to @TIME@) @STRICT@;

CREATE INDEX role_grant_login ON role_grant(login_id);

CREATE TABLE device(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  login_id @ID@ NOT NULL REFERENCES login(id), pubkey_ed25519 @BYTES@ NOT NULL, cert_fp @TEXT@, name @TEXT@,
  enrolled_at @TIME@ NOT NULL, last_sync @TIME@, status @ENUM@ NOT NULL CHECK(status > 0),
  CHECK(length(pubkey_ed25519) = 32)) @STRICT@;

CREATE INDEX device_login ON device(login_id);

CREATE TABLE product(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  code @TEXT@ NOT NULL, name @TEXT@ NOT NULL, family @ENUM@ NOT NULL CHECK(family > 0),
  line @ENUM@ NOT NULL CHECK(line > 0), risk_level @ENUM@ CHECK(risk_level > 0), issuer @TEXT@,
  issuer_risk_level @ENUM@ CHECK(issuer_risk_level > 0),
  entry_level @BOOL@ NOT NULL DEFAULT 0 CHECK(entry_level IN (0, 1)), min_amount @MONEY@,
  professional_only @BOOL@ NOT NULL DEFAULT 0 CHECK(professional_only IN (0, 1)),
  private_offer @BOOL@ NOT NULL DEFAULT 0 CHECK(private_offer IN (0, 1)), cooling_hours @INT@,
  status @ENUM@ CHECK(status > 0), valid_from @DATE@, valid_to @DATE@, plain_text @TEXT@, example_text @TEXT@,
  age_note @TEXT@, UNIQUE(code)) @STRICT@;

CREATE TABLE customer(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  last_cr_id @ID@,
  cif_no @TEXT@, type @ENUM@ NOT NULL CHECK(type > 0), name @TEXT@ NOT NULL, name_pinyin @TEXT@,
  name_initials @TEXT@, status @ENUM@ NOT NULL CHECK(status > 0),
  merged_into_id @ID@ REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  lifecycle_stage @ENUM@ NOT NULL CHECK(lifecycle_stage > 0), value_class @ENUM@ NOT NULL CHECK(value_class > 0),
  tier @ENUM@ NOT NULL CHECK(tier > 0), need_diversity @INT@,
  key_account @BOOL@ NOT NULL DEFAULT 0 CHECK(key_account IN (0, 1)), primary_rm_id @ID@ REFERENCES employee(id),
  wealth_mgr_id @ID@ REFERENCES employee(id), org_id @ID@ NOT NULL REFERENCES org_unit(id),
  first_contact_at @TIME@ NOT NULL, entry_due_at @TIME@, entry_done_at @TIME@,
  entry_state @ENUM@ CHECK(entry_state > 0), onboarded_on @DATE@, dq_score @INT@, dq_missing @JSON@,
  pref_channel @ENUM@ CHECK(pref_channel > 0), quiet_from @TEXT@, quiet_to @TEXT@,
  dnd @BOOL@ NOT NULL DEFAULT 0 CHECK(dnd IN (0, 1)),
  profiling_optout @BOOL@ NOT NULL DEFAULT 0 CHECK(profiling_optout IN (0, 1)), lang @TEXT@,
  confidentiality @ENUM@ CHECK(confidentiality > 0), UNIQUE(cif_no), CHECK(length(cif_no) = 10)) @STRICT@;

CREATE INDEX customer_rm ON customer(primary_rm_id, id);
CREATE INDEX customer_wealth_mgr ON customer(wealth_mgr_id, id) WHERE wealth_mgr_id IS NOT NULL;
CREATE INDEX customer_org ON customer(org_id, id);

CREATE TABLE person_profile(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  last_cr_id @ID@,
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED, gender @TEXT@, birth_date @DATE@,
  lunar_birthday @TEXT@, nationality @TEXT@, ethnic @TEXT@, marital @TEXT@, education @TEXT@, occupation @TEXT@,
  occ_group @ENUM@ CHECK(occ_group > 0), employer @TEXT@, position @TEXT@,
  income_band @ENUM@ CHECK(income_band > 0), annual_income @MONEY@, hobbies @TEXT@, invest_years @INT@,
  invest_goal @TEXT@, lifestyle @TEXT@, note @TEXT@, CHECK(id = customer_id)) @STRICT@;

CREATE INDEX person_profile_customer ON person_profile(customer_id);

CREATE TABLE org_profile(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  last_cr_id @ID@,
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED, uscc @TEXT@ NOT NULL,
  legal_rep @TEXT@ NOT NULL, legal_rep_id @SEALED@, legal_rep_id_bi @BYTES@, reg_capital @MONEY@, reg_date @DATE@,
  industry @TEXT@, employees @INT@, annual_revenue @MONEY@, total_assets @MONEY@,
  enterprise_size @ENUM@ CHECK(enterprise_size > 0), listed @BOOL@ NOT NULL DEFAULT 0 CHECK(listed IN (0, 1)),
  group_name @TEXT@, credit_rating @TEXT@, tax_rating @ENUM@ CHECK(tax_rating > 0), CHECK(id = customer_id)) @STRICT@;

CREATE INDEX org_profile_customer ON org_profile(customer_id);
CREATE INDEX org_profile_uscc ON org_profile(uscc);

CREATE TABLE change_request(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  kind @TEXT@ NOT NULL, op @TEXT@ NOT NULL CHECK(op IN ('create', 'patch', 'delete')), tbl @TEXT@ NOT NULL,
  entity_id @ID@ NOT NULL, branch_id @ID@ NOT NULL, rev @INT@ NOT NULL, lock_v @INT@ NOT NULL,
  digest @TEXT@ NOT NULL,
  state @TEXT@ NOT NULL CHECK(state IN ('DRAFT', 'PENDING', 'RETURNED', 'APPROVED', 'APPLIED', 'REJECTED', 'WITHDRAWN', 'STALE', 'EXPIRED')),
  maker_id @ID@ NOT NULL, maker_role @TEXT@ NOT NULL DEFAULT 'maker' CHECK(maker_role = 'maker'),
  required_n @INT@ NOT NULL CHECK(required_n >= 1), strict @INT@ NOT NULL, effective_at @TIME@, due_at @TIME@,
  escalated_at @TIME@, applied_seq @INT@,
  @CIRCULAR@ FOREIGN KEY(id, maker_id, maker_role) REFERENCES cr_party(cr_id, person_id, role) DEFERRABLE INITIALLY DEFERRED,
  @CIRCULAR@ FOREIGN KEY(id, rev, digest) REFERENCES cr_rev(cr_id, rev, digest) DEFERRABLE INITIALLY DEFERRED,
  CHECK((state = 'APPLIED') = (applied_seq IS NOT NULL))) @STRICT@;

CREATE INDEX change_request_branch ON change_request(branch_id, state);
CREATE INDEX change_request_maker ON change_request(maker_id, state);
CREATE INDEX change_request_entity ON change_request(entity_id);
CREATE INDEX change_request_due ON change_request(due_at) WHERE state = 'PENDING';

CREATE TABLE attachment(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  sha256 @TEXT@ NOT NULL, name @TEXT@, mime @TEXT@, size @INT@, kind @ENUM@ CHECK(kind > 0), valid_to @DATE@,
  enc_key_id @TEXT@, ref_count @INT@, cr_id @ID@ REFERENCES change_request(id) DEFERRABLE INITIALLY DEFERRED) @STRICT@;

CREATE INDEX attachment_cr ON attachment(cr_id) WHERE cr_id IS NOT NULL;
CREATE INDEX attachment_sha256 ON attachment(sha256);

CREATE TABLE identifier(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  last_cr_id @ID@,
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  kind @ENUM@ NOT NULL CHECK(kind > 0), number @SEALED@ NOT NULL, number_bi @BYTES@ NOT NULL, issue_org @TEXT@,
  valid_from @DATE@, valid_to @DATE@ NOT NULL, verified_at @TIME@, verify_method @TEXT@,
  image_att @ID@ REFERENCES attachment(id) DEFERRABLE INITIALLY DEFERRED) @STRICT@;

CREATE INDEX identifier_customer ON identifier(customer_id);
CREATE INDEX identifier_number ON identifier(number_bi);

CREATE TABLE contact_point(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  last_cr_id @ID@,
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  kind @ENUM@ NOT NULL CHECK(kind > 0), value @SEALED@ NOT NULL, value_bi @BYTES@ NOT NULL,
  value_tail @BYTES@ NOT NULL, label @TEXT@, is_primary @BOOL@ NOT NULL DEFAULT 0 CHECK(is_primary IN (0, 1)),
  verified_at @TIME@, verify_method @TEXT@, opt_out @BOOL@ NOT NULL DEFAULT 0 CHECK(opt_out IN (0, 1))) @STRICT@;

CREATE INDEX contact_point_customer ON contact_point(customer_id);
CREATE INDEX contact_point_value ON contact_point(value_bi);
CREATE INDEX contact_point_value_tail ON contact_point(value_tail);

CREATE TABLE address(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  last_cr_id @ID@,
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED, kind @ENUM@ CHECK(kind > 0),
  region_code @TEXT@, line @TEXT@ NOT NULL, postcode @TEXT@, lat @INT@, lon @INT@) @STRICT@;

CREATE INDEX address_customer ON address(customer_id);

CREATE TABLE relationship(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  from_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  to_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED, kind @ENUM@ NOT NULL CHECK(kind > 0),
  pct @PPM@, from_date @DATE@, to_date @DATE@, source @TEXT@, CHECK(from_id <> to_id)) @STRICT@;

CREATE INDEX relationship_from ON relationship(from_id);
CREATE INDEX relationship_to ON relationship(to_id);

CREATE TABLE holding(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  product_id @ID@ NOT NULL REFERENCES product(id), acct_no @SEALED@, acct_no_bi @BYTES@, ccy @TEXT@,
  opened_on @DATE@ NOT NULL, matures_on @DATE@, status @ENUM@ NOT NULL CHECK(status > 0), balance @MONEY@,
  limit_amt @MONEY@, rate_ppm @PPM@, source_system @ENUM@ NOT NULL CHECK(source_system > 0), as_of @DATE@ NOT NULL) @STRICT@;

CREATE INDEX holding_customer ON holding(customer_id);
CREATE INDEX holding_acct_no ON holding(acct_no_bi) WHERE acct_no_bi IS NOT NULL;

CREATE TABLE holding_month(
  holding_id @ID@ NOT NULL REFERENCES holding(id) DEFERRABLE INITIALLY DEFERRED, month @DATE@ NOT NULL,
  avg_balance @MONEY@, end_balance @MONEY@, ftp_ppm @PPM@, cust_ppm @PPM@, fee_income @MONEY@,
  expected_loss @MONEY@, cost @MONEY@, PRIMARY KEY(holding_id, month)) @COMPACT@;

CREATE TABLE txn_month(
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED, month @DATE@ NOT NULL,
  in_amt @MONEY@, out_amt @MONEY@, in_cnt @INT@, out_cnt @INT@, cust_initiated_cnt @INT@,
  own_name_out_other_bank @MONEY@, last_txn_on @DATE@, login_cnt @INT@, PRIMARY KEY(customer_id, month)) @COMPACT@;

CREATE TABLE interaction(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  channel @ENUM@ NOT NULL CHECK(channel > 0), direction @ENUM@ CHECK(direction > 0),
  purpose @ENUM@ NOT NULL CHECK(purpose > 0), subject @TEXT@ NOT NULL, notes @TEXT@, next_steps @TEXT@,
  started_at @TIME@ NOT NULL, ended_at @TIME@, minutes @INT@, owner_id @ID@ NOT NULL REFERENCES employee(id),
  attendees @JSON@, discussed_ids @JSON@, confidentiality @ENUM@ CHECK(confidentiality > 0), sentiment @INT@,
  prev_ver_id @ID@ REFERENCES interaction(id) DEFERRABLE INITIALLY DEFERRED, lint_flags @JSON@, at @TIME@,
  off @INT@, clock_off @INT@) @STRICT@;

CREATE INDEX interaction_customer ON interaction(customer_id, started_at);
CREATE INDEX interaction_owner ON interaction(owner_id, started_at);

CREATE TABLE task(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  title @TEXT@ NOT NULL, customer_id @ID@ REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  kind @ENUM@ NOT NULL CHECK(kind > 0), due_at @TIME@ NOT NULL, remind_at @TIME@, priority @INT@,
  status @ENUM@ NOT NULL CHECK(status > 0), assignee_id @ID@ NOT NULL REFERENCES employee(id), source @JSON@,
  plan_item_id @ID@, result @TEXT@, snooze_cnt @INT@) @STRICT@;

CREATE INDEX task_customer ON task(customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX task_assignee ON task(assignee_id, status, due_at);

CREATE TABLE life_event(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  domain @ENUM@ NOT NULL CHECK(domain > 0), type @ENUM@ NOT NULL CHECK(type > 0), happened_on @DATE@ NOT NULL,
  source @ENUM@ NOT NULL CHECK(source > 0), sensitivity @ENUM@ CHECK(sensitivity > 0), note @TEXT@,
  expires_on @DATE@, check_fields @JSON@) @STRICT@;

CREATE INDEX life_event_customer ON life_event(customer_id, happened_on);

CREATE TABLE need(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  customer_id @ID@ NOT NULL REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED,
  category @ENUM@ NOT NULL CHECK(category > 0), detail @TEXT@,
  source_interaction_id @ID@ REFERENCES interaction(id) DEFERRABLE INITIALLY DEFERRED,
  status @ENUM@ NOT NULL CHECK(status > 0), due_on @DATE@) @STRICT@;

CREATE INDEX need_customer ON need(customer_id);

CREATE TABLE notification(
  id @ID@ NOT NULL PRIMARY KEY, v @INT@ NOT NULL, v0 @INT@ NOT NULL, fv @JSON@, org_path @TEXT@, created_at @TIME@,
  created_by @ID@, updated_at @TIME@, updated_by @ID@, del @BOOL@ NOT NULL DEFAULT 0 CHECK(del IN (0, 1)),
  employee_id @ID@ NOT NULL REFERENCES employee(id), kind @TEXT@ NOT NULL, params @JSON@, link @TEXT@,
  read_at @TIME@) @STRICT@;

CREATE INDEX notification_employee ON notification(employee_id);

-- Order, scopes and clients (sync.md 1). The first row of sync_clock, with its epoch, is written when the bank is made.
CREATE TABLE sync_clock(shard @INT@ NOT NULL PRIMARY KEY, seq @INT@ NOT NULL, epoch @TEXT@ NOT NULL) @STRICT@;

CREATE TABLE meta(k @TEXT@ NOT NULL PRIMARY KEY, v @TEXT@ NOT NULL) @STRICT@;

CREATE TABLE scope(id @INT@ PRIMARY KEY, shard @INT@ NOT NULL DEFAULT 0, name @TEXT@ NOT NULL UNIQUE) @STRICT@;

-- tbl is the entity's permanent number.
CREATE TABLE scope_row(
  scope @INT@ NOT NULL, tbl @INT@ NOT NULL, row_id @ID@ NOT NULL, seq @INT@ NOT NULL, gone @BOOL@ NOT NULL DEFAULT 0,
  PRIMARY KEY(scope, tbl, row_id)) @COMPACT@;

CREATE INDEX scope_row_seq ON scope_row(scope, seq);

CREATE TABLE client(
  id @ID@ NOT NULL PRIMARY KEY, login_id @ID@ NOT NULL REFERENCES login(id), device_id @ID@, last_mid @INT@ NOT NULL DEFAULT 0,
  ack_mid @INT@ NOT NULL DEFAULT 0, schema @INT@ NOT NULL, last_seen @TIME@, blocked @BOOL@ NOT NULL DEFAULT 0) @STRICT@;

CREATE TABLE mut_result(
  client_id @ID@ NOT NULL REFERENCES client(id), mid @INT@ NOT NULL, mut_id @ID@ NOT NULL UNIQUE, body_sha @BYTES@ NOT NULL,
  st @TEXT@ NOT NULL, seq @INT@, body @JSON@, at @TIME@ NOT NULL, PRIMARY KEY(client_id, mid)) @COMPACT@;

-- Who is signed in: the token is kept as its SHA-256 only. roles are GxRole bits, cut down by the grants at each request.
CREATE TABLE session(
  token_sha @BYTES@ NOT NULL PRIMARY KEY, id @ID@ NOT NULL UNIQUE, login_id @ID@ NOT NULL REFERENCES login(id), device_id @ID@,
  client_id @ID@, roles @INT@ NOT NULL, perm_ver @INT@ NOT NULL DEFAULT 0, created_at @TIME@ NOT NULL, used_at @TIME@ NOT NULL,
  step_up_at @TIME@, expires_at @TIME@ NOT NULL, ended_at @TIME@) @STRICT@;

CREATE INDEX session_login ON session(login_id);

CREATE TABLE auth_fail(key @TEXT@ NOT NULL PRIMARY KEY, n @INT@ NOT NULL, until @TIME@ NOT NULL) @STRICT@;

CREATE TABLE blob(
  sha256 @TEXT@ NOT NULL PRIMARY KEY, size @INT@ NOT NULL, type @TEXT@ NOT NULL, key_wrapped @BYTES@,
  state @TEXT@ NOT NULL CHECK(state IN ('UPLOADING', 'DONE')), created_by @ID@, created_at @TIME@ NOT NULL) @STRICT@;

CREATE TABLE blob_ref(
  sha256 @TEXT@ NOT NULL REFERENCES blob(sha256), tbl @INT@ NOT NULL, id @ID@ NOT NULL, PRIMARY KEY(sha256, tbl, id)) @COMPACT@;

-- The random key that commits to a customer's values in the audit log; whoever destroys it makes them unprovable.
CREATE TABLE subject_key(entity_id @ID@ NOT NULL PRIMARY KEY, key_sealed @BYTES@ NOT NULL) @COMPACT@;

CREATE TABLE counter(name @TEXT@ NOT NULL PRIMARY KEY, value @INT@ NOT NULL) @STRICT@;

INSERT INTO counter(name, value) VALUES('cif_no', 1000000000);

CREATE TABLE job_lease(name @TEXT@ NOT NULL PRIMARY KEY, holder @TEXT@ NOT NULL, until @TIME@ NOT NULL) @STRICT@;

-- Which row of the name index (name_fts, in the driver's file) is whose.
CREATE TABLE name_row(n @INT@ PRIMARY KEY, customer_id @ID@ NOT NULL UNIQUE) @STRICT@;

-- Dual review (trust.md 1.3): one person, one part in a request; every revision as it was shown and signed.
CREATE TABLE cr_party(
  cr_id @ID@ NOT NULL REFERENCES change_request(id), person_id @ID@ NOT NULL REFERENCES employee(id),
  role @TEXT@ NOT NULL CHECK(role IN ('maker', 'contributor', 'subject', 'checker')),
  PRIMARY KEY(cr_id, person_id), UNIQUE(cr_id, person_id, role)) @STRICT@;

CREATE TABLE cr_rev(
  cr_id @ID@ NOT NULL REFERENCES change_request(id), rev @INT@ NOT NULL, base_v @INT@ NOT NULL, base_fv @JSON@ NOT NULL,
  before_j @JSON@ NOT NULL, before_sha @TEXT@ NOT NULL, after_j @JSON@ NOT NULL, reason @TEXT@ NOT NULL, digest @TEXT@ NOT NULL,
  maker_sig @TEXT@ NOT NULL CHECK(length(maker_sig) = 88), at @TIME@ NOT NULL,
  PRIMARY KEY(cr_id, rev), UNIQUE(cr_id, rev, digest)) @STRICT@;

CREATE TABLE cr_decision(
  cr_id @ID@ NOT NULL, rev @INT@ NOT NULL, person_id @ID@ NOT NULL, role @TEXT@ NOT NULL DEFAULT 'checker' CHECK(role = 'checker'),
  on_behalf_of @ID@, on_behalf_role @TEXT@ CHECK(on_behalf_role = 'checker'), step @INT@ NOT NULL,
  verdict @TEXT@ NOT NULL CHECK(verdict IN ('approve', 'reject', 'return')), digest @TEXT@ NOT NULL, note @TEXT@,
  step_up_at @TIME@ NOT NULL, dev_sig @TEXT@ NOT NULL CHECK(length(dev_sig) = 88), at @TIME@ NOT NULL,
  PRIMARY KEY(cr_id, rev, person_id), CHECK((on_behalf_of IS NULL) = (on_behalf_role IS NULL)),
  FOREIGN KEY(cr_id, rev, digest) REFERENCES cr_rev(cr_id, rev, digest),
  FOREIGN KEY(cr_id, person_id, role) REFERENCES cr_party(cr_id, person_id, role),
  FOREIGN KEY(cr_id, on_behalf_of, on_behalf_role) REFERENCES cr_party(cr_id, person_id, role)) @STRICT@;

CREATE TABLE cr_field_lock(
  tbl @TEXT@ NOT NULL, entity_id @ID@ NOT NULL, field @TEXT@ NOT NULL, cr_id @ID@ NOT NULL,
  PRIMARY KEY(tbl, entity_id, field)) @STRICT@;

CREATE INDEX cr_field_lock_cr ON cr_field_lock(cr_id);

CREATE TABLE cr_evidence(
  cr_id @ID@ NOT NULL, rev @INT@ NOT NULL, sha256 @TEXT@ NOT NULL, kind @TEXT@ NOT NULL, added_by @ID@ NOT NULL,
  added_role @TEXT@ NOT NULL CHECK(added_role IN ('maker', 'contributor')), PRIMARY KEY(cr_id, rev, sha256),
  FOREIGN KEY(cr_id, rev) REFERENCES cr_rev(cr_id, rev),
  FOREIGN KEY(cr_id, added_by, added_role) REFERENCES cr_party(cr_id, person_id, role)) @STRICT@;

CREATE TABLE review_policy(
  kind @TEXT@ NOT NULL PRIMARY KEY, steps_j @JSON@ NOT NULL, evidence_min @INT@ NOT NULL, strict @INT@ NOT NULL,
  expire_h @INT@ NOT NULL, escalate_h @INT@ NOT NULL, ver @INT@ NOT NULL) @STRICT@;

-- A step: who may decide (roles) and where that role must reach: the record's branch, the branch it goes to (a step that
-- falls away when that is the same), or head office.
INSERT INTO review_policy(kind, steps_j, evidence_min, strict, expire_h, escalate_h, ver) VALUES
  ('customer.identity',   '[{"unit":"branch","roles":["SUPERVISOR","MANAGER"]}]', 1, 1, 72, 24, 1),
  ('customer.activate',   '[{"unit":"branch","roles":["SUPERVISOR","MANAGER"]}]', 1, 1, 72, 24, 1),
  ('customer.contact',    '[{"unit":"branch","roles":["SUPERVISOR","MANAGER"]}]', 0, 0, 72, 24, 1),
  ('customer.transfer',   '[{"unit":"branch","roles":["SUPERVISOR","MANAGER"]},{"unit":"target","roles":["SUPERVISOR","MANAGER"]}]', 0, 1, 72, 24, 1),
  ('customer.wealth_mgr', '[{"unit":"branch","roles":["SUPERVISOR","MANAGER"]}]', 0, 1, 72, 24, 1),
  ('tier.change',         '[{"unit":"branch","roles":["MANAGER"]},{"unit":"hq","roles":["HQ"]}]', 1, 1, 72, 24, 1),
  ('credit.rating',       '[{"unit":"branch","roles":["MANAGER"]},{"unit":"hq","roles":["HQ"]}]', 1, 1, 72, 24, 1),
  ('permission.change',   '[{"unit":"hq","roles":["ADMIN"]},{"unit":"hq","roles":["HQ"]}]', 1, 1, 72, 24, 1);

-- The audit tree (trust.md 2).
CREATE TABLE audit_log(
  seq @INT@ NOT NULL PRIMARY KEY, at @TIME@ NOT NULL, actor @ID@, on_behalf_of @ID@, device @ID@, session @ID@, action @TEXT@ NOT NULL,
  tbl @TEXT@, entity_id @ID@, cr_id @ID@, mut_id @ID@, branch_id @ID@, entry @BYTES@ NOT NULL, leaf @BYTES@ NOT NULL) @STRICT@;

CREATE TABLE audit_head(
  id @INT@ NOT NULL PRIMARY KEY CHECK(id = 1), size @INT@ NOT NULL, frontier @BYTES@ NOT NULL, root @BYTES@ NOT NULL) @STRICT@;

CREATE TABLE audit_sth(size @INT@ NOT NULL PRIMARY KEY, root @BYTES@, note @TEXT@ NOT NULL, at @TIME@) @STRICT@;

CREATE TABLE audit_witness(size @INT@ NOT NULL, who @ID@ NOT NULL, sig @TEXT@, at @TIME@, PRIMARY KEY(size, who)) @STRICT@;
