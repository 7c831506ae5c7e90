/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request in the inbox: what is asked for, of whom, by whom, how long it waits and until when. A row of to-decide can
 * be chosen for deciding several at once (the check button, or Space); the page counts what is chosen. */

#include "gxc-review-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gxc-cards.h"
#include "gxc-format.h"
#include "gxc-review-seen.h"
#include "gxc-review-words.h"
#include "gxc-unbroken.h"
#include "gxc-widgets.h"

struct _GxcReviewRow
{
  GtkListBoxRow parent_instance;

  GxRecord  *request;       /* (owned) */

  /* Borrowed References */
  GtkWidget *check;         /* (nullable) */
  GtkWidget *box;
  GtkWidget *head;
  GtkWidget *state;
};

G_DEFINE_FINAL_TYPE (GxcReviewRow, gxc_review_row, GTK_TYPE_LIST_BOX_ROW)

#define DECIDES (GX_CAN_DECIDE_1 | GX_CAN_DECIDE_2 | GX_CAN_DECIDE_ADMIN)

/* Of a title, which stands beside a clock: so many fit into one line, a Chinese sign counting for two. */
#define MOST_TOGETHER 14
#define LEAST_TITLE   8

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
gxc_review_row_dispose (GObject *object)
{
  g_clear_object (&GXC_REVIEW_ROW (object)->request);
  G_OBJECT_CLASS (gxc_review_row_parent_class)->dispose (object);
}

/* The one that has the keys is what is meant, selected or not. */
static gboolean
on_return_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_widget_get_parent (widget));

  if (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (widget)))
    return gtk_widget_activate_action (widget, "reviews.open", NULL);
  gtk_list_box_select_row (list, GTK_LIST_BOX_ROW (widget));
  return TRUE;
}

static gboolean
on_space_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GxcReviewRow *self = GXC_REVIEW_ROW (widget);

  gxc_review_row_set_chosen (self, !gxc_review_row_get_chosen (self));
  return self->check != NULL;
}

static void
gxc_review_row_class_init (GxcReviewRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_review_row_dispose;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_space, 0, on_space_cb, NULL);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Return, 0, on_return_cb, NULL);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_KP_Enter, 0, on_return_cb, NULL);
  signals[CHOSEN] = g_signal_new ("chosen", GXC_TYPE_REVIEW_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_review_row_init (GxcReviewRow *self)
{
}

static GtkWidget *
label_new (const char *text, const char *css_class, gboolean expands)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "hexpand", expands, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gxc_label_tip_when_cut (label);
  return label;
}

