/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of what customers can be filtered by, and what each asks of the store. Spans are kept as a number of days
 * and counted from the day they are asked on: a saved view must mean the same tomorrow. */

#include "gxc-customers-filter.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-clock.h"
#include "gx-customer.h"
#include "gx-money.h"

#define DAY G_GINT64_CONSTANT (86400000)
#define MAX_DAYS 3660

/* --- what is asked of the store ------------------------------------------------------------------------------------- */

static int
days_of (const char *value)
{
  return CLAMP (g_ascii_strtoll (value, NULL, 10), 0, MAX_DAYS);
}

static void
append_in (const GxcFilterKind *kind, GxcDesk *desk, const char *value, GxcFilterConditions *conditions)
{
  gxc_filter_conditions_add (conditions, kind->field, GXC_IN, g_strdup (value));
}

/* "100-500" tens of thousands, both ends within. */
static void
append_amounts (const GxcFilterKind *kind, GxcDesk *desk, const char *value, GxcFilterConditions *conditions)
{
  const char *to = strchr (value, '-');
  gint64 unit = gx_money_scale (NULL) * 10000;

  if (to != value)
    gxc_filter_conditions_add (conditions, kind->field, GXC_GREATER, g_strdup_printf ("%" G_GINT64_FORMAT, g_ascii_strtoll (value, NULL, 10) * unit - 1));
  if (to && to[1])
    gxc_filter_conditions_add (conditions, kind->field, GXC_LESS, g_strdup_printf ("%" G_GINT64_FORMAT, g_ascii_strtoll (to + 1, NULL, 10) * unit + 1));
}

static void
append_silent (const GxcFilterKind *kind, GxcDesk *desk, const char *value, GxcFilterConditions *conditions)
{
  gxc_filter_conditions_add (conditions, kind->field, GXC_LESS, g_strdup_printf ("%" G_GINT64_FORMAT, gxc_desk_now (desk) - days_of (value) * DAY));
}

static void
append_before (const GxcFilterKind *kind, GxcDesk *desk, const char *value, GxcFilterConditions *conditions)
{
  gxc_filter_conditions_add (conditions, kind->field, GXC_LESS, gx_date_format (gxc_desk_get_today (desk) + days_of (value) + 1));
}

static void
append_past (const GxcFilterKind *kind, GxcDesk *desk, const char *value, GxcFilterConditions *conditions)
{
  gxc_filter_conditions_add (conditions, kind->field, GXC_LESS, gx_date_format (gxc_desk_get_today (desk)));
}

static void
append_within (const GxcFilterKind *kind, GxcDesk *desk, const char *value, GxcFilterConditions *conditions)
{
  append_before (kind, desk, value, conditions);
  gxc_filter_conditions_add (conditions, kind->field, GXC_GREATER, gx_date_format (gxc_desk_get_today (desk) - 1));
}

/* A birthday has no year: the days themselves are named. */
static void
append_birthday (const GxcFilterKind *kind, GxcDesk *desk, const char *value, GxcFilterConditions *conditions)
{
  GString *words = g_string_new (NULL);
  int n = MIN (days_of (value), 366);

  for (int i = 0; i <= n; i++)
    {
      int year, month, day;

      gx_date_to_ymd (gxc_desk_get_today (desk) + i, &year, &month, &day);
      g_string_append_printf (words, "%s%d", i ? "," : "", month * 100 + day);
    }
  gxc_filter_conditions_add (conditions, kind->field, GXC_IN, g_string_free (words, FALSE));
}

static void
append_some (const GxcFilterKind *kind, GxcDesk *desk, const char *value, GxcFilterConditions *conditions)
{
  gxc_filter_conditions_add (conditions, kind->field, GXC_GREATER, g_strdup ("0"));
}

static void
append_there (const GxcFilterKind *kind, GxcDesk *desk, const char *value, GxcFilterConditions *conditions)
{
  gxc_filter_conditions_add (conditions, kind->field, GXC_IS_SOME, NULL);
}

static void
append_late (const GxcFilterKind *kind, GxcDesk *desk, const char *value, GxcFilterConditions *conditions)
{
  gxc_filter_conditions_add (conditions, kind->field, GXC_LESS, g_strdup_printf ("%" G_GINT64_FORMAT, gxc_desk_now (desk)));
}

static void
append_incomplete (const GxcFilterKind *kind, GxcDesk *desk, const char *value, GxcFilterConditions *conditions)
{
  gxc_filter_conditions_add (conditions, kind->field, GXC_LESS, g_strdup ("100"));
}

