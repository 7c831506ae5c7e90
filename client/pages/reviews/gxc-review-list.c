/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a box: one is selected, several can be chosen. It reads nothing (the box does), and what is done with a request
 * is the page's. While rows come anew the one that was selected stays so; one that is taken out makes way for the next. */

#include "gxc-review-list.h"

#include <glib/gi18n.h>

#include "gxc-review-row.h"

struct _GxcReviewList
{
  AdwBin        parent_instance;

  GxcDesk      *desk;       /* (owned) */
  GxcReviewBox *box;        /* (owned) */

  /* Borrowed References */
  GtkStack     *stack;
  GtkListBox   *list;

  GxId          wanted;     /* to be selected as soon as it is listed; none: whatever there is */
  GxId          selected;   /* of the rows before these */
  int           resume;     /* row where the keys go on while none is selected */
  guint         loading;    /* timer: nothing shows for the first 100 ms */
  gboolean      rests;      /* nothing is selected until a person does it */
  gboolean      filling;
  gboolean      narrow;
};

G_DEFINE_FINAL_TYPE (GxcReviewList, gxc_review_list, ADW_TYPE_BIN)

enum { SELECTED, CHOSEN, LISTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GxRecord *
request_at (GxcReviewList *self, int index)
{
  GtkListBoxRow *row = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;

  return row ? gxc_review_row_get_request (GXC_REVIEW_ROW (row)) : NULL;
}

/** gxc_review_list_count: how many requests are listed */
guint
gxc_review_list_count (GxcReviewList *self)
{
  guint n = 0;

  while (request_at (self, n))
    n++;
  return n;
}

static GtkListBoxRow *
find_row (GxcReviewList *self, const GxId *id)
{
  GxRecord *request;

  for (int i = 0; (request = request_at (self, i)); i++)
    if (gx_id_equal (gx_record_get_id (request), id))
      return gtk_list_box_get_row_at_index (self->list, i);
  return NULL;
}

/* --- the rows ----------------------------------------------------------------------------------------------------- */

static void
on_row_chosen_cb (GxcReviewList *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHOSEN], 0);
}

