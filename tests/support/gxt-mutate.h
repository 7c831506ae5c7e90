/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-random.h"

G_BEGIN_DECLS

char *gxt_mutate (GxRandom *random, GString *data, gsize most);

G_END_DECLS
