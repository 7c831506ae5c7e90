/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card "First things first": the model's lines under two headings, ordered by the clock or by value, worked through by
 * keys. Arrows move, Enter opens, Space adds to the selection; d, z, m and n do what the bar below the list also does. What
 * is written goes through gxc-today-edits in one save and can be taken back from the toast. */

#include "gxc-today-list.h"

#include <glib/gi18n.h>

#include "gxc-cards.h"
#include "gxc-format.h"
#include "gxc-page.h"
#include "gxc-today-bar.h"
#include "gxc-today-chosen.h"
#include "gxc-today-edits.h"
#include "gxc-today-heads.h"
#include "gxc-today-row.h"
#include "gxc-today-save.h"

struct _GxcTodayList
{
  GtkWidget      parent_instance;

  GtkWidget     *card;      /* (owned): the only child */
  GtkWidget     *caption;   /* (borrowed) */
  GtkWidget     *rows;      /* (borrowed): a GtkListBox */
  GtkWidget     *more;      /* (borrowed) */
  GxcTodayBar   *bar;       /* (borrowed) */
  GxcDesk       *desk;      /* (owned) */
  GxcTodayModel *model;     /* (owned) */
  gboolean       choosing;  /* Space was pressed: what is selected was chosen line by line */
  gboolean       wanted;    /* the keys were meant for a line when there was none yet */
  char          *at;        /* (owned) (nullable): key of the line that had the focus */
  int            place;     /* where that line stood */
};

G_DEFINE_FINAL_TYPE (GxcTodayList, gxc_today_list, GTK_TYPE_WIDGET)

/* --- which lines ------------------------------------------------------------------------------------------------- */

static GxcTodayRow *
row_at (GxcTodayList *self, int place)
{
  return GXC_TODAY_ROW (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->rows), place));
}

static GxcTodayRow *
focused_row (GxcTodayList *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->rows);

  return focus && GXC_IS_TODAY_ROW (focus) ? GXC_TODAY_ROW (focus) : NULL;
}

/* What the keys work on: the selection, or the line with the focus. */
static GPtrArray *
chosen (GxcTodayList *self)
{
  return gxc_today_chosen_items (GTK_LIST_BOX (self->rows), focused_row (self));
}

static void on_selection_cb (GxcTodayList *self);
static void remember_place (GxcTodayList *self);

/* --- writing ----------------------------------------------------------------------------------------------------- */

static void
finish_tasks (GxcTodayList *self, GPtrArray *items)
{
  g_autoptr(GPtrArray) changes = gxc_today_changes_done (self->desk, items), tasks = gxc_today_tasks (items);

  gxc_today_save (GTK_WIDGET (self), self->desk, changes, g_strdup_printf (ngettext ("%u task done", "%u tasks done", tasks->len), tasks->len));
}

static void
done_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr(GPtrArray) items = chosen (GXC_TODAY_LIST (widget));

  finish_tasks (GXC_TODAY_LIST (widget), items);
}

static char *
words_of_day (GxcTodayList *self, gint32 day, guint n)
{
  g_autofree char *date = gxc_format_date (day, gxc_desk_get_today (self->desk));

  return g_strdup_printf (ngettext ("%2$u task put off to %1$s", "%2$u tasks put off to %1$s", n), date, n);
}

static void
snooze_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTodayList *self = GXC_TODAY_LIST (widget);
  g_autoptr(GPtrArray) items = chosen (self), changes = gxc_today_changes_snooze (self->desk, items);
  gint32 day = gxc_today_next_working_day (self->desk, gxc_today_wall_date (self->desk), 1);

  gxc_today_save (GTK_WIDGET (self), self->desk, changes, words_of_day (self, day, changes->len));
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTodayList *self = GXC_TODAY_LIST (widget);
  gint32 day = g_variant_get_int32 (parameter);
  g_autoptr(GPtrArray) items = chosen (self), changes = gxc_today_changes_move (items, day);

  gxc_today_save (GTK_WIDGET (self), self->desk, changes, words_of_day (self, day, changes->len));
}

/* --- going somewhere --------------------------------------------------------------------------------------------- */

static void
open_part (GxcTodayList *self, const char *place, GxRecord *record)
{
  g_autofree char *target = record ? g_strdup_printf ("%s#%s", place, GX_ID_STR (gx_record_get_id (record))) : g_strdup (place);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", target);
}

