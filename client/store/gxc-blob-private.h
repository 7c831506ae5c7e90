/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-blob.h"

G_BEGIN_DECLS

#define GXC_N_BLOB_STATES 4

extern const char *const gxc_blob_states[GXC_N_BLOB_STATES];       /* GxcBlobState -> the database's word */

G_END_DECLS
