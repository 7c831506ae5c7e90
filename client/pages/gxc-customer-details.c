/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record itself: what is known of the customer, and of what hangs on it, field by field. */

#include "gxc-customer-details.h"

#include <glib/gi18n.h>

#include "gx-address.h"
#include "gx-contact-point.h"
#include "gx-identifier.h"
#include "gx-org-profile.h"
#include "gx-person-profile.h"
#include "gxc-customer-cards.h"

struct _GxcCustomerDetails
{
  GxcCustomerTab parent_instance;
};

G_DEFINE_FINAL_TYPE (GxcCustomerDetails, gxc_customer_details, GXC_TYPE_CUSTOMER_TAB)

static const GxEntity * const parts[] = {
  &gx_person_profile_entity, &gx_org_profile_entity, &gx_contact_point_entity, &gx_identifier_entity, &gx_address_entity,
};

static gboolean
has_fields (const GxEntity *entity, gboolean reviewed)
{
  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (((field->flags & GX_REVIEWED) != 0) == reviewed && !(field->flags & (GX_FIXED | (reviewed ? 0 : GX_SERVER))))
        return TRUE;
    }
  return FALSE;
}

static void
add_part (GxcCustomerTab *tab, GxRecord *record)
{
  GxcDesk *desk = gxc_customer_tab_get_desk (tab);
  const GxEntity *entity = gx_record_get_entity (record);
  GtkWidget *body, *rows = gxc_rows_new (), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *target = g_strdup_printf ("%s/%s", entity->name, GX_ID_STR (gx_record_get_id (record)));

  if (gxc_desk_can (desk, GX_CAN_EDIT_CUSTOMER) && has_fields (entity, FALSE))
    gtk_box_append (GTK_BOX (buttons), gxc_small_button (_("Edit"), "customer.edit", target));
  if (gxc_desk_can (desk, GX_CAN_MAKE_CR) && has_fields (entity, TRUE))
    gtk_box_append (GTK_BOX (buttons), gxc_small_button (_("Ask for a change"), "customer.request", target));
  gtk_box_append (GTK_BOX (gxc_customer_tab_get_body (tab)), gxc_card_new (_(entity->label), NULL, buttons, &body));
  gtk_box_append (GTK_BOX (body), rows);
  gxc_rows_add_fields (rows, desk, record);
}

static void
fill (GxcCustomerTab *tab)
{
  GxcCustomerFile *file = gxc_customer_tab_get_file (tab);

  gxc_box_empty (gxc_customer_tab_get_body (tab));
  add_part (tab, gxc_customer_file_get_customer (file));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      GPtrArray *records = gxc_customer_file_rows (file, parts[i]);

      for (guint j = 0; j < records->len; j++)
        add_part (tab, g_ptr_array_index (records, j));
    }
}

static void
gxc_customer_details_class_init (GxcCustomerDetailsClass *klass)
{
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
}

static void
gxc_customer_details_init (GxcCustomerDetails *self)
{
}

GtkWidget *
gxc_customer_details_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_DETAILS, file);
}
