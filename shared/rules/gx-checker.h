/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"
#include "gx-valid.h"

G_BEGIN_DECLS

/**
 * GxChecker: one look at one row. Only the rules themselves (gx-check-*.c) use it; all others call gx_check_entity().
 */
typedef struct
{
  const GxEntity *entity;
  gconstpointer   data;
  gpointer        writable;   /* (nullable): of a normalising look, the same row */
  gint32          today;
  GxSeverity      wanted;     /* which findings are kept */
  GError         *found;      /* (nullable): with one violation a finding */
} GxChecker;

typedef void (*GxCheckFunc) (GxChecker *checker);

void gx_checker_add    (GxChecker *checker, GxSeverity severity, const char *field, const char *rule, const char *detail);
void gx_checker_valid  (GxChecker *checker, GxValidKind kind, const char *field, GxSeverity at_most);
void gx_checker_match  (GxChecker *checker, const char *field, const char *pattern, const char *detail);
void gx_checker_order  (GxChecker *checker, const char *earlier, const char *later);
void gx_checker_past   (GxChecker *checker, const char *field);
void gx_checker_paired (GxChecker *checker, const char *one, const char *other);

/* gx-check-customer.c */
void gx_check_customer       (GxChecker *checker);
void gx_check_person_profile (GxChecker *checker);
void gx_check_org_profile    (GxChecker *checker);
void gx_check_identifier     (GxChecker *checker);
void gx_check_contact_point  (GxChecker *checker);
void gx_check_address        (GxChecker *checker);
void gx_check_relationship   (GxChecker *checker);
void gx_check_interaction    (GxChecker *checker);
void gx_check_task           (GxChecker *checker);
void gx_check_life_event     (GxChecker *checker);

/* gx-check-bank.c */
void gx_check_setting        (GxChecker *checker);
void gx_check_org_unit       (GxChecker *checker);
void gx_check_employee       (GxChecker *checker);
void gx_check_login          (GxChecker *checker);
void gx_check_role_grant     (GxChecker *checker);
void gx_check_device         (GxChecker *checker);
void gx_check_product        (GxChecker *checker);
void gx_check_holding        (GxChecker *checker);
void gx_check_month          (GxChecker *checker);
void gx_check_change_request (GxChecker *checker);
void gx_check_attachment     (GxChecker *checker);

/* gx-check-plan.c */
void gx_check_calendar_day    (GxChecker *checker);
void gx_check_saved_view      (GxChecker *checker);
void gx_check_stage_hist      (GxChecker *checker);
void gx_check_risk_assessment (GxChecker *checker);
void gx_check_plan_tmpl       (GxChecker *checker);
void gx_check_plan            (GxChecker *checker);
void gx_check_visit           (GxChecker *checker);

G_END_DECLS
