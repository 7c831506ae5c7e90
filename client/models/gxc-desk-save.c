/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving several rows at once, and Ctrl+Z: the part of the desk that every desk shares, whatever stands behind it. It keeps
 * the last fifty saves of this person and turns them round (gxc-undo.c); writing is the desk's own save(). */

#include "gxc-desk.h"

#include <glib/gi18n.h>

#include "gx-error.h"

#define UNDOS_MAX 50

/**
 * Keep: what a desk keeps beside itself. The latest stands first in each list.
 */
typedef struct
{
  GQueue   undos;           /* of GxcUndo */
  GQueue   redos;
  gboolean curtain;
} Keep;

static void
keep_free (gpointer data)
{
  Keep *keep = data;

  g_queue_clear_full (&keep->undos, g_object_unref);
  g_queue_clear_full (&keep->redos, g_object_unref);
  g_free (keep);
}

static Keep *
keep_of (GxcDesk *self)
{
  static GQuark quark;
  Keep *keep;

  if (!quark)
    quark = g_quark_from_static_string ("gxc-desk-keep");
  keep = g_object_get_qdata (G_OBJECT (self), quark);
  if (!keep)
    g_object_set_qdata_full (G_OBJECT (self), quark, keep = g_new0 (Keep, 1), keep_free);
  return keep;
}

static void
push (GQueue *queue, GxcUndo *undo)
{
  g_queue_push_head (queue, g_object_ref (undo));
  while (g_queue_get_length (queue) > UNDOS_MAX)
    g_object_unref (g_queue_pop_tail (queue));
}

static void
drop (GQueue *queue, GxcUndo *undo)
{
  if (g_queue_remove (queue, undo))
    g_object_unref (undo);
}

static void
rename_everywhere (Keep *keep, const GxId *from, const GxId *to)
{
  for (GList *l = keep->undos.head; l; l = l->next)
    gxc_undo_rename (l->data, from, to);
  for (GList *l = keep->redos.head; l; l = l->next)
    gxc_undo_rename (l->data, from, to);
}

/* A row that came back under another id: the saves before it knew the old one. */
static void
follow_ids (Keep *keep, GPtrArray *steps, GPtrArray *done)
{
  for (guint i = 0; i < steps->len && steps->len == done->len; i++)
    {
      const GxcChangeItem *step = g_ptr_array_index (steps, i), *item = g_ptr_array_index (done, i);
      const GxMeta *asked = step->row, *got = item->row;

      if (!step->original && asked && got && !gx_id_equal (&asked->id, &got->id))
        rename_everywhere (keep, &asked->id, &got->id);
    }
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  g_autoptr(GPtrArray) done = g_task_propagate_pointer (G_TASK (result), &error);
  Keep *keep = keep_of (GXC_DESK (source));
  GxcUndo *undo;

  if (!done)
    {
      g_task_return_error (task, error);
      return;
    }
  undo = gxc_undo_new (done);
  if (done->len > 0)
    {
      push (&keep->undos, undo);
      g_queue_clear_full (&keep->redos, g_object_unref);
    }
  g_task_return_pointer (task, undo, g_object_unref);
}

/**
 * gxc_desk_save:
 * @changes: (transfer none) (element-type GxcChangeItem): held until the callback; not changed meanwhile
 *
 * Writes all changes in one transaction, or none. A reviewed field is refused here: it needs gxc_desk_request().
 */
void
gxc_desk_save (GxcDesk             *self,
               GPtrArray           *changes,
               GAsyncReadyCallback  callback,
               gpointer             data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, gxc_desk_save);
  GXC_DESK_GET_IFACE (self)->save (self, changes, FALSE, g_task_new (self, NULL, on_saved_cb, task));
}

/** gxc_desk_finish_save: (transfer full) (nullable): what takes it back */
GxcUndo *
gxc_desk_finish_save (GxcDesk       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- taking back -------------------------------------------------------------------------------------------------- */

typedef struct
{
  GxcUndo   *undo;
  GPtrArray *steps;
} Turn;

static void
turn_free (gpointer data)
{
  Turn *turn = data;

  g_object_unref (turn->undo);
  g_ptr_array_unref (turn->steps);
  g_free (turn);
}

static void
on_turned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  Turn *turn = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GPtrArray) done = g_task_propagate_pointer (G_TASK (result), &error);
  Keep *keep = keep_of (GXC_DESK (source));

  if (!done)
    {
      g_task_return_error (task, error);
      return;
    }
  gxc_undo_turn (turn->undo, done);
  drop (&keep->undos, turn->undo);
  drop (&keep->redos, turn->undo);
  push (gxc_undo_is_undone (turn->undo) ? &keep->redos : &keep->undos, turn->undo);
  follow_ids (keep, turn->steps, done);
  g_task_return_boolean (task, TRUE);
}

