/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day in the field: the stops in their order, what to know before one meets whom one stands on, and beside them the
 * visit itself, or the choice of whom else to visit. What can be done is in gxc-visits-actions.c. What is typed and not saved
 * stays with the page, whichever stop is looked at. */

#include "gxc-visits-page-private.h"

#include <glib/gi18n.h>

#include "gxc-calendar.h"
#include "gxc-cards.h"
#include "gxc-format.h"
#include "gxc-visit-day.h"
#include "gxc-visits-before.h"
#include "gxc-widgets.h"

#define TICK_S 30

G_DEFINE_FINAL_TYPE (GxcVisitsPage, gxc_visits_page, GXC_TYPE_PAGE)

GxcDesk *
gxc_visits_page_desk (GxcVisitsPage *self)
{
  return gxc_page_get_desk (GXC_PAGE (self));
}

static gint32
wall_day (GxcVisitsPage *self)
{
  return gxc_local_today (gxc_visits_page_desk (self));
}

/* --- what is shown ------------------------------------------------------------------------------------------------ */

static void
add_before (GxcVisitsPage *self, const GxcBeforeLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *words;
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", line->icon_name, "valign", GTK_ALIGN_START,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  words = g_object_new (GTK_TYPE_LABEL, "label", line->words, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  gtk_widget_add_css_class (icon, "gx-dim");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (self->before_rows), box);
}

/* Before and during: afterwards there is nothing to prepare. */
static void
show_before (GxcVisitsPage *self, GxRecord *at)
{
  const GxVisit *visit = at ? gx_record_get_data (at) : NULL;
  g_autoptr(GPtrArray) lines = visit && visit->status != GX_VISIT_DONE ? gxc_visits_before_read (gxc_visits_page_desk (self), visit) : NULL;

  gxc_box_empty (self->before_rows);
  for (guint i = 0; lines && i < lines->len; i++)
    add_before (self, g_ptr_array_index (lines, i));
  gtk_widget_set_visible (self->before, lines && lines->len > 0);
}

/* What was typed is forgotten when it is what is saved, or the visit is over. */
static const GxcTalk *
typed_of (GxcVisitsPage *self, GxRecord *at)
{
  const GxcTalk *typed = g_hash_table_lookup (self->typed, gx_record_get_id (at));
  g_autoptr(GxcTalk) saved = typed ? gxc_talk_read (gxc_visits_page_desk (self), gx_record_get_data (at)) : NULL;

  if (!typed || (gxc_visit_has_begun (gx_record_get_data (at)) && !gxc_talk_equal (typed, saved)))
    return typed;
  g_hash_table_remove (self->typed, gx_record_get_id (at));
  return NULL;
}

static void
show_at (GxcVisitsPage *self)
{
  GxRecord *at = gxc_visits_list_get_at (self->list);

  show_before (self, at);
  if (at)
    gxc_visits_stop_show (self->stop, at, typed_of (self, at));
  if (!gxc_visits_page_is_planning (self) && !gxc_visits_page_is_taking (self))
    gtk_stack_set_visible_child_name (self->side, at ? "stop" : "nothing");
}

static void
show_title (GxcVisitsPage *self, GPtrArray *stops)
{
  g_autofree char *date = gxc_format_date (self->day, wall_day (self)), *away = gxc_format_days_ago (self->day, wall_day (self)), *words = NULL;
  g_autofree char *day = g_strdup_printf ("%s · %s", date, away);
  guint done = 0;

  for (guint i = 0; i < stops->len; i++)
    done += ((const GxVisit *) gx_record_get_data (stops->pdata[i]))->status == GX_VISIT_DONE;
  words = stops->len > 0 ? g_strdup_printf (ngettext ("%u stop, %u done", "%u stops, %u done", stops->len), stops->len, done) : g_strdup (_("no visits"));
  gtk_label_set_text (GTK_LABEL (self->date), day);
  gxc_page_set_title (GXC_PAGE (self), C_("place", "Visits"), self->waiting ? NULL : words);
  gtk_widget_set_sensitive (self->by_district, stops->len > 1);
  gtk_widget_set_sensitive (self->by_time, stops->len > 1);
  gtk_widget_set_sensitive (self->on_paper, stops->len > 0);
}

