/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes that wait for a second person: the inbox and, of one request, everything needed to decide it. What is decided is
 * what was shown: the request is fetched fresh before it is shown, and the decision carries its digest. Keys: a approve,
 * n return, r reject; an entry takes its letters first. */

#include "gxc-reviews-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-change-request.h"
#include "gx-error.h"
#include "gxc-review-bar.h"
#include "gxc-review-bulk.h"
#include "gxc-review-detail.h"
#include "gxc-review-own.h"
#include "gxc-review-row.h"
#include "gxc-review-seen.h"
#include "gxc-review-words.h"
#include "gxc-widgets.h"

struct _GxcReviewsPage
{
  GxcPage          parent_instance;

  /* Template widgets */
  GtkWidget       *content;
  GtkWidget       *inbox;
  GtkWidget       *boxes;
  GtkListBox      *list;
  GtkWidget       *nothing;
  GtkStack        *detail;
  GtkWidget       *request_box;
  GtkWidget       *bulk_box;

  /* Borrowed References */
  GxcReviewDetail *shown;
  GxcReviewBar    *bar;
  GxcReviewOwn    *own;         /* in its place, of what oneself asked for */
  GxcReviewBulk   *bulk;
  GxcReviewBar    *bulk_bar;

  /* Owned References */
  GxRecord        *request;     /* (nullable): as fetched and shown */
  char            *verdict;     /* (nullable): under way */

  GxId             wanted;      /* to be shown as soon as it is listed; none: whatever there is */
  const char      *box;
  guint            generation;  /* of the list: an older answer is dropped */
  guint            changed;     /* idle */
  gboolean         busy;
};

G_DEFINE_FINAL_TYPE (GxcReviewsPage, gxc_reviews_page, GXC_TYPE_PAGE)

#define DECIDES (GX_CAN_DECIDE_1 | GX_CAN_DECIDE_2 | GX_CAN_DECIDE_ADMIN)

static const struct { const char *name, *label, *nothing; } inboxes[] = {
  { "to_check", N_("To decide"), N_("Nothing waits for you. What you may decide appears here by itself.") },
  { "mine", N_("Asked by me"), N_("You have asked for nothing yet. “Ask for a change” is on a customer's Record tab.") },
  { "done", NC_("reviews", "Decided"), N_("Nothing has been decided yet.") },
};

static GxcDesk *
desk_of (GxcReviewsPage *self)
{
  return gxc_page_get_desk (GXC_PAGE (self));
}

/* --- the request that is shown ------------------------------------------------------------------------------------ */

/* The server's word, once it was heard; until then what the roles let expect. */
static gboolean
may_decide (GxcReviewsPage *self, GxRecord *record)
{
  const GxChangeRequest *row = gx_record_get_data (record);
  const GxcPerson *person = gxc_desk_get_person (desk_of (self));
  const GxcReviewSeen *seen = gxc_review_seen_of (record);

  if (g_strcmp0 (row->state, "PENDING") != 0 || gx_id_equal (&row->maker_id, &person->employee_id))
    return FALSE;
  return seen ? seen->may_decide : (gx_role_capabilities (person->roles) & DECIDES) != 0;
}

static gboolean
is_own (GxcReviewsPage *self, GxRecord *record)
{
  return gx_id_equal (&((const GxChangeRequest *) gx_record_get_data (record))->maker_id, &gxc_desk_get_person (desk_of (self))->employee_id);
}

static void
show_request (GxcReviewsPage *self, GxRecord *record)
{
  gboolean own = is_own (self, record);

  g_set_object (&self->request, record);
  gxc_review_detail_show (self->shown, record);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), may_decide (self, record));
  gtk_widget_set_visible (GTK_WIDGET (self->own), own);
  if (own)
    gxc_review_own_show (self->own, record);
  gxc_review_bar_say (self->bar, NULL);
  gtk_stack_set_visible_child_name (self->detail, "request");
}

static void
show_nothing (GxcReviewsPage *self)
{
  g_clear_object (&self->request);      /* what is not shown cannot be decided */
  gtk_stack_set_visible_child_name (self->detail, "nothing");
}

