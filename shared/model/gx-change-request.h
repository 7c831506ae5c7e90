/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

/**
 * GxChangeRequest: a change that one person asks for and another decides (trust.md 1). Its tables hold code words, so
 * that a stranger can read them. The revision, the parties and the decisions are composed into it for the wire.
 */
typedef struct
{
  GxMeta    meta;
  char     *kind;             /* gx_review_kinds */
  char     *op;               /* create, patch, delete */
  char     *tbl;              /* entity's name */
  GxId      entity_id;
  GxId      branch_id;        /* org_unit */
  gint64    rev;
  gint64    lock_v;
  char     *digest;           /* SHA-256 of the canonical request, hex */
  char     *state;            /* gx_review_states */
  GxId      maker_id;         /* employee */
  char     *maker_role;
  gint64    required_n;
  gboolean  strict;
  gint64    effective_at;
  gint64    due_at;
  gint64    escalated_at;
  gint64    applied_seq;
  char     *reason;
  gint64    base_v;
  char     *base_fv;          /* {field: seq} */
  char     *before;           /* {field: value} */
  char     *after;            /* {field: value} */
  char     *evidence;         /* [{sha256, kind, added_by}] */
  char     *parties;          /* [{person_id, role}] */
  char     *decisions;        /* [{person_id, on_behalf_of, step, verdict, digest, note, dev_sig, at}] */
  char     *maker_sig;        /* base64 */
  gint64    submitted_at;
} GxChangeRequest;

extern const GxEntity gx_change_request_entity;
extern const GxChoice gx_review_kinds[];
extern const GxChoice gx_review_ops[];
extern const GxChoice gx_review_states[];

G_END_DECLS