static const char *
nothing_words (GxcVisitsPage *self)
{
  return self->day < wall_day (self) ? _("No visits on this day.") : _("No visits on this day yet. Press N to plan some.");
}

/** gxc_visits_page_update: reads the day anew */
void
gxc_visits_page_update (GxcVisitsPage *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) stops = NULL;

  if (!gxc_desk_get_person (gxc_visits_page_desk (self)))
    return;
  stops = gxc_visits_read_day (gxc_visits_page_desk (self), self->day, &error);
  if (!stops)
    {
      gxc_page_set_title (GXC_PAGE (self), C_("place", "Visits"), NULL);
      gxc_page_set_error (GXC_PAGE (self), error);
      return;
    }
  self->waiting = stops->len == 0 && gxc_page_is_first_sync (GXC_PAGE (self));
  show_title (self, stops);
  gxc_visits_list_show (self->list, stops, nothing_words (self));
  show_at (self);
  gxc_page_set_state (GXC_PAGE (self), self->waiting ? GXC_PAGE_LOADING : GXC_PAGE_CONTENT);
}

void
gxc_visits_page_set_day (GxcVisitsPage *self,
                         gint32         day)
{
  self->day = day;
  gxc_visits_page_set_plan (self, FALSE);
  gxc_visits_page_set_along (self, FALSE);
  gxc_visits_page_update (self);
}

/* --- whom else to visit ------------------------------------------------------------------------------------------- */

gboolean
gxc_visits_page_is_planning (GxcVisitsPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->side), "plan") == 0;
}

/** gxc_visits_page_set_plan: shows the choice of whom to visit on this day, or the stop again */
void
gxc_visits_page_set_plan (GxcVisitsPage *self,
                          gboolean       open)
{
  g_autofree char *day = gxc_format_date (self->day, wall_day (self));

  if (open == gxc_visits_page_is_planning (self))
    return;
  gtk_stack_set_visible_child_name (self->side, open ? "plan" : "nothing");
  if (open)
    gxc_visits_plan_open (self->plan, gxc_visits_list_get (self->list), day);
  else
    show_at (self);
}

gboolean
gxc_visits_page_is_taking (GxcVisitsPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->side), "along") == 0;
}

/** gxc_visits_page_set_along: shows whose documents go along, or the stop again */
void
gxc_visits_page_set_along (GxcVisitsPage *self,
                           gboolean       open)
{
  g_autofree char *day = gxc_format_date (self->day, wall_day (self));

  if (open == gxc_visits_page_is_taking (self))
    return;
  gtk_stack_set_visible_child_name (self->side, open ? "along" : "nothing");
  if (open)
    gxc_visits_along_open (self->along, gxc_visits_list_get (self->list), day);
  else
    show_at (self);
}

/* --- what comes in ------------------------------------------------------------------------------------------------ */

static gboolean
on_changed_idle_cb (gpointer data)
{
  GxcVisitsPage *self = data;

  self->changed = 0;
  gxc_visits_page_update (self);
  return G_SOURCE_REMOVE;
}

static void
update_soon (GxcVisitsPage *self)
{
  if (self->typed && !self->changed)
    self->changed = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_changed_idle_cb, self, NULL);
}

static void
on_changed_cb (GxcVisitsPage *self, const char *entity)
{
  static const char * const shown[] = { "visit", "customer", "interaction", "need", "task", "change_request", "address", "attachment", NULL };

  if (g_strv_contains (shown, entity))
    update_soon (self);
}

/* The first sync may end without a visit. */
static void
on_status_cb (GxcVisitsPage *self)
{
  if (self->waiting && !gxc_page_is_first_sync (GXC_PAGE (self)))
    update_soon (self);
}

static void
on_typed_cb (GxcVisitsPage *self)
{
  GxRecord *at = gxc_visits_list_get_at (self->list);

  if (at)
    g_hash_table_replace (self->typed, gx_id_copy (gx_record_get_id (at)), gxc_visits_form_dup (gxc_visits_stop_get_form (self->stop)));
}

