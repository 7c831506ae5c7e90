/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving, renaming, removing and moving the person's views: each one save that a toast can take back. Nothing here shows a
 * view: the bar reads them again when the desk says that they changed. */

#include "gxc-customers-keep.h"

#include <glib/gi18n.h>

#include "gx-saved-view.h"
#include "gxc-page.h"

typedef struct
{
  GtkWidget *widget;        /* (owned) */
  char      *words;         /* (owned): said when it is done */
} Saving;

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcUndo) undo = gxc_desk_finish_save (GXC_DESK (source), result, &error);
  g_autofree char *problem = error ? gxc_error_words (error) : NULL;

  if (gtk_widget_get_root (saving->widget) && undo)
    gxc_page_toast_undo (saving->widget, saving->words, undo);
  else if (gtk_widget_get_root (saving->widget))
    gxc_page_toast (saving->widget, problem);
  g_object_unref (saving->widget);
  g_free (saving->words);
  g_free (saving);
}

/* Takes @changes and @words. */
static void
save (GtkWidget *widget, GxcDesk *desk, GPtrArray *changes, char *words)
{
  Saving *saving = g_new (Saving, 1);

  *saving = (Saving) { g_object_ref (widget), words };
  gxc_desk_save (desk, changes, on_saved_cb, saving);
  g_ptr_array_unref (changes);
}

static void
save_one (GtkWidget *widget, GxcDesk *desk, GxcChangeItem *item, char *words)
{
  GPtrArray *changes = gxc_change_items_new ();

  g_ptr_array_add (changes, item);
  save (widget, desk, changes, words);
}

static gint64
position_of (const GxcCustomersView *view)
{
  return ((const GxSavedView *) gx_record_get_data (view->record))->position;
}

static gint64
next_position (GPtrArray *views)
{
  gint64 next = 0;

  for (guint i = 0; i < views->len; i++)
    {
      const GxcCustomersView *view = views->pdata[i];

      if (!view->built_in && position_of (view) != GX_INT_NONE)
        next = MAX (next, position_of (view) + 1);
    }
  return next;
}

/** gxc_customers_keep_as: a new view, last in the row, which then is the chosen one */
void
gxc_customers_keep_as (GtkWidget              *widget,
                       GxcDesk                *desk,
                       GxcCustomersViewsBar   *bar,
                       const GxcCustomersView *view,
                       const char             *label)
{
  GxcChangeItem *item = gxc_customers_view_make (view, desk, label, next_position (gxc_customers_views_bar_get_all (bar)));
  GxMeta *meta = item->row;

  meta->id = gxc_desk_new_id (desk);
  gxc_customers_views_bar_expect (bar, GX_ID_STR (&meta->id));
  save_one (widget, desk, item, g_strdup_printf (_("View “%s” saved"), label));
}

/** gxc_customers_keep: the view as it is looked at, under its own name */
void
gxc_customers_keep (GtkWidget              *widget,
                    GxcDesk                *desk,
                    const GxcCustomersView *view)
{
  save_one (widget, desk, gxc_customers_view_keep (view, desk), g_strdup_printf (_("View “%s” saved"), view->label));
}

void
gxc_customers_keep_rename (GtkWidget              *widget,
                           GxcDesk                *desk,
                           const GxcCustomersView *view,
                           const char             *label)
{
  save_one (widget, desk, gxc_customers_view_rename (view, label), g_strdup_printf (_("View renamed to “%s”"), label));
}

void
gxc_customers_keep_remove (GtkWidget              *widget,
                           GxcDesk                *desk,
                           const GxcCustomersView *view)
{
  save_one (widget, desk, gxc_change_item_remove (view->record), g_strdup_printf (_("View “%s” removed"), view->label));
}

/** gxc_customers_keep_move: one place to the left or the right; all of the person's views get their number anew */
void
gxc_customers_keep_move (GtkWidget              *widget,
                         GxcDesk                *desk,
                         GPtrArray              *views,
                         const GxcCustomersView *view,
                         int                     by)
{
  g_autoptr(GPtrArray) own = g_ptr_array_new ();
  GPtrArray *changes = gxc_change_items_new ();
  guint at;

  for (guint i = 0; i < views->len; i++)
    if (!((GxcCustomersView *) views->pdata[i])->built_in)
      g_ptr_array_add (own, views->pdata[i]);
  if (!g_ptr_array_find (own, view, &at) || (by < 0 && at == 0) || at + by >= own->len)
    {
      g_ptr_array_unref (changes);
      return;
    }
  g_ptr_array_remove_index (own, at);
  g_ptr_array_insert (own, at + by, (gpointer) view);
  for (guint i = 0; i < own->len; i++)
    if (position_of (own->pdata[i]) != i)
      g_ptr_array_add (changes, gxc_customers_view_place (own->pdata[i], i));
  save (widget, desk, changes, g_strdup_printf (_("View “%s” moved"), view->label));
}
