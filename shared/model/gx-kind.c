/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The behaviour of each kind of value in memory: one row a kind. Codec, database and forms have tables of the same
 * shape for their own layer.
 */
#include "gx-kind.h"

#include "gx-field.h"
#include "gx-money.h"

#include <string.h>

static void
string_clear (gpointer p)
{
  g_clear_pointer ((char **) p, g_free);
}

static void
string_copy (gpointer      dest,
             gconstpointer src)
{
  *(char **) dest = g_strdup (*(char *const *) src);
}

static gboolean
string_equal (gconstpointer a,
              gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b) == 0;
}

static gboolean
string_is_none (gconstpointer p)
{
  return *(char *const *) p == NULL;
}

static char *
string_to_text (const GxField *field,
                gconstpointer  p)
{
  return g_strdup (*(char *const *) p);
}

static gboolean
string_from_text (const GxField *field,
                  const char    *text,
                  gpointer       p,
                  GError       **error)
{
  *(char **) p = g_strdup (text);
  return TRUE;
}

static gboolean
text_validate (const GxField *field,
               gconstpointer  p,
               GError       **error)
{
  const char *text = *(char *const *) p;
  gint64 max = field->max > 0 ? field->max : 2000;
  gint64 length = g_utf8_strlen (text, -1);

  if (length == 0)
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "not-empty", "an empty text; leave the field out instead");
  if (length > max)
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "max-length",
                          "has %" G_GINT64_FORMAT " characters, at most %" G_GINT64_FORMAT, length, max);
  if (length < field->min)
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "min-length",
                          "has %" G_GINT64_FORMAT " characters, at least %" G_GINT64_FORMAT, length, field->min);
  if (field->choices != NULL && gx_choice_find (field->choices, text) == 0)
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "choice", "is not one of the codes");

  return TRUE;
}

static void
int64_clear (gpointer p)
{
  *(gint64 *) p = GX_INT_NONE;
}

static void
int64_copy (gpointer      dest,
            gconstpointer src)
{
  *(gint64 *) dest = *(const gint64 *) src;
}

static gboolean
int64_equal (gconstpointer a,
             gconstpointer b)
{
  return *(const gint64 *) a == *(const gint64 *) b;
}

static gboolean
int64_is_none (gconstpointer p)
{
  return *(const gint64 *) p == GX_INT_NONE;
}

static char *
int64_to_text (const GxField *field,
               gconstpointer  p)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, *(const gint64 *) p);
}

static gboolean
parse_integer (const GxField *field,
               const char    *text,
               gint64         min,
               gint64         max,
               gint64        *out_value,
               GError       **error)
{
  g_autoptr(GError) local = NULL;

  if (!g_ascii_string_to_signed (text, 10, min, max, out_value, &local))
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "integer", "%s", local->message);

  return TRUE;
}

static gboolean
int64_from_text (const GxField *field,
                 const char    *text,
                 gpointer       p,
                 GError       **error)
{
  return parse_integer (field, text, G_MININT64 + 1, G_MAXINT64, p, error);
}

static gboolean
check_range (const GxField *field,
             gint64         value,
             GError       **error)
{
  if (field->min < field->max && (value < field->min || value > field->max))
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "range",
                          "must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, field->min, field->max);

  return TRUE;
}

static gboolean
int64_validate (const GxField *field,
                gconstpointer  p,
                GError       **error)
{
  return check_range (field, *(const gint64 *) p, error);
}

static void
time_clear (gpointer p)
{
  *(gint64 *) p = 0;
}

static gboolean
time_is_none (gconstpointer p)
{
  return *(const gint64 *) p == 0;
}

/* The year 10000 is somebody's typing error. */
static gboolean
time_validate (const GxField *field,
               gconstpointer  p,
               GError       **error)
{
  gint64 value = *(const gint64 *) p;

  if (value < 0 || value > G_GINT64_CONSTANT (253402300800000))
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "time", "is not a moment between 1970 and 9999");

  return TRUE;
}

static guint
money_band (gconstpointer p,
            const char   *ccy)
{
  return gx_money_band (*(const gint64 *) p, ccy);
}

static void
int32_clear (gpointer p)
{
  *(gint32 *) p = GX_INT32_NONE;
}

