/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which lanes of a timeline have a row of their own. Each sort of product and each channel has one as long as there is room;
 * where there is not, the busiest keep theirs and the others share one, so that all of them are in sight. It knows how many
 * rows there are, not how high they are: that is the layout's business. */

#include "gxc-timeline-model.h"

#include <math.h>
#include <string.h>

#define MAX_LINES  4      /* in one row: more would touch */
#define LEAST_ROWS 2      /* of products, and of contacts, however little room there is */

/* --- what stands in a row ------------------------------------------------------------------------------------------- */

static int
compare_index (gconstpointer a, gconstpointer b)
{
  const GxcTimelineItem *x = *(GxcTimelineItem * const *) a, *y = *(GxcTimelineItem * const *) b;

  return x->index < y->index ? -1 : x->index > y->index;
}

static int
compare_lanes (gconstpointer a, gconstpointer b)
{
  const GxcTimelineLane *x = *(GxcTimelineLane * const *) a, *y = *(GxcTimelineLane * const *) b;

  return x->group != y->group ? (int) x->group - (int) y->group : (x->key > y->key) - (x->key < y->key);
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const GxcTimelineSpan *x = a, *y = b;

  return (x->from > y->from) - (x->from < y->from);
}

static void
number_lanes (GxcTimelineModel *model)
{
  g_ptr_array_sort (model->lanes, compare_lanes);
  for (guint i = 0; i < model->lanes->len; i++)
    {
      GxcTimelineLane *lane = g_ptr_array_index (model->lanes, i);

      lane->n_rows = 0;
      g_ptr_array_sort (lane->items, compare_index);
      for (guint j = 0; j < lane->items->len; j++)
        {
          ((GxcTimelineItem *) g_ptr_array_index (lane->items, j))->lane = i;
          ((GxcTimelineItem *) g_ptr_array_index (lane->items, j))->place = j;
        }
    }
}

/* Each line goes into the first row of its lane that is free, so that two products of a kind are two lines. */
static void
finish_spans (GxcTimelineModel *model)
{
  g_autoptr(GHashTable) rows = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  g_array_sort (model->spans, compare_spans);
  for (guint i = 0; i < model->spans->len; i++)
    {
      GxcTimelineSpan *span = &g_array_index (model->spans, GxcTimelineSpan, i);
      double *free_from;
      guint row = 0;

      span->in = span->home->into ? span->home->into : span->home;
      free_from = g_hash_table_lookup (rows, span->in);
      if (!free_from)
        {
          free_from = g_new (double, MAX_LINES);
          for (guint j = 0; j < MAX_LINES; j++)
            free_from[j] = -INFINITY;
          g_hash_table_insert (rows, span->in, free_from);
        }
      while (row < MAX_LINES - 1 && free_from[row] > span->from)
        row++;
      free_from[row] = MAX (free_from[row], span->to);
      span->row = row;
      span->in->n_rows = MAX (span->in->n_rows, row + 1);
    }
}

/* An opening and an end stand on the line of their product. */
static void
finish_lines (GxcTimelineModel *model)
{
  g_autoptr(GHashTable) rows = g_hash_table_new (gx_id_hash, (GEqualFunc) gx_id_equal);

  for (guint i = 0; i < model->spans->len; i++)
    {
      GxcTimelineSpan *span = &g_array_index (model->spans, GxcTimelineSpan, i);

      g_hash_table_insert (rows, &span->id, GUINT_TO_POINTER (span->row));
    }
  for (guint i = 0; i < model->items->len; i++)
    {
      GxcTimelineItem *item = g_ptr_array_index (model->items, i);

      if (gxc_timeline_kind_group (item->kind) == GXC_TIMELINE_PRODUCTS)
        item->line = GPOINTER_TO_UINT (g_hash_table_lookup (rows, &item->id));
    }
}

/* --- who has one ---------------------------------------------------------------------------------------------------- */

static int
compare_busy (gconstpointer a, gconstpointer b)
{
  return (int) (*(GxcTimelineLane * const *) b)->items->len - (int) (*(GxcTimelineLane * const *) a)->items->len;
}

static GPtrArray *
homes_of (GxcTimelineModel *model, GxcTimelineGroup group)
{
  GPtrArray *homes = g_ptr_array_new ();

  for (guint i = 0; i < model->homes->len; i++)
    if (((GxcTimelineLane *) g_ptr_array_index (model->homes, i))->group == group)
      g_ptr_array_add (homes, g_ptr_array_index (model->homes, i));
  return homes;
}

/* The busiest keep a row, the others share the last. */
static void
lay_group (GxcTimelineModel *model, GxcTimelineGroup group, guint most)
{
  g_autoptr(GPtrArray) homes = homes_of (model, group);
  GxcTimelineLane *rest = model->rests[group];
  guint keep = rest && homes->len > most ? most - 1 : homes->len;

  g_ptr_array_sort (homes, compare_busy);
  if (rest)
    g_ptr_array_set_size (rest->items, 0);
  for (guint i = 0; i < homes->len; i++)
    {
      GxcTimelineLane *lane = g_ptr_array_index (homes, i);

      lane->into = i < keep ? NULL : rest;
      if (i < keep)
        g_ptr_array_add (model->lanes, lane);
      else
        g_ptr_array_extend (rest->items, lane->items, NULL, NULL);
    }
  if (keep < homes->len)
    g_ptr_array_add (model->lanes, rest);
}

static guint
most_of (GxcTimelineModel *model, guint groups, GxcTimelineGroup group)
{
  g_autoptr(GPtrArray) homes = homes_of (model, group);

  if (!(groups & (1u << group)))
    return 0;
  return model->most_lanes[group] ? MIN (homes->len, model->most_lanes[group]) : homes->len;
}

/** gxc_timeline_model_count_rows: how many rows products and contacts have if nothing has to give */
guint
gxc_timeline_model_count_rows (GxcTimelineModel *model,
                               guint             groups)
{
  return most_of (model, groups, GXC_TIMELINE_PRODUCTS) + most_of (model, groups, GXC_TIMELINE_CONTACTS);
}

/**
 * gxc_timeline_model_share_lanes:
 * @groups: bits by GxcTimelineGroup: which are shown
 * @n: how many rows products and contacts may have together
 *
 * Where there are more, the group with more of them gives first; two of each stay. Items are where they were, but the
 * numbers of lanes are others: what was laid out before is not valid any more.
 *
 * Returns: whether anything changed
 */
gboolean
gxc_timeline_model_share_lanes (GxcTimelineModel *model,
                                guint             groups,
                                guint             n)
{
  guint most[GXC_TIMELINE_N_GROUPS], *products = &most[GXC_TIMELINE_PRODUCTS], *contacts = &most[GXC_TIMELINE_CONTACTS];

  for (guint i = 0; i < GXC_TIMELINE_N_GROUPS; i++)
    most[i] = most_of (model, groups, i);
  while (*products + *contacts > n && (*products > LEAST_ROWS || *contacts > LEAST_ROWS))
    (*(*contacts >= *products ? contacts : products))--;
  if (model->finished && memcmp (most, model->rows_of, sizeof most) == 0)
    return FALSE;
  memcpy (model->rows_of, most, sizeof most);
  g_ptr_array_set_size (model->lanes, 0);
  for (guint i = 0; i < GXC_TIMELINE_N_GROUPS; i++)
    lay_group (model, i, most[i] ? most[i] : most_of (model, GXC_TIMELINE_ALL, i));
  number_lanes (model);
  finish_spans (model);
  finish_lines (model);
  return TRUE;
}
