/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "gxc-context.h"
#include "gxc-core-desk.h"
#include "gxc-lease.h"
#include "gxc-list.h"
#include "gxc-sync.h"

G_BEGIN_DECLS

struct _GxcCoreDesk
{
  GObject       parent_instance;

  /* Owned References */
  GxcContext   *context;
  GxDb         *reader;     /* of the main thread */
  GHashTable   *shown;      /* id of a request → JsonNode as the server gave it; a decision is on just that */
  GxcListOrder  order;      /* of the customers as they were last listed */
  GError       *problem;    /* (nullable) why sync is not going on */
  char         *problem_words;

  GxcPerson     person;     /* login NULL: nobody */
  gint32        today;      /* the business date; 0: to be read again */
  gint64        today_at;   /* ms UTC: when it was read */
  gint32        told_today, told_wall;      /* the business date and the day by the wall clock that were told last */
  GxcLease      lease;
  gint64        lease_at;   /* ms UTC: when it was read; 0: to be read again */
  guint         tick, day_tick;
  gboolean      more_figures;
  GxcSyncState  state;
  guint         listener;
  gboolean      started;
  gboolean      revoked;

  struct
  {
    GxcBook *last;          /* (nullable): a large one, as it was last summed */
    GxId     employee;      /* whose */
    gint32   day;           /* for which business date */
    gboolean stale;         /* rows changed since its sums began */
    gboolean recalled;      /* the one of the last start was looked for */
    guint    wait;          /* timer: it will be summed */
    gboolean summing;
  } book;                   /* gxc-core-desk-book.c */

  struct
  {
    GMutex       lock;
    guint        idle;
    guint64      entities;  /* one bit an entity's number */
    gboolean     status;
    gboolean     revoked;
    gboolean     person;    /* other roles */
    GxcSyncState state;
    GError      *problem;
  } shared;                 /* news from the other threads */
};

/**
 * GxcCall: the arguments of one call, all owned, whichever it needs.
 */
typedef struct
{
  GxcContext     *context;  /* (borrowed): outlives the threads, see gxc_core_desk_stop() */
  const GxEntity *entity;
  gpointer        original, current;    /* (nullable) rows */
  char           *text[5];  /* (nullable) */
  GPtrArray      *documents;            /* (nullable) of GxcDocument */
  GPtrArray      *changes;              /* (nullable) of GxcChangeItem */
  GBytes         *bytes;                /* (nullable) */
  GxId            id, visit_id;
  GFileProgressCallback progress;       /* (nullable) of a document */
  gint64          mid;      /* or which of the things that may be done, or a date */
  GxFieldSet      fields;
  gboolean        flag;
  JsonNode       *node;     /* (nullable) in: as shown; out: as fetched */
} GxcCall;

GxcCall *gxc_call_new    (GxcDesk *desk, const GxEntity *entity);
void     gxc_call_run    (GTask *task, GxcCall *call, GTaskThreadFunc func);
void     gxc_call_run_data (GTask *task, gpointer data, GDestroyNotify free_data, GTaskThreadFunc func);
void     gxc_call_return (GTask *task, gboolean ok, GError *error);
void     gxc_call_finish (GTask *task, GxcCall *call, gboolean ok, GError *error);

/* Each part of the desk fills in its own methods. */
void     gxc_core_desk_init_reading (GxcDeskInterface *iface);
void     gxc_core_desk_init_carry   (GxcDeskInterface *iface);
void     gxc_core_desk_init_papers  (GxcDeskInterface *iface);
void     gxc_core_desk_init_book    (GxcDeskInterface *iface);
void     gxc_core_desk_init_queue   (GxcDeskInterface *iface);
void     gxc_core_desk_init_writing (GxcDeskInterface *iface);
void     gxc_core_desk_init_reviews (GxcDeskInterface *iface);
void     gxc_core_desk_init_history (GxcDeskInterface *iface);

gboolean gxc_core_desk_may_show     (GxcCoreDesk *self, GError **error);
void     gxc_core_desk_note_book    (GxcCoreDesk *self, guint64 entities);
void     gxc_core_desk_clear_book   (GxcCoreDesk *self);

G_END_DECLS
