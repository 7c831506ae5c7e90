/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar that decides: the note first, then reject, return, approve, each with its key; and the password, when the server
 * wants it fresh. It decides nothing: the buttons are the page's actions (reviews.approve …), the bar keeps what was typed
 * and says what is missing. */

#include "gxc-review-bar.h"

#include <glib/gi18n.h>

#include "gxc-look.h"
#include "gxc-page.h"
#include "gxc-widgets.h"

#define NOTE_MIN 5          /* characters, of a return or a rejection */
#define ASKING_MS 300

struct _GxcReviewBar
{
  GtkBox     parent_instance;

  /* Borrowed References */
  GtkWidget *problem;
  GtkWidget *line;
  GtkWidget *note;
  GtkWidget *password;
  GtkWidget *verdicts;

  char      *verdict;       /* (owned) (nullable): waiting for the password */
  guint      asking;        /* timer: an answer that comes at once needs no words */
  gboolean   narrow;
};

G_DEFINE_FINAL_TYPE (GxcReviewBar, gxc_review_bar, GTK_TYPE_BOX)

static void
gxc_review_bar_dispose (GObject *object)
{
  g_clear_handle_id (&GXC_REVIEW_BAR (object)->asking, g_source_remove);
  G_OBJECT_CLASS (gxc_review_bar_parent_class)->dispose (object);
}

static void
gxc_review_bar_finalize (GObject *object)
{
  g_free (GXC_REVIEW_BAR (object)->verdict);
  G_OBJECT_CLASS (gxc_review_bar_parent_class)->finalize (object);
}

static void
gxc_review_bar_class_init (GxcReviewBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_review_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = gxc_review_bar_finalize;
}

static void
on_password_activated_cb (GxcReviewBar *self)
{
  g_autofree char *action = g_strdup_printf ("reviews.%s", self->verdict ? self->verdict : "approve");

  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

/* Out of the note and back to the list, so that the keys decide again. */
static gboolean
on_escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return gtk_widget_activate_action (widget, "reviews.to-inbox", NULL);
}

static void
add_entries (GxcReviewBar *self, GtkWidget *line)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->note = g_object_new (GTK_TYPE_ENTRY, "hexpand", TRUE, "valign", GTK_ALIGN_CENTER, "placeholder-text",
                             _("Note, needed to return or reject"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->note), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note"), -1);
  self->password = g_object_new (GTK_TYPE_PASSWORD_ENTRY, "visible", FALSE, "valign", GTK_ALIGN_CENTER, "placeholder-text",
                                 _("Your password again"), "activates-default", FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->password), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Your password again"), -1);
  g_signal_connect_object (self->password, "activate", G_CALLBACK (on_password_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->note);
  gtk_box_append (GTK_BOX (line), self->password);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                        gtk_callback_action_new (on_escape_cb, NULL, NULL)));
  gtk_widget_add_controller (line, keys);
}

static void
gxc_review_bar_init (GxcReviewBar *self)
{
  GtkWidget *line = self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_widget_add_css_class (GTK_WIDGET (self), "gx-action-bar");
  self->problem = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_widget_add_css_class (self->problem, "gx-caption");
  gtk_widget_add_css_class (self->problem, "gx-red");
  gtk_box_append (GTK_BOX (self), self->problem);
  add_entries (self, line);
  self->verdicts = g_object_new (GTK_TYPE_BOX, "spacing", 8, "halign", GTK_ALIGN_END, NULL);
  gtk_box_append (GTK_BOX (line), self->verdicts);
  gtk_box_append (GTK_BOX (self), line);
  gxc_review_bar_set_count (self, 1);
}

GtkWidget *
gxc_review_bar_new (void)
{
  return g_object_new (GXC_TYPE_REVIEW_BAR, NULL);
}

/** gxc_review_bar_set_count: how many requests the buttons are about */
void
gxc_review_bar_set_count (GxcReviewBar *self,
                          guint         n)
{
  g_autofree char *rejects = n > 1 ? g_strdup_printf (_("Reject %u"), n) : g_strdup (_("Reject"));
  g_autofree char *returns = n > 1 ? g_strdup_printf (_("Return %u"), n) : g_strdup (_("Return"));
  g_autofree char *approves = n > 1 ? g_strdup_printf (_("Approve and sign %u"), n) : g_strdup (_("Approve and sign"));
  GtkWidget *reject = gxc_button_new (rejects, "R", "reviews.reject"), *approve = gxc_button_new (approves, "A", "reviews.approve"), *child;

  while ((child = gtk_widget_get_first_child (self->verdicts)))
    gtk_box_remove (GTK_BOX (self->verdicts), child);
  gtk_widget_add_css_class (reject, "destructive-action");
  gtk_widget_add_css_class (approve, "suggested-action");
  gtk_box_append (GTK_BOX (self->verdicts), reject);
  gtk_box_append (GTK_BOX (self->verdicts), gxc_button_new (returns, "N", "reviews.return"));
  gtk_box_append (GTK_BOX (self->verdicts), approve);
  gxc_review_bar_set_narrow (self, self->narrow);
}

