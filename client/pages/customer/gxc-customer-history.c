/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who changed what of this customer, and when: the bank's audit log, so it needs the server. Fields are told by their names
 * alone; what stood in them is nobody's to read here. A change under review leads to its request. */

#include "gxc-customer-history.h"

#include <glib/gi18n.h>

#include "gx-error.h"
#include "gxc-asked.h"
#include "gxc-cards.h"
#include "gxc-format.h"
#include "gxc-history-words.h"
#include "gxc-page.h"

struct _GxcCustomerHistory
{
  GxcCustomerTab  parent_instance;

  GtkWidget      *filter;   /* (borrowed) */
  GtkWidget      *rows;     /* (borrowed) */
  GtkStringList  *names;    /* (borrowed): what the filter offers, the first is all */
  GtkStack       *states;   /* (borrowed): "nothing", "loading", "list", "words" */
  GtkWidget      *words;    /* (borrowed) */
  GPtrArray      *items;    /* (owned) (nullable): of GxcHistoryItem */
  gboolean        asking, failed;
  gint64          asked_at; /* the last sync of then */
  guint           loading;  /* timer: nothing shows for the first tenth of a second */
};

G_DEFINE_FINAL_TYPE (GxcCustomerHistory, gxc_customer_history, GXC_TYPE_CUSTOMER_TAB)

/* --- words -------------------------------------------------------------------------------------------------------- */

static const char *
field_label (const GxcHistoryItem *item, const char *name)
{
  const GxField *field = item->entity ? gx_entity_find (item->entity, name) : NULL;

  return field ? _(field->label) : name;
}

static char *
dup_fields (const GxcHistoryItem *item)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; item->fields && item->fields[i]; i++)
    g_string_append_printf (words, "%s%s", i ? C_("between words of a list", ", ") : "", field_label (item, item->fields[i]));
  return g_string_free (words, FALSE);
}

static gboolean
touches (const GxcHistoryItem *item, const char *label)
{
  for (guint i = 0; item->fields && item->fields[i]; i++)
    if (g_str_equal (field_label (item, item->fields[i]), label))
      return TRUE;
  return FALSE;
}

/* A time alone leaves one to guess the day. */
static char *
dup_moment (gint64 at, gint64 now)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  gint32 day = gx_date_from_time (at, zone), today = gx_date_from_time (now, zone);
  g_autofree char *moment = gxc_format_moment (at, now), *word = gxc_format_days_ago (day, today);

  return day == today ? g_strdup_printf ("%s %s", word, moment) : g_steal_pointer (&moment);
}

/* Of what was entered the fields are those of its form, which say nothing here. */
static char *
dup_what (const GxcHistoryItem *item, const char *fields)
{
  g_autofree char *what = g_strdup_printf ("%s · %s", item->entity ? _(item->entity->label) : "", gxc_history_action_words (item->action));

  /* Translators: what happened: which fields */
  return *fields && g_strcmp0 (item->action, "create") != 0 ? g_strdup_printf (_("%s: %s"), what, fields) : g_steal_pointer (&what);
}

/* What who compares it with the bank's own log goes by. */
static char *
dup_log_words (const GxcHistoryItem *item, const char *fields)
{
  g_autofree char *number = gxc_format_number (item->v), *version = g_strdup_printf (_("version %s"), number);

  return *fields ? g_strdup_printf ("%s\n%s", version, fields) : g_steal_pointer (&version);
}

static void
add_item (GxcCustomerHistory *self, const GxcHistoryItem *item)
{
  GxcDesk *desk = gxc_customer_tab_get_desk (GXC_CUSTOMER_TAB (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *when;
  const char *who = item->actor ? item->actor : _("the bank");
  g_autofree char *fields = dup_fields (item), *at = dup_moment (item->at, gxc_desk_now (desk)), *what = dup_what (item, fields);
  g_autofree char *tooltip = dup_log_words (item, fields), *words = g_strdup_printf ("%s, %s, %s", at, what, who);

  when = g_object_new (GTK_TYPE_LABEL, "label", at, "xalign", 0.0, "width-chars", 14, NULL);
  gtk_widget_add_css_class (when, "gx-dim");
  gtk_widget_set_tooltip_text (box, tooltip);
  gtk_box_append (GTK_BOX (box), when);
  gtk_box_append (GTK_BOX (box), gxc_two_lines (what, who));
  if (!gx_id_is_none (&item->cr_id))
    gtk_box_append (GTK_BOX (box), gxc_small_button (_("Request"), "customer.show-request", GX_ID_STR (&item->cr_id)));
  gxc_rows_add (self->rows, box, words);
}

static const char *
chosen (GxcCustomerHistory *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->filter));

  return selected > 0 && selected != GTK_INVALID_LIST_POSITION ? gtk_string_list_get_string (self->names, selected) : NULL;
}

