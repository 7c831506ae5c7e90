/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_DIRECTION_IN = 1, GX_DIRECTION_OUT } GxDirection;
typedef enum
{
  GX_PURPOSE_RECEPTION = 1, GX_PURPOSE_TRANSACTION, GX_PURPOSE_PROBLEM, GX_PURPOSE_MAINTENANCE, GX_PURPOSE_SALES,
  GX_PURPOSE_VISIT, GX_PURPOSE_CALLBACK, GX_PURPOSE_SURVEY
} GxPurpose;
typedef enum { GX_INTERACTION_PUBLIC = 1, GX_INTERACTION_CONFIDENTIAL } GxInteractionConfidentiality;

/**
 * GxInteraction: a contact with a customer, written by whoever had it, often without a network.
 */
typedef struct
{
  GxMeta  meta;
  GxId    customer_id;
  int     channel;            /* gx_channels */
  int     direction;          /* GxDirection */
  int     purpose;            /* GxPurpose */
  char   *subject;
  char   *notes;
  char   *next_steps;
  gint64  started_at;
  gint64  ended_at;
  gint64  minutes;
  GxId    owner_id;           /* employee */
  char   *attendees;
  char   *discussed_ids;      /* products */
  int     confidentiality;    /* GxInteractionConfidentiality */
  gint64  sentiment;          /* -2 to 2 */
  GxId    prev_ver_id;
  char   *lint_flags;
  gint64  at;                 /* when it was written, by the device's clock */
  gint64  off;                /* the device's minutes east of UTC */
  gint64  clock_off;          /* ms, server minus device at the last sync */
} GxInteraction;

extern const GxEntity gx_interaction_entity;

G_END_DECLS
