/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card "First things first": the model's lines under two headings, ordered by the clock or by value, worked through by
 * keys. Arrows move, Enter opens, Space adds to the selection. What is done to the lines is gxc-today-list-actions.c's. */

#include "gxc-today-list-private.h"

#include <glib/gi18n.h>

#include "gxc-cards.h"
#include "gxc-today-bar.h"
#include "gxc-today-chosen.h"
#include "gxc-today-heads.h"
#include "gxc-today-row.h"

G_DEFINE_FINAL_TYPE (GxcTodayList, gxc_today_list, GTK_TYPE_WIDGET)

/* --- which lines ------------------------------------------------------------------------------------------------- */

static GxcTodayRow *
row_at (GxcTodayList *self, int place)
{
  return GXC_TODAY_ROW (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->rows), place));
}

GxcTodayRow *
gxc_today_list_focused_row (GxcTodayList *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->rows);

  return focus && GXC_IS_TODAY_ROW (focus) ? GXC_TODAY_ROW (focus) : NULL;
}

/** gxc_today_list_chosen: (transfer full): what the keys work on: the selection, or the line with the focus */
GPtrArray *
gxc_today_list_chosen (GxcTodayList *self)
{
  return gxc_today_chosen_items (GTK_LIST_BOX (self->rows), gxc_today_list_focused_row (self));
}

static void on_selection_cb (GxcTodayList *self);

static void
on_closed_cb (GxcTodayList *self, GxcTodayRow *row)
{
  gxc_today_list_close_item (self, gxc_today_row_get_item (row));
}

static void
on_activated_cb (GxcTodayList *self, GxcTodayRow *row)
{
  gxc_today_list_open_item (self, gxc_today_row_get_item (row));
}

/* The line with the focus is selected before anybody chose: the first time it stays so. */
static void
toggle_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcTodayList *self = GXC_TODAY_LIST (widget);
  GtkListBoxRow *row = (GtkListBoxRow *) gxc_today_list_focused_row (self);
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

/* Ctrl+A, which is the list's own. */
static void
on_select_all_cb (GxcTodayList *self)
{
  self->choosing = TRUE;
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
  GtkListBoxRow *row = (GtkListBoxRow *) gxc_today_list_focused_row (self);

  if (!self->choosing)
    return FALSE;
  self->choosing = FALSE;
  gtk_list_box_unselect_all (GTK_LIST_BOX (self->rows));
  if (row)
    gtk_list_box_select_row (GTK_LIST_BOX (self->rows), row);
  on_selection_cb (self);
  return TRUE;
}

static void
return_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_selection_cb (GXC_TODAY_LIST (widget));
  gxc_today_list_focus (GXC_TODAY_LIST (widget));
}

/* --- showing ----------------------------------------------------------------------------------------------------- */

static void
on_selection_cb (GxcTodayList *self)
{
  g_autoptr(GList) selected = gtk_list_box_get_selected_rows (GTK_LIST_BOX (self->rows));

  gxc_today_bar_set_n (self->bar, g_list_length (selected), self->choosing);
}

/** gxc_today_list_remember: which line has the focus, for the lines that come next */
void
gxc_today_list_remember (GxcTodayList *self)
{
  GxcTodayRow *row = gxc_today_list_focused_row (self);

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
  gboolean taken = self->wanted && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0 && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (taken)
    self->wanted = FALSE;
  return taken && !(focus && GTK_IS_TEXT (focus));
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

  gxc_today_list_remember (self);
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
  g_signal_connect_object (self->rows, "select-all", G_CALLBACK (on_select_all_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
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
  gtk_widget_class_install_action (widget_class, "today.return", NULL, return_action);
  gtk_widget_class_install_action (widget_class, "today.toggle", NULL, toggle_action);
  gxc_today_list_actions_install (widget_class);
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
  GxcTodayRow *row = gxc_today_list_focused_row (self);

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

/** gxc_today_list_settle: it is in sight now: lines that came while it was not get the keys that waited for them */
void
gxc_today_list_settle (GxcTodayList *self)
{
  GxcTodayRow *row = row_to_return_to (self);

  if (row && take_wanted (self))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}
