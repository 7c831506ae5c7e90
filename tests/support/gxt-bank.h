/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "gx-clock.h"
#include "gx-random.h"
#include "gx-seal.h"
#include "gx-sign.h"
#include "gxs-authz.h"
#include "gxs-batch.h"
#include "gxs-write.h"

G_BEGIN_DECLS

/**
 * GxtPerson: the people of the test bank. RM1B is a second login of RM1's own person.
 */
typedef enum
{
  GXT_RM1, GXT_RM1B, GXT_RM2, GXT_SUP1, GXT_MGR1, GXT_RM3, GXT_SUP2, GXT_MGR2, GXT_REGION, GXT_HQ1, GXT_ADMIN1, GXT_AUDITOR1,
  GXT_N_PEOPLE
} GxtPerson;

/**
 * GxtBank: a small bank in memory: head office, a region, two branches; of RM1 an active customer with a mobile, a telephone
 * and an ID card, and a prospect. The clock stands still; ids and keys come from a seed.
 */
typedef struct
{
  GxDb          *db;
  char          *live;          /* (nullable): the file it is in since it was restored */
  GxFakeClock    clock;
  GxSeededRandom random;
  GxBankSealer   sealer;
  struct { GxId employee, login, device; GxSecretKey key; } people[GXT_N_PEOPLE];
  GxId           hq, region, branch1, branch2;
  GxId           customer, mobile, phone, id_card, profile;
  GxId           prospect;
} GxtBank;

/**
 * GxtRequest: what a test asks for; the rest of the body is made of it.
 */
typedef struct
{
  const char     *kind;
  const char     *op;
  const GxEntity *entity;
  GxId            id;           /* of the row */
  const char     *after;        /* JSON */
  const char     *evidence;     /* (nullable): kind of one uploaded file */
  const char     *reason;       /* (nullable): a good one */
} GxtRequest;

GxtBank    *gxt_bank_new      (const char *location);
GxtBank    *gxt_bank_new_on   (const GxDbOptions *options);
void        gxt_bank_open     (GxtBank *bank, const GxDbOptions *options);
void        gxt_bank_free     (GxtBank *bank);
GxsAuthz   *gxt_bank_authz    (GxtBank *bank, GxtPerson person);
/* Its file: what is lost between the two is lost. */
char       *gxt_bank_back_up  (GxtBank *bank);
void        gxt_bank_restore  (GxtBank *bank, const char *backup);
GxsBatch   *gxt_bank_batch    (GxtBank *bank);
GxId        gxt_bank_id       (GxtBank *bank);
GxId        gxt_bank_create   (GxsBatch *batch, const GxEntity *entity, gpointer data);
void        gxt_bank_upload   (GxtBank *bank, GxtPerson sender, const char *sha256);

JsonObject *gxt_bank_request  (GxtBank *bank, GxtPerson maker, const GxId *cr_id, gint64 rev, const GxtRequest *request);
void        gxt_bank_sign     (GxtBank *bank, GxtPerson maker, const GxId *cr_id, gint64 rev, const GxtRequest *request, JsonObject *body);
GxError     gxt_bank_submit   (GxtBank *bank, GxtPerson maker, const GxId *cr_id, JsonObject *body, char **out_state);
JsonObject *gxt_bank_decision (GxtBank *bank, GxtPerson checker, const GxId *cr_id, const char *verdict, const char *note);
GxError     gxt_bank_decide   (GxtBank *bank, GxtPerson checker, const GxId *cr_id, JsonObject *body, char **out_state);
char       *gxt_bank_state    (GxtBank *bank, const GxId *cr_id);

#define GXT_OK GX_N_ERRORS        /* no error */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxtBank, gxt_bank_free)

G_END_DECLS
