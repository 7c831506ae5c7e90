/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-page.h"

G_BEGIN_DECLS

const GxcKey *gxc_customer_keys (const char *tab, guint *out_n_keys);

G_END_DECLS
