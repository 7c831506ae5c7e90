/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *gxc_today_card_new         (const char *title, GtkWidget *button);
GtkWidget *gxc_today_card_rows        (GtkWidget *card);
void       gxc_today_card_set_caption (GtkWidget *card, const char *words);
void       gxc_today_card_clear       (GtkWidget *card);
void       gxc_today_card_append      (GtkWidget *card, GtkWidget *line, const char *words, const char *action, char *target);
GtkWidget *gxc_today_two_lines        (const char *upper, const char *lower);
GtkWidget *gxc_today_open_button      (const char *place, const char *sentence);

G_END_DECLS
