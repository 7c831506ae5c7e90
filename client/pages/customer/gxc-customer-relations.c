/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who the customer is to others: a small graph, the same as a list in words, and a way to add one. A relationship reads
 * "from is KIND of to". */

#include "gxc-customer-relations.h"

#include <glib/gi18n.h>

#include "gx-relationship.h"
#include "gxc-cards.h"
#include "gxc-customer-graph.h"
#include "gxc-customer-picker.h"
#include "gxc-field-column.h"
#include "gxc-page.h"

struct _GxcCustomerRelations
{
  GxcCustomerTab  parent_instance;

  GtkWidget      *add;      /* (borrowed) (nullable): menu button */
  GtkWidget      *kind;     /* (borrowed) (nullable) */
};

G_DEFINE_FINAL_TYPE (GxcCustomerRelations, gxc_customer_relations, GXC_TYPE_CUSTOMER_TAB)

static const GxField *
kind_field (void)
{
  return gx_entity_find (&gx_relationship_entity, "kind");
}

/* --- the graph ------------------------------------------------------------------------------------------------------ */

static int
add_node (GxcCustomerGraph *graph, GxcDesk *desk, const GxId *id)
{
  g_autofree char *tail = NULL, *name = gxc_desk_dup_customer_name (desk, id, &tail);

  return gxc_customer_graph_add_node (graph, id, name, tail);
}

/* FALSE where there is no room for it. */
static gboolean
add_edge (GxcCustomerGraph *graph, GxcCustomerFile *file, GxRecord *record)
{
  GxcDesk *desk = gxc_customer_file_get_desk (file);
  const GxRelationship *row = gx_record_get_data (record);
  gboolean out = gx_id_equal (&row->from_id, gxc_customer_file_get_id (file));
  int place = add_node (graph, desk, out ? &row->to_id : &row->from_id);
  g_autofree char *kind = gxc_field_to_words (desk, record, kind_field ());

  if (place > 0)
    gxc_customer_graph_add_edge (graph, place, out, kind);
  return place >= 0;
}

static void
on_opened_cb (GtkWidget *graph, const char *id)
{
  gtk_widget_activate_action (graph, "win.open-customer", "s", id);
}

/* What the card says under its head; with more than the picture holds, how many it has. */
static char *
dup_caption (guint n_drawn, guint n)
{
  if (n_drawn == n)
    return g_strdup (_("arrow keys from one to the next, Enter opens"));
  return g_strdup_printf (_("the first %u of %u; all of them stand below"), n_drawn, n);
}

static GtkWidget *
make_graph (GxcCustomerFile *file)
{
  GPtrArray *relations = gxc_customer_file_rows (file, &gx_relationship_entity);
  GtkWidget *graph = gxc_customer_graph_new (), *body, *card;
  g_autofree char *caption = NULL;
  guint n_drawn = 0;

  add_node (GXC_CUSTOMER_GRAPH (graph), gxc_customer_file_get_desk (file), gxc_customer_file_get_id (file));
  for (guint i = 0; i < relations->len; i++)
    n_drawn += add_edge (GXC_CUSTOMER_GRAPH (graph), file, g_ptr_array_index (relations, i));
  g_signal_connect (graph, "opened", G_CALLBACK (on_opened_cb), NULL);
  caption = dup_caption (n_drawn, relations->len);
  card = gxc_card_new (_("Relations"), caption, NULL, &body);
  gtk_widget_add_css_class (body, "gx-card-body");
  gtk_box_append (GTK_BOX (body), graph);
  return card;
}

/* --- the list ------------------------------------------------------------------------------------------------------- */

static void
append_words (GString *words, GxcDesk *desk, GxRecord *record, const char *field)
{
  g_autofree char *one = gxc_field_to_words (desk, record, gx_entity_find (&gx_relationship_entity, field));

  if (gx_field_is_none (gx_entity_find (&gx_relationship_entity, field), gx_record_get_data (record)))
    return;
  g_string_append_printf (words, "%s%s %s", words->len ? " · " : "", _(gx_entity_find (&gx_relationship_entity, field)->label), one);
}

static char *
dup_sentence (GxcDesk *desk, GxRecord *record)
{
  const GxRelationship *row = gx_record_get_data (record);
  g_autofree char *from = gxc_desk_dup_customer (desk, &row->from_id), *to = gxc_desk_dup_customer (desk, &row->to_id);
  g_autofree char *kind = gxc_field_to_words (desk, record, kind_field ());

  return gxc_relation_words (from, kind, to);
}

static void
append_buttons (GtkWidget *box, GxcCustomerFile *file, GxRecord *record, const char *sentence)
{
  const GxRelationship *row = gx_record_get_data (record);
  const GxId *other = gx_id_equal (&row->from_id, gxc_customer_file_get_id (file)) ? &row->to_id : &row->from_id;
  GtkWidget *open = gxc_small_button (C_("customer", "Open"), "win.open-customer", GX_ID_STR (other)), *away;
  g_autofree char *target = g_strdup_printf ("relationship/%s", GX_ID_STR (&row->meta.id));
  g_autofree char *open_name = g_strdup_printf (_("Open: %s"), sentence), *away_name = g_strdup_printf (_("Remove: %s"), sentence);

  gtk_accessible_update_property (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_PROPERTY_LABEL, open_name, -1);
  gtk_box_append (GTK_BOX (box), open);
  if (!gxc_desk_can (gxc_customer_file_get_desk (file), GX_CAN_EDIT_CUSTOMER))
    return;
  away = gxc_small_button (_("Remove"), "customer.remove", target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (away), GTK_ACCESSIBLE_PROPERTY_LABEL, away_name, -1);
  gtk_box_append (GTK_BOX (box), away);
}

