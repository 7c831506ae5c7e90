/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One process, one profile, one window. It opens the profile, hands the desk to the window, and at the end stops the
 * threads before anything is closed. A profile that cannot be opened is said in a window, since a desktop has no terminal. */

#include "gxc-application.h"

#include <glib/gi18n.h>

#include "gx-config.h"
#include "gxc-core-desk.h"
#include "gxc-first-paint.h"
#include "gxc-page.h"
#include "gxc-shell.h"
#include "gxc-window.h"

struct _GxcApplication
{
  AdwApplication  parent_instance;

  char           *profile;          /* (owned) */
  GxcPreferences *preferences;      /* (owned) */
  GxcCoreDesk    *desk;             /* (owned) (nullable) until activated */
};

G_DEFINE_FINAL_TYPE (GxcApplication, gxc_application, ADW_TYPE_APPLICATION)

static void
show_failure (GxcApplication *self, const GError *error)
{
  g_autofree char *words = gxc_error_words (error);
  GtkWidget *page = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "dialog-error-symbolic", "title", _("The profile cannot be opened"),
                                  "description", words, "vexpand", TRUE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (self));

  g_printerr ("guanxi: %s\n", words);
  gtk_box_append (GTK_BOX (box), g_object_new (ADW_TYPE_HEADER_BAR, "css-classes", (const char *[]) { "flat", NULL }, NULL));
  gtk_box_append (GTK_BOX (box), page);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 400);
  gtk_window_present (GTK_WINDOW (window));
}

static void
gxc_application_activate (GApplication *application)
{
  GxcApplication *self = GXC_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr(GError) error = NULL;

  if (window)
    {
      gtk_window_present (window);
      return;
    }
  self->desk = gxc_core_desk_new (self->profile, &error);
  if (!self->desk)
    {
      show_failure (self, error);
      return;
    }
  window = GTK_WINDOW (gxc_window_new (GTK_APPLICATION (self), GXC_DESK (self->desk), self->preferences));
  gtk_window_present (window);
  gxc_first_paint_watch (GTK_WIDGET (window));
  gxc_core_desk_start (self->desk);
}

static void
gxc_application_startup (GApplication *application)
{
  gxc_shell_register ();
  G_APPLICATION_CLASS (gxc_application_parent_class)->startup (application);
  gxc_shell_init ();
  gtk_window_set_default_icon_name (GX_APP_ID);
}

static void
gxc_application_shutdown (GApplication *application)
{
  GxcApplication *self = GXC_APPLICATION (application);

  if (self->desk)
    gxc_core_desk_stop (self->desk);
  G_APPLICATION_CLASS (gxc_application_parent_class)->shutdown (application);
  g_clear_object (&self->desk);
}

static void
gxc_application_finalize (GObject *object)
{
  GxcApplication *self = GXC_APPLICATION (object);

  g_clear_object (&self->preferences);
  g_free (self->profile);
  G_OBJECT_CLASS (gxc_application_parent_class)->finalize (object);
}

static void
gxc_application_class_init (GxcApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_application_finalize;
  G_APPLICATION_CLASS (klass)->activate = gxc_application_activate;
  G_APPLICATION_CLASS (klass)->startup = gxc_application_startup;
  G_APPLICATION_CLASS (klass)->shutdown = gxc_application_shutdown;
}

static void
gxc_application_init (GxcApplication *self)
{
}

/**
 * gxc_application_new:
 * @profile: the folder of the profile
 * @alone: whether another process with another profile may run beside it
 */
GxcApplication *
gxc_application_new (const char     *profile,
                     gboolean        alone,
                     GxcPreferences *preferences)
{
  GxcApplication *self = g_object_new (GXC_TYPE_APPLICATION, "application-id", GX_APP_ID,
                                       "flags", alone ? G_APPLICATION_NON_UNIQUE : G_APPLICATION_DEFAULT_FLAGS, NULL);

  self->profile = g_strdup (profile);
  self->preferences = g_object_ref (preferences);
  return self;
}
