/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows every part in every state and saves a picture, so that a person can look at what was built. Not installed, and
 * not a test: nothing here can fail but the saving. Usage: gallery [--dark] [--language CODE] [--charts] FILE.png */

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "gxc-language.h"
#include "gxc-widgets.h"
#include "gallery.h"
#include "gxt-screenshot.h"

#define HOUR G_GINT64_CONSTANT (3600000)

static GxFakeClock fake_clock;

GtkWidget *
gxt_gallery_card (const char *title, const char *caption)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (title), *words = gtk_label_new (caption);

  gtk_widget_add_css_class (box, "gx-card");
  gtk_widget_add_css_class (label, "gx-strong");
  gtk_widget_add_css_class (words, "gx-caption");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (box), head);
  return box;
}

static GtkWidget *
row (GtkWidget *card_box)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_box_append (GTK_BOX (card_box), box);
  return box;
}

static void
add_marks (GtkWidget *column)
{
  static const struct { const char *code, *label; } tiers[] = {
    { "STANDARD", N_("Standard") }, { "GOLD", N_("Gold") }, { "PLATINUM", N_("Platinum") }, { "DIAMOND", N_("Diamond") }, { "PRIVATE", N_("Private") },
  }, stages[] = {
    { "PROSPECT", N_("Prospect") }, { "NEW", N_("New") }, { "MATURE", N_("Mature") }, { "LOYAL", N_("Loyal") },
    { "DECLINING", N_("Declining") }, { "LOST", N_("Lost") }, { "WON_BACK", N_("Won back") },
  };
  GtkWidget *box = gxt_gallery_card ("Marks", "tiers, stages, clocks, states"), *line = row (box);

  for (guint i = 0; i < G_N_ELEMENTS (tiers); i++)
    {
      GtkWidget *badge = gxc_tier_badge_new ();

      gxc_tier_badge_set_tier (GXC_TIER_BADGE (badge), tiers[i].code, _(tiers[i].label));
      gtk_box_append (GTK_BOX (line), badge);
    }
  line = row (box);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      GtkWidget *glyph = gxc_stage_glyph_new ();

      gxc_stage_glyph_set_stage (GXC_STAGE_GLYPH (glyph), stages[i].code, _(stages[i].label));
      gtk_box_append (GTK_BOX (line), glyph);
    }
  line = row (box);
  for (int i = 0; i < 4; i++)
    {
      static const double due[] = { 55, 5.1, 0.3, -0.2 };
      GtkWidget *chip = gxc_clock_chip_new (&fake_clock.parent);

      gxc_clock_chip_set_span (GXC_CLOCK_CHIP (chip), fake_clock.now - 12 * HOUR, fake_clock.now + due[i] * HOUR);
      gtk_box_append (GTK_BOX (line), chip);
    }
  line = row (box);
  gtk_box_append (GTK_BOX (line), gxc_state_chip_new (GXC_STATE_OK, _("Synced")));
  gtk_box_append (GTK_BOX (line), gxc_state_chip_new (GXC_STATE_WAITING, _("Awaiting review")));
  gtk_box_append (GTK_BOX (line), gxc_state_chip_new (GXC_STATE_REFUSED, _("Refused")));
  gtk_box_append (GTK_BOX (line), gxc_state_chip_new (GXC_STATE_QUEUED, _("Waiting to send")));
  gtk_box_append (GTK_BOX (line), gxc_state_chip_new (GXC_STATE_DRAFT, _("Draft")));
  gtk_box_append (GTK_BOX (column), box);
}

static void
add_buttons (GtkWidget *column)
{
  GtkWidget *box = gxt_gallery_card ("Buttons", "one primary a page"), *line = row (box);
  GtkWidget *approve = gxc_button_new (_("Approve"), "A", NULL), *reject = gxc_button_new (_("Reject"), "R", NULL), *indicator;
  const GxcSyncSummary summaries[] = {
    { .online = TRUE, .synced_at = fake_clock.now - 90000 },
    { .online = FALSE, .waiting = 4 },
    { .online = TRUE, .conflicts = 1, .refused = 1, .waiting = 4 },
    { .online = TRUE, .busy = TRUE, .coming = TRUE, .done = 1180, .total = 2000 },
  };

  gtk_widget_add_css_class (approve, "suggested-action");
  gtk_widget_add_css_class (reject, "destructive-action");
  gtk_box_append (GTK_BOX (line), approve);
  gtk_box_append (GTK_BOX (line), gxc_button_new (_("Return"), "N", NULL));
  gtk_box_append (GTK_BOX (line), reject);
  line = row (box);
  for (guint i = 0; i < G_N_ELEMENTS (summaries); i++)
    {
      indicator = gxc_sync_indicator_new ();
      gxc_sync_indicator_update (GXC_SYNC_INDICATOR (indicator), &summaries[i], fake_clock.now);
      gtk_box_append (GTK_BOX (line), indicator);
    }
  gtk_box_append (GTK_BOX (column), box);
}