static void
int32_copy (gpointer      dest,
            gconstpointer src)
{
  *(gint32 *) dest = *(const gint32 *) src;
}

static gboolean
int32_equal (gconstpointer a,
             gconstpointer b)
{
  return *(const gint32 *) a == *(const gint32 *) b;
}

static gboolean
int32_is_none (gconstpointer p)
{
  return *(const gint32 *) p == GX_INT32_NONE;
}

static char *
int32_to_text (const GxField *field,
               gconstpointer  p)
{
  return g_strdup_printf ("%d", *(const gint32 *) p);
}

static gboolean
int32_from_text (const GxField *field,
                 const char    *text,
                 gpointer       p,
                 GError       **error)
{
  gint64 value;

  if (!parse_integer (field, text, G_MININT32 + 1, G_MAXINT32, &value, error))
    return FALSE;

  *(gint32 *) p = (gint32) value;
  return TRUE;
}

static gboolean
int32_validate (const GxField *field,
                gconstpointer  p,
                GError       **error)
{
  return check_range (field, *(const gint32 *) p, error);
}

static char *
date_to_text (const GxField *field,
              gconstpointer  p)
{
  return gx_date_format (*(const gint32 *) p);
}

static gboolean
date_from_text (const GxField *field,
                const char    *text,
                gpointer       p,
                GError       **error)
{
  if (!gx_date_parse (text, p))
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "date", "is not a date of the form YYYY-MM-DD");

  return TRUE;
}

static void
zero_clear (gpointer p)
{
  *(int *) p = 0;
}

static gboolean
never_none (gconstpointer p)
{
  return FALSE;
}

static char *
bool_to_text (const GxField *field,
              gconstpointer  p)
{
  return g_strdup (*(const gboolean *) p ? "true" : "false");
}

static gboolean
bool_from_text (const GxField *field,
                const char    *text,
                gpointer       p,
                GError       **error)
{
  gboolean yes = strcmp (text, "true") == 0;

  if (!yes && strcmp (text, "false") != 0)
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "bool", "is neither true nor false");

  *(gboolean *) p = yes;
  return TRUE;
}

static gboolean
bool_validate (const GxField *field,
               gconstpointer  p,
               GError       **error)
{
  return TRUE;
}

static gboolean
enum_is_none (gconstpointer p)
{
  return *(const int *) p == 0;
}

static char *
enum_to_text (const GxField *field,
              gconstpointer  p)
{
  return g_strdup (gx_choice_code (field->choices, *(const int *) p));
}

static gboolean
enum_from_text (const GxField *field,
                const char    *text,
                gpointer       p,
                GError       **error)
{
  int value = gx_choice_find (field->choices, text);

  if (value == 0)
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "choice", "has no value “%s”", text);

  *(int *) p = value;
  return TRUE;
}

static gboolean
enum_validate (const GxField *field,
               gconstpointer  p,
               GError       **error)
{
  if (gx_choice_code (field->choices, *(const int *) p) == NULL)
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "choice", "has no value %d", *(const int *) p);

  return TRUE;
}

static void
id_clear (gpointer p)
{
  *(GxId *) p = GX_ID_NONE;
}

static void
id_copy (gpointer      dest,
         gconstpointer src)
{
  *(GxId *) dest = *(const GxId *) src;
}

static gboolean
id_is_none (gconstpointer p)
{
  return gx_id_is_none (p);
}

static char *
id_to_text (const GxField *field,
            gconstpointer  p)
{
  return gx_id_to_string (p);
}

static gboolean
id_from_text (const GxField *field,
              const char    *text,
              gpointer       p,
              GError       **error)
{
  if (!gx_id_parse (text, p))
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "id", "is not an id of 36 characters");

  return TRUE;
}

static gboolean
id_validate (const GxField *field,
             gconstpointer  p,
             GError       **error)
{
  return TRUE;
}

static gboolean
json_validate (const GxField *field,
               gconstpointer  p,
               GError       **error)
{
  gsize length = strlen (*(char *const *) p);
  gsize max = field->max > 0 ? (gsize) field->max : 65536;

  if (length > max)
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "max-length",
                          "has %" G_GSIZE_FORMAT " bytes, at most %" G_GSIZE_FORMAT, length, max);

  return TRUE;
}

