/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small cards beside the list: which requests wait for one's decision, the customers by tier. Enter opens a line. */

#include "gxc-today-side.h"

#include <glib/gi18n.h>

#include "gx-change-request.h"
#include "gx-customer.h"
#include "gxc-cards.h"
#include "gxc-format.h"
#include "gxc-review-words.h"
#include "gxc-ring-chart.h"
#include "gxc-today-cards.h"

#define MOST_REVIEWS 4

/* --- reviews ----------------------------------------------------------------------------------------------------- */

static void
add_review (GtkWidget *card, GxcDesk *desk, GxcTodayItem *item)
{
  const GxChangeRequest *request = gx_record_get_data (item->record);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14), *right;
  g_autofree char *maker = gxc_desk_dup_label (desk, "employee", &request->maker_id), *target = gxc_review_dup_target (desk, request);
  g_autofree char *lower = g_strdup_printf (_("%s · asked by %s"), target, maker), *span = gxc_format_span (MAX (gxc_desk_now (desk) - request->submitted_at, 0));
  g_autofree char *waits = g_strdup_printf (_("waits %s"), span), *words = g_strdup_printf ("%s, %s, %s", item->what, lower, waits);

  right = g_object_new (GTK_TYPE_LABEL, "label", waits, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (right, "gx-caption");
  gtk_box_append (GTK_BOX (line), gxc_today_two_lines (item->what, lower));
  gtk_box_append (GTK_BOX (line), right);
  gxc_today_card_append (card, line, words, "win.show-page", g_strdup_printf ("reviews#%s", GX_ID_STR (gx_record_get_id (item->record))));
}

GtkWidget *
gxc_today_reviews_new (void)
{
  return gxc_today_card_new (_("Waiting for my review"), gxc_today_open_button ("reviews", _("Open the reviews")));
}

/** gxc_today_reviews_show: those that wait longest; who has no customers of his own has them in the list instead */
void
gxc_today_reviews_show (GtkWidget     *card,
                        GxcDesk       *desk,
                        GxcTodayModel *model)
{
  g_autoptr(GPtrArray) reviews = gxc_today_model_get_kind (model, GXC_TODAY_REVIEW);
  g_autofree char *number = gxc_format_number (reviews->len);

  gxc_today_card_clear (card);
  for (guint i = 0; i < MIN (reviews->len, MOST_REVIEWS); i++)
    add_review (card, desk, g_ptr_array_index (reviews, i));
  gxc_today_card_set_caption (card, number);
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
  GxcChart *chart = GXC_CHART (gxc_today_card_rows (card));
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