static void
show_items (GxcCustomerHistory *self)
{
  const char *label = chosen (self);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->rows)))
    gtk_list_box_remove (GTK_LIST_BOX (self->rows), row);
  for (guint i = 0; self->items && i < self->items->len; i++)
    if (!label || touches (g_ptr_array_index (self->items, i), label))
      add_item (self, g_ptr_array_index (self->items, i));
  if (!gtk_widget_get_first_child (self->rows))
    gxc_rows_add_words (self->rows, _("Nothing is in the bank's log."));
}

/* --- waiting ------------------------------------------------------------------------------------------------------ */

#define WAIT 100            /* ms */
#define BONES 4             /* rows */

/* Grey bars where the rows will be, and whose answer is waited for. */
static GtkWidget *
make_loading (void)
{
  static const int widths[BONES] = { 260, 340, 220, 300 };      /* px of the second bar */
  GtkWidget *body, *card = gxc_card_new (_("History"), _("the bank is asked for its audit log; the other tabs need not wait"), NULL, &body);
  GtkWidget *grid = gtk_grid_new ();

  gtk_widget_set_valign (card, GTK_ALIGN_START);
  gtk_widget_add_css_class (grid, "gx-card-body");
  gtk_widget_set_margin_top (grid, 10);
  gtk_widget_set_margin_bottom (grid, 10);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 56);
  for (int i = 0; i < BONES; i++)
    for (int j = 0; j < 2; j++)
      {
        GtkWidget *bone = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

        gtk_widget_set_size_request (bone, j ? widths[i] : 80, -1);
        gtk_widget_set_halign (bone, GTK_ALIGN_START);
        gtk_widget_add_css_class (bone, "gx-bone");
        gtk_grid_attach (GTK_GRID (grid), bone, j, i, 1, 1);
      }
  gtk_box_append (GTK_BOX (body), grid);
  return card;
}

static gboolean
on_waited_cb (gpointer data)
{
  GxcCustomerHistory *self = data;

  self->loading = 0;
  gtk_stack_set_visible_child_name (self->states, "loading");
  return G_SOURCE_REMOVE;
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

static void
say (GxcCustomerHistory *self, const char *icon, const char *title, const char *what_to_do, const char *button)
{
  gxc_box_empty (self->words);
  gtk_box_append (GTK_BOX (self->words), gxc_empty_new (icon, title, what_to_do, button, "history.retry", NULL));
  gtk_stack_set_visible_child_name (self->states, "words");
}

static void
offer_fields (GxcCustomerHistory *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->names));

  gtk_string_list_splice (self->names, 1, n - 1, NULL);
  for (guint i = 0; i < self->items->len; i++)
    {
      const GxcHistoryItem *item = g_ptr_array_index (self->items, i);

      for (guint j = 0; item->fields && item->fields[j]; j++)
        if (g_hash_table_add (seen, (gpointer) field_label (item, item->fields[j])))
          gtk_string_list_append (self->names, field_label (item, item->fields[j]));
    }
}

static void on_status_cb (GxcCustomerHistory *self);

static void
on_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcCustomerHistory) self = data;
  g_autoptr(GError) error = NULL;
  GPtrArray *items = gxc_desk_finish_history (GXC_DESK (source), result, &error);

  self->asking = FALSE;
  self->failed = !items;
  g_clear_handle_id (&self->loading, g_source_remove);
  if (!gtk_widget_get_root (GTK_WIDGET (self)))
    {
      g_clear_pointer (&items, g_ptr_array_unref);
      return;
    }
  if (items)
    {
      g_clear_pointer (&self->items, g_ptr_array_unref);
      self->items = items;
      offer_fields (self);
      show_items (self);
      gtk_stack_set_visible_child_name (self->states, "list");
    }
  else if (g_error_matches (error, GX_ERROR, GX_ERROR_OFFLINE))
    say (self, "network-offline-symbolic", _("History needs the server"), _("It is read from the bank's audit log. Everything else on this page works offline."), _("Try again"));
  else
    {
      g_autofree char *words = gxc_error_words (error);

      say (self, "dialog-error-symbolic", _("This could not be read"), words, _("Try again"));
    }
  on_status_cb (self);
}

