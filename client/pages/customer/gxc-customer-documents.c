/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customer's documents and the evidence of requests about him: a list, or one of them in its place while somebody looks.
 * They are added by a file chosen, dropped or pasted. Bytes come from this desk if they are here, else from the server, and
 * from there only while somebody looks. What a row says is gxc-customer-papers.c's. */

#include "gxc-customer-documents.h"

#include <glib/gi18n.h>

#include "gxc-cards.h"
#include "gxc-compat.h"
#include "gxc-customer-papers.h"
#include "gxc-keycap.h"
#include "gxc-page.h"
#include "gxc-paper-intake.h"
#include "gxc-paper-offer.h"
#include "gxc-paper-view.h"

struct _GxcCustomerDocuments
{
  GxcCustomerTab  parent_instance;

  GtkStack       *stack;    /* (borrowed): "list", "paper" */
  GxcPaperIntake *intake;   /* (borrowed): what is about to be added */
  GxcPaperView   *paper;    /* (borrowed) */
  GxcPaperFaces  *faces;    /* (owned) (nullable): what they look like, as far as it is known here */
  char           *looked_at;        /* (owned) (nullable): fingerprint */
};

G_DEFINE_FINAL_TYPE (GxcCustomerDocuments, gxc_customer_documents, GXC_TYPE_CUSTOMER_TAB)

/* --- looking at one ------------------------------------------------------------------------------------------------ */

typedef struct
{
  GxcCustomerDocuments *self;       /* (owned) */
  char                 *sha256;     /* (owned) */
  char                 *title;      /* (owned) */
} Look;

static void
look_free (Look *look)
{
  g_object_unref (look->self);
  g_free (look->sha256);
  g_free (look->title);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static void
on_progress_cb (goffset done, goffset total, gpointer data)
{
  Look *look = data;

  if (g_strcmp0 (look->self->looked_at, look->sha256) == 0)
    gxc_paper_view_tell (look->self->paper, done, total);
}

/* What was signed is the fingerprint: another document under it is not shown. */
static void
on_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(Look) look = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = gxc_desk_finish_blob (GXC_DESK (source), result, &error);
  g_autofree char *digest = bytes ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;
  g_autofree char *words = bytes ? NULL : gxc_error_words (error);

  if (g_strcmp0 (look->self->looked_at, look->sha256) != 0)
    return;
  if (!bytes)
    gxc_paper_view_say (look->self->paper, words);
  else if (g_strcmp0 (digest, look->sha256) != 0)
    gxc_paper_view_say (look->self->paper, _("This is not the document that was signed: its fingerprint differs."));
  else
    {
      gxc_paper_faces_learn (look->self->faces, look->sha256, bytes);
      gxc_paper_view_show (look->self->paper, look->title, bytes);
    }
}

static void
open_document_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GxcCustomerDocuments *self = GXC_CUSTOMER_DOCUMENTS (widget);
  const char *sha256, *request, *title;
  Look *look;
  GxId id;

  g_variant_get (parameter, "(&s&s&s)", &sha256, &request, &title);
  if (!gx_id_parse (request, &id))
    return;
  g_free (self->looked_at);
  self->looked_at = g_strdup (sha256);
  gxc_paper_view_wait (self->paper, title);
  gtk_stack_set_visible_child_name (self->stack, "paper");
  gtk_widget_grab_focus (GTK_WIDGET (self->paper));
  look = g_new (Look, 1);
  *look = (Look) { g_object_ref (self), g_strdup (sha256), g_strdup (title) };
  gxc_desk_fetch_blob (gxc_customer_tab_get_desk (GXC_CUSTOMER_TAB (self)), sha256, &id, on_progress_cb, on_fetched_cb, look);
}

static gboolean
leave (GxcCustomerTab *tab)
{
  GxcCustomerDocuments *self = GXC_CUSTOMER_DOCUMENTS (tab);

  if (!self->looked_at && gxc_paper_intake_is_open (self->intake))
    {
      gxc_paper_intake_close (self->intake);
      return TRUE;
    }
  if (!self->looked_at)
    return FALSE;
  g_clear_pointer (&self->looked_at, g_free);
  gtk_stack_set_visible_child_name (self->stack, "list");
  gxc_customer_tab_refresh (tab);
  return TRUE;
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  leave (GXC_CUSTOMER_TAB (widget));
}

/* --- adding ------------------------------------------------------------------------------------------------------- */

static gboolean
may_add (GxcCustomerDocuments *self)
{
  return gxc_desk_can (gxc_customer_tab_get_desk (GXC_CUSTOMER_TAB (self)), GX_CAN_MAKE_CR)
         && !gxc_customer_file_is_masked (gxc_customer_tab_get_file (GXC_CUSTOMER_TAB (self)));
}

static void
on_file_chosen_cb (gpointer data, GFile *file)
{
  g_autoptr(GxcCustomerDocuments) self = data;

  if (file)
    gxc_customer_documents_offer (self, file);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (may_add (GXC_CUSTOMER_DOCUMENTS (widget)))
    gxc_compat_open_file (widget, _("Choose a document"), on_file_chosen_cb, g_object_ref (widget));
}

