/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which lines are selected, as items and as keys, so that rows that come in do not undo a choice. How a line comes to be
 * selected is the list's business. */

#include "gxc-today-chosen.h"

static void
collect (GtkListBox *box, GtkListBoxRow *row, gpointer items)
{
  g_ptr_array_add (items, g_object_ref (gxc_today_row_get_item (GXC_TODAY_ROW (row))));
}

/**
 * gxc_today_chosen_items:
 * @otherwise: (nullable): the line that counts where none is selected
 *
 * Returns: (transfer full) (element-type GxcTodayItem)
 */
GPtrArray *
gxc_today_chosen_items (GtkListBox  *rows,
                        GxcTodayRow *otherwise)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  gtk_list_box_selected_foreach (rows, collect, items);
  if (items->len == 0 && otherwise)
    g_ptr_array_add (items, g_object_ref (gxc_today_row_get_item (otherwise)));
  return items;
}

/** gxc_today_chosen_keys: (transfer full): a set of gxc_today_item_key() */
GHashTable *
gxc_today_chosen_keys (GtkListBox *rows)
{
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GList) selected = gtk_list_box_get_selected_rows (rows);

  for (GList *l = selected; l; l = l->next)
    g_hash_table_add (keys, gxc_today_item_key (gxc_today_row_get_item (l->data)));
  return keys;
}

/** gxc_today_choose_again: selects the lines of @keys that are still there; FALSE if none is */
gboolean
gxc_today_choose_again (GtkListBox *rows,
                        GHashTable *keys)
{
  gboolean any = FALSE;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (rows, i)); i++)
    {
      g_autofree char *key = gxc_today_item_key (gxc_today_row_get_item (GXC_TODAY_ROW (row)));

      if (!g_hash_table_contains (keys, key))
        continue;
      gtk_list_box_select_row (rows, row);
      any = TRUE;
    }
  return any;
}
