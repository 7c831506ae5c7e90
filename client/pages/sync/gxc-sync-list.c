/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card of what waits, or of what was refused, a row each. What is shown again as it was keeps its row, and with it the
 * focus: a queue is told anew at every step of a sync, while somebody goes through it by keys. */

#include "gxc-sync-list.h"

#include "gxc-cards.h"
#include "gxc-sync-item.h"

struct _GxcSyncList
{
  AdwBin      parent_instance;

  GtkListBox *rows;         /* (borrowed) */
  char       *nothing;      /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (GxcSyncList, gxc_sync_list, ADW_TYPE_BIN)

static void
gxc_sync_list_finalize (GObject *object)
{
  g_free (GXC_SYNC_LIST (object)->nothing);
  G_OBJECT_CLASS (gxc_sync_list_parent_class)->finalize (object);
}

static void
gxc_sync_list_class_init (GxcSyncListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_sync_list_finalize;
}

static void
gxc_sync_list_init (GxcSyncList *self)
{
}

static void
remove_rows (GxcSyncList *self, int from, int to)
{
  for (int i = from; i < to; i++)
    gtk_list_box_remove (self->rows, GTK_WIDGET (gtk_list_box_get_row_at_index (self->rows, from)));
}

static int
find_row (GxcSyncList *self, int from, const char *shown)
{
  GtkListBoxRow *row;

  for (int i = from; (row = gtk_list_box_get_row_at_index (self->rows, i)); i++)
    if (g_strcmp0 (gxc_sync_item_get_shown (GTK_WIDGET (row)), shown) == 0)
      return i;
  return -1;
}

/* The queue's order stands, so what is between two rows that stay is gone. */
static void
put (GxcSyncList *self, int at, GxcDesk *desk, const GxcQueueItem *item)
{
  g_autofree char *shown = gxc_sync_item_dup_shown (desk, item);
  int there = find_row (self, at, shown);

  if (there >= 0)
    remove_rows (self, at, there);
  else
    gtk_list_box_insert (self->rows, gxc_sync_item_new (desk, item), at);
}

static int
n_rows (GxcSyncList *self)
{
  int n = 0;

  while (gtk_list_box_get_row_at_index (self->rows, n))
    n++;
  return n;
}

/* -1 where the focus is elsewhere */
static int
focused_row (GxcSyncList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->rows)) ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  return row ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

/* Whose row is gone goes on with the one that has its place. */
static void
focus_row (GxcSyncList *self, int at)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->rows, MIN (at, n_rows (self) - 1));

  if (row && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/** gxc_sync_list_show: those of @items that were @refused, or those that wait; it hides where there is nothing to say */
void
gxc_sync_list_show (GxcSyncList *self,
                    GxcDesk     *desk,
                    GPtrArray   *items,
                    gboolean     refused)
{
  int at = 0, focused = focused_row (self);

  for (guint i = 0; i < items->len; i++)
    {
      const GxcQueueItem *item = g_ptr_array_index (items, i);

      if (item->state != GXC_QUEUE_CONFLICT && (item->state == GXC_QUEUE_REFUSED) == refused)
        put (self, at++, desk, item);
    }
  remove_rows (self, at, n_rows (self));
  gtk_widget_set_visible (GTK_WIDGET (self), at > 0 || self->nothing);
  if (at == 0 && self->nothing)
    gxc_rows_add_words (GTK_WIDGET (self->rows), self->nothing);
  if (focused >= 0 && focused_row (self) < 0)
    focus_row (self, focused);
}

/** gxc_sync_list_new: @nothing (nullable): what it says when it is empty */
GtkWidget *
gxc_sync_list_new (const char *title,
                   const char *caption,
                   const char *nothing)
{
  GxcSyncList *self = g_object_new (GXC_TYPE_SYNC_LIST, NULL);
  GtkWidget *body;

  self->nothing = g_strdup (nothing);
  adw_bin_set_child (ADW_BIN (self), gxc_card_new (title, caption, NULL, &body));
  self->rows = GTK_LIST_BOX (gxc_rows_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "gx-queue");
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (self->rows));
  return GTK_WIDGET (self);
}
