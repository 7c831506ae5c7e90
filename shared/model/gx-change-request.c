/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change under dual review: server columns as trust.md 1.3 has them, and what the server composes from the request's
 * revision, parties and decisions for the wire. */
#include "gx-change-request.h"

#include <glib/gi18n.h>

const GxChoice gx_review_kinds[] = {
  { "customer.identity", N_("Identity") }, { "customer.contact", N_("Contact") },
  { "customer.activate", N_("Activation") }, { "customer.transfer", N_("Transfer") },
  { "customer.wealth_mgr", N_("Wealth manager") }, { "tier.change", N_("Tier") },
  { "credit.rating", N_("Credit rating") }, { "permission.change", N_("Permissions") }, GX_CHOICES_END
};

const GxChoice gx_review_ops[] = {
  { "create", N_("Add") }, { "patch", N_("Change") }, { "delete", N_("Remove") }, GX_CHOICES_END
};

const GxChoice gx_review_states[] = {
  { "DRAFT", N_("Draft") }, { "PENDING", N_("Waiting for review") }, { "RETURNED", N_("Returned") },
  { "APPROVED", N_("Approved") }, { "APPLIED", N_("Applied") }, { "REJECTED", N_("Rejected") },
  { "WITHDRAWN", N_("Withdrawn") }, { "STALE", N_("Out of date") }, { "EXPIRED", N_("Expired") }, GX_CHOICES_END
};

static const GxChoice maker_roles[] = { { "maker", N_("Maker") }, GX_CHOICES_END };

static const GxField fields[] = {
  GX_FIELD_TEXT (GxChangeRequest, kind,         N_("Kind"),                .flags = GX_REQUIRED | GX_SERVER | GX_FIXED | GX_LISTED,
                .choices = gx_review_kinds, .max = 40),
  GX_FIELD_TEXT (GxChangeRequest, op,           N_("Operation"),           .flags = GX_REQUIRED | GX_SERVER | GX_FIXED | GX_LISTED,
                .choices = gx_review_ops, .max = 8),
  GX_FIELD_TEXT (GxChangeRequest, tbl,          N_("Record type"),         .flags = GX_REQUIRED | GX_SERVER | GX_FIXED,
                .max = 40),
  GX_FIELD_REF  (GxChangeRequest, entity_id,    N_("Record"),              .flags = GX_REQUIRED | GX_SERVER | GX_FIXED),
  GX_FIELD_REF  (GxChangeRequest, branch_id,    N_("Unit"),                .flags = GX_REQUIRED | GX_SERVER | GX_FIXED | GX_LISTED,
                .entity = "org_unit"),
  GX_FIELD_INT  (GxChangeRequest, rev,          N_("Revision"),            .flags = GX_REQUIRED | GX_SERVER,
                .min = 1, .max = 1000000),
  GX_FIELD_INT  (GxChangeRequest, lock_v,       N_("Lock version"),        .flags = GX_REQUIRED | GX_SERVER | GX_LOCAL),
  GX_FIELD_TEXT (GxChangeRequest, digest,       N_("Digest"),              .flags = GX_REQUIRED | GX_SERVER,
                .min = 64, .max = 64),
  GX_FIELD_TEXT (GxChangeRequest, state,        N_("State"),               .flags = GX_REQUIRED | GX_SERVER | GX_LISTED,
                .choices = gx_review_states, .max = 12),
  GX_FIELD_REF  (GxChangeRequest, maker_id,     N_("Maker"),               .flags = GX_REQUIRED | GX_SERVER | GX_FIXED | GX_LISTED,
                .entity = "employee"),
  GX_FIELD_TEXT (GxChangeRequest, maker_role,   N_("Maker's part"),        .flags = GX_REQUIRED | GX_SERVER | GX_FIXED | GX_LOCAL,
                .choices = maker_roles, .max = 8),
  GX_FIELD_INT  (GxChangeRequest, required_n,   N_("Approvals needed"),    .flags = GX_REQUIRED | GX_SERVER | GX_FIXED,
                .min = 1, .max = 9),
  GX_FIELD_BOOL (GxChangeRequest, strict,       N_("Strict"),              .flags = GX_SERVER | GX_FIXED),
  GX_FIELD_TIME (GxChangeRequest, effective_at, N_("Effective"),           .flags = GX_SERVER),
  GX_FIELD_TIME (GxChangeRequest, due_at,       N_("Due"),                 .flags = GX_SERVER | GX_LISTED),
  GX_FIELD_TIME (GxChangeRequest, escalated_at, N_("Escalated"),           .flags = GX_SERVER),
  GX_FIELD_INT  (GxChangeRequest, applied_seq,  N_("Applied at"),          .flags = GX_SERVER),
  GX_FIELD_TEXT (GxChangeRequest, reason,       N_("Reason"),              .flags = GX_SERVER | GX_COMPOSED | GX_LISTED,
                .max = 2000),
  GX_FIELD_INT  (GxChangeRequest, base_v,       N_("Base version"),        .flags = GX_SERVER | GX_COMPOSED),
  GX_FIELD_JSON (GxChangeRequest, base_fv,      N_("Base field versions"), .flags = GX_SERVER | GX_COMPOSED),
  GX_FIELD_JSON (GxChangeRequest, before,       N_("Before"),              .flags = GX_SERVER | GX_COMPOSED),
  GX_FIELD_JSON (GxChangeRequest, after,        N_("After"),               .flags = GX_SERVER | GX_COMPOSED),
  GX_FIELD_JSON (GxChangeRequest, evidence,     N_("Evidence"),            .flags = GX_SERVER | GX_COMPOSED),
  GX_FIELD_JSON (GxChangeRequest, parties,      N_("Parties"),             .flags = GX_SERVER | GX_COMPOSED),
  GX_FIELD_JSON (GxChangeRequest, decisions,    N_("Decisions"),           .flags = GX_SERVER | GX_COMPOSED),
  GX_FIELD_TEXT (GxChangeRequest, maker_sig,    N_("Maker's signature"),   .flags = GX_SERVER | GX_COMPOSED,
                .min = 88, .max = 88),
  GX_FIELD_TIME (GxChangeRequest, submitted_at, N_("Submitted"),           .flags = GX_SERVER | GX_COMPOSED | GX_LISTED),
};

GX_DEFINE_ENTITY (gx_change_request_entity, GxChangeRequest, 22, "change_request", N_("Change request"), fields);