static void
bytes_clear (gpointer p)
{
  g_clear_pointer ((GBytes **) p, g_bytes_unref);
}

static void
bytes_copy (gpointer      dest,
            gconstpointer src)
{
  GBytes *bytes = *(GBytes *const *) src;

  *(GBytes **) dest = bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

static gboolean
bytes_equal (gconstpointer a,
             gconstpointer b)
{
  GBytes *left = *(GBytes *const *) a, *right = *(GBytes *const *) b;

  return left == right || (left != NULL && right != NULL && g_bytes_equal (left, right));
}

static gboolean
bytes_is_none (gconstpointer p)
{
  return *(GBytes *const *) p == NULL;
}

static char *
bytes_to_text (const GxField *field,
               gconstpointer  p)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (*(GBytes *const *) p, &size);

  return g_base64_encode (data, size);
}

static gboolean
bytes_from_text (const GxField *field,
                 const char    *text,
                 gpointer       p,
                 GError       **error)
{
  gsize size;
  g_autofree guint8 *data = g_base64_decode (text, &size);
  g_autofree char *again = g_base64_encode (data, size);

  /* GLib's decoder passes over what it does not know; a signature must have one spelling. */
  if (strcmp (again, text) != 0)
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "base64", "is not base64");

  *(GBytes **) p = g_bytes_new_take (g_steal_pointer (&data), size);
  return TRUE;
}

static gboolean
bytes_validate (const GxField *field,
                gconstpointer  p,
                GError       **error)
{
  gsize size = g_bytes_get_size (*(GBytes *const *) p);

  if (field->max > 0 && size > (gsize) field->max)
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "max-length", "has more than %d bytes", (int) field->max);

  return TRUE;
}

static int
int64_compare (gconstpointer a,
               gconstpointer b)
{
  const gint64 *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

static int
int32_compare (gconstpointer a,
               gconstpointer b)
{
  const gint32 *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

const GxKindOps gx_kind_ops[GX_N_KINDS] = {
  [GX_KIND_TEXT]  = { "text", sizeof (char *), string_clear, string_copy, string_equal, string_is_none, string_to_text, string_from_text, text_validate },
  [GX_KIND_INT]   = { "int", sizeof (gint64), int64_clear, int64_copy, int64_equal, int64_is_none, int64_to_text, int64_from_text, int64_validate, .compare = int64_compare },
  [GX_KIND_BOOL]  = { "bool", sizeof (gboolean), zero_clear, int32_copy, int32_equal, never_none, bool_to_text, bool_from_text, bool_validate },
  [GX_KIND_ENUM]  = { "enum", sizeof (int), zero_clear, int32_copy, int32_equal, enum_is_none, enum_to_text, enum_from_text, enum_validate, .compare = int32_compare },
  [GX_KIND_MONEY] = { "money", sizeof (gint64), int64_clear, int64_copy, int64_equal, int64_is_none, int64_to_text, int64_from_text, int64_validate, money_band, .compare = int64_compare },
  [GX_KIND_PPM]   = { "ppm", sizeof (gint32), int32_clear, int32_copy, int32_equal, int32_is_none, int32_to_text, int32_from_text, int32_validate, .compare = int32_compare },
  [GX_KIND_DATE]  = { "date", sizeof (gint32), int32_clear, int32_copy, int32_equal, int32_is_none, date_to_text, date_from_text, int32_validate, .compare = int32_compare },
  [GX_KIND_TIME]  = { "time", sizeof (gint64), time_clear, int64_copy, int64_equal, time_is_none, int64_to_text, int64_from_text, time_validate, .compare = int64_compare },
  [GX_KIND_ID]    = { "id", sizeof (GxId), id_clear, id_copy, gx_id_equal, id_is_none, id_to_text, id_from_text, id_validate },
  [GX_KIND_JSON]  = { "json", sizeof (char *), string_clear, string_copy, string_equal, string_is_none, string_to_text, string_from_text, json_validate },
  [GX_KIND_BYTES] = { "bytes", sizeof (GBytes *), bytes_clear, bytes_copy, bytes_equal, bytes_is_none, bytes_to_text, bytes_from_text, bytes_validate },
};
G_STATIC_ASSERT (GX_N_KINDS == 11);
