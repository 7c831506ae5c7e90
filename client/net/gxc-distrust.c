/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a server's certificate was refused, and what would help, for the person at the desk. The library says the same of all
 * of them. It decides nothing: what is refused is refused already. */
#include "gxc-distrust.h"

#include <glib/gi18n.h>

#define TIMES (G_TLS_CERTIFICATE_NOT_ACTIVATED | G_TLS_CERTIFICATE_EXPIRED)

static char *
tell_time (GDateTime *time)
{
  g_autoptr(GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("?");
}

/* A laptop that lay long without power has a clock of years ago. */
static char *
tell_clock (GTlsCertificate *certificate,
            gint64           now)
{
  g_autoptr(GDateTime) here = g_date_time_new_from_unix_local (now / 1000);
  g_autoptr(GDateTime) from = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr(GDateTime) until = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *clock = tell_time (here);
  g_autofree char *first = tell_time (from);
  g_autofree char *last = tell_time (until);

  return g_strdup_printf (_("This computer's clock says %s, and the certificate is valid from %s to %s. If the clock is wrong, set it and try again; if it is right, tell your administrators."),
                          clock, first, last);
}

/**
 * gxc_distrust_words:
 * @flags: what was found; 0 where the server and this desk did not come to an encrypted line at all
 * @certificate: (nullable): the server's
 * @now: ms UTC, by this computer's clock
 *
 * Returns: (transfer full): translated, a sentence or two
 */
char *
gxc_distrust_words (GTlsCertificateFlags  flags,
                    GTlsCertificate      *certificate,
                    gint64                now)
{
  if (flags == 0)
    return g_strdup (_("It speaks no encryption that this program accepts: is the address the bank's server? If so, tell your administrators."));
  /* Of another's certificate it does not matter how long it is valid. */
  if ((flags & ~TIMES) == 0 && certificate != NULL)
    return tell_clock (certificate, now);

  return g_strdup (_("Another server answers in its place, or the bank has a new certificate. Ask your administrators for the certificate file, then sign in with it."));
}
