/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers in the desktop's own search (org.gnome.Shell.SearchProvider2): names and nothing else, and only while somebody
 * works here: signed in, with the curtain open. A search never opens the profile: a program that was started only to answer
 * finds nothing. What is chosen is opened through the application, as a link is. */

#include "gxc-search-provider.h"

#include "gx-config.h"
#include "gx-customer.h"

#define MOST 8

struct _GxcSearchProvider
{
  GObject          parent_instance;

  GApplication    *application;     /* (borrowed): owns this */
  GxcDesk         *desk;            /* (owned) (nullable): until a window is open */
  GDBusConnection *connection;      /* (owned) (nullable) */
  guint            registration;
};

G_DEFINE_FINAL_TYPE (GxcSearchProvider, gxc_search_provider, G_TYPE_OBJECT)

static const char interface_xml[] =
  "<node><interface name='org.gnome.Shell.SearchProvider2'>"
  "<method name='GetInitialResultSet'><arg type='as' direction='in'/><arg type='as' direction='out'/></method>"
  "<method name='GetSubsequentResultSet'><arg type='as' direction='in'/><arg type='as' direction='in'/><arg type='as' direction='out'/></method>"
  "<method name='GetResultMetas'><arg type='as' direction='in'/><arg type='aa{sv}' direction='out'/></method>"
  "<method name='ActivateResult'><arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='u' direction='in'/></method>"
  "<method name='LaunchSearch'><arg type='as' direction='in'/><arg type='u' direction='in'/></method>"
  "</interface></node>";

static void
gxc_search_provider_dispose (GObject *object)
{
  GxcSearchProvider *self = GXC_SEARCH_PROVIDER (object);

  gxc_search_provider_unexport (self);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_search_provider_parent_class)->dispose (object);
}

static void
gxc_search_provider_class_init (GxcSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_search_provider_dispose;
}

static void
gxc_search_provider_init (GxcSearchProvider *self)
{
}

/* --- what is answered --------------------------------------------------------------------------------------------- */

static gboolean
may_answer (GxcSearchProvider *self)
{
  GxcSyncSummary summary;

  if (!self->desk || !gxc_desk_get_person (self->desk) || gxc_desk_get_curtain (self->desk))
    return FALSE;
  gxc_desk_get_summary (self->desk, &summary);
  return !summary.signed_out && (gxc_desk_can (self->desk, GX_CAN_READ_OWN) || gxc_desk_can (self->desk, GX_CAN_READ_BRANCH));
}

static GVariant *
find (GxcSearchProvider *self, GVariant *terms)
{
  g_autofree const char **words = g_variant_get_strv (terms, NULL);
  g_autofree char *typed = g_strjoinv (" ", (char **) words);
  const GxcQuery query = { .search = typed, .limit = MOST };
  g_autoptr(GArray) ids = NULL;
  GVariantBuilder found;

  g_variant_builder_init (&found, G_VARIANT_TYPE ("as"));
  if (may_answer (self) && *g_strstrip (typed))
    ids = gxc_desk_list (self->desk, &gx_customer_entity, &query, NULL);
  for (guint i = 0; ids && i < ids->len; i++)
    g_variant_builder_add (&found, "s", GX_ID_STR (&g_array_index (ids, GxId, i)));
  return g_variant_new ("(as)", &found);
}

static void
add_meta (GxcSearchProvider *self, GVariantBuilder *metas, const char *text)
{
  g_autoptr(GxRecord) record = NULL;
  g_autoptr(GIcon) icon = g_themed_icon_new (GX_APP_ID);
  g_autoptr(GVariant) drawn = g_icon_serialize (icon);
  GxId id;

  if (gx_id_parse (text, &id))
    record = gxc_desk_read_one (self->desk, &gx_customer_entity, &id, NULL);
  if (!record)
    return;
  g_variant_builder_open (metas, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (text));
  g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (((const GxCustomer *) gx_record_get_data (record))->name));
  g_variant_builder_add (metas, "{sv}", "icon", drawn);
  g_variant_builder_close (metas);
}

static GVariant *
describe (GxcSearchProvider *self, GVariant *ids)
{
  g_autofree const char **texts = g_variant_get_strv (ids, NULL);
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; texts[i] && may_answer (self); i++)
    add_meta (self, &metas, texts[i]);
  return g_variant_new ("(aa{sv})", &metas);
}

static void
show (GxcSearchProvider *self, const char *link)
{
  g_application_activate (self->application);
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "show", g_variant_new_string (link));
}

static void
on_method_call_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *method,
                   GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data)
{
  GxcSearchProvider *self = data;
  gboolean again = g_str_equal (method, "GetSubsequentResultSet");
  g_autoptr(GVariant) first = g_variant_get_child_value (parameters, 0);
  g_autofree char *link = NULL;
  GVariant *answer = NULL;

  if (again)
    {
      g_autoptr(GVariant) terms = g_variant_get_child_value (parameters, 1);

      answer = find (self, terms);
    }
  else if (g_str_equal (method, "GetInitialResultSet"))
    answer = find (self, first);
  else if (g_str_equal (method, "GetResultMetas"))
    answer = describe (self, first);
  else
    {
      link = g_str_equal (method, "ActivateResult") ? g_strconcat ("customer/", g_variant_get_string (first, NULL), NULL) : g_strdup ("page/customers");
      show (self, link);
    }
  g_dbus_method_invocation_return_value (invocation, answer);
}

/* --- where it stands ---------------------------------------------------------------------------------------------- */

/** gxc_search_provider_new: @application has an action "show", which takes a link */
GxcSearchProvider *
gxc_search_provider_new (GApplication *application)
{
  GxcSearchProvider *self = g_object_new (GXC_TYPE_SEARCH_PROVIDER, NULL);

  self->application = application;
  return self;
}

/** gxc_search_provider_export: at @path of @connection */
gboolean
gxc_search_provider_export (GxcSearchProvider  *self,
                            GDBusConnection    *connection,
                            const char         *path,
                            GError            **error)
{
  static const GDBusInterfaceVTable table = { on_method_call_cb, NULL, NULL, { NULL } };
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, error);

  if (!node)
    return FALSE;
  self->registration = g_dbus_connection_register_object (connection, path, node->interfaces[0], &table, self, NULL, error);
  if (!self->registration)
    return FALSE;
  g_set_object (&self->connection, connection);
  return TRUE;
}

void
gxc_search_provider_unexport (GxcSearchProvider *self)
{
  if (self->registration)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);
}

/** gxc_search_provider_set_desk: from now on it answers from @desk */
void
gxc_search_provider_set_desk (GxcSearchProvider *self,
                              GxcDesk           *desk)
{
  g_set_object (&self->desk, desk);
}
