/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-seal.h"
#include "gxs-keys.h"

G_BEGIN_DECLS

void gxs_sealer_init (GxBankSealer *sealer, const GxsKeys *keys, GxRandom *random);

G_END_DECLS
