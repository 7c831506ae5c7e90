-- SPDX-License-Identifier: GPL-3.0-or-later
CREATE INDEX customer_tail ON customer(substr(cif_no, -4));
