/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_CUSTOMER_PERSON = 1, GX_CUSTOMER_ORG } GxCustomerType;
typedef enum { GX_ENTRY_STATE_OPEN = 1, GX_ENTRY_STATE_DONE, GX_ENTRY_STATE_BREACHED } GxEntryState;
typedef enum { GX_CUSTOMER_PROSPECT = 1, GX_CUSTOMER_ACTIVE, GX_CUSTOMER_DORMANT, GX_CUSTOMER_CLOSED, GX_CUSTOMER_MERGED } GxCustomerStatus;
typedef enum { GX_TIER_STANDARD = 1, GX_TIER_GOLD, GX_TIER_PLATINUM, GX_TIER_DIAMOND, GX_TIER_PRIVATE } GxTier;
typedef enum { GX_STAGE_PROSPECT = 1, GX_STAGE_NEW, GX_STAGE_MATURE, GX_STAGE_LOYAL, GX_STAGE_DECLINING, GX_STAGE_LOST, GX_STAGE_WON_BACK } GxStage;
typedef enum { GX_VALUE_CORE = 1, GX_VALUE_POTENTIAL, GX_VALUE_BASIC } GxValueClass;

/**
 * GxCustomer: a person or company, known to the bank or about to be (domain.md 2, CIF).
 */
typedef struct
{
  GxMeta   meta;
  char    *cif_no;               /* 10 digits, given by the server */
  int      type;                 /* GxCustomerType */
  char    *name;
  char    *name_pinyin;
  char    *name_initials;
  int      status;               /* GxCustomerStatus */
  GxId     merged_into_id;
  int      lifecycle_stage;      /* GxStage */
  int      value_class;          /* GxValueClass */
  int      tier;                 /* GxTier */
  gint64   need_diversity;
  gboolean key_account;
  GxId     primary_rm_id;        /* employee */
  GxId     wealth_mgr_id;        /* employee */
  GxId     org_id;
  gint64   first_contact_at;
  gint64   entry_due_at;
  gint64   entry_done_at;
  int      entry_state;       /* GxEntryState */
  gint32   onboarded_on;
  gint64   dq_score;             /* 0-100 */
  char    *dq_missing;
  int      pref_channel;
  char    *quiet_from;           /* HH:MM */
  char    *quiet_to;
  gboolean dnd;
  gboolean profiling_optout;
  char    *lang;
  int      confidentiality;
} GxCustomer;

extern const GxEntity gx_customer_entity;

const char *gx_customer_tail (const GxCustomer *customer);

extern const GxChoice gx_tiers[];
extern const GxChoice gx_stages[];
extern const GxChoice gx_value_classes[];
extern const GxChoice gx_customer_types[];
extern const GxChoice gx_customer_statuses[];
extern const GxChoice gx_channels[];

G_END_DECLS
