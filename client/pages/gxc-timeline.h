/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

typedef enum
{
  GXC_TIMELINE_YEAR,        /* a heading */
  GXC_TIMELINE_IN,          /* the customer came to us */
  GXC_TIMELINE_OUT,         /* we went to them */
  GXC_TIMELINE_EVENT,
  GXC_TIMELINE_OPENED,
  GXC_TIMELINE_CLOSED,
  GXC_TIMELINE_DONE,        /* a task was finished */
} GxcTimelineKind;

/**
 * GxcTimelineItem: one thing of a customer's life with the bank, in words.
 */
#define GXC_TYPE_TIMELINE_ITEM (gxc_timeline_item_get_type ())
G_DECLARE_FINAL_TYPE (GxcTimelineItem, gxc_timeline_item, GXC, TIMELINE_ITEM, GObject)

struct _GxcTimelineItem
{
  GObject         parent_instance;

  GxcTimelineKind kind;
  gint32          date;     /* days since 1970-01-01 */
  char           *when;     /* "11-18", of a heading the year */
  char           *what;     /* "WeChat" */
  char           *text;     /* the sentence */
  char           *aside;    /* (nullable): who, or how much */
};

GPtrArray *gxc_timeline_read          (GxcDesk *desk, const GxId *customer, GError **error);
GPtrArray *gxc_timeline_with_headings (GPtrArray *items);

G_END_DECLS
