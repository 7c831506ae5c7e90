-- SPDX-License-Identifier: GPL-3.0-or-later
-- Photos and scans of a visit. Never changed once it is on main.
ALTER TABLE attachment ADD COLUMN visit_id @ID@;

CREATE INDEX attachment_visit ON attachment(visit_id) WHERE visit_id IS NOT NULL;
