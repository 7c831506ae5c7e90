/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customer's documents: what each proves, until when, who handed it in and how far it is on its way to the bank; and those
 * that went with requests about the customer, with what became of the request. They are added by a file chosen, dropped or
 * pasted. Bytes come from this desk if they are here, else from the server, and only while somebody looks. */

#include "gxc-customer-documents.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "gx-attachment.h"
#include "gx-change-request.h"
#include "gxc-cards.h"
#include "gxc-compat.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-keycap.h"
#include "gxc-page.h"
#include "gxc-paper-intake.h"
#include "gxc-paper-view.h"
#include "gxc-paper.h"
#include "gxc-review-words.h"
#include "gxc-state-chip.h"

#define VALID_SOON 30       /* days before its end from which on a document is told in amber */

struct _GxcCustomerDocuments
{
  GxcCustomerTab  parent_instance;

  GtkStack       *stack;    /* (borrowed): "list", "paper" */
  GxcPaperIntake *intake;   /* (borrowed): what is about to be added */
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

  if (!self->looked_at && gxc_paper_intake_is_open (self->intake))
    {
      gxc_paper_intake_close (self->intake);
      return TRUE;
    }
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

/* --- adding ------------------------------------------------------------------------------------------------------- */

static gboolean
may_add (GxcCustomerDocuments *self)
{
  return gxc_desk_can (gxc_customer_tab_get_desk (GXC_CUSTOMER_TAB (self)), GX_CAN_MAKE_CR)
         && !gxc_customer_file_is_masked (gxc_customer_tab_get_file (GXC_CUSTOMER_TAB (self)));
}

static void
on_file_chosen_cb (gpointer data, GFile *file)
{
  g_autoptr(GxcCustomerDocuments) self = data;

  if (file)
    gxc_customer_documents_offer (self, file);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (may_add (GXC_CUSTOMER_DOCUMENTS (widget)))
    gxc_compat_open_file (widget, _("Choose a document"), on_file_chosen_cb, g_object_ref (widget));
}

static gboolean
offer_value (GxcCustomerDocuments *self, const GValue *value)
{
  g_autoptr(GBytes) bytes = NULL;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    for (GSList *l = g_value_get_boxed (value); l; l = l->next)
      gxc_paper_intake_offer_file (self->intake, l->data);
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE) && g_value_get_object (value))
    {
      bytes = gdk_texture_save_to_png_bytes (g_value_get_object (value));
      gxc_paper_intake_offer_bytes (self->intake, bytes, _("Pasted image.png"));
    }
  return gxc_paper_intake_is_open (self->intake);
}

static gboolean
on_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, GxcCustomerDocuments *self)
{
  return may_add (self) && offer_value (self, value);
}

static void
on_pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcCustomerDocuments) self = data;
  g_autoptr(GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  if (value)
    offer_value (self, value);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  GType type = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ? GDK_TYPE_FILE_LIST : GDK_TYPE_TEXTURE;

  if (may_add (GXC_CUSTOMER_DOCUMENTS (widget)))
    gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, NULL, on_pasted_cb, g_object_ref (widget));
}

/* --- listing ------------------------------------------------------------------------------------------------------ */

/* What a row shows, whichever it comes from. */
typedef struct
{
  const char *sha256;
  GxId        ref;          /* by which its bytes are asked for */
  const char *label;
  char       *why;          /* (owned) */
  char       *facts;        /* (owned) type and size */
  GxcState    look;
  char       *chip;         /* (owned) (nullable) */
} Line;

