/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers cut at every byte (sync.md 4.3, T6): the real server's answers to pushes, pulls and first loads, each given to the real
 * client cut behind every byte of it, in the state in which the whole answer would have met it. Nothing in the store may change
 * (I11), and the step says that it failed; then the whole answer comes, and changes what it says. At the end the store equals
 * the bank's rows (I4).
 */
#include "gxt-context.h"
#include "gxt-same.h"

#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-protocol.h"
#include "gx-sql.h"
#include "gx-task.h"
#include "gxc-edit.h"
#include "gxc-list.h"
#include "gxc-sync.h"

#include <string.h>

#define ANSWERS 90

typedef enum { PUSH, PULL, LOAD, N_KINDS } Kind;

/* What lies between the desk and the bank: the bank's answer is kept, and given as often and as short as the test wants. */
typedef struct
{
  GxtLine       line;
  GBytes       *answer;             /* (nullable): none = the bank is asked */
  guint         status;
  Kind          kind;
  gsize         length;             /* of it, that is given */
  GxcTransport *bank;
} Tape;

typedef struct
{
  GxcTransport parent;
  Tape        *tape;
} Head;

typedef struct
{
  GxtBank    *bank;
  Tape        tape;
  GxcContext *context;
  guint       n_edits;
  guint       answers[N_KINDS];
  guint64     cuts;
} Fixture;

static Kind
kind_of (const char *path)
{
  if (g_str_equal (path, GX_PATH_PUSH))
    return PUSH;

  return g_str_equal (path, GX_PATH_PULL) ? PULL : LOAD;
}

static gboolean
head_send (GxcTransport      *transport,
           const GxcRequest  *request,
           GxcResponse       *out,
           GCancellable      *cancellable,
           GError           **error)
{
  Tape *tape = ((Head *) transport)->tape;
  g_auto(GxcResponse) whole = { 0 };

  if (g_str_equal (request->path, GX_PATH_SIGN_IN))
    return gxc_transport_send (tape->bank, request, out, cancellable, error);
  if (tape->answer == NULL)
    {
      if (!gxc_transport_send (tape->bank, request, &whole, cancellable, error))
        return FALSE;
      tape->answer = g_bytes_ref (whole.body);
      tape->status = whole.status;
      tape->kind = kind_of (request->path);
      return gx_fail (error, GX_ERROR_OFFLINE, "the answer is kept for later");
    }
  g_assert_cmpint (kind_of (request->path), ==, tape->kind);
  g_clear_pointer (&out->body, g_bytes_unref);
  out->status = tape->status;
  /* A block of its own, so that a read behind the end is seen. */
  out->body = g_bytes_new (g_bytes_get_data (tape->answer, NULL), tape->length);

  return TRUE;
}

static void
head_free (GxcTransport *transport)
{
  Tape *tape = ((Head *) transport)->tape;

  g_clear_pointer (&tape->bank, gxc_transport_free);
  g_free (transport);
}

static GxcTransport *
tape_connect (const char  *server,
              const char  *ca_file,
              gpointer     data,
              GError     **error)
{
  Head *head = g_new0 (Head, 1);

  head->parent.send = head_send;
  head->parent.free = head_free;
  head->tape = data;
  g_assert_null (head->tape->bank);
  head->tape->bank = gxt_direct_connect (server, ca_file, &head->tape->line, error);

  return &head->parent;
}

static GxDb *
db_of (Fixture *f)
{
  return gxc_store_get_db (gxc_context_get_store (f->context));
}

static void
set_up (Fixture *f)
{
  const GxcContextOptions other = { .connect = tape_connect, .connect_data = &f->tape };

  *f = (Fixture) { .bank = gxt_bank_new (":memory:") };
  f->tape.line = (GxtLine) { .bank = f->bank, .person = GXT_RM1 };
  f->context = gxt_context_sign_in (&f->tape.line, &other);
}

static void
tear_down (Fixture *f)
{
  gxc_context_free (f->context);
  g_clear_pointer (&f->tape.answer, g_bytes_unref);
  gxt_line_clear (&f->tape.line);
  gxt_bank_free (f->bank);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, tear_down)

/* ---- what the store says ---- */

static gint64
count_changes (Fixture *f)
{
  gint64 changes = 0;

  gx_db_query_int (db_of (f), &changes, NULL, "SELECT total_changes()", NULL);
  return changes;
}

static void
add_table (GString    *out,
           GxDb       *db,
           const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", table);
  g_autoptr(GError) error = NULL;
  g_autoptr(GxStatement) statement = gx_db_query (db, &error, sql, NULL);

  g_assert_no_error (error);
  while (gx_statement_next (statement, &error))
    for (int i = 0; i < gx_statement_n_columns (statement); i++)
      {
        gsize size = 0;
        const char *value = gx_statement_get_blob (statement, i, &size);

        g_string_append_printf (out, "%s %d %" G_GSIZE_FORMAT ":", table, i, size);
        g_string_append_len (out, value, (gssize) size);
      }
  g_assert_no_error (error);
}

/* Every value of every table, as one hash. */
static char *
dup_digest (Fixture *f)
{
  g_autoptr(GString) all = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GxStatement) statement =
    gx_db_query (db_of (f), &error, "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\' ORDER BY name", NULL);

  g_assert_no_error (error);
  while (gx_statement_next (statement, &error))
    {
      g_autofree char *table = g_strdup (gx_statement_get_text (statement, 0));

      add_table (all, db_of (f), table);
    }
  g_assert_no_error (error);

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) all->str, all->len);
}

/* ---- one answer ---- */

