/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Server, certificate, user and password on one page; each refusal says what to do. A password that somebody else gave is
 * changed here before anything is shown. The page never keeps the password. */

#include "gxc-sign-in-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-error.h"
#include "gxc-compat.h"
#include "gxc-look.h"

#define PASSWORD_MIN 12

struct _GxcSignInPage
{
  GxcPage    parent_instance;

  /* Template widgets */
  GtkWidget *content;
  GtkWidget *heading;
  GtkWidget *explanation;
  GtkWidget *credentials;
  GtkWidget *server;
  GtkWidget *certificate;
  GtkWidget *trust;
  GtkWidget *user;
  GtkWidget *password;
  GtkWidget *renewal;
  GtkWidget *new_password;
  GtkWidget *again;
  GtkWidget *problem;
  GtkWidget *button;
  GtkWidget *leave;
  GtkWidget *spinner;
};

G_DEFINE_FINAL_TYPE (GxcSignInPage, gxc_sign_in_page, GXC_TYPE_PAGE)

enum { DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct { GxError code; const char *what_to_do; } advice[] = {
  { GX_ERROR_UNAUTHENTICATED, N_("User or password is wrong. Is Caps Lock on?") },
  { GX_ERROR_OFFLINE, N_("The server cannot be reached. Check the address and the network; nothing is lost.") },
  { GX_ERROR_RATE, N_("Too many tries. Wait a minute.") },
  { GX_ERROR_KEYRING_ABSENT, N_("There is no keyring for the session's key. Install and start gnome-keyring.") },
  { GX_ERROR_KEYRING_LOCKED, N_("The keyring stayed locked. Unlock it and try again.") },
  { GX_ERROR_STEP_UP, N_("The password was too long ago. Enter it again.") },
  { GX_ERROR_IN_USE, N_("Another window or program has this profile open. Close it first.") },
};

static const char *
text_of (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
show_problem (GxcSignInPage *self, const char *words)
{
  gtk_label_set_text (GTK_LABEL (self->problem), words ? words : "");
  gtk_widget_set_visible (self->problem, words != NULL);
}

static void
show_error (GxcSignInPage *self, const GError *error)
{
  g_autofree char *words = gxc_error_words (error);

  for (guint i = 0; i < G_N_ELEMENTS (advice); i++)
    if (g_error_matches (error, GX_ERROR, advice[i].code))
      {
        show_problem (self, _(advice[i].what_to_do));
        gtk_widget_set_tooltip_text (self->problem, words);
        return;
      }
  show_problem (self, words);
}

static void
set_busy (GxcSignInPage *self, gboolean busy)
{
  gxc_page_set_busy (self->credentials, busy);
  gxc_page_set_busy (self->renewal, busy);
  gtk_widget_set_sensitive (self->button, !busy);
  gtk_widget_set_sensitive (self->leave, !busy);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
}

/* --- whom one trusts ---------------------------------------------------------------------------------------------- */

/* "AB12 CD34 …": what a bank prints on paper, to be compared by eye. */
static char *
dup_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr(GByteArray) der = NULL;
  g_autoptr(GString) words = g_string_new (NULL);
  g_autofree char *hex = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  hex = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  for (gsize i = 0; hex[i]; i += 4)
    g_string_append_printf (words, "%s%.4s", i ? " " : "", hex + i);
  g_string_ascii_up (words);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* The bank's name, which is the organisation in the certificate; else all that it says of itself. */
static char *
dup_owner (GTlsCertificate *certificate)
{
  g_autofree char *name = g_tls_certificate_get_subject_name (certificate);
  g_auto(GStrv) parts = g_strsplit (name ? name : "", ",", -1);

  for (guint i = 0; parts[i]; i++)
    if (g_str_has_prefix (parts[i], "O="))
      return g_strdup (parts[i] + strlen ("O="));
  return g_steal_pointer (&name);
}

/* Says in words whose certificate the file is; nothing for no file, and for a file that is none what to do. */
static void
show_trust (GxcSignInPage *self)
{
  const char *path = text_of (self->certificate);
  g_autoptr(GTlsCertificate) certificate = *path ? g_tls_certificate_new_from_file (path, NULL) : NULL;
  g_autofree char *words = NULL;

  if (certificate)
    {
      g_autofree char *name = dup_owner (certificate), *fingerprint = dup_fingerprint (certificate);

      words = g_strdup_printf (_("Trusts %s, with the fingerprint (SHA-256)\n%s\nCompare it with the one that your bank gave you."),
                               name ? name : "", fingerprint);
    }
  else if (*path)
    words = g_strdup (_("This file is not a certificate. Ask your administrator for ca.pem."));
  gtk_label_set_text (GTK_LABEL (self->trust), words ? words : "");
  gtk_widget_set_visible (self->trust, words != NULL);
}

/* --- a password of one's own -------------------------------------------------------------------------------------- */

static void
ask_for_new_password (GxcSignInPage *self)
{
  gtk_label_set_text (GTK_LABEL (self->heading), _("Choose your own password"));
  gtk_label_set_text (GTK_LABEL (self->explanation), _("The one you used was given by somebody else. Twelve characters or more; a sentence is good."));
  gtk_widget_set_visible (self->credentials, FALSE);
  gtk_widget_set_visible (self->renewal, TRUE);
  gtk_widget_set_visible (self->leave, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->button), _("Set password"));
  gtk_widget_grab_focus (self->new_password);
}

static void
on_password_changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcSignInPage) self = data;
  g_autoptr(GError) error = NULL;

  set_busy (self, FALSE);
  if (!gxc_desk_finish (GXC_DESK (source), result, &error))
    {
      show_error (self, error);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  gtk_editable_set_text (GTK_EDITABLE (self->new_password), "");
  gtk_editable_set_text (GTK_EDITABLE (self->again), "");
  g_signal_emit (self, signals[DONE], 0);
}

