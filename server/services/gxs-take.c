/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One mutation, or one bundle of them, to its result (sync.md 1.4): the effect and its result in one part of the batch, or a
 * refusal as the result, or the first result of a mutation that came before.
 *
 * A bundle is all or nothing: when one of it is refused, nothing of it stays; that one has its own refusal as its result,
 * the others have BUNDLE. Order and numbers are gxs-mutate's matter.
 */
#include "gxs-push-private.h"

#include "gx-bug.h"
#include "gx-catalog.h"
#include "gx-json.h"
#include "gxs-audit.h"
#include "gxs-result.h"

#include <string.h>

/** gxs_is_transient: whether it says nothing about the mutation: the same again later */
gboolean
gxs_is_transient (const GError *error)
{
  static const GxError codes[] = {
    GX_ERROR_BUSY, GX_ERROR_IO, GX_ERROR_DATABASE, GX_ERROR_TAMPERED, GX_ERROR_CANCELLED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, GX_ERROR, (int) codes[i]))
      return TRUE;

  return error->domain != GX_ERROR;
}

/* gxs-write logs what was written; here goes what had no effect. */
static gboolean
log_result (GxsPush            *push,
            const GxsMutation  *mutation,
            const char         *action,
            const char         *result,
            GError            **error)
{
  const GxsAuditEvent event = {
    .action = action,
    .actor = push->authz->login_id,
    .device = push->authz->device_id,
    .session = push->authz->session_id,
    .entity = mutation->table != NULL ? gx_entity_by_name (mutation->table) : NULL,
    .entity_id = mutation->id,
    .mut_id = mutation->mut_id,
    .result = result,
  };

  return gxs_audit_append (push->batch, &event, error);
}

static gboolean
log_outcome (GxsPush            *push,
             const GxsMutation  *mutation,
             const GxsOutcome   *outcome,
             GError            **error)
{
  if (strcmp (outcome->st, "noop") == 0)
    return log_result (push, mutation, mutation->op, "noop", error);
  if (strcmp (outcome->st, "conflict") == 0)
    return log_result (push, mutation, "refused", "CONFLICT", error);

  return TRUE;
}

static char *
describe_refusal (const GError *refusal)
{
  const GPtrArray *violations = gx_error_get_violations (refusal);
  GString *out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "code", gx_error_slug (refusal));
  gx_json_writer_put_string (&writer, "detail", refusal->message);
  if (violations != NULL && violations->len > 0)
    {
      gx_json_writer_member (&writer, "violations");
      gx_json_writer_begin_array (&writer);
      for (guint i = 0; i < violations->len; i++)
        {
          const GxViolation *violation = g_ptr_array_index (violations, i);

          gx_json_writer_begin_object (&writer);
          gx_json_writer_put_string (&writer, "field", violation->field);
          gx_json_writer_put_string (&writer, "rule", violation->rule);
          gx_json_writer_put_string (&writer, "detail", violation->detail);
          gx_json_writer_end_object (&writer);
        }
      gx_json_writer_end_array (&writer);
    }
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

static gboolean
is_twice (const GError *error)
{
  return g_error_matches (error, GX_ERROR, GX_ERROR_CONSTRAINT);
}

/* Of whatever kind: it did not do what was asked for. */
static gboolean
is_refused (const GxsOutcome *outcome)
{
  return strcmp (outcome->st, "conflict") == 0;
}

/* The effect and its result in one part: both or neither. @out_twice: the mutation's id was used before. */
static gboolean
try_effect (GxsPush        *push,
            const GxsItem  *item,
            GxsOutcome     *outcome,
            gboolean       *out_twice,
            GError        **error)
{
  g_autoptr(GxsPart) part = gxs_part_begin (push->batch, error);
  GError *local = NULL;

  *out_twice = FALSE;
  if (part == NULL
      || !gxs_mutation_run (push->batch, push->authz, &item->mutation, outcome, error)
      || !log_outcome (push, &item->mutation, outcome, error))
    return FALSE;
  if (!gxs_result_store (push->batch, &item->mutation, &item->sha, outcome, &local))
    {
      *out_twice = is_twice (local);
      g_propagate_error (error, local);
      return FALSE;
    }

  return gxs_part_commit (part, error);
}

