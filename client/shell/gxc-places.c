/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pages there are: one row each. The sidebar, the palette, the keys Ctrl+1 … Ctrl+5 and the first page all follow
 * from it, so a new page is a new row and nothing else. What a person may see follows from the roles; a section without a
 * page that the person may see is not shown. A customer's page is no place: it is opened over one. */

#include "gxc-places.h"

#include <glib/gi18n.h>

#include "gxc-customers-page.h"
#include "gxc-due.h"
#include "gxc-reviews-page.h"
#include "gxc-status-page.h"
#include "gxc-sync-page.h"
#include "gxc-today-page.h"
#include "gxc-today-sources.h"
#include "gxc-tasks-page.h"
#include "gxc-visit-day.h"
#include "gxc-visits-page.h"

#define READS    (GX_CAN_READ_OWN | GX_CAN_READ_BRANCH)
#define DECIDES  (GX_CAN_DECIDE_1 | GX_CAN_DECIDE_2)

static guint
count_problems (GxcDesk *desk, gboolean *out_red)
{
  GxcSyncSummary summary;

  gxc_desk_get_summary (desk, &summary);
  return summary.refused + summary.conflicts;
}

static const GxcPlace places[] = {
  /* name, section, icon, label, who sees it, whose first page it is, make, count, words */
  { "today", GXC_SECTION_HOME, "user-home-symbolic", NC_("place", "Today"),
    READS, READS, gxc_today_page_new, gxc_today_count, NC_("palette", "home start day first due") },
  /* Today counts what is due; a second count of the same beside it would say nothing. */
  { "tasks", GXC_SECTION_HOME, "checkbox-checked-symbolic", NC_("place", "Tasks"),
    GX_CAN_WRITE_TASK, 0, gxc_tasks_page_new, .words = NC_("palette", "to do calendar month plan visit") },
  { "reviews", GXC_SECTION_HOME, "emblem-ok-symbolic", NC_("place", "Reviews"),
    GX_CAN_MAKE_CR | DECIDES, DECIDES, gxc_reviews_page_new, gxc_due_count_reviews, NC_("palette", "approve decide request inbox") },
  { "customers", GXC_SECTION_BUSINESS, "system-users-symbolic", NC_("place", "Customers"),
    READS, READS, gxc_customers_page_new, .words = NC_("palette", "clients list portfolio") },
  { "visits", GXC_SECTION_SERVICE, "mark-location-symbolic", NC_("place", "Visits"),
    GX_CAN_WRITE_TASK, 0, gxc_visits_page_new, gxc_visits_count, NC_("palette", "field route check in out stops") },
  { "sync", GXC_SECTION_SUPPORT, "emblem-synchronizing-symbolic", NC_("place", "Sync"),
    READS, 0, gxc_sync_page_new, count_problems, NC_("palette", "server queue conflicts offline") },
  { "status", GXC_SECTION_SUPPORT, "security-high-symbolic", NC_("place", "My work here"),
    GX_CAN_READ_AUDIT | GX_CAN_ADMIN, GX_CAN_READ_AUDIT | GX_CAN_ADMIN, gxc_status_page_new },
};

static const char * const sections[GXC_LAST_SECTION + 1] = {
  [GXC_SECTION_HOME]     = NC_("section", "Home"),
  [GXC_SECTION_MARKET]   = NC_("section", "Market"),
  [GXC_SECTION_BUSINESS] = NC_("section", "Business"),
  [GXC_SECTION_SERVICE]  = NC_("section", "Service"),
  [GXC_SECTION_SUPPORT]  = NC_("section", "Support"),
};

static gboolean
has_any (GxcDesk *desk, GxCapability capabilities)
{
  const GxcPerson *person = gxc_desk_get_person (desk);

  return person && (gx_role_capabilities (person->roles) & capabilities);
}

/** gxc_place_next: (nullable): the first for %NULL */
const GxcPlace *
gxc_place_next (GxcDesk        *desk,
                const GxcPlace *after)
{
  for (const GxcPlace *place = after ? after + 1 : places; place < places + G_N_ELEMENTS (places); place++)
    if (!place->needs ? gxc_desk_get_person (desk) != NULL : has_any (desk, place->needs))
      return place;
  return NULL;
}

/** gxc_place_find: (nullable): %NULL too for a page that this person may not see */
const GxcPlace *
gxc_place_find (GxcDesk    *desk,
                const char *name)
{
  for (const GxcPlace *place = gxc_place_next (desk, NULL); place; place = gxc_place_next (desk, place))
    if (g_strcmp0 (place->name, name) == 0)
      return place;
  return NULL;
}

/** gxc_place_first: (nullable): where this person's day begins */
const GxcPlace *
gxc_place_first (GxcDesk *desk)
{
  for (const GxcPlace *place = gxc_place_next (desk, NULL); place; place = gxc_place_next (desk, place))
    if (has_any (desk, place->begins))
      return place;
  return gxc_place_next (desk, NULL);
}

/**
 * gxc_place_in_section:
 * @after: (nullable): the name of the page that is looked at
 *
 * Returns: (nullable): the section's first page, or the one after @after, round and round, so that the same key goes on
 */
const GxcPlace *
gxc_place_in_section (GxcDesk    *desk,
                      GxcSection  section,
                      const char *after)
{
  const GxcPlace *first = NULL;
  gboolean passed = FALSE;

  for (const GxcPlace *place = gxc_place_next (desk, NULL); place; place = gxc_place_next (desk, place))
    {
      if (place->section != section)
        continue;
      if (passed)
        return place;
      first = first ? first : place;
      passed = g_strcmp0 (place->name, after) == 0;
    }
  return first;
}

const char *
gxc_place_label (const GxcPlace *place)
{
  return g_dpgettext2 (NULL, "place", place->label);
}

const char *
gxc_section_title (GxcSection section)
{
  return g_dpgettext2 (NULL, "section", sections[section]);
}
