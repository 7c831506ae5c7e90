/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of the bank's own records: units, people, products, holdings and what dual review leaves behind.
 */
#include "gx-checker.h"

#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-clock.h"
#include "gx-device.h"
#include "gx-org-unit.h"
#include "gx-setting.h"

#include <glib/gi18n.h>
#include <string.h>

#define SHA256 "^[0-9a-f]{64}$"

static gboolean
is_date (const char *text)
{
  gint32 date;

  return gx_date_parse (text, &date);
}

static gboolean
is_time_zone (const char *text)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (text);

  return zone != NULL;
}

static gboolean
is_currency (const char *text)
{
  return g_regex_match_simple ("^[A-Z]{3}$", text, G_REGEX_DOLLAR_ENDONLY, 0);
}

static gboolean
is_days (const char *text)
{
  guint64 days;

  return g_ascii_string_to_unsigned (text, 10, 1, 366, &days, NULL);
}

void
gx_check_setting (GxChecker *checker)
{
  static const struct { const char *code; gboolean (*is_valid) (const char *text); const char *detail; } forms[] = {
    { "business_date", is_date, N_("must be a date of the form YYYY-MM-DD") },
    { "bank_tz", is_time_zone, N_("must be a time zone, e.g. Asia/Shanghai") },
    { "bank_ccy", is_currency, N_("must be a currency of ISO 4217") },
    { "lease_read_only_days", is_days, N_("must be a number of days from 1 to 366") },
    { "lease_locked_days", is_days, N_("must be a number of days from 1 to 366") },
  };
  const GxSetting *setting = checker->data;

  gx_checker_match (checker, "code", "^[a-z][a-z0-9_.]*$", N_("must be a word of small letters"));
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_strcmp0 (setting->code, forms[i].code) == 0 && setting->value != NULL && !forms[i].is_valid (setting->value))
      gx_checker_add (checker, GX_SEVERITY_BLOCK, "value", "form", forms[i].detail);
}

/* The path decides who sees what: it must be made of codes and end in the unit's own. */
void
gx_check_org_unit (GxChecker *checker)
{
  const GxOrgUnit *unit = checker->data;
  g_autofree char *tail = g_strdup_printf ("/%s/", unit->code != NULL ? unit->code : "");

  gx_checker_match (checker, "code", "^[A-Za-z0-9_-]+$", N_("must have letters, digits, - and _ only"));
  gx_checker_match (checker, "path", "^/([A-Za-z0-9_-]+/)+$", N_("must be made of codes between slashes"));
  if (unit->path != NULL && !g_str_has_suffix (unit->path, tail))
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "path", "path", N_("must end in the unit's own code"));
  if (gx_id_is_none (&unit->parent_id) != (unit->kind == GX_ORG_HQ))
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "parent_id", "parent", N_("only head office has no parent"));
}

void
gx_check_employee (GxChecker *checker)
{
  gx_checker_valid (checker, GX_VALID_MOBILE, "mobile", GX_SEVERITY_BLOCK);
  gx_checker_valid (checker, GX_VALID_EMAIL, "email", GX_SEVERITY_BLOCK);
}

void
gx_check_login (GxChecker *checker)
{
  gx_checker_match (checker, "login", "^[a-z][a-z0-9._-]*$", N_("must have small letters, digits, dots and dashes only"));
}

void
gx_check_role_grant (GxChecker *checker)
{
  gx_checker_order (checker, "valid_from", "valid_to");
}

void
gx_check_device (GxChecker *checker)
{
  const GxDevice *device = checker->data;

  if (device->pubkey_ed25519 != NULL && g_bytes_get_size (device->pubkey_ed25519) != 32)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "pubkey_ed25519", "length", N_("must have 32 bytes"));
  gx_checker_match (checker, "cert_fp", SHA256, N_("must be a SHA-256 in small hexadecimal digits"));
}

void
gx_check_product (GxChecker *checker)
{
  gx_checker_order (checker, "valid_from", "valid_to");
}

/* The bank's own account numbers may have another form. */
void
gx_check_holding (GxChecker *checker)
{
  gx_checker_match (checker, "ccy", "^[A-Z]{3}$", N_("must be a currency of ISO 4217"));
  gx_checker_valid (checker, GX_VALID_BANK_CARD, "acct_no", GX_SEVERITY_WARN);
  gx_checker_order (checker, "opened_on", "matures_on");
}

void
gx_check_month (GxChecker *checker)
{
  gx_checker_match (checker, "month", "-01$", N_("must be the first day of a month"));
}

void
gx_check_change_request (GxChecker *checker)
{
  const GxChangeRequest *request = checker->data;

  gx_checker_match (checker, "digest", SHA256, N_("must be a SHA-256 in small hexadecimal digits"));
  if (request->tbl != NULL && gx_entity_by_name (request->tbl) == NULL)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "tbl", "entity", N_("is not a kind of record"));
  if (g_strcmp0 (request->state, "APPLIED") == 0 && request->applied_seq == GX_INT_NONE)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "applied_seq", "required", N_("is missing in an applied request"));
}

void
gx_check_attachment (GxChecker *checker)
{
  gx_checker_match (checker, "sha256", SHA256, N_("must be a SHA-256 in small hexadecimal digits"));
  gx_checker_match (checker, "mime", "^[a-z0-9.+-]+/[a-z0-9.+-]+$", N_("must be a media type of the form image/png"));
  if (gx_field_is_none (gx_entity_find (checker->entity, "customer_id"), checker->data))
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "customer_id", "required", N_("is missing"));
}
