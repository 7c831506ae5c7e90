/* SPDX-License-Identifier: GPL-3.0-or-later */
/* list, show, new, set: records of the profile's own store. None of them needs the network.
 */
#include "gxc-cli.h"

#include "gx-text.h"
#include "gxc-blob.h"
#include "gxc-edit.h"
#include "gxc-list.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
parse_where (GxcCli              *cli,
             const GxEntity      *entity,
             GxcListQuery        *query,
             GArray              *conditions,
             GPtrArray           *names,
             GError             **error)
{
  for (guint i = 0; cli->where != NULL && cli->where[i] != NULL; i++)
    {
      char *name;
      const char *value;
      GxcCondition condition = { .op = GXC_IS };

      if (!gxc_cli_split (cli->where[i], &name, &value, error))
        return FALSE;
      g_ptr_array_add (names, name);
      if (gx_entity_find (entity, name) == NULL)
        return gx_fail_field (error, GX_ERROR_SCHEMA, name, "schema", "%s has no such field", entity->name);
      condition.field = name;
      condition.op = *value != '\0' ? GXC_IS : GXC_IS_NONE;
      condition.text = value;
      g_array_append_val (conditions, condition);
    }

  query->conditions = (const GxcCondition *) (gpointer) conditions->data;
  query->n_conditions = conditions->len;
  return TRUE;
}

static gboolean
print_json (GxcCli          *cli,
            const GxEntity  *entity,
            const GxId      *id,
            GError         **error)
{
  g_autofree char *json = gxc_list_to_json (cli->db, entity, id, error);

  if (json == NULL)
    return FALSE;

  g_print ("%s\n", json);
  return TRUE;
}

static char *
display_text (const GxField *field,
              GxRecord      *record)
{
  gconstpointer data = gx_record_get_data (record);

  if (field->kind == GX_KIND_ENUM && !gx_field_is_none (field, data))
    return g_strdup (_(gx_choice_label (field->choices, *(const int *) gx_field_member (field, data))));
  if (gx_record_is_masked (record, field->name, NULL) && gx_field_is_none (field, data))
    return g_strdup ("***");

  return gx_field_to_text (field, data);
}

static GPtrArray *
listed_fields (const GxEntity *entity)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
    if (gx_entity_field (entity, i)->flags & GX_LISTED)
      g_ptr_array_add (fields, (gpointer) gx_entity_field (entity, i));

  return fields;
}

static void
print_table (const GxEntity *entity,
             GPtrArray      *records)
{
  g_autoptr(GPtrArray) fields = listed_fields (entity);
  g_autofree guint *widths = g_new0 (guint, fields->len);
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint j = 0; j < fields->len; j++)
    widths[j] = gx_text_width (_(((const GxField *) fields->pdata[j])->label));
  for (guint i = 0; i < records->len; i++)
    for (guint j = 0; j < fields->len; j++)
      {
        char *cell = display_text (fields->pdata[j], records->pdata[i]);

        g_ptr_array_add (cells, cell != NULL ? cell : g_strdup (""));
        widths[j] = MAX (widths[j], gx_text_width (cells->pdata[cells->len - 1]));
      }

  gxc_cli_print_padded (_("Id"), 36);
  for (guint j = 0; j < fields->len; j++)
    gxc_cli_print_padded (_(((const GxField *) fields->pdata[j])->label), widths[j]);
  g_print ("\n");
  for (guint i = 0; i < records->len; i++)
    {
      gxc_cli_print_padded (GX_ID_STR (gx_record_get_id (records->pdata[i])), 36);
      for (guint j = 0; j < fields->len; j++)
        gxc_cli_print_padded (cells->pdata[i * fields->len + j], widths[j]);
      g_print ("\n");
    }
}

/**
 * gxc_cli_list:
 *
 * With --json one row a line, by id, in the form of the wire.
 */
gboolean
gxc_cli_list (GxcCli  *cli,
              GError **error)
{
  const GxEntity *entity = gxc_cli_entity (cli->args[0], error);
  GxcListQuery query = { .entity = entity, .search = cli->search, .limit = (guint) cli->limit };
  g_autoptr(GArray) conditions = g_array_new (FALSE, FALSE, sizeof (GxcCondition));
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) ids = NULL;
  g_autoptr(GPtrArray) records = NULL;

  if (entity == NULL || !parse_where (cli, entity, &query, conditions, names, error))
    return FALSE;

  query.sort = cli->json ? NULL : gx_entity_find (entity, "name") != NULL ? "name" : NULL;
  ids = gxc_list_ids (cli->db, &query, error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; cli->json && i < ids->len; i++)
    if (!print_json (cli, entity, &g_array_index (ids, GxId, i), error))
      return FALSE;
  if (cli->json)
    return TRUE;

  records = gxc_list_window (cli->db, entity, (const GxId *) (gpointer) ids->data, ids->len, error);
  if (records == NULL)
    return FALSE;

  print_table (entity, records);
  return TRUE;
}

/**
 * gxc_cli_show:
 */
