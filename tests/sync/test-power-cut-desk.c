/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power cuts under a desk's store (sync.md 4.3, T5): a person edits, the desk pushes, pulls and loads anew, the bank changes
 * rows beside it, and at any operation of the disk the power of the laptop fails, again while the store recovers. The store is
 * the real one, in the vault, on a disk that loses what was not synced; the bank is the real server's core, and stays up.
 *
 * After each cut: what the window confirmed is in the queue or has its result, under the id that it had (I1, I7), what waits is
 * shown as it was typed, what was saved together is there together. Then the desk syncs: the bank has each change once (I2),
 * and the store its rows byte for byte (I4).
 *
 *   GUANXI_SEED=n runs one life of several cuts; GUANXI_CUTS=n runs that many cuts, from GUANXI_FIRST on. A failing seed is printed.
 */
#include "gxt-context.h"
#include "gxt-disk.h"
#include "gxt-environment.h"
#include "gxt-same.h"

#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-interaction.h"
#include "gx-sql.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gx-vault.h"
#include "gxc-change-item.h"
#include "gxc-edit.h"
#include "gxc-issues.h"
#include "gxc-list.h"
#include "gxc-member.h"
#include "gxc-meta.h"
#include "gxc-queue.h"
#include "gxc-save.h"
#include "gxc-store-private.h"
#include "gxc-sync.h"

#define CUTS          200
#define CUTS_IN_LIFE  8

/* A field as somebody left it, and the mutation that says so. */
typedef struct
{
  const GxEntity *entity;
  GxId            id;
  const char     *field;
  char           *text;
  gint64          mid;          /* 0 = not confirmed: the power failed in the middle */
} Typed;

typedef struct
{
  guint64         seed;
  GxSeededRandom  random;
  GxtBank        *bank;
  GxtDisk        *disk;
  GxVault        *vault;
  gboolean        careless;     /* the control: the store does not wait for the disk */
  GxtLine         line;
  GxcContext     *context;
  guint           n;            /* no two edits say the same */
  GHashTable     *mutations;    /* mid as pointer -> GxId: confirmed */
  gint64          n_results;    /* confirmed */
  GPtrArray      *typed;        /* of Typed: the last of each field */
  GPtrArray      *notes;        /* of char*: what confirmed bundles say */
} Life;

/* What all lives together met; power cuts that hit nothing prove nothing. */
static struct
{
  guint  lives, cuts, in_recovery, in_edit, in_sync, came_through, not_there, rows;
  gint64 mutations, conflicts, refused, requests;
} totals;

static guint
below (Life  *life,
       guint  n)
{
  return gx_random_below (&life->random.parent, n);
}

static GxcStore *
store_of (Life *life)
{
  return gxc_context_get_store (life->context);
}

static GxDb *
db_of (Life *life)
{
  return gxc_store_get_db (store_of (life));
}

static void
typed_free (gpointer data)
{
  g_free (((Typed *) data)->text);
  g_free (data);
}

/* ---- a desk ---- */

/* Keyring and session survive a power cut: they lie elsewhere. */
static gboolean
open_desk (Life *life)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *key = gx_secret_key_to_text (&life->bank->people[GXT_RM1].key);
  GxcKeyring *keyring = gxc_keyring_new_memory ();
  GxcContextOptions options = { .clock = &life->bank->clock.parent, .random = &life->random.parent, .connect = gxt_direct_connect,
                                .connect_data = &life->line, .keyring = keyring, .vfs = gx_vault_get_vfs (life->vault) };

  gxc_keyring_store (keyring, GXC_SECRET_DEVICE, key, &error);
  gxc_keyring_store (keyring, GXC_SECRET_TOKEN, "t", &error);
  g_assert_no_error (error);
  life->context = gxc_context_new (&options, &error);
  if (life->context == NULL && !gxt_disk_is_off (life->disk))
    g_error ("seed %" G_GUINT64_FORMAT ": %s", life->seed, error->message);
  if (life->context != NULL && life->careless)
    gx_db_exec (db_of (life), "PRAGMA synchronous=NORMAL", NULL);

  return life->context != NULL;
}

