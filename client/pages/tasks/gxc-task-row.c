/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One task in a list: its clock, what kind of thing it is, with whom and what, how much it matters, and the one button that
 * ends it. It can be chosen (the check button, or Space) and dragged onto a day. It shows; the page does (tasks.*). */

#include "gxc-task-row.h"

#include <glib/gi18n.h>

#include "gx-customer.h"
#include "gxc-field-column.h"
#include "gxc-look.h"
#include "gxc-task-words.h"
#include "gxc-widgets.h"

#define WEEK_MS G_GINT64_CONSTANT (604800000)

struct _GxcTaskRow
{
  GtkListBoxRow parent_instance;

  GxRecord  *task;          /* (owned) */
  GtkWidget *check;         /* (borrowed) */
  GtkWidget *button;        /* (borrowed) (nullable) */
  guint      group;
};

G_DEFINE_FINAL_TYPE (GxcTaskRow, gxc_task_row, GTK_TYPE_LIST_BOX_ROW)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static const GxTask *
data_of (GxcTaskRow *self)
{
  return gx_record_get_data (self->task);
}

static gboolean
on_space_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GxcTaskRow *self = GXC_TASK_ROW (widget);

  gxc_task_row_set_chosen (self, !gxc_task_row_get_chosen (self));
  return TRUE;
}

static void
gxc_task_row_dispose (GObject *object)
{
  g_clear_object (&GXC_TASK_ROW (object)->task);
  G_OBJECT_CLASS (gxc_task_row_parent_class)->dispose (object);
}

