/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the window share: gxc-window.c (the widget and who is signed in), gxc-window-pages.c (which page is
 * shown), gxc-window-actions.c (actions and keys), gxc-window-preferences.c (what was chosen), gxc-window-guide.c (F1). */
#pragma once

#include "gxc-frame.h"
#include "gxc-palette.h"
#include "gxc-places.h"
#include "gxc-trail.h"
#include "gxc-window.h"

G_BEGIN_DECLS

struct _GxcWindow
{
  AdwApplicationWindow parent_instance;

  /* Borrowed References */
  AdwToastOverlay *toasts;
  GtkStack        *stages;          /* "sign-in" or "desk" */
  GtkWidget       *sign_in_box;
  GtkWidget       *desk_bin;
  GtkOverlay      *overlay;         /* over both */
  GxcPalette      *palette;         /* (nullable): until it is first opened */
  GxcFrame        *frame;           /* (nullable): until somebody is signed in */
  GtkWidget       *customer;        /* (nullable): the one customer's page there is */

  /* Owned References */
  GxcDesk         *desk;
  GxcPreferences  *preferences;

  GHashTable      *parts;           /* name of a place → part, of pages that were there before another language */
  GtkWindow       *choices;         /* (nullable) (weak): the window of preferences */
  GxcTrail         trail;
  GxId             open_customer;
  gboolean         narrow;
  GxRoleMask       roles;           /* that the frame was made for */
  guint            other_roles;     /* idle: they are others now */
  gboolean         locked;          /* too long without the bank: nothing is shown until it was met */
};

/* Pages */
GxcPage *gxc_window_page          (GxcWindow *self);
GxcStop *gxc_window_dup_stop      (GxcWindow *self);
gboolean gxc_window_go            (GxcWindow *self, GxcStop *stop);
void     gxc_window_open_part     (GxcWindow *self, const GxId *id, const char *part);
void     gxc_window_go_back       (GxcWindow *self);
void     gxc_window_go_forward    (GxcWindow *self);
void     gxc_window_escape        (GxcWindow *self);
void     gxc_window_step          (GxcWindow *self, int by);
gboolean gxc_window_show_stop     (GxcWindow *self, const GxcStop *stop);
void     gxc_window_keep_parts    (GxcWindow *self);
void     gxc_window_show_section  (GxcWindow *self, int section);
void     gxc_window_update_header (GxcWindow *self);
void     gxc_window_update_narrow (GxcWindow *self);

/* Actions */
void     gxc_window_install_actions    (GtkWidgetClass *widget_class);

/* Preferences */
void     gxc_window_apply_preferences  (GxcWindow *self);
void     gxc_window_keep_state         (GxcWindow *self);
char    *gxc_window_dup_first_page     (GxcWindow *self);
void     gxc_window_remake             (GxcWindow *self);

void     gxc_window_show_guide         (GxcWindow *self);
void     gxc_window_remake_guide       (GxcWindow *self);

void     gxc_window_drop_palette       (GxcWindow *self);

/* Signing in */
void     gxc_window_open_sign_in       (GxcWindow *self);
void     gxc_window_leave_sign_in      (GxcWindow *self);

G_END_DECLS
