/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The portfolio in figures, as Today asks for it. An ordinary book is summed while the page waits (500 customers: some
 * milliseconds). A large one is answered from the last sums, kept from start to start, and summed anew behind the page, on a
 * thread and a connection of its own; when the new sums are there, "changed" says "book". Before each customer has its
 * figures there are no sums.
 */
#include "gxc-core-desk-private.h"

#include "gx-customer.h"
#include "gxc-book-kept.h"
#include "gxc-digest-entity.h"
#include "gxc-digest.h"
#include "gxc-list.h"
#include "gxc-portfolio.h"

#define AT_ONCE   2000      /* customers that are summed while the page waits */
#define SUM_AFTER 250       /* ms: the page is painted first, with both processors */

typedef struct
{
  GxcStore *store;          /* borrowed: outlives the threads */
  GxId      employee;
  gint32    today;
  GxcBook  *book;           /* (nullable) */
} Sum;

static void
sum_free (gpointer data)
{
  Sum *sum = data;

  g_clear_pointer (&sum->book, gxc_book_free);
  g_free (sum);
}

static gboolean
keep_here (GxcStore *store, gpointer data, GError **error)
{
  Sum *sum = data;

  return gxc_book_keep (store, &sum->employee, sum->book, error);
}

/* For the next start; that it could not be kept costs that start a second, and nothing else. */
static void
keep (GxcCoreDesk *self)
{
  Sum *sum = g_new0 (Sum, 1);

  sum->employee = self->book.employee;
  sum->book = gxc_book_copy (self->book.last);
  gxc_store_call_async (gxc_context_get_store (self->context), keep_here, sum, sum_free, NULL, NULL, NULL);
}

static void
remember (GxcCoreDesk *self, const GxcBook *book, const GxId *employee, gint32 today)
{
  g_clear_pointer (&self->book.last, gxc_book_free);
  if (book->n_customers <= AT_ONCE)
    return;
  self->book.last = gxc_book_copy (book);
  self->book.employee = *employee;
  self->book.day = today;
  keep (self);
}

/* --- behind the page ---------------------------------------------------------------------------------------------- */

static void
sum_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Sum *sum = data;
  GError *error = NULL;
  GxDb *reader = gxc_store_open_reader (sum->store, &error);

  if (reader)
    sum->book = gxc_portfolio_read (reader, &sum->employee, sum->today, &error);
  g_clear_pointer (&reader, gx_db_close);
  gxc_call_return (task, sum->book != NULL, error);
}

static void
on_summed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GxcCoreDesk *self = GXC_CORE_DESK (source);
  Sum *sum = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;

  self->book.summing = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_warning ("the portfolio's figures are of some time ago: %s", error->message);
      return;
    }
  remember (self, sum->book, &sum->employee, sum->today);
  gxc_desk_emit_changed (GXC_DESK (self), "book");
}

static gboolean
on_sum_cb (gpointer data)
{
  GxcCoreDesk *self = data;
  Sum *sum = g_new0 (Sum, 1);

  self->book.wait = 0;
  self->book.summing = TRUE;
  self->book.stale = FALSE;       /* what changes from now on makes it so again */
  sum->store = gxc_context_get_store (self->context);
  sum->employee = self->book.employee;
  sum->today = gxc_desk_get_today (GXC_DESK (self));
  gxc_call_run_data (g_task_new (self, NULL, on_summed_cb, NULL), sum, sum_free, sum_thread);
  return G_SOURCE_REMOVE;
}

static void
sum_behind (GxcCoreDesk *self)
{
  if (!self->book.summing && !self->book.wait)
    self->book.wait = g_timeout_add_full (G_PRIORITY_LOW, SUM_AFTER, on_sum_cb, self, NULL);
}

/* --- the answer --------------------------------------------------------------------------------------------------- */

static GxcBook *
sum_now (GxcCoreDesk *self, const GxId *employee, gint32 today, GError **error)
{
  GxcBook *book = gxc_portfolio_read (self->reader, employee, today, error);

  if (book)
    {
      self->book.stale = FALSE;
      remember (self, book, employee, today);
    }
  return book;
}

/* Sums of the customers whose figures are made already would be wrong ones, and were they kept, for long. */
static GxcBook *
count_only (GxcCoreDesk *self, GError **error)
{
  const GxcListQuery all = { .entity = &gx_customer_entity };
  gint64 n = gxc_list_count (self->reader, &all, error);
  GxcBook *book = n < 0 ? NULL : g_new0 (GxcBook, 1);

  if (book)
    {
      book->ccy = g_strdup ("CNY");
      book->n_customers = (guint) n;
    }
  return book;
}

static void
recall (GxcCoreDesk *self, const GxId *employee)
{
  if (self->book.last && !gx_id_equal (&self->book.employee, employee))
    g_clear_pointer (&self->book.last, gxc_book_free);
  if (self->book.last || self->book.recalled)
    return;
  self->book.recalled = self->book.stale = TRUE;
  self->book.last = gxc_book_dup_kept (self->reader, employee);
  self->book.employee = *employee;
}

static GxcBook *
book (GxcDesk *desk, GError **error)
{
  GxcCoreDesk *self = GXC_CORE_DESK (desk);
  const GxId employee = self->person.employee_id;
  gint32 today = gxc_desk_get_today (desk);

  if (!gxc_core_desk_may_show (self, error))
    return NULL;
  if (!gxc_digest_is_complete (self->reader))
    return count_only (self, error);
  recall (self, &employee);
  if (!self->book.last)
    return sum_now (self, &employee, today, error);
  if (self->book.stale || self->book.day != today)
    sum_behind (self);
  return gxc_book_copy (self->book.last);
}

/** gxc_core_desk_note_book: rows of these entities changed */
void
gxc_core_desk_note_book (GxcCoreDesk *self, guint64 entities)
{
  const guint64 behind = (G_GUINT64_CONSTANT (1) << gx_customer_entity.number) | (G_GUINT64_CONSTANT (1) << gxc_digest_entity ()->number);

  if (entities & behind)
    self->book.stale = TRUE;
}

void
gxc_core_desk_clear_book (GxcCoreDesk *self)
{
  g_clear_handle_id (&self->book.wait, g_source_remove);
  g_clear_pointer (&self->book.last, gxc_book_free);
}

void
gxc_core_desk_init_book (GxcDeskInterface *iface)
{
  iface->book = book;
}
