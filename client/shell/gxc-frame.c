/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around the pages of a signed-in person: the sidebar, the header with the business date and the sync chip, and
 * the progress of a first sync. It shows what it is told and goes nowhere by itself: that is the window's. It is a widget
 * of its own so that another language can be had by making it again. */

#include "gxc-frame.h"

#include <glib/gi18n.h>

#include "gxc-banner.h"
#include "gxc-format.h"
#include "gxc-keycap.h"
#include "gxc-places.h"
#include "gxc-sync-indicator.h"

#define COUNT_AFTER 250     /* ms */

struct _GxcFrame
{
  GtkWidget   parent_instance;

  /* Template widgets */
  GtkWidget  *leaflet;
  GxcSidebar *sidebar;
  GtkWidget  *content;
  GtkWidget  *back;
  GtkWidget  *title;
  GtkWidget  *subtitle;
  GtkWidget  *neighbours;
  GtkWidget  *place;
  GtkWidget  *date;
  GtkWidget  *curtain;
  GtkWidget  *search;
  GtkWidget  *search_box;
  GtkWidget  *search_words;
  GtkWidget  *progress_revealer;
  GtkWidget  *progress;
  GtkWidget  *progress_words;
  GtkWidget  *lease;
  GtkStack   *pages;

  GtkWidget  *indicator;    /* (borrowed) */
  GxcDesk    *desk;         /* (owned) */
  guint       tick;         /* once a minute: "synced 3 min ago" */
  guint       counting;     /* timer: rows came or went, the counts follow */
};

G_DEFINE_FINAL_TYPE (GxcFrame, gxc_frame, GTK_TYPE_WIDGET)

/* --- the header --------------------------------------------------------------------------------------------------- */

/* Beside a record's name and place the date stands alone: what it is a tooltip says. */
static void
update_date (GxcFrame *self)
{
  gint32 today = gxc_desk_get_today (self->desk);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *date = gx_date_format (today);
  g_autofree char *words = g_strdup_printf (_("Business date %s"), date);
  gboolean alone = gtk_widget_get_visible (self->neighbours);

  gtk_label_set_text (GTK_LABEL (self->date), alone ? date : words);
  gtk_widget_set_tooltip_text (self->date, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->date), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_visible (self->date, today != gx_date_from_time (gxc_desk_now (self->desk), zone));
}

/**
 * gxc_frame_set_header:
 * @back: whether there is a page under this one to go back to
 * @place: (nullable): where the record stands among its neighbours, "3 of 24"
 */
void
gxc_frame_set_header (GxcFrame   *self,
                      GxcPage    *page,
                      gboolean    back,
                      const char *place)
{
  const char *subtitle = gxc_page_get_subtitle (page);

  gtk_label_set_text (GTK_LABEL (self->title), gxc_page_get_title (page));
  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle ? subtitle : "");
  gtk_widget_set_visible (self->back, back);
  gtk_widget_set_visible (self->neighbours, place != NULL);
  gtk_label_set_text (GTK_LABEL (self->place), place ? place : "");
  update_date (self);
}

/* What comes of it by itself, or what somebody must do. */
static const char *
what_then (const GxcSyncSummary *summary)
{
  if (summary->signed_out)
    return _("it goes on when you sign in again");
  if (!summary->online)
    return summary->problem ? _("it has stopped: the Sync page tells why") : _("it goes on by itself when the network is back");
  return summary->done < summary->total ? _("what has come can be used already") : NULL;
}

/* Transfer full. */
static char *
progress_words (const GxcSyncSummary *summary)
{
  g_autofree char *done = gxc_format_number (summary->done), *total = gxc_format_number (summary->total), *words = NULL;
  const char *then = what_then (summary);

  if (summary->total <= 0)
    words = g_strdup (_("Your book is still to be fetched from the bank"));
  else if (summary->done < summary->total)
    words = g_strdup_printf (_("Your book is being fetched: %s of %s records"), done, total);
  else
    words = g_strdup_printf (_("All %s records are here, their figures are being made"), total);
  return then ? g_strdup_printf ("%s · %s", words, then) : g_steal_pointer (&words);
}

