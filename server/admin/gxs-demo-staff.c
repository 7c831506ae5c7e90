/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo bank itself: head office, three branches, who works there, their logins and roles, and what the bank sells.
 */
#include "gxs-demo.h"

#include "gx-employee.h"
#include "gx-login.h"
#include "gx-org-unit.h"
#include "gx-product.h"
#include "gx-role-grant.h"
#include "gx-role.h"

static gboolean
make_unit (GxsDemo     *demo,
           const GxId  *id,
           const GxId  *parent,
           const char  *code,
           const char  *name,
           int          kind,
           GError     **error)
{
  GxOrgUnit *unit = gx_entity_new (&gx_org_unit_entity);

  unit->meta.id = *id;
  unit->code = g_strdup (code);
  unit->name = g_strdup (name);
  unit->kind = kind;
  unit->parent_id = *parent;
  unit->path = kind == GX_ORG_HQ ? g_strdup ("/HQ/") : g_strdup_printf ("/HQ/%s/", code);
  unit->region = GX_REGION_EAST;
  unit->active = TRUE;
  return gxs_demo_put (demo, &gx_org_unit_entity, unit, error);
}

static gboolean
make_units (GxsDemo  *demo,
            GError  **error)
{
  static const struct { const char *code, *name; } branches[GXS_DEMO_BRANCHES] = {
    { "HZ01", "杭州分行" }, { "NB01", "宁波分行" }, { "WZ01", "温州分行" },
  };

  demo->hq = gxs_batch_new_id (demo->batch);
  if (!make_unit (demo, &demo->hq, &GX_ID_NONE, "HQ", "总行", GX_ORG_HQ, error))
    return FALSE;

  for (guint i = 0; i < GXS_DEMO_BRANCHES; i++)
    {
      demo->branches[i] = gxs_batch_new_id (demo->batch);
      if (!make_unit (demo, &demo->branches[i], &demo->hq, branches[i].code, branches[i].name, GX_ORG_BRANCH, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
make_employee (GxsDemo     *demo,
               const GxId  *org,
               guint        number,
               const char  *name,
               GxId        *out_id,
               GError     **error)
{
  GxEmployee *employee = gx_entity_new (&gx_employee_entity);

  *out_id = employee->meta.id = gxs_batch_new_id (demo->batch);
  employee->staff_no = g_strdup_printf ("E%05u", number);
  employee->name = g_strdup (name);
  employee->org_id = *org;
  employee->status = GX_EMPLOYEE_ACTIVE;
  return gxs_demo_put (demo, &gx_employee_entity, employee, error);
}

static gboolean
make_login (GxsDemo     *demo,
            const char  *name,
            const GxId  *employee,
            const GxId  *org,
            GxRole       role,
            GError     **error)
{
  GxLogin *login = gx_entity_new (&gx_login_entity);
  GxRoleGrant *grant = gx_entity_new (&gx_role_grant_entity);

  login->meta.id = grant->login_id = gxs_batch_new_id (demo->batch);
  login->employee_id = *employee;
  login->login = g_strdup (name);
  login->pw_hash = g_strdup (demo->pw_hash);
  login->status = GX_LOGIN_ACTIVE;
  login->perm_ver = 1;
  grant->role = (int) role;
  grant->org_id = *org;
  grant->valid_from = demo->now;
  if (!gxs_demo_put (demo, &gx_login_entity, login, error))
    {
      gx_entity_free (&gx_role_grant_entity, grant);
      return FALSE;
    }

  return gxs_demo_put (demo, &gx_role_grant_entity, grant, error);
}

/**
 * gxs_demo_make_staff:
 *
 * Units, employees, logins and grants. rm1b is a second login, a supervisor's, of rm1's own person.
 */
gboolean
gxs_demo_make_staff (GxsDemo  *demo,
                     GError  **error)
{
  static const struct { const char *login, *name; int branch; GxRole role; } people[] = {
    { "rm1", "沈一鸣", 0, GX_ROLE_RM },       { "rm2", "陆静雯", 0, GX_ROLE_RM },       { "rm4", "何文博", 0, GX_ROLE_RM },
    { "rm5", "蒋佳怡", 0, GX_ROLE_RM },       { "rm3", "方海涛", 1, GX_ROLE_RM },       { "rm6", "董思琪", 1, GX_ROLE_RM },
    { "rm7", "叶国栋", 1, GX_ROLE_RM },       { "rm8", "苏晓燕", 1, GX_ROLE_RM },       { "rm9", "林天佑", 2, GX_ROLE_RM },
    { "rm10", "潘若兰", 2, GX_ROLE_RM },      { "rm11", "金永康", 2, GX_ROLE_RM },      { "rm12", "徐婉清", 2, GX_ROLE_RM },
    { "sup1", "顾明远", 0, GX_ROLE_SUPERVISOR }, { "sup2", "郑立新", 1, GX_ROLE_SUPERVISOR }, { "sup3", "吴素心", 2, GX_ROLE_SUPERVISOR },
    { "mgr1", "许承志", 0, GX_ROLE_MANAGER }, { "mgr2", "周景行", 1, GX_ROLE_MANAGER }, { "mgr3", "孙文君", 2, GX_ROLE_MANAGER },
    { "hq1", "高致远", -1, GX_ROLE_HQ },      { "admin1", "严启明", -1, GX_ROLE_ADMIN }, { "admin2", "孟长青", -1, GX_ROLE_ADMIN },
    { "auditor1", "钱子衿", -1, GX_ROLE_AUDITOR },
  };

  if (!make_units (demo, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      const GxId *org = people[i].branch >= 0 ? &demo->branches[people[i].branch] : &demo->hq;
      GxId employee;

      if (!make_employee (demo, org, 1001 + i, people[i].name, &employee, error)
          || !make_login (demo, people[i].login, &employee, org, people[i].role, error))
        return FALSE;
      if (i < GXS_DEMO_RMS)
        demo->rms[i] = employee;
    }

  return make_login (demo, "rm1b", &demo->rms[0], &demo->branches[0], GX_ROLE_SUPERVISOR, error);
}

/**
 * gxs_demo_make_products:
 *
 * What the bank sells; gxs_demo_make_holdings() knows the order of this table.
 */
gboolean
gxs_demo_make_products (GxsDemo  *demo,
                        GError  **error)
{
  static const struct { const char *code, *name; int family, line, risk; } products[GXS_DEMO_PRODUCTS] = {
    { "D001", "活期存款", GX_FAMILY_DEPOSIT_CURRENT, GX_LINE_DEPOSIT, GX_RISK_R1 },
    { "D002", "三个月定期", GX_FAMILY_DEPOSIT_TIME, GX_LINE_DEPOSIT, GX_RISK_R1 },
    { "D003", "一年定期", GX_FAMILY_DEPOSIT_TIME, GX_LINE_DEPOSIT, GX_RISK_R1 },
    { "D004", "三年大额存单", GX_FAMILY_LARGE_CD, GX_LINE_DEPOSIT, GX_RISK_R1 },
    { "W001", "安盈稳健理财", GX_FAMILY_WM_FIXED, GX_LINE_WEALTH, GX_RISK_R2 },
    { "W002", "安享平衡理财", GX_FAMILY_WM_MIXED, GX_LINE_WEALTH, GX_RISK_R3 },
    { "F001", "货币基金", GX_FAMILY_MONEY_FUND, GX_LINE_WEALTH, GX_RISK_R1 },
    { "F002", "成长股票基金", GX_FAMILY_FUND, GX_LINE_WEALTH, GX_RISK_R4 },
    { "I001", "年金保险", GX_FAMILY_INSURANCE, GX_LINE_INSURANCE, GX_RISK_R2 },
    { "L001", "个人住房贷款", GX_FAMILY_MORTGAGE, GX_LINE_LOAN, 0 },
    { "L002", "消费贷款", GX_FAMILY_CONSUMER_LOAN, GX_LINE_LOAN, 0 },
    { "C001", "信用卡金卡", GX_FAMILY_CREDIT_CARD, GX_LINE_CARD, 0 },
    { "B001", "单位活期存款", GX_FAMILY_DEPOSIT_CURRENT, GX_LINE_DEPOSIT, GX_RISK_R1 },
    { "B002", "单位通知存款", GX_FAMILY_DEPOSIT_NOTICE, GX_LINE_DEPOSIT, GX_RISK_R1 },
    { "B003", "流动资金贷款", GX_FAMILY_WORKING_CAPITAL, GX_LINE_LOAN, 0 },
    { "B004", "结算账户服务", GX_FAMILY_SETTLEMENT, GX_LINE_SETTLEMENT, 0 },
  };

  for (guint i = 0; i < GXS_DEMO_PRODUCTS; i++)
    {
      GxProduct *product = gx_entity_new (&gx_product_entity);

      demo->products[i] = product->meta.id = gxs_batch_new_id (demo->batch);
      product->code = g_strdup (products[i].code);
      product->name = g_strdup (products[i].name);
      product->family = products[i].family;
      product->line = products[i].line;
      product->risk_level = products[i].risk;
      product->issuer = g_strdup (GXS_DEMO_BANK_NAME);
      product->status = GX_PRODUCT_ON_SALE;
      product->valid_from = demo->today - 5 * 365;
      if (!gxs_demo_put (demo, &gx_product_entity, product, error))
        return FALSE;
    }

  return TRUE;
}
