/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small cards beside the list: whom one sees today, which requests wait for one's decision, the customers by tier. Enter
 * opens a line. */

#include "gxc-today-side.h"

#include <glib/gi18n.h>

#include "gx-change-request.h"
#include "gx-customer.h"
#include "gxc-cards.h"
#include "gxc-format.h"
#include "gxc-look.h"
#include "gxc-review-words.h"
#include "gxc-ring-chart.h"
#include "gxc-today-edits.h"
#include "gxc-today-row.h"

#define MOST_REVIEWS 4
#define TIME_WIDTH   44        /* px at 100 % text */

/* --- cards ------------------------------------------------------------------------------------------------------- */

static GtkWidget *
rows_of (GtkWidget *card)
{
  return gtk_widget_get_first_child (gtk_widget_get_last_child (card));
}

static void
set_caption (GtkWidget *card, guint n)
{
  GtkWidget *caption = gtk_widget_get_next_sibling (gtk_widget_get_first_child (gtk_widget_get_first_child (card)));
  g_autofree char *number = gxc_format_number (n);

  gtk_label_set_text (GTK_LABEL (caption), number);
}

static void
clear_rows (GtkWidget *rows)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (rows), 0)))
    gtk_list_box_remove (GTK_LIST_BOX (rows), GTK_WIDGET (row));
}

/* A row opens what its data says: an action of the window and its target. */
static void
on_activated_cb (GtkListBox *rows, GtkListBoxRow *row)
{
  const char *action = g_object_get_data (G_OBJECT (row), "gxc-action"), *target = g_object_get_data (G_OBJECT (row), "gxc-target");

  gtk_widget_activate_action (GTK_WIDGET (rows), action, "s", target);
}

static GtkWidget *
card_new (const char *title, GtkWidget *button)
{
  GtkWidget *body, *card = gxc_card_new (title, "", button, &body), *rows = gxc_rows_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect (rows, "row-activated", G_CALLBACK (on_activated_cb), NULL);
  gtk_box_append (GTK_BOX (body), rows);
  return card;
}

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, "tooltip-text", text, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* @tail: (nullable): what stands after @lower and is never cut */
static GtkWidget *
two_lines (const char *upper, const char *upper_class, const char *lower, const char *tail)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "valign", GTK_ALIGN_CENTER, "hexpand", TRUE, NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_box_append (GTK_BOX (box), label_new (upper, upper_class));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (line), label_new (lower, "gx-caption"));
  if (tail)
    {
      gtk_box_append (GTK_BOX (line), label_new (tail, "gx-caption"));
      gtk_label_set_ellipsize (GTK_LABEL (gtk_widget_get_last_child (line)), PANGO_ELLIPSIZE_NONE);
    }
  return box;
}

static void
append_row (GtkWidget *rows, GtkWidget *line, const char *words, const char *action, char *target)
{
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", line, NULL);

  gtk_widget_add_css_class (line, "gx-task-row");
  g_object_set_data (G_OBJECT (row), "gxc-action", (gpointer) action);
  g_object_set_data_full (G_OBJECT (row), "gxc-target", target, g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_list_box_append (GTK_LIST_BOX (rows), row);
}

/* --- visits ------------------------------------------------------------------------------------------------------ */

static gboolean
is_today (GxcDesk *desk, gint64 at)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return gx_date_from_time (at, zone) == gxc_today_wall_date (desk);
}

static char *
distance_words (gint64 left)
{
  g_autofree char *span = gxc_format_span (ABS (left));

  return left < 0 ? g_strdup_printf (_("%s ago"), span) : g_strdup_printf (_("in %s"), span);
}

/* A chip for the next one; the others only say it. */
static GtkWidget *
make_distance (gint64 left, gboolean next)
{
  g_autofree char *words = distance_words (left);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (label, next ? "gx-chip" : "gx-caption");
  if (next)
    gtk_widget_add_css_class (label, "info");
  return label;
}

static void
add_visit (GtkWidget *rows, GxcDesk *desk, GxcTodayItem *item, gboolean next)
{
  gint64 now = gxc_desk_now (desk);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *time;
  g_autofree char *moment = gxc_format_moment (item->due_at, now), *tail = NULL, *name = gxc_today_dup_name (desk, item->customer, &tail);
  g_autofree char *who = name ? g_strdup_printf ("%s %s", name, tail) : g_strdup (item->why);
  g_autofree char *distance = distance_words (item->due_at - now), *words = g_strdup_printf ("%s, %s, %s, %s", moment, distance, item->what, who);

  time = label_new (moment, next ? "gx-strong" : "gx-dim");
  gtk_widget_set_size_request (time, TIME_WIDTH * gxc_look_scale (line), -1);
  gtk_box_append (GTK_BOX (line), time);
  gtk_box_append (GTK_BOX (line), two_lines (item->what, next ? "gx-strong" : NULL, name ? name : who, tail));
  gtk_box_append (GTK_BOX (line), make_distance (item->due_at - now, next));
  append_row (rows, line, words, "win.open-customer", g_strdup (GX_ID_STR (&item->customer_id)));
}

