/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"
#include "gxc-token-table.h"

G_BEGIN_DECLS

/* What a filter chip shows and hides together; also the order of the lanes from the top. */
typedef enum
{
  GXC_TIMELINE_STAGES,
  GXC_TIMELINE_EVENTS,
  GXC_TIMELINE_ASSETS,      /* has months, no items */
  GXC_TIMELINE_PRODUCTS,
  GXC_TIMELINE_CONTACTS,
  GXC_TIMELINE_TASKS,
  GXC_TIMELINE_N_GROUPS
} GxcTimelineGroup;

#define GXC_TIMELINE_ALL ((1u << GXC_TIMELINE_N_GROUPS) - 1)

typedef enum
{
  GXC_TIMELINE_STAGE,       /* a new stage of the life cycle */
  GXC_TIMELINE_EVENT,       /* of the customer's own life */
  GXC_TIMELINE_MILESTONE,   /* of the life with the bank: first contact, another tier, another manager */
  GXC_TIMELINE_OPENED,
  GXC_TIMELINE_MATURES,
  GXC_TIMELINE_CLOSED,
  GXC_TIMELINE_IN,          /* the customer came to us */
  GXC_TIMELINE_OUT,         /* we went to them */
  GXC_TIMELINE_DONE,        /* a task was finished */
  GXC_TIMELINE_N_KINDS
} GxcTimelineKind;

typedef struct _GxcTimelineLane GxcTimelineLane;

/**
 * GxcTimelineItem: one thing of a customer's life with the bank. Owned by its model. All words are for people.
 */
typedef struct
{
  GxcTimelineKind  kind;
  const GxcTimelineLane *home;  /* its own lane, which may have no row of its own just now */
  guint            lane;        /* index of the lane that it is drawn in; valid after gxc_timeline_model_finish() */
  guint            index;       /* among all items, the oldest is 0; likewise */
  guint            place;       /* among those of its lane; likewise */
  guint            line;        /* of a product: which of the lines of its lane; likewise */
  int              code;        /* of a stage GxStage, of a milestone the new GxTier or 0 */
  double           at;          /* days since 1970-01-01, local; the fraction is the time of day */
  const GxEntity  *entity;      /* (nullable): the record behind it */
  GxId             id;
  char            *what;        /* "WeChat" */
  char            *text;        /* the sentence */
  char            *aside;       /* (nullable): who, or how much */
  char            *brief;       /* (nullable): as short as a flag has room for */
  float            brief_width; /* px, < 0 as long as nobody measured it */
} GxcTimelineItem;

/**
 * GxcTimelineLane: a row of the canvas.
 */
struct _GxcTimelineLane
{
  GxcTimelineGroup group;
  int              key;         /* orders the lanes of a group */
  char            *label;
  GxcToken         token;
  GxcTimelineLane *into;        /* (nullable): the lane that it shares a row with, where there are more than there is room for */
  guint            n_rows;      /* of lines that run side by side, 0 or 1 to 3 */
  GPtrArray       *items;       /* (element-type GxcTimelineItem) (unowned) by time */
};

/** GxcTimelineBand: a stage from a day to the next. */
typedef struct
{
  int              stage;       /* GxStage */
  double           from, to;    /* days; the last one ends at the model's today */
  GxcTimelineItem *item;        /* (nullable) */
} GxcTimelineBand;

/** GxcTimelineSpan: a product from its opening to its end. */
typedef struct
{
  GxcTimelineLane *home;
  GxcTimelineLane *in;          /* the lane that it is drawn in */
  GxId             id;          /* of its record */
  guint            row;
  double           from, to;    /* days; INFINITY while it is open */
} GxcTimelineSpan;

/** GxcTimelineMonth: what assets came to at a month's end, in major units of one currency. */
typedef struct
{
  double           at;
  double           value;
} GxcTimelineMonth;

/**
 * GxcTimelineModel: everything a timeline shows of one customer, in order. Filled once, then finished, then only read.
 */
