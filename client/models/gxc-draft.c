/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is being typed into a form: the row as it was, the row as it would be, and what is wrong with it. Nothing is
 * written into a record on a keystroke; a page hands the draft to the desk when the person says save. */

#include "gxc-draft.h"

#include "gx-error.h"

struct _GxcDraft
{
  GObject         parent_instance;

  const GxEntity *entity;       /* (borrowed) */
  GxRecord       *original;     /* (owned) (nullable) for a new row */
  gpointer        row;          /* (owned) (nullable) once stolen */
  GHashTable     *problems;     /* (owned) field name → text */
};

G_DEFINE_FINAL_TYPE (GxcDraft, gxc_draft, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
gxc_draft_finalize (GObject *object)
{
  GxcDraft *self = GXC_DRAFT (object);

  if (self->row)
    gx_entity_free (self->entity, self->row);
  g_clear_object (&self->original);
  g_hash_table_unref (self->problems);
  G_OBJECT_CLASS (gxc_draft_parent_class)->finalize (object);
}

static void
gxc_draft_class_init (GxcDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_draft_finalize;
  signals[CHANGED] = g_signal_new ("changed", GXC_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_draft_init (GxcDraft *self)
{
  self->problems = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

/**
 * gxc_draft_new:
 * @original: (nullable): NULL for a new row
 */
GxcDraft *
gxc_draft_new (const GxEntity *entity,
               GxRecord       *original)
{
  GxcDraft *self = g_object_new (GXC_TYPE_DRAFT, NULL);

  self->entity = entity;
  self->original = original ? g_object_ref (original) : NULL;
  self->row = original ? gx_entity_copy (entity, gx_record_get_data (original)) : gx_entity_new (entity);
  return self;
}

const GxEntity *
gxc_draft_get_entity (GxcDraft *self)
{
  return self->entity;
}

/** gxc_draft_get_original: (nullable) */
GxRecord *
gxc_draft_get_original (GxcDraft *self)
{
  return self->original;
}

/** gxc_draft_get_row: the row as it would be; a form row writes into it and calls gxc_draft_touch() */
gpointer
gxc_draft_get_row (GxcDraft *self)
{
  return self->row;
}

/** gxc_draft_steal_row: (transfer full): the draft is empty afterwards */
gpointer
gxc_draft_steal_row (GxcDraft *self)
{
  return g_steal_pointer (&self->row);
}

/** gxc_draft_get_changed: which fields differ from the original, or from nothing */
GxFieldSet
gxc_draft_get_changed (GxcDraft *self)
{
  GxFieldSet set = 0;

  if (self->original)
    return gx_entity_diff (self->entity, gx_record_get_data (self->original), self->row);
  for (guint i = gx_entity_first_own (self->entity); i < gx_entity_n_fields (self->entity); i++)
    if (!gx_field_is_none (gx_entity_field (self->entity, i), self->row))
      set |= GX_FIELD_BIT (i);
  return set;
}

/**
 * gxc_draft_touch:
 * @problem: (nullable): why what was typed is not a value of this field
 */
void
gxc_draft_touch (GxcDraft      *self,
                 const GxField *field,
                 const char    *problem)
{
  if (problem)
    g_hash_table_insert (self->problems, (char *) field->name, g_strdup (problem));
  else
    g_hash_table_remove (self->problems, field->name);
  g_signal_emit (self, signals[CHANGED], 0);
}

/** gxc_draft_get_problem: (nullable) */
const char *
gxc_draft_get_problem (GxcDraft      *self,
                       const GxField *field)
{
  return g_hash_table_lookup (self->problems, field->name);
}

static gboolean
report_problems (GxcDraft *self, GError **error)
{
  GHashTableIter iter;
  gpointer field, problem;

  g_hash_table_iter_init (&iter, self->problems);
  if (!g_hash_table_iter_next (&iter, &field, &problem))
    return TRUE;
  return gx_fail_field (error, GX_ERROR_INVALID, field, "format", "%s", (char *) problem);
}

static void
keep_violations (GxcDraft *self, const GError *error)
{
  const GPtrArray *violations = gx_error_get_violations (error);

  for (guint i = 0; violations && i < violations->len; i++)
    {
      GxViolation *violation = g_ptr_array_index (violations, i);
      const GxField *field = gx_entity_find (self->entity, violation->field);

      if (field)
        g_hash_table_insert (self->problems, (char *) field->name, g_strdup (violation->detail));
    }
}

/**
 * gxc_draft_validate:
 * @fields: which ones count
 * @error: (out): carries a violation for each field that is wrong
 *
 * The problems found stay with the draft until their field is touched, so that the form can show them.
 */
gboolean
gxc_draft_validate (GxcDraft    *self,
                    GxFieldSet   fields,
                    GError     **error)
{
  g_autoptr(GError) local = NULL;

  if (!report_problems (self, error))
    return FALSE;
  if (gx_entity_validate (self->entity, self->row, fields, &local))
    return TRUE;
  keep_violations (self, local);
  g_signal_emit (self, signals[CHANGED], 0);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