static void
add_relation (GtkWidget *rows, GxcCustomerFile *file, GxRecord *record)
{
  GxcDesk *desk = gxc_customer_file_get_desk (file);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *sentence = dup_sentence (desk, record), *words = NULL;
  g_autoptr(GString) more = g_string_new (NULL);

  append_words (more, desk, record, "pct");
  append_words (more, desk, record, "from_date");
  append_words (more, desk, record, "to_date");
  append_words (more, desk, record, "source");
  words = g_strdup_printf ("%s, %s", sentence, more->str);
  gtk_box_append (GTK_BOX (box), gxc_two_lines (sentence, more->str));
  append_buttons (box, file, record, sentence);
  gxc_rows_add (rows, box, words);
}

/* --- adding ---------------------------------------------------------------------------------------------------------- */

static void
on_added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GxcCustomerRelations) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcUndo) undo = gxc_desk_finish_save (GXC_DESK (source), result, &error);
  g_autofree char *words = undo ? NULL : gxc_error_words (error);

  if (!gtk_widget_get_root (GTK_WIDGET (self)))
    return;
  if (undo)
    gxc_page_toast_undo (GTK_WIDGET (self), _("Relation noted"), undo);
  else
    gxc_page_toast (GTK_WIDGET (self), words);
}

static void
on_picked_cb (GxcCustomerRelations *self, const char *id)
{
  GxcCustomerTab *tab = GXC_CUSTOMER_TAB (self);
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  GxRelationship *row = gx_entity_new (&gx_relationship_entity);

  gx_id_parse (id, &row->from_id);
  row->to_id = *gxc_customer_file_get_id (gxc_customer_tab_get_file (tab));
  row->kind = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind)) + 1;
  row->source = g_strdup ("RM");
  g_ptr_array_add (changes, gxc_change_item_create (&gx_relationship_entity, row));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->add));
  gxc_desk_save (gxc_customer_tab_get_desk (tab), changes, on_added_cb, g_object_ref (self));
}

static GtkWidget *
make_kinds (void)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkWidget *kinds;

  for (const GxChoice *choice = kind_field ()->choices; choice->code; choice++)
    gtk_string_list_append (labels, _(choice->label));
  kinds = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (kinds), GTK_ACCESSIBLE_PROPERTY_LABEL, _(kind_field ()->label), -1);
  return kinds;
}

static GtkWidget *
make_add_button (GxcCustomerRelations *self)
{
  GxcCustomerFile *file = gxc_customer_tab_get_file (GXC_CUSTOMER_TAB (self));
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *picker, *hint;
  g_autofree char *name = gxc_desk_dup_customer (gxc_customer_file_get_desk (file), gxc_customer_file_get_id (file));
  g_autofree char *words = g_strdup_printf (_("Who is it, and what to %s?"), name);

  picker = gxc_customer_picker_new (gxc_customer_file_get_desk (file), gxc_customer_file_get_id (file));
  hint = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE, "max-width-chars", 32, NULL);
  gtk_widget_add_css_class (hint, "gx-caption");
  self->kind = make_kinds ();
  gtk_widget_set_size_request (box, 280, -1);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_box_append (GTK_BOX (box), self->kind);
  gtk_box_append (GTK_BOX (box), picker);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_object (picker, "picked", G_CALLBACK (on_picked_cb), self, G_CONNECT_SWAPPED);
  self->add = g_object_new (GTK_TYPE_MENU_BUTTON, "label", _("Add"), "popover", popover, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (self->add, "gx-small");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a relation"), -1);
  return self->add;
}

/* --- the tab --------------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_nothing (GxcCustomerRelations *self, gboolean may)
{
  GtkWidget *nothing = gxc_empty_new ("system-users-symbolic", _("No relation is known"),
                                      may ? _("Family, companies, suppliers: who belongs together is shown here as a picture.")
                                          : _("Who belongs together is shown here once it is noted."), NULL, NULL, NULL);
  GtkWidget *add = may ? make_add_button (self) : NULL;

  if (!add)
    return nothing;
  gtk_widget_set_halign (add, GTK_ALIGN_CENTER);
  gtk_widget_remove_css_class (add, "gx-small");
  gtk_menu_button_set_label (GTK_MENU_BUTTON (add), _("Add a relation"));
  gtk_box_append (GTK_BOX (nothing), add);
  return nothing;
}

static void
fill (GxcCustomerTab *tab)
{
  GxcCustomerRelations *self = GXC_CUSTOMER_RELATIONS (tab);
  GxcCustomerFile *file = gxc_customer_tab_get_file (tab);
  GPtrArray *relations = gxc_customer_file_rows (file, &gx_relationship_entity);
  GtkWidget *body = gxc_customer_tab_get_body (tab), *rows, *inside;
  gboolean may = gxc_desk_can (gxc_customer_tab_get_desk (tab), GX_CAN_EDIT_CUSTOMER);

  gxc_box_empty (body);
  if (!relations->len)
    {
      gtk_box_append (GTK_BOX (body), make_nothing (self, may));
      return;
    }
  gtk_box_append (GTK_BOX (body), make_graph (file));
  rows = gxc_rows_new ();
  gtk_box_append (GTK_BOX (body), gxc_card_new (_("In words"), NULL, may ? make_add_button (self) : NULL, &inside));
  for (guint i = 0; i < relations->len; i++)
    add_relation (rows, file, g_ptr_array_index (relations, i));
  gtk_box_append (GTK_BOX (inside), rows);
}

static void
gxc_customer_relations_class_init (GxcCustomerRelationsClass *klass)
{
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
}

static void
gxc_customer_relations_init (GxcCustomerRelations *self)
{
}

GtkWidget *
gxc_customer_relations_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_RELATIONS, file);
}