static void
update_progress (GxcFrame *self, const GxcSyncSummary *summary)
{
  g_autofree char *words = progress_words (summary);

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->progress_revealer), summary->coming);
  if (!summary->coming)
    return;
  gtk_widget_set_visible (self->progress, summary->total > 0);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), CLAMP ((double) summary->done / MAX (summary->total, 1), 0, 1));
  gtk_label_set_text (GTK_LABEL (self->progress_words), words);
}

static void
update_counts (GxcFrame *self)
{
  for (const GxcPlace *place = gxc_place_next (self->desk, NULL); place; place = gxc_place_next (self->desk, place))
    if (place->count)
      {
        gboolean red = FALSE;
        guint count = place->count (self->desk, &red);

        gxc_sidebar_set_count (self->sidebar, place->name, count, red);
      }
}

static gboolean
on_count_cb (gpointer data)
{
  GxcFrame *self = data;

  self->counting = 0;
  update_counts (self);
  return G_SOURCE_REMOVE;
}

/* Soon, once for many changes, and after whatever is to be painted: counting a hundred thousand customers takes time. */
static void
count_soon (GxcFrame *self)
{
  if (!self->counting)
    self->counting = g_timeout_add_full (G_PRIORITY_LOW, COUNT_AFTER, on_count_cb, self, NULL);
}

/* The chip leads to what it tells of: who is signed out, to the password. */
static void
lead (GxcFrame *self, const GxcSyncSummary *summary)
{
  GtkActionable *indicator = GTK_ACTIONABLE (self->indicator);
  const char *action = summary->signed_out ? "win.sign-in" : "win.show-page";

  if (g_strcmp0 (gtk_actionable_get_action_name (indicator), action) == 0)
    return;
  gtk_actionable_set_action_name (indicator, NULL);     /* never with the other one's target */
  gtk_actionable_set_action_target_value (indicator, summary->signed_out ? NULL : g_variant_new_string ("sync"));
  gtk_actionable_set_action_name (indicator, action);
}

/* What takes changes from everybody is said on every page. */
static void
update_lease (GxcFrame *self, const GxcSyncSummary *summary)
{
  g_autofree char *title = gxc_lease_title (&summary->lease), *words = gxc_lease_words (&summary->lease);

  if (!title)
    {
      gxc_banner_hide (GXC_BANNER (self->lease));
      return;
    }
  gxc_banner_show (GXC_BANNER (self->lease), GXC_BANNER_ATTENTION, "system-lock-screen-symbolic", title, words);
  gxc_banner_set_action (GXC_BANNER (self->lease), summary->signed_out ? _("Sign in") : _("Try now"), summary->signed_out ? "win.sign-in" : "win.sync");
}

/** gxc_frame_update_status: reads again what the sync chip, the counts, the curtain and the business date say, and who is signed in */
void
gxc_frame_update_status (GxcFrame *self)
{
  GxcSyncSummary summary;

  gxc_desk_get_summary (self->desk, &summary);
  gxc_sidebar_set_person (self->sidebar, gxc_desk_get_person (self->desk));
  gxc_sync_indicator_update (GXC_SYNC_INDICATOR (self->indicator), &summary, gxc_desk_now (self->desk));
  lead (self, &summary);
  update_lease (self, &summary);
  count_soon (self);
  update_progress (self, &summary);
  update_date (self);
  gtk_widget_set_visible (self->curtain, gxc_desk_get_curtain (self->desk));
}

static gboolean
on_tick_cb (gpointer data)
{
  gxc_frame_update_status (data);
  return G_SOURCE_CONTINUE;
}

/* --- the sidebar -------------------------------------------------------------------------------------------------- */

