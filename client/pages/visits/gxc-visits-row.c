/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One stop of a day: from when to when it is planned, whom one sees, for what and where, how it stands. When it truly began is
 * said beside the list: a day in the order of its plan does not show other hours. It can be dragged onto another, whose place it
 * takes. It shows; the page does (visits.*). */

#include "gxc-visits-row.h"

#include <string.h>

#include "gxc-look.h"
#include "gxc-visit-day.h"
#include "gxc-who-lines.h"

#define DRAG "guanxi-visit:"
#define TIME_WIDTH 44       /* px at 100 % text */

struct _GxcVisitsRow
{
  GtkListBoxRow parent_instance;

  GxRecord  *visit;         /* (owned) */
  GtkWidget *chip;          /* (borrowed) */
};

G_DEFINE_FINAL_TYPE (GxcVisitsRow, gxc_visits_row, GTK_TYPE_LIST_BOX_ROW)

enum { DROPPED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct { const char *icon, *css_class; } looks[] = {
  [GX_VISIT_PLANNED]    = { "radio-symbolic", "gx-dim" },
  [GX_VISIT_MISSED]     = { "dialog-warning-symbolic", "gx-red" },
  [GX_VISIT_CHECKED_IN] = { "radio-checked-symbolic", "gx-accent" },
  [GX_VISIT_CANCELLED]  = { "window-close-symbolic", "gx-dim" },
  [GX_VISIT_DONE]       = { "emblem-ok-symbolic", "gx-green" },
};

static const GxVisit *
data_of (GxcVisitsRow *self)
{
  return gx_record_get_data (self->visit);
}

/* --- dragging ----------------------------------------------------------------------------------------------------- */

static GdkContentProvider *
on_prepare_cb (GxcVisitsRow *self)
{
  g_autofree char *text = g_strconcat (DRAG, GX_ID_STR (&data_of (self)->meta.id), NULL);

  return gdk_content_provider_new_typed (G_TYPE_STRING, text);
}

static gboolean
on_drop_cb (GxcVisitsRow *self, const GValue *value)
{
  const char *text = g_value_get_string (value);

  if (!text || !g_str_has_prefix (text, DRAG))
    return FALSE;
  g_signal_emit (self, signals[DROPPED], 0, text + strlen (DRAG));
  return TRUE;
}

static void
add_dragging (GxcVisitsRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* --- its parts ---------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_hours (const char *from, const char *until)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *upper = g_object_new (GTK_TYPE_LABEL, "label", from, "xalign", 0.0, NULL);
  GtkWidget *lower = g_object_new (GTK_TYPE_LABEL, "label", until, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (upper, "gx-strong");
  gtk_widget_add_css_class (lower, "gx-caption");
  gtk_box_append (GTK_BOX (box), upper);
  gtk_box_append (GTK_BOX (box), lower);
  gtk_widget_set_size_request (box, TIME_WIDTH * gxc_look_scale (box), -1);
  return box;
}

static GtkWidget *
make_glyph (int status)
{
  GtkWidget *glyph = g_object_new (GTK_TYPE_IMAGE, "icon-name", looks[status].icon, "valign", GTK_ALIGN_CENTER,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (glyph, looks[status].css_class);
  return glyph;
}

static void
set_words (GxcVisitsRow *self, GxcDesk *desk, const char *who, const char *line, const char *state)
{
  g_autofree char *until = NULL, *from = gxc_visit_dup_plan (data_of (self), &until);
  g_autofree char *words = g_strdup_printf ("%s\u2013%s, %s, %s, %s", from, until, who, line, state);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/** gxc_visits_row_update: a minute has passed: only what its chip says may have changed */
void
gxc_visits_row_update (GxcVisitsRow *self,
                       GxcDesk      *desk)
{
  g_autofree char *state = gxc_visit_dup_when (desk, data_of (self)), *line = gxc_visit_dup_line (data_of (self));
  g_autofree char *who = gxc_desk_dup_customer (desk, &data_of (self)->customer_id);

  gxc_state_chip_set (GXC_STATE_CHIP (self->chip), gxc_visit_state (desk, data_of (self)), state);
  set_words (self, desk, who, line, state);
}

GtkWidget *
gxc_visits_row_new (GxcDesk  *desk,
                    GxRecord *visit)
{
  GxcVisitsRow *self = g_object_new (GXC_TYPE_VISITS_ROW, NULL);
  const GxVisit *row = gx_record_get_data (visit);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  g_autofree char *until = NULL, *from = gxc_visit_dup_plan (row, &until), *line = gxc_visit_dup_line (row);
  g_autofree char *who = gxc_desk_dup_customer (desk, &row->customer_id);
  GtkWidget *lines = gxc_who_lines_new (who, TRUE, line);

  self->visit = g_object_ref (visit);
  self->chip = gxc_state_chip_new (gxc_visit_state (desk, row), "");
  gxc_who_lines_append (lines, self->chip);
  gtk_widget_add_css_class (box, "gx-stop");
  gtk_box_append (GTK_BOX (box), make_hours (from, until));
  gtk_box_append (GTK_BOX (box), make_glyph (row->status));
  gtk_box_append (GTK_BOX (box), lines);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gxc_visits_row_update (self, desk);
  add_dragging (self);
  return GTK_WIDGET (self);
}

/** gxc_visits_row_get_visit: (transfer none) */
GxRecord *
gxc_visits_row_get_visit (GxcVisitsRow *self)
{
  return self->visit;
}

static void
gxc_visits_row_dispose (GObject *object)
{
  g_clear_object (&GXC_VISITS_ROW (object)->visit);
  G_OBJECT_CLASS (gxc_visits_row_parent_class)->dispose (object);
}

static void
gxc_visits_row_class_init (GxcVisitsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_visits_row_dispose;
  /** GxcVisitsRow::dropped: (string id): that visit shall stand where this one stands */
  signals[DROPPED] = g_signal_new ("dropped", GXC_TYPE_VISITS_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
gxc_visits_row_init (GxcVisitsRow *self)
{
}
