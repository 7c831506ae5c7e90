/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this desk has not yet told the bank, and what the bank did not take: each with its rule and a way on. Nothing that
 * was typed is lost: a refused change stays here until somebody sends it again or drops it. */

#include "gxc-sync-page.h"

#include <glib/gi18n.h>

#include "gxc-compat.h"
#include "gxc-customer-cards.h"
#include "gxc-diff-view.h"
#include "gxc-format.h"
#include "gxc-widgets.h"

struct _GxcSyncPage
{
  GxcPage    parent_instance;

  /* Borrowed References */
  GtkWidget *banner;
  GtkWidget *tiles;
  GtkWidget *cards;
  GtkWidget *content;

  gint64     dropping;      /* the mutation that somebody is being asked about */
  guint      changed;       /* idle */
};

G_DEFINE_FINAL_TYPE (GxcSyncPage, gxc_sync_page, GXC_TYPE_PAGE)

static GxcDesk *
desk_of (GxcSyncPage *self)
{
  return gxc_page_get_desk (GXC_PAGE (self));
}

static const struct { GxcState state; const char *words; } states[] = {
  [GXC_QUEUE_WAITING]  = { GXC_STATE_QUEUED, NC_("queue", "Waiting") },
  [GXC_QUEUE_SENT]     = { GXC_STATE_DRAFT, NC_("queue", "On its way") },
  [GXC_QUEUE_CONFLICT] = { GXC_STATE_WAITING, NC_("queue", "Conflict") },
  [GXC_QUEUE_REFUSED]  = { GXC_STATE_REFUSED, NC_("queue", "Refused") },
};

static const struct { const char *op, *words; } operations[] = {
  { "create", NC_("queue", "New") }, { "patch", NC_("queue", "Change") }, { "delete", NC_("queue", "Removal") }, { "cr.submit", NC_("queue", "Request") },
};

/* Whose it is, where the row says so. */
static char *
dup_customer (GxcSyncPage *self, const GxcQueueItem *item)
{
  const GxField *field = gx_entity_find (item->entity, "customer_id");
  g_autoptr(GxRecord) record = field ? gxc_desk_read_one (desk_of (self), item->entity, &item->id, NULL) : NULL;

  return record ? gxc_desk_dup_customer (desk_of (self), gx_field_member (field, gx_record_get_data (record))) : NULL;
}

static char *
item_title (GxcSyncPage *self, const GxcQueueItem *item)
{
  const char *operation = item->op;
  g_autofree char *label = NULL, *customer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (g_strcmp0 (operations[i].op, item->op) == 0)
      operation = g_dpgettext2 (NULL, "queue", operations[i].words);
  if (!item->entity)
    return g_strdup (operation);
  customer = dup_customer (self, item);
  label = gxc_desk_dup_label (desk_of (self), item->entity->name, &item->id);
  return g_strdup_printf ("%s · %s · %s%s%s", operation, _(item->entity->label), label, customer ? " · " : "", customer ? customer : "");
}

static const char *
field_label (const GxcQueueItem *item)
{
  const GxField *field = item->entity && item->field ? gx_entity_find (item->entity, item->field) : NULL;

  return field ? _(field->label) : item->field;
}

/* --- actions ------------------------------------------------------------------------------------------------------ */

static void
on_resolved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcSyncPage) self = data;
  g_autoptr(GError) error = NULL;

  if (!gxc_desk_finish (GXC_DESK (source), result, &error))
    {
      g_autofree char *words = gxc_error_words (error);

      gxc_page_toast (GTK_WIDGET (self), words);
    }
  gxc_page_refresh (GXC_PAGE (self));
}

static void
keep_mine_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_desk_resolve (desk_of (GXC_SYNC_PAGE (widget)), g_variant_get_int64 (parameter), TRUE, on_resolved_cb, g_object_ref (widget));
}

static void
on_drop_confirmed_cb (gpointer data, gboolean confirmed)
{
  g_autoptr(GxcSyncPage) self = data;

  if (confirmed)
    gxc_desk_resolve (desk_of (self), self->dropping, FALSE, on_resolved_cb, g_object_ref (self));
}

static void
drop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GXC_SYNC_PAGE (widget)->dropping = g_variant_get_int64 (parameter);
  gxc_compat_confirm (widget, _("Drop what you typed?"), _("The bank keeps its own value. What you typed is gone for good."),
                      _("Drop"), TRUE, on_drop_confirmed_cb, g_object_ref (widget));
}

