/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records: list, show, new, set, delete. None of them needs the network. */
#include "gxc-cli.h"

#include "gx-attachment.h"
#include "gx-catalog.h"
#include "gx-entity-json.h"
#include "gxc-blob.h"
#include "gxc-cli-print.h"
#include "gxc-edit.h"
#include "gxc-list.h"

#include <glib/gi18n.h>
#include <string.h>

const GxEntity *
gxc_cli_entity (const char  *name,
                GError     **error)
{
  const GxEntity *entity = gx_entity_by_name (name);

  if (entity == NULL || entity->fact_of != NULL)
    {
      gx_fail (error, GX_ERROR_USAGE, _("There are no records called “%s”."), name);
      return NULL;
    }

  return entity;
}

gboolean
gxc_cli_id (const char  *text,
            GxId        *out_id,
            GError     **error)
{
  return gx_id_parse (text, out_id) || gx_fail (error, GX_ERROR_USAGE, _("“%s” is not an id."), text);
}

static gboolean
split_assignment (const GxEntity  *entity,
                  const char      *assignment,
                  const GxField  **out_field,
                  const char     **out_value,
                  GError         **error)
{
  const char *equals = strchr (assignment, '=');
  g_autofree char *name = equals != NULL ? g_strndup (assignment, (gsize) (equals - assignment)) : NULL;

  if (equals == NULL)
    return gx_fail (error, GX_ERROR_USAGE, _("“%s” is not of the form field=value."), assignment);
  *out_field = gx_entity_find (entity, name);
  if (*out_field == NULL)
    return gx_fail (error, GX_ERROR_USAGE, _("%s has no field “%s”."), entity->name, name);
  *out_value = equals + 1;

  return TRUE;
}

/*
 * gxc_cli_assign:
 * @assignments: "field=value", in the machine's words; an empty value clears the field
 */
gboolean
gxc_cli_assign (const GxEntity  *entity,
                gpointer         data,
                char           **assignments,
                guint            n,
                GError         **error)
{
  for (guint i = 0; i < n; i++)
    {
      const GxField *field;
      const char *value = NULL;

      if (!split_assignment (entity, assignments[i], &field, &value, error)
          || !gx_field_from_text (field, data, *value != '\0' ? value : NULL, error))
        return FALSE;
    }

  return TRUE;
}

static GArray *
find_ids (GxcCli          *cli,
          const GxEntity  *entity,
          GError         **error)
{
  guint n = cli->where != NULL ? g_strv_length (cli->where) : 0;
  g_autofree GxcCondition *conditions = g_new0 (GxcCondition, n + 1);
  GxcListQuery query = { .entity = entity, .conditions = conditions, .n_conditions = n, .search = cli->search,
                         .limit = cli->limit > 0 ? (guint) cli->limit : 0 };

  for (guint i = 0; i < n; i++)
    {
      const GxField *field;

      if (!split_assignment (entity, cli->where[i], &field, &conditions[i].text, error))
        return NULL;
      conditions[i].field = field->name;
      conditions[i].op = *conditions[i].text != '\0' ? GXC_IS : GXC_IS_NONE;
    }
  if (!cli->json && gx_entity_find (entity, "name") != NULL)
    query.sort = "name";

  return gxc_list_ids (gxc_cli_db (cli), &query, error);
}

static gboolean
print_json_list (GxcCli          *cli,
                 const GxEntity  *entity,
                 GArray          *ids,
                 GError         **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *json = gxc_list_to_json (gxc_cli_db (cli), entity, &g_array_index (ids, GxId, i), error);

      if (json == NULL)
        return FALSE;
      gxc_print_line ("%s", json);
    }

  return TRUE;
}

static GxcTable *
begin_table (const GxEntity *entity,
             GArray         *out_fields)
{
  GxcTable *table;

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (field->flags & GX_LISTED)
        g_array_append_val (out_fields, field);
    }
  table = gxc_table_new (out_fields->len + 1);
  gxc_table_take (table, g_strdup (_("Id")));
  for (guint i = 0; i < out_fields->len; i++)
    gxc_table_take (table, g_strdup (_(g_array_index (out_fields, const GxField *, i)->label)));

  return table;
}

