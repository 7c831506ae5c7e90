/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed into the details of one customer and is not saved: a draft for each record that was touched. It sorts the
 * changes into those that may be written at once and those that another person must approve, by the rule that the store
 * and the server use too. It writes nothing. */

#include "gxc-customer-drafts.h"

#include "gx-review-rule.h"
#include "gxc-change-item.h"

struct _GxcCustomerDrafts
{
  GObject          parent_instance;

  GxcCustomerFile *file;    /* (owned) */
  GPtrArray       *drafts;  /* (owned) of GxcDraft, in the order in which they were begun */
};

G_DEFINE_FINAL_TYPE (GxcCustomerDrafts, gxc_customer_drafts, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
gxc_customer_drafts_finalize (GObject *object)
{
  GxcCustomerDrafts *self = GXC_CUSTOMER_DRAFTS (object);

  g_clear_object (&self->file);
  g_ptr_array_unref (self->drafts);
  G_OBJECT_CLASS (gxc_customer_drafts_parent_class)->finalize (object);
}

static void
gxc_customer_drafts_class_init (GxcCustomerDraftsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_customer_drafts_finalize;
  /** GxcCustomerDrafts::changed: something was typed, or the drafts were thrown away */
  signals[CHANGED] = g_signal_new ("changed", GXC_TYPE_CUSTOMER_DRAFTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_customer_drafts_init (GxcCustomerDrafts *self)
{
  self->drafts = g_ptr_array_new_with_free_func (g_object_unref);
}

GxcCustomerDrafts *
gxc_customer_drafts_new (GxcCustomerFile *file)
{
  GxcCustomerDrafts *self = g_object_new (GXC_TYPE_CUSTOMER_DRAFTS, NULL);

  self->file = g_object_ref (file);
  return self;
}

/** gxc_customer_drafts_set_file: the page was made again, and its file with it */
void
gxc_customer_drafts_set_file (GxcCustomerDrafts *self,
                              GxcCustomerFile   *file)
{
  g_set_object (&self->file, file);
}

/** gxc_customer_drafts_find: (nullable) (transfer none): what was begun for the record of that id */
GxcDraft *
gxc_customer_drafts_find (GxcCustomerDrafts *self,
                          const GxId        *id)
{
  for (guint i = 0; i < self->drafts->len; i++)
    if (gx_id_equal (gx_record_get_id (gxc_draft_get_original (g_ptr_array_index (self->drafts, i))), id))
      return g_ptr_array_index (self->drafts, i);
  return NULL;
}

static void
on_draft_changed_cb (GxcCustomerDrafts *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/** gxc_customer_drafts_get: (transfer none): the draft of @record, begun if there is none */
GxcDraft *
gxc_customer_drafts_get (GxcCustomerDrafts *self,
                         GxRecord          *record)
{
  GxcDraft *draft = gxc_customer_drafts_find (self, gx_record_get_id (record));

  if (draft)
    return draft;
  draft = gxc_draft_new (gx_record_get_entity (record), record);
  g_ptr_array_add (self->drafts, draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed_cb), self, G_CONNECT_SWAPPED);
  return draft;
}

/** gxc_customer_drafts_review: (nullable): the kind of request that changes @field of this customer, NULL if it is free */
const char *
gxc_customer_drafts_review (GxcCustomerDrafts *self,
                            const GxEntity    *entity,
                            const GxField     *field)
{
  return gx_review_of_field (entity, field, gxc_customer_file_get_row (self->file)->status == GX_CUSTOMER_PROSPECT);
}

/* Those of the changed fields that belong to requests of @kind; NULL: to none. */
static GxFieldSet
fields_of (GxcCustomerDrafts *self, GxcDraft *draft, const char *kind)
{
  const GxEntity *entity = gxc_draft_get_entity (draft);
  GxFieldSet changed = gxc_draft_get_changed (draft), set = 0;

  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    if ((changed & GX_FIELD_BIT (i)) && g_strcmp0 (gxc_customer_drafts_review (self, entity, gx_entity_field (entity, i)), kind) == 0)
      set |= GX_FIELD_BIT (i);
  return set;
}

static guint
count_bits (GxFieldSet set)
{
  guint n = 0;

  for (; set; set &= set - 1)
    n++;
  return n;
}

/** gxc_customer_drafts_count: how many fields wait to be saved, and to be asked for */
void
gxc_customer_drafts_count (GxcCustomerDrafts *self,
                           guint             *n_plain,
                           guint             *n_reviewed)
{
  *n_plain = *n_reviewed = 0;
  for (guint i = 0; i < self->drafts->len; i++)
    {
      GxcDraft *draft = g_ptr_array_index (self->drafts, i);
      guint plain = count_bits (fields_of (self, draft, NULL));

      *n_plain += plain;
      *n_reviewed += count_bits (gxc_draft_get_changed (draft)) - plain;
    }
}

/** gxc_customer_drafts_validate: the first draft that is wrong says why, and its rows show it */
gboolean
gxc_customer_drafts_validate (GxcCustomerDrafts  *self,
                              GError            **error)
{
  for (guint i = 0; i < self->drafts->len; i++)
    {
      GxcDraft *draft = g_ptr_array_index (self->drafts, i);

      if (!gxc_draft_validate (draft, gxc_draft_get_changed (draft), error))
        return FALSE;
    }
  return TRUE;
}

static void
add_item (GPtrArray *items, GxcDraft *draft, GxFieldSet fields)
{
  if (fields)
    g_ptr_array_add (items, gxc_change_item_patch (gxc_draft_get_original (draft),
                                                   gx_entity_copy (gxc_draft_get_entity (draft), gxc_draft_get_row (draft)), fields));
}

/** gxc_customer_drafts_plain: (transfer full) (element-type GxcChangeItem): what may be written at once, for gxc_desk_save() */
GPtrArray *
gxc_customer_drafts_plain (GxcCustomerDrafts *self)
{
  GPtrArray *items = gxc_change_items_new ();

  for (guint i = 0; i < self->drafts->len; i++)
    add_item (items, g_ptr_array_index (self->drafts, i), fields_of (self, g_ptr_array_index (self->drafts, i), NULL));
  return items;
}

static void
add_kinds (GxcCustomerDrafts *self, GPtrArray *items, GxcDraft *draft)
{
  g_autoptr(GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  const GxEntity *entity = gxc_draft_get_entity (draft);
  GxFieldSet changed = gxc_draft_get_changed (draft);

  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    {
      const char *kind = changed & GX_FIELD_BIT (i) ? gxc_customer_drafts_review (self, entity, gx_entity_field (entity, i)) : NULL;

      if (kind && g_hash_table_add (done, (gpointer) kind))
        add_item (items, draft, fields_of (self, draft, kind));
    }
}

/**
 * gxc_customer_drafts_reviewed:
 *
 * Returns: (transfer full) (element-type GxcChangeItem): what another person must approve: one item a record and kind,
 *   since the kind decides who may
 */
GPtrArray *
gxc_customer_drafts_reviewed (GxcCustomerDrafts *self)
{
  GPtrArray *items = gxc_change_items_new ();

  for (guint i = 0; i < self->drafts->len; i++)
    add_kinds (self, items, g_ptr_array_index (self->drafts, i));
  return items;
}

/** gxc_customer_drafts_clear: they are saved, or given up */
void
gxc_customer_drafts_clear (GxcCustomerDrafts *self)
{
  g_ptr_array_set_size (self->drafts, 0);
  g_signal_emit (self, signals[CHANGED], 0);
}