typedef struct
{
  gint32           today;       /* days */
  gboolean         org;         /* other thresholds of a tier than a person */
  gboolean         masked;      /* there are months, but this session may not see them */
  gboolean         other_ccy;   /* the months are not in yuan, so thresholds say nothing */
  GPtrArray       *items;       /* of GxcTimelineItem */
  GPtrArray       *homes;       /* of GxcTimelineLane: one of each sort of product, each channel, … */
  GPtrArray       *lanes;       /* (unowned) of GxcTimelineLane: the rows there are, by group and key */
  GxcTimelineLane *rests[GXC_TIMELINE_N_GROUPS];    /* (owned) (nullable): what the lanes without a row of their own share */
  guint            most_lanes[GXC_TIMELINE_N_GROUPS];     /* 0: as many as there are */
  guint            rows_of[GXC_TIMELINE_N_GROUPS];        /* as they are shared now */
  gboolean         finished;
  GArray          *bands;       /* of GxcTimelineBand, side by side */
  GArray          *spans;       /* of GxcTimelineSpan, by beginning */
  GArray          *months;      /* of GxcTimelineMonth, by time */
  double           most;        /* the greatest of the months, ≥ 0 */
  double           top;         /* what the lane of assets has room for, ≥ most */
  char            *unit;        /* (nullable): in what figures of the lane are told: "万元"; NULL if none may be */
  double           unit_size;   /* of it, in major units */
  char            *worth;       /* (nullable): what the last month came to, in words, as far as it may be told */
  double           from, to;    /* days: holds every item, band, span and month, and today */
} GxcTimelineModel;

GxcTimelineModel *gxc_timeline_model_new       (gint32 today);
GxcTimelineModel *gxc_timeline_model_ref       (GxcTimelineModel *model);
void              gxc_timeline_model_unref     (GxcTimelineModel *model);

GxcTimelineLane  *gxc_timeline_model_lane      (GxcTimelineModel *model, GxcTimelineGroup group, int key,
                                                const char *label, GxcToken token);
GxcTimelineItem  *gxc_timeline_model_add       (GxcTimelineModel *model, GxcTimelineLane *lane, GxcTimelineKind kind, double at);
void              gxc_timeline_model_add_span  (GxcTimelineModel *model, GxcTimelineLane *lane, const GxId *id, double from, double to);
void              gxc_timeline_model_add_band  (GxcTimelineModel *model, int stage, double from, GxcTimelineItem *item);
void              gxc_timeline_model_add_month (GxcTimelineModel *model, double at, double value);
void              gxc_timeline_model_name_rest (GxcTimelineModel *model, GxcTimelineGroup group, guint most, const char *label, GxcToken token);
guint             gxc_timeline_model_count_rows (GxcTimelineModel *model, guint groups);
gboolean          gxc_timeline_model_share_lanes (GxcTimelineModel *model, guint groups, guint n);
double            gxc_timeline_model_get_end   (const GxcTimelineModel *model);
void              gxc_timeline_model_finish    (GxcTimelineModel *model);

gboolean          gxc_timeline_model_has       (const GxcTimelineModel *model, GxcTimelineGroup group);
GxcTimelineItem  *gxc_timeline_model_find      (const GxcTimelineModel *model, const GxcTimelineItem *like);
GxcTimelineItem  *gxc_timeline_model_step      (const GxcTimelineModel *model, guint groups, const GxcTimelineItem *item, int by);
GxcTimelineItem  *gxc_timeline_model_step_lane (const GxcTimelineModel *model, guint groups, const GxcTimelineItem *item, int by);
GxcTimelineItem  *gxc_timeline_model_nearest   (const GxcTimelineModel *model, guint groups, double at);
double            gxc_timeline_model_value_at  (const GxcTimelineModel *model, double at);
const GxcTimelineBand *gxc_timeline_model_band_at (const GxcTimelineModel *model, double at);
guint             gxc_timeline_lane_search     (const GxcTimelineLane *lane, double at);
GxcTimelineGroup  gxc_timeline_kind_group      (GxcTimelineKind kind);

char             *gxc_timeline_item_dup_words  (const GxcTimelineItem *item, gint32 today);
char             *gxc_timeline_model_dup_words (const GxcTimelineModel *model);
char             *gxc_timeline_model_dup_stages (const GxcTimelineModel *model, int year, int *out_last);
const char       *gxc_timeline_group_label     (GxcTimelineGroup group);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcTimelineModel, gxc_timeline_model_unref)

G_END_DECLS
