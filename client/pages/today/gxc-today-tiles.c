/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Four figures at a glance: of one's own book, or, for who decides over a unit and has no customers of his own, counts of
 * what this desk holds of the unit. Only figures that exist: a tile without one is not shown. */

#include "gxc-today-tiles.h"

#include <glib/gi18n.h>

#include "gx-customer.h"
#include "gxc-format.h"
#include "gxc-widgets.h"

#define N_TILES 4
#define MONTHS  12

struct _GxcTodayTiles
{
  GtkWidget  parent_instance;

  GtkWidget *tiles[N_TILES];    /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (GxcTodayTiles, gxc_today_tiles, GTK_TYPE_WIDGET)

static GxcTile *
begin (GxcTodayTiles *self, guint place, const char *caption, const char *page)
{
  GxcTile *tile = GXC_TILE (self->tiles[place]);

  gxc_tile_set_caption (tile, caption);
  gxc_tile_set_values (tile, NULL, 0, GXC_TOKEN_CHART_1);
  gxc_tile_set_note (tile, GXC_TONE_PLAIN, NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), "win.show-page");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (tile), "s", page);
  gtk_widget_set_visible (GTK_WIDGET (tile), TRUE);
  return tile;
}

static void
set_count (GxcTile *tile, gint64 n, const char *unit)
{
  g_autofree char *figure = gxc_format_number (n);

  gxc_tile_set_figure (tile, figure, unit, NULL);
}

/* --- one's own book ---------------------------------------------------------------------------------------------- */

/* (transfer full): a change without something to measure it against is said in words */
static char *
dup_change (gint64 now, gint64 before, gint32 month)
{
  g_autofree char *word = gxc_format_month_word (month), *change = NULL;

  if (!before)
    return g_strdup_printf (_("no figure for %s"), word);
  change = gxc_format_change ((now - before) / (double) before);
  /* Translators: a change, and the month it is measured against */
  return g_strdup_printf (_("%s on %s"), change, word);
}

static void
show_assets (GxcTodayTiles *self, const GxcBook *book)
{
  const guint last = GXC_BOOK_MONTHS - 1;
  GxcTile *tile = begin (self, 0, _("Assets in my book"), "customers");
  gint64 now = gxc_book_total (book, last), before = gxc_book_total (book, last - 1);
  g_autofree char *unit = NULL, *figure = gxc_format_figure (now, book->ccy, &unit), *month = gxc_format_month_word (book->month[last]);
  g_autofree char *note = dup_change (now, before, book->month[last - 1]);
  double values[MONTHS];

  for (guint i = 0; i < MONTHS; i++)
    values[i] = gxc_book_total (book, GXC_BOOK_MONTHS - MONTHS + i);
  gxc_tile_set_figure (tile, figure, unit, month);
  gxc_tile_set_note (tile, before && now > before ? GXC_TONE_GREEN : GXC_TONE_PLAIN, note);
  gxc_tile_set_values (tile, values, MONTHS, GXC_TOKEN_CHART_1);
}

static void
show_inflow (GxcTodayTiles *self, const GxcBook *book)
{
  const guint last = GXC_BOOK_MONTHS - 1;
  GxcTile *tile = begin (self, 1, _("Net inflow"), "customers");
  gint64 now = book->net_inflow[last], before = book->net_inflow[last - 1];
  g_autofree char *unit = NULL, *figure = gxc_format_figure (now, book->ccy, &unit), *month = gxc_format_month_word (book->month[last]);
  g_autofree char *signed_figure = g_strdup_printf ("%s%s", now > 0 ? "+" : "", figure);
  g_autofree char *old = gxc_format_amount (before, book->ccy), *before_that = gxc_format_month_word (book->month[last - 1]);
  g_autofree char *note = g_strdup_printf ("%s %s%s", before_that, before > 0 ? "+" : "", old);
  double values[MONTHS];

  for (guint i = 0; i < MONTHS; i++)
    values[i] = book->net_inflow[GXC_BOOK_MONTHS - MONTHS + i];
  gxc_tile_set_figure (tile, signed_figure, unit, month);
  gxc_tile_set_note (tile, GXC_TONE_PLAIN, note);
  gxc_tile_set_values (tile, values, MONTHS, GXC_TOKEN_CHART_1);
}