static void
on_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcReviewsPage) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxRecord) record = gxc_desk_finish_record (GXC_DESK (source), result, &error);

  if (!self->request || !gxc_page_get_desk (GXC_PAGE (self)))
    return;
  /* without the server the list's copy stays; it can be read but not decided */
  if (record && gx_id_equal (gx_record_get_id (record), gx_record_get_id (self->request)))
    show_request (self, record);
  else if (!record)
    {
      g_autofree char *words = gxc_error_words (error);

      gxc_review_bar_say (self->bar, words);
    }
}

static GPtrArray *
list_chosen (GxcReviewsPage *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    if (gxc_review_row_get_chosen (GXC_REVIEW_ROW (row)))
      g_ptr_array_add (chosen, g_object_ref (gxc_review_row_get_request (GXC_REVIEW_ROW (row))));
  return chosen;
}

/* Whatever is chosen is what the bar is about: as long as anything is, no single request is shown. */
static void
on_row_selected_cb (GxcReviewsPage *self, GtkListBoxRow *row)
{
  GxRecord *record = row ? gxc_review_row_get_request (GXC_REVIEW_ROW (row)) : NULL;
  g_autoptr(GPtrArray) chosen = record ? list_chosen (self) : NULL;

  if (!record || chosen->len || gxc_review_bulk_is_running (self->bulk))
    return;
  gxc_review_bar_clear (self->bar);
  show_request (self, record);
  gxc_desk_fetch_review (desk_of (self), gx_record_get_id (record), on_fetched_cb, g_object_ref (self));
}

static void list_again (GxcReviewsPage *self, gboolean wanted);

/* Where the keys go on. Before the bar goes: the window would look for the next best, a toast's button, and the toast stays. */
static void
focus_list (GxcReviewsPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (!row)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_widget_grab_focus (row ? GTK_WIDGET (row) : gtk_widget_get_first_child (self->boxes));
}

static gboolean
has_list_focus (GxcReviewsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
}

/* --- deciding ----------------------------------------------------------------------------------------------------- */

static void
on_decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcReviewsPage) self = data;
  g_autoptr(GError) error = NULL;
  gboolean decided = gxc_desk_finish (GXC_DESK (source), result, &error);

  self->busy = FALSE;
  gxc_review_bar_set_busy (self->bar, FALSE);
  if (decided)
    {
      focus_list (self);
      gxc_page_toast (GTK_WIDGET (self), gxc_review_verdict_done (self->verdict));
      gxc_review_bar_clear (self->bar);
      show_nothing (self);
      list_again (self, TRUE);
    }
  else if (g_error_matches (error, GX_ERROR, GX_ERROR_STEP_UP))
    gxc_review_bar_ask_password (self->bar, self->verdict);
  else
    {
      g_autofree char *words = gxc_error_words (error);

      gxc_review_bar_say (self->bar, words);
    }
}

static void
decide (GxcReviewsPage *self, const char *verdict)
{
  if (!self->request || self->busy || !gtk_widget_get_visible (GTK_WIDGET (self->bar)) || !gxc_review_bar_check_note (self->bar, verdict))
    return;
  g_free (self->verdict);
  self->verdict = g_strdup (verdict);
  self->busy = TRUE;
  gxc_review_bar_set_busy (self->bar, TRUE);
  gxc_review_bar_say (self->bar, NULL);
  gxc_desk_decide (desk_of (self), self->request, verdict, gxc_review_bar_get_note (self->bar), gxc_review_bar_get_password (self->bar),
                   on_decided_cb, g_object_ref (self));
}

/* --- deciding several --------------------------------------------------------------------------------------------- */

static gboolean
is_bulk (GxcReviewsPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->detail), "several") == 0;
}

static void
on_chosen_cb (GxcReviewsPage *self)
{
  g_autoptr(GPtrArray) chosen = list_chosen (self);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (gxc_review_bulk_is_running (self->bulk))
    return;
  if (!chosen->len)
    {
      if (row)
        on_row_selected_cb (self, row);
      else
        show_nothing (self);
      return;
    }
  g_clear_object (&self->request);
  gxc_review_bulk_set (self->bulk, chosen);
  gxc_review_bar_clear (self->bulk_bar);
  gxc_review_bar_set_count (self->bulk_bar, chosen->len);
  gtk_widget_set_visible (GTK_WIDGET (self->bulk_bar), TRUE);
  gtk_stack_set_visible_child_name (self->detail, "several");
}

