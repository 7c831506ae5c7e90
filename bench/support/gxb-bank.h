/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-id.h"

G_BEGIN_DECLS

#define GXB_RMS           200
#define GXB_MAX_NAME      64
#define GXB_RM_PULL       10500       /* records of an RM's first pull */
#define GXB_BRANCH_PULL   100000      /* of the greater one */

/**
 * GxbPerson: what the floor knows of one customer besides its number.
 */
typedef struct
{
  char name[GXB_MAX_NAME];          /* Chinese */
  char pinyin[GXB_MAX_NAME];
  char initials[GXB_MAX_NAME];
} GxbPerson;

/* What one row of the floor's bank is. A row's id follows from its kind and number, so the load generator knows every
 * id without asking. */
typedef enum
{
  GXB_CUSTOMER = 1,
  GXB_ACCOUNT,
  GXB_INTERACTION,
  GXB_RM,
} GxbKind;

GxId     gxb_bank_id     (GxbKind kind, guint number);
void     gxb_bank_person (guint number, GxbPerson *out_person);

/* The twenty questions of workload b: half of them Chinese, one to three characters; the others pinyin. */
extern const char *const gxb_questions[20];

G_END_DECLS
