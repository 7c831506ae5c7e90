/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of visits does (visits.*), and the keys for it. Everything is one save, all or nothing, with a toast that
 * takes it back. */

#include "gxc-visits-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gxc-calendar.h"
#include "gxc-page-save.h"
#include "gxc-visit-day.h"
#include "gxc-visits-paper.h"
#include "gxc-visits-source.h"

/* Takes @changes and @words. */
static void
save (GxcVisitsPage *self, GPtrArray *changes, char *words)
{
  if (changes->len > 0)
    gxc_page_save (GTK_WIDGET (self), gxc_visits_page_desk (self), changes, words);
  else
    g_free (words);
  g_ptr_array_unref (changes);
}

/* (transfer full) (nullable): the stop one stands on as it is now: keys are faster than the list */
static GxRecord *
dup_at (GxcVisitsPage *self)
{
  GxRecord *at = gxc_visits_list_get_at (self->list);

  return at && !gxc_visits_page_is_planning (self) && !gxc_visits_page_is_taking (self) ? gxc_desk_read_one (gxc_visits_page_desk (self), &gx_visit_entity, gx_record_get_id (at), NULL) : NULL;
}

static char *
words_for (GxcVisitsPage *self, const char *format, GxRecord *visit)
{
  g_autofree char *who = gxc_desk_dup_customer (gxc_visits_page_desk (self), &((const GxVisit *) gx_record_get_data (visit))->customer_id);

  return g_strdup_printf (format, who);
}

/* --- the day ------------------------------------------------------------------------------------------------------ */

static void
day_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (widget);

  if (g_str_equal (name, "visits.today"))
    gxc_visits_page_set_day (self, gxc_local_today (gxc_visits_page_desk (self)));
  else
    gxc_visits_page_set_day (self, self->day + (g_str_equal (name, "visits.next") ? 1 : -1));
}

/** gxc_visits_actions_reorder: @stops: in the order that they shall have */
void
gxc_visits_actions_reorder (GxcVisitsPage *self,
                            GPtrArray     *stops)
{
  save (self, gxc_visit_changes_order (stops), g_strdup (_("The stops are in another order")));
}

static void
shift_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (widget);
  GxRecord *at = gxc_visits_list_get_at (self->list);
  guint place;
  g_autoptr(GPtrArray) moved = NULL;

  if (!at || !g_ptr_array_find (gxc_visits_list_get (self->list), at, &place))
    return;
  moved = gxc_visits_list_dup_moved (self->list, gx_record_get_id (at), (int) place + g_variant_get_int32 (parameter));
  if (moved)
    gxc_visits_actions_reorder (self, moved);
}

static void
order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (widget);
  GPtrArray *stops = gxc_visits_list_get (self->list);
  gboolean district = g_str_equal (name, "visits.by-district");
  g_autoptr(GPtrArray) ordered = district ? gxc_visits_by_district (gxc_visits_page_desk (self), stops) : gxc_visits_by_time (stops);

  save (self, gxc_visit_changes_order (ordered), g_strdup (district ? _("The stops are ordered by district") : _("The stops are ordered by time")));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (widget);
  g_autoptr(GxRecord) visit = dup_at (self);

  if (visit && gxc_visit_is_planned (gx_record_get_data (visit)))
    save (self, gxc_visit_changes_cancel (visit), words_for (self, _("The visit to %s is cancelled"), visit));
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (widget);
  g_autoptr(GxRecord) visit = dup_at (self);
  gint32 day = g_variant_get_int32 (parameter);
  g_autoptr(GPtrArray) there = visit ? gxc_visits_read_day (gxc_visits_page_desk (self), day, NULL) : NULL;

  if (there && gxc_visit_is_planned (gx_record_get_data (visit)))
    save (self, gxc_visit_changes_move (visit, day, gxc_visit_next_position (there)), words_for (self, _("The visit to %s is on another day"), visit));
}

static void
ask_day_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_visits_stop_ask_day (GXC_VISITS_PAGE (widget)->stop);
}

static void
return_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_visits_list_focus (GXC_VISITS_PAGE (widget)->list);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char * const fields[] = { "plan_at", "minutes", "goal", "place", NULL };
  GxcVisitsPage *self = GXC_VISITS_PAGE (widget);
  g_autoptr(GxRecord) visit = dup_at (self);
  g_autoptr(GxcDraft) draft = visit ? gxc_draft_new (&gx_visit_entity, visit) : NULL;
  g_autofree char *who = visit ? words_for (self, "%s", visit) : NULL;

  if (visit && gxc_visit_is_planned (gx_record_get_data (visit)))
    gxc_form_open (self->form, GXC_FORM_PATCH, N_("Visit"), who, draft, fields, N_("Visit saved"));
}

static void
open_customer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr(GxRecord) visit = dup_at (GXC_VISITS_PAGE (widget));

  if (visit)
    gtk_widget_activate_action (widget, "win.open-customer", "s", GX_ID_STR (&((const GxVisit *) gx_record_get_data (visit))->customer_id));
}

/* --- on paper ----------------------------------------------------------------------------------------------------- */

