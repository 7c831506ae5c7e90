/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-api.h"
#include "gxc-store.h"

G_BEGIN_DECLS

GBytes *gxc_download (GxcStore *store, GxcApi *api, const char *sha256, const GxId *ref, GCancellable *cancellable, GError **error);

G_END_DECLS
