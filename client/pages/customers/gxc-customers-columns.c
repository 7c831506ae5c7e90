/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of the columns that the customer list can show. A column of a plain field is a row with a name, a field
 * and a width; what looks or reads differently has a function. Not the view: which of them are shown, and in which order,
 * is the saved view's to say (gxc-customers-view). */

#include "gxc-customers-columns.h"

#include <glib/gi18n.h>

#include "gx-money.h"
#include "gxc-customers-words.h"
#include "gxc-field-column.h"

static const GxcCustomersColumn columns[] = {
  { "mark", NULL, NULL, 20, 0, GXC_CUSTOMERS_SLIM, TRUE, FALSE, FALSE, gxc_paint_mark, gxc_customers_dup_mark },
  { "customer", NC_("short", "Customer"), "name", -122, -116, GXC_CUSTOMERS_SLIM, TRUE, FALSE, FALSE, gxc_paint_name, gxc_customers_dup_name },
  { "tier", NC_("short", "Tier"), "tier", 52, 66, GXC_CUSTOMERS_SLIM, TRUE, FALSE, FALSE, gxc_paint_tier, NULL },
  { "stage", NC_("short", "Stage"), "lifecycle_stage", 74, 84, GXC_CUSTOMERS_NARROW, TRUE, FALSE, FALSE, gxc_paint_stage, NULL },
  { "value", NC_("short", "Value"), "value_class", 34, 58, GXC_CUSTOMERS_WIDE, TRUE, FALSE, FALSE, gxc_paint_value, NULL },
  { "aum", NC_("short", "AUM ¥k"), "aum", 80, 80, GXC_CUSTOMERS_SLIM, TRUE, TRUE, TRUE, NULL, gxc_customers_dup_money,
    NC_("short", "AUM %s k") },
  { "trend", NC_("short", "12 months %"), "change_12m", 100, 100, GXC_CUSTOMERS_NARROW, TRUE, FALSE, TRUE, gxc_paint_trend, gxc_customers_dup_trend },
  { "contact", NC_("short", "Last contact"), "last_contact_at", 102, 110, GXC_CUSTOMERS_WIDE, TRUE, FALSE, FALSE, gxc_paint_contact, gxc_customers_dup_contact },
  { "task", NC_("short", "Next task"), "next_due_at", -148, -130, GXC_CUSTOMERS_SLIM, TRUE, FALSE, FALSE, gxc_paint_task, gxc_customers_dup_task },
  { "risk", NC_("short", "Risk"), "risk_expires_on", 72, 66, GXC_CUSTOMERS_NARROW, TRUE, FALSE, FALSE, gxc_paint_risk, gxc_customers_dup_risk },
  { "quality", NC_("short", "Complete"), "dq_score", 76, 66, GXC_CUSTOMERS_NARROW, TRUE, FALSE, FALSE, gxc_paint_quality, gxc_customers_dup_quality },
  { "cif", NC_("short", "Number"), "cif_no", 100, 0, GXC_CUSTOMERS_NARROW, FALSE, FALSE, FALSE, NULL, NULL },
  { "type", NC_("short", "Type"), "type", 56, 78, GXC_CUSTOMERS_NARROW, FALSE, FALSE, FALSE, NULL, NULL },
  { "status", NC_("short", "Status"), "status", 64, 78, GXC_CUSTOMERS_NARROW, FALSE, FALSE, FALSE, NULL, NULL },
  { "manager", NC_("short", "Manager"), "primary_rm_id", 88, 0, GXC_CUSTOMERS_NARROW, FALSE, FALSE, FALSE, NULL, NULL },
  { "since", NC_("short", "Since"), "onboarded_on", 100, 0, GXC_CUSTOMERS_NARROW, FALSE, FALSE, FALSE, NULL, NULL },
  { "debt", NC_("short", "Debt"), "debt", 128, 0, GXC_CUSTOMERS_NARROW, FALSE, TRUE, TRUE, NULL, NULL },
  { "matures", NC_("short", "Matures"), "matures_on", 100, 0, GXC_CUSTOMERS_NARROW, FALSE, FALSE, FALSE, NULL, NULL },
  { "maturing", NC_("short", "Maturing"), "maturing", 128, 0, GXC_CUSTOMERS_NARROW, FALSE, TRUE, TRUE, NULL, NULL },
  { "rhythm", NC_("short", "Contact by"), "cadence_due_on", 100, 0, GXC_CUSTOMERS_NARROW, FALSE, FALSE, FALSE, NULL, NULL },
  { "contacts", NC_("short", "Contacts"), "contacts_12m", 64, 76, GXC_CUSTOMERS_NARROW, FALSE, TRUE, FALSE, NULL, NULL },
  { "tasks", NC_("short", "Tasks"), "open_tasks", 56, 64, GXC_CUSTOMERS_NARROW, FALSE, TRUE, FALSE, NULL, NULL },
  { "birthday", NC_("short", "Birthday"), "birthday", 64, 76, GXC_CUSTOMERS_NARROW, FALSE, FALSE, FALSE, NULL, gxc_customers_dup_birthday },
  { "pinned", NC_("short", "Pinned"), "pinned_at", 106, 110, GXC_CUSTOMERS_NARROW, FALSE, FALSE, FALSE, NULL, NULL },
  { "key", NC_("short", "Key account"), "key_account", 72, 92, GXC_CUSTOMERS_NARROW, FALSE, FALSE, FALSE, NULL, NULL },
};

