/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes that wait for a second person: the inbox on the left, on the right one request or those that are chosen. The page
 * only holds them together: what is selected is shown, what was decided leaves the list, and the keys go on with the next
 * one. Keys: a approve, n return, r reject; an entry takes its letters first. */

#include "gxc-reviews-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gxc-review-inbox.h"
#include "gxc-review-nothing.h"
#include "gxc-review-one.h"
#include "gxc-review-several.h"

struct _GxcReviewsPage
{
  GxcPage           parent_instance;

  GxcReviewBox     *box;        /* (owned) */

  /* Borrowed References */
  GxcReviewInbox   *inbox;
  GxcReviewList    *list;
  GtkStack         *detail;     /* "nothing", "request", "several" */
  GtkWidget        *nothing;    /* says why there is nothing */
  GxcReviewOne     *one;
  GxcReviewSeveral *several;
};

G_DEFINE_FINAL_TYPE (GxcReviewsPage, gxc_reviews_page, GXC_TYPE_PAGE)

#define DECIDES (GX_CAN_DECIDE_1 | GX_CAN_DECIDE_2 | GX_CAN_DECIDE_ADMIN)

static gboolean
may (GxcReviewsPage *self, GxCapability capabilities)
{
  return (gx_role_capabilities (gxc_desk_get_person (gxc_page_get_desk (GXC_PAGE (self)))->roles) & capabilities) != 0;
}

/* --- what is shown on the right ----------------------------------------------------------------------------------- */

static gboolean
is_shown (GxcReviewsPage *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->detail), name) == 0;
}

static void
show_nothing (GxcReviewsPage *self, GtkWidget *why)
{
  gxc_review_one_clear (self->one);
  adw_bin_set_child (ADW_BIN (self->nothing), why);
  gtk_stack_set_visible_child_name (self->detail, "nothing");
}

/* Whatever is chosen is what the bar is about: as long as anything is, no single request is shown. */
static void
on_selected_cb (GxcReviewsPage *self)
{
  GxRecord *request = gxc_review_list_get_selected (self->list);
  g_autoptr(GPtrArray) chosen = gxc_review_list_dup_chosen (self->list);

  if (chosen->len || gxc_review_several_is_running (self->several))
    return;
  if (!request)
    {
      show_nothing (self, NULL);
      return;
    }
  gxc_review_one_show (self->one, request);
  gtk_stack_set_visible_child_name (self->detail, "request");
}

static void
on_chosen_cb (GxcReviewsPage *self)
{
  g_autoptr(GPtrArray) chosen = gxc_review_list_dup_chosen (self->list);

  if (gxc_review_several_is_running (self->several))
    return;
  if (!chosen->len)
    {
      if (!is_shown (self, "several") || !gxc_review_several_has_results (self->several))
        on_selected_cb (self);
      return;
    }
  gxc_review_one_clear (self->one);
  gxc_review_several_set (self->several, chosen);
  gtk_stack_set_visible_child_name (self->detail, "several");
}

static void
on_listed_cb (GxcReviewsPage *self, const GError *error)
{
  guint n = gxc_review_list_count (self->list);
  g_autofree char *subtitle = error ? NULL : g_strdup_printf (ngettext ("%u request", "%u requests", n), n);

  gxc_page_set_title (GXC_PAGE (self), _("Reviews"), subtitle);
  if (!n && error)
    show_nothing (self, gxc_review_refusal_new (error));
  else if (!n && !is_shown (self, "several"))
    show_nothing (self, gxc_review_empty_new (gxc_review_box_get_name (self->box), may (self, GX_CAN_READ_OWN | GX_CAN_READ_BRANCH)));
  gxc_page_set_state (GXC_PAGE (self), GXC_PAGE_CONTENT);
}

/* While somebody is choosing or writing a note, the list must not come anew under the hand. */
static gboolean
on_in_use_cb (GxcReviewsPage *self)
{
  g_autoptr(GPtrArray) chosen = gxc_review_list_dup_chosen (self->list);

  return chosen->len || gxc_review_several_is_running (self->several) || gxc_review_one_is_in_use (self->one);
}

/* --- deciding ----------------------------------------------------------------------------------------------------- */

/* The next one is shown. The keys go on with it before the bar goes: the window would look for the next best, a toast's
 * button, and the toast stays. */
static void
on_decided_cb (GxcReviewsPage *self, GxRecord *request)
{
  gxc_review_list_take_out (self->list, request);
  gxc_review_inbox_focus (self->inbox);
  gxc_review_box_read (self->box, FALSE);
}

