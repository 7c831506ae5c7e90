/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-auth.h"
#include "gxs-blob.h"
#include "gxs-farewell.h"
#include "gxs-news.h"
#include "gxs-parcel.h"
#include "gxs-session.h"
#include "gxs-store.h"

G_BEGIN_DECLS

/**
 * GxsServices: what every handler works with; made by main, all borrowed, alive as long as requests are.
 */
typedef struct
{
  GxsStore    *store;
  GxsSessions *sessions;
  GxsBlobs    *blobs;
  GxsNews     *news;
  GxsAuth      auth;
  GxsParcels   parcels;       /* of desks that could not send */
  GxsFarewells *farewells;    /* of revoked ones */
  GxClock     *clock;
  GxRandom    *random;
  gint64       step_up_age;   /* ms for which a repeated password counts */
} GxsServices;

G_END_DECLS
