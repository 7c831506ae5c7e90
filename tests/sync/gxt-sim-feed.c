/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an independent eye makes of the feed (I5, I8): which scopes a person has, which rows and which values these may bring, and
 * whether all up to a cursor was brought. Its own SQL over the bank's tables, so that a mistake in the server's rules of scopes, of
 * sight or of pages is not made twice.
 */
#include "gxt-sim.h"

#include <string.h>

#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gx-role.h"
#include "gx-sql.h"
#include "gxc-meta.h"

/* "+15/0192…/br:NB01": that row was put in that scope; with "-" it is gone from there. */
static char *
key_of (char        sign,
        guint       table,
        const GxId *id,
        const char *scope)
{
  return g_strdup_printf ("%c%u/%s/%s", sign, table, GX_ID_STR (id), scope);
}

static GxStatement *
ask (GxDb       *db,
     const char *sql,
     const GxId *id)
{
  g_autoptr(GError) error = NULL;
  GxStatement *statement = gx_db_query (db, &error, sql, id != NULL ? "u" : NULL, id);

  g_assert_no_error (error);
  return statement;
}

static gboolean
next (GxStatement *statement)
{
  g_autoptr(GError) error = NULL;
  gboolean there = gx_statement_next (statement, &error);

  g_assert_no_error (error);
  return there;
}

static void
add_units (GxDb       *db,
           const char *path,
           GPtrArray  *scopes)
{
  g_autoptr(GxStatement) units = ask (db, "SELECT code, path FROM org_unit WHERE del=0", NULL);

  while (next (units))
    if (g_str_has_prefix (gx_statement_get_text (units, 1), path))
      {
        g_ptr_array_add (scopes, g_strconcat ("br:", gx_statement_get_text (units, 0), NULL));
        g_ptr_array_add (scopes, g_strconcat ("cr:", gx_statement_get_text (units, 0), NULL));
      }
}

/* Returns: (transfer full): of char*, from the grants as they are now */
GPtrArray *
gxt_sim_scopes_of (GxtSim    *sim,
                   GxtPerson  person)
{
  GPtrArray *scopes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GxStatement) grants = ask (sim->bank->db, "SELECT g.role, u.path FROM role_grant g JOIN org_unit u ON u.id=g.org_id"
                                       " WHERE g.login_id=? AND g.del=0", &sim->bank->people[person].login);

  while (next (grants))
    {
      if (scopes->len == 0)
        {
          g_ptr_array_add (scopes, g_strdup ("ref"));
          g_ptr_array_add (scopes, g_strconcat ("ow:", GX_ID_STR (&sim->bank->people[person].employee), NULL));
        }
      if (gx_statement_get_int (grants, 0) == GX_ROLE_SUPERVISOR)
        add_units (sim->bank->db, gx_statement_get_text (grants, 1), scopes);
    }

  return scopes;
}

static gboolean
has (GPtrArray  *scopes,
     const char *scope)
{
  return g_ptr_array_find_with_equal_func (scopes, scope, g_str_equal, NULL);
}

/* ---- whose a row is ---- */

typedef gboolean (*HolderFunc) (GxStatement *customer, gpointer data);

/* Columns of a customer: both managers, the unit's code. */
static gboolean
any_customer (GxtSim         *sim,
              const GxEntity *entity,
              const GxId     *row,
              HolderFunc      func,
              gpointer        data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *sql = NULL;
      g_autoptr(GxStatement) statement = NULL;

      if (entity != &gx_customer_entity && entity->parents[i] == NULL)
        break;
      sql = g_strdup_printf ("SELECT c.primary_rm_id, c.wealth_mgr_id, u.code FROM %s t JOIN customer c ON c.id=t.%s"
                             " JOIN org_unit u ON u.id=c.org_id WHERE t.id=? AND t.del=0 AND c.del=0", entity->name,
                             entity == &gx_customer_entity ? "id" : entity->parents[i]);
      statement = ask (sim->bank->db, sql, row);
      if (next (statement) && func (statement, data))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_managed_by (GxStatement *customer,
               gpointer     employee)
{
  GxId primary = gx_statement_get_id (customer, 0), wealth = gx_statement_get_id (customer, 1);

  return gx_id_equal (&primary, employee) || gx_id_equal (&wealth, employee);
}

static gboolean
is_of_unit (GxStatement *customer,
            gpointer     code)
{
  return g_strcmp0 (gx_statement_get_text (customer, 2), code) == 0;
}

gboolean
gxt_sim_manages (GxtSim         *sim,
                 GxtPerson       person,
                 const GxEntity *entity,
                 const GxId     *row)
{
  return any_customer (sim, entity, row, is_managed_by, &sim->bank->people[person].employee);
}

static gboolean
has_member (GxtSim         *sim,
            const GxEntity *entity,
            const GxId     *row,
            const char     *name,
            const GxId     *value)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE id=? AND del=0", name, entity->name);
  g_autoptr(GxStatement) statement = ask (sim->bank->db, sql, row);
  GxId id;

  if (!next (statement))
    return FALSE;
  id = gx_statement_get_id (statement, 0);
  return gx_id_equal (&id, value);
}

