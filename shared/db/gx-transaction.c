/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transaction guard (as ostree's): all or nothing, decided by whether commit was reached.
 */
#include "gx-transaction.h"

#include "gx-db-driver.h"

struct _GxTransaction
{
  GxDb  *db;        /* borrowed */
  guint  depth;     /* 0 = the transaction itself, else a savepoint */
  gboolean done;
};

static GxTransaction *
begin (GxDb        *db,
       const char  *sql,
       GError     **error)
{
  GxTransaction *transaction;
  guint *depth = gx_db_depth (db);
  g_autofree char *savepoint = g_strdup_printf ("SAVEPOINT s%u", *depth);

  if (!gx_db_run (db, error, *depth == 0 ? sql : savepoint, NULL))
    return NULL;

  transaction = g_new0 (GxTransaction, 1);
  transaction->db = db;
  transaction->depth = (*depth)++;
  return transaction;
}

/**
 * gx_transaction_begin:
 *
 * Returns: (transfer full) (nullable): a transaction that holds the write lock from here on
 */
GxTransaction *
gx_transaction_begin (GxDb    *db,
                      GError **error)
{
  return begin (db, gx_db_get_driver (db)->begin_write, error);
}

/**
 * gx_transaction_begin_read:
 *
 * Returns: (transfer full) (nullable): one snapshot for all reads until it is freed
 */
GxTransaction *
gx_transaction_begin_read (GxDb    *db,
                           GError **error)
{
  return begin (db, gx_db_get_driver (db)->begin_read, error);
}

/**
 * gx_transaction_commit:
 *
 * When it fails nothing was kept; the transaction is still to be freed.
 */
gboolean
gx_transaction_commit (GxTransaction  *transaction,
                       GError        **error)
{
  g_autofree char *release = g_strdup_printf ("RELEASE s%u", transaction->depth);

  g_assert (!transaction->done);
  g_assert (*gx_db_depth (transaction->db) == transaction->depth + 1);

  if (!gx_db_run (transaction->db, error, transaction->depth == 0 ? "COMMIT" : release, NULL))
    return FALSE;

  transaction->done = TRUE;
  (*gx_db_depth (transaction->db))--;
  return TRUE;
}

void
gx_transaction_free (GxTransaction *transaction)
{
  if (!transaction->done)
    {
      g_autofree char *undo = g_strdup_printf ("ROLLBACK TO s%u; RELEASE s%u", transaction->depth, transaction->depth);
      g_autoptr(GError) ignored = NULL;

      /* The engine may have rolled back by itself (a full disk): then this finds nothing to undo. */
      gx_db_exec (transaction->db, transaction->depth == 0 ? "ROLLBACK" : undo, &ignored);
      (*gx_db_depth (transaction->db))--;
    }
  g_free (transaction);
}