static void
add_diff (GtkWidget *column)
{
  GtkWidget *box = gxt_gallery_card ("Before and after", "5 fields"), *view = gxc_diff_view_new ();

  gxc_diff_view_add (GXC_DIFF_VIEW (view), "层级", "白金", "钻石");
  gxc_diff_view_add (GXC_DIFF_VIEW (view), "30 日均资产", "286.40 万元 10-31", "312.75 万元 11-22");
  gxc_diff_view_add (GXC_DIFF_VIEW (view), "权益", "贵宾厅、体检 1 次", "贵宾厅、体检 2 次、利率券 +10bp");
  gxc_diff_view_add (GXC_DIFF_VIEW (view), "Address", "459 Jianghong Road, block 3", "459 Jianghong Road, block 5 room 1201");
  gxc_diff_view_add (GXC_DIFF_VIEW (view), "生效", NULL, "11-25");
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (column), box);
}

static void
add_tiles (GtkWidget *column)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *tile = gxc_tile_new (_("Assets"));
  double values[12];

  for (int i = 0; i < 12; i++)
    values[i] = 100 + 8 * i + 14 * sin (i);
  gxc_tile_set_figure (GXC_TILE (tile), "536.20", "万元", "11-23");
  gxc_tile_set_note (GXC_TILE (tile), GXC_TONE_GREEN, "▲ 2.4 %");
  gxc_tile_set_values (GXC_TILE (tile), values, 12, GXC_TOKEN_CHART_1);
  gtk_box_append (GTK_BOX (line), tile);
  tile = gxc_tile_new (_("Risk"));
  gxc_tile_set_missing (GXC_TILE (tile), "…");
  gtk_box_append (GTK_BOX (line), tile);
  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  gtk_box_append (GTK_BOX (column), line);
}

static GtkWidget *
build (void)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *banner = gxc_banner_new ();

  gxc_banner_show (GXC_BANNER (banner), GXC_BANNER_INFORMATION, "changes-prevent-symbolic", "手机号变更待复核", "旧号 138****5678 仍有效");
  gxc_banner_set_action (GXC_BANNER (banner), "查看对比", NULL);
  gtk_box_append (GTK_BOX (page), banner);
  banner = gxc_banner_new ();
  gxc_banner_show (GXC_BANNER (banner), GXC_BANNER_ATTENTION, "network-offline-symbolic", _("Offline"), "412 户资料可用");
  gtk_box_append (GTK_BOX (page), banner);
  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  gtk_widget_add_css_class (columns, "gx-page-body");
  gtk_widget_set_vexpand (columns, TRUE);
  add_marks (left);
  add_buttons (left);
  add_tiles (left);
  add_diff (right);
  gtk_box_append (GTK_BOX (columns), left);
  gtk_box_append (GTK_BOX (columns), right);
  gtk_box_append (GTK_BOX (page), columns);
  return page;
}

int
main (int argc, char **argv)
{
  gboolean dark = FALSE, charts = FALSE;
  g_autofree char *language = NULL;
  g_auto(GStrv) files = NULL;
  const GOptionEntry entries[] = {
    { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark", NULL },
    { "charts", 0, 0, G_OPTION_ARG_NONE, &charts, "The charts", NULL },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, "Language", "CODE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE" },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  GtkWidget *window;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || !files)
    return 2;

  gxc_language_apply (language);
  adw_init ();
  gxc_widgets_init ();
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  gx_fake_clock_init (&fake_clock, G_GINT64_CONSTANT (1764034920000));

  window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_widget_add_css_class (window, "gx-window");
  adw_window_set_content (ADW_WINDOW (window), charts ? gxt_gallery_charts () : build ());
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  return gxt_screenshot (GTK_WINDOW (window), files[0]) ? 0 : 1;
}