static gboolean
is_for_checkers (GxtSim     *sim,
                 const GxId *row,
                 const char *code)
{
  g_autofree char *end = g_strdup_printf ("/%s/", code);
  g_autoptr(GxStatement) statement = ask (sim->bank->db, "SELECT org_path FROM change_request WHERE id=? AND state IN ('PENDING', 'APPROVED')",
                                          row);

  return next (statement) && g_str_has_suffix (gx_statement_get_text (statement, 0), end);
}

/* sync.md 1.2, once more. */
static gboolean
holds (GxtSim         *sim,
       const char     *scope,
       const GxEntity *entity,
       const GxId     *row)
{
  static const char *const reference[] = { "calendar_day", "employee", "org_unit", "plan_item_tmpl", "plan_tmpl", "product", "setting",
                                           "tier_policy", NULL };
  GxId person;

  if (g_str_equal (scope, "ref"))
    return g_strv_contains (reference, entity->name);
  if (g_str_has_prefix (scope, "cr:"))
    return entity == &gx_change_request_entity && is_for_checkers (sim, row, scope + 3);
  if (g_str_has_prefix (scope, "br:"))
    return any_customer (sim, entity, row, is_of_unit, (gpointer) (scope + 3));
  if (!g_str_has_prefix (scope, "ow:") || !gx_id_parse (scope + 3, &person))
    return FALSE;
  if (entity == &gx_change_request_entity)
    return has_member (sim, entity, row, "maker_id", &person);

  return any_customer (sim, entity, row, is_managed_by, &person)
         || (entity->owner != NULL && has_member (sim, entity, row, entity->owner, &person));
}

/* ---- what a page brings ---- */

static void
check_field (GxtSim         *sim,
             GxtLine        *line,
             const GxEntity *entity,
             const GxField  *field,
             JsonObject     *put,
             gconstpointer   clear)
{
  JsonObject *masked = json_object_has_member (put, "masked") ? json_object_get_object_member (put, "masked") : NULL;
  JsonNode *node = json_object_get_member (json_object_get_object_member (put, "d"), field->name);
  const GxId *row = &((const GxMeta *) clear)->id;
  g_autofree char *text = gx_field_to_text (field, clear);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node) || text == NULL)
    return;
  if (masked == NULL || !json_object_has_member (masked, field->name))
    gxt_sim_check (sim, GXT_SIM_I8_FIELD, !(field->flags & GX_HIDDEN) && gxt_sim_manages (sim, line->person, entity, row),
                   "person %u is told %s.%s in clear", line->person, entity->name, field->name);
  else
    gxt_sim_check (sim, GXT_SIM_I8_FIELD, json_node_get_value_type (node) != G_TYPE_STRING || !g_str_equal (json_node_get_string (node), text),
                   "the mask of %s.%s is its value", entity->name, field->name);
}

