/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-visit.h"
#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcVisitSheet: what paper may say of one visit: paper is left lying about. Names and numbers are masked whatever the screen
 * shows; there are no amounts, no addresses and nothing that was written by hand.
 */
typedef struct
{
  char      *hours;         /* (owned): "09:30–10:00" */
  char      *who;           /* (owned): "张* 2217" */
  char      *about;         /* (owned): tier, telephone, how it stands */
  GPtrArray *facts;         /* (owned) of char */
  gboolean   over;          /* there is nothing left to write */
} GxcVisitSheet;

GxcVisitSheet *gxc_visit_sheet_read (GxcDesk *desk, const GxVisit *visit);
void           gxc_visit_sheet_free (GxcVisitSheet *sheet);

G_END_DECLS
