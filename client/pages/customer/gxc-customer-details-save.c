/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving what was typed into a customer's details: what is free in one transaction, then what must be asked for, one
 * request after the other. What stays unsaved stays in the drafts. */

#include "gxc-customer-details-private.h"

#include <glib/gi18n.h>

#include "gxc-page.h"

typedef struct
{
  GxcCustomerDetails *self;         /* (owned) */
  GPtrArray          *asks;         /* (owned) of GxcChangeItem, those to come */
  GxcUndo            *undo;         /* (owned) (nullable) */
  guint               n_asked;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->self);
  g_ptr_array_unref (saving->asks);
  g_clear_object (&saving->undo);
  g_free (saving);
}

static void
finish_saving (Saving *saving, const GError *error)
{
  GxcCustomerDetails *self = saving->self;
  g_autofree char *words = error ? gxc_error_words (error) : NULL;

  self->busy = FALSE;
  gxc_page_set_busy (gtk_revealer_get_child (GTK_REVEALER (self->bar)), FALSE);
  if (error)
    gxc_customer_details_show_problem (self, words);
  else
    {
      gxc_customer_details_settle (self);
      if (gtk_widget_get_root (GTK_WIDGET (self)) && saving->undo && !saving->n_asked)
        gxc_page_toast_undo (GTK_WIDGET (self), _("Saved"), saving->undo);
      else if (gtk_widget_get_root (GTK_WIDGET (self)))
        gxc_page_toast (GTK_WIDGET (self), saving->n_asked ? _("Request saved; it is submitted with the next sync") : _("Saved"));
    }
  saving_free (saving);
}

static void ask_next (Saving *saving);

static void
on_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr(GError) error = NULL;

  if (!gxc_desk_finish (GXC_DESK (source), result, &error))
    {
      finish_saving (saving, error);
      return;
    }
  saving->n_asked++;
  ask_next (saving);
}

static void
ask_next (Saving *saving)
{
  GxcCustomerDetails *self = saving->self;

  if (saving->asks->len == 0)
    {
      finish_saving (saving, NULL);
      return;
    }
  gxc_desk_request_item (gxc_customer_tab_get_desk (GXC_CUSTOMER_TAB (self)), g_ptr_array_steal_index (saving->asks, 0),
                         gxc_reason_box_get_reason (self->reason), gxc_reason_box_get_evidence (self->reason), on_asked_cb, saving);
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr(GError) error = NULL;

  if (!(saving->undo = gxc_desk_finish_save (GXC_DESK (source), result, &error)))
    finish_saving (saving, error);
  else
    ask_next (saving);
}

static gboolean
check (GxcCustomerDetails *self, guint n_reviewed, GError **error)
{
  return gxc_customer_drafts_validate (self->drafts, error) && (!n_reviewed || gxc_reason_box_check (self->reason, error));
}

/** gxc_customer_details_save: Ctrl+S; whether there was anything to save */
gboolean
gxc_customer_details_save (GxcCustomerTab *tab)
{
  GxcCustomerDetails *self = GXC_CUSTOMER_DETAILS (tab);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) plain = NULL;
  guint n_plain = 0, n_reviewed = 0;
  Saving *saving;

  if (self->drafts)
    gxc_customer_drafts_count (self->drafts, &n_plain, &n_reviewed);
  if (self->busy || self->aside || n_plain + n_reviewed == 0)
    return FALSE;
  if (!check (self, n_reviewed, &error))
    {
      g_autofree char *words = gxc_error_words (error);

      gxc_customer_details_show_problem (self, words);
      return TRUE;
    }
  gxc_customer_details_show_problem (self, NULL);
  self->busy = TRUE;
  gxc_page_set_busy (gtk_revealer_get_child (GTK_REVEALER (self->bar)), TRUE);
  saving = g_new0 (Saving, 1);
  saving->self = g_object_ref (self);
  saving->asks = gxc_customer_drafts_reviewed (self->drafts);
  plain = gxc_customer_drafts_plain (self->drafts);
  if (plain->len)
    gxc_desk_save (gxc_customer_tab_get_desk (tab), plain, on_saved_cb, saving);
  else
    ask_next (saving);
  return TRUE;
}