static void
open_item (GxcTodayList *self, GxcTodayItem *item)
{
  GxcTodayClosing closing = gxc_today_item_info (item)->closing;

  if (closing == GXC_CLOSING_REVIEW)
    open_part (self, "reviews", item->record);
  else if (closing == GXC_CLOSING_SYNC)
    open_part (self, "sync", NULL);
  else if (closing == GXC_CLOSING_VISIT)
    open_part (self, "visits", item->record);
  else if (!gx_id_is_none (&item->customer_id))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-customer-tab", "(ss)", GX_ID_STR (&item->customer_id),
                                gxc_today_item_info (item)->tab);
  else
    open_part (self, "tasks", item->record);
}

static void
close_item (GxcTodayList *self, GxcTodayItem *item)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  switch (gxc_today_item_info (item)->closing)
    {
    case GXC_CLOSING_DONE:
      g_ptr_array_add (items, item);
      finish_tasks (self, items);
      break;
    case GXC_CLOSING_PLAN:
      open_part (self, "visits#plan", NULL);
      break;
    case GXC_CLOSING_CONTACT:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.new-interaction", "s", GX_ID_STR (&item->customer_id));
      break;
    case GXC_CLOSING_PREPARE:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.new-task", "s", GX_ID_STR (&item->customer_id));
      break;
    case GXC_CLOSING_OPEN:
    case GXC_CLOSING_VISIT:
    case GXC_CLOSING_REVIEW:
    case GXC_CLOSING_SYNC:
      open_item (self, item);
      break;
    }
}

static void
on_closed_cb (GxcTodayList *self, GxcTodayRow *row)
{
  close_item (self, gxc_today_row_get_item (row));
}

static void
on_activated_cb (GxcTodayList *self, GxcTodayRow *row)
{
  open_item (self, gxc_today_row_get_item (row));
}

static void
new_task_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxId customer = gxc_today_list_get_customer (GXC_TODAY_LIST (widget));

  if (!gx_id_is_none (&customer))
    gtk_widget_activate_action (widget, "win.new-task", "s", GX_ID_STR (&customer));
}

/* The line with the focus is selected before anybody chose: the first time it stays so. */
static void
toggle_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTodayList *self = GXC_TODAY_LIST (widget);
  GtkListBoxRow *row = (GtkListBoxRow *) focused_row (self);
  g_autoptr(GList) selected = NULL;

  if (!row)
    return;
  if (self->choosing && gtk_list_box_row_is_selected (row))
    gtk_list_box_unselect_row (GTK_LIST_BOX (self->rows), row);
  else
    gtk_list_box_select_row (GTK_LIST_BOX (self->rows), row);
  selected = gtk_list_box_get_selected_rows (GTK_LIST_BOX (self->rows));
  self->choosing = selected != NULL;
  on_selection_cb (self);
}

/* While lines are chosen, arrows move the focus and leave the choice as it is; otherwise the selection goes with them. */
static void
on_move_cursor_cb (GxcTodayList *self, GtkMovementStep step, int count, gboolean extend, gboolean modify, GtkListBox *rows)
{
  if (!self->choosing || extend || modify)
    return;
  g_signal_stop_emission_by_name (rows, "move-cursor");
  g_signal_emit_by_name (rows, "move-cursor", step, count, FALSE, TRUE);
}

static gboolean
on_escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GxcTodayList *self = GXC_TODAY_LIST (widget);
  GtkListBoxRow *row = (GtkListBoxRow *) focused_row (self);

  if (!self->choosing)
    return FALSE;
  self->choosing = FALSE;
  gtk_list_box_unselect_all (GTK_LIST_BOX (self->rows));
  if (row)
    gtk_list_box_select_row (GTK_LIST_BOX (self->rows), row);
  on_selection_cb (self);
  return TRUE;
}

/* The choice of a day takes the focus away, so that what it is for must be selected. */
static void
reschedule_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTodayList *self = GXC_TODAY_LIST (widget);
  g_autoptr(GPtrArray) items = chosen (self);

  if (items->len == 1 && focused_row (self))
    gtk_list_box_select_row (GTK_LIST_BOX (self->rows), GTK_LIST_BOX_ROW (focused_row (self)));
  remember_place (self);
  if (items->len > 0)
    gxc_today_bar_ask_day (self->bar);
}

