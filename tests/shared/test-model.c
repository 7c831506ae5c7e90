/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds, structs, field versions and the three-way merge: table tests of the pure part of the model. */
#include "gx-catalog.h"
#include "gx-customer.h"
#include "gx-delta.h"
#include "gx-person-profile.h"
#include "gx-record.h"
#include "gx-task.h"

#include <string.h>

static const GxChoice colours[] = { { "RED", "Red" }, { "GREEN", "Green" }, GX_CHOICES_END };
static const GxChoice codes[] = { { "10", "Ten" }, { "90", "Ninety" }, GX_CHOICES_END };

/* One field of each kind, as tight as limits can be. */
typedef struct
{
  GxMeta    meta;
  char     *text;
  char     *code;
  gint64    count;
  gboolean  yes;
  int       colour;
  gint64    money;
  gint32    ppm;
  gint32    date;
  gint64    time;
  GxId      ref;
  char     *json;
  GBytes   *bytes;
} Sample;

static const GxField fields[] = {
  GX_FIELD_TEXT  (Sample, text,   "Text", .min = 2, .max = 4),
  GX_FIELD_TEXT  (Sample, code,   "Code", .choices = codes),
  GX_FIELD_INT   (Sample, count,  "Count", .min = -2, .max = 2),
  GX_FIELD_BOOL  (Sample, yes,    "Yes"),
  GX_FIELD_ENUM  (Sample, colour, "Colour", .choices = colours),
  GX_FIELD_MONEY (Sample, money,  "Money"),
  GX_FIELD_PPM   (Sample, ppm,    "Parts", .max = 1000000),
  GX_FIELD_DATE  (Sample, date,   "Date"),
  GX_FIELD_TIME  (Sample, time,   "Time"),
  GX_FIELD_REF   (Sample, ref,    "Reference"),
  GX_FIELD_JSON  (Sample, json,   "JSON", .max = 8),
  GX_FIELD_BYTES (Sample, bytes,  "Bytes", .max = 4),
};
GX_DEFINE_ENTITY (sample_entity, Sample, 999, "sample", "Sample", fields);

static void
test_every_kind_is_sampled (void)
{
  guint seen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    seen |= 1u << fields[i].kind;
  g_assert_cmpuint (seen, ==, (1u << GX_N_KINDS) - 1);
}

