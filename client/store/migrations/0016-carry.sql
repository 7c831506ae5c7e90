-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whose documents this desk takes along, and since when a content is here (it may have been here before). Never changed once it
-- is on main.

CREATE TABLE carried(customer_id @ID@ NOT NULL PRIMARY KEY, at @TIME@ NOT NULL) @STRICT@;

ALTER TABLE blob ADD COLUMN kept_at @TIME@;

UPDATE blob SET kept_at=added_at WHERE path IS NOT NULL;

CREATE INDEX customer_wealth ON customer(wealth_mgr_id) WHERE wealth_mgr_id IS NOT NULL;
