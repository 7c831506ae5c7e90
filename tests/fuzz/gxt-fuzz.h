/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What each target is: libFuzzer's own name, so that one source serves it and the replay of the corpus. Gives 0. */
int     LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/**
 * GxtFuzzBytes: an input read from its beginning; at its end it gives zeros.
 */
typedef struct
{
  const guint8 *data;
  gsize         size;
} GxtFuzzBytes;

guint   gxt_fuzz_below (GxtFuzzBytes *bytes, guint n);
GBytes *gxt_fuzz_take  (GxtFuzzBytes *bytes, gsize size);

G_END_DECLS
