/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What proves a request, each document small and as a button that looks at it. The bytes are fetched one after another, once
 * the server gave the request or cannot be asked, and each is held against the fingerprint that was signed: one that differs is not
 * drawn. It opens nothing: looking is "review.look". */

#include "gxc-review-evidence.h"

#include <glib/gi18n.h>

#include "gx-change-request.h"
#include "gxc-cards.h"
#include "gxc-page.h"
#include "gxc-paper-thumb.h"
#include "gxc-review-cards.h"
#include "gxc-review-seen.h"
#include "gxc-review-words.h"

typedef struct
{
  char          *sha256;    /* (owned) */
  char          *kind;      /* (owned): what it proves */
  char          *by;        /* (owned): who added it */

  /* Borrowed References */
  GtkWidget     *button;
  GxcPaperThumb *thumb;
  GtkWidget     *state;
} Paper;

struct _GxcReviewEvidence
{
  AdwBin     parent_instance;

  GxcDesk   *desk;          /* (owned) */
  GPtrArray *papers;        /* (owned) of Paper */
  char      *evidence;      /* (owned) (nullable): as the request has it */
  GxId       request;
  guint      next;          /* to be fetched */
  gboolean   seen;          /* the server gave the request */
  gboolean   begun;
};

G_DEFINE_FINAL_TYPE (GxcReviewEvidence, gxc_review_evidence, ADW_TYPE_BIN)

static void
paper_free (gpointer data)
{
  Paper *paper = data;

  g_free (paper->sha256);
  g_free (paper->kind);
  g_free (paper->by);
  g_free (paper);
}

static void
gxc_review_evidence_dispose (GObject *object)
{
  g_clear_object (&GXC_REVIEW_EVIDENCE (object)->desk);
  G_OBJECT_CLASS (gxc_review_evidence_parent_class)->dispose (object);
}

static void
gxc_review_evidence_finalize (GObject *object)
{
  GxcReviewEvidence *self = GXC_REVIEW_EVIDENCE (object);

  g_ptr_array_unref (self->papers);
  g_free (self->evidence);
  G_OBJECT_CLASS (gxc_review_evidence_parent_class)->finalize (object);
}

static void
gxc_review_evidence_class_init (GxcReviewEvidenceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_review_evidence_dispose;
  G_OBJECT_CLASS (klass)->finalize = gxc_review_evidence_finalize;
}

static void
gxc_review_evidence_init (GxcReviewEvidence *self)
{
  self->papers = g_ptr_array_new_with_free_func (paper_free);
}

/* --- one document -------------------------------------------------------------------------------------------------- */

static void
say (Paper *paper, const char *words, gboolean wrong)
{
  g_autofree char *sentence = g_strdup_printf (_("View %s"), paper->kind), *name = g_strjoin (", ", sentence, paper->by, *words ? words : NULL, NULL);

  gtk_label_set_text (GTK_LABEL (paper->state), words);
  (wrong ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (paper->state, "gx-red");
  gtk_accessible_update_property (GTK_ACCESSIBLE (paper->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* A drawing under way may outlive the card, but not the connection. */
static void
on_thumb_drawn_cb (GxcReviewEvidence *self, GxcPaperThumb *thumb)
{
  guint i = 0, n = gxc_paper_thumb_get_n_pages (thumb);        /* of an image one, which says nothing */
  g_autofree char *words = g_strdup_printf (ngettext ("%u page · fingerprint fits", "%u pages · fingerprint fits", n), n);

  while (((Paper *) g_ptr_array_index (self->papers, i))->thumb != thumb)
    i++;
  say (g_ptr_array_index (self->papers, i), n > 1 ? words : _("fingerprint fits"), FALSE);
}

static GtkWidget *
append_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "width-chars", 12, "max-width-chars", 12, NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
append_paper (GxcReviewEvidence *self, GtkFlowBox *flow, JsonObject *item)
{
  Paper *paper = g_new0 (Paper, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *digest = NULL, *tip = NULL;

  paper->sha256 = g_strdup (json_object_get_string_member_with_default (item, "sha256", ""));
  paper->kind = g_strdup (gxc_review_paper_kind (json_object_get_string_member_with_default (item, "kind", "OTHER")));
  paper->by = gxc_review_dup_person (self->desk, json_object_get_string_member_with_default (item, "added_by", NULL));
  paper->thumb = GXC_PAPER_THUMB (gxc_paper_thumb_new ());
  digest = gxc_review_short_digest (paper->sha256);
  tip = g_strdup_printf (_("added by %s · fingerprint %s"), paper->by, digest);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (paper->thumb));
  append_label (box, paper->kind, "gx-strong");
  gtk_widget_set_visible (append_label (box, paper->by, "gx-caption"), !g_str_equal (paper->by, "\u2014"));
  paper->state = append_label (box, "", "gx-caption");
  paper->button = g_object_new (GTK_TYPE_BUTTON, "child", box, "tooltip-text", tip, "action-target", g_variant_new ("(ss)", paper->sha256, paper->kind),
                                "action-name", "review.look", "halign", GTK_ALIGN_START, "valign", GTK_ALIGN_START, "css-classes", (const char *[]) { "flat", "gx-paper-tile", NULL }, NULL);
  g_signal_connect_object (paper->thumb, "drawn", G_CALLBACK (on_thumb_drawn_cb), self, G_CONNECT_SWAPPED);
  say (paper, "", FALSE);
  gtk_flow_box_insert (flow, paper->button, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (paper->button), FALSE);
  g_ptr_array_add (self->papers, paper);
}

/* --- their bytes --------------------------------------------------------------------------------------------------- */

static void fetch_next (GxcReviewEvidence *self);

static void
checksum_thread (GTask *task, gpointer source, gpointer bytes, GCancellable *cancellable)
{
  g_task_return_pointer (task, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes), g_free);
}

static void
on_checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GxcReviewEvidence *self = GXC_REVIEW_EVIDENCE (source);
  g_autofree char *digest = g_task_propagate_pointer (G_TASK (result), NULL);
  Paper *paper = g_ptr_array_index (self->papers, self->next);

  if (!self->desk)
    return;
  if (g_strcmp0 (digest, paper->sha256) == 0)
    {
      say (paper, _("fingerprint fits"), FALSE);
      gxc_paper_thumb_show (paper->thumb, g_task_get_task_data (G_TASK (result)));
    }
  else
    {
      say (paper, _("fingerprint differs"), TRUE);
      gxc_paper_thumb_show_icon (paper->thumb, "dialog-warning-symbolic");
    }
  self->next++;
  fetch_next (self);
}

static void
on_progress_cb (goffset done, goffset total, gpointer data)
{
  GxcReviewEvidence *self = data;
  g_autofree char *words = g_strdup_printf ("%d %%", (int) (done * 100 / total));

  if (self->desk)
    say (g_ptr_array_index (self->papers, self->next), words, FALSE);
}

static void
on_blob_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcReviewEvidence) self = data;
  g_autoptr(GError) error = NULL;
  GBytes *bytes = gxc_desk_finish_blob (GXC_DESK (source), result, &error);
  g_autoptr(GTask) task = NULL;

  if (bytes)
    {
      task = g_task_new (self, NULL, on_checked_cb, NULL);
      g_task_set_task_data (task, bytes, (GDestroyNotify) g_bytes_unref);
      g_task_run_in_thread (task, checksum_thread);
    }
  else if (self->desk)
    {
      g_autofree char *words = gxc_error_words (error);
      Paper *paper = g_ptr_array_index (self->papers, self->next++);

      say (paper, _("could not be fetched"), TRUE);
      gtk_widget_set_tooltip_text (paper->button, words);
      gxc_paper_thumb_show_icon (paper->thumb, "dialog-warning-symbolic");
      fetch_next (self);
    }
}

