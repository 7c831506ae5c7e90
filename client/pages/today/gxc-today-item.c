/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the Today page: what is to be done, for whom, until when, what is at stake, and the one action that closes
 * it. What its kind means stands in one table; who makes the lines is gxc-today-sources. */

#include "gxc-today-item.h"

#include <glib/gi18n.h>

#include "gx-kind.h"

G_DEFINE_FINAL_TYPE (GxcTodayItem, gxc_today_item, G_TYPE_OBJECT)

static const GxcTodayKindInfo kinds[GXC_TODAY_N_KINDS] = {
  [GXC_TODAY_TASK]     = { GXC_TODAY_CLOCK, "checkbox-checked-symbolic",       GXC_CLOSING_DONE,    NC_("today", "Done"), "tasks", TRUE },
  [GXC_TODAY_TO_PLAN]  = { GXC_TODAY_CLOCK, "mark-location-symbolic",          GXC_CLOSING_PLAN,    NC_("today", "Plan"), "tasks", TRUE },
  [GXC_TODAY_MISSED]   = { GXC_TODAY_CLOCK, "mark-location-symbolic",          GXC_CLOSING_VISIT,   NC_("today", "Replan"), NULL },
  [GXC_TODAY_UNENDED]  = { GXC_TODAY_CLOCK, "mark-location-symbolic",          GXC_CLOSING_VISIT,   NC_("today", "Check out"), NULL },
  [GXC_TODAY_ENTRY]    = { GXC_TODAY_CLOCK, "contact-new-symbolic",            GXC_CLOSING_OPEN,    NC_("today", "Complete"), "details" },
  [GXC_TODAY_REVIEW]   = { GXC_TODAY_CLOCK, "emblem-ok-symbolic",              GXC_CLOSING_REVIEW,  NC_("today", "Review"), "overview" },
  [GXC_TODAY_RETURNED] = { GXC_TODAY_CLOCK, "edit-undo-symbolic",              GXC_CLOSING_REVIEW,  NC_("today", "Revise"), "overview" },
  [GXC_TODAY_SYNC]     = { GXC_TODAY_CLOCK, "emblem-synchronizing-symbolic",   GXC_CLOSING_SYNC,    NC_("today", "Mend"), "overview" },
  [GXC_TODAY_MATURITY] = { GXC_TODAY_CARE,  "x-office-calendar-symbolic",      GXC_CLOSING_PREPARE, NC_("today", "Prepare"), "assets" },
  [GXC_TODAY_BIRTHDAY] = { GXC_TODAY_CARE,  "emblem-favorite-symbolic",        GXC_CLOSING_CONTACT, NC_("today", "Greet"), "overview" },
  [GXC_TODAY_CADENCE]  = { GXC_TODAY_CARE,  "call-start-symbolic",             GXC_CLOSING_CONTACT, NC_("today", "Contact"), "timeline" },
  [GXC_TODAY_RISK]     = { GXC_TODAY_CARE,  "security-high-symbolic",          GXC_CLOSING_PREPARE, NC_("today", "Arrange"), "overview" },
};

static void
gxc_today_item_finalize (GObject *object)
{
  GxcTodayItem *self = GXC_TODAY_ITEM (object);

  g_clear_object (&self->record);
  g_clear_object (&self->customer);
  g_clear_object (&self->digest);
  g_free (self->what);
  g_free (self->why);
  g_free (self->ccy);
  G_OBJECT_CLASS (gxc_today_item_parent_class)->finalize (object);
}

static void
gxc_today_item_class_init (GxcTodayItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_today_item_finalize;
}

static void
gxc_today_item_init (GxcTodayItem *self)
{
  self->due_on = GX_INT32_NONE;
  self->value = GX_INT_NONE;
}

GxcTodayItem *
gxc_today_item_new (GxcTodayKind kind)
{
  GxcTodayItem *self = g_object_new (GXC_TYPE_TODAY_ITEM, NULL);

  self->kind = kind;
  self->icon_name = kinds[kind].icon_name;
  return self;
}

const GxcTodayKindInfo *
gxc_today_item_info (GxcTodayItem *self)
{
  return &kinds[self->kind];
}

/** gxc_today_item_is_task: whether it can be done, put off and moved to another day */
gboolean
gxc_today_item_is_task (GxcTodayItem *self)
{
  return kinds[self->kind].task;
}

/** gxc_today_item_key: (transfer full): the same for the same line after the page was read anew */
char *
gxc_today_item_key (GxcTodayItem *self)
{
  return g_strdup_printf ("%d/%s", self->kind, GX_ID_STR (self->record ? gx_record_get_id (self->record) : &self->customer_id));
}

static int
compare_times (GxcTodayItem *a, GxcTodayItem *b)
{
  gint64 x = a->due_at ? a->due_at : G_MAXINT64, y = b->due_at ? b->due_at : G_MAXINT64;

  if (x != y)
    return x < y ? -1 : 1;
  if (a->rank != b->rank)
    return a->rank - b->rank;
  return (a->due_on > b->due_on) - (a->due_on < b->due_on);
}

/** gxc_today_item_compare: the groups stay apart; within them by the clock, or by value and then by the clock */
int
gxc_today_item_compare (GxcTodayItem *a,
                        GxcTodayItem *b,
                        gboolean      by_value)
{
  gint64 x = a->value == GX_INT_NONE ? -1 : a->value, y = b->value == GX_INT_NONE ? -1 : b->value;
  int order = (int) kinds[a->kind].group - (int) kinds[b->kind].group;

  if (order == 0 && by_value)
    order = (x < y) - (x > y);
  if (order == 0)
    order = compare_times (a, b);
  if (order == 0)
    order = (int) a->kind - (int) b->kind;
  return order ? order : gx_id_compare (&a->customer_id, &b->customer_id);
}
