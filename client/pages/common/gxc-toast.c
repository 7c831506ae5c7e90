/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said at the window's foot, one thing at a time. Who works fast by keys says three things within a second: the toast
 * that is there then takes the new words and the new button, instead of going for another that comes. It is no matter of looks
 * alone: before 1.4, libadwaita frees a toast that is dismissed while it still slides in, and then goes on with its slide. So
 * one that is closed or clicked that early goes when it has slid, and none comes while another still leaves. */

#include "gxc-toast.h"

#define SHOWN "gxc-toast-shown"     /* of the overlay: the toast that is there, or comes next */
#define STATE "gxc-toast-state"     /* of that toast */
#define SLIDE (500 * 1000)          /* µs: the longest slide of libadwaita's */

typedef struct
{
  AdwToast *said;       /* what it stands for; NULL once its button was clicked */
  enum { WAITS, SLIDES, STANDS } stage;
  gint64    since;      /* frame time at which it began to slide, µs */
  gboolean  leaves;     /* when it stands */
} State;

static void
state_free (State *state)
{
  g_clear_object (&state->said);
  g_free (state);
}

static State *
get_state (AdwToast *shown)
{
  return g_object_get_data (G_OBJECT (shown), STATE);
}

static void
forget (AdwToastOverlay *overlay, AdwToast *shown)
{
  if (g_object_get_data (G_OBJECT (overlay), SHOWN) == shown)
    g_object_set_data (G_OBJECT (overlay), SHOWN, NULL);
}

static void
on_dismissed_cb (AdwToastOverlay *overlay, AdwToast *shown)
{
  State *state = get_state (shown);

  state->leaves = state->stage != STANDS;
  if (state->leaves)
    g_signal_stop_emission_by_name (shown, "dismissed");      /* and the overlay hears of it when it stands */
  forget (overlay, shown);
}

/* It goes with the click: what is said from now on needs another. */
static void
on_clicked_cb (AdwToastOverlay *overlay, AdwToast *shown)
{
  g_autoptr(AdwToast) said = g_steal_pointer (&get_state (shown)->said);

  forget (overlay, shown);
  if (said)
    g_signal_emit_by_name (said, "button-clicked");
}

static gboolean
has_any (GtkWidget *overlay)
{
  for (GtkWidget *child = gtk_widget_get_last_child (overlay); child; child = gtk_widget_get_prev_sibling (child))
    if (g_str_equal (gtk_widget_get_css_name (child), "toast"))
      return TRUE;
  return FALSE;
}

static void
come (GtkWidget *overlay, AdwToast *shown)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (overlay);
  State *state = get_state (shown);

  state->stage = SLIDES;
  state->since = clock ? gdk_frame_clock_get_frame_time (clock) : 0;
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (shown));
}

static gboolean
on_tick_cb (GtkWidget *overlay, GdkFrameClock *clock, gpointer shown)
{
  State *state = get_state (shown);

  if (state->stage == WAITS && !has_any (overlay))
    come (overlay, shown);
  if (state->stage == WAITS || gdk_frame_clock_get_frame_time (clock) - state->since <= SLIDE)
    return G_SOURCE_CONTINUE;
  state->stage = STANDS;
  if (state->leaves)
    g_signal_emit_by_name (shown, "dismissed");
  return G_SOURCE_REMOVE;
}

static AdwToast *
ensure_shown (AdwToastOverlay *overlay)
{
  AdwToast *shown = g_object_get_data (G_OBJECT (overlay), SHOWN);

  if (shown)
    return shown;
  shown = adw_toast_new ("");
  g_object_set_data_full (G_OBJECT (shown), STATE, g_new0 (State, 1), (GDestroyNotify) state_free);
  g_signal_connect_object (shown, "button-clicked", G_CALLBACK (on_clicked_cb), overlay, G_CONNECT_SWAPPED);
  g_signal_connect_object (shown, "dismissed", G_CALLBACK (on_dismissed_cb), overlay, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (overlay), SHOWN, shown, g_object_unref);
  gtk_widget_add_tick_callback (GTK_WIDGET (overlay), on_tick_cb, g_object_ref (shown), g_object_unref);
  return shown;
}

/**
 * gxc_toast_show:
 * @toast: (transfer full): its words, its button, its time and who listens to the button; its title is plain text
 *
 * At once, in the place of the one before: who works fast by keys reads what was done last, and its Undo takes back just that.
 * Only while one leaves (closed, its time over, or its button clicked) it waits until that is gone.
 */
void
gxc_toast_show (AdwToastOverlay *overlay,
                AdwToast        *toast)
{
  AdwToast *shown = ensure_shown (overlay);
  State *state = get_state (shown);
  g_autofree char *title = g_markup_escape_text (adw_toast_get_title (toast), -1);

  g_clear_object (&state->said);
  state->said = toast;
  adw_toast_set_title (shown, title);
  adw_toast_set_button_label (shown, adw_toast_get_button_label (toast));
  adw_toast_set_timeout (shown, adw_toast_get_timeout (toast));
  if (state->stage != WAITS)
    adw_toast_overlay_add_toast (overlay, g_object_ref (shown));      /* of one that is there, only its time begins anew */
  else if (!has_any (GTK_WIDGET (overlay)))
    come (GTK_WIDGET (overlay), shown);
}
