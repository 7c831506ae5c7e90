/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A refusal crosses the wire and is the same refusal on the other side. */
#include "gx-error.h"
#include "gx-json.h"
#include "gx-problem.h"

#include <string.h>

static void
test_every_code_round_trips (void)
{
  for (guint code = 0; code < GX_N_ERRORS; code++)
    {
      g_autoptr(GError) sent = g_error_new (GX_ERROR, (int) code, "sentence of \"%u\"\n张三", code);
      g_autoptr(GError) got = NULL;
      g_autofree char *body = gx_problem_write (sent);
      gboolean inner = gx_error_info (code)->status == 500;

      g_assert_false (gx_problem_read (gx_problem_status (sent), body, -1, &got));
      g_assert_error (got, GX_ERROR, (int) code);
      g_assert_cmpstr (got->message, ==, inner ? gx_error_info (code)->title : sent->message);
      g_assert_cmpint (strstr (body, "sentence") == NULL, ==, inner);
    }
}

static void
test_everything_carried_round_trips (void)
{
  g_autoptr(GError) sent = NULL;
  g_autoptr(GError) got = NULL;
  g_autofree char *body = NULL;
  const GPtrArray *violations;
  const GxViolation *second;

  gx_fail_field (&sent, GX_ERROR_NEEDS_REVIEW, "mobile", "R-DUAL", "is reviewed");
  gx_error_add_violation (sent, "contact[1].value", "R-VALID", "must have 11 digits");
  gx_error_set_params (sent, "{\"expected\":12,\"who\":[\"张\"]}");
  gx_error_set_retry_after (sent, 30);
  body = gx_problem_write (sent);

  g_assert_cmpstr (body, ==,
                   "{\"type\":\"urn:guanxi:problem:needs-review\",\"title\":\"This change needs review\",\"status\":422,"
                   "\"code\":\"NEEDS_REVIEW\",\"detail\":\"mobile: is reviewed\",\"violations\":["
                   "{\"field\":\"mobile\",\"rule\":\"R-DUAL\",\"detail\":\"is reviewed\"},"
                   "{\"field\":\"contact[1].value\",\"rule\":\"R-VALID\",\"detail\":\"must have 11 digits\"}],"
                   "\"params\":{\"expected\":12,\"who\":[\"张\"]},\"retry_after\":30}");

  gx_problem_read (422, body, -1, &got);
  g_assert_error (got, GX_ERROR, GX_ERROR_NEEDS_REVIEW);
  violations = gx_error_get_violations (got);
  g_assert_cmpuint (violations->len, ==, 2);
  second = g_ptr_array_index (violations, 1);
  g_assert_cmpstr (second->field, ==, "contact[1].value");
  g_assert_cmpstr (second->rule, ==, "R-VALID");
  g_assert_cmpstr (second->detail, ==, "must have 11 digits");
  g_assert_cmpstr (gx_error_get_params (got), ==, "{\"expected\":12,\"who\":[\"张\"]}");
  g_assert_cmpuint (gx_error_get_retry_after (got), ==, 30);
}

static void
test_foreign_errors_tell_nothing (void)
{
  g_autoptr(GError) sent = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_ACCES, "/secret/path");
  g_autofree char *body = gx_problem_write (sent);

  g_assert_null (strstr (body, "secret"));
  g_assert_nonnull (strstr (body, "\"INTERNAL\""));
  g_assert_cmpuint (gx_problem_status (sent), ==, 500);
}

static void
test_status_decides_without_a_body (void)
{
  static const struct { guint status; const char *body; GxError code; } rows[] = {
    { 404, "", GX_ERROR_NOT_FOUND },
    { 401, "<html>", GX_ERROR_UNAUTHENTICATED },
    { 503, "{\"code\":\"NO_SUCH\"}", GX_ERROR_BUSY },
    { 409, "{\"code\":7}", GX_ERROR_CONFLICT },
    { 422, "{\"code\":\"INVALID\",\"violations\":[1]}", GX_ERROR_INVALID },
    { 429, "{\"code\":\"STALE\",\"params\":[]}", GX_ERROR_RATE },
    { 418, "[]", GX_ERROR_MALFORMED },
    { 500, NULL, GX_ERROR_INTERNAL },
    { 504, NULL, GX_ERROR_OFFLINE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) got = NULL;

      g_assert_false (gx_problem_read (rows[i].status, rows[i].body, -1, &got));
      g_assert_error (got, GX_ERROR, (int) rows[i].code);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/problem/every_code_round_trips", test_every_code_round_trips);
  g_test_add_func ("/codec/problem/everything_carried_round_trips", test_everything_carried_round_trips);
  g_test_add_func ("/codec/problem/foreign_errors_tell_nothing", test_foreign_errors_tell_nothing);
  g_test_add_func ("/codec/problem/status_decides_without_a_body", test_status_decides_without_a_body);
  return g_test_run ();
}
