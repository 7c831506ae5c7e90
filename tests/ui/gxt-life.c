/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An invented life of ten years with as many items as somebody asks for: for tests and for measuring, always the same. It
 * fills a timeline's model as the desk would, with words in all of them, but reads no desk. */

#include "gxt-life.h"

#include "gx-customer.h"
#include "gx-interaction.h"

#define YEARS 10
#define DAYS  (YEARS * 365)

static const char * const channels[] = { "面访", "电话", "微信", "网点", "手机银行" };
static const char * const products[] = { "理财", "定期", "贷款", "信用卡" };
static const char * const events[] = { "创业", "子女留学", "购车", "新居", "升职", "公司 B 轮" };
static const int stages[] = { GX_STAGE_PROSPECT, GX_STAGE_NEW, GX_STAGE_MATURE, GX_STAGE_LOYAL, GX_STAGE_DECLINING, GX_STAGE_WON_BACK, GX_STAGE_MATURE,
                              GX_STAGE_LOYAL };

static GxcTimelineItem *
add (GxcTimelineModel *model, GxcTimelineLane *lane, GxcTimelineKind kind, double at, const char *what)
{
  GxcTimelineItem *item = gxc_timeline_model_add (model, lane, kind, at);

  item->entity = &gx_interaction_entity;
  item->id.b[0] = model->items->len & 0xff;
  item->id.b[1] = model->items->len >> 8;
  item->what = g_strdup (what);
  item->text = g_strdup_printf ("%s %u", what, model->items->len);
  item->aside = g_strdup ("林悦");
  return item;
}

static void
add_stages (GxcTimelineModel *model)
{
  GxcTimelineLane *lane = gxc_timeline_model_lane (model, GXC_TIMELINE_STAGES, 0, "阶段", GXC_TOKEN_FG);

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      double at = model->today - DAYS + (double) DAYS * i / G_N_ELEMENTS (stages);
      GxcTimelineItem *item = add (model, lane, GXC_TIMELINE_STAGE, at, "阶段");

      item->code = stages[i];
      gxc_timeline_model_add_band (model, stages[i], at, item);
    }
}

static void
add_products (GxcTimelineModel *model, guint n, GRand *random)
{
  for (guint i = 0; i + 1 < n; i += 2)
    {
      int key = g_rand_int_range (random, 0, G_N_ELEMENTS (products));
      GxcTimelineLane *lane = gxc_timeline_model_lane (model, GXC_TIMELINE_PRODUCTS, key, products[key], GXC_TOKEN_CHART_1 + key);
      double from = model->today - g_rand_int_range (random, 30, DAYS), to = MIN (from + g_rand_int_range (random, 90, 900), model->today);

      GxcTimelineItem *opened = add (model, lane, GXC_TIMELINE_OPENED, from, products[key]);

      add (model, lane, GXC_TIMELINE_CLOSED, to, products[key])->id = opened->id;
      gxc_timeline_model_add_span (model, lane, &opened->id, from, to);
    }
}

static void
add_events (GxcTimelineModel *model, guint n, GRand *random)
{
  for (guint i = 0; i < n; i++)
    {
      gboolean milestone = i % 2;
      GxcTimelineLane *lane = gxc_timeline_model_lane (model, GXC_TIMELINE_EVENTS, milestone, milestone ? "里程碑" : "事件", GXC_TOKEN_FG);
      const char *brief = events[g_rand_int_range (random, 0, G_N_ELEMENTS (events))];

      add (model, lane, milestone ? GXC_TIMELINE_MILESTONE : GXC_TIMELINE_EVENT, model->today - g_rand_int_range (random, 0, DAYS),
           "事件")->brief = g_strdup (brief);
    }
}

static void
add_contacts (GxcTimelineModel *model, guint n, GRand *random)
{
  for (guint i = 0; i < n; i++)
    {
      int key = g_rand_int_range (random, 0, G_N_ELEMENTS (channels));
      GxcTimelineLane *lane = gxc_timeline_model_lane (model, GXC_TIMELINE_CONTACTS, key, channels[key], GXC_TOKEN_DIM);

      add (model, lane, g_rand_boolean (random) ? GXC_TIMELINE_IN : GXC_TIMELINE_OUT, model->today - g_rand_double_range (random, 0, DAYS), channels[key]);
    }
}

/**
 * gxt_life_new:
 * @n_items: at least 100
 *
 * Returns: (transfer full): a finished model of that many items, the same each time
 */
GxcTimelineModel *
gxt_life_new (guint n_items)
{
  GxcTimelineModel *model = gxc_timeline_model_new (GXT_LIFE_TODAY);
  g_autoptr(GRand) random = g_rand_new_with_seed (20261124);

  add_stages (model);
  add_events (model, n_items / 50, random);
  add_products (model, MIN (n_items / 20, 200), random);
  add_contacts (model, n_items - model->items->len, random);
  for (guint i = 0; i <= YEARS * 12; i++)
    gxc_timeline_model_add_month (model, model->today - 30.4 * i, 5.4e6 - 4.0e4 * i + 6e5 * g_rand_double (random));
  gxc_timeline_model_finish (model);
  return model;
}
