/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several requests with one bar: what is chosen, the verdict on all of it, and then what became of each. The deciding itself,
 * one after another, is the run's (GxcReviewBulk). The results stay to be read until somebody goes to a request. */

#include "gxc-review-several.h"

#include <glib/gi18n.h>

#include "gxc-keycap.h"
#include "gxc-page.h"
#include "gxc-review-bar.h"
#include "gxc-review-bulk.h"

struct _GxcReviewSeveral
{
  GtkBox         parent_instance;

  char          *verdict;   /* (owned) (nullable): under way */

  /* Borrowed References */
  GxcReviewBulk *bulk;
  GxcReviewBar  *bar;
  GtkWidget     *foot;      /* in the bar's place, once there are results */
};

G_DEFINE_FINAL_TYPE (GxcReviewSeveral, gxc_review_several, GTK_TYPE_BOX)

enum { FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
gxc_review_several_finalize (GObject *object)
{
  g_free (GXC_REVIEW_SEVERAL (object)->verdict);
  G_OBJECT_CLASS (gxc_review_several_parent_class)->finalize (object);
}

static void
gxc_review_several_class_init (GxcReviewSeveralClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_review_several_finalize;
  signals[FINISHED] = g_signal_new ("finished", GXC_TYPE_REVIEW_SEVERAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_foot (void)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *next = gxc_button_new (_("Go to the next request"), "Enter", "reviews.open");

  g_object_set (next, "halign", GTK_ALIGN_END, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (next, "suggested-action");
  gtk_widget_add_css_class (foot, "gx-action-bar");
  gtk_box_append (GTK_BOX (foot), next);
  return foot;
}

static void
gxc_review_several_init (GxcReviewSeveral *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

static void
on_step_up_cb (GxcReviewSeveral *self)
{
  gxc_review_bar_set_busy (self->bar, FALSE);
  gxc_review_bar_ask_password (self->bar, self->verdict);
}

static void
on_finished_cb (GxcReviewSeveral *self)
{
  guint done, failed;
  g_autofree char *words = NULL;

  gxc_review_bulk_count (self->bulk, &done, &failed);
  words = failed ? g_strdup_printf (_("%u decided, %u not: the reasons are shown"), done, failed)
                 : g_strdup_printf (ngettext ("%u decided", "%u decided", done), done);
  gxc_review_bar_set_busy (self->bar, FALSE);
  gxc_review_bar_clear (self->bar);
  g_signal_emit (self, signals[FINISHED], 0);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gxc_page_toast (GTK_WIDGET (self), words);
}

/** gxc_review_several_new: emits "finished" when there is a result of each */
GtkWidget *
gxc_review_several_new (GxcDesk *desk)
{
  GxcReviewSeveral *self = g_object_new (GXC_TYPE_REVIEW_SEVERAL, NULL);

  self->bulk = GXC_REVIEW_BULK (gxc_review_bulk_new (desk));
  self->bar = GXC_REVIEW_BAR (gxc_review_bar_new ());
  self->foot = make_foot ();
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->bulk));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (self), self->foot);
  g_signal_connect_object (self->bulk, "step-up", G_CALLBACK (on_step_up_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bulk, "finished", G_CALLBACK (on_finished_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/** gxc_review_several_set: what is chosen; results of before are gone */
void
gxc_review_several_set (GxcReviewSeveral *self,
                        GPtrArray        *requests)
{
  gxc_review_bulk_set (self->bulk, requests);
  gxc_review_bar_clear (self->bar);
  gxc_review_bar_set_count (self->bar, requests->len);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
  gtk_widget_set_visible (self->foot, FALSE);
}

/** gxc_review_several_decide: @verdict: "approve", "return" or "reject" */
void
gxc_review_several_decide (GxcReviewSeveral *self,
                           const char       *verdict)
{
  guint done, failed, all = gxc_review_bulk_count (self->bulk, &done, &failed);

  if (gxc_review_bulk_is_running (self->bulk) || done + failed == all || !gxc_review_bar_check_note (self->bar, verdict))
    return;
  g_free (self->verdict);
  self->verdict = g_strdup (verdict);
  gxc_review_bar_say (self->bar, NULL);
  gxc_review_bulk_run (self->bulk, verdict, gxc_review_bar_get_note (self->bar), gxc_review_bar_get_password (self->bar));
  if (gxc_review_bulk_is_running (self->bulk))
    gxc_review_bar_set_busy (self->bar, TRUE);
}

gboolean
gxc_review_several_is_running (GxcReviewSeveral *self)
{
  return gxc_review_bulk_is_running (self->bulk);
}

/** gxc_review_several_has_results: whether there is a result to be read */
gboolean
gxc_review_several_has_results (GxcReviewSeveral *self)
{
  return gxc_review_bulk_has_results (self->bulk);
}

/** gxc_review_several_dup_done: (transfer full) (element-type GxRecord): those that were decided */
GPtrArray *
gxc_review_several_dup_done (GxcReviewSeveral *self)
{
  return gxc_review_bulk_dup_done (self->bulk);
}

/** gxc_review_several_offer_next: whether there is a request to go to from the results */
void
gxc_review_several_offer_next (GxcReviewSeveral *self,
                               gboolean          offered)
{
  gtk_widget_set_visible (self->foot, offered);
}

void
gxc_review_several_set_narrow (GxcReviewSeveral *self,
                               gboolean          narrow)
{
  gxc_review_bar_set_narrow (self->bar, narrow);
}
