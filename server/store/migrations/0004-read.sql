-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the online readers ask again and again, answered without the customer's own row: whose a hit of the name index is
-- and where it stands in a list by name; what a customer's accounts add up to.

ALTER TABLE name_row ADD COLUMN pinyin @TEXT@;
ALTER TABLE name_row ADD COLUMN primary_rm_id @ID@;
ALTER TABLE name_row ADD COLUMN wealth_mgr_id @ID@;
ALTER TABLE name_row ADD COLUMN org_path @TEXT@;

UPDATE name_row SET pinyin = c.name_pinyin, primary_rm_id = c.primary_rm_id, wealth_mgr_id = c.wealth_mgr_id, org_path = c.org_path
  FROM customer c WHERE c.id = name_row.customer_id;

CREATE INDEX holding_totals ON holding(customer_id, ccy, balance) WHERE del = 0;