static void
change_password (GxcSignInPage *self)
{
  if (g_utf8_strlen (text_of (self->new_password), -1) < PASSWORD_MIN)
    show_problem (self, _("The password is too short: twelve characters or more."));
  else if (g_strcmp0 (text_of (self->new_password), text_of (self->again)) != 0)
    show_problem (self, _("The two are not the same."));
  else
    {
      show_problem (self, NULL);
      set_busy (self, TRUE);
      gxc_desk_change_password (gxc_page_get_desk (GXC_PAGE (self)), text_of (self->password), text_of (self->new_password),
                                on_password_changed_cb, g_object_ref (self));
    }
}

/* --- signing in --------------------------------------------------------------------------------------------------- */

static void
on_signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcSignInPage) self = data;
  g_autoptr(GError) error = NULL;
  gboolean signed_in = gxc_desk_finish (GXC_DESK (source), result, &error);
  const GxcPerson *person = gxc_desk_get_person (GXC_DESK (source));

  set_busy (self, FALSE);
  if (!signed_in)
    {
      show_error (self, error);
      gtk_widget_grab_focus (self->password);
    }
  else if (person && person->must_change_password)
    ask_for_new_password (self);
  else
    {
      gtk_editable_set_text (GTK_EDITABLE (self->password), "");
      g_signal_emit (self, signals[DONE], 0);
    }
}

static void
sign_in (GxcSignInPage *self)
{
  const GxcCredentials credentials = {
    .url = text_of (self->server),
    .ca_file = *text_of (self->certificate) ? text_of (self->certificate) : NULL,
    .user = text_of (self->user),
    .password = text_of (self->password),
  };

  if (!*credentials.url || !*credentials.user || !*credentials.password)
    {
      show_problem (self, _("Server, user and password are needed."));
      return;
    }
  show_problem (self, NULL);
  set_busy (self, TRUE);
  gxc_desk_sign_in (gxc_page_get_desk (GXC_PAGE (self)), &credentials, on_signed_in_cb, g_object_ref (self));
}

