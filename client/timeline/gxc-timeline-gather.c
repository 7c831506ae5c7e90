/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads one customer's rows from the desk and puts them into a timeline's model, in words. One small function a kind of
 * record. What the session may not see, or the curtain hides, stays out of the words by gxc_field_to_words(); of money
 * by months there is a line against thresholds or figures, and one figure, which the curtain makes a band. */

#include "gxc-timeline-gather.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <math.h>

#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-holding.h"
#include "gx-interaction.h"
#include "gx-life-event.h"
#include "gx-money.h"
#include "gx-product.h"
#include "gx-stage-hist.h"
#include "gx-task.h"
#include "gx-tier-rule.h"
#include "gxc-field-column.h"
#include "gxc-format.h"

#define MS_PER_DAY 86400000.0
#define CHANNELS   5       /* the busiest have a lane each */

typedef struct
{
  GxcDesk          *desk;
  GxcTimelineModel *model;
  GTimeZone        *zone;
  GHashTable       *products;     /* GxId → GxRecord */
  char             *ccy;          /* (nullable) of the months */
} Gathering;

enum { FLAG_EVENT, FLAG_MILESTONE };

/* --- helpers ------------------------------------------------------------------------------------------------------ */

static double
local_days (Gathering *gathering, gint64 ms)
{
  int interval = g_time_zone_find_interval (gathering->zone, G_TIME_TYPE_UNIVERSAL, ms / 1000);

  return (ms + 1000.0 * g_time_zone_get_offset (gathering->zone, MAX (interval, 0))) / MS_PER_DAY;
}

static char *
words_of (Gathering *gathering, GxRecord *record, const char *field)
{
  return gxc_field_to_words (gathering->desk, record, gx_entity_find (gx_record_get_entity (record), field));
}

static GxcTimelineItem *
add (Gathering *gathering, GxcTimelineLane *lane, GxcTimelineKind kind, double at, GxRecord *record)
{
  GxcTimelineItem *item = gxc_timeline_model_add (gathering->model, lane, kind, at);

  item->entity = gx_record_get_entity (record);
  item->id = *gx_record_get_id (record);
  return item;
}

static GxcTimelineLane *
flag_lane (Gathering *gathering, int row)
{
  return gxc_timeline_model_lane (gathering->model, GXC_TIMELINE_EVENTS, row,
                                  row == FLAG_EVENT ? C_("timeline", "Events") : C_("timeline", "Milestones"), GXC_TOKEN_FG);
}

/* --- stages ------------------------------------------------------------------------------------------------------- */

static void
add_stage (Gathering *gathering, GxRecord *record)
{
  const GxStageHist *row = gx_record_get_data (record);
  GxcTimelineLane *lane = gxc_timeline_model_lane (gathering->model, GXC_TIMELINE_STAGES, 0, C_("timeline", "Stage"), GXC_TOKEN_FG);
  GxcTimelineItem *item = add (gathering, lane, GXC_TIMELINE_STAGE, local_days (gathering, row->at), record);
  g_autofree char *to = words_of (gathering, record, "to_stage"), *from = words_of (gathering, record, "from_stage");

  item->code = row->to_stage;
  item->what = g_strdup (C_("timeline", "Stage"));
  item->text = row->from_stage ? g_strdup_printf ("%s → %s", from, to) : g_steal_pointer (&to);
  item->aside = g_strdup (row->automatic ? C_("timeline", "by rule") : NULL);
  gxc_timeline_model_add_band (gathering->model, row->to_stage, item->at, item);
}

/* Before there was a history of stages there is at least the present one. */
static void
add_present_stage (Gathering *gathering, const GxCustomer *row)
{
  double since = row->onboarded_on != GX_INT32_NONE ? row->onboarded_on : local_days (gathering, row->first_contact_at);

  if (gathering->model->bands->len == 0 && row->lifecycle_stage)
    gxc_timeline_model_add_band (gathering->model, row->lifecycle_stage, since, NULL);
}

/* --- flags -------------------------------------------------------------------------------------------------------- */

static void
add_life_event (Gathering *gathering, GxRecord *record)
{
  const GxLifeEvent *row = gx_record_get_data (record);
  GxcTimelineItem *item = add (gathering, flag_lane (gathering, FLAG_EVENT), GXC_TIMELINE_EVENT, row->happened_on, record);
  g_autofree char *type = words_of (gathering, record, "type"), *note = words_of (gathering, record, "note");

  item->what = g_strdup (C_("timeline", "Event"));
  item->brief = g_strdup (type);
  item->text = row->note ? g_strdup_printf ("%s · %s", type, note) : g_strdup (type);
  item->aside = words_of (gathering, record, "source");
}

