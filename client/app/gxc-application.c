/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One process, one profile, one window. It opens the profile, hands the desk to the window, and at the end stops the
 * threads before anything is closed. A profile that cannot be opened is said in a window, since a desktop has no terminal.
 *
 * To the desktop it is a service: activated by name, with links to open (guanxi://…), notifications to send and customers
 * to be searched; all of them come back to one action, app.show. */

#include "gxc-application.h"

#include <glib/gi18n.h>

#include "gx-config.h"
#include "gx-error.h"
#include "gxc-core-desk.h"
#include "gxc-core-unlock.h"
#include "gxc-first-paint.h"
#include "gxc-page.h"
#include "gxc-paper-out.h"
#include "gxc-reminders.h"
#include "gxc-search-provider.h"
#include "gxc-shell.h"
#include "gxc-unlock-window.h"
#include "gxc-window.h"

struct _GxcApplication
{
  AdwApplication  parent_instance;

  char           *profile;          /* (owned) */
  char           *link;             /* (owned) (nullable): to be followed once the profile is open */
  GxcPreferences *preferences;      /* (owned) */
  GxcCoreDesk    *desk;             /* (owned) (nullable) until activated */
  GxcReminders   *reminders;        /* (owned) (nullable) until activated */
  GxcSearchProvider *provider;      /* (owned) */
  guint           wiping;           /* source: the bank has revoked this desk */
  guint           n_wipes;
};

G_DEFINE_FINAL_TYPE (GxcApplication, gxc_application, ADW_TYPE_APPLICATION)

static void
show_page (GxcApplication *self, const char *icon_name, const char *title, const char *words)
{
  GtkWidget *page = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", icon_name, "title", title, "description", words, "vexpand", TRUE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (self));

  gtk_box_append (GTK_BOX (box), g_object_new (ADW_TYPE_HEADER_BAR, "css-classes", (const char *[]) { "flat", NULL }, NULL));
  gtk_box_append (GTK_BOX (box), page);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _("Guanxi"));
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 400);
  gtk_window_present (GTK_WINDOW (window));
}

static void
show_failure (GxcApplication *self, const GError *error)
{
  g_autofree char *words = gxc_error_words (error);

  g_printerr ("guanxi: %s\n", error->message);
  show_page (self, "dialog-error-symbolic", _("The profile cannot be opened"), words);
}