static void
line_clear (Line *line)
{
  g_free (line->why);
  g_free (line->facts);
  g_free (line->chip);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static char *
dup_type_words (const char *mime)
{
  g_autofree char *type = mime ? g_content_type_from_mime_type (mime) : NULL;

  return type ? g_content_type_get_description (type) : g_strdup ("");
}

static char *
dup_facts (const GxAttachment *row)
{
  g_autofree char *type = dup_type_words (row->mime), *size = row->size == GX_INT_NONE ? NULL : g_format_size ((guint64) row->size);

  return size ? g_strdup_printf ("%s · %s", type, size) : g_steal_pointer (&type);
}

/* How far it is goes before until when it holds: what is not at the bank proves nothing yet. */
static void
tell_state (GxcDesk *desk, const GxAttachment *row, Line *line)
{
  gint32 today = gxc_desk_get_today (desk);
  g_autofree char *date = row->valid_to == GX_INT32_NONE ? NULL : gxc_format_date (row->valid_to, today), *done = NULL, *total = NULL;
  GxcSending sending;

  gxc_desk_get_sending (desk, row->sha256 ? row->sha256 : "", &sending);
  done = g_format_size ((guint64) sending.done);
  total = g_format_size ((guint64) sending.total);
  line->look = GXC_STATE_PLAIN;
  if (sending.state == GXC_SENDING_REFUSED)
    {
      line->look = GXC_STATE_REFUSED;
      line->chip = g_strdup (_("Not taken by the bank"));
    }
  else if (sending.state == GXC_SENDING_WAITS)
    {
      line->look = GXC_STATE_QUEUED;
      line->chip = g_strdup_printf (_("Being sent: %s of %s"), done, total);
    }
  else if (date && row->valid_to < today)
    {
      line->look = GXC_STATE_REFUSED;
      line->chip = g_strdup_printf (_("Expired %s"), date);
    }
  else if (date)
    {
      line->look = row->valid_to - today <= VALID_SOON ? GXC_STATE_SOON : GXC_STATE_OK;
      line->chip = g_strdup_printf (_("Valid until %s"), date);
    }
}

static void
add_line (GtkWidget *rows, const Line *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *button = gxc_small_button (_("Look"), "documents.open", NULL), *facts;
  g_autofree char *words = g_strdup_printf ("%s, %s, %s, %s", line->label, line->why, line->facts, line->chip ? line->chip : "");
  g_autofree char *name = g_strdup_printf (_("Look at %s"), line->label);

  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "icon-name", "text-x-generic-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (box), gxc_two_lines (line->label, line->why));
  facts = gtk_label_new (line->facts);
  gtk_widget_add_css_class (facts, "gx-caption");
  gtk_box_append (GTK_BOX (box), facts);
  if (line->chip)
    gtk_box_append (GTK_BOX (box), gxc_state_chip_new (line->look, line->chip));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sss)", line->sha256, GX_ID_STR (&line->ref), line->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (box), button);
  gxc_rows_add (rows, box, words);
}

/* Until the bank has said when: as the desk's clock said when its id was made. */
static gint64
added_at (const GxMeta *meta)
{
  gint64 ms = 0;

  if (meta->created_at > 0)
    return meta->created_at;
  for (guint i = 0; i < 6; i++)
    ms = ms << 8 | meta->id.b[i];
  return ms;
}

static void
add_attachment (GxcDesk *desk, GtkWidget *rows, GxRecord *record)
{
  const GxAttachment *row = gx_record_get_data (record);
  g_auto(Line) line = { .sha256 = row->sha256 ? row->sha256 : "", .ref = row->meta.id };
  g_autofree char *by = gxc_field_to_words (desk, record, gx_entity_find (&gx_attachment_entity, "added_by")), *at = NULL;

  at = gxc_format_moment (added_at (&row->meta), gxc_desk_now (desk));
  line.label = gxc_review_paper_kind (gx_choice_code (gx_attachment_kinds, row->kind));
  line.why = g_strdup_printf (_("%s · from %s, %s"), row->name ? row->name : "", *by ? by : "—", at);
  line.facts = dup_facts (row);
  tell_state (desk, row, &line);
  add_line (rows, &line);
}

static void
add_evidence (GxcCustomerDocuments *self, GtkWidget *rows, GxRecord *request, JsonObject *item)
{
  GxcDesk *desk = gxc_customer_tab_get_desk (GXC_CUSTOMER_TAB (self));
  const GxChangeRequest *row = gx_record_get_data (request);
  g_auto(Line) line = { .sha256 = json_object_get_string_member_with_default (item, "sha256", ""), .ref = row->meta.id };
  g_autofree char *of = gxc_field_to_words (desk, request, gx_entity_find (&gx_change_request_entity, "kind"));
  g_autofree char *maker = gxc_field_to_words (desk, request, gx_entity_find (&gx_change_request_entity, "maker_id"));
  g_autofree char *at = gxc_format_moment (row->submitted_at, gxc_desk_now (desk));
  const char *seen = g_hash_table_lookup (self->facts, line.sha256);

  line.label = gxc_review_paper_kind (json_object_get_string_member_with_default (item, "kind", "OTHER"));
  line.why = g_strdup_printf (_("%s · given by %s, %s"), of, maker, at);
  line.facts = g_strdup (seen ? seen : "");
  line.look = gxc_review_state_look (row->state);
  line.chip = gxc_field_to_words (desk, request, gx_entity_find (&gx_change_request_entity, "state"));
  add_line (rows, &line);
}

