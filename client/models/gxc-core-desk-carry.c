/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that are taken along: which they are and what is here of them, from the desk's own reader; what is chosen goes to the
 * store, and whoever transfers hears of it there. */

#include "gxc-core-desk-private.h"

#include "gxc-carry.h"
#include "gxc-transfer.h"

static GxcAhead *
ahead_of (GxcCoreDesk *self)
{
  return gxc_transfer_get_ahead (gxc_sync_get_transfer (gxc_context_get_sync (self->context)));
}

static GPtrArray *
list_carried (GxcDesk *desk, const GxId *customers, guint n_customers, GError **error)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);
  GPtrArray *list;

  if (!gxc_core_desk_may_show (self, error))
    return NULL;
  list = gxc_carry_list (self->reader, gxc_desk_get_clock (desk), customers, n_customers, error);
  for (guint i = 0; list && i < list->len; i++)
    {
      GxcCarried *carried = g_ptr_array_index (list, i);

      carried->refused = !carried->here && gxc_ahead_is_refused (ahead_of (self), carried->sha256);
    }
  return list;
}

static void
get_carry_room (GxcDesk *desk, GxcCarryRoom *room)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);

  room->budget = gxc_carry_get_budget (self->reader);
  room->no_disk = gxc_ahead_lacks_disk (ahead_of (self));
}

typedef struct
{
  GxcStore *store;          /* (borrowed): of the context, which outlives the threads */
  GArray   *customers;      /* (owned) (nullable) */
  gboolean  take;
  gint64    mb;
} Choice;

static void
choice_free (gpointer data)
{
  g_clear_pointer (&((Choice *) data)->customers, g_array_unref);
  g_free (data);
}

static void
choose_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Choice *choice = data;
  GError *error = NULL;
  gboolean ok = choice->customers ? gxc_carry_take (choice->store, (const GxId *) (gpointer) choice->customers->data, choice->customers->len,
                                                    choice->take, &error)
                                  : gxc_carry_set_budget (choice->store, choice->mb, &error);

  gxc_call_return (task, ok, error);
}

static void
choose (GxcDesk *desk, GArray *customers, gboolean take, gint64 mb, GTask *task)
{
  Choice *choice = g_new0 (Choice, 1);

  *choice = (Choice) { gxc_context_get_store (GXC_CORE_DESK (desk)->context), customers ? g_array_ref (customers) : NULL, take, mb };
  gxc_call_run_data (task, choice, choice_free, choose_thread);
}

static void
carry (GxcDesk *desk, GArray *customers, gboolean take, GTask *task)
{
  choose (desk, customers, take, 0, task);
}

static void
set_carry_room (GxcDesk *desk, gint64 mb, GTask *task)
{
  choose (desk, NULL, FALSE, mb, task);
}

void
gxc_core_desk_init_carry (GxcDeskInterface *iface)
{
  iface->list_carried = list_carried;
  iface->get_carry_room = get_carry_room;
  iface->carry = carry;
  iface->set_carry_room = set_carry_room;
}
