/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gx-id.h"

G_BEGIN_DECLS

#define GXC_GRAPH_MAX 13        /* nodes, with the one in the middle; more would be a ball of wool */

#define GXC_TYPE_CUSTOMER_GRAPH (gxc_customer_graph_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerGraph, gxc_customer_graph, GXC, CUSTOMER_GRAPH, GtkWidget)

GtkWidget *gxc_customer_graph_new        (void);
int        gxc_customer_graph_add_node   (GxcCustomerGraph *self, const GxId *id, const char *name, const char *tail);
void       gxc_customer_graph_add_edge   (GxcCustomerGraph *self, guint node, gboolean out, const char *label);
int        gxc_customer_graph_get_cursor (GxcCustomerGraph *self);
void       gxc_customer_graph_move       (GxcCustomerGraph *self, int dx, int dy);
char      *gxc_customer_graph_dup_words  (GxcCustomerGraph *self);
char      *gxc_relation_words            (const char *from, const char *kind, const char *to);

G_END_DECLS
