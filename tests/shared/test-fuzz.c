/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seeded mutation of everything that reads bytes from outside in shared/: no crash, one way to fail, and what is taken
 * keeps its promise. Under ASan this finds reads beyond the end, for each input is a block of exactly its size.
 * GUANXI_FUZZ_ROUNDS lengthens it.
 */
#include "gxt-environment.h"
#include "gxt-mutate.h"
#include "gxt-readers.h"

#include <string.h>

#define MOST 4096          /* bytes */

typedef gboolean (*Target) (const char *data, gsize length);      /* whether it was taken */

static const struct
{
  const char *path;
  Target      target;
  const char *seeds[8];
} targets[] = {
  { "/fuzz/json/parse", gxt_read_json, {
    "{\"client_id\":\"0192f000-0000-7000-8000-000000000001\",\"ack_mid\":40,\"mutations\":[{\"mid\":41,\"set\":{\"a\":{\"v\":\"\\u5f20\\ud83d\\ude00\"}}}]}",
    "[0,-1,9223372036854775807,true,false,null,\"a\\n\\\"b\\\\\",{},[]]",
    "{\"d\":{\"name\":\"张三丰\",\"balance\":-12345},\"masked\":{\"balance\":4}}", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]" } },
  { "/fuzz/problem/read", gxt_read_problem, {
    "{\"type\":\"urn:guanxi:problem:stale\",\"status\":409,\"code\":\"STALE\",\"detail\":\"x\",\"violations\":[{\"field\":\"f\",\"rule\":\"r\",\"detail\":\"d\"}],\"params\":{\"a\":[1]},\"retry_after\":3}",
    "{\"code\":\"INVALID\",\"params\":{}}" } },
  { "/fuzz/note/parse", gxt_read_note, {
    "guanxi/bank\n17\n037kAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nepoch a91c\n\n\u2014 guanxi/bank x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
    "text\n\n\u2014 a AAAAAAA=\n\u2014 b AAAAAAA=\n", "\n\n\u2014 a AAAAAAA=\n" } },
  { "/fuzz/note/verifier", gxt_read_verifier, { "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW" } },
  { "/fuzz/text/everything_typed", gxt_read_text, {
    "张三丰 zhang NEAR(a*) \"x\"", "１３８ １２３４－５６７８", "11010519491231002X", "91330212MA2ABCDEX2", "−1,234,567.89 万元", "z.san@Example.cn",
    "e\u0301ﷺ\u200b\u00a0\u3000Straße", "92233720368547758.07" } },
};

static gboolean
run_round (GxRandom *random,
           GString  *data,
           Target    target)
{
  g_autofree char *exact = gxt_mutate (random, data, MOST);

  return target (exact, data->len);
}

static void
test_target (gconstpointer user_data)
{
  guint row = GPOINTER_TO_UINT (user_data), n_seeds = 0, taken = 0;
  guint rounds = (guint) gxt_environment ("GUANXI_FUZZ_ROUNDS", 20000);
  GxSeededRandom random;
  g_autoptr(GString) data = g_string_new (NULL);

  while (n_seeds < G_N_ELEMENTS (targets[row].seeds) && targets[row].seeds[n_seeds] != NULL)
    {
      const char *seed = targets[row].seeds[n_seeds++];

      g_assert_true (targets[row].target (seed, strlen (seed)));
    }
  gx_seeded_random_init (&random, 1 + row);
  for (guint round = 0; round < rounds; round++)
    {
      /* Some go on from the last mutant, so that damage adds up. */
      if (round == 0 || gx_random_below (&random.parent, 4) > 0)
        g_string_assign (data, targets[row].seeds[gx_random_below (&random.parent, n_seeds)]);
      taken += run_round (&random.parent, data, targets[row].target);
    }

  /* A loop in which nothing or everything is taken tests nothing. */
  g_assert_cmpuint (taken, >, rounds / 200);
  g_assert_cmpuint (taken, <, rounds);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint row = 0; row < G_N_ELEMENTS (targets); row++)
    g_test_add_data_func (targets[row].path, GUINT_TO_POINTER (row), test_target);
  return g_test_run ();
}
