/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a kind of option does: read a value from text, write it back, let it go. Rows are in gxs-config.c; nobody else
 * asks what kind an option is.
 */
#include "gxs-option.h"

#include <string.h>

#include "gx-error.h"

typedef struct
{
  gboolean (*parse) (const GxsOption *option, gpointer member, const char *text, GError **error);
  char    *(*write) (gconstpointer member);
} Ops;

typedef struct
{
  const char *suffix;
  gint64      factor;
} Unit;

/* largest first, for writing */
static const Unit sizes[] = { { "GiB", 1 << 30 }, { "MiB", 1 << 20 }, { "KiB", 1 << 10 }, { "B", 1 }, { "", 1 } };
static const Unit times[] = { { "d", 86400000 }, { "h", 3600000 }, { "min", 60000 }, { "s", 1000 }, { "ms", 1 } };

static gboolean
fail_option (const GxsOption  *option,
             const char       *text,
             const char       *wanted,
             GError          **error)
{
  return gx_fail_field (error, GX_ERROR_USAGE, option->name, "value", "\"%s\" is not %s", text, wanted);
}

static gboolean
check_range (const GxsOption  *option,
             gint64            value,
             const char       *text,
             GError          **error)
{
  if (value >= option->min && value <= option->max)
    return TRUE;

  return gx_fail_field (error, GX_ERROR_USAGE, option->name, "range",
                        "\"%s\" is not from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, text, option->min, option->max);
}

/* A whole number and one of the units; FALSE if it is neither or too large. */
static gboolean
parse_units (const char *text,
             const Unit *units,
             guint       n_units,
             gint64     *out)
{
  gsize digits = strspn (text, "0123456789");
  gint64 number;

  if (digits == 0 || digits > 15)
    return FALSE;

  number = g_ascii_strtoll (text, NULL, 10);
  for (guint i = 0; i < n_units; i++)
    if (strcmp (text + digits, units[i].suffix) == 0)
      {
        if (number > G_MAXINT64 / units[i].factor)
          return FALSE;
        *out = number * units[i].factor;
        return TRUE;
      }

  return FALSE;
}

static char *
write_units (gint64      value,
             const Unit *units,
             guint       n_units)
{
  for (guint i = 0; i < n_units; i++)
    if (value >= units[i].factor && value % units[i].factor == 0)
      return g_strdup_printf ("%" G_GINT64_FORMAT "%s", value / units[i].factor, units[i].suffix);

  return g_strdup_printf ("0%s", units[n_units - 1].suffix);
}

static gboolean
parse_text (const GxsOption *option, gpointer member, const char *text, GError **error)
{
  char **out = member;

  g_free (*out);
  *out = text[0] != '\0' ? g_strdup (text) : NULL;
  return TRUE;
}

static char *
write_text (gconstpointer member)
{
  return g_strdup (*(char * const *) member);
}

static gboolean
parse_flag (const GxsOption *option, gpointer member, const char *text, GError **error)
{
  gboolean yes = strcmp (text, "yes") == 0 || strcmp (text, "true") == 0 || strcmp (text, "1") == 0;

  if (!yes && strcmp (text, "no") != 0 && strcmp (text, "false") != 0 && strcmp (text, "0") != 0)
    return fail_option (option, text, "yes or no", error);

  *(gboolean *) member = yes;
  return TRUE;
}

static char *
write_flag (gconstpointer member)
{
  return g_strdup (*(const gboolean *) member ? "yes" : "no");
}

static gboolean
parse_count (const GxsOption *option, gpointer member, const char *text, GError **error)
{
  gint64 value;

  if (!g_ascii_string_to_signed (text, 10, 0, G_MAXUINT, &value, NULL))
    return fail_option (option, text, "a whole number", error);
  if (!check_range (option, value, text, error))
    return FALSE;

  *(guint *) member = (guint) value;
  return TRUE;
}

static char *
write_count (gconstpointer member)
{
  return g_strdup_printf ("%u", *(const guint *) member);
}

static gboolean
parse_size (const GxsOption *option, gpointer member, const char *text, GError **error)
{
  gint64 value;

  if (!parse_units (text, sizes, G_N_ELEMENTS (sizes), &value))
    return fail_option (option, text, "a size such as 16KiB or 1MiB", error);
  if (!check_range (option, value, text, error))
    return FALSE;

  *(gsize *) member = (gsize) value;
  return TRUE;
}

static char *
write_size (gconstpointer member)
{
  return write_units ((gint64) *(const gsize *) member, sizes, G_N_ELEMENTS (sizes) - 1);
}

static gboolean
parse_time (const GxsOption *option, gpointer member, const char *text, GError **error)
{
  gint64 value;

  if (!parse_units (text, times, G_N_ELEMENTS (times), &value))
    return fail_option (option, text, "a time such as 250ms, 10s, 30min or 12h", error);
  if (!check_range (option, value, text, error))
    return FALSE;

  *(gint64 *) member = value;
  return TRUE;
}

static char *
write_time (gconstpointer member)
{
  return write_units (*(const gint64 *) member, times, G_N_ELEMENTS (times));
}

static gboolean
parse_rate (const GxsOption *option, gpointer member, const char *text, GError **error)
{
  g_auto(GStrv) parts = g_strsplit_set (text, "/,", 3);
  guint n = g_strv_length (parts);
  GxsRateLimit rate = { 0 };
  gint64 tokens, burst;

  if (strcmp (text, "off") != 0)
    {
      if (n < 2 || strchr (text, '/') == NULL
          || !g_ascii_string_to_signed (parts[0], 10, 1, 1000000, &tokens, NULL)
          || !parse_units (parts[1], times, G_N_ELEMENTS (times), &rate.period) || rate.period == 0
          || !g_ascii_string_to_signed (n > 2 ? parts[2] : parts[0], 10, 1, 1000000, &burst, NULL))
        return fail_option (option, text, "a rate such as 20/1s, 20/1s,60 or off", error);
      rate.tokens = (guint) tokens;
      rate.burst = (guint) burst;
    }

  *(GxsRateLimit *) member = rate;
  return TRUE;
}

static char *
write_rate (gconstpointer member)
{
  const GxsRateLimit *rate = member;
  g_autofree char *period = write_time (&rate->period);

  return rate->tokens == 0 ? g_strdup ("off") : g_strdup_printf ("%u/%s,%u", rate->tokens, period, rate->burst);
}

static const Ops ops[] = {
  [GXS_OPTION_TEXT]  = { parse_text,  write_text },
  [GXS_OPTION_FLAG]  = { parse_flag,  write_flag },
  [GXS_OPTION_COUNT] = { parse_count, write_count },
  [GXS_OPTION_SIZE]  = { parse_size,  write_size },
  [GXS_OPTION_TIME]  = { parse_time,  write_time },
  [GXS_OPTION_RATE]  = { parse_rate,  write_rate },
};
G_STATIC_ASSERT (G_N_ELEMENTS (ops) == GXS_N_OPTION_KINDS);

/**
 * gxs_option_parse:
 *
 * Reads @text into the member of @config; leaves that alone when it fails with %GX_ERROR_USAGE naming the option.
 */
gboolean
gxs_option_parse (const GxsOption  *option,
                  gpointer          config,
                  const char       *text,
                  GError          **error)
{
  return ops[option->kind].parse (option, (char *) config + option->offset, text, error);
}

/**
 * gxs_option_write:
 *
 * Returns: (transfer full) (nullable): the value as it would be typed; %NULL for a text that was not given
 */
char *
gxs_option_write (const GxsOption *option,
                  gconstpointer    config)
{
  return ops[option->kind].write ((const char *) config + option->offset);
}

void
gxs_option_clear (const GxsOption *option,
                  gpointer         config)
{
  if (option->kind == GXS_OPTION_TEXT)
    g_clear_pointer ((char **) (gpointer) ((char *) config + option->offset), g_free);
}
