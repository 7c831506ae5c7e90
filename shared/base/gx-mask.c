/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Masks: enough to recognise a customer whom one knows, too little to learn a stranger's data.
 */
#include "gx-mask.h"

#include <string.h>

/* The first @head and last @tail characters of @clear with @stars between them; of a text so short that this would show
 * more than half of it, only the end, at most a third. */
static char *
keep_ends (const char *clear,
           glong       head,
           glong       tail,
           guint       stars)
{
  glong length = g_utf8_strlen (clear, -1);
  g_autofree char *start = NULL;
  g_autofree char *middle = g_strnfill (stars, '*');

  if (tail > 0 && length < 2 * (head + tail) - 3)
    return g_strconcat ("***", g_utf8_offset_to_pointer (clear, length - MIN (tail, length / 3)), NULL);
  if (length < head + tail + 1)
    return gx_mask_all (clear);

  start = g_utf8_substring (clear, 0, head);
  return g_strconcat (start, middle, g_utf8_offset_to_pointer (clear, length - tail), NULL);
}

/**
 * gx_mask_name:
 *
 * Returns: (transfer full): "张*" for 张伟, "深圳***" for a company's longer name
 */
char *
gx_mask_name (const char *clear)
{
  return g_utf8_strlen (clear, -1) > 4 ? keep_ends (clear, 2, 0, 3) : keep_ends (clear, 1, 0, 1);
}

/**
 * gx_mask_mobile:
 *
 * Returns: (transfer full): "138****5678"
 */
char *
gx_mask_mobile (const char *clear)
{
  return keep_ends (clear, 3, 4, 4);
}

/**
 * gx_mask_id:
 *
 * Returns: (transfer full): "110***********0011"; as many characters as @clear has
 */
char *
gx_mask_id (const char *clear)
{
  return keep_ends (clear, 3, 4, (guint) MAX (g_utf8_strlen (clear, -1) - 7, 0));
}

/**
 * gx_mask_account:
 *
 * Returns: (transfer full): "**** **** **** 0014"
 */
char *
gx_mask_account (const char *clear)
{
  glong length = g_utf8_strlen (clear, -1);

  if (length < 12)
    return gx_mask_all (clear);

  return g_strconcat ("**** **** **** ", g_utf8_offset_to_pointer (clear, length - 4), NULL);
}

/**
 * gx_mask_email:
 *
 * Returns: (transfer full): "z***@x.cn"
 */
char *
gx_mask_email (const char *clear)
{
  const char *at = strchr (clear, '@');
  g_autofree char *first = NULL;

  /* A name of one character would be all there. */
  if (at == NULL || at <= g_utf8_next_char (clear))
    return gx_mask_all (clear);

  first = g_utf8_substring (clear, 0, 1);
  return g_strconcat (first, "***", at, NULL);
}

/**
 * gx_mask_contact:
 *
 * Returns: (transfer full): as an e-mail address if it looks like one, else as a number
 */
char *
gx_mask_contact (const char *clear)
{
  return strchr (clear, '@') != NULL ? gx_mask_email (clear) : gx_mask_mobile (clear);
}

/**
 * gx_mask_all:
 *
 * Returns: (transfer full): "***", whatever @clear is
 */
char *
gx_mask_all (const char *clear)
{
  return g_strdup ("***");
}
