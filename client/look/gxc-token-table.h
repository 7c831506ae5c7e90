/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of colours. The program reads it for what it draws itself, and at build time gen-tokens.c writes it out
 * as the @define-color sets that the stylesheet uses, so that a colour is written once. Plain C without GLib, since the
 * generator runs on the build machine. NULL in a high-contrast cell means "as without". */
#pragma once

typedef enum
{
  GXC_TOKEN_PAGE,
  GXC_TOKEN_SIDEBAR,
  GXC_TOKEN_CARD,
  GXC_TOKEN_FG,
  GXC_TOKEN_DIM,
  GXC_TOKEN_FAINT,
  GXC_TOKEN_LINE,
  GXC_TOKEN_GRID,
  GXC_TOKEN_OUTLINE,
  GXC_TOKEN_NEUTRAL,
  GXC_TOKEN_NEUTRAL_STRONG,
  GXC_TOKEN_SEGMENT,
  GXC_TOKEN_TOAST,
  GXC_TOKEN_ACCENT_TEXT,
  GXC_TOKEN_ACCENT_FILL,
  GXC_TOKEN_ACCENT_SOFT,
  GXC_TOKEN_ON_FILL,
  GXC_TOKEN_RED_FILL,
  GXC_TOKEN_RED_TEXT,
  GXC_TOKEN_RED_SOFT,
  GXC_TOKEN_AMBER_TEXT,
  GXC_TOKEN_AMBER_SOFT,
  GXC_TOKEN_AMBER_MARK,
  GXC_TOKEN_GREEN_TEXT,
  GXC_TOKEN_GREEN_SOFT,
  GXC_TOKEN_TIER_STANDARD_FILL, GXC_TOKEN_TIER_STANDARD_TEXT, GXC_TOKEN_TIER_STANDARD_LINE,
  GXC_TOKEN_TIER_GOLD_FILL,     GXC_TOKEN_TIER_GOLD_TEXT,     GXC_TOKEN_TIER_GOLD_LINE,
  GXC_TOKEN_TIER_PLATINUM_FILL, GXC_TOKEN_TIER_PLATINUM_TEXT, GXC_TOKEN_TIER_PLATINUM_LINE,
  GXC_TOKEN_TIER_DIAMOND_FILL,  GXC_TOKEN_TIER_DIAMOND_TEXT,  GXC_TOKEN_TIER_DIAMOND_LINE,
  GXC_TOKEN_TIER_PRIVATE_FILL,  GXC_TOKEN_TIER_PRIVATE_TEXT,  GXC_TOKEN_TIER_PRIVATE_LINE,
  GXC_TOKEN_STAGE_PROSPECT_BAND,  GXC_TOKEN_STAGE_PROSPECT_INK,  GXC_TOKEN_STAGE_PROSPECT_MARK,
  GXC_TOKEN_STAGE_NEW_BAND,       GXC_TOKEN_STAGE_NEW_INK,       GXC_TOKEN_STAGE_NEW_MARK,
  GXC_TOKEN_STAGE_MATURE_BAND,    GXC_TOKEN_STAGE_MATURE_INK,    GXC_TOKEN_STAGE_MATURE_MARK,
  GXC_TOKEN_STAGE_LOYAL_BAND,     GXC_TOKEN_STAGE_LOYAL_INK,     GXC_TOKEN_STAGE_LOYAL_MARK,
  GXC_TOKEN_STAGE_DECLINING_BAND, GXC_TOKEN_STAGE_DECLINING_INK, GXC_TOKEN_STAGE_DECLINING_MARK,
  GXC_TOKEN_STAGE_LOST_BAND,      GXC_TOKEN_STAGE_LOST_INK,      GXC_TOKEN_STAGE_LOST_MARK,
  GXC_TOKEN_STAGE_WON_BACK_BAND,  GXC_TOKEN_STAGE_WON_BACK_INK,  GXC_TOKEN_STAGE_WON_BACK_MARK,
  GXC_TOKEN_CHART_1,
  GXC_TOKEN_CHART_2,
  GXC_TOKEN_CHART_3,
  GXC_TOKEN_CHART_4,
  GXC_TOKEN_CHART_5,
  GXC_TOKEN_CHART_OTHER,
  GXC_TOKEN_CHART_MEAN,
  GXC_N_TOKENS
} GxcToken;