/* "visits.print", "visits.print-day", "visits.save-pdf", "visits.save-day-pdf" */
static void
paper_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (widget);
  gboolean day = strstr (name, "day") != NULL;
  GxRecord *at = gxc_visits_list_get_at (self->list);
  g_autoptr(GPtrArray) one = g_ptr_array_new ();
  GPtrArray *stops = day ? gxc_visits_list_get (self->list) : one;

  if (at)
    g_ptr_array_add (one, at);
  if (stops->len > 0)
    (strstr (name, "save") ? gxc_print_save_pdf : gxc_print)
      (widget, &gxc_visits_paper_ops, gxc_visits_paper_new (widget, gxc_visits_page_desk (self), stops, self->day, day));
}

/* --- planning ----------------------------------------------------------------------------------------------------- */

static void
plan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_visits_page_set_plan (GXC_VISITS_PAGE (widget), !g_str_equal (name, "visits.plan-close"));
}

static void
plan_add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (widget);
  g_autoptr(GPtrArray) wishes = gxc_visits_plan_dup_wishes (self->plan);
  guint n = wishes->len;

  if (!gxc_visits_page_is_planning (self) || n == 0)
    return;
  gxc_visits_page_set_plan (self, FALSE);
  save (self, gxc_visit_changes_plan (gxc_visits_page_desk (self), gxc_visits_list_get (self->list), wishes, self->day),
        g_strdup_printf (ngettext ("%u visit planned", "%u visits planned", n), n));
  gxc_visits_list_focus (self->list);
}

/* --- taking along -------------------------------------------------------------------------------------------------- */

static void
along_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_visits_page_set_along (GXC_VISITS_PAGE (widget), !g_str_equal (name, "visits.along-close"));
}

static void
along_take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (gxc_visits_page_is_taking (GXC_VISITS_PAGE (widget)))
    gxc_visits_along_take (GXC_VISITS_PAGE (widget)->along);
}

/* --- the visit ---------------------------------------------------------------------------------------------------- */

static void
save_talk (GxcVisitsPage *self, GxRecord *visit, gboolean end)
{
  g_autoptr(GxcTalk) talk = gxc_visits_form_dup (gxc_visits_stop_get_form (self->stop));
  GPtrArray *changes = gxc_talk_changes (gxc_visits_page_desk (self), visit, talk, end);

  if (changes->len == 0)
    gxc_page_toast (GTK_WIDGET (self), _("Everything is saved already"));
  save (self, changes, end ? words_for (self, _("The visit to %s is done"), visit) : g_strdup (_("Saved for now; the visit goes on")));
}

static void
keep_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (widget);
  g_autoptr(GxRecord) visit = dup_at (self);

  if (gxc_visits_page_is_planning (self))
    plan_add_action (widget, name, parameter);
  else if (gxc_visits_page_is_taking (self))
    along_take_action (widget, name, parameter);
  else if (visit && gxc_visit_has_begun (gx_record_get_data (visit)))
    save_talk (self, visit, FALSE);
}

static void
begin_visit (GxcVisitsPage *self, GxRecord *visit)
{
  const GxVisit *row = gx_record_get_data (visit);
  gint64 now = gxc_desk_now (gxc_visits_page_desk (self));

  if (gxc_local_day (row->plan_at) == gxc_local_day (now))
    save (self, gxc_visit_changes_begin (gxc_visits_page_desk (self), visit, gxc_visits_stop_get_place (self->stop)),
          words_for (self, _("Checked in at %s"), visit));
  else
    gxc_page_toast (GTK_WIDGET (self), _("A visit begins on its own day. Move it to today to check in."));
}

/* In, then out: one key for the way forward. */
static void
forward_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcVisitsPage *self = GXC_VISITS_PAGE (widget);
  g_autoptr(GxRecord) visit = dup_at (self);

  if (gxc_visits_page_is_planning (self))
    plan_add_action (widget, name, parameter);
  else if (gxc_visits_page_is_taking (self))
    along_take_action (widget, name, parameter);
  else if (visit && gxc_visit_is_planned (gx_record_get_data (visit)))
    begin_visit (self, visit);
  else if (visit && gxc_visit_has_begun (gx_record_get_data (visit)))
    save_talk (self, visit, TRUE);
}

static void
next_day_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_visits_form_set_day (gxc_visits_stop_get_form (GXC_VISITS_PAGE (widget)->stop), g_variant_get_int32 (parameter));
}

static void
next_focus_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_visits_form_focus_next (gxc_visits_stop_get_form (GXC_VISITS_PAGE (widget)->stop));
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

#define ALT_SHIFT (GDK_ALT_MASK | GDK_SHIFT_MASK)

