/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One side of a changed text in a label: removed words struck out on red, or added ones bold on green, so that grey print
 * and a colour-blind eye still tell them. The colours follow the scheme; the words never change. */

#include "gxc-diff-label.h"

#include <adwaita.h>

#include "gxc-look.h"

#define KEY "gxc-diff-runs"

typedef struct
{
  GArray      *runs;        /* (owned) */
  GxcDiffKind  side;
} Marks;

static void
marks_free (gpointer data)
{
  Marks *marks = data;

  g_array_unref (marks->runs);
  g_free (marks);
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
show (GtkWidget *label)
{
  const Marks *marks = g_object_get_data (G_OBJECT (label), KEY);
  g_autoptr(GString) text = g_string_new (NULL);
  PangoAttrList *list = pango_attr_list_new ();

  for (guint i = 0; i < marks->runs->len; i++)
    {
      const GxcDiffRun *run = &g_array_index (marks->runs, GxcDiffRun, i);
      guint start = text->len;

      if (run->kind != GXC_DIFF_SAME && run->kind != marks->side)
        continue;
      g_string_append (text, run->text);
      if (run->kind == marks->side)
        mark_run (list, run->kind, start, text->len);
    }
  gtk_label_set_text (GTK_LABEL (label), text->len ? text->str : "\u2014");
  gtk_label_set_attributes (GTK_LABEL (label), list);
  pango_attr_list_unref (list);
}

/**
 * gxc_diff_label_new:
 * @before: (nullable)
 * @after: (nullable)
 * @side: %GXC_DIFF_REMOVED shows @before, %GXC_DIFF_ADDED shows @after
 */
GtkWidget *
gxc_diff_label_new (const char  *before,
                    const char  *after,
                    GxcDiffKind  side)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "yalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  Marks *marks = g_new (Marks, 1);

  *marks = (Marks) { gxc_diff_words (before, after), side };
  g_object_set_data_full (G_OBJECT (label), KEY, marks, marks_free);
  show (label);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (show), label, G_CONNECT_SWAPPED);
  return label;
}
