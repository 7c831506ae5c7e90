/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"
#include "gxc-draft.h"

G_BEGIN_DECLS

/** GXC_FORM_KEYS: what its keys do, for the map of keys of a page that has a form (GxcKey; needs glib/gi18n.h) */
#define GXC_FORM_KEYS \
  { "<Ctrl>s <Ctrl>Return", NC_("keys", "Save what was typed") }, GXC_DATE_KEYS
#define GXC_DATE_KEYS \
  { "plus minus w m y equal", NC_("keys", "In a date: a day, week, month, year on; today") }

typedef enum
{
  GXC_FORM_CREATE,
  GXC_FORM_PATCH,
  GXC_FORM_REQUEST,         /* a change that another person must approve: reason and evidence with it */
  GXC_FORM_COLLECT,         /* "collected" takes the row, e.g. to make one for each of many customers */
  GXC_FORM_REMOVE,          /* the row shall go; there is nothing to type but a reason, where one is needed */
} GxcFormMode;

#define GXC_TYPE_FORM (gxc_form_get_type ())
G_DECLARE_FINAL_TYPE (GxcForm, gxc_form, GXC, FORM, GtkWidget)

/** GxcFormKept: an open form without its widgets */
typedef struct _GxcFormKept GxcFormKept;

void     gxc_form_set_desk (GxcForm *self, GxcDesk *desk);
void     gxc_form_set_prospect (GxcForm *self, gboolean prospect);
void     gxc_form_open     (GxcForm *self, GxcFormMode mode, const char *title, const char *note, GxcDraft *draft,
                            const char * const *fields, const char *done);
GxcFormKept *gxc_form_keep (GxcForm *self);
void     gxc_form_take     (GxcForm *self, GxcFormKept *kept);
void     gxc_form_kept_free (GxcFormKept *kept);
void     gxc_form_set_note (GxcForm *self, const char *note);
gboolean gxc_form_close    (GxcForm *self);
void     gxc_form_answer   (GxcForm *self, const GError *error);
gboolean gxc_form_is_open  (GxcForm *self);
void     gxc_form_submit   (GxcForm *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcFormKept, gxc_form_kept_free)

G_END_DECLS
