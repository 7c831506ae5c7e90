/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One password before anything is shown: it opens what lies on this computer, with or without a network, and then signs in.
 * What stands in the way is said with what to do about it; starting over is offered only then, and says what it costs.
 *
 * It has no desk: there is none before the profile is open. */

#include "gxc-unlock-window.h"

#include <glib/gi18n.h>

#include "gx-error.h"
#include "gxc-compat.h"
#include "gxc-core-unlock.h"
#include "gxc-look.h"
#include "gxc-page.h"

struct _GxcUnlockWindow
{
  AdwApplicationWindow parent_instance;

  char      *profile;       /* (owned) */
  char      *file;          /* (owned) (nullable): where what was not sent was saved */

  /* Template widgets */
  GtkWidget *heading;
  GtkWidget *whose;
  GtkWidget *explanation;
  GtkWidget *entry;
  GtkWidget *password;
  GtkWidget *problem;
  GtkWidget *button;
  GtkWidget *save;
  GtkWidget *over;
  GtkWidget *spinner;
};

G_DEFINE_FINAL_TYPE (GxcUnlockWindow, gxc_unlock_window, ADW_TYPE_APPLICATION_WINDOW)

enum { UNLOCKED, FORGOTTEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
set_busy (GxcUnlockWindow *self, gboolean busy)
{
  gtk_editable_set_editable (GTK_EDITABLE (self->password), !busy);     /* insensitive, it would lose the focus */
  gtk_widget_set_sensitive (self->button, !busy);
  gtk_widget_set_sensitive (self->save, !busy);
  gtk_widget_set_sensitive (self->over, !busy);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
}

static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, GX_ERROR, GX_ERROR_TAMPERED);
}

/* What was written for a person; of a damaged file, whose words name its path, what is to be done. */
static char *
dup_words (GxcUnlockWindow *self, const GError *error)
{
  if (!is_damage (error))
    return g_strdup (error->message);
  if (gxc_core_unlock_can_export (self->profile))
    return g_strdup (_("First save what was not sent, and hand the file to your bank: it reads from it what the disk still holds. Then start over and sign in: your customers come from the bank again."));
  return g_strdup (_("Start over and sign in: your customers come from the bank again. Changes that were not sent yet cannot be saved; your administrators can try to read the disk first."));
}

/* A password that is forgotten, a half that is lost: then one may start over. A keyring that only has to be started or unlocked has lost nothing. */
static gboolean
may_start_over (const GError *error)
{
  return error && !g_error_matches (error, GX_ERROR, GX_ERROR_KEYRING_LOCKED) && !g_error_matches (error, GX_ERROR, GX_ERROR_KEYRING_ABSENT);
}

static void
show_problem (GxcUnlockWindow *self, const GError *error)
{
  g_autofree char *words = error ? dup_words (self, error) : NULL;

  gtk_label_set_text (GTK_LABEL (self->problem), words ? words : "");
  gtk_widget_set_visible (self->problem, error != NULL);
  gtk_widget_set_visible (self->over, may_start_over (error));
  gtk_widget_set_visible (self->save, (g_error_matches (error, GX_ERROR, GX_ERROR_KEYRING_ITEM) || is_damage (error))
                                      && gxc_core_unlock_can_export (self->profile));
}

/* --- what was not sent -------------------------------------------------------------------------------------------- */

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcUnlockWindow) self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  set_busy (self, FALSE);
  if (!gxc_core_unlock_export_finish (result, &error))
    {
      gtk_label_set_text (GTK_LABEL (self->problem), error->message);
      return;
    }
  words = g_strdup_printf (_("Saved in %s. Hand the file to your bank: only the bank opens it. Then start over here."), self->file);
  gtk_label_set_text (GTK_LABEL (self->problem), words);
}

static void
on_file_chosen_cb (gpointer data, GFile *file)
{
  g_autoptr(GxcUnlockWindow) self = data;

  g_free (self->file);
  self->file = file ? g_file_get_path (file) : NULL;
  if (!self->file)
    return;
  set_busy (self, TRUE);
  gxc_core_unlock_export (self->profile, self->file, on_saved_cb, g_object_ref (self));
}

/* Nobody here opens it any more, but the bank does. */
static void
on_save_cb (GxcUnlockWindow *self)
{
  gxc_compat_save_file (GTK_WIDGET (self), _("Save what was not sent"), _("not-sent.parcel"), on_file_chosen_cb, g_object_ref (self));
}

/* --- the password ------------------------------------------------------------------------------------------------- */

static void
on_unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcUnlockWindow) self = data;
  g_autoptr(GError) error = NULL;
  GxcProfileKey *key = gxc_core_unlock_finish (result, &error);
  g_autofree char *password = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->password)));

  set_busy (self, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  show_problem (self, error);
  if (key)
    g_signal_emit (self, signals[UNLOCKED], 0, key, password);
  else
    gtk_widget_grab_focus (self->password);
  explicit_bzero (password, strlen (password));
}

