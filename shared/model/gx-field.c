/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field of one entity: the row of its table joined with the behaviour of its kind. @data is always the entity's
 * struct, never the member.
 */
#include "gx-field.h"

#include <string.h>

gboolean
gx_field_is_none (const GxField *field,
                  gconstpointer  data)
{
  return gx_field_ops (field)->is_none (gx_field_member (field, data));
}

gboolean
gx_field_equal (const GxField *field,
                gconstpointer  a,
                gconstpointer  b)
{
  return gx_field_ops (field)->equal (gx_field_member (field, a), gx_field_member (field, b));
}

/**
 * gx_field_copy:
 *
 * Makes the member of @dest equal to that of @src; what it held is freed.
 */
void
gx_field_copy (const GxField *field,
               gpointer       dest,
               gconstpointer  src)
{
  if (dest == src)
    return;

  gx_field_clear (field, dest);
  gx_field_ops (field)->copy (gx_field_member (field, dest), gx_field_member (field, src));
}

void
gx_field_clear (const GxField *field,
                gpointer       data)
{
  gx_field_ops (field)->clear (gx_field_member (field, data));
}

/**
 * gx_field_to_text:
 *
 * Returns: (nullable) (transfer full): the machine's word for the value, or %NULL if there is none
 */
char *
gx_field_to_text (const GxField *field,
                  gconstpointer  data)
{
  if (gx_field_is_none (field, data))
    return NULL;

  return gx_field_ops (field)->to_text (field, gx_field_member (field, data));
}

/**
 * gx_field_from_text:
 * @text: (nullable): the machine's word; %NULL or "" for nothing
 *
 * Errors: %GX_ERROR_INVALID naming the field; the member is cleared then.
 */
gboolean
gx_field_from_text (const GxField *field,
                    gpointer       data,
                    const char    *text,
                    GError       **error)
{
  gx_field_clear (field, data);
  if (text == NULL || *text == '\0')
    return TRUE;

  return gx_field_ops (field)->from_text (field, text, gx_field_member (field, data), error);
}

/**
 * gx_field_validate:
 *
 * Checks presence, length, range and choice. Rules that need more than the one field are in rules/gx-check.
 *
 * Errors: %GX_ERROR_INVALID naming the field and the rule
 */
gboolean
gx_field_validate (const GxField *field,
                   gconstpointer  data,
                   GError       **error)
{
  if (!gx_field_is_none (field, data))
    return gx_field_ops (field)->validate (field, gx_field_member (field, data), error);
  if (field->flags & GX_REQUIRED)
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "required", "is missing");

  return TRUE;
}

/**
 * gx_choice_find:
 *
 * Returns: the 1-based position of @code, 0 if it is not a choice
 */
int
gx_choice_find (const GxChoice *choices,
                const char     *code)
{
  for (int i = 0; choices[i].code != NULL; i++)
    if (strcmp (choices[i].code, code) == 0)
      return i + 1;

  return 0;
}

static const GxChoice *
choice_at (const GxChoice *choices,
           int             value)
{
  for (int i = 0; choices[i].code != NULL; i++)
    if (i + 1 == value)
      return &choices[i];

  return NULL;
}

/**
 * gx_choice_code:
 *
 * Returns: (nullable): the code word of the 1-based @value, or %NULL
 */
const char *
gx_choice_code (const GxChoice *choices,
                int             value)
{
  const GxChoice *choice = choice_at (choices, value);

  return choice != NULL ? choice->code : NULL;
}

/**
 * gx_choice_label:
 *
 * Returns: (nullable): the untranslated English label of the 1-based @value, or %NULL
 */
const char *
gx_choice_label (const GxChoice *choices,
                 int             value)
{
  const GxChoice *choice = choice_at (choices, value);

  return choice != NULL ? choice->label : NULL;
}