static void
go_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcSignInPage *self = GXC_SIGN_IN_PAGE (widget);

  if (!gtk_widget_get_sensitive (self->button))
    return;
  if (gtk_widget_get_visible (self->renewal))
    change_password (self);
  else
    sign_in (self);
}

static void
on_activated_cb (GxcSignInPage *self)
{
  go_action (GTK_WIDGET (self), NULL, NULL);
}

static void
on_certificate_chosen_cb (gpointer data, GFile *file)
{
  g_autoptr(GxcSignInPage) self = data;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (path)
    gtk_editable_set_text (GTK_EDITABLE (self->certificate), path);
}

static void
choose_certificate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_compat_open_file (widget, _("Choose the certificate"), on_certificate_chosen_cb, g_object_ref (widget));
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_sign_in_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_SIGN_IN_PAGE);
  G_OBJECT_CLASS (gxc_sign_in_page_parent_class)->dispose (object);
}

static void
gxc_sign_in_page_class_init (GxcSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_sign_in_page_dispose;
  /** GxcSignInPage::done: somebody is signed in, with a password of their own */
  signals[DONE] = g_signal_new ("done", GXC_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/pages/gxc-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, content);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, heading);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, credentials);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, server);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, certificate);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, trust);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, user);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, renewal);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, new_password);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, again);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, problem);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, button);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, leave);
  gtk_widget_class_bind_template_child (widget_class, GxcSignInPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
  gtk_widget_class_install_action (widget_class, "sign-in.go", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "sign-in.choose-certificate", NULL, choose_certificate_action);
}

static void
gxc_sign_in_page_init (GxcSignInPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gxc_look_add_icons (gtk_widget_get_display (GTK_WIDGET (self)));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->content);
  gxc_page_set_content (GXC_PAGE (self), scrolled);
  g_signal_connect_swapped (self->certificate, "changed", G_CALLBACK (show_trust), self);
}

static void
fill (GxcDesk *desk, const char *name, GtkWidget *entry)
{
  g_autofree char *value = gxc_desk_dup_setting (desk, name);

  if (value)
    gtk_editable_set_text (GTK_EDITABLE (entry), value);
}

/* Why the password is asked for again, of a desk that was too long without the bank. */
static void
show_lease (GxcSignInPage *self, GxcDesk *desk)
{
  g_autofree char *words = NULL;
  GxcSyncSummary summary;

  gxc_desk_get_summary (desk, &summary);
  if (summary.lease.state != GXC_LEASE_LOCKED)
    return;
  words = gxc_lease_words (&summary.lease);
  gtk_label_set_text (GTK_LABEL (self->heading), _("This desk is locked"));
  gtk_label_set_text (GTK_LABEL (self->explanation), words);
}

/* The first field that is still empty. */
static void
on_mapped_cb (GxcSignInPage *self)
{
  GtkWidget *entries[] = { self->server, self->user, self->password };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (!*text_of (entries[i]))
      {
        gtk_widget_grab_focus (entries[i]);
        return;
      }
}

/** gxc_sign_in_page_new: filled with what the profile remembers */
GtkWidget *
gxc_sign_in_page_new (GxcDesk *desk)
{
  GxcSignInPage *self = g_object_new (GXC_TYPE_SIGN_IN_PAGE, NULL);

  gxc_page_set_desk (GXC_PAGE (self), desk);
  gxc_page_set_title (GXC_PAGE (self), _("Sign in"), NULL);
  fill (desk, "server", self->server);
  fill (desk, "ca", self->certificate);
  fill (desk, "login", self->user);
  show_lease (self, desk);
  g_signal_connect (self, "map", G_CALLBACK (on_mapped_cb), NULL);
  return GTK_WIDGET (self);
}

/** gxc_sign_in_page_let_leave: shows the way back, to the desk that lies open behind the page (win.leave-sign-in) */
void
gxc_sign_in_page_let_leave (GxcSignInPage *self)
{
  gtk_widget_set_visible (self->leave, TRUE);
}