static void
on_several_finished_cb (GxcReviewsPage *self)
{
  g_autoptr(GPtrArray) done = gxc_review_several_dup_done (self->several);

  gxc_page_set_busy (GTK_WIDGET (self->inbox), FALSE);
  gxc_review_list_unselect (self->list);
  for (guint i = 0; i < done->len; i++)
    gxc_review_list_take_out (self->list, g_ptr_array_index (done, i));
  gxc_review_list_choose_all (self->list, FALSE);
  gxc_review_several_offer_next (self->several, gxc_review_list_count (self->list) > 0);
  gxc_review_inbox_focus (self->inbox);
  gxc_review_box_read (self->box, FALSE);
}

static void
decide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (widget);
  const char *verdict = name + strlen ("reviews.");

  if (!is_shown (self, "several"))
    {
      gxc_review_one_decide (self->one, verdict);
      return;
    }
  gxc_review_several_decide (self->several, verdict);
  if (gxc_review_several_is_running (self->several))
    gxc_page_set_busy (GTK_WIDGET (self->inbox), TRUE);
}

static void
choose_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (widget);
  g_autoptr(GPtrArray) chosen = gxc_review_list_dup_chosen (self->list);

  gxc_review_list_choose_all (self->list, chosen->len < gxc_review_list_count (self->list));
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_review_box_read (GXC_REVIEWS_PAGE (widget)->box, TRUE);
}

static void
evidence_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_review_one_look (GXC_REVIEWS_PAGE (widget)->one);
}

static void
to_inbox_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_review_inbox_focus (GXC_REVIEWS_PAGE (widget)->inbox);
}

/* From the results to the next request; from the list into one's own. */
static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (widget);

  if (!is_shown (self, "request"))
    gxc_review_list_step (self->list, 0);
  else
    gxc_review_one_enter (self->one);
}

static void
own_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (widget);

  if (is_shown (self, "request"))
    gxc_review_one_act (self->one, g_str_has_suffix (name, "withdraw") ? "own.withdraw" : "own.again");
}

/* --- as a page ---------------------------------------------------------------------------------------------------- */

/* What is chosen, typed or under way outlives an answer that nobody asked for. */
static void
refresh (GxcPage *page)
{
  gxc_review_box_read (GXC_REVIEWS_PAGE (page)->box, FALSE);
}

static const GxcKey *
get_keys (GxcPage *page, guint *out_n_keys)
{
  static const GxcKey keys[] = {
    { "a", NC_("keys", "Approve and sign") }, { "n", NC_("keys", "Return") }, { "r", NC_("keys", "Reject") },
    { "e", NC_("keys", "Look at the evidence") }, { "space", NC_("keys", "Choose, to decide several at once") }, { "<Ctrl>a", NC_("keys", "Choose all, or none") },
    { "<Alt>Up <Alt>Down", NC_("keys", "Previous, next request") }, { "Return", NC_("keys", "Into one's own request") },
    { "<Ctrl>s", NC_("keys", "Ask again") }, { "w", NC_("keys", "Take one's own request back") },
    GXC_DATE_KEYS,
  };

  *out_n_keys = G_N_ELEMENTS (keys);
  return keys;
}

/* First the choice is undone, then the page left. */
static gboolean
escape (GxcPage *page)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (page);
  g_autoptr(GPtrArray) chosen = gxc_review_list_dup_chosen (self->list);

  if (!chosen->len || gxc_review_several_is_running (self->several))
    return gxc_review_one_leave_paper (self->one);
  gxc_review_list_choose_all (self->list, FALSE);
  return TRUE;
}

/* A request by its id: a notification leads to it, and the way back. */
static char *
dup_part (GxcPage *page)
{
  GxRecord *request = gxc_review_one_get_request (GXC_REVIEWS_PAGE (page)->one);

  return request ? gx_id_to_string (gx_record_get_id (request)) : NULL;
}

static gboolean
show_part (GxcPage *page, const char *part)
{
  GxId id;

  if (!gx_id_parse (part, &id))
    return FALSE;
  gxc_review_list_select (GXC_REVIEWS_PAGE (page)->list, &id);
  return TRUE;
}

static gboolean
step (GxcPage *page, int by)
{
  return gxc_review_list_step (GXC_REVIEWS_PAGE (page)->list, by);
}

static void
set_narrow (GxcPage *page, gboolean narrow)
{
  GxcReviewsPage *self = GXC_REVIEWS_PAGE (page);

  gxc_review_inbox_set_narrow (self->inbox, narrow);
  gxc_review_one_set_narrow (self->one, narrow);
  gxc_review_several_set_narrow (self->several, narrow);
}