static void
return_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_selection_cb (GXC_TODAY_LIST (widget));
  gxc_today_list_focus (GXC_TODAY_LIST (widget));
}

static void
fold_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTodayModel *model = GXC_TODAY_LIST (widget)->model;

  gxc_today_model_set_folded (model, !gxc_today_model_get_folded (model));
}

/* --- showing ----------------------------------------------------------------------------------------------------- */

static void
on_selection_cb (GxcTodayList *self)
{
  g_autoptr(GList) selected = gtk_list_box_get_selected_rows (GTK_LIST_BOX (self->rows));

  gxc_today_bar_set_n (self->bar, g_list_length (selected), self->choosing);
}

static void
remember_place (GxcTodayList *self)
{
  GxcTodayRow *row = focused_row (self);

  if (!row)
    return;
  g_free (self->at);
  self->at = gxc_today_item_key (gxc_today_row_get_item (row));
  self->place = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
}

static gboolean
has_focus_within (GxcTodayList *self)
{
  GtkRoot *root = gtk_widget_get_root (self->rows);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && gtk_widget_is_ancestor (focus, self->rows);
}

/* Lines that come late get the keys that waited for them, unless somebody types by now. */
static gboolean
take_wanted (GxcTodayList *self)
{
  GtkRoot *root = gtk_widget_get_root (self->rows);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  gboolean wanted = self->wanted && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;

  if (wanted)
    self->wanted = FALSE;
  return wanted && gtk_widget_get_mapped (GTK_WIDGET (self)) && !(focus && GTK_IS_TEXT (focus));
}

static void
update_more (GxcTodayList *self)
{
  guint n = gxc_today_model_n_folded (self->model);
  g_autofree char *words = gxc_today_model_get_folded (self->model) ? g_strdup_printf (ngettext ("Show %u more", "Show %u more", n), n)
                                                                    : g_strdup (_("Show fewer"));

  gtk_button_set_label (GTK_BUTTON (self->more), words);
  gtk_widget_set_visible (self->more, n > 0);
}

static void
append_rows (GxcTodayList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GxcTodayItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), i);
      GtkWidget *row = gxc_today_row_new (self->desk, item);

      gxc_today_row_set_first (GXC_TODAY_ROW (row), i == 0);
      g_signal_connect_object (row, "closed", G_CALLBACK (on_closed_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
    }
}

/* The line that had the focus, or the one that took its place. */
static GxcTodayRow *
row_to_return_to (GxcTodayList *self)
{
  int n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  for (int i = 0; self->at && i < n; i++)
    {
      g_autofree char *key = gxc_today_item_key (gxc_today_row_get_item (row_at (self, i)));

      if (g_str_equal (key, self->at))
        return row_at (self, i);
    }
  return n > 0 ? row_at (self, CLAMP (self->place, 0, n - 1)) : NULL;
}

static void
on_items_changed_cb (GxcTodayList *self)
{
  g_autoptr(GHashTable) keys = gxc_today_chosen_keys (GTK_LIST_BOX (self->rows));
  gboolean had_focus = has_focus_within (self) || take_wanted (self), selected;
  g_autofree char *words = gxc_today_dup_head (self->model, !gxc_desk_get_curtain (self->desk));
  GtkWidget *row;

  remember_place (self);
  while ((row = (GtkWidget *) gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->rows), 0)))
    gtk_list_box_remove (GTK_LIST_BOX (self->rows), row);
  append_rows (self);
  gtk_label_set_text (GTK_LABEL (self->caption), words);
  gtk_widget_set_tooltip_text (self->caption, words);
  update_more (self);
  selected = gxc_today_choose_again (GTK_LIST_BOX (self->rows), keys);
  self->choosing = self->choosing && selected;
  on_selection_cb (self);
  row = (GtkWidget *) row_to_return_to (self);
  if (!had_focus || !row)
    return;
  if (!selected)
    gtk_list_box_select_row (GTK_LIST_BOX (self->rows), GTK_LIST_BOX_ROW (row));
  gtk_widget_grab_focus (row);
}

static void
on_order_cb (GxcTodayList *self, GParamSpec *spec, GtkToggleButton *by_value)
{
  gxc_today_model_set_by_value (self->model, gtk_toggle_button_get_active (by_value));
}

