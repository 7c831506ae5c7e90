/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a field to words and to a column of a list. What differs between kinds is in the one table here; what differs in
 * one field (a badge for the tier) is made by the page with gxc_column_new(). One label a cell and fixed widths, since a
 * thumb drag rebinds two hundred rows at once.
 *
 * A column's sorter orders nothing: it tells GtkColumnView that the head can be clicked. The store sorts; the page reads
 * the field from the column and asks the model anew. */

#include "gxc-field-column.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-country.h"
#include "gx-money.h"
#include "gxc-format.h"
#include "gxc-look.h"

/* (nullable): where ICU's word is not the one that banks here write, ours. */
static char *
country_to_words (const char *code)
{
  /* Translators: the language of this catalogue: en or zh_CN */
  const char *language = C_("language of the guide", "en");

  return g_str_equal (code, "TW") || g_str_equal (code, "TWN") ? g_strdup (_("Taiwan, China")) : gx_country_dup_name (code, language);
}

static char *
text_to_words (GxcDesk *desk, const GxField *field, gconstpointer row, gconstpointer member)
{
  const char *text = *(char * const *) member;
  g_autofree char *country = field->flags & GX_COUNTRY ? country_to_words (text) : NULL;
  int value = field->choices ? gx_choice_find (field->choices, text) : 0;

  return country ? g_steal_pointer (&country) : g_strdup (value > 0 ? _(gx_choice_label (field->choices, value)) : text);
}

static char *
int_to_words (GxcDesk *desk, const GxField *field, gconstpointer row, gconstpointer member)
{
  return gxc_format_number (*(const gint64 *) member);
}

static char *
bool_to_words (GxcDesk *desk, const GxField *field, gconstpointer row, gconstpointer member)
{
  return g_strdup (*(const gboolean *) member ? _("Yes") : _("No"));
}

static char *
enum_to_words (GxcDesk *desk, const GxField *field, gconstpointer row, gconstpointer member)
{
  const char *label = gx_choice_label (field->choices, *(const int *) member);

  return g_strdup (label ? _(label) : NULL);
}

/* An amount's currency is the row's field "ccy", where it has one. */
static char *
money_to_words (GxcDesk *desk, const GxField *field, gconstpointer row, gconstpointer member)
{
  return gxc_money_to_words (*(const gint64 *) member, NULL);
}

static char *
ppm_to_words (GxcDesk *desk, const GxField *field, gconstpointer row, gconstpointer member)
{
  return g_strdup_printf ("%.2f %%", *(const gint32 *) member / 10000.0);
}

static char *
date_to_words (GxcDesk *desk, const GxField *field, gconstpointer row, gconstpointer member)
{
  return gxc_format_date (*(const gint32 *) member, gxc_desk_get_today (desk));
}

static char *
time_to_words (GxcDesk *desk, const GxField *field, gconstpointer row, gconstpointer member)
{
  return gxc_format_moment (*(const gint64 *) member, gxc_desk_now (desk));
}

static char *
id_to_words (GxcDesk *desk, const GxField *field, gconstpointer row, gconstpointer member)
{
  return gxc_desk_dup_label (desk, field->entity, member);
}

static char *
bytes_to_words (GxcDesk *desk, const GxField *field, gconstpointer row, gconstpointer member)
{
  return gxc_format_size (g_bytes_get_size (*(GBytes * const *) member));
}

#define GXC_HIDDEN "\u2217\u2217\u2217"      /* where not even a band is told */

