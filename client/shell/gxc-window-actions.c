/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window can be asked to do (win.*), by whom it likes: pages, the menu, the palette, notifications; and the keys of
 * it that work everywhere. Each action is one call into the window's other files, the desk or the page that is shown. */

#include "gxc-window-private.h"

#include <glib/gi18n.h>

#include "gxc-about.h"
#include "gxc-commands.h"
#include "gxc-key-map.h"
#include "gxc-preferences-window.h"
#include "gxc-toast.h"

static void
toast (GxcWindow *self, const char *text)
{
  AdwToast *said = adw_toast_new (text);

  adw_toast_set_timeout (said, 5);
  gxc_toast_show (self->toasts, said);
}

static void
toast_error (GxcWindow *self, const GError *error)
{
  g_autofree char *words = gxc_error_words (error);

  toast (self, words);
}

/* --- going somewhere ---------------------------------------------------------------------------------------------- */

static void
show_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_window_show_page (GXC_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_section_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_window_show_section (GXC_WINDOW (widget), g_variant_get_int32 (parameter));
}

static void
open_customer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxId id;

  if (gx_id_parse (g_variant_get_string (parameter, NULL), &id))
    gxc_window_open_customer (GXC_WINDOW (widget), &id);
}

static void
open_customer_tab_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *text, *tab;
  GxId id;

  g_variant_get (parameter, "(&s&s)", &text, &tab);
  if (gx_id_parse (text, &id))
    gxc_window_open_part (GXC_WINDOW (widget), &id, tab);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_window_go_back (GXC_WINDOW (widget));
}

static void
forward_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_window_go_forward (GXC_WINDOW (widget));
}

static void
escape_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);

  if (!self->palette || !gxc_palette_close (self->palette))
    gxc_window_escape (self);
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_window_step (GXC_WINDOW (widget), g_variant_get_int32 (parameter));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);
  GxcPage *page = gxc_window_page (self);

  if (page && gxc_page_focus_search (page))
    return;
  gxc_window_show_page (self, "customers");
  if ((page = gxc_window_page (self)))
    gxc_page_focus_search (page);
}

/** gxc_window_drop_palette: the next one is made in the language of then */
void
gxc_window_drop_palette (GxcWindow *self)
{
  if (self->palette)
    gtk_overlay_remove_overlay (self->overlay, GTK_WIDGET (self->palette));
  self->palette = NULL;
}

/* Before anybody is signed in there is nothing to find; and a start need not wait for what is not open. */
static void
palette_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);

  if (!gxc_window_page (self))
    return;
  if (!self->palette)
    {
      self->palette = GXC_PALETTE (gxc_palette_new (self->desk, self->preferences));
      gtk_overlay_add_overlay (self->overlay, GTK_WIDGET (self->palette));
    }
  gxc_palette_open (self->palette);
}

static void
focus_sidebar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);

  if (self->frame)
    gxc_sidebar_focus (gxc_frame_get_sidebar (self->frame));
}

static void
sign_in_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_window_open_sign_in (GXC_WINDOW (widget));
}

static void
leave_sign_in_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_window_leave_sign_in (GXC_WINDOW (widget));
}

/* --- doing something ---------------------------------------------------------------------------------------------- */

/* A new task or interaction: of the customer that is named, or else of whatever the page shows. */
static void
begin (GxcWindow *self, const char *what, GVariant *customer)
{
  GxcPage *page;
  GxId id;

  if (gx_id_parse (g_variant_get_string (customer, NULL), &id))
    gxc_window_open_customer (self, &id);
  page = gxc_window_page (self);
  if (page && !gxc_page_begin (page, what))
    toast (self, _("Open a customer first"));
}

static void
new_task_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  begin (GXC_WINDOW (widget), "task", parameter);
}

static void
new_interaction_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  begin (GXC_WINDOW (widget), "interaction", parameter);
}

/* What is new here: what the page says, or else what it can begin at all. */
static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char * const what[] = { "new", "interaction", "task" };
  GxcWindow *self = GXC_WINDOW (widget);
  GxcPage *page = gxc_window_page (self);

  for (guint i = 0; page && i < G_N_ELEMENTS (what); i++)
    if (gxc_page_begin (page, what[i]))
      return;
  if (page)
    toast (self, _("Open a customer first"));
}

