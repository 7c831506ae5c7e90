/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-keyring.h"

G_BEGIN_DECLS

GxcKeyring *gxt_door_to (GxcKeyring *secrets);

G_END_DECLS
