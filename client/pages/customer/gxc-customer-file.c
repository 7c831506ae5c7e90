/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a desk knows of one customer, read when it is first asked for and kept until it changed: the header, the tiles and
 * eight tabs ask for the same rows. It shows nothing and writes nothing; "changed" tells whoever shows it to look again.
 *
 * A page that opens reads the customer alone; a tab that nobody opens costs nothing. */

#include "gxc-customer-file.h"

#include <string.h>

#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-address.h"
#include "gx-holding.h"
#include "gx-identifier.h"
#include "gx-interaction.h"
#include "gx-life-event.h"
#include "gx-need.h"
#include "gx-org-profile.h"
#include "gx-person-profile.h"
#include "gx-stage-hist.h"
#include "gx-task.h"
#include "gxc-field-column.h"

struct _GxcCustomerFile
{
  GObject     parent_instance;

  GxcDesk    *desk;         /* (owned) */
  GxId        id;
  GxRecord   *customer;     /* (owned) (nullable): until it was read */
  GHashTable *rows;         /* (owned) GxEntity → GPtrArray of GxRecord, or of facts */
  GPtrArray  *requests;     /* (owned) (nullable) */
  GPtrArray  *queue;        /* (owned) (nullable) */
  GPtrArray  *none;         /* (owned): what is handed out where nothing could be read; it is not kept as an answer */
  GError     *unread;       /* (owned) (nullable): the first reading that failed since somebody asked */
  guint       telling;      /* idle */
};

G_DEFINE_FINAL_TYPE (GxcCustomerFile, gxc_customer_file, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct { const GxEntity *entity; const char *sort; gboolean descending; } orders[] = {
  { &gx_holding_entity, "opened_on", FALSE },
  { &gx_task_entity, "due_at", FALSE },
  { &gx_interaction_entity, "started_at", TRUE },
  { &gx_life_event_entity, "happened_on", TRUE },
  { &gx_need_entity, "due_on", FALSE },
  { &gx_risk_assessment_entity, "at", TRUE },
  { &gx_stage_hist_entity, "at", FALSE },
};

/* What a request may be about, beside the customer itself. */
static const GxEntity * const reviewed[] = {
  &gx_contact_point_entity, &gx_identifier_entity, &gx_address_entity, &gx_person_profile_entity, &gx_org_profile_entity,
};

static void
drop_all (GxcCustomerFile *self)
{
  g_hash_table_remove_all (self->rows);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->queue, g_ptr_array_unref);
}

static gboolean
on_telling_cb (gpointer data)
{
  GxcCustomerFile *self = data;

  self->telling = 0;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* One sync may tell of a dozen entities; it is told on once. */
static void
on_desk_changed_cb (GxcCustomerFile *self)
{
  if (!self->telling)
    self->telling = g_idle_add (on_telling_cb, self);
}

static void
gxc_customer_file_dispose (GObject *object)
{
  GxcCustomerFile *self = GXC_CUSTOMER_FILE (object);

  g_clear_handle_id (&self->telling, g_source_remove);
  drop_all (self);
  g_clear_error (&self->unread);
  g_clear_object (&self->customer);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_customer_file_parent_class)->dispose (object);
}

static void
gxc_customer_file_finalize (GObject *object)
{
  g_hash_table_unref (GXC_CUSTOMER_FILE (object)->rows);
  g_ptr_array_unref (GXC_CUSTOMER_FILE (object)->none);
  G_OBJECT_CLASS (gxc_customer_file_parent_class)->finalize (object);
}