gboolean
gxc_cli_show (GxcCli  *cli,
              GError **error)
{
  const GxEntity *entity = gxc_cli_entity (cli->args[0], error);
  g_autoptr(GxRecord) record = NULL;
  GxId id;

  if (entity == NULL || !gxc_cli_id (cli->args[1], &id, error))
    return FALSE;
  if (cli->json)
    return print_json (cli, entity, &id, error);

  record = gxc_list_find (cli->db, entity, &id, error);
  if (record == NULL)
    return FALSE;
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);
      g_autofree char *text = field->flags & GX_LOCAL ? NULL : display_text (field, record);

      if (text != NULL)
        gxc_cli_print_row (_(field->label), text);
    }
  if (gxc_list_is_pending (cli->db, entity, &id))
    g_print ("%s\n", _("Changes of this record wait to be sent."));

  return TRUE;
}

/* FILE or FILE:KIND; a colon that belongs to the file's name wins if such a file exists. */
static gboolean
add_evidence (GxcCli     *cli,
              GArray     *evidence,
              GPtrArray  *texts,
              GError    **error)
{
  for (guint i = 0; cli->evidence != NULL && cli->evidence[i] != NULL; i++)
    {
      const char *word = cli->evidence[i];
      const char *colon = g_file_test (word, G_FILE_TEST_EXISTS) ? NULL : strrchr (word, ':');
      g_autofree char *path = colon != NULL ? g_strndup (word, (gsize) (colon - word)) : g_strdup (word);
      GxcEvidence item = { .kind = colon != NULL ? colon + 1 : NULL };
      char *sha256 = gxc_blob_add_file (gxc_context_get_store (cli->context), path, error);

      if (sha256 == NULL)
        return FALSE;
      g_ptr_array_add (texts, sha256);
      item.sha256 = sha256;
      g_array_append_val (evidence, item);
    }

  return TRUE;
}

static void
print_written (GxcCli           *cli,
               const GxcWritten *written)
{
  char request[GX_ID_STRING_SIZE] = "";

  if (!gx_id_is_none (&written->cr_id))
    gx_id_write (&written->cr_id, request);
  if (cli->json)
    g_print ("{\"cr_id\":%s%s%s,\"id\":\"%s\",\"mid\":%" G_GINT64_FORMAT ",\"request_mid\":%" G_GINT64_FORMAT "}\n",
             *request ? "\"" : "", *request ? request : "null", *request ? "\"" : "", GX_ID_STR (&written->id), written->mid, written->request_mid);
  else if (*request)
    g_print (_("%s; the reviewed change waits as request %s\n"), GX_ID_STR (&written->id), request);
  else
    g_print ("%s\n", GX_ID_STR (&written->id));
}

/* Makes (@original is NULL) or changes a record with everything that the command line gave. */
static gboolean
write_record (GxcCli          *cli,
              const GxEntity  *entity,
              gconstpointer    original,
              gpointer         current,
              GError         **error)
{
  GxcStore *store = gxc_context_get_store (cli->context);
  g_autoptr(GArray) evidence = g_array_new (FALSE, FALSE, sizeof (GxcEvidence));
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GxcReason reason = { .reason = cli->reason };
  GxcWritten written = { 0 };

  if (!add_evidence (cli, evidence, texts, error))
    return FALSE;

  reason.evidence = (const GxcEvidence *) (gpointer) evidence->data;
  reason.n_evidence = evidence->len;
  if (!(original == NULL ? gxc_store_create (store, entity, current, &reason, &written, error)
                         : gxc_store_edit (store, entity, original, current, &reason, &written, error)))
    return FALSE;

  print_written (cli, &written);
  return TRUE;
}

/**
 * gxc_cli_new:
 */
gboolean
gxc_cli_new (GxcCli  *cli,
             GError **error)
{
  const GxEntity *entity = gxc_cli_entity (cli->args[0], error);
  gpointer data;
  gboolean done;

  if (entity == NULL)
    return FALSE;

  data = gx_entity_new (entity);
  done = gxc_cli_assign (entity, data, cli->args + 1, cli->n_args - 1, error) && write_record (cli, entity, NULL, data, error);
  gx_entity_free (entity, data);

  return done;
}

/**
 * gxc_cli_set:
 *
 * Plain fields become one patch, reviewed fields one request; all or nothing.
 */
gboolean
gxc_cli_set (GxcCli  *cli,
             GError **error)
{
  const GxEntity *entity = gxc_cli_entity (cli->args[0], error);
  g_autoptr(GxRecord) record = NULL;
  gpointer data;
  gboolean done;
  GxId id;

  if (entity == NULL || !gxc_cli_id (cli->args[1], &id, error)
      || (record = gxc_list_find (cli->db, entity, &id, error)) == NULL)
    return FALSE;

  data = gx_entity_copy (entity, gx_record_get_data (record));
  done = gxc_cli_assign (entity, data, cli->args + 2, cli->n_args - 2, error)
         && write_record (cli, entity, gx_record_get_data (record), data, error);
  gx_entity_free (entity, data);

  return done;
}
