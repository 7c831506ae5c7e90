/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-id.h"

G_BEGIN_DECLS

/**
 * GxcStop: something that was looked at: a page, or a customer's page, and which part of it.
 */
typedef struct
{
  char *page;               /* name of a place, or GXC_STOP_CUSTOMER */
  GxId  customer;           /* for GXC_STOP_CUSTOMER */
  char *part;               /* (nullable): see GxcPageClass.dup_part */
} GxcStop;

#define GXC_STOP_CUSTOMER "customer"

GxcStop  *gxc_stop_new     (const char *page, const GxId *customer, const char *part);
void      gxc_stop_free    (GxcStop *stop);
gboolean  gxc_stop_equal   (const GxcStop *a, const GxcStop *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcStop, gxc_stop_free)

/**
 * GxcTrail: where one has been, and where one came back from: Alt+← and Alt+→.
 */
typedef struct
{
  GQueue back, forward;     /* of GxcStop (owned), latest first */
} GxcTrail;

void      gxc_trail_leave   (GxcTrail *trail, GxcStop *stop);
GxcStop  *gxc_trail_back    (GxcTrail *trail, GxcStop *current);
GxcStop  *gxc_trail_forward (GxcTrail *trail, GxcStop *current);
void      gxc_trail_clear   (GxcTrail *trail);

G_END_DECLS
