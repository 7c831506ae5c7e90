/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_OCC_EMPLOYEE = 1, GX_OCC_CIVIL_SERVANT, GX_OCC_SELF_EMPLOYED, GX_OCC_FREELANCE, GX_OCC_STUDENT, GX_OCC_RETIRED, GX_OCC_OTHER } GxOccGroup;
typedef enum { GX_INCOME_LOW = 1, GX_INCOME_MID, GX_INCOME_HIGH } GxIncomeBand;

/**
 * GxPersonProfile: what is known of a person; its id is the customer's.
 */
typedef struct
{
  GxMeta  meta;
  GxId    customer_id;
  char   *gender;             /* GB/T 2261.1 */
  gint32  birth_date;
  char   *lunar_birthday;     /* MM-DD of the lunar year */
  char   *nationality;        /* ISO 3166 */
  char   *ethnic;
  char   *marital;            /* GB/T 2261.2 */
  char   *education;          /* GB/T 4658 */
  char   *occupation;         /* GB/T 6565 */
  int     occ_group;          /* GxOccGroup */
  char   *employer;
  char   *position;
  int     income_band;        /* GxIncomeBand */
  gint64  annual_income;
  char   *hobbies;
  gint64  invest_years;
  char   *invest_goal;
  char   *lifestyle;
  char   *note;
} GxPersonProfile;

extern const GxEntity gx_person_profile_entity;
extern const GxChoice gx_genders[];
extern const GxChoice gx_maritals[];
extern const GxChoice gx_educations[];

G_END_DECLS
