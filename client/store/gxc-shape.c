/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a desk may have missed because its program was older than its bank: fields and whole tables that it had no place for went
 * by, and the cursor with them. Once the program has more, its scopes are loaded once more, while what is here stays and is shown.
 *
 * The queue is not touched (sync.md I10); changes since go on from the cursor at which the scopes stood.
 */
#include "gxc-shape.h"

#include "gx-catalog.h"
#include "gx-sql.h"
#include "gx-transaction.h"
#include "gxc-member.h"
#include "gxc-meta.h"

/* Every place that a row of the bank has in this program, as one number. */
static char *
describe (void)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < gx_n_entities; i++)
    for (guint f = 0; f < gx_entity_n_fields (gx_entities[i]); f++)
      {
        const GxField *field = gx_entity_field (gx_entities[i], f);
        g_autofree char *place = g_strdup_printf ("%s.%s\n", gx_entities[i]->name, field->name);

        if (gx_sql_has_column (GX_SIDE_CLIENT, field))
          g_checksum_update (sum, (const guchar *) place, -1);
      }

  return g_strdup (g_checksum_get_string (sum));
}

/**
 * gxc_shape_check:
 *
 * After the migrations, before anybody else has the store. What it does is one transaction: whoever is killed in it does it again.
 */
gboolean
gxc_shape_check (GxcStore  *store,
                 GError   **error)
{
  g_autofree char *known = gxc_meta_dup (gxc_store_get_db (store), GXC_META_SHAPE), *shape = describe ();
  g_autoptr(GxTransaction) transaction = NULL;

  if (g_strcmp0 (known, shape) == 0)
    return TRUE;
  transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction != NULL
         && gxc_member_reload (store, error)
         && gxc_meta_set (store, GXC_META_SHAPE, shape, error)
         && gx_transaction_commit (transaction, error);
}
