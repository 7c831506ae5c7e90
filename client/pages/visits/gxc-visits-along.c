/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose documents go along on the laptop: the day's customers and whoever's come by themselves, each with what is here of him, and
 * whoever is searched for. Several are chosen, also from one search to the next, and taken along, or left behind if all of them are
 * taken along already. What is fetched meanwhile is told above; nobody has to wait for it. */

#include "gxc-visits-along.h"

#include <glib/gi18n.h>

#include "gxc-carry-words.h"
#include "gxc-format.h"
#include "gxc-keycap.h"
#include "gxc-page.h"
#include "gxc-visits-along-source.h"
#include "gxc-visits-choose.h"
#include "gxc-who-lines.h"

struct _GxcVisitsAlong
{
  GtkWidget   parent_instance;

  GtkWidget  *box;          /* (owned): the only child */
  GtkWidget  *title, *total;            /* (borrowed), as all below */
  GtkWidget  *progress, *bar, *bar_words;
  GtkWidget  *problem, *problem_words, *problem_button;
  GxcVisitsChoose choose;
  GxcDesk    *desk;         /* (owned) */
  GPtrArray  *stops;        /* (owned) (nullable): of the day */
  GPtrArray  *shown;        /* (owned) (nullable) of GxcAlong */
  GArray     *chosen;       /* (owned) of GxId, in the order of choosing */
  guint       news;         /* timer: what was fetched comes document by document */
};

G_DEFINE_FINAL_TYPE (GxcVisitsAlong, gxc_visits_along, GTK_TYPE_WIDGET)

#define NEWS_MS 300

static void refresh (GxcVisitsAlong *self);

/* --- what is chosen ----------------------------------------------------------------------------------------------- */

static int
chosen_index (GxcVisitsAlong *self, const GxId *customer_id)
{
  for (guint i = 0; i < self->chosen->len; i++)
    if (gx_id_equal (&g_array_index (self->chosen, GxId, i), customer_id))
      return (int) i;
  return -1;
}

/* All of them are taken along: then they can only be left behind. */
static gboolean
are_taken (GxcVisitsAlong *self)
{
  g_autoptr(GPtrArray) carried = gxc_desk_list_carried (self->desk, (const GxId *) (gpointer) self->chosen->data, self->chosen->len, NULL);
  g_autoptr(GHashTable) taken = g_hash_table_new (gx_id_hash, gx_id_equal);

  for (guint i = 0; carried && i < carried->len; i++)
    if (((const GxcCarried *) carried->pdata[i])->taken_at)
      g_hash_table_add (taken, &((GxcCarried *) carried->pdata[i])->customer_id);
  for (guint i = 0; i < self->chosen->len; i++)
    if (!g_hash_table_contains (taken, &g_array_index (self->chosen, GxId, i)))
      return FALSE;
  return self->chosen->len > 0;
}

static void
update_foot (GxcVisitsAlong *self)
{
  guint n = self->chosen->len;
  g_autofree char *number = g_strdup_printf (ngettext ("%u chosen", "%u chosen", n), n), *size = NULL, *words = NULL;
  GxcCarrySum sum;

  gxc_along_sum_of (self->desk, (const GxId *) (gpointer) self->chosen->data, n, &sum, NULL);
  size = gxc_format_size (sum.bytes - sum.bytes_here);
  words = n > 0 && sum.bytes > sum.bytes_here ? g_strdup_printf (_("%s · %s to fetch"), number, size) : g_strdup (number);
  gtk_label_set_text (GTK_LABEL (self->choose.words), words);
  gtk_widget_set_sensitive (self->choose.button, n > 0);
  gxc_button_set_label (self->choose.button, are_taken (self) ? _("Leave behind") : _("Take along"));
}

static void
on_toggled_cb (GxcVisitsAlong *self, GtkCheckButton *check)
{
  const GxId *id = g_object_get_data (G_OBJECT (check), "gxc-customer");
  int at = chosen_index (self, id);

  if (gtk_check_button_get_active (check) && at < 0)
    g_array_append_vals (self->chosen, id, 1);
  else if (!gtk_check_button_get_active (check) && at >= 0)
    g_array_remove_index (self->chosen, at);
  update_foot (self);
}

