/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GxcOperator: how a field and a word are compared.
 * @GXC_LESS, @GXC_GREATER: "nothing there" is neither
 * @GXC_IN: the word is one or more values, separated by commas
 */
typedef enum
{
  GXC_IS,
  GXC_IS_NOT,
  GXC_LESS,
  GXC_GREATER,
  GXC_IS_NONE,
  GXC_IS_SOME,
  GXC_IN,
} GxcOperator;

/**
 * GxcCondition: one field of a row and what it must be.
 * @field: of the entity, or for a customer of its digest
 * @text: (nullable): the machine's word for the value (gx_field_from_text())
 */
typedef struct
{
  const char  *field;
  GxcOperator  op;
  const char  *text;
} GxcCondition;

G_END_DECLS