static void
show_customers (GxcTodayTiles *self, guint place, const GxcBook *book)
{
  GxcTile *tile = begin (self, place, _("Active customers"), "customers");
  guint n_new = book->n_new[GXC_BOOK_MONTHS - 1];
  g_autofree char *all = g_strdup_printf (_("of %u"), book->n_customers);
  g_autofree char *note = g_strdup_printf (ngettext ("%u new in the month", "%u new in the month", n_new), n_new);
  double values[MONTHS];

  for (guint i = 0; i < MONTHS; i++)
    values[i] = book->n_new[GXC_BOOK_MONTHS - MONTHS + i];
  set_count (tile, book->n_active, all);
  gxc_tile_set_note (tile, GXC_TONE_PLAIN, note);
  gxc_tile_set_values (tile, values, MONTHS, GXC_TOKEN_CHART_1);
}

static void
show_cadence (GxcTodayTiles *self, guint place, const GxcBook *book)
{
  GxcTile *tile = begin (self, place, _("Contacted in time"), "customers");
  g_autofree char *figure = NULL, *note = NULL;

  if (book->n_cadence == 0)
    {
      gtk_widget_set_visible (GTK_WIDGET (tile), FALSE);
      return;
    }
  figure = g_strdup_printf ("%.1f", book->n_in_cadence * 100.0 / book->n_cadence);
  note = g_strdup_printf (_("%u of %u customers"), book->n_in_cadence, book->n_cadence);
  gxc_tile_set_figure (tile, figure, "%", NULL);
  gxc_tile_set_note (tile, GXC_TONE_PLAIN, note);
}

/** gxc_today_tiles_show_book: @book has customers */
void
gxc_today_tiles_show_book (GxcTodayTiles *self,
                           const GxcBook *book)
{
  g_return_if_fail (GXC_IS_TODAY_TILES (self));

  show_assets (self, book);
  show_inflow (self, book);
  show_customers (self, 2, book);
  show_cadence (self, 3, book);
}

/* --- a unit ------------------------------------------------------------------------------------------------------ */

static guint
count_late (GxcDesk *desk, GPtrArray *items)
{
  gint64 now = gxc_desk_now (desk);
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      GxcTodayItem *item = g_ptr_array_index (items, i);

      n += item->due_at && item->due_at < now;
    }
  return n;
}

static void
show_reviews (GxcTodayTiles *self, guint place, GxcDesk *desk, GxcTodayModel *model)
{
  g_autoptr(GPtrArray) reviews = gxc_today_model_get_kind (model, GXC_TODAY_REVIEW);
  guint n_late = count_late (desk, reviews);
  g_autofree char *late = g_strdup_printf (ngettext ("%u past its time", "%u past their time", n_late), n_late);
  GxcTile *tile = begin (self, place, _("Reviews waiting"), "reviews");

  set_count (tile, reviews->len, NULL);
  gxc_tile_set_note (tile, n_late ? GXC_TONE_RED : GXC_TONE_PLAIN, n_late ? late : _("all in time"));
}

static void
show_late_entries (GxcTodayTiles *self, guint place, GxcDesk *desk)
{
  const GxcCondition late = { "entry_state", GXC_IS, "BREACHED" };
  const GxcQuery query = { .conditions = &late, .n_conditions = 1 };
  gint64 n = gxc_desk_count (desk, &gx_customer_entity, &query, NULL);
  GxcTile *tile = begin (self, place, _("Key data late"), "customers");

  set_count (tile, MAX (n, 0), NULL);
  gxc_tile_set_note (tile, n > 0 ? GXC_TONE_AMBER : GXC_TONE_PLAIN, _("new for over 24 hours"));
}

/**
 * gxc_today_tiles_show_unit: of who sees a unit's customers, but not their money: what this desk holds of them, and what
 * waits for a decision
 */
void
gxc_today_tiles_show_unit (GxcTodayTiles *self,
                           GxcDesk       *desk,
                           GxcTodayModel *model,
                           const GxcBook *book)
{
  g_return_if_fail (GXC_IS_TODAY_TILES (self));

  show_reviews (self, 0, desk, model);
  show_late_entries (self, 1, desk);
  show_customers (self, 2, book);
  show_cadence (self, 3, book);
}

static void
gxc_today_tiles_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (gxc_today_tiles_parent_class)->dispose (object);
}

static void
gxc_today_tiles_class_init (GxcTodayTilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_today_tiles_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gxc_today_tiles_init (GxcTodayTiles *self)
{
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "column-homogeneous", TRUE, "column-spacing", 10, "row-spacing", 10, NULL);

  for (int i = 0; i < N_TILES; i++)
    {
      self->tiles[i] = gxc_tile_new ("");
      gtk_grid_attach (GTK_GRID (grid), self->tiles[i], i % 2, i / 2, 1, 1);
    }
  gtk_widget_set_parent (grid, GTK_WIDGET (self));
}

GtkWidget *
gxc_today_tiles_new (void)
{
  return g_object_new (GXC_TYPE_TODAY_TILES, NULL);
}