/* --- what is shown ------------------------------------------------------------------------------------------------ */

static void
show_banner (GxcSyncPage *self, const GxcSyncSummary *summary)
{
  g_autofree char *ago = summary->synced_at ? gxc_format_ago (summary->synced_at, gxc_desk_now (desk_of (self))) : NULL;
  g_autofree char *last = ago ? g_strdup_printf (_("last sync %s · it goes on by itself when the network is back"), ago) : g_strdup (_("never synced yet"));

  if (summary->signed_out)
    {
      gxc_banner_show (GXC_BANNER (self->banner), GXC_BANNER_ATTENTION, "system-lock-screen-symbolic", _("Sign in again to sync"),
                       _("What you type is kept here meanwhile"));
      gxc_banner_set_action (GXC_BANNER (self->banner), _("Sign in"), "win.sign-in");
    }
  else if (!summary->online)
    {
      gxc_banner_show (GXC_BANNER (self->banner), GXC_BANNER_ATTENTION, "network-offline-symbolic",
                       _("Working offline, everything is kept on this machine"), summary->problem ? summary->problem : last);
      gxc_banner_set_action (GXC_BANNER (self->banner), _("Try now"), "win.sync");
    }
  else
    gxc_banner_hide (GXC_BANNER (self->banner));
}

static void
append_count (GxcSyncPage *self, guint count, const char *words, GxcState state)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *figure, *label = gtk_label_new (words);
  g_autofree char *text = g_strdup_printf ("%u", count);

  figure = gtk_label_new (text);
  gtk_widget_add_css_class (figure, "gx-figure");
  gtk_widget_add_css_class (label, "gx-caption");
  gtk_widget_add_css_class (box, "gx-card");
  gtk_widget_add_css_class (box, "gx-count-card");
  if (gxc_state_icon (state))
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (gxc_state_icon (state)));
  gtk_box_append (GTK_BOX (box), figure);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (self->tiles), box);
}

static GtkWidget *
action_button (const char *label, const char *action_name, gint64 mid)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", label, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", mid);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_widget_add_css_class (button, "gx-small");
  return button;
}

static GtkWidget *
make_item (GxcSyncPage *self, const GxcQueueItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *slot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *title = item_title (self, item), *at = gxc_format_moment (item->at, gxc_desk_now (desk_of (self)));
  gboolean open = item->state == GXC_QUEUE_CONFLICT || item->state == GXC_QUEUE_REFUSED;

  gtk_widget_set_size_request (slot, 92, -1);
  gtk_box_append (GTK_BOX (slot), gxc_state_chip_new (states[item->state].state, g_dpgettext2 (NULL, "queue", states[item->state].words)));
  gtk_box_append (GTK_BOX (box), slot);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END,
                                                 "css-classes", (const char *[]) { "gx-strong", NULL }, NULL));
  if (item->detail)
    gtk_box_append (GTK_BOX (words), g_object_new (GTK_TYPE_LABEL, "label", item->detail, "xalign", 0.0, "wrap", TRUE,
                                                   "css-classes", (const char *[]) { "gx-caption", NULL }, NULL));
  if (item->state == GXC_QUEUE_CONFLICT)
    {
      g_autofree char *pair = g_strdup_printf (_("%s: yours “%s”, the bank's “%s”"), field_label (item), item->mine ? item->mine : "\u2014",
                                               item->theirs ? item->theirs : "\u2014");

      gtk_box_append (GTK_BOX (words), g_object_new (GTK_TYPE_LABEL, "label", pair, "xalign", 0.0, "wrap", TRUE,
                                                     "css-classes", (const char *[]) { "gx-caption", NULL }, NULL));
    }
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", at, "css-classes", (const char *[]) { "gx-caption", NULL }, NULL));
  if (open)
    {
      gtk_box_append (GTK_BOX (box), action_button (item->state == GXC_QUEUE_CONFLICT ? _("Keep the bank's") : _("Drop"), "sync.drop", item->mid));
      if (item->state == GXC_QUEUE_CONFLICT)
        gtk_box_append (GTK_BOX (box), action_button (_("Use mine"), "sync.keep-mine", item->mid));
    }
  return box;
}