static GxcTimelineItem *
add_milestone (Gathering *gathering, double at, GxRecord *record, const char *brief)
{
  GxcTimelineItem *item = add (gathering, flag_lane (gathering, FLAG_MILESTONE), GXC_TIMELINE_MILESTONE, at, record);

  item->what = g_strdup (C_("timeline", "Milestone"));
  item->brief = g_strdup (brief);
  item->text = g_strdup (brief);
  return item;
}

static void
add_customer (Gathering *gathering, GxRecord *record)
{
  const GxCustomer *row = gx_record_get_data (record);

  gathering->model->org = row->type == GX_CUSTOMER_ORG;
  if (row->first_contact_at != GX_INT_NONE)
    add_milestone (gathering, local_days (gathering, row->first_contact_at), record, _("First contact"));
  if (row->onboarded_on != GX_INT32_NONE)
    add_milestone (gathering, row->onboarded_on, record, _("Became a customer"));
}

/* What the request asked for is in the machine's words; only the two changes that are milestones are told. */
static void
add_request (Gathering *gathering, GxRecord *record)
{
  const GxChangeRequest *row = gx_record_get_data (record);
  gboolean tier = g_strcmp0 (row->kind, "tier.change") == 0, transfer = g_strcmp0 (row->kind, "customer.transfer") == 0;
  g_autoptr(JsonNode) after = row->after ? json_from_string (row->after, NULL) : NULL;
  JsonObject *object = after && JSON_NODE_HOLDS_OBJECT (after) ? json_node_get_object (after) : NULL;
  const char *code = object ? json_object_get_string_member_with_default (object, "tier", NULL) : NULL;
  int number = tier && code ? gx_choice_find (gx_tiers, code) : 0;
  double at = local_days (gathering, row->meta.updated_at > 0 ? row->meta.updated_at : row->submitted_at);
  g_autofree char *brief = NULL;
  GxcTimelineItem *item;

  if (g_strcmp0 (row->state, "APPLIED") != 0 || (!transfer && number <= 0))
    return;
  brief = transfer ? g_strdup (_("Another manager")) : g_strdup_printf (_("To %s"), _(gx_choice_label (gx_tiers, number)));
  item = add_milestone (gathering, at, record, brief);
  item->code = MAX (number, 0);
  item->aside = words_of (gathering, record, "maker_id");
}

/* --- products ----------------------------------------------------------------------------------------------------- */

/* The fixed hues of assets: current, time deposit, wealth, fund, insurance; what is owed below. */
static const struct { const char *label; GxcToken token; } product_lanes[] = {
  { NC_("timeline", "Other"), GXC_TOKEN_CHART_MEAN },
  { NC_("timeline", "Current"), GXC_TOKEN_CHART_1 }, { NC_("timeline", "Time deposits"), GXC_TOKEN_CHART_2 },
  { NC_("timeline", "Wealth"), GXC_TOKEN_CHART_3 },  { NC_("timeline", "Funds"), GXC_TOKEN_CHART_4 },
  { NC_("timeline", "Insurance"), GXC_TOKEN_CHART_5 }, { NC_("timeline", "Loans"), GXC_TOKEN_CHART_1 },
  { NC_("timeline", "Cards"), GXC_TOKEN_CHART_4 },
};

enum { LANE_OTHER, LANE_CURRENT, LANE_TIME, LANE_WEALTH, LANE_FUND, LANE_INSURANCE, LANE_LOAN, LANE_CARD };

static const guint8 lanes_of_families[] = {
  [GX_FAMILY_DEPOSIT_CURRENT] = LANE_CURRENT, [GX_FAMILY_PAYROLL] = LANE_CURRENT,  [GX_FAMILY_SETTLEMENT] = LANE_CURRENT,
  [GX_FAMILY_DEPOSIT_TIME] = LANE_TIME,       [GX_FAMILY_DEPOSIT_NOTICE] = LANE_TIME, [GX_FAMILY_LARGE_CD] = LANE_TIME,
  [GX_FAMILY_WM_FIXED] = LANE_WEALTH,         [GX_FAMILY_WM_EQUITY] = LANE_WEALTH, [GX_FAMILY_WM_MIXED] = LANE_WEALTH,
  [GX_FAMILY_TRUST] = LANE_WEALTH,            [GX_FAMILY_MONEY_FUND] = LANE_FUND,  [GX_FAMILY_FUND] = LANE_FUND,
  [GX_FAMILY_INSURANCE] = LANE_INSURANCE,     [GX_FAMILY_PENSION] = LANE_INSURANCE,
};

