/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of a finished model: who stands next to whom, what was the case on a day, and all of it in words. Beside
 * gxc-timeline-model.c, which fills it. */

#include "gxc-timeline-model.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-clock.h"
#include "gx-customer.h"
#include "gxc-format.h"

static const char * const group_labels[GXC_TIMELINE_N_GROUPS] = {
  [GXC_TIMELINE_STAGES]   = NC_("timeline", "Stages"),
  [GXC_TIMELINE_EVENTS]   = NC_("timeline", "Events"),
  [GXC_TIMELINE_ASSETS]   = NC_("timeline", "Assets"),
  [GXC_TIMELINE_PRODUCTS] = NC_("timeline", "Products"),
  [GXC_TIMELINE_CONTACTS] = NC_("timeline", "Contacts"),
  [GXC_TIMELINE_TASKS]    = NC_("timeline", "Tasks"),
};

const char *
gxc_timeline_group_label (GxcTimelineGroup group)
{
  return g_dpgettext2 (NULL, "timeline", group_labels[group]);
}

/** gxc_timeline_model_has: whether a group has anything to show */
gboolean
gxc_timeline_model_has (const GxcTimelineModel *model,
                        GxcTimelineGroup        group)
{
  if (group == GXC_TIMELINE_ASSETS)
    return model->months->len > 0 || model->masked;
  if (group == GXC_TIMELINE_STAGES && model->bands->len > 0)
    return TRUE;
  for (guint i = 0; i < model->lanes->len; i++)
    if (((GxcTimelineLane *) g_ptr_array_index (model->lanes, i))->group == group)
      return TRUE;
  return FALSE;
}

/** gxc_timeline_model_find: (nullable): what stands in this model for an item of another: the same of the same record, or any of it */
GxcTimelineItem *
gxc_timeline_model_find (const GxcTimelineModel *model,
                         const GxcTimelineItem  *like)
{
  GxcTimelineItem *any = NULL;

  for (guint i = 0; i < model->items->len; i++)
    {
      GxcTimelineItem *item = g_ptr_array_index (model->items, i);

      if (item->entity != like->entity || !gx_id_equal (&item->id, &like->id))
        continue;
      if (item->kind == like->kind)
        return item;
      any = any ? any : item;
    }
  return any;
}

static gboolean
is_shown (guint groups, const GxcTimelineItem *item)
{
  return groups & (1u << gxc_timeline_kind_group (item->kind));
}

/**
 * gxc_timeline_model_step:
 * @groups: bits by GxcTimelineGroup: what is shown
 * @item: (nullable): NULL stands before the first, or for @by < 0 after the last
 * @by: 1 or -1
 *
 * Returns: (nullable): the next shown item in time, NULL at the end
 */
GxcTimelineItem *
gxc_timeline_model_step (const GxcTimelineModel *model,
                         guint                   groups,
                         const GxcTimelineItem  *item,
                         int                     by)
{
  int i = item ? (int) item->index + by : by > 0 ? 0 : (int) model->items->len - 1;

  for (; i >= 0 && i < (int) model->items->len; i += by)
    if (is_shown (groups, g_ptr_array_index (model->items, i)))
      return g_ptr_array_index (model->items, i);
  return NULL;
}

