/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes on when the window comes in another language: the ticks, what is searched for, how far down the list stands, and
 * the form that is open. The view itself is named to the new page by its part. */

#include "gxc-customers-page-private.h"

/* With the ticks: what is searched for, and how far down the list stands, in pixels. */
#define SEARCHED "gxc-searched"
#define SCROLLED "gxc-scrolled"

/* The ticks go with it, also where there is no form: they were made one by one. */
GxcBegun *
gxc_customers_page_keep_begun (GxcPage *page)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (page);
  g_autoptr(GArray) ids = gxc_customers_marks_dup_ids (gxc_customers_list_get_marks (self->list));
  GtkStringList *ticked = gtk_string_list_new (NULL);
  GxcBegun *begun = g_new0 (GxcBegun, 1);
  int scrolled = (int) gtk_adjustment_get_value (gxc_customers_list_get_scroll (self->list));

  for (guint i = 0; i < ids->len; i++)
    gtk_string_list_append (ticked, GX_ID_STR (&g_array_index (ids, GxId, i)));
  g_object_set_data_full (G_OBJECT (ticked), SEARCHED, g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))), g_free);
  g_object_set_data (G_OBJECT (ticked), SCROLLED, GINT_TO_POINTER (scrolled));
  begun->edits = G_OBJECT (ticked);
  begun->form = gxc_form_keep (self->form);
  return begun;
}

static gboolean
on_laid_out_idle_cb (gpointer data)
{
  gtk_adjustment_set_value (data, GPOINTER_TO_INT (g_object_get_data (data, SCROLLED)));
  return G_SOURCE_REMOVE;
}

/* A list is as high as its rows only when it has been laid out, and while it is being laid out it stays where it is. */
static void
on_list_high_cb (GtkAdjustment *scroll, gpointer data)
{
  if (gtk_adjustment_get_upper (scroll) - gtk_adjustment_get_page_size (scroll) < GPOINTER_TO_INT (data))
    return;
  g_signal_handlers_disconnect_by_func (scroll, on_list_high_cb, data);
  g_object_set_data (G_OBJECT (scroll), SCROLLED, data);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_laid_out_idle_cb, g_object_ref (scroll), g_object_unref);
}

static void
take_place (GxcCustomersPage *self, GObject *kept)
{
  gpointer scrolled = g_object_get_data (kept, SCROLLED);

  gtk_editable_set_text (GTK_EDITABLE (self->search), g_object_get_data (kept, SEARCHED));
  gxc_customers_page_search (self);      /* the line would wait for more letters */
  if (scrolled)
    g_signal_connect (gxc_customers_list_get_scroll (self->list), "changed", G_CALLBACK (on_list_high_cb), scrolled);
}

void
gxc_customers_page_take_begun (GxcPage  *page,
                               GxcBegun *begun)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (page);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (begun->edits)); i++)
    {
      GxId id;

      if (gx_id_parse (gtk_string_list_get_string (GTK_STRING_LIST (begun->edits), i), &id))
        g_array_append_val (ids, id);
    }
  gxc_customers_marks_take (gxc_customers_list_get_marks (self->list), ids);
  take_place (self, begun->edits);
  if (begun->form)
    gxc_customers_bulk_take (self->bulk, begun->form);
}
