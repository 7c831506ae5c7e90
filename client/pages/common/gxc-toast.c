/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said at the window's foot, one thing at a time. Who works fast by keys says three things within a second: the toast
 * that is there then takes the new words and the new button, instead of going for another that comes. It is no matter of looks
 * alone: before 1.4, libadwaita frees a toast that is dismissed while it still slides in, and then goes on with its slide. */

#include "gxc-toast.h"

#define SHOWN "gxc-toast-shown"     /* of the overlay: the toast that is there */
#define SAID  "gxc-toast-said"      /* of that toast: the one that it stands for */

static void
on_dismissed_cb (AdwToastOverlay *overlay, AdwToast *shown)
{
  if (g_object_get_data (G_OBJECT (overlay), SHOWN) == shown)
    g_object_set_data (G_OBJECT (overlay), SHOWN, NULL);
}

/* It goes with the click: what is said from now on needs another. */
static void
on_clicked_cb (AdwToastOverlay *overlay, AdwToast *shown)
{
  g_autoptr(AdwToast) said = g_object_ref (g_object_get_data (G_OBJECT (shown), SAID));

  on_dismissed_cb (overlay, shown);
  g_signal_emit_by_name (said, "button-clicked");
}

static AdwToast *
ensure_shown (AdwToastOverlay *overlay)
{
  AdwToast *shown = g_object_get_data (G_OBJECT (overlay), SHOWN);

  if (shown)
    return shown;
  shown = adw_toast_new ("");
  g_signal_connect_object (shown, "button-clicked", G_CALLBACK (on_clicked_cb), overlay, G_CONNECT_SWAPPED);
  g_signal_connect_object (shown, "dismissed", G_CALLBACK (on_dismissed_cb), overlay, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (overlay), SHOWN, shown, g_object_unref);
  return shown;
}

/**
 * gxc_toast_show:
 * @toast: (transfer full): its words, its button, its time and who listens to the button; its title is plain text
 *
 * At once, in the place of the one before: who works fast by keys reads what was done last, and its Undo takes back just that.
 */
void
gxc_toast_show (AdwToastOverlay *overlay,
                AdwToast        *toast)
{
  AdwToast *shown = ensure_shown (overlay);
  g_autofree char *title = g_markup_escape_text (adw_toast_get_title (toast), -1);

  g_object_set_data_full (G_OBJECT (shown), SAID, toast, g_object_unref);
  adw_toast_set_title (shown, title);
  adw_toast_set_button_label (shown, adw_toast_get_button_label (toast));
  adw_toast_set_timeout (shown, adw_toast_get_timeout (toast));
  adw_toast_overlay_add_toast (overlay, g_object_ref (shown));      /* of one that is there, only its time begins anew */
}