static GtkWidget *
make_order (GxcTodayList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *by_clock = gtk_toggle_button_new_with_label (_("By clock")), *by_value = gtk_toggle_button_new_with_label (_("By value"));

  gtk_widget_add_css_class (box, "gx-segments");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (by_clock), TRUE);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (by_value), GTK_TOGGLE_BUTTON (by_clock));
  g_signal_connect_object (by_value, "notify::active", G_CALLBACK (on_order_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), by_clock);
  gtk_box_append (GTK_BOX (box), by_value);
  return box;
}

static void
build (GxcTodayList *self)
{
  GtkWidget *body;

  self->card = gxc_card_new (_("First things first"), "", make_order (self), &body);
  self->caption = gtk_widget_get_next_sibling (gtk_widget_get_first_child (gtk_widget_get_first_child (self->card)));
  self->rows = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_MULTIPLE, "activate-on-single-click", FALSE, NULL);
  self->more = g_object_new (GTK_TYPE_BUTTON, "has-frame", FALSE, "halign", GTK_ALIGN_START, "action-name", "today.fold", NULL);
  self->bar = GXC_TODAY_BAR (gxc_today_bar_new (self->desk));
  gtk_widget_add_css_class (self->rows, "gx-rows");
  gtk_widget_add_css_class (self->more, "gx-small");
  gtk_widget_add_css_class (self->more, "gx-today-more");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _("First things first"), -1);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->rows), gxc_today_nothing_new ());
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->rows), gxc_today_update_header, NULL, NULL);
  g_signal_connect_object (self->rows, "row-activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "selected-rows-changed", G_CALLBACK (on_selection_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "move-cursor", G_CALLBACK (on_move_cursor_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (body), self->rows);
  gtk_box_append (GTK_BOX (body), self->more);
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (self->bar));
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
}

static void
gxc_today_list_dispose (GObject *object)
{
  GxcTodayList *self = GXC_TODAY_LIST (object);

  g_clear_pointer (&self->card, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->at, g_free);
  G_OBJECT_CLASS (gxc_today_list_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key; const char *action; } keys[] = {
    { GDK_KEY_d, "today.done" }, { GDK_KEY_z, "today.snooze" }, { GDK_KEY_m, "today.reschedule" }, { GDK_KEY_n, "today.new-task" },
    { GDK_KEY_space, "today.toggle" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, keys[i].action, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape_cb, NULL);
}

static void
gxc_today_list_class_init (GxcTodayListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_today_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "today.done", NULL, done_action);
  gtk_widget_class_install_action (widget_class, "today.snooze", NULL, snooze_action);
  gtk_widget_class_install_action (widget_class, "today.move", "i", move_action);
  gtk_widget_class_install_action (widget_class, "today.reschedule", NULL, reschedule_action);
  gtk_widget_class_install_action (widget_class, "today.return", NULL, return_action);
  gtk_widget_class_install_action (widget_class, "today.new-task", NULL, new_task_action);
  gtk_widget_class_install_action (widget_class, "today.toggle", NULL, toggle_action);
  gtk_widget_class_install_action (widget_class, "today.fold", NULL, fold_action);
  add_keys (widget_class);
}

static void
gxc_today_list_init (GxcTodayList *self)
{
}

GtkWidget *
gxc_today_list_new (GxcDesk       *desk,
                    GxcTodayModel *model)
{
  GxcTodayList *self = g_object_new (GXC_TYPE_TODAY_LIST, NULL);

  self->desk = g_object_ref (desk);
  self->model = g_object_ref (model);
  build (self);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/** gxc_today_list_get_customer: whose line has the focus; none if it is nobody's */
GxId
gxc_today_list_get_customer (GxcTodayList *self)
{
  GxcTodayRow *row = focused_row (self);

  return row ? gxc_today_row_get_item (row)->customer_id : GX_ID_NONE;
}

/** gxc_today_list_focus: puts the focus on the line that had it, else on the first; as soon as there is one */
gboolean
gxc_today_list_focus (GxcTodayList *self)
{
  GxcTodayRow *row = row_to_return_to (self);

  self->wanted = !row;
  return row && gtk_widget_grab_focus (GTK_WIDGET (row));
}
