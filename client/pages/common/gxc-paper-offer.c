/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files and images that are dropped on a widget, or pasted into it, one after the other. Whether they become documents, and
 * whose, is the widget's matter; what a bank takes is the store's. */

#include "gxc-paper-offer.h"

#include <glib/gi18n.h>

static gboolean
offer (GtkWidget *widget, GxcPaperOfferFunc func, const GValue *value)
{
  g_autoptr(GBytes) bytes = NULL;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      for (GSList *l = g_value_get_boxed (value); l; l = l->next)
        func (widget, l->data, NULL, NULL);
      return g_value_get_boxed (value) != NULL;
    }
  if (!G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE) || !g_value_get_object (value))
    return FALSE;
  bytes = gdk_texture_save_to_png_bytes (g_value_get_object (value));
  func (widget, NULL, bytes, _("Pasted image.png"));
  return TRUE;
}

static gboolean
on_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer func)
{
  return offer (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)), (GxcPaperOfferFunc) func, value);
}

/** gxc_paper_offer_take_drops: also over an entry, which would take a file for its name */
void
gxc_paper_offer_take_drops (GtkWidget         *widget,
                            GxcPaperOfferFunc  func)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop_cb), func);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

/** gxc_paper_offer_is_there: whether the clipboard has a file, or an image and no text */
gboolean
gxc_paper_offer_is_there (GtkWidget *widget)
{
  GdkContentFormats *formats = gdk_clipboard_get_formats (gtk_widget_get_clipboard (widget));

  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
         || (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) && !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING));
}

typedef struct { GtkWidget *widget; GxcPaperOfferFunc func; } Paste;

static void
on_pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Paste *paste = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value)
    offer (paste->widget, paste->func, value);
  g_object_unref (paste->widget);
  g_free (paste);
}

/** gxc_paper_offer_paste: what is neither a file nor an image is left where it is */
void
gxc_paper_offer_paste (GtkWidget         *widget,
                       GxcPaperOfferFunc  func)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  gboolean files = gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_FILE_LIST);
  Paste *paste = g_new (Paste, 1);

  *paste = (Paste) { g_object_ref (widget), func };
  gdk_clipboard_read_value_async (clipboard, files ? GDK_TYPE_FILE_LIST : GDK_TYPE_TEXTURE, G_PRIORITY_DEFAULT, NULL, on_pasted_cb, paste);
}
