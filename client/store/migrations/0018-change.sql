-- SPDX-License-Identifier: GPL-3.0-or-later
-- How a customer's assets changed in a year, so that a list in its order is one index. Never changed once it is on main.
ALTER TABLE customer_digest ADD COLUMN change_12m @INT@;

CREATE INDEX customer_digest_change ON customer_digest(change_12m, id);

-- The digests of the earlier making have none.
DELETE FROM meta WHERE k='digest_day';
