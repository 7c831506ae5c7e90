/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-task.h"
#include "gxc-desk.h"

G_BEGIN_DECLS

const char *gxc_task_icon          (int kind);
const char *gxc_task_kind_words    (int kind);
const char *gxc_task_priority_mark (int priority);
const char *gxc_task_priority_words (int priority);
gboolean    gxc_task_is_open       (const GxTask *task);
char       *gxc_task_dup_why       (GxcDesk *desk, const GxTask *task);

G_END_DECLS
