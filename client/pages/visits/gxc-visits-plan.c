/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom one could visit on a day: one's open tasks to visit, customers one has not met for too long, and whoever is searched
 * for. Several are chosen, also from one search to the next; the page plans them (visits.plan-add). */

#include "gxc-visits-plan.h"

#include <glib/gi18n.h>

#include "gxc-page.h"
#include "gxc-visits-choose.h"
#include "gxc-visits-source.h"
#include "gxc-who-lines.h"

struct _GxcVisitsPlan
{
  GtkWidget   parent_instance;

  GtkWidget  *box;          /* (owned): the only child */
  GtkWidget  *title;        /* (borrowed) */
  GxcVisitsChoose choose;   /* (borrowed) */
  GxcDesk    *desk;         /* (owned) */
  GPtrArray  *stops;        /* (owned) (nullable): of the day already */
  GPtrArray  *shown;        /* (owned) (nullable) of GxcCandidate */
  GPtrArray  *chosen;       /* (owned) of GxcStopWish, in the order of choosing */
};

G_DEFINE_FINAL_TYPE (GxcVisitsPlan, gxc_visits_plan, GTK_TYPE_WIDGET)

/* --- what is chosen ----------------------------------------------------------------------------------------------- */

static int
chosen_index (GxcVisitsPlan *self, const GxcStopWish *wish)
{
  for (guint i = 0; i < self->chosen->len; i++)
    {
      const GxcStopWish *other = g_ptr_array_index (self->chosen, i);

      if (gx_id_equal (&wish->customer_id, &other->customer_id) && gx_id_equal (&wish->task_id, &other->task_id))
        return (int) i;
    }
  return -1;
}

static void
update_foot (GxcVisitsPlan *self)
{
  guint n = self->chosen->len;
  g_autofree char *words = g_strdup_printf (ngettext ("%u chosen", "%u chosen", n), n);

  gtk_label_set_text (GTK_LABEL (self->choose.words), words);
  gtk_widget_set_sensitive (self->choose.button, n > 0);
}

static void
on_toggled_cb (GxcVisitsPlan *self, GtkCheckButton *check)
{
  const GxcCandidate *candidate = g_object_get_data (G_OBJECT (check), "gxc-candidate");
  int at = chosen_index (self, &candidate->wish);

  if (gtk_check_button_get_active (check) && at < 0)
    g_ptr_array_add (self->chosen, gxc_stop_wish_copy (&candidate->wish));
  else if (!gtk_check_button_get_active (check) && at >= 0)
    g_ptr_array_remove_index (self->chosen, at);
  update_foot (self);
}

/** gxc_visits_plan_dup_wishes: (transfer full): of GxcStopWish, in the order in which they were chosen */
GPtrArray *
gxc_visits_plan_dup_wishes (GxcVisitsPlan *self)
{
  GPtrArray *wishes = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_stop_wish_free);

  for (guint i = 0; i < self->chosen->len; i++)
    g_ptr_array_add (wishes, gxc_stop_wish_copy (g_ptr_array_index (self->chosen, i)));
  return wishes;
}

/** gxc_visits_plan_choose: the @index-th of those that are shown */
void
gxc_visits_plan_choose (GxcVisitsPlan *self,
                        guint          index,
                        gboolean       chosen)
{
  gxc_visits_choose_tick (&self->choose, index, chosen);
}

/* --- what is shown ------------------------------------------------------------------------------------------------ */

static void
add_row (GxcVisitsPlan *self, GxcCandidate *candidate)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", box, NULL);
  GtkWidget *check = g_object_new (GTK_TYPE_CHECK_BUTTON, "valign", GTK_ALIGN_CENTER, "focusable", FALSE,
                                   "active", chosen_index (self, &candidate->wish) >= 0, NULL);
  GtkWidget *lines = gxc_who_lines_new (candidate->who, TRUE, candidate->why);
  g_autofree char *words = g_strdup_printf ("%s, %s", candidate->who, candidate->why);

  g_object_set_data (G_OBJECT (check), "gxc-candidate", candidate);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "gx-task-row");
  gtk_box_append (GTK_BOX (box), check);
  gxc_who_lines_set_tier (lines, candidate->tier);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_list_box_append (GTK_LIST_BOX (self->choose.list), row);
}

/** gxc_visits_plan_search: @text: empty: one's tasks and whom one has not met for too long */
void
gxc_visits_plan_search (GxcVisitsPlan *self,
                        const char    *text)
{
  g_autoptr(GError) error = NULL;
  GtkListBoxRow *row;

  if (!self->stops)
    return;
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->choose.list), 0)))
    gtk_list_box_remove (GTK_LIST_BOX (self->choose.list), GTK_WIDGET (row));
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = text && *text ? gxc_visits_search_candidates (self->desk, text, &error) : gxc_visits_read_candidates (self->desk, self->stops, &error);
  for (guint i = 0; self->shown && i < self->shown->len; i++)
    add_row (self, g_ptr_array_index (self->shown, i));
  gtk_label_set_text (GTK_LABEL (self->choose.nothing), error ? error->message
                                                 : text && *text ? _("Nobody on this desk is found by that.")
                                                                 : _("No task asks for a visit and nobody waits for one. Search for whom you want to see."));
}

static void
on_search_changed_cb (GxcVisitsPlan *self, GtkEditable *search)
{
  gxc_visits_plan_search (self, gtk_editable_get_text (search));
}

/**
 * gxc_visits_plan_open:
 * @stops: of GxRecord: those of the day already
 * @day: in words
 */
void
gxc_visits_plan_open (GxcVisitsPlan *self,
                      GPtrArray     *stops,
                      const char    *day)
{
  g_autofree char *title = g_strdup_printf (_("Visits for %s"), day);

  g_clear_pointer (&self->stops, g_ptr_array_unref);
  self->stops = g_ptr_array_ref (stops);
  g_ptr_array_set_size (self->chosen, 0);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_editable_set_text (GTK_EDITABLE (self->choose.search), "");
  gxc_visits_plan_search (self, NULL);
  update_foot (self);
  gtk_widget_grab_focus (self->choose.search);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_visits_plan_dispose (GObject *object)
{
  GxcVisitsPlan *self = GXC_VISITS_PLAN (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->stops, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_visits_plan_parent_class)->dispose (object);
}

static gboolean
gxc_visits_plan_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GXC_VISITS_PLAN (widget)->choose.search);
}

static void
gxc_visits_plan_class_init (GxcVisitsPlanClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_visits_plan_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = gxc_visits_plan_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gxc_visits_plan_init (GxcVisitsPlan *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gxc_visits_choose_make (&self->choose, &(GxcVisitsChooseNames) { _("Whom to visit"), _("Add to the day"), "visits.plan-add", _("Cancel"), "visits.plan-close" });
  self->chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_stop_wish_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (self->title, "gx-strong");
  gtk_widget_add_css_class (head, "gx-card-head");
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (head), self->choose.search);
  gtk_box_append (GTK_BOX (self->box), head);
  gtk_box_append (GTK_BOX (self->box), self->choose.scroller);
  gtk_box_append (GTK_BOX (self->box), self->choose.foot);
  gtk_widget_set_css_classes (self->box, (const char *[]) { "gx-card", "flush", NULL });
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->choose.search, "search-changed", G_CALLBACK (on_search_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
gxc_visits_plan_new (GxcDesk *desk)
{
  GxcVisitsPlan *self = g_object_new (GXC_TYPE_VISITS_PLAN, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}
