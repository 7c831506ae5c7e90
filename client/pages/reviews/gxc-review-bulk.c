/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several requests decided with one verdict and one note. Not one decision: each is fetched anew, must still be what the
 * list showed, and is signed by itself, one after another. One that fails stays with its reason and stops none behind it;
 * the password is asked for once ("step-up" is emitted, and the run goes on where it stood). */

#include "gxc-review-bulk.h"

#include <glib/gi18n.h>

#include "gx-change-request.h"
#include "gx-error.h"
#include "gxc-cards.h"
#include "gxc-page.h"
#include "gxc-review-words.h"
#include "gxc-widgets.h"

typedef struct
{
  GxRecord  *request;       /* (owned): as listed */
  GtkWidget *chip;          /* (borrowed) */
  GtkWidget *reason;        /* (borrowed) */
  GtkWidget *row;           /* (borrowed) */
  char      *head;          /* (owned) */
  gboolean   done, failed;
} Item;

struct _GxcReviewBulk
{
  AdwBin     parent_instance;

  GxcDesk   *desk;          /* (owned) */
  GtkWidget *cards;         /* (borrowed) */
  GPtrArray *items;         /* (owned) of Item */
  char      *verdict;       /* (owned) (nullable) */
  char      *note;          /* (owned) (nullable) */
  char      *password;      /* (owned) (nullable): for the next one only */
  guint      next;
  gboolean   running;
};

G_DEFINE_FINAL_TYPE (GxcReviewBulk, gxc_review_bulk, ADW_TYPE_BIN)

enum { STEP_UP, FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
item_free (gpointer data)
{
  Item *item = data;

  g_object_unref (item->request);
  g_free (item->head);
  g_free (item);
}

static void
gxc_review_bulk_dispose (GObject *object)
{
  GxcReviewBulk *self = GXC_REVIEW_BULK (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->verdict, g_free);
  g_clear_pointer (&self->note, g_free);
  g_clear_pointer (&self->password, g_free);
  G_OBJECT_CLASS (gxc_review_bulk_parent_class)->dispose (object);
}

static void
gxc_review_bulk_class_init (GxcReviewBulkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_review_bulk_dispose;
  signals[STEP_UP] = g_signal_new ("step-up", GXC_TYPE_REVIEW_BULK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED] = g_signal_new ("finished", GXC_TYPE_REVIEW_BULK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_review_bulk_init (GxcReviewBulk *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->items = g_ptr_array_new_with_free_func (item_free);
  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->cards, "gx-page-body");
  g_object_set (scrolled, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, "child", self->cards, NULL);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

GtkWidget *
gxc_review_bulk_new (GxcDesk *desk)
{
  GxcReviewBulk *self = g_object_new (GXC_TYPE_REVIEW_BULK, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}

/* --- what is shown ------------------------------------------------------------------------------------------------ */

static void
say (Item *item, GxcState state, const char *words, const char *reason)
{
  g_autofree char *sentence = g_strjoin (", ", item->head, words, reason, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (item->row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  gxc_state_chip_set (GXC_STATE_CHIP (item->chip), state, words);
  gtk_label_set_text (GTK_LABEL (item->reason), reason ? reason : "");
  gtk_widget_set_visible (item->reason, reason != NULL);
}

static char *
dup_changes (GxcReviewBulk *self, GxRecord *request)
{
  g_autoptr(GPtrArray) changes = gxc_review_changes (self->desk, gx_record_get_data (request));
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const GxcReviewChange *change = g_ptr_array_index (changes, i);

      g_string_append_printf (words, "%s%s %s → %s", i ? " · " : "", change->label, change->before ? change->before : "\u2014",
                              change->after ? change->after : "\u2014");
    }
  return g_string_free (words, FALSE);
}

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
append_item (GxcReviewBulk *self, GtkWidget *rows, GxRecord *request)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *title = gxc_review_dup_title (self->desk, request), *changes = dup_changes (self, request);
  g_autofree char *target = gxc_review_dup_target (self->desk, gx_record_get_data (request));
  g_autofree char *head = g_strdup_printf ("%s · %s", target, title);
  Item *item = g_new0 (Item, 1);

  item->request = g_object_ref (request);
  item->chip = gxc_state_chip_new (GXC_STATE_PLAIN, "");
  item->reason = label_new ("", "gx-caption");
  gtk_widget_add_css_class (item->reason, "gx-red");
  gtk_box_append (GTK_BOX (words), label_new (head, "gx-strong"));
  gtk_box_append (GTK_BOX (words), label_new (changes, "gx-caption"));
  gtk_box_append (GTK_BOX (words), item->reason);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), item->chip);
  gtk_widget_add_css_class (box, "gx-bulk-row");
  item->row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", box, "activatable", FALSE, NULL);
  item->head = g_steal_pointer (&head);
  say (item, GXC_STATE_PLAIN, _("chosen"), NULL);
  gtk_list_box_append (GTK_LIST_BOX (rows), item->row);
  g_ptr_array_add (self->items, item);
}

/** gxc_review_bulk_set: what is chosen; results of before are gone */
void
gxc_review_bulk_set (GxcReviewBulk *self,
                     GPtrArray     *requests)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u request chosen", "%u requests chosen", requests->len), requests->len);
  GtkWidget *child, *body, *rows = gxc_rows_new ();

  g_return_if_fail (!self->running);
  while ((child = gtk_widget_get_first_child (self->cards)))
    gtk_box_remove (GTK_BOX (self->cards), child);
  g_ptr_array_set_size (self->items, 0);
  self->next = 0;
  gtk_box_append (GTK_BOX (self->cards), gxc_card_new (title, _("each is signed by itself"), NULL, &body));
  gtk_box_append (GTK_BOX (body), rows);
  for (guint i = 0; i < requests->len; i++)
    append_item (self, rows, g_ptr_array_index (requests, i));
}

/* --- the run ------------------------------------------------------------------------------------------------------ */

static void decide_next (GxcReviewBulk *self);

static void
finish_item (GxcReviewBulk *self, const GError *error)
{
  Item *item = g_ptr_array_index (self->items, self->next++);
  g_autofree char *words = error ? gxc_error_words (error) : NULL;

  item->done = !error;
  item->failed = error != NULL;
  if (error)
    say (item, GXC_STATE_REFUSED, _("not decided"), words);
  else
    say (item, GXC_STATE_OK, gxc_review_verdict_done (self->verdict), NULL);
  decide_next (self);
}

static void
on_decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcReviewBulk) self = data;
  g_autoptr(GError) error = NULL;

  gxc_desk_finish (GXC_DESK (source), result, &error);
  if (!self->desk)
    return;
  if (g_error_matches (error, GX_ERROR, GX_ERROR_STEP_UP))
    {
      self->running = FALSE;
      g_signal_emit (self, signals[STEP_UP], 0);
    }
  else
    finish_item (self, error);
}

