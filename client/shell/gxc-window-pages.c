/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which page is looked at, and the way there and back. A page is made when it is first shown and stays; of customers' pages
 * there is one, made anew for another customer. No page knows another: they ask by name, through the window's actions. */

#include "gxc-window-private.h"

#include <glib/gi18n.h>

#include "gxc-customer-page.h"
#include "gxc-customers-page.h"
#include "gxc-link.h"
#include "gxc-palette-search.h"

/** gxc_window_page: (transfer none) (nullable): the page that is looked at */
GxcPage *
gxc_window_page (GxcWindow *self)
{
  GtkWidget *page = self->frame ? gtk_stack_get_visible_child (gxc_frame_get_pages (self->frame)) : NULL;

  return page ? GXC_PAGE (page) : NULL;
}

static gboolean
is_on_customer (GxcWindow *self)
{
  return self->customer && (GtkWidget *) gxc_window_page (self) == self->customer;
}

/* --- the header --------------------------------------------------------------------------------------------------- */

/* Where the open customer stands in the list it may have been opened from. */
static char *
dup_place_in_list (GxcWindow *self)
{
  GtkWidget *list = gtk_stack_get_child_by_name (gxc_frame_get_pages (self->frame), "customers");
  guint position, total;

  if (!is_on_customer (self) || !list
      || !gxc_customers_page_neighbour (GXC_CUSTOMERS_PAGE (list), &self->open_customer, 0, &position, &total))
    return NULL;
  return g_strdup_printf (_("%u of %u"), position + 1, total);
}

void
gxc_window_update_header (GxcWindow *self)
{
  GxcPage *page = gxc_window_page (self);
  g_autofree char *place = page ? dup_place_in_list (self) : NULL;

  if (page)
    gxc_frame_set_header (self->frame, page, is_on_customer (self) && !g_queue_is_empty (&self->trail.back), place);
}

void
gxc_window_update_narrow (GxcWindow *self)
{
  GxcPage *page = gxc_window_page (self);

  if (self->frame)
    gxc_frame_set_narrow (self->frame, self->narrow);
  if (page)
    gxc_page_set_narrow (page, self->narrow);
}

/* --- going from page to page -------------------------------------------------------------------------------------- */

static void
add_page (GxcWindow *self, GtkWidget *page, const char *name)
{
  gtk_stack_add_named (gxc_frame_get_pages (self->frame), page, name);
  g_signal_connect_object (page, "title-changed", G_CALLBACK (gxc_window_update_header), self, G_CONNECT_SWAPPED);
}

/* The place's page, made or read again. */
static GtkWidget *
prepare_place (GxcWindow *self, const char *name)
{
  const GxcPlace *place = gxc_place_find (self->desk, name);
  GtkWidget *page = place ? gtk_stack_get_child_by_name (gxc_frame_get_pages (self->frame), name) : NULL;

  if (page)
    gxc_page_refresh (GXC_PAGE (page));
  else if (place)
    {
      page = place->make (self->desk);
      add_page (self, page, name);
      if (!gxc_page_get_title (GXC_PAGE (page)))     /* it could not read what it would say of itself */
        gxc_page_set_title (GXC_PAGE (page), gxc_place_label (place), NULL);
      gxc_page_show_part (GXC_PAGE (page), g_hash_table_lookup (self->parts, name));
      g_hash_table_remove (self->parts, name);
    }
  return page;
}

static GtkWidget *
prepare_customer (GxcWindow *self, const GxId *id)
{
  g_autofree char *action = NULL;

  if (self->customer && gx_id_equal (&self->open_customer, id))
    {
      gxc_page_refresh (GXC_PAGE (self->customer));
      return self->customer;
    }
  if (self->customer)
    gtk_stack_remove (gxc_frame_get_pages (self->frame), self->customer);
  self->open_customer = *id;
  self->customer = gxc_customer_page_new (self->desk, id);
  add_page (self, self->customer, GXC_STOP_CUSTOMER);
  if (!gxc_page_get_title (GXC_PAGE (self->customer)))
    gxc_page_set_title (GXC_PAGE (self->customer), _("Customers"), NULL);
  action = gxc_palette_customer (id);
  gxc_preferences_add_recent (self->preferences, action);
  return self->customer;
}

