/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-error.h"
#include "gx-id.h"

G_BEGIN_DECLS

typedef struct _GxField GxField;

/**
 * GxKind: what a field holds. A member's C type and its "nothing there" follow from the kind:
 *
 * | kind  | C type    | nothing there  | wire             |
 * |-------|-----------|----------------|------------------|
 * | TEXT  | char *    | NULL           | string           |
 * | INT   | gint64    | GX_INT_NONE    | integer          |
 * | BOOL  | gboolean  | (never)        | true, false      |
 * | ENUM  | int       | 0              | the code word    |
 * | MONEY | gint64    | GX_INT_NONE    | minor units      |
 * | PPM   | gint32    | GX_INT32_NONE  | parts a million  |
 * | DATE  | gint32    | GX_INT32_NONE  | YYYY-MM-DD       |
 * | TIME  | gint64    | 0              | ms UTC           |
 * | ID    | GxId      | all zero       | 36 characters    |
 * | JSON  | char *    | NULL           | the value itself |
 * | BYTES | GBytes *  | NULL           | base64           |
 */
typedef enum
{
  GX_KIND_TEXT,
  GX_KIND_INT,
  GX_KIND_BOOL,
  GX_KIND_ENUM,
  GX_KIND_MONEY,
  GX_KIND_PPM,
  GX_KIND_DATE,
  GX_KIND_TIME,
  GX_KIND_ID,
  GX_KIND_JSON,
  GX_KIND_BYTES,
  GX_N_KINDS
} GxKind;

#define GX_INT_NONE   G_MININT64
#define GX_INT32_NONE G_MININT32

/**
 * GxKindOps: the behaviour of one kind in memory. No other file switches on a kind: each layer has one such table.
 *
 * @p and the like point at the member. @clear makes it "nothing there"; @copy overwrites a cleared member; @to_text and
 * @from_text are the machine's words (code words, ISO dates, minor units), never a person's. @band is of amounts only:
 * what a masked one still tells (gx_money_band()). @compare is of kinds that have an order; less than, equal or greater
 * than 0.
 */
typedef struct
{
  const char *name;
  gsize       size;
  void      (*clear)     (gpointer p);
  void      (*copy)      (gpointer dest, gconstpointer src);
  gboolean  (*equal)     (gconstpointer a, gconstpointer b);
  gboolean  (*is_none)   (gconstpointer p);
  char     *(*to_text)   (const GxField *field, gconstpointer p);
  gboolean  (*from_text) (const GxField *field, const char *text, gpointer p, GError **error);
  gboolean  (*validate)  (const GxField *field, gconstpointer p, GError **error);
  guint     (*band)      (gconstpointer p, const char *ccy);
  int       (*compare)   (gconstpointer a, gconstpointer b);
} GxKindOps;

extern const GxKindOps gx_kind_ops[GX_N_KINDS];

G_END_DECLS
