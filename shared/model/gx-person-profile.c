/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a person. Its id is the customer's; standard codes keep the standard's own code as text. */
#include "gx-person-profile.h"

#include "gx-mask.h"

#include <glib/gi18n.h>

const GxChoice gx_genders[] = {
  { "0", N_("Unknown") }, { "1", N_("Male") }, { "2", N_("Female") }, { "9", N_("Not stated") }, GX_CHOICES_END
};

const GxChoice gx_maritals[] = {
  { "10", N_("Single") }, { "20", N_("Married") }, { "21", N_("First marriage") }, { "22", N_("Remarried") },
  { "23", N_("Reunited") }, { "30", N_("Widowed") }, { "40", N_("Divorced") }, { "90", N_("Not stated") },
  GX_CHOICES_END
};

const GxChoice gx_educations[] = {
  { "10", N_("Postgraduate") }, { "20", N_("Bachelor") }, { "30", N_("Junior college") }, { "40", N_("Vocational") },
  { "60", N_("Senior high school") }, { "70", N_("Junior high school") }, { "80", N_("Primary school") },
  { "90", N_("Other") }, GX_CHOICES_END
};

static const GxChoice occ_groups[] = {
  { "EMPLOYEE", N_("Salaried employee") }, { "CIVIL_SERVANT", N_("Civil servant") },
  { "SELF_EMPLOYED", N_("Self-employed") }, { "FREELANCE", N_("Freelance") }, { "STUDENT", N_("Student") },
  { "RETIRED", N_("Retired") }, { "OTHER", N_("Other") }, GX_CHOICES_END
};

static const GxChoice income_bands[] = {
  { "LOW", N_("Low") }, { "MID", N_("Middle") }, { "HIGH", N_("High") }, GX_CHOICES_END
};

#define WORK      "work"
#define INVESTING "investing"

static const GxField fields[] = {
  GX_FIELD_REF   (GxPersonProfile, customer_id,    N_("Customer"),           .flags = GX_REQUIRED | GX_FIXED,
                 .entity = "customer"),
  GX_FIELD_TEXT  (GxPersonProfile, gender,         N_("Gender"),             .flags = GX_LISTED,
                 .choices = gx_genders, .max = 1),
  GX_FIELD_DATE  (GxPersonProfile, birth_date,     N_("Birth date"),         .flags = GX_REVIEWED | GX_MASKED,
                 .review = "customer.identity"),
  GX_FIELD_TEXT  (GxPersonProfile, lunar_birthday, N_("Lunar birthday"),     .flags = GX_MASKED,
                 .min = 5, .max = 5, .mask = gx_mask_all),
  GX_FIELD_TEXT  (GxPersonProfile, nationality,    N_("Nationality"),        .flags = GX_COUNTRY, .min = 2, .max = 3),
  GX_FIELD_TEXT  (GxPersonProfile, ethnic,         N_("Ethnic group"),       .max = 20),
  GX_FIELD_TEXT  (GxPersonProfile, marital,        N_("Marital status"),     .choices = gx_maritals, .max = 2),
  GX_FIELD_TEXT  (GxPersonProfile, education,      N_("Education level"),    .choices = gx_educations, .max = 2),
  GX_FIELD_TEXT  (GxPersonProfile, occupation,     N_("Occupation"),         .flags = GX_LISTED, .max = 20, .group = WORK),
  GX_FIELD_ENUM  (GxPersonProfile, occ_group,      N_("Occupation group"),   .choices = occ_groups, .group = WORK),
  GX_FIELD_TEXT  (GxPersonProfile, employer,       N_("Employer"),           .max = 120, .group = WORK),
  GX_FIELD_TEXT  (GxPersonProfile, position,       N_("Position"),           .max = 60, .group = WORK),
  GX_FIELD_ENUM  (GxPersonProfile, income_band,    N_("Income band"),        .choices = income_bands, .group = WORK),
  GX_FIELD_MONEY (GxPersonProfile, annual_income,  N_("Annual income"),      .flags = GX_MASKED, .max = G_MAXINT64, .group = WORK),
  GX_FIELD_TEXT  (GxPersonProfile, hobbies,        N_("Hobbies"),            .merge = GX_MERGE_SET, .max = 400),
  GX_FIELD_INT   (GxPersonProfile, invest_years,   N_("Years of investing"), .max = 100, .group = INVESTING),
  GX_FIELD_TEXT  (GxPersonProfile, invest_goal,    N_("Investment goal"),    .max = 400, .group = INVESTING),
  GX_FIELD_TEXT  (GxPersonProfile, lifestyle,      N_("Lifestyle"),          .max = 400),
  GX_FIELD_TEXT  (GxPersonProfile, note,           N_("Note"),               .merge = GX_MERGE_APPEND, .max = 4000),
};

GX_DEFINE_ENTITY (gx_person_profile_entity, GxPersonProfile, 8, "person_profile", N_("Person"), fields,
                  .reviewed = TRUE, .parents = { "customer_id" }, .same_id = TRUE);
