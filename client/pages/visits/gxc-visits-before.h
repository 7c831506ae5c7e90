/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-visit.h"
#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcBeforeLine: one thing to know before one meets a customer.
 * @words: as the screen says it
 * @paper: as a sheet may say it that somebody can find: without amounts, without what was written by hand
 */
typedef struct
{
  const char *icon_name;
  char       *words;
  char       *paper;
} GxcBeforeLine;

GPtrArray *gxc_visits_before_read (GxcDesk *desk, const GxVisit *visit);
void       gxc_before_line_free   (GxcBeforeLine *line);

G_END_DECLS
