/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text, names, masks and money: what people type, and what they are shown. */
#include "gx-country.h"
#include "gx-error.h"
#include "gx-mask.h"
#include "gx-money.h"
#include "gx-name-keys.h"
#include "gx-text.h"

#include <locale.h>
#include <string.h>

typedef char *(*Convert) (const char *text);

typedef struct
{
  Convert     convert;
  const char *in;
  const char *out;
} Row;

static void
check_rows (const Row *rows,
            guint      n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *out = rows[i].convert (rows[i].in);

      g_assert_cmpstr (out, ==, rows[i].out);
    }
}

static void
test_set_str_tells_change (void)
{
  g_autofree char *text = NULL;

  g_assert_false (gx_set_str (&text, NULL));
  g_assert_true (gx_set_str (&text, "abc"));
  g_assert_false (gx_set_str (&text, "abc"));
  g_assert_true (gx_set_str (&text, text + 1));
  g_assert_cmpstr (text, ==, "bc");
  g_assert_true (gx_set_str (&text, NULL));
  g_assert_null (text);
}

static void
test_folds_trims_and_splits (void)
{
  static const Row rows[] = {
    { gx_text_trim, NULL, NULL },
    { gx_text_trim, " \t\u3000\u00a0 ", NULL },
    { gx_text_trim, "\u3000张 三\n", "张 三" },
    { gx_text_trim, "x", "x" },
    { gx_text_normalize, "１３８ＡＢｃ", "138ABc" },
    { gx_text_normalize, "Abc", "Abc" },
    { gx_text_fold, "ＡＢＣ Straße", "abc strasse" },
    { gx_text_fold, "國 国 ﷺ", "國 国 صلى الله عليه وسلم" },
    { gx_text_split, "张三丰", "张 三 丰" },
    { gx_text_split, "ABC公司No.12（北京）", "abc 公 司 no 12 北 京" },
    { gx_text_split, "O'Brien-Smith", "o brien smith" },
    { gx_text_split, "カタ한글", "カ タ 한 글" },
    { gx_text_split, "***", "" },
    { gx_text_split, "𠮷野", "𠮷 野" },
    { gx_text_split_letters, "AB1丰 x", "a b 1 丰 x" },
    { gx_text_query, "张三", "\"张 三\"" },
    { gx_text_query, "张", "\"张\"" },
    { gx_text_query, " Zs ", "\"zs\"*" },
    { gx_text_query, "张三　zs 12", "\"张 三\" \"zs\"* \"12\"*" },
    { gx_text_query, "ABC公司", "\"abc 公 司\"" },
    { gx_text_query, "公司abc", "\"公 司 abc\"*" },
    { gx_text_query, "a\" OR \"b", "\"a\"* \"or\"* \"b\"*" },
    { gx_text_query, "NEAR(a* b)", "\"near a\"* \"b\"*" },
    { gx_text_query, "%_*\"'();--", NULL },
    { gx_text_query, "", NULL },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_width_counts_columns (void)
{
  g_assert_cmpuint (gx_text_width ("ab张三"), ==, 6);
  g_assert_cmpuint (gx_text_width ("e\u0301"), ==, 1);
  g_assert_cmpuint (gx_text_width (""), ==, 0);
}

static gboolean
has_token (const char *search,
           const char *token)
{
  g_auto(GStrv) tokens = g_strsplit (search, " ", -1);

  return g_strv_contains ((const char * const *) tokens, token);
}

static void
test_name_keys_know_surnames_and_readings (void)
{
  static const struct { const char *name; gboolean person; const char *pinyin, *initials, *found[6]; } rows[] = {
    { "张三丰", TRUE, "zhang san feng", "zsf", { "zhangsanfeng", "sanfeng", "feng", "zsf", "sf" } },
    { "单雄信", TRUE, "shan xiong xin", "sxx", { "shanxiongxin", "danxiongxin", "dxx" } },
    { "曾国藩", TRUE, "zeng guo fan", "zgf", { "cengguofan" } },
    { "尉迟恭", TRUE, "yu chi gong", "ycg", { "weichigong" } },
    { "吕布", TRUE, "lv bu", "lb", { "lvbu", "lubu", "lb" } },
    { "欧阳锋", TRUE, "ou yang feng", "oyf", { "ouyangfeng", "yangfeng" } },
    { "John Smith", TRUE, "john smith", "js", { "johnsmith", "smith", "js" } },
    { "客户 1234", TRUE, "ke hu 1234", "kh1234", { "kehu1234", "kh1234", "1234" } },
    { "北京银行", FALSE, "bei jing yin hang", "bjyh", { "beijingyinhang", "yinxing", "yh", "yx" } },
    { "长江房地产", FALSE, "chang jiang fang di chan", "cjfdc", { "cjfdc", "fangdichan", "dichan" } },
    { "成都ABC（集团）", FALSE, "cheng du abc ji tuan", "cdajt", { "abcjituan", "jituan" } },
    { "厦门航空", FALSE, "xia men hang kong", "xmhk", { "xiamenhangkong", "shamenhangkong" } },
    { "", TRUE, "", "", { NULL } },
    { "***", TRUE, "", "", { NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(GxNameKeys) keys = { NULL };

      gx_text_name_keys (rows[i].name, rows[i].person, &keys);
      g_assert_cmpstr (keys.pinyin, ==, rows[i].pinyin);
      g_assert_cmpstr (keys.initials, ==, rows[i].initials);
      for (guint n = 0; rows[i].found[n] != NULL; n++)
        if (!has_token (keys.search, rows[i].found[n]))
          g_error ("%s: %s is not among %s", rows[i].name, rows[i].found[n], keys.search);
    }
}

static gpointer
make_keys (gpointer data)
{
  for (guint i = 0; i < 200; i++)
    {
      g_auto(GxNameKeys) keys = { NULL };

      gx_text_name_keys ("单雄信", TRUE, &keys);
      g_assert_cmpstr (keys.initials, ==, "sxx");
    }

  return NULL;
}

static void
test_name_keys_from_many_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("keys", make_keys, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_masks_show_too_little (void)
{
  static const Row rows[] = {
    { gx_mask_name, "张三", "张*" },
    { gx_mask_name, "张三丰", "张*" },
    { gx_mask_name, "张", "***" },
    { gx_mask_mobile, "13812345678", "138****5678" },
    { gx_mask_mobile, "01012345", "***45" },
    { gx_mask_mobile, "12", "***" },
    { gx_mask_id, "110101199003070011", "110***********0011" },
    { gx_mask_id, "E12345678", "***678" },
    { gx_mask_id, "12345", "***5" },
    { gx_mask_account, "6222020200000000014", "**** **** **** 0014" },
    { gx_mask_account, "12345", "***" },
    { gx_mask_email, "zhang@x.cn", "z***@x.cn" },
    { gx_mask_email, "z@x.cn", "***" },
    { gx_mask_email, "张三@x.cn", "张***@x.cn" },
    { gx_mask_contact, "a.b@x.cn", "a***@x.cn" },
    { gx_mask_contact, "13812345678", "138****5678" },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_money_formats (void)
{
  static const struct { gint64 amount; const char *ccy, *exact, *myriads, *millions; } rows[] = {
    { 0, NULL, "0.00", "0.00 元", "¥0.00" },
    { 123456789, "CNY", "1,234,567.89", "123.46 万元", "¥1.23 m" },
    { -123456789, "CNY", "−1,234,567.89", "−123.46 万元", "−¥1.23 m" },
    { 536200000, "CNY", "5,362,000.00", "536.20 万元", "¥5.36 m" },
    { 999999, "CNY", "9,999.99", "9,999.99 元", "¥10.00 k" },
    { 1000000, "CNY", "10,000.00", "1.00 万元", "¥10.00 k" },
    { 12500000000, "CNY", "125,000,000.00", "1.25 亿元", "¥125.00 m" },
    { 150000000, "CZK", "1,500,000.00", "150.00 万 CZK", "1.50 m CZK" },
    { 1500000, "JPY", "1,500,000", "150.00 万 JPY", "1.50 m JPY" },
    { 1234, "KWD", "1.234", "1.234 KWD", "1.234 KWD" },
    { G_MAXINT64, "CNY", "92,233,720,368,547,758.07", "922,337,203.69 亿元", "¥92,233,720,368.55 m" },
    { G_MININT64, "CNY", "−92,233,720,368,547,758.08", "−922,337,203.69 亿元", "−¥92,233,720,368.55 m" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *exact = gx_money_format (rows[i].amount, rows[i].ccy);
      g_autofree char *myriads = gx_money_format_short (rows[i].amount, rows[i].ccy, GX_MONEY_MYRIADS);
      g_autofree char *millions = gx_money_format_short (rows[i].amount, rows[i].ccy, GX_MONEY_MILLIONS);

      g_assert_cmpstr (exact, ==, rows[i].exact);
      g_assert_cmpstr (myriads, ==, rows[i].myriads);
      g_assert_cmpstr (millions, ==, rows[i].millions);
    }
}

static void
test_money_parses_what_it_formats (void)
{
  static const gint64 amounts[] = { 0, 1, -1, 99, 100, 123456789, -98765432101, G_MAXINT64, -G_MAXINT64 };
  static const char * const currencies[] = { "CNY", "JPY", "KWD" };

  for (guint i = 0; i < G_N_ELEMENTS (amounts) * G_N_ELEMENTS (currencies); i++)
    {
      gint64 amount = amounts[i / G_N_ELEMENTS (currencies)], back = 42;
      const char *ccy = currencies[i % G_N_ELEMENTS (currencies)];
      g_autofree char *text = gx_money_format (amount, ccy);

      g_assert_true (gx_money_parse (text, ccy, "balance", &back, NULL));
      g_assert_cmpint (back, ==, amount);
    }
}

static void
test_money_parses_what_people_type (void)
{
  static const struct { const char *text, *ccy; gint64 amount; } good[] = {
    { "12", NULL, 1200 }, { " 12.5 ", NULL, 1250 }, { "1,234.56", NULL, 123456 }, { "1234567", NULL, 123456700 },
    { "−3", NULL, -300 }, { "-0.01", NULL, -1 }, { "300万", NULL, 300000000 }, { "1.23456 万元", NULL, 1234560 },
    { "1.5亿", NULL, 15000000000 }, { "５０元", NULL, 5000 }, { "7", "JPY", 7 }, { "7.000", "JPY", 7 }, { "1.234", "KWD", 1234 },
    { "1.500", NULL, 150 }, { "-92233720368547758.07", NULL, -G_MAXINT64 },
  };
  static const struct { const char *text, *ccy; } bad[] = {
    { "", NULL }, { "abc", NULL }, { "1.", NULL }, { ".5", NULL }, { "1.234", NULL }, { "7.5", "JPY" }, { "12,34", NULL },
    { "1,2345", NULL }, { ",123", NULL }, { "1234,567", NULL }, { "1,23", NULL }, { "1e5", NULL }, { "0x10", NULL }, { "--1", NULL },
    { "1 2", NULL }, { "万", NULL }, { "92233720368547758.08", NULL }, { "99999999999999999999", NULL }, { "999999999999亿", NULL },
    { "1.2345678万", NULL }, { "1.2.3", NULL }, { "+1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      gint64 amount = 0;

      g_assert_true (gx_money_parse (good[i].text, good[i].ccy, "amount", &amount, NULL));
      g_assert_cmpint (amount, ==, good[i].amount);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 amount = 7;

      if (gx_money_parse (bad[i].text, bad[i].ccy, "amount", &amount, &error))
        g_error ("taken: %s", bad[i].text);
      g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, "amount: "));
      g_assert_cmpint (amount, ==, 7);
    }
}

static void
test_money_bands_cover_everything (void)
{
  static const struct { gint64 yuan; const char *zh, *en; } rows[] = {
    { -1, "below 0", "below 0" },
    { 0, "0–5 万元", "¥0–50 k" },
    { 49999, "0–5 万元", "¥0–50 k" },
    { 200000, "20–50 万元", "¥200–500 k" },
    { 999999, "50–100 万元", "¥500–1,000 k" },
    { 1000000, "100–300 万元", "¥1–3 m" },
    { 3000000, "300–600 万元", "¥3–6 m" },
    { 5999999, "300–600 万元", "¥3–6 m" },
    { 6000000, "600–1,000 万元", "¥6–10 m" },
    { 50000000, "5,000–10,000 万元", "¥50–100 m" },
    { 100000000, "1 亿元 and more", "¥100 m and more" },
  };
  gint64 low, high, before = G_MININT64;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint band = gx_money_band (rows[i].yuan * 100, "CNY");
      g_autofree char *zh = gx_money_band_label (band, "CNY", GX_MONEY_MYRIADS);
      g_autofree char *en = gx_money_band_label (band, NULL, GX_MONEY_MILLIONS);

      g_assert_cmpstr (zh, ==, rows[i].zh);
      g_assert_cmpstr (en, ==, rows[i].en);
      g_assert_true (gx_money_band_edges (band, "CNY", &low, &high));
      g_assert_cmpint (low, <=, rows[i].yuan * 100);
      g_assert_cmpint (high, >, rows[i].yuan * 100);
    }
  for (guint band = 0; band < GX_MONEY_N_BANDS; band++)
    {
      g_assert_true (gx_money_band_edges (band, "JPY", &low, &high));
      g_assert_cmpint (low, ==, before);
      before = high;
    }
  g_assert_cmpint (before, ==, G_MAXINT64);
  g_assert_false (gx_money_band_edges (GX_MONEY_N_BANDS, NULL, &low, &high));
  g_assert_null (gx_money_band_label (GX_MONEY_N_BANDS, NULL, GX_MONEY_MYRIADS));
}

static void
test_money_bands_in_other_currencies (void)
{
  g_autofree char *zh = gx_money_band_label (6, "CZK", GX_MONEY_MYRIADS);
  g_autofree char *en = gx_money_band_label (6, "CZK", GX_MONEY_MILLIONS);

  g_assert_cmpstr (zh, ==, "300–600 万 CZK");
  g_assert_cmpstr (en, ==, "3–6 m CZK");
}

static void
test_money_sums_say_when_they_overflow (void)
{
  gint64 sum;

  g_assert_true (gx_money_add (G_MAXINT64 - 1, 1, &sum));
  g_assert_cmpint (sum, ==, G_MAXINT64);
  g_assert_false (gx_money_add (G_MAXINT64, 1, &sum));
  g_assert_true (gx_money_subtract (-1, G_MAXINT64, &sum));
  g_assert_false (gx_money_subtract (-2, G_MAXINT64, &sum));
}

static void
test_countries_have_names (void)
{
  static const struct { const char *code, *language, *name; } names[] = {
    { "CN", "zh_CN", "中国" }, { "CN", "en", "China" }, { "CHN", "en", "China" }, { "CZ", "zh_CN", "捷克" }, { "ZZZ", "en", NULL }, { "", "en", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = gx_country_dup_name (names[i].code, names[i].language);

      g_assert_cmpstr (name, ==, names[i].name);
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/set_str_tells_change", test_set_str_tells_change);
  g_test_add_func ("/base/text/folds_trims_and_splits", test_folds_trims_and_splits);
  g_test_add_func ("/base/text/width_counts_columns", test_width_counts_columns);
  g_test_add_func ("/base/name-keys/know_surnames_and_readings", test_name_keys_know_surnames_and_readings);
  g_test_add_func ("/base/name-keys/from_many_threads", test_name_keys_from_many_threads);
  g_test_add_func ("/base/mask/shows_too_little", test_masks_show_too_little);
  g_test_add_func ("/base/country/has_a_name_in_each_language", test_countries_have_names);
  g_test_add_func ("/base/money/formats", test_money_formats);
  g_test_add_func ("/base/money/parses_what_it_formats", test_money_parses_what_it_formats);
  g_test_add_func ("/base/money/parses_what_people_type", test_money_parses_what_people_type);
  g_test_add_func ("/base/money/bands_cover_everything", test_money_bands_cover_everything);
  g_test_add_func ("/base/money/bands_in_other_currencies", test_money_bands_in_other_currencies);
  g_test_add_func ("/base/money/sums_say_when_they_overflow", test_money_sums_say_when_they_overflow);
  return g_test_run ();
}
