/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do in the simulation: each through the client's own editing, on any row that it shows them. */
#include "gxt-sim.h"

#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-interaction.h"
#include "gx-person-profile.h"
#include "gx-protocol.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gxc-attach.h"
#include "gxc-blob.h"
#include "gxc-change-item.h"
#include "gxc-edit.h"
#include "gxc-issues.h"
#include "gxc-list.h"
#include "gxc-review.h"
#include "gxc-save.h"

#define WHY "客户本人到场，证件已核对"

/* A desk that is about to die may say anything. */
static gboolean
is_dying (GxtSimClient *client)
{
  return gxt_disk_is_off (client->disk);
}

static GxRecord *
any_row (GxtSim         *sim,
         GxtSimClient   *client,
         const GxEntity *entity)
{
  GxcListQuery query = { .entity = entity };
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = gxc_list_ids (gxt_sim_db (client), &query, &error);
  GxRecord *record;

  g_assert_no_error (error);
  if (ids->len == 0)
    return NULL;
  record = gxc_list_find (gxt_sim_db (client), entity, &g_array_index (ids, GxId, gxt_sim_below (sim, ids->len)), &error);
  g_assert_no_error (error);

  return record;
}

/* Refusals on the spot are part of the game; anything else is not. */
static void
check_refusal (GxtSimClient *client,
               const GError *error)
{
  static const GxError allowed[] = { GX_ERROR_FIELD, GX_ERROR_NEEDS_REVIEW, GX_ERROR_INVALID, GX_ERROR_STATE };

  for (guint i = 0; error != NULL && i < G_N_ELEMENTS (allowed); i++)
    if (g_error_matches (error, GX_ERROR, (int) allowed[i]))
      return;
  if (!is_dying (client))
    g_assert_no_error (error);
}

static void
set_field (GxtSim         *sim,
           GxtSimClient   *client,
           const GxEntity *entity,
           GxRecord       *record,
           const char     *name,
           const char     *text)
{
  const GxField *field = gx_entity_find (entity, name);
  g_autoptr(GError) error = NULL;
  GxcReason reason = { .reason = WHY };
  GxcWritten out = { 0 };
  gpointer data;

  data = gx_entity_copy (entity, gx_record_get_data (record));
  if (gx_field_from_text (field, data, text, &error)
      && gxc_store_edit (gxt_sim_store (client), entity, gx_record_get_data (record), data, &reason, &out, &error) && out.mid > 0)
    gxt_sim_note_typed (sim, client, entity, gx_record_get_id (record), field, gx_record_get_data (record), data, out.mid);
  else if (is_dying (client))
    gxt_sim_forget_typed (client, gx_record_get_id (record));     /* nobody knows whether it was saved */
  check_refusal (client, error);
  gx_entity_free (entity, data);
}

/* Half of the time the customer that two people work on, where there is a choice. */
static GxRecord *
busy_row (GxtSim         *sim,
          GxtSimClient   *client,
          const GxEntity *entity)
{
  GxRecord *busy = entity == &gx_customer_entity && gxt_sim_below (sim, 2)
                   ? gxc_list_find (gxt_sim_db (client), entity, &sim->bank->prospect, NULL) : NULL;

  return busy != NULL ? busy : any_row (sim, client, entity);
}

static void
set_text (GxtSim         *sim,
          GxtSimClient   *client,
          const GxEntity *entity,
          const char     *name,
          const char     *text)
{
  g_autoptr(GxRecord) record = busy_row (sim, client, entity);

  if (record != NULL)
    set_field (sim, client, entity, record, name, text);
}

/* No two are the same. */
static char *
draw_word (GxtSim *sim)
{
  guint n = sim->n_edits++;

  return g_strdup_printf ("%c%c_%c%c", 'a' + n % 26, 'a' + n / 26 % 26, 'A' + n % 26, 'A' + n / 676 % 26);
}

static void
edit_customer (GxtSim *sim,
               GxtSimClient *client)
{
  g_autofree char *text = draw_word (sim);

  set_text (sim, client, &gx_customer_entity, "lang", text);
}

