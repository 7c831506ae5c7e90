/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a customer's papers: of a document what it proves, until when, who handed it in and how far it is on its way to
 * the bank; of evidence the request that it went with, and what became of that. It reads records and makes rows; whoever
 * looks at one asks the tab (documents.open). */

#include "gxc-customer-papers.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "gx-attachment.h"
#include "gx-change-request.h"
#include "gx-visit.h"
#include "gxc-calendar.h"
#include "gxc-cards.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-review-words.h"
#include "gxc-state-chip.h"

#define VALID_SOON 30       /* days before its end from which on a document is told in amber */

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
dup_facts (const GxAttachment *row)
{
  return row->size == GX_INT_NONE ? g_strdup ("") : gxc_paper_facts_words (row->mime, (guint64) row->size);
}

/* How far it is goes before until when it holds: what is not at the bank proves nothing yet. */
static void
tell_state (GxcDesk *desk, const GxAttachment *row, Line *line)
{
  gint32 today = gxc_desk_get_today (desk);
  g_autofree char *date = row->valid_to == GX_INT32_NONE ? NULL : gxc_format_date (row->valid_to, today), *done = NULL, *total = NULL;
  GxcSending sending;

  gxc_desk_get_sending (desk, row->sha256 ? row->sha256 : "", &sending);
  done = gxc_format_size (sending.done);
  total = gxc_format_size (sending.total);
  line->look = GXC_STATE_PLAIN;
  if (sending.state == GXC_SENDING_REFUSED)
    {
      line->look = GXC_STATE_REFUSED;
      line->chip = g_strdup (_("Not accepted by the bank"));
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
add_line (GtkWidget *rows, GxcPaperFaces *faces, const Line *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *button = gxc_small_button (_("View"), "documents.open", NULL), *facts = gtk_label_new (line->facts);
  g_autofree char *words = g_strdup_printf ("%s, %s, %s, %s", line->label, line->why, line->facts, line->chip ? line->chip : "");
  g_autofree char *name = g_strdup_printf (_("View %s"), line->label);

  gtk_box_append (GTK_BOX (box), gxc_paper_faces_make (faces, line->sha256, *line->facts ? NULL : facts));
  gtk_box_append (GTK_BOX (box), gxc_two_lines (line->label, line->why));
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

/* (transfer full) (nullable): on which visit it was made; that visit may be on another desk only */
static char *
dup_visit (GxcDesk *desk, const GxAttachment *row)
{
  g_autoptr(GxRecord) visit = gx_id_is_none (&row->visit_id) ? NULL : gxc_desk_read_one (desk, &gx_visit_entity, &row->visit_id, NULL);
  g_autofree char *day = visit ? gxc_format_date (gxc_local_day (((const GxVisit *) gx_record_get_data (visit))->plan_at), gxc_desk_get_today (desk)) : NULL;

  if (gx_id_is_none (&row->visit_id))
    return NULL;
  return day ? g_strdup_printf (_("visit of %s"), day) : g_strdup (_("of a visit"));
}

static void
add_attachment (GxcDesk *desk, GtkWidget *rows, GxcPaperFaces *faces, GxRecord *record)
{
  const GxAttachment *row = gx_record_get_data (record);
  g_auto(Line) line = { .sha256 = row->sha256 ? row->sha256 : "", .ref = row->meta.id };
  g_autofree char *by = gxc_field_to_words (desk, record, gx_entity_find (&gx_attachment_entity, "added_by")), *at = NULL, *from = NULL;
  g_autofree char *visit = dup_visit (desk, row);

  at = gxc_format_moment (added_at (&row->meta), gxc_desk_now (desk));
  line.label = gxc_review_paper_kind (gx_choice_code (gx_attachment_kinds, row->kind));
  from = g_strdup_printf (_("%s · from %s, %s"), row->name ? row->name : "", *by ? by : "—", at);
  line.why = visit ? g_strdup_printf ("%s · %s", visit, from) : g_steal_pointer (&from);
  line.facts = dup_facts (row);
  tell_state (desk, row, &line);
  add_line (rows, faces, &line);
}

static void
add_evidence (GxcDesk *desk, GtkWidget *rows, GxcPaperFaces *faces, GxRecord *request, JsonObject *item)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  g_auto(Line) line = { .sha256 = json_object_get_string_member_with_default (item, "sha256", ""), .ref = row->meta.id };
  g_autofree char *of = gxc_field_to_words (desk, request, gx_entity_find (&gx_change_request_entity, "kind"));
  g_autofree char *maker = gxc_field_to_words (desk, request, gx_entity_find (&gx_change_request_entity, "maker_id"));
  g_autofree char *at = gxc_format_moment (row->submitted_at, gxc_desk_now (desk));

  line.label = gxc_review_paper_kind (json_object_get_string_member_with_default (item, "kind", "OTHER"));
  line.why = g_strdup_printf (_("%s · given by %s, %s"), of, maker, at);
  line.facts = g_strdup ("");
  line.look = gxc_review_state_look (row->state);
  line.chip = gxc_field_to_words (desk, request, gx_entity_find (&gx_change_request_entity, "state"));
  add_line (rows, faces, &line);
}

static void
add_request (GxcDesk *desk, GtkWidget *rows, GxcPaperFaces *faces, GxRecord *request)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  g_autoptr(JsonNode) node = row->evidence ? json_from_string (row->evidence, NULL) : NULL;
  JsonArray *items = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; items && i < json_array_get_length (items); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (items, i)))
      add_evidence (desk, rows, faces, request, json_array_get_object_element (items, i));
}

/** gxc_customer_papers_add_attachments: the customer's documents, latest first */
void
gxc_customer_papers_add_attachments (GtkWidget       *rows,
                                     GxcCustomerFile *file,
                                     GxcPaperFaces   *faces)
{
  GPtrArray *attachments = gxc_customer_file_rows (file, &gx_attachment_entity);

  for (guint i = attachments->len; i > 0; i--)
    add_attachment (gxc_customer_file_get_desk (file), rows, faces, g_ptr_array_index (attachments, i - 1));
}

/** gxc_customer_papers_add_evidence: what went with requests about the customer, latest request first */
void
gxc_customer_papers_add_evidence (GtkWidget       *rows,
                                  GxcCustomerFile *file,
                                  GxcPaperFaces   *faces)
{
  g_autoptr(GPtrArray) requests = gxc_customer_file_dup_all_requests (file);

  for (guint i = 0; i < requests->len; i++)
    add_request (gxc_customer_file_get_desk (file), rows, faces, g_ptr_array_index (requests, i));
}
