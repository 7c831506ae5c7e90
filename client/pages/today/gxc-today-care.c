/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines with a day: products that mature, birthdays, customers who should hear from us, risk grades that end. Each is one
 * condition on the customers' digests. All by the bank's business date. */

#include "gxc-today-search.h"

#include <glib/gi18n.h>

#include "gx-customer.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-today-sources.h"

#define SOON 7

/* A day of this week comes before what has been late for long, and that before what has weeks to go. */
static void
set_day (GxcTodaySearch *search, GxcTodayItem *item, gint32 day)
{
  item->due_on = day;
  item->rank = day > search->today + SOON ? 2 : day < search->today ? 1 : 0;
}

/* One's own customers with one more condition on their figures. */
static GPtrArray *
ask_customers (GxcTodaySearch *search, const GxcCondition *wanted, guint n_wanted, const char *sort_field, GError **error)
{
  GxcCondition conditions[6] = {
    { "primary_rm_id", GXC_IS, GX_ID_STR (search->me) },
    { "status", GXC_IN, "PROSPECT,ACTIVE,DORMANT" },
  };
  const GxcQuery query = { .conditions = conditions, .n_conditions = 2 + n_wanted, .sort_field = sort_field, .limit = GXC_TODAY_MOST };
  g_autoptr(GArray) ids = NULL;

  g_assert (2 + n_wanted <= G_N_ELEMENTS (conditions));
  for (guint i = 0; i < n_wanted; i++)
    conditions[2 + i] = wanted[i];
  ids = gxc_desk_list (search->desk, &gx_customer_entity, &query, error);
  return ids ? gxc_desk_read (search->desk, gxc_digest_entity (), (GxId *) (gpointer) ids->data, ids->len, error) : NULL;
}

static gboolean
find_maturities (GxcTodaySearch *search, GError **error)
{
  g_autofree char *from = gx_date_format (search->today - 1), *until = gx_date_format (search->today + GXC_TODAY_MATURITY_DAYS + 1);
  const GxcCondition wanted[] = { { "matures_on", GXC_GREATER, from }, { "matures_on", GXC_LESS, until } };
  g_autoptr(GPtrArray) digests = ask_customers (search, wanted, 2, "matures_on", error);

  for (guint i = 0; digests && i < digests->len; i++)
    {
      const GxcDigest *digest = digests->pdata[i] ? gx_record_get_data (digests->pdata[i]) : NULL;
      g_autofree char *day = digest ? gxc_format_date (digest->matures_on, search->today) : NULL;
      GxcTodayItem *item;

      if (!digest)
        continue;
      item = gxc_today_add (search, GXC_TODAY_MATURITY, &digest->meta.id, g_strdup (_("Product matures")), g_strdup_printf (_("on %s"), day));
      set_day (search, item, digest->matures_on);
      item->value = digest->maturing;
    }
  return digests != NULL;
}

/* Month × 100 + day, so that a year's end lies between two conditions. */
static int
month_and_day (gint32 date)
{
  int year, month, day;

  gx_date_to_ymd (date, &year, &month, &day);
  return month * 100 + day;
}

static gboolean
find_birthdays (GxcTodaySearch *search, GError **error)
{
  g_autoptr(GString) days = g_string_new (NULL);
  GxcCondition wanted = { "birthday", GXC_IN, NULL };
  g_autoptr(GPtrArray) digests = NULL;

  for (gint32 date = search->today; date <= search->today + GXC_TODAY_BIRTHDAY_DAYS; date++)
    g_string_append_printf (days, "%s%d", days->len ? "," : "", month_and_day (date));
  wanted.text = days->str;
  digests = ask_customers (search, &wanted, 1, NULL, error);

  for (guint i = 0; digests && i < digests->len; i++)
    {
      const GxcDigest *digest = digests->pdata[i] ? gx_record_get_data (digests->pdata[i]) : NULL;
      GxcTodayItem *item;
      g_autofree char *day = NULL;
      gint32 date = search->today;

      if (!digest)
        continue;
      while (month_and_day (date) != digest->birthday && date < search->today + GXC_TODAY_BIRTHDAY_DAYS)
        date++;
      day = gxc_format_date (date, search->today);
      item = gxc_today_add (search, GXC_TODAY_BIRTHDAY, &digest->meta.id, g_strdup (_("Birthday")), g_steal_pointer (&day));
      set_day (search, item, date);
    }
  return digests != NULL;
}

static gboolean
find_silent (GxcTodaySearch *search, GError **error)
{
  g_autofree char *until = gx_date_format (search->today + 1);
  const GxcCondition wanted = { "cadence_due_on", GXC_LESS, until };
  g_autoptr(GPtrArray) digests = ask_customers (search, &wanted, 1, "cadence_due_on", error);

  for (guint i = 0; digests && i < digests->len; i++)
    {
      const GxcDigest *digest = digests->pdata[i] ? gx_record_get_data (digests->pdata[i]) : NULL;
      g_autofree char *ago = digest && digest->last_contact_at ? gxc_format_ago (digest->last_contact_at, search->now) : NULL;
      GxcTodayItem *item;

      if (!digest)
        continue;
      item = gxc_today_add (search, GXC_TODAY_CADENCE, &digest->meta.id, g_strdup (_("Contact is due")),
                  ago ? g_strdup_printf (_("last contact %s"), ago) : g_strdup (_("no contact yet")));
      set_day (search, item, digest->cadence_due_on);
    }
  return digests != NULL;
}

static gboolean
find_grades (GxcTodaySearch *search, GError **error)
{
  g_autofree char *until = gx_date_format (search->today + GXC_TODAY_RISK_DAYS + 1);
  const GxcCondition wanted = { "risk_expires_on", GXC_LESS, until };
  g_autoptr(GPtrArray) digests = ask_customers (search, &wanted, 1, "risk_expires_on", error);

  for (guint i = 0; digests && i < digests->len; i++)
    {
      GxRecord *record = g_ptr_array_index (digests, i);
      const GxcDigest *digest = record ? gx_record_get_data (record) : NULL;
      g_autofree char *grade = NULL, *day = NULL;
      GxcTodayItem *item;

      if (!digest)
        continue;
      grade = gxc_field_to_words (search->desk, record, gx_entity_find (gxc_digest_entity (), "risk_grade"));
      day = gxc_format_date (digest->risk_expires_on, search->today);
      item = gxc_today_add (search, GXC_TODAY_RISK, &digest->meta.id,
                  g_strdup (digest->risk_expires_on < search->today ? _("Risk assessment has expired") : _("Risk assessment expires")),
                  g_strdup_printf ("%s · %s", grade, day));
      set_day (search, item, digest->risk_expires_on);
    }
  return digests != NULL;
}

const GxcTodaySource gxc_today_cares[] = { find_maturities, find_birthdays, find_silent, find_grades, NULL };
