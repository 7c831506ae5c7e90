/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter of customers as a value: what is set of each kind, to and from the JSON that a saved view holds, and what it
 * asks of the store. What can be filtered by is in gxc-customers-filter-kinds.c; how it is shown and set, in the chips and
 * the popover. */

#include "gxc-customers-filter.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* --- conditions ----------------------------------------------------------------------------------------------------- */

GxcFilterConditions *
gxc_filter_conditions_new (void)
{
  GxcFilterConditions *self = g_new (GxcFilterConditions, 1);

  self->items = g_array_new (FALSE, FALSE, sizeof (GxcCondition));
  self->texts = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/** gxc_filter_conditions_add: @text is taken over */
void
gxc_filter_conditions_add (GxcFilterConditions *self,
                           const char          *field,
                           GxcOperator          op,
                           char                *text)
{
  GxcCondition condition = { field, op, text };

  g_array_append_val (self->items, condition);
  g_ptr_array_add (self->texts, text);
}

void
gxc_filter_conditions_free (GxcFilterConditions *self)
{
  g_array_unref (self->items);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

/* --- the value ------------------------------------------------------------------------------------------------------ */

static guint
place_of (const GxcFilterKind *kind)
{
  return kind - gxc_filter_kind (0);
}

static void
read_json (GxcCustomersFilter *self, const char *json)
{
  g_autoptr(JsonNode) node = json_from_string (json, NULL);
  JsonObject *object = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  for (guint i = 0; object && i < gxc_filter_n_kinds (); i++)
    self->values[i] = g_strdup (json_object_get_string_member_with_default (object, gxc_filter_kind (i)->name, NULL));
}

/**
 * gxc_customers_filter_new:
 * @json: (nullable): as gxc_customers_filter_to_json() wrote it; what it does not know is left out, since a view may have
 *   been saved by a newer program
 */
GxcCustomersFilter *
gxc_customers_filter_new (const char *json)
{
  GxcCustomersFilter *self = g_new (GxcCustomersFilter, 1);

  self->values = g_new0 (char *, gxc_filter_n_kinds ());
  if (json)
    read_json (self, json);
  return self;
}

GxcCustomersFilter *
gxc_customers_filter_copy (const GxcCustomersFilter *self)
{
  GxcCustomersFilter *copy = gxc_customers_filter_new (NULL);

  for (guint i = 0; i < gxc_filter_n_kinds (); i++)
    copy->values[i] = g_strdup (self->values[i]);
  return copy;
}

void
gxc_customers_filter_free (GxcCustomersFilter *self)
{
  for (guint i = 0; i < gxc_filter_n_kinds (); i++)
    g_free (self->values[i]);
  g_free (self->values);
  g_free (self);
}

/** gxc_customers_filter_get: (nullable) */
const char *
gxc_customers_filter_get (const GxcCustomersFilter *self,
                          const GxcFilterKind      *kind)
{
  return self->values[place_of (kind)];
}

/** gxc_customers_filter_set: @value NULL or empty takes it out */
void
gxc_customers_filter_set (GxcCustomersFilter  *self,
                          const GxcFilterKind *kind,
                          const char          *value)
{
  g_autofree char *old = self->values[place_of (kind)];

  self->values[place_of (kind)] = value && *value ? g_strdup (value) : NULL;
}

/** gxc_customers_filter_has: whether @word is one of the kind's words */
gboolean
gxc_customers_filter_has (const GxcCustomersFilter *self,
                          const GxcFilterKind      *kind,
                          const char               *word)
{
  g_auto(GStrv) words = g_strsplit (gxc_customers_filter_get (self, kind) ?: "", ",", -1);

  return g_strv_contains ((const char * const *) words, word);
}

/** gxc_customers_filter_toggle: takes one of the kind's words in or out */
void
gxc_customers_filter_toggle (GxcCustomersFilter  *self,
                             const GxcFilterKind *kind,
                             const char          *word,
                             gboolean             on)
{
  g_auto(GStrv) words = g_strsplit (gxc_customers_filter_get (self, kind) ?: "", ",", -1);
  g_autoptr(GString) value = g_string_new (NULL);

  for (guint i = 0; words[i]; i++)
    if (*words[i] && !g_str_equal (words[i], word))
      g_string_append_printf (value, "%s%s", value->len ? "," : "", words[i]);
  if (on)
    g_string_append_printf (value, "%s%s", value->len ? "," : "", word);
  gxc_customers_filter_set (self, kind, value->str);
}

gboolean
gxc_customers_filter_equal (const GxcCustomersFilter *a,
                            const GxcCustomersFilter *b)
{
  for (guint i = 0; i < gxc_filter_n_kinds (); i++)
    if (g_strcmp0 (a->values[i], b->values[i]) != 0)
      return FALSE;
  return TRUE;
}

/** gxc_customers_filter_n: how many kinds are set */
guint
gxc_customers_filter_n (const GxcCustomersFilter *self)
{
  guint n = 0;

  for (guint i = 0; i < gxc_filter_n_kinds (); i++)
    n += self->values[i] != NULL;
  return n;
}

/** gxc_customers_filter_to_json: (transfer full): {"tier":"GOLD,PLATINUM","silent":"60"} */
char *
gxc_customers_filter_to_json (const GxcCustomersFilter *self)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonObject) object = json_object_new ();

  for (guint i = 0; i < gxc_filter_n_kinds (); i++)
    if (self->values[i])
      json_object_set_string_member (object, gxc_filter_kind (i)->name, self->values[i]);
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

/** gxc_customers_filter_conditions: (transfer full): as of today */
GxcFilterConditions *
gxc_customers_filter_conditions (const GxcCustomersFilter *self,
                                 GxcDesk                  *desk)
{
  GxcFilterConditions *conditions = gxc_filter_conditions_new ();

  for (guint i = 0; i < gxc_filter_n_kinds (); i++)
    if (self->values[i])
      gxc_filter_kind (i)->append (gxc_filter_kind (i), desk, self->values[i], conditions);
  return conditions;
}
