/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk without a server: what the server would say is put in by hand, what the desk would send is read from its queue. */
#include "gxt-desk.h"

#include "gx-customer.h"
#include "gx-entity-json.h"
#include "gx-sql.h"
#include "gx-text.h"
#include "gx-transaction.h"
#include "gxc-member.h"
#include "gxc-meta.h"
#include "gxc-overlay.h"
#include "gxc-store-private.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1795223207000)

static gboolean
join_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  return gxc_member_join (store, "ow:me", 0, error) && gxc_member_complete (store, "ow:me", error);
}

void
gxt_desk_init (GxtDesk *desk)
{
  GxcStoreOptions options = { .clock = &desk->clock.parent, .random = &desk->random.parent };
  g_autoptr(GError) error = NULL;

  gx_fake_clock_init (&desk->clock, NOW);
  gx_seeded_random_init (&desk->random, 7);
  desk->store = gxc_store_open (&options, &error);
  g_assert_no_error (error);
  desk->me = gxc_store_new_id (desk->store);
  gxc_meta_set (desk->store, GXC_META_EMPLOYEE_ID, GX_ID_STR (&desk->me), &error);
  g_assert_no_error (error);
  gxc_store_call (desk->store, join_here, NULL, &error);
  g_assert_no_error (error);
}

void
gxt_desk_clear (GxtDesk *desk)
{
  gxc_store_close (desk->store);
}

static gboolean
put_here (GxcStore  *store,
          gpointer   data,
          GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  const GxPut *put = data;

  return transaction != NULL
         && gxc_overlay_put (store, put, error)
         && gxc_member_add (store, "ow:me", put->entity, &((GxMeta *) put->data)->id, error)
         && gxc_store_commit (store, transaction, error);
}

void
gxt_desk_put (GxtDesk        *desk,
              const GxEntity *entity,
              gconstpointer   data)
{
  GxPut put = { .entity = entity, .data = (gpointer) data };
  g_autoptr(GError) error = NULL;

  gxc_store_call (desk->store, put_here, &put, &error);
  g_assert_no_error (error);
}

void
gxt_desk_put_json (GxtDesk    *desk,
                   const char *line)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = gx_json_parse (line, -1, &error);
  GxPut put;

  g_assert_no_error (error);
  gx_put_read (json_node_get_object (node), &put, &error);
  g_assert_no_error (error);
  gxc_store_call (desk->store, put_here, &put, &error);
  g_assert_no_error (error);
  gx_put_clear (&put);
}

static gboolean
gone_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  const GxcRow *row = data;

  return transaction != NULL
         && gxc_member_gone (store, "ow:me", row->entity, &row->id, error)
         && gxc_store_commit (store, transaction, error);
}

void
gxt_desk_gone (GxtDesk        *desk,
               const GxEntity *entity,
               const GxId     *id)
{
  GxcRow row = { entity, *id };
  g_autoptr(GError) error = NULL;

  gxc_store_call (desk->store, gone_here, &row, &error);
  g_assert_no_error (error);
}

static gboolean
settle_here (GxcStore  *store,
             gpointer   data,
             GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction != NULL
         && gxc_queue_settle (store, data, error)
         && gxc_store_commit (store, transaction, error);
}

void
gxt_desk_settle (GxtDesk    *desk,
                 gint64      mid,
                 const char *st,
                 gint64      seq,
                 const char *text)
{
  GxcResult result = { .mid = mid, .st = st, .seq = seq, .text = text != NULL ? text : "{}" };
  g_autoptr(GError) error = NULL;

  gxc_store_call (desk->store, settle_here, &result, &error);
  g_assert_no_error (error);
}

GxId
gxt_desk_customer (GxtDesk    *desk,
                   const char *name,
                   const char *pinyin,
                   int         status,
                   gint64      v)
{
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);
  GxId id = gxc_store_new_id (desk->store);

  customer->meta.id = id;
  customer->meta.v = customer->meta.v0 = v;
  customer->type = GX_CUSTOMER_PERSON;
  customer->status = status;
  customer->lifecycle_stage = GX_STAGE_NEW;
  customer->value_class = GX_VALUE_BASIC;
  customer->tier = GX_TIER_STANDARD;
  customer->first_contact_at = NOW;
  customer->primary_rm_id = desk->me;
  customer->org_id = desk->me;
  gx_set_str (&customer->name, name);
  gx_set_str (&customer->name_pinyin, pinyin);
  gxt_desk_put (desk, &gx_customer_entity, customer);
  gx_entity_free (&gx_customer_entity, customer);

  return id;
}

/* (nullable) */
gpointer
gxt_desk_load (GxtDesk        *desk,
               const GxEntity *entity,
               const GxId     *id)
{
  g_autoptr(GError) error = NULL;
  gpointer data;

  gx_sql_find (gxc_store_get_db (desk->store), entity, id, &data, &error);
  g_assert_no_error (error);

  return data;
}

char *
gxt_desk_text (GxtDesk        *desk,
               const GxEntity *entity,
               const GxId     *id,
               const char     *field)
{
  gpointer data = gxt_desk_load (desk, entity, id);
  char *text;

  g_assert_nonnull (data);
  text = gx_field_is_none (gx_entity_find (entity, field), data) ? NULL : gx_field_to_text (gx_entity_find (entity, field), data);
  gx_entity_free (entity, data);

  return text;
}

gboolean
gxt_desk_set (GxtDesk         *desk,
              const GxEntity  *entity,
              const GxId      *id,
              const char      *field,
              const char      *text,
              const char      *reason,
              GxcWritten      *out,
              GError         **error)
{
  gpointer original = gxt_desk_load (desk, entity, id);
  gpointer current = gx_entity_copy (entity, original);
  GxcReason why = { .reason = reason };
  gboolean ok;

  ok = gx_field_from_text (gx_entity_find (entity, field), current, text, error)
       && gxc_store_edit (desk->store, entity, original, current, &why, out, error);
  gx_entity_free (entity, original);
  gx_entity_free (entity, current);

  return ok;
}

/* The queue in one line: "1 patch lang=zh base=s17; 2 create". */
char *
gxt_desk_queue (GxtDesk *desk)
{
  g_autoptr(GPtrArray) queue = gxc_queue_list (gxc_store_get_db (desk->store), NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < queue->len; i++)
    {
      const GxcMutation *mutation = g_ptr_array_index (queue, i);

      g_string_append_printf (out, "%s%" G_GINT64_FORMAT " %s %s", i > 0 ? "; " : "", mutation->mid, mutation->op, mutation->tbl);
    }

  return g_string_free (out, FALSE);
}
