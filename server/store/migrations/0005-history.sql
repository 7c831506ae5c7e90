-- SPDX-License-Identifier: GPL-3.0-or-later
-- The history of a row is asked of the audit log by the row's id.

CREATE INDEX audit_log_entity ON audit_log(entity_id, seq) WHERE entity_id IS NOT NULL;
