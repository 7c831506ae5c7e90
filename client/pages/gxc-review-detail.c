/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request, readable from top to bottom: its title and whose it is, then the cards: what changes on the left, who, why
 * and the signatures on the right (below, where the window is narrow). It shows and opens; it decides nothing. */

#include "gxc-review-detail.h"

#include <glib/gi18n.h>

#include "gxc-review-cards.h"
#include "gxc-review-words.h"
#include "gxc-widgets.h"

struct _GxcReviewDetail
{
  AdwBin        parent_instance;

  GxcDesk      *desk;       /* (owned) */

  /* Borrowed References */
  GtkWidget    *scrolled;
  GtkWidget    *title;
  GxcStateChip *state;
  GtkWidget    *target;
  GtkWidget    *open;
  GtkWidget    *columns;
  GtkWidget    *left;
  GtkWidget    *right;

  GxId          shown;
};

G_DEFINE_FINAL_TYPE (GxcReviewDetail, gxc_review_detail, ADW_TYPE_BIN)

static void
gxc_review_detail_dispose (GObject *object)
{
  g_clear_object (&GXC_REVIEW_DETAIL (object)->desk);
  G_OBJECT_CLASS (gxc_review_detail_parent_class)->dispose (object);
}

static void
gxc_review_detail_class_init (GxcReviewDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_review_detail_dispose;
}

static GtkWidget *
make_head (GxcReviewDetail *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *second = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (self->title, "gx-figure");
  self->state = GXC_STATE_CHIP (gxc_state_chip_new (GXC_STATE_PLAIN, ""));
  self->target = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (self->target, "gx-strong");
  self->open = g_object_new (GTK_TYPE_BUTTON, "label", _("Open the customer"), "action-target", g_variant_new_string (""),
                             "action-name", "win.open-customer", NULL);
  gtk_widget_add_css_class (self->open, "flat");
  gtk_widget_add_css_class (self->open, "gx-small");
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
  self->right = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, "hexpand", FALSE, NULL);
  gtk_box_append (GTK_BOX (self->columns), self->left);
  gtk_box_append (GTK_BOX (self->columns), self->right);
  gtk_widget_add_css_class (body, "gx-page-body");
  gtk_box_append (GTK_BOX (body), make_head (self));
  gtk_box_append (GTK_BOX (body), self->columns);
  self->scrolled = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, "child", body, NULL);
  adw_bin_set_child (ADW_BIN (self), self->scrolled);
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
  g_autofree char *title = gxc_review_dup_title (self->desk, request), *target = gxc_review_dup_target (self->desk, row);
  g_autofree char *state = gxc_review_dup_field (self->desk, request, "state");
  GxId customer = gxc_review_customer (self->desk, row);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_widget_set_tooltip_text (self->title, title);
  gxc_state_chip_set (self->state, gxc_review_state_look (row->state), state);
  gtk_label_set_text (GTK_LABEL (self->target), target);
  gtk_widget_set_visible (self->open, !gx_id_is_none (&customer));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "s", GX_ID_STR (&customer));
}

/**
 * gxc_review_detail_show:
 *
 * Shows @request; another one than before begins at its top.
 */
void
gxc_review_detail_show (GxcReviewDetail *self,
                        GxRecord        *request)
{
  GtkWidget *context;

  show_head (self, request);
  empty_box (self->left);
  empty_box (self->right);
  gtk_box_append (GTK_BOX (self->left), gxc_review_changes_card (self->desk, request));
  if ((context = gxc_review_context_card (self->desk, request)))
    gtk_box_append (GTK_BOX (self->left), context);
  gtk_box_append (GTK_BOX (self->left), gxc_review_evidence_card (self->desk, request));
  gtk_box_append (GTK_BOX (self->right), gxc_review_why_card (self->desk, request));
  gtk_box_append (GTK_BOX (self->right), gxc_review_signatures_card (self->desk, request));
  if (!gx_id_equal (&self->shown, gx_record_get_id (request)))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
  self->shown = *gx_record_get_id (request);
}

void
gxc_review_detail_set_narrow (GxcReviewDetail *self,
                              gboolean         narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_size_request (self->right, narrow ? -1 : 274 * gxc_look_scale (GTK_WIDGET (self)), -1);
}