guint
gxc_customers_n_columns (void)
{
  return G_N_ELEMENTS (columns);
}

/** gxc_customers_column: in the order in which they are offered; the first two are always shown, and first */
const GxcCustomersColumn *
gxc_customers_column (guint i)
{
  return &columns[i];
}

/** gxc_customers_find_column: (nullable) */
const GxcCustomersColumn *
gxc_customers_find_column (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_str_equal (columns[i].name, name))
      return &columns[i];
  return NULL;
}

/** gxc_customers_column_field: (nullable): of the customer, or of its digest */
const GxField *
gxc_customers_column_field (const GxcCustomersColumn *column)
{
  const GxField *field = column->field ? gx_entity_find (&gx_customer_entity, column->field) : NULL;

  return field || !column->field ? field : gx_entity_find (gxc_digest_entity (), column->field);
}

/** gxc_customers_column_dup_title: (transfer full): translated; the tick's head says nothing */
char *
gxc_customers_column_dup_title (const GxcCustomersColumn *column,
                                GxcDesk                  *desk)
{
  const char *home = gxc_customers_home (desk);

  if (column->title_other && gxc_customers_own_units (desk))
    return g_str_equal (home, "CNY") ? g_strdup (C_("short", "AUM")) : g_strdup_printf (C_("short", "AUM %s"), home);
  if (column->title_other && !g_str_equal (home, "CNY"))
    return g_strdup_printf (g_dpgettext2 (NULL, "short", column->title_other), home);
  return g_strdup (column->title ? g_dpgettext2 (NULL, "short", column->title) : "");
}

/* Whose field it is. */
static GxRecord *
record_of (const GxcCustomersColumn *column, const GxcCustomersRow *row)
{
  return !column->field || gx_entity_find (&gx_customer_entity, column->field) ? row->customer : row->digest;
}

/**
 * gxc_customers_column_words:
 *
 * Returns: (transfer full): what stands in the cell, in full; an em dash where there is nothing
 */
char *
gxc_customers_column_words (const GxcCustomersColumn *column,
                            GxcCustomersPaint        *paint,
                            const GxcCustomersRow    *row)
{
  GxRecord *record = record_of (column, row);

  if (column->dup_words)
    return column->dup_words (paint, row);
  return record ? gxc_field_to_words (paint->desk, record, gxc_customers_column_field (column)) : g_strdup ("\u2014");
}

/** gxc_customers_column_masked: whether what stands there is a mask or a band, which must not leave the desk in a file */
gboolean
gxc_customers_column_masked (const GxcCustomersColumn *column,
                             GxcCustomersPaint        *paint,
                             const GxcCustomersRow    *row)
{
  GxRecord *record = record_of (column, row);
  const GxField *field = gxc_customers_column_field (column);

  if (!record || !field)
    return FALSE;
  return gx_record_is_masked (record, field->name, NULL) || (gxc_desk_get_curtain (paint->desk) && (field->flags & GX_MASKED));
}
