/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this desk has not yet told the bank, and what the bank did not take: each with its rule and a way on. Nothing that
 * was typed is lost: a refused change stays here until somebody sends it again or drops it. */

#include "gxc-sync-page.h"

#include <glib/gi18n.h>

#include "gx-protocol.h"
#include "gxc-compat.h"
#include "gxc-cards.h"
#include "gxc-format.h"
#include "gxc-sync-carried.h"
#include "gxc-sync-conflict.h"
#include "gxc-sync-list.h"
#include "gxc-sync-overview.h"
#include "gxc-sync-words.h"
#include "gxc-widgets.h"

struct _GxcSyncPage
{
  GxcPage    parent_instance;

  /* Borrowed References */
  GtkWidget *banner;
  GtkWidget *tiles;
  GtkWidget *conflicts;
  GtkWidget *several;
  GtkWidget *refused;
  GtkWidget *waiting;
  GtkWidget *overview;
  GtkWidget *carried;
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
show_clock (GxcSyncPage *self, gint64 clock_off)
{
  long minutes = (long) (ABS (clock_off) / 60000);
  g_autofree char *title = g_strdup_printf (clock_off > 0 ? ngettext ("This computer's clock is %ld minute slow", "This computer's clock is %ld minutes slow", (gulong) minutes)
                                            : ngettext ("This computer's clock is %ld minute fast", "This computer's clock is %ld minutes fast", (gulong) minutes), minutes);

  gxc_banner_show (GXC_BANNER (self->banner), GXC_BANNER_ATTENTION, "preferences-system-time-symbolic", title,
                   _("What you write goes to the bank with the corrected time. Set the clock all the same."));
}

/* What it says on lines of its own elsewhere stands in one here. */
static void
show_problem (GxcSyncPage *self, const char *problem)
{
  g_auto(GStrv) lines = g_strsplit (problem, "\n", -1);
  g_autofree char *words = g_strjoinv (" · ", lines);

  gxc_banner_show (GXC_BANNER (self->banner), GXC_BANNER_ATTENTION, "dialog-warning-symbolic", _("Nothing is reaching the bank"), words);
  gxc_banner_set_action (GXC_BANNER (self->banner), _("Try now"), "win.sync");
}

static void
show_banner (GxcSyncPage *self, const GxcSyncSummary *summary)
{
  g_autofree char *ago = summary->synced_at ? gxc_format_ago (summary->synced_at, gxc_desk_now (desk_of (self))) : NULL;
  g_autofree char *last = ago ? g_strdup_printf (_("last sync %s · it goes on by itself when the network is back"), ago) : g_strdup (_("never synced yet"));

  if (gxc_lease_ends_soon (&summary->lease))      /* the window says more of it, on every page */
    gxc_banner_hide (GXC_BANNER (self->banner));
  else if (summary->signed_out)
    {
      gxc_banner_show (GXC_BANNER (self->banner), GXC_BANNER_ATTENTION, "system-lock-screen-symbolic", _("Sign in again to sync"),
                       _("What you type is kept here meanwhile"));
      gxc_banner_set_action (GXC_BANNER (self->banner), _("Sign in"), "win.sign-in");
    }
  else if (!summary->online && summary->problem)
    show_problem (self, summary->problem);
  else if (!summary->online)
    {
      gxc_banner_show (GXC_BANNER (self->banner), GXC_BANNER_ATTENTION, "network-offline-symbolic",
                       _("Working offline, everything is kept on this computer"), last);
      gxc_banner_set_action (GXC_BANNER (self->banner), _("Try now"), "win.sync");
    }
  else if (ABS (summary->clock_off) > GX_CLOCK_TOLERANCE)
    show_clock (self, summary->clock_off);
  else
    gxc_banner_hide (GXC_BANNER (self->banner));
}

static void
append_count (GxcSyncPage *self, guint count, const char *words, const char *icon_name, const char *colour)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *figure, *label = gtk_label_new (words), *icon;
  g_autofree char *text = g_strdup_printf ("%u", count);

  figure = gtk_label_new (text);
  gtk_widget_add_css_class (figure, "gx-figure");
  gtk_widget_add_css_class (label, "gx-caption");
  gtk_widget_add_css_class (box, "gx-card");
  gtk_widget_add_css_class (box, "gx-count-card");
  icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  if (count && colour)
    gtk_widget_add_css_class (icon, colour);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), figure);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (self->tiles), box);
}

/* --- conflicts ---------------------------------------------------------------------------------------------------- */

static const GxcQueueItem *
find_conflict (GPtrArray *items, gint64 mid)
{
  for (guint i = 0; i < items->len; i++)
    {
      const GxcQueueItem *item = g_ptr_array_index (items, i);

      if (item->state == GXC_QUEUE_CONFLICT && item->mid == mid)
        return item;
    }
  return NULL;
}