static GxcWindow *
find_window (GxcApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (GXC_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

/* --- a desk that the bank has revoked ------------------------------------------------------------------------------ */

#define WIPE_AGAIN_MS 200       /* while whatever was under way still has the profile */
#define WIPE_TRIES    150

static gboolean
on_wipe_cb (gpointer data)
{
  GxcApplication *self = data;
  g_autoptr(GError) error = NULL;
  gboolean wiped = gxc_core_unlock_wipe (self->profile, &error);

  if (!wiped && g_error_matches (error, GX_ERROR, GX_ERROR_IN_USE) && ++self->n_wipes < WIPE_TRIES)
    return G_SOURCE_CONTINUE;
  self->wiping = 0;
  if (!wiped)
    show_failure (self, error);
  else
    show_page (self, "system-lock-screen-symbolic", _("The bank has revoked this desk"),
               _("What waited here is with the bank now; what lay here is removed. Ask your administrator before you sign in on another computer."));
  g_application_release (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

static void
close_desk (GxcApplication *self)
{
  GtkWindow *window = GTK_WINDOW (find_window (self));

  g_clear_object (&self->reminders);
  gxc_search_provider_set_desk (self->provider, NULL);
  if (window)
    gtk_window_destroy (window);
  gxc_core_desk_stop (self->desk);
  g_clear_object (&self->desk);
  gxc_paper_out_sweep (TRUE);
}

static gboolean
on_revoked_idle_cb (gpointer data)
{
  GxcApplication *self = data;

  close_desk (self);
  self->wiping = g_timeout_add (WIPE_AGAIN_MS, on_wipe_cb, self);
  return G_SOURCE_REMOVE;
}

/* Whoever tells is in the midst of its own work. */
static void
on_status_changed_cb (GxcApplication *self)
{
  GxcSyncSummary summary;

  if (!self->desk)      /* closed, and told once more */
    return;
  gxc_desk_get_summary (GXC_DESK (self->desk), &summary);
  if (summary.lease.state == GXC_LEASE_LOCKED)      /* nor does a copy stay that another program has */
    gxc_paper_out_sweep (TRUE);
  if (!summary.revoked || self->wiping)
    return;
  g_application_hold (G_APPLICATION (self));
  self->wiping = g_idle_add (on_revoked_idle_cb, self);
}

static void
on_remind_cb (GxcApplication *self, const char *id, const char *title, const char *body, const char *place)
{
  g_autoptr(GNotification) notification = g_notification_new (title);

  if (body)
    g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show", "s", place);
  g_notification_add_button_with_target (notification, _("Open"), "app.show", "s", place);
  g_application_send_notification (G_APPLICATION (self), id, notification);
}

static void
open_window (GxcApplication *self)
{
  GtkWindow *window = GTK_WINDOW (gxc_window_new (GTK_APPLICATION (self), GXC_DESK (self->desk), self->preferences));

  gtk_window_present (window);
  gxc_first_paint_watch (GTK_WIDGET (window));
  gxc_search_provider_set_desk (self->provider, GXC_DESK (self->desk));
  self->reminders = gxc_reminders_new (GXC_DESK (self->desk), self->preferences);
  g_signal_connect_object (self->reminders, "remind", G_CALLBACK (on_remind_cb), self, G_CONNECT_SWAPPED);
  gxc_reminders_check (self->reminders);
  g_application_withdraw_notification (G_APPLICATION (self), GXC_REMINDER_QUEUE);
  if (self->link && !gxc_window_follow (GXC_WINDOW (window), self->link))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.toast", "s", _("This link leads nowhere here"));
  g_clear_pointer (&self->link, g_free);
}

/* --- a profile that takes a password ------------------------------------------------------------------------------ */

static gboolean open_profile (GxcApplication *self, GxcProfileKey *key);

static void
on_signed_in_cb (GObject *desk, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;

  /* Offline, or another password by now: syncing finds out and says so. */
  gxc_desk_finish (GXC_DESK (desk), result, &error);
  gxc_core_desk_start (GXC_CORE_DESK (desk));
}

/* The password that opened the profile also signs in, so that it is typed once. */
static void
sign_in (GxcApplication *self, const char *password)
{
  g_autofree char *url = gxc_desk_dup_setting (GXC_DESK (self->desk), "server");
  g_autofree char *ca = gxc_desk_dup_setting (GXC_DESK (self->desk), "ca");
  g_autofree char *user = gxc_desk_dup_setting (GXC_DESK (self->desk), "login");
  const GxcCredentials credentials = { .url = url, .ca_file = ca, .user = user, .password = password };

  if (url && user)
    gxc_desk_sign_in (GXC_DESK (self->desk), &credentials, on_signed_in_cb, NULL);
}

static void
on_unlocked_cb (GxcUnlockWindow *window, GxcProfileKey *key, const char *password, GxcApplication *self)
{
  if (open_profile (self, key))
    sign_in (self, password);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_forgotten_cb (GxcUnlockWindow *window, GxcApplication *self)
{
  open_profile (self, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
ask_to_unlock (GxcApplication *self, const GError *lost)
{
  GtkWidget *window = gxc_unlock_window_new (GTK_APPLICATION (self), self->profile, lost);

  gxc_window_apply_theme (self->preferences);
  g_signal_connect_object (window, "unlocked", G_CALLBACK (on_unlocked_cb), self, 0);
  g_signal_connect_object (window, "forgotten", G_CALLBACK (on_forgotten_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

/* TRUE with a window over the profile; otherwise with one that says what it takes. */
static gboolean
open_profile (GxcApplication *self, GxcProfileKey *key)
{
  g_autoptr(GError) error = NULL;

  if (gxc_core_unlock_is_revoked (self->profile) && !gxc_core_unlock_wipe (self->profile, &error))     /* it was cut short */
    {
      show_failure (self, error);
      return FALSE;
    }
  self->desk = gxc_core_desk_new (self->profile, key, &error);
  if (self->desk)
    {
      open_window (self);
      g_signal_connect_object (self->desk, "status-changed", G_CALLBACK (on_status_changed_cb), self, G_CONNECT_SWAPPED);
    }
  else if (g_error_matches (error, GX_ERROR, GX_ERROR_STORE_LOCKED))
    ask_to_unlock (self, NULL);
  else if (g_error_matches (error, GX_ERROR, GX_ERROR_STORE_LOST) || g_error_matches (error, GX_ERROR, GX_ERROR_TAMPERED))
    ask_to_unlock (self, error);
  else
    show_failure (self, error);
  return self->desk != NULL;
}

/* The page whose button asked is gone by then. */
static gboolean
on_mend_idle_cb (gpointer data)
{
  GxcApplication *self = data;
  g_autoptr(GError) error = NULL;

  if (!self->desk)      /* asked twice */
    return G_SOURCE_REMOVE;
  gx_fail (&error, GX_ERROR_TAMPERED, "%s", self->profile);
  ask_to_unlock (self, error);      /* first: without any window the program would end */
  close_desk (self);
  return G_SOURCE_REMOVE;
}

static void
on_mend_cb (GSimpleAction *action, GVariant *none, gpointer data)
{
  GxcApplication *self = data;

  if (self->desk && !self->wiping)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_mend_idle_cb, g_object_ref (self), g_object_unref);
}

static void
gxc_application_activate (GApplication *application)
{
  GxcApplication *self = GXC_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window)
    gtk_window_present (window);
  else if (open_profile (self, NULL))
    gxc_core_desk_start (self->desk);
}

static void
follow (GxcApplication *self, const char *link)
{
  GxcWindow *window;

  g_application_activate (G_APPLICATION (self));
  window = find_window (self);
  if (!window)
    {
      g_free (self->link);
      self->link = g_strdup (link);
    }
  else if (!gxc_window_follow (window, link))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.toast", "s", _("This link leads nowhere here"));
}

/* Links, from a browser, a letter or the command line. */
static void
gxc_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *link = g_file_get_uri (files[i]);

      follow (GXC_APPLICATION (application), link);
    }
}

static void
on_show_cb (GSimpleAction *action, GVariant *link, gpointer self)
{
  follow (self, g_variant_get_string (link, NULL));
}

static gboolean
gxc_application_dbus_register (GApplication *application, GDBusConnection *connection, const char *path, GError **error)
{
  g_autofree char *its_path = g_strconcat (path, "/SearchProvider", NULL);

  return G_APPLICATION_CLASS (gxc_application_parent_class)->dbus_register (application, connection, path, error)
         && gxc_search_provider_export (GXC_APPLICATION (application)->provider, connection, its_path, error);
}

static void
gxc_application_dbus_unregister (GApplication *application, GDBusConnection *connection, const char *path)
{
  gxc_search_provider_unexport (GXC_APPLICATION (application)->provider);
  G_APPLICATION_CLASS (gxc_application_parent_class)->dbus_unregister (application, connection, path);
}

static void
gxc_application_startup (GApplication *application)
{
  gxc_shell_register ();
  G_APPLICATION_CLASS (gxc_application_parent_class)->startup (application);
  gxc_shell_init ();
  gxc_paper_out_sweep (FALSE);
  gtk_window_set_default_icon_name (GX_APP_ID);
}

/* What is told at the end must be on its way before the process is gone. */
static void
leave (GxcApplication *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));

  gxc_reminders_leave (self->reminders);
  if (bus)
    g_dbus_connection_flush_sync (bus, NULL, NULL);
}

static void
gxc_application_shutdown (GApplication *application)
{
  GxcApplication *self = GXC_APPLICATION (application);

  g_clear_handle_id (&self->wiping, g_source_remove);
  if (self->reminders)
    leave (self);
  g_clear_object (&self->reminders);
  gxc_search_provider_set_desk (self->provider, NULL);
  gxc_preferences_save (self->preferences);
  if (self->desk)
    gxc_core_desk_stop (self->desk);
  gxc_paper_out_sweep (TRUE);
  G_APPLICATION_CLASS (gxc_application_parent_class)->shutdown (application);
  g_clear_object (&self->desk);
}

static void
gxc_application_finalize (GObject *object)
{
  GxcApplication *self = GXC_APPLICATION (object);

  g_clear_object (&self->provider);
  g_clear_object (&self->preferences);
  g_free (self->profile);
  g_free (self->link);
  G_OBJECT_CLASS (gxc_application_parent_class)->finalize (object);
}

static void
gxc_application_class_init (GxcApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_application_finalize;
  G_APPLICATION_CLASS (klass)->activate = gxc_application_activate;
  G_APPLICATION_CLASS (klass)->open = gxc_application_open;
  G_APPLICATION_CLASS (klass)->dbus_register = gxc_application_dbus_register;
  G_APPLICATION_CLASS (klass)->dbus_unregister = gxc_application_dbus_unregister;
  G_APPLICATION_CLASS (klass)->startup = gxc_application_startup;
  G_APPLICATION_CLASS (klass)->shutdown = gxc_application_shutdown;
}

static void
gxc_application_init (GxcApplication *self)
{
  static const GActionEntry entries[] = { { "show", on_show_cb, "s" }, { "mend", on_mend_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  self->provider = gxc_search_provider_new (G_APPLICATION (self));
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
                                       "flags", G_APPLICATION_HANDLES_OPEN | (alone ? G_APPLICATION_NON_UNIQUE : 0), NULL);

  self->profile = g_strdup (profile);
  self->preferences = g_object_ref (preferences);
  return self;
}