static void
check_fields (GxtSim         *sim,
              GxtLine        *line,
              const GxEntity *entity,
              const GxId     *id,
              JsonObject     *put)
{
  g_autoptr(GError) error = NULL;
  gpointer clear;

  if (gx_entity_with_flags (entity, GX_MASKED | GX_HIDDEN) == 0)
    return;
  clear = gx_sql_load (sim->bank->db, entity, id, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    if (gx_entity_field (entity, i)->flags & (GX_MASKED | GX_HIDDEN))
      check_field (sim, line, entity, gx_entity_field (entity, i), put, clear);
  gx_entity_free (entity, clear);
}

static void
look_at_put (GxtSim     *sim,
             GxtLine    *line,
             JsonObject *put,
             GPtrArray  *scopes,
             GHashTable *brought)
{
  const GxEntity *entity = gx_entity_by_name (json_object_get_string_member (put, "tbl"));
  JsonArray *names = json_object_get_array_member (put, "s");
  GxId id;

  g_assert_true (gx_id_parse (json_object_get_string_member (put, "id"), &id));
  for (guint i = 0; i < json_array_get_length (names); i++)
    {
      const char *scope = json_array_get_string_element (names, i);

      gxt_sim_check (sim, GXT_SIM_I8, has (scopes, scope) && holds (sim, scope, entity, &id), "person %u is sent a %s that is not his by %s",
                     line->person, entity->name, scope);
      g_hash_table_add (brought, key_of ('+', entity->number, &id, scope));
    }
  gxt_sim_check (sim, GXT_SIM_I8, json_array_get_length (names) > 0, "a %s is sent in no scope", entity->name);
  check_fields (sim, line, entity, &id, put);
}

/* Returns: (transfer full): the last line */
static JsonNode *
look_at_lines (GxtSim            *sim,
               GxtLine           *line,
               const GxcResponse *response,
               GPtrArray         *scopes,
               GHashTable        *brought)
{
  gsize size;
  const char *data = g_bytes_get_data (response->body, &size);
  g_autofree char *text = g_strndup (data, size);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  JsonNode *last = NULL;

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      JsonObject *object;
      const char *what;
      GxId id;

      g_clear_pointer (&last, json_node_unref);
      last = gx_json_parse (lines[i], -1, NULL);
      object = json_node_get_object (last);
      what = json_object_get_string_member (object, "t");
      if (g_str_equal (what, "put"))
        look_at_put (sim, line, object, scopes, brought);
      else if (g_str_equal (what, "gone") && gx_id_parse (json_object_get_string_member (object, "id"), &id))
        g_hash_table_add (brought, key_of ('-', gx_entity_by_name (json_object_get_string_member (object, "tbl"))->number, &id,
                                           json_object_get_string_member (object, "s")));
      else if (g_str_has_prefix (what, "scope"))
        g_hash_table_add (brought, g_strdup_printf ("%c%s", what[5], json_object_get_string_member (object, "s")));
    }

  return last;
}

/* All that happened in the scope between the two cursors. */
static void
check_brought (GxtSim     *sim,
               const char *scope,
               gint64      from,
               gint64      to,
               GHashTable *brought)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxStatement) entries = gx_db_query (sim->bank->db, &error, "SELECT tbl, row_id, gone FROM scope_row WHERE seq>? AND seq<=? AND"
                                                " scope=(SELECT id FROM scope WHERE name=?)", "iit", from, to, scope);

  g_assert_no_error (error);
  while (next (entries))
    {
      GxId id = gx_statement_get_id (entries, 1);
      guint table = (guint) gx_statement_get_int (entries, 0);
      g_autofree char *key = key_of (gx_statement_get_int (entries, 2) != 0 ? '-' : '+', table, &id, scope);

      gxt_sim_check (sim, GXT_SIM_I5, g_hash_table_contains (brought, key), "a page from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                     " does not bring %s", from, to, key);
    }
}

static gint64
member_cursor (JsonObject *object)
{
  return json_object_has_member (object, "cursor") ? g_ascii_strtoll (json_object_get_string_member (object, "cursor"), NULL, 10) : 0;
}

