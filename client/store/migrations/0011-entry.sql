-- SPDX-License-Identifier: GPL-3.0-or-later
-- A manager's new customers whose key data are open are found among his customers by one index, and counted in it alone; it
-- begins with the manager, so it serves whoever asks only for that too. Never changed once it is on main.
DROP INDEX customer_rm;
CREATE INDEX customer_rm ON customer(primary_rm_id, entry_state, entry_due_at);
