/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a day begins: what has a clock or a day, the book in four figures and a chart, the visits, the reviews. It puts the
 * cards together and reads them anew when the desk changes; each card is a file of its own, and what stands in the list is
 * the model's business. The title tells the wall clock, and the business date where that is another. */

#include "gxc-today-page.h"

#include <glib/gi18n.h>

#include "gxc-calendar.h"
#include "gxc-format.h"
#include "gxc-today-chart.h"
#include "gxc-today-layout.h"
#include "gxc-today-list.h"
#include "gxc-today-side.h"
#include "gxc-today-tiles.h"
#include "gxc-today-visits.h"

#define SETTLE_MS 150           /* rows that come in one after the other are shown together */
#define TICK_S    60

struct _GxcTodayPage
{
  GxcPage        parent_instance;

  GxcTodayModel *model;     /* (owned) */
  GtkWidget     *list;      /* (borrowed) */
  GtkWidget     *tiles;     /* (borrowed) */
  GtkWidget     *visits;    /* (borrowed) */
  GtkWidget     *reviews;   /* (borrowed) */
  GtkWidget     *tiers;     /* (borrowed) */
  GtkWidget     *chart;     /* (borrowed) */
  guint          settle;    /* timer */
  guint          tick;      /* timer, while the page is seen */
  guint          n_problems;  /* refused and in conflict, at the last reading */
  gboolean       coming;    /* a first sync was under way at the last reading */
  gboolean       stale;     /* something changed while nobody looked */
};

G_DEFINE_FINAL_TYPE (GxcTodayPage, gxc_today_page, GXC_TYPE_PAGE)

static GxcDesk *
desk_of (GxcTodayPage *self)
{
  return gxc_page_get_desk (GXC_PAGE (self));
}

/* --- state ------------------------------------------------------------------------------------------------------- */

static void
update_title (GxcTodayPage *self)
{
  gint64 now = gxc_desk_now (desk_of (self));
  gint32 wall = gxc_local_today (desk_of (self));
  g_autofree char *date = gxc_format_date (wall, wall), *time = gxc_format_moment (now, now);
  g_autofree char *words = g_strdup_printf ("%s · %s", date, time);

  gxc_page_set_title (GXC_PAGE (self), _("Today"), words);
}

static guint
count_problems (GxcTodayPage *self)
{
  GxcSyncSummary summary;

  gxc_desk_get_summary (desk_of (self), &summary);
  return summary.refused + summary.conflicts;
}

/* That nothing is due is not known before everything is here. */
static gboolean
is_waiting (GxcTodayPage *self)
{
  return self->coming && g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0;
}

/* Who sees a unit's customers, but not their money, has a book without amounts. */
static gboolean
has_amounts (const GxcBook *book)
{
  for (guint i = 0; i < GXC_BOOK_MONTHS; i++)
    if (gxc_book_total (book, i) != 0)
      return TRUE;
  return book->n_masked == 0 && book->n_customers > 0;
}

/* Sums of what has come so far would be wrong ones. */
static void
show_book (GxcTodayPage *self, const GxcBook *book)
{
  gboolean amounts = has_amounts (book);

  gtk_widget_set_visible (self->chart, book->n_customers > 0 && !self->coming);
  gtk_widget_set_visible (self->tiles, (book->n_customers > 0 || gxc_desk_can (desk_of (self), GX_CAN_DECIDE_1)) && !self->coming);
  gxc_today_tiers_show (self->tiers, book);
  if (self->coming)
    gtk_widget_set_visible (self->tiers, FALSE);
  if (amounts)
    {
      gxc_today_tiles_show_book (GXC_TODAY_TILES (self->tiles), book);
      gxc_today_chart_show (GXC_TODAY_CHART (self->chart), book, gxc_desk_get_today (desk_of (self)));
    }
  else
    {
      gxc_today_tiles_show_unit (GXC_TODAY_TILES (self->tiles), desk_of (self), self->model, book);
      gxc_today_chart_show_new (GXC_TODAY_CHART (self->chart), book);
    }
}

static void
refresh (GxcPage *page)
{
  GxcTodayPage *self = GXC_TODAY_PAGE (page);
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcBook) book = NULL;

  self->stale = FALSE;
  self->n_problems = count_problems (self);
  self->coming = gxc_page_is_first_sync (page);
  update_title (self);
  if (gxc_today_model_refresh (self->model, &error))
    book = gxc_desk_book (desk_of (self), &error);
  if (!book || !gxc_today_visits_show (self->visits, desk_of (self), &error))
    {
      gxc_page_set_error (page, error);
      return;
    }
  show_book (self, book);
  gxc_today_reviews_show (self->reviews, desk_of (self), self->model);
  gxc_page_set_state (page, is_waiting (self) ? GXC_PAGE_LOADING : GXC_PAGE_CONTENT);
  gxc_today_list_settle (GXC_TODAY_LIST (self->list));
}

/* --- what comes in ----------------------------------------------------------------------------------------------- */