/* What is asked for and of whom is what the row is about: it goes on in a second line. */
static GtkWidget *
two_lines_new (const char *text, const char *css_class)
{
  GtkWidget *label = label_new (text, css_class, TRUE);

  g_object_set (label, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", 2, "width-chars", LEAST_TITLE, NULL);
  return label;
}

static guint
count_columns (const char *text)
{
  guint n = 0;

  for (; *text; text = g_utf8_next_char (text))
    n += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return n;
}

/* The arrow and its value stay together, in whatever script, and the list is wide enough for them beside the clock; a long one may go
 * on in the second line. */
static GtkWidget *
title_new (const char *title)
{
  const char *arrow = strstr (title, "→"), *tail = arrow ? arrow : title + strlen (title);
  guint columns = count_columns (tail);
  g_autofree char *together = columns <= MOST_TOGETHER ? gxc_unbroken (tail) : g_strdup (tail);
  g_autofree char *words = g_strdup_printf ("%.*s%s", (int) (tail - title), title, together);
  GtkWidget *label = two_lines_new (words, "gx-strong");

  if (columns <= MOST_TOGETHER)
    g_object_set (label, "width-chars", MAX (LEAST_TITLE, (int) columns + 1), NULL);
  return label;
}

static void
on_toggled_cb (GxcReviewRow *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
add_check (GxcReviewRow *self, GtkWidget *line)
{
  self->check = g_object_new (GTK_TYPE_CHECK_BUTTON, "valign", GTK_ALIGN_CENTER, "focusable", FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Choose, to decide several at once"), -1);
  gtk_widget_set_tooltip_text (self->check, _("Choose, to decide several at once (Space)"));
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->check);
}

/* What waits shows its clock; what does not, its state. */
static GtkWidget *
make_state (GxcDesk *desk, GxRecord *request)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  g_autofree char *state = gxc_review_dup_field (desk, request, "state");
  GtkWidget *clock;

  if (!row->due_at || g_strcmp0 (row->state, "PENDING") != 0)
    return gxc_state_chip_new (gxc_review_state_look (row->state), state);
  clock = gxc_clock_chip_new (gxc_desk_get_clock (desk));
  gxc_clock_chip_set_span (GXC_CLOCK_CHIP (clock), row->submitted_at, row->due_at);
  return clock;
}

/* Coarsely: whether it is hours or days is what matters. */
static char *
dup_waiting (GxcDesk *desk, const GxChangeRequest *row)
{
  int minutes = MAX (gxc_desk_now (desk) - row->submitted_at, 0) / 60000;

  if (minutes < 1 || g_strcmp0 (row->state, "PENDING") != 0)
    return gxc_format_ago (row->submitted_at, gxc_desk_now (desk));
  if (minutes < 60)
    return g_strdup_printf (_("waits %d min"), minutes);
  if (minutes < 24 * 60)
    return g_strdup_printf (_("waits %d h"), minutes / 60);
  return g_strdup_printf (_("waits %d d"), minutes / (24 * 60));
}

static void
fill (GxcReviewRow *self, GxcDesk *desk)
{
  const GxChangeRequest *row = gx_record_get_data (self->request);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *title = gxc_review_dup_title (desk, self->request), *maker = gxc_review_dup_field (desk, self->request, "maker_id");
  g_autofree char *state_words = gxc_review_dup_field (desk, self->request, "state"), *target = gxc_review_dup_target (desk, row);
  g_autofree char *waiting = dup_waiting (desk, row), *words = g_strdup_printf ("%s, %s, %s, %s, %s", title, target, maker, state_words, waiting);
  g_autofree char *whose = gxc_review_dup_whose (desk, row, title);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->state = g_object_new (GTK_TYPE_BOX, "valign", GTK_ALIGN_START, "halign", GTK_ALIGN_START, NULL);
  gtk_box_append (GTK_BOX (self->state), make_state (desk, self->request));
  gtk_box_append (GTK_BOX (self->head), title_new (title));
  gtk_box_append (GTK_BOX (self->head), self->state);
  gtk_box_append (GTK_BOX (foot), label_new (maker, "gx-caption", TRUE));
  gtk_box_append (GTK_BOX (foot), label_new (waiting, "gx-caption", FALSE));
  gtk_box_append (GTK_BOX (self->box), self->head);
  gtk_box_append (GTK_BOX (middle), two_lines_new (whose, NULL));
  if (gxc_review_may_decide (desk, self->request))
    add_check (self, middle);
  gtk_box_append (GTK_BOX (self->box), middle);
  gtk_box_append (GTK_BOX (self->box), foot);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/** gxc_review_row_new: several that may be decided can be chosen */
GtkWidget *
gxc_review_row_new (GxcDesk  *desk,
                    GxRecord *request)
{
  GxcReviewRow *self = g_object_new (GXC_TYPE_REVIEW_ROW, NULL);

  self->request = g_object_ref (request);
  fill (self, desk);
  return GTK_WIDGET (self);
}

/** gxc_review_row_get_request: (transfer none) */
GxRecord *
gxc_review_row_get_request (GxcReviewRow *self)
{
  return self->request;
}

gboolean
gxc_review_row_get_chosen (GxcReviewRow *self)
{
  return self->check && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check));
}

void
gxc_review_row_set_chosen (GxcReviewRow *self,
                           gboolean      chosen)
{
  if (self->check)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), chosen);
}

/** gxc_review_row_set_narrow: the clock stands below the words, or they would be cut */
void
gxc_review_row_set_narrow (GxcReviewRow *self,
                           gboolean      narrow)
{
  GtkWidget *room = narrow ? self->box : self->head;

  if (gtk_widget_get_parent (self->state) == room)
    return;
  g_object_ref (self->state);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (self->state)), self->state);
  gtk_box_append (GTK_BOX (room), self->state);
  g_object_unref (self->state);
}

/** gxc_review_may_decide: the server's word, once it was heard; until then what the roles let expect */
gboolean
gxc_review_may_decide (GxcDesk  *desk,
                       GxRecord *request)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  const GxcPerson *person = gxc_desk_get_person (desk);
  const GxcReviewSeen *seen = gxc_review_seen_of (request);

  if (g_strcmp0 (row->state, "PENDING") != 0 || gx_id_equal (&row->maker_id, &person->employee_id))
    return FALSE;
  return seen ? seen->may_decide : (gx_role_capabilities (person->roles) & DECIDES) != 0;
}
