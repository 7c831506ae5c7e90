/* SPDX-License-Identifier: GPL-3.0-or-later */
/* R-ENTRY at the bank (domain.md 4): the clock of a new contact starts with the contact, stops when the key data is there, and
 * tells people when it runs out, each once. The rule itself is gx-entry-rule.
 *
 * Whoever wrote without a network is judged by when it was written: the device's time, corrected by what its clock was wrong
 * by. So what a laptop brings a day later was in time if it was written in time.
 */
#include "gxs-entry.h"

#include "gx-entry-rule.h"
#include "gx-notification.h"
#include "gx-role.h"
#include "gx-sql.h"
#include "gx-text.h"

/* A laptop's queue may come in several pushes: that long a contact that has just come is nobody's failure. */
#define GRACE (G_GINT64_CONSTANT (10) * 60 * 1000)

/* In the order of the bits of GxEntryPart. */
#define PARTS \
  "SELECT c.name IS NOT NULL, p.gender IS NOT NULL, EXISTS (SELECT 1 FROM identifier i WHERE i.customer_id=c.id AND i.del=0)," \
  " EXISTS (SELECT 1 FROM contact_point m WHERE m.customer_id=c.id AND m.kind=1 AND m.del=0), p.occupation IS NOT NULL," \
  " EXISTS (SELECT 1 FROM address a WHERE a.customer_id=c.id AND a.region_code IS NOT NULL AND a.del=0)," \
  " EXISTS (SELECT 1 FROM interaction t WHERE t.customer_id=c.id AND t.del=0)," \
  " EXISTS (SELECT 1 FROM need n WHERE n.customer_id=c.id AND n.del=0)," \
  " o.uscc IS NOT NULL, o.legal_rep IS NOT NULL, o.industry IS NOT NULL," \
  " o.employees IS NOT NULL AND (o.annual_revenue IS NOT NULL OR o.total_assets IS NOT NULL)" \
  " FROM customer c LEFT JOIN person_profile p ON p.id=c.id AND p.del=0 LEFT JOIN org_profile o ON o.id=c.id AND o.del=0 WHERE c.id=?"
#define N_PARTS 12

/**
 * gxs_entry_begin:
 * @customer: before it is written for the first time
 *
 * Starts the clock of a prospect that a person entered; an import brings its own or none.
 */
void
gxs_entry_begin (const GxsActor *actor,
                 GxCustomer     *customer)
{
  if (customer->status != GX_CUSTOMER_PROSPECT || actor->unaudited || customer->entry_due_at != 0)
    return;

  customer->entry_due_at = gx_entry_due_at (customer->first_contact_at + actor->clk);
  customer->entry_state = GX_ENTRY_STATE_OPEN;
}

/* What runs stands in a table of its own, so that the sweep looks at nothing else. */
static gboolean
keep_clock (GxsBatch          *batch,
            const GxCustomer  *customer,
            GError           **error)
{
  if (customer->entry_done_at != 0)
    return gx_db_run (gxs_batch_get_db (batch), error, "DELETE FROM entry_clock WHERE customer_id=?", "u", &customer->meta.id);

  return gx_db_run (gxs_batch_get_db (batch), error, "INSERT INTO entry_clock(customer_id, due_at, told) VALUES(?, ?, 0)"
                    " ON CONFLICT(customer_id) DO NOTHING", "ui", &customer->meta.id, customer->entry_due_at);
}

static gboolean
read_parts (GxDb        *db,
            const GxId  *customer_id,
            guint       *out_there,
            GError     **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, PARTS, "u", customer_id);

  *out_there = 0;
  if (statement == NULL || !gx_statement_next (statement, error))
    return FALSE;
  for (guint i = 0; i < N_PARTS; i++)
    if (gx_statement_get_int (statement, (int) i) != 0)
      *out_there |= 1u << i;

  return TRUE;
}

