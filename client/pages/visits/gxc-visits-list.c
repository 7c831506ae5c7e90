/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stops of a day in their order. It is filled anew with every change and then stands where it stood. An order by hand is
 * only told ("reordered"); the page saves it. */

#include "gxc-visits-list.h"

#include <glib/gi18n.h>

#include "gx-visit.h"
#include "gxc-visits-row.h"

struct _GxcVisitsList
{
  GtkWidget   parent_instance;

  GtkWidget  *box;          /* (owned): the only child */
  GtkListBox *list;         /* (borrowed) */
  GtkWidget  *nothing;      /* (borrowed) */
  GxcDesk    *desk;         /* (owned) */
  GPtrArray  *stops;        /* (owned) of GxRecord */
  gboolean    filling;
};

G_DEFINE_FINAL_TYPE (GxcVisitsList, gxc_visits_list, GTK_TYPE_WIDGET)

enum { CHOSEN, OPENED, REORDERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const GxId *
id_at (GxcVisitsList *self, guint i)
{
  return gx_record_get_id (g_ptr_array_index (self->stops, i));
}

static int
index_of (GxcVisitsList *self, const GxId *id)
{
  for (guint i = 0; i < self->stops->len; i++)
    if (gx_id_equal (id_at (self, i), id))
      return (int) i;
  return -1;
}

static void
select_index (GxcVisitsList *self, int index)
{
  GtkListBoxRow *row = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;

  if (row)
    gtk_list_box_select_row (self->list, row);
}

/* --- order -------------------------------------------------------------------------------------------------------- */

/** gxc_visits_list_dup_moved: (transfer full) (nullable): the stops with @id at the place @to; %NULL if nothing would change */
GPtrArray *
gxc_visits_list_dup_moved (GxcVisitsList *self,
                           const GxId    *id,
                           int            to)
{
  int from = index_of (self, id);
  GPtrArray *moved;

  if (from < 0 || to < 0 || to >= (int) self->stops->len || from == to)
    return NULL;
  moved = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->stops->len; i++)
    if ((int) i != from)
      g_ptr_array_add (moved, g_object_ref (self->stops->pdata[i]));
  g_ptr_array_insert (moved, to, g_object_ref (self->stops->pdata[from]));
  return moved;
}

static void
on_dropped_cb (GxcVisitsList *self, const char *text, GtkListBoxRow *onto)
{
  g_autoptr(GPtrArray) moved = NULL;
  GxId id;

  if (gx_id_parse (text, &id))
    moved = gxc_visits_list_dup_moved (self, &id, gtk_list_box_row_get_index (onto));
  if (moved)
    g_signal_emit (self, signals[REORDERED], 0, moved);
}

/* --- filling ------------------------------------------------------------------------------------------------------ */

static gboolean
has_focus (GxcVisitsList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
}

static void
append (GxcVisitsList *self, GxRecord *stop)
{
  GtkWidget *row = gxc_visits_row_new (self->desk, stop);

  g_signal_connect_object (row, "dropped", G_CALLBACK (on_dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
}

/* Who is being visited now, else the first that is still ahead. */
static int
first_wanted (GxcVisitsList *self)
{
  int planned = -1;

  for (guint i = 0; i < self->stops->len; i++)
    {
      int status = ((const GxVisit *) gx_record_get_data (self->stops->pdata[i]))->status;

      if (status == GX_VISIT_CHECKED_IN)
        return (int) i;
      if (status == GX_VISIT_PLANNED && planned < 0)
        planned = (int) i;
    }
  return MAX (planned, 0);
}

/**
 * gxc_visits_list_show:
 * @stops: of GxRecord, in their order
 * @nothing: what is said if there is none
 */
void
gxc_visits_list_show (GxcVisitsList *self,
                      GPtrArray     *stops,
                      const char    *nothing)
{
  GxRecord *at = gxc_visits_list_get_at (self);
  GxId stood = at ? *gx_record_get_id (at) : GX_ID_NONE;
  gboolean focus = has_focus (self);
  GtkListBoxRow *row;
  int index;

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_ptr_array_unref (self->stops);
  self->stops = g_ptr_array_ref (stops);
  for (guint i = 0; i < stops->len; i++)
    append (self, g_ptr_array_index (stops, i));
  gtk_label_set_text (GTK_LABEL (self->nothing), nothing);
  index = index_of (self, &stood);
  select_index (self, index >= 0 ? index : first_wanted (self));
  self->filling = FALSE;
  if (focus)
    gxc_visits_list_focus (self);
}

/** gxc_visits_list_tick: a minute has passed */
void
gxc_visits_list_tick (GxcVisitsList *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    gxc_visits_row_update (GXC_VISITS_ROW (row), self->desk);
}

/* --- where it stands ---------------------------------------------------------------------------------------------- */

/** gxc_visits_list_get: (transfer none): of GxRecord */
GPtrArray *
gxc_visits_list_get (GxcVisitsList *self)
{
  return self->stops;
}

/** gxc_visits_list_get_at: (transfer none) (nullable) */
GxRecord *
gxc_visits_list_get_at (GxcVisitsList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row ? gxc_visits_row_get_visit (GXC_VISITS_ROW (row)) : NULL;
}

void
gxc_visits_list_set_at (GxcVisitsList *self,
                        const GxId    *id)
{
  select_index (self, index_of (self, id));
}

/** gxc_visits_list_step: to the stop @by further; FALSE at the end */
gboolean
gxc_visits_list_step (GxcVisitsList *self,
                      int            by)
{
  GtkListBoxRow *at = gtk_list_box_get_selected_row (self->list);
  int index = at ? gtk_list_box_row_get_index (at) + by : 0;

  if (index < 0 || index >= (int) self->stops->len)
    return FALSE;
  select_index (self, index);
  return gxc_visits_list_focus (self);
}

/** gxc_visits_list_focus: FALSE if there is no stop */
gboolean
gxc_visits_list_focus (GxcVisitsList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_selected_cb (GxcVisitsList *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHOSEN], 0);
}

static void
on_activated_cb (GxcVisitsList *self)
{
  g_signal_emit (self, signals[OPENED], 0);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_visits_list_dispose (GObject *object)
{
  GxcVisitsList *self = GXC_VISITS_LIST (object);

  self->filling = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->stops, g_ptr_array_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_visits_list_parent_class)->dispose (object);
}

static void
gxc_visits_list_class_init (GxcVisitsListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_visits_list_dispose;
  /** GxcVisitsList::chosen: a person went to another stop */
  signals[CHOSEN] = g_signal_new ("chosen", GXC_TYPE_VISITS_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** GxcVisitsList::opened: Enter, or two clicks */
  signals[OPENED] = g_signal_new ("opened", GXC_TYPE_VISITS_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** GxcVisitsList::reordered: (GPtrArray stops): dragged into this order */
  signals[REORDERED] = g_signal_new ("reordered", GXC_TYPE_VISITS_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gxc_visits_list_init (GxcVisitsList *self)
{
  self->stops = g_ptr_array_new_with_free_func (g_object_unref);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->nothing = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, "margin-top", 28, "margin-bottom", 28,
                                "margin-start", 16, "margin-end", 16, NULL);
  gtk_widget_add_css_class (self->nothing, "gx-dim");
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "gx-rows");
  gtk_list_box_set_placeholder (self->list, self->nothing);
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Visits"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (on_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->list));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
gxc_visits_list_new (GxcDesk *desk)
{
  GxcVisitsList *self = g_object_new (GXC_TYPE_VISITS_LIST, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}
