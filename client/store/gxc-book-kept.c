/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A portfolio's figures as they were last summed, so that a desk with a hundred thousand customers shows a book at its start
 * and not a second later. Never the truth: whoever reads it sums anew behind it (client/models). Numbers in one line of the
 * profile's memory; a line of another program's making is no book.
 */
#include "gxc-book-kept.h"

#include "gxc-meta.h"

#include <string.h>

#define MAKING "1"          /* another one when a member comes or goes */

typedef struct
{
  gsize offset, size;
  guint n;
} Numbers;

#define MEMBER(member, count) { offsetof (GxcBook, member), sizeof (((GxcBook *) NULL)->member) / (count), count }

static const Numbers numbers[] = {
  MEMBER (n_customers, 1), MEMBER (n_by_tier, GXC_BOOK_WORDS), MEMBER (n_by_stage, GXC_BOOK_WORDS), MEMBER (n_active, 1),
  MEMBER (month, GXC_BOOK_MONTHS), MEMBER (assets, GXC_BOOK_MONTHS * GXC_BOOK_N_CLASSES), MEMBER (debts, GXC_BOOK_MONTHS),
  MEMBER (net_inflow, GXC_BOOK_MONTHS), MEMBER (n_new, GXC_BOOK_MONTHS), MEMBER (n_cadence, 1), MEMBER (n_in_cadence, 1),
  MEMBER (n_masked, 1),
};

/* The members are of four bytes or of eight, and none of the short ones is ever negative. */
static gint64
get_number (const GxcBook *book,
            const Numbers *member,
            guint          i)
{
  const char *at = (const char *) book + member->offset + i * member->size;
  gint64 wide;
  gint32 narrow;

  if (member->size == sizeof wide)
    {
      memcpy (&wide, at, sizeof wide);
      return wide;
    }
  memcpy (&narrow, at, sizeof narrow);
  return narrow;
}

static void
set_number (GxcBook       *book,
            const Numbers *member,
            guint          i,
            gint64         value)
{
  char *at = (char *) book + member->offset + i * member->size;
  gint32 narrow = (gint32) value;

  if (member->size == sizeof value)
    memcpy (at, &value, sizeof value);
  else
    memcpy (at, &narrow, sizeof narrow);
}

/**
 * gxc_book_keep:
 *
 * In place of the one that was kept before.
 */
gboolean
gxc_book_keep (GxcStore       *store,
               const GxId     *employee,
               const GxcBook  *book,
               GError        **error)
{
  g_autoptr(GString) text = g_string_new (MAKING);

  g_string_append_printf (text, " %s %s", GX_ID_STR (employee), book->ccy);
  for (guint m = 0; m < G_N_ELEMENTS (numbers); m++)
    for (guint i = 0; i < numbers[m].n; i++)
      g_string_append_printf (text, " %" G_GINT64_FORMAT, get_number (book, &numbers[m], i));

  return gxc_meta_set (store, GXC_META_BOOK, text->str, error);
}

static GxcBook *
read_numbers (char **words)
{
  g_autoptr(GxcBook) book = g_new0 (GxcBook, 1);

  book->ccy = g_strdup (words[2]);
  words += 3;
  for (guint m = 0; m < G_N_ELEMENTS (numbers); m++)
    for (guint i = 0; i < numbers[m].n; i++)
      {
        if (*words == NULL)
          return NULL;
        set_number (book, &numbers[m], i, g_ascii_strtoll (*words++, NULL, 10));
      }

  return *words == NULL ? g_steal_pointer (&book) : NULL;
}

/**
 * gxc_book_dup_kept:
 *
 * Returns: (transfer full) (nullable): the figures as they were some time ago; %NULL if none of this person's are kept
 */
GxcBook *
gxc_book_dup_kept (GxDb       *db,
                   const GxId *employee)
{
  g_autofree char *text = gxc_meta_dup (db, GXC_META_BOOK);
  g_auto(GStrv) words = text != NULL ? g_strsplit (text, " ", -1) : NULL;

  if (words == NULL || g_strv_length (words) < 3 || !g_str_equal (words[0], MAKING) || !g_str_equal (words[1], GX_ID_STR (employee)))
    return NULL;

  return read_numbers (words);
}