static void
add_request (GxcCustomerDocuments *self, GtkWidget *rows, GxRecord *request)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  g_autoptr(JsonNode) node = row->evidence ? json_from_string (row->evidence, NULL) : NULL;
  JsonArray *items = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; items && i < json_array_get_length (items); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (items, i)))
      add_evidence (self, rows, request, json_array_get_object_element (items, i));
}

static void
append_card (GtkWidget *body, const char *title, const char *caption, GtkWidget *button, GtkWidget *rows)
{
  GtkWidget *inside;

  gtk_box_append (GTK_BOX (body), gxc_card_new (title, caption, button, &inside));
  gtk_box_append (GTK_BOX (inside), rows);
}

static void
fill (GxcCustomerTab *tab)
{
  GxcCustomerDocuments *self = GXC_CUSTOMER_DOCUMENTS (tab);
  GxcCustomerFile *file = gxc_customer_tab_get_file (tab);
  GtkWidget *body = gxc_customer_tab_get_body (tab), *own = g_object_ref_sink (gxc_rows_new ()), *evidence = g_object_ref_sink (gxc_rows_new ());
  GPtrArray *attachments = gxc_customer_file_rows (file, &gx_attachment_entity);
  g_autoptr(GPtrArray) requests = gxc_customer_file_dup_all_requests (file);
  gboolean may = may_add (self);

  gxc_paper_intake_set_target (self->intake, gxc_customer_tab_get_desk (tab), gxc_customer_file_get_id (file));
  gxc_box_empty (body);
  for (guint i = attachments->len; i > 0; i--)
    add_attachment (gxc_customer_tab_get_desk (tab), own, g_ptr_array_index (attachments, i - 1));
  for (guint i = 0; i < requests->len; i++)
    add_request (self, evidence, g_ptr_array_index (requests, i));
  if (!gtk_widget_get_first_child (own) && !gtk_widget_get_first_child (evidence))
    gtk_box_append (GTK_BOX (body), gxc_empty_new ("folder-documents-symbolic", _("No document yet"),
                                                   may ? _("Contracts, proofs and scans are kept here: choose a file, drop it here, or paste it.")
                                                       : _("Evidence that goes with a request for a change is kept here."),
                                                   may ? _("Add a document") : NULL, "documents.add", NULL));
  else
    append_card (body, _("Documents"), may ? _("latest first; a file can be dropped here or pasted") : _("latest first"),
                 may ? gxc_small_button (_("Add a document"), "documents.add", NULL) : NULL, own);
  if (gtk_widget_get_first_child (evidence))
    append_card (body, _("Evidence"), _("evidence of requests, latest first"), NULL, evidence);
  g_object_unref (own);
  g_object_unref (evidence);
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
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "documents.add", NULL, add_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "documents.paste", NULL, paste_action);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_v, GDK_CONTROL_MASK, "documents.paste", NULL);
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

static GtkWidget *
make_list (GxcCustomerDocuments *self, GtkWidget *scrolled)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->intake = GXC_PAPER_INTAKE (gxc_paper_intake_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->intake), "gx-tab-body");
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->intake));
  gtk_box_append (GTK_BOX (box), scrolled);
  return box;
}

static void
take_drops (GxcCustomerDocuments *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* A document takes the place of the list while somebody looks. */
static void
gxc_customer_documents_init (GxcCustomerDocuments *self)
{
  GtkWidget *scrolled = g_object_ref (adw_bin_get_child (ADW_BIN (self)));

  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->stack = GTK_STACK (gtk_stack_new ());
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_stack_add_named (self->stack, make_list (self, scrolled), "list");
  gtk_stack_add_named (self->stack, make_paper (self), "paper");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  g_object_unref (scrolled);
  take_drops (self);
}

/** gxc_customer_documents_offer: as if @file had been chosen */
void
gxc_customer_documents_offer (GxcCustomerDocuments *self,
                              GFile                *file)
{
  g_return_if_fail (GXC_IS_CUSTOMER_DOCUMENTS (self));

  if (may_add (self))
    gxc_paper_intake_offer_file (self->intake, file);
}

GtkWidget *
gxc_customer_documents_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_DOCUMENTS, file);
}
