/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One save of many changes from a widget of a page: what was done is said with a button that takes it back; what failed is
 * said too. The widget may be gone when the answer comes. */

#include "gxc-page-save.h"

#include "gxc-page.h"

typedef struct
{
  GWeakRef widget;
  char    *words;           /* (owned): what the toast says */
} Saving;

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr(GtkWidget) widget = g_weak_ref_get (&saving->widget);
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcUndo) undo = gxc_desk_finish_save (GXC_DESK (source), result, &error);
  g_autofree char *problem = error ? gxc_error_words (error) : NULL;

  if (widget && undo)
    gxc_page_toast_undo (widget, saving->words, undo);
  else if (widget)
    gxc_page_toast (widget, problem);
  g_weak_ref_clear (&saving->widget);
  g_free (saving->words);
  g_free (saving);
}

/**
 * gxc_page_save:
 * @changes: (transfer none) (element-type GxcChangeItem): at least one
 * @words: (transfer full): what the toast says when it is done
 */
void
gxc_page_save (GtkWidget *widget,
               GxcDesk   *desk,
               GPtrArray *changes,
               char      *words)
{
  Saving *saving = g_new0 (Saving, 1);

  g_weak_ref_init (&saving->widget, widget);
  saving->words = words;
  gxc_desk_save (desk, changes, on_saved_cb, saving);
}
