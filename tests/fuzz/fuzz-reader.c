/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of the readers of shared/ (gxt-readers.h), named when this is compiled. */
#include "gxt-fuzz.h"
#include "gxt-readers.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  READER ((const char *) data, size);

  return 0;
}
