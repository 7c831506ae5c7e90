/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk whose program was updated with a queue pending: what the older one wrote is shown, travels as it is, and is never lost, also
 * not to a server that understands neither. */
#include "gxt-context.h"

#include <string.h>

#include "gx-json.h"
#include "gx-protocol.h"
#include "gx-sql.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gxc-edit.h"
#include "gxc-overlay.h"
#include "gxc-queue.h"
#include "gxc-sync.h"

typedef struct
{
  GxtBank    *bank;
  GxtLine     line;
  GxtWatch    watch;
  GxcContext *context;
  GString    *pushed;           /* schema:mutations of each push, in order */
  int         speaks;           /* the newest schema that the server knows; 0 = ours */
} Desk;

static void
note_push (Desk             *desk,
           const GxcRequest *request)
{
  gsize size;
  const char *data = g_bytes_get_data (request->body, &size);
  g_autoptr(JsonNode) node = gx_json_parse (data, (gssize) size, NULL);
  JsonObject *body = json_node_get_object (node);

  g_string_append_printf (desk->pushed, "%d:%u ", (int) json_object_get_int_member (body, "schema"),
                          json_array_get_length (json_object_get_array_member (body, "mutations")));
}

/* A bank that understands neither schema, or ours, which is listened to. */
static gboolean
before (gpointer          data,
        GxtLine          *line,
        const GxcRequest *request,
        GxcResponse      *out)
{
  Desk *desk = data;

  if (desk->speaks != 0)
    {
      char *text = g_strdup_printf ("{\"code\":\"UPGRADE\",\"title\":\"t\",\"status\":426,\"params\":{\"from\":1,\"to\":%d}}", desk->speaks);

      out->status = 426;
      out->body = g_bytes_new_take (text, strlen (text));
      return TRUE;
    }
  if (g_str_equal (request->path, GX_PATH_PUSH))
    note_push (desk, request);

  return FALSE;
}

static GxcStore *
store_of (Desk *desk)
{
  return gxc_context_get_store (desk->context);
}

static gint64
queue_length (Desk *desk)
{
  return gxc_queue_length (gxc_store_get_db (store_of (desk)));
}

static void
desk_open (Desk *desk)
{
  *desk = (Desk) { .bank = gxt_bank_new (":memory:"), .pushed = g_string_new (NULL) };
  desk->watch = (GxtWatch) { .before = before, .data = desk };
  desk->line = (GxtLine) { .bank = desk->bank, .person = GXT_RM1, .watch = &desk->watch };
  desk->context = gxt_context_sign_in (&desk->line, NULL);
  gxt_context_sync (desk->context);
}

static void
desk_close (Desk *desk)
{
  gxc_context_free (desk->context);
  gxt_line_clear (&desk->line);
  gxt_bank_free (desk->bank);
  g_string_free (desk->pushed, TRUE);
}

static GxId
new_task (Desk *desk,
          int   priority)
{
  g_autoptr(GError) error = NULL;
  GxTask *task = gx_entity_new (&gx_task_entity);
  GxcWritten written;

  gx_set_str (&task->title, "Call back");
  task->kind = 1;
  task->due_at = desk->bank->clock.now + 3600000;
  task->priority = priority;
  gxc_store_create (store_of (desk), &gx_task_entity, task, NULL, &written, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_task_entity, task);

  return written.id;
}

/* As the program of schema 1 wrote it. */
static gboolean
age_here (GxcStore  *store,
          gpointer   data,
          GError   **error)
{
  return gx_db_run (gxc_store_get_db (store), error,
                    "UPDATE queue SET schema=1, body=replace(body, '\"priority\":\"IMPORTANT\"', '\"priority\":2') WHERE id=?", "u", data)
         && gxc_overlay_refresh (store, &gx_task_entity, data, error);
}

static void
age (Desk *desk,
     GxId *id)
{
  g_autoptr(GError) error = NULL;

  gxc_store_call (store_of (desk), age_here, id, &error);
  g_assert_no_error (error);
}

static GxTask *
read_task (GxDb       *db,
           const GxId *id)
{
  g_autoptr(GError) error = NULL;
  gpointer task = gx_sql_load (db, &gx_task_entity, id, &error);

  g_assert_no_error (error);
  return task;
}

static int
priority_in (GxDb       *db,
             const GxId *id)
{
  GxTask *task = read_task (db, id);
  int priority = task->priority;

  gx_entity_free (&gx_task_entity, task);
  return priority;
}

static void
set_priority (Desk       *desk,
              const GxId *id,
              int         priority)
{
  g_autoptr(GError) error = NULL;
  GxTask *before = read_task (gxc_store_get_db (store_of (desk)), id), *after = gx_entity_copy (&gx_task_entity, before);

  after->priority = priority;
  gxc_store_edit (store_of (desk), &gx_task_entity, before, after, NULL, NULL, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_task_entity, before);
  gx_entity_free (&gx_task_entity, after);
}

static void
test_mixed_queue (void)
{
  GxId old, new;
  Desk desk;
  GxDb *db;

  desk_open (&desk);
  db = gxc_store_get_db (store_of (&desk));
  old = new_task (&desk, 2);
  age (&desk, &old);
  g_assert_cmpint (priority_in (db, &old), ==, 2);
  set_priority (&desk, &old, 1);            /* not put into what the older program wrote */
  new = new_task (&desk, 3);
  g_assert_cmpint (queue_length (&desk), ==, 3);
  g_assert_cmpint (priority_in (db, &old), ==, 1);

  gxt_context_sync (desk.context);
  g_assert_cmpstr (desk.pushed->str, ==, "1:1 2:2 ");
  g_assert_cmpint (priority_in (desk.bank->db, &old), ==, 1);
  g_assert_cmpint (priority_in (desk.bank->db, &new), ==, 3);
  g_assert_cmpint (priority_in (db, &old), ==, 1);
  desk_close (&desk);
}

/* Whichever of the two is too old: the queue stays, and it is said who must be updated. */
static void
test_refused (void)
{
  static const struct { int speaks; const char *words; } rows[] = { { GX_SCHEMA - 1, "server is older" }, { GX_SCHEMA + 3, "program is too old" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      Desk desk;
      GxId id;

      desk_open (&desk);
      id = new_task (&desk, 2);
      desk.speaks = rows[i].speaks;
      g_assert_false (gxc_sync_run (gxc_context_get_sync (desk.context), NULL, &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_UPGRADE);
      g_assert_nonnull (strstr (error->message, rows[i].words));
      g_assert_cmpint (queue_length (&desk), ==, 1);

      desk.speaks = 0;
      gxt_context_sync (desk.context);
      g_assert_cmpint (queue_length (&desk), ==, 0);
      g_assert_cmpint (priority_in (desk.bank->db, &id), ==, 2);
      desk_close (&desk);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/upcast/what_an_older_program_wrote_travels_as_it_is", test_mixed_queue);
  g_test_add_func ("/sync/upcast/a_server_that_understands_neither_loses_nothing", test_refused);

  return g_test_run ();
}
