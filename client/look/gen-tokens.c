/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes one scheme of the token table as CSS, at build time. With it come the names that Adwaita itself reads, so that
 * its widgets wear our colours without a rule for each of them. */

#include <stdio.h>
#include <stdlib.h>

#include "gxc-token-table.h"

static const struct
{
  const char *adwaita;
  GxcToken    token;
} overrides[] = {
  { "accent_color",           GXC_TOKEN_ACCENT_TEXT },
  { "accent_bg_color",        GXC_TOKEN_ACCENT_FILL },
  { "accent_fg_color",        GXC_TOKEN_ON_FILL },
  { "destructive_color",      GXC_TOKEN_RED_TEXT },
  { "destructive_bg_color",   GXC_TOKEN_RED_FILL },
  { "error_color",            GXC_TOKEN_RED_TEXT },
  { "warning_color",          GXC_TOKEN_AMBER_TEXT },
  { "success_color",          GXC_TOKEN_GREEN_TEXT },
  { "window_bg_color",        GXC_TOKEN_PAGE },
  { "window_fg_color",        GXC_TOKEN_FG },
  { "view_bg_color",          GXC_TOKEN_CARD },
  { "view_fg_color",          GXC_TOKEN_FG },
  { "card_bg_color",          GXC_TOKEN_CARD },
  { "card_fg_color",          GXC_TOKEN_FG },
  { "popover_bg_color",       GXC_TOKEN_CARD },
  { "popover_fg_color",       GXC_TOKEN_FG },
  { "dialog_bg_color",        GXC_TOKEN_PAGE },
  { "dialog_fg_color",        GXC_TOKEN_FG },
  { "headerbar_bg_color",     GXC_TOKEN_PAGE },
  { "headerbar_fg_color",     GXC_TOKEN_FG },
  { "headerbar_backdrop_color", GXC_TOKEN_PAGE },
};

int
main (int argc, char **argv)
{
  int scheme = argc == 2 ? atoi (argv[1]) : -1;

  if (scheme < 0 || scheme >= GXC_N_SCHEMES)
    return fprintf (stderr, "usage: gen-tokens SCHEME\n"), 2;

  for (int i = 0; i < GXC_N_TOKENS; i++)
    printf ("@define-color gx_%s %s;\n", gxc_token_rows[i].name, gxc_token_colour (i, scheme));
  for (unsigned i = 0; i < sizeof overrides / sizeof *overrides; i++)
    printf ("@define-color %s %s;\n", overrides[i].adwaita, gxc_token_colour (overrides[i].token, scheme));

  return 0;
}
