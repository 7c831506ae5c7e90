/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents that went with requests about this customer. What a desk knows of one is the request's: what it proves, who
 * gave it and what became of the request; its bytes come from this desk if they were added here, else from the server, and
 * only while somebody looks. */

#include "gxc-customer-documents.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "gx-attachment.h"
#include "gx-change-request.h"
#include "gxc-cards.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-keycap.h"
#include "gxc-page.h"
#include "gxc-paper-view.h"
#include "gxc-paper.h"
#include "gxc-review-words.h"
#include "gxc-state-chip.h"

struct _GxcCustomerDocuments
{
  GxcCustomerTab  parent_instance;

  GtkStack       *stack;    /* (borrowed): "list", "paper" */
  GxcPaperView   *paper;    /* (borrowed) */
  GHashTable     *facts;    /* (owned) sha256 → words of type and size, of those that were looked at */
  char           *looked_at;        /* (owned) (nullable): fingerprint */
};

G_DEFINE_FINAL_TYPE (GxcCustomerDocuments, gxc_customer_documents, GXC_TYPE_CUSTOMER_TAB)

/* --- looking at one ------------------------------------------------------------------------------------------------ */

typedef struct
{
  GxcCustomerDocuments *self;       /* (owned) */
  char                 *sha256;     /* (owned) */
  char                 *title;      /* (owned) */
} Look;

static void
look_free (Look *look)
{
  g_object_unref (look->self);
  g_free (look->sha256);
  g_free (look->title);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static void
remember_facts (GxcCustomerDocuments *self, const char *sha256, GBytes *bytes)
{
  const char *mime;
  g_autofree char *size = g_format_size (g_bytes_get_size (bytes)), *type = NULL, *words = NULL;

  gxc_paper_sniff (bytes, &mime);
  type = g_content_type_from_mime_type (mime);
  words = g_content_type_get_description (type ? type : mime);
  g_hash_table_insert (self->facts, g_strdup (sha256), g_strdup_printf ("%s · %s", words, size));
}

/* What was signed is the fingerprint: another document under it is not shown. */
static void
on_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(Look) look = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = gxc_desk_finish_blob (GXC_DESK (source), result, &error);
  g_autofree char *digest = bytes ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;
  g_autofree char *words = bytes ? NULL : gxc_error_words (error);

  if (g_strcmp0 (look->self->looked_at, look->sha256) != 0)
    return;
  if (!bytes)
    gxc_paper_view_say (look->self->paper, words);
  else if (g_strcmp0 (digest, look->sha256) != 0)
    gxc_paper_view_say (look->self->paper, _("This is not the document that was signed: its fingerprint differs."));
  else
    {
      remember_facts (look->self, look->sha256, bytes);
      gxc_paper_view_show (look->self->paper, look->title, bytes);
    }
}

static void
open_document_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcCustomerDocuments *self = GXC_CUSTOMER_DOCUMENTS (widget);
  const char *sha256, *request, *title;
  Look *look;
  GxId id;

  g_variant_get (parameter, "(&s&s&s)", &sha256, &request, &title);
  if (!gx_id_parse (request, &id))
    return;
  g_free (self->looked_at);
  self->looked_at = g_strdup (sha256);
  gxc_paper_view_wait (self->paper, title);
  gtk_stack_set_visible_child_name (self->stack, "paper");
  gtk_widget_grab_focus (GTK_WIDGET (self->paper));
  look = g_new (Look, 1);
  *look = (Look) { g_object_ref (self), g_strdup (sha256), g_strdup (title) };
  gxc_desk_fetch_blob (gxc_customer_tab_get_desk (GXC_CUSTOMER_TAB (self)), sha256, &id, on_fetched_cb, look);
}

