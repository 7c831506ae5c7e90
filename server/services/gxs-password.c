/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords: Argon2id by libsodium with the cost of trust.md 3.4 (t = 3, m = 64 MiB, about 0.1 s).
 *
 * Whoever calls it does so on the hash pool: it is slow on purpose.
 */
#include "gxs-password.h"

#include "gx-error.h"

#include <sodium.h>
#include <string.h>

#define OPS 3
#define MEMORY (64 * 1024 * 1024)

/**
 * gxs_password_hash:
 *
 * Returns: (transfer full): the hash with its salt and cost, as text
 */
char *
gxs_password_hash (const char *password)
{
  char hash[crypto_pwhash_STRBYTES];

  gx_random_system ();
  if (crypto_pwhash_str_alg (hash, password, strlen (password), OPS, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
    g_error ("not enough memory to hash a password");

  return g_strdup (hash);
}

/**
 * gxs_password_verify:
 * @hash: (nullable): of a login; %NULL does the same work and never matches, so that an unknown login takes as long
 */
gboolean
gxs_password_verify (const char *password,
                     const char *hash)
{
  static gsize once;
  static char *nobody;

  gx_random_system ();
  if (g_once_init_enter (&once))
    {
      nobody = gxs_password_hash ("nobody's password");
      g_once_init_leave (&once, 1);
    }

  return crypto_pwhash_str_verify (hash != NULL ? hash : nobody, password, strlen (password)) == 0 && hash != NULL;
}

/**
 * gxs_password_is_old:
 *
 * Returns: whether @hash was made at another cost than today's
 */
gboolean
gxs_password_is_old (const char *hash)
{
  return crypto_pwhash_str_needs_rehash (hash, OPS, MEMORY) != 0;
}

/**
 * gxs_password_check:
 *
 * Errors: %GX_ERROR_INVALID naming the rule that a new password breaks
 */
gboolean
gxs_password_check (const char *password,
                    GError    **error)
{
  glong length = g_utf8_strlen (password, -1);

  if (length < GXS_PASSWORD_MIN || length > GXS_PASSWORD_MAX)
    return gx_fail_field (error, GX_ERROR_INVALID, "password", "length", "must have %d to %d characters", GXS_PASSWORD_MIN, GXS_PASSWORD_MAX);

  return TRUE;
}

/**
 * gxs_password_draw:
 *
 * Returns: (transfer full): a one-time password of 20 characters without look-alikes, 98 bits
 */
char *
gxs_password_draw (GxRandom *random)
{
  static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 20; i++)
    {
      if (i > 0 && i % 5 == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, letters[gx_random_below (random, sizeof letters - 1)]);
    }

  return g_string_free (text, FALSE);
}
