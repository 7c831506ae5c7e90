/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a timeline shows, in order and by lanes: plain data, no widget and no desk, so that it can be tested by the ten
 * thousand. Whoever fills it finishes it; from then on every question is a binary search or a step to a neighbour. */

#include "gxc-timeline-model.h"

#include <math.h>

static const GxcTimelineGroup groups_of_kinds[GXC_TIMELINE_N_KINDS] = {
  [GXC_TIMELINE_STAGE]     = GXC_TIMELINE_STAGES,
  [GXC_TIMELINE_EVENT]     = GXC_TIMELINE_EVENTS,
  [GXC_TIMELINE_MILESTONE] = GXC_TIMELINE_EVENTS,
  [GXC_TIMELINE_OPENED]    = GXC_TIMELINE_PRODUCTS,
  [GXC_TIMELINE_MATURES]   = GXC_TIMELINE_PRODUCTS,
  [GXC_TIMELINE_CLOSED]    = GXC_TIMELINE_PRODUCTS,
  [GXC_TIMELINE_IN]        = GXC_TIMELINE_CONTACTS,
  [GXC_TIMELINE_OUT]       = GXC_TIMELINE_CONTACTS,
  [GXC_TIMELINE_DONE]      = GXC_TIMELINE_TASKS,
};

GxcTimelineGroup
gxc_timeline_kind_group (GxcTimelineKind kind)
{
  g_return_val_if_fail (kind < GXC_TIMELINE_N_KINDS, GXC_TIMELINE_EVENTS);
  return groups_of_kinds[kind];
}

static void
free_item (gpointer data)
{
  GxcTimelineItem *item = data;

  g_free (item->what);
  g_free (item->text);
  g_free (item->aside);
  g_free (item->brief);
  g_free (item);
}

static void
free_lane (gpointer data)
{
  GxcTimelineLane *lane = data;

  if (!lane)
    return;
  g_free (lane->label);
  g_ptr_array_unref (lane->items);
  g_free (lane);
}

/** gxc_timeline_model_new: (transfer full): an empty one; @today is the bank's date */
GxcTimelineModel *
gxc_timeline_model_new (gint32 today)
{
  GxcTimelineModel *model = g_rc_box_new0 (GxcTimelineModel);

  model->today = today;
  model->items = g_ptr_array_new_with_free_func (free_item);
  model->homes = g_ptr_array_new_with_free_func (free_lane);
  model->lanes = g_ptr_array_new ();
  model->bands = g_array_new (FALSE, FALSE, sizeof (GxcTimelineBand));
  model->spans = g_array_new (FALSE, FALSE, sizeof (GxcTimelineSpan));
  model->months = g_array_new (FALSE, FALSE, sizeof (GxcTimelineMonth));
  return model;
}

GxcTimelineModel *
gxc_timeline_model_ref (GxcTimelineModel *model)
{
  return g_rc_box_acquire (model);
}

static void
clear_model (gpointer data)
{
  GxcTimelineModel *model = data;

  g_ptr_array_unref (model->lanes);
  g_ptr_array_unref (model->homes);
  for (guint i = 0; i < GXC_TIMELINE_N_GROUPS; i++)
    free_lane (model->rests[i]);
  g_ptr_array_unref (model->items);
  g_array_unref (model->bands);
  g_array_unref (model->spans);
  g_array_unref (model->months);
  g_free (model->worth);
  g_free (model->unit);
}

void
gxc_timeline_model_unref (GxcTimelineModel *model)
{
  g_rc_box_release_full (model, clear_model);
}

/* --- filling ------------------------------------------------------------------------------------------------------ */

static GxcTimelineLane *
make_lane (GxcTimelineGroup group, int key, const char *label, GxcToken token)
{
  GxcTimelineLane *lane = g_new0 (GxcTimelineLane, 1);

  *lane = (GxcTimelineLane) { .group = group, .key = key, .label = g_strdup (label), .token = token, .items = g_ptr_array_new () };
  return lane;
}

/** gxc_timeline_model_lane: (transfer none): that lane, made where there is none; @label and @token count the first time */
GxcTimelineLane *
gxc_timeline_model_lane (GxcTimelineModel *model,
                         GxcTimelineGroup  group,
                         int               key,
                         const char       *label,
                         GxcToken          token)
{
  GxcTimelineLane *lane;

  for (guint i = 0; i < model->homes->len; i++)
    {
      lane = g_ptr_array_index (model->homes, i);
      if (lane->group == group && lane->key == key)
        return lane;
    }
  lane = make_lane (group, key, label, token);
  g_ptr_array_add (model->homes, lane);
  return lane;
}

/**
 * gxc_timeline_model_add:
 * @at: days since 1970-01-01
 *
 * Returns: (transfer none): a new item, whose words the caller fills in
 */
GxcTimelineItem *
gxc_timeline_model_add (GxcTimelineModel *model,
                        GxcTimelineLane  *lane,
                        GxcTimelineKind   kind,
                        double            at)
{
  GxcTimelineItem *item = g_new0 (GxcTimelineItem, 1);

  item->kind = kind;
  item->home = lane;
  item->at = at;
  item->brief_width = -1;
  g_ptr_array_add (model->items, item);
  g_ptr_array_add (lane->items, item);
  return item;
}

