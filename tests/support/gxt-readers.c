/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reads bytes from outside in shared/, each with the promise that it keeps about what it takes; for seeded mutation
 * (test-fuzz) and for libFuzzer (tests/fuzz).
 */
#include "gxt-readers.h"

#include "gx-error.h"
#include "gx-json.h"
#include "gx-money.h"
#include "gx-note.h"
#include "gx-problem.h"
#include "gx-text.h"
#include "gx-valid.h"

#include <string.h>

static void
assert_one_way (gboolean  taken,
                GError   *error)
{
  g_assert_true (taken == (error == NULL));
  g_assert_true (error == NULL || error->domain == GX_ERROR);
}

gboolean
gxt_read_json (const char *data,
               gsize       length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = gx_json_parse (data, (gssize) length, &error), again = NULL;
  g_autofree char *text = NULL, *text_again = NULL;

  assert_one_way (node != NULL, error);
  if (node == NULL)
    return FALSE;
  text = gx_json_canonical (node);
  again = gx_json_parse (text, -1, &error);
  g_assert_no_error (error);
  text_again = gx_json_canonical (again);
  g_assert_cmpstr (text, ==, text_again);

  return TRUE;
}

gboolean
gxt_read_problem (const char *data,
                  gsize       length)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *body = NULL;
  g_autoptr(GError) again = NULL;

  g_assert_false (gx_problem_read (418, data, (gssize) length, &error));
  g_assert_true (error->domain == GX_ERROR);
  body = gx_problem_write (error);
  g_assert_false (gx_problem_read (gx_problem_status (error), body, -1, &again));
  g_assert_cmpint (again->code, ==, error->code);

  return error->code != GX_ERROR_MALFORMED;
}

gboolean
gxt_read_note (const char *data,
               gsize       length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxNote) note = gx_note_parse (data, (gssize) length, &error);
  g_auto(GxCheckpoint) checkpoint = { NULL };
  g_autofree char *text = NULL;

  assert_one_way (note != NULL, error);
  if (note == NULL)
    return FALSE;
  g_assert_cmpuint (note->signatures->len, >, 0);
  g_assert_true (g_str_has_suffix (note->text, "\n"));
  if (gx_checkpoint_parse (note->text, &checkpoint, &error))
    {
      text = gx_checkpoint_format (&checkpoint);
      g_assert_cmpstr (text, ==, note->text);
    }
  assert_one_way (text != NULL, error);

  return TRUE;
}

gboolean
gxt_read_verifier (const char *data,
                   gsize       length)
{
  g_autofree char *text = g_strndup (data, length), *name = NULL, *back = NULL;
  g_autoptr(GError) error = NULL;
  GxPublicKey key;
  gboolean taken = gx_note_verifier_parse (text, &name, &key, &error);

  assert_one_way (taken, error);
  if (!taken)
    return FALSE;
  back = gx_note_verifier_text (name, &key);
  g_assert_cmpstr (back, ==, text);

  return TRUE;
}

/* What comes after a border where UTF-8 was checked. */
gboolean
gxt_read_text (const char *data,
               gsize       length)
{
  g_autofree char *text = g_utf8_make_valid (data, (gssize) length);
  g_autofree char *fold = gx_text_fold (text), *fold_again = gx_text_fold (fold), *query = gx_text_query (text);
  g_autofree char *letters = gx_text_split_letters (text), *trimmed = gx_text_trim (text);
  g_autoptr(GError) error = NULL;
  gint64 amount = 0, back = 0;

  g_assert_cmpstr (fold, ==, fold_again);
  g_assert_true (query == NULL || strpbrk (query, "()^:+-{}") == NULL);
  g_assert_true (g_utf8_validate (letters, -1, NULL));
  g_assert_true (trimmed == NULL || *trimmed != '\0');
  for (guint kind = 0; kind < GX_N_VALID_KINDS; kind++)
    {
      g_autofree char *normal = gx_valid_normalize (kind, text), *suggestion = gx_valid_suggest (kind, text, 20000);

      g_assert_true (gx_valid (kind, text, 20000) == gx_valid (kind, normal, 20000));
      g_assert_true (suggestion == NULL || gx_valid (kind, suggestion, 20000)->severity == GX_SEVERITY_OK);
    }
  if (gx_money_parse (text, NULL, "amount", &amount, &error))
    {
      g_autofree char *format = gx_money_format (amount, NULL);

      g_assert_true (gx_money_parse (format, NULL, "amount", &back, NULL));
      g_assert_cmpint (back, ==, amount);
    }

  return query != NULL;
}