const GxcColumnOps gxc_column_ops[GX_N_KINDS] = {
  [GX_KIND_TEXT]  = { text_to_words,  FALSE, 0 },
  [GX_KIND_INT]   = { int_to_words,   TRUE,  72 },
  [GX_KIND_BOOL]  = { bool_to_words,  FALSE, 56 },
  [GX_KIND_ENUM]  = { enum_to_words,  FALSE, 96 },
  [GX_KIND_MONEY] = { money_to_words, TRUE,  132 },
  [GX_KIND_PPM]   = { ppm_to_words,   TRUE,  72 },
  [GX_KIND_DATE]  = { date_to_words,  FALSE, 104 },
  [GX_KIND_TIME]  = { time_to_words,  FALSE, 112 },
  [GX_KIND_ID]    = { id_to_words,    FALSE, 120 },
  [GX_KIND_JSON]  = { text_to_words,  FALSE, 120 },
  [GX_KIND_BYTES] = { bytes_to_words, TRUE,  72 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (gxc_column_ops) == GX_N_KINDS);

/** gxc_money_to_words: an amount to its last unit, with its currency: "¥1,200.00", "1,200.00 CZK" */
char *
gxc_money_to_words (gint64      amount,
                    const char *ccy)
{
  g_autofree char *figure = gx_money_format (amount, ccy);

  if (ccy && !g_str_equal (ccy, "CNY"))
    return g_strdup_printf ("%s %s", figure, ccy);
  if (g_str_has_prefix (figure, "\u2212"))
    return g_strdup_printf ("\u2212¥%s", figure + strlen ("\u2212"));
  return g_strdup_printf ("¥%s", figure);
}

/**
 * gxc_row_to_words:
 *
 * Returns: (transfer full): the value as a person reads it, an em dash where there is none
 */
char *
gxc_row_to_words (GxcDesk       *desk,
                  const GxField *field,
                  gconstpointer  row)
{
  char *words = NULL;

  if (!gx_field_is_none (field, row))
    words = gxc_column_ops[field->kind].to_words (desk, field, row, gx_field_member (field, row));
  return words ? words : g_strdup ("\u2014");
}

static char *
band_to_words (guint band, const char *ccy)
{
  return gx_money_band_label (band, ccy, gx_money_units ());
}

/**
 * gxc_field_is_curtained:
 *
 * Returns: whether a value that the session may see is hidden, because the curtain is down: others can see the screen
 */
gboolean
gxc_field_is_curtained (GxcDesk       *desk,
                        GxRecord      *record,
                        const GxField *field)
{
  return (field->flags & (GX_MASKED | GX_HIDDEN)) && gxc_desk_get_curtain (desk)
         && !gx_field_is_none (field, gx_record_get_data (record)) && !gx_record_is_masked (record, field->name, NULL);
}

/* As a stranger's would look: a text is its mask, an amount its band, of anything else there is nothing to tell. */
static char *
curtained_words (const GxField *field, gconstpointer row, const char *ccy)
{
  gconstpointer member = gx_field_member (field, row);

  if (field->mask)
    return field->mask (*(char * const *) member);
  if (gx_field_ops (field)->band)
    return band_to_words (gx_field_ops (field)->band (member, ccy), ccy);
  return g_strdup (GXC_HIDDEN);
}

/** gxc_own_money_to_words: of a customer of one's own: an amount, or under the curtain its band */
char *
gxc_own_money_to_words (GxcDesk    *desk,
                        gint64      amount,
                        const char *ccy)
{
  return gxc_desk_get_curtain (desk) ? band_to_words (gx_money_band (amount, ccy), ccy) : gxc_money_to_words (amount, ccy);
}

/**
 * gxc_field_to_words:
 *
 * Returns: (transfer full): the same of a record; what the session may not see, and what the curtain hides, is its mask or
 * its band
 */
char *
gxc_field_to_words (GxcDesk       *desk,
                    GxRecord      *record,
                    const GxField *field)
{
  gconstpointer row = gx_record_get_data (record);
  const GxField *ccy_field = field->kind == GX_KIND_MONEY ? gx_entity_find (gx_record_get_entity (record), "ccy") : NULL;
  const char *ccy = ccy_field ? *(char * const *) gx_field_member (ccy_field, row) : NULL;
  int band = -1;

  if (field->kind == GX_KIND_MONEY && gx_record_is_masked (record, field->name, &band))
    return band >= 0 ? band_to_words (band, ccy) : g_strdup (GXC_HIDDEN);
  if (gxc_field_is_curtained (desk, record, field))
    return curtained_words (field, row, ccy);
  if (ccy && !gx_field_is_none (field, row))
    return gxc_money_to_words (*(const gint64 *) gx_field_member (field, row), ccy);
  return gxc_row_to_words (desk, field, row);
}

/* --- columns ----------------------------------------------------------------------------------------------------- */

typedef struct
{
  GxcDesk       *desk;      /* (borrowed): the page holds it longer than the view */
  const GxField *field;
} Column;

static void
on_label_setup_cb (GtkListItemFactory *factory, GtkListItem *item, Column *column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), gxc_column_ops[column->field->kind].right ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_list_item_set_child (item, label);
}

static void
on_label_bind_cb (GtkListItemFactory *factory, GtkListItem *item, Column *column)
{
  g_autofree char *words = gxc_field_to_words (column->desk, gtk_list_item_get_item (item), column->field);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), words);
}

