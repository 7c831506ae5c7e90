-- SPDX-License-Identifier: GPL-3.0-or-later
-- The tree's frontier as a checkpoint was signed: a start looks at what came after it without reading all that came before.
ALTER TABLE audit_sth ADD COLUMN frontier @BYTES@;