/** gxc_visits_along_choose: the @index-th of those that are shown */
void
gxc_visits_along_choose (GxcVisitsAlong *self,
                         guint           index,
                         gboolean        chosen)
{
  gxc_visits_choose_tick (&self->choose, index, chosen);
}

static void
untick_all (GxcVisitsAlong *self)
{
  g_array_set_size (self->chosen, 0);
  for (guint i = 0; self->shown && i < self->shown->len; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (gxc_visits_choose_check_at (&self->choose, (int) i)), FALSE);
  update_foot (self);
}

/* --- what is shown ------------------------------------------------------------------------------------------------ */

static void
set_row (GtkWidget *row, GxcDesk *desk, const GxcAlong *along)
{
  GtkWidget *check = gtk_widget_get_first_child (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));
  GtkWidget *lines = gtk_widget_get_next_sibling (check), *why = gtk_widget_get_next_sibling (lines);
  const char *reason = along->why != GXC_CARRY_NOT ? gxc_carry_why_words (along->why) : along->taken ? gxc_carry_why_words (GXC_CARRY_TAKEN) : "";
  g_autofree char *here = gxc_carry_dup_here (desk, &along->sum), *spoken = g_strdup_printf ("%s, %s, %s", along->who, here, reason);

  gtk_widget_set_sensitive (check, along->sum.n > along->sum.n_closed);     /* there is something to take */
  gxc_who_lines_set_what (lines, here);
  gtk_label_set_text (GTK_LABEL (why), reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
add_row (GxcVisitsAlong *self, const GxcAlong *along)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", box, NULL);
  GtkWidget *check = g_object_new (GTK_TYPE_CHECK_BUTTON, "valign", GTK_ALIGN_CENTER, "focusable", FALSE,
                                   "active", chosen_index (self, &along->customer_id) >= 0, NULL);
  GtkWidget *why = g_object_new (GTK_TYPE_LABEL, "valign", GTK_ALIGN_CENTER, NULL);

  g_object_set_data_full (G_OBJECT (check), "gxc-customer", gx_id_copy (&along->customer_id), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "gx-task-row");
  gtk_widget_add_css_class (why, "gx-caption");
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), gxc_who_lines_new (along->who, TRUE, " "));
  gtk_box_append (GTK_BOX (box), why);
  gtk_list_box_append (GTK_LIST_BOX (self->choose.list), row);
  set_row (row, self->desk, along);
}

static gboolean
shows_the_same (GPtrArray *before, GPtrArray *now)
{
  if (!before || before->len != now->len)
    return FALSE;
  for (guint i = 0; i < now->len; i++)
    if (!gx_id_equal (&((const GxcAlong *) before->pdata[i])->customer_id, &((const GxcAlong *) now->pdata[i])->customer_id))
      return FALSE;
  return TRUE;
}

/* Who stands in a row stays in it, with the focus, while his documents come. */
static void
show_rows (GxcVisitsAlong *self, GPtrArray *now)
{
  GtkListBoxRow *row;

  if (shows_the_same (self->shown, now))
    for (guint i = 0; i < now->len; i++)
      set_row (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->choose.list), (int) i)), self->desk, now->pdata[i]);
  else
    {
      while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->choose.list), 0)))
        gtk_list_box_remove (GTK_LIST_BOX (self->choose.list), GTK_WIDGET (row));
      for (guint i = 0; i < now->len; i++)
        add_row (self, now->pdata[i]);
    }
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_ptr_array_ref (now);
}