static void
life_init (Life     *life,
           guint64   seed,
           gboolean  careless)
{
  const guint8 key[GX_VAULT_KEY_SIZE] = "power";
  g_autoptr(GError) error = NULL;

  *life = (Life) { .seed = seed, .careless = careless, .mutations = g_hash_table_new_full (NULL, NULL, NULL, g_free),
                   .typed = g_ptr_array_new_with_free_func (typed_free), .notes = g_ptr_array_new_with_free_func (g_free) };
  gx_seeded_random_init (&life->random, seed);
  life->bank = gxt_bank_new (":memory:");
  life->disk = gxt_disk_new (&life->random.parent);
  life->vault = gx_vault_new (key, &(GxId) { { 9 } }, gxt_disk_get_vfs (life->disk), &error);
  g_assert_no_error (error);
  life->line = (GxtLine) { .bank = life->bank, .person = GXT_RM1 };
  open_desk (life);
  gxc_context_sign_in (life->context, "https://bank", NULL, "login", "password", NULL, &error);
  g_assert_no_error (error);
}

static void
life_clear (Life *life)
{
  gxc_context_free (life->context);
  gxt_line_clear (&life->line);
  gxt_bank_free (life->bank);
  gx_vault_free (life->vault);
  gxt_disk_free (life->disk);
  g_hash_table_unref (life->mutations);
  g_ptr_array_unref (life->typed);
  g_ptr_array_unref (life->notes);
}

/* ---- what was confirmed ---- */

/* The window said "done", or the engine went a step on: from now on nothing of it may be lost. */
static void
confirm (Life *life)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) queue = gxc_queue_list (db_of (life), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < queue->len; i++)
    {
      const GxcMutation *mutation = queue->pdata[i];

      g_hash_table_replace (life->mutations, GSIZE_TO_POINTER (mutation->mid), gx_id_copy (&mutation->mut_id));
    }
  life->n_results = gxt_number (db_of (life), "SELECT COUNT(*) FROM result");
}

static gboolean
is_same_field (const Typed *a,
               const Typed *b)
{
  return a->entity == b->entity && a->field == b->field && gx_id_equal (&a->id, &b->id);
}

static void
remember (Life            *life,
          const GxRecord  *record,
          const GxEntity  *entity,
          const char      *field,
          const char      *text,
          gint64           mid)
{
  Typed *typed = g_new0 (Typed, 1);

  *typed = (Typed) { entity, *gx_record_get_id ((GxRecord *) record), field, g_strdup (text), mid };
  for (guint i = 0; mid != 0 && i < life->typed->len; i++)
    if (is_same_field (life->typed->pdata[i], typed))
      g_ptr_array_remove_index_fast (life->typed, i--);
  g_ptr_array_add (life->typed, typed);
}

/* Refusals on the spot are part of the game, and so is a disk without power; nothing else. */
static gboolean
went_well (Life         *life,
           gboolean      ok,
           const GError *error)
{
  static const GxError allowed[] = { GX_ERROR_FIELD, GX_ERROR_NEEDS_REVIEW, GX_ERROR_INVALID, GX_ERROR_STATE };

  if (ok)
    confirm (life);
  if (ok || gxt_disk_is_off (life->disk))
    return ok;
  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    if (g_error_matches (error, GX_ERROR, (int) allowed[i]))
      return FALSE;
  g_assert_no_error (error);
  return FALSE;
}

/* ---- what a person does ---- */

static GxRecord *
any_row (Life           *life,
         const GxEntity *entity)
{
  GxcListQuery query = { .entity = entity };
  g_autoptr(GArray) ids = gxc_list_ids (db_of (life), &query, NULL);

  return ids != NULL && ids->len > 0
         ? gxc_list_find (db_of (life), entity, &g_array_index (ids, GxId, below (life, ids->len)), NULL) : NULL;
}

static void
type (Life           *life,
      const GxEntity *entity,
      const char     *field,
      const char     *text)
{
  g_autoptr(GxRecord) record = any_row (life, entity);
  const GxcReason reason = { .reason = "客户本人到场，证件已核对" };
  g_autoptr(GError) error = NULL;
  GxcWritten out = { 0 };
  gboolean ok;
  gpointer data;

  if (record == NULL)
    return;
  data = gx_entity_copy (entity, gx_record_get_data (record));
  g_assert_true (gx_field_from_text (gx_entity_find (entity, field), data, text, NULL));
  ok = gxc_store_edit (store_of (life), entity, gx_record_get_data (record), data, &reason, &out, &error);
  if (went_well (life, ok, error) && out.mid > 0)
    remember (life, record, entity, field, text, out.mid);
  else if (gxt_disk_is_off (life->disk))
    remember (life, record, entity, field, text, 0);
  gx_entity_free (entity, data);
}

