/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether each applied request was asked for and approved by different people, as the log and their signatures tell.
 *
 * The guards of the database cannot check a signature; this does: a decision that somebody wrote into the tables without the
 * person's key is found here, and so is one that the log knows nothing of.
 */
#include "gxs-audit-verify-private.h"

#include "gx-json.h"

#include <string.h>

/**
 * Applied: one request that became effective.
 */
typedef struct
{
  GxDb           *db;         /* borrowed */
  GxsAuditReport *report;     /* borrowed */
  GxId            id, maker;
  gint64          rev, required_n;
  char           *digest;
} Applied;

static gboolean
has_failed (GError  *local,
            GError **error)
{
  if (local == NULL)
    return FALSE;

  g_propagate_error (error, local);
  return TRUE;
}

/* A person may have several devices; the signature is one of them's. */
static gboolean
is_signed_by (Applied     *applied,
              GxDecision  *decision,
              const char  *signature,
              gboolean    *out_signed,
              GError     **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (applied->db, error, "SELECT d.pubkey_ed25519 FROM device d JOIN login l ON l.id=d.login_id WHERE l.employee_id=?",
                 "u", &decision->person);
  GError *local = NULL;

  *out_signed = FALSE;
  if (statement == NULL)
    return FALSE;
  while (!*out_signed && gx_statement_next (statement, &local))
    {
      GxPublicKey key;
      gsize length;
      gconstpointer bytes = gx_statement_get_blob (statement, 0, &length);

      if (length != sizeof key.b)
        continue;
      memcpy (key.b, bytes, length);
      *out_signed = gx_decision_verify (decision, &key, signature, NULL);
    }

  return !has_failed (local, error);
}

static gboolean
check_maker (Applied *applied,
             GError **error)
{
  g_autofree char *signature = NULL;
  GxDecision decision = { .request = applied->id, .rev = applied->rev, .digest = applied->digest, .verdict = "submit",
                          .person = applied->maker };
  gboolean is_signed;

  if (!gx_db_query_text (applied->db, &signature, error, "SELECT maker_sig FROM cr_rev WHERE cr_id=? AND rev=?", "ui", &applied->id,
                         applied->rev)
      || !is_signed_by (applied, &decision, signature, &is_signed, error))
    return FALSE;

  return is_signed || gxs_audit_blame (applied->report, 0, "request %s is not signed by its maker", GX_ID_STR (&applied->id));
}

static gboolean
check_checkers (Applied *applied,
                GError **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (applied->db, error, "SELECT d.person_id, d.note, d.dev_sig, COALESCE(p.role, '') FROM cr_decision d LEFT JOIN cr_party p"
                 " ON p.cr_id=d.cr_id AND p.person_id=d.person_id WHERE d.cr_id=? AND d.rev=? AND d.digest=? AND d.verdict='approve'",
                 "uit", &applied->id, applied->rev, applied->digest);
  GError *local = NULL;
  gint64 n = 0;

  if (statement == NULL)
    return FALSE;
  while (gx_statement_next (statement, &local))
    {
      GxDecision decision = { .request = applied->id, .rev = applied->rev, .digest = applied->digest, .verdict = "approve",
                              .note = gx_statement_get_text (statement, 1), .person = gx_statement_get_id (statement, 0) };
      gboolean is_signed;

      if (!is_signed_by (applied, &decision, gx_statement_get_text (statement, 2), &is_signed, error))
        return FALSE;
      if (!is_signed)
        gxs_audit_blame (applied->report, 0, "request %s has an approval that its checker did not sign", GX_ID_STR (&applied->id));
      if (gx_id_equal (&decision.person, &applied->maker) || strcmp (gx_statement_get_text (statement, 3), "checker") != 0)
        gxs_audit_blame (applied->report, 0, "request %s was approved by one of its makers", GX_ID_STR (&applied->id));
      n++;
    }
  if (has_failed (local, error))
    return FALSE;

  return n >= applied->required_n
         || gxs_audit_blame (applied->report, 0, "request %s was applied with %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " approvals",
                             GX_ID_STR (&applied->id), n, applied->required_n);
}

/* The person of an approval entry, none if it is about another revision. */
static GxId
person_of (const Applied *applied,
           const char    *entry,
           gsize          length)
{
  g_autoptr(JsonNode) root = gx_json_parse (entry, (gssize) length, NULL);
  JsonObject *object = root != NULL ? gx_json_root_object (root, NULL) : NULL;
  JsonObject *extra = NULL;
  GxId person = GX_ID_NONE;
  const char *digest;
  gint64 rev;

  if (object != NULL && gx_json_get_object (object, "extra", &extra, NULL)
      && gx_json_get_int (extra, "rev", &rev, NULL) && rev == applied->rev
      && gx_json_get_string (extra, "digest", &digest, NULL) && strcmp (digest, applied->digest) == 0)
    gx_json_get_id (extra, "person", &person, NULL);

  return person;
}

/* Submission, as many approvals by different people as are needed, and the effect: all in the log. */
static gboolean
check_log (Applied *applied,
           GError **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (applied->db, error, "SELECT action, entry FROM audit_log WHERE cr_id=? AND action IN ('cr.approve', 'cr.apply')", "u",
                 &applied->id);
  g_autoptr(GHashTable) people = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, NULL);
  gboolean effect = FALSE;
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (gx_statement_next (statement, &local))
    {
      gsize length;
      const char *entry = gx_statement_get_blob (statement, 1, &length);
      GxId person = person_of (applied, entry, length);

      effect |= strcmp (gx_statement_get_text (statement, 0), "cr.apply") == 0;
      if (!gx_id_is_none (&person) && !gx_id_equal (&person, &applied->maker))
        g_hash_table_add (people, gx_id_copy (&person));
    }
  if (has_failed (local, error))
    return FALSE;
  if (!effect)
    return gxs_audit_blame (applied->report, 0, "request %s was applied, and the log does not know it", GX_ID_STR (&applied->id));

  return g_hash_table_size (people) >= (guint64) applied->required_n
         || gxs_audit_blame (applied->report, 0, "request %s was applied, and the log knows of %u of %" G_GINT64_FORMAT " approvals",
                             GX_ID_STR (&applied->id), g_hash_table_size (people), applied->required_n);
}

/**
 * gxs_audit_verify_requests:
 *
 * Returns: %FALSE if it could not be checked
 */
gboolean
gxs_audit_verify_requests (GxDb            *db,
                           GxsAuditReport  *report,
                           GError         **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT id, maker_id, rev, required_n, digest FROM change_request WHERE state='APPLIED' ORDER BY id", NULL);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (report->fault == NULL && gx_statement_next (statement, &local))
    {
      g_autofree char *digest = g_strdup (gx_statement_get_text (statement, 4));
      Applied applied = { db, report, gx_statement_get_id (statement, 0), gx_statement_get_id (statement, 1),
                          gx_statement_get_int (statement, 2), gx_statement_get_int (statement, 3), digest };

      if (!check_maker (&applied, error) || !check_checkers (&applied, error) || !check_log (&applied, error))
        return FALSE;
      report->requests++;
    }

  return !has_failed (local, error);
}