static gboolean
print_table (GxcCli          *cli,
             const GxEntity  *entity,
             GArray          *ids,
             GError         **error)
{
  g_autoptr(GArray) fields = g_array_new (FALSE, FALSE, sizeof (const GxField *));
  g_autoptr(GxcTable) table = begin_table (entity, fields);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(GxRecord) record = gxc_list_find (gxc_cli_db (cli), entity, &g_array_index (ids, GxId, i), error);

      if (record == NULL)
        return FALSE;
      gxc_table_take (table, gx_id_to_string (gx_record_get_id (record)));
      for (guint j = 0; j < fields->len; j++)
        gxc_table_take (table, gxc_print_field (gxc_cli_db (cli), entity, gx_record_get_data (record),
                                                g_array_index (fields, const GxField *, j)));
    }
  gxc_table_print (table, TRUE);

  return TRUE;
}

gboolean
gxc_cli_list (GxcCli  *cli,
              GError **error)
{
  const GxEntity *entity = gxc_cli_entity (cli->args[0], error);
  g_autoptr(GArray) ids = entity != NULL ? find_ids (cli, entity, error) : NULL;

  if (ids == NULL)
    return FALSE;

  return (cli->json ? print_json_list : print_table) (cli, entity, ids, error);
}

static void
print_record (GxcCli         *cli,
              const GxPut    *put)
{
  const GxMeta *meta = put->data;
  g_autoptr(GxcTable) table = gxc_table_new (2);

  for (guint i = 0; i < gx_entity_n_fields (put->entity); i++)
    {
      const GxField *field = gx_entity_field (put->entity, i);
      g_autofree char *text = gxc_print_field (gxc_cli_db (cli), put->entity, put->data, field);

      if (*text == '\0' || (field->flags & GX_LOCAL))
        continue;
      gxc_table_add (table, _(field->label), text, NULL);
    }
  gxc_table_print (table, FALSE);
  if (put->facts != NULL)
    gxc_print_line (ngettext ("%u month of figures", "%u months of figures", put->facts->len), put->facts->len);
  if (gxc_list_is_pending (gxc_cli_db (cli), put->entity, &meta->id))
    gxc_print_line ("%s", _("Not yet confirmed by the server."));
}

gboolean
gxc_cli_show (GxcCli  *cli,
              GError **error)
{
  const GxEntity *entity = gxc_cli_entity (cli->args[0], error);
  GxPut put;
  GxId id;

  if (entity == NULL || !gxc_cli_id (cli->args[1], &id, error))
    return FALSE;
  if (cli->json)
    {
      g_autofree char *json = gxc_list_to_json (gxc_cli_db (cli), entity, &id, error);

      if (json != NULL)
        gxc_print_line ("%s", json);
      return json != NULL;
    }
  if (!gxc_list_load (gxc_cli_db (cli), entity, &id, &put, error))
    return FALSE;
  print_record (cli, &put);
  gx_put_clear (&put);

  return TRUE;
}

/* FILE or FILE:KIND; a file's name may have colons of its own. */
static gboolean
add_evidence (GxcCli      *cli,
              const char  *argument,
              GPtrArray   *hashes,
              GArray      *evidence,
              GError     **error)
{
  const char *colon = strrchr (argument, ':');
  GxcEvidence item = { 0 };
  g_autofree char *path = NULL;
  char *sha256;

  if (colon != NULL && gx_choice_find (gx_attachment_kinds, colon + 1) > 0)
    item.kind = colon + 1;
  path = item.kind != NULL ? g_strndup (argument, (gsize) (colon - argument)) : g_strdup (argument);
  sha256 = gxc_blob_add_file (gxc_context_get_store (cli->context), path, error);
  if (sha256 == NULL)
    return FALSE;
  g_ptr_array_add (hashes, sha256);
  item.sha256 = sha256;
  g_array_append_val (evidence, item);

  return TRUE;
}

typedef gboolean (*WriteFunc) (GxcCli *cli, const GxEntity *entity, const GxId *id, const GxcReason *reason, GxcWritten *out,
                               GError **error);

/* Without the device's key a request could never be signed: it is not even queued. */
static gboolean
write_signed (GxcCli           *cli,
              WriteFunc         func,
              const GxEntity   *entity,
              const GxId       *id,
              const GxcReason  *reason,
              GxcWritten       *out,
              GError          **error)
{
  const GxcReason none = { 0 };
  g_autoptr(GError) keyless = NULL;
  g_autoptr(GError) local = NULL;

  if (reason->reason == NULL || gxc_context_can_sign (cli->context, &keyless))
    return func (cli, entity, id, reason, out, error);
  if (func (cli, entity, id, &none, out, &local))
    return TRUE;
  g_propagate_error (error, g_error_matches (local, GX_ERROR, GX_ERROR_NEEDS_REVIEW) ? g_steal_pointer (&keyless)
                                                                                      : g_steal_pointer (&local));
  return FALSE;
}

