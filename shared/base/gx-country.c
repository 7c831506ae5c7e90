/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a country is called, by ICU's tables. Not a check of the code: that is a rule's; a code that ICU does not know has no
 * name and is shown as it is. */

#include "gx-country.h"

#include <unicode/uloc.h>
#include <unicode/ustring.h>

/**
 * gx_country_dup_name:
 * @code: of ISO 3166, in two or three letters: "CN", "CHN"
 * @language: as gettext has it: "en", "zh_CN"
 *
 * Returns: (transfer full) (nullable): its name in that language: "China", "中国"
 */
char *
gx_country_dup_name (const char *code,
                     const char *language)
{
  g_autofree char *locale = g_strconcat ("und_", code, NULL);
  UErrorCode status = U_ZERO_ERROR;
  UChar name[128];
  char utf8[384];

  uloc_getDisplayCountry (locale, language, name, G_N_ELEMENTS (name), &status);
  if (!*code || U_FAILURE (status) || status == U_USING_DEFAULT_WARNING || status == U_STRING_NOT_TERMINATED_WARNING)
    return NULL;
  u_strToUTF8 (utf8, sizeof utf8, NULL, name, -1, &status);
  return U_FAILURE (status) ? NULL : g_strdup (utf8);
}
