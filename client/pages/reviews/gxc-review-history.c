/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened before to the fields that a request is about: who changed or asked for them, and when, from the bank's
 * audit log. Names of fields only: what stood in them is not told. Fetched when the card is made; without the server it
 * says so, and asks again when a sync went through. The request can be decided all the same. */

#include "gxc-review-history.h"

#include <glib/gi18n.h>

#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-error.h"
#include "gxc-asked.h"
#include "gxc-cards.h"
#include "gxc-format.h"
#include "gxc-history-words.h"
#include "gxc-page.h"
#include "gxc-review-words.h"

#define MAX_SHOWN 8

typedef struct
{
  GxcDesk        *desk;         /* (owned) */
  const GxEntity *entity;
  GPtrArray      *changes;      /* (owned) of GxcReviewChange */
  GxId            row, request;
  gint64          asked_at;     /* the last sync of then */
  gboolean        failed;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->desk);
  g_ptr_array_unref (asking->changes);
  g_free (asking);
}

static Asking *
asking_of (GtkWidget *body)
{
  return g_object_get_data (G_OBJECT (body), "gxc-asking");
}

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
append_item (GtkWidget *body, const Asking *asking, const GxcHistoryItem *item)
{
  g_autofree char *at = gxc_format_moment (item->at, gxc_desk_now (asking->desk));
  g_autofree char *what = g_strdup_printf ("%s · %s", at, gxc_history_action_words (item->action));
  g_autofree char *who = g_strdup_printf ("%s%s", item->actor ? item->actor : _("the bank"),
                                          gx_id_equal (&item->cr_id, &asking->request) ? _(" · this request") : "");

  append_words (body, what, "gx-strong");
  append_words (body, who, "gx-caption");
}

static guint
append_items (GtkWidget *body, GPtrArray *items)
{
  const Asking *asking = asking_of (body);
  guint n = 0;

  for (guint i = 0; i < items->len && n < MAX_SHOWN; i++)
    if (matters (asking, g_ptr_array_index (items, i)))
      {
        append_item (body, asking, g_ptr_array_index (items, i));
        n++;
      }
  return n;
}

static void
say_away (GtkWidget *body)
{
  append_words (body, _("The bank's log cannot be read just now; it needs the network."), "gx-caption");
}

static void ask (GtkWidget *body);

/* A desk that signs in ends its session of before: what was asked for with that one is refused, and asked for again. */
static void
on_status_cb (GtkWidget *body)
{
  const Asking *asking = asking_of (body);

  if (asking->failed && gxc_asked_is_old (asking->desk, asking->asked_at))
    ask (body);
}

static void
on_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GtkWidget) body = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;
  g_autoptr(GPtrArray) items = gxc_desk_finish_history (GXC_DESK (source), result, &error);

  if (!gtk_widget_get_root (body))
    return;
  gxc_box_empty (body);
  asking_of (body)->failed = !items;
  if (items && !append_items (body, items))
    append_words (body, _("Nothing before this request."), "gx-caption");
  else if (g_error_matches (error, GX_ERROR, GX_ERROR_OFFLINE))
    say_away (body);
  else if (error)
    append_words (body, words = gxc_error_words (error), "gx-caption");
  on_status_cb (body);
}

static void
ask (GtkWidget *body)
{
  Asking *asking = asking_of (body);

  asking->asked_at = gxc_asked_at (asking->desk);
  asking->failed = FALSE;
  gxc_desk_fetch_history (asking->desk, asking->entity, &asking->row, on_fetched_cb, g_object_ref (body));
}

static void
begin_asking (GtkWidget *body, GxcDesk *desk, const GxEntity *entity, const GxChangeRequest *row)
{
  Asking *asking = g_new0 (Asking, 1);

  *asking = (Asking) { g_object_ref (desk), entity, gxc_review_changes (desk, row), row->entity_id, row->meta.id };
  g_object_set_data_full (G_OBJECT (body), "gxc-asking", asking, asking_free);
  g_signal_connect_object (desk, "status-changed", G_CALLBACK (on_status_cb), body, G_CONNECT_SWAPPED);
  ask (body);
}

/**
 * gxc_review_history_new:
 * @answer: the log is asked for only what the bank has shown: it may be asked for
 *
 * Returns: (transfer floating) (nullable): the card; %NULL where there is no row yet that could have a history
 */
GtkWidget *
gxc_review_history_new (GxcDesk         *desk,
                        GxRecord        *request,
                        GxcReviewAnswer  answer)
{
  const GxChangeRequest *row = gx_record_get_data (request);
  const GxEntity *entity = gx_entity_by_name (row->tbl);
  GtkWidget *body, *card;

  if (!entity || g_strcmp0 (row->op, "create") == 0)
    return NULL;
  card = gxc_card_new (_("Earlier changes to these fields"), NULL, NULL, &body);
  gtk_widget_add_css_class (body, "gx-card-body");
  if (answer == GXC_REVIEW_AWAY)
    {
      say_away (body);
      return card;
    }
  gtk_box_append (GTK_BOX (body), gxc_review_bone_new (150));
  gtk_box_append (GTK_BOX (body), gxc_review_bone_new (90));
  if (answer == GXC_REVIEW_THERE)
    begin_asking (body, desk, entity, row);
  return card;
}
