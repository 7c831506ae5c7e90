/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history of the desk's store: numbered steps, each an .sql text in this folder or a C function. A step never changes
 * once it is on main (test-migrations keeps the SHA-256 of each text); a change is a new step.
 */
#include "gxc-migrations.h"

#include "gxc-migrations-resources.h"

const GxMigration gxc_migrations[] = {
  { 1, "desk", "/org/guanxi/client/migrations/0001-desk", NULL },
  { 2, "overlay", "/org/guanxi/client/migrations/0002-overlay", NULL },
  { 3, "order", "/org/guanxi/client/migrations/0003-order", NULL },
  { 4, "plan", "/org/guanxi/client/migrations/0005-plan", NULL },
  { 5, "digest", "/org/guanxi/client/migrations/0006-digest", NULL },
  { 6, "book", "/org/guanxi/client/migrations/0007-book", NULL },
  { 7, "tail", "/org/guanxi/client/migrations/0008-tail", NULL },
  { 8, "visit", "/org/guanxi/client/migrations/0009-visit", NULL },
  { 9, "papers", "/org/guanxi/client/migrations/0010-papers", NULL },
  { 10, "entry", "/org/guanxi/client/migrations/0011-entry", NULL },
  { 11, "sync", "/org/guanxi/client/migrations/0012-sync", NULL },
  { 12, "papers-by", "/org/guanxi/client/migrations/0013-papers-by", NULL },
  { 13, "priority", "/org/guanxi/client/migrations/0014-priority", NULL },
  { 14, "pin", "/org/guanxi/client/migrations/0015-pin", NULL },
  { 15, "carry", "/org/guanxi/client/migrations/0016-carry", NULL },
  { 16, "visit-papers", "/org/guanxi/client/migrations/0017-visit-papers", NULL },
  { 17, "change", "/org/guanxi/client/migrations/0018-change", NULL },
};
const guint gxc_n_migrations = G_N_ELEMENTS (gxc_migrations);

/**
 * gxc_migrate:
 *
 * Brings @db to the schema of this program.
 *
 * Errors: %GX_ERROR_FUTURE if the database is newer than the program
 */
gboolean
gxc_migrate (GxDb     *db,
             GxClock  *clock,
             GError  **error)
{
  static gsize once;

  /* Registering twice ties GLib's list of resources into a ring. */
  if (g_once_init_enter (&once))
    {
      gxc_migrations_register_resource ();
      g_once_init_leave (&once, 1);
    }

  return gx_migrator_run (db, gxc_migrations, gxc_n_migrations, clock, error);
}
