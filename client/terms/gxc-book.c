/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of a portfolio, as pages get them. How they are counted is gxc-portfolio's; this only names them. */

#include "gxc-book.h"

#include <glib/gi18n.h>

/** gxc_book_class_label: in the person's language */
const char *
gxc_book_class_label (GxcBookClass klass)
{
  static const char * const labels[GXC_BOOK_N_CLASSES] = {
    [GXC_BOOK_CURRENT] = N_("Current deposits"), [GXC_BOOK_TIME] = N_("Time deposits"), [GXC_BOOK_WEALTH] = N_("Wealth products"),
    [GXC_BOOK_FUND] = N_("Funds"), [GXC_BOOK_INSURANCE] = N_("Insurance"), [GXC_BOOK_OTHER] = N_("Other"),
  };

  return _(labels[klass]);
}

/** gxc_book_total: assets at the end of a month, of all classes, in minor units */
gint64
gxc_book_total (const GxcBook *book,
                guint          month)
{
  gint64 total = 0;

  for (guint i = 0; i < GXC_BOOK_N_CLASSES; i++)
    total += book->assets[month][i];
  return total;
}

/** gxc_book_copy: (transfer full) */
GxcBook *
gxc_book_copy (const GxcBook *book)
{
  GxcBook *copy = g_new (GxcBook, 1);

  *copy = *book;
  copy->ccy = g_strdup (book->ccy);
  return copy;
}

void
gxc_book_free (GxcBook *book)
{
  g_free (book->ccy);
  g_free (book);
}
