-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who handed a document in, as a person. Never changed once it is on main.
ALTER TABLE attachment ADD COLUMN added_by @ID@;
