/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the lines of the Today page come from: each source asks the desk one question with a limit and makes lines of the
 * answer; what all of them need of the customers is read once at the end. The store does the looking, so that it makes no
 * difference whether the book has fifty customers or five thousand. */

#include "gxc-today-sources.h"

#include "gx-customer.h"
#include "gx-error.h"
#include "gxc-today-search.h"

/** gxc_today_ask: (transfer full): the most urgent of what fits; NULL where a row went away meanwhile */
GPtrArray *
gxc_today_ask (GxcTodaySearch *search, const GxEntity *entity, const GxcCondition *conditions, guint n_conditions, const char *sort_field, GError **error)
{
  const GxcQuery query = { .conditions = conditions, .n_conditions = n_conditions, .sort_field = sort_field, .limit = GXC_TODAY_MOST };
  g_autoptr(GArray) ids = gxc_desk_list (search->desk, entity, &query, error);

  return ids ? gxc_desk_read (search->desk, entity, (GxId *) (gpointer) ids->data, ids->len, error) : NULL;
}

/**
 * gxc_today_add:
 * @what: (transfer full)
 * @why: (transfer full) (nullable)
 *
 * Returns: (transfer none): a line to be filled in
 */
GxcTodayItem *
gxc_today_add (GxcTodaySearch *search, GxcTodayKind kind, const GxId *customer, char *what, char *why)
{
  GxcTodayItem *item = gxc_today_item_new (kind);

  item->customer_id = *customer;
  item->what = what;
  item->why = why;
  g_ptr_array_add (search->items, item);
  return item;
}

/* --- all of it --------------------------------------------------------------------------------------------------- */

static void
add_value (GxcTodayItem *item)
{
  const GxcDigest *digest = item->digest ? gx_record_get_data (item->digest) : NULL;

  if (!digest)
    return;
  item->ccy = g_strdup (digest->ccy);
  if (item->kind != GXC_TODAY_MATURITY)
    item->value = digest->aum;
}

/* Name, tier and assets of everybody named: two reads, however many lines there are. */
static gboolean
add_customers (GxcTodaySearch *search, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));
  g_autoptr(GPtrArray) customers = NULL, digests = NULL;

  for (guint i = 0; i < search->items->len; i++)
    g_array_append_val (ids, ((GxcTodayItem *) g_ptr_array_index (search->items, i))->customer_id);
  customers = gxc_desk_read (search->desk, &gx_customer_entity, (GxId *) (gpointer) ids->data, ids->len, error);
  digests = customers ? gxc_desk_read (search->desk, gxc_digest_entity (), (GxId *) (gpointer) ids->data, ids->len, error) : NULL;
  for (guint i = 0; digests && i < search->items->len; i++)
    {
      GxcTodayItem *item = g_ptr_array_index (search->items, i);

      g_set_object (&item->customer, g_ptr_array_index (customers, i));
      g_set_object (&item->digest, g_ptr_array_index (digests, i));
      add_value (item);
    }
  return digests != NULL;
}

static gboolean
ask_all (GxcTodaySearch *search, const GxcTodaySource *sources, GError **error)
{
  while (*sources && (*sources) (search, error))
    sources++;
  return *sources == NULL;
}

/**
 * gxc_today_gather:
 *
 * Returns: (transfer full) (element-type GxcTodayItem): in no order; %NULL with an error where something cannot be read
 */
GPtrArray *
gxc_today_gather (GxcDesk  *desk,
                  GError  **error)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  const GxcPerson *person = gxc_desk_get_person (desk);
  GxcTodaySearch search = { desk, items, NULL, gxc_desk_now (desk), gxc_desk_get_today (desk) };

  if (!person)
    {
      gx_fail (error, GX_ERROR_UNAUTHENTICATED, "nobody is signed in");
      return NULL;
    }
  search.me = &person->employee_id;
  if (!ask_all (&search, gxc_today_clocks, error) || !ask_all (&search, gxc_today_cares, error))
    return NULL;
  if (items->len > 0 && !add_customers (&search, error))
    return NULL;
  return g_steal_pointer (&items);
}
