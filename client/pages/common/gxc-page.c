/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every page is: a title for the header and a stack of loading, empty, error and content, of which exactly one shows.
 * A subclass puts its content in and says which state it is in from one function of its own, update_state(). It does not
 * know the window: what it wants of it goes through the window's actions (win.toast, win.open-customer). */

#include "gxc-page.h"

#include <glib/gi18n.h>

#include "gxc-toast.h"

typedef struct
{
  GtkWidget    *stack;      /* (borrowed) */
  GxcDesk      *desk;       /* (owned) (nullable) */
  char         *title;      /* (owned) */
  char         *subtitle;   /* (owned) (nullable) */
  GxcPageState  state;
  guint         loading;    /* timer: nothing shows for the first 100 ms */
} GxcPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GxcPage, gxc_page, ADW_TYPE_BIN)

enum { TITLE_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char * const state_names[] = {
  [GXC_PAGE_LOADING] = "loading", [GXC_PAGE_EMPTY] = "empty", [GXC_PAGE_ERROR] = "error", [GXC_PAGE_CONTENT] = "content",
};

#define PRIVATE(self) ((GxcPagePrivate *) gxc_page_get_instance_private (self))

static void
gxc_page_dispose (GObject *object)
{
  GxcPagePrivate *priv = PRIVATE (GXC_PAGE (object));

  g_clear_handle_id (&priv->loading, g_source_remove);
  g_clear_object (&priv->desk);
  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->subtitle, g_free);
  G_OBJECT_CLASS (gxc_page_parent_class)->dispose (object);
}

static void
gxc_page_class_init (GxcPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_page_dispose;
  signals[TITLE_CHANGED] = g_signal_new ("title-changed", GXC_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* Grey bars in a row's own rhythm. */
static GtkWidget *
make_bones (void)
{
  static const int widths[][3] = { { 56, 36, 22 }, { 42, 36, 22 }, { 64, 30, 22 }, { 50, 36, 22 }, { 58, 32, 22 }, { 46, 36, 22 } };
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 80);
  gtk_widget_add_css_class (grid, "gx-page-body");
  gtk_widget_set_margin_top (grid, 20);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    for (int j = 0; j < 3; j++)
      {
        GtkWidget *bone = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

        gtk_widget_set_size_request (bone, widths[i][j] * 2, -1);
        gtk_widget_set_halign (bone, GTK_ALIGN_START);
        gtk_widget_add_css_class (bone, "gx-bone");
        gtk_grid_attach (GTK_GRID (grid), bone, j, i, 1, 1);
      }
  return grid;
}

static GtkWidget *
make_state (void)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 10,
                                 "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *icon = gtk_image_new (), *title = gtk_label_new (NULL);
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "max-width-chars", 48, "justify", GTK_JUSTIFY_CENTER, NULL);

  gtk_widget_add_css_class (icon, "gx-state-icon");
  gtk_widget_add_css_class (title, "gx-strong");
  gtk_widget_add_css_class (words, "gx-dim");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

/* The states other than the content are made when they are first wanted: most pages never show them. */
static GtkWidget *
ensure_state (GxcPagePrivate *priv, const char *name)
{
  GtkWidget *child = gtk_stack_get_child_by_name (GTK_STACK (priv->stack), name);

  if (child)
    return child;
  if (g_str_equal (name, "nothing"))
    child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  else
    child = g_str_equal (name, "loading") ? make_bones () : make_state ();
  gtk_stack_add_named (GTK_STACK (priv->stack), child, name);
  return child;
}

static void
show_state (GxcPagePrivate *priv, const char *name)
{
  if (!g_str_equal (name, "content"))
    ensure_state (priv, name);
  gtk_stack_set_visible_child_name (GTK_STACK (priv->stack), name);
}

static void
fill_state (GxcPagePrivate *priv, const char *name, const char *icon_name, const char *title, const char *words)
{
  GtkWidget *box = ensure_state (priv, name), *icon = gtk_widget_get_first_child (box), *label = gtk_widget_get_next_sibling (icon);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), icon_name);
  gtk_label_set_text (GTK_LABEL (label), title);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (label)), words ? words : "");
}

static void
gxc_page_init (GxcPage *self)
{
  GxcPagePrivate *priv = PRIVATE (self);

  /* What is hidden is not measured: a start would look up its icons and fonts. */
  priv->stack = g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
  priv->state = GXC_PAGE_CONTENT;
  adw_bin_set_child (ADW_BIN (self), priv->stack);
}

static void
on_day_changed_cb (GxcPage *self)
{
  if (!gxc_desk_get_person (gxc_page_get_desk (self)))
    return;
  if (GXC_PAGE_GET_CLASS (self)->new_day)
    GXC_PAGE_GET_CLASS (self)->new_day (self);
  else
    gxc_page_refresh (self);
}