static void
check_page (GxtSim           *sim,
            const GxcRequest *request,
            JsonObject       *trailer,
            GPtrArray        *scopes,
            GHashTable       *brought)
{
  gsize size;
  const char *data = g_bytes_get_data (request->body, &size);
  g_autoptr(JsonNode) node = gx_json_parse (data, (gssize) size, NULL);
  JsonObject *body = json_node_get_object (node);
  JsonArray *have = json_object_get_array_member (body, "have");
  gint64 from = member_cursor (body), to = member_cursor (trailer);
  gint64 head = gxt_number (sim->bank->db, "SELECT seq FROM sync_clock");

  gxt_sim_check (sim, GXT_SIM_I5, json_object_get_boolean_member (trailer, "more") ? to > from && to < head : to == head,
                 "a page from %" G_GINT64_FORMAT " goes to %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT, from, to, head);
  for (guint i = 0; i < json_array_get_length (have); i++)
    {
      const char *scope = json_array_get_string_element (have, i);
      g_autofree char *dropped = g_strconcat ("-", scope, NULL);

      if (has (scopes, scope))
        check_brought (sim, scope, from, to, brought);
      else
        gxt_sim_check (sim, GXT_SIM_I8, g_hash_table_contains (brought, dropped), "nobody is told that %s is lost", scope);
    }
}

/* A page as the server sent it, before anything befalls it. */
void
gxt_sim_look_at_feed (GxtSim            *sim,
                      GxtLine           *line,
                      const GxcRequest  *request,
                      const GxcResponse *response)
{
  g_autoptr(GPtrArray) scopes = NULL;
  g_autoptr(GHashTable) brought = NULL;
  g_autoptr(JsonNode) trailer = NULL;

  sim->fed = TRUE;
  if (response->status != 200)
    return;
  scopes = gxt_sim_scopes_of (sim, line->person);
  brought = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  trailer = look_at_lines (sim, line, response, scopes, brought);
  if (g_str_equal (request->path, GX_PATH_PULL))
    check_page (sim, request, json_node_get_object (trailer), scopes, brought);
}

/* ---- what a desk's cursor claims ---- */

static GHashTable *
load_members (GxDb *db)
{
  GHashTable *members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GxStatement) rows = ask (db, "SELECT m.tbl, m.id, s.name FROM member m JOIN scope s ON s.id=m.scope WHERE s.held=1", NULL);

  while (next (rows))
    {
      GxId id = gx_statement_get_id (rows, 1);

      g_hash_table_add (members, key_of ('+', (guint) gx_statement_get_int (rows, 0), &id, gx_statement_get_text (rows, 2)));
    }

  return members;
}

static void
check_scope (GxtSim       *sim,
             GxtSimClient *client,
             const char   *scope,
             gint64        cursor,
             GHashTable   *members)
{
  g_autoptr(GxStatement) entries = gx_db_query (sim->bank->db, NULL, "SELECT tbl, row_id, seq, gone FROM scope_row WHERE"
                                                " scope=(SELECT id FROM scope WHERE name=?)", "t", scope);

  while (next (entries))
    {
      GxId id = gx_statement_get_id (entries, 1);
      g_autofree char *key = key_of ('+', (guint) gx_statement_get_int (entries, 0), &id, scope);
      gboolean here = g_hash_table_remove (members, key), gone = gx_statement_get_int (entries, 3) != 0;
      gint64 seq = gx_statement_get_int (entries, 2);

      if (seq <= cursor)
        gxt_sim_check (sim, GXT_SIM_I5, here == !gone, "desk %u at %" G_GINT64_FORMAT " %s %s of %" G_GINT64_FORMAT, client->index, cursor,
                       here ? "still has" : "never had", key, seq);
    }
}

/* I5 where it counts, in the store: whatever happened up to its cursor in the scopes that it holds is there. Of rows that nobody
 * knows any more, a cursor from before that time may say nothing. */
void
gxt_sim_check_cursor (GxtSim       *sim,
                      GxtSimClient *client)
{
  GxDb *db = gxt_sim_db (client);
  g_autofree char *epoch = gxc_meta_dup (db, GXC_META_EPOCH), *now = NULL;
  gint64 cursor = gxc_meta_get_int (db, GXC_META_CURSOR), horizon = 0;
  g_autoptr(GHashTable) members = NULL;
  g_autoptr(GxStatement) held = NULL;
  GHashTableIter iter;
  gpointer key;

  gx_db_query_text (sim->bank->db, &now, NULL, "SELECT epoch FROM sync_clock", NULL);
  if (g_strcmp0 (epoch, now) != 0)
    return;
  members = load_members (db);
  held = ask (db, "SELECT name FROM scope WHERE held=1", NULL);
  while (next (held))
    check_scope (sim, client, gx_statement_get_text (held, 0), cursor, members);

  gx_db_find_int (sim->bank->db, &horizon, NULL, "SELECT CAST(v AS INTEGER) FROM meta WHERE k='horizon_seq'", NULL);
  g_hash_table_iter_init (&iter, members);
  if (cursor >= horizon && g_hash_table_iter_next (&iter, &key, NULL))
    gxt_sim_fail (sim, GXT_SIM_I5, "desk %u at %" G_GINT64_FORMAT " has %s, of which the bank knows nothing", client->index, cursor, (char *) key);
}
