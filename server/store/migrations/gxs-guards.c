/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second net under dual review (trust.md 1.3): triggers on every table that has a reviewed field, written from the field
 * table. A reviewed column, or `del`, changes only under an APPROVED request that names this row and holds the new value.
 *
 * They hold against plain SQL of a stranger whose foreign_keys and recursive_triggers are off: hence the triggers against
 * an INSERT or UPDATE that would replace another row by any unique key or rowid. The tables of the requests themselves are
 * guarded by 0002-review.sqlite.sql. A trigger that only asked whether last_cr_id changed could be passed by going back
 * and forth between two old requests, and one that compared with = would be silent on NULL.
 *
 * Only rows of a customer that is PROSPECT before and after are free, and of those no server field (the tier).
 */
#include "gxs-guards.h"

#include "gx-catalog.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-identifier.h"
#include "gx-db-driver.h"
#include "gx-sql.h"

#include <string.h>

#define REQUEST "FROM change_request r JOIN cr_rev x ON x.cr_id=r.id AND x.rev=r.rev AND x.digest=r.digest"
#define APPROVED "r.id=NEW.last_cr_id AND r.state='APPROVED'"

/* Creating and deleting such a row is reviewed too. */
static const struct
{
  const GxEntity *entity;
  const char     *insert_when;      /* which new rows */
  const char     *delete_when;      /* which old rows */
} whole_rows[] = {
  { &gx_identifier_entity, "1", "1" },
  { &gx_contact_point_entity, "NEW.is_primary=1", "OLD.is_primary=1" },
};

/* The value that after_j holds for a key, NULL if it has none. json_each() alone may be used in a trigger where the schema
 * is not trusted; the scalar JSON functions of 3.40 may not. */
#define AFTER(key) "(SELECT j.atom FROM json_each(x.after_j) j WHERE j.key='" key "')"

/* The primary contact also loses its mark to another one of the same customer and kind. */
static const char lost_to_another[] =
  " OR (NEW.is_primary=0 AND NEW.last_cr_id IS NOT OLD.last_cr_id AND EXISTS(SELECT 1 " REQUEST
  " LEFT JOIN contact_point o ON o.id=r.entity_id WHERE " APPROVED " AND r.tbl='contact_point' AND r.op IN ('create','patch')"
  " AND r.entity_id<>NEW.id AND " AFTER ("is_primary") "=1 AND COALESCE(" AFTER ("kind") ",o.kind)=NEW.kind"
  " AND CASE r.op WHEN 'create' THEN " AFTER ("customer_id") " ELSE lower(hex(o.customer_id)) END"
  "=lower(hex(NEW.customer_id))))";

static const struct { const GxEntity *entity; const char *field, *clause; } exceptions[] = {
  { &gx_contact_point_entity, "is_primary", lost_to_another },
};

/**
 * gxs_guards_apply_to:
 *
 * Returns: whether rows of @entity are under review
 */
gboolean
gxs_guards_apply_to (const GxEntity *entity)
{
  return entity->reviewed;
}

static const char *
insert_when (const GxEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (whole_rows); i++)
    if (whole_rows[i].entity == entity)
      return whole_rows[i].insert_when;

  return NULL;
}

static const char *
delete_when (const GxEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (whole_rows); i++)
    if (whole_rows[i].entity == entity)
      return whole_rows[i].delete_when;

  return "1";
}

static const char *
exception_of (const GxEntity *entity,
              const GxField  *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (exceptions[i].entity == entity && strcmp (exceptions[i].field, field->name) == 0)
      return exceptions[i].clause;

  return "";
}

/* When a change is free of review. */
static char *
exempt (const GxEntity *entity,
        gboolean        tied)
{
  if (tied)
    return g_strdup ("0");
  if (entity == &gx_customer_entity)
    return g_strdup_printf ("(OLD.status=%d AND NEW.status=%d)", GX_CUSTOMER_PROSPECT, GX_CUSTOMER_PROSPECT);
  if (entity->parents[0] == NULL)
    return g_strdup ("0");

  return g_strdup_printf ("((SELECT status FROM customer WHERE id=NEW.%s) IS %d)", entity->parents[0], GX_CUSTOMER_PROSPECT);
}

/* The columns of a field: one, or a sealed one with its blind indexes. */
static char **
columns_of (const GxField *field)
{
  static const char *const endings[] = { "", "_bi", "_tail" };
  guint n = !(field->flags & GX_SEALED) ? 1 : field->flags & GX_TAILED ? 3 : 2;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *column = g_strconcat (field->name, endings[i], NULL);

      g_strv_builder_add (builder, column);
    }

  return g_strv_builder_end (builder);
}

static const char *
key_ending (const GxField *field)
{
  return field->flags & GX_SEALED ? "_bi" : "";
}

/* What a new value must equal after_j's. Of a sealed field the blind index is compared, since the bytes differ each time the
 * same value is sealed. */
