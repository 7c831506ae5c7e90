/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tasks of a day as lines of its cell in the month: as many as there is room for, and how many more there are. What does
 * not fit into a line goes on in the next where the day has few; the rest is cut, and the tooltip has it. */

#include "gxc-day-lines.h"

#include <glib/gi18n.h>

#include "gxc-look.h"

#define MOST_LINES 3        /* of one task */

void
gxc_month_item_free (GxcMonthItem *item)
{
  g_free (item->words);
  g_free (item->whole);
  g_free (item);
}

static char *
line_text (const GxcMonthItem *item)
{
  return g_strdup_printf ("%s%s", item->done ? "✓ " : item->late ? "! " : "", item->words);
}

static void
add_line (GtkWidget *box, const GxcMonthItem *item, guint n_lines)
{
  g_autofree char *text = line_text (item);
  GtkWidget *line = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "yalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  if (n_lines > 1)
    g_object_set (line, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", (int) n_lines, NULL);
  gtk_widget_add_css_class (line, "gx-day-line");
  if (item->done || item->late)
    gtk_widget_add_css_class (line, item->late ? "gx-red" : "gx-dim");
  gtk_widget_set_tooltip_text (line, item->whole);
  gtk_box_append (GTK_BOX (box), line);
}

static void
add_rest (GtkWidget *box, guint n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u more", "%u more", n), n);
  GtkWidget *line = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  gtk_widget_add_css_class (line, "gx-faint");
  gtk_box_append (GTK_BOX (box), line);
}

/* How many lines its words want, at most @most. */
static guint
wanted_lines (GtkWidget *box, const GxcMonthItem *item, int width, guint most)
{
  g_autofree char *text = line_text (item);
  g_autoptr(PangoLayout) layout = gxc_look_layout (box, text, GXC_DAY_LINE_POINTS, FALSE);

  if (width <= 0)
    return 1;
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  return CLAMP ((guint) pango_layout_get_line_count (layout), 1, MIN (most, MOST_LINES));
}

/**
 * gxc_day_lines_fill:
 * @box: what stood in it goes
 * @items: (element-type GxcMonthItem): of a day, in its order
 * @n_lines: how many lines there is room for, at least 1
 * @width: of a line, px; 0 as long as nobody knows
 *
 * A line each, as far as they go; what is left over goes to those that want it, from the first on.
 */
void
gxc_day_lines_fill (GtkWidget *box,
                    GPtrArray *items,
                    guint      n_lines,
                    int        width)
{
  guint n = items->len, shown = n <= n_lines ? n : n_lines - 1, spare = n <= n_lines ? n_lines - n : 0;
  GtkWidget *line;

  while ((line = gtk_widget_get_first_child (box)))
    gtk_box_remove (GTK_BOX (box), line);
  for (guint i = 0; i < shown; i++)
    {
      const GxcMonthItem *item = g_ptr_array_index (items, i);
      guint lines = spare > 0 ? wanted_lines (box, item, width, 1 + spare) : 1;

      add_line (box, item, lines);
      spare -= lines - 1;
    }
  if (shown < n)
    add_rest (box, n - shown);
}
