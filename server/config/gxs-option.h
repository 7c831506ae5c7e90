/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-limiter.h"

G_BEGIN_DECLS

typedef enum
{
  GXS_OPTION_TEXT,          /* char *, owned */
  GXS_OPTION_FLAG,          /* gboolean */
  GXS_OPTION_COUNT,         /* guint */
  GXS_OPTION_SIZE,          /* gsize, bytes: "16KiB", "1MiB", "4096" */
  GXS_OPTION_TIME,          /* gint64, ms: "250ms", "10s", "30min", "12h", "1d" */
  GXS_OPTION_RATE,          /* GxsRateLimit: "20/1s,60" is 20 a second, 60 at once; "off" */
  GXS_N_OPTION_KINDS
} GxsOptionKind;

/**
 * GxsOption: one thing that can be set.
 */
typedef struct
{
  const char   *name;       /* "headers-timeout": --headers-timeout, GUANXI_HEADERS_TIMEOUT, headers-timeout= */
  GxsOptionKind kind;
  gsize         offset;     /* in GxsConfig */
  const char   *initial;    /* (nullable) as it would be typed */
  gint64        min;        /* of numbers, in the member's unit */
  gint64        max;
  const char   *help;       /* untranslated English */
  const char   *arg;        /* (nullable) what stands for the value in --help */
} GxsOption;

gboolean gxs_option_parse (const GxsOption *option, gpointer config, const char *text, GError **error);
char    *gxs_option_write (const GxsOption *option, gconstpointer config);
void     gxs_option_clear (const GxsOption *option, gpointer config);

G_END_DECLS
