/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card "Visits today": one's stops in their order, from when, whom, for what, and how each stands. Enter opens the visit
 * on its page. It shows rows of visits; tasks that ask for one are lines of the list. */

#include "gxc-today-visits.h"

#include <glib/gi18n.h>

#include "gxc-calendar.h"
#include "gxc-look.h"
#include "gxc-today-cards.h"
#include "gxc-visit-day.h"
#include "gxc-who-lines.h"

#define TIME_WIDTH 44        /* px at 100 % text */

static const GxVisit *
visit_at (GPtrArray *stops, guint i)
{
  return gx_record_get_data (stops->pdata[i]);
}

/* The stop that one is at, else the first that is still to be made; as many as there are if all is done. */
static guint
find_next (GPtrArray *stops)
{
  guint next = stops->len;

  for (guint i = 0; i < stops->len; i++)
    if (visit_at (stops, i)->status == GX_VISIT_CHECKED_IN)
      return i;
    else if (visit_at (stops, i)->status == GX_VISIT_PLANNED)
      next = MIN (next, i);
  return next;
}

/* A chip for the next one, for what is late and for what is over; the others only say it. */
static GtkWidget *
make_state (GxcDesk *desk, const GxVisit *visit, gboolean next, const char *words)
{
  GxcState state = gxc_visit_state (desk, visit);
  GtkWidget *label;

  if (state != GXC_STATE_PLAIN || next)
    return gxc_state_chip_new (state == GXC_STATE_PLAIN ? GXC_STATE_INFO : state, words);
  label = gtk_label_new (words);
  gtk_widget_add_css_class (label, "gx-caption");
  return label;
}

static void
add_visit (GtkWidget *card, GxcDesk *desk, const GxVisit *visit, gboolean next)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *time;
  g_autofree char *until = NULL, *from = gxc_visit_dup_plan (visit, &until), *what = gxc_visit_dup_line (visit);
  g_autofree char *who = gxc_desk_dup_customer (desk, &visit->customer_id), *state = gxc_visit_dup_when (desk, visit);
  g_autofree char *words = g_strdup_printf ("%s\u2013%s, %s, %s, %s", from, until, who, what, state);
  GtkWidget *lines = gxc_who_lines_new (who, next, what);

  time = g_object_new (GTK_TYPE_LABEL, "label", from, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (time, next ? "gx-strong" : "gx-dim");
  gtk_widget_set_size_request (time, TIME_WIDTH * gxc_look_scale (line), -1);
  gtk_box_append (GTK_BOX (line), time);
  gxc_who_lines_append (lines, make_state (desk, visit, next, state));
  gtk_box_append (GTK_BOX (line), lines);
  gxc_today_card_append (card, line, words, "win.show-page", g_strdup_printf ("visits#%s", GX_ID_STR (&visit->meta.id)));
}

/* (transfer full): "3 visits · 1 late · 1 to come" */
static char *
dup_caption (GxcDesk *desk, GPtrArray *stops)
{
  GString *words = g_string_new (NULL);
  guint begun = 0, late = 0, ahead = 0;

  for (guint i = 0; i < stops->len; i++)
    if (visit_at (stops, i)->status == GX_VISIT_CHECKED_IN)
      begun++;
    else if (gxc_visit_is_late (desk, visit_at (stops, i)))
      late++;
    else if (visit_at (stops, i)->status == GX_VISIT_PLANNED)
      ahead++;
  g_string_append_printf (words, ngettext ("%u visit", "%u visits", stops->len), stops->len);
  if (begun)
    g_string_append_printf (words, ngettext (" · %u under way", " · %u under way", begun), begun);
  if (late)
    g_string_append_printf (words, ngettext (" · %u late", " · %u late", late), late);
  if (ahead)
    g_string_append_printf (words, ngettext (" · %u to come", " · %u to come", ahead), ahead);
  if (begun + late + ahead == 0)
    g_string_append (words, _(" · all over"));
  return g_string_free (words, FALSE);
}

GtkWidget *
gxc_today_visits_new (void)
{
  return gxc_today_card_new (_("Visits today"), gxc_today_open_button ("visits", _("Open the visits")));
}

/** gxc_today_visits_show: reads the day's visits; without any there is no card */
gboolean
gxc_today_visits_show (GtkWidget  *card,
                       GxcDesk    *desk,
                       GError    **error)
{
  g_autoptr(GPtrArray) stops = gxc_visits_read_day (desk, gxc_local_today (desk), error);
  g_autofree char *words = stops ? dup_caption (desk, stops) : NULL;
  guint next;

  if (!stops)
    return FALSE;
  next = find_next (stops);
  gxc_today_card_clear (card);
  for (guint i = 0; i < stops->len; i++)
    add_visit (card, desk, visit_at (stops, i), i == next);
  gxc_today_card_set_caption (card, words);
  gtk_widget_set_visible (card, stops->len > 0);
  return TRUE;
}