/* (nullable): ["gender","need"] */
static char *
missing_json (guint missing)
{
  GString *json = g_string_new ("[");

  if (missing == 0)
    return g_string_free (json, TRUE);
  for (guint i = 0; i < N_PARTS; i++)
    if (missing & (1u << i))
      g_string_append_printf (json, "%s\"%s\"", json->len > 1 ? "," : "", gx_entry_code (1u << i));
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

static gboolean
tell (GxsBatch    *batch,
      const GxId  *employee,
      const char  *kind,
      const GxId  *customer_id,
      GError     **error)
{
  const GxsActor system = { .unaudited = TRUE };
  GxNotification *notification = gx_entity_new (&gx_notification_entity);
  gboolean done;

  notification->employee_id = *employee;
  notification->kind = g_strdup (kind);
  notification->link = g_strdup_printf ("customer/%s", GX_ID_STR (customer_id));
  done = gxs_write_create (batch, &system, &gx_notification_entity, notification, error);

  gx_entity_free (&gx_notification_entity, notification);
  return done;
}

/* Whoever manages the unit of the customer, of the nearest unit above that has anybody. */
static gboolean
tell_managers (GxsBatch          *batch,
               const GxCustomer  *customer,
               GError           **error)
{
  g_autoptr(GArray) people = g_array_new (FALSE, FALSE, sizeof (GxId));
  gint64 now = gxs_batch_get_now (batch);
  g_autoptr(GxStatement) statement =
    gx_db_query (gxs_batch_get_db (batch), error,
                 "WITH reach AS (SELECT DISTINCT l.employee_id AS id, length(u.path) AS n FROM role_grant g JOIN org_unit u ON u.id=g.org_id"
                 " JOIN login l ON l.id=g.login_id WHERE g.role=? AND g.del=0 AND COALESCE(g.valid_from, 0)<=?"
                 " AND (COALESCE(g.valid_to, 0)=0 OR g.valid_to>?) AND substr(?, 1, length(u.path))=u.path)"
                 " SELECT id FROM reach WHERE n=(SELECT max(n) FROM reach) ORDER BY id LIMIT 20", "iiit", (gint64) GX_ROLE_MANAGER,
                 now, now, customer->meta.org_path);

  if (statement == NULL || !gx_statement_collect_ids (statement, people, error))
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    if (!tell (batch, &g_array_index (people, GxId, i), "ENTRY_LATE", &customer->meta.id, error))
      return FALSE;

  return TRUE;
}

static gboolean
tell_late (GxsBatch          *batch,
           const GxCustomer  *customer,
           GError           **error)
{
  return tell (batch, &customer->primary_rm_id, "ENTRY_LATE", &customer->meta.id, error) && tell_managers (batch, customer, error);
}

/* What was late before it came here at all has met no timer. */
static gboolean
is_late_now (const GxCustomer *before,
             const GxCustomer *customer)
{
  return before->entry_state != GX_ENTRY_STATE_BREACHED && customer->entry_state == GX_ENTRY_STATE_BREACHED;
}

static gboolean
judge (GxsBatch        *batch,
       const GxsActor  *actor,
       const GxId      *customer_id,
       GError         **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  GxsActor own = *actor;
  gint64 now = gxs_batch_get_now (batch);
  gint64 written_at = actor->at != 0 ? MIN (actor->at + actor->clk, now) : now;
  gpointer before = gx_sql_load (db, &gx_customer_entity, customer_id, error);
  GxCustomer *customer = before != NULL ? gx_entity_copy (&gx_customer_entity, before) : NULL;
  g_autofree char *json = NULL;
  gboolean done = customer != NULL;
  guint there = 0, missing;

  done = done && read_parts (db, customer_id, &there, error);
  if (done)
    {
      missing = gx_entry_missing (customer->type, there);
      json = missing_json (missing);
      gx_set_str (&customer->dq_missing, json);
      if (missing == 0)
        {
          customer->entry_done_at = written_at;
          customer->entry_state = gx_entry_state (customer->entry_due_at, written_at, now);
        }
      own.action = "entry";
      done = gxs_write_update (batch, &own, &gx_customer_entity, before, customer, error) && keep_clock (batch, customer, error)
             && (!is_late_now (before, customer) || tell_late (batch, customer, error));
    }

  if (before != NULL)
    gx_entity_free (&gx_customer_entity, before);
  if (customer != NULL)
    gx_entity_free (&gx_customer_entity, customer);
  return done;
}

/**
 * gxs_entry_follow:
 * @customer: on whom a row was just written
 *
 * Keeps the list of what is missing, and stops the clock when nothing is.
 */
gboolean
gxs_entry_follow (GxsBatch         *batch,
                  const GxsActor   *actor,
                  const GxsHolder  *customer,
                  GError          **error)
{
  return !customer->live || !customer->entry_runs || actor->unaudited || judge (batch, actor, &customer->id, error);
}

/* ---- when it runs out ---- */

static gboolean
warn (GxsBatch    *batch,
      GxCustomer  *customer,
      GError     **error)
{
  return tell (batch, &customer->primary_rm_id, "ENTRY_DUE", &customer->meta.id, error);
}

static gboolean
breach (GxsBatch    *batch,
        GxCustomer  *customer,
        GError     **error)
{
  const GxsActor actor = { .action = "entry.late" };
  GxCustomer *before = gx_entity_copy (&gx_customer_entity, customer);
  gboolean done;

  customer->entry_state = GX_ENTRY_STATE_BREACHED;
  done = gxs_write_update (batch, &actor, &gx_customer_entity, before, customer, error)
         && tell_late (batch, customer, error);

  gx_entity_free (&gx_customer_entity, before);
  return done;
}

/* The later word first: what is late needs no warning any more. */
static const struct
{
  int         told;           /* afterwards; whoever was told so much already is left alone */
  gint64      before_due;     /* ms */
  gboolean  (*step) (GxsBatch *batch, GxCustomer *customer, GError **error);
} timers[] = {
  { 2, 0, breach },
  { 1, G_GINT64_CONSTANT (6) * 3600 * 1000, warn },
};

static gboolean
take_step (GxsBatch    *batch,
           guint        timer,
           const GxId  *customer_id,
           GError     **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  GxCustomer *customer = gx_sql_load (db, &gx_customer_entity, customer_id, error);
  gboolean done = customer != NULL
                  && (customer->meta.del || timers[timer].step (batch, customer, error))
                  && gx_db_run (db, error, "UPDATE entry_clock SET told=? WHERE customer_id=?", "iu", (gint64) timers[timer].told, customer_id);

  if (customer != NULL)
    gx_entity_free (&gx_customer_entity, customer);
  return done;
}

/**
 * gxs_entry_sweep:
 *
 * Tells the manager of a customer when three quarters of the time are over; when all of it is, that too, to the branch's
 * manager as well. At most a hundred of each at once.
 */
gboolean
gxs_entry_sweep (GxsBatch  *batch,
                 GError   **error)
{
  gint64 now = gxs_batch_get_now (batch);

  for (guint i = 0; i < G_N_ELEMENTS (timers); i++)
    {
      g_autoptr(GxStatement) statement =
        gx_db_query (gxs_batch_get_db (batch), error, "SELECT customer_id FROM entry_clock e JOIN customer c ON c.id=e.customer_id"
                     " WHERE e.due_at < ? AND e.told < ? AND c.created_at < ? ORDER BY e.due_at LIMIT 100", "iii",
                     now + timers[i].before_due, (gint64) timers[i].told, now - GRACE);
      g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));

      if (statement == NULL || !gx_statement_collect_ids (statement, ids, error))
        return FALSE;
      for (guint j = 0; j < ids->len; j++)
        if (!take_step (batch, i, &g_array_index (ids, GxId, j), error))
          return FALSE;
    }

  return TRUE;
}