static void
decide_several (GxcReviewsPage *self, const char *verdict)
{
  guint done, failed, all = gxc_review_bulk_count (self->bulk, &done, &failed);

  if (gxc_review_bulk_is_running (self->bulk) || done + failed == all || !gxc_review_bar_check_note (self->bulk_bar, verdict))
    return;
  g_free (self->verdict);
  self->verdict = g_strdup (verdict);
  gxc_review_bar_say (self->bulk_bar, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), FALSE);
  gxc_review_bulk_run (self->bulk, verdict, gxc_review_bar_get_note (self->bulk_bar), gxc_review_bar_get_password (self->bulk_bar));
  if (gxc_review_bulk_is_running (self->bulk))
    gxc_review_bar_set_busy (self->bulk_bar, TRUE);
}

static void
on_bulk_step_up_cb (GxcReviewsPage *self)
{
  gxc_review_bar_set_busy (self->bulk_bar, FALSE);
  gxc_review_bar_ask_password (self->bulk_bar, self->verdict);
}

/* The results stay to be read until somebody goes to a request. */
static void
on_bulk_finished_cb (GxcReviewsPage *self)
{
  guint done, failed;
  g_autofree char *words = NULL;

  gxc_review_bulk_count (self->bulk, &done, &failed);
  words = failed ? g_strdup_printf (_("%u decided, %u not: the reasons are shown"), done, failed)
                 : g_strdup_printf (ngettext ("%u decided", "%u decided", done), done);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), TRUE);
  focus_list (self);
  gxc_page_toast (GTK_WIDGET (self), words);
  gxc_review_bar_set_busy (self->bulk_bar, FALSE);
  gxc_review_bar_clear (self->bulk_bar);
  gtk_widget_set_visible (GTK_WIDGET (self->bulk_bar), FALSE);
  list_again (self, TRUE);
}

static void
decide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (widget);
  const char *verdict = name + strlen ("reviews.");

  if (is_bulk (self))
    decide_several (self, verdict);
  else
    decide (self, verdict);
}

static void
choose_all (GxcReviewsPage *self, gboolean chosen)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    gxc_review_row_set_chosen (GXC_REVIEW_ROW (row), chosen);
}

static void
choose_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (widget);
  g_autoptr(GPtrArray) chosen = list_chosen (self);

  choose_all (self, gtk_list_box_get_row_at_index (self->list, chosen->len) != NULL);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  list_again (GXC_REVIEWS_PAGE (widget), TRUE);
}

static void
evidence_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (GXC_REVIEWS_PAGE (widget)->request)
    gxc_review_detail_look (GXC_REVIEWS_PAGE (widget)->shown);
}

static void
leave_bar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  focus_list (GXC_REVIEWS_PAGE (widget));
}

/* --- the inbox ---------------------------------------------------------------------------------------------------- */

static GtkListBoxRow *
fill_list (GxcReviewsPage *self, GPtrArray *records)
{
  GxId shown = !gx_id_is_none (&self->wanted) ? self->wanted : self->request ? *gx_record_get_id (self->request) : GX_ID_NONE;
  GtkListBoxRow *row, *same = NULL;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < records->len; i++)
    {
      GxRecord *record = g_ptr_array_index (records, i);
      GtkWidget *made = gxc_review_row_new (desk_of (self), record, may_decide (self, record));

      g_signal_connect_object (made, "chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, made);
      if (gx_id_equal (gx_record_get_id (record), &shown))
        same = GTK_LIST_BOX_ROW (made);
    }
  if (same)
    self->wanted = GX_ID_NONE;
  return same || !records->len ? same : gtk_list_box_get_row_at_index (self->list, 0);
}

static void
show_row (GxcReviewsPage *self, GtkListBoxRow *row)
{
  if (row)
    gtk_list_box_select_row (self->list, row);
  else
    show_nothing (self);
}

