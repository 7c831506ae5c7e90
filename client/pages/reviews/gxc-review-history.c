/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened before to the fields that a request is about: who changed or asked for them, and when, from the bank's
 * audit log. Names of fields only: what stood in them is not told. Fetched when the card is made; without the server it
 * says so, and the request can be decided all the same. */

#include "gxc-review-history.h"

#include <glib/gi18n.h>

#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gxc-cards.h"
#include "gxc-format.h"
#include "gxc-history-words.h"
#include "gxc-review-words.h"

#define MAX_SHOWN 8

typedef struct
{
  GtkWidget *body;          /* (owned) */
  GxcDesk   *desk;          /* (owned) */
  GPtrArray *changes;       /* (owned) of GxcReviewChange */
  GxId       row, request;
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->body);
  g_object_unref (asking->desk);
  g_ptr_array_unref (asking->changes);
  g_free (asking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static void
append_words (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "max-width-chars", 26, NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

static gboolean
is_about (const Asking *asking, const char *field)
{
  for (guint i = 0; i < asking->changes->len; i++)
    if (g_str_equal (((GxcReviewChange *) g_ptr_array_index (asking->changes, i))->name, field))
      return TRUE;
  return FALSE;
}

/* That the row was made is told too: it is the first value each of its fields had. */
static gboolean
matters (const Asking *asking, const GxcHistoryItem *item)
{
  if (!gx_id_equal (&item->id, &asking->row))
    return FALSE;
  for (guint i = 0; item->fields && item->fields[i]; i++)
    if (is_about (asking, item->fields[i]))
      return TRUE;
  return g_strcmp0 (item->action, "create") == 0;
}

static void
append_item (const Asking *asking, const GxcHistoryItem *item)
{
  g_autofree char *at = gxc_format_moment (item->at, gxc_desk_now (asking->desk));
  g_autofree char *what = g_strdup_printf ("%s · %s", at, gxc_history_action_words (item->action));
  g_autofree char *who = g_strdup_printf ("%s%s", item->actor ? item->actor : _("the bank"),
                                          gx_id_equal (&item->cr_id, &asking->request) ? _(" · this request") : "");

  append_words (asking->body, what, "gx-strong");
  append_words (asking->body, who, "gx-caption");
}

static void
on_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(Asking) asking = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = gxc_desk_finish_history (GXC_DESK (source), result, &error);
  guint n = 0;

  gtk_box_remove (GTK_BOX (asking->body), gtk_widget_get_first_child (asking->body));
  for (guint i = 0; items && i < items->len && n < MAX_SHOWN; i++)
    if (matters (asking, g_ptr_array_index (items, i)))
      {
        append_item (asking, g_ptr_array_index (items, i));
        n++;
      }
  if (!items)
    append_words (asking->body, _("The bank's log cannot be read just now; it needs the network."), "gx-caption");
  else if (!n)
    append_words (asking->body, _("Nothing before this request."), "gx-caption");
}

/**
 * gxc_review_history_new:
 *
 * Returns: (transfer floating) (nullable): the card; %NULL where there is no row yet that could have a history
 */
GtkWidget *
gxc_review_history_new (GxcDesk  *desk,
                        GxRecord *request)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  const GxEntity *entity = gx_entity_by_name (row->tbl);
  GtkWidget *body, *card;
  Asking *asking;

  if (!entity || g_strcmp0 (row->op, "create") == 0)
    return NULL;
  card = gxc_card_new (_("Earlier, in these fields"), NULL, NULL, &body);
  gtk_widget_add_css_class (body, "gx-card-body");
  append_words (body, _("Fetching…"), "gx-caption");
  asking = g_new0 (Asking, 1);
  *asking = (Asking) { g_object_ref (body), g_object_ref (desk), gxc_review_changes (desk, row), row->entity_id, row->meta.id };
  gxc_desk_fetch_history (desk, entity, &row->entity_id, on_fetched_cb, asking);
  return card;
}
