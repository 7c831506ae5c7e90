/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the fake desk takes along: documents made by hand. Taking a customer along marks his documents as the store would; nothing is
 * ever fetched.
 */
#include "gxt-fake-carry.h"

#define MB G_GINT64_CONSTANT (1000000)

/** gxt_fake_carry_all: (transfer none) (element-type GxcCarried) */
GPtrArray *
gxt_fake_carry_all (GxtFakeDesk *desk)
{
  GPtrArray *all = g_object_get_data (G_OBJECT (desk), "gxt-carried");

  if (!all)
    {
      all = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_carried_free);
      g_object_set_data_full (G_OBJECT (desk), "gxt-carried", all, (GDestroyNotify) g_ptr_array_unref);
    }
  return all;
}

GxcCarryRoom *
gxt_fake_carry_room (GxtFakeDesk *desk)
{
  GxcCarryRoom *room = g_object_get_data (G_OBJECT (desk), "gxt-room");

  if (!room)
    {
      room = g_new0 (GxcCarryRoom, 1);
      room->budget = 256 * MB;
      g_object_set_data_full (G_OBJECT (desk), "gxt-room", room, g_free);
    }
  return room;
}

/** gxt_fake_carry_add: (transfer none): @since: ms UTC, 0 = not here */
GxcCarried *
gxt_fake_carry_add (GxtFakeDesk *desk,
                    const GxId  *customer,
                    GxcCarryWhy  why,
                    gint64       size,
                    gint64       since)
{
  GxcCarried *carried = g_new0 (GxcCarried, 1);
  guint n = gxt_fake_carry_all (desk)->len;

  carried->id.b[0] = 9;
  carried->id.b[15] = (guint8) n;
  carried->customer_id = *customer;
  carried->sha256 = g_strdup_printf ("%064x", n);
  carried->size = size;
  carried->why = why;
  carried->allowed = carried->fits = TRUE;
  carried->since = since;
  carried->here = since != 0;
  g_ptr_array_add (gxt_fake_carry_all (desk), carried);
  return carried;
}

static gboolean
is_among (const GxId *customer, const GxId *customers, guint n)
{
  for (guint i = 0; i < n; i++)
    if (gx_id_equal (&customers[i], customer))
      return TRUE;
  return FALSE;
}

static GxcCarried *
copy (const GxcCarried *carried)
{
  GxcCarried *made = g_memdup2 (carried, sizeof *carried);

  made->sha256 = g_strdup (carried->sha256);
  return made;
}

static GPtrArray *
list_carried (GxcDesk *desk, const GxId *customers, guint n_customers, GError **error)
{
  GPtrArray *all = gxt_fake_carry_all (GXT_FAKE_DESK (desk)), *list = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_carried_free);

  for (guint i = 0; i < all->len; i++)
    {
      const GxcCarried *carried = all->pdata[i];

      if (carried->why != GXC_CARRY_NOT || carried->here || is_among (&carried->customer_id, customers, n_customers))
        g_ptr_array_add (list, copy (carried));
    }
  return list;
}

static void
get_carry_room (GxcDesk *desk, GxcCarryRoom *room)
{
  *room = *gxt_fake_carry_room (GXT_FAKE_DESK (desk));
}

static void
carry (GxcDesk *desk, GArray *customers, gboolean take, GTask *task)
{
  GPtrArray *all = gxt_fake_carry_all (GXT_FAKE_DESK (desk));

  for (guint i = 0; i < all->len; i++)
    {
      GxcCarried *carried = all->pdata[i];

      if (!is_among (&carried->customer_id, (const GxId *) (gpointer) customers->data, customers->len))
        continue;
      carried->taken_at = take ? gxc_desk_now (desk) : 0;
      carried->why = take ? GXC_CARRY_TAKEN : GXC_CARRY_NOT;
    }
  gxc_desk_emit_changed (desk, "attachment");
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
set_carry_room (GxcDesk *desk, gint64 mb, GTask *task)
{
  gxt_fake_carry_room (GXT_FAKE_DESK (desk))->budget = mb * MB;
  gxc_desk_emit_changed (desk, "attachment");
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

void
gxt_fake_carry_init (GxcDeskInterface *iface)
{
  iface->list_carried = list_carried;
  iface->get_carry_room = get_carry_room;
  iface->carry = carry;
  iface->set_carry_room = set_carry_room;
}