static gboolean
leave (GxcCustomerTab *tab)
{
  GxcCustomerDocuments *self = GXC_CUSTOMER_DOCUMENTS (tab);

  if (!self->looked_at)
    return FALSE;
  g_clear_pointer (&self->looked_at, g_free);
  gtk_stack_set_visible_child_name (self->stack, "list");
  gxc_customer_tab_refresh (tab);
  return TRUE;
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  leave (GXC_CUSTOMER_TAB (widget));
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
  const char *seen = g_hash_table_lookup (self->facts, sha256);
  g_autofree char *size = NULL, *until = NULL;

  if (!row)
    return g_strdup (seen ? seen : "");
  size = g_format_size (row->size == GX_INT_NONE ? 0 : row->size);
  until = row->valid_to == GX_INT32_NONE ? NULL : gxc_format_date (row->valid_to, gxc_desk_get_today (desk));
  return until ? g_strdup_printf (_("%s · %s · valid until %s"), row->mime ? row->mime : "", size, until)
               : g_strdup_printf ("%s · %s", row->mime ? row->mime : "", size);
}

static void
add_document (GxcCustomerDocuments *self, GtkWidget *rows, GxRecord *request, JsonObject *item)
{
  GxcDesk *desk = gxc_customer_tab_get_desk (GXC_CUSTOMER_TAB (self));
  const GxChangeRequest *row = gx_record_get_data (request);
  const char *sha256 = json_object_get_string_member_with_default (item, "sha256", "");
  const char *label = gxc_review_paper_kind (json_object_get_string_member_with_default (item, "kind", "OTHER"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *button = gxc_small_button (_("Look"), "documents.open", NULL), *facts;
  g_autofree char *of = gxc_field_to_words (desk, request, gx_entity_find (&gx_change_request_entity, "kind"));
  g_autofree char *maker = gxc_field_to_words (desk, request, gx_entity_find (&gx_change_request_entity, "maker_id"));
  g_autofree char *state = gxc_field_to_words (desk, request, gx_entity_find (&gx_change_request_entity, "state"));
  g_autofree char *at = gxc_format_moment (row->submitted_at, gxc_desk_now (desk)), *more = dup_facts (self, desk, sha256);
  g_autofree char *why = g_strdup_printf (_("%s · given by %s, %s"), of, maker, at), *words = NULL, *name = NULL;

  words = g_strdup_printf ("%s, %s, %s, %s", label, why, state, more);
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "icon-name", "text-x-generic-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (box), gxc_two_lines (label, why));
  facts = gtk_label_new (more);
  gtk_widget_add_css_class (facts, "gx-caption");
  gtk_box_append (GTK_BOX (box), facts);
  gtk_box_append (GTK_BOX (box), gxc_state_chip_new (gxc_review_state_look (row->state), state));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sss)", sha256, GX_ID_STR (&row->meta.id), label);
  name = g_strdup_printf (_("Look at %s"), label);
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
  g_hash_table_unref (GXC_CUSTOMER_DOCUMENTS (object)->facts);
  g_free (GXC_CUSTOMER_DOCUMENTS (object)->looked_at);
  G_OBJECT_CLASS (gxc_customer_documents_parent_class)->finalize (object);
}

static void
gxc_customer_documents_class_init (GxcCustomerDocumentsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_customer_documents_finalize;
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
  GXC_CUSTOMER_TAB_CLASS (klass)->leave = leave;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "documents.open", "(sss)", open_document_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "documents.back", NULL, back_action);
}

static GtkWidget *
make_paper (GxcCustomerDocuments *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *back = gxc_button_new (_("Back to the documents"), "Esc", "documents.back");

  gtk_widget_set_halign (back, GTK_ALIGN_START);
  gtk_widget_add_css_class (back, "flat");
  self->paper = GXC_PAPER_VIEW (gxc_paper_view_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->paper), TRUE);
  gtk_widget_add_css_class (box, "gx-tab-body");
  gtk_box_append (GTK_BOX (box), back);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->paper));
  return box;
}

/* A document takes the place of the list while somebody looks. */
static void
gxc_customer_documents_init (GxcCustomerDocuments *self)
{
  GtkWidget *scrolled = g_object_ref (adw_bin_get_child (ADW_BIN (self)));

  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->stack = GTK_STACK (gtk_stack_new ());
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack, make_paper (self), "paper");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  g_object_unref (scrolled);
}

GtkWidget *
gxc_customer_documents_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_DOCUMENTS, file);
}
