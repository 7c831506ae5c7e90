/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request in words: what it asks for, of whom, in which state, and what each field was and shall be. Only words; what is
 * drawn from them is the row's, the cards' and the bar's. What cannot be read as its field's kind (a mask, a code that this
 * program does not know) is said as it came. */

#include "gxc-review-words.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "gx-attachment.h"
#include "gx-catalog.h"
#include "gx-customer.h"
#include "gx-json.h"
#include "gxc-field-column.h"

static const struct { const char *code; GxcState state; } state_looks[] = {
  { "PENDING", GXC_STATE_WAITING }, { "RETURNED", GXC_STATE_DRAFT }, { "APPLIED", GXC_STATE_OK }, { "APPROVED", GXC_STATE_OK },
  { "REJECTED", GXC_STATE_REFUSED }, { "STALE", GXC_STATE_REFUSED },
};

static const struct { const char *verdict, *word, *done; } verdicts[] = {
  { "approve", NC_("verdict", "approved"), N_("Approved and signed") },
  { "return", NC_("verdict", "returned"), N_("Returned to its maker") },
  { "reject", NC_("verdict", "rejected"), N_("Rejected") },
};

GxcState
gxc_review_state_look (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_looks); i++)
    if (g_strcmp0 (state_looks[i].code, state) == 0)
      return state_looks[i].state;
  return GXC_STATE_PLAIN;
}

/** gxc_review_verdict_word: "approved", for a list of decisions */
const char *
gxc_review_verdict_word (const char *verdict)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (g_strcmp0 (verdicts[i].verdict, verdict) == 0)
      return g_dpgettext2 (NULL, "verdict", verdicts[i].word);
  return verdict;
}

/** gxc_review_verdict_done: "Approved and signed", for who just did it */
const char *
gxc_review_verdict_done (const char *verdict)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (g_strcmp0 (verdicts[i].verdict, verdict) == 0)
      return _(verdicts[i].done);
  return verdict;
}

char *
gxc_review_dup_field (GxcDesk    *desk,
                      GxRecord   *request,
                      const char *field)
{
  return gxc_field_to_words (desk, request, gx_entity_find (&gx_change_request_entity, field));
}

/** gxc_review_paper_kind: what a piece of evidence proves, by its code */
const char *
gxc_review_paper_kind (const char *code)
{
  int kind = gx_choice_find (gx_attachment_kinds, code);

  return _(gx_choice_label (gx_attachment_kinds, kind > 0 ? kind : gx_choice_find (gx_attachment_kinds, "OTHER")));
}

/** gxc_review_dup_person: (nullable) @id as JSON has it; an em dash for nobody this desk knows */
char *
gxc_review_dup_person (GxcDesk    *desk,
                       const char *id)
{
  GxId parsed;
  char *name = id && gx_id_parse (id, &parsed) ? gxc_desk_dup_label (desk, "employee", &parsed) : NULL;

  return name ? name : g_strdup ("\u2014");
}

/**
 * gxc_review_dup_value:
 * @field: (nullable): unknown to this program
 * @text: (nullable): the machine's words
 *
 * Returns: (transfer full) (nullable): the value in a person's words
 */
char *
gxc_review_dup_value (GxcDesk        *desk,
                      const GxEntity *entity,
                      const GxField  *field,
                      const char     *text)
{
  gpointer row;
  char *words;

  if (!text || !field)
    return g_strdup (text);
  row = gx_entity_new (entity);
  words = gx_field_from_text (field, row, text, NULL) ? gxc_row_to_words (desk, field, row) : g_strdup (text);
  gx_entity_free (entity, row);
  return words;
}

/* --- whose -------------------------------------------------------------------------------------------------------- */

/** gxc_review_customer: whom a request is about: the customer itself, or the parent of the row; none if it is of none */
GxId
gxc_review_customer (GxcDesk               *desk,
                     const GxChangeRequest *request)
{
  const GxEntity *entity = gx_entity_by_name (request->tbl);
  g_autoptr(GxRecord) record = NULL;
  const GxId *owner;

  if (entity == &gx_customer_entity)
    return request->entity_id;
  record = entity ? gxc_desk_read_one (desk, entity, &request->entity_id, NULL) : NULL;
  owner = record && gx_entity_find (entity, "customer_id") ? gx_entity_member (entity, gx_record_get_data (record), "customer_id") : NULL;
  return owner ? *owner : GX_ID_NONE;
}

/* Of a child row what it is: a mobile, an identity card. */
static char *
dup_kind (GxcDesk *desk, const GxEntity *entity, const GxId *id)
{
  const GxField *field = gx_entity_find (entity, "kind");
  g_autoptr(GxRecord) record = field ? gxc_desk_read_one (desk, entity, id, NULL) : NULL;

  return record ? gxc_field_to_words (desk, record, field) : NULL;
}