/* Where typing begins: the page's search line, the page itself, or the row that names it. */
static void
focus_page (GxcWindow *self, GtkWidget *page)
{
  if (page == self->customer)
    gtk_widget_grab_focus (page);
  else if (!gxc_page_focus_search (GXC_PAGE (page)) && !gtk_widget_grab_focus (page) && !gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD))
    gxc_sidebar_focus (gxc_frame_get_sidebar (self->frame));
}

/** gxc_window_show_stop: FALSE for a page that this person may not see */
gboolean
gxc_window_show_stop (GxcWindow     *self,
                      const GxcStop *stop)
{
  gboolean customer = g_str_equal (stop->page, GXC_STOP_CUSTOMER);
  GtkWidget *page = NULL;

  if (self->frame)
    page = customer ? prepare_customer (self, &stop->customer) : prepare_place (self, stop->page);
  if (!page)
    return FALSE;
  gtk_stack_set_visible_child (gxc_frame_get_pages (self->frame), page);
  gxc_page_set_narrow (GXC_PAGE (page), self->narrow);
  gxc_page_show_part (GXC_PAGE (page), stop->part);
  gxc_sidebar_select (gxc_frame_get_sidebar (self->frame), customer ? "customers" : stop->page);
  gxc_window_update_header (self);
  focus_page (self, page);
  return TRUE;
}

/** gxc_window_keep_parts: remembers what each page shows of itself, for when it is made again */
void
gxc_window_keep_parts (GxcWindow *self)
{
  for (const GxcPlace *place = gxc_place_next (self->desk, NULL); place; place = gxc_place_next (self->desk, place))
    {
      GtkWidget *page = gtk_stack_get_child_by_name (gxc_frame_get_pages (self->frame), place->name);
      char *part = page ? gxc_page_dup_part (GXC_PAGE (page)) : NULL;

      if (part)
        g_hash_table_insert (self->parts, g_strdup (place->name), part);
    }
}

/** gxc_window_dup_stop: (transfer full) (nullable): what is looked at, so that it can be shown again */
GxcStop *
gxc_window_dup_stop (GxcWindow *self)
{
  GxcPage *page = gxc_window_page (self);
  g_autofree char *part = page ? gxc_page_dup_part (page) : NULL;

  if (!page)
    return NULL;
  if (is_on_customer (self))
    return gxc_stop_new (GXC_STOP_CUSTOMER, &self->open_customer, part);
  return gxc_stop_new (gtk_stack_get_visible_child_name (gxc_frame_get_pages (self->frame)), NULL, part);
}

/**
 * gxc_window_go:
 * @stop: (transfer full): a page, or a customer's
 *
 * Shows it over what is looked at, which Alt+← finds again.
 *
 * Returns: FALSE for a page that this person may not see, and nothing has changed
 */
gboolean
gxc_window_go (GxcWindow *self,
               GxcStop   *stop)
{
  g_autoptr(GxcStop) wanted = stop;
  GxcStop *left = gxc_window_dup_stop (self);

  if (gxc_stop_equal (left, wanted))
    {
      gxc_page_show_part (gxc_window_page (self), wanted->part);
      gxc_stop_free (left);
      return TRUE;
    }
  if (!g_str_equal (wanted->page, GXC_STOP_CUSTOMER) && !gxc_place_find (self->desk, wanted->page))
    {
      gxc_stop_free (left);
      return FALSE;
    }
  gxc_trail_leave (&self->trail, left);
  return gxc_window_show_stop (self, wanted);
}

/**
 * gxc_window_show_page:
 * @name: the name of a place, and after a "#" which part of it
 *
 * A page that this person may not see is left alone.
 */