static void
update_state (GxcReviewsPage *self, GPtrArray *records)
{
  gboolean had_focus = has_list_focus (self);
  GtkListBoxRow *row = fill_list (self, records);
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%u request", "%u requests", records->len), records->len);

  for (guint i = 0; i < G_N_ELEMENTS (inboxes); i++)
    if (g_str_equal (inboxes[i].name, self->box))
      gtk_label_set_text (GTK_LABEL (self->nothing), records->len ? _("Choose a request to see what it changes") : _(inboxes[i].nothing));
  gxc_page_set_title (GXC_PAGE (self), _("Reviews"), subtitle);
  gxc_page_set_state (GXC_PAGE (self), GXC_PAGE_CONTENT);
  if (!is_bulk (self) || !gxc_review_bulk_has_results (self->bulk))
    show_row (self, row);
  if (had_focus)
    focus_list (self);      /* its row went with the old list */
}

/* What waits: by its clock; what is past: the latest first. */
static int
compare_requests (gconstpointer a, gconstpointer b, gpointer data)
{
  const GxChangeRequest *left = gx_record_get_data (*(GxRecord **) a), *right = gx_record_get_data (*(GxRecord **) b);
  gint64 due_left = left->due_at ? left->due_at : G_MAXINT64, due_right = right->due_at ? right->due_at : G_MAXINT64;

  if (g_str_equal (((GxcReviewsPage *) data)->box, "to_check") && due_left != due_right)
    return due_left < due_right ? -1 : 1;
  return left->submitted_at < right->submitted_at ? 1 : left->submitted_at > right->submitted_at ? -1 : 0;
}

/* Of one box, in its place: the others can still be read. */
static void
show_refusal (GxcReviewsPage *self, const GError *error)
{
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autofree char *words = gxc_error_words (error);

  update_state (self, none);
  gxc_page_set_title (GXC_PAGE (self), _("Reviews"), NULL);
  gtk_label_set_text (GTK_LABEL (self->nothing), words);
}

/* While somebody is choosing or writing a note, the list must not come anew under the hand. */
static gboolean
is_in_use (GxcReviewsPage *self)
{
  g_autoptr(GPtrArray) chosen = list_chosen (self);

  return chosen->len || self->busy || gxc_review_bulk_is_running (self->bulk) || *gxc_review_bar_get_note (self->bar)
         || gxc_review_own_is_in_use (self->own);
}

typedef struct { GxcReviewsPage *self; guint generation; gboolean wanted; } Listing;

static void
on_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Listing *listing = data;
  g_autoptr(GxcReviewsPage) self = listing->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = gxc_desk_finish_records (GXC_DESK (source), result, &error);

  if (listing->generation != self->generation || !gxc_page_get_desk (GXC_PAGE (self)) || (!listing->wanted && is_in_use (self)))
    return;
  if (records)
    {
      g_ptr_array_sort_with_data (records, compare_requests, self);
      update_state (self, records);
    }
  else
    show_refusal (self, error);
}

static void
list_again (GxcReviewsPage *self, gboolean wanted)
{
  Listing *listing = g_new (Listing, 1);

  *listing = (Listing) { g_object_ref (self), ++self->generation, wanted };
  gxc_desk_list_reviews (desk_of (self), self->box, on_listed_cb, listing);
}

/* What is chosen, typed or under way outlives an answer that nobody asked for. */
static void
refresh (GxcPage *page)
{
  list_again (GXC_REVIEWS_PAGE (page), FALSE);
}

static void
on_box_toggled_cb (GxcReviewsPage *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->box = g_object_get_data (G_OBJECT (button), "gxc-box");
  if (is_bulk (self))
    show_nothing (self);
  g_clear_object (&self->request);
  list_again (self, TRUE);
}

static gboolean
on_changed_idle_cb (gpointer data)
{
  GxcReviewsPage *self = data;

  self->changed = 0;
  refresh (GXC_PAGE (self));
  return G_SOURCE_REMOVE;
}

