/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GXC_DIFF_SAME,
  GXC_DIFF_REMOVED,
  GXC_DIFF_ADDED,
} GxcDiffKind;

/**
 * GxcDiffRun: neighbouring words with one fate.
 */
typedef struct
{
  GxcDiffKind kind;
  char       *text;         /* (owned) */
} GxcDiffRun;

GArray *gxc_diff_words (const char *before, const char *after);      /* of GxcDiffRun, cleared with the array */
GStrv   gxc_diff_split (const char *text);

G_END_DECLS
