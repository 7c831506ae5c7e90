/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request, readable from top to bottom: its title and whose it is, then the cards: what changes on the left, who, why
 * and the signatures on the right (below, where the window is narrow); what changed before is where there is more room. It
 * shows and opens; it decides nothing. */

#include "gxc-review-detail.h"

#include <glib/gi18n.h>

#include "gxc-cards.h"
#include "gxc-page.h"
#include "gxc-paper-view.h"
#include "gxc-paper.h"
#include "gxc-review-cards.h"
#include "gxc-review-evidence.h"
#include "gxc-review-history.h"
#include "gxc-review-seen.h"
#include "gxc-review-words.h"
#include "gxc-widgets.h"

struct _GxcReviewDetail
{
  AdwBin        parent_instance;

  GxcDesk      *desk;       /* (owned) */

  /* Borrowed References */
  GtkStack     *stack;
  GtkWidget    *scrolled;
  GtkWidget    *title;
  GtkWidget    *copy;       /* says that it is one, and why */
  GxcStateChip *state;
  GtkWidget    *target;
  GtkWidget    *open;
  GtkWidget    *columns;
  GtkWidget    *left;
  GtkWidget    *right;
  GxcPaperView *paper;

  GxId          shown;
  char         *looked_at;  /* (owned) (nullable): fingerprint */
  GtkWidget    *evidence;   /* (owned) (nullable) */
  GtkWidget    *earlier;    /* (owned): around the history */
};

G_DEFINE_FINAL_TYPE (GxcReviewDetail, gxc_review_detail, ADW_TYPE_BIN)

static void
gxc_review_detail_dispose (GObject *object)
{
  GxcReviewDetail *self = GXC_REVIEW_DETAIL (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->looked_at, g_free);
  g_clear_object (&self->evidence);
  g_clear_object (&self->earlier);
  G_OBJECT_CLASS (gxc_review_detail_parent_class)->dispose (object);
}

/* --- evidence ----------------------------------------------------------------------------------------------------- */

typedef struct { GxcReviewDetail *self; char *sha256, *kind; } Look;

static void
look_free (Look *look)
{
  g_object_unref (look->self);
  g_free (look->sha256);
  g_free (look->kind);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static char *
dup_file_name (const Look *look, GBytes *bytes)
{
  const char *extension = gxc_paper_extension (bytes);

  return g_strdup_printf ("%s %.8s.%s", look->kind, look->sha256, extension ? extension : "bin");
}

/* What was signed is the fingerprint: another document under it is not shown. */
static void
show_paper (const Look *look, GBytes *bytes)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes), *name = NULL;

  if (g_strcmp0 (digest, look->sha256) != 0)
    {
      gxc_paper_view_say (look->self->paper, _("This is not the document that was signed: its fingerprint differs. Do not decide; tell the auditor."));
      return;
    }
  name = dup_file_name (look, bytes);
  gxc_paper_view_show (look->self->paper, name, bytes);
}

static void
on_progress_cb (goffset done, goffset total, gpointer data)
{
  Look *look = data;

  if (look->self->desk && g_strcmp0 (look->sha256, look->self->looked_at) == 0)
    gxc_paper_view_tell (look->self->paper, done, total);
}

static void
on_blob_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(Look) look = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = gxc_desk_finish_blob (GXC_DESK (source), result, &error);
  g_autofree char *words = bytes ? NULL : gxc_error_words (error);

  if (!look->self->desk || g_strcmp0 (look->sha256, look->self->looked_at) != 0)
    return;
  if (bytes)
    show_paper (look, bytes);
  else
    gxc_paper_view_say (look->self->paper, words);
}

static void
look_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcReviewDetail *self = GXC_REVIEW_DETAIL (widget);
  Look *look = g_new0 (Look, 1);

  look->self = g_object_ref (self);
  g_variant_get (parameter, "(ss)", &look->sha256, &look->kind);
  g_free (self->looked_at);
  self->looked_at = g_strdup (look->sha256);
  gxc_paper_view_wait (self->paper, look->kind);
  gtk_stack_set_visible_child_name (self->stack, "paper");
  gtk_widget_grab_focus (GTK_WIDGET (self->paper));
  gxc_desk_fetch_blob (self->desk, look->sha256, &self->shown, on_progress_cb, on_blob_cb, look);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_review_detail_leave_paper (GXC_REVIEW_DETAIL (widget));
}