static void
edit_customer (Life *life)
{
  guint n = life->n++;
  g_autofree char *text = g_strdup_printf ("%c%c_%c%c", 'a' + n % 26, 'a' + n / 26 % 26, 'A' + n % 26, 'A' + n / 676 % 26);

  type (life, &gx_customer_entity, "lang", text);
}

static void
edit_task (Life *life)
{
  g_autofree char *text = g_strdup_printf ("e%u", life->n++);

  type (life, &gx_task_entity, "title", text);
}

/* Of an active customer a request, of a prospect a patch. */
static void
edit_contact (Life *life)
{
  g_autofree char *text = g_strdup_printf ("139%08u", life->n++);

  type (life, &gx_contact_point_entity, "value", text);
}

/* A note and the task that follows from it: a bundle. */
static void
write_note (Life *life)
{
  g_autoptr(GxRecord) customer = any_row (life, &gx_customer_entity);
  g_autoptr(GPtrArray) changes = gxc_change_items_new (), done = NULL;
  g_autoptr(GError) error = NULL;
  GxInteraction *note = gx_entity_new (&gx_interaction_entity);
  GxTask *task = gx_entity_new (&gx_task_entity);
  guint n = life->n++;

  if (customer != NULL)
    note->customer_id = task->customer_id = *gx_record_get_id (customer);
  note->channel = note->purpose = task->kind = 1;
  note->started_at = task->due_at = life->bank->clock.now;
  note->subject = g_strdup_printf ("n%u", n);
  task->result = g_strdup (note->subject);
  task->title = g_strdup ("回访");
  g_ptr_array_add (changes, gxc_change_item_create (&gx_interaction_entity, note));
  g_ptr_array_add (changes, gxc_change_item_create (&gx_task_entity, task));
  if (customer == NULL)
    return;
  done = gxc_store_save (store_of (life), changes, FALSE, &error);
  if (went_well (life, done != NULL, error))
    g_ptr_array_add (life->notes, g_strdup_printf ("n%u", n));
}

/* "Keep mine" types an older text of the row once more. */
static void
settle_issue (Life *life)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) issues = gxc_issues_list (db_of (life), NULL);
  const GxcIssue *issue;
  gboolean ok;

  if (issues == NULL || issues->len == 0)
    return;
  issue = issues->pdata[below (life, issues->len)];
  ok = gxc_issues_keep_mine (store_of (life), issue->mid, &error);
  went_well (life, ok, error);
  for (guint i = life->typed->len; i > 0; i--)
    if (gx_id_equal (&((Typed *) life->typed->pdata[i - 1])->id, &issue->id))
      g_ptr_array_remove_index (life->typed, i - 1);
}

/* ---- what the machine does ---- */

static void
step (Life *life)
{
  static const GxtFault faults[] = { GXT_FAULT_LOST_REQUEST, GXT_FAULT_LOST_ANSWER, GXT_FAULT_CUT_ANSWER, GXT_FAULT_TWICE, GXT_FAULT_CRASH };
  g_autoptr(GError) error = NULL;
  gboolean more, ok;

  if (below (life, 5) == 0)
    life->line.fault = faults[below (life, G_N_ELEMENTS (faults))];
  life->line.cut = (guint) gx_random_uint64 (&life->random.parent);
  ok = gxc_sync_step (gxc_context_get_sync (life->context), &more, NULL, &error);
  life->line.fault = GXT_FAULT_NONE;
  if (!ok && !gxt_disk_is_off (life->disk))
    g_assert_true (g_error_matches (error, GX_ERROR, GX_ERROR_OFFLINE) || g_error_matches (error, GX_ERROR, GX_ERROR_MALFORMED));
  if (!gxt_disk_is_off (life->disk))
    confirm (life);
}

static gboolean
reset_here (GxcStore  *store,
            gpointer   data,
            GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction != NULL && gxc_member_reset (store, error) && gxc_store_commit (store, transaction, error);
}

/* Everything is to be loaded anew; the queue stays (I10). */
static void
forget (Life *life)
{
  g_autoptr(GError) error = NULL;
  gboolean ok = gxc_store_call (store_of (life), reset_here, NULL, &error);

  went_well (life, ok, error);
}

