/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A saved view of a list. Written by its own person alone, and nobody else has it. */
#include "gx-saved-view.h"

#include <glib/gi18n.h>

static const GxField fields[] = {
  GX_FIELD_REF  (GxSavedView, employee_id, N_("Employee"),   .flags = GX_REQUIRED | GX_FIXED, .entity = "employee"),
  GX_FIELD_TEXT (GxSavedView, screen,      N_("Screen"),     .flags = GX_REQUIRED | GX_FIXED | GX_LISTED, .max = 40),
  GX_FIELD_TEXT (GxSavedView, name,        N_("Name"),       .flags = GX_REQUIRED | GX_LISTED, .max = 60),
  GX_FIELD_INT  (GxSavedView, position,    N_("Order"),      .flags = GX_LISTED, .max = 1000),
  GX_FIELD_JSON (GxSavedView, filter,      N_("Filter"),     .max = 8000),
  GX_FIELD_JSON (GxSavedView, columns,     N_("Columns"),    .max = 4000),
  GX_FIELD_TEXT (GxSavedView, sort,        N_("Sorted by"),  .max = 40),
  GX_FIELD_BOOL (GxSavedView, descending,  N_("Descending")),
};

GX_DEFINE_ENTITY (gx_saved_view_entity, GxSavedView, 27, "saved_view", N_("Saved view"), fields, .owner = "employee_id");
