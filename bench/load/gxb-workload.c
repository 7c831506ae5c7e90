/* SPDX-License-Identifier: GPL-3.0-or-later */
/* THE table of workloads: what is measured over HTTP, and how each kind of server is asked for it. A new workload is
 * one row here, a unit in gxb-floor-units.c and a unit in gxb-ours-units.c. */

#include "gxb-workload.h"

#include "gxb-floor-units.h"
#include "gxb-ours-units.h"

static const GxbWorkload workloads[] = {
  { "a", "read one customer", 8, FALSE, 0.4, {
      [GXB_FLOOR] = { NULL, gxb_floor_read_one },
      [GXB_OURS] = { gxb_ours_open_reader, gxb_ours_read_one } } },
  { "b", "search, first 50", 8, FALSE, 1.5, {
      [GXB_FLOOR] = { NULL, gxb_floor_search },
      [GXB_OURS] = { gxb_ours_open_searcher, gxb_ours_search } } },
  { "c", "an RM's 500 with balances", 8, FALSE, 0.4, {
      [GXB_FLOOR] = { NULL, gxb_floor_read_rm },
      [GXB_OURS] = { gxb_ours_open_manager, gxb_ours_read_rm } } },
  { "d", "durable note", 8, FALSE, 1.0, {
      [GXB_FLOOR] = { NULL, gxb_floor_note },
      [GXB_OURS] = { gxb_ours_open_writer, gxb_ours_note } } },
  { "e", "push of 100 edits", 8, FALSE, 0.15, {
      [GXB_FLOOR] = { NULL, gxb_floor_push },
      [GXB_OURS] = { gxb_ours_open_writer, gxb_ours_push } } },
  { "f1", "first pull of 10,500 records (RM)", 1, TRUE, 2.0, {
      [GXB_FLOOR] = { NULL, gxb_floor_pull_rm },
      [GXB_OURS] = { gxb_ours_open_puller_rm, gxb_ours_pull } } },
  { "f2", "first pull of 100,000 records (branch)", 1, TRUE, 2.0, {
      [GXB_FLOOR] = { NULL, gxb_floor_pull_branch },
      [GXB_OURS] = { gxb_ours_open_puller_branch, gxb_ours_pull } } },
};

/**
 * gxb_workload_table:
 *
 * Returns: (transfer none): the rows, in the order in which they run
 */
const GxbWorkload *
gxb_workload_table (guint *out_n)
{
  *out_n = G_N_ELEMENTS (workloads);
  return workloads;
}
