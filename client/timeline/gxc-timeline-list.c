/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline as a list: what a screen reader reads, and what a narrow window shows. The items are those of the canvas
 * under the same filter and with the same choice; a year is a row of its own, since GTK 4.8 has no sections. */

#include "gxc-timeline-list.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-clock.h"
#include "gxc-timeline-row.h"

/* A row: an item of the model, a year, or the line between what was and what is to come. */
#define GXC_TYPE_TIMELINE_ENTRY (gxc_timeline_entry_get_type ())
G_DECLARE_FINAL_TYPE (GxcTimelineEntry, gxc_timeline_entry, GXC, TIMELINE_ENTRY, GObject)

#define TODAY G_MININT

struct _GxcTimelineEntry
{
  GObject                parent_instance;

  const GxcTimelineItem *item;        /* (nullable): NULL is a heading */
  int                    year;        /* TODAY: what is above is to come */
  guint                  n_items;     /* of a year */
};

G_DEFINE_FINAL_TYPE (GxcTimelineEntry, gxc_timeline_entry, G_TYPE_OBJECT)

static void
gxc_timeline_entry_class_init (GxcTimelineEntryClass *klass)
{
}

static void
gxc_timeline_entry_init (GxcTimelineEntry *self)
{
}

struct _GxcTimelineList
{
  GtkWidget           parent_instance;

  GtkWidget          *scrolled;       /* (owned) the only child */
  GtkWidget          *view;           /* (borrowed) */
  GListStore         *rows;           /* (owned) of GxcTimelineEntry */
  GtkSingleSelection *selection;      /* (owned) */
  GxcTimelineModel   *model;          /* (owned) (nullable) */
  gboolean            silent;         /* the choice comes from outside */
  gboolean            opened;         /* somebody has seen these rows, and left them where they are */
  guint               today;          /* the row where what was begins */
  double              kept;           /* where it was scrolled to when its rows were read anew; < 0: it was not */
  guint               tick, frame;    /* on its way to the choice, to today, or back to where it was */
};

enum { SELECTED, ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GxcTimelineList, gxc_timeline_list, GTK_TYPE_WIDGET)

/* --- rows ----------------------------------------------------------------------------------------------------------- */

static GxcTimelineEntry *
make_entry (GPtrArray *entries, const GxcTimelineItem *item, int year)
{
  GxcTimelineEntry *entry = g_object_new (GXC_TYPE_TIMELINE_ENTRY, NULL);

  entry->item = item;
  entry->year = year;
  g_ptr_array_add (entries, entry);
  return entry;
}

static GPtrArray *
make_entries (const GxcTimelineModel *model, guint groups)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);
  GxcTimelineEntry *heading = NULL;
  gboolean passed = FALSE;

  for (guint i = model->items->len; i > 0; i--)
    {
      const GxcTimelineItem *item = g_ptr_array_index (model->items, i - 1);
      int year, month, day;

      if (!(groups & (1u << gxc_timeline_kind_group (item->kind))))
        continue;
      gx_date_to_ymd ((gint32) floor (item->at), &year, &month, &day);
      if (entries->len > 0 && !passed && item->at < model->today + 1)
        make_entry (entries, NULL, TODAY);
      passed = item->at < model->today + 1;
      if (!heading || heading->year != year)
        heading = make_entry (entries, NULL, year);
      heading->n_items++;
      make_entry (entries, item, year);
    }
  return entries;
}

/* 0 where nothing is to come: then the latest is the first anyway. */
static guint
find_today (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    if (((GxcTimelineEntry *) g_ptr_array_index (entries, i))->year == TODAY)
      return i;
  return 0;
}

static void
on_setup_cb (GtkListItemFactory *factory, GtkListItem *row)
{
  gtk_list_item_set_child (row, gxc_timeline_row_new ());
}

static void
on_bind_cb (GxcTimelineList *self, GtkListItem *row)
{
  GxcTimelineEntry *entry = gtk_list_item_get_item (row);
  GtkWidget *view = gtk_list_item_get_child (row);
  g_autofree char *words = NULL;

  g_object_set_data (G_OBJECT (view), "gxc-item", (gpointer) entry->item);
  gtk_list_item_set_selectable (row, entry->item != NULL);
  gtk_list_item_set_activatable (row, entry->item != NULL);
  if (!entry->item && entry->year == TODAY)
    {
      gxc_timeline_row_set_today (GXC_TIMELINE_ROW (view), self->model->today);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL);
      return;
    }
  if (!entry->item)
    {
      gxc_timeline_row_set_year (GXC_TIMELINE_ROW (view), entry->year, self->model, entry->n_items);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL);
      return;
    }
  gxc_timeline_row_set_item (GXC_TIMELINE_ROW (view), entry->item, FALSE);
  words = gxc_timeline_item_dup_words (entry->item, self->model->today);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* --- choice --------------------------------------------------------------------------------------------------------- */

static void
on_selected_cb (GxcTimelineList *self)
{
  GxcTimelineEntry *entry = gtk_single_selection_get_selected_item (self->selection);

  if (!self->silent && entry && entry->item)
    g_signal_emit (self, signals[SELECTED], 0, entry->item);
}