static gboolean
on_tick_cb (gpointer data)
{
  GxcVisitsPage *self = data;

  gxc_visits_list_tick (self->list);
  gxc_visits_stop_tick (self->stop);
  return G_SOURCE_CONTINUE;
}

static void
gxc_visits_page_map (GtkWidget *widget)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (widget);

  GTK_WIDGET_CLASS (gxc_visits_page_parent_class)->map (widget);
  self->tick = g_timeout_add_seconds (TICK_S, on_tick_cb, self);
}

static void
gxc_visits_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&GXC_VISITS_PAGE (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (gxc_visits_page_parent_class)->unmap (widget);
}

static gboolean
gxc_visits_page_grab_focus (GtkWidget *widget)
{
  return gxc_visits_list_focus (GXC_VISITS_PAGE (widget)->list) || GTK_WIDGET_CLASS (gxc_visits_page_parent_class)->grab_focus (widget);
}

static void
on_opened_cb (GxcVisitsPage *self)
{
  gxc_visits_page_set_plan (self, FALSE);
  gxc_visits_page_set_along (self, FALSE);
  gxc_visits_stop_focus (self->stop);
}

static void
on_chosen_cb (GxcVisitsPage *self)
{
  gxc_visits_page_set_plan (self, FALSE);
  gxc_visits_page_set_along (self, FALSE);
  show_at (self);
}

static void
on_form_shown_cb (GxcVisitsPage *self)
{
  gxc_visits_stop_set_primary (self->stop, !gxc_form_is_open (self->form));
}

/* --- as a page ---------------------------------------------------------------------------------------------------- */

static void
refresh (GxcPage *page)
{
  gxc_visits_page_update (GXC_VISITS_PAGE (page));
}

/* Whether somebody is in the middle of something on the day that is shown. */
static gboolean
is_busy (GxcVisitsPage *self)
{
  GPtrArray *stops = gxc_visits_list_get (self->list);
  gboolean busy = gxc_form_is_open (self->form) || gxc_visits_page_is_planning (self) || gxc_visits_page_is_taking (self);

  for (guint i = 0; stops && i < stops->len; i++)
    busy |= gxc_visit_has_begun (gx_record_get_data (stops->pdata[i]));
  return busy;
}

/* Whoever looked at today looks at today; a visit that goes on past midnight stays in sight. */
static void
new_day (GxcPage *page)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (page);
  gint32 before = self->today;

  self->today = wall_day (self);
  if (self->day == before && !is_busy (self))
    gxc_visits_page_set_day (self, self->today);
  else
    gxc_visits_page_update (self);
}

static gboolean
step (GxcPage *page, int by)
{
  return gxc_visits_list_step (GXC_VISITS_PAGE (page)->list, by);
}

/* Where somebody is searched for; else the arrows begin at the stop one stands on. */
static gboolean
focus_search (GxcPage *page)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (page);

  if (gxc_visits_page_is_taking (self))
    return gtk_widget_grab_focus (GTK_WIDGET (self->along));
  return gxc_visits_page_is_planning (self) ? gtk_widget_grab_focus (GTK_WIDGET (self->plan)) : gxc_visits_list_focus (self->list);
}

static gboolean
escape (GxcPage *page)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (page);

  if (gxc_form_close (self->form))
    return TRUE;
  if (gxc_visits_page_is_planning (self))
    gxc_visits_page_set_plan (self, FALSE);
  else if (gxc_visits_page_is_taking (self))
    gxc_visits_page_set_along (self, FALSE);
  else if (!gtk_widget_get_focus_child (GTK_WIDGET (self->side)))
    return FALSE;
  return gxc_visits_list_focus (self->list);
}

static void
set_narrow (GxcPage *page, gboolean narrow)
{
  gxc_keycaps_set_shown (GXC_VISITS_PAGE (page)->content, !narrow);
}

/* "2026-11-24"; into it also lead "plan" and "along", for today, and the id of a visit */
static char *
dup_part (GxcPage *page)
{
  return gx_date_format (GXC_VISITS_PAGE (page)->day);
}

