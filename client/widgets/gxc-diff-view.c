/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before and after, a line a field: what is in force, what is asked for. Removed words are struck out on red, added ones
 * bold on green, so that grey print and a colour-blind eye still tell them; a screen reader gets one sentence a field. */

#include "gxc-diff-view.h"

#include <glib/gi18n.h>

#include "gxc-diff-label.h"

struct _GxcDiffView
{
  GtkWidget  parent_instance;

  GtkWidget *grid;          /* (owned) the only child */
  int        n_rows;
  guint      n_changed;
};

G_DEFINE_FINAL_TYPE (GxcDiffView, gxc_diff_view, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "yalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
attach_line (GxcDiffView *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (line, "gx-diff-line");
  gtk_grid_attach (GTK_GRID (self->grid), line, 0, self->n_rows++, 3, 1);
}

static void
attach_head (GxcDiffView *self)
{
  const char *heads[] = { _("Field"), _("In force"), _("Asked for") };

  for (int i = 0; i < 3; i++)
    {
      GtkWidget *label = make_label (heads[i], "gx-caption");

      gtk_widget_set_hexpand (label, i > 0);
      gtk_grid_attach (GTK_GRID (self->grid), label, i, 0, 1, 1);
    }
  self->n_rows = 1;
}

static void
gxc_diff_view_dispose (GObject *object)
{
  GxcDiffView *self = GXC_DIFF_VIEW (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (gxc_diff_view_parent_class)->dispose (object);
}

static void
gxc_diff_view_class_init (GxcDiffViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_diff_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gxc_diff_view_init (GxcDiffView *self)
{
  self->grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 16, "row-spacing", 7, NULL);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  attach_head (self);
}

GtkWidget *
gxc_diff_view_new (void)
{
  return g_object_new (GXC_TYPE_DIFF_VIEW, NULL);
}

void
gxc_diff_view_clear (GxcDiffView *self)
{
  GtkWidget *child;

  g_return_if_fail (GXC_IS_DIFF_VIEW (self));

  while ((child = gtk_widget_get_first_child (self->grid)))
    gtk_grid_remove (GTK_GRID (self->grid), child);
  self->n_changed = 0;
  attach_head (self);
}

/**
 * gxc_diff_view_add:
 * @label: of the field
 * @before: (nullable): what is in force
 * @after: (nullable): what is asked for
 */
void
gxc_diff_view_add (GxcDiffView *self,
                   const char  *label,
                   const char  *before,
                   const char  *after)
{
  g_autofree char *words = NULL;
  GtkWidget *name;

  g_return_if_fail (GXC_IS_DIFF_VIEW (self));

  attach_line (self);
  name = make_label (label, "gx-dim");
  gtk_grid_attach (GTK_GRID (self->grid), name, 0, self->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), gxc_diff_label_new (before, after, GXC_DIFF_REMOVED), 1, self->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), gxc_diff_label_new (before, after, GXC_DIFF_ADDED), 2, self->n_rows, 1, 1);
  self->n_rows++;
  self->n_changed += g_strcmp0 (before, after) != 0;

  words = g_strdup_printf (_("%s: in force %s, asked for %s"), label, before ? before : "\u2014", after ? after : "\u2014");
  gtk_accessible_update_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

guint
gxc_diff_view_n_changed (GxcDiffView *self)
{
  g_return_val_if_fail (GXC_IS_DIFF_VIEW (self), 0);
  return self->n_changed;
}