/** gxc_timeline_lane_search: the place of the first item of @lane at or after @at */
guint
gxc_timeline_lane_search (const GxcTimelineLane *lane,
                          double                 at)
{
  guint low = 0, high = lane->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (((GxcTimelineItem *) g_ptr_array_index (lane->items, middle))->at < at)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static GxcTimelineItem *
nearest_in (const GxcTimelineLane *lane, double at)
{
  guint i = gxc_timeline_lane_search (lane, at);

  if (i == lane->items->len || (i > 0 && at - ((GxcTimelineItem *) lane->items->pdata[i - 1])->at < ((GxcTimelineItem *) lane->items->pdata[i])->at - at))
    i--;
  return g_ptr_array_index (lane->items, i);
}

/** gxc_timeline_model_step_lane: (nullable): the item nearest in time in the next shown lane below (1) or above (-1) */
GxcTimelineItem *
gxc_timeline_model_step_lane (const GxcTimelineModel *model,
                              guint                   groups,
                              const GxcTimelineItem  *item,
                              int                     by)
{
  for (int i = (int) item->lane + by; i >= 0 && i < (int) model->lanes->len; i += by)
    {
      const GxcTimelineLane *lane = g_ptr_array_index (model->lanes, i);

      if (lane->items->len && (groups & (1u << lane->group)))
        return nearest_in (lane, item->at);
    }
  return NULL;
}

/** gxc_timeline_model_nearest: (nullable): the shown item that is nearest in time */
GxcTimelineItem *
gxc_timeline_model_nearest (const GxcTimelineModel *model,
                            guint                   groups,
                            double                  at)
{
  GxcTimelineItem *best = NULL;

  for (guint i = 0; i < model->lanes->len; i++)
    {
      const GxcTimelineLane *lane = g_ptr_array_index (model->lanes, i);
      GxcTimelineItem *item = lane->items->len && (groups & (1u << lane->group)) ? nearest_in (lane, at) : NULL;

      if (item && (!best || fabs (item->at - at) < fabs (best->at - at)))
        best = item;
    }
  return best;
}

/** gxc_timeline_model_value_at: the assets of a moment, between two months in proportion; NAN outside */
double
gxc_timeline_model_value_at (const GxcTimelineModel *model,
                             double                  at)
{
  const GxcTimelineMonth *months = (const GxcTimelineMonth *) (gpointer) model->months->data;
  guint low = 0, high = model->months->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (months[middle].at < at)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == model->months->len || (low == 0 && months[0].at > at))
    return NAN;
  if (months[low].at == at)
    return months[low].value;
  return months[low - 1].value + (months[low].value - months[low - 1].value) * (at - months[low - 1].at) / (months[low].at - months[low - 1].at);
}

/** gxc_timeline_model_band_at: (nullable): the stage of a moment */
const GxcTimelineBand *
gxc_timeline_model_band_at (const GxcTimelineModel *model,
                            double                  at)
{
  for (guint i = model->bands->len; i > 0; i--)
    {
      const GxcTimelineBand *band = &g_array_index (model->bands, GxcTimelineBand, i - 1);

      if (band->from <= at)
        return at < band->to ? band : NULL;
    }
  return NULL;
}

/* --- in words ----------------------------------------------------------------------------------------------------- */

/** gxc_timeline_item_dup_words: (transfer full): the item as a screen reader says it: when, what, the sentence, who */
char *
gxc_timeline_item_dup_words (const GxcTimelineItem *item,
                             gint32                 today)
{
  g_autofree char *when = gxc_format_date_full ((gint32) floor (item->at), today);

  return g_strdup_printf ("%s · %s · %s%s%s", when, item->what ? item->what : "", item->text ? item->text : "",
                          item->aside && *item->aside ? " · " : "", item->aside ? item->aside : "");
}

/** gxc_timeline_model_dup_words: (transfer full): the whole in a sentence: how much, from when to when, which stage now */
char *
gxc_timeline_model_dup_words (const GxcTimelineModel *model)
{
  guint n = model->items->len;
  const GxcTimelineBand *band = gxc_timeline_model_band_at (model, model->today);
  g_autofree char *count = g_strdup_printf (ngettext ("%u item", "%u items", n), n);
  g_autofree char *from = NULL, *to = NULL;

  if (n == 0)
    return g_strdup (_("Life cycle: nothing yet"));
  from = gx_date_format ((gint32) floor (((GxcTimelineItem *) model->items->pdata[0])->at));
  to = gx_date_format ((gint32) floor (((GxcTimelineItem *) model->items->pdata[n - 1])->at));
  /* Translators: how many items, first date, last date, the stage of today */
  return g_strdup_printf (_("Life cycle: %s, from %s to %s; stage now: %s"), count, from, to,
                          band ? _(gx_choice_label (gx_stages, band->stage)) : "\u2014");
}

/** gxc_timeline_model_dup_stages: (transfer full): those of a year in their order: "Declining → Won back" */
char *
gxc_timeline_model_dup_stages (const GxcTimelineModel *model,
                               int                     year,
                               int                    *out_last)
{
  GString *words = g_string_new (NULL);
  gint32 from = gx_date_from_ymd (year, 1, 1), to = gx_date_from_ymd (year + 1, 1, 1);

  for (guint i = 0; i < model->bands->len; i++)
    {
      const GxcTimelineBand *band = &g_array_index (model->bands, GxcTimelineBand, i);

      if (band->from >= to || band->to <= from)
        continue;
      g_string_append_printf (words, "%s%s", words->len ? " → " : "", _(gx_choice_label (gx_stages, band->stage)));
      *out_last = band->stage;
    }
  return g_string_free (words, FALSE);
}
