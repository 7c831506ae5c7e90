/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four core facts of A-02: assets, risk appetite, holdings, how often there is business. Each is a button to what lies
 * behind it. One that is missing has an amber outline and leads to where it is collected; one that is masked says so and is
 * not called missing. */

#include "gxc-customer-tiles.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "gx-holding.h"
#include "gx-money.h"
#include "gx-product.h"
#include "gx-risk-assessment.h"
#include "gx-txn-month.h"
#include "gxc-customer-mark.h"
#include "gxc-customer-sums.h"
#include "gxc-format.h"
#include "gxc-tile.h"

#define MONTHS 12
#define QUARTER 3           /* months that are counted as "lately" */
#define MASK "\u2217\u2217\u2217"

enum { TILE_ASSETS, TILE_RISK, TILE_HOLDINGS, TILE_ACTIVITY, N_TILES };

struct _GxcCustomerTiles
{
  AdwBin     parent_instance;

  GtkWidget *box;           /* (borrowed) */
  GxcTile   *tile[N_TILES]; /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (GxcCustomerTiles, gxc_customer_tiles, ADW_TYPE_BIN)

static const struct { const char *caption, *action; } tiles[N_TILES] = {
  [TILE_ASSETS]   = { NC_("core fact", "Assets"), "customer.show-tab::assets" },
  [TILE_RISK]     = { NC_("core fact", "Risk appetite"), "customer.show-tab::details" },
  [TILE_HOLDINGS] = { NC_("core fact", "Holdings"), "customer.show-tab::assets" },
  [TILE_ACTIVITY] = { NC_("core fact", "Activity"), "customer.show-tab::timeline" },
};

/* The target before the name: an action is never asked for a target that is not its own. */
static void
set_action (GxcTile *tile, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  g_action_parse_detailed_name (detailed, &name, &target, NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (tile), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), name);
}

/* Who may not collect it is told that it is missing, and no more. */
static void
set_missing (GxcTile *tile, GxcCustomerFile *file, const char *what_to_do, const char *action)
{
  gboolean may = gxc_desk_can (gxc_customer_file_get_desk (file), GX_CAN_WRITE_TASK);

  gxc_tile_set_graphic (tile, NULL);
  gxc_tile_set_missing (tile, may ? what_to_do : _("not collected yet"));
  if (may)
    set_action (tile, action);
}

static void
set_masked (GxcTile *tile)
{
  gxc_tile_set_figure (tile, MASK, NULL, NULL);
  gxc_tile_set_note (tile, GXC_TONE_PLAIN, _("masked: not your own customer"));
  gxc_tile_set_values (tile, NULL, 0, GXC_TOKEN_CHART_1);
  gxc_tile_set_graphic (tile, NULL);
}

/* --- assets ------------------------------------------------------------------------------------------------------- */

static guint
monthly_assets (GxcCustomerFile *file, const char *ccy, double *totals)
{
  double values[MONTHS][GXC_N_CLASSES];
  gint32 months[MONTHS];
  guint n = gxc_sums_history (gxc_customer_file_get_desk (file), gxc_customer_file_rows (file, &gx_holding_entity), ccy, MONTHS, values, months);

  for (guint i = 0; i < n; i++)
    {
      totals[i] = NAN;
      for (guint j = 0; j < GXC_CLASS_DEBT; j++)
        if (isfinite (values[i][j]))
          totals[i] = (isnan (totals[i]) ? 0 : totals[i]) + values[i][j];
    }
  return n;
}

static void
note_other_currencies (GxcTile *tile, GxcDesk *desk, GArray *sums)
{
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 1; i < sums->len; i++)
    {
      g_autofree char *unit = NULL, *figure = gxc_sum_dup_figure (&g_array_index (sums, GxcSum, i), gxc_desk_get_curtain (desk), &unit);

      g_string_append_printf (words, "%s%s %s", i > 1 ? " · " : _("and "), figure, unit);
    }
  gxc_tile_set_note (tile, GXC_TONE_PLAIN, words->str);
}

static void
note_change (GxcTile *tile, const double *values, guint n)
{
  g_autofree char *part = NULL, *change = NULL;
  double share;

  if (n < 2 || !isfinite (values[n - 1]) || !isfinite (values[n - 2]) || values[n - 2] <= 0)
    {
      gxc_tile_set_note (tile, GXC_TONE_PLAIN, _("no month to compare with"));
      return;
    }
  share = values[n - 1] / values[n - 2] - 1;
  part = gxc_format_change (share);
  change = g_strdup_printf (_("%s on last month"), part);
  gxc_tile_set_note (tile, share < 0 ? GXC_TONE_PLAIN : GXC_TONE_GREEN, change);
}

