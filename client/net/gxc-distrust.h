/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *gxc_distrust_words (GTlsCertificateFlags flags, GTlsCertificate *certificate, gint64 now);

G_END_DECLS