/* Loans and cards are debts, whatever their family is called. */
static int
lane_of (const GxProduct *product)
{
  if (product && product->line == GX_LINE_LOAN)
    return LANE_LOAN;
  if (product && product->line == GX_LINE_CARD)
    return LANE_CARD;
  if (product && product->family < (int) G_N_ELEMENTS (lanes_of_families))
    return lanes_of_families[product->family];
  return LANE_OTHER;
}

static const GxProduct *
product_of (Gathering *gathering, const GxHolding *row)
{
  GxRecord *record = g_hash_table_lookup (gathering->products, &row->product_id);

  if (!record && !gx_id_is_none (&row->product_id))
    {
      record = gxc_desk_read_one (gathering->desk, &gx_product_entity, &row->product_id, NULL);
      if (record)
        g_hash_table_insert (gathering->products, (gpointer) gx_record_get_id (record), record);
    }
  return record ? gx_record_get_data (record) : NULL;
}

static gint32
month_end (gint32 first)
{
  return gx_date_add_months (first, 1) - 1;
}

static void
add_months (Gathering *gathering, GxRecord *record, int lane)
{
  const GxHolding *row = gx_record_get_data (record);
  g_autoptr(GPtrArray) facts = NULL;

  if (lane == LANE_LOAN || lane == LANE_CARD || g_strcmp0 (row->ccy, gathering->ccy) != 0)
    return;
  facts = gxc_desk_facts (gathering->desk, &gx_holding_month_entity, gx_record_get_id (record), NULL);
  if (gx_record_is_masked (record, "balance", NULL))
    gathering->model->masked = TRUE;
  for (guint i = 0; facts && i < facts->len; i++)
    {
      const GxHoldingMonth *fact = g_ptr_array_index (facts, i);

      if (fact->end_balance == GX_INT_NONE)
        gathering->model->masked = TRUE;
      else
        gxc_timeline_model_add_month (gathering->model, MIN (month_end (fact->month), gathering->model->today),
                                      MAX (fact->end_balance, 0) / (double) gx_money_scale (row->ccy));
    }
}

static void
add_end (Gathering *gathering, GxcTimelineLane *lane, GxcTimelineKind kind, gint32 at, GxRecord *record, const char *format)
{
  g_autofree char *product = words_of (gathering, record, "product_id");
  GxcTimelineItem *item = add (gathering, lane, kind, at, record);
  GString *text = g_string_new (format);

  item->what = g_strdup (C_("timeline", "Product"));
  g_string_replace (text, "{}", product, 1);
  item->text = g_string_free (text, FALSE);
  item->aside = kind == GXC_TIMELINE_CLOSED ? NULL : words_of (gathering, record, "balance");
}

static void
add_holding (Gathering *gathering, GxRecord *record)
{
  const GxHolding *row = gx_record_get_data (record);
  int key = lane_of (product_of (gathering, row));
  GxcTimelineLane *lane = gxc_timeline_model_lane (gathering->model, GXC_TIMELINE_PRODUCTS, key,
                                                   g_dpgettext2 (NULL, "timeline", product_lanes[key].label), product_lanes[key].token);
  gboolean closed = row->status == GX_HOLDING_CLOSED;

  add_end (gathering, lane, GXC_TIMELINE_OPENED, row->opened_on, record, /* Translators: {} is the product */ _("Opened {}"));
  if (closed)
    add_end (gathering, lane, GXC_TIMELINE_CLOSED, row->as_of, record, _("Closed {}"));
  else if (row->matures_on != GX_INT32_NONE && row->matures_on > row->opened_on)
    add_end (gathering, lane, GXC_TIMELINE_MATURES, row->matures_on, record,
             row->matures_on < gathering->model->today ? _("{} matured") : _("{} matures"));
  gxc_timeline_model_add_span (gathering->model, lane, gx_record_get_id (record), row->opened_on, closed ? row->as_of : INFINITY);
  add_months (gathering, record, key);
}

/* --- contacts and tasks ------------------------------------------------------------------------------------------- */

static void
add_interaction (Gathering *gathering, GxRecord *record)
{
  const GxInteraction *row = gx_record_get_data (record);
  g_autofree char *channel = words_of (gathering, record, "channel"), *owner = words_of (gathering, record, "owner_id");
  GxcTimelineLane *lane = gxc_timeline_model_lane (gathering->model, GXC_TIMELINE_CONTACTS, row->channel, channel, GXC_TOKEN_DIM);
  GxcTimelineItem *item = add (gathering, lane, row->direction == GX_DIRECTION_OUT ? GXC_TIMELINE_OUT : GXC_TIMELINE_IN,
                               local_days (gathering, row->started_at), record);

  item->what = g_steal_pointer (&channel);
  item->text = g_strdup (row->subject);
  item->aside = row->minutes > 0 ? g_strdup_printf (_("%s · %d min"), owner, (int) row->minutes) : g_steal_pointer (&owner);
}

