-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who handed a document in, as a person: a login means nothing on a desk. Never changed once it is on main.
ALTER TABLE attachment ADD COLUMN added_by @ID@ REFERENCES employee(id);
