/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxb-worker.h"

G_BEGIN_DECLS

void gxb_floor_read_one    (GxbWorker *worker);
void gxb_floor_search      (GxbWorker *worker);
void gxb_floor_read_rm     (GxbWorker *worker);
void gxb_floor_note        (GxbWorker *worker);
void gxb_floor_push        (GxbWorker *worker);
void gxb_floor_pull_rm     (GxbWorker *worker);
void gxb_floor_pull_branch (GxbWorker *worker);

G_END_DECLS
