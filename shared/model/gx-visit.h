/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

/* In the order in which one outlives another: of two statuses written without knowing of each other the later one stays, so
 * that the server's MISSED never hides what somebody did without a network. */
typedef enum
{
  GX_VISIT_PLANNED = 1, GX_VISIT_MISSED, GX_VISIT_CHECKED_IN, GX_VISIT_CANCELLED, GX_VISIT_DONE
} GxVisitStatus;
typedef enum
{
  GX_GEO_NOT_COLLECTED = 1, GX_GEO_UNVERIFIED, GX_GEO_VERIFIED, GX_GEO_INVALID
} GxGeoState;

/**
 * GxVisit: going to see a customer, from the plan to the check-out. What was talked about is the interaction of the same id,
 * made at check-in.
 */
typedef struct
{
  GxMeta  meta;
  GxId    customer_id;
  GxId    owner_id;           /* employee */
  GxId    task_id;            /* the task that asked for it */
  gint64  plan_at;
  gint64  minutes;            /* how long it shall take */
  gint64  position;           /* in its day's order, by hand */
  int     status;             /* GxVisitStatus */
  char   *goal;
  char   *place;
  gint64  check_in_at;
  char   *check_in_geo;       /* "latitude,longitude" in degrees, only with consent */
  int     geo_state;          /* GxGeoState */
  gint64  radius_m;           /* how near counts as there, metres */
  gint64  check_out_at;
  char   *result;
  gboolean offline;           /* begun without a network */
  gint64  at;                 /* when it was written, by the device's clock */
  gint64  off;                /* the device's minutes east of UTC */
  gint64  clock_off;          /* ms, server minus device at the last sync */
} GxVisit;

extern const GxEntity gx_visit_entity;

G_END_DECLS