static void
print_written_json (const GxcWritten *written)
{
  g_autoptr(GString) out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_id (&writer, "id", &written->id);
  if (written->mid != 0)
    gx_json_writer_put_int (&writer, "mid", written->mid);
  if (written->request_mid != 0)
    {
      gx_json_writer_put_id (&writer, "cr", &written->cr_id);
      gx_json_writer_put_int (&writer, "cr_mid", written->request_mid);
    }
  gx_json_writer_end_object (&writer);
  gxc_print_line ("%s", out->str);
}

static void
print_written (const GxcWritten *written)
{
  gxc_print_line ("%s", GX_ID_STR (&written->id));
  if (written->mid != 0)
    gxc_print_line ("%s", _("Saved; it waits to be sent."));
  if (written->request_mid != 0)
    gxc_print_line (_("Request %s waits to be sent; until somebody else approves, the old value holds."), GX_ID_STR (&written->cr_id));
  if (written->mid == 0 && written->request_mid == 0)
    gxc_print_line ("%s", _("Nothing to save."));
}

static gboolean
write_record (GxcCli          *cli,
              WriteFunc        func,
              const GxEntity  *entity,
              const GxId      *id,
              GError         **error)
{
  g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) evidence = g_array_new (FALSE, FALSE, sizeof (GxcEvidence));
  GxcReason reason = { .reason = cli->reason };
  GxcWritten written = { 0 };

  for (guint i = 0; cli->evidence != NULL && cli->evidence[i] != NULL; i++)
    if (!add_evidence (cli, cli->evidence[i], hashes, evidence, error))
      return FALSE;
  reason.evidence = (const GxcEvidence *) (gpointer) evidence->data;
  reason.n_evidence = evidence->len;
  if (!write_signed (cli, func, entity, id, &reason, &written, error))
    return FALSE;
  if (cli->json)
    print_written_json (&written);
  else
    print_written (&written);

  return TRUE;
}

static gboolean
create (GxcCli           *cli,
        const GxEntity   *entity,
        const GxId       *id,
        const GxcReason  *reason,
        GxcWritten       *out,
        GError          **error)
{
  gpointer data = gx_entity_new (entity);
  gboolean ok = gxc_cli_assign (entity, data, cli->args + 1, cli->n_args - 1, error)
                && gxc_store_create (gxc_context_get_store (cli->context), entity, data, reason, out, error);

  gx_entity_free (entity, data);
  return ok;
}

gboolean
gxc_cli_new (GxcCli  *cli,
             GError **error)
{
  const GxEntity *entity = gxc_cli_entity (cli->args[0], error);

  return entity != NULL && write_record (cli, create, entity, NULL, error);
}

static gboolean
edit (GxcCli           *cli,
      const GxEntity   *entity,
      const GxId       *id,
      const GxcReason  *reason,
      GxcWritten       *out,
      GError          **error)
{
  g_autoptr(GxRecord) record = gxc_list_find (gxc_cli_db (cli), entity, id, error);
  gpointer data;
  gboolean ok;

  if (record == NULL)
    return FALSE;
  data = gx_entity_copy (entity, gx_record_get_data (record));
  ok = gxc_cli_assign (entity, data, cli->args + 2, cli->n_args - 2, error)
       && gxc_store_edit (gxc_context_get_store (cli->context), entity, gx_record_get_data (record), data, reason, out, error);
  gx_entity_free (entity, data);

  return ok;
}

gboolean
gxc_cli_set (GxcCli  *cli,
             GError **error)
{
  const GxEntity *entity = gxc_cli_entity (cli->args[0], error);
  GxId id;

  return entity != NULL && gxc_cli_id (cli->args[1], &id, error) && write_record (cli, edit, entity, &id, error);
}

static gboolean
remove_row (GxcCli           *cli,
            const GxEntity   *entity,
            const GxId       *id,
            const GxcReason  *reason,
            GxcWritten       *out,
            GError          **error)
{
  return gxc_store_delete (gxc_context_get_store (cli->context), entity, id, reason, out, error);
}

gboolean
gxc_cli_delete (GxcCli  *cli,
                GError **error)
{
  const GxEntity *entity = gxc_cli_entity (cli->args[0], error);
  GxId id;

  return entity != NULL && gxc_cli_id (cli->args[1], &id, error) && write_record (cli, remove_row, entity, &id, error);
}