/** gxc_review_detail_leave_paper: whether a document was shown; then the request is again */
gboolean
gxc_review_detail_leave_paper (GxcReviewDetail *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "paper") != 0)
    return FALSE;
  g_clear_pointer (&self->looked_at, g_free);
  gtk_stack_set_visible_child_name (self->stack, "request");
  if (!self->evidence || !gxc_review_evidence_focus (GXC_REVIEW_EVIDENCE (self->evidence)))
    gtk_widget_activate_action (GTK_WIDGET (self), "reviews.to-inbox", NULL);
  return TRUE;
}

/** gxc_review_detail_look: at the first document; whether there is one */
gboolean
gxc_review_detail_look (GxcReviewDetail *self)
{
  return self->evidence && gxc_review_evidence_look (GXC_REVIEW_EVIDENCE (self->evidence));
}

static void
gxc_review_detail_class_init (GxcReviewDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_review_detail_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "review.look", "(ss)", look_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "review.back", NULL, back_action);
}

static GtkWidget *
make_paper (GxcReviewDetail *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *back = gxc_button_new (_("Back to the request"), "Esc", "review.back");

  gtk_widget_set_halign (back, GTK_ALIGN_START);
  gtk_widget_add_css_class (back, "flat");
  gtk_widget_set_margin_start (back, 12);
  gtk_box_append (GTK_BOX (box), back);
  self->paper = GXC_PAPER_VIEW (gxc_paper_view_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->paper), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->paper));
  return box;
}

static GtkWidget *
make_head (GxcReviewDetail *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *second = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", 2,
                              "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (self->title, "gx-figure");
  gxc_label_tip_when_cut (self->title);
  self->state = GXC_STATE_CHIP (gxc_state_chip_new (GXC_STATE_PLAIN, ""));
  gtk_widget_set_valign (GTK_WIDGET (self->state), GTK_ALIGN_CENTER);
  self->target = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  gtk_widget_add_css_class (self->target, "gx-strong");
  self->open = g_object_new (GTK_TYPE_BUTTON, "label", _("Open the customer"), "action-target", g_variant_new_string (""),
                             "action-name", "win.open-customer", NULL);
  gtk_widget_add_css_class (self->open, "flat");
  gtk_widget_add_css_class (self->open, "gx-small");
  gtk_widget_set_valign (self->open, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (first), self->title);
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (self->state));
  gtk_box_append (GTK_BOX (second), self->target);
  gtk_box_append (GTK_BOX (second), self->open);
  gtk_box_append (GTK_BOX (head), first);
  gtk_box_append (GTK_BOX (head), second);
  return head;
}

static void
gxc_review_detail_init (GxcReviewDetail *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->left = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, "hexpand", TRUE, NULL);
  self->earlier = g_object_ref_sink (adw_bin_new ());
  self->right = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, "hexpand", FALSE, NULL);
  gtk_box_append (GTK_BOX (self->columns), self->left);
  gtk_box_append (GTK_BOX (self->columns), self->right);
  gtk_widget_add_css_class (body, "gx-page-body");
  gtk_box_append (GTK_BOX (body), make_head (self));
  self->copy = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "visible", FALSE,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "css-classes", (const char *[]) { "gx-caption", "gx-amber", NULL }, NULL);
  gtk_box_append (GTK_BOX (body), self->copy);
  gtk_box_append (GTK_BOX (body), self->columns);
  self->scrolled = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, "child", body, NULL);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, self->scrolled, "request");
  gtk_stack_add_named (self->stack, make_paper (self), "paper");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

GtkWidget *
gxc_review_detail_new (GxcDesk *desk)
{
  GxcReviewDetail *self = g_object_new (GXC_TYPE_REVIEW_DETAIL, NULL);

  self->desk = g_object_ref (desk);
  gxc_review_detail_set_narrow (self, FALSE);
  return GTK_WIDGET (self);
}

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)))
    gtk_box_remove (GTK_BOX (box), child);
}

