/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words by which a customer is found: the name character by character, its pinyin and initials from every syllable
 * on, the customer number, and the contacts with their last four digits.
 *
 * The readings come from the server's name_pinyin: asking ICU again for 100,000 names would take seconds. Words are made
 * once at the end of the transaction for each customer that it touched; during a first load not at all, then in bulk.
 */
#include "gxc-search.h"

#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-text.h"
#include "gxc-store-private.h"

#include <string.h>

#define SYLLABLES_MAX 16            /* from which a search may start */
#define TAIL 4                      /* digits of a telephone that are a word of their own */

void
gxc_search_state_clear (GxcSearchState *state)
{
  g_clear_pointer (&state->dirty, g_hash_table_unref);
}

static void
mark (GxcStore   *store,
      const GxId *customer_id)
{
  GxcSearchState *state = gxc_store_get_search (store);

  if (state->dirty == NULL)
    state->dirty = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, NULL);
  if (!g_hash_table_contains (state->dirty, customer_id))
    g_hash_table_add (state->dirty, gx_id_copy (customer_id));
}

static gboolean
forget_words (GxDb        *db,
              const GxId  *customer_id,
              GError     **error)
{
  return gx_db_run (db, error, "DELETE FROM name_fts WHERE rowid=(SELECT n FROM name_row WHERE customer_id=?)", "u", customer_id)
         && gx_db_run (db, error, "DELETE FROM name_row WHERE customer_id=?", "u", customer_id);
}

/**
 * gxc_search_touch:
 *
 * A row was written; whoever is found by it gets new words at gxc_search_flush().
 */
gboolean
gxc_search_touch (GxcStore        *store,
                  const GxEntity  *entity,
                  gconstpointer    data,
                  GError         **error)
{
  if (entity == &gx_customer_entity)
    mark (store, &((const GxMeta *) data)->id);
  else if (entity == &gx_contact_point_entity)
    mark (store, &((const GxContactPoint *) data)->customer_id);

  return TRUE;
}

/**
 * gxc_search_forget:
 *
 * A row was removed. A removed contact's words go with the customer's next change.
 */
gboolean
gxc_search_forget (GxcStore        *store,
                   const GxEntity  *entity,
                   const GxId      *id,
                   GError         **error)
{
  if (entity != &gx_customer_entity)
    return TRUE;
  mark (store, id);

  return TRUE;
}

static void
add_word (GString    *keys,
          const char *word,
          gssize      length)
{
  if (keys->len > 0)
    g_string_append_c (keys, ' ');
  g_string_append_len (keys, word, length);
}

/* "zhang san feng": zhangsanfeng sanfeng feng zsf sf f */
static void
add_readings (GString    *keys,
              const char *pinyin)
{
  g_auto(GStrv) syllables = g_strsplit (pinyin, " ", -1);
  guint n = g_strv_length (syllables);

  for (guint from = 0; from < MIN (n, SYLLABLES_MAX); from++)
    {
      add_word (keys, "", 0);
      for (guint i = from; i < n; i++)
        g_string_append (keys, syllables[i]);
      add_word (keys, "", 0);
      for (guint i = from; i < n; i++)
        g_string_append_unichar (keys, g_utf8_get_char (syllables[i]));
    }
}

