/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-form.h"
#include "gxc-reason-box.h"

G_BEGIN_DECLS

/* The form: gxc-form.c opens and closes it and makes its rows, gxc-form-save.c hands what was typed to the desk. */
struct _GxcForm
{
  GtkWidget    parent_instance;

  /* Template widgets */
  GtkWidget   *revealer;
  GtkWidget   *panel;
  GtkWidget   *title;
  GtkWidget   *note;
  GtkWidget   *rows;
  GxcReasonBox *request;
  GtkWidget   *problem;
  GtkWidget   *foot;

  /* Owned References */
  GxcDesk     *desk;
  GxcDraft    *draft;       /* (nullable): NULL while closed */
  GxcDraft    *kept;        /* (nullable): what was typed when the form was closed without saving */
  char        *title_id;    /* untranslated, as are the other two: they are said in the language of then */
  char        *note_id;     /* (nullable) */
  char        *done_id;
  char       **names;       /* of the fields, in the order of their rows */

  GxcFormMode  mode;
  gboolean     typed;       /* since it was opened */
  gboolean     prospect;    /* the customer is one: nothing about him needs a second person yet */
  GxFieldSet   fields;      /* those that have a row */
  gboolean     busy;
  GtkWidget   *first;       /* (borrowed) (nullable): where typing begins */
  gboolean     first_is_needed;
};

gboolean gxc_form_is_request      (GxcForm *self);
void     gxc_form_show_problem    (GxcForm *self, const char *words);
void     gxc_form_set_busy        (GxcForm *self, gboolean busy);
void     gxc_form_emit_collected  (GxcForm *self);

G_END_DECLS
