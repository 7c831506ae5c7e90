/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxb-worker.h"

G_BEGIN_DECLS

void gxb_ours_open_reader        (GxbWorker *worker);
void gxb_ours_open_searcher      (GxbWorker *worker);
void gxb_ours_open_manager       (GxbWorker *worker);
void gxb_ours_open_writer        (GxbWorker *worker);
void gxb_ours_open_puller_rm     (GxbWorker *worker);
void gxb_ours_open_puller_branch (GxbWorker *worker);

void gxb_ours_read_one           (GxbWorker *worker);
void gxb_ours_search             (GxbWorker *worker);
void gxb_ours_read_rm            (GxbWorker *worker);
void gxb_ours_note               (GxbWorker *worker);
void gxb_ours_push               (GxbWorker *worker);
void gxb_ours_pull               (GxbWorker *worker);

G_END_DECLS