static void
edit_customer_flag (GxtSim *sim,
                    GxtSimClient *client)
{
  set_text (sim, client, &gx_customer_entity, "dnd", gxt_sim_below (sim, 2) ? "true" : "false");
}

static void
edit_hobbies (GxtSim *sim,
              GxtSimClient *client)
{
  static const char *const hobbies[] = { "tea", "tea,chess", "go", "tea,go", NULL };

  set_text (sim, client, &gx_person_profile_entity, "hobbies", hobbies[gxt_sim_below (sim, G_N_ELEMENTS (hobbies))]);
}

static void
edit_task (GxtSim *sim,
           GxtSimClient *client)
{
  g_autofree char *text = g_strdup_printf ("t%u", sim->n_edits++);

  set_text (sim, client, &gx_task_entity, "title", text);
}

/* Of an active customer a request, of a prospect a patch. */
static void
edit_contact (GxtSim *sim,
              GxtSimClient *client)
{
  g_autofree char *text = g_strdup_printf ("139%08u", sim->n_edits++);

  set_text (sim, client, &gx_contact_point_entity, "value", text);
}

static void
create_task (GxtSim *sim,
             GxtSimClient *client)
{
  g_autoptr(GxRecord) customer = any_row (sim, client, &gx_customer_entity);
  g_autoptr(GError) error = NULL;
  GxTask *task = gx_entity_new (&gx_task_entity);

  if (customer != NULL)
    task->customer_id = *gx_record_get_id (customer);
  task->kind = 1;
  task->due_at = 1795223207000;
  task->title = g_strdup_printf ("n%u", sim->n_edits++);
  gxc_store_create (gxt_sim_store (client), &gx_task_entity, task, NULL, NULL, &error);
  check_refusal (client, error);
  gx_entity_free (&gx_task_entity, task);
}

static void
create_customer (GxtSim *sim,
                 GxtSimClient *client)
{
  g_autoptr(GError) error = NULL;
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);
  GxContactPoint *contact = gx_entity_new (&gx_contact_point_entity);
  GxcWritten out;

  customer->type = GX_CUSTOMER_PERSON;
  customer->name = g_strdup_printf ("客户%u", sim->n_edits);
  customer->org_id = sim->bank->branch1;
  if (gxc_store_create (gxt_sim_store (client), &gx_customer_entity, customer, NULL, &out, &error))
    {
      contact->customer_id = out.id;
      contact->kind = 1;
      contact->is_primary = TRUE;
      contact->value = g_strdup_printf ("138%08u", sim->n_edits++);
      gxc_store_create (gxt_sim_store (client), &gx_contact_point_entity, contact, NULL, NULL, &error);
    }
  check_refusal (client, error);
  gx_entity_free (&gx_customer_entity, customer);
  gx_entity_free (&gx_contact_point_entity, contact);
}

static void
delete_row (GxtSim *sim,
            GxtSimClient *client)
{
  const GxEntity *entity = gxt_sim_below (sim, 2) ? &gx_task_entity : &gx_contact_point_entity;
  g_autoptr(GxRecord) record = any_row (sim, client, entity);
  g_autoptr(GError) error = NULL;
  GxcReason reason = { .reason = WHY };

  if (record != NULL)
    gxc_store_delete (gxt_sim_store (client), entity, gx_record_get_id (record), &reason, NULL, &error);
  check_refusal (client, error);
}