static void
show_assets (GxcTile *tile, GxcCustomerFile *file)
{
  GxcDesk *desk = gxc_customer_file_get_desk (file);
  g_autoptr(GArray) sums = gxc_sums_by_currency (desk, gxc_customer_file_rows (file, &gx_holding_entity));
  const GxcSum *first = sums->len ? &g_array_index (sums, GxcSum, 0) : NULL;
  g_autofree char *as_of = gxc_format_date (gxc_desk_get_today (desk), gxc_desk_get_today (desk));
  g_autofree char *unit = NULL, *figure = NULL;
  double values[MONTHS];
  guint n;

  if (!first)
    {
      set_missing (tile, file, _("no holding yet: note a need"), "customer.add::need");
      return;
    }
  figure = gxc_sum_dup_figure (first, gxc_desk_get_curtain (desk), &unit);
  n = monthly_assets (file, first->ccy, values);
  gxc_tile_set_figure (tile, figure, unit, first->n_masked || gxc_desk_get_curtain (desk) ? _("band") : as_of);
  gxc_tile_set_values (tile, values, n, GXC_TOKEN_CHART_1);
  if (first->n_masked)
    gxc_tile_set_note (tile, GXC_TONE_PLAIN, _("masked: not your own customer"));
  else if (sums->len > 1)
    note_other_currencies (tile, desk, sums);
  else
    note_change (tile, values, n);
}

/* --- risk appetite ------------------------------------------------------------------------------------------------ */

static void
note_expiry (GxcTile *tile, gint32 expires, gint32 today)
{
  g_autofree char *date = gx_date_format (expires), *words = NULL;
  int days = expires - today;

  if (days < 0)
    words = g_strdup_printf (_("! expired %s: no offers until it is taken again"), date);
  else if (days <= GXC_RISK_SOON)
    words = g_strdup_printf (ngettext ("! expires in %d day", "! expires in %d days", days), days);
  else
    words = g_strdup_printf (_("valid until %s"), date);
  gxc_tile_set_note (tile, days < 0 ? GXC_TONE_RED : days <= GXC_RISK_SOON ? GXC_TONE_AMBER : GXC_TONE_PLAIN, words);
}

static void
show_risk (GxcTile *tile, GxcCustomerFile *file)
{
  const GxRiskAssessment *row = gxc_customer_file_get_risk (file);
  GxcDesk *desk = gxc_customer_file_get_desk (file);
  const char *label;
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *taken = NULL, *date = NULL;

  if (!row)
    {
      set_missing (tile, file, _("arrange an assessment"), "customer.arrange-risk");
      return;
    }
  label = _(gx_choice_label (gx_risk_grades, row->grade));
  date = gx_date_format (gx_date_from_time (row->at, zone));
  taken = g_strdup_printf (_("taken %s"), date);
  gxc_tile_set_figure (tile, gx_choice_code (gx_risk_grades, row->grade), strchr (label, ' ') ? strchr (label, ' ') + 1 : NULL, taken);
  gxc_tile_set_values (tile, NULL, 0, GXC_TOKEN_CHART_1);
  gxc_tile_set_graphic (tile, gxc_customer_mark_new_steps (row->grade, 5));
  note_expiry (tile, row->expires_on, gxc_desk_get_today (desk));
  if (row->expires_on - gxc_desk_get_today (desk) <= GXC_RISK_SOON && gxc_desk_can (desk, GX_CAN_WRITE_TASK))
    set_action (tile, "customer.arrange-risk");
}

/* --- holdings ----------------------------------------------------------------------------------------------------- */

static void
count_holdings (GxcDesk *desk, GPtrArray *holdings, double *shares, guint *n_open, guint *n_soon)
{
  gint32 today = gxc_desk_get_today (desk);

  for (guint i = 0; i < holdings->len; i++)
    {
      const GxHolding *row = gx_record_get_data (g_ptr_array_index (holdings, i));

      if (row->status == GX_HOLDING_CLOSED)
        continue;
      shares[gxc_asset_class_of (desk, g_ptr_array_index (holdings, i))]++;
      ++*n_open;
      *n_soon += row->matures_on != GX_INT32_NONE && row->matures_on >= today && row->matures_on - today <= 30;
    }
}

