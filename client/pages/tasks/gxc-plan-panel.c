/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts a care plan beside the page: for whom, which one, from which day, and what it will make of the next weeks. The plan
 * and its tasks are saved together or not at all. */

#include "gxc-plan-panel.h"

#include <glib/gi18n.h>

#include "gx-plan-tmpl.h"
#include "gxc-customer-picker.h"
#include "gxc-format.h"
#include "gxc-keycap.h"
#include "gxc-page.h"
#include "gxc-plan-edits.h"
#include "gxc-task-words.h"

struct _GxcPlanPanel
{
  GtkWidget    parent_instance;

  /* Template widgets */
  GtkWidget   *revealer;
  GtkWidget   *panel, *body, *foot;
  GtkWidget   *who;
  GtkWidget   *tmpl;        /* a GtkDropDown */
  GtkWidget   *first;       /* an entry of a date */
  GtkWidget   *steps;
  GtkWidget   *problem;

  GtkWidget   *picker;      /* (borrowed) */
  GtkWidget   *start;       /* (borrowed) */
  GxcDesk     *desk;        /* (owned) */
  GxcCalendar *calendar;    /* (owned) (nullable) */
  GPtrArray   *templates;   /* (owned) (nullable) of GxRecord */
  GxId         customer_id;
  gboolean     open;
};

G_DEFINE_FINAL_TYPE (GxcPlanPanel, gxc_plan_panel, GTK_TYPE_WIDGET)

enum { SHOWN, N_SIGNALS };
static guint signals[N_SIGNALS];

static GxRecord *
chosen_template (GxcPlanPanel *self)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->tmpl));

  return self->templates && at < self->templates->len ? g_ptr_array_index (self->templates, at) : NULL;
}

static gboolean
get_first (GxcPlanPanel *self, gint32 *out_day)
{
  return gx_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->first)), out_day);
}

/* --- what it will make -------------------------------------------------------------------------------------------- */

static void
add_step (GxcPlanPanel *self, GxRecord *step, gint32 first)
{
  const GxPlanItemTmpl *row = gx_record_get_data (step);
  gint32 day = gxc_plan_step_day (self->calendar, step, first), today = gxc_local_today (self->desk);
  g_autofree char *date = gxc_format_date (day, today);
  g_autofree char *why = g_strdup_printf ("%s%s", gxc_task_kind_words (row->kind), row->required ? "" : _(" · if wanted"));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *when = g_object_new (GTK_TYPE_LABEL, "label", date, "xalign", 0.0, "width-chars", 10, "valign", GTK_ALIGN_START, NULL);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", row->title, "xalign", 0.0, "wrap", TRUE, NULL);
  GtkWidget *kind = g_object_new (GTK_TYPE_LABEL, "label", why, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (when, "gx-caption");
  gtk_widget_add_css_class (kind, "gx-caption");
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), kind);
  gtk_box_append (GTK_BOX (line), when);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (self->steps), line);
}

static void
show_problem (GxcPlanPanel *self, const char *words)
{
  gtk_label_set_text (GTK_LABEL (self->problem), words ? words : "");
  gtk_widget_set_visible (self->problem, words != NULL);
}

/* Why it cannot be started, or NULL. */
static const char *
problem_of (GxcPlanPanel *self)
{
  GxRecord *tmpl = chosen_template (self);
  gint32 first;

  if (gx_id_is_none (&self->customer_id))
    return _("Choose the customer first");
  if (!tmpl)
    return _("The bank has published no plan");
  if (!get_first (self, &first))
    return _("The first day must be a date of the form 2026-11-24");
  if (gxc_plan_is_running (self->desk, gx_record_get_id (tmpl), &self->customer_id))
    return _("This plan runs for the customer already");
  return NULL;
}

static void
update (GxcPlanPanel *self)
{
  GxRecord *tmpl = self->calendar ? chosen_template (self) : NULL;
  g_autoptr(GPtrArray) steps = tmpl ? gxc_plan_list_steps (self->desk, gx_record_get_id (tmpl), NULL) : NULL;
  g_autofree char *who = gx_id_is_none (&self->customer_id) ? NULL : gxc_desk_dup_customer (self->desk, &self->customer_id);
  const char *problem = self->calendar ? problem_of (self) : NULL;
  gint32 first;
  GtkWidget *line;

  while ((line = gtk_widget_get_first_child (self->steps)))
    gtk_box_remove (GTK_BOX (self->steps), line);
  gtk_label_set_text (GTK_LABEL (self->who), who ? who : "");
  gtk_widget_set_visible (self->who, who != NULL);
  gtk_widget_set_sensitive (self->start, problem == NULL);
  show_problem (self, who ? problem : NULL);
  for (guint i = 0; steps && get_first (self, &first) && i < steps->len; i++)
    add_step (self, g_ptr_array_index (steps, i), first);
}

static void
on_picked_cb (GxcPlanPanel *self, const char *id)
{
  gx_id_parse (id, &self->customer_id);
  gxc_customer_picker_clear (GXC_CUSTOMER_PICKER (self->picker));
  update (self);
  gtk_widget_grab_focus (self->tmpl);
}

/* --- starting ----------------------------------------------------------------------------------------------------- */

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcPlanPanel) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcUndo) undo = gxc_desk_finish_save (GXC_DESK (source), result, &error);

  gxc_page_set_busy (self->panel, FALSE);
  if (!undo)
    {
      g_autofree char *words = gxc_error_words (error);

      show_problem (self, words);
      return;
    }
  if (gtk_widget_get_root (GTK_WIDGET (self)))
    gxc_page_toast_undo (GTK_WIDGET (self), _("The plan runs; its tasks are in the list"), undo);
  gxc_plan_panel_close (self);
}