static char *
new_value (GxDb          *db,
           const GxField *field)
{
  const char *type = gx_db_get_driver (db)->type_of (gx_sql_ops[field->kind].macro);
  const char *ending = key_ending (field);

  if (field->flags & GX_SEALED || strcmp (type, "BLOB") == 0)
    return g_strdup_printf ("CASE WHEN NEW.%s%s IS NULL THEN NULL ELSE lower(hex(NEW.%s%s)) END", field->name, ending,
                            field->name, ending);

  return g_strdup_printf ("NEW.%s", field->name);
}

static char *
changed (const GxField *field)
{
  g_auto(GStrv) columns = columns_of (field);
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; columns[i] != NULL; i++)
    g_string_append_printf (out, "%sNEW.%s IS NOT OLD.%s", i > 0 ? " OR " : "", columns[i], columns[i]);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
guard_column (GxDb           *db,
              const GxEntity *entity,
              const GxField  *field)
{
  g_auto(GStrv) columns = columns_of (field);
  g_autofree char *list = g_strjoinv (",", columns);
  g_autofree char *moved = changed (field);
  g_autofree char *is_exempt = exempt (entity, field->flags & GX_SERVER);
  g_autofree char *value = new_value (db, field);

  return g_strdup_printf (
    "CREATE TRIGGER guard_%s_%s BEFORE UPDATE OF %s ON %s WHEN (%s) AND NOT %s AND NOT ("
    "(NEW.last_cr_id IS NOT OLD.last_cr_id AND EXISTS(SELECT 1 " REQUEST ", json_each(x.after_j) j WHERE " APPROVED
    " AND r.op='patch' AND r.tbl='%s' AND r.entity_id=NEW.id AND j.key='%s%s' AND j.atom IS %s))%s)"
    " BEGIN SELECT RAISE(ABORT,'NEEDS_REVIEW: %s.%s'); END",
    entity->name, field->name, list, entity->name, moved, is_exempt, entity->name, field->name,
    key_ending (field), value,
    exception_of (entity, field), entity->name, field->name);
}

static char *
guard_del (const GxEntity *entity)
{
  g_autofree char *is_exempt = exempt (entity, FALSE);

  return g_strdup_printf (
    "CREATE TRIGGER guard_%s_del BEFORE UPDATE OF del ON %s WHEN NEW.del IS NOT OLD.del AND %s AND NOT %s AND NOT ("
    "NEW.last_cr_id IS NOT OLD.last_cr_id AND NEW.del=1 AND EXISTS(SELECT 1 " REQUEST " WHERE " APPROVED
    " AND r.op='delete' AND r.tbl='%s' AND r.entity_id=NEW.id))"
    " BEGIN SELECT RAISE(ABORT,'NEEDS_REVIEW: %s.del'); END",
    entity->name, entity->name, delete_when (entity), is_exempt, entity->name, entity->name);
}

/* A new row is whole: each reviewed value is the request's, and so is the customer. */
static char *
guard_insert (GxDb           *db,
              const GxEntity *entity)
{
  g_autoptr(GString) all = g_string_new (NULL);

  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i].flags & GX_REVIEWED || g_strcmp0 (entity->fields[i].name, entity->parents[0]) == 0)
      {
        g_autofree char *value = new_value (db, &entity->fields[i]);

        g_string_append_printf (all, " AND " AFTER ("%s%s") " IS %s", entity->fields[i].name,
                                key_ending (&entity->fields[i]), value);
      }

  return g_strdup_printf (
    "CREATE TRIGGER guard_%s_insert BEFORE INSERT ON %s WHEN %s"
    " AND EXISTS(SELECT 1 FROM customer c WHERE c.id=NEW.%s AND c.status<>%d)"
    " AND NOT EXISTS(SELECT 1 " REQUEST " WHERE " APPROVED " AND r.op='create' AND r.tbl='%s' AND r.entity_id=NEW.id%s)"
    " BEGIN SELECT RAISE(ABORT,'NEEDS_REVIEW: a new %s'); END",
    entity->name, entity->name, insert_when (entity), entity->parents[0], GX_CUSTOMER_PROSPECT, entity->name, all->str,
    entity->name);
}

/* id and rowid never change; nor whose child a row is; nor a customer's number, once given. */
static char *
guard_fixed (const GxEntity *entity)
{
  g_autoptr(GString) when = g_string_new ("NEW.id IS NOT OLD.id OR NEW.rowid IS NOT OLD.rowid");

  for (guint i = 0; i < G_N_ELEMENTS (entity->parents) && entity->parents[i] != NULL; i++)
    g_string_append_printf (when, " OR NEW.%s IS NOT OLD.%s", entity->parents[i], entity->parents[i]);
  if (entity == &gx_customer_entity)
    g_string_append (when, " OR (OLD.cif_no IS NOT NULL AND NEW.cif_no IS NOT OLD.cif_no)");

  return g_strdup_printf ("CREATE TRIGGER guard_%s_fixed BEFORE UPDATE ON %s WHEN %s"
                          " BEGIN SELECT RAISE(ABORT,'NEEDS_REVIEW: %s is the row that it is'); END",
                          entity->name, entity->name, when->str, entity->name);
}

