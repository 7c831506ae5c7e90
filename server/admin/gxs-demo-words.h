/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each table ends with NULL. Surnames, given-name characters and company words are common words of the language, put
 * together at random: whoever bears such a name by chance is not meant. */
extern const char *const gxs_demo_surnames[];
extern const char *const gxs_demo_given_male[];
extern const char *const gxs_demo_given_female[];
extern const char *const gxs_demo_company_first[];
extern const char *const gxs_demo_company_second[];
extern const char *const gxs_demo_company_trade[];
extern const char *const gxs_demo_streets[];
extern const char *const gxs_demo_estates[];
extern const char *const gxs_demo_occupations[];

typedef struct
{
  const char *code;         /* GB/T 2260 */
  const char *name;
  const char *postcode;
} GxsDemoRegion;

extern const GxsDemoRegion gxs_demo_regions[];   /* four a branch, in the order of the branches */
#define GXS_DEMO_REGIONS_A_BRANCH 4

G_END_DECLS
