/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One chapter as widgets: libcmark reads the text, each block becomes a label, a picture or a row of a list. Labels are
 * selectable, so that a sentence can be copied; a picture has the words of its "alt" for who does not see it.
 */
#include "gxc-guide-text.h"

#include <cmark.h>
#include <string.h>

#include "gxc-guide.h"

#define TEXT_CHARS 78             /* of a line, before it wraps */

typedef struct
{
  const char *language;
  GtkBox     *box;
} Writer;

static void write_blocks (Writer *writer, cmark_node *parent);

/* --- inside a paragraph: Pango markup ------------------------------------------------------------------------------ */

static void append_inlines (GString *markup, cmark_node *parent);

static void
append_wrapped (GString    *markup,
                cmark_node *node,
                const char *open,
                const char *close)
{
  g_string_append (markup, open);
  append_inlines (markup, node);
  g_string_append (markup, close);
}

static void
append_escaped (GString    *markup,
                const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (markup, escaped);
}

static void
append_link (GString    *markup,
             cmark_node *node)
{
  g_string_append (markup, "<a href=\"");
  append_escaped (markup, cmark_node_get_url (node));
  append_wrapped (markup, node, "\">", "</a>");
}

static void
append_inline (GString    *markup,
               cmark_node *node)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_TEXT:
      append_escaped (markup, cmark_node_get_literal (node));
      break;
    case CMARK_NODE_CODE:
      g_string_append (markup, "<tt>");
      append_escaped (markup, cmark_node_get_literal (node));
      g_string_append (markup, "</tt>");
      break;
    case CMARK_NODE_SOFTBREAK:
      g_string_append_c (markup, ' ');
      break;
    case CMARK_NODE_LINEBREAK:
      g_string_append_c (markup, '\n');
      break;
    case CMARK_NODE_EMPH:
      append_wrapped (markup, node, "<i>", "</i>");
      break;
    case CMARK_NODE_STRONG:
      append_wrapped (markup, node, "<b>", "</b>");
      break;
    case CMARK_NODE_LINK:
      append_link (markup, node);
      break;
    default:
      append_inlines (markup, node);
    }
}

static void
append_inlines (GString    *markup,
                cmark_node *parent)
{
  for (cmark_node *node = cmark_node_first_child (parent); node; node = cmark_node_next (node))
    append_inline (markup, node);
}

/* "customers.md" is a chapter of ours, and anything else is the desktop's to open. */
static gboolean
on_link_cb (GtkLabel   *label,
            const char *uri,
            gpointer    data)
{
  g_autofree char *name = NULL;

  if (strchr (uri, ':') || !g_str_has_suffix (uri, ".md"))
    return FALSE;
  name = g_strndup (uri, strlen (uri) - strlen (".md"));
  gtk_widget_activate_action (GTK_WIDGET (label), "guide.show", "s", name);
  return TRUE;
}

static GtkWidget *
label_new (cmark_node *node,
           const char *css_class)
{
  g_autoptr(GString) markup = g_string_new (NULL);
  GtkWidget *label;

  append_inlines (markup, node);
  label = g_object_new (GTK_TYPE_LABEL, "use-markup", TRUE, "label", markup->str, "xalign", 0.0f, "wrap", TRUE, "selectable", TRUE,
                        "max-width-chars", TEXT_CHARS, "hexpand", TRUE, NULL);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  g_signal_connect (label, "activate-link", G_CALLBACK (on_link_cb), NULL);
  return label;
}

/* --- blocks -------------------------------------------------------------------------------------------------------- */

static void
write_heading (Writer     *writer,
               cmark_node *node)
{
  int level = cmark_node_get_heading_level (node);
  GtkWidget *label = label_new (node, level == 1 ? "gx-figure" : "gx-strong");

  gtk_widget_set_margin_top (label, level == 1 ? 0 : 10);
  gtk_box_append (writer->box, label);
}

static cmark_node *
only_picture (cmark_node *paragraph)
{
  cmark_node *child = cmark_node_first_child (paragraph);

  return child && cmark_node_get_type (child) == CMARK_NODE_IMAGE && !cmark_node_next (child) ? child : NULL;
}

static void
write_picture (Writer     *writer,
               cmark_node *node)
{
  g_autoptr(GBytes) png = gxc_guide_picture (cmark_node_get_url (node), writer->language);
  g_autoptr(GdkTexture) texture = png ? gdk_texture_new_from_bytes (png, NULL) : NULL;
  g_autoptr(GString) words = g_string_new (NULL);
  GtkWidget *caption = label_new (node, "gx-caption");
  GtkWidget *picture;

  if (texture)
    {
      append_inlines (words, node);
      picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
      gtk_picture_set_alternative_text (GTK_PICTURE (picture), words->str);
      gtk_widget_add_css_class (picture, "gx-guide-picture");
      gtk_box_append (writer->box, picture);
    }
  gtk_box_append (writer->box, caption);
}

static void
write_item (Writer     *writer,
            cmark_node *item,
            const char *mark)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *sign = g_object_new (GTK_TYPE_LABEL, "label", mark, "valign", GTK_ALIGN_START, "width-chars", 2, "xalign", 1.0f,
                                  "css-classes", (const char *[]) { "gx-dim", NULL }, NULL);
  Writer inside = { writer->language, GTK_BOX (body) };

  write_blocks (&inside, item);
  gtk_box_append (GTK_BOX (row), sign);
  gtk_box_append (GTK_BOX (row), body);
  gtk_box_append (writer->box, row);
}

static void
write_list (Writer     *writer,
            cmark_node *list)
{
  gboolean numbered = cmark_node_get_list_type (list) == CMARK_ORDERED_LIST;
  int number = cmark_node_get_list_start (list);

  for (cmark_node *item = cmark_node_first_child (list); item; item = cmark_node_next (item), number++)
    {
      g_autofree char *mark = numbered ? g_strdup_printf ("%d.", number) : g_strdup ("•");

      write_item (writer, item, mark);
    }
}

static void
write_block (Writer     *writer,
             cmark_node *node)
{
  cmark_node *picture;

  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_HEADING:
      write_heading (writer, node);
      break;
    case CMARK_NODE_PARAGRAPH:
      picture = only_picture (node);
      if (picture)
        write_picture (writer, picture);
      else
        gtk_box_append (writer->box, label_new (node, NULL));
      break;
    case CMARK_NODE_LIST:
      write_list (writer, node);
      break;
    default:
      write_blocks (writer, node);
    }
}

static void
write_blocks (Writer     *writer,
              cmark_node *parent)
{
  for (cmark_node *node = cmark_node_first_child (parent); node; node = cmark_node_next (node))
    write_block (writer, node);
}

/**
 * gxc_guide_text_new:
 * @text: CommonMark
 * @language: whose pictures
 *
 * A link to another chapter activates "guide.show" with its name.
 */
GtkWidget *
gxc_guide_text_new (const char *text,
                    const char *language)
{
  cmark_node *document = cmark_parse_document (text, strlen (text), CMARK_OPT_DEFAULT);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  Writer writer = { language, GTK_BOX (box) };

  write_blocks (&writer, document);
  cmark_node_free (document);
  return box;
}
