/* SPDX-License-Identifier: GPL-3.0-or-later */
/* R-VALID: numbers with a check digit and addresses with a form, decided alike by client, server and importer.
 *
 * Pure: text and today's date in, a verdict out. It does not know whether a number belongs to somebody. What a person
 * typed is normalised first; what OCR may have misread is only ever suggested. Sources: GB 11643-1999, GB 32100-2015,
 * GB 11714-1997, ISO/IEC 7812 (Luhn).
 */
#include "gx-valid.h"

#include "gx-clock.h"
#include "gx-error.h"
#include "gx-text.h"

#include <glib/gi18n.h>
#include <string.h>

static const GxValidity valid_ok = { GX_SEVERITY_OK, "ok", NULL };
static const GxValidity valid_empty = { GX_SEVERITY_BLOCK, "empty", N_("is empty") };
static const GxValidity valid_id_form = { GX_SEVERITY_BLOCK, "form", N_("must have 17 digits and a digit or X") };
static const GxValidity valid_id_region = { GX_SEVERITY_BLOCK, "region", N_("does not begin with a province") };
static const GxValidity valid_id_date = { GX_SEVERITY_BLOCK, "date", N_("holds a birth date that does not exist") };
static const GxValidity valid_id_future = { GX_SEVERITY_BLOCK, "future", N_("holds a birth date in the future") };
static const GxValidity valid_id_old = { GX_SEVERITY_WARN, "before-1900", N_("holds a birth date before 1900") };
static const GxValidity valid_check_digit = { GX_SEVERITY_BLOCK, "check-digit", N_("does not match its check digit") };
static const GxValidity valid_uscc_form = { GX_SEVERITY_BLOCK, "form", N_("must have 18 digits or capital letters, without I, O, S, V, Z") };
static const GxValidity valid_uscc_region = { GX_SEVERITY_BLOCK, "region", N_("must have digits at places 3 to 8") };
static const GxValidity valid_uscc_org = { GX_SEVERITY_BLOCK, "org-code", N_("holds an organisation code that does not match its check digit") };
static const GxValidity valid_org_form = { GX_SEVERITY_BLOCK, "form", N_("must have 8 digits or capital letters and a digit or X") };
static const GxValidity valid_card_form = { GX_SEVERITY_WARN, "form", N_("does not have 12 to 19 digits") };
static const GxValidity valid_card_luhn = { GX_SEVERITY_WARN, "check-digit", N_("does not match its check digit") };
static const GxValidity valid_mobile_form = { GX_SEVERITY_BLOCK, "form", N_("must have 11 digits beginning with 13 to 19") };
static const GxValidity valid_phone_form = { GX_SEVERITY_BLOCK, "form", N_("must have 7 to 15 digits") };
static const GxValidity valid_postcode_form = { GX_SEVERITY_BLOCK, "form", N_("must have 6 digits") };
static const GxValidity valid_email_form = { GX_SEVERITY_BLOCK, "form", N_("is not an e-mail address") };

/* GB/T 2260: what the first two digits may be; 83 is given to residents from Taiwan. */
static const char provinces[] = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83";
static const char uscc_alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
G_STATIC_ASSERT (sizeof uscc_alphabet == 32);

static gboolean
all_digits (const char *text,
            gsize       n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;

  return TRUE;
}

static gsize
count_digits (const char *text)
{
  return strspn (text, "0123456789");
}

/**
 * gx_resident_id_check_digit:
 * @first17: at least 17 digits; more is not read
 *
 * Returns: the 18th place, '0' to '9' or 'X'; 0 if @first17 is not digits
 */
char
gx_resident_id_check_digit (const char *first17)
{
  static const guint8 weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  guint sum = 0;

  for (guint i = 0; i < 17; i++)
    {
      if (!g_ascii_isdigit (first17[i]))
        return 0;
      sum += weights[i] * (guint) (first17[i] - '0');
    }

  return "10X98765432"[sum % 11];
}