static void
ask (GxcCustomerHistory *self)
{
  GxcCustomerTab *tab = GXC_CUSTOMER_TAB (self);
  GxcCustomerFile *file = gxc_customer_tab_get_file (tab);

  if (self->asking)
    return;
  self->asking = TRUE;
  self->asked_at = gxc_asked_at (gxc_customer_tab_get_desk (tab));
  if (!self->items)
    self->loading = g_timeout_add (WAIT, on_waited_cb, self);
  gxc_desk_fetch_history (gxc_customer_tab_get_desk (tab), gx_record_get_entity (gxc_customer_file_get_customer (file)),
                          gxc_customer_file_get_id (file), on_fetched_cb, g_object_ref (self));
}

static void
on_status_cb (GxcCustomerHistory *self)
{
  if (self->failed && gtk_widget_get_mapped (GTK_WIDGET (self)) && gxc_asked_is_old (gxc_customer_tab_get_desk (GXC_CUSTOMER_TAB (self)), self->asked_at))
    ask (self);
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask (GXC_CUSTOMER_HISTORY (widget));
}

static void
fill (GxcCustomerTab *tab)
{
  ask (GXC_CUSTOMER_HISTORY (tab));
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_customer_history_dispose (GObject *object)
{
  g_clear_handle_id (&GXC_CUSTOMER_HISTORY (object)->loading, g_source_remove);
  g_clear_pointer (&GXC_CUSTOMER_HISTORY (object)->items, g_ptr_array_unref);
  G_OBJECT_CLASS (gxc_customer_history_parent_class)->dispose (object);
}

static void
gxc_customer_history_class_init (GxcCustomerHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_customer_history_dispose;
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "history.retry", NULL, retry_action);
}

static void
gxc_customer_history_init (GxcCustomerHistory *self)
{
  const char *first[] = { _("All fields"), NULL };
  GtkWidget *body, *card, *waiting = make_loading ();
  g_autoptr(GtkSizeGroup) heads = gtk_size_group_new (GTK_SIZE_GROUP_VERTICAL);      /* the title stays where it is when the rows come */

  self->names = gtk_string_list_new (first);
  self->filter = gtk_drop_down_new (G_LIST_MODEL (self->names), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->filter), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Field"), -1);
  g_signal_connect_object (self->filter, "notify::selected", G_CALLBACK (show_items), self, G_CONNECT_SWAPPED);
  card = gxc_card_new (_("History"), _("from the bank's audit log: names of fields, never values"), self->filter, &body);
  self->rows = gxc_rows_new ();
  gtk_box_append (GTK_BOX (body), self->rows);
  gtk_widget_set_valign (card, GTK_ALIGN_START);
  gtk_size_group_add_widget (heads, gtk_widget_get_first_child (card));
  gtk_size_group_add_widget (heads, gtk_widget_get_first_child (waiting));
  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->states = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->states, FALSE);
  gtk_stack_add_named (self->states, gtk_label_new (NULL), "nothing");
  gtk_stack_add_named (self->states, waiting, "loading");
  gtk_stack_add_named (self->states, card, "list");
  gtk_stack_add_named (self->states, self->words, "words");
  gtk_widget_set_vexpand (GTK_WIDGET (self->states), TRUE);
  gtk_box_append (GTK_BOX (gxc_customer_tab_get_body (GXC_CUSTOMER_TAB (self))), GTK_WIDGET (self->states));
}

GtkWidget *
gxc_customer_history_new (GxcCustomerFile *file)
{
  GtkWidget *self = gxc_customer_tab_new (GXC_TYPE_CUSTOMER_HISTORY, file);

  g_signal_connect_object (gxc_customer_file_get_desk (file), "status-changed", G_CALLBACK (on_status_cb), self, G_CONNECT_SWAPPED);
  return self;
}