static void
append_row (GxcReviewList *self, GxRecord *request)
{
  GtkWidget *row = gxc_review_row_new (self->desk, request);

  gxc_review_row_set_narrow (GXC_REVIEW_ROW (row), self->narrow);
  g_signal_connect_object (row, "chosen", G_CALLBACK (on_row_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
}

static void
empty_list (GxcReviewList *self)
{
  GtkListBoxRow *row;

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->filling = FALSE;
}

/* The one that was wanted or shown before, else the first. */
static void
select_again (GxcReviewList *self)
{
  GtkListBoxRow *row = find_row (self, gx_id_is_none (&self->wanted) ? &self->selected : &self->wanted);

  if (row)
    self->wanted = GX_ID_NONE;
  else
    row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row && !self->rests)
    gtk_list_box_select_row (self->list, row);
}

static gboolean
has_focus (GxcReviewList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
}

static void
on_read_cb (GxcReviewList *self, GPtrArray *requests, const GError *error)
{
  gboolean had_focus = has_focus (self);

  g_clear_handle_id (&self->loading, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, "list");
  empty_list (self);
  for (guint i = 0; requests && i < requests->len; i++)
    append_row (self, g_ptr_array_index (requests, i));
  select_again (self);
  g_signal_emit (self, signals[LISTED], 0, error);
  if (had_focus)
    gtk_widget_activate_action (GTK_WIDGET (self), "reviews.to-inbox", NULL);       /* its row went with the old ones */
}

static gboolean
on_loading_cb (gpointer data)
{
  GxcReviewList *self = data;

  self->loading = 0;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  return G_SOURCE_REMOVE;
}

/** gxc_review_list_open: a box; the rows of another are not shown under its name, however long the bank takes */
void
gxc_review_list_open (GxcReviewList *self,
                      const char    *box)
{
  self->rests = FALSE;
  self->selected = GX_ID_NONE;
  empty_list (self);
  if (!self->loading)
    self->loading = g_timeout_add (100, on_loading_cb, self);
  g_signal_emit (self, signals[SELECTED], 0);
  gxc_review_box_open (self->box, box);
}

/* --- selecting ---------------------------------------------------------------------------------------------------- */

static void
on_row_selected_cb (GxcReviewList *self, GtkListBoxRow *row)
{
  if (!row || self->filling)
    return;
  self->rests = FALSE;
  self->selected = *gx_record_get_id (gxc_review_row_get_request (GXC_REVIEW_ROW (row)));
  g_signal_emit (self, signals[SELECTED], 0);
}

/** gxc_review_list_get_selected: (transfer none) (nullable) */
GxRecord *
gxc_review_list_get_selected (GxcReviewList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row ? gxc_review_row_get_request (GXC_REVIEW_ROW (row)) : NULL;
}

/** gxc_review_list_unselect: until a person selects one; the keys go on where the first chosen or the selected one is */
void
gxc_review_list_unselect (GxcReviewList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  GxRecord *request;

  self->resume = row ? gtk_list_box_row_get_index (row) : 0;
  for (int i = 0; (request = request_at (self, i)); i++)
    if (gxc_review_row_get_chosen (GXC_REVIEW_ROW (gtk_list_box_get_row_at_index (self->list, i))))
      {
        self->resume = i;
        break;
      }
  self->rests = TRUE;
  gtk_list_box_unselect_all (self->list);
}

/** gxc_review_list_select: one that is not listed yet is selected when it is; whether it was listed */
gboolean
gxc_review_list_select (GxcReviewList *self,
                        const GxId    *id)
{
  GtkListBoxRow *row = find_row (self, id);

  self->rests = FALSE;
  self->wanted = row ? GX_ID_NONE : *id;
  if (row)
    gtk_list_box_select_row (self->list, row);
  return row != NULL;
}

/** gxc_review_list_step: the next (1) or the one before (-1), without one where the keys are; FALSE if there is none */
gboolean
gxc_review_list_step (GxcReviewList *self,
                      int            by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int at = row ? gtk_list_box_row_get_index (row) + by : MIN (self->resume, (int) gxc_review_list_count (self) - 1);

  row = at >= 0 ? gtk_list_box_get_row_at_index (self->list, at) : NULL;
  if (row)
    gtk_list_box_select_row (self->list, row);
  return row != NULL;
}

/** gxc_review_list_take_out: @request was decided here; the one after it takes its place */
void
gxc_review_list_take_out (GxcReviewList *self,
                          GxRecord      *request)
{
  GtkListBoxRow *row = find_row (self, gx_record_get_id (request)), *next = NULL;
  gboolean was_selected = row && row == gtk_list_box_get_selected_row (self->list);
  int at = row ? gtk_list_box_row_get_index (row) : -1;

  gxc_review_box_leave_out (self->box, request);
  if (!row)
    return;
  if (!(next = gtk_list_box_get_row_at_index (self->list, at + 1)) && at > 0)
    next = gtk_list_box_get_row_at_index (self->list, at - 1);
  self->filling = TRUE;
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->filling = FALSE;
  if (was_selected && next)
    gtk_list_box_select_row (self->list, next);
  g_signal_emit (self, signals[LISTED], 0, NULL);
}

/** gxc_review_list_focus: where the keys go on: the selected request, else one of those that are left; FALSE if there is none */
gboolean
gxc_review_list_focus (GxcReviewList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int n = gxc_review_list_count (self);

  if (!row && n)
    row = gtk_list_box_get_row_at_index (self->list, CLAMP (self->resume, 0, n - 1));
  return row && gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* --- choosing ----------------------------------------------------------------------------------------------------- */

/** gxc_review_list_dup_chosen: (transfer full) (element-type GxRecord) */
GPtrArray *
gxc_review_list_dup_chosen (GxcReviewList *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);
  GxRecord *request;

  for (int i = 0; (request = request_at (self, i)); i++)
    if (gxc_review_row_get_chosen (GXC_REVIEW_ROW (gtk_list_box_get_row_at_index (self->list, i))))
      g_ptr_array_add (chosen, g_object_ref (request));
  return chosen;
}

void
gxc_review_list_choose_all (GxcReviewList *self,
                            gboolean       chosen)
{
  GtkListBoxRow *row;

  self->filling = TRUE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    gxc_review_row_set_chosen (GXC_REVIEW_ROW (row), chosen);
  self->filling = FALSE;
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

/** gxc_review_list_set_narrow: a row's clock stands below its words, not beside them */
void
gxc_review_list_set_narrow (GxcReviewList *self,
                            gboolean       narrow)
{
  GtkListBoxRow *row;

  self->narrow = narrow;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    gxc_review_row_set_narrow (GXC_REVIEW_ROW (row), narrow);
}

static void
gxc_review_list_dispose (GObject *object)
{
  GxcReviewList *self = GXC_REVIEW_LIST (object);

  g_clear_handle_id (&self->loading, g_source_remove);
  if (self->box)
    g_object_run_dispose (G_OBJECT (self->box));        /* an answer under way holds it */
  g_clear_object (&self->box);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_review_list_parent_class)->dispose (object);
}

static void
gxc_review_list_class_init (GxcReviewListClass *klass)
{
  GType type = GXC_TYPE_REVIEW_LIST;

  G_OBJECT_CLASS (klass)->dispose = gxc_review_list_dispose;
  signals[SELECTED] = g_signal_new ("selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LISTED] = g_signal_new ("listed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

/* A row's own rhythm: what, whose, who. */
static GtkWidget *
make_bones (void)
{
  static const int widths[] = { 150, 110, 60 };
  GtkWidget *bones = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  for (guint i = 0; i < 4 * G_N_ELEMENTS (widths); i++)
    {
      GtkWidget *bone = g_object_new (GTK_TYPE_BOX, "width-request", widths[i % 3], "halign", GTK_ALIGN_START,
                                      "margin-top", i && i % 3 == 0 ? 18 : 0, NULL);

      gtk_widget_add_css_class (bone, "gx-bone");
      gtk_box_append (GTK_BOX (bones), bone);
    }
  gtk_widget_add_css_class (bones, "gx-page-body");
  return bones;
}

static void
gxc_review_list_init (GxcReviewList *self)
{
  GtkWidget *scrolled;

  self->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_SINGLE,
                             "css-classes", (const char *[]) { "gx-rows", "gx-requests", NULL }, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Requests"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (on_row_selected_cb), self, G_CONNECT_SWAPPED);
  scrolled = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, "child", self->list, NULL);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack, make_bones (), "loading");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/**
 * gxc_review_list_new:
 * @box: what is listed
 *
 * Emits "selected" (another, or none), "chosen" and "listed" (with the error, if there is one instead).
 */
GtkWidget *
gxc_review_list_new (GxcDesk      *desk,
                     GxcReviewBox *box)
{
  GxcReviewList *self = g_object_new (GXC_TYPE_REVIEW_LIST, NULL);

  self->desk = g_object_ref (desk);
  self->box = g_object_ref (box);
  g_signal_connect_object (box, "read", G_CALLBACK (on_read_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