char *
gxc_review_dup_target (GxcDesk               *desk,
                       const GxChangeRequest *request)
{
  const GxEntity *entity = gx_entity_by_name (request->tbl);
  GxId customer = gxc_review_customer (desk, request);
  g_autofree char *words = NULL, *kind = NULL;

  if (gx_id_is_none (&customer))
    return g_strdup (entity ? _(entity->label) : request->tbl);
  words = gxc_desk_dup_customer (desk, &customer);
  kind = entity == &gx_customer_entity ? NULL : dup_kind (desk, entity, &request->entity_id);
  return kind ? g_strdup_printf ("%s · %s", words, kind) : g_steal_pointer (&words);
}

/* --- what --------------------------------------------------------------------------------------------------------- */

static JsonObject *
parse_object (const char *json)
{
  g_autoptr(JsonNode) node = json ? gx_json_parse (json, -1, NULL) : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_object_ref (json_node_get_object (node)) : json_object_new ();
}

static char *
member_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (!node || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : json_to_string (node, FALSE);
}

static void
change_free (gpointer data)
{
  GxcReviewChange *change = data;

  g_free (change->name);
  g_free (change->label);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

/**
 * gxc_review_changes:
 *
 * Returns: (transfer full): of GxcReviewChange: what is asked for, field by field, as far as this viewer sees it
 */
GPtrArray *
gxc_review_changes (GxcDesk               *desk,
                    const GxChangeRequest *request)
{
  const GxEntity *entity = gx_entity_by_name (request->tbl);
  GPtrArray *changes = g_ptr_array_new_with_free_func (change_free);
  g_autoptr(JsonObject) before = parse_object (request->before), after = parse_object (request->after);
  g_autoptr(GList) names = json_object_get_members (after);

  for (GList *l = names; l; l = l->next)
    {
      const GxField *field = entity ? gx_entity_find (entity, l->data) : NULL;
      g_autofree char *old = member_text (before, l->data), *new = member_text (after, l->data);
      GxcReviewChange *change = g_new (GxcReviewChange, 1);

      change->name = g_strdup (l->data);
      change->label = field ? gxc_desk_dup_field_label (desk, entity, &request->entity_id, field) : g_strdup (l->data);
      change->before = gxc_review_dup_value (desk, entity, field, old);
      change->after = gxc_review_dup_value (desk, entity, field, new);
      g_ptr_array_add (changes, change);
    }
  return changes;
}

static char *
dup_change_label (GxcDesk *desk, const GxChangeRequest *request, const GxcReviewChange *change)
{
  const GxEntity *entity = gx_entity_by_name (request->tbl);
  const GxField *field = entity ? gx_entity_find (entity, change->name) : NULL;
  g_autofree char *kind = entity && entity != &gx_customer_entity ? dup_kind (desk, entity, &request->entity_id) : NULL;

  if (field && (field->flags & GX_SEALED) && kind)
    return g_strdup (change->label);        /* the kind already */
  return kind ? g_strdup_printf ("%s · %s", kind, change->label) : g_strdup (change->label);
}

/* In a title there is room for no more. */
#define MOST_LETTERS 24

/**
 * gxc_review_dup_title:
 *
 * Returns: (transfer full): what is asked for, shortly: "Tier → Diamond", "Mobile → 139…", "Identity · Change", "Add · Identifier"
 */
char *
gxc_review_dup_title (GxcDesk  *desk,
                      GxRecord *request)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  const GxEntity *entity = gx_entity_by_name (row->tbl);
  g_autofree char *kind = gxc_review_dup_field (desk, request, "kind"), *op = gxc_review_dup_field (desk, request, "op");
  g_autofree char *label = NULL;
  g_autoptr(GPtrArray) changes = NULL;
  const GxcReviewChange *only;

  if (g_strcmp0 (row->op, "patch") != 0)
    return g_strdup_printf ("%s · %s", op, entity ? _(entity->label) : kind);
  if (g_strcmp0 (row->kind, "customer.activate") == 0)
    return g_steal_pointer (&kind);
  changes = gxc_review_changes (desk, row);
  only = changes->len == 1 ? g_ptr_array_index (changes, 0) : NULL;
  if (!only || !only->after || g_utf8_strlen (only->after, -1) > MOST_LETTERS)
    return g_strdup_printf ("%s · %s", kind, op);
  label = dup_change_label (desk, row, only);
  return g_strdup_printf ("%s → %s", label, only->after);
}

/** gxc_review_dup_whose: (transfer full): the target, for below @title: what that says is not said again */
char *
gxc_review_dup_whose (GxcDesk               *desk,
                      const GxChangeRequest *request,
                      const char            *title)
{
  const GxEntity *entity = gx_entity_by_name (request->tbl);
  GxId customer = gxc_review_customer (desk, request);
  g_autofree char *kind = NULL;

  if (entity && entity != &gx_customer_entity && !gx_id_is_none (&customer))
    kind = dup_kind (desk, entity, &request->entity_id);
  return kind && g_str_has_prefix (title, kind) ? gxc_desk_dup_customer (desk, &customer) : gxc_review_dup_target (desk, request);
}
