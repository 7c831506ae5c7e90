/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom one could take along on a day: the customers of its stops, then whoever's documents come by themselves, or whoever is searched
 * for; and sums of what is here. It reads through the desk and shows nothing. */

#include "gxc-visits-along-source.h"

#include "gx-customer.h"
#include "gx-visit.h"

#define MOST       80       /* customers that are listed without a search */
#define MOST_FOUND 40

void
gxc_along_free (GxcAlong *along)
{
  g_free (along->who);
  g_free (along);
}

static void
add_id (GArray *ids, const GxId *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (gx_id_equal (&g_array_index (ids, GxId, i), id))
      return;
  if (ids->len < MOST && !gx_id_is_none (id))
    g_array_append_vals (ids, id, 1);
}

/* (transfer full): the day's, then those whose documents are wanted, in that order */
static GArray *
list_usual (GxcDesk *desk, GPtrArray *stops, GError **error)
{
  g_autoptr(GPtrArray) carried = gxc_desk_list_carried (desk, NULL, 0, error);
  GArray *ids = carried ? g_array_new (FALSE, FALSE, sizeof (GxId)) : NULL;

  for (guint i = 0; ids && i < stops->len; i++)
    add_id (ids, &((const GxVisit *) gx_record_get_data (stops->pdata[i]))->customer_id);
  for (guint i = 0; ids && i < carried->len; i++)
    if (((const GxcCarried *) carried->pdata[i])->why != GXC_CARRY_NOT)
      add_id (ids, &((const GxcCarried *) carried->pdata[i])->customer_id);
  return ids;
}

/* Of one customer's own each counts, whoever else has the same. */
static void
take (GxcAlong *along, const GxcCarried *carried)
{
  GxcCarried own = *carried;

  own.again = FALSE;
  gxc_carry_sum_add (&along->sum, &own);
  if (carried->why != GXC_CARRY_NOT)
    along->why = carried->why;
  along->taken |= carried->taken_at != 0;
}

static GxcAlong *
make_along (GxcDesk *desk, const GxId *id, GPtrArray *carried)
{
  GxcAlong *along = g_new0 (GxcAlong, 1);

  along->customer_id = *id;
  along->who = gxc_desk_dup_customer (desk, id);
  for (guint i = 0; i < carried->len; i++)
    if (gx_id_equal (&((const GxcCarried *) carried->pdata[i])->customer_id, id))
      take (along, carried->pdata[i]);
  return along;
}

static gboolean
has_documents (const GxcAlong *along)
{
  return along->sum.n > along->sum.n_closed;
}

/* Who has nothing to take stands behind who has; else as they were. */
static GPtrArray *
order_found (GPtrArray *found)
{
  GPtrArray *ordered = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_along_free);

  for (int with = 1; with >= 0; with--)
    for (guint i = 0; i < found->len; i++)
      if (has_documents (found->pdata[i]) == with)
        g_ptr_array_add (ordered, found->pdata[i]);
  g_ptr_array_set_free_func (found, NULL);
  g_ptr_array_unref (found);
  return ordered;
}

/**
 * gxc_along_read:
 * @stops: of GxRecord: the day's visits
 * @text: (nullable): searched for by name, initials, telephone tail or number
 *
 * Returns: (transfer full) (nullable) (element-type GxcAlong)
 */
GPtrArray *
gxc_along_read (GxcDesk     *desk,
                GPtrArray   *stops,
                const char  *text,
                GError     **error)
{
  const GxcQuery query = { .search = text, .sort_field = "name", .limit = MOST_FOUND };
  g_autoptr(GArray) ids = text && *text ? gxc_desk_list (desk, &gx_customer_entity, &query, error) : list_usual (desk, stops, error);
  g_autoptr(GPtrArray) carried = ids ? gxc_desk_list_carried (desk, (const GxId *) (gpointer) ids->data, ids->len, error) : NULL;
  GPtrArray *found = carried ? g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_along_free) : NULL;

  for (guint i = 0; found && i < ids->len; i++)
    g_ptr_array_add (found, make_along (desk, &g_array_index (ids, GxId, i), carried));
  return found && text && *text ? order_found (found) : found;
}

/** gxc_along_sum: of what is wanted, and of what is here for whatever reason */
gboolean
gxc_along_sum (GxcDesk      *desk,
               GxcCarrySum  *out_wanted,
               GxcCarrySum  *out_here,
               GError      **error)
{
  g_autoptr(GPtrArray) carried = gxc_desk_list_carried (desk, NULL, 0, error);

  *out_wanted = *out_here = (GxcCarrySum) { 0 };
  for (guint i = 0; carried && i < carried->len; i++)
    {
      const GxcCarried *one = carried->pdata[i];

      if (one->why != GXC_CARRY_NOT)
        gxc_carry_sum_add (out_wanted, one);
      if (one->here)
        gxc_carry_sum_add (out_here, one);
    }
  return carried != NULL;
}

/** gxc_along_sum_of: of all documents of @customers */
gboolean
gxc_along_sum_of (GxcDesk      *desk,
                  const GxId   *customers,
                  guint         n,
                  GxcCarrySum  *out_sum,
                  GError      **error)
{
  g_autoptr(GPtrArray) carried = gxc_desk_list_carried (desk, customers, n, error);

  *out_sum = (GxcCarrySum) { 0 };
  for (guint i = 0; carried && i < carried->len; i++)
    for (guint c = 0; c < n; c++)
      if (gx_id_equal (&((const GxcCarried *) carried->pdata[i])->customer_id, &customers[c]))
        gxc_carry_sum_add (out_sum, carried->pdata[i]);
  return carried != NULL;
}
