/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GxNameKeys: how a name sounds and what of it is searched.
 */
typedef struct
{
  char *pinyin;             /* "shan xiong xin": to sort by and to keep in name_pinyin */
  char *initials;           /* "sxx" */
  char *search;             /* tokens for a full-text index: all readings, from each syllable on */
} GxNameKeys;

void gx_text_name_keys  (const char *name, gboolean person, GxNameKeys *out_keys);
void gx_name_keys_clear (GxNameKeys *keys);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxNameKeys, gx_name_keys_clear)

G_END_DECLS
