/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few documents of rm1's customers, as real as the bank's others: sealed files that open in the desk. One has expired. */
#include "gxs-demo-paper.h"

#include "gx-attachment.h"
#include "gxs-blob.h"

#include <string.h>

#define N_PAPERS 3

static const char proof[] =
  "%PDF-1.4\n"
  "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
  "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
  "4 0 obj<</Length 181>>stream\n"
  "BT /F1 20 Tf 40 520 Td (Proof of assets) Tj ET\n"
  "BT /F1 12 Tf 40 480 Td (Average of 30 days: CNY 3,127,500.00) Tj ET\n"
  "BT /F1 12 Tf 40 455 Td (Issued by the branch for the customer's file.) Tj ET\n"
  "endstream endobj\n"
  "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
  "trailer<</Root 1 0 R>>\n%%EOF\n";

static const char contract[] =
  "理财产品风险揭示与客户权益须知（示例）\n\n"
  "一、本人已阅读产品说明书，知悉产品风险等级与本人风险承受能力相匹配。\n"
  "二、本人确认资金来源合法，所填信息真实、完整。\n"
  "三、本确认书一式两份，银行与客户各执一份。\n";

static const char minutes[] =
  "面谈纪要（示例）\n\n"
  "客户表示近期有子女教育金安排，希望了解三年期以内的稳健产品；约定下月复谈。\n";

static const struct { const char *name, *text; int kind; gint32 days; } papers[N_PAPERS] = {
  { "资产证明.pdf", proof, GX_ATTACHMENT_ASSET_PROOF, 300 },
  { "风险揭示确认书.txt", contract, GX_ATTACHMENT_CONTRACT, -20 },
  { "面谈纪要.txt", minutes, GX_ATTACHMENT_MINUTES, 0 },
};

static gboolean
make_paper (GxsDemo       *demo,
            const char    *data_dir,
            GxBankSealer  *sealer,
            guint          i,
            const GxId    *customer_id,
            GError       **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (papers[i].text, strlen (papers[i].text));
  g_autofree char *sha256 = gxs_blob_put (data_dir, sealer, demo->batch, &demo->actor->login_id, bytes, error);
  GxAttachment *row;

  if (sha256 == NULL)
    return FALSE;
  row = gx_entity_new (&gx_attachment_entity);
  row->sha256 = g_strdup (sha256);
  row->name = g_strdup (papers[i].name);
  row->mime = g_strdup (g_str_has_suffix (papers[i].name, ".pdf") ? "application/pdf" : "text/plain");
  row->size = (gint64) g_bytes_get_size (bytes);
  row->kind = papers[i].kind;
  row->valid_to = papers[i].days != 0 ? demo->today + papers[i].days : GX_INT32_NONE;
  row->customer_id = *customer_id;
  row->added_by = demo->rms[0];
  return gxs_demo_put (demo, &gx_attachment_entity, row, error);
}

static gboolean
list_customers (GxsDemo  *demo,
                GxId     *out_ids,
                guint    *out_n,
                GError  **error)
{
  g_autoptr(GxStatement) rows = gx_db_query (gxs_batch_get_db (demo->batch), error, "SELECT id FROM customer WHERE primary_rm_id=?"
                                             " AND status=2 ORDER BY cif_no LIMIT 3", "u", &demo->rms[0]);

  *out_n = 0;
  if (rows == NULL)
    return FALSE;
  while (*out_n < N_PAPERS && gx_statement_next (rows, NULL))
    out_ids[(*out_n)++] = gx_statement_get_id (rows, 0);
  return TRUE;
}

static gboolean
find_login (GxsDemo  *demo,
            GxId     *out_login,
            GError  **error)
{
  g_autoptr(GxStatement) rows = gx_db_query (gxs_batch_get_db (demo->batch), error, "SELECT id FROM login WHERE login='rm1'", NULL);

  if (rows == NULL || !gx_statement_next (rows, error))
    return FALSE;

  *out_login = gx_statement_get_id (rows, 0);
  return TRUE;
}

/**
 * gxs_demo_make_papers:
 *
 * As if rm1 had handed them in: the first of its customers has all three, the next two one each.
 */
gboolean
gxs_demo_make_papers (GxsDemo       *demo,
                      const char    *data_dir,
                      GxBankSealer  *sealer,
                      GError       **error)
{
  const GxsActor *before = demo->actor;
  GxsActor rm1 = *before;
  GxId customers[N_PAPERS];
  gboolean made;
  guint n;

  if (!find_login (demo, &rm1.login_id, error) || !list_customers (demo, customers, &n, error))
    return FALSE;

  rm1.employee_id = demo->rms[0];
  rm1.action = "create";
  rm1.unaudited = FALSE;
  demo->actor = &rm1;
  made = TRUE;
  for (guint i = 0; made && n > 0 && i < N_PAPERS; i++)
    made = make_paper (demo, data_dir, sealer, i, &customers[0], error)
           && (i == 0 || i >= n || make_paper (demo, data_dir, sealer, i, &customers[i], error));
  demo->actor = before;

  return made;
}
