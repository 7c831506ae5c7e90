/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes changed by chance, as somebody would who means harm and knows a little of the format. */
#include "gxt-mutate.h"

static gsize
place (GxRandom *random,
       gsize     limit)
{
  return limit > 0 ? gx_random_below (random, (guint32) limit) : 0;
}

static void
flip (GxRandom *random,
      GString  *data)
{
  if (data->len > 0)
    data->str[place (random, data->len)] ^= (char) (1 << place (random, 8));
}

static void
insert (GxRandom *random,
        GString  *data)
{
  static const char * const pieces[] = {
    "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\\ud800", "0", "-", ".", "1e9", "99999999999", "null", "\n", "\n\n", "\u2014 ", "+", "=", " ", "\t",
    "*", "\xff", "\xe5", "\xed\xa0\x80", "张", "\u3000", "\u0301", "万", "\"a\":1,", "AAAA", "/", "%s", "￥",
  };
  const char *piece = pieces[place (random, G_N_ELEMENTS (pieces))];

  g_string_insert (data, (gssize) place (random, data->len + 1), piece);
}

static void
cut (GxRandom *random,
     GString  *data)
{
  gsize at = place (random, data->len);

  g_string_erase (data, (gssize) at, (gssize) place (random, MIN (data->len - at, 16) + 1));
}

static void
repeat (GxRandom *random,
        GString  *data)
{
  gsize at = place (random, data->len), length = place (random, data->len - at + 1);
  g_autofree char *copy = g_memdup2 (data->str + at, length + 1);

  for (guint n = 1 + (guint) place (random, 4); n > 0; n--)
    g_string_insert_len (data, (gssize) at, copy, (gssize) length);
}

static void
overwrite (GxRandom *random,
           GString  *data)
{
  if (data->len > 0)
    gx_random_bytes (random, data->str + place (random, data->len), 1);
}

static void (* const changes[]) (GxRandom *random, GString *data) = { flip, insert, cut, repeat, overwrite };

/**
 * gxt_mutate:
 * @data: changed in one to four places
 * @most: bytes that it may have then
 *
 * Returns: (transfer full): the same bytes in a block of exactly their size, so that ASan sees who reads beyond its end
 */
char *
gxt_mutate (GxRandom *random,
            GString  *data,
            gsize     most)
{
  char *exact;

  for (gsize n = 1 + place (random, 4); n > 0; n--)
    changes[place (random, G_N_ELEMENTS (changes))] (random, data);
  g_string_truncate (data, MIN (data->len, most));
  exact = g_memdup2 (data->str, data->len);

  return exact != NULL ? exact : g_strdup ("");
}
