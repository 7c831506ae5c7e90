/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many connections may be open, in all and from one address. Decided before TLS begins, since a handshake is the
 * dearest thing that a stranger can ask for. It counts; whoever accepts and closes says so.
 */
#include "gxs-admission.h"

struct _GxsAdmission
{
  guint       max_total;
  guint       max_per_ip;
  GMutex      lock;
  GHashTable *per_ip;       /* (owned) text → count */
  guint       total;
};

GxsAdmission *
gxs_admission_new (guint max_total,
                   guint max_per_ip)
{
  GxsAdmission *self = g_new0 (GxsAdmission, 1);

  self->max_total = max_total;
  self->max_per_ip = max_per_ip;
  g_mutex_init (&self->lock);
  self->per_ip = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
gxs_admission_free (GxsAdmission *self)
{
  g_hash_table_unref (self->per_ip);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * gxs_admission_enter:
 *
 * Returns: whether one more connection from @ip may come in; if so it counts until gxs_admission_leave()
 */
gboolean
gxs_admission_enter (GxsAdmission *self,
                     const char   *ip)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->per_ip, ip));

  if (self->total >= self->max_total || count >= self->max_per_ip)
    return FALSE;

  self->total++;
  g_hash_table_insert (self->per_ip, g_strdup (ip), GUINT_TO_POINTER (count + 1));
  return TRUE;
}

void
gxs_admission_leave (GxsAdmission *self,
                     const char   *ip)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->per_ip, ip));

  g_return_if_fail (count > 0 && self->total > 0);

  self->total--;
  if (count == 1)
    g_hash_table_remove (self->per_ip, ip);
  else
    g_hash_table_insert (self->per_ip, g_strdup (ip), GUINT_TO_POINTER (count - 1));
}

guint
gxs_admission_get_total (GxsAdmission *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->total;
}

/**
 * gxs_ip_of:
 * @out_ip: (out): the address without its port; empty if it is no internet address
 */
void
gxs_ip_of (GSocketAddress *address,
           char            out_ip[static GXS_IP_SIZE])
{
  g_autofree char *text = NULL;

  if (G_IS_INET_SOCKET_ADDRESS (address))
    text = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
  g_strlcpy (out_ip, text != NULL ? text : "", GXS_IP_SIZE);
}