static void
fetch_next (GxcReviewEvidence *self)
{
  if (self->next < self->papers->len)
    gxc_desk_fetch_blob (self->desk, ((Paper *) g_ptr_array_index (self->papers, self->next))->sha256, &self->request, on_progress_cb,
                         on_blob_cb, g_object_ref (self));
}

/* --- the card ------------------------------------------------------------------------------------------------------ */

/** gxc_review_evidence_fetch: the documents, from this desk or the bank; once */
void
gxc_review_evidence_fetch (GxcReviewEvidence *self)
{
  if (self->begun)
    return;
  self->begun = TRUE;
  for (guint i = 0; i < self->papers->len; i++)
    say (g_ptr_array_index (self->papers, i), _("Fetching…"), FALSE);
  fetch_next (self);
}

/** gxc_review_evidence_new: a card; of a request that is not from the server documents are named, and not fetched */
GtkWidget *
gxc_review_evidence_new (GxcDesk  *desk,
                         GxRecord *request)
{
  GxcReviewEvidence *self = g_object_new (GXC_TYPE_REVIEW_EVIDENCE, NULL);
  const GxChangeRequest *row = gx_record_get_data (request);
  g_autoptr(JsonArray) papers = gxc_review_parse_array (row->evidence);
  guint n = json_array_get_length (papers);
  g_autofree char *caption = n ? g_strdup_printf ("%u", n) : g_strdup (_("none"));
  GtkWidget *body, *flow = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE, "max-children-per-line", 6, "column-spacing", 4,
                                         "row-spacing", 4, "homogeneous", TRUE, NULL);

  self->desk = g_object_ref (desk);
  self->evidence = g_strdup (row->evidence);
  self->request = row->meta.id;
  self->seen = gxc_review_seen_of (request) != NULL;
  adw_bin_set_child (ADW_BIN (self), gxc_card_new (_("Evidence"), caption, NULL, &body));
  gtk_widget_add_css_class (flow, "gx-paper-tiles");
  gtk_widget_set_visible (flow, n > 0);
  gtk_box_append (GTK_BOX (body), flow);
  for (guint i = 0; i < n; i++)
    append_paper (self, GTK_FLOW_BOX (flow), json_array_get_object_element (papers, i));
  if (self->seen)
    gxc_review_evidence_fetch (self);
  return GTK_WIDGET (self);
}

/** gxc_review_evidence_is_of: whether nothing of it would be otherwise for @request */
gboolean
gxc_review_evidence_is_of (GxcReviewEvidence *self,
                           GxRecord          *request)
{
  return gx_id_equal (&self->request, gx_record_get_id (request))
         && g_strcmp0 (self->evidence, ((const GxChangeRequest *) gx_record_get_data (request))->evidence) == 0
         && (self->seen || !gxc_review_seen_of (request));
}

/** gxc_review_evidence_count: how many documents there are */
guint
gxc_review_evidence_count (GxcReviewEvidence *self)
{
  return self->papers->len;
}

/** gxc_review_evidence_look: at the first document; FALSE if there is none */
gboolean
gxc_review_evidence_look (GxcReviewEvidence *self)
{
  const Paper *first = self->papers->len ? g_ptr_array_index (self->papers, 0) : NULL;

  return first && gtk_widget_activate_action (GTK_WIDGET (self), "review.look", "(ss)", first->sha256, first->kind);
}

/** gxc_review_evidence_focus: the first document; FALSE if there is none */
gboolean
gxc_review_evidence_focus (GxcReviewEvidence *self)
{
  return self->papers->len && gtk_widget_grab_focus (((Paper *) g_ptr_array_index (self->papers, 0))->button);
}