/**
 * gx_org_code_check_digit:
 * @first8: at least 8 digits or capital letters
 */
char
gx_org_code_check_digit (const char *first8)
{
  static const guint8 weights[8] = { 3, 7, 9, 10, 5, 8, 4, 2 };
  guint sum = 0;

  for (guint i = 0; i < 8; i++)
    {
      char c = first8[i];

      if (!g_ascii_isdigit (c) && !g_ascii_isupper (c))
        return 0;
      sum += weights[i] * (guint) (g_ascii_isdigit (c) ? c - '0' : c - 'A' + 10);
    }

  return "0X987654321"[sum % 11];
}

/**
 * gx_uscc_check_digit:
 * @first17: at least 17 places of the alphabet of GB 32100
 */
char
gx_uscc_check_digit (const char *first17)
{
  guint sum = 0, weight = 1;

  for (guint i = 0; i < 17; i++)
    {
      const char *at = first17[i] != '\0' ? strchr (uscc_alphabet, first17[i]) : NULL;

      if (at == NULL)
        return 0;
      sum += weight * (guint) (at - uscc_alphabet);
      weight = weight * 3 % 31;
    }

  return uscc_alphabet[(31 - sum % 31) % 31];
}

/**
 * gx_luhn_check_digit:
 * @digits: all places but the last
 */
char
gx_luhn_check_digit (const char *digits)
{
  gsize length = strlen (digits);
  guint sum = 0;

  if (!all_digits (digits, length))
    return 0;
  for (gsize i = 0; i < length; i++)
    {
      guint digit = (guint) (digits[length - 1 - i] - '0');

      if (i % 2 == 0)
        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }

  return (char) ('0' + (10 - sum % 10) % 10);
}

static gboolean
read_birth_date (const char *id,
                 gint32     *out_date)
{
  g_autofree char *iso = g_strdup_printf ("%.4s-%.2s-%.2s", id + 6, id + 10, id + 12);

  return gx_date_parse (iso, out_date);
}

/* A number of GB/T 2260 stands at the places 0, 3, 6 … of the list. */
static gboolean
is_province (const char *id)
{
  for (const char *p = provinces; ; p += 3)
    {
      if (p[0] == id[0] && p[1] == id[1])
        return TRUE;
      if (p[2] == '\0')
        return FALSE;
    }
}

static gboolean
has_resident_id_form (const char *id)
{
  return strlen (id) == 18 && all_digits (id, 17) && (g_ascii_isdigit (id[17]) || id[17] == 'X');
}

static const GxValidity *
check_resident_id (const char *id,
                   gint32      today)
{
  gint32 birth;

  if (!has_resident_id_form (id))
    return &valid_id_form;
  if (!is_province (id))
    return &valid_id_region;
  if (!read_birth_date (id, &birth))
    return &valid_id_date;
  if (gx_resident_id_check_digit (id) != id[17])
    return &valid_check_digit;
  if (birth > today)
    return &valid_id_future;

  return birth < gx_date_from_ymd (1900, 1, 1) ? &valid_id_old : &valid_ok;
}

static const GxValidity *
check_uscc (const char *code,
            gint32      today)
{
  if (strlen (code) != 18 || strspn (code, uscc_alphabet) != 18)
    return &valid_uscc_form;
  if (!all_digits (code + 2, 6))
    return &valid_uscc_region;
  if (gx_uscc_check_digit (code) != code[17])
    return &valid_check_digit;

  return gx_org_code_check_digit (code + 8) == code[16] ? &valid_ok : &valid_uscc_org;
}

static const GxValidity *
check_org_code (const char *code,
                gint32      today)
{
  char digit = strlen (code) == 9 ? gx_org_code_check_digit (code) : 0;

  if (digit == 0 || !(g_ascii_isdigit (code[8]) || code[8] == 'X'))
    return &valid_org_form;

  return digit == code[8] ? &valid_ok : &valid_check_digit;
}