static void
show_progress (GxcVisitsAlong *self, const GxcCarrySum *wanted, gboolean stuck)
{
  guint n = wanted->n - wanted->n_left_out - wanted->n_refused;
  gint64 bytes = wanted->bytes - wanted->bytes_left_out;
  g_autofree char *here = gxc_format_size (wanted->bytes_here), *all = gxc_format_size (bytes);
  g_autofree char *words = g_strdup_printf (_("%u of %u documents are here · %s of %s"), wanted->n_here, n, here, all);

  gtk_widget_set_visible (self->progress, !stuck && wanted->n_here < n);
  gtk_label_set_text (GTK_LABEL (self->bar_words), words);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), (double) wanted->bytes_here / MAX (bytes, 1));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* A customer's row counts what another has too, the sum does not: without a word the rows would not add up to it. */
static char *
dup_total (GxcVisitsAlong *self, const GxcCarrySum *here)
{
  g_autofree char *total = gxc_carry_dup_total (self->desk, here);

  return here->n_again > 0 ? g_strdup_printf ("%s · %s", total, _("the same content is kept once")) : g_steal_pointer (&total);
}

static void
show_head (GxcVisitsAlong *self)
{
  GxcCarrySum wanted, here;
  const char *label, *action;
  g_autofree char *problem = NULL, *total = NULL;
  gboolean mild;

  gxc_along_sum (self->desk, &wanted, &here, NULL);
  problem = gxc_carry_dup_problem (self->desk, &wanted, &label, &action, &mild);
  total = dup_total (self, &here);
  gtk_label_set_text (GTK_LABEL (self->total), total);
  gtk_widget_set_visible (self->problem, problem != NULL);
  gtk_label_set_text (GTK_LABEL (self->problem_words), problem ? problem : "");
  gtk_widget_set_css_classes (self->problem_words, (const char *[]) { mild ? "gx-dim" : "gx-amber", NULL });
  gtk_widget_set_visible (self->problem_button, label != NULL);
  if (label)
    gtk_button_set_label (GTK_BUTTON (self->problem_button), label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->problem_button), action);
  show_progress (self, &wanted, problem && !mild);
}

static void
refresh (GxcVisitsAlong *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->choose.search));
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) now = self->stops ? gxc_along_read (self->desk, self->stops, text, &error) : NULL;
  g_autofree char *problem = error ? gxc_error_words (error) : NULL;

  if (!self->stops)
    return;
  if (now)
    show_rows (self, now);
  gtk_label_set_text (GTK_LABEL (self->choose.nothing), problem ? problem : *text ? _("Nobody on this desk is found by that.")
                                                 : _("No document comes by itself. Search for whom you want to take along."));
  show_head (self);
  update_foot (self);
}

/** gxc_visits_along_search: @text: empty: the day's customers and whoever's documents come by themselves */
void
gxc_visits_along_search (GxcVisitsAlong *self,
                         const char     *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->choose.search), text ? text : "");
  refresh (self);
}

/**
 * gxc_visits_along_open:
 * @stops: of GxRecord: the day's
 * @day: in words
 */
void
gxc_visits_along_open (GxcVisitsAlong *self,
                       GPtrArray      *stops,
                       const char     *day)
{
  g_autofree char *title = g_strdup_printf (_("Documents to take along, %s"), day);

  g_clear_pointer (&self->stops, g_ptr_array_unref);
  self->stops = g_ptr_array_ref (stops);
  g_array_set_size (self->chosen, 0);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gxc_visits_along_search (self, NULL);
  gtk_widget_grab_focus (self->choose.search);
}

/* --- doing it ----------------------------------------------------------------------------------------------------- */

static void
on_carried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcVisitsAlong) self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *problem = NULL;

  if (gxc_desk_finish (GXC_DESK (source), result, &error) || !gtk_widget_get_root (GTK_WIDGET (self)))
    return;
  problem = gxc_error_words (error);
  gxc_page_toast (GTK_WIDGET (self), problem);
}

