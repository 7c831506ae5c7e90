/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tabs of a customer as one row of flat toggles. What does not fit is behind "…", and the one that is open is always
 * in the row. It knows names and labels, not pages: "selected" tells the page which one to show.
 *
 * A layout manager cannot leave children out by width, so measuring and allocating are done here. */

#include "gxc-customer-tab-bar.h"

#include <glib/gi18n.h>

typedef struct
{
  char      *name;          /* (owned) */
  char      *label;         /* (owned) */
  GtkWidget *button;        /* (borrowed) */
  GtkWidget *count;         /* (borrowed) */
  gboolean   hidden;        /* behind "…" */
} Tab;

struct _GxcCustomerTabBar
{
  GtkWidget  parent_instance;

  GArray    *tabs;          /* (owned) of Tab */
  GtkWidget *more;          /* (borrowed): "…" */
  int        active;
};

G_DEFINE_FINAL_TYPE (GxcCustomerTabBar, gxc_customer_tab_bar, GTK_TYPE_WIDGET)

enum { SELECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static Tab *
tab_at (GxcCustomerTabBar *self, guint i)
{
  return &g_array_index (self->tabs, Tab, i);
}

static void
clear_tab (gpointer data)
{
  Tab *tab = data;

  g_free (tab->name);
  g_free (tab->label);
}

static int
width_of (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* --- which fit ---------------------------------------------------------------------------------------------------- */

/* The open one has its place first; the others follow in order as long as there is room. */
static gboolean
choose (GxcCustomerTabBar *self, int width)
{
  int total = 0, more = width_of (self->more), left;
  gboolean full = FALSE;

  for (guint i = 0; i < self->tabs->len; i++)
    total += width_of (tab_at (self, i)->button);
  for (guint i = 0; i < self->tabs->len; i++)
    tab_at (self, i)->hidden = FALSE;
  if (total <= width)
    return FALSE;

  left = width - more - (self->active >= 0 ? width_of (tab_at (self, self->active)->button) : 0);
  for (guint i = 0; i < self->tabs->len; i++)
    {
      if ((int) i == self->active)
        continue;
      left -= width_of (tab_at (self, i)->button);
      full = full || left < 0;
      tab_at (self, i)->hidden = full;
    }
  return TRUE;
}

static void
place (GtkWidget *widget, int *x, int width, int height)
{
  gtk_widget_size_allocate (widget, &(GtkAllocation) { *x, 0, width, height }, -1);
  *x += width;
}

static void
gxc_customer_tab_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GxcCustomerTabBar *self = GXC_CUSTOMER_TAB_BAR (widget);
  gboolean more = choose (self, width);
  int x = 0;

  for (guint i = 0; i < self->tabs->len; i++)
    {
      Tab *tab = tab_at (self, i);

      gtk_widget_set_child_visible (tab->button, !tab->hidden);
      if (!tab->hidden)
        place (tab->button, &x, width_of (tab->button), height);
    }
  gtk_widget_set_child_visible (self->more, more);
  if (more)
    {
      x = MAX (x, width - width_of (self->more));
      place (self->more, &x, width_of (self->more), height);
    }
}

static void
gxc_customer_tab_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                              int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GxcCustomerTabBar *self = GXC_CUSTOMER_TAB_BAR (widget);
  int widest = 0, total = 0;

  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted;

      gtk_widget_measure (child, orientation, -1, &least, &wanted, NULL, NULL);
      total += child == self->more ? 0 : wanted;
      widest = MAX (widest, wanted);
    }
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? total : widest;
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN (total, widest + width_of (self->more)) : widest;
}

/* --- choosing one ------------------------------------------------------------------------------------------------- */

static void
on_toggled_cb (GxcCustomerTabBar *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < self->tabs->len; i++)
    if (tab_at (self, i)->button == GTK_WIDGET (button))
      self->active = i;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTED], 0, tab_at (self, self->active)->name);
}

static void
on_menu_opened_cb (GtkMenuButton *button, gpointer data)
{
  GxcCustomerTabBar *self = data;
  g_autoptr(GMenu) menu = g_menu_new ();

  for (guint i = 0; i < self->tabs->len; i++)
    if (tab_at (self, i)->hidden)
      {
        g_autoptr(GMenuItem) item = g_menu_item_new (tab_at (self, i)->label, NULL);

        g_menu_item_set_action_and_target (item, "customer.show-tab", "s", tab_at (self, i)->name);
        g_menu_append_item (menu, item);
      }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
gxc_customer_tab_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_array_set_size (GXC_CUSTOMER_TAB_BAR (object)->tabs, 0);
  G_OBJECT_CLASS (gxc_customer_tab_bar_parent_class)->dispose (object);
}

