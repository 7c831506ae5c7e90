/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the one stylesheet and the token set of the present scheme on a display, and gives the same colours to what we
 * draw ourselves. Not a theme: Adwaita stays underneath. It exists so that no widget names a colour. */

#include "gxc-look.h"

#include <adwaita.h>

#include "gxc-look-resources.h"

static GtkCssProvider *tokens;      /* (owned) the process's one set; main thread only */
static GdkRGBA         colours[GXC_N_SCHEMES][GXC_N_TOKENS];

static const char * const scheme_files[GXC_N_SCHEMES] = {
  [GXC_SCHEME_LIGHT]    = "/org/guanxi/Guanxi/look/tokens-light.css",
  [GXC_SCHEME_DARK]     = "/org/guanxi/Guanxi/look/tokens-dark.css",
  [GXC_SCHEME_LIGHT_HC] = "/org/guanxi/Guanxi/look/tokens-light-hc.css",
  [GXC_SCHEME_DARK_HC]  = "/org/guanxi/Guanxi/look/tokens-dark-hc.css",
};

static GxcScheme
current_scheme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  return (adw_style_manager_get_dark (manager) ? GXC_SCHEME_DARK : GXC_SCHEME_LIGHT)
         + (adw_style_manager_get_high_contrast (manager) ? 2 : 0);
}

static void
on_scheme_changed_cb (void)
{
  gtk_css_provider_load_from_resource (tokens, scheme_files[current_scheme ()]);
}

static void
parse_colours (void)
{
  for (GxcScheme scheme = 0; scheme < GXC_N_SCHEMES; scheme++)
    for (GxcToken token = 0; token < GXC_N_TOKENS; token++)
      if (!gdk_rgba_parse (&colours[scheme][token], gxc_token_colour (token, scheme)))
        g_error ("token %s is no colour", gxc_token_rows[token].name);
}

/**
 * gxc_look_install:
 * @display: the display to dress
 *
 * Call once after GTK and Adwaita are initialised. A second call does nothing.
 */
void
gxc_look_install (GdkDisplay *display)
{
  g_autoptr(GtkCssProvider) style = NULL;
  AdwStyleManager *manager;

  if (tokens)
    return;

  gxc_look_register_resource ();
  parse_colours ();

  tokens = gtk_css_provider_new ();
  style = gtk_css_provider_new ();
  manager = adw_style_manager_get_default ();
  on_scheme_changed_cb ();
  gtk_css_provider_load_from_resource (style, "/org/guanxi/Guanxi/look/style.css");

  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (tokens), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_signal_connect (manager, "notify::dark", G_CALLBACK (on_scheme_changed_cb), NULL);
  g_signal_connect (manager, "notify::high-contrast", G_CALLBACK (on_scheme_changed_cb), NULL);
}

/**
 * gxc_look_add_icons:
 *
 * Makes our own icon known where it is not installed, for whoever shows it. Not at the start: it makes GTK read all icon
 * themes again.
 */
void
gxc_look_add_icons (GdkDisplay *display)
{
  static gboolean done;

  if (!done)
    gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), "/org/guanxi/Guanxi/look/icons");
  done = TRUE;
}

/**
 * gxc_token_rgba:
 * @token: a colour's name
 *
 * Returns: the colour in the present scheme. Ask at every snapshot: the scheme may have changed.
 */
const GdkRGBA *
gxc_token_rgba (GxcToken token)
{
  g_return_val_if_fail (token < GXC_N_TOKENS, &colours[0][GXC_TOKEN_FG]);
  return &colours[current_scheme ()][token];
}

/**
 * gxc_token_on_paper:
 *
 * Returns: (transfer none): the light colour, whatever the screen shows
 */
const GdkRGBA *
gxc_token_on_paper (GxcToken token)
{
  static GdkRGBA light[GXC_N_TOKENS];
  static gboolean parsed;

  for (GxcToken i = 0; !parsed && i < GXC_N_TOKENS; i++)
    gdk_rgba_parse (&light[i], gxc_token_colour (i, GXC_SCHEME_LIGHT));
  parsed = TRUE;
  return &light[token];
}

/**
 * gxc_token_by_name:
 * @name: such as "tier_gold_fill"
 * @otherwise: what to answer where there is none of that name
 */
GxcToken
gxc_token_by_name (const char *name,
                   GxcToken    otherwise)
{
  for (GxcToken token = 0; token < GXC_N_TOKENS; token++)
    if (g_str_equal (gxc_token_rows[token].name, name))
      return token;
  return otherwise;
}

/**
 * gxc_look_layout:
 * @widget: whose font and text scale count
 * @points: size, 9 for captions, 10.5 for text
 *
 * Returns: (transfer full): a layout with tabular figures.
 */
PangoLayout *
gxc_look_layout (GtkWidget  *widget,
                 const char *text,
                 double      points,
                 gboolean    bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_size_new (points * PANGO_SCALE));
  pango_attr_list_insert (attributes, pango_attr_weight_new (bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL));
  pango_attr_list_insert (attributes, pango_attr_font_features_new (GXC_LOOK_FEATURES));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  return layout;
}

/**
 * gxc_look_scale:
 *
 * Returns: the text scale: 1.0 at 100 %. Fixed widths are multiplied by it.
 */
double
gxc_look_scale (GtkWidget *widget)
{
  double resolution = pango_cairo_context_get_resolution (gtk_widget_get_pango_context (widget));

  return resolution > 0 ? resolution / 96.0 : 1.0;
}
