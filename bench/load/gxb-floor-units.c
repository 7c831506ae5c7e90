/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workloads as requests to gxb-floor. Bodies are as long as those sent to ours, since receiving them is work too. */

#include "gxb-floor-units.h"

#include "gxb-bank.h"

#define CUSTOMERS     100000
#define NOTE_BYTES       600        /* about one mutation in a push of ours */
#define PUSH_BYTES     36000        /* about a hundred */

void
gxb_floor_read_one (GxbWorker *worker)
{
  GxId id = gxb_bank_id (GXB_CUSTOMER, gxb_worker_random (worker, CUSTOMERS));

  gxb_worker_get (worker, "", "/customer/%s", GX_ID_STR (&id));
  gxb_worker_send (worker, FALSE);
}

void
gxb_floor_search (GxbWorker *worker)
{
  const char *question = gxb_questions[gxb_worker_random (worker, G_N_ELEMENTS (gxb_questions))];
  g_autofree char *escaped = g_uri_escape_string (question, NULL, FALSE);

  gxb_worker_get (worker, "", "/search?q=%s", escaped);
  gxb_worker_send (worker, FALSE);
}

void
gxb_floor_read_rm (GxbWorker *worker)
{
  gxb_worker_get (worker, "", "/rm?n=%u", gxb_worker_random (worker, GXB_RMS));
  gxb_worker_send (worker, FALSE);
}

static void
post_blank (GxbWorker *worker, const char *path, gsize length)
{
  static const char blank[PUSH_BYTES];
  const GString content = { .str = (char *) blank, .len = length };

  gxb_worker_post (worker, "", path, &content);
  gxb_worker_send (worker, FALSE);
}

void
gxb_floor_note (GxbWorker *worker)
{
  post_blank (worker, "/note", NOTE_BYTES);
}

void
gxb_floor_push (GxbWorker *worker)
{
  post_blank (worker, "/push", PUSH_BYTES);
}

void
gxb_floor_pull_rm (GxbWorker *worker)
{
  gxb_worker_get (worker, "", "/all?n=%u&months=1", GXB_RM_PULL);
  gxb_worker_send (worker, FALSE);
}

void
gxb_floor_pull_branch (GxbWorker *worker)
{
  gxb_worker_get (worker, "", "/all?n=%u", GXB_BRANCH_PULL);
  gxb_worker_send (worker, FALSE);
}
