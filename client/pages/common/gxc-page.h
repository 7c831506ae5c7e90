/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-desk.h"
#include "gxc-form.h"
#include "gxc-reason-box.h"
#include "gxc-state-box.h"

G_BEGIN_DECLS

/**
 * GxcBegun: what a person has typed on a page and not saved, while the page is made again in another language.
 * @form: (nullable): its form, open
 * @edits: (nullable): what was typed in place; what it is, is the page's own affair
 * @reason: (nullable): what goes with @edits
 */
typedef struct
{
  GxcFormKept *form;
  GObject     *edits;
  GxcReason   *reason;
} GxcBegun;

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
 * GxcKey: one line of the map of keys: an accelerator as GtkShortcutsShortcut reads it ("<Ctrl>t", "plus minus") and
 * what it does, marked N_() and translated in the context "keys" where it is shown.
 */
typedef struct
{
  const char *accelerator;
  const char *title;
} GxcKey;

/**
 * GxcPageClass: all of it may be missing.
 * @refresh: reads again what the page shows; F5 and the way back call it
 * @focus_search: Ctrl+F; FALSE if there is no search line
 * @set_narrow: the window is narrower than 1100 at 100 % text
 * @get_keys: (transfer none): the keys of this screen beside those of the window, for the map that "?" opens
 * @step: Alt+↑ (-1) and Alt+↓ (1): the record before or after; FALSE if there is none
 * @begin: Ctrl+T and Ctrl+I: opens the page's form for a new "task" or "interaction"; FALSE if it has none
 * @escape: Esc: closes what stands open over the page; FALSE if nothing does, and the window goes back
 * @dup_part: which part of itself it shows (a tab, an item), as a word that @show_part takes: so that the way back, a
 *            link and a new language find it as it was left
 * @keep_begun: (transfer full) (nullable): what is typed and not saved, since the page is about to be made again
 * @take_begun: goes on with it; it stays the caller's
 */
struct _GxcPageClass
{
  AdwBinClass parent_class;

  void          (*refresh)      (GxcPage *self);
  void          (*new_day)      (GxcPage *self);        /* (nullable): else it is refreshed */
  gboolean      (*focus_search) (GxcPage *self);
  void          (*set_narrow)   (GxcPage *self, gboolean narrow);
  const GxcKey *(*get_keys)     (GxcPage *self, guint *out_n_keys);
  gboolean      (*step)         (GxcPage *self, int by);
  gboolean      (*begin)        (GxcPage *self, const char *what);
  gboolean      (*escape)       (GxcPage *self);
  char         *(*dup_part)     (GxcPage *self);
  gboolean      (*show_part)    (GxcPage *self, const char *part);
  GxcBegun     *(*keep_begun)   (GxcPage *self);
  void          (*take_begun)   (GxcPage *self, GxcBegun *begun);
};

void        gxc_page_set_desk     (GxcPage *self, GxcDesk *desk);
GxcDesk    *gxc_page_get_desk     (GxcPage *self);
void        gxc_page_set_title    (GxcPage *self, const char *title, const char *subtitle);
const char *gxc_page_get_title    (GxcPage *self);
const char *gxc_page_get_subtitle (GxcPage *self);
void        gxc_page_set_content  (GxcPage *self, GtkWidget *content);
void        gxc_page_set_state    (GxcPage *self, GxcPageState state);
GxcPageState gxc_page_get_state   (GxcPage *self);
gboolean gxc_page_is_first_sync   (GxcPage *self);
void        gxc_page_set_empty    (GxcPage *self, const char *icon_name, const char *title, const char *what_to_do);
void        gxc_page_set_error    (GxcPage *self, const GError *error);
void        gxc_page_refresh      (GxcPage *self);
gboolean    gxc_page_focus_search (GxcPage *self);
void        gxc_page_set_narrow   (GxcPage *self, gboolean narrow);
const GxcKey *gxc_page_get_keys   (GxcPage *self, guint *out_n_keys);
gboolean    gxc_page_step         (GxcPage *self, int by);
gboolean    gxc_page_begin        (GxcPage *self, const char *what);
gboolean    gxc_page_escape       (GxcPage *self);
char       *gxc_page_dup_part     (GxcPage *self);
gboolean    gxc_page_show_part    (GxcPage *self, const char *part);
GxcBegun   *gxc_page_keep_begun   (GxcPage *self);
void        gxc_page_take_begun   (GxcPage *self, GxcBegun *begun);
void        gxc_begun_free        (GxcBegun *begun);
void        gxc_page_set_busy     (GtkWidget *widget, gboolean busy);
void        gxc_page_toast        (GtkWidget *widget, const char *text);
void        gxc_page_toast_undo   (GtkWidget *widget, const char *text, GxcUndo *undo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcBegun, gxc_begun_free)

G_END_DECLS