static void
test_kinds_round_trip (void)
{
  static const struct { const char *field, *text; } rows[] = {
    { "text", "张伟" },        { "text", "a\"\nb" },           { "code", "90" },
    { "count", "-2" },         { "count", "0" },               { "yes", "true" },
    { "yes", "false" },        { "colour", "GREEN" },          { "money", "-9223372036854775807" },
    { "money", "9223372036854775807" }, { "ppm", "45000" },    { "date", "1990-03-07" },
    { "date", "1904-02-29" },  { "time", "1795223207000" },    { "ref", "01932f00-0000-7000-8000-000000000001" },
    { "json", "{\"a\":1}" },   { "bytes", "AAEC" },            { "bytes", "AP8=" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const GxField *field = gx_entity_find (&sample_entity, rows[i].field);
      Sample *a = gx_entity_new (&sample_entity), *b;
      g_autoptr(GError) error = NULL;
      g_autofree char *text = NULL;

      g_test_message ("%s %s", rows[i].field, rows[i].text);
      gx_field_from_text (field, a, rows[i].text, &error);
      g_assert_no_error (error);
      gx_field_validate (field, a, &error);
      g_assert_no_error (error);
      g_assert_false (gx_field_is_none (field, a));
      text = gx_field_to_text (field, a);
      g_assert_cmpstr (text, ==, rows[i].text);

      b = gx_entity_copy (&sample_entity, a);
      g_assert_true (gx_entity_equal (&sample_entity, a, b));
      gx_field_clear (field, b);
      g_assert_cmpint (gx_field_equal (field, a, b), ==, g_str_equal (rows[i].text, "false"));
      gx_entity_free (&sample_entity, a);
      gx_entity_free (&sample_entity, b);
    }
}

static void
test_nothing_is_nothing (void)
{
  Sample *sample = gx_entity_new (&sample_entity);

  for (guint i = gx_entity_first_own (&sample_entity); i < gx_entity_n_fields (&sample_entity); i++)
    {
      const GxField *field = gx_entity_field (&sample_entity, i);
      g_autofree char *text = gx_field_to_text (field, sample);
      g_autoptr(GError) error = NULL;

      g_assert_cmpint (gx_field_is_none (field, sample), ==, field->kind != GX_KIND_BOOL);
      g_assert_cmpstr (text, ==, field->kind == GX_KIND_BOOL ? "false" : NULL);
      g_assert_true (gx_field_from_text (field, sample, "", &error));
      g_assert_cmpint (gx_field_is_none (field, sample), ==, field->kind != GX_KIND_BOOL);
      g_assert_true (gx_field_validate (field, sample, &error));
    }

  gx_entity_free (&sample_entity, sample);
}

static void
test_kinds_refuse (void)
{
  static const struct { const char *field, *text, *rule; } rows[] = {
    { "text", "a", "min-length" },      { "text", "五个汉字符", "max-length" },  { "code", "20", "choice" },
    { "count", "3", "range" },          { "count", "x", "integer" },             { "count", "9223372036854775808", "integer" },
    { "count", "1.5", "integer" },      { "yes", "yes", "bool" },                { "colour", "BLUE", "choice" },
    { "colour", "1", "choice" },        { "ppm", "1000001", "range" },           { "ppm", "2147483648", "integer" },
    { "date", "1900-02-29", "date" },   { "date", "1.1.2000", "date" },          { "time", "-1", "time" },
    { "time", "253402300800001", "time" }, { "ref", "x", "id" },                 { "json", "{\"aaaa\":1}", "max-length" },
    { "bytes", "AAECAwQ=", "max-length" }, { "bytes", "A*", "base64" },          { "bytes", "AAE", "base64" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const GxField *field = gx_entity_find (&sample_entity, rows[i].field);
      Sample *sample = gx_entity_new (&sample_entity);
      g_autoptr(GError) error = NULL;
      GxViolation *violation;

      g_test_message ("%s %s", rows[i].field, rows[i].text);
      g_assert_false (gx_field_from_text (field, sample, rows[i].text, &error) && gx_field_validate (field, sample, &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
      violation = g_ptr_array_index (gx_error_get_violations (error), 0);
      g_assert_cmpstr (violation->field, ==, rows[i].field);
      g_assert_cmpstr (violation->rule, ==, rows[i].rule);
      gx_entity_free (&sample_entity, sample);
    }
}

static void
test_required_and_all_at_once (void)
{
  GxTask *task = gx_entity_new (&gx_task_entity);
  g_autoptr(GError) error = NULL;

  task->priority = 9;
  g_assert_false (gx_entity_validate (&gx_task_entity, task, ~(GxFieldSet) 0, &error));
  /* id, title, kind, due_at, status, assignee_id are missing; priority is out of range. */
  g_assert_cmpuint (gx_error_get_violations (error)->len, ==, 7);
  g_clear_error (&error);
  g_assert_true (gx_entity_validate (&gx_task_entity, task, GX_FIELD_BIT (gx_entity_index_of (&gx_task_entity, "result")), &error));
  gx_entity_free (&gx_task_entity, task);
}

static void
test_diff_names_each_field (void)
{
  for (guint e = 0; e < gx_n_entities; e++)
    for (guint i = 0; i < gx_entity_n_fields (gx_entities[e]); i++)
      {
        const GxEntity *entity = gx_entities[e];
        const GxField *field = gx_entity_field (entity, i);
        gpointer a = gx_entity_new (entity), b;

        memset (gx_field_member (field, a), 0, field->size);
        if (field->size == sizeof (gint64) && gx_field_is_none (field, a))
          *(gpointer *) gx_field_member (field, a) = field->kind == GX_KIND_TIME ? GSIZE_TO_POINTER (1) :
                                                     field->kind == GX_KIND_BYTES ? (gpointer) g_bytes_new ("x", 1) : g_strdup ("x");
        else if (gx_field_is_none (field, a) || field->kind == GX_KIND_BOOL)
          *(guint8 *) gx_field_member (field, a) = 1;
        b = gx_entity_copy (entity, a);
        g_assert_cmpuint (gx_entity_diff (entity, a, b), ==, 0);
        gx_field_clear (field, b);
        g_assert_cmpuint (gx_entity_diff (entity, a, b), ==, GX_FIELD_BIT (i));
        gx_entity_free (entity, a);
        gx_entity_free (entity, b);
      }
}

static void
test_fv_get (void)
{
  static const struct { const char *fv, *field; gint64 v; } rows[] = {
    { NULL, "name", 7 },                                { "{}", "name", 7 },
    { "{\"name\":12}", "name", 12 },                    { "{\"name_pinyin\":12}", "name", 7 },
    { "{\"name\":1,\"name_pinyin\":12}", "name_pinyin", 12 }, { "{\"rename\":5,\"name\":6}", "name", 6 },
    { "{\"a\":9223372036854775807}", "a", G_MAXINT64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (gx_fv_get (rows[i].fv, rows[i].field, 7), ==, rows[i].v);
}

static void
test_fv_set_keeps_names_sorted (void)
{
  static const struct { const char *fv, *field; gint64 seq; const char *result; } rows[] = {
    { NULL, "name", 3, "{\"name\":3}" },
    { "{}", "name", 3, "{\"name\":3}" },
    { "{\"name\":1}", "name", 3, "{\"name\":3}" },
    { "{\"name_pinyin\":1}", "name", 3, "{\"name\":3,\"name_pinyin\":1}" },
    { "{\"name\":1}", "name_pinyin", 3, "{\"name\":1,\"name_pinyin\":3}" },
    { "{\"a\":1,\"c\":2}", "b", 3, "{\"a\":1,\"b\":3,\"c\":2}" },
    { "{\"a\":1,\"c\":2}", "d", 3, "{\"a\":1,\"c\":2,\"d\":3}" },
    { "{\"a\":1,\"b\":2,\"c\":3}", "b", 9, "{\"a\":1,\"b\":9,\"c\":3}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *result = gx_fv_set (rows[i].fv, rows[i].field, rows[i].seq);

      g_assert_cmpstr (result, ==, rows[i].result);
    }
}

/* sync.md 1.5: not newer than the writer's base, or equal, or mergeable; never a silent overwrite. */
static void
test_merge_table (void)
{
  static const struct
  {
    const char *field, *current;
    gint64 version;
    const char *proposed;
    gint64 base_version;
    const char *base;
    GxMergeOutcome outcome;
    const char *result;
  } rows[] = {
    { "employer", "A", 5, "B", 5, "A", GX_MERGE_APPLIED, "B" },
    { "employer", "A", 5, "B", 9, "A", GX_MERGE_APPLIED, "B" },
    { "employer", "A", 5, "A", 1, "O", GX_MERGE_SAME, "A" },
    { "employer", "A", 5, "B", 4, "O", GX_MERGE_CONFLICT, "A" },
    { "employer", "A", 5, "", 4, "O", GX_MERGE_CONFLICT, "A" },
    { "employer", "A", 5, "", 5, "A", GX_MERGE_APPLIED, "" },
    { "employer", "", 5, "B", 4, "O", GX_MERGE_CONFLICT, "" },
    { "hobbies", "a,b,c", 5, "a,b,d", 4, "a,b", GX_MERGE_APPLIED, "a,b,c,d" },
    { "hobbies", "a,b,c", 5, "a", 4, "a,b", GX_MERGE_APPLIED, "a,c" },
    { "hobbies", "a,c", 5, "a,b,c", 4, "a,b", GX_MERGE_SAME, "a,c" },
    { "hobbies", "a", 5, "", 4, "a", GX_MERGE_APPLIED, "" },
    { "hobbies", "a,b", 5, "b,a", 4, "a,b", GX_MERGE_SAME, "a,b" },
    { "hobbies", "a,b", 5, "a,c", 4, NULL, GX_MERGE_CONFLICT, "a,b" },
    { "note", "one\ntwo", 5, "one\nthree", 4, "one", GX_MERGE_APPLIED, "one\ntwo\nthree" },
    { "note", "two", 5, "one", 4, "", GX_MERGE_APPLIED, "two\none" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const GxEntity *entity = &gx_person_profile_entity;
      const GxField *field = gx_entity_find (entity, rows[i].field);
      gpointer current = gx_entity_new (entity), proposed = gx_entity_new (entity), base = gx_entity_new (entity);
      g_autofree char *result = NULL;

      g_test_message ("row %u", i);
      gx_field_from_text (field, current, rows[i].current, NULL);
      gx_field_from_text (field, proposed, rows[i].proposed, NULL);
      gx_field_from_text (field, base, rows[i].base, NULL);
      g_assert_cmpint (gx_merge_field (field, current, rows[i].version, proposed, rows[i].base_version,
                                       rows[i].base != NULL ? base : NULL), ==, rows[i].outcome);
      result = gx_field_to_text (field, current);
      g_assert_cmpstr (result != NULL ? result : "", ==, rows[i].result);
      gx_entity_free (entity, current);
      gx_entity_free (entity, proposed);
      gx_entity_free (entity, base);
    }
}

static void
test_merge_keeps_the_greater (void)
{
  const GxField *field = gx_entity_find (&gx_task_entity, "snooze_cnt");
  GxTask *current = gx_entity_new (&gx_task_entity), *proposed = gx_entity_new (&gx_task_entity);

  current->snooze_cnt = 2;
  proposed->snooze_cnt = 1;
  g_assert_cmpint (gx_merge_field (field, current, 5, proposed, 4, NULL), ==, GX_MERGE_SAME);
  g_assert_cmpint (current->snooze_cnt, ==, 2);
  proposed->snooze_cnt = 3;
  g_assert_cmpint (gx_merge_field (field, current, 5, proposed, 4, NULL), ==, GX_MERGE_APPLIED);
  g_assert_cmpint (current->snooze_cnt, ==, 3);
  gx_entity_free (&gx_task_entity, current);
  gx_entity_free (&gx_task_entity, proposed);
}

static void
test_record_tells_its_masks (void)
{
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);
  g_autoptr(GxRecord) record = NULL;
  int band = 99;

  customer->meta.masked = g_strdup ("{\"balance\":4,\"below\":0,\"name\":null}");
  record = gx_record_new (&gx_customer_entity, customer);
  g_assert_true (gx_record_is_masked (record, "balance", &band));
  g_assert_cmpint (band, ==, 4);
  g_assert_true (gx_record_is_masked (record, "below", &band));
  g_assert_cmpint (band, ==, 0);
  g_assert_true (gx_record_is_masked (record, "name", &band));
  g_assert_cmpint (band, ==, -1);
  g_assert_false (gx_record_is_masked (record, "tier", NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/kind/every_one_is_sampled", test_every_kind_is_sampled);
  g_test_add_func ("/model/kind/round_trip", test_kinds_round_trip);
  g_test_add_func ("/model/kind/nothing_is_nothing", test_nothing_is_nothing);
  g_test_add_func ("/model/kind/refuses_with_field_and_rule", test_kinds_refuse);
  g_test_add_func ("/model/entity/tells_all_that_is_wrong", test_required_and_all_at_once);
  g_test_add_func ("/model/entity/diff_names_each_field", test_diff_names_each_field);
  g_test_add_func ("/model/delta/fv_get", test_fv_get);
  g_test_add_func ("/model/delta/fv_set_keeps_names_sorted", test_fv_set_keeps_names_sorted);
  g_test_add_func ("/model/delta/merge_table", test_merge_table);
  g_test_add_func ("/model/delta/merge_keeps_the_greater", test_merge_keeps_the_greater);
  g_test_add_func ("/model/record/tells_its_masks", test_record_tells_its_masks);
  return g_test_run ();
}
