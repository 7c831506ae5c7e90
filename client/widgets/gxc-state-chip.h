/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  GXC_STATE_PLAIN,          /* a word without a state */
  GXC_STATE_OK,
  GXC_STATE_WAITING,
  GXC_STATE_REFUSED,
  GXC_STATE_QUEUED,
  GXC_STATE_DRAFT,
  GXC_STATE_INFO,
  GXC_STATE_SOON,           /* amber: look soon */
  GXC_STATE_LATE,           /* red: its hour has passed */
  GXC_N_STATES
} GxcState;

#define GXC_TYPE_STATE_CHIP (gxc_state_chip_get_type ())
G_DECLARE_FINAL_TYPE (GxcStateChip, gxc_state_chip, GXC, STATE_CHIP, GtkWidget)

GtkWidget  *gxc_state_chip_new      (GxcState      state,
                                     const char   *words);
void        gxc_state_chip_set      (GxcStateChip *self,
                                     GxcState      state,
                                     const char   *words);
const char *gxc_state_css_class     (GxcState      state);
const char *gxc_state_icon          (GxcState      state);

G_END_DECLS