static gboolean
add_contacts (GxDb        *db,
              GString     *keys,
              const GxId  *customer_id,
              GError     **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT value FROM contact_point WHERE customer_id=? AND value IS NOT NULL", "u", customer_id);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (gx_statement_next (statement, &local))
    {
      const char *value = gx_statement_get_text (statement, 0);
      g_autofree char *words = gx_text_split (value);
      glong length = g_utf8_strlen (value, -1);

      add_word (keys, words, -1);
      if (length > TAIL)
        {
          g_autofree char *tail = gx_text_split (g_utf8_offset_to_pointer (value, length - TAIL));

          add_word (keys, tail, -1);
        }
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
write_words (GxDb        *db,
             const GxId  *customer_id,
             const char  *name,
             const char  *pinyin,
             const char  *cif_no,
             GError     **error)
{
  g_autoptr(GString) keys = g_string_sized_new (128);
  g_autofree char *split = gx_text_split (name != NULL ? name : "");

  if (pinyin != NULL)
    add_readings (keys, pinyin);
  if (cif_no != NULL)
    add_word (keys, cif_no, -1);

  return add_contacts (db, keys, customer_id, error)
         && gx_db_run (db, error, "INSERT INTO name_row(customer_id) VALUES(?)", "u", customer_id)
         && gx_db_run (db, error, "INSERT INTO name_fts(rowid, name, keys) SELECT n, ?, ? FROM name_row WHERE customer_id=?", "ttu",
                       split, keys->str, customer_id);
}

static gboolean
refresh_words (GxDb        *db,
               const GxId  *customer_id,
               GError     **error)
{
  g_autofree char *name = NULL, *pinyin = NULL, *cif_no = NULL;

  {
    g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT name, name_pinyin, cif_no FROM customer WHERE id=?", "u",
                                                    customer_id);
    GError *local = NULL;

    if (statement == NULL)
      return FALSE;
    if (!gx_statement_next (statement, &local))
      {
        if (local == NULL)
          return forget_words (db, customer_id, error);
        g_propagate_error (error, local);
        return FALSE;
      }
    name = g_strdup (gx_statement_get_text (statement, 0));
    pinyin = g_strdup (gx_statement_get_text (statement, 1));
    cif_no = g_strdup (gx_statement_get_text (statement, 2));
  }

  return forget_words (db, customer_id, error) && write_words (db, customer_id, name, pinyin, cif_no, error);
}

/**
 * gxc_search_flush:
 *
 * Makes the words of the customers touched since the last flush; before the transaction's commit.
 */
gboolean
gxc_search_flush (GxcStore  *store,
                  GError   **error)
{
  GxcSearchState *state = gxc_store_get_search (store);
  GHashTableIter iter;
  gpointer id;

  if (state->dirty == NULL)
    return TRUE;

  g_hash_table_iter_init (&iter, state->dirty);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!(state->deferred ? forget_words : refresh_words) (gxc_store_get_db (store), id, error))
      return FALSE;
  g_hash_table_remove_all (state->dirty);

  return TRUE;
}

/**
 * gxc_search_defer:
 *
 * While deferred, customers that are touched lose their words; gxc_search_catch_up() makes them in bulk afterwards.
 */
void
gxc_search_defer (GxcStore *store,
                  gboolean  defer)
{
  gxc_store_get_search (store)->deferred = defer;
}

typedef struct
{
  GxId  id;
  char *name, *pinyin, *cif_no;     /* (nullable) */
} Wordless;

static void
wordless_clear (gpointer item)
{
  Wordless *customer = item;

  g_free (customer->name);
  g_free (customer->pinyin);
  g_free (customer->cif_no);
}

static GArray *
load_wordless (GxDb        *db,
               const GxId  *after,
               guint        max_rows,
               GError     **error)
{
  static const char sql[] =
    "SELECT id, name, name_pinyin, cif_no FROM customer c WHERE (?1 IS NULL OR id>?1)"
    " AND NOT EXISTS(SELECT 1 FROM name_row r WHERE r.customer_id=c.id) ORDER BY id LIMIT ?2";
  g_autoptr(GArray) found = g_array_new (FALSE, TRUE, sizeof (Wordless));
  g_autoptr(GxStatement) statement = gx_db_query (db, error, sql, "un", after, (int) max_rows);
  GError *local = NULL;

  g_array_set_clear_func (found, wordless_clear);
  if (statement == NULL)
    return NULL;
  while (gx_statement_next (statement, &local))
    {
      Wordless customer = { .id = gx_statement_get_id (statement, 0) };

      customer.name = g_strdup (gx_statement_get_text (statement, 1));
      customer.pinyin = g_strdup (gx_statement_get_text (statement, 2));
      customer.cif_no = g_strdup (gx_statement_get_text (statement, 3));
      g_array_append_val (found, customer);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }

  return g_steal_pointer (&found);
}

/**
 * gxc_search_catch_up:
 * @max_rows: how many customers at most
 * @out_more: (out): whether some are still without words
 *
 * Makes the words of customers that have none.
 */
gboolean
gxc_search_catch_up (GxcStore  *store,
                     guint      max_rows,
                     gboolean  *out_more,
                     GError   **error)
{
  GxcSearchState *state = gxc_store_get_search (store);
  g_autoptr(GArray) customers = load_wordless (gxc_store_get_db (store), &state->caught_up, max_rows, error);

  if (customers == NULL)
    return FALSE;
  for (guint i = 0; i < customers->len; i++)
    {
      const Wordless *customer = &g_array_index (customers, Wordless, i);

      if (!write_words (gxc_store_get_db (store), &customer->id, customer->name, customer->pinyin, customer->cif_no, error))
        return FALSE;
      state->caught_up = customer->id;
    }
  *out_more = customers->len == max_rows;
  if (!*out_more)
    state->caught_up = GX_ID_NONE;

  return TRUE;
}