static void
append_card (GxcSyncPage *self, GPtrArray *items, gboolean open, const char *title, const char *caption, const char *nothing)
{
  GtkWidget *body, *rows = gxc_rows_new ();
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      GxcQueueItem *item = g_ptr_array_index (items, i);
      GtkWidget *row, *child;
      g_autofree char *words = NULL;

      if ((item->state == GXC_QUEUE_CONFLICT || item->state == GXC_QUEUE_REFUSED) != open)
        continue;
      child = make_item (self, item);
      gtk_widget_add_css_class (child, "gx-queue-row");
      row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", child, "activatable", FALSE, NULL);
      words = item_title (self, item);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
      gtk_list_box_append (GTK_LIST_BOX (rows), row);
      n++;
    }
  if (n == 0 && !nothing)
    {
      g_object_unref (g_object_ref_sink (rows));
      return;
    }
  if (n == 0)
    gxc_rows_add_words (rows, nothing);
  gtk_box_append (GTK_BOX (self->cards), gxc_card_new (title, caption, NULL, &body));
  gtk_box_append (GTK_BOX (body), rows);
}

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)))
    gtk_box_remove (GTK_BOX (box), child);
}

static void
update_state (GxcSyncPage *self, GPtrArray *items)
{
  GxcSyncSummary summary;

  gxc_desk_get_summary (desk_of (self), &summary);
  show_banner (self, &summary);
  empty_box (self->tiles);
  empty_box (self->cards);
  append_count (self, summary.waiting, _("waiting to send"), GXC_STATE_QUEUED);
  append_count (self, summary.conflicts, _("conflicts to choose"), GXC_STATE_WAITING);
  append_count (self, summary.refused, _("refused, kept here"), GXC_STATE_REFUSED);
  append_card (self, items, TRUE, _("Needs you"), _("nothing you typed is lost"), NULL);
  append_card (self, items, FALSE, _("Queue of this machine"), _("sent in the order it was typed; a cut line repeats nothing"),
               _("Nothing waits: everything you typed is with the bank."));
  gxc_page_set_title (GXC_PAGE (self), _("Sync"), NULL);
  gxc_page_set_state (GXC_PAGE (self), GXC_PAGE_CONTENT);
}

static void
refresh (GxcPage *page)
{
  GxcSyncPage *self = GXC_SYNC_PAGE (page);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = gxc_desk_queue (desk_of (self), &error);

  if (items)
    update_state (self, items);
  else
    gxc_page_set_error (page, error);
}

static gboolean
on_changed_idle_cb (gpointer data)
{
  GxcSyncPage *self = data;

  self->changed = 0;
  refresh (GXC_PAGE (self));
  return G_SOURCE_REMOVE;
}

static void
on_status_changed_cb (GxcSyncPage *self)
{
  if (!self->changed)
    self->changed = g_idle_add (on_changed_idle_cb, self);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_sync_page_dispose (GObject *object)
{
  g_clear_handle_id (&GXC_SYNC_PAGE (object)->changed, g_source_remove);
  G_OBJECT_CLASS (gxc_sync_page_parent_class)->dispose (object);
}

static void
gxc_sync_page_class_init (GxcSyncPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_sync_page_dispose;
  GXC_PAGE_CLASS (klass)->refresh = refresh;
  gtk_widget_class_install_action (widget_class, "sync.keep-mine", "x", keep_mine_action);
  gtk_widget_class_install_action (widget_class, "sync.drop", "x", drop_action);
}

static void
gxc_sync_page_init (GxcSyncPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->banner = gxc_banner_new ();
  self->tiles = g_object_new (GTK_TYPE_BOX, "spacing", 12, "homogeneous", TRUE, NULL);
  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (box, "gx-page-body");
  gtk_box_append (GTK_BOX (box), self->tiles);
  gtk_box_append (GTK_BOX (box), self->cards);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self->content), self->banner);
  gtk_box_append (GTK_BOX (self->content), scrolled);
  gxc_page_set_content (GXC_PAGE (self), self->content);
}

GtkWidget *
gxc_sync_page_new (GxcDesk *desk)
{
  GxcSyncPage *self = g_object_new (GXC_TYPE_SYNC_PAGE, NULL);

  gxc_page_set_desk (GXC_PAGE (self), desk);
  refresh (GXC_PAGE (self));
  g_signal_connect_object (desk, "status-changed", G_CALLBACK (on_status_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
