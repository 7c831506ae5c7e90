/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of what was typed into a form: it is checked, made a change and handed to the desk, or asked for where
 * another person decides. What the form looks like is gxc-form.c's; what may be written is the store's to say. */

#include "gxc-form-private.h"

#include <glib/gi18n.h>

#include "gx-error.h"
#include "gx-review-rule.h"
#include "gxc-page.h"

/** gxc_form_is_request: a new row may need a second person, as may taking one away: what is typed decides it */
gboolean
gxc_form_is_request (GxcForm *self)
{
  const GxEntity *entity = gxc_draft_get_entity (self->draft);

  if (self->mode == GXC_FORM_CREATE)
    return gx_review_of_create (entity, gxc_draft_get_row (self->draft), self->prospect) != NULL;
  if (self->mode == GXC_FORM_REMOVE)
    return gx_review_of_delete (entity, gxc_draft_get_row (self->draft), self->prospect) != NULL;
  return self->mode == GXC_FORM_REQUEST;
}

static void
finish (GxcForm *self, GError *error, GxcUndo *undo)
{
  g_autofree char *words = error ? gxc_error_words (error) : NULL;

  gxc_form_set_busy (self, FALSE);
  if (error)
    {
      gxc_form_show_problem (self, words);
      return;
    }
  self->typed = FALSE;
  if (gtk_widget_get_root (GTK_WIDGET (self)) && undo)
    gxc_page_toast_undo (GTK_WIDGET (self), _(self->done_id), undo);
  else if (gtk_widget_get_root (GTK_WIDGET (self)))
    gxc_page_toast (GTK_WIDGET (self), _(self->done_id));
  gxc_form_close (self);
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcForm) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcUndo) undo = gxc_desk_finish_save (GXC_DESK (source), result, &error);

  finish (self, error, undo);
}

static void
on_requested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcForm) self = data;
  g_autoptr(GError) error = NULL;

  gxc_desk_finish (GXC_DESK (source), result, &error);
  finish (self, error, NULL);
}

static gboolean
check (GxcForm *self, GError **error)
{
  if (self->mode != GXC_FORM_REMOVE && !gxc_draft_validate (self->draft, self->fields, error))
    return FALSE;
  if ((self->mode == GXC_FORM_PATCH || self->mode == GXC_FORM_REQUEST) && !gxc_draft_get_changed (self->draft))
    return gx_fail (error, GX_ERROR_INVALID, _("nothing was changed"));
  return !gxc_form_is_request (self) || gxc_reason_box_check (self->request, error);
}

static GxcChangeItem *
make_item (GxcForm *self)
{
  const GxEntity *entity = gxc_draft_get_entity (self->draft);
  GxRecord *original = gxc_draft_get_original (self->draft);
  gpointer row = gxc_draft_get_row (self->draft);

  if (self->mode == GXC_FORM_REMOVE)
    return gxc_change_item_remove (original);
  if (!original)
    return gxc_change_item_create (entity, gx_entity_copy (entity, row));
  return gxc_change_item_patch (original, gx_entity_copy (entity, row), gxc_draft_get_changed (self->draft));
}

static void
save (GxcForm *self)
{
  g_autoptr(GPtrArray) items = NULL;

  gxc_form_set_busy (self, TRUE);
  if (self->mode == GXC_FORM_COLLECT)
    {
      gxc_form_emit_collected (self);
      return;
    }
  if (gxc_form_is_request (self))
    {
      gxc_desk_request_item (self->desk, make_item (self), gxc_reason_box_get_reason (self->request), gxc_reason_box_get_evidence (self->request),
                             on_requested_cb, g_object_ref (self));
      return;
    }
  items = gxc_change_items_new ();
  g_ptr_array_add (items, make_item (self));
  gxc_desk_save (self->desk, items, on_saved_cb, g_object_ref (self));
}

/** gxc_form_submit: what Ctrl+S does */
void
gxc_form_submit (GxcForm *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  g_return_if_fail (GXC_IS_FORM (self));

  if (!self->draft || self->busy)
    return;
  gxc_form_show_problem (self, NULL);
  if (check (self, &error))
    {
      save (self);
      return;
    }
  words = gxc_error_words (error);
  gxc_form_show_problem (self, words);
}

/** gxc_form_answer: what became of a collected row: the form closes, or says why not (@error) and stays */
void
gxc_form_answer (GxcForm      *self,
                 const GError *error)
{
  g_autofree char *words = error ? gxc_error_words (error) : NULL;

  g_return_if_fail (GXC_IS_FORM (self));

  gxc_form_set_busy (self, FALSE);
  if (words)
    {
      gxc_form_show_problem (self, words);
      return;
    }
  self->typed = FALSE;
  gxc_form_close (self);
}