/** gxc_visits_along_take: those that are chosen, or leaves them behind */
void
gxc_visits_along_take (GxcVisitsAlong *self)
{
  g_autoptr(GArray) chosen = g_array_copy (self->chosen);
  gboolean take = !are_taken (self);
  guint n = chosen->len;
  g_autofree char *words = take ? g_strdup_printf (ngettext ("%u customer is taken along", "%u customers are taken along", n), n)
                                : g_strdup_printf (ngettext ("%u customer is left behind", "%u customers are left behind", n), n);

  if (n == 0)
    return;
  untick_all (self);
  gxc_desk_carry (self->desk, chosen, take, on_carried_cb, g_object_ref (self));
  gxc_page_toast (GTK_WIDGET (self), words);
}

/* --- news --------------------------------------------------------------------------------------------------------- */

static gboolean
on_news_cb (gpointer data)
{
  GxcVisitsAlong *self = data;

  self->news = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  return G_SOURCE_REMOVE;
}

static void
refresh_soon (GxcVisitsAlong *self)
{
  if (!self->news && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->news = g_timeout_add (NEWS_MS, on_news_cb, self);
}

static void
on_changed_cb (GxcVisitsAlong *self, const char *entity)
{
  static const char * const shown[] = { "attachment", "customer", "pin", "task", "visit", NULL };

  if (g_strv_contains (shown, entity))
    refresh_soon (self);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
gxc_visits_along_dispose (GObject *object)
{
  GxcVisitsAlong *self = GXC_VISITS_ALONG (object);

  g_clear_handle_id (&self->news, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->stops, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->chosen, g_array_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_visits_along_parent_class)->dispose (object);
}

static gboolean
gxc_visits_along_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GXC_VISITS_ALONG (widget)->choose.search);
}

static void
gxc_visits_along_class_init (GxcVisitsAlongClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_visits_along_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = gxc_visits_along_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_problem (GxcVisitsAlong *self)
{
  self->problem = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->problem_words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  self->problem_button = g_object_new (GTK_TYPE_BUTTON, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (self->problem_words, "gx-amber");
  gtk_widget_add_css_class (self->problem_button, "gx-small");
  gtk_box_append (GTK_BOX (self->problem), self->problem_words);
  gtk_box_append (GTK_BOX (self->problem), self->problem_button);
  return self->problem;
}

static GtkWidget *
make_progress (GxcVisitsAlong *self)
{
  self->progress = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->bar_words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  self->bar = gtk_progress_bar_new ();
  gtk_widget_add_css_class (self->bar, "gx-progress");
  gtk_box_append (GTK_BOX (self->progress), self->bar_words);
  gtk_box_append (GTK_BOX (self->progress), self->bar);
  return self->progress;
}

static GtkWidget *
make_head (GxcVisitsAlong *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  self->total = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->title, "gx-strong");
  gtk_widget_add_css_class (self->total, "gx-caption");
  gtk_widget_add_css_class (head, "gx-card-head");
  gtk_box_append (GTK_BOX (lines), self->title);
  gtk_box_append (GTK_BOX (lines), self->total);
  gtk_box_append (GTK_BOX (head), lines);
  gtk_box_append (GTK_BOX (head), make_progress (self));
  gtk_box_append (GTK_BOX (head), make_problem (self));
  gtk_box_append (GTK_BOX (head), self->choose.search);
  return head;
}

static void
gxc_visits_along_init (GxcVisitsAlong *self)
{
  self->chosen = g_array_new (FALSE, FALSE, sizeof (GxId));
  gxc_visits_choose_make (&self->choose, &(GxcVisitsChooseNames) { _("Whom to take along"), _("Take along"), "visits.along-take", _("Back"), "visits.along-close" });
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), make_head (self));
  gtk_box_append (GTK_BOX (self->box), self->choose.scroller);
  gtk_box_append (GTK_BOX (self->box), self->choose.foot);
  gtk_widget_set_css_classes (self->box, (const char *[]) { "gx-card", "flush", NULL });
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->choose.search, "search-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
}

GtkWidget *
gxc_visits_along_new (GxcDesk *desk)
{
  GxcVisitsAlong *self = g_object_new (GXC_TYPE_VISITS_ALONG, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "status-changed", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "curtain-changed", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
