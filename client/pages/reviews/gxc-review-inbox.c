/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The left of the page: the boxes (to decide, asked by me, decided), the list of the one that is open, and the keys once
 * where the eye is. Who decides nothing has no box for it. */

#include "gxc-review-inbox.h"

#include <glib/gi18n.h>

#include "gxc-look.h"
#include "gxc-widgets.h"

struct _GxcReviewInbox
{
  GtkBox         parent_instance;

  /* Borrowed References */
  GtkWidget     *boxes;
  GxcReviewList *list;
  GtkWidget     *hints;     /* (nullable) */
};

G_DEFINE_FINAL_TYPE (GxcReviewInbox, gxc_review_inbox, GTK_TYPE_BOX)

static const struct { const char *name, *label; } inboxes[] = {
  { "to_check", N_("To decide") }, { "mine", N_("Asked by me") }, { "done", NC_("reviews", "Decided") },
};

static void
gxc_review_inbox_class_init (GxcReviewInboxClass *klass)
{
}

static void
gxc_review_inbox_init (GxcReviewInbox *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "gx-inbox");
}

static void
on_box_toggled_cb (GxcReviewInbox *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    gxc_review_list_open (self->list, g_object_get_data (G_OBJECT (button), "gxc-box"));
}

static void
append_boxes (GxcReviewInbox *self, guint first)
{
  GtkToggleButton *group = NULL;

  self->boxes = g_object_new (GTK_TYPE_BOX, "halign", GTK_ALIGN_START, "css-classes", (const char *[]) { "gx-segments", NULL }, NULL);
  for (guint i = first; i < G_N_ELEMENTS (inboxes); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (i == 2 ? g_dpgettext2 (NULL, "reviews", "Decided") : _(inboxes[i].label));

      g_object_set_data (G_OBJECT (button), "gxc-box", (gpointer) inboxes[i].name);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), !group);
      gtk_box_append (GTK_BOX (self->boxes), button);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_box_toggled_cb), self, G_CONNECT_SWAPPED);
      if (!group)
        group = GTK_TOGGLE_BUTTON (button);
    }
  gtk_box_append (GTK_BOX (self), self->boxes);
}

/* Keys of a list, where there is something to use them on. */
static void
on_listed_cb (GxcReviewInbox *self)
{
  gtk_widget_set_visible (self->hints, gxc_review_list_count (self->list) > 0);
}

static void
append_hints (GxcReviewInbox *self)
{
  static const struct { const char *keys, *what; } hints[] = { { "↑ ↓", N_("move") }, { "Space", N_("choose") }, { "?", N_("keys") } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      gtk_box_append (GTK_BOX (box), gxc_keycap_new (hints[i].keys));
      gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", _(hints[i].what), "css-classes", (const char *[]) { "gx-caption", NULL },
                                                   "margin-end", 6, NULL));
    }
  gtk_widget_add_css_class (box, "gx-inbox-foot");
  gtk_box_append (GTK_BOX (self), box);
  self->hints = box;
  g_signal_connect_object (self->list, "listed", G_CALLBACK (on_listed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * gxc_review_inbox_new:
 * @list: (transfer floating): connected already: its first box is opened here
 * @decides: whether the person decides anything
 */
GtkWidget *
gxc_review_inbox_new (GxcReviewList *list,
                      gboolean       decides)
{
  GxcReviewInbox *self = g_object_new (GXC_TYPE_REVIEW_INBOX, NULL);

  self->list = list;
  append_boxes (self, decides ? 0 : 1);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (list));
  if (decides)
    append_hints (self);
  gxc_review_list_open (list, inboxes[decides ? 0 : 1].name);
  return GTK_WIDGET (self);
}

/** gxc_review_inbox_open: the box of that name; FALSE if the person has none such */
gboolean
gxc_review_inbox_open (GxcReviewInbox *self,
                       const char     *box)
{
  GtkWidget *button = gtk_widget_get_first_child (self->boxes);

  while (button && g_strcmp0 (g_object_get_data (G_OBJECT (button), "gxc-box"), box) != 0)
    button = gtk_widget_get_next_sibling (button);
  if (button)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  return button != NULL;
}

/** gxc_review_inbox_focus: where the keys go on: in the list, or on the boxes if nothing is listed */
void
gxc_review_inbox_focus (GxcReviewInbox *self)
{
  if (!gxc_review_list_focus (self->list))
    gtk_widget_grab_focus (gtk_widget_get_first_child (self->boxes));
}

void
gxc_review_inbox_set_narrow (GxcReviewInbox *self,
                             gboolean        narrow)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), (narrow ? 248 : 272) * gxc_look_scale (GTK_WIDGET (self)), -1);
  (narrow ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self), "narrow");
  gxc_review_list_set_narrow (self->list, narrow);
}
