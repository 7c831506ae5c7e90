/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The few latest things of a customer's life with the bank, for the overview. Not the timeline, which gathers all of it
 * with months and names: here only those that are shown get words, since a page that opens waits for them. */

#include "gxc-customer-recent.h"

#include <glib/gi18n.h>

#include "gx-holding.h"
#include "gx-interaction.h"
#include "gx-life-event.h"
#include "gx-task.h"
#include "gxc-cards.h"
#include "gxc-field-column.h"

typedef struct
{
  gint32    date;           /* days since 1970-01-01 */
  GxRecord *record;         /* (borrowed) */
  guint     source;
} Recent;

static char *
words_of (GxcDesk *desk, GxRecord *record, const char *field)
{
  return gxc_field_to_words (desk, record, gx_entity_find (gx_record_get_entity (record), field));
}

static void
tell_interaction (GxcDesk *desk, GxRecord *record, char **text, char **more)
{
  const GxInteraction *row = gx_record_get_data (record);
  g_autofree char *channel = words_of (desk, record, "channel"), *owner = words_of (desk, record, "owner_id");

  *text = words_of (desk, record, "subject");
  *more = row->minutes > 0 ? g_strdup_printf (_("%s · %s · %d min"), channel, owner, (int) row->minutes) : g_strdup_printf ("%s · %s", channel, owner);
}

static void
tell_event (GxcDesk *desk, GxRecord *record, char **text, char **more)
{
  g_autofree char *source = words_of (desk, record, "source");

  *text = words_of (desk, record, "type");
  *more = g_strdup_printf (_("Life event · %s"), source);
}

/* What was so on that day: the account and its term. The balance is today's, and stands with the assets. */
static void
tell_holding (GxcDesk *desk, GxRecord *record, char **text, char **more)
{
  const GxHolding *row = gx_record_get_data (record);
  g_autofree char *product = words_of (desk, record, "product_id"), *account = words_of (desk, record, row->acct_no ? "acct_no" : "source_system");
  g_autofree char *until = row->matures_on != GX_INT32_NONE ? gx_date_format (row->matures_on) : NULL;

  *text = g_strdup_printf (_("Opened %s"), product);
  *more = until ? g_strdup_printf (_("%s · until %s"), account, until) : g_steal_pointer (&account);
}

static void
tell_task (GxcDesk *desk, GxRecord *record, char **text, char **more)
{
  g_autofree char *assignee = words_of (desk, record, "assignee_id");

  *text = words_of (desk, record, "title");
  *more = g_strdup_printf (_("Task done · %s"), assignee);
}

static const struct
{
  const GxEntity *entity;
  const char     *when;
  void          (*tell) (GxcDesk *desk, GxRecord *record, char **text, char **more);
} sources[] = {
  { &gx_interaction_entity, "started_at", tell_interaction },
  { &gx_life_event_entity, "happened_on", tell_event },
  { &gx_holding_entity, "opened_on", tell_holding },
  { &gx_task_entity, "updated_at", tell_task },
};

static gboolean
has_happened (guint source, GxRecord *record)
{
  if (sources[source].entity == &gx_task_entity)
    return ((const GxTask *) gx_record_get_data (record))->status == GX_TASK_DONE;
  return !gx_field_is_none (gx_entity_find (sources[source].entity, sources[source].when), gx_record_get_data (record));
}

static gint32
date_of (guint source, GxRecord *record, GTimeZone *zone)
{
  const GxField *field = gx_entity_find (sources[source].entity, sources[source].when);
  gconstpointer member = gx_field_member (field, gx_record_get_data (record));

  return field->kind == GX_KIND_DATE ? *(const gint32 *) member : gx_date_from_time (*(const gint64 *) member, zone);
}

static int
compare_latest_first (gconstpointer a, gconstpointer b)
{
  const Recent *x = a, *y = b;

  return (y->date > x->date) - (y->date < x->date);
}

static GArray *
collect (GxcCustomerFile *file)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Recent));
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      GPtrArray *rows = gxc_customer_file_rows (file, sources[i].entity);

      for (guint j = 0; j < rows->len; j++)
        if (has_happened (i, g_ptr_array_index (rows, j)))
          {
            const Recent recent = { date_of (i, g_ptr_array_index (rows, j), zone), g_ptr_array_index (rows, j), i };

            g_array_append_val (all, recent);
          }
    }
  g_array_sort (all, compare_latest_first);
  return all;
}

/* Two lines, so that the sentence has the whole width. */
static void
add_row (GtkWidget *rows, GxcDesk *desk, const Recent *recent)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *when;
  g_autofree char *date = gx_date_format (recent->date), *text = NULL, *more = NULL, *words = NULL;

  sources[recent->source].tell (desk, recent->record, &text, &more);
  words = g_strdup_printf ("%s, %s, %s", date, text, more);
  when = g_object_new (GTK_TYPE_LABEL, "label", date, "xalign", 0.0, "width-chars", 10, NULL);
  gtk_widget_add_css_class (when, "gx-dim");
  gtk_box_append (GTK_BOX (box), when);
  gtk_box_append (GTK_BOX (box), gxc_two_lines (text, more));
  gxc_rows_add (rows, box, words);
}

/**
 * gxc_customer_recent_add:
 * @rows: gets a row for each
 *
 * Returns: how many there are, at most @n_max
 */
guint
gxc_customer_recent_add (GtkWidget       *rows,
                         GxcCustomerFile *file,
                         guint            n_max)
{
  g_autoptr(GArray) all = collect (file);
  guint n = MIN (all->len, n_max);

  for (guint i = 0; i < n; i++)
    add_row (rows, gxc_customer_file_get_desk (file), &g_array_index (all, Recent, i));
  return n;
}
