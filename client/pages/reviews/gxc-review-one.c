/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request, shown and decided. What is decided is what was shown: it is fetched fresh before it is shown, and the decision
 * carries its digest. Of one's own there is, in the bar's place, what a maker may still do. */

#include "gxc-review-one.h"

#include <glib/gi18n.h>

#include "gx-error.h"
#include "gxc-asked.h"
#include "gxc-page.h"
#include "gxc-review-row.h"
#include "gxc-review-words.h"

struct _GxcReviewOne
{
  GtkBox           parent_instance;

  GxcDesk         *desk;        /* (owned) */
  GxRecord        *request;     /* (owned) (nullable): as fetched and shown */
  char            *verdict;     /* (owned) (nullable): under way */
  gboolean         busy;
  GxcReviewAnswer  answer;      /* of the bank, about what is shown */
  guint            generation;  /* of what was asked for: an older answer is dropped */
  gint64           asked_at;    /* the last sync of then */

  /* Borrowed References */
  GxcReviewDetail *detail;
  GxcReviewBar    *bar;
  GxcReviewOwn    *own;
};

G_DEFINE_FINAL_TYPE (GxcReviewOne, gxc_review_one, GTK_TYPE_BOX)

enum { DECIDED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
gxc_review_one_dispose (GObject *object)
{
  GxcReviewOne *self = GXC_REVIEW_ONE (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->request);
  g_clear_pointer (&self->verdict, g_free);
  G_OBJECT_CLASS (gxc_review_one_parent_class)->dispose (object);
}

static void
gxc_review_one_class_init (GxcReviewOneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_review_one_dispose;
  signals[DECIDED] = g_signal_new ("decided", GXC_TYPE_REVIEW_ONE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, GX_TYPE_RECORD);
}

static void
gxc_review_one_init (GxcReviewOne *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

static void on_status_cb (GxcReviewOne *self);

/** gxc_review_one_new: emits "decided" with the request, when it was */
GtkWidget *
gxc_review_one_new (GxcDesk *desk)
{
  GxcReviewOne *self = g_object_new (GXC_TYPE_REVIEW_ONE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "status-changed", G_CALLBACK (on_status_cb), self, G_CONNECT_SWAPPED);
  self->detail = GXC_REVIEW_DETAIL (gxc_review_detail_new (desk));
  self->bar = GXC_REVIEW_BAR (gxc_review_bar_new ());
  self->own = GXC_REVIEW_OWN (gxc_review_own_new (desk));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->own));
  return GTK_WIDGET (self);
}

/* --- showing ------------------------------------------------------------------------------------------------------ */

static gboolean
is_own (GxcReviewOne *self, GxRecord *request)
{
  return gx_id_equal (&((const GxChangeRequest *) gx_record_get_data (request))->maker_id, &gxc_desk_get_person (self->desk)->employee_id);
}

static void
show (GxcReviewOne *self, GxRecord *request, GxcReviewAnswer answer)
{
  gboolean own = is_own (self, request);

  g_set_object (&self->request, request);
  self->answer = answer;
  gxc_review_detail_show (self->detail, request, answer);
  gxc_review_bar_set_usable (self->bar, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), gxc_review_may_decide (self->desk, request));
  gtk_widget_set_visible (GTK_WIDGET (self->own), own);
  if (own)
    gxc_review_own_show (self->own, request);
  gxc_review_bar_say (self->bar, NULL);
  gxc_review_own_say (self->own, NULL);
}

static char *
dup_why_copy (const GError *error)
{
  g_autofree char *words = gxc_error_words (error);

  if (g_error_matches (error, GX_ERROR, GX_ERROR_OFFLINE))
    return g_strdup (_("The server cannot be reached: this is what the desk has. It can be read; nothing can be done with it."));
  return g_strdup_printf ("%s\n%s", words, _("This is what the desk has. It can be read; nothing can be done with it before the bank answers."));
}

/* The list's copy stays; it can be read but not decided, and what would decide it does not look as if it could. */
static void
stay_with_copy (GxcReviewOne *self, const GError *error)
{
  g_autofree char *words = dup_why_copy (error);

  self->answer = GXC_REVIEW_AWAY;
  gxc_review_detail_show_copy (self->detail, self->request, words);
  gxc_review_bar_set_usable (self->bar, FALSE);
  gxc_review_own_set_usable (self->own, FALSE);
  on_status_cb (self);      /* a sync may have gone through while this was asked for */
}

typedef struct { GxcReviewOne *self; guint generation; } Fetch;

static void
on_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Fetch *fetch = data;
  g_autoptr(GxcReviewOne) self = fetch->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxRecord) request = gxc_desk_finish_record (GXC_DESK (source), result, &error);

  if (!self->request || fetch->generation != self->generation)
    return;
  if (request)
    show (self, request, GXC_REVIEW_THERE);
  else
    stay_with_copy (self, error);
}

static void
ask (GxcReviewOne *self)
{
  Fetch *fetch = g_new (Fetch, 1);

  self->asked_at = gxc_asked_at (self->desk);
  *fetch = (Fetch) { g_object_ref (self), ++self->generation };
  gxc_desk_fetch_review (self->desk, gx_record_get_id (self->request), on_fetched_cb, fetch);
}