static void
add_task (Gathering *gathering, GxRecord *record)
{
  const GxTask *row = gx_record_get_data (record);
  GxcTimelineLane *lane;
  GxcTimelineItem *item;

  if (row->status != GX_TASK_DONE)
    return;
  lane = gxc_timeline_model_lane (gathering->model, GXC_TIMELINE_TASKS, 0, C_("timeline", "Tasks done"), GXC_TOKEN_GREEN_TEXT);
  item = add (gathering, lane, GXC_TIMELINE_DONE, local_days (gathering, row->meta.updated_at > 0 ? row->meta.updated_at : row->due_at), record);
  item->what = g_strdup (C_("timeline", "Task done"));
  item->text = row->result ? g_strdup_printf ("%s · %s", row->title, row->result) : g_strdup (row->title);
  item->aside = words_of (gathering, record, "assignee_id");
}

/* What the line of assets ends with, and what measures it: figures, or under the curtain a band and the first threshold. */
static void
tell_worth (Gathering *gathering)
{
  GxcTimelineModel *model = gathering->model;
  double scale = gx_money_scale (gathering->ccy);
  gint64 amount;

  if (model->months->len == 0)
    return;
  amount = llround (g_array_index (model->months, GxcTimelineMonth, model->months->len - 1).value * scale);
  if (gxc_desk_get_curtain (gathering->desk))
    {
      model->worth = gxc_own_money_to_words (gathering->desk, amount, gathering->ccy);
      if (!model->other_ccy)
        model->top = MAX (model->most, gx_tier_threshold (GX_TIER_GOLD, model->org) / 100.0);
      return;
    }
  model->worth = gxc_format_amount (amount, gathering->ccy);
  model->unit_size = gxc_format_unit (llround (model->most * scale), gathering->ccy, &model->unit) / scale;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static const struct
{
  const GxEntity *entity;
  const char     *field;      /* by which it hangs on the customer */
  void          (*add) (Gathering *gathering, GxRecord *record);
} sources[] = {
  { &gx_stage_hist_entity, "customer_id", add_stage },
  { &gx_life_event_entity, "customer_id", add_life_event },
  { &gx_change_request_entity, "entity_id", add_request },
  { &gx_holding_entity, "customer_id", add_holding },
  { &gx_interaction_entity, "customer_id", add_interaction },
  { &gx_task_entity, "customer_id", add_task },
};

static gboolean
gather_source (Gathering *gathering, guint source, const GxId *customer, GError **error)
{
  g_autoptr(GPtrArray) records = gxc_desk_read_where (gathering->desk, sources[source].entity, sources[source].field, customer, NULL, FALSE, error);

  if (!records)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (g_ptr_array_index (records, i))
      sources[source].add (gathering, g_ptr_array_index (records, i));
  return TRUE;
}

/**
 * gxc_timeline_gather:
 *
 * Returns: (transfer full): everything that this desk has of the customer; NULL with @error set if it is not on this desk
 * or cannot be read
 */
GxcTimelineModel *
gxc_timeline_gather (GxcDesk     *desk,
                     const GxId  *customer,
                     GError     **error)
{
  g_autoptr(GxcTimelineModel) model = gxc_timeline_model_new (gxc_desk_get_today (desk));
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GHashTable) products = g_hash_table_new_full (gx_id_hash, (GEqualFunc) gx_id_equal, NULL, g_object_unref);
  g_autoptr(GxRecord) record = gxc_desk_read_one (desk, &gx_customer_entity, customer, error);
  g_autoptr(GxRecord) digest = record ? gxc_desk_read_one (desk, gxc_digest_entity (), customer, NULL) : NULL;
  const char *ccy = digest ? ((const GxcDigest *) gx_record_get_data (digest))->ccy : NULL;
  g_autofree char *own = g_strdup (ccy ? ccy : "CNY");
  Gathering gathering = { desk, model, zone, products, own };

  if (!record)
    return NULL;
  model->other_ccy = !g_str_equal (own, "CNY");
  add_customer (&gathering, record);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (!gather_source (&gathering, i, customer, error))
      return NULL;
  add_present_stage (&gathering, gx_record_get_data (record));
  gxc_timeline_model_name_rest (model, GXC_TIMELINE_CONTACTS, CHANNELS + 1, C_("timeline", "Other channels"), GXC_TOKEN_DIM);
  gxc_timeline_model_name_rest (model, GXC_TIMELINE_PRODUCTS, G_MAXUINT, C_("timeline", "Other products"), GXC_TOKEN_DIM);
  gxc_timeline_model_finish (model);
  tell_worth (&gathering);
  return g_steal_pointer (&model);
}