/* The supervisor decides what it sees; on a bad line nothing comes of it. */
static void
decide (GxtSim *sim,
        GxtSimClient *client)
{
  static const char *const verdicts[] = { "approve", "approve", "reject", "return" };
  static const GxcCondition pending = { "state", GXC_IS, "PENDING" };
  GxcListQuery query = { .entity = &gx_change_request_entity, .conditions = &pending, .n_conditions = 1 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = gxc_list_ids (gxt_sim_db (&sim->clients[GXT_SIM_SUP]), &query, &error);
  g_autoptr(JsonNode) shown = NULL;
  g_autoptr(JsonNode) done = NULL;

  g_assert_no_error (error);
  if (ids->len == 0)
    return;
  shown = gxc_review_show (sim->clients[GXT_SIM_SUP].context, &g_array_index (ids, GxId, gxt_sim_below (sim, ids->len)), NULL, NULL);
  if (shown != NULL)
    done = gxc_review_decide (sim->clients[GXT_SIM_SUP].context, json_node_get_object (shown), verdicts[gxt_sim_below (sim, G_N_ELEMENTS (verdicts))],
                              "已核对无误", NULL, NULL);
}

static void
resolve_issue (GxtSim *sim,
               GxtSimClient *client)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) issues = gxc_issues_list (gxt_sim_db (client), &error);
  const GxcIssue *issue;

  g_assert_no_error (error);
  if (issues->len == 0)
    return;
  issue = g_ptr_array_index (issues, gxt_sim_below (sim, issues->len));
  gxt_sim_forget_typed (client, &issue->id);
  if (gxt_sim_below (sim, 2))
    gxc_issues_keep_mine (gxt_sim_store (client), issue->mid, &error);
  else
    gxc_issues_drop (gxt_sim_store (client), issue->mid, &error);
  check_refusal (client, error);
}

/* A conversation and what follows from it: saved together. Now and then the customer's own row with them, which may be in
 * conflict: then nothing of it may stay. */
static void
save_visit (GxtSim       *sim,
            GxtSimClient *client)
{
  g_autoptr(GxRecord) customer = busy_row (sim, client, &gx_customer_entity);
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  g_autoptr(GPtrArray) done = NULL;
  g_autoptr(GError) error = NULL;
  GxInteraction *note;
  GxTask *task;

  if (customer == NULL)
    return;
  note = gx_entity_new (&gx_interaction_entity);
  note->customer_id = *gx_record_get_id (customer);
  note->channel = note->purpose = 1;
  note->subject = g_strdup_printf ("v%u", sim->n_edits++);
  note->started_at = 1795223207000;
  g_ptr_array_add (changes, gxc_change_item_create (&gx_interaction_entity, note));
  task = gx_entity_new (&gx_task_entity);
  task->customer_id = note->customer_id;
  task->kind = 1;
  task->due_at = 1795223207000;
  task->title = g_strdup_printf ("f%u", sim->n_edits++);
  g_ptr_array_add (changes, gxc_change_item_create (&gx_task_entity, task));
  if (gxt_sim_below (sim, 2))
    {
      GxCustomer *row = gx_entity_copy (&gx_customer_entity, gx_record_get_data (customer));

      row->dnd = !row->dnd;
      gxt_sim_forget_typed (client, gx_record_get_id (customer));
      g_ptr_array_add (changes, gxc_change_item_patch (customer, row, 0));
    }
  done = gxc_store_save (gxt_sim_store (client), changes, FALSE, &error);
  check_refusal (client, error);
}

/* A form that was opened a while ago, and is saved now: what its person saw may be old, since others work on that customer too. */
static void
save_old_form (GxtSim       *sim,
               GxtSimClient *client)
{
  g_autoptr(GxRecord) form = g_steal_pointer (&client->form);
  g_autofree char *text = draw_word (sim);

  if (form != NULL)
    set_field (sim, client, &gx_customer_entity, form, "lang", text);
  client->form = gxc_list_find (gxt_sim_db (client), &gx_customer_entity, &sim->bank->prospect, NULL);
}

/* An older program saved this, in the words of its time, and ended; today's finds it in the queue (sync.md 1.10). */
static void
save_with_older_program (GxtSim       *sim,
                         GxtSimClient *client)
{
  GxTask *task = gx_entity_new (&gx_task_entity);
  g_autoptr(GError) error = NULL;
  GxcWritten out = { 0 };

  G_STATIC_ASSERT (GX_SCHEMA == 2);     /* the next schema wants its own line here */
  task->kind = 1;
  task->due_at = 1795223207000;
  task->priority = 2;
  task->title = g_strdup_printf ("o%u", sim->n_edits++);
  gxc_store_create (gxt_sim_store (client), &gx_task_entity, task, NULL, &out, &error);
  check_refusal (client, error);
  if (out.mid > 0 && !is_dying (client))
    {
      gx_db_run (gxt_sim_db (client), &error, "UPDATE queue SET schema=1, body=REPLACE(body, '\"priority\":\"IMPORTANT\"', '\"priority\":2') WHERE mid=?",
                 "i", out.mid);
      check_refusal (client, error);
      gxt_sim_die (sim, client);
      gxt_sim_check (sim, GXT_SIM_SHOWN, gxt_number_of (gxt_sim_db (client), "SELECT COUNT(*) FROM task WHERE id=? AND priority=2", &out.id) == 1,
                     "desk %u does not show what its older program saved", client->index);
    }
  gx_entity_free (&gx_task_entity, task);
}

