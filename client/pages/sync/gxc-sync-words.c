/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits on this desk, in words: what was done, to whom, what was typed, which rule refused it and what to do then.
 * Field names and codes never show; a field this program does not know is told by no name at all. */

#include "gxc-sync-words.h"

#include <glib/gi18n.h>

#include "gx-customer.h"
#include "gxc-field-column.h"

#define MAX_TOLD 4          /* fields in one line */

static const struct { GxcState state; const char *words; } states[] = {
  [GXC_QUEUE_WAITING]  = { GXC_STATE_QUEUED, NC_("queue", "Waiting") },
  [GXC_QUEUE_SENT]     = { GXC_STATE_DRAFT, NC_("queue", "On its way") },
  [GXC_QUEUE_CONFLICT] = { GXC_STATE_WAITING, NC_("queue", "Conflict") },
  [GXC_QUEUE_REFUSED]  = { GXC_STATE_REFUSED, NC_("queue", "Refused") },
};

static const struct { const char *op, *words; } operations[] = {
  { "create", NC_("queue", "New") }, { "patch", NC_("queue", "Change") }, { "delete", NC_("queue", "Removal") }, { "cr.submit", NC_("queue", "Request") },
};

/* What would make it possible, for the refusals that a person meets. */
static const struct { const char *rule, *advice; } advices[] = {
  { "NEEDS_REVIEW", N_("Ask for this change on the customer's record: another person decides it. Then drop this one.") },
  { "FIELD_LOCKED", N_("A request on this field waits already. Make the change when it is decided, then drop this one.") },
  { "EVIDENCE", N_("Ask again with the document that the rule wants, then drop this one.") },
  { "NOT_FOUND", N_("The record is gone or no longer yours. Drop this one.") },
  { "FORBIDDEN", N_("Your role or unit may not do this. Ask who manages the customer, then drop this one.") },
  { "BUNDLE", N_("It was saved together with another change, which was refused. Settle that one first; when it is kept, this one goes with it.") },
  { "EXISTS", N_("It is at the bank already. Drop this one.") },
};

/** gxc_sync_state_look: @out_words (out) (nullable): borrowed */
GxcState
gxc_sync_state_look (GxcQueueState   state,
                     const char    **out_words)
{
  if (out_words)
    *out_words = g_dpgettext2 (NULL, "queue", states[state].words);
  return states[state].state;
}

/** gxc_sync_advice: what to do about a refused change */
const char *
gxc_sync_advice (const GxcQueueItem *item)
{
  for (guint i = 0; i < G_N_ELEMENTS (advices); i++)
    if (g_strcmp0 (advices[i].rule, item->rule) == 0)
      return _(advices[i].advice);
  return _("Open the customer and make the change again, then drop this one.");
}

char *
gxc_sync_dup_field_label (GxcDesk             *desk,
                          const GxcQueueItem  *item,
                          const GxcQueueField *field)
{
  if (!field->field)
    return g_strdup (_("A field that this program does not know"));
  return gxc_desk_dup_field_label (desk, item->entity, &item->id, field->field);
}

/** gxc_sync_dup_value: @text (nullable): the machine's words; an em dash where nothing is there */
char *
gxc_sync_dup_value (GxcDesk             *desk,
                    const GxcQueueItem  *item,
                    const GxcQueueField *field,
                    const char          *text)
{
  gpointer row;
  char *words;

  if (!text || !*text)
    return g_strdup ("\u2014");
  if (!field->field || !item->entity)
    return g_strdup (text);
  row = gx_entity_new (item->entity);
  words = gx_field_from_text (field->field, row, text, NULL) ? gxc_row_to_words (desk, field->field, row) : g_strdup (text);
  gx_entity_free (item->entity, row);
  return words;
}

/* What is the row's own and not how it hangs together with others. */
static gboolean
is_told (const GxcQueueField *field)
{
  return field->field && field->mine && (field->field->flags & GX_LISTED) && !g_str_equal (field->name, "customer_id");
}

/* Of a new row the first listed word names it: the subject of a contact, the title of a task. */
static char *
dup_name (GxcDesk *desk, const GxcQueueItem *item)
{
  g_autofree char *label = item->entity ? gxc_desk_dup_label (desk, item->entity->name, &item->id) : NULL;

  return label && *label && !g_str_equal (label, "\u2014") && (!item->customer || !strstr (item->customer, label)) ? g_steal_pointer (&label) : NULL;
}

/**
 * gxc_sync_dup_title:
 *
 * Returns: (transfer full): "New · Interaction · 理财到期提醒 · 张明远 2217"
 */
char *
gxc_sync_dup_title (GxcDesk            *desk,
                    const GxcQueueItem *item)
{
  const char *operation = item->op;
  g_autofree char *name = dup_name (desk, item);
  GString *title;

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (g_strcmp0 (operations[i].op, item->op) == 0)
      operation = g_dpgettext2 (NULL, "queue", operations[i].words);
  title = g_string_new (operation);
  if (item->entity)
    g_string_append_printf (title, " · %s", _(item->entity->label));
  if (name && item->entity != &gx_customer_entity)
    g_string_append_printf (title, " · %s", name);
  if (item->customer)
    g_string_append_printf (title, " · %s", item->customer);
  return g_string_free (title, FALSE);
}

/**
 * gxc_sync_dup_detail:
 *
 * Returns: (transfer full) (nullable): what was typed: "Tier Gold → Diamond", "Channel Phone · Purpose Follow-up"
 */
char *
gxc_sync_dup_detail (GxcDesk            *desk,
                     const GxcQueueItem *item)
{
  gboolean new_row = g_strcmp0 (item->op, "create") == 0;
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; item->fields && i < item->fields->len && n < MAX_TOLD; i++)
    {
      const GxcQueueField *field = g_ptr_array_index (item->fields, i);
      g_autofree char *base = NULL, *mine = NULL, *label = NULL;

      if (new_row ? !is_told (field) : !field->field)
        continue;
      base = gxc_sync_dup_value (desk, item, field, field->base);
      mine = gxc_sync_dup_value (desk, item, field, field->mine);
      label = gxc_sync_dup_field_label (desk, item, field);
      g_string_append_printf (text, new_row ? "%s%s %s" : "%s%s %s → %s", n++ ? " · " : "", label, new_row ? mine : base, mine);
    }
  return n ? g_string_free (text, FALSE) : (g_string_free (text, TRUE), NULL);
}
