/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-field-row.h"

G_BEGIN_DECLS

/* The row: gxc-field-row.c has the widget and the table of kinds, gxc-field-text.c the editors that are typed into,
 * gxc-field-choice.c those that are chosen from. */
struct _GxcFieldRow
{
  GtkWidget      parent_instance;

  GtkWidget     *box;       /* (owned) the only child */
  GtkWidget     *editor;    /* (borrowed) */
  GtkWidget     *problem;   /* (borrowed) */
  GxcDesk       *desk;      /* (owned) */
  GxcDraft      *draft;     /* (owned) */
  const GxField *field;     /* (borrowed) */
};

gpointer   gxc_field_row_member         (GxcFieldRow *self);
void       gxc_field_row_take_text      (GxcFieldRow *self, const char *text);

GtkWidget *gxc_field_editor_entry       (GxcFieldRow *self);
GtkWidget *gxc_field_editor_text        (GxcFieldRow *self);
GtkWidget *gxc_field_editor_money       (GxcFieldRow *self);
GtkWidget *gxc_field_editor_time        (GxcFieldRow *self);
GtkWidget *gxc_field_editor_date        (GxcFieldRow *self);
GtkWidget *gxc_field_editor_enum        (GxcFieldRow *self);
GtkWidget *gxc_field_editor_text_choice (GxcFieldRow *self);
GtkWidget *gxc_field_editor_bool        (GxcFieldRow *self);
GtkWidget *gxc_field_editor_reference   (GxcFieldRow *self);

G_END_DECLS