/* Not on the boxes while the requests are on their way: the page takes the keys again when they are there. */
static gboolean
grab_focus (GtkWidget *widget)
{
  if (gxc_page_get_state (GXC_PAGE (widget)) != GXC_PAGE_CONTENT)
    return FALSE;
  gxc_review_inbox_focus (GXC_REVIEWS_PAGE (widget)->inbox);
  return TRUE;
}

static void
gxc_reviews_page_dispose (GObject *object)
{
  g_clear_object (&GXC_REVIEWS_PAGE (object)->box);
  G_OBJECT_CLASS (gxc_reviews_page_parent_class)->dispose (object);
}

static void
gxc_reviews_page_class_init (GxcReviewsPageClass *klass)
{
  static const struct { const char *name; GtkWidgetActionActivateFunc activate; } actions[] = {
    { "reviews.approve", decide_action }, { "reviews.return", decide_action }, { "reviews.reject", decide_action },
    { "reviews.choose-all", choose_all_action }, { "reviews.refresh", refresh_action }, { "reviews.evidence", evidence_action },
    { "reviews.to-inbox", to_inbox_action }, { "reviews.open", open_action }, { "reviews.again", own_action }, { "reviews.withdraw", own_action },
  };

  G_OBJECT_CLASS (klass)->dispose = gxc_reviews_page_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = grab_focus;
  GXC_PAGE_CLASS (klass)->refresh = refresh;
  GXC_PAGE_CLASS (klass)->escape = escape;
  GXC_PAGE_CLASS (klass)->step = step;
  GXC_PAGE_CLASS (klass)->dup_part = dup_part;
  GXC_PAGE_CLASS (klass)->show_part = show_part;
  GXC_PAGE_CLASS (klass)->set_narrow = set_narrow;
  GXC_PAGE_CLASS (klass)->get_keys = get_keys;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), actions[i].name, NULL, actions[i].activate);
}

static gboolean
on_key_cb (GtkWidget *widget, GVariant *arguments, gpointer action_name)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_activate_action (widget, action_name, NULL);
}

/* Wherever the focus is, or nowhere; an entry takes its letters first. */
static void
gxc_reviews_page_init (GxcReviewsPage *self)
{
  static const struct { guint key; GdkModifierType modifiers; const char *action_name; } keys[] = {
    { GDK_KEY_a, 0, "reviews.approve" }, { GDK_KEY_n, 0, "reviews.return" }, { GDK_KEY_r, 0, "reviews.reject" },
    { GDK_KEY_a, GDK_CONTROL_MASK, "reviews.choose-all" }, { GDK_KEY_e, 0, "reviews.evidence" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "reviews.again" }, { GDK_KEY_w, 0, "reviews.withdraw" },
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
connect_parts (GxcReviewsPage *self)
{
  g_signal_connect_object (self->box, "in-use", G_CALLBACK (on_in_use_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "selected", G_CALLBACK (on_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "listed", G_CALLBACK (on_listed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->one, "decided", G_CALLBACK (on_decided_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->several, "finished", G_CALLBACK (on_several_finished_cb), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
make_detail (GxcReviewsPage *self, GxcDesk *desk)
{
  self->nothing = adw_bin_new ();
  self->one = GXC_REVIEW_ONE (gxc_review_one_new (desk));
  self->several = GXC_REVIEW_SEVERAL (gxc_review_several_new (desk));
  self->detail = g_object_new (GTK_TYPE_STACK, "hexpand", TRUE, NULL);
  gtk_stack_add_named (self->detail, self->nothing, "nothing");
  gtk_stack_add_named (self->detail, GTK_WIDGET (self->one), "request");
  gtk_stack_add_named (self->detail, GTK_WIDGET (self->several), "several");
  return GTK_WIDGET (self->detail);
}

GtkWidget *
gxc_reviews_page_new (GxcDesk *desk)
{
  GxcReviewsPage *self = g_object_new (GXC_TYPE_REVIEWS_PAGE, NULL);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *detail = make_detail (self, desk);

  gxc_page_set_desk (GXC_PAGE (self), desk);
  self->box = gxc_review_box_new (desk);
  self->list = GXC_REVIEW_LIST (gxc_review_list_new (desk, self->box));
  connect_parts (self);
  self->inbox = GXC_REVIEW_INBOX (gxc_review_inbox_new (self->list, may (self, DECIDES)));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->inbox));
  gtk_box_append (GTK_BOX (content), detail);
  gxc_page_set_content (GXC_PAGE (self), content);
  gxc_page_set_title (GXC_PAGE (self), _("Reviews"), NULL);
  gxc_page_set_state (GXC_PAGE (self), GXC_PAGE_LOADING);
  set_narrow (GXC_PAGE (self), FALSE);
  return GTK_WIDGET (self);
}