static void
fold_log (Life *life)
{
  gx_db_checkpoint (db_of (life), below (life, 2), NULL);
}

/* Somebody at the bank writes to the customers of this desk. */
static void
bank_writes (Life *life)
{
  const GxsActor actor = { .action = "patch", .unaudited = TRUE };
  const GxId *customer = below (life, 2) ? &life->bank->prospect : &life->bank->customer;
  g_autoptr(GxsBatch) batch = gxt_bank_batch (life->bank);
  g_autoptr(GError) error = NULL;
  GxCustomer *before = gx_sql_load (life->bank->db, &gx_customer_entity, customer, &error), *after;

  g_assert_no_error (error);
  after = gx_entity_copy (&gx_customer_entity, before);
  g_free (after->lang);
  after->lang = g_strdup_printf ("z%c_Z%c", 'a' + life->n % 26, 'A' + life->n / 26 % 26);
  life->n++;
  gxs_write_update (batch, &actor, &gx_customer_entity, before, after, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_customer_entity, before);
  gx_entity_free (&gx_customer_entity, after);
}

static const struct { void (*act) (Life *life); guint weight; gboolean of_sync; } acts[] = {
  { edit_customer, 6 }, { edit_task, 5 }, { edit_contact, 4 }, { write_note, 7 }, { settle_issue, 3 },
  { step, 24, TRUE }, { forget, 1, TRUE }, { fold_log, 3, TRUE }, { bank_writes, 4 },
};

static void
act (Life *life)
{
  guint total = 0, drawn, i;

  for (i = 0; i < G_N_ELEMENTS (acts); i++)
    total += acts[i].weight;
  drawn = below (life, total);
  for (i = 0; drawn >= acts[i].weight; i++)
    drawn -= acts[i].weight;
  acts[i].act (life);
  if (gxt_disk_is_off (life->disk))
    *(acts[i].of_sync ? &totals.in_sync : &totals.in_edit) += 1;
}

/* ---- a cut ---- */

static void
work (Life *life)
{
  if (below (life, 3) > 0)
    gxt_disk_cut_at (life->disk, 1 + below (life, 250));
  else
    gxt_disk_cut_at_sync (life->disk, 1 + below (life, 12));
  for (guint i = 0; i < 60 && !gxt_disk_is_off (life->disk); i++)
    act (life);
  gxc_context_free (g_steal_pointer (&life->context));
}

/* The power comes back, and may fail again while the log is read. */
static void
recover (Life *life)
{
  totals.cuts++;
  gxt_disk_power_on (life->disk);
  for (guint again = below (life, 3); again > 0; again--)
    {
      gxt_disk_cut_at (life->disk, 1 + below (life, 8));
      if (open_desk (life))
        {
          fold_log (life);
          gxc_context_free (g_steal_pointer (&life->context));
        }
      totals.in_recovery += gxt_disk_is_off (life->disk) ? 1 : 0;
      gxt_disk_power_on (life->disk);
    }
  open_desk (life);
}

/* ---- what must hold ---- */

/* Returns: how many confirmed mutations are neither in the queue nor answered */
static guint
count_lost (Life *life)
{
  GHashTableIter iter;
  gpointer mid, mut_id;
  guint lost = 0;

  g_hash_table_iter_init (&iter, life->mutations);
  while (g_hash_table_iter_next (&iter, &mid, &mut_id))
    {
      g_autoptr(GError) error = NULL;
      gint64 n = 0;

      gx_db_query_int (db_of (life), &n, &error, "SELECT (SELECT COUNT(*) FROM queue WHERE mid=?1 AND mut_id=?2) + (SELECT COUNT(*) FROM result WHERE mid=?1)",
                       "nu", GPOINTER_TO_INT (mid), mut_id);
      g_assert_no_error (error);
      if (n != 1)
        g_test_message ("%s of number %d is %d times here", GX_ID_STR ((const GxId *) mut_id), GPOINTER_TO_INT (mid), (int) n);
      lost += n != 1;
    }

  return lost;
}

/* Returns: (nullable): what the window shows of it */
static char *
dup_shown (Life        *life,
           const Typed *typed)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxRecord) record = gxc_list_find (db_of (life), typed->entity, &typed->id, &error);

  if (record == NULL)       /* not loaded anew yet */
    g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);
  return record != NULL ? gx_field_to_text (gx_entity_find (typed->entity, typed->field), gx_record_get_data (record)) : NULL;
}

