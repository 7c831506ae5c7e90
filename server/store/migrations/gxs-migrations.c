/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history of the bank's database: numbered steps, each an .sql text in this folder or a C function. A step never changes
 * once it is on main (test-migrations keeps the SHA-256 of each text); a change is a new step.
 */
#include "gxs-migrations.h"

#include "gxs-guards.h"
#include "gxs-migrations-resources.h"

const GxMigration gxs_migrations[] = {
  { 1, "bank", "/org/guanxi/server/migrations/0001-bank", NULL },
  { 2, "review", "/org/guanxi/server/migrations/0002-review", NULL },
  { 3, "guards", NULL, gxs_guards_install },
  { 4, "read", "/org/guanxi/server/migrations/0004-read", NULL },
  { 5, "history", "/org/guanxi/server/migrations/0005-history", NULL },
  { 6, "plan", "/org/guanxi/server/migrations/0006-plan", NULL },
  { 7, "visit", "/org/guanxi/server/migrations/0007-visit", NULL },
  { 8, "papers", "/org/guanxi/server/migrations/0008-papers", NULL },
  { 9, "sync", "/org/guanxi/server/migrations/0009-sync", NULL },
  { 10, "papers-by", "/org/guanxi/server/migrations/0010-papers-by", NULL },
  { 11, "entry", "/org/guanxi/server/migrations/0011-entry", NULL },
  { 12, "pin", "/org/guanxi/server/migrations/0012-pin", NULL },
  { 13, "checkpoint", "/org/guanxi/server/migrations/0013-checkpoint", NULL },
  { 14, "visit-papers", "/org/guanxi/server/migrations/0014-visit-papers", NULL },
};
const guint gxs_n_migrations = G_N_ELEMENTS (gxs_migrations);

/**
 * gxs_migrate:
 *
 * Brings @db to the schema of this program.
 *
 * Errors: %GX_ERROR_FUTURE if the database is newer than the program
 */
gboolean
gxs_migrate (GxDb     *db,
             GxClock  *clock,
             GError  **error)
{
  static gsize once;

  /* Registering twice ties GLib's list of resources into a ring. */
  if (g_once_init_enter (&once))
    {
      gxs_migrations_register_resource ();
      g_once_init_leave (&once, 1);
    }

  return gx_migrator_run (db, gxs_migrations, gxs_n_migrations, clock, error);
}
