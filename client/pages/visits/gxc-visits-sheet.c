/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What paper may say of a visit, before it and after it. The masks are those of the field tables: what a stranger would see
 * on a screen, so that a field that is masked tomorrow is masked here too. It draws nothing. */

#include "gxc-visits-sheet.h"

#include <glib/gi18n.h>

#include "gx-attachment.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-interaction.h"
#include "gx-need.h"
#include "gxc-format.h"
#include "gxc-visit-day.h"
#include "gxc-visits-before.h"
#include "gxc-visits-photos.h"
#include "gxc-visits-talk.h"

void
gxc_visit_sheet_free (GxcVisitSheet *sheet)
{
  g_free (sheet->hours);
  g_free (sheet->who);
  g_free (sheet->about);
  g_ptr_array_unref (sheet->facts);
  g_free (sheet);
}

/* (transfer full) (nullable): of a text that a stranger would see masked; the bank has masked it already where it must */
static char *
dup_masked (GxRecord *record, const char *name)
{
  const GxField *field = gx_entity_find (gx_record_get_entity (record), name);
  g_autofree char *text = gx_field_to_text (field, gx_record_get_data (record));

  if (!text || gx_record_is_masked (record, name, NULL))
    return g_steal_pointer (&text);
  return field->mask (text);
}

static char *
dup_who (GxRecord *customer)
{
  g_autofree char *name = dup_masked (customer, "name");
  const char *tail = gx_customer_tail (gx_record_get_data (customer));

  return g_strdup_printf ("%s%s%s", name ? name : "\u2014", tail ? " " : "", tail ? tail : "");
}

/* (transfer full) (nullable): the number to call first */
static char *
dup_number (GxcDesk *desk, const GxId *customer_id)
{
  g_autoptr(GPtrArray) rows = gxc_desk_read_where (desk, &gx_contact_point_entity, "customer_id", customer_id, NULL, FALSE, NULL);
  GxRecord *best = NULL;

  for (guint i = 0; rows && i < rows->len; i++)
    {
      const GxContactPoint *row = rows->pdata[i] ? gx_record_get_data (rows->pdata[i]) : NULL;

      if (row && (row->kind == GX_CONTACT_MOBILE || row->kind == GX_CONTACT_PHONE) && (!best || row->is_primary))
        best = rows->pdata[i];
    }
  return best ? dup_masked (best, "value") : NULL;
}

static char *
dup_about (GxcDesk *desk, GxRecord *customer, const GxVisit *visit)
{
  const GxCustomer *row = gx_record_get_data (customer);
  g_autofree char *number = dup_number (desk, &visit->customer_id), *state = gxc_visit_dup_state (desk, visit);

  return g_strdup_printf ("%s%s%s%s%s", row->tier ? _(gx_choice_label (gx_tiers, row->tier)) : "", row->tier ? " · " : "",
                          number ? number : "", number ? " · " : "", state);
}

/* --- what there is to know ------------------------------------------------------------------------------------------ */

static void
add_before (GPtrArray *facts, GxcDesk *desk, const GxVisit *visit)
{
  g_autoptr(GPtrArray) lines = gxc_visits_before_read (desk, visit);

  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (facts, g_strdup (((const GxcBeforeLine *) lines->pdata[i])->paper));
}

/* What came of it, counted and by its kind. */
static void
add_after (GPtrArray *facts, GxcDesk *desk, const GxVisit *visit)
{
  g_autoptr(GxcTalk) talk = gxc_talk_read (desk, visit);
  guint met = gxc_talk_n_met (talk->met);
  g_autofree char *due = talk->next_day == GX_INT32_NONE ? NULL : gxc_format_date (talk->next_day, gxc_desk_get_today (desk));

  g_ptr_array_add (facts, g_strdup_printf (_("Purpose: %s"), _(gx_choice_label (gx_entity_find (&gx_interaction_entity, "purpose")->choices, talk->purpose))));
  if (met > 0)
    g_ptr_array_add (facts, g_strdup_printf (_("People met: %u"), met));
  if (talk->need)
    g_ptr_array_add (facts, g_strdup_printf (_("Wants: %s"), _(gx_choice_label (gx_entity_find (&gx_need_entity, "category")->choices, talk->need))));
  if (*talk->next && due)
    g_ptr_array_add (facts, g_strdup_printf (_("Next step due %s"), due));
}

/* A file may be called as the customer is. (transfer full) */
static char *
dup_paper_name (const GxAttachment *row, GxRecord *customer)
{
  const char *who = customer ? ((const GxCustomer *) gx_record_get_data (customer))->name : NULL;
  g_autofree char *masked = customer ? dup_masked (customer, "name") : NULL;
  GString *name = g_string_new (row->name ? row->name : "");

  if (who && *who && masked)
    g_string_replace (name, who, masked, 0);
  return g_string_free (name, FALSE);
}

/* Its name, how large it is, and by which digits it is found again; nothing of what is in it. */
static void
add_papers (GPtrArray *facts, GxcDesk *desk, const GxVisit *visit, GxRecord *customer)
{
  g_autoptr(GPtrArray) papers = gxc_visit_read_papers (desk, &visit->meta.id);

  for (guint i = 0; i < papers->len; i++)
    {
      const GxAttachment *row = gx_record_get_data (papers->pdata[i]);
      g_autofree char *name = dup_paper_name (row, customer), *size = gxc_format_size (row->size == GX_INT_NONE ? 0 : (guint64) row->size);

      g_ptr_array_add (facts, g_strdup_printf (_("Document: %s · %s · fingerprint %.8s"), name, size, row->sha256 ? row->sha256 : "—"));
    }
}

/** gxc_visit_sheet_read: (transfer full) */
GxcVisitSheet *
gxc_visit_sheet_read (GxcDesk       *desk,
                      const GxVisit *visit)
{
  g_autoptr(GxRecord) customer = gxc_desk_read_one (desk, &gx_customer_entity, &visit->customer_id, NULL);
  g_autofree char *until = NULL, *from = gxc_visit_dup_hours (visit, &until);
  GxcVisitSheet *sheet = g_new0 (GxcVisitSheet, 1);

  sheet->hours = g_strdup_printf ("%s\u2013%s", from, until);
  sheet->who = customer ? dup_who (customer) : g_strdup ("\u2014");
  sheet->about = customer ? dup_about (desk, customer, visit) : gxc_visit_dup_state (desk, visit);
  sheet->facts = g_ptr_array_new_with_free_func (g_free);
  sheet->over = !gxc_visit_is_planned (visit) && !gxc_visit_has_begun (visit);
  if (visit->status == GX_VISIT_DONE)
    add_after (sheet->facts, desk, visit);
  else if (!sheet->over)
    add_before (sheet->facts, desk, visit);
  add_papers (sheet->facts, desk, visit, customer);
  return sheet;
}