/* Names come with their own rows. After the page was taken away its list is gone, the page not yet. */
static void
on_changed_cb (GxcReviewsPage *self, const char *entity)
{
  static const char * const shown[] = { "change_request", "customer", "employee", "contact_point", "identifier", NULL };

  if (self->list && g_strv_contains (shown, entity) && !self->changed && !is_in_use (self))
    self->changed = g_idle_add (on_changed_idle_cb, self);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static const GxcKey *
get_keys (GxcPage *page, guint *out_n_keys)
{
  static const GxcKey keys[] = {
    { "a", NC_("keys", "Approve and sign") }, { "n", NC_("keys", "Return") }, { "r", NC_("keys", "Reject") },
    { "e", NC_("keys", "Look at the evidence") }, { "space", NC_("keys", "Choose, to decide several at once") }, { "<Ctrl>a", NC_("keys", "Choose all, or none") },
    { "<Alt>Up <Alt>Down", NC_("keys", "Previous, next request") },
  };

  *out_n_keys = G_N_ELEMENTS (keys);
  return keys;
}

/* First the choice is undone, then the page left. */
static gboolean
escape (GxcPage *page)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (page);
  g_autoptr(GPtrArray) chosen = list_chosen (self);

  if (!chosen->len || gxc_review_bulk_is_running (self->bulk))
    return gxc_review_detail_leave_paper (self->shown);
  choose_all (self, FALSE);
  return TRUE;
}

/* A request by its id: a notification leads to it, and the way back. */
static char *
dup_part (GxcPage *page)
{
  GxRecord *request = GXC_REVIEWS_PAGE (page)->request;

  return request ? gx_id_to_string (gx_record_get_id (request)) : NULL;
}

static gboolean
select_request (GxcReviewsPage *self, const GxId *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    if (gx_id_equal (gx_record_get_id (gxc_review_row_get_request (GXC_REVIEW_ROW (row))), id))
      {
        gtk_list_box_select_row (self->list, row);
        return TRUE;
      }
  return FALSE;
}

/* One that is not listed yet is looked for when the list comes. */
static gboolean
show_part (GxcPage *page, const char *part)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (page);
  GxId id;

  if (!gx_id_parse (part, &id))
    return FALSE;
  self->wanted = select_request (self, &id) ? GX_ID_NONE : id;
  return TRUE;
}

static gboolean
step (GxcPage *page, int by)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (page);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int at = row ? gtk_list_box_row_get_index (row) + by : 0;

  row = at >= 0 ? gtk_list_box_get_row_at_index (self->list, at) : NULL;
  if (row)
    gtk_list_box_select_row (self->list, row);
  return row != NULL;
}

static void
set_narrow (GxcPage *page, gboolean narrow)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (page);

  gtk_widget_set_size_request (self->inbox, narrow ? 248 : 272, -1);
  if (self->shown)
    gxc_review_detail_set_narrow (self->shown, narrow);
}

static void
append_boxes (GxcReviewsPage *self)
{
  gboolean decides = gx_role_capabilities (gxc_desk_get_person (desk_of (self))->roles) & DECIDES;
  GtkToggleButton *first = NULL;

  for (guint i = decides ? 0 : 1; i < G_N_ELEMENTS (inboxes); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (i == 2 ? g_dpgettext2 (NULL, "reviews", "Decided") : _(inboxes[i].label));

      g_object_set_data (G_OBJECT (button), "gxc-box", (gpointer) inboxes[i].name);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      gtk_box_append (GTK_BOX (self->boxes), button);
      if (!first)
        {
          first = GTK_TOGGLE_BUTTON (button);
          self->box = inboxes[i].name;
          gtk_toggle_button_set_active (first, TRUE);
        }
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_box_toggled_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
gxc_reviews_page_dispose (GObject *object)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (object);

  g_clear_handle_id (&self->changed, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), GXC_TYPE_REVIEWS_PAGE);
  g_clear_object (&self->request);
  g_clear_pointer (&self->verdict, g_free);
  G_OBJECT_CLASS (gxc_reviews_page_parent_class)->dispose (object);
}

static void
gxc_reviews_page_class_init (GxcReviewsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_reviews_page_dispose;
  GXC_PAGE_CLASS (klass)->refresh = refresh;
  GXC_PAGE_CLASS (klass)->escape = escape;
  GXC_PAGE_CLASS (klass)->step = step;
  GXC_PAGE_CLASS (klass)->dup_part = dup_part;
  GXC_PAGE_CLASS (klass)->show_part = show_part;
  GXC_PAGE_CLASS (klass)->set_narrow = set_narrow;
  GXC_PAGE_CLASS (klass)->get_keys = get_keys;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guanxi/Guanxi/pages/gxc-reviews-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, content);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, inbox);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, boxes);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, list);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, detail);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, request_box);
  gtk_widget_class_bind_template_child (widget_class, GxcReviewsPage, bulk_box);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected_cb);
  gtk_widget_class_install_action (widget_class, "reviews.approve", NULL, decide_action);
  gtk_widget_class_install_action (widget_class, "reviews.return", NULL, decide_action);
  gtk_widget_class_install_action (widget_class, "reviews.reject", NULL, decide_action);
  gtk_widget_class_install_action (widget_class, "reviews.choose-all", NULL, choose_all_action);
  gtk_widget_class_install_action (widget_class, "reviews.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "reviews.evidence", NULL, evidence_action);
  gtk_widget_class_install_action (widget_class, "reviews.leave-bar", NULL, leave_bar_action);
}

