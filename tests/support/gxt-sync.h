/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxt-bank.h"
#include "gxt-number.h"

G_BEGIN_DECLS

#define GXT_NOBODY GXT_N_PEOPLE

/**
 * GxtSync: the test bank with a client for each of its people: what the tests of push and feed run on, on one thread
 * and without sockets.
 */
typedef struct
{
  GxtBank  *bank;                       /* (owned) */
  GxDb     *db;                         /* (borrowed) the bank's */
  GxId      employee[GXT_N_PEOPLE];
  GxId      login[GXT_N_PEOPLE];
  GxId      client[GXT_N_PEOPLE];
  gint64    mid[GXT_N_PEOPLE];          /* of the last mutation sent */
  gint64    ack_mid;                    /* said in every push */
  int       schema;                     /* the same; 0 = the present one */
  gint64    from;                       /* the same, unless 0 */
  GxIdMaker ids;
} GxtSync;

GxtSync    *gxt_sync_new          (void);
GxtSync    *gxt_sync_new_on       (const GxDbOptions *options);
void        gxt_sync_free         (GxtSync *sync);

GxId        gxt_sync_id           (GxtSync *sync);
GxsAuthz   *gxt_sync_authz        (GxtSync *sync, GxtPerson person);
GxId        gxt_sync_customer     (GxtSync *sync, GxtPerson rm, GxtPerson wealth, const char *name, int status);

/* Written as the generator does; a guarded change as an applied request would be, with the guards off. */
void        gxt_sync_put          (GxtSync *sync, const GxEntity *entity, gpointer data);
gpointer    gxt_sync_load         (GxtSync *sync, const GxEntity *entity, const GxId *id);
void        gxt_sync_update       (GxtSync *sync, const GxEntity *entity, gpointer data);
void        gxt_sync_delete       (GxtSync *sync, const GxEntity *entity, const GxId *id);

/* Single quotes stand for double ones. */
char       *gxt_json              (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Pushes mutations of one person's client; @mutations is the array's content. The answer, or NULL with @error. */
JsonObject *gxt_sync_push         (GxtSync *sync, GxtPerson person, const char *mutations, GError **error);
/* One mutation with the next mid: its result's "st", with the whole result in @out_result. */
const char *gxt_sync_mutate       (GxtSync *sync, GxtPerson person, const char *op, const char *table, const GxId *id,
                                   const char *rest, JsonObject **out_result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxtSync, gxt_sync_free)

G_END_DECLS
