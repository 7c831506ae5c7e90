/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A core figure: caption and as-of date, the figure with its unit and a sparkline, one line on what it is compared with.
 * The whole tile is a button to its drill-down. A fact that is missing says so and how to mend it. */

#include "gxc-tile.h"

#include <glib/gi18n.h>

#include "gxc-sparkline.h"

#define WHOLE_FIGURE 7         /* characters that are never cut: the sparkline makes room first */

struct _GxcTile
{
  GtkButton  parent_instance;

  /* Template widgets */
  GtkWidget *caption;
  GtkWidget *as_of;
  GtkWidget *figure;
  GtkWidget *unit;
  GtkWidget *sparkline;
  GtkWidget *note;

  GtkWidget *graphic;       /* (borrowed) (nullable): what stands where the sparkline would */
  guint      n_values;
  gboolean   compact;
};

G_DEFINE_FINAL_TYPE (GxcTile, gxc_tile, GTK_TYPE_BUTTON)

static const char * const tone_classes[] = {
  [GXC_TONE_PLAIN] = "gx-dim",
  [GXC_TONE_GREEN] = "gx-green",
  [GXC_TONE_AMBER] = "gx-amber",
  [GXC_TONE_RED]   = "gx-red",
};

static void
update_words (GxcTile *self)
{
  g_autofree char *words = g_strdup_printf ("%s: %s %s, %s",
                                            gtk_label_get_text (GTK_LABEL (self->caption)),
                                            gtk_label_get_text (GTK_LABEL (self->figure)),
                                            gtk_label_get_text (GTK_LABEL (self->unit)),
                                            gtk_label_get_text (GTK_LABEL (self->note)));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
gxc_tile_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_TILE);
  G_OBJECT_CLASS (gxc_tile_parent_class)->dispose (object);
}

static void
gxc_tile_class_init (GxcTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_tile_dispose;
  g_type_ensure (GXC_TYPE_SPARKLINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/widgets/gxc-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcTile, caption);
  gtk_widget_class_bind_template_child (widget_class, GxcTile, as_of);
  gtk_widget_class_bind_template_child (widget_class, GxcTile, figure);
  gtk_widget_class_bind_template_child (widget_class, GxcTile, unit);
  gtk_widget_class_bind_template_child (widget_class, GxcTile, sparkline);
  gtk_widget_class_bind_template_child (widget_class, GxcTile, note);
}

static void
gxc_tile_init (GxcTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gxc_tile_new (const char *caption)
{
  GxcTile *self = g_object_new (GXC_TYPE_TILE, NULL);

  gtk_label_set_text (GTK_LABEL (self->caption), caption);
  update_words (self);
  return GTK_WIDGET (self);
}

void
gxc_tile_set_caption (GxcTile    *self,
                      const char *caption)
{
  g_return_if_fail (GXC_IS_TILE (self));

  gtk_label_set_text (GTK_LABEL (self->caption), caption);
  update_words (self);
}

/**
 * gxc_tile_set_figure:
 * @figure: as a person reads it; may be a band
 * @unit: (nullable)
 * @as_of: (nullable): the date it is true for, or a state
 */
void
gxc_tile_set_figure (GxcTile    *self,
                     const char *figure,
                     const char *unit,
                     const char *as_of)
{
  gboolean whole = g_utf8_strlen (figure, -1) <= WHOLE_FIGURE;

  g_return_if_fail (GXC_IS_TILE (self));

  gtk_label_set_text (GTK_LABEL (self->figure), figure);
  gtk_label_set_ellipsize (GTK_LABEL (self->figure), whole ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (self->figure), whole ? -1 : WHOLE_FIGURE);
  gtk_label_set_text (GTK_LABEL (self->unit), unit ? unit : "");
  gtk_label_set_text (GTK_LABEL (self->as_of), as_of ? as_of : "");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "missing");
  update_words (self);
}

void
gxc_tile_set_note (GxcTile    *self,
                   GxcTone     tone,
                   const char *note)
{
  g_return_if_fail (GXC_IS_TILE (self));

  for (guint i = 0; i < G_N_ELEMENTS (tone_classes); i++)
    gtk_widget_remove_css_class (self->note, tone_classes[i]);
  gtk_widget_add_css_class (self->note, tone_classes[tone]);
  gtk_label_set_text (GTK_LABEL (self->note), note ? note : "");
  update_words (self);
}

/**
 * gxc_tile_set_values:
 * @values: (array length=n_values) (nullable): of the sparkline; NULL hides it
 */
void
gxc_tile_set_values (GxcTile      *self,
                     const double *values,
                     guint         n_values,
                     GxcToken      token)
{
  g_return_if_fail (GXC_IS_TILE (self));

  self->n_values = n_values;
  gtk_widget_set_visible (self->sparkline, n_values > 1 && !self->compact);
  gxc_sparkline_set_values (GXC_SPARKLINE (self->sparkline), values, n_values);
  gxc_sparkline_set_token (GXC_SPARKLINE (self->sparkline), token);
}

/** gxc_tile_set_graphic: @graphic (nullable) (transfer floating) stands where the sparkline would: steps, shares */
void
gxc_tile_set_graphic (GxcTile   *self,
                      GtkWidget *graphic)
{
  GtkWidget *row = gtk_widget_get_parent (self->sparkline);

  g_return_if_fail (GXC_IS_TILE (self));

  if (self->graphic)
    gtk_box_remove (GTK_BOX (row), self->graphic);
  self->graphic = graphic;
  if (!graphic)
    return;
  gtk_box_append (GTK_BOX (row), graphic);
  gtk_widget_set_visible (graphic, !self->compact);
}

/** gxc_tile_set_compact: without sparkline and date, the note in two lines, where there is little room */
void
gxc_tile_set_compact (GxcTile  *self,
                      gboolean  compact)
{
  g_return_if_fail (GXC_IS_TILE (self));

  self->compact = compact;
  gtk_label_set_wrap (GTK_LABEL (self->note), compact);
  gtk_label_set_lines (GTK_LABEL (self->note), compact ? 2 : -1);
  gtk_widget_set_visible (self->sparkline, self->n_values > 1 && !compact);
  gtk_widget_set_visible (self->as_of, !compact);
  if (self->graphic)
    gtk_widget_set_visible (self->graphic, !compact);
}

/**
 * gxc_tile_set_missing:
 * @what_to_do: what a click on the tile opens
 */
void
gxc_tile_set_missing (GxcTile    *self,
                      const char *what_to_do)
{
  g_autofree char *note = g_strdup_printf ("! %s", what_to_do);      /* amber is never the only sign */

  g_return_if_fail (GXC_IS_TILE (self));

  gxc_tile_set_figure (self, _("Missing"), NULL, NULL);
  gxc_tile_set_note (self, GXC_TONE_AMBER, note);
  gxc_tile_set_values (self, NULL, 0, GXC_TOKEN_AMBER_MARK);
  gtk_widget_add_css_class (GTK_WIDGET (self), "missing");
}
