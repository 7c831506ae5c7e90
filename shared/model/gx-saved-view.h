/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

/**
 * GxSavedView: one person's own way to look at a list: filter, columns, order. It follows the person from desk to desk.
 */
typedef struct
{
  GxMeta    meta;
  GxId      employee_id;      /* whose */
  char     *screen;           /* the page's word, e.g. "customers" */
  char     *name;
  gint64    position;         /* among the views of the screen, from 0 */
  char     *filter;           /* JSON object or list, the page's own */
  char     *columns;          /* JSON list */
  char     *sort;             /* name of a field */
  gboolean  descending;
} GxSavedView;

extern const GxEntity gx_saved_view_entity;

G_END_DECLS
