/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UUIDv7: 48 bits of milliseconds, a 12-bit counter within the millisecond, 62 random bits.
 *
 * The clock is clamped to max (now, last) so that one maker's ids only grow (ruby/securerandom#15, pg_uuidv7#10).
 */
#include "gx-id.h"

#include <string.h>

void
gx_id_maker_init (GxIdMaker *maker,
                  GxClock   *clock,
                  GxRandom  *random)
{
  *maker = (GxIdMaker) { .clock = clock, .random = random };
}

/**
 * gx_id_make:
 * @maker: not shared between threads
 *
 * Returns: an id greater than every id @maker made before
 */
GxId
gx_id_make (GxIdMaker *maker)
{
  gint64 now = gx_clock_now (maker->clock);
  GxId id;

  if (now > maker->last)
    {
      maker->last = now;
      maker->counter = 0;
    }
  else if (++maker->counter > 0xfff)
    {
      maker->last++;
      maker->counter = 0;
    }

  gx_random_bytes (maker->random, &id.b[8], 8);
  for (guint i = 0; i < 6; i++)
    id.b[i] = (guint8) (maker->last >> (40 - 8 * i));
  id.b[6] = 0x70 | (guint8) (maker->counter >> 8);
  id.b[7] = (guint8) maker->counter;
  id.b[8] = 0x80 | (id.b[8] & 0x3f);

  return id;
}

/**
 * gx_id_new:
 *
 * Returns: an id from the system's clock and randomness; any thread may call it
 */
GxId
gx_id_new (void)
{
  static GMutex lock;
  static GxIdMaker maker;
  GxId id;

  g_mutex_lock (&lock);
  if (maker.clock == NULL)
    gx_id_maker_init (&maker, gx_clock_system (), gx_random_system ());
  id = gx_id_make (&maker);
  g_mutex_unlock (&lock);

  return id;
}

gboolean
gx_id_is_none (const GxId *id)
{
  static const GxId none;

  return memcmp (id, &none, sizeof none) == 0;
}

gboolean
gx_id_equal (gconstpointer a,
             gconstpointer b)
{
  return memcmp (a, b, sizeof (GxId)) == 0;
}

guint
gx_id_hash (gconstpointer id)
{
  guint hash;

  /* The tail is random, the head is time. */
  memcpy (&hash, ((const GxId *) id)->b + 12, sizeof hash);
  return hash;
}

int
gx_id_compare (gconstpointer a,
               gconstpointer b)
{
  return memcmp (a, b, sizeof (GxId));
}

/**
 * gx_id_copy:
 *
 * Returns: (transfer full): a copy to be freed with g_free()
 */
GxId *
gx_id_copy (const GxId *id)
{
  return g_memdup2 (id, sizeof *id);
}

/**
 * gx_id_parse:
 * @text: 36 characters, lower or upper case
 *
 * Returns: whether @text is an id; the all-zero id is not
 */
gboolean
gx_id_parse (const char *text,
             GxId       *out_id)
{
  GxId id;
  guint n = 0;

  if (text == NULL || strlen (text) != 36)
    return FALSE;

  for (guint i = 0; i < 36;)
    {
      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          if (text[i++] != '-')
            return FALSE;
          continue;
        }
      if (!g_ascii_isxdigit (text[i]) || !g_ascii_isxdigit (text[i + 1]))
        return FALSE;
      id.b[n++] = (guint8) (g_ascii_xdigit_value (text[i]) << 4 | g_ascii_xdigit_value (text[i + 1]));
      i += 2;
    }

  if (gx_id_is_none (&id))
    return FALSE;

  *out_id = id;
  return TRUE;
}

/**
 * gx_id_write:
 *
 * Returns: (transfer none): @buffer, holding the 36 lower-case characters of @id
 */
const char *
gx_id_write (const GxId *id,
             char        buffer[static GX_ID_STRING_SIZE])
{
  static const char digits[] = "0123456789abcdef";
  char *p = buffer;

  for (guint i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *p++ = '-';
      *p++ = digits[id->b[i] >> 4];
      *p++ = digits[id->b[i] & 15];
    }
  *p = '\0';

  return buffer;
}

char *
gx_id_to_string (const GxId *id)
{
  char *text = g_malloc (GX_ID_STRING_SIZE);

  gx_id_write (id, text);
  return text;
}
