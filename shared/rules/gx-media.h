/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GX_IMAGE_SIDE_MAX   20000                   /* pixels */
#define GX_IMAGE_PIXELS_MAX (64 * 1024 * 1024)

/**
 * GxMedia: what the bytes of a document are, told by the bytes themselves, never by a name.
 */
typedef struct
{
  const char *type;         /* (nullable): media type; %NULL for what a bank does not take */
  guint32     width;        /* of an image, pixels; 0 = it does not say */
  guint32     height;
  gboolean    has_place;    /* it tells where it was taken */
} GxMedia;

void      gx_media_look         (GBytes *bytes, GxMedia *out_media);
gboolean  gx_media_check        (GBytes *bytes, const char *type, gboolean may_tell_place, GError **error);
gboolean  gx_media_is_taken     (const char *type);
GBytes   *gx_media_forget_place (GBytes *bytes);

/* The head of an image's Exif block (a TIFF), in place. */
gboolean  gx_exif_has_place     (const guint8 *tiff, gsize size);
void      gx_exif_forget_place  (guint8 *tiff, gsize size);

G_END_DECLS
