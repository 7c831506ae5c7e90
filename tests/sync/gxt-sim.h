/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxt-direct.h"
#include "gxt-disk.h"
#include "gxt-number.h"

#include "gx-record.h"
#include "gxc-sync.h"

G_BEGIN_DECLS

#define GXT_SIM_CLIENTS 4
#define GXT_SIM_SUP     3       /* the client whose person checks requests */

/**
 * GxtSimOracle: what must hold; the numbers are the README's (sync.md 4.1). A check is counted, so that one that is never made
 * is seen.
 */
typedef enum
{
  GXT_SIM_I1,           /* what a desk has the result of is at the bank */
  GXT_SIM_I2,           /* each mutation once */
  GXT_SIM_I3,           /* a prefix of the queue */
  GXT_SIM_I4,           /* a desk that has synced has the bank's rows, byte for byte */
  GXT_SIM_I5,           /* all up to a cursor was delivered */
  GXT_SIM_I6,           /* nothing is written over unseen */
  GXT_SIM_I7,           /* no mutation is without an end */
  GXT_SIM_I8,           /* no row outside of the session's scopes */
  GXT_SIM_I8_FIELD,     /* nor a field that it may not see in clear */
  GXT_SIM_I9,           /* what is removed stays removed */
  GXT_SIM_I10,          /* a beginning anew takes nothing from the queue */
  GXT_SIM_I11,          /* half an answer changes nothing */
  GXT_SIM_I18,          /* nothing waits for ever */
  GXT_SIM_BUNDLE,       /* wholly or not at all */
  GXT_SIM_SHOWN,        /* what was typed is shown until a newer row is here */
  GXT_SIM_PAPER,        /* a document that was sent is at the bank, byte for byte */
  GXT_SIM_N_ORACLES
} GxtSimOracle;

#define GXT_SIM_ACTS_MAX 64

/* What all schedules together met; a simulation in which nothing happens proves nothing. Shared by all processes. */
typedef struct
{
  gint64 acts[GXT_SIM_ACTS_MAX];
  gint64 checks[GXT_SIM_N_ORACLES];
  gint64 applied, noop, conflict, rejected, pending_review, decided, bundles, exchanges, papers;
} GxtSimTotals;

extern GxtSimTotals *gxt_sim_totals;

/**
 * GxtSimClient: one real client of the simulation, on a disk of its own.
 */
typedef struct
{
  guint       index;
  GxtLine     line;
  GxtDisk    *disk;
  char       *papers;           /* (nullable): the folder of its documents, once it has one */
  GxcKeyring *secrets;          /* outlives the process */
  GxcContext *context;
  GHashTable *known;            /* set of char*: ids of all mutations that a person was told are saved */
  GPtrArray  *typed;            /* of what was typed last in a field: see gxt-sim-shown */
  GxRecord   *form;             /* (nullable): a customer's form that is open */
} GxtSimClient;

/**
 * GxtSim: a bank, its clients, and the random numbers that decide everything.
 */
typedef struct
{
  guint64        seed;
  GxSeededRandom random;
  GxtDisk       *disk;          /* of the bank */
  GxtBank       *bank;
  GxtBlobs      *blobs;         /* (nullable): once there was a document */
  char          *base;          /* the folder of all schedules' documents */
  char          *folder;        /* (nullable): of this one's */
  GxtSimClient   clients[GXT_SIM_CLIENTS];
  guint          n_edits;
  gboolean       has_backup;
  gboolean       restored;      /* the bank lost something at least once */
  GxtWatch       watch;
  GHashTable    *seen;          /* char* "mutation/field" -> char*: what its writer saw */
  GHashTable    *rows;          /* (nullable): of a push: set of rows as they were before */
  GHashTable    *fresh;         /* (nullable): of a push: set of GxId: of mutations that the bank did not know */
  gboolean       fed;           /* a page of the feed was asked for */
  gboolean       tells;         /* what is done and said is printed, for a person to read */
  guint64        trace;         /* a hash of all that was said */
} GxtSim;