/* The keys, once, where the eye is. */
static void
append_hints (GxcReviewsPage *self)
{
  static const struct { const char *keys, *what; } hints[] = { { "↑ ↓", N_("move") }, { "Space", N_("choose") }, { "?", N_("keys") } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      gtk_box_append (GTK_BOX (box), gxc_keycap_new (hints[i].keys));
      gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", _(hints[i].what), "css-classes", (const char *[]) { "gx-caption", NULL },
                                                   "margin-end", 6, NULL));
    }
  gtk_widget_add_css_class (box, "gx-inbox-foot");
  gtk_box_append (GTK_BOX (self->inbox), box);
}

static void
add_several (GxcReviewsPage *self)
{
  self->bulk = GXC_REVIEW_BULK (gxc_review_bulk_new (desk_of (self)));
  self->bulk_bar = GXC_REVIEW_BAR (gxc_review_bar_new ());
  gtk_box_append (GTK_BOX (self->bulk_box), GTK_WIDGET (self->bulk));
  gtk_box_append (GTK_BOX (self->bulk_box), GTK_WIDGET (self->bulk_bar));
  g_signal_connect_object (self->bulk, "step-up", G_CALLBACK (on_bulk_step_up_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bulk, "finished", G_CALLBACK (on_bulk_finished_cb), self, G_CONNECT_SWAPPED);
}

static gboolean
on_key_cb (GtkWidget *widget, GVariant *arguments, gpointer action_name)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_activate_action (widget, action_name, NULL);
}

/* Wherever the focus is, or nowhere; an entry takes its letters first. */
static void
add_keys (GxcReviewsPage *self)
{
  static const struct { guint key; GdkModifierType modifiers; const char *action_name; } keys[] = {
    { GDK_KEY_a, 0, "reviews.approve" }, { GDK_KEY_n, 0, "reviews.return" }, { GDK_KEY_r, 0, "reviews.reject" },
    { GDK_KEY_a, GDK_CONTROL_MASK, "reviews.choose-all" }, { GDK_KEY_e, 0, "reviews.evidence" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                                                            gtk_callback_action_new (on_key_cb, (gpointer) keys[i].action_name, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
gxc_reviews_page_init (GxcReviewsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (self);
  gxc_page_set_content (GXC_PAGE (self), self->content);
  set_narrow (GXC_PAGE (self), FALSE);
}

GtkWidget *
gxc_reviews_page_new (GxcDesk *desk)
{
  GxcReviewsPage *self = g_object_new (GXC_TYPE_REVIEWS_PAGE, NULL);

  gxc_page_set_desk (GXC_PAGE (self), desk);
  self->shown = GXC_REVIEW_DETAIL (gxc_review_detail_new (desk));
  self->bar = GXC_REVIEW_BAR (gxc_review_bar_new ());
  gtk_box_append (GTK_BOX (self->request_box), GTK_WIDGET (self->shown));
  gtk_box_append (GTK_BOX (self->request_box), GTK_WIDGET (self->bar));
  self->own = GXC_REVIEW_OWN (gxc_review_own_new (desk));
  gtk_box_append (GTK_BOX (self->request_box), GTK_WIDGET (self->own));
  add_several (self);
  append_boxes (self);
  if (gx_role_capabilities (gxc_desk_get_person (desk)->roles) & DECIDES)
    append_hints (self);
  gxc_page_set_title (GXC_PAGE (self), _("Reviews"), NULL);
  gxc_page_set_state (GXC_PAGE (self), GXC_PAGE_LOADING);
  refresh (GXC_PAGE (self));
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