/* The bank is there again, or only now knows who is asking: a sync went through since. */
static void
on_status_cb (GxcReviewOne *self)
{
  if (self->answer == GXC_REVIEW_AWAY && self->request && !self->busy && !gxc_review_own_is_in_use (self->own)
      && gxc_asked_is_old (self->desk, self->asked_at))
    ask (self);
}

/** gxc_review_one_show: @request as it is listed, at once; then as the server has it */
void
gxc_review_one_show (GxcReviewOne *self,
                     GxRecord     *request)
{
  gxc_review_bar_clear (self->bar);
  show (self, request, GXC_REVIEW_ASKED);
  ask (self);
}

/** gxc_review_one_clear: what is not shown cannot be decided */
void
gxc_review_one_clear (GxcReviewOne *self)
{
  g_clear_object (&self->request);
}

/** gxc_review_one_get_request: (transfer none) (nullable) */
GxRecord *
gxc_review_one_get_request (GxcReviewOne *self)
{
  return self->request;
}

/* --- deciding ----------------------------------------------------------------------------------------------------- */

static void
finish (GxcReviewOne *self)
{
  g_autoptr(GxRecord) request = g_steal_pointer (&self->request);

  gxc_page_toast (GTK_WIDGET (self), gxc_review_verdict_done (self->verdict));
  gxc_review_bar_clear (self->bar);
  g_signal_emit (self, signals[DECIDED], 0, request);
}

static void
on_decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcReviewOne) self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;
  gboolean decided = gxc_desk_finish (GXC_DESK (source), result, &error);

  if (!self->desk)
    return;
  self->busy = FALSE;
  gxc_review_bar_set_busy (self->bar, FALSE);
  if (decided)
    finish (self);
  else if (g_error_matches (error, GX_ERROR, GX_ERROR_STEP_UP))
    gxc_review_bar_ask_password (self->bar, self->verdict);
  else
    {
      words = gxc_error_words (error);
      gxc_review_bar_say (self->bar, words);
      gtk_widget_activate_action (GTK_WIDGET (self), "reviews.to-inbox", NULL);     /* the keys were in the bar */
    }
}

/** gxc_review_one_decide: @verdict: "approve", "return" or "reject"; nothing happens where it may not be */
void
gxc_review_one_decide (GxcReviewOne *self,
                       const char   *verdict)
{
  if (!self->request || self->busy || self->answer == GXC_REVIEW_AWAY || !gtk_widget_get_visible (GTK_WIDGET (self->bar)))
    return;
  if (self->answer == GXC_REVIEW_ASKED)
    {
      gxc_review_bar_tell (self->bar, _("The bank is asked for this request as it is now; it can be decided when that is here."));
      return;
    }
  if (!gxc_review_bar_check_note (self->bar, verdict))
    return;
  g_free (self->verdict);
  self->verdict = g_strdup (verdict);
  self->busy = TRUE;
  gxc_review_bar_set_busy (self->bar, TRUE);
  gxc_review_bar_say (self->bar, NULL);
  gxc_desk_decide (self->desk, self->request, verdict, gxc_review_bar_get_note (self->bar), gxc_review_bar_get_password (self->bar),
                   on_decided_cb, g_object_ref (self));
}

/** gxc_review_one_is_in_use: whether a note or a value is typed, or a decision under way */
gboolean
gxc_review_one_is_in_use (GxcReviewOne *self)
{
  return self->busy || *gxc_review_bar_get_note (self->bar) || gxc_review_own_is_in_use (self->own);
}

/* --- the parts ---------------------------------------------------------------------------------------------------- */

/** gxc_review_one_enter: puts the keys on what a maker can do with his own request; FALSE if it is another's */
gboolean
gxc_review_one_enter (GxcReviewOne *self)
{
  return self->request && gtk_widget_get_visible (GTK_WIDGET (self->own)) && gxc_review_own_enter (self->own);
}

/** gxc_review_one_act: @action_name is one of GxcReviewOwn; FALSE if it is not offered */
gboolean
gxc_review_one_act (GxcReviewOne *self,
                    const char   *action_name)
{
  return self->request && self->answer != GXC_REVIEW_AWAY && gtk_widget_get_visible (GTK_WIDGET (self->own))
         && gtk_widget_activate_action (GTK_WIDGET (self->own), action_name, NULL);
}

/** gxc_review_one_look: at the first document; FALSE if there is none */
gboolean
gxc_review_one_look (GxcReviewOne *self)
{
  return self->request && gxc_review_detail_look (self->detail);
}

gboolean
gxc_review_one_leave_paper (GxcReviewOne *self)
{
  return gxc_review_detail_leave_paper (self->detail);
}

void
gxc_review_one_set_narrow (GxcReviewOne *self,
                           gboolean      narrow)
{
  gxc_review_detail_set_narrow (self->detail, narrow);
  gxc_review_bar_set_narrow (self->bar, narrow);
  gxc_review_own_set_narrow (self->own, narrow);
}