static void
on_synced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcWindow) self = data;
  g_autoptr(GError) error = NULL;

  if (!gxc_desk_finish (GXC_DESK (source), result, &error))
    toast_error (self, error);
}

static void
sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);
  GxcPage *page = gxc_window_page (self);

  if (page)
    gxc_page_refresh (page);
  if (gxc_desk_get_person (self->desk))
    gxc_desk_sync (self->desk, on_synced_cb, g_object_ref (self));
}

/* What was taken back, or made again, is said: it may be on another page. */
typedef struct
{
  GxcWindow *window;
  char      *words;
} Turn;

static void
on_turned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Turn *turn = data;
  g_autoptr(GError) error = NULL;

  if (gxc_desk_finish (GXC_DESK (source), result, &error))
    toast (turn->window, turn->words);
  else
    toast_error (turn->window, error);
  g_object_unref (turn->window);
  g_free (turn->words);
  g_free (turn);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);
  g_autofree char *what = gxc_desk_dup_undo_words (self->desk);
  Turn *turn = g_new0 (Turn, 1);

  *turn = (Turn) { g_object_ref (self), g_strdup_printf (_("Undone: %s"), what ? what : "") };
  gxc_desk_undo_last (self->desk, on_turned_cb, turn);
}

static void
redo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);
  g_autofree char *what = gxc_desk_dup_redo_words (self->desk);
  Turn *turn = g_new0 (Turn, 1);

  *turn = (Turn) { g_object_ref (self), g_strdup_printf (_("Done again: %s"), what ? what : "") };
  gxc_desk_redo_last (self->desk, on_turned_cb, turn);
}

static void
toggle_curtain_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcDesk *desk = GXC_WINDOW (widget)->desk;

  gxc_desk_set_curtain (desk, !gxc_desk_get_curtain (desk));
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);

  g_set_weak_pointer (&self->choices, gxc_preferences_window_show (GTK_WINDOW (self), self->desk, self->preferences));
}

static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  toast (GXC_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
guide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_window_show_guide (GXC_WINDOW (widget));
}

static void
keys_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcWindow *self = GXC_WINDOW (widget);

  gxc_key_map_show (GTK_WINDOW (self), self->desk, gxc_window_page (self));
}

static void
about_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_about_show (GTK_WINDOW (widget));
}

/* --- all of them --------------------------------------------------------------------------------------------- */

static const struct { const char *name, *type; GtkWidgetActionActivateFunc run; } actions[] = {
  { "win.show-page", "s", show_page_action },                   /* name of a place, "name#part" */
  { "win.show-section", "i", show_section_action },             /* a GxcSection */
  { "win.open-customer", "s", open_customer_action },
  { "win.open-customer-tab", "(ss)", open_customer_tab_action },
  { "win.back", NULL, back_action },
  { "win.forward", NULL, forward_action },
  { "win.escape", NULL, escape_action },
  { "win.neighbour", "i", step_action },
  { "win.palette", NULL, palette_action },
  { "win.search", NULL, search_action },
  { "win.focus-sidebar", NULL, focus_sidebar_action },
  { "win.new", NULL, new_action },                              /* by context */
  { "win.new-task", "s", new_task_action },                     /* a customer's id, "" for the one that is open */
  { "win.new-interaction", "s", new_interaction_action },
  { "win.sync", NULL, sync_action },
  { "win.sign-in", NULL, sign_in_action },
  { "win.leave-sign-in", NULL, leave_sign_in_action },
  { "win.undo", NULL, undo_action },
  { "win.redo", NULL, redo_action },
  { "win.toggle-curtain", NULL, toggle_curtain_action },
  { "win.preferences", NULL, preferences_action },
  { "win.toast", "s", toast_action },
  { "win.guide", NULL, guide_action },
  { "win.keys", NULL, keys_action },
  { "win.about", NULL, about_action },
};

void
gxc_window_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].run);
  gxc_commands_add_keys (widget_class);
}