static void
on_activated_cb (GxcUnlockWindow *self)
{
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password));

  if (!*password || !gtk_widget_get_sensitive (self->button))
    return;
  show_problem (self, NULL);
  set_busy (self, TRUE);
  gxc_core_unlock (self->profile, password, on_unlocked_cb, g_object_ref (self));
}

static gboolean
on_forget_cb (gpointer data)
{
  GxcUnlockWindow *self = data;
  g_autoptr(GError) error = NULL;

  if (gxc_core_unlock_forget (self->profile, &error))
    g_signal_emit (self, signals[FORGOTTEN], 0);
  else
    show_problem (self, error);
  return G_SOURCE_REMOVE;
}

/* Once the question is gone from the screen: it would go with this window in the middle of its answer. */
static void
on_forget_confirmed_cb (gpointer data, gboolean confirmed)
{
  g_autoptr(GxcUnlockWindow) self = data;

  if (confirmed)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_forget_cb, g_object_ref (self), g_object_unref);
}

static void
on_over_cb (GxcUnlockWindow *self)
{
  gxc_compat_confirm (GTK_WIDGET (self), _("Start over on this computer?"),
                      _("Everything here is removed, including changes that were not sent yet. Your customers come back with the next sign-in; those changes do not."),
                      _("Remove and start over"), TRUE, on_forget_confirmed_cb, g_object_ref (self));
}

static void
gxc_unlock_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_UNLOCK_WINDOW);
  G_OBJECT_CLASS (gxc_unlock_window_parent_class)->dispose (object);
}

static void
gxc_unlock_window_finalize (GObject *object)
{
  g_free (GXC_UNLOCK_WINDOW (object)->profile);
  g_free (GXC_UNLOCK_WINDOW (object)->file);
  G_OBJECT_CLASS (gxc_unlock_window_parent_class)->finalize (object);
}

static void
gxc_unlock_window_class_init (GxcUnlockWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_unlock_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = gxc_unlock_window_finalize;
  /** GxcUnlockWindow::unlocked: with the open key (transfer full) and the password that opened it */
  signals[UNLOCKED] = g_signal_new ("unlocked", GXC_TYPE_UNLOCK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                    G_TYPE_POINTER, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  /** GxcUnlockWindow::forgotten: the profile is a new one */
  signals[FORGOTTEN] = g_signal_new ("forgotten", GXC_TYPE_UNLOCK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/app/gxc-unlock-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcUnlockWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, GxcUnlockWindow, whose);
  gtk_widget_class_bind_template_child (widget_class, GxcUnlockWindow, explanation);
  gtk_widget_class_bind_template_child (widget_class, GxcUnlockWindow, entry);
  gtk_widget_class_bind_template_child (widget_class, GxcUnlockWindow, password);
  gtk_widget_class_bind_template_child (widget_class, GxcUnlockWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, GxcUnlockWindow, button);
  gtk_widget_class_bind_template_child (widget_class, GxcUnlockWindow, save);
  gtk_widget_class_bind_template_child (widget_class, GxcUnlockWindow, over);
  gtk_widget_class_bind_template_child (widget_class, GxcUnlockWindow, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_over_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
}

static void
gxc_unlock_window_init (GxcUnlockWindow *self)
{
  gxc_look_add_icons (gtk_widget_get_display (GTK_WIDGET (self)));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "gx-window");
}

/* Without its key nothing is asked. */
static void
show_lost (GxcUnlockWindow *self, const GError *lost)
{
  gtk_label_set_text (GTK_LABEL (self->heading), is_damage (lost) ? _("The data on this computer is damaged") : _("The key is missing"));
  gtk_widget_set_visible (self->whose, FALSE);
  gtk_widget_set_visible (self->explanation, FALSE);
  gtk_widget_set_visible (self->entry, FALSE);
  gtk_widget_set_visible (self->button, FALSE);
  show_problem (self, lost);
}

/**
 * gxc_unlock_window_new:
 * @lost: (nullable): why no password helps
 */
GtkWidget *
gxc_unlock_window_new (GtkApplication *application, const char *profile, const GError *lost)
{
  GxcUnlockWindow *self = g_object_new (GXC_TYPE_UNLOCK_WINDOW, "application", application, "title", _("Guanxi"), NULL);
  g_autofree char *whose = gxc_core_unlock_whose (profile);

  self->profile = g_strdup (profile);
  gtk_label_set_text (GTK_LABEL (self->whose), whose ? whose : "");
  if (lost)
    show_lost (self, lost);
  else
    gtk_widget_grab_focus (self->password);
  return GTK_WIDGET (self);
}