static void
add_section (GxcFrame *self, GxcSection section)
{
  g_autofree char *keys = g_strdup_printf ("Ctrl %d", section);

  gxc_sidebar_add_section (self->sidebar, gxc_section_title (section), keys);
}

/* Who has no customers is not told that there are some to find. */
static void
update_search (GxcFrame *self)
{
  const char *what = gxc_place_find (self->desk, "customers") ? _("Customers, tasks, commands") : _("Pages, commands");

  gtk_label_set_text (GTK_LABEL (self->search_words), what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
}

/** gxc_frame_update_places: lists in the sidebar what the person who is signed in may see */
void
gxc_frame_update_places (GxcFrame *self)
{
  g_autofree char *selected = gxc_sidebar_dup_selected (self->sidebar);
  GxcSection section = 0;

  gxc_sidebar_clear (self->sidebar);
  for (const GxcPlace *place = gxc_place_next (self->desk, NULL); place; place = gxc_place_next (self->desk, place))
    {
      if (place->section != section)
        add_section (self, place->section);
      section = place->section;
      gxc_sidebar_add (self->sidebar, place->name, place->icon_name, gxc_place_label (place));
    }
  if (selected)
    gxc_sidebar_select (self->sidebar, selected);
  update_search (self);
  gxc_frame_update_status (self);
}

static void
on_sidebar_selected_cb (GxcFrame *self, const char *name)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", name);
}

/** gxc_frame_set_narrow: the rail instead of the sidebar, and no words in the search field */
void
gxc_frame_set_narrow (GxcFrame *self,
                      gboolean  narrow)
{
  gxc_sidebar_set_rail (self->sidebar, narrow);
  for (GtkWidget *child = gtk_widget_get_last_child (self->search_box); child; child = gtk_widget_get_prev_sibling (child))
    if (GTK_IS_LABEL (child))
      gtk_widget_set_visible (child, !narrow);
}

GxcSidebar *
gxc_frame_get_sidebar (GxcFrame *self)
{
  return self->sidebar;
}

/** gxc_frame_get_pages: (transfer none): where the pages stand, by the names of their places */
GtkStack *
gxc_frame_get_pages (GxcFrame *self)
{
  return self->pages;
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_frame_dispose (GObject *object)
{
  GxcFrame *self = GXC_FRAME (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->counting, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_FRAME);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_frame_parent_class)->dispose (object);
}

static void
gxc_frame_class_init (GxcFrameClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_frame_dispose;
  g_type_ensure (GXC_TYPE_BANNER);
  g_type_ensure (GXC_TYPE_SIDEBAR);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/shell/gxc-frame.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, leaflet);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, sidebar);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, content);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, back);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, title);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, subtitle);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, neighbours);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, place);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, date);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, curtain);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, search);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, search_box);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, search_words);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, progress_revealer);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, progress);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, progress_words);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, lease);
  gtk_widget_class_bind_template_child (widget_class, GxcFrame, pages);
  gtk_widget_class_bind_template_callback (widget_class, on_sidebar_selected_cb);
}

static void
gxc_frame_init (GxcFrame *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->search_box), gxc_keycap_new ("Ctrl K"));
  self->indicator = gxc_sync_indicator_new ();
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->indicator), "win.show-page");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->indicator), "s", "sync");
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (self->search)), self->indicator);
}

/** gxc_frame_new: of whoever is signed in at @desk */
GtkWidget *
gxc_frame_new (GxcDesk *desk)
{
  GxcFrame *self = g_object_new (GXC_TYPE_FRAME, NULL);

  self->desk = g_object_ref (desk);
  self->tick = g_timeout_add_seconds (60, on_tick_cb, self);
  gxc_frame_update_places (self);
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->content);
  g_signal_connect_object (desk, "status-changed", G_CALLBACK (gxc_frame_update_status), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "day-changed", G_CALLBACK (gxc_frame_update_status), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "changed", G_CALLBACK (count_soon), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