static void
gxc_customer_file_class_init (GxcCustomerFileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_customer_file_dispose;
  G_OBJECT_CLASS (klass)->finalize = gxc_customer_file_finalize;
  /** GxcCustomerFile::changed: something on the desk did; load it again and show it */
  signals[CHANGED] = g_signal_new ("changed", GXC_TYPE_CUSTOMER_FILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_customer_file_init (GxcCustomerFile *self)
{
  self->rows = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->none = g_ptr_array_new ();
}

GxcCustomerFile *
gxc_customer_file_new (GxcDesk    *desk,
                       const GxId *id)
{
  GxcCustomerFile *self = g_object_new (GXC_TYPE_CUSTOMER_FILE, NULL);

  self->desk = g_object_ref (desk);
  self->id = *id;
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "curtain-changed", G_CALLBACK (on_desk_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * gxc_customer_file_load:
 *
 * Reads the customer anew and forgets the rest.
 *
 * Errors: %GX_ERROR_NOT_FOUND if this desk does not have it
 */
gboolean
gxc_customer_file_load (GxcCustomerFile  *self,
                        GError          **error)
{
  GxRecord *customer = gxc_desk_read_one (self->desk, &gx_customer_entity, &self->id, error);

  if (!customer)
    return FALSE;
  g_set_object (&self->customer, customer);
  g_object_unref (customer);
  drop_all (self);
  return TRUE;
}

GxcDesk *
gxc_customer_file_get_desk (GxcCustomerFile *self)
{
  return self->desk;
}

const GxId *
gxc_customer_file_get_id (GxcCustomerFile *self)
{
  return &self->id;
}

/** gxc_customer_file_get_customer: (transfer none) (nullable): NULL before the first load that went well */
GxRecord *
gxc_customer_file_get_customer (GxcCustomerFile *self)
{
  return self->customer;
}

/** gxc_customer_file_get_row: (nullable): the same as a struct */
const GxCustomer *
gxc_customer_file_get_row (GxcCustomerFile *self)
{
  return self->customer ? gx_record_get_data (self->customer) : NULL;
}

/** gxc_customer_file_words: (transfer full): a field of the customer as a person reads it */
char *
gxc_customer_file_words (GxcCustomerFile *self,
                         const char      *field)
{
  return gxc_field_to_words (self->desk, self->customer, gx_entity_find (&gx_customer_entity, field));
}

/** gxc_customer_file_dup_tail: (transfer full): the last four of the number, which tell two masked names apart */
char *
gxc_customer_file_dup_tail (GxcCustomerFile *self)
{
  const char *tail = gx_customer_tail (gxc_customer_file_get_row (self));

  return g_strdup (tail ? tail : "");
}

static void
take_rows (GPtrArray *rows, GPtrArray *found)
{
  for (guint i = 0; found && i < found->len; i++)
    if (g_ptr_array_index (found, i))
      g_ptr_array_add (rows, g_object_ref (g_ptr_array_index (found, i)));
}

/* The first failure says why; those after it mostly say the same. */
static GPtrArray *
note_unread (GxcCustomerFile *self, GError *error)
{
  if (self->unread)
    g_error_free (error);
  else
    self->unread = error;
  return self->none;
}

/**
 * gxc_customer_file_take_error:
 *
 * Returns: (transfer full) (nullable): why some of what was asked for since the last call is not there: it could not be
 *   read, and an empty answer would be a lie
 */
GError *
gxc_customer_file_take_error (GxcCustomerFile *self)
{
  return g_steal_pointer (&self->unread);
}

/* (nullable) */
static GPtrArray *
read_rows (GxcCustomerFile *self, const GxEntity *entity, GError **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  const char *parents[] = { entity->parents[0] ? entity->parents[0] : "customer_id", entity->parents[1] };
  const char *sort = NULL;
  gboolean descending = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (orders[i].entity == entity)
      {
        sort = orders[i].sort;
        descending = orders[i].descending;
      }
  for (guint i = 0; i < G_N_ELEMENTS (parents) && parents[i]; i++)
    {
      g_autoptr(GPtrArray) found = gxc_desk_read_where (self->desk, entity, parents[i], &self->id, sort, descending, error);

      if (!found)
        return NULL;
      take_rows (rows, found);
    }
  return g_steal_pointer (&rows);
}

/** gxc_customer_file_rows: (transfer none) (element-type GxRecord): what hangs on this customer, in the order it is shown in */
GPtrArray *
gxc_customer_file_rows (GxcCustomerFile *self,
                        const GxEntity  *entity)
{
  GPtrArray *rows = g_hash_table_lookup (self->rows, entity);
  GError *error = NULL;

  if (rows)
    return rows;
  rows = read_rows (self, entity, &error);
  if (!rows)
    return note_unread (self, error);
  g_hash_table_insert (self->rows, (gpointer) entity, rows);
  return rows;
}

/** gxc_customer_file_facts: (transfer none): structs of a fact of the customer itself, oldest first */
GPtrArray *
gxc_customer_file_facts (GxcCustomerFile *self,
                         const GxEntity  *fact)
{
  GPtrArray *rows = g_hash_table_lookup (self->rows, fact);
  GError *error = NULL;

  if (rows)
    return rows;
  rows = gxc_desk_facts (self->desk, fact, &self->id, &error);
  if (!rows)
    return note_unread (self, error);
  g_hash_table_insert (self->rows, (gpointer) fact, rows);
  return rows;
}

/* --- what is open ------------------------------------------------------------------------------------------------- */

static gboolean
belongs_here (GxcCustomerFile *self, const char *table, const GxId *id)
{
  if (gx_id_equal (id, &self->id))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (reviewed); i++)
    if (g_strcmp0 (reviewed[i]->name, table) == 0)
      {
        GPtrArray *rows = gxc_customer_file_rows (self, reviewed[i]);

        for (guint j = 0; j < rows->len; j++)
          if (gx_id_equal (gx_record_get_id (g_ptr_array_index (rows, j)), id))
            return TRUE;
      }
  return FALSE;
}

/* A request to add a row names a row that is not there yet: its new values say whose it would be. */
static gboolean
asks_here (GxcCustomerFile *self, const GxChangeRequest *row)
{
  return belongs_here (self, row->tbl, &row->entity_id)
         || (g_strcmp0 (row->op, "create") == 0 && row->after && strstr (row->after, GX_ID_STR (&self->id)));
}

static void
take_requests (GxcCustomerFile *self, const GxcCondition *conditions, guint n_conditions, GPtrArray *mine)
{
  const GxcQuery query = { .conditions = conditions, .n_conditions = n_conditions, .sort_field = "submitted_at", .descending = TRUE };
  GError *error = NULL;
  g_autoptr(GArray) ids = gxc_desk_list (self->desk, &gx_change_request_entity, &query, &error);
  g_autoptr(GPtrArray) all = ids ? gxc_desk_read (self->desk, &gx_change_request_entity, (GxId *) (gpointer) ids->data, ids->len, &error) : NULL;

  if (!all)
    note_unread (self, error);
  for (guint i = 0; all && i < all->len; i++)
    {
      GxRecord *record = g_ptr_array_index (all, i);

      if (record && asks_here (self, gx_record_get_data (record)))
        g_ptr_array_add (mine, g_object_ref (record));
    }
}

/**
 * gxc_customer_file_requests:
 *
 * Returns: (transfer none) (element-type GxRecord): those that nobody has decided: waiting for another person, returned
 *   to their maker, or (DRAFT) not on the server yet
 */
GPtrArray *
gxc_customer_file_requests (GxcCustomerFile *self)
{
  static const char * const open[] = { "PENDING", "RETURNED", "DRAFT" };

  if (self->requests)
    return self->requests;
  self->requests = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < G_N_ELEMENTS (open); i++)
    take_requests (self, &(GxcCondition) { "state", GXC_IS, open[i] }, 1, self->requests);
  return self->requests;
}

/** gxc_customer_file_dup_all_requests: (transfer full) (element-type GxRecord): whatever became of them, latest first */
GPtrArray *
gxc_customer_file_dup_all_requests (GxcCustomerFile *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  take_requests (self, NULL, 0, all);
  return all;
}

/** gxc_customer_file_queue: (transfer none) (element-type GxcQueueItem): what of this customer is not on the server yet */
GPtrArray *
gxc_customer_file_queue (GxcCustomerFile *self)
{
  GError *error = NULL;

  if (self->queue)
    return self->queue;
  self->queue = gxc_desk_queue (self->desk, &error);
  if (!self->queue)
    return note_unread (self, error);
  for (guint i = self->queue->len; i > 0; i--)
    if (!gx_id_equal (&((GxcQueueItem *) g_ptr_array_index (self->queue, i - 1))->customer_id, &self->id))
      g_ptr_array_remove_index (self->queue, i - 1);
  return self->queue;
}

/** gxc_customer_file_get_risk: (nullable) (transfer none): the latest assessment, whether it still counts or not */
const GxRiskAssessment *
gxc_customer_file_get_risk (GxcCustomerFile *self)
{
  GPtrArray *rows = gxc_customer_file_rows (self, &gx_risk_assessment_entity);

  return rows->len ? gx_record_get_data (g_ptr_array_index (rows, 0)) : NULL;
}

/** gxc_customer_file_is_masked: whether somebody else's: names and amounts are masks and bands here */
gboolean
gxc_customer_file_is_masked (GxcCustomerFile *self)
{
  return self->customer && gx_record_is_masked (self->customer, "name", NULL);
}
