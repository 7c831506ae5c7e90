/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What takes a save back: its changes turned round, the last one first. Not a history of the record, which is the bank's
 * (the audit log); this is the person's own "no, not so", kept in memory until the desk closes.
 *
 *   made     --undo-->  removed
 *   changed  --undo-->  the same fields as they stood before
 *   removed  --undo-->  made again
 *
 * Each step says what it expects to find. If somebody else changed it meanwhile, the store refuses the whole undo. */

#include "gxc-undo.h"

#include <glib/gi18n.h>

struct _GxcUndo
{
  GObject    parent_instance;

  GPtrArray *done;          /* (owned) of GxcChangeItem: as they were written last, by the save, its undo or its redo */
  gboolean   undone;
};

G_DEFINE_FINAL_TYPE (GxcUndo, gxc_undo, G_TYPE_OBJECT)

static void
gxc_undo_finalize (GObject *object)
{
  g_ptr_array_unref (GXC_UNDO (object)->done);
  G_OBJECT_CLASS (gxc_undo_parent_class)->finalize (object);
}

static void
gxc_undo_class_init (GxcUndoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_undo_finalize;
}

static void
gxc_undo_init (GxcUndo *self)
{
}

/**
 * gxc_undo_new:
 * @done: (transfer none) (element-type GxcChangeItem): what was written
 */
GxcUndo *
gxc_undo_new (GPtrArray *done)
{
  GxcUndo *self = g_object_new (GXC_TYPE_UNDO, NULL);

  self->done = g_ptr_array_ref (done);
  return self;
}

/** gxc_undo_is_undone: whether the next thing to do with it is a redo */
gboolean
gxc_undo_is_undone (GxcUndo *self)
{
  return self->undone;
}

/** gxc_undo_n_changes: rows that the save wrote; 0 if nothing differed */
guint
gxc_undo_n_changes (GxcUndo *self)
{
  return self->done->len;
}

typedef enum { MADE, CHANGED, REMOVED } Sort;

static Sort
sort_of (const GxcChangeItem *item)
{
  return item->remove ? REMOVED : item->original ? CHANGED : MADE;
}

/* In which way the person meant it: an undone creation was written as a removal. */
static Sort
meant (GxcUndo *self, Sort written)
{
  return !self->undone || written == CHANGED ? written : written == MADE ? REMOVED : MADE;
}

static gboolean
is_uniform (GxcUndo *self)
{
  const GxcChangeItem *first = g_ptr_array_index (self->done, 0);

  for (guint i = 1; i < self->done->len; i++)
    {
      const GxcChangeItem *item = g_ptr_array_index (self->done, i);

      if (item->entity != first->entity || sort_of (item) != sort_of (first))
        return FALSE;
    }
  return TRUE;
}

/* "Task", "Task × 3", of one changed field "Task · Due" */
static char *
subject_words (GxcUndo *self)
{
  const GxcChangeItem *first = g_ptr_array_index (self->done, 0);

  if (self->done->len > 1)
    return g_strdup_printf ("%s × %u", _(first->entity->label), self->done->len);
  for (guint i = 0; sort_of (first) == CHANGED && i < gx_entity_n_fields (first->entity); i++)
    if (first->fields == GX_FIELD_BIT (i))
      return g_strdup_printf ("%s · %s", _(first->entity->label), _(gx_entity_field (first->entity, i)->label));
  return g_strdup (_(first->entity->label));
}

/** gxc_undo_dup_words: (transfer full): what was done, as a person reads it: "Changed: Task · Due" */
char *
gxc_undo_dup_words (GxcUndo *self)
{
  static const char * const sorts[] = { [MADE] = N_("Added: %s"), [CHANGED] = N_("Changed: %s"), [REMOVED] = N_("Removed: %s") };
  g_autofree char *subject = NULL;

  if (self->done->len == 0)
    return g_strdup (_("Nothing was changed"));
  if (!is_uniform (self))
    return g_strdup_printf (ngettext ("%u change", "%u changes", self->done->len), self->done->len);
  subject = subject_words (self);
  return g_strdup_printf (_(sorts[meant (self, sort_of (g_ptr_array_index (self->done, 0)))]), subject);
}

static GxcChangeItem *
turn_round (const GxcChangeItem *item)
{
  g_autoptr(GxRecord) written = item->row ? gx_record_new (item->entity, gx_entity_copy (item->entity, item->row)) : NULL;

  switch (sort_of (item))
    {
    case MADE:
      return gxc_change_item_remove (written);
    case CHANGED:
      return gxc_change_item_patch (written, gx_entity_copy (item->entity, gx_record_get_data (item->original)), item->fields);
    case REMOVED:
    default:
      return gxc_change_item_create (item->entity, gx_entity_copy (item->entity, gx_record_get_data (item->original)));
    }
}

/** gxc_undo_steps: (transfer full) (element-type GxcChangeItem): what takes back what was written last */
GPtrArray *
gxc_undo_steps (GxcUndo *self)
{
  GPtrArray *steps = gxc_change_items_new ();

  for (guint i = self->done->len; i > 0; i--)
    g_ptr_array_add (steps, turn_round (g_ptr_array_index (self->done, i - 1)));
  return steps;
}

/**
 * gxc_undo_turn:
 * @done: (transfer none): as the steps were written
 *
 * The steps have been written: what is next is the other way.
 */
void
gxc_undo_turn (GxcUndo *self, GPtrArray *done)
{
  g_ptr_array_unref (self->done);
  self->done = g_ptr_array_ref (done);
  self->undone = !self->undone;
}

static void
rename_ids (const GxEntity *entity, gpointer row, const GxId *from, const GxId *to)
{
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);
      GxId *id = gx_field_member (field, row);

      if (field->kind == GX_KIND_ID && gx_id_equal (id, from))
        *id = *to;
    }
}

/**
 * gxc_undo_rename:
 *
 * A row that had left this desk was made again and has another id: whatever names the old one now names the new one.
 */
void
gxc_undo_rename (GxcUndo *self, const GxId *from, const GxId *to)
{
  for (guint i = 0; i < self->done->len; i++)
    {
      GxcChangeItem *item = g_ptr_array_index (self->done, i);

      if (item->row)
        rename_ids (item->entity, item->row, from, to);
      if (item->original)
        {
          gpointer row = gx_entity_copy (item->entity, gx_record_get_data (item->original));

          rename_ids (item->entity, row, from, to);
          g_object_unref (item->original);
          item->original = gx_record_new (item->entity, row);
        }
    }
}
