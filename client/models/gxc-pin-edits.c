/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pinning customers and taking the pins off, as changes that are saved together. What is pinned already is left as it is; two
 * desks that pinned the same customer apart have left two pins, and both go. Whether a list shows a pin is its figures' to say. */

#include "gxc-pin-edits.h"

#include "gx-pin.h"

static GPtrArray *
read_pins (GxcDesk *desk, const GxId *customer_id)
{
  return gxc_desk_read_where (desk, &gx_pin_entity, "customer_id", customer_id, NULL, FALSE, NULL);
}

/** gxc_pin_is_on: whether the person of this desk has pinned the customer */
gboolean
gxc_pin_is_on (GxcDesk    *desk,
               const GxId *customer_id)
{
  return gxc_pin_are_on (desk, customer_id, 1);
}

/** gxc_pin_are_on: whether all of them are pinned; FALSE of none */
gboolean
gxc_pin_are_on (GxcDesk    *desk,
                const GxId *customers,
                guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GPtrArray) pins = read_pins (desk, &customers[i]);

      if (!pins || pins->len == 0)
        return FALSE;
    }
  return n > 0;
}

static void
add_pin (GPtrArray *changes, GxcDesk *desk, const GxId *customer_id)
{
  GxPin *pin = gx_entity_new (&gx_pin_entity);

  pin->employee_id = gxc_desk_get_person (desk)->employee_id;
  pin->customer_id = *customer_id;
  pin->at = gxc_desk_now (desk);
  g_ptr_array_add (changes, gxc_change_item_create (&gx_pin_entity, pin));
}

/**
 * gxc_pin_changes:
 * @on: or their pins shall go
 *
 * Returns: (transfer full) (element-type GxcChangeItem): for gxc_desk_save(); empty where all is so already
 */
GPtrArray *
gxc_pin_changes (GxcDesk    *desk,
                 const GxId *customers,
                 guint       n,
                 gboolean    on)
{
  GPtrArray *changes = gxc_change_items_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GPtrArray) pins = read_pins (desk, &customers[i]);

      if (on && pins && pins->len == 0)
        add_pin (changes, desk, &customers[i]);
      for (guint p = 0; !on && pins && p < pins->len; p++)
        if (pins->pdata[p])
          g_ptr_array_add (changes, gxc_change_item_remove (pins->pdata[p]));
    }
  return changes;
}