/* An operation: what a person does, what happens at the bank, what happens on the way. */
typedef struct
{
  const char *name;
  void      (*act) (GxtSim *sim, GxtSimClient *client);
  guint       weight;
  gboolean    manager;          /* a manager's work */
  gboolean    removes;          /* a person may take something from the queue */
  gboolean    later;            /* not of every morning */
} GxtSimAct;

extern const GxtSimAct gxt_sim_people[];
extern const guint gxt_sim_n_people;
extern const GxtSimAct gxt_sim_trouble[];
extern const guint gxt_sim_n_trouble;

guint     gxt_sim_below        (GxtSim *sim, guint n);
GxDb     *gxt_sim_db           (GxtSimClient *client);
GxcStore *gxt_sim_store        (GxtSimClient *client);

/* The world, and what can befall a desk. */
GxtSim   *gxt_sim_new          (void);
void      gxt_sim_free         (GxtSim *sim);
void      gxt_sim_tidy         (GxtSim *sim);
void      gxt_sim_begin        (GxtSim *sim, guint64 seed);
void      gxt_sim_sign_in      (GxtSimClient *client);
void      gxt_sim_sync_all     (GxtSim *sim, GxtSimClient *client);
void      gxt_sim_give         (GxtSim *sim, const GxId *customer, const GxId *primary_rm, const GxId *wealth_mgr, const GxId *org);
void      gxt_sim_forget       (GxtSimClient *client);
void      gxt_sim_die          (GxtSim *sim, GxtSimClient *client);
GxtBlobs *gxt_sim_want_blobs   (GxtSim *sim);
void      gxt_sim_back_up      (GxtSim *sim);
void      gxt_sim_restore      (GxtSim *sim);

/* One schedule. */
void      gxt_sim_run          (GxtSim *sim, guint64 seed);

/* Fails the schedule; counts a check that held. */
void      gxt_sim_fail         (GxtSim *sim, GxtSimOracle oracle, const char *format, ...) G_GNUC_PRINTF (3, 4) G_GNUC_NORETURN;
#define gxt_sim_check(sim, oracle, holds, ...) \
  G_STMT_START { gxt_sim_totals->checks[oracle]++; if (!(holds)) gxt_sim_fail (sim, oracle, __VA_ARGS__); } G_STMT_END
const char *gxt_sim_oracle_name (GxtSimOracle oracle);

/* The invariants that hold at every moment, and those that hold when all is quiet. */
void      gxt_sim_check_bank   (GxtSim *sim);
void      gxt_sim_check_desk   (GxtSim *sim, GxtSimClient *client, gboolean removes);
void      gxt_sim_check_synced (GxtSim *sim, GxtSimClient *client);
void      gxt_sim_check_quiet  (GxtSim *sim, GxtSimClient *client);

/* What an independent eye makes of each exchange. */
void      gxt_sim_watch        (GxtSim *sim);
void      gxt_sim_look_at_feed (GxtSim *sim, GxtLine *line, const GxcRequest *request, const GxcResponse *response);
void      gxt_sim_before_push  (GxtSim *sim, GxtLine *line, const GxcRequest *request);
void      gxt_sim_after_push   (GxtSim *sim, GxtLine *line, const GxcRequest *request, const GxcResponse *response);
void      gxt_sim_check_cursor (GxtSim *sim, GxtSimClient *client);
GPtrArray *gxt_sim_scopes_of   (GxtSim *sim, GxtPerson person);
gboolean  gxt_sim_manages      (GxtSim *sim, GxtPerson person, const GxEntity *entity, const GxId *row);

/* What a person saw and typed. */
void      gxt_sim_note_typed   (GxtSim *sim, GxtSimClient *client, const GxEntity *entity, const GxId *id, const GxField *field,
                                gconstpointer before, gconstpointer after, gint64 mid);
void      gxt_sim_forget_typed (GxtSimClient *client, const GxId *id);
void      gxt_sim_check_shown  (GxtSim *sim, GxtSimClient *client);

G_END_DECLS
