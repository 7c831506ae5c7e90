/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcFilterShape: what a person sets of a filter, and how its value is written.
 * @GXC_FILTER_CHOICES: code words of an enumeration, "GOLD,PLATINUM"
 * @GXC_FILTER_PEOPLE: ids of employees
 * @GXC_FILTER_AMOUNTS: a range in tens of thousands, "100-500", "100-", "-500"
 * @GXC_FILTER_DAYS: a number of days
 * @GXC_FILTER_FLAG: "1"
 */
typedef enum
{
  GXC_FILTER_CHOICES,
  GXC_FILTER_PEOPLE,
  GXC_FILTER_AMOUNTS,
  GXC_FILTER_DAYS,
  GXC_FILTER_FLAG,
} GxcFilterShape;

typedef struct _GxcFilterKind GxcFilterKind;
typedef struct _GxcFilterConditions GxcFilterConditions;

/**
 * GxcFilterKind: one thing that customers can be filtered by.
 */
struct _GxcFilterKind
{
  const char      *name;        /* permanent: saved views hold it */
  const char      *label;       /* untranslated, context "filter" */
  GxcFilterShape   shape;
  const char      *field;       /* of the customer or its digest */
  gint64           usual;       /* of days: what is offered first */
  void           (*append) (const GxcFilterKind *kind, GxcDesk *desk, const char *value, GxcFilterConditions *conditions);
};

guint                gxc_filter_n_kinds        (void);
const GxcFilterKind *gxc_filter_kind           (guint i);
const GxcFilterKind *gxc_filter_find_kind      (const char *name);
const GxChoice      *gxc_filter_choices        (const GxcFilterKind *kind);
const char          *gxc_filter_label          (const GxcFilterKind *kind);
char                *gxc_filter_dup_words      (const GxcFilterKind *kind, GxcDesk *desk, const char *value);

/**
 * GxcFilterConditions: what a filter asks of the store, with the texts that it points to.
 */
struct _GxcFilterConditions
{
  GArray    *items;             /* of GxcCondition */
  GPtrArray *texts;
};

GxcFilterConditions *gxc_filter_conditions_new  (void);
void                 gxc_filter_conditions_add  (GxcFilterConditions *self, const char *field, GxcOperator op, char *text);
void                 gxc_filter_conditions_free (GxcFilterConditions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcFilterConditions, gxc_filter_conditions_free)

/**
 * GxcCustomersFilter: which customers a view lists. A value: whoever changes it tells whoever shows it.
 */
typedef struct
{
  char **values;                /* one a kind, NULL where it is not set */
} GxcCustomersFilter;

GxcCustomersFilter  *gxc_customers_filter_new   (const char *json);
GxcCustomersFilter  *gxc_customers_filter_copy  (const GxcCustomersFilter *self);
void                 gxc_customers_filter_free  (GxcCustomersFilter *self);
const char          *gxc_customers_filter_get   (const GxcCustomersFilter *self, const GxcFilterKind *kind);
void                 gxc_customers_filter_set   (GxcCustomersFilter *self, const GxcFilterKind *kind, const char *value);
void                 gxc_customers_filter_toggle (GxcCustomersFilter *self, const GxcFilterKind *kind, const char *word, gboolean on);
gboolean             gxc_customers_filter_has   (const GxcCustomersFilter *self, const GxcFilterKind *kind, const char *word);
gboolean             gxc_customers_filter_equal (const GxcCustomersFilter *a, const GxcCustomersFilter *b);
guint                gxc_customers_filter_n     (const GxcCustomersFilter *self);
char                *gxc_customers_filter_to_json (const GxcCustomersFilter *self);
GxcFilterConditions *gxc_customers_filter_conditions (const GxcCustomersFilter *self, GxcDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcCustomersFilter, gxc_customers_filter_free)

G_END_DECLS