static gboolean
store_refusal (GxsPush         *push,
               const GxsItem   *item,
               const GError    *refusal,
               GError         **error)
{
  g_auto(GxsOutcome) outcome = { .st = "rejected", .body = describe_refusal (refusal) };
  g_autoptr(GxsPart) part = gxs_part_begin (push->batch, error);

  if (part == NULL
      || !gxs_result_store (push->batch, &item->mutation, &item->sha, &outcome, error)
      || !log_result (push, &item->mutation, "refused", gx_error_slug (refusal), error)
      || !gxs_part_commit (part, error))
    return FALSE;

  gxs_result_append (push->results, item->mutation.mid, NULL, outcome.st, 0, outcome.body);
  return TRUE;
}

/* The id was used before: by this person from another client, or before a renumbering; its result is the answer. */
static gboolean
answer_twice (GxsPush        *push,
              const GxsItem  *item,
              GError        **error)
{
  gboolean found;

  if (!gxs_result_find_again (push->batch, &push->authz->login_id, &item->mutation, push->results, &found, error))
    return FALSE;

  return found || gx_fail_field (error, GX_ERROR_INVALID, "mut_id", "unique", "the mutation's id is in use");
}

/* A refused mutation may carry a used id as well: then the first use is the answer. */
static gboolean
refuse (GxsPush        *push,
        const GxsItem  *item,
        const GError   *refusal,
        GError        **error)
{
  GError *local = NULL;

  if (store_refusal (push, item, refusal, &local))
    return TRUE;
  if (!is_twice (local))
    {
      g_propagate_error (error, local);
      return FALSE;
    }

  g_error_free (local);
  return answer_twice (push, item, error);
}

/**
 * gxs_take_new:
 * @item: the next one of its client
 *
 * Errors: whatever is transient; then nothing was done
 */
gboolean
gxs_take_new (GxsPush        *push,
              const GxsItem  *item,
              GError        **error)
{
  g_auto(GxsOutcome) outcome = { 0 };
  g_autoptr(GError) refusal = NULL;
  gboolean twice, done = TRUE;

  if (try_effect (push, item, &outcome, &twice, &refusal))
    gxs_result_append (push->results, item->mutation.mid, NULL, outcome.st, outcome.seq, outcome.body);
  else if (twice)
    done = answer_twice (push, item, error);
  else if (gxs_is_transient (refusal) || GX_BUG (GX_BUG_BLOCK))
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  else
    done = refuse (push, item, refusal, error);

  if (done)
    push->last_mid = item->mutation.mid;
  return done;
}

/**
 * gxs_take_known:
 * @item: numbered not higher than its client's last one
 *
 * Errors: %GX_ERROR_CLIENT_FORKED if that number was another mutation's, or its client has said that it has the result:
 *   whoever asks again is a copy, or was brought back from one
 */
gboolean
gxs_take_known (GxsPush        *push,
                const GxsItem  *item,
                GError        **error)
{
  gboolean found;

  if (!gxs_result_find (gxs_batch_get_db (push->batch), &item->mutation, &item->sha, push->results, &found, error))
    return FALSE;

  return found || gx_fail (error, GX_ERROR_CLIENT_FORKED, "mutation %" G_GINT64_FORMAT " has had its result long ago",
                           item->mutation.mid);
}

/* How a bundle went: which of it stood in the way, and why. */
typedef struct
{
  guint       culprit;
  GxsOutcome  outcome;        /* of a culprit in conflict */
  GError     *refusal;        /* (nullable): of a rejected one */
  gboolean    twice;          /* all of it was here before */
} Trial;

static void
trial_clear (Trial *trial)
{
  gxs_outcome_clear (&trial->outcome);
  g_clear_error (&trial->refusal);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trial, trial_clear)