static gboolean
was_under_way (Life        *life,
               const Typed *typed,
               const char  *shown)
{
  for (guint i = 0; i < life->typed->len; i++)
    {
      const Typed *other = life->typed->pdata[i];

      if (other->mid == 0 && is_same_field (other, typed) && g_strcmp0 (other->text, shown) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What waits is shown as it was typed last. */
static void
check_shown (Life *life)
{
  for (guint i = 0; i < life->typed->len; i++)
    {
      const Typed *typed = life->typed->pdata[i];
      g_autofree char *shown = NULL;
      gint64 waits = 0;

      gx_db_query_int (db_of (life), &waits, NULL, "SELECT COUNT(*) FROM queue WHERE mid=?", "i", typed->mid);
      if (typed->mid == 0 || waits == 0)
        continue;
      shown = dup_shown (life, typed);
      if (shown != NULL && g_strcmp0 (shown, typed->text) != 0 && !was_under_way (life, typed, shown))
        g_error ("seed %" G_GUINT64_FORMAT ": mutation %" G_GINT64_FORMAT " waits with %s=%s, but %s is shown", life->seed, typed->mid, typed->field,
                 typed->text, shown);
    }
}

/* The edit during which the power failed is there or it is not: from now on what is there counts. */
static void
settle_unconfirmed (Life *life)
{
  for (guint i = life->typed->len; i > 0; i--)
    {
      const Typed *typed = life->typed->pdata[i - 1];
      g_autofree char *shown = NULL;

      if (typed->mid != 0)
        continue;
      shown = dup_shown (life, typed);
      if (g_strcmp0 (shown, typed->text) == 0)
        totals.came_through++;
      else
        totals.not_there++;
      for (guint j = 0; j < life->typed->len && g_strcmp0 (shown, typed->text) == 0; j++)
        if (is_same_field (life->typed->pdata[j], typed))
          gx_set_str (&((Typed *) life->typed->pdata[j])->text, shown);
      g_ptr_array_remove_index (life->typed, i - 1);
    }
}

static void
check_after_cut (Life *life)
{
  g_autofree char *verdict = NULL;

  gx_db_query_text (db_of (life), &verdict, NULL, "PRAGMA integrity_check", NULL);
  g_assert_cmpstr (verdict, ==, "ok");
  if (count_lost (life) > 0)
    g_error ("seed %" G_GUINT64_FORMAT ": %u confirmed changes are lost", life->seed, count_lost (life));
  g_assert_cmpint (gxt_number (db_of (life), "SELECT COUNT(*) FROM result"), >=, life->n_results);
  /* What was saved together. */
  g_assert_cmpint (gxt_number (db_of (life), "SELECT COUNT(*) FROM queue q WHERE bundle IS NOT NULL AND (SELECT COUNT(*) FROM queue WHERE bundle=q.bundle) <> 2"),
                   ==, 0);
  check_shown (life);
  settle_unconfirmed (life);
}

static void
sync_all (Life *life)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GError) error = NULL;

      gxc_sync_run (gxc_context_get_sync (life->context), NULL, &error);
      g_assert_no_error (error);
    }
  confirm (life);
}

/* The ids that were confirmed are those that the bank has, each once. */
static void
check_at_bank (Life *life)
{
  gint64 last_mid = gxc_meta_get_int (db_of (life), GXC_META_LAST_MID);
  GHashTableIter iter;
  gpointer mid, mut_id;

  g_assert_cmpint (gxc_queue_length (db_of (life)), ==, 0);
  g_assert_cmpint (gxt_number (db_of (life), "SELECT COUNT(*) FROM result"), ==, last_mid);
  g_assert_cmpint (gxt_number (life->bank->db, "SELECT COUNT(*) FROM mut_result"), ==, last_mid);
  g_assert_cmpint (gxt_number (life->bank->db, "SELECT COUNT(*) - COUNT(DISTINCT mut_id) FROM mut_result"), ==, 0);
  g_hash_table_iter_init (&iter, life->mutations);
  while (g_hash_table_iter_next (&iter, &mid, &mut_id))
    {
      gint64 n = 0;

      gx_db_query_int (life->bank->db, &n, NULL, "SELECT COUNT(*) FROM mut_result WHERE mid=? AND mut_id=?", "nu", GPOINTER_TO_INT (mid), mut_id);
      if (n != 1)
        g_error ("seed %" G_GUINT64_FORMAT ": confirmed mutation %d is not at the bank", life->seed, GPOINTER_TO_INT (mid));
    }
}

