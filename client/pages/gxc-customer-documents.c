/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents that went with requests about this customer. What a desk knows of one is the request's: what it proves, who
 * gave it and what became of the request; its bytes come from this desk if they were added here, else from the server, and
 * only while somebody looks. */

#include "gxc-customer-documents.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "gx-attachment.h"
#include "gx-change-request.h"
#include "gxc-customer-cards.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-page.h"
#include "gxc-state-chip.h"

struct _GxcCustomerDocuments
{
  GxcCustomerTab  parent_instance;

  GHashTable     *sizes;    /* (owned) sha256 → words of size and type, of those that were opened */
};

G_DEFINE_FINAL_TYPE (GxcCustomerDocuments, gxc_customer_documents, GXC_TYPE_CUSTOMER_TAB)

/* --- opening one -------------------------------------------------------------------------------------------------- */

typedef struct
{
  GxcCustomerDocuments *self;       /* (owned) */
  char                 *sha256;     /* (owned) */
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->self);
  g_free (opening->sha256);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static const char *
suffix_of (const char *type)
{
  static const struct { const char *type, *suffix; } suffixes[] = {
    { "application/pdf", ".pdf" }, { "image/png", ".png" }, { "image/jpeg", ".jpg" }, { "text/plain", ".txt" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_content_type_equals (suffixes[i].type, type))
      return suffixes[i].suffix;
  return "";
}

/* For the viewer of the desktop: in memory's own folder, for this person alone, named by the document's hash. */
static char *
write_copy (GBytes *bytes, const char *sha256, const char *type, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "guanxi-documents", NULL);
  g_autofree char *name = g_strdup_printf ("%.16s%s", sha256, suffix_of (type));
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return NULL;
  return g_steal_pointer (&path);
}

static gboolean
show_copy (const char *path, GError **error)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, error);

  return uri && g_app_info_launch_default_for_uri (uri, NULL, error);
}

static void
on_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(Opening) opening = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = gxc_desk_finish_blob (GXC_DESK (source), result, &error);
  g_autofree char *type = bytes ? g_content_type_guess (NULL, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL) : NULL;
  g_autofree char *path = bytes ? write_copy (bytes, opening->sha256, type, &error) : NULL;

  if (bytes)
    {
      g_autofree char *size = g_format_size (g_bytes_get_size (bytes)), *words = g_content_type_get_description (type);

      g_hash_table_insert (opening->self->sizes, g_strdup (opening->sha256), g_strdup_printf ("%s · %s", words, size));
      gxc_customer_tab_refresh (GXC_CUSTOMER_TAB (opening->self));
    }
  if ((!path || !show_copy (path, &error)) && gtk_widget_get_root (GTK_WIDGET (opening->self)))
    {
      g_autofree char *words = gxc_error_words (error);

      gxc_page_toast (GTK_WIDGET (opening->self), words);
    }
}

static void
open_document_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcCustomerDocuments *self = GXC_CUSTOMER_DOCUMENTS (widget);
  const char *sha256, *request;
  Opening *opening;
  GxId id;

  g_variant_get (parameter, "(&s&s)", &sha256, &request);
  if (!gx_id_parse (request, &id))
    return;
  opening = g_new (Opening, 1);
  *opening = (Opening) { g_object_ref (self), g_strdup (sha256) };
  gxc_desk_fetch_blob (gxc_customer_tab_get_desk (GXC_CUSTOMER_TAB (self)), sha256, &id, on_fetched_cb, opening);
}

/* --- listing ------------------------------------------------------------------------------------------------------ */

/* What the desk has of the typed document itself, where it has it. */
static GxRecord *
find_attachment (GxcDesk *desk, const char *sha256)
{
  const GxcCondition condition = { "sha256", GXC_IS, sha256 };
  const GxcQuery query = { .conditions = &condition, .n_conditions = 1, .limit = 1 };
  g_autoptr(GArray) ids = gxc_desk_list (desk, &gx_attachment_entity, &query, NULL);

  return ids && ids->len ? gxc_desk_read_one (desk, &gx_attachment_entity, &g_array_index (ids, GxId, 0), NULL) : NULL;
}

static char *
dup_facts (GxcCustomerDocuments *self, GxcDesk *desk, const char *sha256)
{
  g_autoptr(GxRecord) record = find_attachment (desk, sha256);
  const GxAttachment *row = record ? gx_record_get_data (record) : NULL;
  const char *seen = g_hash_table_lookup (self->sizes, sha256);
  g_autofree char *size = NULL, *until = NULL;

  if (!row)
    return g_strdup (seen ? seen : "");
  size = g_format_size (row->size == GX_INT_NONE ? 0 : row->size);
  until = row->valid_to == GX_INT32_NONE ? NULL : gxc_format_date (row->valid_to, gxc_desk_get_today (desk));
  return until ? g_strdup_printf (_("%s · %s · valid until %s"), row->mime ? row->mime : "", size, until)
               : g_strdup_printf ("%s · %s", row->mime ? row->mime : "", size);
}

