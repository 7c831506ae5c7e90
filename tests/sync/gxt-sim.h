/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxt-direct.h"

#include "gxc-sync.h"

G_BEGIN_DECLS

#define GXT_SIM_CLIENTS 3

/**
 * GxtSimClient: one real client of the simulation.
 */
typedef struct
{
  GxtLine     line;
  GxcContext *context;
  GHashTable *sent;             /* (owned) set of char*: ids of all mutations that ever left */
} GxtSimClient;

/**
 * GxtSim: one schedule: a bank, its clients, and the random numbers that decide everything.
 */
typedef struct
{
  guint64        seed;
  GxSeededRandom random;
  GxtBank       *bank;
  GxtSimClient   clients[GXT_SIM_CLIENTS];
  guint          n_edits;
  char          *backup;        /* (nullable) (owned): a file: the bank as it was at some moment */
  gboolean       restored;      /* the bank lost something at least once */
} GxtSim;

/* What all schedules together met; a simulation in which nothing happens proves nothing. */
typedef struct
{
  gint64 applied, noop, conflict, rejected, pending_review, decided, exchanges;
  gint64 bundles, forks, restores, expired, grants;
} GxtSimTotals;

extern GxtSimTotals gxt_sim_totals;

guint   gxt_sim_below      (GxtSim *sim, guint n);
GxDb   *gxt_sim_db         (GxtSimClient *client);
gint64  gxt_sim_number     (GxDb *db, const char *sql, const GxId *id);
void    gxt_sim_open       (GxtSim *sim, GxtSimClient *client, guint index);
void    gxt_sim_sign_in    (GxtSimClient *client);
void    gxt_sim_sync_all   (GxtSim *sim, GxtSimClient *client);
void    gxt_sim_give       (GxtSim *sim, const GxId *customer, const GxId *primary_rm, const GxId *wealth_mgr);

/* An operation: what a person does, what happens at the bank, what happens on the way. */
typedef struct
{
  void   (*act) (GxtSim *sim, GxtSimClient *client);
  guint    weight;
  gboolean manager;             /* a manager's work */
} GxtSimAct;

extern const GxtSimAct gxt_sim_people[];
extern const guint gxt_sim_n_people;
extern const GxtSimAct gxt_sim_trouble[];
extern const guint gxt_sim_n_trouble;

/* The invariants that hold at every moment, and those that hold when all is quiet. */
void    gxt_sim_note_sent    (GxtSim *sim, GxtSimClient *client);
void    gxt_sim_check_always (GxtSim *sim);
void    gxt_sim_check_quiet  (GxtSim *sim, GxtSimClient *client);

G_END_DECLS
