/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"
#include "gxs-batch.h"

G_BEGIN_DECLS

/**
 * GxsAuditEvent: one entry of the log to be. It names fields and versions and carries commitments under the subject's
 * key, never a value (trust.md 2).
 */
typedef struct
{
  const char     *action;         /* "create", "patch", "sign-in", "cr.submit", "cr.decide", "import", "refused" … */
  GxId            actor;          /* login, none = the program itself */
  GxId            on_behalf_of;
  GxId            device;
  GxId            session;
  const GxEntity *entity;         /* (nullable) */
  GxId            entity_id;
  GxId            subject;        /* the customer under whose key values are committed; none = no commitments */
  GxId            cr_id;
  GxId            mut_id;
  GxId            branch;         /* org_unit */
  gint64          seq;            /* of the effect, 0 = none */
  gconstpointer   before;         /* (nullable): struct of entity */
  gconstpointer   after;          /* (nullable): struct of entity; commitments of the fields in which it differs */
  GxFieldSet      fields;         /* which fields to name; 0 with after = those that differ from before */
  const char     *result;         /* (nullable): "applied", an error slug … */
  const char     *extra;          /* (nullable): canonical JSON object of codes, counts, digests: never a value */
} GxsAuditEvent;

gboolean gxs_audit_append      (GxsBatch *batch, const GxsAuditEvent *event, GError **error);
/* Writes the random key that commits to a customer's values; called once for each customer created. */
gboolean gxs_audit_new_subject (GxsBatch *batch, const GxId *customer_id, GError **error);

G_END_DECLS
