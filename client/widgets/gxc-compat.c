/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only file that calls what GTK 4.10 and libadwaita 1.6 deprecate: the floor, Debian 12, has nothing newer. When the
 * floor moves, this file changes and nothing else. */

#include "gxc-compat.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  GCallback callback;
  gpointer  data;
} Answer;

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static Answer *
answer_new (GCallback callback, gpointer data)
{
  Answer *answer = g_new (Answer, 1);

  answer->callback = callback;
  answer->data = data;
  return answer;
}

static void
free_answer (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
on_confirm_responded_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Answer *answer = data;

  ((GxcConfirmFunc) answer->callback) (answer->data, g_str_equal (response, "confirm"));
}

/**
 * gxc_compat_confirm:
 * @parent: whose window asks
 * @callback: (scope async): always called once
 */
void
gxc_compat_confirm (GtkWidget      *parent,
                    const char     *heading,
                    const char     *body,
                    const char     *confirm_label,
                    gboolean        destructive,
                    GxcConfirmFunc  callback,
                    gpointer        data)
{
  GtkWidget *dialog = adw_message_dialog_new (window_of (parent), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("Cancel"), "confirm", confirm_label, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "confirm",
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), destructive ? "cancel" : "confirm");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_confirm_responded_cb),
                         answer_new (G_CALLBACK (callback), data), free_answer, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_file_responded_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  Answer *answer = data;
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  ((GxcFileFunc) answer->callback) (answer->data, file);
  g_object_unref (dialog);
}

static GtkNativeDialog *
show_chooser (GtkWidget *parent, const char *title, GtkFileChooserAction action, GxcFileFunc callback, gpointer data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, window_of (parent), action, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_file_responded_cb),
                         answer_new (G_CALLBACK (callback), data), free_answer, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
  return GTK_NATIVE_DIALOG (dialog);
}

/**
 * gxc_compat_open_file:
 * @callback: (scope async): called once, with NULL where nothing was chosen
 */
void
gxc_compat_open_file (GtkWidget   *parent,
                      const char  *title,
                      GxcFileFunc  callback,
                      gpointer     data)
{
  show_chooser (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, callback, data);
}

/**
 * gxc_compat_open_file_in:
 * @folder: (nullable): that is shown first
 * @callback: (scope async): called once, with NULL where nothing was chosen
 */
void
gxc_compat_open_file_in (GtkWidget   *parent,
                         const char  *title,
                         GFile       *folder,
                         GxcFileFunc  callback,
                         gpointer     data)
{
  GtkNativeDialog *dialog = show_chooser (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, callback, data);

  if (folder)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
}

/**
 * gxc_compat_save_file:
 * @name: what the file is called unless the person says otherwise
 * @callback: (scope async): called once, with NULL where nothing was chosen
 */
void
gxc_compat_save_file (GtkWidget   *parent,
                      const char  *title,
                      const char  *name,
                      GxcFileFunc  callback,
                      gpointer     data)
{
  GtkNativeDialog *dialog = show_chooser (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, callback, data);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
}