static void
take_offer (GtkWidget *widget, GFile *file, GBytes *bytes, const char *name)
{
  GxcCustomerDocuments *self = GXC_CUSTOMER_DOCUMENTS (widget);

  if (!may_add (self))
    return;
  if (file)
    gxc_paper_intake_offer_file (self->intake, file);
  else
    gxc_paper_intake_offer_bytes (self->intake, bytes, name);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (may_add (GXC_CUSTOMER_DOCUMENTS (widget)))
    gxc_paper_offer_paste (widget, take_offer);
}

/* --- listing ------------------------------------------------------------------------------------------------------ */

static void
append_card (GtkWidget *body, const char *title, const char *caption, GtkWidget *button, GtkWidget *rows)
{
  GtkWidget *inside;

  gtk_box_append (GTK_BOX (body), gxc_card_new (title, caption, button, &inside));
  gtk_box_append (GTK_BOX (inside), rows);
}

static void
fill (GxcCustomerTab *tab)
{
  GxcCustomerDocuments *self = GXC_CUSTOMER_DOCUMENTS (tab);
  GxcCustomerFile *file = gxc_customer_tab_get_file (tab);
  GtkWidget *body = gxc_customer_tab_get_body (tab), *own = g_object_ref_sink (gxc_rows_new ()), *evidence = g_object_ref_sink (gxc_rows_new ());
  gboolean may = may_add (self);

  if (!self->faces)
    self->faces = gxc_paper_faces_new (gxc_customer_tab_get_desk (tab));
  gxc_paper_intake_set_target (self->intake, gxc_customer_tab_get_desk (tab), gxc_customer_file_get_id (file));
  gxc_box_empty (body);
  gxc_customer_papers_add_attachments (own, file, self->faces);
  gxc_customer_papers_add_evidence (evidence, file, self->faces);
  if (!gtk_widget_get_first_child (own) && !gtk_widget_get_first_child (evidence))
    gtk_box_append (GTK_BOX (body), gxc_empty_new ("folder-documents-symbolic", _("No document yet"),
                                                   may ? _("Contracts, proofs and scans are kept here: choose a file, drop it here, or paste it.")
                                                       : _("Evidence that goes with a request for a change is kept here."),
                                                   may ? _("Add a document") : NULL, "documents.add", NULL));
  else
    {
      if (!gtk_widget_get_first_child (own))
        gxc_rows_add_words (own, _("No document yet."));
      append_card (body, _("Documents"), may ? _("latest first; a file can be dropped here or pasted") : _("latest first"),
                   may ? gxc_small_button (_("Add a document"), "documents.add", NULL) : NULL, own);
    }
  if (gtk_widget_get_first_child (evidence))
    append_card (body, _("Evidence"), _("evidence of requests, latest first"), NULL, evidence);
  g_object_unref (own);
  g_object_unref (evidence);
}

static void
gxc_customer_documents_finalize (GObject *object)
{
  g_clear_object (&GXC_CUSTOMER_DOCUMENTS (object)->faces);
  g_free (GXC_CUSTOMER_DOCUMENTS (object)->looked_at);
  G_OBJECT_CLASS (gxc_customer_documents_parent_class)->finalize (object);
}

static void
gxc_customer_documents_class_init (GxcCustomerDocumentsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_customer_documents_finalize;
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
  GXC_CUSTOMER_TAB_CLASS (klass)->leave = leave;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "documents.open", "(sss)", open_document_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "documents.back", NULL, back_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "documents.add", NULL, add_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "documents.paste", NULL, paste_action);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_v, GDK_CONTROL_MASK, "documents.paste", NULL);
}

static GtkWidget *
make_paper (GxcCustomerDocuments *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *back = gxc_button_new (_("Back to the documents"), "Esc", "documents.back");

  gtk_widget_set_halign (back, GTK_ALIGN_START);
  gtk_widget_add_css_class (back, "flat");
  self->paper = GXC_PAPER_VIEW (gxc_paper_view_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->paper), TRUE);
  gtk_widget_add_css_class (box, "gx-tab-body");
  gtk_box_append (GTK_BOX (box), back);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->paper));
  return box;
}

static GtkWidget *
make_list (GxcCustomerDocuments *self, GtkWidget *scrolled)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->intake = GXC_PAPER_INTAKE (gxc_paper_intake_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->intake), "gx-tab-body");
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->intake));
  gtk_box_append (GTK_BOX (box), scrolled);
  return box;
}

/* A document takes the place of the list while somebody looks. */
static void
gxc_customer_documents_init (GxcCustomerDocuments *self)
{
  GtkWidget *scrolled = g_object_ref (adw_bin_get_child (ADW_BIN (self)));

  self->stack = GTK_STACK (gtk_stack_new ());
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_stack_add_named (self->stack, make_list (self, scrolled), "list");
  gtk_stack_add_named (self->stack, make_paper (self), "paper");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  g_object_unref (scrolled);
  gxc_paper_offer_take_drops (GTK_WIDGET (self), take_offer);
}

/** gxc_customer_documents_offer: as if @file had been chosen */
void
gxc_customer_documents_offer (GxcCustomerDocuments *self,
                              GFile                *file)
{
  g_return_if_fail (GXC_IS_CUSTOMER_DOCUMENTS (self));

  if (may_add (self))
    gxc_paper_intake_offer_file (self->intake, file);
}

GtkWidget *
gxc_customer_documents_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_DOCUMENTS, file);
}