static const GxcFilterKind kinds[] = {
  { "tier",     NC_("filter", "Tier"),     GXC_FILTER_CHOICES, "tier",            0,  append_in },
  { "stage",    NC_("filter", "Stage"),     GXC_FILTER_CHOICES, "lifecycle_stage", 0,  append_in },
  { "value",    NC_("filter", "Value"),     GXC_FILTER_CHOICES, "value_class",     0,  append_in },
  { "status",   NC_("filter", "Status"),    GXC_FILTER_CHOICES, "status",          0,  append_in },
  { "type",     NC_("filter", "Type"),      GXC_FILTER_CHOICES, "type",            0,  append_in },
  { "risk",     NC_("filter", "Risk"),      GXC_FILTER_CHOICES, "risk_grade",      0,  append_in },
  { "manager",  NC_("filter", "Manager"),   GXC_FILTER_PEOPLE,  "primary_rm_id",   0,  append_in },
  { "aum",      NC_("filter", "Assets"),   GXC_FILTER_AMOUNTS, "aum",             0,  append_amounts },
  { "silent",   NC_("filter", "No contact for"), GXC_FILTER_DAYS, "last_contact_at", 60, append_silent },
  { "matures",  NC_("filter", "Matures within"), GXC_FILTER_DAYS, "matures_on",   30, append_within },
  { "birthday", NC_("filter", "Birthday within"), GXC_FILTER_DAYS, "birthday",    14, append_birthday },
  { "expires",  NC_("filter", "Risk grade expires within"), GXC_FILTER_DAYS, "risk_expires_on", 30, append_before },
  { "expired",  NC_("filter", "Risk grade expired"), GXC_FILTER_FLAG, "risk_expires_on", 0, append_past },
  { "rhythm",   NC_("filter", "Contact overdue"), GXC_FILTER_FLAG, "cadence_due_on", 0, append_past },
  { "pinned",   NC_("filter", "Pinned"), GXC_FILTER_FLAG, "pinned_at", 0, append_there },
  { "task",     NC_("filter", "Has an open task"), GXC_FILTER_FLAG, "open_tasks", 0,  append_some },
  { "late",     NC_("filter", "Task overdue"), GXC_FILTER_FLAG, "next_due_at",    0,  append_late },
  { "data",     NC_("filter", "Data missing"), GXC_FILTER_FLAG, "dq_score",       0,  append_incomplete },
};

guint
gxc_filter_n_kinds (void)
{
  return G_N_ELEMENTS (kinds);
}

/** gxc_filter_kind: in the order in which they are offered and shown */
const GxcFilterKind *
gxc_filter_kind (guint i)
{
  return &kinds[i];
}

/** gxc_filter_find_kind: (nullable) */
const GxcFilterKind *
gxc_filter_find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return &kinds[i];
  return NULL;
}

/** gxc_filter_choices: (nullable): of a kind whose words are an enumeration's */
const GxChoice *
gxc_filter_choices (const GxcFilterKind *kind)
{
  const GxField *field = gx_entity_find (&gx_customer_entity, kind->field);

  return field || (field = gx_entity_find (gxc_digest_entity (), kind->field)) ? field->choices : NULL;
}

/** gxc_filter_label: translated */
const char *
gxc_filter_label (const GxcFilterKind *kind)
{
  return g_dpgettext2 (NULL, "filter", kind->label);
}

/* --- in words ------------------------------------------------------------------------------------------------------- */

static char *
dup_word (const GxcFilterKind *kind, GxcDesk *desk, const char *word)
{
  const GxChoice *choices = gxc_filter_choices (kind);
  int value = choices ? gx_choice_find (choices, word) : 0;
  GxId id;

  if (value > 0)
    return g_strdup (_(gx_choice_label (choices, value)));
  if (kind->shape == GXC_FILTER_PEOPLE && gx_id_parse (word, &id))
    return gxc_desk_dup_label (desk, "employee", &id);
  return g_strdup (word);
}

static char *
dup_list (const GxcFilterKind *kind, GxcDesk *desk, const char *value)
{
  g_auto(GStrv) words = g_strsplit (value, ",", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; words[i]; i++)
    {
      g_autofree char *word = dup_word (kind, desk, words[i]);

      /* Translators: between the words of a list: "Gold, Platinum" */
      g_string_append_printf (text, "%s%s", i ? C_("list", ", ") : "", word);
    }
  return g_string_free (text, FALSE);
}

/* Translators: {from} and {to} are numbers of ten thousand yuan */
static char *
dup_amounts (const char *value)
{
  g_auto(GStrv) ends = g_strsplit (value, "-", 2);
  const char *from = ends[0], *to = ends[0] ? ends[1] : NULL;

  if (to && *to && *from)
    return g_strdup_printf (_("%s–%s × ¥10k"), from, to);
  return *from ? g_strdup_printf (_("from %s × ¥10k"), from) : g_strdup_printf (_("up to %s × ¥10k"), to ? to : "");
}

/**
 * gxc_filter_dup_words:
 *
 * Returns: (transfer full): the value as a chip says it after the kind's label; empty where the label says it all
 */
char *
gxc_filter_dup_words (const GxcFilterKind *kind,
                      GxcDesk             *desk,
                      const char          *value)
{
  switch (kind->shape)
    {
    case GXC_FILTER_AMOUNTS:
      return dup_amounts (value);
    case GXC_FILTER_DAYS:
      return g_strdup_printf (ngettext ("%d day", "%d days", days_of (value)), days_of (value));
    case GXC_FILTER_FLAG:
      return g_strdup ("");
    case GXC_FILTER_CHOICES:
    case GXC_FILTER_PEOPLE:
    default:
      return dup_list (kind, desk, value);
    }
}