/* @first: before an entry or a text takes the key */
static const struct { guint key; GdkModifierType modifiers; const char *action; gboolean first; } bindings[] = {
  { GDK_KEY_a, 0, "visits.along" },
  { GDK_KEY_n, 0, "visits.plan" },                  { GDK_KEY_t, 0, "visits.today" },
  { GDK_KEY_g, 0, "visits.by-district" },           { GDK_KEY_h, 0, "visits.by-time" },
  { GDK_KEY_m, 0, "visits.ask-day" },               { GDK_KEY_e, 0, "visits.edit" },
  { GDK_KEY_o, 0, "visits.open-customer" },         { GDK_KEY_x, 0, "visits.cancel" },
  { GDK_KEY_Page_Up, 0, "visits.previous" },        { GDK_KEY_Page_Down, 0, "visits.next" },
  { GDK_KEY_Up, ALT_SHIFT, "visits.shift(-1)", TRUE }, { GDK_KEY_Down, ALT_SHIFT, "visits.shift(1)", TRUE },
  { GDK_KEY_Return, GDK_CONTROL_MASK, "visits.forward", TRUE }, { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "visits.forward", TRUE },
  { GDK_KEY_s, GDK_CONTROL_MASK, "visits.keep", TRUE },
  { GDK_KEY_p, GDK_CONTROL_MASK, "visits.print", TRUE }, { GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "visits.print-day", TRUE },
};

/** gxc_visits_actions_keys: for the map of keys */
const GxcKey *
gxc_visits_actions_keys (guint *out_n_keys)
{
  static const GxcKey keys[] = {
    { "<Ctrl>Return", NC_("keys", "Check in; check out and save") }, { "<Ctrl>s", NC_("keys", "Save for now; add to the day; take along") },
    { "Return", NC_("keys", "Write about the visit") }, { "<Ctrl>v", NC_("keys", "Paste a photo") },
    { "n", NC_("keys", "Plan visits") }, { "a", NC_("keys", "Take documents along") },
    { "<Alt><Shift>Up <Alt><Shift>Down", NC_("keys", "An earlier, a later stop") },
    { "g", NC_("keys", "Order by district") }, { "h", NC_("keys", "Order by time") },
    { "m", NC_("keys", "To another day") }, { "e", NC_("keys", "Change the plan") }, { "x", NC_("keys", "Cancel the visit") },
    { "o", NC_("keys", "Open the customer") }, { "t", NC_("keys", "Today") },
    { "Page_Up Page_Down", NC_("keys", "Day before, next day") },
    { "<Ctrl>p", NC_("keys", "Print the visit") }, { "<Ctrl><Shift>p", NC_("keys", "Print the day") },
    GXC_DATE_KEYS,
  };

  *out_n_keys = G_N_ELEMENTS (keys);
  return keys;
}

static gboolean
is_typing (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && GTK_IS_WIDGET (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (GXC_VISITS_PAGE (widget)->form));
}

/* The form of the plan has the same keys for itself. */
static gboolean
on_key_cb (GtkWidget *widget, GVariant *arguments, gpointer detailed)
{
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  if (!gtk_widget_get_mapped (GXC_VISITS_PAGE (widget)->content) || is_typing (widget) || !g_action_parse_detailed_name (detailed, &name, &target, NULL))
    return FALSE;
  return gtk_widget_activate_action_variant (widget, name, target);
}

/** gxc_visits_actions_add_keys: they work wherever the focus is, or nowhere; an entry takes its letters first */
void
gxc_visits_actions_add_keys (GxcVisitsPage *self)
{
  for (guint first = 0; first < 2; first++)
    {
      GtkEventController *controller = gtk_shortcut_controller_new ();

      gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
      if (first)
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
      for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
        if (bindings[i].first == (gboolean) first)
          gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                                gtk_shortcut_new (gtk_keyval_trigger_new (bindings[i].key, bindings[i].modifiers),
                                                                  gtk_callback_action_new (on_key_cb, (gpointer) bindings[i].action, NULL)));
      gtk_widget_add_controller (GTK_WIDGET (self), controller);
    }
}

void
gxc_visits_actions_install (GtkWidgetClass *widget_class)
{
  static const struct { const char *name, *type; GtkWidgetActionActivateFunc activate; } actions[] = {
    { "visits.previous", NULL, day_action },        { "visits.next", NULL, day_action },       { "visits.today", NULL, day_action },
    { "visits.shift", "i", shift_action },          { "visits.by-district", NULL, order_action }, { "visits.by-time", NULL, order_action },
    { "visits.cancel", NULL, cancel_action },       { "visits.move", "i", move_action },       { "visits.ask-day", NULL, ask_day_action },
    { "visits.return", NULL, return_action },       { "visits.edit", NULL, edit_action },      { "visits.open-customer", NULL, open_customer_action },
    { "visits.plan", NULL, plan_action },           { "visits.plan-close", NULL, plan_action }, { "visits.plan-add", NULL, plan_add_action },
    { "visits.print", NULL, paper_action },         { "visits.print-day", NULL, paper_action },
    { "visits.save-pdf", NULL, paper_action },      { "visits.save-day-pdf", NULL, paper_action },
    { "visits.along", NULL, along_action },         { "visits.along-close", NULL, along_action },
    { "visits.along-take", NULL, along_take_action },
    { "visits.keep", NULL, keep_action },           { "visits.forward", NULL, forward_action },
    { "visits.next-day", "i", next_day_action },    { "visits.next-focus", NULL, next_focus_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].activate);
}
