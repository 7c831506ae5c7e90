/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The requests of one box as the desk has them, in their order, read anew whenever rows change under them. It is no widget.
 * What was decided here is left out at once: the desk's own store hears of it only with the next sync, and what waits for
 * one more person waits for another one. */

#include "gxc-review-box.h"

#include "gx-change-request.h"

struct _GxcReviewBox
{
  GObject     parent_instance;

  GxcDesk    *desk;         /* (owned) */
  GHashTable *decided;      /* (owned): id → revision of what was decided here */
  const char *name;
  guint       generation;   /* an older answer is dropped */
  guint       changed;      /* idle */
};

G_DEFINE_FINAL_TYPE (GxcReviewBox, gxc_review_box, G_TYPE_OBJECT)

enum { READ, IN_USE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
gxc_review_box_dispose (GObject *object)
{
  GxcReviewBox *self = GXC_REVIEW_BOX (object);

  g_clear_handle_id (&self->changed, g_source_remove);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_review_box_parent_class)->dispose (object);
}

static void
gxc_review_box_finalize (GObject *object)
{
  g_hash_table_unref (GXC_REVIEW_BOX (object)->decided);
  G_OBJECT_CLASS (gxc_review_box_parent_class)->finalize (object);
}

static void
gxc_review_box_class_init (GxcReviewBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_review_box_dispose;
  G_OBJECT_CLASS (klass)->finalize = gxc_review_box_finalize;
  signals[READ] = g_signal_new ("read", GXC_TYPE_REVIEW_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_PTR_ARRAY, G_TYPE_ERROR);
  signals[IN_USE] = g_signal_new ("in-use", GXC_TYPE_REVIEW_BOX, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL,
                                  G_TYPE_BOOLEAN, 0);
}

static void
gxc_review_box_init (GxcReviewBox *self)
{
  self->decided = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, NULL);
}

/* --- what is left out, and the order ------------------------------------------------------------------------------- */

static gint64
rev_of (GxRecord *request)
{
  return ((const GxChangeRequest *) gx_record_get_data (request))->rev;
}

static gboolean
is_decided_here (GxcReviewBox *self, GxRecord *request)
{
  gpointer rev;

  return g_str_equal (self->name, "to_check") && g_hash_table_lookup_extended (self->decided, gx_record_get_id (request), NULL, &rev)
         && GPOINTER_TO_INT (rev) == rev_of (request);
}

/* What waits: by its clock; what is past: the latest first. */
static int
compare_requests (gconstpointer a, gconstpointer b, gpointer data)
{
  const GxChangeRequest *left = gx_record_get_data (*(GxRecord **) a), *right = gx_record_get_data (*(GxRecord **) b);
  gint64 due_left = left->due_at ? left->due_at : G_MAXINT64, due_right = right->due_at ? right->due_at : G_MAXINT64;

  if (g_str_equal (((GxcReviewBox *) data)->name, "to_check") && due_left != due_right)
    return due_left < due_right ? -1 : 1;
  return left->submitted_at < right->submitted_at ? 1 : left->submitted_at > right->submitted_at ? -1 : 0;
}

static GPtrArray *
put_in_order (GxcReviewBox *self, GPtrArray *records)
{
  GPtrArray *ordered = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < records->len; i++)
    if (!is_decided_here (self, g_ptr_array_index (records, i)))
      g_ptr_array_add (ordered, g_object_ref (g_ptr_array_index (records, i)));
  g_ptr_array_sort_with_data (ordered, compare_requests, self);
  return ordered;
}

/* --- reading ------------------------------------------------------------------------------------------------------- */

typedef struct { GxcReviewBox *self; guint generation; gboolean wanted; } Reading;

static void
on_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Reading *reading = data;
  g_autoptr(GxcReviewBox) self = reading->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = gxc_desk_finish_records (GXC_DESK (source), result, &error), ordered = NULL;
  gboolean in_use = FALSE;

  if (reading->generation != self->generation || !self->desk)
    return;
  if (!reading->wanted)
    g_signal_emit (self, signals[IN_USE], 0, &in_use);
  if (in_use)
    return;
  ordered = records ? put_in_order (self, records) : NULL;
  g_signal_emit (self, signals[READ], 0, ordered, error);
}

/** gxc_review_box_read: anew; unless it is @wanted, nothing is told while what was told is in use */
void
gxc_review_box_read (GxcReviewBox *self,
                     gboolean      wanted)
{
  Reading *reading = g_new (Reading, 1);

  *reading = (Reading) { g_object_ref (self), ++self->generation, wanted };
  gxc_desk_list_reviews (self->desk, self->name, on_listed_cb, reading);
}

static gboolean
on_changed_idle_cb (gpointer data)
{
  GxcReviewBox *self = data;

  self->changed = 0;
  gxc_review_box_read (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* Names come with their own rows. */
static void
on_changed_cb (GxcReviewBox *self, const char *entity)
{
  static const char * const shown[] = { "change_request", "customer", "employee", "contact_point", "identifier", NULL };

  if (self->desk && g_strv_contains (shown, entity) && !self->changed)
    self->changed = g_idle_add (on_changed_idle_cb, self);
}

/**
 * gxc_review_box_new:
 *
 * Reads nothing before it is opened. Emits "read" (requests or an error), and before an answer that nobody asked for
 * "in-use", to which TRUE drops it.
 */
GxcReviewBox *
gxc_review_box_new (GxcDesk *desk)
{
  GxcReviewBox *self = g_object_new (GXC_TYPE_REVIEW_BOX, NULL);

  self->desk = g_object_ref (desk);
  self->name = "to_check";
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/** gxc_review_box_open: @name (static): "to_check", "mine" or "done"; it is read */
void
gxc_review_box_open (GxcReviewBox *self,
                     const char   *name)
{
  self->name = name;
  gxc_review_box_read (self, TRUE);
}

const char *
gxc_review_box_get_name (GxcReviewBox *self)
{
  return self->name;
}

/** gxc_review_box_leave_out: @request was decided here; in another revision it comes back */
void
gxc_review_box_leave_out (GxcReviewBox *self,
                          GxRecord     *request)
{
  g_hash_table_insert (self->decided, gx_id_copy (gx_record_get_id (request)), GINT_TO_POINTER ((int) rev_of (request)));
}
