/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-change-request.h"
#include "gxc-desk.h"
#include "gxc-state-chip.h"

G_BEGIN_DECLS

char       *gxc_review_dup_field    (GxcDesk *desk, GxRecord *request, const char *field);
char       *gxc_review_dup_value    (GxcDesk *desk, const GxEntity *entity, const GxField *field, const char *text);
char       *gxc_review_dup_title    (GxcDesk *desk, GxRecord *request);
char       *gxc_review_dup_target   (GxcDesk *desk, const GxChangeRequest *request);
char       *gxc_review_dup_whose    (GxcDesk *desk, const GxChangeRequest *request, const char *title);
GxId        gxc_review_customer     (GxcDesk *desk, const GxChangeRequest *request);
const char *gxc_review_paper_kind   (const char *code);
char       *gxc_review_dup_person   (GxcDesk *desk, const char *id);

GxcState    gxc_review_state_look   (const char *state);
const char *gxc_review_verdict_word (const char *verdict);
const char *gxc_review_verdict_done (const char *verdict);

/**
 * GxcReviewChange: one field of a request, as a person reads it.
 */
typedef struct
{
  char *name;               /* the field's */
  char *label;
  char *before;             /* (nullable) */
  char *after;              /* (nullable) */
} GxcReviewChange;

GPtrArray  *gxc_review_changes      (GxcDesk *desk, const GxChangeRequest *request);

G_END_DECLS
