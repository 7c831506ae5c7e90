/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

typedef enum
{
  GXC_PAGE_LOADING,
  GXC_PAGE_EMPTY,
  GXC_PAGE_ERROR,
  GXC_PAGE_CONTENT,
} GxcPageState;

#define GXC_TYPE_PAGE (gxc_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (GxcPage, gxc_page, GXC, PAGE, AdwBin)

/**
 * GxcPageClass:
 * @refresh: reads again what the page shows; F5 and the way back call it
 * @focus_search: (nullable): Ctrl+F
 * @set_narrow: (nullable): the window is narrower than 1100 at 100 % text
 */
struct _GxcPageClass
{
  AdwBinClass parent_class;

  void     (*refresh)      (GxcPage *self);
  gboolean (*focus_search) (GxcPage *self);
  void     (*set_narrow)   (GxcPage *self, gboolean narrow);
};

void        gxc_page_set_desk     (GxcPage *self, GxcDesk *desk);
GxcDesk    *gxc_page_get_desk     (GxcPage *self);
void        gxc_page_set_title    (GxcPage *self, const char *title, const char *subtitle);
const char *gxc_page_get_title    (GxcPage *self);
const char *gxc_page_get_subtitle (GxcPage *self);
void        gxc_page_set_content  (GxcPage *self, GtkWidget *content);
void        gxc_page_set_state    (GxcPage *self, GxcPageState state);
GxcPageState gxc_page_get_state   (GxcPage *self);
void        gxc_page_set_empty    (GxcPage *self, const char *icon_name, const char *title, const char *what_to_do);
void        gxc_page_set_error    (GxcPage *self, const GError *error);
void        gxc_page_refresh      (GxcPage *self);
gboolean    gxc_page_focus_search (GxcPage *self);
void        gxc_page_set_narrow   (GxcPage *self, gboolean narrow);
void        gxc_page_set_busy    (GtkWidget *widget, gboolean busy);
void        gxc_page_toast        (GtkWidget *widget, const char *text);
char       *gxc_error_words       (const GError *error);

G_END_DECLS