/* What the checker chose is what the list showed; if it is another by now, he must look at it first. */
static GError *
why_not (GxRecord *listed, GxRecord *now)
{
  const GxChangeRequest *old = gx_record_get_data (listed), *new = gx_record_get_data (now);

  if (g_strcmp0 (new->state, "PENDING") != 0)
    return g_error_new_literal (GX_ERROR, GX_ERROR_STATE, _("It no longer waits: somebody else decided first."));
  if (old->rev != new->rev || g_strcmp0 (old->digest, new->digest) != 0)
    return g_error_new_literal (GX_ERROR, GX_ERROR_CHANGED, _("Its maker changed it since it was listed: open it and look."));
  return NULL;
}

static void
on_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GxcReviewBulk *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxRecord) request = gxc_desk_finish_record (GXC_DESK (source), result, &error);
  Item *item;

  if (self->desk && self->next < self->items->len)
    {
      item = g_ptr_array_index (self->items, self->next);
      if (request)
        error = why_not (item->request, request);
      if (error)
        finish_item (self, error);
      else
        gxc_desk_decide (self->desk, request, self->verdict, self->note, self->password, on_decided_cb, g_object_ref (self));
      g_clear_pointer (&self->password, g_free);
    }
  g_object_unref (self);
}

static void
decide_next (GxcReviewBulk *self)
{
  Item *item;

  if (self->next == self->items->len)
    {
      self->running = FALSE;
      g_signal_emit (self, signals[FINISHED], 0);
      return;
    }
  item = g_ptr_array_index (self->items, self->next);
  say (item, GXC_STATE_DRAFT, _("on its way"), NULL);
  gxc_desk_fetch_review (self->desk, gx_record_get_id (item->request), on_fetched_cb, g_object_ref (self));
}

/**
 * gxc_review_bulk_run:
 * @note: (nullable)
 * @password: (nullable): after "step-up": goes on where it stood
 */
void
gxc_review_bulk_run (GxcReviewBulk *self,
                     const char    *verdict,
                     const char    *note,
                     const char    *password)
{
  g_return_if_fail (!self->running);

  g_free (self->verdict);
  self->verdict = g_strdup (verdict);
  g_free (self->note);
  self->note = g_strdup (note);
  g_free (self->password);
  self->password = g_strdup (password);
  self->running = TRUE;
  decide_next (self);
}

gboolean
gxc_review_bulk_is_running (GxcReviewBulk *self)
{
  return self->running;
}

/** gxc_review_bulk_has_results: whether there is a result to be read */
gboolean
gxc_review_bulk_has_results (GxcReviewBulk *self)
{
  return self->next > 0;
}

/** gxc_review_bulk_count: how many are in it, and how many were decided and not (both (out) (nullable)) */
guint
gxc_review_bulk_count (GxcReviewBulk *self,
                       guint         *out_done,
                       guint         *out_failed)
{
  guint done = 0, failed = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      done += ((Item *) g_ptr_array_index (self->items, i))->done;
      failed += ((Item *) g_ptr_array_index (self->items, i))->failed;
    }
  if (out_done)
    *out_done = done;
  if (out_failed)
    *out_failed = failed;
  return self->items->len;
}

/** gxc_review_bulk_dup_done: (transfer full) (element-type GxRecord): those that were decided, as they were listed */
GPtrArray *
gxc_review_bulk_dup_done (GxcReviewBulk *self)
{
  GPtrArray *done = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->items->len; i++)
    if (((Item *) g_ptr_array_index (self->items, i))->done)
      g_ptr_array_add (done, g_object_ref (((Item *) g_ptr_array_index (self->items, i))->request));
  return done;
}
