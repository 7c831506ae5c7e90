/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GxValidKind: the numbers and addresses that R-VALID has a rule for.
 */
typedef enum
{
  GX_VALID_RESIDENT_ID,     /* GB 11643, 18 places */
  GX_VALID_USCC,            /* GB 32100, 18 places */
  GX_VALID_ORG_CODE,        /* GB 11714, 9 places */
  GX_VALID_BANK_CARD,       /* never blocks: the bank's own numbers may differ */
  GX_VALID_MOBILE,
  GX_VALID_PHONE,
  GX_VALID_POSTCODE,
  GX_VALID_EMAIL,
  GX_N_VALID_KINDS
} GxValidKind;

typedef enum
{
  GX_SEVERITY_OK,
  GX_SEVERITY_WARN,         /* may be saved, and is shown */
  GX_SEVERITY_BLOCK,
} GxSeverity;

/**
 * GxValidity: a verdict: static, compared by its code.
 */
typedef struct
{
  GxSeverity  severity;
  const char *code;         /* "ok", "check-digit" … */
  const char *message;      /* untranslated English, marked for translation; %NULL when ok */
} GxValidity;

char             *gx_valid_normalize         (GxValidKind kind, const char *text);
const GxValidity *gx_valid                   (GxValidKind kind, const char *text, gint32 today);
gboolean          gx_valid_check             (GxValidKind kind, const char *text, gint32 today, const char *field, GError **error);
char             *gx_valid_suggest           (GxValidKind kind, const char *text, gint32 today);
gboolean          gx_valid_amount            (gint64 amount, const char *field, GError **error);

gboolean          gx_resident_id_birth_date  (const char *id, gint32 *out_date);
int               gx_resident_id_gender      (const char *id);

/* The last place of a number, from those before it; 0 if one of them is not allowed. */
char              gx_resident_id_check_digit (const char *first17);
char              gx_uscc_check_digit        (const char *first17);
char              gx_org_code_check_digit    (const char *first8);
char              gx_luhn_check_digit        (const char *digits);

G_END_DECLS