static const GxValidity *
check_bank_card (const char *number,
                 gint32      today)
{
  gsize length = strlen (number);
  g_autofree char *body = NULL;

  if (length < 12 || length > 19 || !all_digits (number, length))
    return &valid_card_form;
  body = g_strndup (number, length - 1);

  return gx_luhn_check_digit (body) == number[length - 1] ? &valid_ok : &valid_card_luhn;
}

static const GxValidity *
check_mobile (const char *number,
              gint32      today)
{
  return strlen (number) == 11 && count_digits (number) == 11 && number[0] == '1' && number[1] >= '3'
         ? &valid_ok : &valid_mobile_form;
}

static const GxValidity *
check_phone (const char *number,
             gint32      today)
{
  const char *digits = number + (*number == '+');
  gsize length = strlen (digits);

  return length >= 7 && length <= 15 && count_digits (digits) == length ? &valid_ok : &valid_phone_form;
}

static const GxValidity *
check_postcode (const char *code,
                gint32      today)
{
  return strlen (code) == 6 && count_digits (code) == 6 ? &valid_ok : &valid_postcode_form;
}

/* One @, something before it, and after it labels of letters, digits and dashes with a dot between. */
static const GxValidity *
check_email (const char *address,
             gint32      today)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("^[^@\\s\"(),:;<>\\[\\]\\\\]{1,64}@([\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+[\\p{L}\\p{N}-]{2,63}$",
                                            G_REGEX_OPTIMIZE | G_REGEX_DOLLAR_ENDONLY, 0, NULL));

  return strlen (address) <= 254 && g_regex_match (regex, address, 0, NULL) ? &valid_ok : &valid_email_form;
}

static gboolean
is_dash (gunichar c)
{
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* Without spaces and dashes, in capitals. */
static char *
normalize_number (const char *text)
{
  g_autofree char *normal = gx_text_normalize (text);
  GString *out = g_string_new (NULL);

  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && !is_dash (c))
        g_string_append_unichar (out, g_unichar_toupper (c));
    }

  return g_string_free (out, FALSE);
}

/* The country's code is dropped only before what may be a mobile number of it, which begins with 1: then there is no second. */
static char *
normalize_mobile (const char *text)
{
  static const char * const prefixes[] = { "+861", "00861" };
  char *number = normalize_number (text);

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (number, prefixes[i]))
      {
        const char *rest = number + strlen (prefixes[i]) - 1;

        memmove (number, rest, strlen (rest) + 1);
        break;
      }

  return number;
}

/* The part before the @ may tell cases apart, a domain does not. */
static char *
normalize_email (const char *text)
{
  g_autofree char *normal = gx_text_normalize (text);
  g_autofree char *trimmed = gx_text_trim (normal);
  const char *at = trimmed != NULL ? strrchr (trimmed, '@') : NULL;
  g_autofree char *domain = NULL;

  if (at == NULL)
    return g_strdup (trimmed != NULL ? trimmed : "");
  domain = g_utf8_strdown (at, -1);

  return g_strdup_printf ("%.*s%s", (int) (at - trimmed), trimmed, domain);
}

static const struct
{
  char             *(*normalize) (const char *text);
  const GxValidity *(*check)     (const char *normal, gint32 today);
} kinds[] = {
  [GX_VALID_RESIDENT_ID] = { normalize_number, check_resident_id },
  [GX_VALID_USCC] = { normalize_number, check_uscc },
  [GX_VALID_ORG_CODE] = { normalize_number, check_org_code },
  [GX_VALID_BANK_CARD] = { normalize_number, check_bank_card },
  [GX_VALID_MOBILE] = { normalize_mobile, check_mobile },
  [GX_VALID_PHONE] = { normalize_number, check_phone },
  [GX_VALID_POSTCODE] = { normalize_number, check_postcode },
  [GX_VALID_EMAIL] = { normalize_email, check_email },
};
G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == GX_N_VALID_KINDS);

