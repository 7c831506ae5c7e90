/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "gx-change-request.h"
#include "gx-json-writer.h"
#include "gx-sight.h"
#include "gxs-audit.h"
#include "gxs-review.h"
#include "gxs-write.h"

G_BEGIN_DECLS

/* What the files of gxs-review share; nobody else includes it. */

#define GXS_REASON_MIN 10                       /* characters */
#define GXS_NOTE_MIN   5
#define GXS_STEP_UP_MS (5 * 60 * 1000)

/**
 * GxsReviewStep: one approval that is needed: any of @roles where @unit says: "branch" (the request's, or above), "target"
 * (that of the new unit), "hq" (anywhere).
 */
typedef struct
{
  char       *unit;
  GxRoleMask  roles;
} GxsReviewStep;

/**
 * GxsReviewPolicy: a row of review_policy.
 */
typedef struct
{
  GPtrArray *steps;         /* of GxsReviewStep, in order */
  gint64     evidence_min;
  gboolean   strict;
  gint64     expire_h;      /* hours */
  gint64     escalate_h;
} GxsReviewPolicy;

/**
 * GxsReview: a request and its present revision.
 */
typedef struct
{
  GxChangeRequest *request;
  GxChangeRequest *written;     /* as the database has it, for gxs_review_save() */
  const GxEntity  *entity;
  gint64           base_v;
  char            *base_fv;
  char            *before_j;    /* SQL form */
  char            *after_j;
  char            *reason;
  char            *maker_sig;
  gint64           at;
} GxsReview;

/* gxs-review-form.c: values as the guards compare them */
char            *gxs_form_write            (GxDb *db, const GxEntity *entity, gconstpointer data, GxFieldSet fields);
gboolean         gxs_form_read             (GxDb *db, const GxEntity *entity, const char *json, gpointer data,
                                            GxFieldSet *out_fields, GError **error);
char            *gxs_form_wire             (const GxEntity *entity, gconstpointer data, GxFieldSet fields);

/* gxs-review-policy.c: who decides */
GxsReviewPolicy *gxs_review_policy_load    (GxDb *db, const char *kind, GError **error);
void             gxs_review_policy_free    (GxsReviewPolicy *policy);
gboolean         gxs_review_policy_takes   (const char *kind, const char *evidence_kind);
gboolean         gxs_review_may_decide     (GxDb *db, const GxsAuthz *authz, const GxsReviewStep *step, const char *org_path,
                                            gint64 now, gboolean *out_may, GError **error);
GxStatement     *gxs_review_query_step     (GxDb *db, const GxsReview *review, const GxsReviewStep *step, gint64 now, gint64 limit,
                                            GError **error);
gboolean         gxs_review_notify_step    (GxsBatch *batch, const GxsActor *actor, const GxsReview *review,
                                            const GxsReviewStep *step, const char *kind, GError **error);

/* gxs-review-context.c: what a request touches beyond what it names, and who else may decide it */
gboolean         gxs_review_write_context  (GxDb *db, const GxsAuthz *authz, const GxsReview *review, GxSightRelation relation,
                                            GxJsonWriter *writer, GError **error);
gboolean         gxs_review_write_reviewers (GxDb *db, const GxsReview *review, gint64 now, GxJsonWriter *writer, GError **error);

/* gxs-review-request.c: a request's rows */
GxsReview       *gxs_review_load           (GxDb *db, const GxId *cr_id, GError **error);
void             gxs_review_free           (GxsReview *review);
char            *gxs_review_digest         (GxDb *db, const GxsReview *review, GError **error);
gboolean         gxs_review_move           (GxsBatch *batch, GxsReview *review, const char *state, GError **error);
gboolean         gxs_review_save           (GxsBatch *batch, const GxsActor *actor, GxsReview *review, GError **error);
gboolean         gxs_review_add_party      (GxDb *db, const GxId *cr_id, const GxId *person, const char *role, GError **error);
gboolean         gxs_review_part_of        (GxDb *db, const GxId *cr_id, const GxId *person, char **out_role, GError **error);
gboolean         gxs_review_count_approvals (GxDb *db, const GxsReview *review, gint64 *out_n, GError **error);
gboolean         gxs_review_lock           (GxDb *db, const GxId *cr_id, const char *tbl, const GxId *row, const char *field,
                                            GError **error);
gboolean         gxs_review_unlock         (GxDb *db, const GxId *cr_id, GError **error);
gboolean         gxs_review_verify         (GxDb *db, const GxsAuthz *authz, const GxChangeRequest *request,
                                            const char *verdict, const char *note, const char *signature, GError **error);
gboolean         gxs_review_notify         (GxsBatch *batch, const GxsActor *actor, const GxsReview *review,
                                            const GxId *employee, const char *kind, GError **error);
gboolean         gxs_review_log            (GxsBatch *batch, const GxsActor *actor, const GxsReview *review, const char *note_code,
                                            GError **error);
char            *gxs_review_answer         (const GxsReview *review);
void             gxs_review_actor          (const GxsAuthz *authz, const char *action, const GxId *cr_id, GxsActor *out_actor);

/* gxs-review-apply.c */
gboolean         gxs_review_is_stale       (GxDb *db, const GxsReview *review, gboolean *out_stale, GError **error);
gboolean         gxs_review_apply          (GxsBatch *batch, const GxsAuthz *authz, GxsReview *review, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsReview, gxs_review_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsReviewPolicy, gxs_review_policy_free)

G_END_DECLS
