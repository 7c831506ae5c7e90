/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desk tells of documents that are taken along, and what a person chooses about them. All of it works without a network:
 * what is chosen is fetched when there is one. */

#include "gxc-desk-private.h"

#define IFACE(self) GXC_DESK_GET_IFACE (self)

/**
 * gxc_desk_list_carried:
 * @customers: whose documents are told of too, whether anything wants them or not
 *
 * Returns: (transfer full) (nullable) (element-type GxcCarried): what is wanted, in the order in which it is fetched; then the
 *   documents of @customers; then what else is here
 */
GPtrArray *
gxc_desk_list_carried (GxcDesk     *self,
                       const GxId  *customers,
                       guint        n_customers,
                       GError     **error)
{
  return IFACE (self)->list_carried (self, customers, n_customers, error);
}

void
gxc_desk_get_carry_room (GxcDesk      *self,
                         GxcCarryRoom *out_room)
{
  *out_room = (GxcCarryRoom) { 0 };
  IFACE (self)->get_carry_room (self, out_room);
}

/**
 * gxc_desk_carry:
 * @customers: (element-type GxId)
 * @take: whether they are taken along by hand, or not any more
 *
 * Ends in gxc_desk_finish().
 */
void
gxc_desk_carry (GxcDesk             *self,
                GArray              *customers,
                gboolean             take,
                GAsyncReadyCallback  callback,
                gpointer             data)
{
  IFACE (self)->carry (self, customers, take, gxc_desk_new_task (self, gxc_desk_carry, callback, data));
}

/** gxc_desk_set_carry_room: how much is fetched ahead, MB; ends in gxc_desk_finish() */
void
gxc_desk_set_carry_room (GxcDesk             *self,
                         gint64               mb,
                         GAsyncReadyCallback  callback,
                         gpointer             data)
{
  IFACE (self)->set_carry_room (self, mb, gxc_desk_new_task (self, gxc_desk_set_carry_room, callback, data));
}