static char *
guard_delete (const GxEntity *entity)
{
  return g_strdup_printf ("CREATE TRIGGER guard_%s_delete BEFORE DELETE ON %s"
                          " BEGIN SELECT RAISE(ABORT,'NEEDS_REVIEW: %s is never deleted'); END",
                          entity->name, entity->name, entity->name);
}

/* "(a IS NEW.a AND b IS NEW.b) OR (…)": another row that an INSERT or UPDATE would replace. NULL collides with nothing. */
static char *
collisions (GxDb            *db,
            const GxEntity  *entity,
            GError         **error)
{
  g_autoptr(GString) out = g_string_new ("rowid=NEW.rowid");
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT group_concat('t.' || c.name || '=NEW.' || c.name, ' AND ') FROM pragma_index_list(?) i,"
                 " pragma_index_info(i.name) c WHERE i.\"unique\"=1 AND i.partial=0 GROUP BY i.name ORDER BY 1", "t",
                 entity->name);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (gx_statement_next (statement, &local))
    g_string_append_printf (out, " OR (%s)", gx_statement_get_text (statement, 0));
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
add_replacements (GxDb            *db,
                  const GxEntity  *entity,
                  GPtrArray       *triggers,
                  GError         **error)
{
  g_autofree char *collision = collisions (db, entity, error);

  if (collision == NULL)
    return FALSE;

  g_ptr_array_add (triggers, g_strdup_printf (
    "CREATE TRIGGER guard_%s_over BEFORE INSERT ON %s WHEN EXISTS(SELECT 1 FROM %s t WHERE %s)"
    " BEGIN SELECT RAISE(ABORT,'EXISTS: %s is never replaced'); END",
    entity->name, entity->name, entity->name, collision, entity->name));
  g_ptr_array_add (triggers, g_strdup_printf (
    "CREATE TRIGGER guard_%s_onto BEFORE UPDATE ON %s WHEN EXISTS(SELECT 1 FROM %s t WHERE t.id<>OLD.id AND (%s))"
    " BEGIN SELECT RAISE(ABORT,'EXISTS: %s is never replaced'); END",
    entity->name, entity->name, entity->name, collision, entity->name));
  return TRUE;
}

/**
 * gxs_guards_of:
 *
 * Returns: (transfer full) (element-type utf8): the triggers of one table, as SQL
 */
GPtrArray *
gxs_guards_of (GxDb            *db,
               const GxEntity  *entity,
               GError         **error)
{
  g_autoptr(GPtrArray) triggers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i].flags & GX_REVIEWED)
      g_ptr_array_add (triggers, guard_column (db, entity, &entity->fields[i]));
  g_ptr_array_add (triggers, guard_del (entity));
  if (insert_when (entity) != NULL)
    g_ptr_array_add (triggers, guard_insert (db, entity));
  g_ptr_array_add (triggers, guard_fixed (entity));
  g_ptr_array_add (triggers, guard_delete (entity));
  if (!add_replacements (db, entity, triggers, error))
    return NULL;

  return g_steal_pointer (&triggers);
}

static gboolean
drop_old (GxDb    *db,
          GError **error)
{
  g_autofree char *drops = NULL;

  if (!gx_db_query_text (db, &drops, error, "SELECT group_concat('DROP TRIGGER ' || name || ';', '') FROM sqlite_schema"
                         " WHERE type='trigger' AND substr(name, 1, 6)='guard_'", NULL))
    return FALSE;

  return drops == NULL || gx_db_exec (db, drops, error);
}

/**
 * gxs_guards_install:
 *
 * A migration step, to be repeated by a new step whenever the table of reviewed fields has changed. Another engine brings
 * its own words for the same table of fields.
 */
gboolean
gxs_guards_install (GxDb    *db,
                    GError **error)
{
  if (strcmp (gx_db_get_driver (db)->name, "sqlite") != 0)
    return gx_fail (error, GX_ERROR_DATABASE, "there are no guards for %s yet", gx_db_get_driver (db)->name);

  if (!drop_old (db, error))
    return FALSE;

  for (guint i = 0; i < gx_n_entities; i++)
    {
      g_autoptr(GPtrArray) triggers = NULL;

      if (!gxs_guards_apply_to (gx_entities[i]))
        continue;
      triggers = gxs_guards_of (db, gx_entities[i], error);
      if (triggers == NULL)
        return FALSE;
      for (guint j = 0; j < triggers->len; j++)
        if (!gx_db_exec (db, g_ptr_array_index (triggers, j), error))
          return FALSE;
    }

  return TRUE;
}