static GxcSyncConflict *
find_card (GxcSyncPage *self, gint64 mid)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->conflicts); child; child = gtk_widget_get_next_sibling (child))
    if (GXC_IS_SYNC_CONFLICT (child) && gxc_sync_conflict_get_mid (GXC_SYNC_CONFLICT (child)) == mid)
      return GXC_SYNC_CONFLICT (child);
  return NULL;
}

static guint
n_cards (GxcSyncPage *self)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (self->conflicts); child; child = gtk_widget_get_next_sibling (child))
    n += GXC_IS_SYNC_CONFLICT (child);
  return n;
}

/* The one that has the focus, else the first. */
static GxcSyncConflict *
current_card (GxcSyncPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL, *found = focus ? gtk_widget_get_ancestor (focus, GXC_TYPE_SYNC_CONFLICT) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (self->conflicts); child && !found; child = gtk_widget_get_next_sibling (child))
    if (GXC_IS_SYNC_CONFLICT (child))
      found = child;
  return found ? GXC_SYNC_CONFLICT (found) : NULL;
}

/* One primary action a page: that of the card whose keys count. */
static void
mark_current (GxcSyncPage *self)
{
  GxcSyncConflict *current = current_card (self);

  for (GtkWidget *child = gtk_widget_get_first_child (self->conflicts); child; child = gtk_widget_get_next_sibling (child))
    if (GXC_IS_SYNC_CONFLICT (child))
      gxc_sync_conflict_set_primary (GXC_SYNC_CONFLICT (child), GXC_SYNC_CONFLICT (child) == current);
}

/* A card that is still open stays as it is: somebody may be writing in it. */
static void
update_conflicts (GxcSyncPage *self, GPtrArray *items)
{
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (self->conflicts); child; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (GXC_IS_SYNC_CONFLICT (child) && !find_conflict (items, gxc_sync_conflict_get_mid (GXC_SYNC_CONFLICT (child))))
        gtk_box_remove (GTK_BOX (self->conflicts), child);
    }
  for (guint i = 0; i < items->len; i++)
    {
      const GxcQueueItem *item = g_ptr_array_index (items, i);

      if (item->state == GXC_QUEUE_CONFLICT && item->fields && !find_card (self, item->mid))
        gtk_box_append (GTK_BOX (self->conflicts), gxc_sync_conflict_new (desk_of (self), item));
    }
  mark_current (self);
  gtk_widget_set_visible (self->conflicts, n_cards (self) > 0);
  gtk_widget_set_visible (self->several, n_cards (self) > 1);
}

static gboolean
on_choice_key_cb (GtkWidget *widget, GVariant *arguments, gpointer choice)
{
  GxcSyncConflict *card = gtk_widget_get_mapped (widget) ? current_card (GXC_SYNC_PAGE (widget)) : NULL;

  return card && gxc_sync_conflict_choose (card, GPOINTER_TO_INT (choice));
}

static void
choose_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcSyncPage *self = GXC_SYNC_PAGE (widget);
  GxcChoice choice = g_str_has_suffix (name, "mine") ? GXC_CHOICE_MINE : GXC_CHOICE_THEIRS;

  for (GtkWidget *child = gtk_widget_get_first_child (self->conflicts); child; child = gtk_widget_get_next_sibling (child))
    if (GXC_IS_SYNC_CONFLICT (child))
      {
        gxc_sync_conflict_choose (GXC_SYNC_CONFLICT (child), choice);
        gxc_sync_conflict_confirm (GXC_SYNC_CONFLICT (child));
      }
}

static GtkWidget *
make_several (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", _("Two new values each: choose one by one, or for all"), "xalign", 0.0,
                                               "hexpand", TRUE, "wrap", TRUE, "css-classes", (const char *[]) { "gx-dim", NULL }, NULL));
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_BUTTON, "label", _("The bank's for all"), "action-name", "sync.all-theirs", NULL));
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_BUTTON, "label", _("Mine for all"), "action-name", "sync.all-mine", NULL));
  return box;
}

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)))
    gtk_box_remove (GTK_BOX (box), child);
}

static void
append_tiles (GxcSyncPage *self, const GxcSyncSummary *summary)
{
  append_count (self, summary->waiting, _("waiting to send"), "document-send-symbolic", NULL);
  append_count (self, summary->conflicts, _("conflicts to settle"), "dialog-warning-symbolic", "gx-amber");
  append_count (self, summary->refused, _("refused, kept here"), "dialog-error-symbolic", "gx-red");
}

/* Counting is for whoever looks. */
static void
update_overview (GxcSyncPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  empty_box (self->overview);
  gtk_box_append (GTK_BOX (self->overview), gxc_sync_overview_new (desk_of (self)));
  gtk_box_append (GTK_BOX (self->overview), gxc_sync_offline_new (desk_of (self)));
  empty_box (self->carried);
  gtk_box_append (GTK_BOX (self->carried), gxc_sync_carried_new (desk_of (self)));
}