static void
show_holdings (GxcTile *tile, GxcCustomerFile *file)
{
  double shares[GXC_N_CLASSES] = { 0 };
  guint n_open = 0, n_soon = 0, n_classes = 0;
  g_autofree char *number = NULL, *of = NULL, *note = NULL, *open = NULL;

  count_holdings (gxc_customer_file_get_desk (file), gxc_customer_file_rows (file, &gx_holding_entity), shares, &n_open, &n_soon);
  for (guint i = 0; i < GXC_N_CLASSES; i++)
    n_classes += shares[i] > 0;
  if (!n_open)
    {
      set_missing (tile, file, _("nothing open: note a need"), "customer.add::need");
      return;
    }
  number = g_strdup_printf ("%u", n_classes);
  of = g_strdup_printf (_("of %d classes"), GXC_N_CLASSES);
  open = g_strdup_printf (ngettext ("%u item", "%u items", n_open), n_open);
  note = n_soon ? g_strdup_printf (ngettext ("! %u matures in 30 days", "! %u mature in 30 days", n_soon), n_soon)
                : g_strdup (_("none matures in 30 days"));
  gxc_tile_set_figure (tile, number, of, open);
  gxc_tile_set_note (tile, n_soon ? GXC_TONE_AMBER : GXC_TONE_PLAIN, note);
  gxc_tile_set_graphic (tile, gxc_customer_mark_new_shares (shares, GXC_N_CLASSES));
}

/* --- activity ----------------------------------------------------------------------------------------------------- */

static gint64
payments (const GxTxnMonth *fact)
{
  gint64 in = fact->in_cnt == GX_INT_NONE ? 0 : fact->in_cnt, out = fact->out_cnt == GX_INT_NONE ? 0 : fact->out_cnt;

  return in + out;
}

static void
show_activity (GxcTile *tile, GxcCustomerFile *file)
{
  GPtrArray *facts = gxc_customer_file_facts (file, &gx_txn_month_entity);
  guint n = MIN (facts->len, MONTHS);
  gint64 lately = 0, before = 0;
  double values[MONTHS];
  g_autofree char *number = NULL, *difference = NULL, *note = NULL;

  if (n == 0)
    {
      if (gxc_customer_file_is_masked (file))
        set_masked (tile);
      else
        set_missing (tile, file, _("log the first interaction"), "customer.new-interaction");
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      gint64 count = payments (g_ptr_array_index (facts, facts->len - n + i));

      values[i] = count;
      lately += i + QUARTER >= n ? count : 0;
      before += i + QUARTER < n && i + 2 * QUARTER >= n ? count : 0;
    }
  number = gxc_format_number (lately);
  difference = gxc_format_number (ABS (lately - before));
  note = lately == before ? g_strdup (_("as in the 3 months before"))
         : g_strdup_printf (_("%s %s on the 3 months before"), lately > before ? "▲" : "▼", difference);
  gxc_tile_set_figure (tile, number, _("payments"), _("3 months"));
  gxc_tile_set_values (tile, values, n, GXC_TOKEN_CHART_1);
  gxc_tile_set_note (tile, lately > before ? GXC_TONE_GREEN : GXC_TONE_PLAIN, note);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

/** gxc_customer_tiles_show: the file has its customer */
void
gxc_customer_tiles_show (GxcCustomerTiles *self,
                         GxcCustomerFile  *file)
{
  static void (* const show[N_TILES]) (GxcTile *, GxcCustomerFile *) = {
    [TILE_ASSETS] = show_assets, [TILE_RISK] = show_risk, [TILE_HOLDINGS] = show_holdings, [TILE_ACTIVITY] = show_activity,
  };

  g_return_if_fail (GXC_IS_CUSTOMER_TILES (self));

  for (guint i = 0; i < N_TILES; i++)
    {
      set_action (self->tile[i], tiles[i].action);
      show[i] (self->tile[i], file);
    }
}

/** gxc_customer_tiles_set_room: beside a form, and for large text, there is room for the figures only */
void
gxc_customer_tiles_set_room (GxcCustomerTiles *self,
                             gboolean          narrow,
                             gboolean          beside_form)
{
  g_return_if_fail (GXC_IS_CUSTOMER_TILES (self));

  gboolean tight = beside_form || (narrow && gxc_look_scale (GTK_WIDGET (self)) > 1.25);

  gtk_box_set_spacing (GTK_BOX (self->box), tight ? 8 : 12);
  for (guint i = 0; i < N_TILES; i++)
    gxc_tile_set_compact (self->tile[i], tight);
  gtk_widget_set_visible (GTK_WIDGET (self->tile[TILE_ACTIVITY]), !(narrow && beside_form && gxc_look_scale (GTK_WIDGET (self)) > 1.1));
}

static void
gxc_customer_tiles_class_init (GxcCustomerTilesClass *klass)
{
}

static void
gxc_customer_tiles_init (GxcCustomerTiles *self)
{
  self->box = g_object_new (GTK_TYPE_BOX, "spacing", 12, "homogeneous", TRUE, NULL);
  gtk_widget_add_css_class (self->box, "gx-tiles");
  for (guint i = 0; i < N_TILES; i++)
    {
      GtkWidget *tile = gxc_tile_new (g_dpgettext2 (NULL, "core fact", tiles[i].caption));

      self->tile[i] = GXC_TILE (tile);
      gtk_box_append (GTK_BOX (self->box), tile);
    }
  adw_bin_set_child (ADW_BIN (self), self->box);
}
