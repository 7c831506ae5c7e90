/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-seal.h"
#include "gxs-demo.h"

G_BEGIN_DECLS

gboolean gxs_demo_make_papers (GxsDemo *demo, const char *data_dir, GxBankSealer *sealer, GError **error);

G_END_DECLS