static gboolean
on_settled_cb (gpointer data)
{
  GxcTodayPage *self = data;

  self->settle = 0;
  refresh (GXC_PAGE (self));
  return G_SOURCE_REMOVE;
}

static void
on_changed_cb (GxcTodayPage *self)
{
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !self->settle && gxc_desk_get_person (desk_of (self)))
    self->settle = g_timeout_add (SETTLE_MS, on_settled_cb, self);
}

/* The status changes with every sync; only what needs a person's decision is a line here, and sums wait for the first. */
static void
on_status_cb (GxcTodayPage *self)
{
  if (count_problems (self) != self->n_problems || gxc_page_is_first_sync (GXC_PAGE (self)) != self->coming)
    on_changed_cb (self);
}

/* The clocks count by themselves, and a new day is told; the title is the page's. */
static gboolean
on_tick_cb (gpointer data)
{
  update_title (data);
  return G_SOURCE_CONTINUE;
}

static void
gxc_today_page_map (GtkWidget *widget)
{
  GxcTodayPage *self = GXC_TODAY_PAGE (widget);

  GTK_WIDGET_CLASS (gxc_today_page_parent_class)->map (widget);
  self->tick = g_timeout_add_seconds (TICK_S, on_tick_cb, self);
  gxc_today_list_settle (GXC_TODAY_LIST (self->list));
  if (self->stale)
    on_changed_cb (self);
}

static void
gxc_today_page_unmap (GtkWidget *widget)
{
  GxcTodayPage *self = GXC_TODAY_PAGE (widget);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->settle, g_source_remove);
  GTK_WIDGET_CLASS (gxc_today_page_parent_class)->unmap (widget);
}

static gboolean
gxc_today_page_grab_focus (GtkWidget *widget)
{
  return gxc_today_list_focus (GXC_TODAY_LIST (GXC_TODAY_PAGE (widget)->list))
         || GTK_WIDGET_CLASS (gxc_today_page_parent_class)->grab_focus (widget);
}

/* --- as a page --------------------------------------------------------------------------------------------------- */

static gboolean
begin (GxcPage *page, const char *what)
{
  GxId customer = gxc_today_list_get_customer (GXC_TODAY_LIST (GXC_TODAY_PAGE (page)->list));
  g_autofree char *action = g_strdup_printf ("win.new-%s", what);

  return !gx_id_is_none (&customer) && gtk_widget_activate_action (GTK_WIDGET (page), action, "s", GX_ID_STR (&customer));
}

static const GxcKey *
get_keys (GxcPage *page, guint *out_n_keys)
{
  static const GxcKey keys[] = {
    { "Return", NC_("keys", "Open the line") },
    { "space", NC_("keys", "Add the line to the selection") },
    { "<Ctrl>a", NC_("keys", "Choose all") },
    { "d", NC_("keys", "Done") },
    { "z", NC_("keys", "Put off to the next working day") },
    { "m", NC_("keys", "Put off to another day") },
    { "n", NC_("keys", "New task for the line's customer") },
  };

  *out_n_keys = G_N_ELEMENTS (keys);
  return keys;
}

static void
gxc_today_page_dispose (GObject *object)
{
  GxcTodayPage *self = GXC_TODAY_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->settle, g_source_remove);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (gxc_today_page_parent_class)->dispose (object);
}

static void
gxc_today_page_class_init (GxcTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GxcPageClass *page_class = GXC_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_today_page_dispose;
  widget_class->map = gxc_today_page_map;
  widget_class->unmap = gxc_today_page_unmap;
  widget_class->grab_focus = gxc_today_page_grab_focus;
  page_class->refresh = refresh;
  page_class->begin = begin;
  page_class->get_keys = get_keys;
}

static void
gxc_today_page_init (GxcTodayPage *self)
{
}

static GtkWidget *
make_cards (GxcTodayPage *self)
{
  GtkWidget *cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget **all[] = { &self->list, &self->tiles, &self->visits, &self->reviews, &self->tiers, &self->chart };

  self->list = gxc_today_list_new (desk_of (self), self->model);
  self->tiles = gxc_today_tiles_new ();
  self->visits = gxc_today_visits_new ();
  self->reviews = gxc_today_reviews_new ();
  self->tiers = gxc_today_tiers_new ();
  self->chart = gxc_today_chart_new ();
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    gtk_box_append (GTK_BOX (cards), *all[i]);
  gtk_widget_set_layout_manager (cards, gxc_today_layout_new ());
  gtk_widget_add_css_class (cards, "gx-page-body");
  return cards;
}

GtkWidget *
gxc_today_page_new (GxcDesk *desk)
{
  GxcTodayPage *self = g_object_new (GXC_TYPE_TODAY_PAGE, NULL);
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, NULL);

  gxc_page_set_desk (GXC_PAGE (self), desk);
  self->model = gxc_today_model_new (desk);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_cards (self));
  gxc_page_set_content (GXC_PAGE (self), scroller);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "curtain-changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "status-changed", G_CALLBACK (on_status_cb), self, G_CONNECT_SWAPPED);
  refresh (GXC_PAGE (self));
  return GTK_WIDGET (self);
}