static void
on_activate_cb (GxcTimelineList *self, guint position)
{
  g_autoptr(GxcTimelineEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  if (entry && entry->item)
    g_signal_emit (self, signals[ACTIVATED], 0, entry->item);
}

/* The row that shows an item, if it is laid out. */
static GtkWidget *
find_row (GxcTimelineList *self, const GxcTimelineItem *item)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->view); row; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);

      if (child && g_object_get_data (G_OBJECT (child), "gxc-item") == item)
        return row;
    }
  return NULL;
}

static void
take_keys (GxcTimelineList *self)
{
  GxcTimelineEntry *entry = gtk_single_selection_get_selected_item (self->selection);
  GtkWidget *row = entry && entry->item ? find_row (self, entry->item) : NULL;

  if (row && (gtk_widget_has_focus (self->view) || gtk_widget_get_focus_child (self->view)))
    gtk_widget_grab_focus (row);
}

static void
scroll_to (GxcTimelineList *self, guint position)
{
  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", position);
}

/* It opens at today, with the next that is to come above it: from below, since a row that is scrolled to comes in at the
 * nearer edge. */
static void
open_at_today (GxcTimelineList *self, guint frame)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  if (self->opened || self->today == 0 || n == 0)
    return;
  if (frame == 1)
    scroll_to (self, n - 1);
  else if (frame == 2)
    scroll_to (self, self->today - 1);
}

/* One frame to get a size, then to the choice, then the keys: a list of GTK 4.8 that is scrolled before it has a size shows
 * no rows until it is touched, and a row that was scrolled to can have the keys only when it is laid out. */
static gboolean
on_frame_cb (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  GxcTimelineList *self = data;
  guint position = gtk_single_selection_get_selected (self->selection), frame = self->frame++;

  if (position != GTK_INVALID_LIST_POSITION && frame == 1)
    scroll_to (self, position);
  else if (position == GTK_INVALID_LIST_POSITION && self->kept < 0)
    open_at_today (self, frame);
  else if (position == GTK_INVALID_LIST_POSITION && frame == 1)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), self->kept);
  if (frame < 3)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  self->kept = -1;
  self->opened = TRUE;
  take_keys (self);
  return G_SOURCE_REMOVE;
}

static void
scroll_later (GxcTimelineList *self)
{
  self->frame = 0;
  if (gtk_widget_get_mapped (self->view) && !self->tick)
    self->tick = gtk_widget_add_tick_callback (self->view, on_frame_cb, self, NULL);
}

static void
on_unmap_cb (GxcTimelineList *self)
{
  if (self->tick)
    gtk_widget_remove_tick_callback (self->view, self->tick);
  self->tick = 0;
}

/** gxc_timeline_list_select: (nullable): without telling it back */
void
gxc_timeline_list_select (GxcTimelineList       *self,
                          const GxcTimelineItem *item)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows)), found = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; item && i < n && found == GTK_INVALID_LIST_POSITION; i++)
    {
      g_autoptr(GxcTimelineEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (entry->item == item)
        found = i;
    }
  self->silent = TRUE;
  gtk_single_selection_set_selected (self->selection, found);
  self->silent = FALSE;
  scroll_later (self);
}

/* --- the widget ----------------------------------------------------------------------------------------------------- */

static gboolean
gxc_timeline_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GXC_TIMELINE_LIST (widget)->view);
}

static void
gxc_timeline_list_dispose (GObject *object)
{
  GxcTimelineList *self = GXC_TIMELINE_LIST (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->model, gxc_timeline_model_unref);
  G_OBJECT_CLASS (gxc_timeline_list_parent_class)->dispose (object);
}

static void
gxc_timeline_list_class_init (GxcTimelineListClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_timeline_list_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = gxc_timeline_list_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SELECTED] = g_signal_new ("selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ACTIVATED] = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
gxc_timeline_list_init (GxcTimelineList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->kept = -1;
  self->rows = g_list_store_new (GXC_TYPE_TIMELINE_ENTRY);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (on_bind_cb), self);
  self->view = gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Life cycle"), -1);
  gtk_widget_add_css_class (self->view, "gx-timeline");
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "unmap", G_CALLBACK (on_unmap_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "map", G_CALLBACK (scroll_later), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->view);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

GtkWidget *
gxc_timeline_list_new (void)
{
  return g_object_new (GXC_TYPE_TIMELINE_LIST, NULL);
}

/** gxc_timeline_list_set_model: @groups are bits by GxcTimelineGroup, of what is shown */
void
gxc_timeline_list_set_model (GxcTimelineList  *self,
                             GxcTimelineModel *model,
                             guint             groups)
{
  g_autoptr(GPtrArray) entries = make_entries (model, groups);

  g_return_if_fail (GXC_IS_TIMELINE_LIST (self));

  self->silent = TRUE;
  self->opened = self->opened && gtk_widget_get_mapped (self->view);
  if (self->opened)
    self->kept = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)));
  self->today = find_today (entries);
  gxc_timeline_model_ref (model);
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), NULL, 0);
  g_clear_pointer (&self->model, gxc_timeline_model_unref);
  self->model = model;
  g_list_store_splice (self->rows, 0, 0, entries->pdata, entries->len);
  self->silent = FALSE;
}

/** gxc_timeline_list_get_rows: (transfer none): one a year, one an item, and one for today where anything is to come */
GListModel *
gxc_timeline_list_get_rows (GxcTimelineList *self)
{
  return G_LIST_MODEL (self->rows);
}