/* While a view's sorter is being asked, the first column that is called is the one whose head was clicked last. */
static GtkColumnViewColumn **probed;        /* (borrowed): main thread only */

static int
compare_nothing (gconstpointer a, gconstpointer b, gpointer data)
{
  if (!probed || *probed)
    return 0;
  *probed = data;
  return -1;
}

/**
 * gxc_column_new:
 * @sorted_by: (nullable): which field a click on the head sorts by
 * @width: px at 100 % text; 0 takes the rest
 * @setup: a handler of GtkSignalListItemFactory::setup
 * @bind: of ::bind
 */
GtkColumnViewColumn *
gxc_column_new (const char    *title,
                const GxField *sorted_by,
                int            width,
                GCallback      setup,
                GCallback      bind,
                gpointer       data)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = gtk_column_view_column_new (title, factory);

  g_signal_connect (factory, "setup", setup, data);
  g_signal_connect (factory, "bind", bind, data);
  if (sorted_by)
    {
      g_autoptr(GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_nothing, column, NULL));

      gtk_column_view_column_set_sorter (column, sorter);
      g_object_set_data (G_OBJECT (column), "gxc-field", (gpointer) sorted_by);
    }
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  return column;
}

/** gxc_field_column_new: a column made from the field alone */
GtkColumnViewColumn *
gxc_field_column_new (GxcDesk       *desk,
                      const GxField *field)
{
  Column *data = g_new (Column, 1);
  GtkColumnViewColumn *column;

  *data = (Column) { desk, field };
  column = gxc_column_new (_(field->label), field, gxc_column_ops[field->kind].width,
                           G_CALLBACK (on_label_setup_cb), G_CALLBACK (on_label_bind_cb), data);
  g_object_set_data_full (G_OBJECT (column), "gxc-column", data, g_free);
  if (gxc_column_ops[field->kind].right)
    gxc_column_set_right (column);
  return column;
}

/** gxc_field_column_get_field: (nullable): what a click on its head sorts by */
const GxField *
gxc_field_column_get_field (GtkColumnViewColumn *column)
{
  return g_object_get_data (G_OBJECT (column), "gxc-field");
}

/**
 * gxc_column_view_get_sort:
 * @out_descending: (out)
 *
 * GTK 4.8 does not say which head was clicked, but its sorter asks the columns' sorters in that order and turns the
 * answer round for descending.
 *
 * Returns: (nullable): the field to sort by
 */
const GxField *
gxc_column_view_get_sort (GtkColumnView *view,
                          gboolean      *out_descending)
{
  g_autoptr(GObject) a = g_object_new (G_TYPE_OBJECT, NULL), b = g_object_new (G_TYPE_OBJECT, NULL);
  GtkColumnViewColumn *column = NULL;
  GtkOrdering order;

  probed = &column;
  order = gtk_sorter_compare (gtk_column_view_get_sorter (view), a, b);
  probed = NULL;
  *out_descending = order == GTK_ORDERING_LARGER;
  return column ? gxc_field_column_get_field (column) : NULL;
}

/** gxc_column_view_scale: fixed widths follow the text scale; call once, when the view is on a display */
void
gxc_column_view_scale (GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  double scale = gxc_look_scale (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int width = gtk_column_view_column_get_fixed_width (column);

      if (width > 0)
        gtk_column_view_column_set_fixed_width (column, width * scale);
    }
}

void
gxc_column_set_right (GtkColumnViewColumn *column)
{
  g_object_set_data (G_OBJECT (column), "gxc-right", GINT_TO_POINTER (TRUE));
}

/**
 * gxc_column_view_align_heads:
 *
 * Puts the heads of number columns right. GTK 4.8 has no way to say it, so the head's box is reached through the view's
 * first child; a later GTK that builds its heads differently leaves them left, nothing worse.
 */
void
gxc_column_view_align_heads (GtkColumnView *view)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = header ? gtk_widget_get_first_child (header) : NULL;
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; title && i < g_list_model_get_n_items (columns); i++, title = gtk_widget_get_next_sibling (title))
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      GtkWidget *box = gtk_widget_get_first_child (title);

      if (!box || !g_object_get_data (G_OBJECT (column), "gxc-right"))
        continue;
      gtk_widget_set_halign (box, GTK_ALIGN_END);
      if (GTK_IS_LABEL (gtk_widget_get_first_child (box)))      /* the arrow's room before the words, not after them */
        gtk_widget_insert_after (gtk_widget_get_last_child (box), box, NULL);
    }
}