static int
compare_due (gconstpointer a, gconstpointer b)
{
  return gxc_today_item_compare (*(GxcTodayItem **) a, *(GxcTodayItem **) b, FALSE);
}

GtkWidget *
gxc_today_visits_new (GxcDesk *desk)
{
  return card_new (_("Visits today"), NULL);
}

/** gxc_today_visits_show: the first that is still ahead stands out; without visits there is no card */
void
gxc_today_visits_show (GtkWidget     *card,
                       GxcDesk       *desk,
                       GxcTodayModel *model)
{
  g_autoptr(GPtrArray) visits = gxc_today_model_get_kind (model, GXC_TODAY_VISIT);
  GtkWidget *rows = rows_of (card);
  gboolean found = FALSE;
  guint n = 0;

  clear_rows (rows);
  g_ptr_array_sort (visits, compare_due);
  for (guint i = 0; i < visits->len; i++)
    {
      GxcTodayItem *item = g_ptr_array_index (visits, i);
      gboolean next = !found && item->due_at >= gxc_desk_now (desk);

      if (!is_today (desk, item->due_at))
        continue;
      add_visit (rows, desk, item, next);
      found = found || next;
      n++;
    }
  set_caption (card, n);
  gtk_widget_set_visible (card, n > 0);
}

/* --- reviews ----------------------------------------------------------------------------------------------------- */

static void
add_review (GtkWidget *rows, GxcDesk *desk, GxcTodayItem *item)
{
  const GxChangeRequest *request = gx_record_get_data (item->record);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  g_autofree char *maker = gxc_desk_dup_label (desk, "employee", &request->maker_id), *target = gxc_review_dup_target (desk, request);
  g_autofree char *lower = g_strdup_printf (_("%s · asked by %s"), target, maker), *span = gxc_format_span (MAX (gxc_desk_now (desk) - request->submitted_at, 0));
  g_autofree char *waits = g_strdup_printf (_("waits %s"), span), *words = g_strdup_printf ("%s, %s, %s", item->what, lower, waits);
  GtkWidget *right = label_new (waits, "gx-caption");

  gtk_label_set_ellipsize (GTK_LABEL (right), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (line), two_lines (item->what, NULL, lower, NULL));
  gtk_box_append (GTK_BOX (line), right);
  append_row (rows, line, words, "win.show-page", g_strdup_printf ("reviews#%s", GX_ID_STR (gx_record_get_id (item->record))));
}

GtkWidget *
gxc_today_reviews_new (GxcDesk *desk)
{
  GtkWidget *open = g_object_new (GTK_TYPE_BUTTON, "label", _("Open"), "has-frame", FALSE, "action-name", "win.show-page", NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (open), "s", "reviews");
  gtk_widget_add_css_class (open, "gx-small");
  return card_new (_("Waiting for my review"), open);
}

/** gxc_today_reviews_show: those that wait longest; who has no customers of his own has them in the list instead */
void
gxc_today_reviews_show (GtkWidget     *card,
                        GxcDesk       *desk,
                        GxcTodayModel *model)
{
  g_autoptr(GPtrArray) reviews = gxc_today_model_get_kind (model, GXC_TODAY_REVIEW);
  GtkWidget *rows = rows_of (card);

  clear_rows (rows);
  for (guint i = 0; i < MIN (reviews->len, MOST_REVIEWS); i++)
    add_review (rows, desk, g_ptr_array_index (reviews, i));
  set_caption (card, reviews->len);
  gtk_widget_set_visible (card, reviews->len > 0 && gxc_desk_can (desk, GX_CAN_READ_OWN));
}

/* --- tiers ------------------------------------------------------------------------------------------------------- */

GtkWidget *
gxc_today_tiers_new (void)
{
  GtkWidget *body, *chart = gxc_ring_chart_new ();
  GtkWidget *card = gxc_card_new (_("Customers by tier"), "", gxc_chart_copy_button_new (GXC_CHART (chart)), &body);

  gtk_widget_add_css_class (body, "gx-card-body");
  gtk_box_append (GTK_BOX (body), chart);
  return card;
}

/** gxc_today_tiers_show: only tiers that exist; customers without one are not in it */
void
gxc_today_tiers_show (GtkWidget     *card,
                      const GxcBook *book)
{
  GxcChart *chart = GXC_CHART (rows_of (card));
  const char *labels[GXC_BOOK_WORDS];
  double values[GXC_BOOK_WORDS];
  guint n = 0;

  for (guint tier = 1; tier < GXC_BOOK_WORDS && gx_choice_code (gx_tiers, tier); tier++)
    {
      labels[n] = _(gx_choice_label (gx_tiers, tier));
      values[n++] = book->n_by_tier[tier];
    }
  gxc_chart_set_axis (chart, labels, n);
  gxc_chart_set_title (chart, _("Customers by tier"), NULL);
  gxc_chart_add_series (chart, _("Customers"), values);
  gtk_widget_set_visible (card, book->n_customers > 0);
}