/** gxc_page_set_desk: once; from then on the page is told of each new day */
void
gxc_page_set_desk (GxcPage *self,
                   GxcDesk *desk)
{
  g_set_object (&PRIVATE (self)->desk, desk);
  g_signal_connect_object (desk, "day-changed", G_CALLBACK (on_day_changed_cb), self, G_CONNECT_SWAPPED);
}

GxcDesk *
gxc_page_get_desk (GxcPage *self)
{
  return PRIVATE (self)->desk;
}

/** gxc_page_set_title: @subtitle (nullable) is said after it, dim */
void
gxc_page_set_title (GxcPage    *self,
                    const char *title,
                    const char *subtitle)
{
  GxcPagePrivate *priv = PRIVATE (self);

  g_free (priv->title);
  g_free (priv->subtitle);
  priv->title = g_strdup (title);
  priv->subtitle = g_strdup (subtitle);
  g_signal_emit (self, signals[TITLE_CHANGED], 0);
}

const char *
gxc_page_get_title (GxcPage *self)
{
  return PRIVATE (self)->title;
}

const char *
gxc_page_get_subtitle (GxcPage *self)
{
  return PRIVATE (self)->subtitle;
}

/** gxc_page_set_content: once, from the subclass's init */
void
gxc_page_set_content (GxcPage   *self,
                      GtkWidget *content)
{
  gtk_stack_add_named (GTK_STACK (PRIVATE (self)->stack), content, "content");
  gxc_page_set_state (self, GXC_PAGE_CONTENT);
}

static gboolean
on_loading_cb (gpointer data)
{
  GxcPagePrivate *priv = PRIVATE (data);

  priv->loading = 0;
  show_state (priv, "loading");
  return G_SOURCE_REMOVE;
}

/* Whether the keys may be given to what has just come: nobody types, and no menu is open. */
static gboolean
is_focus_free (GxcPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return gtk_widget_get_mapped (GTK_WIDGET (self))
         && !(focus && (GTK_IS_TEXT (focus) || gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER)));
}

