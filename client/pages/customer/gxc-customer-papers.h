/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-file.h"
#include "gxc-paper-faces.h"

G_BEGIN_DECLS

void gxc_customer_papers_add_attachments (GtkWidget *rows, GxcCustomerFile *file, GxcPaperFaces *faces);
void gxc_customer_papers_add_evidence    (GtkWidget *rows, GxcCustomerFile *file, GxcPaperFaces *faces);

G_END_DECLS