static void
gxc_task_row_class_init (GxcTaskRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_task_row_dispose;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_space, 0, on_space_cb, NULL);
  /** GxcTaskRow::chosen: it was chosen, or is no longer */
  signals[CHOSEN] = g_signal_new ("chosen", GXC_TYPE_TASK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_task_row_init (GxcTaskRow *self)
{
}

/* --- its parts ---------------------------------------------------------------------------------------------------- */

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
on_toggled_cb (GxcTaskRow *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static GtkWidget *
make_check (GxcTaskRow *self)
{
  g_autofree char *words = g_strdup_printf (_("Choose: %s"), data_of (self)->title);

  self->check = g_object_new (GTK_TYPE_CHECK_BUTTON, "valign", GTK_ALIGN_CENTER, "focusable", FALSE, NULL);
  gtk_widget_set_tooltip_text (self->check, _("Choose, to do something to several at once (Space)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  return self->check;
}

/* In a narrow column of one day the hour alone, and a word if it has passed. */
static GtkWidget *
make_hour (GxcTaskRow *self, GxcDesk *desk)
{
  const GxTask *task = data_of (self);
  g_autoptr(GDateTime) due = g_date_time_new_from_unix_local (task->due_at / 1000);
  g_autofree char *hour = g_date_time_format (due, "%H:%M");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  gboolean late = gxc_task_is_open (task) && task->due_at < gxc_desk_now (desk);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label_new (hour, "gx-strong"));
  if (late || task->status == GX_TASK_DONE)
    gtk_box_append (GTK_BOX (box), label_new (late ? _("late") : C_("task", "Done"), "gx-caption"));
  if (late)
    gtk_widget_add_css_class (gtk_widget_get_last_child (box), "gx-red");
  return box;
}

static GtkWidget *
make_clock (GxcTaskRow *self, GxcDesk *desk)
{
  const GxTask *task = data_of (self);
  GtkWidget *slot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *clock;
  gint64 started = task->meta.created_at ? task->meta.created_at : task->due_at - WEEK_MS;

  gtk_widget_set_size_request (slot, GXC_CLOCK_CHIP_WIDTH * gxc_look_scale (slot), -1);
  if (!gxc_task_is_open (task))
    {
      gtk_box_append (GTK_BOX (slot), gxc_state_chip_new (task->status == GX_TASK_DONE ? GXC_STATE_OK : GXC_STATE_PLAIN,
                                                          task->status == GX_TASK_DONE ? C_("task", "Done") : _("Cancelled")));
      return slot;
    }
  clock = gxc_clock_chip_new (gxc_desk_get_clock (desk));
  gxc_clock_chip_set_span (GXC_CLOCK_CHIP (clock), MIN (started, task->due_at - 1), task->due_at);
  gtk_box_append (GTK_BOX (slot), clock);
  return slot;
}

/* The customer is always told by name and the number's tail. */
static GtkWidget *
make_who (GxcDesk *desk, GxRecord *customer, gboolean slim)
{
  const GxCustomer *row = gx_record_get_data (customer);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *tail, *badge;
  g_autofree char *name = gxc_field_to_words (desk, customer, gx_entity_find (&gx_customer_entity, "name"));

  gtk_box_append (GTK_BOX (line), label_new (name, "gx-strong"));
  if (gx_customer_tail (row))
    {
      tail = label_new (gx_customer_tail (row), "gx-dim");
      gtk_label_set_ellipsize (GTK_LABEL (tail), PANGO_ELLIPSIZE_NONE);
      gtk_box_append (GTK_BOX (line), tail);
    }
  if (row->tier && !slim)
    {
      badge = gxc_tier_badge_new ();
      gxc_tier_badge_set_tier (GXC_TIER_BADGE (badge), gx_choice_code (gx_tiers, row->tier), _(gx_choice_label (gx_tiers, row->tier)));
      gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (line), badge);
    }
  return line;
}

static GtkWidget *
make_words (GxcTaskRow *self, GxcDesk *desk, GxRecord *customer, gboolean slim)
{
  const GxTask *task = data_of (self);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "valign", GTK_ALIGN_CENTER, "hexpand", TRUE, "spacing", 1, NULL);
  GtkWidget *lower = label_new (NULL, NULL);
  gboolean wraps = !slim;     /* rather than end within an hour, as it would with large text */
  g_autofree char *all_why = gxc_task_dup_why (desk, task), *all = g_strdup_printf ("%s\n%s", task->title, all_why);
  const char *why = slim ? gxc_task_kind_words (task->kind) : all_why;    /* the hour stands before it */
  g_autofree char *markup = g_markup_printf_escaped ("<span font_size=\"9pt\">%s%s</span><span font_size=\"9pt\" alpha=\"66%%\">%s</span>",
                                                     customer ? task->title : "", customer ? "  " : "", why);

  gtk_label_set_markup (GTK_LABEL (lower), markup);
  g_object_set (lower, "wrap", wraps, "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", wraps ? 3 : -1, NULL);
  gtk_widget_set_tooltip_text (box, all);
  gtk_box_append (GTK_BOX (box), customer ? make_who (desk, customer, slim) : label_new (task->title, "gx-strong"));
  gtk_box_append (GTK_BOX (box), lower);
  return box;
}

static GtkWidget *
priority_label_new (const char *words, gboolean strong)
{
  GtkWidget *label = label_new (words, "gx-caption");

  if (strong)
    gtk_widget_add_css_class (label, "gx-caption-strong");
  return label;
}

static char *
dup_priority (int priority)
{
  return g_strchug (g_strdup_printf ("%s %s", gxc_task_priority_mark (priority), gxc_task_priority_words (priority)));
}

static GtkWidget *
make_priority (const GxTask *task, int width)
{
  g_autofree char *words = dup_priority (task->priority);
  GtkWidget *label = priority_label_new (words, task->priority == 1);

  gtk_widget_set_size_request (label, width, -1);
  return label;
}

/**
 * gxc_task_row_measure_priority:
 *
 * Returns: how wide the widest priority is in the language of the person, so that the words beside it have the rest; px. Measured
 *   once for all rows of a list
 */
int
gxc_task_row_measure_priority (void)
{
  GString *words = g_string_new (NULL);
  GtkWidget *label;
  int width;

  for (int priority = 1; priority <= 4; priority++)
    {
      g_autofree char *line = dup_priority (priority);

      g_string_append_printf (words, "%s%s", priority > 1 ? "\n" : "", line);
    }
  label = g_object_ref_sink (priority_label_new (words->str, TRUE));
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  g_object_unref (label);
  g_string_free (words, TRUE);
  return width;
}

static GtkWidget *
make_button (GxcTaskRow *self)
{
  const GxTask *task = data_of (self);
  gboolean open = gxc_task_is_open (task);
  g_autofree char *words = g_strdup_printf ("%s: %s", open ? C_("to do", "Done") : _("Reopen"), task->title);

  self->button = g_object_new (GTK_TYPE_BUTTON, "label", open ? C_("to do", "Done") : _("Reopen"), "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (self->button, "gx-small");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), open ? "tasks.done-one" : "tasks.reopen-one");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", GX_ID_STR (&task->meta.id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return self->button;
}

/* --- dragging ----------------------------------------------------------------------------------------------------- */

static GdkContentProvider *
on_drag_prepare_cb (GxcTaskRow *self)
{
  g_autofree char *text = g_strconcat (GXC_TASK_DRAG, GX_ID_STR (&data_of (self)->meta.id), NULL);

  return gxc_task_is_open (data_of (self)) ? gdk_content_provider_new_typed (G_TYPE_STRING, text) : NULL;
}

static void
add_drag (GxcTaskRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_drag_prepare_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

static void
set_words (GxcTaskRow *self, GxcDesk *desk, GxRecord *customer)
{
  const GxTask *task = data_of (self);
  g_autofree char *who = gx_id_is_none (&task->customer_id) ? NULL : gxc_desk_dup_who (desk, customer);
  g_autofree char *why = gxc_task_dup_why (desk, task);
  g_autofree char *words = g_strdup_printf ("%s%s%s, %s, %s", who ? who : "", who ? ", " : "", task->title, why, gxc_task_priority_words (task->priority));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/**
 * gxc_task_row_new:
 * @customer: (nullable)
 * @group: under which heading it stands
 * @priority_width: as gxc_task_row_measure_priority() gives it; 0: for a narrow column: without the icon, the priority and a fixed
 *   place for the clock
 */
GtkWidget *
gxc_task_row_new (GxcDesk  *desk,
                  GxRecord *task,
                  GxRecord *customer,
                  guint     group,
                  int       priority_width)
{
  GxcTaskRow *self = g_object_new (GXC_TYPE_TASK_ROW, NULL);
  gboolean slim = priority_width == 0;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", gxc_task_icon (((const GxTask *) gx_record_get_data (task))->kind),
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  self->task = g_object_ref (task);
  self->group = group;
  gtk_widget_add_css_class (box, "gx-task-row");
  gtk_widget_add_css_class (icon, "gx-dim");
  gtk_box_append (GTK_BOX (box), make_check (self));
  gtk_box_append (GTK_BOX (box), slim ? make_hour (self, desk) : make_clock (self, desk));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), make_words (self, desk, customer, slim));
  gtk_widget_set_visible (icon, !slim);
  if (!slim)
    gtk_box_append (GTK_BOX (box), make_priority (data_of (self), priority_width));
  gtk_box_append (GTK_BOX (box), make_button (self));
  /* What large text has no room for in a narrow column can be done at the foot of the page, or by a key. */
  gtk_widget_set_visible (self->button, !slim || gxc_look_scale (box) <= 1.25);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  add_drag (self);
  set_words (self, desk, customer);
  return GTK_WIDGET (self);
}

/** gxc_task_row_get_task: (transfer none) */
GxRecord *
gxc_task_row_get_task (GxcTaskRow *self)
{
  return self->task;
}

guint
gxc_task_row_get_group (GxcTaskRow *self)
{
  return self->group;
}

gboolean
gxc_task_row_get_chosen (GxcTaskRow *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check));
}

void
gxc_task_row_set_chosen (GxcTaskRow *self,
                         gboolean    chosen)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), chosen);
}

/** gxc_task_row_set_primary: its button is the page's one primary action */
void
gxc_task_row_set_primary (GxcTaskRow *self)
{
  gtk_widget_add_css_class (self->button, "suggested-action");
}