static gboolean
show_visit (GxcVisitsPage *self, const GxId *id)
{
  g_autoptr(GxRecord) visit = gxc_desk_read_one (gxc_visits_page_desk (self), &gx_visit_entity, id, NULL);

  if (!visit)
    return FALSE;
  gxc_visits_page_set_day (self, gxc_local_day (((const GxVisit *) gx_record_get_data (visit))->plan_at));
  gxc_visits_list_set_at (self->list, id);
  gxc_visits_list_focus (self->list);
  return TRUE;
}

static gboolean
show_part (GxcPage *page, const char *part)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (page);
  gboolean plan = g_str_equal (part, "plan"), along = g_str_equal (part, "along");
  gint32 day;
  GxId id;

  if (gx_id_parse (part, &id))
    return show_visit (self, &id);
  if (!plan && !along && !gx_date_parse (part, &day))
    return FALSE;
  gxc_visits_page_set_day (self, plan || along ? wall_day (self) : day);
  gxc_visits_page_set_plan (self, plan);
  gxc_visits_page_set_along (self, along);
  return TRUE;
}

static GxcBegun *
keep_begun (GxcPage *page)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (page);
  GxcBegun *begun = g_new0 (GxcBegun, 1);

  begun->form = gxc_form_keep (self->form);
  begun->edits = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data_full (begun->edits, "gxc-typed", g_hash_table_ref (self->typed), (GDestroyNotify) g_hash_table_unref);
  return begun;
}

static void
take_begun (GxcPage *page, GxcBegun *begun)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (page);

  if (begun->form)
    gxc_form_take (self->form, begun->form);
  if (!begun->edits)
    return;
  g_hash_table_unref (self->typed);
  self->typed = g_hash_table_ref (g_object_get_data (begun->edits, "gxc-typed"));
  gxc_visits_page_update (self);
}

static const GxcKey *
get_keys (GxcPage *page, guint *out_n_keys)
{
  return gxc_visits_actions_keys (out_n_keys);
}

static void
gxc_visits_page_dispose (GObject *object)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (object);

  g_clear_handle_id (&self->changed, g_source_remove);
  g_clear_handle_id (&self->tick, g_source_remove);
  G_OBJECT_CLASS (gxc_visits_page_parent_class)->dispose (object);
  g_clear_pointer (&self->typed, g_hash_table_unref);
}

static void
gxc_visits_page_class_init (GxcVisitsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GxcPageClass *page_class = GXC_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_visits_page_dispose;
  widget_class->map = gxc_visits_page_map;
  widget_class->unmap = gxc_visits_page_unmap;
  widget_class->grab_focus = gxc_visits_page_grab_focus;
  page_class->refresh = refresh;
  page_class->new_day = new_day;
  page_class->step = step;
  page_class->focus_search = focus_search;
  page_class->escape = escape;
  page_class->set_narrow = set_narrow;
  page_class->dup_part = dup_part;
  page_class->show_part = show_part;
  page_class->keep_begun = keep_begun;
  page_class->take_begun = take_begun;
  page_class->get_keys = get_keys;
  gxc_visits_actions_install (widget_class);
}

static void
gxc_visits_page_init (GxcVisitsPage *self)
{
  self->typed = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, (GDestroyNotify) gxc_talk_free);
}

GtkWidget *
gxc_visits_page_new (GxcDesk *desk)
{
  GxcVisitsPage *self = g_object_new (GXC_TYPE_VISITS_PAGE, NULL);

  gxc_page_set_desk (GXC_PAGE (self), desk);
  self->day = self->today = wall_day (self);
  gxc_visits_page_build (self, desk);
  g_signal_connect_object (self->list, "chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "opened", G_CALLBACK (on_opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "shown", G_CALLBACK (on_form_shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stop, "typed", G_CALLBACK (on_typed_cb), self, G_CONNECT_SWAPPED);
  gxc_visits_actions_add_keys (self);
  gxc_visits_page_update (self);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "curtain-changed", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "status-changed", G_CALLBACK (on_status_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
