/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-queue.h"
#include "gxc-store.h"

G_BEGIN_DECLS

/**
 * GxcIssueField: one field of a refused mutation. Values are the machine's words (gx_field_to_text()), %NULL = nothing there.
 */
typedef struct
{
  char   *field;
  char   *base;             /* what the person saw before changing it */
  char   *mine;
  char   *theirs;           /* of a conflict: what the server has */
  gint64  seq;              /* of a conflict: the server's version of the field */
  gboolean conflict;        /* whether this field is in conflict, or only travelled with one that is */
} GxcIssueField;

/**
 * GxcIssue: a mutation that the server did not apply. Nothing that was typed is lost: it stays readable here.
 */
typedef struct
{
  gint64          mid;
  char           *kind;         /* "conflict" or "rejected"; "waiting" of gxc_issues_read_waiting() */
  const GxEntity *entity;       /* (nullable): unknown to this program */
  GxId            id;
  char           *op;
  char           *code;         /* (nullable): of a rejection: the slug, e.g. "NEEDS_REVIEW" */
  char           *detail;       /* (nullable) */
  char           *broken;       /* (nullable): of a rejection: the name of the first field that breaks a rule */
  char           *rule;         /* (nullable): and that rule, e.g. "R-DUAL" */
  char           *theirs_by;    /* (nullable): of a conflict: the name of who wrote the other value */
  gint64          theirs_at;    /* of a conflict: when, ms UTC; 0 if it was not told */
  GPtrArray      *fields;       /* of GxcIssueField */
  char           *body;         /* the mutation, as it travelled */
  char           *result;       /* (nullable): the server's answer */
  gint64          opened_at;    /* ms UTC */
  GxId            bundle;       /* of what it belonged together with; none = it stood for itself */
} GxcIssue;

void       gxc_issue_free       (GxcIssue *issue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcIssue, gxc_issue_free)

GPtrArray *gxc_issues_list      (GxDb *db, GError **error);
GxcIssue  *gxc_issues_find      (GxDb *db, gint64 mid, GError **error);
GxcIssue  *gxc_issues_read_waiting (GxDb *db, const GxcMutation *mutation, GError **error);
gboolean   gxc_issues_keep_mine (GxcStore *store, gint64 mid, GError **error);
gboolean   gxc_issues_drop      (GxcStore *store, gint64 mid, GError **error);

G_END_DECLS
