/* SPDX-License-Identifier: GPL-3.0-or-later */
/* R-VALID with every vector that the rule gives, and what people and scanners make of them. */
#include "gx-clock.h"
#include "gx-error.h"
#include "gx-random.h"
#include "gx-valid.h"

#include <string.h>

static gint32
today (void)
{
  return gx_date_from_ymd (2026, 11, 24);
}

static void
test_vectors (void)
{
  static const struct { GxValidKind kind; const char *text; GxSeverity severity; const char *code; } rows[] = {
    { GX_VALID_RESIDENT_ID, "11010519491231002X", GX_SEVERITY_OK, "ok" },
    { GX_VALID_RESIDENT_ID, "440524188001010014", GX_SEVERITY_WARN, "before-1900" },
    { GX_VALID_RESIDENT_ID, "110101199003070011", GX_SEVERITY_OK, "ok" },
    { GX_VALID_RESIDENT_ID, "310115198512310029", GX_SEVERITY_OK, "ok" },
    { GX_VALID_RESIDENT_ID, "510104200002290038", GX_SEVERITY_OK, "ok" },
    { GX_VALID_RESIDENT_ID, "110101199003070012", GX_SEVERITY_BLOCK, "check-digit" },
    { GX_VALID_RESIDENT_ID, "110101199002300014", GX_SEVERITY_BLOCK, "date" },
    { GX_VALID_RESIDENT_ID, "11010519491231002x", GX_SEVERITY_OK, "ok" },
    { GX_VALID_RESIDENT_ID, "１１０１０５ 19491231-002ｘ", GX_SEVERITY_OK, "ok" },
    { GX_VALID_RESIDENT_ID, "11010519491231002", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_RESIDENT_ID, "1101051949123100200", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_RESIDENT_ID, "110105491231002", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_RESIDENT_ID, "X1010519491231002X", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_RESIDENT_ID, "990101199003070011", GX_SEVERITY_BLOCK, "region" },
    { GX_VALID_RESIDENT_ID, "101101199003070011", GX_SEVERITY_BLOCK, "region" },
    { GX_VALID_RESIDENT_ID, "", GX_SEVERITY_BLOCK, "empty" },
    { GX_VALID_RESIDENT_ID, NULL, GX_SEVERITY_BLOCK, "empty" },
    { GX_VALID_USCC, "914403001922038216", GX_SEVERITY_OK, "ok" },
    { GX_VALID_USCC, "9144030071526726XG", GX_SEVERITY_OK, "ok" },
    { GX_VALID_USCC, "91330100799655058B", GX_SEVERITY_OK, "ok" },
    { GX_VALID_USCC, "91100000100003962T", GX_SEVERITY_OK, "ok" },
    { GX_VALID_USCC, "91330212MA2ABCDEX2", GX_SEVERITY_OK, "ok" },
    { GX_VALID_USCC, "91310000MA1FL0007C", GX_SEVERITY_OK, "ok" },
    { GX_VALID_USCC, "911100001000013428", GX_SEVERITY_BLOCK, NULL },
    { GX_VALID_USCC, "91330212ma2abcdex2", GX_SEVERITY_OK, "ok" },
    { GX_VALID_USCC, "91440300192203821", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_USCC, "91440300192203821O", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_USCC, "914403001922038217", GX_SEVERITY_BLOCK, "check-digit" },
    { GX_VALID_USCC, "91A403001922038216", GX_SEVERITY_BLOCK, "region" },
    { GX_VALID_ORG_CODE, "192203821", GX_SEVERITY_OK, "ok" },
    { GX_VALID_ORG_CODE, "71526726-X", GX_SEVERITY_OK, "ok" },
    { GX_VALID_ORG_CODE, "71526726-1", GX_SEVERITY_BLOCK, "check-digit" },
    { GX_VALID_ORG_CODE, "7152672X", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_ORG_CODE, "71526726A", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_BANK_CARD, "6222020200000000014", GX_SEVERITY_OK, "ok" },
    { GX_VALID_BANK_CARD, "6222 0202 0000 0000 014", GX_SEVERITY_OK, "ok" },
    { GX_VALID_BANK_CARD, "6222020200000000015", GX_SEVERITY_WARN, "check-digit" },
    { GX_VALID_BANK_CARD, "12345678901", GX_SEVERITY_WARN, "form" },
    { GX_VALID_BANK_CARD, "62220202000000A0014", GX_SEVERITY_WARN, "form" },
    { GX_VALID_MOBILE, "13812345678", GX_SEVERITY_OK, "ok" },
    { GX_VALID_MOBILE, "+86 138-1234-5678", GX_SEVERITY_OK, "ok" },
    { GX_VALID_MOBILE, "19912345678", GX_SEVERITY_OK, "ok" },
    { GX_VALID_MOBILE, "12812345678", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_MOBILE, "1381234567", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_MOBILE, "138123456789", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_MOBILE, "1381234567a", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_MOBILE, "23812345678", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_PHONE, "021-6543 2100", GX_SEVERITY_OK, "ok" },
    { GX_VALID_PHONE, "+420 224 411 111", GX_SEVERITY_OK, "ok" },
    { GX_VALID_PHONE, "12345", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_PHONE, "654321a", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_POSTCODE, "315000", GX_SEVERITY_OK, "ok" },
    { GX_VALID_POSTCODE, "31500", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_POSTCODE, "3150001", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_EMAIL, "zhang.san+1@Mail.Example.CN", GX_SEVERITY_OK, "ok" },
    { GX_VALID_EMAIL, " z@x.cn ", GX_SEVERITY_OK, "ok" },
    { GX_VALID_EMAIL, "张三@公司.中国", GX_SEVERITY_OK, "ok" },
    { GX_VALID_EMAIL, "z@x", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_EMAIL, "@x.cn", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_EMAIL, "z@@x.cn", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_EMAIL, "z z@x.cn", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_EMAIL, "z@-x.cn", GX_SEVERITY_BLOCK, "form" },
    { GX_VALID_EMAIL, "z@x..cn", GX_SEVERITY_BLOCK, "form" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const GxValidity *validity = gx_valid (rows[i].kind, rows[i].text, today ());

      if (validity->severity != rows[i].severity || (rows[i].code != NULL && strcmp (validity->code, rows[i].code) != 0))
        g_error ("%s: %s", rows[i].text, validity->code);
      g_assert_cmpint (validity->message == NULL, ==, validity->severity == GX_SEVERITY_OK);
    }
}

static void
test_birth_date_bounds (void)
{
  char id[19] = "11010120261124001";

  id[17] = gx_resident_id_check_digit (id);
  g_assert_cmpstr (gx_valid (GX_VALID_RESIDENT_ID, id, today ())->code, ==, "ok");
  g_assert_cmpstr (gx_valid (GX_VALID_RESIDENT_ID, id, today () - 1)->code, ==, "future");
  memcpy (id + 6, "19000101", 8);
  id[17] = gx_resident_id_check_digit (id);
  g_assert_cmpstr (gx_valid (GX_VALID_RESIDENT_ID, id, today ())->code, ==, "ok");
}

static void
test_resident_id_tells_birth_and_gender (void)
{
  gint32 date = 0;

  g_assert_true (gx_resident_id_birth_date ("11010519491231002X", &date));
  g_assert_cmpint (date, ==, gx_date_from_ymd (1949, 12, 31));
  g_assert_cmpint (gx_resident_id_gender ("11010519491231002X"), ==, 2);
  g_assert_cmpint (gx_resident_id_gender ("110101199003070011"), ==, 1);
  g_assert_false (gx_resident_id_birth_date ("110101199002300014", &date));
  g_assert_false (gx_resident_id_birth_date ("1101", &date));
  g_assert_false (gx_resident_id_birth_date (NULL, &date));
  g_assert_cmpint (gx_resident_id_gender ("x"), ==, 0);
}

static void
test_every_single_digit_error_is_found (void)
{
  static const struct { GxValidKind kind; const char *text; const char *alphabet; } rows[] = {
    { GX_VALID_RESIDENT_ID, "110101199003070011", "0123456789" },
    { GX_VALID_USCC, "91330212MA2ABCDEX2", "0123456789ABCDEFGHJKLMNPQRTUWXY" },
    { GX_VALID_BANK_CARD, "6222020200000000014", "0123456789" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize at = 0; at < strlen (rows[i].text); at++)
      for (const char *c = rows[i].alphabet; *c != '\0'; c++)
        {
          g_autofree char *text = g_strdup (rows[i].text);

          text[at] = *c;
          g_assert_cmpint (gx_valid (rows[i].kind, text, today ())->severity == GX_SEVERITY_OK, ==,
                           *c == rows[i].text[at]);
        }
}

static void
test_check_digits_refuse_foreign_places (void)
{
  g_assert_cmpint (gx_resident_id_check_digit ("1101051949123100"), ==, 0);
  g_assert_cmpint (gx_uscc_check_digit ("91330212MA2ABCDEO"), ==, 0);
  g_assert_cmpint (gx_uscc_check_digit ("9133"), ==, 0);
  g_assert_cmpint (gx_org_code_check_digit ("1234567"), ==, 0);
  g_assert_cmpint (gx_org_code_check_digit ("1234567a"), ==, 0);
  g_assert_cmpint (gx_luhn_check_digit ("12a"), ==, 0);
  g_assert_cmpint (gx_luhn_check_digit ("622202020000000001"), ==, '4');
  g_assert_cmpint (gx_luhn_check_digit ("7992739871"), ==, '3');
}

/* What a generator makes with the check digits, the validators take. */
static void
test_made_numbers_are_valid (void)
{
  GxSeededRandom random;

  gx_seeded_random_init (&random, 11643);
  for (guint i = 0; i < 2000; i++)
    {
      static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
      char id[19], uscc[19] = "91330212";
      gint32 birth = (gint32) gx_random_below (&random.parent, 20000) - 10000;
      int year, month, day;

      gx_date_to_ymd (birth, &year, &month, &day);
      g_snprintf (id, sizeof id, "330212%04d%02d%02d%03u", year, month, day, gx_random_below (&random.parent, 1000));
      id[17] = gx_resident_id_check_digit (id);
      id[18] = '\0';
      g_assert_cmpstr (gx_valid (GX_VALID_RESIDENT_ID, id, today ())->code, ==, "ok");

      for (guint n = 8; n < 16; n++)
        uscc[n] = alphabet[gx_random_below (&random.parent, 31)];
      uscc[16] = gx_org_code_check_digit (uscc + 8);
      uscc[17] = gx_uscc_check_digit (uscc);
      uscc[18] = '\0';
      g_assert_cmpstr (gx_valid (GX_VALID_USCC, uscc, today ())->code, ==, "ok");
    }
}

static void
test_suggests_what_was_misread (void)
{
  static const struct { GxValidKind kind; const char *text, *suggestion; } rows[] = {
    { GX_VALID_RESIDENT_ID, "IlOlOll99OO3O7OOll", "110101199003070011" },
    { GX_VALID_RESIDENT_ID, "110101199003070011", NULL },
    { GX_VALID_RESIDENT_ID, "11O101199003070012", NULL },
    { GX_VALID_USCC, "9I3IOOOOMAIFLOOO7C", "91310000MA1FL0007C" },
    { GX_VALID_MOBILE, "l38i2345678", "13812345678" },
    { GX_VALID_EMAIL, "lo@x", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *suggestion = gx_valid_suggest (rows[i].kind, rows[i].text, today ());

      g_assert_cmpstr (suggestion, ==, rows[i].suggestion);
    }
}

static void
test_normalizes (void)
{
  static const struct { GxValidKind kind; const char *text, *normal; } rows[] = {
    { GX_VALID_RESIDENT_ID, " １１０１０５—1949－1231 002ｘ", "11010519491231002X" },
    { GX_VALID_MOBILE, "0086-138 1234 5678", "13812345678" },
    { GX_VALID_MOBILE, " 0086 0086", "00860086" },      /* no number of a mobile follows: nothing is dropped, once or again */
    { GX_VALID_EMAIL, " Zhang@EXAMPLE.cn\n", "Zhang@example.cn" },
    { GX_VALID_EMAIL, " ", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *normal = gx_valid_normalize (rows[i].kind, rows[i].text);

      g_assert_cmpstr (normal, ==, rows[i].normal);
    }
}

static void
test_errors_name_field_and_rule (void)
{
  g_autoptr(GError) error = NULL;
  const GxViolation *violation;

  g_assert_true (gx_valid_check (GX_VALID_BANK_CARD, "1", today (), "acct_no", &error));
  g_assert_true (gx_valid_check (GX_VALID_RESIDENT_ID, "440524188001010014", today (), "number", &error));
  g_assert_no_error (error);
  g_assert_false (gx_valid_check (GX_VALID_MOBILE, "1", today (), "mobile", &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
  violation = g_ptr_array_index (gx_error_get_violations (error), 0);
  g_assert_cmpstr (violation->field, ==, "mobile");
  g_assert_cmpstr (violation->rule, ==, "R-VALID");
  g_clear_error (&error);
  g_assert_false (gx_valid_amount (-1, "amount", &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
  g_assert_true (gx_valid_amount (0, "amount", NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/valid/vectors", test_vectors);
  g_test_add_func ("/rules/valid/birth_date_bounds", test_birth_date_bounds);
  g_test_add_func ("/rules/valid/resident_id_tells_birth_and_gender", test_resident_id_tells_birth_and_gender);
  g_test_add_func ("/rules/valid/every_single_digit_error_is_found", test_every_single_digit_error_is_found);
  g_test_add_func ("/rules/valid/check_digits_refuse_foreign_places", test_check_digits_refuse_foreign_places);
  g_test_add_func ("/rules/valid/made_numbers_are_valid", test_made_numbers_are_valid);
  g_test_add_func ("/rules/valid/suggests_what_was_misread", test_suggests_what_was_misread);
  g_test_add_func ("/rules/valid/normalizes", test_normalizes);
  g_test_add_func ("/rules/valid/errors_name_field_and_rule", test_errors_name_field_and_rule);
  return g_test_run ();
}