/** gxc_timeline_model_add_span: @id is that of the items that stand on it, its opening and its end */
void
gxc_timeline_model_add_span (GxcTimelineModel *model,
                             GxcTimelineLane  *lane,
                             const GxId       *id,
                             double            from,
                             double            to)
{
  GxcTimelineSpan span = { lane, lane, *id, 0, from, MAX (from, to) };

  g_array_append_val (model->spans, span);
}

/** gxc_timeline_model_add_band: a stage since @from; it ends where the next one begins */
void
gxc_timeline_model_add_band (GxcTimelineModel *model,
                             int               stage,
                             double            from,
                             GxcTimelineItem  *item)
{
  GxcTimelineBand band = { stage, from, from, item };

  g_array_append_val (model->bands, band);
}

/** gxc_timeline_model_add_month: several of one moment are added up */
void
gxc_timeline_model_add_month (GxcTimelineModel *model,
                              double            at,
                              double            value)
{
  GxcTimelineMonth month = { at, value };

  g_array_append_val (model->months, month);
}

/**
 * gxc_timeline_model_name_rest:
 * @most: so many lanes @group has at most
 * @label: what the last of them is called, which those without one of their own then share
 *
 * Before finishing.
 */
void
gxc_timeline_model_name_rest (GxcTimelineModel *model,
                              GxcTimelineGroup  group,
                              guint             most,
                              const char       *label,
                              GxcToken          token)
{
  g_return_if_fail (!model->rests[group] && most > 0);

  model->rests[group] = make_lane (group, G_MAXINT, label, token);
  model->most_lanes[group] = most;
}

/* --- finishing ---------------------------------------------------------------------------------------------------- */

static int
compare_doubles (double a, double b)
{
  return (a > b) - (a < b);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const GxcTimelineItem *x = *(GxcTimelineItem * const *) a, *y = *(GxcTimelineItem * const *) b;
  int order = compare_doubles (x->at, y->at);

  return order ? order : x->kind != y->kind ? (int) x->kind - (int) y->kind : gx_id_compare (&x->id, &y->id);
}

static int
compare_bands (gconstpointer a, gconstpointer b)
{
  return compare_doubles (((const GxcTimelineBand *) a)->from, ((const GxcTimelineBand *) b)->from);
}

static int
compare_months (gconstpointer a, gconstpointer b)
{
  return compare_doubles (((const GxcTimelineMonth *) a)->at, ((const GxcTimelineMonth *) b)->at);
}

static void
finish_bands (GxcTimelineModel *model)
{
  g_array_sort (model->bands, compare_bands);
  for (guint i = 0; i < model->bands->len; i++)
    {
      GxcTimelineBand *band = &g_array_index (model->bands, GxcTimelineBand, i);

      band->to = i + 1 < model->bands->len ? g_array_index (model->bands, GxcTimelineBand, i + 1).from : MAX (band->from, model->today + 1);
    }
}

static void
finish_months (GxcTimelineModel *model)
{
  guint n = 0;

  g_array_sort (model->months, compare_months);
  for (guint i = 0; i < model->months->len; i++)
    {
      const GxcTimelineMonth month = g_array_index (model->months, GxcTimelineMonth, i);

      if (n > 0 && g_array_index (model->months, GxcTimelineMonth, n - 1).at == month.at)
        g_array_index (model->months, GxcTimelineMonth, n - 1).value += month.value;
      else
        g_array_index (model->months, GxcTimelineMonth, n++) = month;
    }
  g_array_set_size (model->months, n);
  for (guint i = 0; i < n; i++)
    model->most = MAX (model->most, g_array_index (model->months, GxcTimelineMonth, i).value);
  model->top = model->most;
}

static void
widen (GxcTimelineModel *model, double at)
{
  if (isfinite (at))
    {
      model->from = MIN (model->from, at);
      model->to = MAX (model->to, at);
    }
}

static void
find_range (GxcTimelineModel *model)
{
  model->from = model->to = model->today;
  if (model->items->len)
    {
      widen (model, ((GxcTimelineItem *) g_ptr_array_index (model->items, 0))->at);
      widen (model, ((GxcTimelineItem *) g_ptr_array_index (model->items, model->items->len - 1))->at);
    }
  if (model->bands->len)
    widen (model, g_array_index (model->bands, GxcTimelineBand, 0).from);
  for (guint i = 0; i < model->spans->len; i++)
    {
      widen (model, g_array_index (model->spans, GxcTimelineSpan, i).from);
      widen (model, g_array_index (model->spans, GxcTimelineSpan, i).to);
    }
  if (model->months->len)
    widen (model, g_array_index (model->months, GxcTimelineMonth, 0).at);
}

/** gxc_timeline_model_finish: everything is in; call once */
void
gxc_timeline_model_finish (GxcTimelineModel *model)
{
  g_ptr_array_sort (model->items, compare_items);
  for (guint i = 0; i < model->items->len; i++)
    ((GxcTimelineItem *) g_ptr_array_index (model->items, i))->index = i;
  gxc_timeline_model_share_lanes (model, GXC_TIMELINE_ALL, G_MAXUINT);
  model->finished = TRUE;
  finish_bands (model);
  finish_months (model);
  find_range (model);
}

/** gxc_timeline_model_get_end: where the whole ends: what is to come counts as far as it is near, for a mortgage ends in decades */
double
gxc_timeline_model_get_end (const GxcTimelineModel *model)
{
  return MIN (model->to, model->today + 31 + (model->today - model->from) * 0.08);
}