static GBytes *
draw_paper (GxtSim *sim)
{
  guint size = gxt_sim_below (sim, 40) == 0 ? GX_CHUNK_SIZE + gxt_sim_below (sim, 5000) : 1 + gxt_sim_below (sim, 3000);
  GString *text = g_string_sized_new (size + 64);

  while (text->len < size)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT " %u %" G_GSIZE_FORMAT "\n", sim->seed, sim->n_edits, text->len);
  sim->n_edits++;
  g_string_truncate (text, size);
  return g_string_free_to_bytes (text);
}

static void
attach_paper (GxtSim       *sim,
              GxtSimClient *client)
{
  g_autoptr(GxRecord) customer = any_row (sim, client, &gx_customer_entity);
  g_autoptr(GBytes) paper = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *sha256 = NULL;
  GxcAttach attach = { .name = "合同.txt", .kind = "CONTRACT", .valid_to = 20900 };
  GxId id;

  if (customer == NULL)
    return;
  gxt_sim_want_blobs (sim);
  attach.customer_id = *gx_record_get_id (customer);
  attach.bytes = paper = draw_paper (sim);
  gxc_attach (gxt_sim_store (client), &attach, &id, &sha256, &error);
  check_refusal (client, error);
}

/* A new name wants a document as evidence, which goes on its own way: the request waits for it. */
static void
ask_with_paper (GxtSim       *sim,
                GxtSimClient *client)
{
  g_autoptr(GxRecord) record = gxc_list_find (gxt_sim_db (client), &gx_customer_entity, &sim->bank->customer, NULL);
  g_autoptr(GBytes) paper = NULL;
  g_autofree char *sha256 = NULL;
  g_autoptr(GError) error = NULL;
  GxcEvidence evidence = { .kind = "ID_IMAGE" };
  const GxcReason why = { .reason = WHY, .evidence = &evidence, .n_evidence = 1 };
  GxCustomer *changed;

  if (record == NULL)
    return;
  gxt_sim_want_blobs (sim);
  paper = draw_paper (sim);
  evidence.sha256 = sha256 = gxc_blob_add (gxt_sim_store (client), paper, "身份证.txt", &error);
  if (sha256 != NULL)
    {
      changed = gx_entity_copy (&gx_customer_entity, gx_record_get_data (record));
      gx_set_str (&changed->name, gxt_sim_below (sim, 2) ? "张伟明" : "张明伟");
      gxc_store_edit (gxt_sim_store (client), &gx_customer_entity, gx_record_get_data (record), changed, &why, NULL, &error);
      gx_entity_free (&gx_customer_entity, changed);
    }
  check_refusal (client, error);
}

const GxtSimAct gxt_sim_people[] = {
  { "edit", edit_customer, 12, TRUE }, { "flag", edit_customer_flag, 4, TRUE }, { "words", edit_hobbies, 5, TRUE },
  { "task", edit_task, 6, TRUE }, { "contact", edit_contact, 5, TRUE }, { "new task", create_task, 6, TRUE },
  { "new customer", create_customer, 2, TRUE }, { "delete", delete_row, 4, TRUE, TRUE }, { "visit", save_visit, 6, TRUE },
  { "old form", save_old_form, 8, TRUE }, { "paper", attach_paper, 2, TRUE, FALSE, TRUE }, { "ask with paper", ask_with_paper, 1, TRUE, FALSE, TRUE },
  { "older program", save_with_older_program, 2, TRUE, FALSE, TRUE }, { "decide", decide, 8, FALSE }, { "resolve", resolve_issue, 5, FALSE, TRUE },
};
const guint gxt_sim_n_people = G_N_ELEMENTS (gxt_sim_people);