static gboolean
step (Fixture   *f,
      gboolean  *out_more,
      GError   **error)
{
  return gxc_sync_step (gxc_context_get_sync (f->context), out_more, NULL, error);
}

static void
cut_everywhere (Fixture *f)
{
  gint64 changes = count_changes (f);
  g_autofree char *digest = dup_digest (f);

  for (f->tape.length = 0; f->tape.length < g_bytes_get_size (f->tape.answer); f->tape.length++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *now = NULL;
      gboolean more;

      g_assert_false (step (f, &more, &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_MALFORMED);
      f->cuts++;
      if (count_changes (f) == changes)         /* not a row was even touched */
        continue;
      now = dup_digest (f);
      g_assert_cmpstr (now, ==, digest);
      changes = count_changes (f);
    }
}

static void
meet_answer (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *before = dup_digest (f), *after = NULL;
  gboolean more;

  g_assert_cmpuint (f->tape.status, ==, 200);
  f->bank->clock.now += 1000;       /* an answer that brings nothing still tells that all is well at a later time */
  f->answers[f->tape.kind]++;
  cut_everywhere (f);
  step (f, &more, &error);
  g_assert_no_error (error);
  g_clear_pointer (&f->tape.answer, g_bytes_unref);
  after = dup_digest (f);
  g_assert_cmpstr (before, !=, after);
}

/* Until there is nothing left to do. */
static void
exchange_all (Fixture *f)
{
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr(GError) error = NULL;

      if (step (f, &more, &error))
        continue;
      g_assert_error (error, GX_ERROR, GX_ERROR_OFFLINE);
      meet_answer (f);
      more = TRUE;
    }
}

/* ---- what there is to say ---- */

static void
bank_writes (Fixture    *f,
             const GxId *customer,
             const char *lang,
             const GxId *wealth_mgr)
{
  const GxsActor actor = { .action = "patch", .unaudited = TRUE };
  g_autoptr(GxsBatch) batch = gxt_bank_batch (f->bank);
  g_autoptr(GError) error = NULL;
  GxCustomer *before = gx_sql_load (f->bank->db, &gx_customer_entity, customer, &error), *after;

  g_assert_no_error (error);
  after = gx_entity_copy (&gx_customer_entity, before);
  g_free (after->lang);
  after->lang = g_strdup (lang);
  after->wealth_mgr_id = *wealth_mgr;
  gxs_write_update (batch, &actor, &gx_customer_entity, before, after, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_customer_entity, before);
  gx_entity_free (&gx_customer_entity, after);
}

static void
type (Fixture        *f,
      const GxEntity *entity,
      const GxId     *id,
      const char     *field,
      const char     *text)
{
  const GxcReason reason = { .reason = "客户本人到场，证件已核对" };
  g_autoptr(GError) error = NULL;
  g_autoptr(GxRecord) record = gxc_list_find (db_of (f), entity, id, &error);
  gpointer data;

  g_assert_no_error (error);
  data = gx_entity_copy (entity, gx_record_get_data (record));
  g_assert_true (gx_field_from_text (gx_entity_find (entity, field), data, text, NULL));
  gxc_store_edit (gxc_context_get_store (f->context), entity, gx_record_get_data (record), data, &reason, NULL, &error);
  g_assert_no_error (error);
  gx_entity_free (entity, data);
}

static void
new_task (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  GxTask *task = gx_entity_new (&gx_task_entity);

  task->customer_id = f->bank->customer;
  task->kind = GX_TASK_CALL;
  task->due_at = f->bank->clock.now;
  task->title = g_strdup_printf ("回访 %u", f->n_edits++);
  gxc_store_create (gxc_context_get_store (f->context), &gx_task_entity, task, NULL, NULL, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_task_entity, task);
}

/* The two meet in one field every other time; the prospect goes to the other manager and comes back; a request in between. */
static void
work (Fixture *f,
      guint    round)
{
  g_autofree char *mine = g_strdup_printf ("m%c_MM", 'a' + round % 26), *theirs = g_strdup_printf ("t%c_TT", 'a' + round % 26);
  g_autofree char *phone = g_strdup_printf ("1390000%04u", round);

  type (f, &gx_customer_entity, &f->bank->prospect, "lang", mine);
  new_task (f);
  if (round % 3 == 0)
    type (f, &gx_contact_point_entity, &f->bank->mobile, "value", phone);
  bank_writes (f, round % 2 ? &f->bank->prospect : &f->bank->customer, theirs,
               round % 2 ? &f->bank->people[GXT_RM2].employee : &GX_ID_NONE);
}

static void
test_every_byte (void)
{
  g_auto(Fixture) f;
  guint n = 0, rows;

  set_up (&f);
  exchange_all (&f);
  for (guint round = 0; n < ANSWERS; round++)
    {
      work (&f, round);
      exchange_all (&f);
      n = f.answers[PUSH] + f.answers[PULL] + f.answers[LOAD];
    }
  rows = gxt_same_rows (&f.tape.line, db_of (&f));
  g_print ("# %u answers (%u of pushes, %u of pulls, %u of first loads), cut at each of their bytes: %" G_GUINT64_FORMAT
           " cuts, and nothing changed; %u rows equal at the end\n", n, f.answers[PUSH], f.answers[PULL], f.answers[LOAD], f.cuts, rows);
  g_assert_cmpuint (f.answers[LOAD], >=, 5);
  g_assert_cmpuint (f.answers[PUSH], >=, 20);
  g_assert_cmpuint (f.answers[PULL], >=, 20);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/truncation/a_cut_at_any_byte_changes_nothing", test_every_byte);

  return g_test_run ();
}
