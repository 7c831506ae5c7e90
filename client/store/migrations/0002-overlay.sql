-- SPDX-License-Identifier: GPL-3.0-or-later
-- What this desk's own mutations cover. Never changed once it is on main.

-- A mutation that stands over its row: until its result says no, or a pull brings a row at least as new as seq.
CREATE TABLE cover(
  mid @INT@ NOT NULL PRIMARY KEY, tbl @INT@ NOT NULL, id @ID@ NOT NULL, seq @INT@, original @JSON@) @STRICT@;

CREATE INDEX cover_row ON cover(tbl, id);

-- What the server said of a covered row, as it travelled; NULL = nothing. The entity's table holds what is shown.
CREATE TABLE covered(tbl @INT@ NOT NULL, id @ID@ NOT NULL, put @JSON@, PRIMARY KEY(tbl, id)) @COMPACT@;

-- Rows that travelled with an empty list of months, which is not the same as with none.
CREATE TABLE factless(tbl @INT@ NOT NULL, id @ID@ NOT NULL, PRIMARY KEY(tbl, id)) @COMPACT@;

-- The pull cursor when a scope's first load began: the shared cursor goes back to it when the load is complete.
ALTER TABLE scope ADD COLUMN rewind @TEXT@;
ALTER TABLE scope ADD COLUMN loaded @INT@ NOT NULL DEFAULT 0;

CREATE INDEX member_scope ON member(scope);
CREATE INDEX person_profile_customer ON person_profile(customer_id);
CREATE INDEX org_profile_customer ON org_profile(customer_id);
