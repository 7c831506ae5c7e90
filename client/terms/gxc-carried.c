/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gxc-carried.h"

void
gxc_carried_free (GxcCarried *carried)
{
  g_free (carried->sha256);
  g_free (carried);
}
