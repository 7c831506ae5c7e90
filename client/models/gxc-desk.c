/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages see of the client core: an interface with nothing behind it. Not the core: that is store, net and sync,
 * and gxc-core-desk.c joins them to this. It exists so that a page can be driven in a test by records made by hand, and so
 * that no page knows of threads, SQL or HTTP. */

#include "gxc-desk-private.h"

#include <glib/gi18n.h>

#include "gx-catalog.h"
#include "gx-customer.h"
#include "gx-error.h"

G_DEFINE_INTERFACE (GxcDesk, gxc_desk, G_TYPE_OBJECT)

enum { CHANGED, STATUS_CHANGED, CURTAIN_CHANGED, DAY_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
gxc_desk_default_init (GxcDeskInterface *iface)
{
  /**
   * GxcDesk::changed:
   * @entity: the name of the entity of which rows came, changed or went; "book" when the portfolio was summed anew
   */
  signals[CHANGED] = g_signal_new ("changed", GXC_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[STATUS_CHANGED] = g_signal_new ("status-changed", GXC_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  /**
   * GxcDesk::curtain-changed:
   *
   * What is shown of one's own customers is to be shown anew.
   */
  signals[CURTAIN_CHANGED] = g_signal_new ("curtain-changed", GXC_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
  /**
   * GxcDesk::day-changed:
   *
   * It is another day by the wall clock, or another business date: whoever says "today" says it anew.
   */
  signals[DAY_CHANGED] = g_signal_new ("day-changed", GXC_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

#define IFACE(self) GXC_DESK_GET_IFACE (self)

GxClock *
gxc_desk_get_clock (GxcDesk *self)
{
  return IFACE (self)->get_clock (self);
}

/** gxc_desk_now: ms UTC */
gint64
gxc_desk_now (GxcDesk *self)
{
  return gx_clock_now (gxc_desk_get_clock (self));
}

/** gxc_desk_get_today: the bank's business date, days since 1970-01-01 */
gint32
gxc_desk_get_today (GxcDesk *self)
{
  return IFACE (self)->get_today (self);
}

/**
 * gxc_desk_dup_setting: (nullable) (transfer full): "server", "login", "ca": what the profile remembers of its last sign-in;
 *   "key-renewed": told once, after a sign-in that had to register a new signing key
 */
char *
gxc_desk_dup_setting (GxcDesk    *self,
                      const char *name)
{
  return IFACE (self)->dup_setting (self, name);
}

/** gxc_desk_new_id: for a row that is to be made, where another one must name it before both are saved */
GxId
gxc_desk_new_id (GxcDesk *self)
{
  return IFACE (self)->new_id (self);
}

/** gxc_desk_get_person: (nullable): who is signed in */
const GxcPerson *
gxc_desk_get_person (GxcDesk *self)
{
  return IFACE (self)->get_person (self);
}

gboolean
gxc_desk_can (GxcDesk      *self,
              GxCapability  capability)
{
  const GxcPerson *person = gxc_desk_get_person (self);

  return person && gx_role_can (person->roles, capability);
}

void
gxc_desk_get_summary (GxcDesk        *self,
                      GxcSyncSummary *out_summary)
{
  *out_summary = (GxcSyncSummary) { 0 };
  IFACE (self)->get_summary (self, out_summary);
}

/**
 * gxc_desk_list:
 *
 * Returns: (transfer full) (element-type GxId): the ids in order
 */
GArray *
gxc_desk_list (GxcDesk         *self,
               const GxEntity  *entity,
               const GxcQuery  *query,
               GError         **error)
{
  return IFACE (self)->list (self, entity, query, error);
}

/** gxc_desk_count: how many rows fit, whatever the query's limit; -1 with @error set */
gint64
gxc_desk_count (GxcDesk         *self,
                const GxEntity  *entity,
                const GxcQuery  *query,
                GError         **error)
{
  return IFACE (self)->count (self, entity, query, error);
}

/**
 * gxc_desk_read:
 *
 * Returns: (transfer full) (element-type GxRecord): one for each id, NULL where the row went away meanwhile
 */
GPtrArray *
gxc_desk_read (GxcDesk         *self,
               const GxEntity  *entity,
               const GxId      *ids,
               guint            n_ids,
               GError         **error)
{
  return IFACE (self)->read (self, entity, ids, n_ids, error);
}

/** gxc_desk_read_one: the row, or an error of %GX_ERROR_NOT_FOUND */
GxRecord *
gxc_desk_read_one (GxcDesk         *self,
                   const GxEntity  *entity,
                   const GxId      *id,
                   GError         **error)
{
  g_autoptr(GPtrArray) records = gxc_desk_read (self, entity, id, 1, error);
  GxRecord *record = records ? g_ptr_array_index (records, 0) : NULL;

  if (record)
    return g_object_ref (record);
  if (records)
    gx_fail (error, GX_ERROR_NOT_FOUND, "%s %s is not on this desk", entity->name, GX_ID_STR (id));
  return NULL;
}

/** gxc_desk_read_where: all rows whose ID field @field is @value */
GPtrArray *
gxc_desk_read_where (GxcDesk         *self,
                     const GxEntity  *entity,
                     const char      *field,
                     const GxId      *value,
                     const char      *sort_field,
                     gboolean         descending,
                     GError         **error)
{
  const GxcCondition condition = { field, GXC_IS, GX_ID_STR (value) };
  GxcQuery query = { .conditions = &condition, .n_conditions = 1, .sort_field = sort_field, .descending = descending };
  g_autoptr(GArray) ids = gxc_desk_list (self, entity, &query, error);

  if (!ids)
    return NULL;
  return gxc_desk_read (self, entity, (GxId *) (gpointer) ids->data, ids->len, error);
}

/** gxc_desk_facts: (transfer full): structs of the fact @entity of one parent, oldest first; they go with the array */
GPtrArray *
gxc_desk_facts (GxcDesk         *self,
                const GxEntity  *entity,
                const GxId      *parent,
                GError         **error)
{
  return IFACE (self)->facts (self, entity, parent, error);
}

/** gxc_desk_queue: (element-type GxcQueueItem): what needs a person, then what waits, each in the order it was typed */
GPtrArray *
gxc_desk_queue (GxcDesk  *self,
                GError  **error)
{
  return IFACE (self)->queue (self, error);
}

/**
 * gxc_desk_book:
 *
 * Returns: (transfer full): the signed-in person's portfolio in figures; of a large one the last, and "changed" tells "book" when
 *   there is a newer one
 */
GxcBook *
gxc_desk_book (GxcDesk  *self,
               GError  **error)
{
  return IFACE (self)->book (self, error);
}

/* A name under the curtain is its mask, wherever it is told. */
static char *
dup_shown (GxcDesk *self, GxRecord *record, const GxField *field)
{
  char *text = gx_field_to_text (field, gx_record_get_data (record)), *mask;

  if (!text || !(field->flags & GX_MASKED) || !field->mask || !gxc_desk_get_curtain (self))
    return text;
  mask = field->mask (text);
  g_free (text);
  return mask;
}

/**
 * gxc_desk_dup_label:
 * @entity: (nullable): whose id it is
 *
 * Returns: (transfer full): the referred row's name or title, an em dash where this desk does not have it
 */
char *
gxc_desk_dup_label (GxcDesk    *self,
                    const char *entity,
                    const GxId *id)
{
  static const char * const naming[] = { "name", "title", "subject", "login", "value", "number", "line", "detail", "code" };
  const GxEntity *described = entity ? gx_entity_by_name (entity) : NULL;
  g_autoptr(GxRecord) record = described && !gx_id_is_none (id) ? gxc_desk_read_one (self, described, id, NULL) : NULL;

  for (guint i = 0; record && i < G_N_ELEMENTS (naming); i++)
    if (gx_entity_find (described, naming[i]))
      {
        char *text = dup_shown (self, record, gx_entity_find (described, naming[i]));

        if (text)
          return text;
      }
  return g_strdup ("\u2014");
}

/**
 * gxc_desk_dup_field_label:
 * @id: of the row whose field it is
 *
 * Returns: (transfer full): the field's label; of a row that has a kind, what is sealed in it is what the kind names: a
 *   telephone's value is "Mobile", not "Value"
 */
char *
gxc_desk_dup_field_label (GxcDesk        *self,
                          const GxEntity *entity,
                          const GxId     *id,
                          const GxField  *field)
{
  const GxField *kind = field->flags & GX_SEALED ? gx_entity_find (entity, "kind") : NULL;
  g_autoptr(GxRecord) record = kind ? gxc_desk_read_one (self, entity, id, NULL) : NULL;
  const char *label = record ? gx_choice_label (kind->choices, *(const int *) gx_field_member (kind, gx_record_get_data (record))) : NULL;

  return g_strdup (_(label ? label : kind ? entity->label : field->label));
}

static char *
dup_name (GxcDesk *self, GxRecord *customer, char **out_tail)
{
  const GxCustomer *row = customer ? gx_record_get_data (customer) : NULL;
  char *name = row ? dup_shown (self, customer, gx_entity_find (&gx_customer_entity, "name")) : g_strdup ("\u2014");

  *out_tail = g_strdup (gx_customer_tail (row));
  return name ? name : g_strdup ("");
}

/**
 * gxc_desk_dup_customer_name:
 * @out_tail: (out) (nullable) (transfer full): the tail of the number, %NULL while there is none
 *
 * Returns: (transfer full): the name, a dash for whom this desk does not know
 */
char *
gxc_desk_dup_customer_name (GxcDesk     *self,
                            const GxId  *id,
                            char       **out_tail)
{
  g_autoptr(GxRecord) customer = gx_id_is_none (id) ? NULL : gxc_desk_read_one (self, &gx_customer_entity, id, NULL);

  return dup_name (self, customer, out_tail);
}

/**
 * gxc_desk_dup_customer:
 *
 * Returns: (transfer full): name and tail of the number, "张* 2217": masks repeat, the tail tells them apart
 */
char *
gxc_desk_dup_customer (GxcDesk    *self,
                       const GxId *id)
{
  g_autoptr(GxRecord) customer = gx_id_is_none (id) ? NULL : gxc_desk_read_one (self, &gx_customer_entity, id, NULL);

  return gxc_desk_dup_who (self, customer);
}

/**
 * gxc_desk_dup_who:
 * @customer: (nullable): read already
 *
 * Returns: (transfer full): as gxc_desk_dup_customer()
 */
char *
gxc_desk_dup_who (GxcDesk  *self,
                  GxRecord *customer)
{
  g_autofree char *tail = NULL, *name = dup_name (self, customer, &tail);

  return g_strdup_printf ("%s%s%s", name, tail ? " " : "", tail ? tail : "");
}

/* --- what takes time --------------------------------------------------------------------------------------------- */

GTask *
gxc_desk_new_task (GxcDesk *self, gpointer tag, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, tag);
  return task;
}

/** gxc_desk_sign_in: @credentials are copied by who needs them longer than the call */
void
gxc_desk_sign_in (GxcDesk              *self,
                  const GxcCredentials *credentials,
                  GAsyncReadyCallback   callback,
                  gpointer              data)
{
  IFACE (self)->sign_in (self, credentials, gxc_desk_new_task (self, gxc_desk_sign_in, callback, data));
}

void
gxc_desk_change_password (GxcDesk             *self,
                          const char          *old_password,
                          const char          *new_password,
                          GAsyncReadyCallback  callback,
                          gpointer             data)
{
  IFACE (self)->change_password (self, old_password, new_password, gxc_desk_new_task (self, gxc_desk_change_password, callback, data));
}

/** gxc_desk_sync: push and pull now */
void
gxc_desk_sync (GxcDesk             *self,
               GAsyncReadyCallback  callback,
               gpointer             data)
{
  IFACE (self)->sync (self, gxc_desk_new_task (self, gxc_desk_sync, callback, data));
}

/**
 * gxc_desk_create:
 * @row: (transfer full): of the entity; its id is given by the desk
 */
void
gxc_desk_create (GxcDesk             *self,
                 const GxEntity      *entity,
                 gpointer             row,
                 GAsyncReadyCallback  callback,
                 gpointer             data)
{
  IFACE (self)->create (self, entity, row, gxc_desk_new_task (self, gxc_desk_create, callback, data));
}

/** gxc_desk_patch: the fields @fields of @current, against the base @original */
void
gxc_desk_patch (GxcDesk             *self,
                GxRecord            *original,
                gconstpointer        current,
                GxFieldSet           fields,
                GAsyncReadyCallback  callback,
                gpointer             data)
{
  IFACE (self)->patch (self, original, current, fields, gxc_desk_new_task (self, gxc_desk_patch, callback, data));
}

/**
 * gxc_desk_request:
 * @evidence: (element-type GxcDocument): may be empty
 *
 * Asks for a reviewed change; may be done offline.
 */
void
gxc_desk_request (GxcDesk             *self,
                  GxRecord            *original,
                  gconstpointer        current,
                  GxFieldSet           fields,
                  const char          *reason,
                  GPtrArray           *evidence,
                  GAsyncReadyCallback  callback,
                  gpointer             data)
{
  gxc_desk_request_item (self, gxc_change_item_patch (original, gx_entity_copy (gx_record_get_entity (original), current), fields),
                         reason, evidence, callback, data);
}

/**
 * gxc_desk_request_item:
 * @item: (transfer full): the row that shall be added, changed or removed
 * @evidence: (element-type GxcDocument) (nullable)
 *
 * The same for any change, also one that adds or removes a row; ends in gxc_desk_finish().
 */
void
gxc_desk_request_item (GxcDesk             *self,
                       GxcChangeItem       *item,
                       const char          *reason,
                       GPtrArray           *evidence,
                       GAsyncReadyCallback  callback,
                       gpointer             data)
{
  IFACE (self)->request (self, item, reason, evidence, gxc_desk_new_task (self, gxc_desk_request, callback, data));
}

/** gxc_desk_resolve: closes a conflict or a refusal: @take_mine sends it again, else it is dropped */
void
gxc_desk_resolve (GxcDesk             *self,
                  gint64               mid,
                  gboolean             take_mine,
                  GAsyncReadyCallback  callback,
                  gpointer             data)
{
  IFACE (self)->resolve (self, mid, take_mine, gxc_desk_new_task (self, gxc_desk_resolve, callback, data));
}

gboolean
gxc_desk_finish (GxcDesk       *self,
                 GAsyncResult  *result,
                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

GxRecord *
gxc_desk_finish_record (GxcDesk       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

GPtrArray *
gxc_desk_finish_records (GxcDesk       *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gxc_desk_emit_changed (GxcDesk    *self,
                       const char *entity)
{
  g_signal_emit (self, signals[CHANGED], 0, entity);
}

void
gxc_desk_emit_status (GxcDesk *self)
{
  g_signal_emit (self, signals[STATUS_CHANGED], 0);
}

void
gxc_desk_emit_day (GxcDesk *self)
{
  g_signal_emit (self, signals[DAY_CHANGED], 0);
}

void
gxc_person_clear (GxcPerson *person)
{
  g_free (person->login);
  g_free (person->name);
  g_free (person->unit);
  g_free (person->bank);
  g_free (person->ccy);
  *person = (GxcPerson) { 0 };
}