/* Where it does not go on, that it went well a moment ago is no news: the banner tells what is the matter. */
static char *
dup_subtitle (GxcSyncPage *self, const GxcSyncSummary *summary)
{
  g_autofree char *ago = summary->synced_at ? gxc_format_ago (summary->synced_at, gxc_desk_now (desk_of (self))) : NULL;

  return ago && summary->online && !summary->signed_out ? g_strdup_printf (_("last sync %s"), ago) : NULL;
}

static void
update_state (GxcSyncPage *self, GPtrArray *items)
{
  GxcSyncSummary summary;
  g_autofree char *subtitle = NULL;

  gxc_desk_get_summary (desk_of (self), &summary);
  show_banner (self, &summary);
  empty_box (self->tiles);
  append_tiles (self, &summary);
  update_conflicts (self, items);
  gxc_sync_list_show (GXC_SYNC_LIST (self->refused), desk_of (self), items, TRUE);
  gxc_sync_list_show (GXC_SYNC_LIST (self->waiting), desk_of (self), items, FALSE);
  update_overview (self);
  subtitle = dup_subtitle (self, &summary);
  gxc_page_set_title (GXC_PAGE (self), _("Sync"), subtitle);
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

/* The focus goes from card to card. */
static void
gxc_sync_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gxc_sync_page_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget", G_CALLBACK (mark_current), widget, G_CONNECT_SWAPPED);
}

static void
gxc_sync_page_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), mark_current, widget);
  GTK_WIDGET_CLASS (gxc_sync_page_parent_class)->unroot (widget);
}

static void
gxc_sync_page_dispose (GObject *object)
{
  g_clear_handle_id (&GXC_SYNC_PAGE (object)->changed, g_source_remove);
  G_OBJECT_CLASS (gxc_sync_page_parent_class)->dispose (object);
}

static const GxcKey *
get_keys (GxcPage *page, guint *out_n_keys)
{
  static const GxcKey keys[] = {
    { "1 2 3", NC_("keys", "In a conflict: mine, the bank's, something else") }, { "Return", NC_("keys", "Do what is chosen") },
  };

  *out_n_keys = G_N_ELEMENTS (keys);
  return keys;
}

static void
set_narrow (GxcPage *page, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (GXC_SYNC_PAGE (page)->overview), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (GTK_BOX (GXC_SYNC_PAGE (page)->overview), !narrow);
}

/* Wherever the focus is; an entry takes its digits first. */
static void
add_keys (GxcSyncPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (int i = 0; i < GXC_N_CHOICES; i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_1 + i, 0),
                                          gtk_callback_action_new (on_choice_key_cb, GINT_TO_POINTER (i), NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
gxc_sync_page_class_init (GxcSyncPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_sync_page_dispose;
  widget_class->root = gxc_sync_page_root;
  widget_class->unroot = gxc_sync_page_unroot;
  GXC_PAGE_CLASS (klass)->refresh = refresh;
  GXC_PAGE_CLASS (klass)->get_keys = get_keys;
  GXC_PAGE_CLASS (klass)->set_narrow = set_narrow;
  gtk_widget_class_install_action (widget_class, "sync.all-mine", NULL, choose_all_action);
  gtk_widget_class_install_action (widget_class, "sync.all-theirs", NULL, choose_all_action);
  gtk_widget_class_install_action (widget_class, "sync.drop", "x", drop_action);
}

static void
gxc_sync_page_init (GxcSyncPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->banner = gxc_banner_new ();
  self->tiles = g_object_new (GTK_TYPE_BOX, "spacing", 12, "homogeneous", TRUE, NULL);
  self->refused = gxc_sync_list_new (_("Refused"), _("nothing you typed is lost"), NULL);
  self->waiting = gxc_sync_list_new (_("Queue on this computer"), _("sent in the order you typed it; nothing is sent twice if the line drops"),
                                     _("Nothing waits: everything you typed is with the bank."));
  gtk_widget_add_css_class (box, "gx-page-body");
  self->conflicts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->several = make_several ();
  self->overview = g_object_new (GTK_TYPE_BOX, "spacing", 12, "homogeneous", TRUE, NULL);
  gtk_box_append (GTK_BOX (self->conflicts), self->several);
  gtk_box_append (GTK_BOX (box), self->tiles);
  gtk_box_append (GTK_BOX (box), self->conflicts);
  gtk_box_append (GTK_BOX (box), self->refused);
  gtk_box_append (GTK_BOX (box), self->waiting);
  self->carried = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), self->carried);
  gtk_box_append (GTK_BOX (box), self->overview);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self->content), self->banner);
  gtk_box_append (GTK_BOX (self->content), scrolled);
  gxc_page_set_content (GXC_PAGE (self), self->content);
  add_keys (self);
  g_signal_connect (self, "map", G_CALLBACK (update_overview), NULL);
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