typedef enum
{
  GXC_SCHEME_LIGHT,
  GXC_SCHEME_DARK,
  GXC_SCHEME_LIGHT_HC,
  GXC_SCHEME_DARK_HC,
  GXC_N_SCHEMES
} GxcScheme;

typedef struct
{
  const char *name;                           /* without the gx_ prefix it has in CSS */
  const char *colour[GXC_N_SCHEMES];          /* #rrggbb, or rgba(); NULL in a high-contrast cell: as without */
} GxcTokenRow;

#define CLEAR "rgba(0,0,0,0)"

static const GxcTokenRow gxc_token_rows[GXC_N_TOKENS] = {
  [GXC_TOKEN_PAGE]           = { "page",           { "#fafafb", "#232327", "#ffffff", "#000000" } },
  [GXC_TOKEN_SIDEBAR]        = { "sidebar",        { "#f0f0f3", "#2a2a2f", "#f4f4f6", "#121214" } },
  [GXC_TOKEN_CARD]           = { "card",           { "#ffffff", "#2f2f34", "#ffffff", "#121214" } },
  [GXC_TOKEN_FG]             = { "fg",             { "#1d1b22", "#f4f3f6", "#000000", "#ffffff" } },
  [GXC_TOKEN_DIM]            = { "dim",            { "#5e5c64", "#b6b4bd", "#2b2a2f", "#e6e5ea" } },
  [GXC_TOKEN_FAINT]          = { "faint",          { "#716f79", "#9f9da6", "#3d3b43", "#d3d2d8" } },
  [GXC_TOKEN_LINE]           = { "line",           { "#dedde2", "#46454c", "#6a6872", "#a09ea8" } },
  [GXC_TOKEN_GRID]           = { "grid",           { "#e9e8ec", "#3a393f", "#8b8994", "#77757d" } },
  [GXC_TOKEN_OUTLINE]        = { "outline",        { CLEAR, CLEAR, "#6a6872", "#a09ea8" } },      /* of what is told by its fill alone */
  [GXC_TOKEN_NEUTRAL]        = { "neutral",        { "#ebebee", "#3d3d43", NULL, NULL } },
  [GXC_TOKEN_NEUTRAL_STRONG] = { "neutral_strong", { "#dcdce1", "#4a4a51", NULL, NULL } },
  [GXC_TOKEN_SEGMENT]        = { "segment",        { "#ffffff", "#5c5c64", NULL, "#4a4a51" } },      /* the chosen one: lighter than its trough */
  [GXC_TOKEN_TOAST]          = { "toast",          { "#2f2e35", "#4a4a51", "#000000", "#000000" } },      /* dark in both, under on_fill */
  [GXC_TOKEN_ACCENT_TEXT]    = { "accent_text",    { "#1a5fb4", "#8ab8f5", "#0f3f80", "#cfe3ff" } },
  [GXC_TOKEN_ACCENT_FILL]    = { "accent_fill",    { "#1c71d8", "#2f74d0", "#0f4a94", "#2f74d0" } },
  [GXC_TOKEN_ACCENT_SOFT]    = { "accent_soft",    { "#e3eefb", "#253a57", NULL, NULL } },
  [GXC_TOKEN_ON_FILL]        = { "on_fill",        { "#ffffff", "#ffffff", NULL, NULL } },
  [GXC_TOKEN_RED_FILL]       = { "red_fill",       { "#c01c28", "#c01c28", "#8f0f19", NULL } },
  [GXC_TOKEN_RED_TEXT]       = { "red_text",       { "#b5121f", "#ff938c", "#7d0a14", "#ffc2bd" } },
  [GXC_TOKEN_RED_SOFT]       = { "red_soft",       { "#fbe3e4", "#54252a", NULL, NULL } },
  [GXC_TOKEN_AMBER_TEXT]     = { "amber_text",     { "#7f4a00", "#ffcf70", "#5a3300", "#ffe3a8" } },
  [GXC_TOKEN_AMBER_SOFT]     = { "amber_soft",     { "#fbecc9", "#4b3a17", NULL, NULL } },
  [GXC_TOKEN_AMBER_MARK]     = { "amber_mark",     { "#b97f00", "#d99600", "#7f4a00", "#ffcf70" } },
  [GXC_TOKEN_GREEN_TEXT]     = { "green_text",     { "#1b6b3f", "#7fdca6", "#0d4726", "#b6f0cd" } },
  [GXC_TOKEN_GREEN_SOFT]     = { "green_soft",     { "#dff3e7", "#1f4431", NULL, NULL } },

  [GXC_TOKEN_TIER_STANDARD_FILL] = { "tier_standard_fill", { CLEAR, CLEAR, NULL, NULL } },
  [GXC_TOKEN_TIER_STANDARD_TEXT] = { "tier_standard_text", { "#5e5c64", "#b6b4bd", "#2b2a2f", "#e6e5ea" } },
  [GXC_TOKEN_TIER_STANDARD_LINE] = { "tier_standard_line", { "#c9c8ce", "#56555c", "#5e5c64", "#b6b4bd" } },
  [GXC_TOKEN_TIER_GOLD_FILL]     = { "tier_gold_fill",     { "#f8eac0", "#4f3f14", NULL, NULL } },
  [GXC_TOKEN_TIER_GOLD_TEXT]     = { "tier_gold_text",     { "#664600", "#ffe08a", NULL, NULL } },
  [GXC_TOKEN_TIER_GOLD_LINE]     = { "tier_gold_line",     { "#e9d08a", "#6d5820", "#664600", "#ffe08a" } },
  [GXC_TOKEN_TIER_PLATINUM_FILL] = { "tier_platinum_fill", { "#dde3ea", "#3c4653", NULL, NULL } },
  [GXC_TOKEN_TIER_PLATINUM_TEXT] = { "tier_platinum_text", { "#33445a", "#d9e3ef", NULL, NULL } },
  [GXC_TOKEN_TIER_PLATINUM_LINE] = { "tier_platinum_line", { "#c2ccd8", "#54616f", "#33445a", "#d9e3ef" } },
  [GXC_TOKEN_TIER_DIAMOND_FILL]  = { "tier_diamond_fill",  { "#cfe1fb", "#1f4479", NULL, NULL } },
  [GXC_TOKEN_TIER_DIAMOND_TEXT]  = { "tier_diamond_text",  { "#0f3f80", "#cfe3ff", NULL, NULL } },
  [GXC_TOKEN_TIER_DIAMOND_LINE]  = { "tier_diamond_line",  { "#a9c8f2", "#345f9b", "#0f3f80", "#cfe3ff" } },
  [GXC_TOKEN_TIER_PRIVATE_FILL]  = { "tier_private_fill",  { "#2a2440", "#f0d488", NULL, NULL } },
  [GXC_TOKEN_TIER_PRIVATE_TEXT]  = { "tier_private_text",  { "#f4d67f", "#2a2140", NULL, NULL } },
  [GXC_TOKEN_TIER_PRIVATE_LINE]  = { "tier_private_line",  { "#2a2440", "#f0d488", NULL, NULL } },

  [GXC_TOKEN_STAGE_PROSPECT_BAND]  = { "stage_prospect_band",  { "#ececef", "#3d3d43", NULL, NULL } },
  [GXC_TOKEN_STAGE_PROSPECT_INK]   = { "stage_prospect_ink",   { "#5e5c64", "#c8c6cf", NULL, NULL } },
  [GXC_TOKEN_STAGE_PROSPECT_MARK]  = { "stage_prospect_mark",  { "#86858a", "#9a9996", "#5e5c64", "#c8c6cf" } },
  [GXC_TOKEN_STAGE_NEW_BAND]       = { "stage_new_band",       { "#d5f0ea", "#164a42", NULL, NULL } },
  [GXC_TOKEN_STAGE_NEW_INK]        = { "stage_new_ink",        { "#0f5c4e", "#9fe6d6", NULL, NULL } },
  [GXC_TOKEN_STAGE_NEW_MARK]       = { "stage_new_mark",       { "#1b8f7a", "#3fc4ab", "#0f5c4e", "#9fe6d6" } },
  [GXC_TOKEN_STAGE_MATURE_BAND]    = { "stage_mature_band",    { "#dbe8fa", "#1f3c63", NULL, NULL } },
  [GXC_TOKEN_STAGE_MATURE_INK]     = { "stage_mature_ink",     { "#184f94", "#b4d3fb", NULL, NULL } },
  [GXC_TOKEN_STAGE_MATURE_MARK]    = { "stage_mature_mark",    { "#3584e4", "#62a0ea", "#184f94", "#b4d3fb" } },
  [GXC_TOKEN_STAGE_LOYAL_BAND]     = { "stage_loyal_band",     { "#e8def6", "#432a5c", NULL, NULL } },
  [GXC_TOKEN_STAGE_LOYAL_INK]      = { "stage_loyal_ink",      { "#5a2d91", "#dcc3f7", NULL, NULL } },
  [GXC_TOKEN_STAGE_LOYAL_MARK]     = { "stage_loyal_mark",     { "#813d9c", "#b583da", "#5a2d91", "#dcc3f7" } },
  [GXC_TOKEN_STAGE_DECLINING_BAND] = { "stage_declining_band", { "#fde3cb", "#5c3413", NULL, NULL } },
  [GXC_TOKEN_STAGE_DECLINING_INK]  = { "stage_declining_ink",  { "#8a3d00", "#ffc99a", NULL, NULL } },
  [GXC_TOKEN_STAGE_DECLINING_MARK] = { "stage_declining_mark", { "#e66100", "#ff9d4d", "#8a3d00", "#ffc99a" } },
  [GXC_TOKEN_STAGE_LOST_BAND]      = { "stage_lost_band",      { "#e3e0de", "#38363a", NULL, NULL } },
  [GXC_TOKEN_STAGE_LOST_INK]       = { "stage_lost_ink",       { "#4b4644", "#b9b4b1", NULL, NULL } },
  [GXC_TOKEN_STAGE_LOST_MARK]      = { "stage_lost_mark",      { "#63605d", "#8f8a87", "#4b4644", "#b9b4b1" } },
  [GXC_TOKEN_STAGE_WON_BACK_BAND]  = { "stage_won_back_band",  { "#dcefcf", "#2c4a1c", NULL, NULL } },
  [GXC_TOKEN_STAGE_WON_BACK_INK]   = { "stage_won_back_ink",   { "#2f5d17", "#c3e8a8", NULL, NULL } },
  [GXC_TOKEN_STAGE_WON_BACK_MARK]  = { "stage_won_back_mark",  { "#4e9a1e", "#8ccf5a", "#2f5d17", "#c3e8a8" } },

  [GXC_TOKEN_CHART_1]     = { "chart_1",     { "#1a5fb4", "#78aeed", NULL, NULL } },
  [GXC_TOKEN_CHART_2]     = { "chart_2",     { "#5a94de", "#4279c4", NULL, NULL } },
  [GXC_TOKEN_CHART_3]     = { "chart_3",     { "#1b8f7a", "#3fbfa6", NULL, NULL } },
  [GXC_TOKEN_CHART_4]     = { "chart_4",     { "#c38a00", "#f0bd3c", NULL, NULL } },
  [GXC_TOKEN_CHART_5]     = { "chart_5",     { "#a46bc4", "#bd8ae0", NULL, NULL } },
  [GXC_TOKEN_CHART_OTHER] = { "chart_other", { "#b9b7bf", "#77757d", NULL, NULL } },
  [GXC_TOKEN_CHART_MEAN]  = { "chart_mean",  { "#77757d", "#a09ea8", NULL, NULL } },
};

#undef CLEAR

static inline const char *
gxc_token_colour (GxcToken token, GxcScheme scheme)
{
  const GxcTokenRow *row = &gxc_token_rows[token];
  const char *colour = row->colour[scheme];

  return colour ? colour : row->colour[scheme % 2];
}
