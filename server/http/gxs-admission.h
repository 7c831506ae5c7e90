/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GXS_IP_SIZE 46      /* an IPv6 address as text, with its end */

/**
 * GxsAdmission: counts open connections, in all and for each address, and says when there are enough. Any thread.
 */
typedef struct _GxsAdmission GxsAdmission;

GxsAdmission *gxs_admission_new   (guint max_total, guint max_per_ip);
void          gxs_admission_free  (GxsAdmission *admission);
gboolean      gxs_admission_enter (GxsAdmission *admission, const char *ip);
void          gxs_admission_leave (GxsAdmission *admission, const char *ip);
guint         gxs_admission_get_total (GxsAdmission *admission);

void          gxs_ip_of           (GSocketAddress *address, char out_ip[static GXS_IP_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsAdmission, gxs_admission_free)

G_END_DECLS