static void
turn (GxcDesk *self, GxcUndo *undo, gboolean undone, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  Turn *turned;

  if (!undo || gxc_undo_is_undone (undo) != undone)
    {
      g_task_return_new_error (task, GX_ERROR, GX_ERROR_STATE, "%s", undone ? _("There is nothing to redo.") : _("There is nothing to undo."));
      g_object_unref (task);
      return;
    }
  turned = g_new0 (Turn, 1);
  turned->undo = g_object_ref (undo);
  turned->steps = gxc_undo_steps (undo);
  g_task_set_task_data (task, turned, turn_free);
  GXC_DESK_GET_IFACE (self)->save (self, turned->steps, TRUE, g_task_new (self, NULL, on_turned_cb, task));
}

/**
 * gxc_desk_undo:
 *
 * Takes a save back, whole or not at all; ends in gxc_desk_finish().
 *
 * Errors: %GX_ERROR_STATE if somebody changed it since, or it was taken back already
 */
void
gxc_desk_undo (GxcDesk             *self,
               GxcUndo             *undo,
               GAsyncReadyCallback  callback,
               gpointer             data)
{
  turn (self, undo, FALSE, callback, data);
}

/** gxc_desk_redo: makes again what gxc_desk_undo() took back; ends in gxc_desk_finish() */
void
gxc_desk_redo (GxcDesk             *self,
               GxcUndo             *undo,
               GAsyncReadyCallback  callback,
               gpointer             data)
{
  turn (self, undo, TRUE, callback, data);
}

/** gxc_desk_undo_last: Ctrl+Z; ends in gxc_desk_finish(), with %GX_ERROR_STATE if there is nothing */
void
gxc_desk_undo_last (GxcDesk             *self,
                    GAsyncReadyCallback  callback,
                    gpointer             data)
{
  turn (self, g_queue_peek_head (&keep_of (self)->undos), FALSE, callback, data);
}

/** gxc_desk_redo_last: Ctrl+Shift+Z */
void
gxc_desk_redo_last (GxcDesk             *self,
                    GAsyncReadyCallback  callback,
                    gpointer             data)
{
  turn (self, g_queue_peek_head (&keep_of (self)->redos), TRUE, callback, data);
}

/** gxc_desk_dup_undo_words: (nullable) (transfer full): what Ctrl+Z would take back, %NULL if there is nothing */
char *
gxc_desk_dup_undo_words (GxcDesk *self)
{
  GxcUndo *undo = g_queue_peek_head (&keep_of (self)->undos);

  return undo ? gxc_undo_dup_words (undo) : NULL;
}

char *
gxc_desk_dup_redo_words (GxcDesk *self)
{
  GxcUndo *undo = g_queue_peek_head (&keep_of (self)->redos);

  return undo ? gxc_undo_dup_words (undo) : NULL;
}

/* --- the curtain -------------------------------------------------------------------------------------------------- */

/**
 * gxc_desk_get_curtain:
 *
 * Returns: whether one's own customers are shown under masks and bands. Who has no customers of his own has no curtain:
 * of others' customers he sees masks anyway, and of a request before him what it touches
 */
gboolean
gxc_desk_get_curtain (GxcDesk *self)
{
  const GxcPerson *person = gxc_desk_get_person (self);

  return keep_of (self)->curtain && person && (person->roles & GX_ROLE_BIT (GX_ROLE_RM));
}

/** gxc_desk_set_curtain: emits "curtain-changed" */
void
gxc_desk_set_curtain (GxcDesk  *self,
                      gboolean  curtain)
{
  Keep *keep = keep_of (self);

  if (keep->curtain == !!curtain)
    return;
  keep->curtain = !!curtain;
  g_signal_emit_by_name (self, "curtain-changed");
}