/* All of it in one part. FALSE without @error: something stands in the way, which @trial tells, and nothing was done. */
static gboolean
try_bundle (GxsPush        *push,
            const GxsItem  *items,
            guint           n,
            Trial          *trial,
            GError        **error)
{
  g_autoptr(GxsPart) part = gxs_part_begin (push->batch, error);
  g_autoptr(GString) results = g_string_new (NULL);

  for (guint i = 0; part != NULL && i < n; i++)
    {
      g_auto(GxsOutcome) outcome = { 0 };
      gboolean done = try_effect (push, &items[i], &outcome, &trial->twice, &trial->refusal);

      trial->culprit = i;
      if (!done && !trial->twice && gxs_is_transient (trial->refusal))
        g_propagate_error (error, g_steal_pointer (&trial->refusal));
      else if (done && is_refused (&outcome))
        trial->outcome = (GxsOutcome) { outcome.st, outcome.seq, g_steal_pointer (&outcome.body) };
      if (!done || is_refused (&outcome))
        return FALSE;
      gxs_result_append (results, items[i].mutation.mid, NULL, outcome.st, outcome.seq, outcome.body);
    }
  if (part == NULL || !gxs_part_commit (part, error))
    return FALSE;

  if (push->results->len > 0)
    g_string_append_c (push->results, ',');
  g_string_append_len (push->results, results->str, (gssize) results->len);
  return TRUE;
}

static gboolean
store_conflict (GxsPush          *push,
                const GxsItem    *item,
                const GxsOutcome *outcome,
                GError          **error)
{
  if (!gxs_result_store (push->batch, &item->mutation, &item->sha, outcome, error)
      || !log_outcome (push, &item->mutation, outcome, error))
    return FALSE;

  gxs_result_append (push->results, item->mutation.mid, NULL, outcome->st, outcome->seq, outcome->body);
  return TRUE;
}

static gboolean
refuse_bundle (GxsPush        *push,
               const GxsItem  *items,
               guint           n,
               const Trial    *trial,
               GError        **error)
{
  g_autoptr(GError) with = g_error_new (GX_ERROR, GX_ERROR_BUNDLE, "mutation %" G_GINT64_FORMAT " of the same bundle was refused",
                                        items[trial->culprit].mutation.mid);

  for (guint i = 0; i < n; i++)
    if (!(i == trial->culprit && trial->refusal == NULL ? store_conflict (push, &items[i], &trial->outcome, error)
          : refuse (push, &items[i], i == trial->culprit ? trial->refusal : with, error)))
      return FALSE;

  return TRUE;
}

static gboolean
answer_bundle_twice (GxsPush        *push,
                     const GxsItem  *items,
                     guint           n,
                     GError        **error)
{
  for (guint i = 0; i < n; i++)
    if (!answer_twice (push, &items[i], error))
      return FALSE;

  return TRUE;
}

/* What comes after the end of a bundle under its name was cut off from it: then it is no bundle. */
static gboolean
check_whole (GxsPush        *push,
             const GxsItem  *first,
             GError        **error)
{
  gboolean cut;

  if (!gxs_result_is_bundle (gxs_batch_get_db (push->batch), &push->client_id, first->mutation.mid - 1, &first->mutation.bundle, &cut,
                             error))
    return FALSE;

  return !cut || gx_fail_field (error, GX_ERROR_INVALID, "bundle", "whole", "a bundle travels in one push");
}

/**
 * gxs_take_bundle:
 * @items: the next ones of their client, of one bundle
 *
 * All of them or none.
 *
 * Errors: whatever is transient, then nothing was done; %GX_ERROR_INVALID if a bundle was cut, or only a part of it was here
 *   before
 */
gboolean
gxs_take_bundle (GxsPush        *push,
                 const GxsItem  *items,
                 guint           n,
                 GError        **error)
{
  g_auto(Trial) trial = { 0 };
  GError *local = NULL;
  gboolean done;

  if (!check_whole (push, &items[0], error))
    return FALSE;
  done = try_bundle (push, items, n, &trial, &local);
  if (!done && local == NULL)
    done = trial.twice ? answer_bundle_twice (push, items, n, &local) : refuse_bundle (push, items, n, &trial, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }

  push->last_mid = items[n - 1].mutation.mid;
  return done;
}