/**
 * gx_valid_normalize:
 *
 * Returns: (transfer full): @text as it is stored and compared: full-width forms made ordinary, spaces and dashes gone,
 *   capitals; an e-mail address keeps its case but for the domain
 */
char *
gx_valid_normalize (GxValidKind kind,
                    const char *text)
{
  g_return_val_if_fail (kind < GX_N_VALID_KINDS, NULL);

  return kinds[kind].normalize (text);
}

/**
 * gx_valid:
 * @text: (nullable): as typed; it is normalised here
 * @today: days since 1970-01-01
 *
 * Returns: (transfer none): the verdict
 */
const GxValidity *
gx_valid (GxValidKind kind,
          const char *text,
          gint32      today)
{
  g_autofree char *normal = gx_valid_normalize (kind, text != NULL ? text : "");

  return *normal == '\0' ? &valid_empty : kinds[kind].check (normal, today);
}

/**
 * gx_valid_check:
 * @field: its name, for the error
 *
 * Returns: %FALSE with %GX_ERROR_INVALID if the verdict blocks; a warning passes
 */
gboolean
gx_valid_check (GxValidKind   kind,
                const char   *text,
                gint32        today,
                const char   *field,
                GError      **error)
{
  const GxValidity *validity = gx_valid (kind, text, today);

  return validity->severity != GX_SEVERITY_BLOCK
         || gx_fail_field (error, GX_ERROR_INVALID, field, "R-VALID", "%s", validity->message);
}

static char *
swap_look_alikes (const char *text,
                  const char *ones)
{
  char *swapped = g_strdup (text);

  for (char *p = swapped; *p != '\0'; p++)
    {
      if (*p == 'O' || *p == 'o')
        *p = '0';
      else if (strchr (ones, *p) != NULL)
        *p = '1';
    }

  return swapped;
}

/**
 * gx_valid_suggest:
 * @text: a text that gx_valid() did not find ok
 *
 * Returns: (transfer full) (nullable): what may have been meant, if reading O as 0 and I or l as 1 makes it ok; to be
 *   offered, never taken silently
 */
char *
gx_valid_suggest (GxValidKind kind,
                  const char *text,
                  gint32      today)
{
  static const char * const ones[] = { "Ii", "Iil" };
  g_autofree char *narrow = gx_text_normalize (text);

  if (kind == GX_VALID_EMAIL || gx_valid (kind, text, today) == &valid_ok)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (ones); i++)
    {
      g_autofree char *swapped = swap_look_alikes (narrow, ones[i]);

      if (gx_valid (kind, swapped, today) == &valid_ok)
        return gx_valid_normalize (kind, swapped);
    }

  return NULL;
}

/**
 * gx_valid_amount:
 * @amount: in minor units, so its decimals are right already (gx_money_parse())
 */
gboolean
gx_valid_amount (gint64        amount,
                 const char   *field,
                 GError      **error)
{
  return amount >= 0 || gx_fail_field (error, GX_ERROR_INVALID, field, "R-VALID", "%s", N_("must not be negative"));
}

/**
 * gx_resident_id_birth_date:
 * @id: (nullable): a resident ID, normalised
 * @out_date: (out): days since 1970-01-01
 *
 * Returns: whether @id has the form of one and its date exists
 */
gboolean
gx_resident_id_birth_date (const char *id,
                           gint32     *out_date)
{
  return id != NULL && has_resident_id_form (id) && read_birth_date (id, out_date);
}

/**
 * gx_resident_id_gender:
 * @id: (nullable): a resident ID, normalised
 *
 * Returns: 1 male or 2 female (GB/T 2261.1); 0 if @id has not the form of one
 */
int
gx_resident_id_gender (const char *id)
{
  if (id == NULL || !has_resident_id_form (id))
    return 0;

  return (id[16] - '0') % 2 == 1 ? 1 : 2;
}
