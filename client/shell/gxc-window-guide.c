/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F1: the guide beside the window, at the chapter of the page that is looked at. There is one guide a window; it stays where
 * the person put it, and goes when the window goes. */

#include "gxc-window-private.h"

#include <glib/gi18n.h>

#include "gxc-guide-window.h"

static GtkWidget *
find_guide (GxcWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  for (GList *l = application ? gtk_application_get_windows (application) : NULL; l; l = l->next)
    if (GXC_IS_GUIDE_WINDOW (l->data))
      return l->data;
  return NULL;
}

static GtkWidget *
open_guide (GxcWindow *self)
{
  /* Translators: the folder of the guide in this language: en or zh_CN */
  GtkWidget *guide = gxc_guide_window_new (GTK_WINDOW (self), C_("language of the guide", "en"));

  g_signal_connect_object (self, "destroy", G_CALLBACK (gtk_window_destroy), guide, G_CONNECT_SWAPPED);
  return guide;
}

/* The part of a place's name before "#" is the chapter's; a customer's timeline has one of its own. */
static char *
dup_chapter (GxcWindow *self)
{
  g_autoptr(GxcStop) stop = gxc_window_dup_stop (self);

  if (!stop)
    return g_strdup ("start");
  return g_strdup (g_strcmp0 (stop->part, "timeline") == 0 ? "timeline" : stop->page);
}

/** gxc_window_show_guide: opens it, or brings it to the front */
void
gxc_window_show_guide (GxcWindow *self)
{
  g_autofree char *chapter = dup_chapter (self);
  GtkWidget *guide = find_guide (self);

  if (!guide)
    guide = open_guide (self);
  gxc_guide_window_show (GXC_GUIDE_WINDOW (guide), chapter);
}

/** gxc_window_remake_guide: in the language of now, if it is open */
void
gxc_window_remake_guide (GxcWindow *self)
{
  GtkWidget *guide = find_guide (self);

  if (!guide)
    return;
  gtk_window_destroy (GTK_WINDOW (guide));
  gxc_window_show_guide (self);
}