static void
show_head (GxcReviewDetail *self, GxRecord *request)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  g_autofree char *title = gxc_review_dup_title (self->desk, request), *target = gxc_review_dup_whose (self->desk, row, title);
  g_autofree char *state = gxc_review_dup_field (self->desk, request, "state");
  GxId customer = gxc_review_customer (self->desk, row);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gxc_state_chip_set (self->state, gxc_review_state_look (row->state), state);
  gtk_label_set_text (GTK_LABEL (self->target), target);
  gtk_widget_set_visible (self->open, !gx_id_is_none (&customer));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "s", GX_ID_STR (&customer));
}

/* Of the same request what is drawn already stays, however often it is shown anew. */
static void
show_evidence (GxcReviewDetail *self, GxRecord *request)
{
  if (!self->evidence || !gxc_review_evidence_is_of (GXC_REVIEW_EVIDENCE (self->evidence), request))
    {
      g_clear_object (&self->evidence);
      self->evidence = g_object_ref_sink (gxc_review_evidence_new (self->desk, request));
    }
  gtk_box_append (GTK_BOX (self->left), self->evidence);
}

/* Beside evidence the right has more room, without it the left. */
static void
show_history (GxcReviewDetail *self, GtkWidget *history)
{
  gboolean has_papers = self->evidence && gxc_review_evidence_count (GXC_REVIEW_EVIDENCE (self->evidence));

  if (gtk_widget_get_parent (self->earlier))
    gtk_box_remove (GTK_BOX (gtk_widget_get_parent (self->earlier)), self->earlier);
  adw_bin_set_child (ADW_BIN (self->earlier), history);
  if (history)
    gtk_box_append (GTK_BOX (has_papers ? self->right : self->left), self->earlier);
}

/* Who, when, why and what follows from the bank's answer. */
static void
show_answer (GxcReviewDetail *self, GxRecord *request, GxcReviewAnswer answer)
{
  g_autoptr(GtkSizeGroup) names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  empty_box (self->right);
  gtk_box_append (GTK_BOX (self->right), gxc_review_why_card (self->desk, request, answer, names));
  gtk_box_append (GTK_BOX (self->right), gxc_review_signatures_card (self->desk, request, names));
  show_history (self, gxc_review_history_new (self->desk, request, answer));
}

/**
 * gxc_review_detail_show:
 *
 * Shows @request; another one than before begins at its top.
 */
void
gxc_review_detail_show (GxcReviewDetail *self,
                        GxRecord        *request,
                        GxcReviewAnswer  answer)
{
  GtkWidget *context;

  show_head (self, request);
  gtk_widget_set_visible (self->copy, FALSE);
  empty_box (self->left);
  gtk_box_append (GTK_BOX (self->left), gxc_review_changes_card (self->desk, request));
  if ((context = gxc_review_context_card (self->desk, request)))
    gtk_box_append (GTK_BOX (self->left), context);
  show_evidence (self, request);
  show_answer (self, request, answer);
  if (gx_id_equal (&self->shown, gx_record_get_id (request)))
    return;
  gxc_review_detail_leave_paper (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
  self->shown = *gx_record_get_id (request);
}

/** gxc_review_detail_show_copy: @request, as it is shown, is all there is, and of its documents those on this desk; @why: in words */
void
gxc_review_detail_show_copy (GxcReviewDetail *self,
                             GxRecord        *request,
                             const char      *why)
{
  gtk_label_set_text (GTK_LABEL (self->copy), why);
  gtk_widget_set_visible (self->copy, TRUE);
  show_answer (self, request, GXC_REVIEW_AWAY);
  if (self->evidence)
    gxc_review_evidence_fetch (GXC_REVIEW_EVIDENCE (self->evidence));
}

void
gxc_review_detail_set_narrow (GxcReviewDetail *self,
                              gboolean         narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_size_request (self->right, narrow ? -1 : 274 * gxc_look_scale (GTK_WIDGET (self)), -1);
}