static GxcState
tone_of (const char *state)
{
  if (g_strcmp0 (state, "APPLIED") == 0)
    return GXC_STATE_OK;
  return g_strcmp0 (state, "PENDING") == 0 || g_strcmp0 (state, "RETURNED") == 0 ? GXC_STATE_WAITING : GXC_STATE_PLAIN;
}

static void
add_document (GxcCustomerDocuments *self, GtkWidget *rows, GxRecord *request, JsonObject *item)
{
  GxcDesk *desk = gxc_customer_tab_get_desk (GXC_CUSTOMER_TAB (self));
  const GxChangeRequest *row = gx_record_get_data (request);
  const char *sha256 = json_object_get_string_member_with_default (item, "sha256", "");
  const char *kind = json_object_get_string_member_with_default (item, "kind", "OTHER");
  const char *label = gx_choice_label (gx_attachment_kinds, MAX (gx_choice_find (gx_attachment_kinds, kind), 0));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *button = gxc_small_button (C_("document", "Open"), "documents.open", NULL), *facts;
  g_autofree char *of = gxc_field_to_words (desk, request, gx_entity_find (&gx_change_request_entity, "kind"));
  g_autofree char *maker = gxc_field_to_words (desk, request, gx_entity_find (&gx_change_request_entity, "maker_id"));
  g_autofree char *state = gxc_field_to_words (desk, request, gx_entity_find (&gx_change_request_entity, "state"));
  g_autofree char *at = gxc_format_moment (row->submitted_at, gxc_desk_now (desk)), *more = dup_facts (self, desk, sha256);
  g_autofree char *why = g_strdup_printf (_("%s · given by %s, %s"), of, maker, at), *words = NULL, *name = NULL;

  label = label ? _(label) : kind;
  words = g_strdup_printf ("%s, %s, %s, %s", label, why, state, more);
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "icon-name", "text-x-generic-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (box), gxc_two_lines (label, why));
  facts = gtk_label_new (more);
  gtk_widget_add_css_class (facts, "gx-caption");
  gtk_box_append (GTK_BOX (box), facts);
  gtk_box_append (GTK_BOX (box), gxc_state_chip_new (tone_of (row->state), state));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", sha256, GX_ID_STR (&row->meta.id));
  name = g_strdup_printf (_("Open: %s"), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (box), button);
  gxc_rows_add (rows, box, words);
}

static void
add_request (GxcCustomerDocuments *self, GtkWidget *rows, GxRecord *request)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  g_autoptr(JsonNode) node = row->evidence ? json_from_string (row->evidence, NULL) : NULL;
  JsonArray *items = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; items && i < json_array_get_length (items); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (items, i)))
      add_document (self, rows, request, json_array_get_object_element (items, i));
}

static void
fill (GxcCustomerTab *tab)
{
  GxcCustomerDocuments *self = GXC_CUSTOMER_DOCUMENTS (tab);
  GtkWidget *body = gxc_customer_tab_get_body (tab), *rows = g_object_ref_sink (gxc_rows_new ()), *inside;
  g_autoptr(GPtrArray) requests = gxc_customer_file_dup_all_requests (gxc_customer_tab_get_file (tab));

  gxc_box_empty (body);
  for (guint i = 0; i < requests->len; i++)
    add_request (self, rows, g_ptr_array_index (requests, i));
  if (!gtk_widget_get_first_child (rows))
    gtk_box_append (GTK_BOX (body), gxc_empty_new ("folder-documents-symbolic", _("No document yet"),
                                                   _("Evidence that goes with a request for a change is kept here."), NULL, NULL, NULL));
  else
    {
      gtk_box_append (GTK_BOX (body), gxc_card_new (_("Documents"), _("evidence of requests, latest first"), NULL, &inside));
      gtk_box_append (GTK_BOX (inside), rows);
    }
  g_object_unref (rows);
}

static void
gxc_customer_documents_finalize (GObject *object)
{
  g_hash_table_unref (GXC_CUSTOMER_DOCUMENTS (object)->sizes);
  G_OBJECT_CLASS (gxc_customer_documents_parent_class)->finalize (object);
}

static void
gxc_customer_documents_class_init (GxcCustomerDocumentsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_customer_documents_finalize;
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "documents.open", "(ss)", open_document_action);
}

static void
gxc_customer_documents_init (GxcCustomerDocuments *self)
{
  self->sizes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

GtkWidget *
gxc_customer_documents_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_DOCUMENTS, file);
}
