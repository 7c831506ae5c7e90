/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_DOMAIN_LIFE = 1, GX_DOMAIN_BUSINESS } GxLifeDomain;
typedef enum
{
  GX_EVENT_BIRTH = 1, GX_EVENT_MARRIAGE, GX_EVENT_DIVORCE, GX_EVENT_NEW_HOME, GX_EVENT_HOME_SALE, GX_EVENT_NEW_JOB,
  GX_EVENT_PROMOTION, GX_EVENT_RETIREMENT, GX_EVENT_CHILD_SCHOOL, GX_EVENT_STUDY_ABROAD, GX_EVENT_EMIGRATION,
  GX_EVENT_INHERITANCE, GX_EVENT_ILLNESS, GX_EVENT_DEATH_IN_FAMILY, GX_EVENT_START_BUSINESS,
  GX_EVENT_FOUNDING, GX_EVENT_FUNDING_ROUND, GX_EVENT_IPO, GX_EVENT_M_AND_A, GX_EVENT_NEW_PLANT, GX_EVENT_OVERSEAS_EXPANSION,
  GX_EVENT_LEGAL_REP_CHANGE, GX_EVENT_CAPITAL_CHANGE, GX_EVENT_BID_WON, GX_EVENT_LAWSUIT, GX_EVENT_CREDIT_DOWNGRADE,
  GX_EVENT_RELOCATION
} GxLifeEventType;
typedef enum { GX_EVENT_SOURCE_CUSTOMER = 1, GX_EVENT_SOURCE_OBSERVED, GX_EVENT_SOURCE_PARTNER } GxLifeEventSource;
typedef enum { GX_SENSITIVITY_NORMAL = 1, GX_SENSITIVITY_SENSITIVE } GxSensitivity;

/**
 * GxLifeEvent: what happened in a person's life or a company's.
 */
typedef struct
{
  GxMeta  meta;
  GxId    customer_id;
  int     domain;           /* GxLifeDomain */
  int     type;             /* GxLifeEventType */
  gint32  happened_on;
  int     source;           /* GxLifeEventSource */
  int     sensitivity;      /* GxSensitivity */
  char   *note;
  gint32  expires_on;
  char   *check_fields;
} GxLifeEvent;

extern const GxEntity gx_life_event_entity;

gboolean gx_life_event_is_business  (int type);
gboolean gx_life_event_is_sensitive (int type);

G_END_DECLS