void
gxc_page_set_state (GxcPage      *self,
                    GxcPageState  state)
{
  GxcPagePrivate *priv = PRIVATE (self);
  gboolean has_come = state == GXC_PAGE_CONTENT && priv->state != GXC_PAGE_CONTENT;

  if (state == GXC_PAGE_LOADING && priv->state == state)
    return;       /* the bars stay, whatever comes in meanwhile */
  g_clear_handle_id (&priv->loading, g_source_remove);
  priv->state = state;
  show_state (priv, state == GXC_PAGE_LOADING ? "nothing" : state_names[state]);
  if (state == GXC_PAGE_LOADING)
    priv->loading = g_timeout_add (100, on_loading_cb, self);
  if (has_come && is_focus_free (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

GxcPageState
gxc_page_get_state (GxcPage *self)
{
  return PRIVATE (self)->state;
}

/** gxc_page_is_first_sync: whether rows of a first sync, or their figures, are still to come: what is not here may be on its way */
gboolean
gxc_page_is_first_sync (GxcPage *self)
{
  GxcSyncSummary summary;

  gxc_desk_get_summary (PRIVATE (self)->desk, &summary);
  return summary.coming;
}

/** gxc_page_set_empty: what the empty state says: one bold line, and what to do */
void
gxc_page_set_empty (GxcPage    *self,
                    const char *icon_name,
                    const char *title,
                    const char *what_to_do)
{
  fill_state (PRIVATE (self), "empty", icon_name, title, what_to_do);
}

/** gxc_page_set_error: shows the error state: the rule first, then what it says */
void
gxc_page_set_error (GxcPage      *self,
                    const GError *error)
{
  GtkStack *stack = GTK_STACK (PRIVATE (self)->stack);
  GtkWidget *old = gtk_stack_get_child_by_name (stack, "error");

  if (old)
    gtk_stack_remove (stack, old);
  gtk_stack_add_named (stack, gxc_error_new (error), "error");
  gxc_page_set_state (self, GXC_PAGE_ERROR);
}

void
gxc_page_refresh (GxcPage *self)
{
  if (GXC_PAGE_GET_CLASS (self)->refresh)
    GXC_PAGE_GET_CLASS (self)->refresh (self);
}

gboolean
gxc_page_focus_search (GxcPage *self)
{
  return GXC_PAGE_GET_CLASS (self)->focus_search && GXC_PAGE_GET_CLASS (self)->focus_search (self);
}

void
gxc_page_set_narrow (GxcPage  *self,
                     gboolean  narrow)
{
  if (GXC_PAGE_GET_CLASS (self)->set_narrow)
    GXC_PAGE_GET_CLASS (self)->set_narrow (self, narrow);
}

/** gxc_page_get_keys: (transfer none) (nullable): the keys of this screen only; see GxcPageClass */
const GxcKey *
gxc_page_get_keys (GxcPage *self,
                   guint   *out_n_keys)
{
  *out_n_keys = 0;
  return GXC_PAGE_GET_CLASS (self)->get_keys ? GXC_PAGE_GET_CLASS (self)->get_keys (self, out_n_keys) : NULL;
}

gboolean
gxc_page_step (GxcPage *self,
               int      by)
{
  return GXC_PAGE_GET_CLASS (self)->step && GXC_PAGE_GET_CLASS (self)->step (self, by);
}

gboolean
gxc_page_begin (GxcPage    *self,
                const char *what)
{
  return GXC_PAGE_GET_CLASS (self)->begin && GXC_PAGE_GET_CLASS (self)->begin (self, what);
}

gboolean
gxc_page_escape (GxcPage *self)
{
  return GXC_PAGE_GET_CLASS (self)->escape && GXC_PAGE_GET_CLASS (self)->escape (self);
}

/** gxc_page_dup_part: (transfer full) (nullable) */
char *
gxc_page_dup_part (GxcPage *self)
{
  return GXC_PAGE_GET_CLASS (self)->dup_part ? GXC_PAGE_GET_CLASS (self)->dup_part (self) : NULL;
}

gboolean
gxc_page_show_part (GxcPage    *self,
                    const char *part)
{
  return part && *part && GXC_PAGE_GET_CLASS (self)->show_part && GXC_PAGE_GET_CLASS (self)->show_part (self, part);
}

/** gxc_page_keep_begun: (transfer full) (nullable): for gxc_page_take_begun() of the page that replaces it */
GxcBegun *
gxc_page_keep_begun (GxcPage *self)
{
  return GXC_PAGE_GET_CLASS (self)->keep_begun ? GXC_PAGE_GET_CLASS (self)->keep_begun (self) : NULL;
}

void
gxc_page_take_begun (GxcPage  *self,
                     GxcBegun *begun)
{
  if (GXC_PAGE_GET_CLASS (self)->take_begun)
    GXC_PAGE_GET_CLASS (self)->take_begun (self, begun);
}

void
gxc_begun_free (GxcBegun *begun)
{
  g_clear_pointer (&begun->form, gxc_form_kept_free);
  g_clear_object (&begun->edits);
  g_clear_pointer (&begun->reason, gxc_reason_free);
  g_free (begun);
}

/** gxc_page_set_busy: greys @widget out; the focus leaves it first, or GtkText goes on blinking and complains */
void
gxc_page_set_busy (GtkWidget *widget,
                   gboolean   busy)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (busy && focus && gtk_widget_is_ancestor (focus, widget))
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_sensitive (widget, !busy);
}

/** gxc_page_toast: says @text at the window's foot */
void
gxc_page_toast (GtkWidget  *widget,
                const char *text)
{
  gtk_widget_activate_action (widget, "win.toast", "s", text);
}

/* What a toast's button needs after its page may have gone. */
typedef struct
{
  GxcDesk         *desk;
  GxcUndo         *undo;
  AdwToastOverlay *overlay;   /* (borrowed): the toast is inside it; a reference would keep it beyond its window */
} Regret;

static void
regret_free (gpointer data, GClosure *closure)
{
  Regret *regret = data;

  g_object_unref (regret->desk);
  g_object_unref (regret->undo);
  g_free (regret);
}

static void
on_undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(AdwToastOverlay) overlay = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (gxc_desk_finish (GXC_DESK (source), result, &error))
    return;
  words = gxc_error_words (error);
  gxc_toast_show (overlay, adw_toast_new (words));
}

static void
on_undo_clicked_cb (AdwToast *toast, Regret *regret)
{
  gxc_desk_undo (regret->desk, regret->undo, on_undone_cb, g_object_ref (regret->overlay));
}

/**
 * gxc_page_toast_undo:
 * @widget: on a page, in a window
 * @text: what was done
 * @undo: takes back just that, whatever was done since
 */
void
gxc_page_toast_undo (GtkWidget  *widget,
                     const char *text,
                     GxcUndo    *undo)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, GXC_TYPE_PAGE);
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;
  Regret *regret;

  g_return_if_fail (page && overlay);

  regret = g_new0 (Regret, 1);
  *regret = (Regret) { g_object_ref (PRIVATE (GXC_PAGE (page))->desk), g_object_ref (undo), ADW_TOAST_OVERLAY (overlay) };
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, 5);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_clicked_cb), regret, regret_free, 0);
  gxc_toast_show (ADW_TOAST_OVERLAY (overlay), toast);
}