/** gxc_review_bar_set_narrow: there is no room to say each button's key, and with large letters none beside the note */
void
gxc_review_bar_set_narrow (GxcReviewBar *self,
                           gboolean      narrow)
{
  gboolean large = gxc_look_scale (GTK_WIDGET (self)) > 1.2;

  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->line), narrow && large ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  for (GtkWidget *button = gtk_widget_get_first_child (self->verdicts); button; button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_visible (gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (button))), !narrow);
}

const char *
gxc_review_bar_get_note (GxcReviewBar *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->note));
}

/** gxc_review_bar_get_password: %NULL if none was asked for */
const char *
gxc_review_bar_get_password (GxcReviewBar *self)
{
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password));

  return *password ? password : NULL;
}

/** gxc_review_bar_check_note: whether the note is enough for @verdict; if not, says so and puts the cursor there */
gboolean
gxc_review_bar_check_note (GxcReviewBar *self,
                           const char   *verdict)
{
  if (g_str_equal (verdict, "approve") || g_utf8_strlen (gxc_review_bar_get_note (self), -1) >= NOTE_MIN)
    return TRUE;
  gxc_review_bar_say (self, _("R-DUAL: who asked must be told why: write a note of at least five characters"));
  gtk_widget_grab_focus (self->note);
  return FALSE;
}

/** gxc_review_bar_ask_password: shows the password's entry; Enter there is @verdict again */
void
gxc_review_bar_ask_password (GxcReviewBar *self,
                             const char   *verdict)
{
  g_free (self->verdict);
  self->verdict = g_strdup (verdict);
  gxc_review_bar_say (self, _("A decision needs your password again; then press Enter"));
  gtk_widget_set_visible (self->password, TRUE);
  gtk_widget_grab_focus (self->password);
}

/** gxc_review_bar_say: @words (nullable): what is wrong */
void
gxc_review_bar_say (GxcReviewBar *self,
                    const char   *words)
{
  gtk_label_set_text (GTK_LABEL (self->problem), words ? words : "");
  gtk_widget_set_visible (self->problem, words != NULL);
  gtk_widget_add_css_class (self->problem, "gx-red");
}

/** gxc_review_bar_tell: @words: what is going on, which is no fault */
void
gxc_review_bar_tell (GxcReviewBar *self,
                     const char   *words)
{
  gxc_review_bar_say (self, words);
  gtk_widget_remove_css_class (self->problem, "gx-red");
}

/** gxc_review_bar_set_usable: whether anything can be decided at all; the keys are never left on what is greyed out */
void
gxc_review_bar_set_usable (GxcReviewBar *self,
                           gboolean      usable)
{
  if (!usable && gtk_widget_get_focus_child (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "reviews.to-inbox", NULL);
  gxc_page_set_busy (self->line, !usable);
}

static gboolean
on_asking_cb (gpointer data)
{
  GxcReviewBar *self = data;

  self->asking = 0;
  gxc_review_bar_tell (self, _("The bank is asked; nothing is decided before it answers."));
  return G_SOURCE_REMOVE;
}

/** gxc_review_bar_set_busy: nothing more can be decided here before the bank has answered */
void
gxc_review_bar_set_busy (GxcReviewBar *self,
                         gboolean      busy)
{
  gxc_page_set_busy (self->line, busy);
  g_clear_handle_id (&self->asking, g_source_remove);
  gxc_review_bar_say (self, NULL);
  if (busy)
    self->asking = g_timeout_add (ASKING_MS, on_asking_cb, self);
  if (!busy)
    gtk_editable_set_text (GTK_EDITABLE (self->password), "");
}

/** gxc_review_bar_clear: for another request */
void
gxc_review_bar_clear (GxcReviewBar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->note), "");
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  gtk_widget_set_visible (self->password, FALSE);
  gxc_review_bar_say (self, NULL);
}
