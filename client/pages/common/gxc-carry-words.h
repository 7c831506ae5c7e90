/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

const char *gxc_carry_why_words   (GxcCarryWhy why);
char       *gxc_carry_dup_here    (GxcDesk *desk, const GxcCarrySum *sum);
char       *gxc_carry_dup_total   (GxcDesk *desk, const GxcCarrySum *sum);
char       *gxc_carry_dup_problem (GxcDesk *desk, const GxcCarrySum *sum, const char **out_label, const char **out_action,
                                   gboolean *out_mild);

G_END_DECLS
