-- SPDX-License-Identifier: GPL-3.0-or-later
-- The portfolio's figures by month are sums of the customers': what assets are made of, and flows. Never changed once it is
-- on main.
ALTER TABLE customer_digest ADD COLUMN classes @JSON@;
ALTER TABLE customer_digest ADD COLUMN flows @JSON@;
ALTER TABLE customer_digest ADD COLUMN flows_to @DATE@;

-- The digests of the earlier making have neither.
DELETE FROM meta WHERE k='digest_day';