static void
check_notes (Life *life)
{
  for (guint i = 0; i < life->notes->len; i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 notes = 0, tasks = 0;

      gx_db_query_int (life->bank->db, &notes, &error, "SELECT COUNT(*) FROM interaction WHERE subject=?", "t", life->notes->pdata[i]);
      gx_db_query_int (life->bank->db, &tasks, &error, "SELECT COUNT(*) FROM task WHERE result=?", "t", life->notes->pdata[i]);
      g_assert_no_error (error);
      if (notes != 1 || tasks != 1)
        g_error ("seed %" G_GUINT64_FORMAT ": %s was saved once, and is at the bank %d times, its task %d times", life->seed,
                 (char *) life->notes->pdata[i], (int) notes, (int) tasks);
    }
}

static void
check_whole (Life *life)
{
  check_at_bank (life);
  check_notes (life);
  g_assert_cmpint (gxt_number (db_of (life), "SELECT COUNT(*) FROM cover"), ==, 0);
  totals.rows += gxt_same_rows (&life->line, db_of (life));
}

/* Most begin with everything loaded, some while it still is. */
static void
begin (Life *life)
{
  if (below (life, 4) > 0)
    sync_all (life);
}

static void
live (guint64 seed)
{
  Life life;

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  life_init (&life, seed, FALSE);
  begin (&life);
  for (guint i = 0; i < CUTS_IN_LIFE; i++)
    {
      work (&life);
      recover (&life);
      check_after_cut (&life);
      if (below (&life, 2) == 0)
        {
          sync_all (&life);
          check_whole (&life);
        }
    }
  sync_all (&life);
  check_whole (&life);

  totals.lives++;
  totals.mutations += g_hash_table_size (life.mutations);
  totals.conflicts += gxt_number (db_of (&life), "SELECT COUNT(*) FROM result WHERE st='conflict'");
  totals.refused += gxt_number (db_of (&life), "SELECT COUNT(*) FROM result WHERE st='rejected'");
  totals.requests += gxt_number (db_of (&life), "SELECT COUNT(*) FROM result WHERE st='pending_review'");
  life_clear (&life);
}

static void
test_cuts (void)
{
  guint64 one = gxt_environment ("GUANXI_SEED", 0), first = one != 0 ? one : gxt_environment ("GUANXI_FIRST", 1);
  guint64 lives = one != 0 ? 1 : MAX (1, gxt_environment ("GUANXI_CUTS", CUTS) / CUTS_IN_LIFE);

  for (guint64 seed = first; seed < first + lives; seed++)
    live (seed);
  g_print ("# seeds %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT ": %u power cuts, %u of them while recovering, %u in an edit, %u in a sync; %"
           G_GINT64_FORMAT " confirmed mutations, none lost, none twice (%" G_GINT64_FORMAT " conflicts, %" G_GINT64_FORMAT " rejected, %"
           G_GINT64_FORMAT " requests); of edits under way %u were there, %u were not; %u rows compared\n", first, first + lives - 1,
           totals.cuts + totals.in_recovery, totals.in_recovery, totals.in_edit, totals.in_sync, totals.mutations, totals.conflicts,
           totals.refused, totals.requests, totals.came_through, totals.not_there, totals.rows);
  if (totals.cuts >= CUTS)
    g_assert_true (totals.in_recovery > 0 && totals.in_edit > 0 && totals.in_sync > 0 && totals.conflicts > 0 && totals.requests > 0
                   && totals.not_there > 0);
}

/* The disk of this test does lose what was not synced: a store that does not wait for it is seen to. */
static void
test_it_would_be_seen (void)
{
  guint lost = 0;

  for (guint64 seed = 1; seed <= 12; seed++)
    {
      Life life;

      life_init (&life, seed, TRUE);
      begin (&life);
      work (&life);
      recover (&life);
      lost += count_lost (&life);
      life_clear (&life);
    }
  g_test_message ("%u lost", lost);
  g_assert_cmpuint (lost, >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/power/desk/nothing_confirmed_is_lost", test_cuts);
  g_test_add_func ("/power/desk/without_syncs_it_would_be_seen", test_it_would_be_seen);

  return g_test_run ();
}
