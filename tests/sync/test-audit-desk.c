/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bank's log checked from an auditor's desk, against the real server's log: an honest one, and every way of lying that
 * a desk can notice. */
#include "gxt-context.h"

#include "gxc-audit.h"
#include "gxc-meta.h"
#include "gxs-audit-tree.h"
#include "gxs-audit.h"

typedef struct
{
  GxtBank    *bank;
  GxtLine     line;
  GxcContext *context;
  gint64      size, seen;       /* of the last check */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->bank = gxt_bank_new (":memory:");
  fixture->line = (GxtLine) { .bank = fixture->bank, .person = GXT_AUDITOR1 };
  fixture->context = gxt_context_sign_in (&fixture->line, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  gxc_context_free (fixture->context);
  gxt_line_clear (&fixture->line);
  gxt_bank_free (fixture->bank);
}

static void
sign_checkpoint (Fixture      *fixture,
                 const guint8  seed[static 32])
{
  g_autoptr(GError) error = NULL;
  gboolean made;

  gxs_audit_checkpoint (fixture->bank->db, seed, gx_clock_now (&fixture->bank->clock.parent), TRUE, &made, &error);
  g_assert_no_error (error);
  g_assert_true (made);
}

static void
run (Fixture    *fixture,
     const char *sql)
{
  g_autoptr(GError) error = NULL;

  gx_db_run (fixture->bank->db, &error, sql, NULL);
  g_assert_no_error (error);
}

/* More entries, as the server writes them. */
static void
grow (Fixture *fixture,
      guint    n)
{
  const GxsAuditEvent event = { .action = "sign-in" };
  g_autoptr(GxsBatch) batch = gxt_bank_batch (fixture->bank);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n; i++)
    g_assert_true (gxs_audit_append (batch, &event, &error));
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
}

static int
check (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *root = NULL;

  if (gxc_audit_verify (fixture->context, &fixture->size, &root, &fixture->seen, NULL, &error))
    return GXT_OK;
  g_assert_cmpuint (error->domain, ==, GX_ERROR);
  return error->code;
}

static void
test_honest (Fixture       *fixture,
             gconstpointer  unused)
{
  gint64 first;

  g_assert_cmpint (check (fixture), ==, GX_ERROR_NOT_FOUND);       /* nothing is signed yet */
  grow (fixture, 5);
  sign_checkpoint (fixture, gxt_log_seed);
  g_assert_cmpint (check (fixture), ==, GXT_OK);
  g_assert_cmpint (fixture->size, >=, 5);
  g_assert_cmpint (fixture->seen, ==, 0);

  first = fixture->size;
  grow (fixture, 3);
  sign_checkpoint (fixture, gxt_log_seed);
  grow (fixture, 1);                                               /* after the checkpoint: the next one's matter */
  g_assert_cmpint (check (fixture), ==, GXT_OK);
  g_assert_cmpint (fixture->size, ==, first + 3);
  g_assert_cmpint (fixture->seen, ==, first);
}

/* Whoever holds the server but not its key can make a tree of anything, and sign it with a key of his own. */
static void
test_forged_signature (Fixture       *fixture,
                       gconstpointer  unused)
{
  static const guint8 forger[32] = "somebody else who has the server";

  grow (fixture, 4);
  sign_checkpoint (fixture, forger);
  g_assert_cmpint (check (fixture), ==, GX_ERROR_TAMPERED);
  run (fixture, "DELETE FROM audit_sth");
  sign_checkpoint (fixture, gxt_log_seed);
  g_assert_cmpint (check (fixture), ==, GXT_OK);
  g_assert_cmpint (fixture->seen, ==, 0);                          /* what was refused was not kept */
}

/* What the server says today is what is in question: the first key stays. */
static void
test_key_is_pinned (Fixture       *fixture,
                    gconstpointer  unused)
{
  g_autofree char *before = gxc_store_dup_meta (gxc_context_get_store (fixture->context), GXC_META_LOG_KEY), *after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (before);
  fixture->line.other_log_key = TRUE;
  gxc_context_sign_in (fixture->context, "https://bank", NULL, "login", "password", NULL, &error);
  g_assert_no_error (error);
  after = gxc_store_dup_meta (gxc_context_get_store (fixture->context), GXC_META_LOG_KEY);
  g_assert_cmpstr (after, ==, before);
}

static void
test_desk_without_key (Fixture       *fixture,
                       gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  gxc_meta_set (gxc_context_get_store (fixture->context), GXC_META_LOG_KEY, "", &error);
  g_assert_no_error (error);
  grow (fixture, 1);
  sign_checkpoint (fixture, gxt_log_seed);
  g_assert_cmpint (check (fixture), ==, GX_ERROR_STATE);
}

static void
test_changed_entry (Fixture       *fixture,
                    gconstpointer  unused)
{
  grow (fixture, 5);
  sign_checkpoint (fixture, gxt_log_seed);
  run (fixture, "UPDATE audit_log SET entry=CAST('{}' AS BLOB) WHERE seq=2");
  g_assert_cmpint (check (fixture), ==, GX_ERROR_TAMPERED);
}

static void
test_missing_entry (Fixture       *fixture,
                    gconstpointer  unused)
{
  grow (fixture, 5);
  sign_checkpoint (fixture, gxt_log_seed);
  run (fixture, "DELETE FROM audit_log WHERE seq=3");
  g_assert_cmpint (check (fixture), ==, GX_ERROR_TAMPERED);
}

static void
test_shorter_than_seen (Fixture       *fixture,
                        gconstpointer  unused)
{
  grow (fixture, 2);
  sign_checkpoint (fixture, gxt_log_seed);
  run (fixture, "CREATE TABLE kept AS SELECT * FROM audit_sth");
  grow (fixture, 3);
  sign_checkpoint (fixture, gxt_log_seed);
  g_assert_cmpint (check (fixture), ==, GXT_OK);
  run (fixture, "DELETE FROM audit_sth");
  run (fixture, "INSERT INTO audit_sth SELECT * FROM kept");
  g_assert_cmpint (check (fixture), ==, GX_ERROR_TAMPERED);
}

int
main (int    argc,
      char **argv)
{
  static const struct { const char *path; void (*test) (Fixture *fixture, gconstpointer unused); } tests[] = {
    { "/sync/audit/an_honest_log_grows", test_honest },
    { "/sync/audit/a_forged_signature_is_refused", test_forged_signature },
    { "/sync/audit/the_first_key_stays", test_key_is_pinned },
    { "/sync/audit/without_a_key_nothing_is_believed", test_desk_without_key },
    { "/sync/audit/a_changed_entry_is_found", test_changed_entry },
    { "/sync/audit/a_missing_entry_is_found", test_missing_entry },
    { "/sync/audit/a_shorter_log_is_found", test_shorter_than_seen },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
