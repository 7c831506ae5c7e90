/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcTodayKind: why something stands on the page.
 */
typedef enum
{
  GXC_TODAY_TASK,
  GXC_TODAY_TO_PLAN,        /* a task that asks for a visit which nobody has planned */
  GXC_TODAY_MISSED,         /* a visit of an earlier day that nobody made */
  GXC_TODAY_UNENDED,        /* one of an earlier day that nobody ended */
  GXC_TODAY_ENTRY,          /* a new customer's key data run out of time */
  GXC_TODAY_REVIEW,         /* somebody's request waits for me */
  GXC_TODAY_RETURNED,       /* my request came back */
  GXC_TODAY_SYNC,           /* a change was refused, or two people changed the same */
  GXC_TODAY_MATURITY,
  GXC_TODAY_BIRTHDAY,
  GXC_TODAY_CADENCE,        /* the tier's rhythm wants a contact */
  GXC_TODAY_RISK,           /* the risk grade ends soon, or has ended */
  GXC_TODAY_N_KINDS
} GxcTodayKind;

typedef enum
{
  GXC_TODAY_CLOCK,          /* has a moment after which it is late */
  GXC_TODAY_CARE,           /* has a day */
  GXC_TODAY_N_GROUPS
} GxcTodayGroup;

/**
 * GxcTodayClosing: the one action that closes a line.
 */
typedef enum
{
  GXC_CLOSING_DONE,         /* the task is done */
  GXC_CLOSING_PLAN,         /* a visit is planned */
  GXC_CLOSING_VISIT,        /* the visit is ended, planned again or cancelled */
  GXC_CLOSING_OPEN,         /* the customer's record is completed */
  GXC_CLOSING_CONTACT,      /* a contact is logged */
  GXC_CLOSING_PREPARE,      /* a task is made */
  GXC_CLOSING_REVIEW,       /* the request is decided, or asked for again */
  GXC_CLOSING_SYNC,         /* the change is mended */
} GxcTodayClosing;

/**
 * GxcTodayKindInfo: all that is said of a kind, once.
 */
typedef struct
{
  GxcTodayGroup   group;
  const char     *icon_name;
  GxcTodayClosing closing;
  const char     *action;   /* untranslated English: what its button says */
  const char     *tab;      /* (nullable): of the customer's page, that Enter opens; else it opens what its button does */
  gboolean        task;     /* its record is a task: it can be done, put off and moved */
} GxcTodayKindInfo;

/**
 * GxcTodayItem: one line. Read-only once the model has made it.
 */
#define GXC_TYPE_TODAY_ITEM (gxc_today_item_get_type ())
G_DECLARE_FINAL_TYPE (GxcTodayItem, gxc_today_item, GXC, TODAY_ITEM, GObject)

struct _GxcTodayItem
{
  GObject      parent_instance;

  GxcTodayKind kind;
  GxId         customer_id;
  GxRecord    *record;      /* (owned) (nullable): the task, visit or request */
  GxRecord    *customer;    /* (owned) (nullable) */
  GxRecord    *digest;      /* (owned) (nullable): the customer's */
  const char  *icon_name;   /* its kind's, unless the record says more */
  char        *what;        /* (owned) */
  char        *why;         /* (owned) (nullable) */
  gint64       started_at;  /* ms UTC, of the clock; 0: not known */
  gint64       due_at;      /* ms UTC, 0: no clock */
  gint32       due_on;      /* of the group CARE; days since 1970-01-01 */
  int          rank;        /* of the group CARE: what comes first whatever its day, the lower the sooner */
  gint64       value;       /* what is at stake: minor units of @ccy, GX_INT_NONE where nothing is there or to be seen */
  char        *ccy;         /* (owned) (nullable) */
};

GxcTodayItem           *gxc_today_item_new     (GxcTodayKind kind);
const GxcTodayKindInfo *gxc_today_item_info    (GxcTodayItem *self);
gboolean                gxc_today_item_is_task (GxcTodayItem *self);
char                   *gxc_today_item_key     (GxcTodayItem *self);
int                     gxc_today_item_compare (GxcTodayItem *a, GxcTodayItem *b, gboolean by_value);

G_END_DECLS
