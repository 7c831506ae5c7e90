/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before and after, a line a field: what is in force, what is asked for. Removed words are struck out on red, added ones
 * bold on green, so that grey print and a colour-blind eye still tell them; a screen reader gets one sentence a field. */

#include "gxc-diff-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gxc-diff.h"
#include "gxc-look.h"

typedef struct
{
  GtkWidget *label;         /* (borrowed) */
  GArray    *runs;          /* (owned) */
  GxcDiffKind side;         /* REMOVED: the column in force; ADDED: the one asked for */
} Cell;

struct _GxcDiffView
{
  GtkWidget  parent_instance;

  GtkWidget *grid;          /* (owned) the only child */
  GPtrArray *cells;         /* (owned) of Cell */
  int        n_rows;
  guint      n_changed;
};

G_DEFINE_FINAL_TYPE (GxcDiffView, gxc_diff_view, GTK_TYPE_WIDGET)

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  g_array_unref (cell->runs);
  g_free (cell);
}

static void
add_attribute (PangoAttrList *list, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

static void
add_colour (PangoAttrList *list, PangoAttribute *(*make) (guint16, guint16, guint16), GxcToken token, guint start, guint end)
{
  const GdkRGBA *colour = gxc_token_rgba (token);

  add_attribute (list, make (colour->red * 65535, colour->green * 65535, colour->blue * 65535), start, end);
}

static void
mark_run (PangoAttrList *list, GxcDiffKind kind, guint start, guint end)
{
  gboolean added = kind == GXC_DIFF_ADDED;

  add_colour (list, pango_attr_background_new, added ? GXC_TOKEN_GREEN_SOFT : GXC_TOKEN_RED_SOFT, start, end);
  add_colour (list, pango_attr_foreground_new, added ? GXC_TOKEN_GREEN_TEXT : GXC_TOKEN_RED_TEXT, start, end);
  if (added)
    add_attribute (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
  else
    add_attribute (list, pango_attr_strikethrough_new (TRUE), start, end);
}

static void
show_cell (Cell *cell)
{
  g_autoptr(GString) text = g_string_new (NULL);
  PangoAttrList *list = pango_attr_list_new ();

  for (guint i = 0; i < cell->runs->len; i++)
    {
      GxcDiffRun *run = &g_array_index (cell->runs, GxcDiffRun, i);
      guint start = text->len;

      if (run->kind != GXC_DIFF_SAME && run->kind != cell->side)
        continue;
      g_string_append (text, run->text);
      if (run->kind == cell->side)
        mark_run (list, run->kind, start, text->len);
    }
  gtk_label_set_text (GTK_LABEL (cell->label), text->len ? text->str : "\u2014");
  gtk_label_set_attributes (GTK_LABEL (cell->label), list);
  pango_attr_list_unref (list);
}

static void
on_scheme_changed_cb (GxcDiffView *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    show_cell (g_ptr_array_index (self->cells, i));
}

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
  g_clear_pointer (&self->cells, g_ptr_array_unref);
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
  self->cells = g_ptr_array_new_with_free_func (cell_free);
  self->grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 16, "row-spacing", 7, NULL);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  attach_head (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (on_scheme_changed_cb), self, G_CONNECT_SWAPPED);
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

  g_ptr_array_set_size (self->cells, 0);
  while ((child = gtk_widget_get_first_child (self->grid)))
    gtk_grid_remove (GTK_GRID (self->grid), child);
  self->n_changed = 0;
  attach_head (self);
}

static void
attach_cell (GxcDiffView *self, int column, GArray *runs, GxcDiffKind side)
{
  Cell *cell = g_new0 (Cell, 1);

  cell->label = make_label ("", NULL);
  cell->runs = g_array_ref (runs);
  cell->side = side;
  show_cell (cell);
  g_ptr_array_add (self->cells, cell);
  gtk_grid_attach (GTK_GRID (self->grid), cell->label, column, self->n_rows, 1, 1);
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
  g_autoptr(GArray) runs = NULL;
  g_autofree char *words = NULL;
  GtkWidget *name;

  g_return_if_fail (GXC_IS_DIFF_VIEW (self));

  runs = gxc_diff_words (before, after);
  attach_line (self);
  name = make_label (label, "gx-dim");
  gtk_grid_attach (GTK_GRID (self->grid), name, 0, self->n_rows, 1, 1);
  attach_cell (self, 1, runs, GXC_DIFF_REMOVED);
  attach_cell (self, 2, runs, GXC_DIFF_ADDED);
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