static void
gxc_customer_tab_bar_finalize (GObject *object)
{
  g_array_unref (GXC_CUSTOMER_TAB_BAR (object)->tabs);
  G_OBJECT_CLASS (gxc_customer_tab_bar_parent_class)->finalize (object);
}

static void
gxc_customer_tab_bar_class_init (GxcCustomerTabBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_customer_tab_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = gxc_customer_tab_bar_finalize;
  widget_class->measure = gxc_customer_tab_bar_measure;
  widget_class->size_allocate = gxc_customer_tab_bar_size_allocate;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, 0, "customer.enter-tab", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Down, 0, "customer.enter-tab", NULL);
  /** GxcCustomerTabBar::selected: the name of the tab that is open now */
  signals[SELECTED] = g_signal_new ("selected", GXC_TYPE_CUSTOMER_TAB_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
gxc_customer_tab_bar_init (GxcCustomerTabBar *self)
{
  self->tabs = g_array_new (FALSE, TRUE, sizeof (Tab));
  g_array_set_clear_func (self->tabs, clear_tab);
  self->active = -1;
  gtk_widget_add_css_class (GTK_WIDGET (self), "gx-tabs");
  self->more = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "view-more-horizontal-symbolic", "tooltip-text", _("More"), "has-frame", FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, _("More"), -1);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->more), on_menu_opened_cb, self, NULL);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
}

void
gxc_customer_tab_bar_add (GxcCustomerTabBar *self,
                          const char        *name,
                          const char        *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  Tab tab = { g_strdup (name), g_strdup (label), gtk_toggle_button_new (), gtk_label_new (NULL), FALSE };

  gtk_box_append (GTK_BOX (box), gtk_label_new (label));
  gtk_widget_add_css_class (tab.count, "gx-count");
  gtk_widget_set_valign (tab.count, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (tab.count, FALSE);
  gtk_box_append (GTK_BOX (box), tab.count);
  gtk_button_set_child (GTK_BUTTON (tab.button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tab.button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (self->tabs->len)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab.button), GTK_TOGGLE_BUTTON (tab_at (self, 0)->button));
  gtk_widget_insert_before (tab.button, GTK_WIDGET (self), self->more);
  g_array_append_val (self->tabs, tab);
  g_signal_connect_object (tab.button, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
}

static int
find (GxcCustomerTabBar *self, const char *name)
{
  for (guint i = 0; i < self->tabs->len; i++)
    if (g_strcmp0 (tab_at (self, i)->name, name) == 0)
      return i;
  return -1;
}

/** gxc_customer_tab_bar_set_count: how many open things are behind it; 0 shows nothing */
void
gxc_customer_tab_bar_set_count (GxcCustomerTabBar *self,
                                const char        *name,
                                guint              count)
{
  int i = find (self, name);
  g_autofree char *words = g_strdup_printf ("%u", count), *label = NULL;

  g_return_if_fail (i >= 0);
  gtk_label_set_text (GTK_LABEL (tab_at (self, i)->count), words);
  gtk_widget_set_visible (tab_at (self, i)->count, count > 0);
  label = count ? g_strdup_printf ("%s, %u", tab_at (self, i)->label, count) : g_strdup (tab_at (self, i)->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tab_at (self, i)->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/** gxc_customer_tab_bar_select: whether there is such a tab */
gboolean
gxc_customer_tab_bar_select (GxcCustomerTabBar *self,
                             const char        *name)
{
  int i = find (self, name);

  if (i >= 0)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab_at (self, i)->button), TRUE);
  return i >= 0;
}

/** gxc_customer_tab_bar_get_active: (nullable): its name */
const char *
gxc_customer_tab_bar_get_active (GxcCustomerTabBar *self)
{
  return self->active >= 0 ? tab_at (self, self->active)->name : NULL;
}

/** gxc_customer_tab_bar_step: to the next or the one before, round the end, with the focus */
void
gxc_customer_tab_bar_step (GxcCustomerTabBar *self,
                           int                step)
{
  int n = self->tabs->len;

  g_return_if_fail (n > 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab_at (self, (self->active + step + n) % n)->button), TRUE);
  gtk_widget_grab_focus (tab_at (self, self->active)->button);
}