void
gxc_window_show_page (GxcWindow  *self,
                      const char *name)
{
  g_auto(GStrv) words = g_strsplit (name, "#", 2);

  g_return_if_fail (GXC_IS_WINDOW (self));

  if (words[0])
    gxc_window_go (self, gxc_stop_new (words[0], NULL, words[1]));
}

/** gxc_window_show_section: the section's page, and the next one of it when the section is looked at already */
void
gxc_window_show_section (GxcWindow *self,
                         int        section)
{
  const char *present = self->frame ? gtk_stack_get_visible_child_name (gxc_frame_get_pages (self->frame)) : NULL;
  const GxcPlace *place = gxc_place_in_section (self->desk, section, present);

  if (place)
    gxc_window_show_page (self, place->name);
}

/** gxc_window_open_part: @part (nullable) is the tab */
void
gxc_window_open_part (GxcWindow  *self,
                      const GxId *id,
                      const char *part)
{
  gxc_window_go (self, gxc_stop_new (GXC_STOP_CUSTOMER, id, part));
}

/** gxc_window_open_customer: over the page that is shown; Esc goes back to it */
void
gxc_window_open_customer (GxcWindow  *self,
                          const GxId *id)
{
  g_return_if_fail (GXC_IS_WINDOW (self));
  gxc_window_open_part (self, id, NULL);
}

/** gxc_window_follow: @link of gxc_link_to_action(); FALSE if it is none, or nobody is signed in */
gboolean
gxc_window_follow (GxcWindow  *self,
                   const char *link)
{
  g_autofree char *action = gxc_link_to_action (link), *name = NULL;
  g_autoptr(GVariant) target = NULL;

  if (!action || !self->frame || !g_action_parse_detailed_name (action, &name, &target, NULL))
    return FALSE;
  return gtk_widget_activate_action_variant (GTK_WIDGET (self), name, target);
}

/** gxc_window_step: the record before (-1) or after (1) */
void
gxc_window_step (GxcWindow *self,
                 int        by)
{
  GxcPage *page = gxc_window_page (self);
  GtkWidget *list = self->frame ? gtk_stack_get_child_by_name (gxc_frame_get_pages (self->frame), "customers") : NULL;
  g_autofree char *part = NULL;
  const GxId *id = NULL;
  guint position, total;

  if (!page || gxc_page_step (page, by))
    return;
  if (list && is_on_customer (self))
    id = gxc_customers_page_neighbour (GXC_CUSTOMERS_PAGE (list), &self->open_customer, by, &position, &total);
  part = gxc_page_dup_part (page);
  if (id)       /* from neighbour to neighbour, Alt+← still leads to the list */
    {
      g_autoptr(GxcStop) stop = gxc_stop_new (GXC_STOP_CUSTOMER, id, part);

      gxc_window_show_stop (self, stop);
    }
}

void
gxc_window_go_back (GxcWindow *self)
{
  g_autoptr(GxcStop) stop = self->frame ? gxc_trail_back (&self->trail, gxc_window_dup_stop (self)) : NULL;

  if (stop)
    gxc_window_show_stop (self, stop);
}

void
gxc_window_go_forward (GxcWindow *self)
{
  g_autoptr(GxcStop) stop = self->frame ? gxc_trail_forward (&self->trail, gxc_window_dup_stop (self)) : NULL;

  if (stop)
    gxc_window_show_stop (self, stop);
}

/** gxc_window_escape: Esc closes what stands open over the page, then leaves a customer for where it was opened */
void
gxc_window_escape (GxcWindow *self)
{
  GxcPage *page = gxc_window_page (self);

  if (page && !gxc_page_escape (page) && is_on_customer (self))
    gxc_window_go_back (self);
}

/** gxc_window_get_page: (transfer none) (nullable): the page that is looked at */
GtkWidget *
gxc_window_get_page (GxcWindow *self)
{
  return (GtkWidget *) gxc_window_page (self);
}