/** gxc_plan_panel_start: what the button does */
void
gxc_plan_panel_start (GxcPlanPanel *self)
{
  g_autoptr(GPtrArray) changes = NULL;
  g_autoptr(GError) error = NULL;
  gint32 first;

  if (!self->open || problem_of (self) || !get_first (self, &first))
    return;
  changes = gxc_plan_changes_start (self->desk, self->calendar, chosen_template (self), &self->customer_id, first, &error);
  if (!changes)
    {
      show_problem (self, error->message);
      return;
    }
  gxc_page_set_busy (self->panel, TRUE);
  gxc_desk_save (self->desk, changes, on_saved_cb, g_object_ref (self));
}

static void
start_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_plan_panel_start (GXC_PLAN_PANEL (widget));
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_plan_panel_close (GXC_PLAN_PANEL (widget));
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static void
fill_templates (GxcPlanPanel *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  g_clear_pointer (&self->templates, g_ptr_array_unref);
  self->templates = gxc_plan_list_templates (self->desk, NULL);
  for (guint i = 0; self->templates && i < self->templates->len; i++)
    gtk_string_list_append (names, ((const GxPlanTmpl *) gx_record_get_data (g_ptr_array_index (self->templates, i)))->name);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->tmpl), G_LIST_MODEL (names));
}

/** gxc_plan_panel_open: @customer_id: (nullable): for whom, if it is known */
void
gxc_plan_panel_open (GxcPlanPanel *self,
                     const GxId   *customer_id)
{
  g_autofree char *today = gx_date_format (gxc_local_today (self->desk));

  self->open = TRUE;
  self->customer_id = customer_id ? *customer_id : GX_ID_NONE;
  g_clear_pointer (&self->calendar, gxc_calendar_free);
  self->calendar = gxc_calendar_new (self->desk);
  fill_templates (self);
  gtk_editable_set_text (GTK_EDITABLE (self->first), today);
  update (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  gtk_widget_grab_focus (customer_id ? self->tmpl : self->picker);
  g_signal_emit (self, signals[SHOWN], 0);
}

static void
on_folded_cb (GxcPlanPanel *self)
{
  if (!self->open && !gtk_revealer_get_child_revealed (GTK_REVEALER (self->revealer)))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/** gxc_plan_panel_close: whether it was open */
gboolean
gxc_plan_panel_close (GxcPlanPanel *self)
{
  if (!self->open)
    return FALSE;
  self->open = FALSE;
  gxc_page_set_busy (self->panel, TRUE);      /* takes the focus out of what folds away */
  gxc_page_set_busy (self->panel, FALSE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
  on_folded_cb (self);
  g_signal_emit (self, signals[SHOWN], 0);
  return TRUE;
}

gboolean
gxc_plan_panel_is_open (GxcPlanPanel *self)
{
  return self->open;
}

/** gxc_plan_panel_choose: the @tmpl-th template */
void
gxc_plan_panel_choose (GxcPlanPanel *self,
                       guint         tmpl)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->tmpl), tmpl);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_plan_panel_dispose (GObject *object)
{
  GxcPlanPanel *self = GXC_PLAN_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_PLAN_PANEL);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  g_clear_pointer (&self->calendar, gxc_calendar_free);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_plan_panel_parent_class)->dispose (object);
}

static void
gxc_plan_panel_class_init (GxcPlanPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_plan_panel_dispose;
  /** GxcPlanPanel::shown: it was opened or closed; gxc_plan_panel_is_open() says which */
  signals[SHOWN] = g_signal_new ("shown", GXC_TYPE_PLAN_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/pages/gxc-plan-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcPlanPanel, revealer);
  gtk_widget_class_bind_template_child (widget_class, GxcPlanPanel, panel);
  gtk_widget_class_bind_template_child (widget_class, GxcPlanPanel, body);
  gtk_widget_class_bind_template_child (widget_class, GxcPlanPanel, foot);
  gtk_widget_class_bind_template_child (widget_class, GxcPlanPanel, who);
  gtk_widget_class_bind_template_child (widget_class, GxcPlanPanel, tmpl);
  gtk_widget_class_bind_template_child (widget_class, GxcPlanPanel, first);
  gtk_widget_class_bind_template_child (widget_class, GxcPlanPanel, steps);
  gtk_widget_class_bind_template_child (widget_class, GxcPlanPanel, problem);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "plan.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "plan.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "plan.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "plan.start", NULL);
}

static void
gxc_plan_panel_init (GxcPlanPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->revealer, "notify::child-revealed", G_CALLBACK (on_folded_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
gxc_plan_panel_new (GxcDesk *desk)
{
  GxcPlanPanel *self = g_object_new (GXC_TYPE_PLAN_PANEL, "visible", FALSE, NULL);

  self->desk = g_object_ref (desk);
  self->picker = gxc_customer_picker_new (desk, NULL);
  self->start = gxc_button_new (_("Start the plan"), "Ctrl S", "plan.start");
  gtk_widget_add_css_class (self->start, "suggested-action");
  gtk_box_prepend (GTK_BOX (self->body), self->picker);
  gtk_box_append (GTK_BOX (self->foot), gxc_button_new (_("Cancel"), NULL, "plan.close"));
  gtk_box_append (GTK_BOX (self->foot), self->start);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (on_picked_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
